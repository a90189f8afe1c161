"""An engine on an empty database, once for each database that Kehu supports."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from kehu.store.engine import open_engines


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The writing facade of an empty database."""
    engines = open_engines(database_url)
    yield engines.write
    engines.dispose()
