"""The evidence log: append and read. Its promises stand in the package's docstring."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import Self
from uuid import UUID

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.exc import SQLAlchemyError

from kehu.enforcement import enforces
from kehu.errors import NotFound
from kehu.evidence.entry import Entry, rfc3339
from kehu.evidence.stored import Filter, Head, Receipt, Stored
from kehu.evidence.tables import (
    entry_table,
    head_table,
    parse_url,
    reader_engine,
    set_up,
    store_exists,
    subject_table,
    writer_engine,
)
from kehu.evidence.writer import GroupWriter, unavailable

_PAGE = 200
_ANY = Filter()
_COLUMNS = select(entry_table.c.position, entry_table.c.body, entry_table.c.leaf, entry_table.c.head)
_StoredRow = Row[int, bytes, bytes, bytes]


class EvidenceLog:
    """One evidence store, for any number of threads; several processes may hold the same store.

    ``patience`` (seconds) bounds the wait for the write lock and for room in the queue of ``capacity`` entries;
    ``group`` is the most entries in one transaction; after ``rest`` seconds without work the index by subject is
    brought up to date. ``read_only`` neither makes tables nor starts the writer.
    Raises ConfigurationError for an unsuitable URL and Unavailable when the store can't be opened.
    """

    def __init__(
        self,
        url: str,
        *,
        read_only: bool = False,
        patience: float = 5.0,
        capacity: int = 4096,
        group: int = 256,
        rest: float = 1.0,
    ) -> None:
        self._url = parse_url(url)
        self._reader = reader_engine(self._url, patience)
        self._writer: GroupWriter | None = None
        self._writing = None if read_only else writer_engine(self._url, patience)
        if self._writing is not None:
            try:
                set_up(self._writing, patience)
            except (SQLAlchemyError, OSError):
                self._writing.dispose()
                self._reader.dispose()
                raise unavailable() from None
            self._writer = GroupWriter(self._writing, capacity=capacity, group=group, patience=patience, rest=rest)

    def __repr__(self) -> str:
        return f"<EvidenceLog on {self._url.get_backend_name()}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def append(self, entry: Entry) -> Receipt:
        """Append and wait until durable. Raises as ``submit`` and its future do."""
        return self.submit(entry).result()

    def submit(self, entry: Entry) -> Future[Receipt]:
        """Queue for the next group; the future has the receipt once the entry is durable.

        Raises Unavailable (EVIDENCE_UNAVAILABLE) when closed or full, OverLimit (EVIDENCE_TOO_LARGE); the future
        raises Unavailable when the group couldn't be written, Conflict (EVIDENCE_ID_REUSED) for a known id with
        another content. The same entry again gives its first receipt.
        """
        return self._queue(entry, known=False)

    def append_outbox(self, entries: Iterable[Entry]) -> list[Receipt]:
        """Append rows of an outbox, in order, and wait. Rows moved before give their first receipts.

        Raises as ``append``; then some of the rows may be in: move them all again.
        """
        return [future.result() for future in [self._queue(entry, known=True) for entry in entries]]

    def close(self) -> None:
        """Write what is queued and let go of the store. Appending later is refused; closing twice is fine."""
        if self._writer is not None:
            self._writer.close()
        if self._writing is not None:
            self._writing.dispose()
        self._reader.dispose()

    def head(self) -> Head:
        """Size and chain head as stored. Raises Unavailable."""
        with self.snapshot() as connection:
            row = connection.execute(select(head_table.c.size, head_table.c.head)).first()
        if row is None:
            raise unavailable()
        return Head(row.size, bytes(row.head))

    def get(self, entry_id: UUID) -> Stored:
        """One entry. Raises NotFound, Unavailable, IntegrityError."""
        with self.snapshot() as connection:
            row = connection.execute(_COLUMNS.where(entry_table.c.id == str(entry_id))).first()
        if row is None:
            raise NotFound
        return _stored(row)

    def entries(
        self,
        from_: datetime | None = None,
        to: datetime | None = None,
        where: Filter = _ANY,
        *,
        after: int | None = None,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> Iterator[Stored]:
        """Entries with from_ ≤ at < to, by position; ``after`` is the last position of the page before.

        Streams in pages, each its own short transaction; entries appended meanwhile are not met.
        Raises Unavailable, IntegrityError.
        """
        asked = _asked(from_, to, where)
        left = limit
        for low, high, indexed in self._stretches(where, after, newest_first):
            for stored in self._walk(_by_index(asked, where) if indexed else asked, low, high, newest_first):
                if where.subject is not None and where.subject not in stored.entry.subjects:
                    continue
                if left is not None and left <= 0:
                    return
                left = None if left is None else left - 1
                yield stored

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """One read transaction over the store, for verify. Raises Unavailable when it can't be read."""
        if not store_exists(self._url):
            raise unavailable()
        try:
            with self._reader.connect() as connection:
                yield connection
        except SQLAlchemyError:
            raise unavailable() from None

    @enforces("S10.R09", "S11.R18")
    def _queue(self, entry: Entry, *, known: bool) -> Future[Receipt]:
        _ = entry.leaf  # serialised and hashed here, in the caller's thread, and refused here when too large
        if self._writer is None:
            raise unavailable()
        return self._writer.submit(entry, known=known)

    def _stretches(self, where: Filter, after: int | None, newest_first: bool) -> list[tuple[int, int, bool]]:
        """[low, high) stretches in the order asked; the third tells whether the subject index covers it."""
        with self.snapshot() as connection:
            row = connection.execute(select(head_table.c.size, head_table.c.indexed)).first()
        if row is None:
            raise unavailable()
        low, high = 0, row.size
        if after is not None:
            low, high = (0, min(high, after)) if newest_first else (after + 1, high)
        if where.subject is None:
            return [(low, high, False)]
        stretches = [(low, min(high, row.indexed), True), (max(low, row.indexed), high, False)]
        return stretches[::-1] if newest_first else stretches

    def _walk(
        self, asked: Select[int, bytes, bytes, bytes], low: int, high: int, newest_first: bool
    ) -> Iterator[Stored]:
        position = entry_table.c.position
        while low < high:
            page = asked.where(position >= low, position < high).limit(_PAGE)
            with self.snapshot() as connection:
                rows = connection.execute(page.order_by(position.desc() if newest_first else position)).all()
            yield from map(_stored, rows)
            if len(rows) < _PAGE:
                return
            if newest_first:
                high = rows[-1][0]
            else:
                low = rows[-1][0] + 1


def _asked(from_: datetime | None, to: datetime | None, where: Filter) -> Select[int, bytes, bytes, bytes]:
    columns = entry_table.c
    asked = _COLUMNS
    if from_ is not None:
        asked = asked.where(columns.at >= _time(from_))
    if to is not None:
        asked = asked.where(columns.at < _time(to))
    if where.kind is not None:
        asked = asked.where(columns.kind == where.kind.value)
    if where.actor is not None:
        asked = asked.where(columns.actor == where.actor)
    if where.legal_entity is not None:
        asked = asked.where(columns.legal_entity == where.legal_entity)
    return asked


def _by_index(asked: Select[int, bytes, bytes, bytes], where: Filter) -> Select[int, bytes, bytes, bytes]:
    found = asked.join(subject_table, subject_table.c.position == entry_table.c.position)
    return found.where(subject_table.c.subject == where.subject)


def _stored(row: _StoredRow) -> Stored:
    position, body, leaf, head = row
    return Stored(position, Entry.parse(bytes(body)), bytes(leaf), bytes(head))


def _time(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("evidence: a time without zone")
    return rfc3339(moment)
