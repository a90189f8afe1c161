"""Where imports go: good rows as submissions, bad rows sealed and kept for correction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from hashlib import sha256
from uuid import UUID

from sqlalchemy import Connection, func, insert, select, update

from kehu.customers.context import Request
from kehu.customers.submit import Submissions
from kehu.evidence import Kind
from kehu.imports.batch import BadRow, Batch, GoodRow, ImportRow
from kehu.imports.importer import Refusal
from kehu.imports.report import ImportReport
from kehu.store.system import import_batch, import_row
from kehu.store.vault import RowKey

SCOPE = "import:write"
RETENTION = "internal"
STORED, BAD = "STORED", "BAD"
_SHEET_LENGTH = 100


class ImportSink:
    """One import of one caller, as `kehu.imports.importer.Sink`. Not for several threads.

    Raises `Forbidden` without ``import:write`` and the scopes to write what the form writes.
    """

    def __init__(self, submissions: Submissions, request: Request, form: str) -> None:
        request.principal.require(SCOPE)
        submissions.require(request.principal, submissions.forms[form])
        self._submissions = submissions
        self._context = submissions.context
        self._request = request
        self._form = form
        self._batches: dict[str, UUID] = {}

    def known_batch(self, batch: Batch) -> bool:
        """Whether these bytes were imported to their end for this form."""
        asked = select(import_batch.c.id).where(*self._is(batch), import_batch.c.finished_at.is_not(None))
        with self._context.engines.read.connect() as conn:
            return conn.execute(asked).first() is not None

    def known_rows(self, digests: Sequence[bytes]) -> AbstractSet[bytes]:
        """Those digests that came in before, stored or kept."""
        with self._context.engines.read.connect() as conn:
            return self._known(conn, digests)

    def store(self, batch: Batch, rows: Sequence[GoodRow]) -> Sequence[Refusal]:
        """Store rows in one transaction; those that refer to what isn't there are given back."""
        with self._context.engines.write.begin() as conn:
            self._take_turn(conn)
            known = self._known(conn, [row.digest for row in rows])
            fresh = [row for row in rows if row.digest not in known]
            work = self._context.unit_of_work(conn, self._request)
            taken = self._submissions.take(work, self._request.principal, [row.submission for row in fresh])
            identity = self._batch(conn, batch)
            stored = [row for row, one in zip(fresh, taken, strict=True) if one.customer is not None]
            if stored:
                conn.execute(insert(import_row), [self._row(identity, row, STORED) for row in stored])
            detail = {"batch": str(identity), "form": batch.form}
            self._submissions.finish(work, self._request, taken, Kind.IMPORT, **detail)
        self._context.nudge()
        return [Refusal(row, one.problems) for row, one in zip(fresh, taken, strict=True) if one.customer is None]

    def keep(self, batch: Batch, rows: Sequence[BadRow]) -> None:
        """Keep bad rows: content sealed under the batch's own key, codes of what is wrong clear."""
        writing = self._context.writing
        with self._context.engines.write.begin() as conn:
            self._take_turn(conn)
            identity = self._batch(conn, batch)
            known = self._known(conn, [row.digest for row in rows])
            fresh = [row for row in rows if row.digest not in known]
            plain = [(self._key(identity, row), {"cells": [list(pair) for pair in row.content]}) for row in fresh]
            blobs = writing.vault.seal_plain(conn, import_row.name, RETENTION, plain, writing.now())
            if fresh:
                conn.execute(
                    insert(import_row),
                    [
                        self._row(identity, row, BAD) | {"problems": _codes(row), "sealed_content": blob}
                        for row, blob in zip(fresh, blobs, strict=True)
                    ],
                )

    def finish(self, report: ImportReport) -> None:
        """Mark the batch as imported to its end."""
        with self._context.engines.write.begin() as conn:
            counts = {"rows": report.rows, "stored": report.stored, "duplicates": report.duplicates, "bad": report.bad}
            finished = {**counts, "finished_at": self._context.writing.now()}
            conn.execute(
                update(import_batch).where(import_batch.c.id == self._batch(conn, report.batch)).values(**finished)
            )

    def _is(self, batch: Batch):  # type: ignore[no-untyped-def]  # reason: SQLAlchemy's boolean expressions have no simple name
        own = import_batch.c.legal_entity_id == self._request.principal.legal_entity
        return own, import_batch.c.form == batch.form, import_batch.c.file_digest == batch.sha256

    def _known(self, conn: Connection, digests: Sequence[bytes]) -> set[bytes]:
        mine = (
            import_row.c.legal_entity_id == self._request.principal.legal_entity,
            import_row.c.form == self._form,
            import_row.c.digest.in_(list(digests)),
        )
        return {bytes(found) for found in conn.execute(select(import_row.c.digest).where(*mine)).scalars()}

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
            "sheet": row.sheet[:_SHEET_LENGTH],
            "row": row.number,
            "digest": row.digest,
            "form": self._form,
            "state": state,
        }

    def _key(self, batch: UUID, row: ImportRow) -> RowKey:
        return RowKey(self._request.principal.legal_entity, batch, row_id(row.sheet, row.number))

    def _take_turn(self, conn: Connection) -> None:
        """One transaction of an import at a time, so that two imports of one file don't both store a row."""
        if conn.dialect.name == "postgresql":
            key = ~self._request.principal.legal_entity.int & 0x7FFF_FFFF_FFFF_FFFF
            conn.execute(select(func.pg_advisory_xact_lock(key)))


def row_id(sheet: str, number: int) -> UUID:
    """The id under which a kept row is sealed: its place in the file."""
    return UUID(bytes=sha256(f"{number}\0{sheet}".encode()).digest()[:16])


def _codes(row: BadRow) -> str:
    """Where and what, without any text of the file."""
    return json.dumps([{"column": p.column, "field": p.field, "code": p.code} for p in row.problems])
