"""Days in SQL: as whole numbers since 1970-01-01, the same on both databases; and a legal entity's own today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Integer, Table, Text, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from kehu.store.types import UtcMoment

EPOCH = date(1970, 1, 1)
TODAY = bindparam("today", type_=Integer())
OFFSET = bindparam("offset", type_=Integer())


@dataclass(frozen=True, slots=True)
class LocalDay:
    """The day of grading in the legal entity's time zone, and what turns a moment into a day of that zone.

    ``offset`` is that of the run's own time, in seconds: where a zone changes its clocks, a moment within the hour
    around an earlier midnight may count on the day beside.
    """

    today: date
    offset: int

    @property
    def binds(self) -> dict[str, object]:
        return {"today": (self.today - EPOCH).days, "offset": self.offset, "day": self.today}

    def day_of(self, value: date | datetime) -> date:
        """The day that a day or an aware moment counts on."""
        if isinstance(value, datetime):
            return (value.astimezone(UTC) + timedelta(seconds=self.offset)).date()
        return value


def zone_of(conn: Connection, tables: Mapping[str, Table], legal_entity: UUID) -> ZoneInfo:
    """The legal entity's time zone; UTC where there is no such entity."""
    entity = tables["LegalEntity"]
    zone = conn.execute(select(entity.c.time_zone).where(entity.c.id == legal_entity)).scalar()
    return ZoneInfo(zone or "UTC")


def local_day(zone: ZoneInfo, now: datetime) -> LocalDay:
    """Today in that zone."""
    local = now.astimezone(zone)
    offset = local.utcoffset()
    assert offset is not None
    return LocalDay(local.date(), int(offset.total_seconds()))


class _DayNumber(FunctionElement[Any]):
    """The day number of a DATE column."""

    type = Integer()
    inherit_cache = True


class _MomentDay(FunctionElement[Any]):
    """The day number of a moment, seen with `OFFSET`."""

    type = Integer()
    inherit_cache = True


class iso_day(FunctionElement[Any]):  # noqa: N801  # reason: used like a function
    """The ISO text of a day number."""

    type = Text()
    inherit_cache = True


def day_number(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The day number of a column of days or moments."""
    if isinstance(column.type, UtcMoment):
        return _MomentDay(column, OFFSET)
    return _DayNumber(column)


@compiles(_DayNumber, "sqlite")
def _(element: _DayNumber, compiler: SQLCompiler, **given: Any) -> str:
    return f"CAST(julianday({compiler.process(element.clauses, **given)}) - 2440587.5 AS INTEGER)"


@compiles(_DayNumber, "postgresql")
def _(element: _DayNumber, compiler: SQLCompiler, **given: Any) -> str:
    return f"(({compiler.process(element.clauses, **given)}) - DATE '1970-01-01')"


@compiles(_MomentDay, "sqlite")
def _(element: _MomentDay, compiler: SQLCompiler, **given: Any) -> str:
    moment, offset = (compiler.process(clause, **given) for clause in element.clauses)
    # Whole seconds: SQLite rounds to milliseconds, which could round up past midnight.
    return f"CAST(julianday(date(substr({moment}, 1, 19), {offset} || ' seconds')) - 2440587.5 AS INTEGER)"


@compiles(_MomentDay, "postgresql")
def _(element: _MomentDay, compiler: SQLCompiler, **given: Any) -> str:
    moment, offset = (compiler.process(clause, **given) for clause in element.clauses)
    shifted = f"({moment}) AT TIME ZONE 'UTC' + {offset} * INTERVAL '1 second'"
    return f"(CAST({shifted} AS DATE) - DATE '1970-01-01')"


@compiles(iso_day, "sqlite")
def _(element: iso_day, compiler: SQLCompiler, **given: Any) -> str:
    return f"date(({compiler.process(element.clauses, **given)}) * 86400, 'unixepoch')"


@compiles(iso_day, "postgresql")
def _(element: iso_day, compiler: SQLCompiler, **given: Any) -> str:
    return f"to_char(DATE '1970-01-01' + ({compiler.process(element.clauses, **given)}), 'YYYY-MM-DD')"
