"""The correction queue (待更正): rows of imports that couldn't be stored, to be mended, tried again or dismissed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select, update

from kehu.access.principal import Principal
from kehu.access.rows import units_below
from kehu.customers.context import Outcome, Request
from kehu.customers.importing import SCOPE, Imports, known_rows, settled, take_turn
from kehu.customers.kept import DISMISSED, STORED, WAITING, Content, Place
from kehu.customers.submit import MOST, Taken
from kehu.errors import Invalid, NotFound, Problem, Stale
from kehu.forms.submission import Submission
from kehu.imports.reading import check_cells, digest_of
from kehu.labels import Label
from kehu.store.system import import_batch, import_row
from kehu.store.tables import CUSTOMER
from kehu.store.work import UnitOfWork

READ = "import:read"
REASON_LENGTH = 500
_NO_VALUES = Label("表单没有这个字段", "The form has no such field")
_REASON = Label("请写明 2 到 500 个字的理由", "Give a reason of 2 to 500 characters")
_SETTLED = Label("该行已经处理,请重新读取", "The row was settled already; read it again")


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of the queue, or one that was stored. ``content`` is None once nothing is kept of it."""

    place: Place
    form: str
    state: str
    version: int
    customer: UUID | None
    expires_at: datetime | None
    content: Content | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class KeptBatch:
    """One import of one file: counts, and how many of its rows wait."""

    id: UUID
    form: str
    started_at: datetime
    finished_at: datetime | None
    rows: int
    stored: int
    duplicates: int
    bad: int
    waiting: int
    recorded_by: str
    sealed_names: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Retried:
    """How many rows went in, and how many wait still; ``last`` is where the next call goes on, if there is more."""

    stored: int
    waiting: int
    last: str | None


