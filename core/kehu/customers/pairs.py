"""Which customers a declared match rule takes for one: found by blind indexes, nothing is opened."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import FromClause, Select, Subquery, and_, distinct, func, literal, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite

from kehu.rules.match import MatchRule
from kehu.store.system import duplicate_case
from kehu.store.tables import blind_column
from kehu.store.work import UnitOfWork, Writing

OPEN = "OPEN"
MOST_SHARING = 20
"""A number that more customers share says nothing about who they are: a hotline, a mistyped 13800000000."""


def note_duplicates(work: UnitOfWork, rules: Collection[MatchRule], customers: Collection[UUID] | None = None) -> int:
    """Open a case for every pair that a rule matches and that has none, a statement for each rule; gives how many.

    ``customers``: only among those who share a number with one of these. What is found changes no statement.
    """
    # Without being asked to keep it, SQLAlchemy drops the row count of an insert on PostgreSQL.
    keep = {"preserve_rowcount": True}
    return sum(work.conn.execute(_find(work, rule, customers), execution_options=keep).rowcount for rule in rules)


def _find(work: UnitOfWork, rule: MatchRule, customers: Collection[UUID] | None) -> Any:
    """INSERT … SELECT of the pairs of one rule; a pair that has its case already is left alone."""
    names = [f"t{n}" for n in range(len(rule.fields))]

    def keys(name: str) -> Subquery:
        # Made anew for each use, never a WITH: a database would copy the whole table for that.
        return _keys(work.shared, work.legal_entity, rule).subquery(name)

    every, one, two = keys("every"), keys("one"), keys("two")
    groups = select(*(every.c[name] for name in names))
    if customers is not None:
        mine = keys("mine")
        concerned = select(*(mine.c[name] for name in names)).where(mine.c.customer_id.in_(customers))
        groups = groups.where(tuple_(*(every.c[name] for name in names)).in_(concerned))
    sharing = func.count(distinct(every.c.customer_id))
    group = groups.group_by(*(every.c[name] for name in names)).having(sharing.between(2, MOST_SHARING)).subquery("g")
    column = duplicate_case.c
    said = {
        "legal_entity_id": literal(work.legal_entity, column.legal_entity_id.type),
        "customer_id": one.c.customer_id,
        "other_id": two.c.customer_id,
        "rule": literal(rule.key, column.rule.type),
        "found_at": literal(work.now, column.found_at.type),
        "state": literal(OPEN, column.state.type),
    }
    pairs = (
        select(*(value.label(name) for name, value in said.items()))
        .distinct()
        .select_from(group)
        .join(one, and_(*(one.c[name] == group.c[name] for name in names)))
        .join(two, and_(*(two.c[name] == group.c[name] for name in names)))
        .where(one.c.customer_id < two.c.customer_id)
    )
    dialect = postgresql if work.conn.dialect.name == "postgresql" else sqlite
    return dialect.insert(duplicate_case).from_select(list(said), pairs).on_conflict_do_nothing()


def _keys(shared: Writing, entity: UUID, rule: MatchRule) -> Select[Any]:
    """Customers of a legal entity with the tokens of the rule's fields, ``t0``, ``t1`` …, where all are there."""
    first: FromClause | None = None
    statement: Select[Any] = select()
    joined: dict[str, FromClause] = {}
    for number, at in enumerate(rule.fields):
        name, _, field = at.partition(".")
        record = shared.records[name]
        if name not in joined:
            table = joined[name] = shared.tables[name].alias()
            if first is None:
                first, statement = table, select(table.c.customer_id).select_from(table)
            else:
                statement = statement.join(table, table.c.customer_id == first.c.customer_id)
            statement = statement.where(table.c.legal_entity_id == entity)
            if record.current_until is not None:
                statement = statement.where(table.c[record.by_name[record.current_until].column].is_(None))
        token = joined[name].c[blind_column(record.by_name[field])]
        statement = statement.add_columns(token.label(f"t{number}")).where(token.is_not(None))
    return statement
