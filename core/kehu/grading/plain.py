"""The facts of one customer, read row by row: the second, independent reading of a grading.

It shares no code with the compiled statement, so that each checks the other; it also serves where one
customer's grade is explained.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, RowMapping, select

from kehu.grading.compile import Tables
from kehu.records import snake
from kehu.rules.facts import Condition, Exists, Fact, FactValue, Is, IsNull, IsTrue, NotNull
from kehu.rules.grading import Grading


def facts_of(
    conn: Connection, tables: Tables, grading: Grading, legal_entity: UUID, customer: UUID
) -> dict[str, FactValue]:
    """The value of every fact of the grading for one customer; money in minor units."""
    names = {name for fact in grading.facts for name in (fact.record, fact.parent) if name is not None}
    rows = {name: _rows(conn, tables, name, legal_entity, customer) for name in sorted(names)}
    return {fact.name: _value(fact, rows, tables) for fact in grading.facts}


def _rows(conn: Connection, tables: Tables, record: str, legal_entity: UUID, customer: UUID) -> Sequence[RowMapping]:
    table = tables[record]
    found = conn.execute(select(table).where(table.c.customer_id == customer)).mappings()
    return [row for row in found if row["legal_entity_id"] == legal_entity]


def _value(fact: Fact, rows: Mapping[str, Sequence[RowMapping]], tables: Tables) -> FactValue:
    counted = [row for row in rows[fact.record] if all(_met(row, condition) for condition in fact.where)]
    if fact.parent is not None:
        link = f"{tables[fact.parent].name}_id"
        parents = {row["id"] for row in rows[fact.parent] if all(_met(row, condition) for condition in fact.on_parent)}
        counted = [row for row in counted if row[link] in parents]
    if isinstance(fact, Exists):
        return bool(counted)
    column = snake(fact.field)
    if fact.currency is None:
        return sum(row[column] or 0 for row in counted)
    return sum(row[f"{column}_minor"] or 0 for row in counted if row[f"{column}_currency"] == fact.currency)


def _met(row: RowMapping, condition: Condition) -> bool:
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
