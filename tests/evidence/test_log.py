"""Append and read: once, in order, durable or refused; on both databases."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError

from kehu.errors import ConfigurationError, Conflict, NotFound, OverLimit, Unavailable
from kehu.evidence import Actor, Entry, EvidenceLog, Filter, Kind, Receipt, Valid, verify
from kehu.evidence.stored import GENESIS, next_head
from kehu.evidence.tables import parse_url, writer_engine

MakeEntry = Callable[..., Entry]
Tamper = Callable[[str], None]


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another process in the middle of a write."""
    engine = create_engine(url)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("LOCK TABLE evidence_head")
        yield
        connection.rollback()
    engine.dispose()


def wait_until_indexed(log: EvidenceLog) -> None:
    until = monotonic() + 10
    while monotonic() < until:
        with log.snapshot() as connection:
            size, indexed = connection.execute(text("SELECT size, indexed FROM evidence_head")).one()
        if size == indexed:
            return
        sleep(0.05)
    raise AssertionError("the index by subject never caught up")


def test_positions_leaves_and_heads(log: EvidenceLog, make_entry: MakeEntry) -> None:
    head = GENESIS
    for position in range(3):
        entry = make_entry()
        receipt = log.append(entry)
        head = next_head(head, entry.leaf)
        assert (receipt.entry_id, receipt.position, receipt.leaf, receipt.head) == (
            entry.id,
            position,
            entry.leaf,
            head,
        )
        assert log.get(entry.id).entry == entry
    assert (log.head().size, log.head().head) == (3, head)
    assert verify(log) == Valid(3, head)


def test_a_log_opened_again_goes_on(store_url: str, make_entry: MakeEntry) -> None:
    for position in range(3):
        with EvidenceLog(store_url) as log:
            assert log.append(make_entry()).position == position
    with EvidenceLog(store_url, read_only=True) as log:
        assert isinstance(verify(log), Valid)


@pytest.mark.promise(3)
def test_what_was_submitted_is_written_before_close_returns(store_url: str, make_entry: MakeEntry) -> None:
    log = EvidenceLog(store_url)
    futures = [log.submit(make_entry()) for _ in range(100)]
    log.close()
    assert [future.result(0).position for future in futures] == list(range(100))
    with pytest.raises(Unavailable) as caught:
        log.append(make_entry())
    assert caught.value.code == "EVIDENCE_UNAVAILABLE"
    log.close()


def test_threads_share_groups_without_gaps(log: EvidenceLog, make_entry: MakeEntry) -> None:
    entries = [make_entry() for _ in range(300)]
    with ThreadPoolExecutor(8) as pool:
        receipts = list(pool.map(log.append, entries))
    assert sorted(receipt.position for receipt in receipts) == list(range(300))
    assert [receipt.entry_id for receipt in receipts] == [entry.id for entry in entries]
    assert isinstance(verify(log, receipts), Valid)


def test_outbox_rows_moved_twice_stand_once(log: EvidenceLog, make_entry: MakeEntry) -> None:
    entries = [make_entry() for _ in range(5)]
    first = log.append_outbox(entries[:3])
    assert log.append_outbox(entries)[:3] == first
    assert log.append_outbox([entries[4], entries[4], entries[0]])[2] == first[0]
    assert log.head().size == 5
    assert [stored.entry for stored in log.entries()] == entries
    assert log.append_outbox([]) == []


def test_the_same_entry_again_gives_its_first_receipt_and_harms_no_neighbour(
    log: EvidenceLog, make_entry: MakeEntry, store_url: str
) -> None:
    old = make_entry()
    first = log.append(old)
    with locked(store_url):  # so that all of these become one group
        futures = [log.submit(entry) for entry in (make_entry(), old, make_entry())]
    assert [future.result(10).position for future in futures] == [1, 0, 2]
    assert futures[1].result() == first


def test_another_content_under_a_known_id_is_refused(log: EvidenceLog, make_entry: MakeEntry) -> None:
    old = make_entry()
    log.append(old)
    forged = replace(old, level=1)
    for append in (log.append, lambda entry: log.append_outbox([entry])):
        with pytest.raises(Conflict) as caught:
            append(forged)
        assert caught.value.code == "EVIDENCE_ID_REUSED"
    assert log.get(old.id).entry == old
    assert log.head().size == 1


@pytest.mark.promise(3)
def test_a_lock_held_too_long_refuses_then_recovers(store_url: str, make_entry: MakeEntry) -> None:
    with EvidenceLog(store_url, patience=0.3) as log:
        log.append(make_entry())
        with locked(store_url):
            futures = [log.submit(make_entry()) for _ in range(3)]
            for future in futures:
                with pytest.raises(Unavailable):
                    future.result(10)
        assert log.head().size == 1
        assert log.append(make_entry()).position == 1


