"""Promise 3: kill -9, a full disk and several processes; every acknowledged entry is there afterwards."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep
from uuid import UUID

import pytest
from sqlalchemy import create_engine, text

from kehu.errors import Unavailable
from kehu.evidence import Entry, EvidenceLog, Valid, verify

MakeEntry = Callable[..., Entry]
Start = Callable[..., "subprocess.Popen[str]"]
APPENDER = Path(__file__).parent / "appender.py"


@pytest.fixture
def start(store_url: str) -> Iterator[Start]:
    running: list[subprocess.Popen[str]] = []

    def begin(threads: int, count: int, largest: int = 0) -> subprocess.Popen[str]:
        command = [sys.executable, str(APPENDER), store_url, str(threads), str(count), str(largest)]
        running.append(subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        return running[-1]

    yield begin
    for process in running:
        process.kill()
        process.communicate()


def acknowledged(output: str) -> dict[UUID, int]:
    """Whole lines only: a kill may cut the last."""
    lines = output[: output.rfind("\n") + 1].splitlines()
    return {UUID(entry): int(position) for entry, position in (line.split() for line in lines)}


@pytest.mark.promise(3)
@pytest.mark.rule("S5.R17", "S6.R09")
def test_kill_9_loses_no_acknowledged_entry(store_url: str, start: Start) -> None:
    EvidenceLog(store_url).close()
    kept: dict[UUID, int] = {}
    for pause in (0.05, 0.21, 0.37):
        process = start(4, 0)
        assert process.stdout is not None
        first = process.stdout.readline()
        sleep(pause)
        process.kill()
        seen = acknowledged(first + process.communicate()[0])
        assert seen
        kept |= seen
    with EvidenceLog(store_url) as log:
        stored = {found.entry.id: found.position for found in log.entries()}
        assert kept.items() <= stored.items()
        assert sorted(stored.values()) == list(range(len(stored)))
        assert isinstance(verify(log), Valid)


@pytest.mark.promise(3)
def test_processes_and_threads_share_one_log(store_url: str, start: Start) -> None:
    processes = [start(3, 40) for _ in range(2)]
    outputs = [process.communicate(timeout=60) for process in processes]
    assert [errors for _, errors in outputs] == ["", ""]
    seen = [acknowledged(output) for output, _ in outputs]
    assert [len(one) for one in seen] == [120, 120]
    assert sorted([*seen[0].values(), *seen[1].values()]) == list(range(240))
    with EvidenceLog(store_url) as log:
        assert {found.entry.id: found.position for found in log.entries()} == seen[0] | seen[1]
        assert isinstance(verify(log), Valid)


@pytest.mark.promise(3)
def test_a_disk_that_takes_no_more_bytes_refuses(tmp_path: Path, start: Start, store_url: str) -> None:
    if store_url.startswith("postgresql"):
        _postgresql_says_disk_full(store_url)
        return
    output, _ = start(3, 0, 200_000).communicate(timeout=60)
    lines = output.splitlines()
    assert [line for line in lines if "refused" in line] == ["refused EVIDENCE_UNAVAILABLE"] * 3
    kept = acknowledged("".join(line + "\n" for line in lines if "refused" not in line))
    assert kept
    with EvidenceLog(store_url) as log:
        assert kept.items() <= {found.entry.id: found.position for found in log.entries()}.items()
        assert isinstance(verify(log), Valid)


def _postgresql_says_disk_full(store_url: str) -> None:
    """The server's own error for a full disk (SQLSTATE 53100), raised where the rows are written."""
    with EvidenceLog(store_url) as log:
        before = log.head()
        engine = create_engine(store_url)
        with engine.begin() as connection:
            connection.execute(
                text(
                    "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$"
                )
            )
            connection.execute(
                text("CREATE TRIGGER full_disk BEFORE INSERT ON evidence_entry EXECUTE FUNCTION full_disk()")
            )
        entry = _any_entry()
        with pytest.raises(Unavailable):
            log.append(entry)
        assert log.head() == before
        with engine.begin() as connection:
            connection.execute(text("DROP TRIGGER full_disk ON evidence_entry"))
        engine.dispose()
        assert log.append(entry).position == 0
        assert isinstance(verify(log), Valid)


def _any_entry() -> Entry:
    from kehu.evidence import Activity, Actor, Kind, Operation

    return Entry(Kind.READ, Activity.QUERY, Actor(), Operation("query"), "p1")


@pytest.mark.promise(3)
def test_a_database_that_hangs_up_loses_nothing(database_url: str, store_url: str, make_entry: MakeEntry) -> None:
    """Connections cut while idle and in the middle of a flood: acknowledged or refused, never both, never neither."""
    with EvidenceLog(store_url, patience=2) as log:
        futures = [log.submit(make_entry()) for _ in range(50)]
        cutter = threading.Thread(target=_hang_up, args=(store_url,))
        cutter.start()
        futures += [log.submit(make_entry()) for _ in range(200)]
        cutter.join()
        futures.append(log.submit(make_entry()))
        outcomes = [future.exception(30) for future in futures]
        kept = [future.result() for future, outcome in zip(futures, outcomes, strict=True) if outcome is None]
        assert all(isinstance(outcome, Unavailable) for outcome in outcomes if outcome is not None)
        assert outcomes[-1] is None
        assert isinstance(verify(log, kept), Valid)


def _hang_up(store_url: str) -> None:
    engine = create_engine(store_url)
    if engine.dialect.name == "postgresql":
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> "
        for _ in range(3):
            with engine.connect() as connection:
                connection.execute(text(others + "pg_backend_pid()"))
            sleep(0.02)
    else:
        for _ in range(3):
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN EXCLUSIVE")
                sleep(0.02)
                connection.rollback()
    engine.dispose()
