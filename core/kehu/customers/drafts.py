"""Drafts (草稿): forms that somebody began to fill in, sealed, seen by their author alone, gone after some days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import orjson
from sqlalchemy import ColumnElement, Connection, Row, and_, delete, func, insert, select, update

from kehu.access.principal import Principal
from kehu.customers.context import Context, Request
from kehu.customers.submit import Submissions
from kehu.errors import Invalid, NotFound, OverLimit, Problem
from kehu.labels import Label
from kehu.store.system import form_draft
from kehu.store.tables import CUSTOMER
from kehu.store.vault import RowKey
from kehu.store.work import UnitOfWork

RETENTION = "internal"
MOST_BYTES = 100_000
MOST_DRAFTS = 100
_TOO_LARGE = Label("草稿过大,最多 {limit} 字节", "A draft has at most {limit} bytes")
_TOO_MANY = Label("草稿已满 {limit} 份,请先提交或丢弃", "There are {limit} drafts; submit or discard some first")


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft as its author saved it. ``pseudonym`` is that of the customer whom it corrects."""

    id: UUID
    form: str
    form_version: int
    data: Mapping[str, object] = field(repr=False)
    customer: UUID | None
    pseudonym: str | None
    expected_version: int | None
    saved_at: datetime
    expires_at: datetime


class Drafts:
    """Keeps drafts. Safe for threads. An author is a client together with the subject that it acts for."""

    def __init__(self, context: Context, submissions: Submissions, kept_days: int) -> None:
        self.context = context
        self._submissions = submissions
        self._kept = timedelta(days=kept_days)

    def save(
        self,
        request: Request,
        form: str,
        version: int,
        data: Mapping[str, object],
        *,
        draft: UUID | None = None,
        customer: UUID | None = None,
        expected_version: int | None = None,
    ) -> UUID:
        """Save a draft, or one that is there anew; what it says isn't checked before it is submitted. Gives its id.

        Raises `Forbidden`, `NotFound` (form, draft, customer), `Invalid` FORM_VERSION, DRAFT_TOO_LARGE, `OverLimit`
        DRAFTS_TOO_MANY.
        """
        bound = self._submissions.served(form, version)
        self._submissions.require(request.principal, bound)
        content = orjson.dumps(data)
        if len(content) > MOST_BYTES:
            raise Invalid([Problem("DRAFT_TOO_LARGE", _TOO_LARGE.format(limit=MOST_BYTES), ("data",))])

        def act(work: UnitOfWork) -> str:
            if customer is not None:
                self.context.require_customer(work.conn, request.principal, customer)
            self._forget_expired(work)
            identity, number = self._place(work, request.principal, draft)
            key = RowKey(work.legal_entity, identity, identity, number)
            [blob] = work.shared.vault.seal_plain(
                work.conn, form_draft.name, RETENTION, [(key, {"data": content.decode()})], work.now
            )
            values = {
                "form": form,
                "form_version": version,
                "customer_id": customer,
                "expected_version": expected_version,
                "version": number,
                "saved_at": work.now,
                "expires_at": work.now + self._kept,
                "sealed_content": blob,
            }
            if draft is None:
                who = request.principal
                own = {"legal_entity_id": who.legal_entity, "client": who.client, "subject": who.subject}
                work.conn.execute(insert(form_draft).values(id=identity, **own, **values))
            else:
                work.conn.execute(update(form_draft).where(form_draft.c.id == identity).values(**values))
            return str(identity)

        said = {"form": form, "version": version, "data": data, "draft": draft, "customer": customer}
        saved, _ = self.context.once(request, "saveDraft", {**said, "expected": expected_version}, act)
        return UUID(saved)

    def discard(self, request: Request, draft: UUID) -> None:
        """Discard one of the caller's drafts; nothing of it can be opened after. Raises `NotFound`."""

        def act(work: UnitOfWork) -> str:
            self.drop(work, request.principal, draft)
            return str(draft)

        self.context.once(request, "discardDraft", {"draft": draft}, act)

    def drop(self, work: UnitOfWork, principal: Principal, draft: UUID) -> None:
        """Take a draft away in the caller's transaction, its key too. Raises `NotFound`."""
        gone = work.conn.execute(delete(form_draft).where(_own(principal, work.now), form_draft.c.id == draft))
        if gone.rowcount != 1:
            raise NotFound
        work.shared.vault.destroy(work.conn, draft, RETENTION)

    def of(self, conn: Connection, principal: Principal, draft: UUID | None = None) -> list[Draft]:
        """The caller's drafts that haven't expired, the newest first; only ``draft`` if given."""
        customers = self.context.writing.tables[CUSTOMER]
        asked = (
            select(form_draft, customers.c.pseudonym)
            .outerjoin(customers, customers.c.customer_id == form_draft.c.customer_id)
            .where(_own(principal, self.context.writing.now()))
            .order_by(form_draft.c.saved_at.desc(), form_draft.c.id)
        )
        if draft is not None:
            asked = asked.where(form_draft.c.id == draft)
        return [self._opened(conn, row) for row in conn.execute(asked)]

    def _opened(self, conn: Connection, row: Row[tuple[object, ...]]) -> Draft:
        key = RowKey(row.legal_entity_id, row.id, row.id, row.version)
        vault = self.context.writing.vault
        content = vault.open_plain(conn, form_draft.name, RETENTION, key, row.sealed_content)
        return Draft(
            id=row.id,
            form=row.form,
            form_version=row.form_version,
            data=orjson.loads(str(content["data"])),
            customer=row.customer_id,
            pseudonym=row.pseudonym,
            expected_version=row.expected_version,
            saved_at=row.saved_at,
            expires_at=row.expires_at,
        )

    def _place(self, work: UnitOfWork, principal: Principal, draft: UUID | None) -> tuple[UUID, int]:
        """Id and version under which a draft is written: the next one of its own, or those of a new one."""
        own = _own(principal, work.now)
        if draft is None:
            count = work.conn.execute(select(func.count()).select_from(form_draft).where(own)).scalar_one()
            if count >= MOST_DRAFTS:
                raise OverLimit(_TOO_MANY.format(limit=MOST_DRAFTS), "DRAFTS_TOO_MANY", limit=MOST_DRAFTS)
            return work.new_id(), 1
        asked = select(form_draft.c.version).where(own, form_draft.c.id == draft).with_for_update()
        version = work.conn.execute(asked).scalar()
        if version is None:
            raise NotFound
        return draft, version + 1

    def _forget_expired(self, work: UnitOfWork) -> None:
        over = form_draft.c.expires_at <= work.now
        for draft in list(work.conn.execute(select(form_draft.c.id).where(over)).scalars()):
            work.conn.execute(delete(form_draft).where(form_draft.c.id == draft))
            work.shared.vault.destroy(work.conn, draft, RETENTION)


def _own(principal: Principal, now: datetime) -> ColumnElement[bool]:
    mine = form_draft.c.client == principal.client, form_draft.c.subject == principal.subject
    return and_(form_draft.c.legal_entity_id == principal.legal_entity, *mine, form_draft.c.expires_at > now)
