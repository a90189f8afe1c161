"""Files of customers (客户文件): sealed in chunks under a key of their own, so that a file can die alone.

The row of a file is read like any other; its bytes leave only where the caller may see ``content`` clear, which
`kehu.graph.files` asks through the same decision and evidence as every read.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import delete, func, insert, select

from kehu.access.principal import Principal
from kehu.customers.context import Context, Outcome, Request
from kehu.customers.inputs import parse_values
from kehu.customers.records import FILE, FILE_RETENTION
from kehu.errors import IntegrityError, Invalid, NotFound, OverLimit
from kehu.labels import Label
from kehu.store.system import file_chunk
from kehu.store.vault import RowKey
from kehu.store.work import NewRow, UnitOfWork
from kehu.vocabulary.base import Governed, ValueRefused
from kehu.vocabulary.files import media_type_of

CHUNK = 192 * 1024
"""Bytes of a chunk; sealed as base64 it takes a third more."""
_TOO_LARGE = Label("文件超过上限 {limit} 字节", "The file is larger than {limit} bytes")


class Files:
    """Takes files in and gives their bytes. Safe for threads. ``max_bytes`` bounds one file."""

    def __init__(self, context: Context, max_bytes: int) -> None:
        self.context = context
        self.max_bytes = max_bytes

    def add(self, request: Request, customer: UUID, kind: object, name: object, content: bytes) -> Outcome:
        """Keep a file; its type is told from its bytes.

        Raises `Forbidden`, `NotFound`, `OverLimit` FILE_TOO_LARGE, `Invalid` FILE_EMPTY, FILE_TYPE, CODE_UNKNOWN, ….
        """
        request.principal.require(f"{FILE.area}:write")
        if len(content) > self.max_bytes:
            raise OverLimit(_TOO_LARGE.format(limit=self.max_bytes), "FILE_TOO_LARGE", limit=self.max_bytes)
        parsed = parse_values(FILE, {"kind": kind, "name": name}, self.context.registry)
        try:
            media_type = media_type_of(content)
        except ValueRefused as refused:
            raise Invalid([refused.problem.at("file")]) from None
        stands_for = f"sha256:{hashlib.sha256(content).hexdigest()}:{len(content)}"
        written = {"mediaType": media_type, "size": len(content), "content": stands_for}
        values = {key: value for key, value in parsed.items() if value is not None} | {
            key: Governed(FILE.by_name[key].type, value) for key, value in written.items()
        }

        def act(work: UnitOfWork) -> Outcome:
            self.context.require_customer(work.conn, request.principal, customer)
            row = work.new_id()
            work.insert(FILE.name, [NewRow(customer, row, values)])
            self._seal(work, customer, row, content)
            return Outcome(record=FILE.name, customer=customer, id=row, version=1)

        said = {"customer": customer, "kind": kind, "name": name, "content": stands_for}
        return self.context.run(request, "addFile", said, act)

    def chunks(self, principal: Principal, customer: UUID, file: UUID, stands_for: str) -> Iterator[bytes]:
        """The bytes of a file whose clear ``content`` the caller was given; one chunk is in memory at a time.

        Raises `NotFound` when it was erased, `IntegrityError` where chunks were changed, dropped or swapped.
        """
        _, digest, size = stands_for.split(":")
        count = -(-int(size) // CHUNK)
        self._require_all(file, count)
        seen = hashlib.sha256()
        for number in range(count):
            part = self._open(principal, customer, file, number)
            seen.update(part)
            yield part
        if seen.hexdigest() != digest:
            raise IntegrityError("a file isn't what was stored")

    def erase(self, work: UnitOfWork, file: UUID) -> None:
        """Destroy a file's key and chunks, in the caller's transaction: its bytes open no more, in backups neither."""
        work.shared.vault.destroy(work.conn, file, FILE_RETENTION)
        work.conn.execute(delete(file_chunk).where(file_chunk.c.file_id == file))

    def _seal(self, work: UnitOfWork, customer: UUID, file: UUID, content: bytes) -> None:
        for number, start in enumerate(range(0, len(content), CHUNK)):
            part = b64encode(content[start : start + CHUNK]).decode()
            key = _place(work.legal_entity, file, number)
            [blob] = work.shared.vault.seal_plain(
                work.conn, file_chunk.name, FILE_RETENTION, [(key, {"bytes": part})], work.now
            )
            row = {"customer_id": customer, "file_id": file, "number": number, "sealed_content": blob}
            work.conn.execute(insert(file_chunk).values(legal_entity_id=work.legal_entity, **row))

    def _require_all(self, file: UUID, count: int) -> None:
        with self.context.engines.read.connect() as conn:
            mine = select(func.count()).select_from(file_chunk).where(file_chunk.c.file_id == file)
            found = conn.execute(mine).scalar_one()
        if found == 0:
            raise NotFound
        if found != count:
            raise IntegrityError("chunks of a file are missing")

    def _open(self, principal: Principal, customer: UUID, file: UUID, number: int) -> bytes:
        here = (file_chunk.c.customer_id == customer, file_chunk.c.file_id == file, file_chunk.c.number == number)
        with self.context.engines.read.connect() as conn:
            blob = conn.execute(select(file_chunk.c.sealed_content).where(*here)).scalar_one()
            key = _place(principal.legal_entity, file, number)
            part = self.context.writing.vault.open_plain(conn, file_chunk.name, FILE_RETENTION, key, bytes(blob))
        return b64decode(str(part["bytes"]))


def _place(legal_entity: UUID, file: UUID, number: int) -> RowKey:
    """A file is a subject of its own; its chunks are bound to their place by number."""
    return RowKey(legal_entity, file, file, number + 1)
