"""The mover: every entry once, soon, and none lost while the evidence is down."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

import pytest
from sqlalchemy import func, insert, select

from kehu.errors import Unavailable
from kehu.evidence import Entry, Receipt
from kehu.labels import Label
from kehu.store.outbox import OutboxMover
from kehu.store.system import outbox

from .conftest import Stored


def waiting(stored: Stored) -> int:
    with stored.world.installation.engines.read.connect() as conn:
        return int(conn.execute(select(func.count()).select_from(outbox)).scalar_one())


def until(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return condition()


def test_the_outbox_is_moved_within_a_second_and_only_once(stored: Stored) -> None:
    installation = stored.world.installation
    count = waiting(stored)
    assert count == 5
    with installation.engines.read.connect() as conn:
        rows = [dict(row) for row in conn.execute(select(outbox)).mappings()]
    installation.mover.start()
    assert until(lambda: waiting(stored) == 0, 5)
    assert installation.evidence.head().size == count
    with installation.engines.write.begin() as conn:
        conn.execute(insert(outbox), rows)
    installation.mover.nudge()
    assert until(lambda: waiting(stored) == 0, 5)
    assert installation.evidence.head().size == count


class _Down:
    """An evidence log that can't be written."""

    def __init__(self) -> None:
        self.asked = 0

    def append_outbox(self, entries: Iterable[Entry]) -> list[Receipt]:
        self.asked += 1
        raise Unavailable(Label("不可用", "down"), "EVIDENCE_UNAVAILABLE")


@pytest.mark.promise(3)
def test_while_the_evidence_is_down_nothing_is_lost(stored: Stored) -> None:
    installation = stored.world.installation
    before = waiting(stored)
    down = _Down()
    mover = OutboxMover(installation.engines, down, period=0.02)  # type: ignore[arg-type]  # reason: stands in for the log
    mover.start()
    assert until(lambda: down.asked >= 3, 5)
    mover.stop()
    assert waiting(stored) == before
    assert installation.mover.drain() == before
    assert installation.evidence.head().size == before


def test_stopping_moves_what_is_there_and_twice_is_fine(stored: Stored) -> None:
    mover = stored.world.installation.mover
    mover.start()
    mover.stop()
    mover.stop()
    assert waiting(stored) == 0
