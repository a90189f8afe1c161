"""Rows of imports that couldn't be stored: sealed under a key of their batch's queue, which dies with the last of them.

They are personal data: each has an expiry. Names of files and sheets, which
may be a person's, are sealed under a key of their own and stay with the provenance of what was stored.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select, update

from kehu.customers.context import Context
from kehu.evidence import Kind, Operation, new_salt
from kehu.imports.batch import BadRow, Batch
from kehu.store.system import import_batch, import_row
from kehu.store.vault import RowKey
from kehu.store.work import UnitOfWork

RETENTION = "internal"
WAITING, STORED, DISMISSED, EXPIRED = "WAITING", "STORED", "DISMISSED", "EXPIRED"
_NAME_LENGTH = 200
_EXPIRE = Operation("job", "import.expire")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: batch, position of the sheet, number of the row. Its text form is the row's id."""

    batch: UUID
    sheet: int
    row: int

    def __str__(self) -> str:
        return f"{self.batch.hex}.{self.sheet}.{self.row}"

    @property
    def id(self) -> UUID:
        """The id under which its content is sealed."""
        return UUID(bytes=sha256(f"{self.sheet}\0{self.row}".encode()).digest()[:16])


@dataclass(frozen=True, slots=True)
class Content:
    """What a kept row says, by form field, and what is wrong with it: dictionaries of a `CellProblem`."""

    cells: Mapping[str, str] = field(repr=False)
    factors: Mapping[str, str] = field(repr=False)
    problems: Sequence[Mapping[str, Any]] = field(repr=False)

    def with_values(self, values: Mapping[str, str]) -> dict[str, tuple[str, Decimal]]:
        """The cells as an import reads them, ``values`` in place of what was written; these state their own unit."""
        kept = {name: (text, Decimal(self.factors.get(name, "1"))) for name, text in self.cells.items()}
        return kept | {name: (text, Decimal(1)) for name, text in values.items()}


class Shelf:
    """Seals, opens and destroys what is kept. Every method works in its caller's transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def seal_rows(self, conn: Connection, legal_entity: UUID, batch: UUID, rows: Sequence[BadRow]) -> list[bytes]:
        """The contents of rows, each bound to its place."""
        plain = [
            (
                self._key(legal_entity, Place(batch, row.position, row.number)),
                {
                    "cells": dict(row.content),
                    "factors": dict(row.factors),
                    "problems": [
                        {name: value for name, value in one.as_json().items() if name not in ("sheet", "header", "row")}
                        for one in row.problems
                    ],
                },
            )
            for row in rows
        ]
        writing = self._context.writing
        return writing.vault.seal_plain(conn, import_row.name, RETENTION, plain, writing.now())

    def open_row(self, conn: Connection, legal_entity: UUID, place: Place, blob: bytes) -> Content:
        """Raises `IntegrityError`."""
        key = self._key(legal_entity, place)
        found: dict[str, Any] = self._context.writing.vault.open_plain(conn, import_row.name, RETENTION, key, blob)
        return Content(found["cells"], found["factors"], found["problems"])

    def seal_names(self, conn: Connection, legal_entity: UUID, identity: UUID, batch: Batch) -> bytes:
        """Names of the file and its sheets."""
        names = {
            "file": batch.file_name[:_NAME_LENGTH],
            "sheets": [[position, name[:_NAME_LENGTH]] for position, name in batch.sheets],
        }
        key = RowKey(legal_entity, identity, identity)
        writing = self._context.writing
        [blob] = writing.vault.seal_plain(conn, import_batch.name, RETENTION, [(key, names)], writing.now())
        return blob

    def open_names(self, conn: Connection, legal_entity: UUID, batch: UUID, blob: bytes) -> tuple[str, dict[int, str]]:
        """Name of the file, and of each sheet by position."""
        key = RowKey(legal_entity, batch, batch)
        found: dict[str, Any] = self._context.writing.vault.open_plain(conn, import_batch.name, RETENTION, key, blob)
        return found["file"], dict(found["sheets"])

    def seal_reason(self, conn: Connection, legal_entity: UUID, place: Place, reason: str) -> bytes:
        """Why a row was dismissed. It outlives the row's content, so it isn't sealed under the queue's key."""
        writing = self._context.writing
        key = RowKey(legal_entity, place.batch, place.id)
        sealed = writing.vault.seal_plain(conn, import_row.name, RETENTION, [(key, {"reason": reason})], writing.now())
        return sealed[0]

    def drop_keys(self, conn: Connection, batches: set[UUID]) -> None:
        """Destroy the queue's key of every batch of which nothing is kept any more."""
        holding = select(import_row.c.batch_id).where(
            import_row.c.batch_id.in_(batches), import_row.c.sealed_content.is_not(None)
        )
        for batch in batches - set(conn.execute(holding.distinct()).scalars()):
            self._context.writing.vault.destroy(conn, _queue(batch), RETENTION)

    def expire(self, work: UnitOfWork) -> int:
        """Destroy what has waited too long, in this legal entity; gives how many rows."""
        conn, now = work.conn, work.now
        late = (
            import_row.c.legal_entity_id == work.legal_entity,
            import_row.c.state == WAITING,
            import_row.c.expires_at <= now,
        )
        batches = set(conn.execute(select(import_row.c.batch_id).where(*late).distinct()).scalars())
        if not batches:
            return 0
        count = conn.execute(select(func.count()).select_from(import_row).where(*late)).scalar_one()
        gone = {"state": EXPIRED, "sealed_content": None, "settled_at": now, "version": import_row.c.version + 1}
        conn.execute(update(import_row).where(*late).values(**gone))
        self.drop_keys(conn, batches)
        salt = new_salt(self._context.writing.random)
        work.put_on_record(work.entry(Kind.JOB, _EXPIRE, salt=salt, detail={"rows": count}))
        return count

    def _key(self, legal_entity: UUID, place: Place) -> RowKey:
        return RowKey(legal_entity, _queue(place.batch), place.id)


def _queue(batch: UUID) -> UUID:
    """The subject of a batch's kept rows: its key can die while the batch's own stays."""
    return UUID(bytes=sha256(b"kehu/import-queue\0" + batch.bytes).digest()[:16])
