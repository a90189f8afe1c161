"""Databases for the security tests: one installation, or a pair of them for a whole file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kehu_realestate
from kehu.testing import World, world

from .pair import Pair, open_pair


@pytest.fixture(scope="module")
def sqlite_pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("pair")
    urls = tuple(f"sqlite+pysqlite:///{folder / name / 'kehu.sqlite'}" for name in ("left", "right"))
    with open_pair(folder, (urls[0], urls[1])) as pair:
        yield pair


@pytest.fixture(scope="module")
def postgres_pair(tmp_path_factory: pytest.TempPathFactory, postgres_server: Any) -> Iterator[Pair]:
    if isinstance(postgres_server, Exception):
        pytest.skip(f"PostgreSQL: {postgres_server}")
    names = ("kehu_pair_left", "kehu_pair_right")
    for name in names:
        postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE kehu_empty STRATEGY wal_log")
    with open_pair(
        tmp_path_factory.mktemp("pair"), (postgres_server.url(names[0]), postgres_server.url(names[1]))
    ) as pair:
        yield pair
    for name in names:
        postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def pair(request: pytest.FixtureRequest) -> Pair:
    """The file's pair, once for each engine."""
    found: Pair = request.getfixturevalue("sqlite_pair" if request.param == "sqlite" else "postgres_pair")
    return found


@pytest.fixture
def kehu(tmp_path: Path, database_url: str) -> Iterator[World]:
    """A founded installation of this test's own."""
    with world(tmp_path / "var", database_url, (kehu_realestate,)) as made:
        yield made
