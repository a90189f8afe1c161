"""Filled-in forms: whom they are about, what is kept of them, and that nothing said is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from kehu.access.fetch import global_id
from kehu.customers.differing import differing
from kehu.errors import Forbidden, Invalid, NotFound
from kehu.store.system import duplicate_case
from kehu.vocabulary.base import opened

from .conftest import VISIT, Office

OWNER = {
    "name": "欧阳示例",
    "telephone": "13900001234",
    "unitSold": "3栋501",
    "propertyType": "APARTMENT",
    "price": {"amount": "3000000.00", "currency": "CNY"},
    "discount": "九八折",
    "address": {"province": "广东省", "city": "佛山市", "district": "顺德区", "road": "新悦路8号"},
    "project": "P01",
    "externalId": "MY000001",
}


def own(office: Office, **values: object) -> Any:
    data = {**OWNER, **values}
    return office.world.installation.submissions.record_form(office.request(), "realestate.owner", data)


def cases(office: Office) -> list[Any]:
    with office.world.installation.engines.read.connect() as conn:
        return list(conn.execute(select(duplicate_case)))


@pytest.mark.rule("S17.R06", "S17.R20", "S17.R21")
def test_a_visit_makes_a_prospect_listed_under_who_received_him(office: Office) -> None:
    made = office.visit(office.staff("S001", unit="P01"), purchaseIntention=True)
    [customer] = office.clear("Customer", made.customer)
    assert (customer["name"], customer["stage"]) == ("欧阳示例", "PROSPECT")
    assert [row.kind for row in office.rows("interaction", made.customer)] == ["VISIT"]
    [owner] = office.rows("ownership", made.customer)
    assert owner.staff == office.staff("S001").staff
    assert office.band(made.customer) == "D"


def test_the_same_mobile_attaches_and_overwrites_nothing(office: Office) -> None:
    first = office.visit(sincerity="LOW")
    again = office.visit(
        name="欧阳先生", sincerity="HIGH", ageBand="A35_44", purchaseIntention=True,
        visitedAt="2026-11-09T10:00:00+08:00",
    )  # fmt: skip
    assert again.customer == first.customer
    [customer] = office.clear("Customer", first.customer)
    [profile] = office.clear("RealestateProfile", first.customer)
    assert (customer["name"], customer["ageBand"]) == ("欧阳示例", "A35_44")
    assert (profile["sincerity"], profile["purchaseIntention"]) == ("LOW", True)
    assert len(office.rows("contact_point", first.customer)) == 1
    assert said_of(office, first.customer) == {
        ("Customer", "name"): "欧阳先生", ("RealestateProfile", "sincerity"): "HIGH",
    }  # fmt: skip
    assert cases(office) == []


def said_of(office: Office, customer: UUID) -> dict[tuple[str, str], object]:
    context = office.world.installation.context
    with context.engines.read.connect() as conn:
        found = differing(context, conn, office.staff("M002"), customer)
    return {(one.record.name, one.field.name): opened(one.value) for one in found}


DIFFERING = "{ differingValues(customer: $id) { record field value effect form } }"


@pytest.mark.promise(2)
def test_what_differs_is_shown_as_its_field_is(office: Office, entries: Callable[[], list[Any]]) -> None:
    """Not as the remark is: whoever may read notes in clear needn't be allowed to read names."""
    made = office.visit()
    office.visit(name="欧阳先生", sincerity="HIGH")
    office.visit(sincerity="LOW")
    id_ = global_id(office.world.installation.registry.records["Customer"], made.customer, None)

    def seen(*scopes: str, unit: str | None = None) -> dict[str, Any]:
        query = f'query ($id: ID!, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {DIFFERING}'
        return office.world.ask(office.world.principal(*scopes, unit=unit), query, id=id_, why="核对")

    def values(*scopes: str) -> dict[str, tuple[str, str | None]]:
        found = seen(*scopes)["data"]["differingValues"]
        return {one["field"]: (one["effect"], one["value"]) for one in found}

    core = "customer.core:read"
    assert values(core, "customer.note:reveal") == {"name": ("denied", None), "sincerity": ("clear", "LOW")}
    assert values(core, "customer.identity:read")["name"] == ("masked", "欧阳**")
    assert values(core, "customer.identity:reveal")["name"] == ("clear", "欧阳先生")
    assert seen("customer.note:reveal")["errors"][0]["extensions"]["code"] == "SCOPE_MISSING"
    assert seen(core, unit="P02")["errors"][0]["extensions"]["code"] == "NOT_FOUND"
    assert [one.detail["Customer.differing"] for one in entries() if "Customer.differing" in one.detail] == [1]


