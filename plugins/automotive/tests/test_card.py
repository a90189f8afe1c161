"""A卡,从展厅看 — the A-card from its users' side (S12 §1.2): four blocks, the whole process, the final result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kehu_automotive.roles import CONSULTANT, MARKETING, SHOWROOM_MANAGER

from .conftest import CARD, DEAL, ENTRY, FOLLOW_UP, LOST, but

if TYPE_CHECKING:
    from .conftest import Showroom

BLOCKS = """
  name sex ageBand personal { employer industry } addresses { value { display } } contacts { mobile }
  automotiveCards {
    number presentVehicle otherContact
    model colour configuration comparedModels budget { display } purchaseManner purchasePurpose
    source favourable unfavourable resources assistance
    openedOn firstReceivedOn firstReception level expectedOn nextOn nextPlan outcome closedOn lostReason
    reviews { level recordedBy }
  }
"""
CLEAR = f"""
query ($id: ID!, $why: Reason!) @purpose(code: "AUTOMOTIVE_SALE", reason: $why) {{
  customer(id: $id) {{ {BLOCKS} followUps {{ doneAt method content automotive {{ objections }} }} }}
}}
"""
MASKED = f"query ($id: ID!) {{ customer(id: $id) {{ {BLOCKS} }} }}"
BY_MODEL = """
query ($model: String!) {
  customers(filter: {automotiveCards: {model: {eq: $model}}}) { totalCount }
}
"""
WAITING = """
{ customers(filter: {automotiveCards: {assistance: {eq: WAITING}, outcome: {eq: OPEN}}}) { nodes { id } } }
"""
REMINDERS = """
query ($day: Day!) {
  customers(filter: {automotiveCards: {outcome: {eq: OPEN}, nextOn: {lt: $day}}}) { nodes { id } }
}
"""
HISTORY = """
query ($id: ID!, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  customer(id: $id) {
    stage
    interactions { occurredAt summary automotive { testDrive } }
    automotiveDrives { drivenAt model }
    followUps { doneAt content automotive { objections } }
    automotiveCards { number outcome closedOn lostReason reviews { level } }
    holdings { kind amount { display } automotive { model deliveredOn } }
  }
}
"""
SIGN = """
mutation ($card: ID!, $key: String!) {
  addAutomotiveCardReview(parent: $card, input: {level: A}, idempotencyKey: $key) {
    ... on AddAutomotiveCardReviewSuccess { automotiveCardReview { level recordedBy collectedAt } }
  }
}
"""


@pytest.mark.rule("S12.R17", "S12.R18", "S12.R20")
def test_the_blocks_of_the_card_are_read_back_and_masked(showroom: Showroom) -> None:
    made = showroom.world
    customer = showroom.taken("a_card", CARD)
    seen = showroom.data(CLEAR, id=customer, why="跟进")["customer"]
    [card] = seen["automotiveCards"]
    assert (seen["name"], seen["sex"], seen["ageBand"]) == ("欧阳示例", "MALE", "A35_44")
    assert seen["personal"] == {"employer": "示例机电有限公司", "industry": "制造业"}
    assert seen["contacts"] == [{"mobile": "13900001234"}]
    assert "示例路1号" in seen["addresses"][0]["value"]["display"]
    told = but(
        CARD, "budget", "visits", "name", "sex", "age", "employer", "industry", "address", "telephone", "cardNumber"
    )
    assert {name: card[name] for name in told} == told
    assert card["budget"] == {"display": "CNY 250,000.00"}
    assert (card["number"], card["outcome"], card["reviews"]) == ("A000001", "OPEN", [])
    assert seen["followUps"] == [
        {
            "doneAt": "2026-11-21T02:00:00Z",
            "method": "CALL",
            "content": "已发送报价单",
            "automotive": {"objections": "嫌价格高"},
        }
    ]
    outsider = made.principal(*CONSULTANT.scopes, purposes=(), staff="S002", client="outsider")
    masked = made.ask(outsider, MASKED, id=customer)["data"]["customer"]
    assert masked["name"] == "欧阳**"
    assert masked["contacts"] == [{"mobile": "139****1234"}]
    assert masked["personal"]["employer"] == "示例***"
    hidden = ("presentVehicle", "otherContact", "favourable", "unfavourable", "resources", "firstReception", "nextPlan")
    assert {masked["automotiveCards"][0][name] for name in hidden} == {"***"}
    assert masked["automotiveCards"][0]["model"] == "示例SUV 2.0T"


@pytest.mark.rule("S12.R18", "S12.R20")
def test_cards_are_listed_by_model_and_by_what_they_wait_for(showroom: Showroom) -> None:
    waiting = showroom.taken("a_card", CARD)
    showroom.taken(
        "a_card", but(CARD, telephone="13900004321", name="诸葛示例", cardNumber="A000002", assistance="PROVIDED")
    )
    showroom.taken(
        "a_card", but(CARD, telephone="13900005555", name="司徒示例", cardNumber="A000003", model="示例轿车")
    )
    assert showroom.data(BY_MODEL, model="示例SUV 2.0T")["customers"]["totalCount"] == 2
    assert showroom.data(BY_MODEL, model="示例轿车")["customers"]["totalCount"] == 1
    showroom.taken("lost", but(LOST, telephone="13900005555", name="司徒示例", cardNumber="A000003"))
    manager = showroom.world.principal(*SHOWROOM_MANAGER.scopes, purposes=SHOWROOM_MANAGER.purposes, staff="M002")
    assert showroom.world.data(manager, WAITING)["customers"]["nodes"] == [{"id": waiting}]


@pytest.mark.rule("S12.R16", "S12.R24")
def test_a_card_keeps_the_whole_process_to_its_result(showroom: Showroom) -> None:
    customer = showroom.taken("register", ENTRY)
    assert showroom.taken("a_card", CARD) == customer
    drive = but(FOLLOW_UP, "cardNumber", "doneAt", "method", "content", "objections", "level", "nextOn", "nextPlan")
    drive |= {"drivenAt": "2026-11-22T15:00:00+08:00", "model": "示例SUV 2.0T", "impression": "动力好"}
    for form, said in (("test_drive", drive), ("follow_up", FOLLOW_UP)):
        showroom.world.clock.forward(minutes=10)
        assert showroom.taken(form, said) == customer
    assert showroom.data(REMINDERS, day="2026-11-26")["customers"]["nodes"] == [{"id": customer}]
    for left_out in ("closedOn", "lostReason"):
        assert showroom.refused("lost", but(LOST, left_out)) == [[left_out]]
    assert showroom.taken("deal", DEAL) == customer
    assert showroom.data(REMINDERS, day="2026-11-26")["customers"]["nodes"] == []
    kept = showroom.data(HISTORY, id=customer, why="查看A卡")["customer"]
    assert kept["stage"] == "ACTIVE"
    assert [row["summary"] for row in kept["interactions"]] == ["询问落地价格"]
    assert [row["drivenAt"] for row in kept["automotiveDrives"]] == ["2026-11-22T07:00:00Z"]
    assert [(row["content"], row["automotive"]["objections"]) for row in kept["followUps"]] == [
        ("同意周六试驾", "希望赠送保养"),
        ("已发送报价单", "嫌价格高"),
    ]
    assert kept["automotiveCards"] == [
        {"number": "A000001", "outcome": "DEAL", "closedOn": "2026-11-23", "lostReason": None, "reviews": []}
    ]
    assert kept["holdings"] == [
        {
            "kind": "VEHICLE",
            "amount": {"display": "CNY 238,000.00"},
            "automotive": {"model": "示例SUV 2.0T", "deliveredOn": None},
        }
    ]
    offered = showroom.data('{ __type(name: "Mutation") { fields { name } } }')["__type"]["fields"]
    assert not [field["name"] for field in offered if field["name"].startswith(("delete", "remove"))]


def test_only_a_supervisor_signs(showroom: Showroom) -> None:
    made = showroom.world
    customer = showroom.taken("a_card", CARD)
    [card] = showroom.data("query ($id: ID!) { customer(id: $id) { automotiveCards { id } } }", id=customer)[
        "customer"
    ]["automotiveCards"]
    consultant = made.principal(*CONSULTANT.scopes, purposes=CONSULTANT.purposes, staff="S001", client="consultant")
    manager = made.principal(*SHOWROOM_MANAGER.scopes, purposes=SHOWROOM_MANAGER.purposes, staff="M002", client="boss")
    refused = made.ask(consultant, SIGN, card=card["id"], key="1")
    assert refused["errors"][0]["extensions"]["code"] == "SCOPE_MISSING"
    signed = made.data(manager, SIGN, card=card["id"], key="2")["addAutomotiveCardReview"]["automotiveCardReview"]
    assert signed == {"level": "A", "recordedBy": "boss", "collectedAt": "2026-11-23T04:00:00Z"}


def test_analysts_see_cards_without_names_and_telephones(showroom: Showroom) -> None:
    customer = showroom.taken("a_card", CARD)
    analyst = showroom.world.principal(*MARKETING.scopes, purposes=MARKETING.purposes, client="analyst")
    answer = showroom.world.ask(analyst, MASKED, id=customer)
    seen = answer["data"]["customer"]
    assert (seen["name"], seen["contacts"]) == (None, [{"mobile": None}])
    assert seen["automotiveCards"][0]["model"] == "示例SUV 2.0T"
