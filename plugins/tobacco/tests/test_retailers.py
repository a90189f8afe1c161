"""零售客户基础信息数据库(S14 第一部分) — one form, one search, nothing without the basic record."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from kehu_tobacco.demo import DEMOS
from kehu_tobacco.roles import CONSUMER_CLERK, ENTRY_CLERK

from .conftest import ADDRESS, COMPANY, TRADER, but

if TYPE_CHECKING:
    from .conftest import Office

FOUND = """
query ($licence: LookupValue!, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  lookup(by: TOBACCO_SHOP_LICENCE, value: $licence) {
    name contacts { mobile } addresses { kind value { display } }
    tobaccoShops { code licence shopName format marketArea floorArea payment address { district } }
  }
}
"""
BOUGHT = """
query ($id: ID!, $why: Reason!) @purpose(code: "STATISTICS", reason: $why) {
  customer(id: $id) { tobaccoShops { purchases { boughtOn category quantity amount { display } } }
                      tobaccoConsumption { category quantity } tobaccoConsumer { payment } }
}
"""
MEASURES = "{ measures { document statements { topic text { zh } cites } } }"
PURCHASE = {"boughtOn": "2026-11-01", "category": "CLASS_2", "quantity": 20,
            "amount": {"amount": "3000.00", "currency": "CNY"}}  # fmt: skip
CONSUMER = {
    "name": "司徒示例", "telephone": "13900005555", "residence": ADDRESS, "payment": "MOBILE_PAYMENT",
    "registeredOn": "2026-11-20", "bought": [{"boughtOn": "2026-11-19", "category": "CIGAR", "quantity": 1}],
}  # fmt: skip


@pytest.mark.rule("S14.R02", "S14.R03", "S14.R04", "S14.R06")
def test_a_shop_is_registered_by_one_form_found_by_one_search_and_renewed(office: Office) -> None:
    clerk = office.holder(ENTRY_CLERK)
    assert "id" in office.fill("sole_trader", TRADER, clerk)
    found = office.data(FOUND, licence=TRADER["licence"], why="客户来电")["lookup"]
    [shop] = found["tobaccoShops"]
    assert (found["name"], found["contacts"][0]["mobile"]) == ("欧阳示例", "13900001234")
    assert "顺德区" in found["addresses"][0]["value"]["display"]
    assert (shop["format"], shop["marketArea"], shop["floorArea"], shop["payment"]) == (
        "GROCERY", "VILLAGE", "36.5", "CASH",
    )  # fmt: skip
    # The same shop again, which now pays by mobile and has grown: renewed, not doubled.
    assert "id" in office.fill("sole_trader", but(TRADER, payment="MOBILE_PAYMENT", floorArea="50"), clerk)
    [shop] = office.data(FOUND, licence=TRADER["licence"], why="客户来电")["lookup"]["tobaccoShops"]
    assert (shop["payment"], shop["floorArea"]) == ("MOBILE_PAYMENT", "50")
    office.taken("company", COMPANY)
    both = office.data("{ customers(filter: {tobaccoShops: {format: {in: [GROCERY, SUPERMARKET]}}}) { totalCount } }")
    assert both["customers"]["totalCount"] == 2


MISTAKES = [
    *(("sole_trader", but(TRADER, name), "REQUIRED", name) for name in (
        "name", "telephone", "residence", "code", "licence", "shopName", "format", "marketArea", "address", "payment",
    )),
    *(("company", but(COMPANY, name), "REQUIRED", name) for name in ("organisationName", "legalRepresentative")),
    ("sole_trader", but(TRADER, licence="44060610000"), "TOBACCO_LICENCE_LENGTH", "licence"),
    ("sole_trader", but(TRADER, licence="4406061000012"), "TOBACCO_LICENCE_LENGTH", "licence"),
    ("sole_trader", but(TRADER, licence="440606300001"), "TOBACCO_LICENCE_FORMAT", "licence"),
    ("sole_trader", but(TRADER, format="KIOSK"), "CODE_UNKNOWN", "format"),
    ("sole_trader", but(TRADER, marketArea="CITY"), "CODE_UNKNOWN", "marketArea"),
    ("sole_trader", but(TRADER, payment="CHEQUE"), "CODE_UNKNOWN", "payment"),
    ("sole_trader", but(TRADER, telephone="1390000123"), "MOBILE_LENGTH", "telephone"),
    ("consumer_card", but(CONSUMER, payment="CHEQUE"), "CODE_UNKNOWN", "payment"),
]  # fmt: skip


@pytest.mark.rule("S14.R04", "S14.R06")
def test_each_mistake_gets_a_message_that_names_the_field(quick_office: Office) -> None:
    for form, said, code, place in MISTAKES:
        assert quick_office.refused(form, said) == [(code, place)], (form, place)
    assert quick_office.data("{ customers { totalCount } }")["customers"]["totalCount"] == 0


@pytest.mark.rule("S14.R02", "S14.R04")
def test_purchases_and_services_need_the_basic_record(office: Office) -> None:
    said = {"code": TRADER["code"], "purchases": [PURCHASE]}
    surveyed = {"code": TRADER["code"], "edition": "2026-2", "answeredOn": "2026-11-20", "needs": "希望增加二类烟"}
    visited = {"code": TRADER["code"], "visits": [{"method": "VISIT", "doneAt": "2026-11-20T10:00:00+08:00"}]}
    services = (("purchases", said), ("survey", surveyed), ("upkeep", visited))
    for form, entry in services:
        assert office.refused(form, entry) == [("ABOUT_UNKNOWN", "code")], form
    customer = office.taken("sole_trader", TRADER)
    for form, entry in services:
        assert office.taken(form, entry) == customer, form
    wrong = {"code": TRADER["code"], "purchases": [but(PURCHASE, category="CLASS_6")]}
    assert office.refused("purchases", wrong) == [("CODE_UNKNOWN", "purchases/0/category")]
    [shop] = office.data(BOUGHT, id=customer, why="统计")["customer"]["tobaccoShops"]
    assert shop["purchases"] == [
        {"boughtOn": "2026-11-01", "category": "CLASS_2", "quantity": 20, "amount": {"display": "CNY 3,000.00"}}
    ]


def test_consumers_stand_apart_from_retailers(office: Office) -> None:
    """C-32: the text's 顾客 are consumers; they have no shop, no grade and another module."""
    result = office.fill("consumer_card", CONSUMER, office.holder(CONSUMER_CLERK))
    assert "id" in result, result
    seen = office.data(BOUGHT, id=result["id"], why="统计")["customer"]
    assert seen == {
        "tobaccoShops": [], "tobaccoConsumption": [{"category": "CIGAR", "quantity": 1}],
        "tobaccoConsumer": {"payment": "MOBILE_PAYMENT"},
    }  # fmt: skip
    retailing = office.fill("sole_trader", TRADER, office.holder(CONSUMER_CLERK))
    assert "customer.tobacco:write" in retailing["required"]
    registering = office.fill("consumer_card", CONSUMER, office.holder(ENTRY_CLERK))
    assert "customer.tobacco.consumer:write" in registering["required"]


def test_the_forms_take_what_the_demo_submits(quick_office: Office) -> None:
    for demo in DEMOS:
        for typed in demo.submissions(Random(7), 8):
            lines = {name: {"detail": typed[name]} for name in ("residence", "address") if name in typed}
            quick_office.taken(demo.form.removeprefix("tobacco."), {**typed, **lines})


@pytest.mark.rule("S14.R01")
def test_the_measure_says_what_it_is_for(quick_office: Office) -> None:
    measures = quick_office.world.data(quick_office.world.principal("schema:read"), MEASURES)["measures"]
    [told] = [one["statements"] for one in measures if one["document"] == "S14"]
    assert told == [{
        "topic": "PURPOSE", "text": {"zh": "建立科学、规范的零售客户基础信息管理方式"}, "cites": ["S14.R01"],
    }]  # fmt: skip
