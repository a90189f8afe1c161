"""Every kind of fact and predicate, by SQL and by plain reading, with nulls and on the boundary."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from kehu.rules.grading import check_grading
from kehu.store.system import system_metadata
from kehu.store.tables import build_tables

from .shop import GRADING, RECORDS, TODAY, Shop


@pytest.fixture
def shop(engine: Engine) -> Iterator[Shop]:
    tables = build_tables(RECORDS)
    tables.metadata.create_all(engine)
    system_metadata.create_all(engine)
    with engine.connect() as conn:
        yield Shop(conn, tables)


def test_the_grading_of_these_tests_is_sound() -> None:
    check_grading(GRADING, {record.name: record for record in RECORDS})
    assert GRADING.reads_the_day
    assert [p.name for p in GRADING.parameters] == ["enough", "weight", "full", "gold", "room", "soon"]


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


# A moment of Shanghai's 8 March begins at 16:00 UTC on the 7th.
MIDNIGHT = datetime(2026, 3, 7, 16, 0, tzinfo=UTC)
TICK = timedelta(microseconds=1)

days = st.one_of(
    st.none(), st.sampled_from([-366, -365, -364, -31, -30, -29, -1, 0, 1, 6, 7, 8]).map(day),
    st.dates(date(1960, 1, 1), date(2060, 1, 1)),
)  # fmt: skip
moments = st.one_of(
    st.sampled_from([0, 1, -2, -3, -4, -6, -7, -8]).flatmap(
        lambda n: st.sampled_from([MIDNIGHT + timedelta(days=n), MIDNIGHT + timedelta(days=n) - TICK])
    ),
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
amounts = st.one_of(st.none(), st.sampled_from([0, 1, 9_999, 10_000, 20_000]), st.integers(-9, 30_000))
holdings = st.lists(
    st.fixed_dictionaries(
        {
            "amount_minor": st.one_of(
                st.none(), st.sampled_from([0, 1, 9_999, 10_000, 20_000]), st.integers(-9, 30_000)
            ),
            "amount_currency": st.sampled_from(["CNY", "CNY", "USD", None]),
            "status": st.sampled_from(["ACTIVE", "ENDED", "CANCELLED"]),
            "opened_on": days,
        }
    ),
    max_size=3,
)
profiles = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {
            "format": st.sampled_from(["CONVENIENCE", "MARKET", None]),
            "area": st.one_of(st.none(), st.sampled_from([0, 1, 50_499, 50_500, 50_501, 200_000, 10**12])),
            "staffed": st.one_of(st.none(), st.integers(-1, 4)),
            "licensed": st.sampled_from([True, False, None]),
            "expected_on": days,
        }
    ),
)
seen = st.lists(st.tuples(moments, st.sampled_from(["VISIT", "CALL"])), max_size=2)
people = st.lists(
    st.tuples(st.sampled_from(["HQ", "C1", "C10", "S1"]), holdings, profiles, seen), min_size=1, max_size=3
)
standards = st.lists(
    st.fixed_dictionaries(
        {
            "unit": st.sampled_from(["HQ", "C1", "S1"]),
            "effective_from": st.sampled_from([day(-9), day(-1), TODAY, day(1)]),
            "state": st.sampled_from(["PUBLISHED", "PUBLISHED", "PROPOSED", "REFUSED"]),
            "gold": st.sampled_from([1, 9_999, 10_001]),
            "room": st.sampled_from([0, 50_499, 50_501, 2_000_000]),
            "soon": st.integers(0, 8),
            "weight": st.integers(0, 100),
            "enough": st.integers(-10, 100),
        }
    ),
    max_size=3,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=people, standards=standards)
def test_sql_and_plain_reading_always_agree(shop: Shop, people: list[Any], standards: list[dict[str, Any]]) -> None:
    with shop.conn.begin_nested() as undo:
        for version, one in enumerate(standards, 1):
            shop.standard(version, **one)
        customers = [_customer(shop, *person) for person in people]
        for chosen in ((customers[0],), ()):
            shop.grade(*chosen)
            for customer in chosen or customers:
                assert shop.by_sql(customer) == shop.by_python(customer)
                assert shop.by_sql(customer).facts_text == shop.current(customer).facts
        assert shop.grade().changed == 0
        undo.rollback()


def _customer(shop: Shop, unit: str, holdings: list[Any], profile: dict[str, Any] | None, seen: list[Any]) -> UUID:
    customer = shop.customer(unit, **(profile or {}))
    for holding in holdings:
        shop.add("Holding", customer, **{"kind": "PRODUCT"} | holding)
    for at, kind in seen:
        shop.add("Interaction", customer, occurred_at=at, kind=kind)
    return customer


BOUNDARIES: tuple[tuple[dict[str, Any], dict[str, Any] | None, str], ...] = (
    ({"area": 50_501}, None, "G2,O2"),
    ({"area": 50_500}, None, "O2"),
    ({"area": 50_501, "staffed": 3}, None, "O2"),
    ({"expected_on": day(7)}, None, "S1,O2"),
    ({"expected_on": day(8)}, None, "O2"),
    ({"expected_on": day(-400)}, None, "S1,O2"),
    ({"area": 0, "expected_on": day(1)}, None, "S1"),
    ({}, {"opened_on": day(-365)}, "O1,O2"),
    ({}, {"opened_on": day(-364)}, "O2"),
    ({}, {"opened_on": day(-1), "status": "CANCELLED"}, "G3,O2"),
    ({}, {"amount_minor": 10_000, "amount_currency": "CNY"}, "G1,O2"),
    ({}, {"amount_minor": 9_999, "amount_currency": "CNY"}, "O2"),
    ({"format": "CONVENIENCE", "licensed": True, "area": 175_000}, None, "P1,G2,O2"),
    ({"format": "CONVENIENCE", "licensed": True, "area": 174_999}, None, "G2,O2"),
    ({"format": "CONVENIENCE", "area": 200_000}, None, "P1,G2,O2"),
)


def test_boundaries(shop: Shop) -> None:
    customers = []
    for profile, holding, _ in BOUNDARIES:
        customers.append(shop.customer(**profile))
        if holding is not None:
            shop.add("Holding", customers[-1], **{"kind": "PRODUCT", "status": "ACTIVE"} | holding)
    shop.grade()
    expected = [met for _, _, met in BOUNDARIES]
    assert [shop.by_sql(customer).met_text for customer in customers] == expected
    assert [shop.by_python(customer).met_text for customer in customers] == expected


def test_a_day_that_passes_moves_a_customer_and_nobody_else_is_written(shop: Shop) -> None:
    waits, soon = shop.customer(area=0, expected_on=day(10)), shop.customer(area=0, expected_on=day(1))
    assert shop.grade().changed == 2
    assert [shop.current(one).band for one in (waits, soon)] == ["OTHER", "SOON"]
    for number, moved in ((1, 0), (2, 0), (3, 1), (4, 0)):
        now = MIDNIGHT + timedelta(days=number)
        # On the second day the expected day of the other one is over: nothing that he met has changed but O2.
        assert shop.grade(waits, now=now).changed == moved
        assert shop.by_sql(waits) == shop.by_python(waits, now)


def test_of_two_rows_of_one_moment_the_later_id_is_the_newest(shop: Shop) -> None:
    customer = shop.customer()
    for kind, row in (("VISIT", 7), ("CALL", 9), ("VISIT", 8)):
        shop.add("Interaction", customer, occurred_at=MIDNIGHT, kind=kind, id=UUID(int=row))
    shop.grade()
    assert dict(shop.by_sql(customer).facts)["kind"] == "CALL"
    assert shop.by_sql(customer) == shop.by_python(customer)


def test_a_moment_counts_on_the_day_of_the_legal_entity(shop: Shop) -> None:
    before, after = shop.customer(), shop.customer()
    shop.add("Interaction", before, occurred_at=MIDNIGHT - TICK, kind="CALL")
    shop.add("Interaction", after, occurred_at=MIDNIGHT, kind="CALL")
    shop.grade()
    assert [dict(shop.by_sql(one).facts)["seenOn"] for one in (before, after)] == ["2026-03-07", "2026-03-08"]
