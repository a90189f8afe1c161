"""Engines: one facade for reads (a snapshot, never waits for a writer) and one for writes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

_BUSY_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Engines:
    """``read`` begins snapshots, ``write`` begins writing transactions; both share one pool."""

    read: Engine
    write: Engine

    def dispose(self) -> None:
        self.read.dispose()


def open_engines(url: str, *, pool_size: int = 10) -> Engines:
    """Open a database. SQLite gets WAL, foreign keys and a busy timeout; PostgreSQL repeatable-read snapshots."""
    if url.startswith("sqlite"):
        engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=pool_size,
            hide_parameters=True,
            connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        )
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        return Engines(engine, engine.execution_options(kehu_writes=True))
    engine = create_engine(url, pool_size=pool_size, max_overflow=pool_size, pool_pre_ping=True, hide_parameters=True)
    return Engines(engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True), engine)


def _sqlite_connect(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    assert isinstance(connection, sqlite3.Connection)
    connection.isolation_level = None  # transactions are begun by _sqlite_begin, not by the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("kehu_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