@pytest.mark.promise(3)
def test_a_full_queue_makes_callers_wait_then_refuses(store_url: str, make_entry: MakeEntry) -> None:
    with EvidenceLog(store_url, patience=1.0, capacity=2, group=1) as log:
        accepted: list[Future[Receipt]] = []

        def flood() -> None:
            for _ in range(10):
                accepted.append(log.submit(make_entry()))

        with locked(store_url):
            began = monotonic()
            with pytest.raises(Unavailable) as caught:
                flood()
            assert monotonic() - began > 0.5
        assert caught.value.code == "EVIDENCE_UNAVAILABLE"
        assert len(accepted) <= 4
        outcomes = [future.exception(10) for future in accepted]
        assert log.head().size == outcomes.count(None)


@pytest.mark.promise(3)
def test_the_writing_connection_waits_for_the_disk(log: EvidenceLog, store_url: str) -> None:
    """What a kill can't show and a power cut would: every commit is synced, whatever the server's own default."""
    engine = writer_engine(parse_url(store_url), 1.0)
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
            assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        else:
            assert connection.execute(text("SHOW synchronous_commit")).scalar_one() == "on"
    engine.dispose()


@pytest.mark.promise(3)
def test_a_store_that_vanished_refuses(log: EvidenceLog, make_entry: MakeEntry, tamper: Tamper) -> None:
    log.append(make_entry())
    tamper("DROP TABLE evidence_head")
    with pytest.raises(Unavailable):
        log.append(make_entry())
    with pytest.raises(Unavailable):
        log.head()


@pytest.mark.promise(3)
def test_a_store_of_a_later_format_is_not_written(log: EvidenceLog, make_entry: MakeEntry, tamper: Tamper) -> None:
    tamper("UPDATE evidence_head SET format = 2")
    with pytest.raises(Unavailable):
        log.append(make_entry())


def test_too_large_is_refused_at_once_and_alone(log: EvidenceLog, make_entry: MakeEntry) -> None:
    with pytest.raises(OverLimit):
        log.submit(make_entry(2000))
    assert log.append(make_entry()).position == 0


def test_read_only_neither_writes_nor_creates(tmp_path: Path, make_entry: MakeEntry) -> None:
    path = tmp_path / "absent.db"
    with EvidenceLog(f"sqlite+pysqlite:///{path}", read_only=True) as log:
        with pytest.raises(Unavailable):
            log.append(make_entry())
        with pytest.raises(Unavailable):
            log.head()
    assert not path.exists()


def test_the_sqlite_file_is_private(tmp_path: Path, make_entry: MakeEntry) -> None:
    path = tmp_path / "evidence.db"
    with EvidenceLog(f"sqlite+pysqlite:///{path}") as log:
        log.append(make_entry())
        assert {file.stat().st_mode & 0o777 for file in tmp_path.glob("evidence.db*")} == {0o600}


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://u:canary@127.0.0.1/x", "canary", ""])
def test_unsuitable_urls_are_refused_without_repeating_them(url: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        EvidenceLog(url)
    assert "canary" not in str(caught.value)


def test_a_store_that_cannot_be_opened_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "no.db").write_bytes(b"this is no database, not at all" * 100)
    for database in ("absent/e.db", "no.db"):
        with pytest.raises(Unavailable):
            EvidenceLog(f"sqlite+pysqlite:///{tmp_path}/{database}", patience=0.2)


@pytest.mark.promise(4)
def test_the_database_itself_refuses_change_and_removal(
    log: EvidenceLog, make_entry: MakeEntry, store_url: str
) -> None:
    log.append(make_entry())
    engine = create_engine(store_url)
    for statement in ("UPDATE evidence_entry SET kind = 'x'", "DELETE FROM evidence_entry"):
        with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(text(statement))
    engine.dispose()


@pytest.mark.promise(8)
def test_failures_are_logged_by_kind_only(
    log: EvidenceLog, make_entry: MakeEntry, tamper: Tamper, caplog: pytest.LogCaptureFixture
) -> None:
    tamper("ALTER TABLE evidence_entry RENAME TO elsewhere")
    with caplog.at_level(logging.DEBUG), pytest.raises(Unavailable) as caught:
        log.append(make_entry(actor=Actor("canary-client", "canary-subject"), detail={"x": "canary-detail"}))
    assert "evidence can't be written" in caplog.text
    assert "canary" not in caplog.text + str(caught.value) + repr(caught.value)
    assert caught.value.__cause__ is None


