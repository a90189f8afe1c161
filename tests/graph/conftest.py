"""Installations with customers whose every value is known, one for each test file and engine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .shop import Shop, open_shop


@pytest.fixture(scope="module")
def sqlite_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    with open_shop(folder, f"sqlite+pysqlite:///{folder / 'kehu.sqlite'}") as shop:
        yield shop


@pytest.fixture(scope="module")
def postgres_shop(
    tmp_path_factory: pytest.TempPathFactory, postgres_server: Any, request: pytest.FixtureRequest
) -> Iterator[Shop]:
    if isinstance(postgres_server, Exception):
        pytest.skip(f"PostgreSQL: {postgres_server}")
    name = f"kehu_{request.module.__name__.rpartition('.')[2]}"
    postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE kehu_empty STRATEGY wal_log")
    with open_shop(tmp_path_factory.mktemp("shop"), postgres_server.url(name)) as shop:
        yield shop
    postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def shop(request: pytest.FixtureRequest) -> Shop:
    """The file's installation, once for each engine."""
    found: Shop = request.getfixturevalue("sqlite_shop" if request.param == "sqlite" else "postgres_shop")
    return found


@pytest.fixture(name="lite")
def sqlite_only(sqlite_shop: Shop) -> Shop:
    """For what never reaches a database."""
    return sqlite_shop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "var"
