"""A new database: every table on an empty one, nothing on one of another shape; and the first organisation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, MetaData, func, inspect, select
from sqlalchemy.exc import SQLAlchemyError

from kehu.errors import ConfigurationError
from kehu.labels import Label
from kehu.store.tables import LEGAL_ENTITY
from kehu.store.work import NewRow, UnitOfWork

_LOCK = 0x6B656875_74616273  # "kehutabs", PostgreSQL advisory lock
_OTHERS = ("evidence_",)
"""Tables of the evidence store, which on PostgreSQL stands in the same database."""


def create_tables(engine: Engine, metadatas: Iterable[MetaData]) -> None:
    """Make all tables where there are none. Raises `ConfigurationError` for a database of another shape."""
    parts = tuple(metadatas)
    try:
        with engine.begin() as conn:
            if conn.dialect.name == "postgresql":
                conn.execute(select(func.pg_advisory_xact_lock(_LOCK)))
            inspector = inspect(conn)
            there = {name for name in inspector.get_table_names() if not name.startswith(_OTHERS)}
            if not there:
                for metadata in parts:
                    metadata.create_all(conn)
                return
            found = {name: {column["name"] for column in inspector.get_columns(name)} for name in there}
    except SQLAlchemyError as error:
        raise _wrong("无法打开数据库({why})", "The database can't be opened ({why})", type(error).__name__) from None
    if differences := _differences(parts, found):
        raise _wrong(
            "数据库结构与本版本不符:{why};请使用空数据库,或安装建库时的版本和插件",
            "The database has another shape: {why}; use an empty one, or the release and plugins that made this one",
            "; ".join(differences[:10]),
        )


def _differences(metadatas: Sequence[MetaData], found: dict[str, set[str]]) -> list[str]:
    needed = {name: {c.name for c in table.columns} for m in metadatas for name, table in m.tables.items()}
    differences = [f"{name} is missing" for name in sorted(needed.keys() - found.keys())]
    differences += [f"{name} is unknown" for name in sorted(found.keys() - needed.keys())]
    for name in sorted(needed.keys() & found.keys()):
        differences += [f"{name}.{column} is missing" for column in sorted(needed[name] - found[name])]
        differences += [f"{name}.{column} is unknown" for column in sorted(found[name] - needed[name])]
    return differences


def _wrong(zh: str, en: str, why: str) -> ConfigurationError:
    return ConfigurationError(str(Label(zh, en).format(why=why)))


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit to establish; ``parent`` is the code of one that stands before it."""

    code: str
    name: str
    kind: str
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class NewStaff:
    """A staff member to establish; the name is sealed under his own id."""

    code: str
    name: str
    unit: str
    position: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """A legal entity with its unit tree and staff, as an installation begins."""

    code: str
    name: str
    units: tuple[NewUnit, ...]
    staff: tuple[NewStaff, ...]
    time_zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Established:
    """The ids that a new organisation got, by code."""

    legal_entity: UUID
    units: dict[str, UUID]
    paths: dict[str, str]
    staff: dict[str, UUID]


def establish(work: UnitOfWork, organisation: Organisation) -> Established:
    """Insert a legal entity (its id is the unit of work's), its units and staff."""
    _insert(work, LEGAL_ENTITY, [(work.legal_entity, {
        "code": organisation.code, "name": organisation.name, "timeZone": organisation.time_zone,
    })])  # fmt: skip
    units: dict[str, UUID] = {}
    paths: dict[str, str] = {}
    for unit in organisation.units:
        units[unit.code] = work.new_id()
        paths[unit.code] = f"{paths[unit.parent]}.{unit.code}" if unit.parent else unit.code
    _insert(work, "OrganisationUnit", [
        (units[u.code], {
            "code": u.code, "name": u.name, "kind": u.kind, "path": paths[u.code],
            **({"parentUnit": units[u.parent]} if u.parent else {}),
        })
        for u in organisation.units
    ])  # fmt: skip
    staff = {one.code: work.new_id() for one in organisation.staff}
    _insert(work, "Staff", [
        (staff[one.code], {
            "code": one.code, "name": one.name, "unit": units[one.unit], "position": one.position,
        })
        for one in organisation.staff
    ])  # fmt: skip
    return Established(work.legal_entity, units, paths, staff)


def _insert(work: UnitOfWork, name: str, rows: list[tuple[UUID, dict[str, object]]]) -> None:
    record = work.shared.records[name]
    work.insert(name, [
        NewRow(row, row, {field: record.by_name[field].type.governed(raw) for field, raw in values.items()})
        for row, values in rows
    ])  # fmt: skip
