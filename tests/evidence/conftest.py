"""An empty evidence store on either database, entries to put there, and a hand that tampers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, text

from kehu.evidence import Activity, Actor, Effect, Entry, EvidenceLog, FieldUse, Kind, Operation, Purpose

MakeEntry = Callable[..., Entry]
Tamper = Callable[[str], None]


@pytest.fixture
def store_url(database_url: str, tmp_path: Path) -> str:
    """A SQLite file of its own, or the same PostgreSQL database."""
    if database_url.startswith("sqlite"):
        return f"sqlite+pysqlite:///{tmp_path}/evidence.db"
    return database_url


@pytest.fixture
def log(store_url: str) -> Iterator[EvidenceLog]:
    with EvidenceLog(store_url, rest=0.02) as opened:
        yield opened


@pytest.fixture
def make_entry() -> MakeEntry:
    def make(count: int = 2, /, **changes: object) -> Entry:
        values: dict[str, object] = {
            "kind": Kind.READ,
            "activity": Activity.QUERY,
            "actor": Actor("crm", "staff-7", "01920000-0000-7000-8000-000000000001", "unit-3"),
            "operation": Operation("query", "Customers", "ab" * 32),
            "policy": "cd" * 32,
            "level": 3,
            "purpose": Purpose("SERVICE", "ef" * 32),
            "subjects": tuple(f"{number:032x}" for number in range(count)),
            "fields": (
                FieldUse("customers.edges.node.name", Effect.MASKED, 2),
                FieldUse("customers.edges.node.mobile", Effect.DENIED, 2),
            ),
            "detail": {"rows": 2},
        }
        return Entry(**(values | changes))  # type: ignore[arg-type]  # a test's loose keywords

    return make


@contextmanager
def _unguarded(url: str) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for act in ("update", "delete"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS evidence_entry_no_{act}"))
        else:
            connection.execute(text("DROP TRIGGER IF EXISTS evidence_entry_append_only ON evidence_entry"))
        yield connection
    engine.dispose()


@pytest.fixture
def tamper(store_url: str) -> Tamper:
    """Run statements (split by ``;``) as somebody would who can write the store behind our back."""

    def run(statements: str) -> None:
        with _unguarded(store_url) as connection:
            for statement in statements.split(";"):
                connection.execute(text(statement))

    return run
