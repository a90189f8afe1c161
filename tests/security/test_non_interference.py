"""Promise 2: what a caller may not see changes nothing in what he gets, nor in the statements that fetch it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st

from kehu.graph.roots import lookup_keys

from .pair import PLACES, Pair, RowSpec, Side
from .queries import QueryMaker
from .rows import Makers, View, rows_of, same_to
from .visitors import global_id

pytestmark = pytest.mark.promise(2)

# KEHU_LONG=1: thousands of cases, for a night.
_LONG = os.environ.get("KEHU_LONG") == "1"
_SETTINGS: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "derandomize": not _LONG,
    "database": None,
    "print_blob": True,
    "report_multiple_bugs": False,
}
_QUERIES = 4


@dataclass(frozen=True)
class Case:
    """A caller, his stated purpose, and how the databases and queries are made."""

    scopes: frozenset[str]
    unit: str
    staff: str | None
    purpose: str | None
    customers: tuple[str, ...]
    seed: int


_READ = ("customer.core:read", "customer.identity:read", "customer.contact:read", "customer.holding:read")


@st.composite
def cases(draw: st.DrawFn, scopes: tuple[str, ...], purposes: tuple[str, ...]) -> Case:
    """Mostly callers who may see something: one without any scope has little to compare."""
    chosen = {scope for scope in scopes if draw(st.booleans())} | ({_READ[0]} if draw(st.integers(0, 4)) else set())
    units = st.sampled_from((*PLACES, "P01A", "P02", "P010", "GRP", "p01a", "P_1A", "elsewhere"))
    return Case(
        scopes=frozenset(chosen),
        unit=draw(st.sampled_from(PLACES)),
        staff=draw(st.sampled_from((None, "S001", "M001"))),
        purpose=draw(st.sampled_from((None, *purposes))),
        customers=tuple(draw(st.lists(units, min_size=1, max_size=6))),
        seed=draw(st.integers(0, 2**32)),
    )


def attack(pair: Pair, case: Case) -> None:
    """Fill both databases so that they are equal to the caller, then ask both the same."""
    random = Random(case.seed)
    left, right = pair.sides
    makers = Makers(left.installation.registry, left)
    purposes = tuple(makers.registry.purposes)
    principal = left.principal(case.scopes, unit=case.unit, purposes=purposes, staff=case.staff)
    visible = frozenset(left.units[code] for code in left.units if _below(left, code, case.unit))
    view = View(makers.registry, principal, case.purpose, visible)
    rows = list(_database(makers, case.customers, random))
    others = same_to(view, makers, rows, random)
    left.refill(rows)
    right.refill(others)
    known = _ids(rows, left) + _ids(others, right) + [_absent(name) for name in makers.registry.records]
    maker = QueryMaker(
        left.installation.executor.schema.graphql, random, known, _lookups(view, makers, rows, others), case.purpose
    )
    cursor = None
    for _ in range(_QUERIES):
        made = maker.operation(cursor)
        note(made.text)
        answer = orjson.loads(pair.compare(principal, made.text, made.variables).body)
        assert "data" in answer, answer
        codes = {e["extensions"]["code"] for e in answer.get("errors", ())}
        assert codes <= {
            "FORBIDDEN_FIELD",
            "FILTER_FORBIDDEN",
            "ORDER_FORBIDDEN",
            "SCOPE_MISSING",
            "CURSOR_INVALID",
            "ID_INVALID",
        }, codes
        cursor = next(_cursors(answer["data"]), cursor)


def _below(side: Side, code: str, top: str) -> bool:
    path, above = side.paths[code], side.paths[top]
    return path == above or path[: len(above) + 1] == above + "."


def _database(makers: Makers, units: tuple[str, ...], random: Random) -> Iterator[RowSpec]:
    """Customers at these units, in an order of ids that has nothing to do with where they are."""
    numbers = random.sample(range(16), len(units))
    for number, code in zip(numbers, units, strict=True):
        unit = makers.side.units.get(code)
        entity = 0 if unit is not None else 1
        place = unit or random.choice(tuple(makers.side.other_units.values()))
        yield from rows_of(
            makers, 16 * (number + 1), random, unit=place, entity=entity, full=random.choice((0.1, 0.5, 0.9))
        )


def _ids(rows: list[RowSpec], side: Side) -> list[str]:
    own = [("Customer", r.customer, None) if r.record == "Customer" else (r.record, r.customer, r.id) for r in rows]
    organisation = [("Staff", None, i) for i in side.staff.values()]
    organisation += [("OrganisationUnit", None, i) for i in (*side.units.values(), *side.other_units.values())]
    organisation += [("LegalEntity", None, i) for i in side.entities]
    return [global_id(name, customer, row) for name, customer, row in (*own, *organisation)]


def _absent(name: str) -> str:
    nobody = UUID("018fffff-0000-7000-8000-00000000ffff")
    return global_id(name, nobody, None if name in ("Customer", "Staff", "LegalEntity", "OrganisationUnit") else nobody)


def _lookups(view: View, makers: Makers, rows: list[RowSpec], others: list[RowSpec]) -> list[tuple[str, str]]:
    """What may be looked up: values whose finder is the same in both, nobody included (look-up is a declassifier)."""
    found = []
    for key, (record, name) in lookup_keys(makers.registry).items():
        for value in makers.pool(makers.registry.records[record].by_name[name]):
            if _finds(view, rows, record, name, value) == _finds(view, others, record, name, value):
                found.append((key, str(value)))
    return found


def _finds(view: View, rows: list[RowSpec], record: str, name: str, value: object) -> UUID | None:
    seen = {r.customer for r in rows if r.record == "Customer" and view.sees_customer(r)}
    return min(
        (r.customer for r in rows if r.record == record and r.customer in seen and r.values.get(name) == value),
        default=None,
    )


def _cursors(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "endCursor" and inner:
                yield inner
            yield from _cursors(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _cursors(inner)


def _strategy(pair: Pair) -> st.SearchStrategy[Case]:
    registry = pair.left.installation.registry
    shown = tuple(s for s in registry.scopes if s.endswith((":read", ":reveal", ":lookup")) and s != "evidence:read")
    return cases(shown, tuple(registry.purposes))


def test_on_sqlite(sqlite_pair: Pair) -> None:
    _run(sqlite_pair, 2_000 if _LONG else 80)


def test_on_postgresql(postgres_pair: Pair) -> None:
    _run(postgres_pair, 500 if _LONG else 15)


def _run(pair: Pair, examples: int) -> None:
    phases = (Phase.generate, Phase.shrink)

    @settings(max_examples=examples, phases=phases, **_SETTINGS)
    @given(_strategy(pair))
    def hold(case: Case) -> None:
        attack(pair, case)

    hold()
