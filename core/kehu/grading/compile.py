"""From a grading to one SELECT: a row per customer with band, met criteria, facts and standard.

Facts over the same record share one pass over its table (conditional aggregates, grouped by customer); the
parameters stand beside them, from the standard of the customer's unit; the verdict is built by CASE and
concatenation. All comparisons are between whole numbers, codes or day numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from itertools import groupby
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    Table,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    true,
)

from kehu.grading.days import TODAY, day_number
from kehu.grading.standards import bounded, column_of, in_force
from kehu.records import snake
from kehu.rules.facts import (
    Condition,
    Counted,
    Exists,
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
from kehu.rules.grading import Grading
from kehu.rules.predicates import Points

Tables = Mapping[str, Table]
LEGAL_ENTITY = bindparam("legal_entity", type_=Uuid())
CUSTOMERS = bindparam("customers", type_=Uuid(), expanding=True)
"""Those to grade, where they are named: few enough for one statement."""
FIRST, LAST = bindparam("first", type_=Uuid()), bindparam("last", type_=Uuid())
"""Or all from the first to the last: customers' ids are in order of time, so neighbours lie together."""
CUSTOMER = "Customer"


class Which(Enum):
    """Whom a statement grades."""

    NAMED = "named"
    RANGE = "range"


def chosen(table: FromClause, which: Which) -> list[ColumnElement[bool]]:
    """The rows of the legal entity's customers that the statement grades."""
    own = table.c.customer_id.in_(CUSTOMERS) if which is Which.NAMED else table.c.customer_id.between(FIRST, LAST)
    return [own, unindexed(table.c.legal_entity_id == LEGAL_ENTITY)]


