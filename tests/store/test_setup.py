"""Opening a database: made when empty, taken when it is ours, refused when it isn't; the key ring likewise."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

import kehu_realestate
from kehu.app import Installation
from kehu.errors import ConfigurationError, Conflict
from kehu.founding import found
from kehu.settings import Settings
from kehu.store.engine import open_engines

from .conftest import Stored


def reopen(stored: Stored) -> None:
    Installation.open(stored.world.installation.settings, (kehu_realestate,)).close()


def test_what_was_made_is_taken_again(stored: Stored) -> None:
    reopen(stored)
    with pytest.raises(Conflict):
        found(stored.world.installation)


@pytest.mark.parametrize(("change", "told"), [
    ("ALTER TABLE address DROP COLUMN district", "address.district is missing"),
    ("ALTER TABLE address ADD COLUMN more TEXT", "address.more is unknown"),
    ("DROP TABLE duplicate_case", "duplicate_case is missing"),
])  # fmt: skip
def test_a_database_of_another_shape_is_refused(stored: Stored, change: str, told: str) -> None:
    with stored.world.installation.engines.write.begin() as conn:
        if "DROP COLUMN" in change:
            conn.execute(text("DROP INDEX ix_address_district"))
        conn.execute(text(change))
    with pytest.raises(ConfigurationError, match=told):
        reopen(stored)


def test_a_foreign_database_is_left_alone(tmp_path: Path, database_url: str) -> None:
    engines = open_engines(database_url)
    with engines.write.begin() as conn:
        conn.execute(text("CREATE TABLE accounts (id INTEGER)"))
    engines.dispose()
    with pytest.raises(ConfigurationError, match="use an empty one"):
        Installation.open(Settings(data=tmp_path / "var", database_url=database_url), (kehu_realestate,))


def test_a_lost_key_ring_is_not_replaced(stored: Stored) -> None:
    stored.world.installation.settings.key_ring_path.unlink()
    with pytest.raises(ConfigurationError, match="restore it"):
        reopen(stored)
    assert not stored.world.installation.settings.key_ring_path.exists()


def test_files_are_their_owners_alone(stored: Stored, tmp_path: Path) -> None:
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert files
    assert {path.name for path in files if path.stat().st_mode & 0o077} == set()
