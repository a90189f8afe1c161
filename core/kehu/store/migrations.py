"""The life of the schema: versions of each distribution, applied with Alembic, core first, then plugins by name.

Every distribution has a version table of its own (``kehu_version_core``), so that a plugin can be uninstalled and
come back while its tables stay. Versions only go forward; the way back is the backup made before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from types import ModuleType

import structlog
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext, MigrationStep
from alembic.script import Script, ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, MetaData, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from kehu.errors import ClashError, ConfigurationError, DeclarationError
from kehu.evidence.tables import metadata as evidence_metadata
from kehu.labels import Label
from kehu.registry import Registry
from kehu.store.tables import Tables

CORE = "core"
VERSION_TABLE = "kehu_version_"
_LOCK = 0x6B656875_74616273  # "kehutabs", PostgreSQL advisory lock
_OTHERS = frozenset(evidence_metadata.tables)
"""Tables of the evidence store, which on PostgreSQL stands in the same database."""

_CANT_OPEN = Label("无法打开数据库({why})", "The database can't be opened ({why})")
_FOREIGN = Label(
    "数据库中已有其他表({which}),没有 Kehu 的版本记录;请使用空数据库",
    "The database has tables of others ({which}) and no version of Kehu; use an empty one",
)
_BEHIND = Label(
    "数据库结构落后({which});请先备份,再运行 kehu db upgrade",
    "The database is behind ({which}); back it up, then run kehu db upgrade",
)
_UNKNOWN = Label(
    "数据库处于本安装所没有的版本({which});请安装升级数据库时的版本",
    "The database is at a version that isn't installed here ({which}); install the release that upgraded it",
)
_DIFFERS = Label(
    "数据库结构与声明不符:{which};若您是作者,请运行 kehu db revision",
    "The database differs from the declarations: {which}; if you are their author, run kehu db revision",
)
_FAILED = Label(
    "升级 {name} 至 {revision} 失败({why});数据库未作任何更改",
    "The upgrade of {name} to {revision} failed ({why}); nothing in the database was changed",
)
_DANGLING = Label(
    "升级会留下没有所属的行({which});数据库未作任何更改",
    "The upgrade would leave rows without what they belong to ({which}); nothing in the database was changed",
)
_log = structlog.stdlib.get_logger("kehu.store")


@dataclass(frozen=True, slots=True)
class Part:
    """The tables of one distribution, and the folder of its versions where it has one."""

    name: str
    owned: frozenset[str]
    folder: Path | None

    @property
    def version_table(self) -> str:
        return VERSION_TABLE + self.name

    def script(self) -> ScriptDirectory | None:
        """Its versions; None where none were written yet."""
        if self.folder is None or not self.folder.is_dir():
            return None
        return ScriptDirectory(str(self.folder), version_locations=[str(self.folder)])

    def head(self) -> str | None:
        """The newest revision. Raises `DeclarationError` for versions that don't follow one another in a line."""
        try:
            script = self.script()
            return script.get_current_head() if script else None
        except CommandError as error:
            raise DeclarationError(f"versions of {self.name}: {error}") from None


@dataclass(frozen=True, slots=True)
class Schema:
    """Every table that the installed distributions declare, and whose it is; core first, plugins by name."""

    metadata: MetaData
    parts: tuple[Part, ...]

    @classmethod
    def of(
        cls, registry: Registry, tables: Tables, plugins: Iterable[ModuleType], system: Iterable[MetaData]
    ) -> Schema:
        """What ``plugins`` declare is theirs, everything else is core's. Raises `ClashError`."""
        metadata = MetaData()
        for source in (tables.metadata, *system):
            for table in source.tables.values():
                table.to_metadata(metadata)
        if taken := sorted(name for name in metadata.tables if name.startswith(VERSION_TABLE)):
            raise ClashError(f"table {taken[0]}: names with {VERSION_TABLE} are for versions; rename the record")
        parts = _parts_of_plugins(registry, plugins)
        owned = frozenset(metadata.tables).difference(*(part.owned for part in parts.values()))
        core = Part(CORE, owned, Path(__file__).with_name("versions"))
        return cls(metadata, (core, *(parts[name] for name in sorted(parts))))

    def part(self, name: str) -> Part:
        """Raises `ConfigurationError` naming those that there are."""
        for part in self.parts:
            if part.name == name:
                return part
        known = ", ".join(part.name for part in self.parts)
        raise _wrong(Label("没有插件 {name};已有:{known}", "There is no plugin {name}; there are {known}"),
                     name=name, known=known)  # fmt: skip


