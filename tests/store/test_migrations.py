"""Versions of the schema: the same tables by either way, every refusal, plugins that come and go."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, MetaData, insert, text
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

import kehu_realestate
from kehu.app import Declared, Installation
from kehu.errors import ClashError, ConfigurationError, DeclarationError
from kehu.settings import Settings
from kehu.store.engine import open_engines
from kehu.store.migrations import Schema, Standing, State, migrate, open_schema, read_standings, upgrade
from kehu.store.revisions import difference, write_revision
from kehu.testing import NOON

from .shop import Shop, shape

CUSTOMER, UNIT = UUID(int=1), UUID(int=2)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The writing facade of an empty database."""
    engines = open_engines(database_url)
    yield engines.write
    engines.dispose()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    (tmp_path / "shop").mkdir()
    return Shop(tmp_path / "shop")


@pytest.fixture
def core() -> Schema:
    """Core alone."""
    return Declared.by(()).schema


@pytest.fixture
def both() -> Schema:
    """Core and the plugin of this repository."""
    return Declared.by((kehu_realestate,)).schema


def states(engine: Engine, schema: Schema) -> dict[str, State]:
    return {one.name: one.state for one in read_standings(engine, schema)}


def drop_all(engine: Engine) -> None:
    there = MetaData()
    there.reflect(engine)
    there.drop_all(engine)


def add_card(engine: Engine, schema: Schema, **values: str) -> None:
    """A customer with a card; times and who recorded it are the same everywhere."""
    stated = {"version": 1, "created_at": NOON, "changed_at": NOON, "source_channel": "VISIT", "collected_at": NOON,
              "collected_for": "SERVICE", "recorded_by": "test", "legal_entity_id": UNIT}  # fmt: skip
    tables = schema.metadata.tables
    with engine.begin() as conn:
        conn.execute(
            insert(tables["customer"]).values(
                customer_id=CUSTOMER, pseudonym="p", kind="PERSON", stage="PROSPECT", unit=UNIT, **stated
            )
        )
        conn.execute(insert(tables["shop_card"]).values(customer_id=CUSTOMER, id=UUID(int=3), **stated, **values))


def cards(engine: Engine, *columns: str) -> list[tuple[object, ...]]:
    with engine.connect() as conn:
        return [tuple(row) for row in conn.execute(text(f"SELECT {', '.join(columns)} FROM shop_card"))]


def test_version_by_version_gives_what_the_declarations_give(engine: Engine, both: Schema) -> None:
    open_schema(engine, both)
    at_once = shape(engine)
    drop_all(engine)
    with engine.begin() as conn:
        for part in both.parts:
            migrate(conn, part)
    assert shape(engine) == at_once
    assert {"customer", "realestate_profile", "kehu_version_core", "kehu_version_realestate"} <= at_once.keys()
    open_schema(engine, both)


@pytest.mark.parametrize("name", ["core", "realestate"])
def test_declarations_have_changed_nothing_since_the_last_version(engine: Engine, both: Schema, name: str) -> None:
    with engine.begin() as conn:
        for part in both.parts:
            migrate(conn, part)
        assert difference(conn, both, both.part(name)).ops == [], f"run kehu db revision {name}"


def test_every_table_is_somebodys(both: Schema) -> None:
    owned = [name for part in both.parts for name in part.owned]
    assert sorted(owned) == sorted(both.metadata.tables)
    assert both.part("realestate").owned == {"realestate_profile", "realestate_property"}


def test_core_comes_first_then_plugins_by_name(shop: Shop) -> None:
    schema = Declared.by((shop.module("a"), kehu_realestate)).schema
    assert [part.name for part in schema.parts] == ["core", "realestate", "shop"]


def test_an_empty_database_gets_its_tables_at_their_newest_versions(engine: Engine, both: Schema) -> None:
    assert read_standings(engine, both) == ()
    open_schema(engine, both)
    open_schema(engine, both)
    assert states(engine, both) == {"core": State.CURRENT, "realestate": State.CURRENT}
    assert upgrade(engine, both) == ()


def test_an_upgrade_makes_the_tables_of_an_empty_database_too(engine: Engine, both: Schema) -> None:
    assert [one.name for one in upgrade(engine, both)] == ["core", "realestate"]
    made = shape(engine)
    drop_all(engine)
    open_schema(engine, both)
    assert shape(engine) == made


