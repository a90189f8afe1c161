"""《客户信息管理办法》第四、五条,从前台看:登记、定级、认定、业主 — the plugin from its callers' side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import kehu_realestate
from kehu.testing import World, world

VISIT = """
mutation ($input: RealestateVisitInput!, $key: String!) {
  recordRealestateVisit(input: $input, idempotencyKey: $key) {
    ... on RecordRealestateVisitSuccess { id customer { realestate { source } grades { band } } }
    ... on Problems { problems { code path } }
  }
}
"""
OWNER = """
mutation ($input: RealestateOwnerInput!, $key: String!) {
  recordRealestateOwner(input: $input, idempotencyKey: $key) {
    ... on RecordRealestateOwnerSuccess { id customer { realestate { source } grades { band bandLabel { zh } } } }
    ... on Problems { problems { code path } }
  }
}
"""
PROPOSE = """
mutation ($customer: ID!, $kind: JudgementKind!, $evidence: FreeText!, $key: String!) {
  proposeJudgement(customer: $customer, kind: $kind, evidence: $evidence, idempotencyKey: $key) {
    ... on ProposeJudgementSuccess { id customer { grades { band } } }
  }
}
"""
DECIDE = """
mutation ($id: ID!, $key: String!) {
  decideJudgement(id: $id, expectedVersion: 1, approve: true, idempotencyKey: $key) {
    ... on DecideJudgementSuccess { customer { grades { band } } }
  }
}
"""
GRADES = "query ($id: ID!) { customer(id: $id) { grades { band met explanation { zh } } } }"
WHY = GRADES.replace("query ($id: ID!)", 'query ($id: ID!, $why: Reason!) @purpose(code: "SERVICE", reason: $why)')

VISITOR = {"name": "欧阳示例", "telephone": "13900001234", "visitedAt": "2026-11-20T10:00:00+08:00", "source": "VISIT"}
BUYER = {
    "name": "诸葛示例", "telephone": "13900004321", "unitSold": "3幢2单元1201", "propertyType": "APARTMENT",
    "price": {"amount": "8000000.00", "currency": "CNY"}, "discount": "九八折",
    "address": {"province": "广东省", "city": "佛山市", "district": "顺德区"}, "externalId": "MY-1", "project": "P01",
}  # fmt: skip


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[World]:
    with world(tmp_path, database_url, (kehu_realestate,)) as made:
        yield made


def taken(answer: dict[str, Any]) -> dict[str, Any]:
    [result] = answer["data"].values()
    assert "problems" not in result, result
    return dict(result)


@pytest.mark.rule("S17.R06", "S17.R18", "S17.R20")
def test_an_ordinary_visitor_is_e_at_once(office: World) -> None:
    made = taken(office.ask(office.principal(every=True), VISIT, input=VISITOR, key="1"))
    assert made["customer"] == {"realestate": {"source": "VISIT"}, "grades": [{"band": "E"}]}


@pytest.mark.rule("S17.R17")
def test_a_visitor_who_intends_to_buy_is_d(office: World) -> None:
    said = {**VISITOR, "purchaseIntention": True}
    assert taken(office.ask(office.principal(every=True), VISIT, input=said, key="1"))["customer"]["grades"] == [
        {"band": "D"}
    ]


@pytest.mark.rule("S17.R07")
@pytest.mark.parametrize("source", [None, "", "FRIEND"])
def test_a_source_that_is_none_of_the_five_is_refused(office: World, source: str | None) -> None:
    said = {k: v for k, v in {**VISITOR, "source": source}.items() if v is not None}
    answer = office.ask(office.principal(every=True), VISIT, input=said, key="1")
    assert answer["errors"][0]["extensions"]["code"] == "VARIABLE_INVALID"


@pytest.mark.rule("S17.R14", "S17.R22", "S17.R07")
@pytest.mark.parametrize(("price", "band"), [("8000000.00", "B"), ("7999999.99", "C")])
def test_an_owner_of_800_wan_is_b(office: World, price: str, band: str) -> None:
    said = {**BUYER, "price": {"amount": price, "currency": "CNY"}}
    made = taken(office.ask(office.principal(every=True), OWNER, input=said, key="1"))
    assert made["customer"]["grades"][0]["band"] == band
    assert made["customer"]["realestate"] == {"source": "OWNER"}  # 已购买房产业主


@pytest.mark.rule("S17.R22")
@pytest.mark.parametrize("left_out", ["unitSold", "price", "discount", "address"])
def test_an_owner_without_one_of_the_four_is_refused(office: World, left_out: str) -> None:
    said = {k: v for k, v in BUYER.items() if k != left_out}
    answer = office.ask(office.principal(every=True), OWNER, input=said, key="1")
    assert answer["errors"][0]["extensions"]["code"] == "VARIABLE_INVALID"


@pytest.mark.rule("S17.R23")
def test_the_same_mingyuan_number_updates_the_owner(office: World) -> None:
    clerk = office.principal(every=True)
    first = taken(office.ask(clerk, OWNER, input=BUYER, key="1"))
    dearer = {**BUYER, "price": {"amount": "50000000.00", "currency": "CNY"}}
    again = taken(office.ask(clerk, OWNER, input=dearer, key="2"))
    assert again["id"] == first["id"]
    held = office.data(clerk, "{ customers { totalCount nodes { holdings { externalId } } } }")["customers"]
    assert held == {"totalCount": 1, "nodes": [{"holdings": [{"externalId": "MY-1"}]}]}
    assert again["customer"]["grades"][0]["band"] == "A"


@pytest.mark.rule("S17.R10")
@pytest.mark.promise(5)
def test_a_villa_owner_is_a_only_after_somebody_else_confirmed_his_influence(office: World) -> None:
    director = office.principal(every=True, staff="M001", client="one")
    manager = office.principal(every=True, staff="M002", client="two")
    villa = {**BUYER, "propertyType": "DETACHED_VILLA", "price": {"amount": "6000000.00", "currency": "CNY"}}
    customer = taken(office.ask(director, OWNER, input=villa, key="1"))["id"]
    proposed = taken(
        office.ask(director, PROPOSE, customer=customer, kind="INFLUENCE_FIELD", evidence="行业协会会长", key="2")
    )
    assert proposed["customer"]["grades"][0]["band"] == "B"
    alone = office.ask(director, DECIDE, id=proposed["id"], key="3")
    assert alone["errors"][0]["extensions"]["code"] == "SAME_PERSON"
    decided = taken(office.ask(manager, DECIDE, id=proposed["id"], key="4"))
    assert decided["customer"]["grades"][0]["band"] == "A"


@pytest.mark.rule("S17.R15")
def test_the_reason_of_b3_is_hidden_from_who_may_not_read_judgements(office: World) -> None:
    director = office.principal(every=True, staff="M001", client="one")
    manager = office.principal(every=True, staff="M002", client="two")
    flat = {**BUYER, "price": {"amount": "1000000.00", "currency": "CNY"}}
    customer = taken(office.ask(director, OWNER, input=flat, key="1"))["id"]
    made = taken(office.ask(director, PROPOSE, customer=customer, kind="OFFICIAL", evidence="任职文件", key="2"))
    taken(office.ask(manager, DECIDE, id=made["id"], key="3"))
    without = office.principal(*(s for s in director.scopes if not s.startswith("customer.judgement")))
    answer = office.ask(without, WHY, id=customer, why="核对等级")
    assert answer["data"]["customer"]["grades"][0] == {"band": "B", "met": None, "explanation": None}
    assert "customer.judgement:read" in answer["errors"][0]["extensions"]["required"]
    [grade, *_] = office.data(director, WHY, id=customer, why="核对等级")["customer"]["grades"]
    assert grade["met"] == "B3,C1"
    assert "政府重要官员" in grade["explanation"]["zh"]
