"""Grading many customers at once, and keeping what they were graded before.

A run inserts a grade for every customer whose verdict differs from his current one, then closes the one
that it replaces. A grade once written is never changed, only closed, so a new version of a grading
or another standard leaves the old grades as they were given (promise 10).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Insert,
    Integer,
    Select,
    Table,
    Text,
    Update,
    Uuid,
    and_,
    bindparam,
    cast,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from kehu.crypto.ids import uuid7
from kehu.errors import Conflict
from kehu.grading.compile import CUSTOMER, LEGAL_ENTITY, Tables, Which, chosen, unindexed
from kehu.grading.days import LocalDay, local_day, zone_of
from kehu.grading.verdicts import verdicts
from kehu.labels import Label
from kehu.rules.grading import Grading
from kehu.store.types import UtcMoment

GRADE = "Grade"
SPAN = 50_000
"""Customers of one transaction of a run over everybody: about a second's work."""
_CHUNK = 200
_TAIL = 0xFFFF_FFFF_FFFF
_NOW = bindparam("now", type_=UtcMoment())


@dataclass(frozen=True, slots=True)
class GradeRun:
    """What a run did: customers looked at, and grades written because they changed."""

    graded: int
    changed: int

    def __add__(self, other: GradeRun) -> GradeRun:
        return GradeRun(self.graded + other.graded, self.changed + other.changed)


@dataclass(frozen=True, slots=True)
class Span:
    """The customers whose ids lie from ``first`` to ``last``, both included."""

    first: UUID
    last: UUID


EVERYBODY = Span(UUID(int=0), UUID(int=2**128 - 1))


def grade(
    conn: Connection,
    tables: Tables,
    grading: Grading,
    *,
    legal_entity: UUID,
    customers: Collection[UUID] | Span = EVERYBODY,
    now: datetime,
    day: LocalDay | None = None,
    new_id: Callable[[], UUID] = uuid7,
) -> GradeRun:
    """Grade customers of a legal entity inside the caller's transaction: a span of them, or those named.

    Each by the standard in force for his unit on ``day``, the legal entity's own unless given. Idempotent: a second
    run over the same data writes nothing. Raises `Conflict` (``GRADING_SUPERSEDED``) where a newer version has graded
    already: an old rule doesn't replace a new one.
    """
    _take_turn(conn, tables, legal_entity, customers)
    day = day or local_day(zone_of(conn, tables, legal_entity), now)
    statements = _statements(tables, grading, Which.RANGE if isinstance(customers, Span) else Which.NAMED)
    done = GradeRun(0, 0)
    for whom in _whom(customers):
        values = {"legal_entity": legal_entity, "now": now, "draft": None, **whom, **day.binds, **_ids(new_id())}
        if conn.execute(statements.newer, values).first() is not None:
            raise Conflict(
                Label("已有更新版本的分级结果", "A newer version of this grading has graded already"),
                "GRADING_SUPERSEDED",
            )
        graded = conn.execute(statements.count, values).scalar_one()
        written = conn.execute(statements.open_changed, values).rowcount
        if written:
            conn.execute(statements.close_replaced, values)
        done += GradeRun(graded, written)
    return done


def spans(conn: Connection, tables: Tables, legal_entity: UUID, size: int = SPAN) -> Iterator[Span]:
    """The legal entity's customers in spans of at most ``size``, in order; together they cover every id."""
    customer, first = tables[CUSTOMER], EVERYBODY.first
    while True:
        own = (customer.c.legal_entity_id == legal_entity, customer.c.customer_id >= first)
        found = select(customer.c.customer_id).where(*own).order_by(customer.c.customer_id).offset(size).limit(1)
        following = conn.execute(found).scalar()
        if following is None:
            yield Span(first, EVERYBODY.last)
            return
        yield Span(first, UUID(int=following.int - 1))
        first = following


def _ids(run: UUID) -> dict[str, object]:
    """The rows of a run share all but the last 48 bits of a UUIDv7; those come from the customer, in SQL."""
    low = run.int & ~_TAIL
    return {"head": run.hex[:20], "low": UUID(int=low), "high": UUID(int=low | _TAIL)}


def _whom(customers: Collection[UUID] | Span) -> Iterator[dict[str, object]]:
    """Named customers in short lists: a planner that expects one row of each subquery joins them pair by pair."""
    if isinstance(customers, Span):
        yield {"first": customers.first, "last": customers.last}
        return
    for chunk in _chunks(customers):
        yield {"customers": chunk}


def _chunks(customers: Collection[UUID]) -> Iterator[tuple[UUID, ...]]:
    ordered = sorted(set(customers))
    for start in range(0, len(ordered), _CHUNK):
        yield tuple(ordered[start : start + _CHUNK])


