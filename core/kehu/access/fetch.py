"""Carry out a plan: one statement per level whatever the page size, then open, clear or mask."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, Table, func, select, tuple_
from sqlalchemy.engine import RowMapping

from kehu.access.decision import Effect
from kehu.access.output import Denied, Emitted, Row, decoded, show_field
from kehu.access.plan import ComputedPlan, FieldPlan, Level, Shape
from kehu.access.principal import Principal
from kehu.access.rows import condition_column, in_scope
from kehu.computed import YARDSTICK
from kehu.errors import Invalid, Problem
from kehu.grading.standards import Standards
from kehu.labels import Label
from kehu.policy import RowCondition
from kehu.records import Field, Owner, Record
from kehu.store.tables import CUSTOMER, Tables, field_columns, parent_column, sealed_column
from kehu.store.vault import RowKey, Vault
from kehu.store.work import from_columns

DEFAULT_FIRST = 50
_FIRST = Label("first 须为 0 到 {limit} 之间的整数", "first must be between 0 and {limit}")


def page_size(asked: object, limit: int) -> int:
    """How many rows at most, 50 unless asked otherwise. Raises `Invalid` FIRST_INVALID."""
    first = DEFAULT_FIRST if asked is None else asked
    if not isinstance(first, int) or not 0 <= first <= limit:
        raise Invalid([Problem("FIRST_INVALID", _FIRST.format(limit=limit), ("first",))])
    return first


@dataclass(frozen=True, slots=True)
class Source:
    """What reading needs of an installation."""

    records: Mapping[str, Record]
    tables: Tables
    vault: Vault
    max_page: int
    standards: Standards


@dataclass
class Fetch:
    """One operation's reading, in one snapshot. ``emitted`` collects what its evidence entry will say."""

    source: Source
    conn: Connection
    principal: Principal
    variables: object
    emitted: Emitted = field(default_factory=Emitted)
    statements: int = 0
    more: bool = False

    def select_rows(self, level: Level, statement: Select[Any], *, keep: int | None = None) -> list[Row]:
        """Run a level's statement, show its fields, fetch the levels below; rows in the statement's order.

        Of more than ``keep`` rows only these are opened and shown; ``more`` then says that there are others.
        """
        self.statements += 1
        found = list(self.conn.execute(statement).mappings())
        self.more = keep is not None and len(found) > keep
        return self._shown(level, found[:keep])

    def statement(self, level: Level, *extra: ColumnElement[Any]) -> Select[Any]:
        """The level's statement without its keys: needed columns, row conditions, row scope."""
        record, table = level.record, self.source.tables[level.record.name]
        columns = [*self._keys(record, table), *self._columns(level, table), *extra]
        statement: Select[Any] = select(*columns)
        if record.owner is Owner.CUSTOMER:
            customer = self.source.tables[CUSTOMER]
            statement = statement.add_columns(customer.c.pseudonym.label("_pseudonym"))
            if record.name != CUSTOMER:
                statement = statement.join(customer, customer.c.customer_id == table.c.customer_id)
        return statement.where(in_scope(record, table, self.source.tables, self.principal))

    def by_ids(self, level: Level, ids: Iterable[tuple[UUID | None, UUID]]) -> dict[UUID, Row]:
        """Rows by (customer, id); what is hidden or absent just isn't there."""
        table = self.source.tables[level.record.name]
        wanted = list(ids)
        statement = self.statement(level)
        # Whole ids: a row named under another customer is not fetched, so it is not put on record either.
        if level.record.name == CUSTOMER:
            asked = table.c.customer_id.in_([row for customer, row in wanted if customer == row])
        elif level.record.owner is Owner.CUSTOMER:
            asked = tuple_(table.c.customer_id, table.c.id).in_([pair for pair in wanted if pair[0] is not None])
        else:
            asked = table.c.id.in_([row for customer, row in wanted if customer is None])
        statement = statement.where(asked)
        return {row_uuid(row): row for row in self.select_rows(level, statement)}

    def total(self, record: Record, *conditions: ColumnElement[bool]) -> int:
        """How many rows of this record are in the principal's scope and meet the conditions."""
        self.statements += 1
        table, customer = self.source.tables[record.name], self.source.tables[CUSTOMER]
        statement = select(func.count()).select_from(table)
        if record.owner is Owner.CUSTOMER and record.name != CUSTOMER:
            statement = statement.join(customer, customer.c.customer_id == table.c.customer_id)
        statement = statement.where(in_scope(record, table, self.source.tables, self.principal), *conditions)
        return int(self.conn.execute(statement).scalar_one())

    def _keys(self, record: Record, table: Table) -> list[ColumnElement[Any]]:
        keys: list[ColumnElement[Any]] = []
        if record.owner is Owner.CUSTOMER:
            keys.append(table.c.customer_id.label("_customer"))
        if record.name != CUSTOMER:
            keys.append(table.c.id.label("_id"))
        keys.append(table.c.version.label("_version"))
        return keys

    def _columns(self, level: Level, table: Table) -> list[ColumnElement[Any]]:
        names: dict[str, ColumnElement[Any]] = {}
        for plan in level.fields:
            if plan.decision.weakest is Effect.DENY and plan.decision.effect is Effect.DENY:
                continue
            if plan.field.sealed:
                name = sealed_column(plan.field.policy.retention)
                names[name] = table.c[name]
            else:
                names.update((name, table.c[name]) for name in field_columns(plan.field))
        for one in level.computed:
            if one.governing.decision.effect is not Effect.DENY:
                names.update((f.column, table.c[f.column]) for f in _inputs(level.record, one))
        for child in level.children:
            if child.via is not None and child.decision.effect is not Effect.DENY:
                names[child.via.column] = table.c[child.via.column]
        for condition in _conditions(level):
            column = condition_column(condition, table.c.customer_id, self.source.tables, self.principal)
            names[f"_{condition.value}"] = column.label(f"_{condition.value}")
        return list(names.values())

    def _shown(self, level: Level, found: Sequence[RowMapping]) -> list[Row]:
        record = level.record
        rows = [Row(record.name, global_id(record, one.get("_customer"), one.get("_id"))) for one in found]
        if record.owner is Owner.CUSTOMER:
            self.emitted.subjects.update(one["_pseudonym"] for one in found)
        for row, one in zip(rows, found, strict=True):
            row["_customer"], row["_id"], row["version"] = one.get("_customer"), one.get("_id"), one["_version"]
            row["_order"] = one.get("_order")
        opened = self._opened(level, found)
        holds = {c: [bool(one[f"_{c.value}"]) for one in found] for c in _conditions(level)}
        for plan in level.fields:
            values = self._values(plan, found, opened)
            condition = plan.decision.condition
            column = show_field(plan, values, holds[condition] if condition else None, self.emitted)
            for row, value in zip(rows, column, strict=True):
                row[plan.field.name] = value
        if level.tells_masks:
            _tell_masks(level, rows, holds)
        for computed in level.computed:
            self._compute(computed, level.record, rows, found)
        for child in level.children:
            self._attach(child, rows, found)
        return rows

    def _compute(self, plan: ComputedPlan, record: Record, rows: Sequence[Row], found: Sequence[RowMapping]) -> None:
        governing, name = plan.governing, plan.computed.name
        self.emitted.note(governing.pattern, governing.decision.effect, len(rows), governing.field.policy)
        if governing.decision.effect is Effect.DENY:
            for row in rows:
                row[name] = self.emitted.denied(governing.decision, governing.pattern)
            return
        inputs = _inputs(record, plan)
        columns: list[dict[str, object]] = [{f.name: one[f.column] for f in inputs} for one in found]
        if plan.computed.by_yardstick and columns:
            self.statements += 1
            given_by = self.source.standards.yardsticks(self.conn, self.principal.legal_entity, columns)
            columns = [{**one, YARDSTICK: by} for one, by in zip(columns, given_by, strict=True)]
        for row, values in zip(rows, columns, strict=True):
            row[name] = plan.computed.compute(values)

    def _opened(self, level: Level, found: Sequence[RowMapping]) -> dict[str, list[dict[str, object] | None]]:
        record = level.record
        classes = sorted(
            {p.field.policy.retention for p in level.fields if p.field.sealed and p.decision.effect is not Effect.DENY}
        )
        keys = [
            RowKey(
                self.principal.legal_entity,
                one["_customer"] if record.owner is Owner.CUSTOMER else one["_id"],
                one["_customer"] if record.name == CUSTOMER else one["_id"],
                one["_version"],
            )
            for one in found
        ]
        return {
            name: self.source.vault.open_page(  # type: ignore[misc]  # reason: Json is narrower than object
                self.conn, record, name, [(key, one[sealed_column(name)]) for key, one in zip(keys, found, strict=True)]
            )
            for name in classes
        }

    def _values(
        self, plan: FieldPlan, found: Sequence[RowMapping], opened: Mapping[str, list[dict[str, object] | None]]
    ) -> list[object]:
        f = plan.field
        if plan.decision.effect is Effect.DENY:
            return [None] * len(found)
        if f.sealed:
            return [decoded(f, attributes) for attributes in opened[f.policy.retention]]  # type: ignore[arg-type]  # reason: as above
        columns = field_columns(f)
        return [from_columns(f, [one[name] for name in columns]) for one in found]

    def _attach(self, child: Level, rows: list[Row], found: Sequence[RowMapping]) -> None:
        if child.decision.effect is Effect.DENY:
            self.emitted.note(child.pattern, Effect.DENY, len(rows), child.record.fields[0].policy)
            denied: Denied = self.emitted.denied(child.decision, child.pattern)
            for row in rows:
                row[child.key] = denied
        elif child.via is not None:
            ids = {one[child.via.column] for one in found} - {None}
            own = child.record.owner is Owner.CUSTOMER
            targets = self.by_ids(child, [(one if own else None, one) for one in sorted(ids)])
            for row, one in zip(rows, found, strict=True):
                row[child.key] = targets.get(one[child.via.column])
        else:
            self._attach_below(child, rows)

    def _attach_below(self, child: Level, rows: list[Row]) -> None:
        single = child.shape is Shape.SINGLE
        first = 1 if single else page_size(child.arguments(self.variables).get("first"), self.source.max_page)
        table = self.source.tables[child.record.name]
        parent = (
            table.c.customer_id
            if child.record.parent == CUSTOMER
            else table.c[parent_column(self.source.records[str(child.record.parent)])]
        )
        rank = func.row_number().over(partition_by=parent, order_by=_order(child.record, table)).label("_rank")
        inner = (
            self.statement(child, parent.label("_parent"), rank)
            .where(table.c.customer_id.in_([row["_customer"] for row in rows]))
            .where(parent.in_([row["_id"] or row["_customer"] for row in rows]))
            .subquery()
        )
        statement = select(inner).where(inner.c["_rank"] <= first).order_by(inner.c["_parent"], inner.c["_rank"])
        self.statements += 1
        below = list(self.conn.execute(statement).mappings())
        shown = self._shown(child, below)
        grouped: dict[object, list[Row]] = {}
        for one, row in zip(below, shown, strict=True):
            grouped.setdefault(one["_parent"], []).append(row)
        for row in rows:
            own = grouped.get(row["_id"] or row["_customer"], [])
            row[child.key] = (own[0] if own else None) if single else own