class State(Enum):
    """Where a distribution's tables stand."""

    CURRENT = "current"
    BEHIND = "behind"
    UNKNOWN = "unknown"
    """At a revision that the installed release doesn't have: a newer release or another plugin was there."""
    UNINSTALLED = "uninstalled"
    """The plugin is gone; its tables stay."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One distribution: the revision ``found`` in the database and the newest one installed."""

    name: str
    found: str | None
    head: str | None
    state: State

    def __str__(self) -> str:
        return f"{self.name}: {self.found or '-'} → {self.head or '-'}"


def open_schema(engine: Engine, schema: Schema) -> None:
    """Make all tables in an empty database; elsewhere check that every distribution is at its newest revision.

    Raises `ConfigurationError` for a database that is behind, ahead, of another shape, or somebody else's.
    """
    try:
        with engine.begin() as conn:
            _lock(conn)
            if _is_empty(conn):
                _create(conn, schema)
                return
            found = standings(conn, schema)
            columns = _columns(conn, schema)
    except SQLAlchemyError as error:
        raise _wrong(_CANT_OPEN, why=type(error).__name__) from None
    for one in found:
        if one.state is State.UNINSTALLED:
            _log.warning("plugin not installed, its tables stay", plugin=one.name, revision=one.found)
    _refuse(_UNKNOWN, (str(one) for one in found if one.state is State.UNKNOWN))
    _refuse(_BEHIND, (str(one) for one in found if one.state is State.BEHIND))
    _refuse(_DIFFERS, _differences(schema, columns))


def read_standings(engine: Engine, schema: Schema) -> tuple[Standing, ...]:
    """Where every distribution stands; none in an empty database. Raises `ConfigurationError`."""
    try:
        with engine.connect() as conn:
            return () if _is_empty(conn) else standings(conn, schema)
    except SQLAlchemyError as error:
        raise _wrong(_CANT_OPEN, why=type(error).__name__) from None


def upgrade(engine: Engine, schema: Schema) -> tuple[Standing, ...]:
    """Bring every distribution to its newest revision, in one transaction; gives what was behind.

    Raises `ConfigurationError`, after which the database is as it was.
    """
    try:
        with _migrating(engine) as conn:
            if _is_empty(conn):
                _create(conn, schema)
                return tuple(Standing(p.name, None, p.head(), State.BEHIND) for p in schema.parts)
            found = standings(conn, schema)
            _refuse(_UNKNOWN, (str(one) for one in found if one.state is State.UNKNOWN))
            behind = tuple(one for one in found if one.state is State.BEHIND)
            for one in behind:
                migrate(conn, schema.part(one.name))
            return behind
    except SQLAlchemyError as error:
        raise _wrong(_CANT_OPEN, why=type(error).__name__) from None


def standings(conn: Connection, schema: Schema) -> tuple[Standing, ...]:
    """Where every distribution stands. Raises `ConfigurationError` for a database that isn't Kehu's."""
    names = set(inspect(conn).get_table_names()) - _OTHERS
    there = {name for name in names if name.startswith(VERSION_TABLE)}
    if VERSION_TABLE + CORE not in there:
        _refuse(_FOREIGN, sorted(names))
    installed = tuple(_standing(conn, part) for part in schema.parts)
    gone = sorted(there - {part.version_table for part in schema.parts})
    return (*installed, *(_gone(conn, name) for name in gone))


def migrate(conn: Connection, part: Part) -> None:
    """Run the versions of one distribution that the database doesn't have yet, in the caller's transaction.

    Raises `ConfigurationError` naming the version that failed.
    """
    script = part.script()
    if script is None:
        return
    context = _context(conn, part.version_table)
    found = context.get_current_revision()
    waiting = [step for step in script.iterate_revisions("head", found or "base") if isinstance(step, Script)]
    for version in reversed(waiting):
        step = MigrationStep.upgrade_from_script(script.revision_map, version)
        context = _context(conn, part.version_table, step)
        try:
            with Operations.context(context):
                context.run_migrations()
        except SQLAlchemyError as error:
            why = type(error).__name__
            raise _wrong(_FAILED, name=part.name, revision=version.revision, why=why) from None