def _take_turn(conn: Connection, tables: Tables, legal_entity: UUID, customers: Collection[UUID] | Span) -> None:
    """On PostgreSQL, keep two writers from grading one customer on facts that each other hasn't seen.

    A run over a span goes alone, and needs a transaction of its own; runs over named customers go
    together, one at a time per customer. SQLite has one writer anyway.
    """
    if conn.dialect.name != "postgresql":
        return
    key = legal_entity.int & 0x7FFF_FFFF_FFFF_FFFF
    if isinstance(customers, Span):
        # Tables filled a moment ago have no statistics yet; nested loops over them would take quadratic time.
        conn.execute(select(func.pg_advisory_xact_lock(key), func.set_config("enable_nestloop", "off", True)))
        return
    conn.execute(select(func.pg_advisory_xact_lock_shared(key)))
    customer = tables[CUSTOMER]
    for chunk in _chunks(customers):
        locked = select(customer.c.customer_id).where(customer.c.customer_id.in_(chunk))
        conn.execute(locked.order_by(customer.c.customer_id).with_for_update(key_share=True))


@dataclass(frozen=True, slots=True)
class _Statements:
    """The statements of a run, built once per grading; what differs from run to run is bound."""

    newer: Select[Any]
    count: Select[Any]
    open_changed: Insert
    close_replaced: Update


def _statements(tables: Tables, grading: Grading, which: Which) -> _Statements:
    """Building the expressions costs more than grading one customer, so they are kept with the table."""
    table, customer = tables[GRADE], tables[CUSTOMER]
    kept: dict[tuple[Grading, Which], _Statements] = table.info.setdefault("kehu.grading", {})
    if (grading, which) not in kept:
        newer = select(literal(1)).where(*_own(table, grading, which), table.c.grading_version > grading.version)
        kept[grading, which] = _Statements(
            newer=newer.limit(1),
            count=select(func.count()).select_from(customer).where(*chosen(customer, which)),
            open_changed=_open_changed(tables, grading, which),
            close_replaced=_close_replaced(table, grading, which),
        )
    return kept[grading, which]


def _open_changed(tables: Tables, grading: Grading, which: Which) -> Insert:
    """Insert a grade wherever version, standard, band, met criteria or facts differ from the current one."""
    table = tables[GRADE]
    verdict = verdicts(tables, grading, which).subquery("verdict")
    current = table.alias("current")
    in_force = [*_own(current, grading, which), current.c.superseded_at.is_(None)]
    same = and_(current.c.customer_id == verdict.c.customer_id, *in_force)
    differs = or_(
        current.c.grading_version.is_distinct_from(grading.version),
        current.c.standard_version.is_distinct_from(verdict.c.standard),
        *(current.c[name].is_distinct_from(verdict.c[name]) for name in ("band", "met", "facts")),
    )
    values: dict[str, ColumnElement[Any]] = {
        "legal_entity_id": LEGAL_ENTITY,
        "customer_id": verdict.c.customer_id,
        "id": _row_id(verdict.c.customer_id),
        "version": literal(1, Integer()),
        **dict.fromkeys(("created_at", "changed_at", "graded_at"), _NOW),
        "grading": literal(grading.key, Text()),
        "grading_version": literal(grading.version, Integer()),
        "standard_version": verdict.c.standard,
        **{name: verdict.c[name] for name in ("band", "met", "facts")},
        **_provenance(table),
    }
    changed = select(*values.values()).select_from(verdict.outerjoin(current, same)).where(differs)
    statement = insert(table).from_select(list(values), changed, include_defaults=False)
    return statement.execution_options(preserve_rowcount=True)


def _provenance(table: Table) -> dict[str, ColumnElement[Any]]:
    """A grade is a fact won by analysis (分析加工, S7.R08) for business decisions; bare tables have no such columns."""
    stated = {"source_channel": "ANALYSIS", "collected_for": "DECISION", "recorded_by": "kehu.grading"}
    columns: dict[str, ColumnElement[Any]] = {name: literal(value, Text()) for name, value in stated.items()}
    columns["collected_at"] = _NOW
    return {name: value for name, value in columns.items() if name in table.c}


def _close_replaced(table: Table, grading: Grading, which: Which) -> Update:
    """Close the grades that this run's rows replace."""
    new = table.alias("new")
    replaced = select(new.c.customer_id).where(*chosen(new, which), _of_this_run(new))
    return (
        update(table)
        .where(*_own(table, grading, which), table.c.superseded_at.is_(None), ~_of_this_run(table))
        .where(table.c.customer_id.in_(replaced))
        .values(superseded_at=_NOW, changed_at=_NOW, version=table.c.version + 1)
    )


def _own(table: FromClause, grading: Grading, which: Which) -> list[ColumnElement[bool]]:
    """Grades by this grading of the customers in question."""
    return [*chosen(table, which), unindexed(table.c.grading == grading.key)]


def _of_this_run(table: FromClause) -> ColumnElement[bool]:
    return table.c.id.between(bindparam("low", type_=Uuid()), bindparam("high", type_=Uuid()))


def _row_id(customer: ColumnElement[Any]) -> ColumnElement[Any]:
    tail = func.substr(func.replace(cast(customer, Text()), "-", ""), 21)
    return cast(bindparam("head", type_=Text()).concat(tail), Uuid())
