"""Grading many customers at once, and keeping what they were graded before.

A run inserts a grade for every customer whose verdict differs from his current one, then closes the one
that it replaces. A grade once written is never changed, only closed, so a new version of a grading
leaves the old grades as they were given (promise 10).
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
    Table,
    Text,
    Update,
    Uuid,
    and_,
    cast,
    func,
    insert,
    literal,
    null,
    or_,
    select,
    update,
)

from kehu.crypto.ids import uuid7
from kehu.errors import Conflict
from kehu.grading.compile import CUSTOMER, Customers, Tables, subjects, unindexed, verdicts
from kehu.labels import Label
from kehu.rules.grading import Grading

GRADE = "Grade"
_CHUNK = 2_000
_TAIL = 0xFFFF_FFFF_FFFF


@dataclass(frozen=True, slots=True)
class GradeRun:
    """What a run did: customers looked at, and grades written because they changed."""

    graded: int
    changed: int


def grade(
    conn: Connection,
    tables: Tables,
    grading: Grading,
    *,
    legal_entity: UUID,
    customers: Collection[UUID] | None,
    now: datetime,
    new_id: Callable[[], UUID] = uuid7,
) -> GradeRun:
    """Grade all customers of a legal entity, or only ``customers`` of it, inside the caller's transaction.

    Idempotent: a second run over the same data writes nothing. Raises `Conflict` (``GRADING_SUPERSEDED``)
    where a newer version has graded already: an old rule doesn't replace a new one.
    """
    _take_turn(conn, tables, legal_entity, customers)
    graded = changed = 0
    for chunk in _chunks(customers):
        run = _Run(tables, grading, legal_entity, chunk, now, new_id())
        run.refuse_older(conn)
        graded += run.count(conn)
        written = conn.execute(run.open_changed(), execution_options={"preserve_rowcount": True}).rowcount
        if written:
            conn.execute(run.close_replaced())
        changed += written
    return GradeRun(graded, changed)


def _chunks(customers: Collection[UUID] | None) -> Iterator[Customers]:
    """Bounded lists: both databases limit the parameters of a statement."""
    if customers is None:
        yield None
        return
    ordered = sorted(set(customers))
    for start in range(0, len(ordered), _CHUNK):
        yield tuple(ordered[start : start + _CHUNK])


def _take_turn(conn: Connection, tables: Tables, legal_entity: UUID, customers: Collection[UUID] | None) -> None:
    """On PostgreSQL, keep two writers from grading one customer on facts that each other hasn't seen.

    A run over everybody goes alone, and needs a transaction of its own; runs over named customers go
    together, one at a time per customer. SQLite has one writer anyway.
    """
    if conn.dialect.name != "postgresql":
        return
    key = legal_entity.int & 0x7FFF_FFFF_FFFF_FFFF
    if customers is None:
        # Tables filled a moment ago have no statistics yet; nested loops over them would take quadratic time.
        conn.execute(select(func.pg_advisory_xact_lock(key), func.set_config("enable_nestloop", "off", True)))
        return
    conn.execute(select(func.pg_advisory_xact_lock_shared(key)))
    customer = tables[CUSTOMER]
    for chunk in _chunks(customers):
        locked = select(customer.c.customer_id).where(customer.c.customer_id.in_(chunk or ()))
        conn.execute(locked.order_by(customer.c.customer_id).with_for_update(key_share=True))


@dataclass(frozen=True, slots=True)
class _Run:
    """One statement's worth of grading. ``id`` marks its rows: they share all but the last 48 bits."""

    tables: Tables
    grading: Grading
    legal_entity: UUID
    customers: Customers
    now: datetime
    id: UUID

    @property
    def table(self) -> Table:
        return self.tables[GRADE]

    def refuse_older(self, conn: Connection) -> None:
        newer = select(literal(1)).where(*self._own(self.table), self.table.c.grading_version > self.grading.version)
        if conn.execute(newer.limit(1)).first() is not None:
            raise Conflict(
                Label("已有更新版本的分级结果", "A newer version of this grading has graded already"),
                "GRADING_SUPERSEDED",
            )

    def count(self, conn: Connection) -> int:
        subject = subjects(self.tables, self.legal_entity, self.customers)
        return conn.execute(select(func.count()).select_from(subject)).scalar_one()

    def open_changed(self) -> Insert:
        """Insert a grade wherever version, band, met criteria or facts differ from the current one."""
        verdict = verdicts(self.tables, self.grading, self.legal_entity, self.customers).subquery("verdict")
        current = self.table.alias("current")
        same = and_(
            current.c.customer_id == verdict.c.customer_id,
            unindexed(current.c.grading == self.grading.key),
            current.c.superseded_at.is_(None),
        )
        joined = verdict.outerjoin(current, same)
        differs = or_(
            current.c.grading_version.is_distinct_from(self.grading.version),
            *(current.c[name].is_distinct_from(verdict.c[name]) for name in ("band", "met", "facts")),
        )
        values: dict[str, ColumnElement[Any]] = {
            "legal_entity_id": literal(self.legal_entity, Uuid()),
            "customer_id": verdict.c.customer_id,
            "id": self._row_id(verdict.c.customer_id),
            "version": literal(1, Integer()),
            "created_at": self._moment("created_at"),
            "changed_at": self._moment("changed_at"),
            "grading": literal(self.grading.key),
            "grading_version": literal(self.grading.version, Integer()),
            "band": verdict.c.band,
            "met": verdict.c.met,
            "facts": verdict.c.facts,
            "graded_at": self._moment("graded_at"),
            "superseded_at": cast(null(), self.table.c.superseded_at.type),
            **self._provenance(),
        }
        changed = select(*values.values()).select_from(joined).where(differs)
        return insert(self.table).from_select(list(values), changed, include_defaults=False)

    def _provenance(self) -> dict[str, ColumnElement[Any]]:
        """A grade is a fact won by analysis (分析加工, S7.R08) for business decisions."""
        stated = {"source_channel": "ANALYSIS", "collected_for": "DECISION", "recorded_by": "kehu.grading"}
        columns: dict[str, ColumnElement[Any]] = {n: literal(v) for n, v in stated.items() if n in self.table.c}
        if "collected_at" in self.table.c:
            columns["collected_at"] = self._moment("collected_at")
        return columns

    def close_replaced(self) -> Update:
        """Close the grades that this run's rows replace."""
        table = self.table
        new = table.alias("new")
        replaced = select(new.c.customer_id).where(self._of_this_run(new))
        if self.customers is not None:
            replaced = replaced.where(new.c.customer_id.in_(self.customers))
        return (
            update(table)
            .where(*self._own(table), table.c.superseded_at.is_(None), ~self._of_this_run(table))
            .where(table.c.customer_id.in_(replaced))
            .values(superseded_at=self.now, changed_at=self.now, version=table.c.version + 1)
        )

    def _own(self, table: FromClause) -> list[ColumnElement[bool]]:
        """Grades by this grading, of this legal entity and, where named, of these customers."""
        own = [table.c.legal_entity_id == self.legal_entity, table.c.grading == self.grading.key]
        if self.customers is None:
            return own
        return [table.c.customer_id.in_(self.customers), *(unindexed(test) for test in own)]

    def _of_this_run(self, table: FromClause) -> ColumnElement[bool]:
        low = self.id.int & ~_TAIL
        return table.c.id.between(UUID(int=low), UUID(int=low | _TAIL))

    def _row_id(self, customer: ColumnElement[UUID]) -> ColumnElement[Any]:
        """A UUIDv7 made in SQL: the run's own with the customer's last 48 bits, so no two rows of a run share one."""
        tail = func.substr(func.replace(cast(customer, Text()), "-", ""), 21)
        return cast(literal(self.id.hex[:20], Text()).concat(tail), Uuid())

    def _moment(self, column: str) -> ColumnElement[Any]:
        return literal(self.now, self.table.c[column].type)