@pytest.mark.promise(2)
def test_the_same_mobile_outside_the_scope_is_a_new_customer_and_a_case(office: Office) -> None:
    other = office.visit(office.staff("S003", unit="P02"))
    mine = office.visit(office.staff("S001", unit="P01"))
    assert mine.customer != other.customer
    [case] = cases(office)
    assert (case.customer_id, case.other_id) == tuple(sorted((mine.customer, other.customer)))
    assert (case.rule, case.state) == ("core.mobile", "OPEN")
    assert (mine.version, mine.replayed) == (other.version, other.replayed)


@pytest.mark.rule("S17.R07", "S17.R22", "S17.R23")
def test_a_visitor_who_buys_becomes_an_owner_and_the_same_number_again_updates(office: Office) -> None:
    visitor = office.visit()
    owner = own(office)
    assert owner.customer == visitor.customer
    assert office.clear("Customer", owner.customer)[0]["stage"] == "ACTIVE"
    assert office.band(owner.customer) == "C"
    own(
        office,
        price={"amount": "8000000.00", "currency": "CNY"},
        propertyType="DETACHED_VILLA",
        telephone="13800005678",
    )
    [holding] = office.rows("holding", owner.customer)
    [part] = office.rows("realestate_property", owner.customer)
    assert (holding.amount_minor, holding.version, part.property_type) == (800_000_000, 2, "DETACHED_VILLA")
    assert len(office.rows("address", owner.customer)) == 1
    assert len(office.rows("contact_point", owner.customer)) == 2
    assert office.band(owner.customer) == "B"


def test_a_second_property_is_a_second_holding(office: Office) -> None:
    own(office)
    again = own(office, externalId="MY000002")
    assert len(office.rows("holding", again.customer)) == 2
    assert len(office.rows("realestate_property", again.customer)) == 2


def test_many_in_one_transaction_find_each_other(office: Office) -> None:
    installation = office.world.installation
    form = installation.forms["realestate.visit"]
    from kehu.forms.submission import parse_bound

    principal = office.staff("M002")
    zone = installation.submissions.zone(principal.legal_entity)
    data = [
        {**VISIT, "telephone": f"139000012{n % 10:02}", "visitedAt": f"2026-11-{n + 1:02}T10:00:00+08:00"}
        for n in range(20)
    ]
    taken = installation.submissions.store(office.request(principal), [parse_bound(form, d, zone=zone) for d in data])
    assert len({one.customer for one in taken}) == 10
    assert len(office.rows("customer")) == 10
    assert len(office.rows("interaction")) == 20
    with pytest.raises(ValueError, match="1000"):
        installation.submissions.store(office.request(principal), [parse_bound(form, data[0], zone=zone)] * 1001)


def test_a_new_mobile_at_once_is_one_customer(office: Office) -> None:
    start = threading.Barrier(3)
    made: list[Any] = []

    def visit(number: int) -> None:
        start.wait()
        made.append(office.visit(visitedAt=f"2026-11-0{number + 1}T10:00:00+08:00").customer)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1


def test_what_is_wrong_is_named_by_form_field(office: Office) -> None:
    with pytest.raises(Invalid) as caught:
        office.visit(consultant="S999", project="P01")
    assert [(p.code, p.path) for p in caught.value.problems] == [("REFERENCE_UNKNOWN", ("consultant",))]
    with pytest.raises(Invalid) as caught:
        office.visit(telephone="139****1234", source="MOON")
    assert {(p.code, p.path) for p in caught.value.problems} == {
        ("MASK_SENT_BACK", ("telephone",)), ("CODE_UNKNOWN", ("source",)),
    }  # fmt: skip
    assert office.rows("customer") == []


def test_a_form_needs_the_scopes_of_all_that_it_writes(office: Office) -> None:
    core_only = office.world.principal("customer.core:write", staff="M002")
    office.visit(core_only)
    with pytest.raises(Forbidden) as caught:
        office.world.installation.submissions.record_form(office.request(core_only), "realestate.owner", OWNER)
    assert caught.value.extensions["required"] == ["customer.core:write", "customer.holding:write"]
    with pytest.raises(NotFound):
        office.world.installation.submissions.record_form(office.request(), "no.form", {})
