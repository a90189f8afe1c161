"""Where imports go: good rows as submissions, bad rows sealed and kept for correction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update

from kehu.access.principal import Principal
from kehu.crypto import Family, KeyRing
from kehu.customers.context import Request
from kehu.customers.kept import DISMISSED, EXPIRED, STORED, WAITING, Shelf
from kehu.customers.matching import persons_of, resolve_references
from kehu.customers.submit import Submissions
from kehu.errors import Invalid, Problem
from kehu.evidence import Kind
from kehu.forms.bind import BoundForm
from kehu.imports.batch import BadRow, Batch, GoodRow, ImportPlan, ImportRow, preview_import
from kehu.imports.headers import NO_CHOICE, Choice
from kehu.imports.importer import KnownRows, Refusal
from kehu.imports.limits import Limits
from kehu.imports.report import ImportReport
from kehu.labels import Label
from kehu.store.bulk import insert_many
from kehu.store.system import import_batch, import_row

SCOPE = "import:write"
_NO_FORM = Label("没有此表单,可用:{forms}", "There is no such form; one of {forms}")


class Imports:
    """Imports of one installation. Safe for threads. ``kept_days``: how long rows that couldn't be stored are kept."""

    def __init__(self, submissions: Submissions, ring: KeyRing, kept_days: int) -> None:
        self.submissions = submissions
        self.shelf = Shelf(submissions.context)
        self.kept = timedelta(days=kept_days)
        self._ring = ring

    def form(self, key: str) -> BoundForm:
        """Raises `Invalid` FORM_UNKNOWN."""
        bound = self.submissions.forms.get(key)
        if bound is None:
            raise Invalid(
                [Problem("FORM_UNKNOWN", _NO_FORM.format(forms=", ".join(self.submissions.forms)), ("form",))]
            )
        return bound

    def require(self, principal: Principal, form: str) -> BoundForm:
        """Raises `Forbidden` without ``import:write`` and the scopes to write what the form writes."""
        principal.require(SCOPE)
        bound = self.form(form)
        self.submissions.require(principal, bound)
        return bound

    def row_key(self, legal_entity: UUID) -> bytes:
        """The key of row digests, of the family that is never rotated: a row must be known again for good."""
        return self._ring.derive(Family.PSEUDONYM, "import-row/1", legal_entity.bytes)

    def preview(
        self,
        principal: Principal,
        content: bytes | Path,
        name: str,
        form: str,
        limits: Limits,
        choice: Choice = NO_CHOICE,
    ) -> tuple[ImportPlan, tuple[Problem, ...]]:
        """A file's plan, with what is wrong with its columns. Raises `Forbidden`, `Invalid`."""
        bound = self.require(principal, form)
        entity = principal.legal_entity
        zone = self.submissions.zone(entity)
        key = self.row_key(entity)
        return preview_import(content, name, bound, zone=zone, key=key, limits=limits, choice=choice)

    def sink(self, request: Request, form: str) -> ImportSink:
        """Where one import of one caller goes. Raises `Forbidden`, `Invalid`."""
        self.require(request.principal, form)
        return ImportSink(self, request, form)