def _order(record: Record, table: Table) -> list[ColumnElement[Any]]:
    """Rows in force first, then by age."""
    age = table.c.id.desc() if record.newest_first else table.c.id.asc()
    if record.current_until is None:
        return [age]
    return [table.c[record.by_name[record.current_until].column].is_not(None), age]


def _tell_masks(level: Level, rows: Sequence[Row], holds: Mapping[RowCondition, list[bool]]) -> None:
    for at, row in enumerate(rows):
        effects = {
            plan.field.name: plan.decision.effect
            if plan.decision.condition is None or holds[plan.decision.condition][at]
            else plan.decision.weakest
            for plan in level.fields
        }
        row["_masked"] = {name for name, effect in effects.items() if effect is Effect.MASK}


def _inputs(record: Record, plan: ComputedPlan) -> list[Field]:
    return [record.by_name[name] for name in plan.computed.inputs]


def _conditions(level: Level) -> list[RowCondition]:
    found = {p.decision.condition for p in level.fields if p.decision.condition is not None}
    return sorted(found, key=lambda condition: condition.value)


def global_id(record: Record, customer: object, row: object) -> str:
    """The Relay id: ``Type:customer_id:id`` (``Type:id`` where one of them is all there is), base64url."""
    parts = [record.name, *(str(part) for part in (customer, row) if part is not None)]
    return urlsafe_b64encode(":".join(parts).encode()).rstrip(b"=").decode()


def row_uuid(row: Row) -> UUID:
    """The id of a fetched row within its record."""
    found = row["_id"] or row["_customer"]
    assert isinstance(found, UUID)
    return found
