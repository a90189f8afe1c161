"""The two transactions that write the store: append a group, index a stretch. Both hold the head row's lock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import orjson
from sqlalchemy import Connection, bindparam, insert, select, update

from kehu.errors import Conflict
from kehu.evidence.entry import Entry
from kehu.evidence.stored import Receipt, next_head
from kehu.evidence.tables import FORMAT, entry_table, head_table, subject_table
from kehu.labels import Label

INDEX_STRETCH = 500
_REUSED = Label("留痕编号已用于另一条记录", "This evidence id already stands for another entry")

_HEAD = select(head_table.c.format, head_table.c.size, head_table.c.head, head_table.c.indexed).with_for_update()
_FIND = select(entry_table.c.id, entry_table.c.position, entry_table.c.leaf, entry_table.c.head).where(
    entry_table.c.id.in_(bindparam("ids", expanding=True))
)
_ADD = insert(entry_table)
_MOVE_HEAD = update(head_table).values(size=bindparam("new_size"), head=bindparam("new_head"))
_UNINDEXED = (
    select(entry_table.c.position, entry_table.c.body)
    .where(entry_table.c.position >= bindparam("first"))
    .order_by(entry_table.c.position)
    .limit(INDEX_STRETCH)
)
_ADD_SUBJECTS = insert(subject_table)
_MOVE_INDEX = update(head_table).values(indexed=bindparam("new_indexed"))


class StoreUnusableError(Exception):
    """The head row is missing or of a later format."""


class _State(NamedTuple):
    size: int
    head: bytes
    indexed: int


def append_group(
    connection: Connection, entries: Sequence[Entry], *, look_up: bool
) -> tuple[list[Receipt | Conflict], int]:
    """Append entries in one transaction; the answers hold only once this returns. Second: how many aren't indexed.

    ``look_up`` finds entries that are there already; without it a known id breaks the unique constraint.
    """
    with connection.begin():
        state = _lock(connection)
        size, head = state.size, state.head
        known = _find(connection, entries) if look_up else {}
        rows: list[dict[str, object]] = []
        answers: list[Receipt | Conflict] = []
        for entry in entries:
            leaf = entry.leaf
            receipt = known.get(str(entry.id))
            if receipt is None:
                head = next_head(head, leaf)
                receipt = Receipt(entry.id, size, leaf, head)
                rows.append(_row(entry, receipt))
                size += 1
                if look_up:
                    known[str(entry.id)] = receipt
            answers.append(receipt if receipt.leaf == leaf else Conflict(_REUSED, "EVIDENCE_ID_REUSED"))
        if rows:
            connection.execute(_ADD, rows)
            connection.execute(_MOVE_HEAD, {"new_size": size, "new_head": head})
    return answers, size - state.indexed


def index_stretch(connection: Connection) -> bool:
    """Index the subjects of the next entries, oldest first. True while there is more."""
    with connection.begin():
        state = _lock(connection)
        found = connection.execute(_UNINDEXED, {"first": state.indexed}).all()
        if not found:
            return False
        rows = [
            {"subject": subject, "position": position}
            for position, body in found
            for subject in orjson.loads(body)["subjects"]
        ]
        if rows:
            connection.execute(_ADD_SUBJECTS, rows)
        indexed = found[-1][0] + 1
        connection.execute(_MOVE_INDEX, {"new_indexed": indexed})
        return bool(indexed < state.size)


def _lock(connection: Connection) -> _State:
    # SQLite took its lock with BEGIN IMMEDIATE and ignores FOR UPDATE
    found = connection.execute(_HEAD).first()
    if found is None or found.format != FORMAT:
        raise StoreUnusableError
    return _State(found.size, bytes(found.head), found.indexed)


def _find(connection: Connection, entries: Sequence[Entry]) -> dict[str, Receipt]:
    ids = {str(entry.id): entry.id for entry in entries}
    rows = connection.execute(_FIND, {"ids": list(ids)}).all()
    return {row.id: Receipt(ids[row.id], row.position, bytes(row.leaf), bytes(row.head)) for row in rows}


def _row(entry: Entry, receipt: Receipt) -> dict[str, object]:
    return {
        "position": receipt.position,
        "body": entry.canonical,
        "leaf": receipt.leaf,
        "head": receipt.head,
        **searchable(entry),
    }


def searchable(entry: Entry) -> dict[str, str | None]:
    """The columns that repeat parts of an entry so that they can be searched; verify compares them."""
    return {
        "id": str(entry.id),
        "at": entry.at_text,
        "kind": entry.kind.value,
        "actor": entry.actor.subject or entry.actor.client,
        "legal_entity": entry.actor.legal_entity,
    }