class ImportSink:
    """One import of one caller, as `kehu.imports.importer.Sink`; made by `Imports.sink`. Not for several threads."""

    def __init__(self, imports: Imports, request: Request, form: str) -> None:
        self._imports = imports
        self._submissions = imports.submissions
        self._context = imports.submissions.context
        self._request = request
        self._form = form

    def known_batch(self, batch: Batch) -> bool:
        """Whether these bytes were imported to their end for this form."""
        asked = select(import_batch.c.id).where(*self._is(batch), import_batch.c.finished_at.is_not(None))
        with self._context.engines.read.connect() as conn:
            return conn.execute(asked).first() is not None

    def known_rows(self, digests: Sequence[bytes]) -> KnownRows:
        """Those digests that came in before."""
        with self._context.engines.read.connect() as conn:
            return known_rows(conn, self._request.principal.legal_entity, self._form, digests)

    def check(self, rows: Sequence[GoodRow]) -> Sequence[Refusal]:
        """Rows that refer to what isn't there."""
        form, context = self._submissions.forms[self._form], self._context
        with context.engines.read.connect() as conn:
            work = context.unit_of_work(conn, self._request)
            persons = [persons_of(row.submission, form) for row in rows]
            found = resolve_references(work, self._request.principal, context.registry, persons)
        return [Refusal(row, one) for row, one in zip(rows, found, strict=True) if isinstance(one, tuple)]

    def store(self, batch: Batch, rows: Sequence[GoodRow]) -> Sequence[Refusal]:
        """Store rows in one transaction; those that refer to what isn't there are given back."""
        with self._context.engines.write.begin() as conn:
            take_turn(conn, self._request.principal.legal_entity)
            known = self._known(conn, rows)
            fresh = [row for row in rows if row.digest not in known.settled]
            work = self._context.unit_of_work(conn, self._request)
            taken = self._submissions.take(work, self._request.principal, [row.submission for row in fresh])
            identity = self._batch(conn, batch)
            stored = [(row, one.customer) for row, one in zip(fresh, taken, strict=True) if one.customer is not None]
            if stored:
                rows_stored = [self._row(identity, row, STORED) | {"customer_id": who} for row, who in stored]
                insert_many(conn, insert(import_row), rows_stored)
            self._settle(conn, {row.digest: who for row, who in stored if row.digest in known.waiting})
            detail = {"batch": str(identity), "form": batch.form}
            self._submissions.finish(work, self._request, taken, Kind.IMPORT, **detail)
        self._context.nudge()
        return [Refusal(row, one.problems) for row, one in zip(fresh, taken, strict=True) if one.customer is None]

    def keep(self, batch: Batch, rows: Sequence[BadRow]) -> None:
        """Keep bad rows: content sealed under a key of the batch's queue, codes of what is wrong clear."""
        entity = self._request.principal.legal_entity
        with self._context.engines.write.begin() as conn:
            take_turn(conn, entity)
            known = self._known(conn, rows)
            fresh = [row for row in rows if row.digest not in known.settled | known.waiting]
            if not fresh:
                return
            identity = self._batch(conn, batch)
            blobs = self._imports.shelf.seal_rows(conn, entity, identity, fresh)
            expires = self._context.writing.now() + self._imports.kept
            conn.execute(
                insert(import_row),
                [
                    self._row(identity, row, WAITING)
                    | {"problems": _codes(row), "sealed_content": blob, "expires_at": expires}
                    for row, blob in zip(fresh, blobs, strict=True)
                ],
            )

    def finish(self, report: ImportReport) -> None:
        """Mark the batch as imported to its end; what has waited too long goes."""
        with self._context.engines.write.begin() as conn:
            counts = {"rows": report.rows, "stored": report.stored, "duplicates": report.duplicates, "bad": report.bad}
            finished = {**counts, "finished_at": self._context.writing.now()}
            conn.execute(
                update(import_batch).where(import_batch.c.id == self._batch(conn, report.batch)).values(**finished)
            )
            self._imports.shelf.expire(self._context.unit_of_work(conn, self._request))
        self._context.nudge()

    def _is(self, batch: Batch):  # type: ignore[no-untyped-def]  # reason: SQLAlchemy's boolean expressions have no simple name
        own = import_batch.c.legal_entity_id == self._request.principal.legal_entity
        return own, import_batch.c.form == batch.form, import_batch.c.file_digest == batch.sha256

    def _known(self, conn: Connection, rows: Sequence[ImportRow]) -> KnownRows:
        return known_rows(conn, self._request.principal.legal_entity, self._form, [row.digest for row in rows])

    def _settle(self, conn: Connection, customers: dict[bytes, UUID]) -> None:
        """Rows that waited and came in with this file: nothing of them is kept any more."""
        batches: set[UUID] = set()
        for digest, customer in customers.items():
            waits = (
                import_row.c.legal_entity_id == self._request.principal.legal_entity,
                import_row.c.form == self._form,
                import_row.c.digest == digest,
                import_row.c.state == WAITING,
            )
            batches.update(conn.execute(select(import_row.c.batch_id).where(*waits)).scalars())
            columns = settled(self._request, self._context.writing.now(), STORED, customer)
            conn.execute(update(import_row).where(*waits).values(**columns))
        self._imports.shelf.drop_keys(conn, batches)

    def _batch(self, conn: Connection, batch: Batch) -> UUID:
        """The batch's id; an interrupted import of the same file goes on with the one that it had."""
        asked = select(import_batch.c.id).where(*self._is(batch), import_batch.c.finished_at.is_(None))
        found: UUID | None = conn.execute(asked.order_by(import_batch.c.id).limit(1)).scalar()
        if found is not None:
            return found
        who = self._request.principal
        identity = self._context.unit_of_work(conn, self._request).new_id()
        conn.execute(
            insert(import_batch).values(
                id=identity,
                legal_entity_id=who.legal_entity,
                form=batch.form,
                form_version=batch.version,
                file_digest=batch.sha256,
                sealed_names=self._imports.shelf.seal_names(conn, who.legal_entity, identity, batch),
                unit_id=who.unit,
                started_at=self._context.writing.now(),
                rows=0,
                stored=0,
                duplicates=0,
                bad=0,
                recorded_by=who.subject,
            )
        )
        return identity

    def _row(self, batch: UUID, row: ImportRow, state: str) -> dict[str, object]:
        return {
            "legal_entity_id": self._request.principal.legal_entity,
            "batch_id": batch,
            "sheet": row.position,
            "row": row.number,
            "digest": row.digest,
            "form": self._form,
            "state": state,
            "version": 1,
        }


def known_rows(conn: Connection, legal_entity: UUID, form: str, digests: Sequence[bytes]) -> KnownRows:
    """Those digests that came in before, as they were written or as they were mended."""
    known: dict[bool, set[bytes]] = {True: set(), False: set()}
    for column in (import_row.c.digest, import_row.c.mended_digest):
        mine = (import_row.c.legal_entity_id == legal_entity, import_row.c.form == form, column.in_(list(digests)))
        asked = select(column, import_row.c.state).where(*mine, import_row.c.state != EXPIRED)
        for digest, state in conn.execute(asked):
            known[state in (STORED, DISMISSED)].add(bytes(digest))
    return KnownRows(settled=known[True], waiting=known[False] - known[True])


def settled(request: Request, now: datetime, state: str, customer: UUID | None) -> dict[str, object]:
    """The columns of a row that is kept no more."""
    return {
        "state": state,
        "customer_id": customer,
        "settled_at": now,
        "settled_by": request.principal.subject,
        "sealed_content": None,
        "version": import_row.c.version + 1,
    }


def take_turn(conn: Connection, legal_entity: UUID) -> None:
    """One transaction of an import at a time, so that two imports of one file don't both store a row."""
    if conn.dialect.name == "postgresql":
        key = ~legal_entity.int & 0x7FFF_FFFF_FFFF_FFFF
        conn.execute(select(func.pg_advisory_xact_lock(key)))


def _codes(row: BadRow) -> str:
    """Where and what, without any text of the file."""
    return json.dumps([{"column": p.column, "field": p.field, "code": p.code} for p in row.problems])
