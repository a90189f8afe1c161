"""Standards (标准): the values of a grading's parameters, which one in force is a unit's own.

A standard holds for its unit and all below, from its day on; the nearest unit up the tree wins, there the latest
day, then the latest version. It is proposed by one person and published by another, and never changed afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Select,
    Subquery,
    Table,
    Uuid,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
)

from kehu.grading.days import local_day
from kehu.rules.grading import Grading
from kehu.rules.parameters import Parameter, Yardstick
from kehu.store.system import grading_standard, grading_standard_value

PROPOSED, PUBLISHED, REFUSED = "PROPOSED", "PUBLISHED", "REFUSED"
UNIT = "OrganisationUnit"
DRAFT = bindparam("draft", type_=Uuid())
"""A standard to be taken as if it were in force; null but in a what-if."""
_DAY = bindparam("day", type_=Date())
_ENTITY = bindparam("legal_entity", type_=Uuid())


def column_of(parameter: Parameter) -> str:
    """The name of a parameter's column beside the facts."""
    return f"p_{parameter.name}"


def in_force(tables: Mapping[str, Table], grading: Grading, units: Select[Any] | None) -> Subquery:
    """For each unit under a standard (of ``units`` alone, where given): its version and the parameters' values."""
    standard, unit, above = grading_standard, tables[UNIT].alias("unit"), tables[UNIT].alias("above")
    prefix = above.c.path.concat(".")
    published = and_(standard.c.state == PUBLISHED, standard.c.effective_from <= _DAY)
    # A draft stands in front of what is in force at its own unit.
    nearest = (
        func.length(above.c.path).desc(),
        case((standard.c.id == DRAFT, 1), else_=0).desc(),
        standard.c.effective_from.desc(),
        standard.c.version.desc(),
    )
    ranked = (
        select(
            unit.c.id.label("unit_id"),
            standard.c.id.label("standard_id"),
            standard.c.version,
            func.row_number().over(partition_by=unit.c.id, order_by=nearest).label("place"),
        )
        .select_from(standard)
        .join(above, above.c.id == standard.c.unit_id)
        .join(unit, or_(unit.c.path == above.c.path, func.substr(unit.c.path, 1, func.length(prefix)) == prefix))
        .where(
            standard.c.legal_entity_id == _ENTITY,
            standard.c.grading == grading.key,
            unit.c.legal_entity_id == _ENTITY,
            or_(published, standard.c.id == DRAFT),
        )
    )
    if units is not None:
        ranked = ranked.where(unit.c.id.in_(units))
    first = ranked.subquery("ranked")
    values = _values(grading)
    chosen = select(first.c.unit_id, first.c.version, *(values.c[column_of(p)] for p in grading.parameters))
    joined = first.outerjoin(values, values.c.standard_id == first.c.standard_id)
    return chosen.select_from(joined).where(first.c.place == 1).subquery("standard")


def _values(grading: Grading) -> Subquery:
    """One row per standard with a column per parameter."""
    stored = grading_standard_value
    columns = [
        func.max(case((and_(stored.c.name == p.name, stored.c.measure == p.measure), stored.c.value))).label(
            column_of(p)
        )
        for p in grading.parameters
    ]
    return select(stored.c.standard_id, *columns).group_by(stored.c.standard_id).subquery("stated")


def bounded(parameter: Parameter, value: ColumnElement[Any]) -> ColumnElement[Any]:
    """The value of a standard, or the default, within floor and ceiling (a later version may have moved those)."""
    chosen = func.coalesce(value, literal(parameter.whole, BigInteger()), type_=BigInteger())
    ways = []
    if parameter.floor is not None:
        ways.append((chosen < parameter.low, literal(parameter.low, BigInteger())))
    if parameter.ceiling is not None:
        ways.append((chosen > parameter.high, literal(parameter.high, BigInteger())))
    return case(*ways, else_=chosen) if ways else chosen


