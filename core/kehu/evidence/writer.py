"""The writer thread: collects what is queued and commits it as one group, with one fsync."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError

from kehu.errors import Conflict, Unavailable
from kehu.evidence.entry import Entry
from kehu.evidence.stored import Receipt
from kehu.evidence.transactions import append_group, index_stretch
from kehu.labels import Label

_log = logging.getLogger("kehu.evidence")
_UNAVAILABLE = Label(
    "留痕存储暂时无法写入,因此未提供任何数据;请稍后再试",
    "The evidence store can't be written now, so nothing was released; try again later",
)
_CHECKPOINT_BYTES = 16 * 2**20  # of entries since the last checkpoint: keeps the WAL small on a log that never rests
_INDEX_BACKLOG = 10_000  # entries; beyond it the index is made between groups, not only at rest


def unavailable() -> Unavailable:
    return Unavailable(_UNAVAILABLE, "EVIDENCE_UNAVAILABLE")


@dataclass(slots=True)
class _Job:
    entry: Entry
    known: bool
    done: Future[Receipt] = field(default_factory=Future)


class GroupWriter:
    """Owns the one writing connection of this process. ``capacity`` entries may wait; more callers wait ``patience``
    seconds for room and are then refused. After ``rest`` seconds without work it indexes and checkpoints."""

    def __init__(self, engine: Engine, *, capacity: int, group: int, patience: float, rest: float) -> None:
        self._engine = engine
        self._capacity = capacity
        self._group = group
        self._patience = patience
        self._rest = rest
        self._waiting: deque[_Job] = deque()
        self._changed = threading.Condition()
        self._closing = False
        self._connection: Connection | None = None
        self._unindexed = 1  # unknown at the start: look once
        self._since_checkpoint = 1
        self._thread = threading.Thread(target=self._run, name="kehu-evidence", daemon=True)
        self._thread.start()

    def submit(self, entry: Entry, *, known: bool) -> Future[Receipt]:
        """Queue an entry. Raises Unavailable when closed or when there is no room in time."""
        job = _Job(entry, known)
        until = time.monotonic() + self._patience
        with self._changed:
            while not self._closing and len(self._waiting) >= self._capacity:
                if not self._changed.wait(until - time.monotonic()):
                    raise unavailable()
            if self._closing:
                raise unavailable()
            self._waiting.append(job)
            self._changed.notify_all()
        return job.done

    def close(self) -> None:
        """Commit what is queued, then stop. Later submits are refused."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while True:
            jobs = self._next_group()
            if jobs:
                self._answer(jobs)
            elif self._closing and not self._waiting:
                break
            if not jobs or self._unindexed > _INDEX_BACKLOG or self._since_checkpoint > _CHECKPOINT_BYTES:
                self._tidy(resting=not jobs)
        self._drop_connection()

    def _next_group(self) -> list[_Job]:
        """The next jobs; none when the log rests and has something to tidy, or when it closes."""
        with self._changed:
            while not self._waiting and not self._closing:
                untidy = self._unindexed or self._since_checkpoint
                if not self._changed.wait(self._rest if untidy else None):
                    return []
            taken = [self._waiting.popleft() for _ in range(min(self._group, len(self._waiting)))]
            self._changed.notify_all()
        return [job for job in taken if job.done.set_running_or_notify_cancel()]

    def _answer(self, jobs: list[_Job]) -> None:
        try:
            answers = self._commit(jobs)
        except Exception as error:
            # the text of a database error may repeat what was to be stored: name its kind only
            _log.error("evidence can't be written: %s", _kind(error))
            self._drop_connection()
            for job in jobs:
                job.done.set_exception(unavailable())
            return
        for job, answer in zip(jobs, answers, strict=True):
            if isinstance(answer, Receipt):
                job.done.set_result(answer)
            else:
                job.done.set_exception(answer)

    def _commit(self, jobs: list[_Job]) -> list[Receipt | Conflict]:
        entries = [job.entry for job in jobs]
        try:
            answers, self._unindexed = append_group(self._connected(), entries, look_up=any(job.known for job in jobs))
        except DBAPIError as error:
            # an id that is there already, or a connection lost while idle: once more, looking for what got in
            if not isinstance(error, IntegrityError) and not error.connection_invalidated:
                raise
            self._drop_connection()
            answers, self._unindexed = append_group(self._connected(), entries, look_up=True)
        self._since_checkpoint += sum(len(entry.canonical) for entry in entries)
        return answers

    def _tidy(self, *, resting: bool) -> None:
        """Index subjects and checkpoint the WAL, outside any caller's wait. Trouble here loses nothing."""
        try:
            connection = self._connected()
            more = index_stretch(connection)
            while more and resting and not self._waiting and not self._closing:
                more = index_stretch(connection)
            if not more:
                self._unindexed = 0
            if resting or self._since_checkpoint > _CHECKPOINT_BYTES:
                self._checkpoint(connection)
        except Exception as error:
            _log.warning("evidence can't be tidied: %s", _kind(error))
            self._drop_connection()
            self._unindexed = self._since_checkpoint = 0  # not again before the next append

    def _checkpoint(self, connection: Connection) -> None:
        if self._engine.dialect.name == "sqlite":
            cursor = connection.connection.cursor()  # the pragma must not run inside a transaction
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
            cursor.close()
        self._since_checkpoint = 0

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            try:
                connection.invalidate()
                connection.close()
            except Exception as error:
                _log.warning("evidence connection: %s", _kind(error))


def _kind(error: Exception) -> str:
    origin = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    code = getattr(origin, "sqlite_errorname", None) or getattr(origin, "sqlstate", None) or ""
    return f"{type(origin).__name__} {code}".strip()
