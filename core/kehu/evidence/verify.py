"""Verify a whole log: valid, broken at a position, or unverifiable. Streams; memory is bounded by one page.

Every stored column is compared with what the entry itself says, so a change anywhere in the store is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Row, func, inspect, or_, select
from sqlalchemy.exc import DBAPIError, OperationalError

from kehu.errors import IntegrityError, Unavailable
from kehu.evidence.entry import Entry, leaf_hash
from kehu.evidence.log import EvidenceLog
from kehu.evidence.stored import GENESIS, Receipt, next_head
from kehu.evidence.tables import FORMAT, entry_table, head_table, metadata, subject_table
from kehu.evidence.transactions import searchable
from kehu.labels import Label

_PAGE = 200


@dataclass(frozen=True, slots=True)
class Valid:
    """Every entry is as it was appended; ``head`` is the chain head to keep elsewhere."""

    count: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """The first position that isn't as it was appended, and why."""

    position: int
    reason: Label


@dataclass(frozen=True, slots=True)
class Unverifiable:
    """The store can't be read, or is of a format that this release doesn't know: nothing is said about its entries."""

    reason: Label


Verdict = Valid | Broken | Unverifiable

_NO_STORE = Label("留痕存储无法读取或不存在", "The evidence store is absent or can't be read")
_FORMAT = Label("留痕存储的格式不是本版本所知的格式", "The store has a format that this release doesn't know")
_GAP = Label("此处的留痕条目缺失或位置被改动", "The entry at this position is missing or was moved")
_ENTRY = Label("留痕条目的内容被改动", "The content of the entry was changed")
_LEAF = Label("留痕条目与其哈希值不符", "The entry doesn't match its leaf hash")
_CHAIN = Label("哈希链在此中断:条目被替换、删除或调换顺序", "The hash chain breaks: replaced, dropped or reordered")
_COLUMNS = Label("检索列与留痕条目不符", "The searchable columns don't match the entry")
_SUBJECTS = Label("客户索引与留痕条目不符", "The index by customer doesn't match the entries")
_END = Label("日志末尾与记录的链头不符:末尾条目被删除或增加", "The end doesn't match the stored head: cut or extended")
_RECEIPT = Label(
    "与保存的回执不符:日志被改写或回退", "A kept receipt doesn't match: the log was rewritten or rolled back"
)
_UNREADABLE = Label("存储的字节已损坏,无法读取", "The stored bytes are damaged and can't be read")


class _FoundError(Exception):
    def __init__(self, position: int, reason: Label) -> None:
        super().__init__(reason.en)
        self.broken = Broken(position, reason)


@dataclass(slots=True)
class _Progress:
    next: int = 0
    head: bytes = GENESIS


def verify(log: EvidenceLog, receipts: Iterable[Receipt] = ()) -> Verdict:
    """Check the log in one snapshot, and against receipts that were kept elsewhere."""
    kept = {receipt.position: receipt for receipt in receipts}
    progress = _Progress()
    try:
        with log.snapshot() as connection:
            return _verify(connection, kept, progress)
    except _FoundError as found:
        return found.broken
    except Unavailable:
        return Unverifiable(_NO_STORE)


def _verify(connection: Connection, kept: dict[int, Receipt], progress: _Progress) -> Verdict:
    try:
        whole = set(inspect(connection).get_table_names()) >= set(metadata.tables)
        end = connection.execute(select(head_table)).first() if whole else None
        if not whole or (end is None and _is_empty(connection)):
            return Unverifiable(_NO_STORE)
    except DBAPIError:
        return Unverifiable(_NO_STORE)
    if end is None:
        return Broken(0, _END)
    if end.format != FORMAT:
        return Unverifiable(_FORMAT)
    try:
        for rows in _pages(connection):
            first = progress.next
            subjects = [_check(row, kept, progress) for row in rows]
            _check_subjects(connection, subjects, first, min(progress.next, end.indexed))
        if (end.size, bytes(end.head), end.one) != (progress.next, progress.head, 1):
            return Broken(progress.next, _END)
        _check_strays(connection, end.indexed, end.size)
    except OperationalError:
        return Unverifiable(_NO_STORE)
    except DBAPIError:
        return Broken(progress.next, _UNREADABLE)
    except (TypeError, ValueError):
        return Broken(progress.next, _ENTRY)
    if any(position >= progress.next for position in kept):
        return Broken(progress.next, _RECEIPT)
    return Valid(progress.next, progress.head)


def _pages(connection: Connection) -> Iterator[list[Row[*tuple[object, ...]]]]:
    page = select(entry_table).order_by(entry_table.c.position).limit(_PAGE)
    rows = list(connection.execute(page).all())
    while rows:
        yield rows
        rows = list(connection.execute(page.where(entry_table.c.position > rows[-1].position)).all())


def _check(row: Row[*tuple[object, ...]], kept: dict[int, Receipt], progress: _Progress) -> tuple[str, ...]:
    position = progress.next
    stored = row._mapping
    if stored["position"] != position:
        raise _FoundError(position, _GAP)
    body, leaf = bytes(stored["body"]), bytes(stored["leaf"])
    if leaf_hash(body) != leaf:
        raise _FoundError(position, _LEAF)
    head = next_head(progress.head, leaf)
    if bytes(stored["head"]) != head:
        raise _FoundError(position, _CHAIN)
    try:
        entry = Entry.parse(body)
    except IntegrityError:
        raise _FoundError(position, _ENTRY) from None
    expected = searchable(entry)
    if any(stored[name] != value for name, value in expected.items()):
        raise _FoundError(position, _COLUMNS)
    receipt = kept.get(position)
    if receipt is not None and (str(receipt.entry_id), receipt.leaf, receipt.head) != (expected["id"], leaf, head):
        raise _FoundError(position, _RECEIPT)
    progress.next, progress.head = position + 1, head
    return entry.subjects


def _check_subjects(connection: Connection, subjects: list[tuple[str, ...]], first: int, end: int) -> None:
    """Compare the index of [first, end) with the subjects of the entries from ``first`` on."""
    columns = subject_table.c
    found = select(columns.position, columns.subject).where(columns.position >= first, columns.position < end)
    stored = connection.execute(found.order_by(columns.position, columns.subject)).all()
    at = 0
    for position, expected in zip(range(first, end), subjects, strict=False):
        if [tuple(row) for row in stored[at : at + len(expected)]] != [(position, subject) for subject in expected]:
            raise _FoundError(position, _SUBJECTS)
        at += len(expected)
    if at != len(stored):
        raise _FoundError(first, _SUBJECTS)


def _check_strays(connection: Connection, indexed: int, size: int) -> None:
    position = subject_table.c.position
    strays = connection.execute(select(func.count()).where(or_(position < 0, position >= indexed))).scalar_one()
    if strays or not 0 <= indexed <= size:
        raise _FoundError(min(max(indexed, 0), size), _SUBJECTS)


def _is_empty(connection: Connection) -> bool:
    return connection.execute(select(entry_table.c.position).limit(1)).first() is None