def test_a_database_that_is_behind_waits_for_an_upgrade_that_keeps_its_rows(engine: Engine, shop: Shop) -> None:
    write_revision(shop.schema("number"), "shop", "Initial")
    open_schema(engine, before := shop.schema("number"))
    add_card(engine, before, number="N-1")
    after = shop.schema("number", "colour")
    write_revision(after, "shop", "Colour")
    with pytest.raises(
        ConfigurationError, match=r"shop: 0001 → 0002\);请先备份,再运行 kehu db upgrade / .*kehu db upg"
    ):
        open_schema(engine, after)
    assert states(engine, after) == {"core": State.CURRENT, "shop": State.BEHIND}
    assert upgrade(engine, after) == (Standing("shop", "0001", "0002", State.BEHIND),)
    assert upgrade(engine, after) == ()
    open_schema(engine, after)
    assert cards(engine, "number", "colour") == [("N-1", None)]


def test_a_column_can_be_altered_while_rows_refer_to_its_table(engine: Engine, shop: Shop) -> None:
    """SQLite rebuilds the table for that; what refers to it must survive, and the result be the declared one."""
    write_revision(first := shop.schema("number!", "colour"), "shop", "Initial")
    open_schema(engine, first)
    add_card(engine, first, number="N-1")
    after = shop.schema("number", "colour")
    written = write_revision(after, "shop", "Number may be missing")
    assert written is not None
    assert 'with op.batch_alter_table("shop_card") as batch_op:' in written.read_text("utf-8")
    assert "nullable=True" in written.read_text("utf-8")
    upgrade(engine, after)
    open_schema(engine, after)
    assert cards(engine, "number") == [("N-1",)]
    migrated = shape(engine)
    drop_all(engine)
    open_schema(engine, after)
    assert migrated == shape(engine)


BROKEN = {
    "a statement that fails": ("UPDATE shop_card SET number = 'lost'", "UPDATE nowhere SET a = 1"),
    "rows that lose their customer": ("UPDATE shop_card SET number = 'lost'", "DELETE FROM customer"),
}


@pytest.mark.parametrize("statements", BROKEN.values(), ids=BROKEN)
def test_an_upgrade_that_fails_changes_nothing(engine: Engine, shop: Shop, statements: tuple[str, ...]) -> None:
    schema = shop.schema("number")
    write_revision(schema, "shop", "Initial")
    open_schema(engine, schema)
    add_card(engine, schema, number="N-1")
    shop.version("0002", "0001", "CREATE INDEX ix_more ON shop_card (number)")
    shop.version("0003", "0002", *statements)
    for _ in range(2):
        with pytest.raises(ConfigurationError, match=r"nothing in the database was changed$") as told:
            upgrade(engine, schema)
        assert "N-1" not in str(told.value)
        assert states(engine, schema)["shop"] is State.BEHIND
        assert cards(engine, "number") == [("N-1",)]
    with engine.begin() as conn:
        conn.execute(text("CREATE INDEX ix_more ON shop_card (number)"))


def test_foreign_keys_hold_again_after_an_upgrade(engine: Engine, shop: Shop) -> None:
    write_revision(shop.schema("number"), "shop", "Initial")
    open_schema(engine, shop.schema("number"))
    add_card(engine, after := shop.schema("number", "colour"))
    write_revision(after, "shop", "Colour")
    upgrade(engine, after)
    with pytest.raises(IntegrityError), engine.begin() as conn:
        conn.execute(text("DELETE FROM customer"))


def test_a_revision_that_is_not_installed_is_refused(engine: Engine, both: Schema) -> None:
    open_schema(engine, both)
    with engine.begin() as conn:
        conn.execute(text("UPDATE kehu_version_core SET version_num = '9999'"))
    assert states(engine, both)["core"] is State.UNKNOWN
    for act in (open_schema, upgrade):
        with pytest.raises(ConfigurationError, match=r"core: 9999 → \d{4}.*install the release that upgraded it"):
            act(engine, both)


def test_tables_of_others_are_refused(engine: Engine, core: Schema) -> None:
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE invoice (id INTEGER)"))
    for act in (open_schema, upgrade, read_standings):
        with pytest.raises(ConfigurationError, match=r"\(invoice\) and no version of Kehu; use an empty"):
            act(engine, core)


def test_tables_beside_ours_are_left_alone(engine: Engine, core: Schema) -> None:
    """Those of the evidence from the start, an operator's own later: neither makes or spoils a database of ours."""
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE evidence_head (one INTEGER)"))
    open_schema(engine, core)
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE monitoring (id INTEGER)"))
    open_schema(engine, core)


