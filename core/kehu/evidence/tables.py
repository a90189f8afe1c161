"""Tables and engines of the evidence store: a SQLite file of its own, or own connections to PostgreSQL."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    func,
    insert,
    inspect,
    make_url,
    select,
    text,
)
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, OperationalError

from kehu.errors import ConfigurationError
from kehu.evidence.stored import GENESIS
from kehu.labels import Label

FORMAT = 1
_SETUP_LOCK = 0x6B656875_65766964  # "kehuevid", PostgreSQL advisory lock
_UNSUITABLE = Label(
    "留痕存储必须是 SQLite 文件或 PostgreSQL 数据库",
    "The evidence store must be a SQLite file or a PostgreSQL database",
)
metadata = MetaData()

entry_table = Table(
    "evidence_entry",
    metadata,
    Column("position", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("at", String(27), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("actor", String(256)),
    Column("legal_entity", String(256)),
    Column("body", LargeBinary, nullable=False),
    Column("leaf", LargeBinary(32), nullable=False),
    Column("head", LargeBinary(32), nullable=False),
    Index("ix_evidence_entry_actor", "actor", "position"),
    Index("ix_evidence_entry_kind", "kind", "position"),
)
head_table = Table(
    "evidence_head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("format", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("head", LargeBinary(32), nullable=False),
    Column("indexed", BigInteger, nullable=False),
)
subject_table = Table(
    "evidence_subject",
    metadata,
    Column("subject", String(32), primary_key=True),
    Column("position", BigInteger, primary_key=True, autoincrement=False),
    Index("ix_evidence_subject_position", "position"),
    sqlite_with_rowid=False,
)

_GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER evidence_entry_no_{act} BEFORE {act.upper()} ON evidence_entry "
        "BEGIN SELECT RAISE(ABORT, 'evidence is append-only'); END"
        for act in ("update", "delete")
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION evidence_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'evidence is append-only'; END $$",
        "CREATE TRIGGER evidence_entry_append_only BEFORE UPDATE OR DELETE ON evidence_entry "
        "FOR EACH ROW EXECUTE FUNCTION evidence_append_only()",
    ],
}


class _Cursor(Protocol):
    def execute(self, statement: str, /) -> object: ...
    def close(self) -> object: ...


class _Driver(Protocol):
    isolation_level: str | None

    def cursor(self) -> _Cursor: ...


def parse_url(url: str) -> URL:
    """Accept SQLite files and PostgreSQL. Raises ConfigurationError; the message never has the URL (it may hold a
    password)."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise ConfigurationError(str(_UNSUITABLE)) from None
    kind = parsed.get_backend_name()
    in_memory = kind == "sqlite" and parsed.database in (None, "", ":memory:")
    if kind not in ("sqlite", "postgresql") or in_memory:
        raise ConfigurationError(str(_UNSUITABLE))
    return parsed


def store_exists(url: URL) -> bool:
    return url.get_backend_name() != "sqlite" or Path(url.database or "").exists()


def writer_engine(url: URL, patience: float) -> Engine:
    """One connection; its transactions take the write lock at their start, waiting ``patience`` seconds at most."""
    milliseconds = int(patience * 1000)
    if url.get_backend_name() == "sqlite":
        settings = f"busy_timeout={milliseconds}", "synchronous=FULL", "wal_autocheckpoint=0"
        return _sqlite(url, settings, "BEGIN IMMEDIATE", 1)
    options = f"-c synchronous_commit=on -c lock_timeout={milliseconds} -c statement_timeout={milliseconds * 2}"
    connect = {"options": options, "connect_timeout": max(2, int(patience))}
    return create_engine(url, pool_size=1, max_overflow=0, connect_args=connect, hide_parameters=True)


def reader_engine(url: URL, patience: float) -> Engine:
    """Connections that only read; each transaction sees one snapshot."""
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, (f"busy_timeout={int(patience * 1000)}", "query_only=ON"), "BEGIN", 5)
    connect = {"options": "-c default_transaction_read_only=on", "connect_timeout": max(2, int(patience))}
    return create_engine(
        url, isolation_level="REPEATABLE READ", connect_args=connect, hide_parameters=True, pool_pre_ping=True
    )


def _sqlite(url: URL, pragmas: tuple[str, ...], begin: str, size: int) -> Engine:
    engine = create_engine(
        url, pool_size=size, max_overflow=0, connect_args={"check_same_thread": False}, hide_parameters=True
    )

    @event.listens_for(engine, "connect")
    def connected(driver: _Driver, record: object) -> None:
        driver.isolation_level = None  # transactions are begun below, not guessed by the driver
        cursor = driver.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def set_up(engine: Engine, patience: float) -> None:
    """Make file, tables, guards and the head row where they aren't there yet; several processes may do so at once."""
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        _make_file(Path(engine.url.database or ""))
        _use_wal(engine, patience)
    with engine.begin() as connection:
        if not sqlite:
            connection.execute(select(func.pg_advisory_xact_lock(_SETUP_LOCK)))
        if not inspect(connection).has_table(head_table.name):
            metadata.create_all(connection)
            for guard in _GUARDS[engine.dialect.name]:
                connection.execute(text(guard))
        if (
            connection.execute(select(head_table.c.one)).first() is None
            and connection.execute(select(entry_table.c.position).limit(1)).first() is None
        ):
            connection.execute(insert(head_table).values(one=1, format=FORMAT, size=0, head=GENESIS, indexed=0))


def _make_file(path: Path) -> None:
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600))


def _use_wal(engine: Engine, patience: float) -> None:
    # the switch to WAL doesn't wait for other openers, busy_timeout or not
    until = time.monotonic() + patience
    while True:
        try:
            with closing(engine.raw_connection()) as driver, closing(driver.cursor()) as cursor:
                cursor.execute("PRAGMA journal_mode=WAL")
                mode = cursor.fetchone()
        except sqlite3.Error as error:
            if time.monotonic() > until or not isinstance(error, sqlite3.OperationalError):
                raise OperationalError("PRAGMA journal_mode", None, error) from error
        else:
            if mode is not None and mode[0] == "wal":
                return
            if time.monotonic() > until:
                raise OperationalError("PRAGMA journal_mode", None, RuntimeError("no WAL here"))
        time.sleep(0.02)
