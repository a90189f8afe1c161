"""Exact look-up: in scope only, and only so many misses a day."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from kehu.errors import Forbidden, Invalid, OverLimit

from .conftest import Office


def mobile(office: Office, value: object, *, client: str = "test-client", unit: str | None = None) -> object:
    principal = office.world.principal(every=True, unit=unit, client=client)
    return office.world.installation.lookup.find(principal, "ContactPoint", "mobile", value)


def test_a_number_is_found_however_it_is_written(office: Office) -> None:
    made = office.visit()
    for written in ("13900001234", "+86 139-0000-1234", 13900001234):
        assert mobile(office, written) == made.customer


def test_other_fields_are_found_too(office: Office) -> None:
    made = office.customer(
        kind="ORGANISATION", name=None, organisationName="示例贸易有限公司", uscc="91440606MA4UQ0XX4Y"
    )
    principal = office.staff("M002")
    found = office.world.installation.lookup.find(principal, "Customer", "uscc", "91440606MA4UQ0XX4Y")
    assert found == made.customer


@pytest.mark.promise(2)
def test_hidden_and_absent_answer_and_count_alike(office: Office) -> None:
    office.visit(office.staff("S003", unit="P02"))
    assert mobile(office, "13900001234", unit="P01") is None
    assert mobile(office, "13900009999", unit="P01") is None
    assert mobile(office, "13900001234") is not None
    assert budget(office) == {"test-client": 2}


def budget(office: Office) -> dict[str, int]:
    from sqlalchemy import select

    from kehu.store.system import lookup_budget

    with office.world.installation.engines.read.connect() as conn:
        return {row.client: row.misses for row in conn.execute(select(lookup_budget))}


@pytest.mark.promise(2)
def test_the_budget_of_misses_ends_and_begins_again_the_next_day(office: Office) -> None:
    made = office.visit()
    limit = office.world.installation.settings.lookup_misses_per_day
    for number in range(limit):
        assert mobile(office, f"1390000{5000 + number}") is None
    for value in ("13900009999", "13900001234"):
        with pytest.raises(OverLimit) as caught:
            mobile(office, value)
        assert caught.value.code == "LOOKUP_BUDGET"
        assert caught.value.extensions["stepUp"] is True
    assert mobile(office, "13900001234", client="another") == made.customer
    office.world.clock.forward(days=1)
    assert mobile(office, "13900001234") == made.customer


def test_look_ups_at_once_cannot_overdraw_the_budget(office: Office) -> None:
    context = office.world.installation.context
    lookup = type(office.world.installation.lookup)(replace(context, misses_per_day=3))
    principal = office.staff("M002")
    told: list[str] = []

    def ask(number: int) -> None:
        try:
            lookup.find(principal, "ContactPoint", "mobile", f"139000070{number:02}")
            told.append("miss")
        except OverLimit:
            told.append("over")

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told.count("miss") == 3


def test_a_look_up_needs_its_scope_and_a_whole_number(office: Office) -> None:
    with pytest.raises(Forbidden):
        office.world.installation.lookup.find(
            office.world.principal("customer.contact:read"), "ContactPoint", "mobile", "1"
        )
    with pytest.raises(Invalid) as caught:
        mobile(office, "139****1234")
    assert caught.value.code == "MASK_SENT_BACK"
    assert budget(office) == {}