class Corrections:
    """What callers do with rows that couldn't be stored. Rows of other units are as absent. Safe for threads."""

    def __init__(self, imports: Imports) -> None:
        self.imports = imports
        self._context = imports.submissions.context

    def batches(self, conn: Connection, principal: Principal, first: int) -> list[KeptBatch]:
        """Imports of the caller's units, newest first. Raises `Forbidden`."""
        principal.require(READ)
        b, r = import_batch.c, import_row.c
        waiting = select(func.count()).where(r.batch_id == b.id, r.state == WAITING).scalar_subquery()
        columns = (b.id, b.form, b.started_at, b.finished_at, b.rows, b.stored, b.duplicates, b.bad, waiting)
        asked = select(*columns, b.recorded_by, b.sealed_names).where(self._mine(principal)).order_by(b.id.desc())
        return [KeptBatch(*row) for row in conn.execute(asked.limit(first))]

    def rows(
        self, conn: Connection, principal: Principal, first: int, *, batch: UUID | None = None, after: str | None = None
    ) -> list[KeptRow]:
        """Rows that wait, in the order of their files, opened. Raises `Forbidden`, `Invalid` for a wrong ``after``."""
        principal.require(READ)
        found = conn.execute(self._waiting(principal, batch, place_of(after) if after else None).limit(first)).all()
        return [self._row(conn, principal, row) for row in found]

    def row(self, conn: Connection, principal: Principal, place: Place) -> KeptRow | None:
        """One row that waits, opened; None if there is none. Raises `Forbidden`."""
        principal.require(READ)
        found = conn.execute(self._waiting(principal, place.batch, None).where(_is(place))).one_or_none()
        return None if found is None else self._row(conn, principal, found)

    def origins(self, conn: Connection, principal: Principal, customer: UUID) -> list[KeptRow]:
        """From which rows of which files a customer's data came (出处). Raises `Forbidden`, `NotFound`."""
        principal.require(READ)
        self._context.require_customer(conn, principal, customer)
        asked = select(import_row).where(
            import_row.c.customer_id == customer, import_row.c.legal_entity_id == principal.legal_entity
        )
        order = (import_row.c.batch_id, import_row.c.sheet, import_row.c.row)
        return [self._row(conn, principal, row) for row in conn.execute(asked.order_by(*order).limit(MOST))]

    def names(
        self, conn: Connection, principal: Principal, batches: Iterable[UUID]
    ) -> dict[UUID, tuple[str, dict[int, str]]]:
        """Names of files and sheets, opened; the caller shows them to whom they may be shown."""
        asked = select(import_batch.c.id, import_batch.c.sealed_names).where(
            import_batch.c.id.in_(set(batches)), import_batch.c.legal_entity_id == principal.legal_entity
        )
        shelf = self.imports.shelf
        return {
            batch: shelf.open_names(conn, principal.legal_entity, batch, blob) for batch, blob in conn.execute(asked)
        }

    def mend(self, request: Request, row: str, expected_version: int, values: Mapping[str, str]) -> Outcome:
        """Put values in the place of what a row said, by form field, and store it as an import would; empty takes a
        value away. Gives the customer.

        Raises `Forbidden`, `NotFound`, `Stale`, `Invalid` with what is still wrong (nothing is changed then).
        """
        place = place_of(row)

        def act(work: UnitOfWork) -> Outcome:
            found, unit = self._locked(work, request.principal, place, expected_version)
            bound = self.imports.require(request.principal, found.form)
            if unknown := [name for name in values if name not in bound.by_name]:
                raise Invalid([Problem("UNKNOWN_FIELD", _NO_VALUES, ("values",)) for _ in unknown])
            assert found.content is not None
            read = check_cells(bound, found.content.with_values(values), self._zone(request))
            if isinstance(read, tuple):
                raise Invalid(read)
            [taken] = self._take(work, request, unit, found.form, [(found, read)])
            if taken.customer is None:
                raise Invalid(taken.problems)
            return Outcome(record=CUSTOMER, customer=taken.customer, id=taken.customer, version=1)

        arguments = {"row": row, "version": expected_version, "values": dict(values)}
        return self._context.run(request, "mendImportRow", arguments, act)

    def retry(self, request: Request, *, batch: UUID | None = None, after: str | None = None) -> Retried:
        """Try again up to 1,000 rows as they are: what they refer to may be there by now. Raises `Forbidden`."""
        request.principal.require(SCOPE)

        def act(work: UnitOfWork) -> str:
            take_turn(work.conn, request.principal.legal_entity)
            self.imports.shelf.expire(work)
            start = place_of(after) if after else None
            asked = self._waiting(request.principal, batch, start).add_columns(import_batch.c.unit_id).limit(MOST)
            found = work.conn.execute(asked).all()
            groups: dict[tuple[str, UUID], list[tuple[KeptRow, Submission]]] = {}
            for row in found:
                kept = self._row(work.conn, request.principal, row)
                bound = self.imports.require(request.principal, kept.form)
                assert kept.content is not None
                read = check_cells(bound, kept.content.with_values({}), self._zone(request))
                if isinstance(read, Submission):
                    groups.setdefault((kept.form, row.unit_id), []).append((kept, read))
            taken = [
                one for (form, unit), rows in groups.items() for one in self._take(work, request, unit, form, rows)
            ]
            stored = sum(one.customer is not None for one in taken)
            last = str(_place(found[-1])) if len(found) == MOST else None
            return json.dumps({"stored": stored, "waiting": len(found) - stored, "last": last})

        text, _ = self._context.once(request, "retryImportRows", {"batch": str(batch), "after": after}, act)
        return Retried(**json.loads(text))

    def dismiss(self, request: Request, row: str, expected_version: int, reason: str) -> None:
        """Drop a row for good; why is kept, sealed. Raises `Forbidden`, `NotFound`, `Stale`, `Invalid`."""
        request.principal.require(SCOPE)
        place = place_of(row)
        if not 2 <= len(reason.strip()) <= REASON_LENGTH:
            raise Invalid([Problem("REASON_NEEDED", _REASON, ("reason",))])

        def act(work: UnitOfWork) -> str:
            self._locked(work, request.principal, place, expected_version)
            entity = request.principal.legal_entity
            blob = self.imports.shelf.seal_reason(work.conn, entity, place, reason.strip())
            columns = settled(request, work.now, DISMISSED, None) | {"sealed_reason": blob}
            work.conn.execute(update(import_row).where(_is(place)).values(**columns))
            self.imports.shelf.drop_keys(work.conn, {place.batch})
            return ""

        arguments = {"row": row, "version": expected_version, "reason": reason}
        self._context.once(request, "dismissImportRow", arguments, act)

    def _take(
        self, work: UnitOfWork, request: Request, unit: UUID, form: str, rows: Sequence[tuple[KeptRow, Submission]]
    ) -> list[Taken]:
        """Store rows as an import would; what another row brought in meanwhile isn't stored twice."""
        entity = request.principal.legal_entity
        key = self.imports.row_key(entity)
        digests = [digest_of(key, form, read) for _, read in rows]
        there = self._customers(work.conn, entity, form, digests)
        fresh = {digest: read for digest, (_, read) in zip(digests, rows, strict=True) if digest not in there}
        results = self.imports.submissions.take(work, request.principal, list(fresh.values()), unit)
        taken = {digest: Taken(customer) for digest, customer in there.items()}
        taken |= dict(zip(fresh, results, strict=True))
        for digest, (kept, _) in zip(digests, rows, strict=True):
            if (customer := taken[digest].customer) is not None:
                columns = settled(request, work.now, STORED, customer) | {"mended_digest": digest}
                work.conn.execute(update(import_row).where(_is(kept.place)).values(**columns))
        self.imports.shelf.drop_keys(work.conn, {kept.place.batch for kept, _ in rows})
        self._context.settle(work, {who for one in results for who in (one.customer, *one.linked) if who is not None})
        return [taken[digest] for digest in digests]

    def _customers(self, conn: Connection, entity: UUID, form: str, digests: Sequence[bytes]) -> dict[bytes, UUID]:
        """Customers of rows that were stored already, by digest."""
        stored = known_rows(conn, entity, form, digests).settled
        found: dict[bytes, UUID] = {}
        for column in (import_row.c.digest, import_row.c.mended_digest):
            mine = (import_row.c.legal_entity_id == entity, import_row.c.form == form, column.in_(stored))
            asked = select(column, import_row.c.customer_id).where(*mine, import_row.c.state == STORED)
            found.update({bytes(digest): customer for digest, customer in conn.execute(asked)})
        return found

    def _locked(self, work: UnitOfWork, principal: Principal, place: Place, version: int) -> tuple[KeptRow, UUID]:
        """A row that waits, and the unit of its import, held until the transaction ends."""
        principal.require(SCOPE)
        take_turn(work.conn, principal.legal_entity)
        self.imports.shelf.expire(work)
        joined = import_row.join(import_batch, import_batch.c.id == import_row.c.batch_id)
        asked = select(import_row, import_batch.c.unit_id).select_from(joined).where(self._mine(principal), _is(place))
        row = work.conn.execute(asked).one_or_none()
        if row is None:
            raise NotFound
        if row.state != WAITING or row.version != version:
            raise Stale(_SETTLED if row.state != WAITING else None)
        return self._row(work.conn, principal, row), row.unit_id

    def _row(self, conn: Connection, principal: Principal, row: Row[Any]) -> KeptRow:
        place = _place(row)
        blob = row.sealed_content
        content = self.imports.shelf.open_row(conn, principal.legal_entity, place, bytes(blob)) if blob else None
        return KeptRow(place, row.form, row.state, row.version, row.customer_id, row.expires_at, content)

    def _waiting(self, principal: Principal, batch: UUID | None, after: Place | None) -> Select[Any]:
        r = import_row.c
        asked = (
            select(import_row)
            .join(import_batch, import_batch.c.id == r.batch_id)
            .where(self._mine(principal), r.state == WAITING, r.expires_at > self._context.writing.now())
            .order_by(r.batch_id, r.sheet, r.row)
        )
        if batch is not None:
            asked = asked.where(r.batch_id == batch)
        if after is not None:
            later = or_(r.sheet > after.sheet, and_(r.sheet == after.sheet, r.row > after.row))
            asked = asked.where(or_(r.batch_id > after.batch, and_(r.batch_id == after.batch, later)))
        return asked

    def _mine(self, principal: Principal) -> ColumnElement[bool]:
        units = units_below(self._context.writing.tables, principal)
        return and_(import_batch.c.legal_entity_id == principal.legal_entity, import_batch.c.unit_id.in_(units))

    def _zone(self, request: Request) -> ZoneInfo:
        return self.imports.submissions.zone(request.principal.legal_entity)


def _is(place: Place) -> ColumnElement[bool]:
    r = import_row.c
    return and_(r.batch_id == place.batch, r.sheet == place.sheet, r.row == place.row)


def _place(row: Row[Any]) -> Place:
    return Place(row.batch_id, row.sheet, row.row)


def place_of(text: str) -> Place:
    """Read a row's id. Raises `Invalid` ID_INVALID."""
    batch, _, rest = text.partition(".")
    sheet, _, row = rest.partition(".")
    if len(batch) == 32 and sheet.isascii() and sheet.isdigit() and row.isascii() and row.isdigit():
        try:
            return Place(UUID(hex=batch), int(sheet), int(row))
        except ValueError:
            pass
    message = Label("这不是系统给出的编号", "Not an id as this system gives them")
    raise Invalid([Problem("ID_INVALID", message, ("id",))])
