"""The comparison of promise 2 must be able to fail: each leak that is planted here is found by it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from kehu.access import fetch, output
from kehu.access.decision import Effect
from kehu.access.fetch import Fetch
from kehu.access.plan import Level
from kehu.errors import Forbidden
from kehu.graph.filters import Filters
from kehu.labels import Label
from kehu.records import Field, Record

from .pair import Interference, Pair, RowSpec, Side
from .visitors import caller_of, visitor

pytestmark = pytest.mark.promise(2)


def _leak_total(monkeypatch: pytest.MonkeyPatch) -> None:
    """A count without the row scope."""

    def total(self: Fetch, record: Record, *conditions: Any) -> int:
        self.statements += 1
        return len(self.conn.execute(select(self.source.tables[record.name])).all())

    monkeypatch.setattr(Fetch, "total", total)


def _leak_digit(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mask that shows one digit more."""

    def shown(f: Field, effect: Effect) -> Any:
        if f.name == "mobile" and effect is Effect.MASK:
            return lambda value: f"{value[:4]}***{value[-4:]}"
        return output_shown(f, effect)

    monkeypatch.setattr(output, "shown", shown)


def _leak_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """An order by a column that the caller may not read."""

    def select_rows(self: Fetch, level: Level, statement: Any, *, keep: int | None = None) -> Any:
        customer = self.source.tables["Customer"]
        if level.record.name == "Customer":
            statement = statement.order_by(None).order_by(customer.c.age_band, customer.c.customer_id)
        return fetch_rows(self, level, statement, keep=keep)

    monkeypatch.setattr(Fetch, "select_rows", select_rows)


def _leak_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """A filter by a field that the caller may not read."""
    monkeypatch.setattr(Filters, "_readable", lambda *_: None)


def _leak_denial(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error only where there is something to be denied."""

    def show_field(plan: Any, values: Any, holds: Any, emitted: Any) -> Any:
        if plan.decision.effect is Effect.DENY and plan.field.name == "ageBand":
            return [None] * len(values)
        return output_show_field(plan, values, holds, emitted)

    def columns(self: Fetch, level: Level, table: Any) -> Any:
        more = [table.c.age_band] if level.record.name == "Customer" else []
        return [*fetch_columns(self, level, table), *more]

    def raising(self: Fetch, level: Level, statement: Any, *, keep: int | None = None) -> Any:
        rows = self.conn.execute(statement).mappings().all()
        if any(row.get("age_band") for row in rows):
            raise Forbidden(Label("无权", "denied"))
        return fetch_rows(self, level, statement, keep=keep)

    monkeypatch.setattr(fetch, "show_field", show_field)
    monkeypatch.setattr(Fetch, "_columns", columns)
    monkeypatch.setattr(Fetch, "select_rows", raising)


def _leak_statement(monkeypatch: pytest.MonkeyPatch) -> None:
    """A second statement where a hidden row exists."""

    def total(self: Fetch, record: Record, *conditions: Any) -> int:
        if len(self.conn.execute(select(self.source.tables[record.name])).all()) > 2:
            self.conn.execute(select(self.source.tables[record.name]))
        return fetch_total(self, record, *conditions)

    monkeypatch.setattr(Fetch, "total", total)


_LEAKS = {
    "total": _leak_total, "digit": _leak_digit, "order": _leak_order, "filter": _leak_filter, "denial": _leak_denial,
    "statement": _leak_statement,
}  # fmt: skip
output_shown, output_show_field = output.shown, output.show_field
fetch_rows, fetch_columns, fetch_total = Fetch.select_rows, Fetch._columns, Fetch.total


def _aged(rows: list[RowSpec], age: str | None) -> list[RowSpec]:
    customer, *others = rows
    return [customer if age is None else customer.but({**customer.values, "ageBand": age}), *others]


@pytest.mark.parametrize("leak", _LEAKS)
def test_the_check_finds_a_leak(pair: Pair, monkeypatch: pytest.MonkeyPatch, leak: str) -> None:
    """The same comparison holds on the real thing and fails when something is let out."""
    left, right = pair.sides

    def fill(side: Side, ages: tuple[str | None, str | None], mobile: str, *more: RowSpec) -> None:
        people = (visitor(side, "P01", 0x10, mobile), visitor(side, "P01", 0x20))
        aged = [_aged(rows, age) for rows, age in zip(people, ages, strict=True)]
        side.refill([*aged[0], *aged[1], *more])

    fill(left, (None, None), "13800001234")
    fill(right, ("A35_44", "A18_24"), "13899991234", *visitor(right, "P02", 0x30, "13912345678"))
    caller = caller_of(pair, "customer.core:read", "customer.contact:read")
    requests: tuple[tuple[str, dict[str, object]], ...] = (
        ("{ customers { totalCount nodes { id ageBand contacts { mobile } } } }", {}),
        ("query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }", {"f": {"ageBand": {"eq": "A35_44"}}}),
    )

    def compare() -> None:
        for query, variables in requests:
            pair.compare(caller, query, variables)

    compare()
    _LEAKS[leak](monkeypatch)
    with pytest.raises(Interference):
        compare()