@dataclass(frozen=True, slots=True)
class Standards:
    """By what grades were given, for whoever explains them: the version, the standard and the day stand in the row."""

    tables: Mapping[str, Table]
    gradings: Mapping[tuple[str, int], Grading]

    def yardsticks(self, conn: Connection, legal_entity: UUID, rows: Sequence[Mapping[str, object]]) -> list[Yardstick]:
        """For each of ``rows`` (fields of the record Grade) by what it was given; one statement, whatever they are."""
        entity, s, v = self.tables["LegalEntity"], grading_standard, grading_standard_value
        asked = and_(
            s.c.legal_entity_id == entity.c.id,
            s.c.grading.in_(sorted({str(row["grading"]) for row in rows})),
            s.c.version.in_(sorted({int(str(row["standardVersion"])) for row in rows})),
        )
        columns = (entity.c.time_zone, s.c.grading, s.c.version, v.c.name, v.c.measure, v.c.value)
        joined = entity.outerjoin(s, asked).outerjoin(v, v.c.standard_id == s.c.id)
        found = conn.execute(select(*columns).select_from(joined).where(entity.c.id == legal_entity)).all()
        zone = ZoneInfo(next((row.time_zone for row in found), "UTC"))
        stated: dict[tuple[str, int], dict[str, tuple[str, int]]] = {}
        for row in found:
            if row.name is not None:
                stated.setdefault((row.grading, row.version), {})[row.name] = (row.measure, row.value)
        return [self._yardstick(row, zone, stated) for row in rows]

    def _yardstick(
        self,
        row: Mapping[str, object],
        zone: ZoneInfo,
        stated: Mapping[tuple[str, int], Mapping[str, tuple[str, int]]],
    ) -> Yardstick:
        key, version, graded_at = str(row["grading"]), int(str(row["standardVersion"])), row["gradedAt"]
        assert isinstance(graded_at, datetime)
        grading = self.gradings.get((key, int(str(row["gradingVersion"]))))
        values = {} if grading is None else _taken(grading, stated.get((key, version), {}))
        return Yardstick(version, values, local_day(zone, graded_at).today)


def stated_values(conn: Connection, standard: UUID) -> Mapping[str, tuple[str, int]]:
    """What a standard says, by parameter: its measure and the whole number."""
    v = grading_standard_value
    found = conn.execute(select(v.c.name, v.c.measure, v.c.value).where(v.c.standard_id == standard))
    return {row.name: (row.measure, row.value) for row in found}


def yardstick_of(
    conn: Connection, tables: Mapping[str, Table], grading: Grading, legal_entity: UUID, unit: UUID, today: date
) -> Yardstick:
    """By what a customer of ``unit`` is graded today: read row by row, apart from `in_force`, so that each checks the
    other."""
    s = grading_standard
    own = (s.c.legal_entity_id == legal_entity, s.c.grading == grading.key, s.c.state == PUBLISHED)
    paths = {row.id: str(row.path) for row in conn.execute(select(tables[UNIT].c.id, tables[UNIT].c.path))}
    path = paths.get(unit)
    candidates = [
        (len(paths[row.unit_id]), row.effective_from, row.version, row.id)
        for row in conn.execute(select(s.c.id, s.c.unit_id, s.c.effective_from, s.c.version).where(*own))
        if path is not None and f"{path}.".startswith(f"{paths[row.unit_id]}.") and row.effective_from <= today
    ]
    if not candidates or not grading.parameters:
        return Yardstick(today=today)
    _, _, version, found = max(candidates)
    return Yardstick(version, _taken(grading, stated_values(conn, found)), today)


def _taken(grading: Grading, stated: Mapping[str, tuple[str, int]]) -> dict[str, int]:
    """The stated values that the grading's parameters can take."""
    known = {p.name: p.measure for p in grading.parameters}
    return {name: value for name, (measure, value) in stated.items() if known.get(name) == measure}
