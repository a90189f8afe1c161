"""The mover: from the outbox, where an entry stands in its write's own transaction, to the evidence log.

Moving is appending (which knows an entry that it has) and then deleting, so a crash in between repeats a
step and loses nothing. Several processes may move the same rows.
"""

from __future__ import annotations

import logging
import threading

from sqlalchemy import delete, select
from sqlalchemy.exc import SQLAlchemyError

from kehu.errors import KehuError, Refused
from kehu.evidence import Entry, EvidenceLog
from kehu.store.engine import Engines
from kehu.store.system import outbox

BATCH = 200
PERIOD_SECONDS = 0.5
_log = logging.getLogger("kehu.outbox")


class OutboxMover:
    """Moves entries after every `nudge`, and every half second what other processes left. Safe for threads."""

    def __init__(self, engines: Engines, log: EvidenceLog, *, period: float = PERIOD_SECONDS) -> None:
        self._engines = engines
        self._log = log
        self._period = period
        self._wake = threading.Event()
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._moving = threading.Lock()

    def start(self) -> None:
        """Begin in a thread of its own; starting twice is fine."""
        if self._thread is None:
            self._stopping = False
            self._thread = threading.Thread(target=self._run, name="kehu-outbox", daemon=True)
            self._thread.start()

    def nudge(self) -> None:
        """A transaction with an entry was committed."""
        self._wake.set()

    def stop(self) -> None:
        """Move what is there and end. What can't be moved now stays in the outbox."""
        self._stopping = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._try()

    def drain(self) -> int:
        """Move everything now; gives how many. Raises as `EvidenceLog.append_outbox` and the database do."""
        moved = 0
        with self._moving:
            while count := self._move():
                moved += count
        return moved

    def _run(self) -> None:
        while not self._stopping:
            self._wake.wait(self._period)
            self._wake.clear()
            self._try()

    def _try(self) -> None:
        try:
            self.drain()
        except Refused as refused:
            _log.warning("outbox waits: %s", refused.code)
        except (KehuError, SQLAlchemyError) as error:
            # The kind only: a database's message may repeat values.
            _log.error("outbox waits: %s", type(error).__name__)

    def _move(self) -> int:
        with self._engines.read.connect() as conn:
            rows = conn.execute(select(outbox.c.id, outbox.c.entry).order_by(outbox.c.id).limit(BATCH)).all()
        if not rows:
            return 0
        self._log.append_outbox(Entry.parse(bytes(row.entry)) for row in rows)
        with self._engines.write.begin() as conn:
            conn.execute(delete(outbox).where(outbox.c.id.in_([row.id for row in rows])))
        return len(rows)
