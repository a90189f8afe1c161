"""A page costs the same number of statements, decisions and plans however many rows it has: counted, not timed."""

from __future__ import annotations

import re
from itertools import count
from random import Random

import orjson
import pytest

from kehu.access import decision
from kehu.graph import filters, planner

from .pair import Pair, Side
from .rows import Makers, rows_of

CUSTOMERS = 50
QUERY = """query ($first: Int, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  customers(first: $first) { totalCount nodes { id name birthDate remark
    unit { code } contacts { mobile email } addresses { value { display } district }
    holdings { number amount { display } realestate { unitSold propertyType } }
    personal { nationality employer } relationships { kind other { name relationships(first: 2) { kind } } }
    grades { band met explanation { zh } }
    interactions { occurredAt summary staff { code name unit { code } } } } } }"""
SIZES = (1, 5, 50)
_PLACE = re.compile(r"%\(\w+\)s(::\w+)?")
_LIST = re.compile(r"IN \((?!SELECT)[^)]*\)")


_filled: set[int] = set()


@pytest.fixture
def filled(pair: Pair) -> Side:
    """One side with customers, filled once."""
    side, random = pair.left, Random(1)
    if id(side) not in _filled:
        makers = Makers(side.installation.registry, side)
        numbers = range(1, 1 + CUSTOMERS)
        side.refill([r for n in numbers for r in rows_of(makers, n, random, unit=side.units["P01"], full=1.0, least=1)])
        _filled.add(id(side))
    return side


_requests = count()


def _ask(side: Side, first: int, query: str = QUERY) -> list[str]:
    """The statements of one request by somebody who may see everything."""
    registry = side.installation.registry
    caller = side.principal(registry.scopes, unit="HQ", purposes=registry.purposes, staff=None)
    variables = {"first": first, "why": "核对"}
    response, statements = side.ask(f"statements/{next(_requests)}", caller, query, variables)
    answer = orjson.loads(response.body)
    assert len(answer["data"]["customers"]["nodes"]) == first
    return [s for s in statements if s != "BEGIN" and not s.startswith("SET ")]


def _forget_keys(side: Side) -> None:
    cache = side.installation.vault._cache
    for key in list(cache._kept):
        cache.forget(key)


def test_statements_are_constant_for_any_page_size(filled: Side) -> None:
    """Levels: customer, unit, contacts, addresses, holdings, their properties, profile, relationships, the others,
    theirs, grades, by what those were given, interactions, staff, their units; then the count. Cold, one more for
    the data keys of each retention class of each level that has any."""
    cold, warm = {}, {}
    for first in SIZES:
        _forget_keys(filled)
        cold[first] = len(_ask(filled, first))
        warm[first] = len(_ask(filled, first))
    assert set(warm.values()) == {16}
    # A level's keys may be in the cache already from a level above (somebody's relation may stand on the page
    # himself): the customers' own classes are the most there are, whatever the page.
    most = 16 + len(filled.installation.registry.retention)
    assert all(16 < number <= most for number in cold.values()), cold


def test_a_wider_page_asks_the_same_but_for_the_lengths_of_lists(filled: Side) -> None:
    _ask(filled, 50)
    texts = [[_LIST.sub("IN (…)", _PLACE.sub("?", text)) for text in _ask(filled, first)] for first in SIZES]
    assert texts[0] == texts[1] == texts[2]


def test_nothing_is_decided_per_row_and_nothing_twice(filled: Side, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0

    def counted(*arguments: object) -> object:
        nonlocal asked
        asked += 1
        return decision.decide(*arguments)  # type: ignore[arg-type]  # reason: handed on as they came

    monkeypatch.setattr(planner, "decide", counted)
    monkeypatch.setattr(filters, "decide", counted)
    executor = filled.installation.executor
    made = []
    for first in SIZES:
        # Each under a name of its own, so that there is a plan to make.
        query = QUERY.replace("query (", f"query Size{first}On{filled.installation.engines.read.dialect.name} (")
        asked, plans = 0, executor.plans_made
        _ask(filled, first, query)
        made.append((asked, executor.plans_made - plans))
        asked = 0
        _ask(filled, first, query)
        assert asked == 0, "a second request decides nothing"
        assert executor.plans_made - plans == 1, "nor is another plan made"
    assert {plans for _, plans in made} == {1}
    assert max(n for n, _ in made) <= 200, "decisions of one document: its fields and the inputs of gradings"
    assert len({n for n, _ in made}) == 1
