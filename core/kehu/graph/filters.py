"""Filters and orders of connections, as SQL: only over clear fields that the caller may read on every row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, exists, true

from kehu.access.decision import Effect, decide
from kehu.access.principal import DecisionKey
from kehu.errors import Forbidden, Invalid
from kehu.graph.ids import parse_global_id
from kehu.labels import Label
from kehu.records import Field, Record
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER, Tables, parent_column
from kehu.vocabulary.base import Storage, ValueRefused

_OPERATORS: Mapping[str, Callable[[ColumnElement[Any], Any], ColumnElement[bool]]] = {
    "eq": lambda column, value: column == value,
    "gte": lambda column, value: column >= value,
    "lt": lambda column, value: column < value,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Compiles filter inputs for one decision key."""

    registry: Registry
    tables: Tables
    key: DecisionKey

    def where(self, record: Record, given: Mapping[str, Any], path: str = "filter") -> ColumnElement[bool]:
        """One condition for a filter input. Raises `Forbidden` FILTER_FORBIDDEN, `Invalid` for a wrong value."""
        table = self.tables[record.name]
        conditions: list[ColumnElement[bool]] = []
        for name, asked in given.items():
            if asked is None:
                continue
            if name in record.by_name:
                conditions.append(self._compare(record, record.by_name[name], table, asked, f"{path}.{name}"))
            else:
                child = next(r for r in self.registry.children[record.name] if r.accessor == name)
                conditions.append(self._some(record, table, child, asked, f"{path}.{name}"))
        return and_(true(), *conditions)

    def orderable(self, f: Field) -> None:
        """Raises `Forbidden` ORDER_FORBIDDEN where the caller may not see the order."""
        self._readable(f, "orderBy", "ORDER_FORBIDDEN")

    def _some(
        self, record: Record, table: Table, child: Record, asked: Mapping[str, Any], path: str
    ) -> ColumnElement[bool]:
        area = f"{child.area}:read"
        if area not in self.key.scopes:
            raise _forbidden(path, (area,), "FILTER_FORBIDDEN")
        below = self.tables[child.name]
        same = below.c.customer_id == table.c.customer_id
        if record.name != CUSTOMER:
            same = and_(same, below.c[parent_column(record)] == table.c.id)
        if child.current_until is not None:
            same = and_(same, below.c[child.by_name[child.current_until].column].is_(None))
        return exists().where(same, self.where(child, asked, path))

    def _compare(
        self, record: Record, f: Field, table: Table, asked: Mapping[str, Any], path: str
    ) -> ColumnElement[bool]:
        self._readable(f, path, "FILTER_FORBIDDEN")
        column = table.c[f.column]
        conditions: list[ColumnElement[bool]] = []
        for comparison, raw in asked.items():
            if raw is None:
                continue
            if comparison == "in":
                conditions.append(column.in_([self._value(f, one, path) for one in raw]))
                continue
            conditions.append(_OPERATORS[comparison](column, self._value(f, raw, path)))
        return and_(true(), *conditions)

    def _value(self, f: Field, raw: object, path: str) -> object:
        if f.type.storage is Storage.REFERENCE:
            return parse_global_id(str(raw), {str(f.refers_to)}, *path.split(".")).row
        try:
            return f.type.parse(getattr(raw, "value", raw))
        except ValueRefused as refused:
            raise Invalid([refused.problem.at(*path.split("."))]) from None

    def _readable(self, f: Field, path: str, code: str) -> None:
        decision = decide(f.policy, self.key, self.registry.purposes)
        if decision.effect is not Effect.CLEAR or decision.condition is not None:
            raise _forbidden(path, decision.required, code)


def _forbidden(path: str, required: tuple[str, ...], code: str) -> Forbidden:
    return Forbidden(
        Label(f"{path}:只能按有权读取的字段筛选或排序", f"{path}: filter and sort only by fields that you may read"),
        code,
        argument=path,
        required=sorted(required),
    )
