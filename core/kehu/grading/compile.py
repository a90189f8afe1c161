"""From a grading to one SELECT: a row per customer with band, met criteria and facts.

Facts over the same record share one pass over its table (conditional aggregates, grouped by customer);
the verdict is built from them by CASE and concatenation. All comparisons are between whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    String,
    Subquery,
    Table,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from kehu.records import snake
from kehu.rules.facts import Condition, Exists, Fact, Is, IsNull, IsTrue, NotNull, Sum
from kehu.rules.grading import Grading
from kehu.rules.predicates import All, Any_, AtLeast, Not, Predicate, True_

Tables = Mapping[str, Table]
LEGAL_ENTITY = bindparam("legal_entity", type_=Uuid())
CUSTOMERS = bindparam("customers", type_=Uuid(), expanding=True)
"""Those to grade, where they are named: few enough for one statement."""
CUSTOMER = "Customer"


def subjects(tables: Tables, *, named: bool) -> Subquery:
    """The customers to grade: all of the legal entity, or those of them that are named."""
    customer = tables[CUSTOMER]
    return select(customer.c.customer_id).where(*_of(customer, named)).subquery("subject")


def verdicts(tables: Tables, grading: Grading, *, named: bool) -> Select[*tuple[Any, ...]]:
    """One row per customer: ``customer_id``, ``band``, ``met`` and ``facts``, as the record Grade stores them."""
    subject = subjects(tables, named=named)
    found: dict[Fact, ColumnElement[Any]] = {}
    joined: FromClause = subject
    for (record, parent), group in groupby(sorted(grading.facts, key=_place), key=_place):
        facts = tuple(group)
        rows = _facts_of_record(tables, record, parent, facts, _of(tables[record], named))
        joined = joined.outerjoin(rows, rows.c.customer_id == subject.c.customer_id)
        found |= {fact: rows.c[fact.name] for fact in facts}
    values = select(subject.c.customer_id, *(_filled(fact, found[fact]) for fact in grading.facts)).select_from(joined)
    return _judged(grading, values.subquery("fact"))


def _of(table: Table, named: bool) -> list[ColumnElement[bool]]:
    entity = table.c.legal_entity_id == LEGAL_ENTITY
    return [table.c.customer_id.in_(CUSTOMERS), unindexed(entity)] if named else [entity]


def unindexed(test: ColumnElement[bool]) -> ColumnElement[bool]:
    """The same test, hidden from the planner: without statistics it prefers an index on this to the key by customer."""
    return case((test, 1), else_=0) == 1


def _place(fact: Fact) -> tuple[str, str]:
    return (fact.record, fact.parent or "")


def _facts_of_record(
    tables: Tables, record: str, parent: str, facts: tuple[Fact, ...], own: list[ColumnElement[bool]]
) -> Subquery:
    """One pass over a record's table: a column per fact, grouped by customer."""
    table = tables[record]
    source: FromClause = table
    if parent:
        above = tables[parent]
        link = table.c[f"{above.name}_id"]
        source = table.join(above, and_(above.c.customer_id == table.c.customer_id, above.c.id == link))
    columns = [_aggregate(tables, fact).label(fact.name) for fact in facts]
    statement = select(table.c.customer_id, *columns).select_from(source).where(*own).group_by(table.c.customer_id)
    return statement.subquery(f"in_{table.name}_{parent.lower()}".rstrip("_"))


def _aggregate(tables: Tables, fact: Fact) -> ColumnElement[Any]:
    table = tables[fact.record]
    conditions = [_condition(table, condition) for condition in fact.where]
    if fact.parent is not None:
        conditions += [_condition(tables[fact.parent], condition) for condition in fact.on_parent]
    if isinstance(fact, Exists):
        return func.max(case((and_(true(), *conditions), 1), else_=0), type_=Integer())
    column = snake(fact.field)
    if fact.currency is None:
        return func.sum(case((and_(true(), *conditions), table.c[column])))
    conditions.append(table.c[f"{column}_currency"] == fact.currency)
    return func.sum(case((and_(*conditions), table.c[f"{column}_minor"])))


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


def _filled(fact: Fact, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """No row at all means the same as no row that counts: an empty sum, nothing found."""
    filled = func.coalesce(column, 0)
    if isinstance(fact, Sum):
        return filled.label(fact.name)
    return (filled == 1).label(fact.name)


def _judged(grading: Grading, fact: Subquery) -> Select[*tuple[Any, ...]]:
    tests = {criterion.code: _predicate(criterion.when, fact) for criterion in grading.criteria}
    met = [case((test, f",{code}"), else_="") for code, test in tests.items()]
    *ranked, last = grading.bands
    ways = [(or_(false(), *(tests[criterion.code] for criterion in band.criteria)), band.code) for band in ranked]
    band: ColumnElement[str] = case(*ways, else_=last.code) if ways else literal(last.code)
    return select(
        fact.c.customer_id,
        cast(band, String).label("band"),
        func.substr(_concatenated([literal("", Text()), *met]), 2).label("met"),
        _canonical(grading.facts, fact).label("facts"),
    )


def _predicate(predicate: Predicate, fact: Subquery) -> ColumnElement[bool]:
    match predicate:
        case AtLeast():
            return fact.c[predicate.fact.name] >= predicate.minor
        case True_():
            return fact.c[predicate.fact.name].is_(true())
        case All():
            return and_(*(_predicate(part, fact) for part in predicate.parts))
        case Any_():
            return or_(*(_predicate(part, fact) for part in predicate.parts))
        case Not():
            return not_(_predicate(predicate.part, fact))


def _canonical(facts: tuple[Fact, ...], fact: Subquery) -> ColumnElement[str]:
    """JSON by concatenation: the databases' own JSON functions differ in numbers and spacing."""
    parts: list[ColumnElement[str]] = []
    for index, one in enumerate(sorted(facts, key=lambda f: f.name)):
        column = fact.c[one.name]
        parts.append(literal(f'{"," if index else "{"}"{one.name}":', Text()))
        parts.append(
            cast(column, Text()) if isinstance(one, Sum) else case((column.is_(true()), "true"), else_="false")
        )
    return _concatenated([*parts, literal("}" if parts else "{}", Text())])


def _concatenated(parts: list[ColumnElement[str]]) -> ColumnElement[str]:
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.concat(part)
    return joined
