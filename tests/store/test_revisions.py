"""The helper for authors: what it writes, and that the files of this repository were written so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from sqlalchemy import create_engine

import kehu_realestate
from kehu.app import Declared
from kehu.errors import ConfigurationError
from kehu.store.migrations import Schema, migrate
from kehu.store.revisions import write_revision

from .shop import Shop, shape

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(ROOT.glob("core/kehu/store/versions/*.py")) + sorted(ROOT.glob("plugins/*/*/versions/*.py"))

COLOUR = '''"""卡片颜色 Colour of 'the' card."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    with op.batch_alter_table("shop_card") as batch_op:
        batch_op.add_column(sa.Column("colour", sa.Text()))
'''


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    (tmp_path / "shop").mkdir()
    made = Shop(tmp_path / "shop")
    write_revision(made.schema("number!"), "shop", "Initial")
    return made


def tables_by_versions(schema: Schema) -> dict[str, object]:
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        for part in schema.parts:
            migrate(conn, part)
    found = shape(engine)
    engine.dispose()
    return found


def test_the_first_version_makes_the_tables(shop: Shop) -> None:
    [first] = shop.versions.iterdir()
    assert first.name == "0001_initial.py"
    written = first.read_text("utf-8")
    assert written.startswith('"""Initial."""\n\nfrom __future__ import annotations\n\nimport sqlalchemy as sa\n')
    assert 'revision = "0001"\ndown_revision = None\n' in written
    assert "shop_card" in tables_by_versions(shop.schema("number!"))


def test_the_next_version_follows_with_the_difference_alone(shop: Shop) -> None:
    written = write_revision(shop.schema("number!", "colour"), "shop", '卡片颜色\nColour  of "the" card')
    assert written == shop.versions / "0002_colour_of_the_card.py"
    assert written.read_text("utf-8") == COLOUR


def test_nothing_is_written_where_nothing_changed(shop: Shop) -> None:
    assert write_revision(shop.schema("number!"), "shop", "Again") is None
    assert len(list(shop.versions.iterdir())) == 1


def test_a_message_without_latin_letters_still_gives_a_name(shop: Shop) -> None:
    written = write_revision(shop.schema("number!", "colour"), "shop", "卡片颜色。")
    assert written is not None
    assert written.name == "0002_change.py"
    assert written.read_text("utf-8").startswith('"""卡片颜色。"""\n')


def test_a_column_that_goes_is_dropped(shop: Shop) -> None:
    write_revision(shop.schema("number!", "colour"), "shop", "Colour")
    written = write_revision(shop.schema("number!"), "shop", "No colour")
    assert written is not None
    assert 'batch_op.drop_column("colour")' in written.read_text("utf-8")
    assert "colour" not in str(tables_by_versions(shop.schema("number!"))["shop_card"])


def test_tables_of_others_are_no_business_of_a_plugin(shop: Shop) -> None:
    """Core's tables and another plugin's are there too; neither is dropped, made or altered."""
    schema = Declared.by((shop.module("number!", "colour"), kehu_realestate)).schema
    written = write_revision(schema, "shop", "Colour")
    assert written is not None
    assert set(re.findall(r'op\.\w+\("(\w+)"', written.read_text("utf-8"))) == {"shop_card"}


def test_a_plugin_that_is_not_there_and_one_that_is_no_package(shop: Shop) -> None:
    with pytest.raises(ConfigurationError, match=r"no plugin bank; there are core, shop$"):
        write_revision(shop.schema("number!"), "bank", "Initial")
    module = shop.module("number!")
    del module.__path__
    with pytest.raises(ConfigurationError, match="shop is no package"):
        write_revision(Declared.by((module,)).schema, "shop", "Initial")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_version_imports_nothing_that_may_change(path: Path) -> None:
    """What it made once it must make for ever, whatever becomes of our types."""
    imports = re.findall(r"^(?:from|import) (\S+)", path.read_text("utf-8"), re.MULTILINE)
    assert set(imports) <= {"__future__", "alembic", "sqlalchemy"}


@pytest.mark.parametrize("folder", ["core/kehu/store", "plugins/realestate/kehu_realestate"])
def test_every_distribution_has_versions_and_packs_them(folder: str) -> None:
    package, _, inner = folder.partition("/kehu")
    data = tomllib.loads((ROOT / package / "pyproject.toml").read_text("utf-8"))
    top, _, below = f"kehu{inner}".partition("/")
    pattern = "/".join(filter(None, (below, "versions/*.py")))
    assert pattern in data["tool"]["setuptools"]["package-data"][top]
    assert [path for path in FILES if path.is_relative_to(ROOT / folder)]
