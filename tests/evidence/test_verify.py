"""Promise 4, first part: whatever is changed, dropped, added or reordered in the store is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, delete, insert, select, text, update

from kehu.evidence import Broken, Entry, EvidenceLog, Unverifiable, Valid, leaf_hash, verify
from kehu.evidence.stored import GENESIS, Receipt, next_head
from kehu.evidence.tables import entry_table, head_table, subject_table

MakeEntry = Callable[..., Entry]
Tamper = Callable[[str], None]
COUNT = 6


@pytest.fixture
def receipts(log: EvidenceLog, make_entry: MakeEntry) -> list[Receipt]:
    """Six entries of two subjects each, indexed."""
    kept = [log.append(make_entry()) for _ in range(COUNT)]
    until = monotonic() + 10
    indexed = 0
    while indexed < COUNT and monotonic() < until:
        with log.snapshot() as connection:
            indexed = connection.execute(select(head_table.c.indexed)).scalar_one()
        sleep(0.02)
    assert indexed == COUNT
    assert verify(log, kept) == Valid(COUNT, kept[-1].head)
    return kept


SET = "UPDATE evidence_entry SET "
ZEROS = "0" * 32
HARM: list[tuple[str, int]] = [
    (f"{SET} kind = 'write' WHERE position = 3", 3),
    (f"{SET} at = '2020-01-01T00:00:00.000000Z' WHERE position = 0", 0),
    (f"{SET} actor = 'someone-else' WHERE position = 5", 5),
    (f"{SET} actor = NULL WHERE position = 5", 5),
    (f"{SET} legal_entity = NULL WHERE position = 1", 1),
    (f"{SET} id = '01920000-0000-7000-8000-00000000000a' WHERE position = 2", 2),
    (f"{SET} position = 6 WHERE position = 5", 5),
    (f"{SET} position = -1 WHERE position = 0", 0),
    (f"{SET} position = 9 WHERE position = 2; {SET} position = 2 WHERE position = 3; "
     f"{SET} position = 3 WHERE position = 9", 2),
    (f"{SET} body = (SELECT body FROM evidence_entry WHERE position = 1) WHERE position = 4", 4),
    (f"{SET} leaf = head WHERE position = 4", 4),
    (f"{SET} head = leaf WHERE position = 4", 4),
    ("DELETE FROM evidence_entry WHERE position = 0", 0),
    ("DELETE FROM evidence_entry WHERE position = 3", 3),
    ("DELETE FROM evidence_entry WHERE position = 5", 5),
    ("DELETE FROM evidence_entry", 0),
    ("INSERT INTO evidence_entry (position, id, at, kind, body, leaf, head) "
     "SELECT 6, 'x', at, kind, body, leaf, head FROM evidence_entry WHERE position = 5", 6),
    ("INSERT INTO evidence_entry (position, id, at, kind, body, leaf, head) "
     "SELECT -1, 'x', at, kind, body, leaf, head FROM evidence_entry WHERE position = 5", 0),
    ("UPDATE evidence_head SET size = 7", 6),
    ("UPDATE evidence_head SET size = 5", 6),
    ("UPDATE evidence_head SET head = (SELECT head FROM evidence_entry WHERE position = 4)", 6),
    ("UPDATE evidence_head SET one = 2", 6),
    ("UPDATE evidence_head SET indexed = 5", 5),
    ("UPDATE evidence_head SET indexed = 7", 6),
    ("UPDATE evidence_head SET indexed = -1", 0),
    ("DELETE FROM evidence_head", 0),
    (f"DELETE FROM evidence_subject WHERE subject = '{ZEROS}' AND position = 3", 3),
    ("DELETE FROM evidence_subject", 0),
    (f"UPDATE evidence_subject SET subject = '{'f' * 32}' WHERE subject = '{ZEROS}' AND position = 2", 2),
    (f"UPDATE evidence_subject SET position = 9 WHERE subject = '{ZEROS}' AND position = 2", 2),
    (f"INSERT INTO evidence_subject (subject, position) VALUES ('{'f' * 32}', 5)", 0),
    (f"INSERT INTO evidence_subject (subject, position) VALUES ('{'f' * 32}', 6)", 6),
    (f"INSERT INTO evidence_subject (subject, position) VALUES ('{'f' * 32}', -1)", 6),
]  # fmt: skip


@pytest.mark.promise(4)
@pytest.mark.rule("S11.R18", "S10.R13")
@pytest.mark.parametrize(("statements", "position"), HARM, ids=[statements[:70] for statements, _ in HARM])
def test_every_harm_is_found_where_it_was_done(
    log: EvidenceLog, receipts: list[Receipt], tamper: Tamper, statements: str, position: int
) -> None:
    tamper(statements)
    verdict = verify(log)
    assert isinstance(verdict, Broken)
    assert verdict.position == position
    assert verdict.reason.zh


def _disarm(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA synchronous = OFF")
        for act in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS evidence_entry_no_{act}"))
    else:
        connection.execute(text("DROP TRIGGER IF EXISTS evidence_entry_append_only ON evidence_entry"))
        connection.execute(text("SET synchronous_commit TO off"))


@pytest.mark.promise(4)
def test_every_single_byte_of_an_entry_counts(log: EvidenceLog, receipts: list[Receipt], store_url: str) -> None:
    engine = create_engine(store_url)
    with engine.connect() as connection:
        _disarm(connection)
        columns = entry_table.c
        body, leaf, head = connection.execute(
            select(columns.body, columns.leaf, columns.head).where(columns.position == 2)
        ).one()
        for name, value in (("body", body), ("leaf", leaf), ("head", head)):
            for at in range(len(value)):
                changed = value[:at] + bytes((value[at] ^ (1 << at % 8),)) + value[at + 1 :]
                connection.execute(update(entry_table).where(columns.position == 2).values({name: changed}))
                connection.commit()
                verdict = verify(log)
                assert isinstance(verdict, Broken), (name, at)
                assert verdict.position == 2
            connection.execute(update(entry_table).where(columns.position == 2).values({name: value}))
            connection.commit()
    engine.dispose()
    assert verify(log, receipts) == Valid(COUNT, receipts[-1].head)


Harm = Callable[[list[dict[str, Any]], dict[str, Any]], None]


def _rechain(rows: list[dict[str, Any]], end: dict[str, Any]) -> None:
    """What a patient forger does: recompute every hash."""
    head = GENESIS
    for position, row in enumerate(rows):
        row["leaf"] = leaf_hash(row["body"])
        head = row["head"] = next_head(head, row["leaf"])
        row["position"] = position
    end["size"], end["head"], end["indexed"] = len(rows), head, 0


def _forge(rows: list[dict[str, Any]], make: Entry, at: int) -> None:
    rows[at] |= {"id": str(make.id), "body": make.canonical, "at": make.at_text}


def _store(connection: Connection, rows: list[dict[str, Any]], end: dict[str, Any]) -> None:
    connection.execute(delete(entry_table))
    if rows:
        connection.execute(insert(entry_table), rows)
    connection.execute(update(head_table).values(end))
    connection.commit()


@pytest.mark.promise(4)
@pytest.mark.parametrize("kept", [[], [5], [2], list(range(COUNT))])
def test_a_whole_rewrite_is_found_against_a_kept_receipt(
    log: EvidenceLog, receipts: list[Receipt], make_entry: MakeEntry, store_url: str, kept: list[int]
) -> None:
    engine = create_engine(store_url)
    with engine.connect() as connection:
        _disarm(connection)
        connection.execute(delete(subject_table))
        rows = [dict(row) for row in connection.execute(select(entry_table).order_by("position")).mappings()]
        end = dict(connection.execute(select(head_table)).mappings().one())
        _forge(rows, make_entry(), 1)
        _rechain(rows, end)
        _store(connection, rows, end)
        rewritten = verify(log, [receipts[position] for position in kept])
        _rechain(rows[:2], end)
        _store(connection, rows[:2], end)
        rolled_back = verify(log, [receipts[position] for position in kept])
    engine.dispose()
    if not kept:  # the limit that the promises state: nothing inside the store can show this
        assert isinstance(rewritten, Valid)
        assert isinstance(rolled_back, Valid)
    else:
        assert isinstance(rewritten, Broken)
        assert rewritten.position == max(min(kept), 1)
        assert isinstance(rolled_back, Broken)


bytes_columns = st.sampled_from(["body", "leaf", "head"])
text_columns = st.sampled_from(["id", "at", "kind", "actor", "legal_entity"])
places = st.integers(0, COUNT - 1)
harms = st.one_of(
    st.tuples(st.just("byte"), places, bytes_columns, st.integers(0, 10_000), st.integers(1, 255)),
    st.tuples(st.just("text"), places, text_columns, st.text("abcdef01", min_size=1, max_size=9), st.just(0)),
    st.tuples(st.just("drop"), places, st.just(""), st.integers(1, COUNT), st.just(0)),
    st.tuples(st.just("order"), st.permutations(range(COUNT)), st.just(""), st.just(0), st.just(0)),
    st.tuples(st.just("double"), places, st.just(""), places, st.just(0)),
)


def _harm(rows: list[dict[str, Any]], harm: tuple[Any, ...]) -> list[dict[str, Any]]:
    """The rows after it; positions are closed up again, hashes are left as they were."""
    kind, place, column, number, mask = harm
    if kind == "byte":
        value = rows[place][column]
        at = number % len(value)
        rows[place][column] = value[:at] + bytes((value[at] ^ mask,)) + value[at + 1 :]
    elif kind == "text":
        rows[place][column] = number
    elif kind == "drop":
        rows = rows[:place] + rows[place + number :]
    elif kind == "order":
        rows = [rows[at] for at in place]
    else:
        rows.insert(number, rows[place] | {"id": "double"})
    return [row | {"position": position} for position, row in enumerate(rows)]


@pytest.mark.promise(4)
def test_any_harm_is_found(log: EvidenceLog, receipts: list[Receipt], store_url: str) -> None:
    engine = create_engine(store_url)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(harm=harms)
    @example(harm=("order", [1, 0, 2, 3, 4, 5], "", 0, 0))
    @example(harm=("drop", 5, "", 1, 0))
    def found(harm: tuple[Any, ...]) -> None:
        with engine.connect() as connection:
            _disarm(connection)
            rows = [dict(row) for row in connection.execute(select(entry_table).order_by("position")).mappings()]
            end = dict(connection.execute(select(head_table)).mappings().one())
            changed = _harm([dict(row) for row in rows], harm)
            _store(connection, changed, end)
            verdict = verify(log)
            _store(connection, rows, end)
        if changed == rows:
            assert isinstance(verdict, Valid)
        else:
            assert isinstance(verdict, Broken)

    found()
    engine.dispose()


@pytest.mark.promise(4)
def test_a_flipped_byte_anywhere_in_the_file_never_changes_what_is_valid(tmp_path: Path, make_entry: MakeEntry) -> None:
    path, copy = tmp_path / "evidence.db", tmp_path / "copy.db"
    with EvidenceLog(f"sqlite+pysqlite:///{path}") as log:
        last = [log.append(make_entry()) for _ in range(12)][-1]
    original = path.read_bytes()
    broken = 0
    for at in range(0, len(original), 211):
        copy.write_bytes(original[:at] + bytes((original[at] ^ 0x11,)) + original[at + 1 :])
        with EvidenceLog(f"sqlite+pysqlite:///{copy}", read_only=True) as log:
            verdict = verify(log, [last])
        broken += not isinstance(verdict, Valid)
        assert not isinstance(verdict, Valid) or verdict == Valid(12, last.head)
    assert broken > 20


def test_an_empty_log_is_valid(log: EvidenceLog) -> None:
    assert verify(log) == Valid(0, GENESIS)


def test_more_than_a_page(log: EvidenceLog, make_entry: MakeEntry, tamper: Tamper) -> None:
    futures = [log.submit(make_entry(number % 4)) for number in range(430)]
    last = [future.result(30) for future in futures][-1]
    assert verify(log) == Valid(430, last.head)
    tamper("UPDATE evidence_entry SET kind = 'job' WHERE position = 417")
    verdict = verify(log)
    assert isinstance(verdict, Broken)
    assert verdict.position == 417


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_head SET format = 2",
        "DROP TABLE evidence_head",
        "DROP TABLE evidence_entry",
        "DROP TABLE evidence_subject",
    ],
)
def test_what_cannot_be_judged_is_unverifiable(log: EvidenceLog, tamper: Tamper, statement: str) -> None:
    tamper(statement)
    assert isinstance(verify(log), Unverifiable)


def test_absent_and_foreign_files_are_unverifiable(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database " * 1000)
    (tmp_path / "empty.db").touch()
    for name in ("absent.db", "text.db", "empty.db"):
        with EvidenceLog(f"sqlite+pysqlite:///{tmp_path}/{name}", read_only=True) as log:
            assert isinstance(verify(log), Unverifiable), name
    assert not (tmp_path / "absent.db").exists()
