"""The facts of one customer, read row by row: the second, independent reading of a grading.

It shares no code with the compiled statement, so that each checks the other; it also serves where one
customer's grade is explained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, RowMapping, select

from kehu.grading.compile import CUSTOMER, Tables
from kehu.grading.days import LocalDay
from kehu.grading.standards import yardstick_of
from kehu.records import snake
from kehu.rules.facts import (
    Condition,
    Counted,
    Exists,
    FactValue,
    FirstDay,
    Is,
    IsNull,
    IsTrue,
    LastDay,
    Latest,
    NotNull,
    RowFact,
    Sum,
    Value,
    Within,
)
from kehu.rules.grading import Grading, Verdict, judge
from kehu.rules.predicates import Points

Rows = Mapping[str, Sequence[RowMapping]]


def verdict_of(
    conn: Connection, tables: Tables, grading: Grading, legal_entity: UUID, customer: UUID, day: LocalDay
) -> Verdict:
    """The verdict for one customer by the standard of his unit."""
    rows = _read(conn, tables, grading, legal_entity, customer)
    [own] = rows[CUSTOMER]
    by = yardstick_of(conn, tables, grading, legal_entity, own["unit"], day.today)
    return judge(grading, facts_of(grading, rows, tables, day), by)


def facts_of(grading: Grading, rows: Rows, tables: Tables, day: LocalDay) -> dict[str, FactValue]:
    """The value of every fact of the grading that reads rows, from all rows of one customer; money in minor units."""
    facts = [fact for fact in grading.facts if not isinstance(fact, Points)]
    return {fact.name: _value(fact, _counted(fact, rows, tables, day), day) for fact in facts}


def _read(conn: Connection, tables: Tables, grading: Grading, legal_entity: UUID, customer: UUID) -> Rows:
    facts = [fact for fact in grading.facts if not isinstance(fact, Points)]
    names = {CUSTOMER} | {name for fact in facts for name in (fact.record, fact.parent) if name is not None}
    return {name: _rows(conn, tables, name, legal_entity, customer) for name in sorted(names)}


def _rows(conn: Connection, tables: Tables, record: str, legal_entity: UUID, customer: UUID) -> Sequence[RowMapping]:
    table = tables[record]
    found = conn.execute(select(table).where(table.c.customer_id == customer)).mappings()
    return [row for row in found if row["legal_entity_id"] == legal_entity]


def _counted(fact: RowFact, rows: Rows, tables: Tables, day: LocalDay) -> Sequence[RowMapping]:
    counted = [row for row in rows[fact.record] if all(_met(row, condition, day) for condition in fact.where)]
    if fact.parent is None:
        return counted
    link = f"{tables[fact.parent].name}_id"
    parents = {row["id"] for row in rows[fact.parent] if all(_met(row, c, day) for c in fact.on_parent)}
    return [row for row in counted if row[link] in parents]


def _value(fact: RowFact, counted: Sequence[RowMapping], day: LocalDay) -> FactValue:
    match fact:
        case Exists():
            return bool(counted)
        case Counted():
            return len(counted)
        case Sum():
            return sum(_numbers(fact, counted))
        case Value():
            return max(_numbers(fact, counted), default=fact.missing)
        case Latest():
            return _latest(fact, counted)
        case FirstDay():
            days = [day.day_of(row[snake(fact.field)]) for row in counted if row[snake(fact.field)] is not None]
            if not days:
                return None
            return (max(days) if isinstance(fact, LastDay) else min(days)).isoformat()


def _numbers(fact: Sum | Value, counted: Sequence[RowMapping]) -> list[int]:
    column = snake(fact.field)
    if fact.currency is None:
        return [row[column] for row in counted if row[column] is not None]
    priced = [row for row in counted if row[f"{column}_minor"] is not None]
    return [row[f"{column}_minor"] for row in priced if row[f"{column}_currency"] == fact.currency]


def _latest(fact: Latest, counted: Sequence[RowMapping]) -> str | None:
    column, by = snake(fact.field), fact.by
    if by is None:
        return max((row[column] for row in counted if row[column] is not None), default=None)
    dated = [row for row in counted if row[snake(by)] is not None]
    newest = max(dated, key=lambda row: (row[snake(by)], row.get("id", 0)), default=None)
    return None if newest is None else newest[column]


def _met(row: RowMapping, condition: Condition, day: LocalDay) -> bool:
    name = snake(condition.field)
    value = row[name] if name in row else row[f"{name}_minor"]
    match condition:
        case Is():
            return value in condition.codes
        case IsTrue():
            return value is True
        case IsNull():
            return value is None
        case NotNull():
            return value is not None
        case Within():
            return value is not None and 0 <= (day.today - day.day_of(value)).days <= condition.days