def test_a_database_that_cannot_be_opened_is_told_without_its_address(core: Schema, tmp_path: Path) -> None:
    (tmp_path / "secret-name.db").write_bytes(b"no database" * 1000)
    engine = open_engines(f"sqlite:///{tmp_path / 'secret-name.db'}").write
    for act in (open_schema, upgrade, read_standings):
        with pytest.raises(ConfigurationError, match=r"can't be opened \(DatabaseError\)") as told:
            act(engine, core)
        assert "secret" not in str(told.value)
    engine.dispose()


def test_an_uninstalled_plugin_leaves_its_tables_and_comes_back(engine: Engine, core: Schema, shop: Shop) -> None:
    schema = shop.schema("number")
    write_revision(schema, "shop", "Initial")
    open_schema(engine, schema)
    add_card(engine, schema, number="N-1")
    with capture_logs() as logs:
        open_schema(engine, core)
    [told] = [line for line in logs if line["log_level"] == "warning"]
    assert (told["plugin"], told["revision"]) == ("shop", "0001")
    assert states(engine, core) == {"core": State.CURRENT, "shop": State.UNINSTALLED}
    assert upgrade(engine, core) == ()
    with capture_logs() as logs:
        open_schema(engine, schema)
    assert logs == []
    assert cards(engine, "number") == [("N-1",)]


def test_a_plugin_that_comes_back_newer_is_upgraded(engine: Engine, core: Schema, shop: Shop) -> None:
    write_revision(shop.schema("number"), "shop", "Initial")
    open_schema(engine, shop.schema("number"))
    open_schema(engine, core)
    newer = shop.schema("number", "colour")
    write_revision(newer, "shop", "Colour")
    assert [one.name for one in upgrade(engine, newer)] == ["shop"]
    open_schema(engine, newer)


def test_a_plugin_installed_later_gets_its_tables_by_an_upgrade(engine: Engine, core: Schema, both: Schema) -> None:
    open_schema(engine, core)
    with pytest.raises(ConfigurationError, match=r"realestate: - → 0001.*kehu db upgrade"):
        open_schema(engine, both)
    assert upgrade(engine, both) == (Standing("realestate", None, "0001", State.BEHIND),)
    open_schema(engine, both)


def test_a_record_that_changed_without_a_version_is_refused(engine: Engine, shop: Shop) -> None:
    write_revision(shop.schema("number"), "shop", "Initial")
    open_schema(engine, shop.schema("number", "colour"))
    with pytest.raises(ConfigurationError, match=r"shop_card\.colour is unknown; .*kehu db revision"):
        open_schema(engine, shop.schema("number"))
    with pytest.raises(ConfigurationError, match=r"shop_card\.size is missing; if you"):
        open_schema(engine, shop.schema("number", "colour", "size"))


def test_a_plugin_without_versions_serves_a_new_database_alone(engine: Engine, core: Schema, shop: Shop) -> None:
    open_schema(engine, shop.schema("number"))
    open_schema(engine, shop.schema("number"))
    drop_all(engine)
    open_schema(engine, core)
    with pytest.raises(ConfigurationError, match=r"shop_card is missing; .*kehu db revision"):
        open_schema(engine, shop.schema("number"))


def test_versions_that_fork_stop_start_up(engine: Engine, shop: Shop) -> None:
    shop.version("0001", None)
    shop.version("0002", "0001")
    shop.version("0003", "0001")
    with pytest.raises(DeclarationError, match=r"versions of shop: .*multiple heads"):
        open_schema(engine, shop.schema("number"))


def test_names_of_version_tables_belong_to_one_distribution(shop: Shop) -> None:
    with pytest.raises(ClashError, match="kehu_version_shop"):
        Declared.by((shop.module("a", record="KehuVersionShop"),))
    with pytest.raises(ClashError, match="'core'"):
        Declared.by((shop.module("a", name="kehu_core"),))
    with pytest.raises(ClashError, match="'shop'"):
        Declared.by((shop.module("a"), shop.module("a", name="shop", record="Other")))


def test_an_installation_does_not_open_a_database_that_is_behind(tmp_path: Path, database_url: str) -> None:
    settings = Settings(data=tmp_path / "var", database_url=database_url)
    with Installation.open(settings, (kehu_realestate,)) as opened, opened.engines.write.begin() as conn:
        conn.execute(text("DELETE FROM kehu_version_realestate"))
    with pytest.raises(ConfigurationError, match="kehu db upgrade"):
        Installation.open(settings, (kehu_realestate,))
    with Installation.open(settings, ()) as installation:
        assert "RealestateProfile" not in installation.registry.records
