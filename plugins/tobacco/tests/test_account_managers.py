"""专职员工、统计运用、维护(S14 第二、三部分) — what the dedicated employee sees, and what statistics are used for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kehu_tobacco.roles import ACCOUNT_MANAGER, MARKETING_MANAGER

from .conftest import COMPANY, TRADER, but

if TYPE_CHECKING:
    from .conftest import Office

CONSUMED = """
query ($why: Reason!) @purpose(code: "TOBACCO_ACCOUNT", reason: $why) {
  customers(first: 10) { nodes { name tobaccoShops { code purchases { quantity amount { display } } } } }
}
"""
MODULE = "{ customers(first: 10) { nodes { tobaccoShops { code questionnaires { needs } } } } }"
USED = """
query ($kind: TobaccoStatisticsUse!, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  tobaccoProposals(first: 10, filter: {kind: {eq: $kind}}, orderBy: {field: periodUntil}) {
    nodes { periodFrom periodUntil quantity content outcome }
  }
}
"""
UPKEEP = """
query ($id: ID!, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  customer(id: $id) {
    changeEvents { kind occurredOn description } followUps { method content result }
    tobaccoShops { questionnaires { edition answeredOn needs score } }
  }
}
"""
PROPOSAL = {
    "code": TRADER["code"], "kind": "WHOLESALE_LIST", "periodFrom": "2026-07-01", "periodUntil": "2026-09-30",
    "quantity": 260, "content": "增加二类烟品规",
}  # fmt: skip


def test_the_dedicated_employee_sees_what_own_customers_bought_and_nobody_elses(office: Office) -> None:
    """S14 第二部分: of other customers, names are masked and quantities and amounts are hidden."""
    other = office.world.principal(every=True, staff="S002")
    office.taken("sole_trader", TRADER)
    assert "id" in office.fill("company", COMPANY, other)
    for code in (TRADER["code"], COMPANY["code"]):
        bought = {"boughtOn": "2026-11-01", "category": "CLASS_2", "quantity": 20,
                  "amount": {"amount": "3000.00", "currency": "CNY"}}  # fmt: skip
        office.taken("purchases", {"code": code, "purchases": [bought]})
    manager = office.holder(ACCOUNT_MANAGER, staff="S001")
    customers = office.world.data(manager, CONSUMED, why="检查消费记录")["customers"]["nodes"]
    seen = {c["tobaccoShops"][0]["code"]: (c["name"], c["tobaccoShops"][0]["purchases"]) for c in customers}
    assert seen[TRADER["code"]] == ("欧阳示例", [{"quantity": 20, "amount": {"display": "CNY 3,000.00"}}])
    name, [hidden] = seen[COMPANY["code"]]
    assert (name, hidden["quantity"]) == (None, None)
    assert hidden["amount"]["display"] != "CNY 3,000.00"


def test_who_has_one_module_sees_and_fills_in_that_module_only(office: Office) -> None:
    """S14 第一部分第2点: shop, trade and consumers are modules with scopes of their own."""
    office.taken("sole_trader", TRADER)
    one = office.world.principal("customer.core:read", "customer.tobacco:read")
    seen = office.world.ask(one, MODULE)
    assert seen["data"]["customers"]["nodes"][0]["tobaccoShops"][0]["code"] == TRADER["code"]
    refused = office.world.ask(one, "{ customers(first: 10) { nodes { tobaccoShops { purchases { category } } } } }")
    assert "customer.tobacco.trade:read" in refused["errors"][0]["extensions"]["required"]
    bought = {"code": TRADER["code"], "purchases": [{"boughtOn": "2026-11-01", "category": "CLASS_2", "quantity": 2}]}
    assert "customer.tobacco.trade:write" in office.fill("purchases", bought, one)["required"]


@pytest.mark.rule("S14.R13")
def test_updates_made_from_statistics_stand_beside_their_figures_with_their_outcome(office: Office) -> None:
    office.taken("sole_trader", TRADER)
    for kind in ("WHOLESALE_LIST", "EQUIPMENT", "SERVICE"):
        office.taken("statistics", but(PROPOSAL, kind=kind))
    assert office.refused("statistics", but(PROPOSAL, kind="DISCOUNT")) == [("CODE_UNKNOWN", "kind")]
    assert office.refused("statistics", but(PROPOSAL, "quantity")) == [("REQUIRED", "quantity")]
    office.taken("statistics", but(PROPOSAL, outcome="ADOPTED"))
    manager = office.holder(MARKETING_MANAGER)
    [seen] = office.world.data(manager, USED, kind="WHOLESALE_LIST", why="查看结果")["tobaccoProposals"]["nodes"]
    assert seen == {
        "periodFrom": "2026-07-01", "periodUntil": "2026-09-30", "quantity": 260, "content": "增加二类烟品规",
        "outcome": "ADOPTED",
    }  # fmt: skip
    [waiting] = office.world.data(manager, USED, kind="SERVICE", why="查看结果")["tobaccoProposals"]["nodes"]
    assert waiting["outcome"] == "PENDING"


def test_changes_visits_and_questionnaires_are_kept(office: Office) -> None:
    customer = office.taken("sole_trader", TRADER)
    change = {"changed": "TOBACCO_HABIT", "changedOn": "2026-11-10", "description": "改以二类烟为主"}
    visit = {"method": "VISIT", "doneAt": "2026-11-20T10:00:00+08:00", "content": "陈列检查", "result": "已整改"}
    office.taken("upkeep", {"code": TRADER["code"], "changes": [change], "visits": [visit]})
    for edition, day in (("2025-1", "2025-11-20"), ("2026-1", "2026-11-20")):
        said = {"code": TRADER["code"], "edition": edition, "answeredOn": day, "needs": "希望培训", "score": 8}
        office.taken("survey", said)
    seen = office.data(UPKEEP, id=customer, why="维护")["customer"]
    assert seen["changeEvents"] == [
        {"kind": "TOBACCO_HABIT", "occurredOn": "2026-11-10", "description": "改以二类烟为主"}
    ]
    assert seen["followUps"] == [{"method": "VISIT", "content": "陈列检查", "result": "已整改"}]
    editions = [one["edition"] for one in seen["tobaccoShops"][0]["questionnaires"]]
    assert sorted(editions) == ["2025-1", "2026-1"]