def _parts_of_plugins(registry: Registry, plugins: Iterable[ModuleType]) -> Mapping[str, Part]:
    parts: dict[str, Part] = {}
    for module in plugins:
        name = module.__name__.removeprefix("kehu_").replace(".", "_")
        if name == CORE or name in parts:
            raise ClashError(f"plugin {module.__name__}: versions named {name!r} belong to another; rename the module")
        records = (r for r in registry.records.values() if registry.owner("record", r.name) == module.__name__)
        root = next(iter(getattr(module, "__path__", ())), None)
        parts[name] = Part(name, frozenset(r.table for r in records), Path(root) / "versions" if root else None)
    return parts


def _context(conn: Connection, version_table: str, *steps: MigrationStep) -> MigrationContext:
    return MigrationContext.configure(conn, opts={"version_table": version_table, "fn": lambda rev, context: steps})


def _standing(conn: Connection, part: Part) -> Standing:
    found, head = _context(conn, part.version_table).get_current_heads(), part.head()
    revision = ", ".join(found) or None
    if revision == head:
        return Standing(part.name, revision, head, State.CURRENT)
    script = part.script()
    known = {one.revision for one in script.walk_revisions()} if script else set()
    state = State.BEHIND if revision is None or revision in known else State.UNKNOWN
    return Standing(part.name, revision, head, state)


def _gone(conn: Connection, version_table: str) -> Standing:
    found = ", ".join(_context(conn, version_table).get_current_heads()) or None
    return Standing(version_table.removeprefix(VERSION_TABLE), found, None, State.UNINSTALLED)


def _is_empty(conn: Connection) -> bool:
    return set(inspect(conn).get_table_names()) <= _OTHERS


def _create(conn: Connection, schema: Schema) -> None:
    """All tables at once, however many versions led to them; tests hold that the result is the same."""
    schema.metadata.create_all(conn, checkfirst=False)
    for part in schema.parts:
        script = part.script()
        if script is not None and part.head() is not None:
            _context(conn, part.version_table).stamp(script, "head")


def _columns(conn: Connection, schema: Schema) -> dict[str, set[str]]:
    found = inspect(conn).get_multi_columns(filter_names=list(schema.metadata.tables))
    return {name: {column["name"] for column in columns} for (_, name), columns in found.items()}


def _differences(schema: Schema, found: dict[str, set[str]]) -> Iterator[str]:
    """In tables of ours: a plugin whose author changed a record without a version must not be served."""
    for name, table in sorted(schema.metadata.tables.items()):
        needed = {column.name for column in table.columns}
        if name not in found:
            yield f"{name} is missing"
            continue
        yield from (f"{name}.{column} is missing" for column in sorted(needed - found[name]))
        yield from (f"{name}.{column} is unknown" for column in sorted(found[name] - needed))


@contextmanager
def _migrating(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables can be rebuilt: SQLite's foreign keys are off in it and checked before its end."""
    with engine.connect() as conn:
        sqlite = conn.dialect.name == "sqlite"
        _foreign_keys(conn, on=False)
        try:
            with conn.begin():
                _lock(conn)
                yield conn
                if sqlite and (row := conn.exec_driver_sql("PRAGMA foreign_key_check").first()):
                    raise _wrong(_DANGLING, which=row[0])
        finally:
            _foreign_keys(conn, on=True)


def _foreign_keys(conn: Connection, *, on: bool) -> None:
    # by the driver: SQLite ignores this inside a transaction, and SQLAlchemy would begin one
    driver = conn.connection.driver_connection
    if isinstance(driver, sqlite3.Connection):
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def _lock(conn: Connection) -> None:
    if conn.dialect.name == "postgresql":
        conn.execute(select(func.pg_advisory_xact_lock(_LOCK)))


def _refuse(label: Label, which: Iterable[str]) -> None:
    if told := list(which):
        raise _wrong(label, which="; ".join(told[:10]))


def _wrong(label: Label, **values: object) -> ConfigurationError:
    return ConfigurationError(str(label.format(**values)))