def unindexed(test: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same test, hidden from the planner: without statistics it prefers an index on this to the key by customer."""
    return case((test, 1), else_=0) == 1


Extra = tuple[ColumnElement[bool], ...]
"""Further conditions on the customers' table."""


def facts_query(tables: Tables, grading: Grading, which: Which, extra: Extra = ()) -> Subquery:
    """One row per customer: ``customer_id``, ``standard``, each parameter, and each fact that reads rows."""
    subject = _subjects(tables, grading, which, extra)
    found: dict[RowFact, ColumnElement[Any]] = {}
    joined: FromClause = subject
    facts = [fact for fact in grading.facts if not isinstance(fact, Points)]
    for number, (_, group) in enumerate(groupby(sorted(facts, key=_place), key=_place)):
        alike = tuple(group)
        rows = _newest(tables, alike[0], which) if _is_newest(alike[0]) else _pass(tables, alike, which)
        below = rows.subquery(f"side_{number}")
        joined = joined.outerjoin(below, below.c.customer_id == subject.c.customer_id)
        found |= {fact: below.c[fact.name] for fact in alike}
    columns = [_filled(fact, found[fact]) for fact in facts]
    return select(*subject.c, *columns).select_from(joined).subquery("fact")


def _subjects(tables: Tables, grading: Grading, which: Which, extra: Extra) -> Subquery:
    customer = tables[CUSTOMER]
    own = chosen(customer, which)
    if not grading.parameters:
        plain = select(customer.c.customer_id, literal(0, Integer()).label("standard")).where(*own, *extra)
        return plain.subquery("subject")
    # For few customers, only their units are looked at.
    units = select(customer.c.unit).where(*own) if which is Which.NAMED else None
    standard = in_force(tables, grading, units)
    values = [bounded(p, standard.c[column_of(p)]).label(column_of(p)) for p in grading.parameters]
    version = func.coalesce(standard.c.version, 0).label("standard")
    rows = select(customer.c.customer_id, version, *values).select_from(
        customer.outerjoin(standard, standard.c.unit_id == customer.c.unit)
    )
    return rows.where(*own, *extra).subquery("subject")


def _is_newest(fact: RowFact) -> bool:
    return isinstance(fact, Latest) and fact.by is not None


def _place(fact: RowFact) -> tuple[str, str, str]:
    """Facts of one place share a pass; a newest row is looked for by itself."""
    return (fact.record, fact.parent or "", fact.name if _is_newest(fact) else "")


def _pass(tables: Tables, facts: tuple[RowFact, ...], which: Which) -> Select[Any]:
    """One pass over a record's table: a column per fact, grouped by customer."""
    table, parent = tables[facts[0].record], facts[0].parent
    source: FromClause = table
    if parent is not None:
        above = tables[parent]
        link = table.c[f"{above.name}_id"]
        source = table.join(above, and_(above.c.customer_id == table.c.customer_id, above.c.id == link))
    columns = [_aggregate(tables, fact).label(fact.name) for fact in facts]
    rows = select(table.c.customer_id, *columns).select_from(source).where(*chosen(table, which))
    return rows.group_by(table.c.customer_id)


def _newest(tables: Tables, fact: RowFact, which: Which) -> Select[Any]:
    assert isinstance(fact, Latest)
    assert fact.by is not None
    table = tables[fact.record]
    by = table.c[snake(fact.by)]
    order = [by.desc(), table.c.id.desc()] if "id" in table.c else [by.desc()]
    conditions = [by.is_not(None), *(_condition(table, condition) for condition in fact.where)]
    ranked = (
        select(
            table.c.customer_id,
            table.c[snake(fact.field)].label(fact.name),
            func.row_number().over(partition_by=table.c.customer_id, order_by=order).label("place"),
        )
        .where(*chosen(table, which), *conditions)
        .subquery()
    )
    return select(ranked.c.customer_id, ranked.c[fact.name]).where(ranked.c.place == 1)


def _aggregate(tables: Tables, fact: RowFact) -> ColumnElement[Any]:
    table = tables[fact.record]
    conditions = [true(), *(_condition(table, condition) for condition in fact.where)]
    if fact.parent is not None:
        conditions += [_condition(tables[fact.parent], condition) for condition in fact.on_parent]
    match fact:
        case Exists():
            return func.max(case((and_(*conditions), 1), else_=0), type_=Integer())
        case Counted():
            return func.sum(case((and_(*conditions), 1), else_=0), type_=BigInteger())
        case Sum():
            return func.sum(_number(table, fact, conditions))
        case Value():
            return func.max(_number(table, fact, conditions))
        case Latest():
            return func.max(case((and_(*conditions), table.c[snake(fact.field)])))
        case FirstDay():
            chosen_rows = case((and_(*conditions), table.c[snake(fact.field)]))
            return day_number(func.max(chosen_rows) if isinstance(fact, LastDay) else func.min(chosen_rows))


def _number(table: Table, fact: Sum | Value, conditions: list[ColumnElement[bool]]) -> ColumnElement[Any]:
    column = snake(fact.field)
    if fact.currency is None:
        return case((and_(*conditions), table.c[column]))
    return case((and_(*conditions, table.c[f"{column}_currency"] == fact.currency), table.c[f"{column}_minor"]))


def _condition(table: Table, condition: Condition) -> ColumnElement[bool]:
    name = snake(condition.field)
    column = table.c[name if name in table.c else f"{name}_minor"]
    match condition:
        case Is():
            return column.in_(condition.codes)
        case IsTrue():
            return column.is_(true())
        case IsNull():
            return column.is_(None)
        case NotNull():
            return column.is_not(None)
        case Within():
            return and_(column.is_not(None), (TODAY - day_number(column)).between(0, condition.days))


def _filled(fact: RowFact, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """No row at all means the same as no row that counts: an empty sum, nothing found."""
    match fact:
        case Exists():
            return (func.coalesce(column, 0) == 1).label(fact.name)
        case Sum() | Counted():
            return func.coalesce(column, 0).label(fact.name)
        case Value() if fact.missing is not None:
            return func.coalesce(column, fact.missing).label(fact.name)
    return cast(column, Text()).label(fact.name) if isinstance(fact, Latest) else column.label(fact.name)