@pytest.fixture
def filled(log: EvidenceLog, make_entry: MakeEntry) -> EvidenceLog:
    """450 entries, one a minute; every third a lookup by staff-9 about customer f…, every fifth of another entity."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    for number in range(450):
        third, fifth = number % 3 == 0, number % 5 == 0
        log.submit(
            make_entry(
                at=start + timedelta(minutes=number),
                kind=Kind.LOOKUP if third else Kind.READ,
                actor=Actor("crm", "staff-9" if third else None, "entity-2" if fifth else "entity-1"),
                subjects=("0" * 32, "f" * 32) if third else ("0" * 32,),
            )
        )
    assert log.append(make_entry(0, at=start + timedelta(days=9))).position == 450
    return log


THIRDS = list(range(0, 450, 3))
QUESTIONS: list[tuple[dict[str, object], list[int]]] = [
    ({}, list(range(451))),
    ({"where": Filter(kind=Kind.LOOKUP)}, THIRDS),
    ({"where": Filter(actor="staff-9")}, THIRDS),
    ({"where": Filter(subject="f" * 32)}, THIRDS),
    ({"where": Filter(subject="0" * 32)}, list(range(450))),
    ({"where": Filter(subject="e" * 32)}, []),
    ({"where": Filter(legal_entity="entity-2")}, list(range(0, 450, 5))),
    ({"where": Filter(subject="f" * 32, legal_entity="entity-2", kind=Kind.LOOKUP)}, list(range(0, 450, 15))),
    ({"where": Filter(subject="f" * 32), "after": 300}, [n for n in THIRDS if n > 300]),
    ({"where": Filter(subject="f" * 32), "limit": 7}, THIRDS[:7]),
    ({"limit": 0}, []),
    ({"limit": 451}, list(range(451))),
    ({"after": 449}, [450]),
    ({"after": 450}, []),
    ({"from_": datetime(2026, 1, 1, 7, 29, tzinfo=UTC)}, [449, 450]),
    ({"to": datetime(2026, 1, 1, 0, 2, tzinfo=UTC)}, [0, 1]),
    ({"from_": datetime(2026, 1, 1, 1, tzinfo=UTC), "to": datetime(2026, 1, 1, 1, 1, tzinfo=UTC)}, [60]),
]


@pytest.mark.rule("S11.R18")
def test_entries_by_every_filter_both_ways_before_and_after_indexing(filled: EvidenceLog) -> None:
    for _ in range(2):
        for asked, expected in QUESTIONS:
            assert [stored.position for stored in filled.entries(**asked)] == expected  # type: ignore[arg-type]  # a table
            if "limit" not in asked and "after" not in asked:
                backwards = filled.entries(**asked, newest_first=True)  # type: ignore[arg-type]  # a table
                assert [stored.position for stored in backwards] == expected[::-1]
        wait_until_indexed(filled)
    page = filled.entries(where=Filter(subject="f" * 32), after=300, limit=2, newest_first=True)
    assert [stored.position for stored in page] == [297, 294]
    assert isinstance(verify(filled), Valid)


def test_an_unknown_id_is_not_found_and_naive_times_are_refused(log: EvidenceLog, make_entry: MakeEntry) -> None:
    with pytest.raises(NotFound):
        log.get(make_entry().id)
    with pytest.raises(ValueError, match="zone"):
        next(log.entries(from_=datetime(2026, 1, 1)))


def test_a_cancelled_submit_is_not_written(store_url: str, make_entry: MakeEntry) -> None:
    with EvidenceLog(store_url, group=1) as log:
        with locked(store_url):
            running, waiting = log.submit(make_entry()), log.submit(make_entry())
            sleep(0.2)
            assert waiting.cancel()
        assert running.result(10).position == 0
        assert log.append(make_entry()).position == 1


@pytest.mark.promise(3)
def test_a_full_sqlite_disk_refuses_and_acknowledges_nothing(tmp_path: Path, make_entry: MakeEntry) -> None:
    full = Event()

    @event.listens_for(Engine, "connect")
    def limit(driver: object, record: object) -> None:
        if full.is_set():
            driver.execute("PRAGMA max_page_count = 40")  # type: ignore[attr-defined]  # a sqlite3 connection

    try:
        url = f"sqlite+pysqlite:///{tmp_path}/evidence.db"
        EvidenceLog(url).close()
        full.set()
        log = EvidenceLog(url)
        receipts: list[Receipt] = []

        def fill() -> None:
            for _ in range(1000):
                receipts.append(log.append(make_entry(100)))

        with pytest.raises(Unavailable):
            fill()
        assert receipts
        assert log.head().size == len(receipts)
        assert isinstance(verify(log, receipts), Valid)
        with pytest.raises(Unavailable):
            log.append(make_entry(1000))
        log.close()
    finally:
        event.remove(Engine, "connect", limit)
    with EvidenceLog(url) as log:
        assert log.append(make_entry(100)).position == len(receipts)
