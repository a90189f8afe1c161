"""A small set of records in an empty database, and rows put there straight."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from kehu.store.engine import open_engines

NOW = datetime(2026, 3, 7, 9, 30, tzinfo=UTC)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The writing facade of an empty database."""
    engines = open_engines(database_url)
    yield engines.write
    engines.dispose()
