"""The first organisation of a database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from kehu.store.tables import LEGAL_ENTITY
from kehu.store.work import NewRow, UnitOfWork


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
    name: str = field(repr=False)
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
    add_units(work, organisation.units, units, paths)
    staff = add_staff(work, organisation.staff, units)
    return Established(work.legal_entity, units, paths, staff)


def add_units(work: UnitOfWork, new: Sequence[NewUnit], units: dict[str, UUID], paths: dict[str, str]) -> None:
    """Insert units below those there are; their ids and paths, by code, are added to ``units`` and ``paths``."""
    for unit in new:
        units[unit.code] = work.new_id()
        paths[unit.code] = f"{paths[unit.parent]}.{unit.code}" if unit.parent else unit.code
    _insert(work, "OrganisationUnit", [
        (units[u.code], {
            "code": u.code, "name": u.name, "kind": u.kind, "path": paths[u.code],
            **({"parentUnit": units[u.parent]} if u.parent else {}),
        })
        for u in new
    ])  # fmt: skip


def add_staff(work: UnitOfWork, new: Sequence[NewStaff], units: Mapping[str, UUID]) -> dict[str, UUID]:
    """Insert staff of these units; gives their ids by staff number."""
    staff = {one.code: work.new_id() for one in new}
    _insert(work, "Staff", [
        (staff[one.code], {
            "code": one.code, "name": one.name, "unit": units[one.unit], "position": one.position,
        })
        for one in new
    ])  # fmt: skip
    return staff


def _insert(work: UnitOfWork, name: str, rows: list[tuple[UUID, dict[str, object]]]) -> None:
    record = work.shared.records[name]
    work.insert(name, [
        NewRow(row, row, {field: record.by_name[field].type.governed(raw) for field, raw in values.items()})
        for row, values in rows
    ])  # fmt: skip
