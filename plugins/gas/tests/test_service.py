"""过户、号码、更正、单据(S16 3.1.2、3.2) — what happens to a user's file after it was entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kehu_gas.roles import DATA_ENTRY, HISTORY_CHECKER, SERVICE, SLIP_CHECKER

from .conftest import CONFIRMED, HOUSEHOLD, PLACE, WRITTEN, but

if TYPE_CHECKING:
    from .conftest import Desk

NUMBER = {"number": HOUSEHOLD["number"]}
COPY = "0190a000-0000-7000-8000-00000000000"
TRANSFER = {
    **NUMBER, "transferredOn": "2026-11-20", "clearance": "CLEAR", "oldHolder": "欧阳示例", "newHolder": "司徒示例",
    "certificateCopy": f"{COPY}1", "oldHolderIdCopy": f"{COPY}2", "newHolderIdCopy": f"{COPY}3",
    "successor": [{"name": "司徒示例", "mobile": "13900008888"}],
}  # fmt: skip
ARCHIVING = {**NUMBER, "contractText": "TRANSFERRED", "greenFlagOrders": "MOVED", "archivedOn": "2026-11-21"}
SLIP = {
    **NUMBER, "slip": "WORK_ORDER", "sourceSystem": "SAP_CCS", "slipNumber": "GD-1", "kind": "CONVERSION",
    "openedOn": "2026-11-20", "content": "置换点火,更换软管一根", "resultItem": "WRITTEN", "result": "已点火,试压合格",
    "remarkItem": "BLANK",
}  # fmt: skip
TRANSFERS = """
{ gasTransfers(first: 10, orderBy: {field: transferredOn}) {
  totalCount nodes { mark transferredOn clearance oldHolder newHolder certificateCopy }
} }
"""
HOLDERS = """
query ($id: ID!, $why: Reason!) @purpose(code: "GAS_FILE_UPKEEP", reason: $why) {
  customer(id: $id) {
    gasAccounts { transfers { mark transferredOn oldHolder newHolder } transferArchives { archivedOn } }
    relationships { kind other { name stage } }
  }
}
"""
PHONES = """
query ($id: ID!, $why: Reason!) @purpose(code: "GAS_FILE_UPKEEP", reason: $why) {
  customer(id: $id) {
    name contacts { kind mobile landline gasConfirmation { confirmedOn } }
    gasAccounts { address { written { detail } } }
  }
}
"""
WAITING = """
{ customers(filter: {gasCorrections: {state: {eq: REGISTERED}}}) {
  totalCount nodes { version gasCorrections { id version item slipNumber state } }
} }
"""
ENTERED = """
mutation ($id: ID!, $version: Int!, $key: String!) {
  changeGasCorrection(id: $id, expectedVersion: $version, input: {state: ENTERED}, idempotencyKey: $key) {
    ... on ChangeGasCorrectionSuccess { gasCorrection { state } }
  }
}
"""
RENAME = """
mutation ($id: ID!, $version: Int!, $name: PersonName!) {
  changeCustomer(id: $id, expectedVersion: $version, input: {name: $name}, idempotencyKey: "rename") {
    ... on ChangeCustomerSuccess { id }
  }
}
"""
ORDERS = """
query ($why: Reason!) @purpose(code: "GAS_FILE_UPKEEP", reason: $why) {
  gasWorkOrders(first: 10, orderBy: {field: openedOn}) {
    nodes { id slip sourceSystem number content resultItem result remarkItem remark state }
  }
}
"""
QUERY_SLIP = """
mutation ($id: ID!, $staff: ID!, $doubt: FreeText!) {
  addGasSlipQuery(
    parent: $id, idempotencyKey: "query", input: {doubt: $doubt, concerned: $staff, replyBy: "2026-11-27"}
  ) { ... on AddGasSlipQuerySuccess { gasSlipQuery { state concerned { code } replyBy } } }
}
"""
PROPOSE = """
mutation ($customer: ID!, $evidence: FreeText!) {
  proposeJudgement(
    customer: $customer, kind: GAS_SLIP_AS_WRITTEN, evidence: $evidence, idempotencyKey: "propose"
  ) { ... on ProposeJudgementSuccess { id } }
}
"""
DECIDE = """
mutation ($id: ID!, $key: String!) {
  decideJudgement(id: $id, expectedVersion: 1, approve: true, idempotencyKey: $key) {
    ... on DecideJudgementSuccess { judgement { status decidedBy decidedAt } }
  }
}
"""
MEASURES = """
query ($staff: String) { measures(staff: $staff) { document statements { topic text { zh } cites } } }
"""


@pytest.mark.rule("S16.R12")
def test_a_transferred_contract_bears_the_mark_and_every_transfer_is_found(desk: Desk) -> None:
    customer = desk.taken("household", HOUSEHOLD)
    desk.taken("holder_change", TRANSFER)
    auditor = desk.holder(HISTORY_CHECKER)
    listed = desk.world.data(auditor, TRANSFERS)["gasTransfers"]
    assert listed["totalCount"] == 1
    assert listed["nodes"][0] == {
        "mark": "TRANSFERRED", "transferredOn": "2026-11-20", "clearance": "CLEAR", "oldHolder": "欧阳**",
        "newHolder": "司徒**", "certificateCopy": "***",
    }  # fmt: skip
    clerk = desk.holder(DATA_ENTRY, staff="S001")
    seen = desk.world.data(clerk, HOLDERS, id=customer, why="历史核查")["customer"]
    assert seen["gasAccounts"][0]["transfers"] == [
        {"mark": "TRANSFERRED", "transferredOn": "2026-11-20", "oldHolder": "欧阳示例", "newHolder": "司徒示例"}
    ]
    [link] = seen["relationships"]
    assert link == {"kind": "GAS_NEW_HOLDER", "other": {"name": "司徒示例", "stage": "ACTIVE"}}


def test_a_transfer_needs_clearance_and_copies_and_its_archiving_needs_both_steps(quick_desk: Desk) -> None:
    """S16 3.1.2(1), as far as the form can see it: conditions, evidence, what comes before archiving."""
    assert quick_desk.refused("holder_change", TRANSFER) == [("ABOUT_UNKNOWN", "number")]
    quick_desk.taken("household", HOUSEHOLD)
    for said, code, place in (
        (but(TRANSFER, clearance="IN_ARREARS"), "CODE_UNKNOWN", "clearance"),
        *((but(TRANSFER, name), "REQUIRED", name) for name in (
            "clearance", "certificateCopy", "oldHolderIdCopy", "newHolderIdCopy", "oldHolder", "newHolder",
        )),
    ):  # fmt: skip
        assert quick_desk.refused("holder_change", said) == [(code, place)]
    for name in ("contractText", "greenFlagOrders"):
        assert quick_desk.refused("archiving", but(ARCHIVING, name)) == [("REQUIRED", name)]
        assert quick_desk.refused("archiving", but(ARCHIVING, **{name: "PENDING"})) == [("CODE_UNKNOWN", name)]
    quick_desk.taken("archiving", ARCHIVING)


def test_a_number_is_added_once_confirmed_and_earlier_ones_stay(desk: Desk) -> None:
    customer = desk.taken("household", HOUSEHOLD)
    service = desk.holder(SERVICE, staff="S001")
    mobile = {**NUMBER, "phone": "13900009999", **CONFIRMED}
    for left_out in CONFIRMED:
        assert desk.refused("add_mobile", but(mobile, left_out)) == [("REQUIRED", left_out)]
    assert desk.refused("add_mobile", but(mobile, confirmation="LATER")) == [("CODE_UNKNOWN", "confirmation")]
    assert "id" in desk.fill("add_mobile", mobile, service)
    assert "id" in desk.fill("add_landline", {**NUMBER, "phone": "0757-22221111", **CONFIRMED}, service)
    seen = desk.world.data(service, PHONES, id=customer, why="联系客户")["customer"]["contacts"]
    numbers = {(one["mobile"] or one["landline"], one["gasConfirmation"]["confirmedOn"]) for one in seen}
    assert numbers == {
        ("13900001234", "2026-11-20"), ("13900009999", "2026-11-20"), ("0757-22221111", "2026-11-20"),
    }  # fmt: skip


@pytest.mark.rule("S16.R16")
def test_what_was_found_wrong_is_registered_and_listed_until_the_file_is_updated(desk: Desk) -> None:
    customer = desk.taken("household", but(HOUSEHOLD, *PLACE, basis="USUAL_NAME", written=WRITTEN))  # fmt: skip
    service, clerk = desk.holder(SERVICE, staff="S001"), desk.holder(DATA_ENTRY, staff="S002")
    found = {**NUMBER, "foundOn": "2026-11-20"}
    right = {**WRITTEN, "detail": "示例路8号"}
    cases: tuple[dict[str, object], ...] = (
        {"slipNumber": "GZ-1", "item": "HOLDER", "holder": "欧阳示范"},
        {"slipNumber": "GZ-2", "item": "ADDRESS", "address": right},
        {"slipNumber": "GZ-3", "item": "TELEPHONE", "phoneKind": "MOBILE", "mobile": "13900009999"},
        {"slipNumber": "GZ-4", "item": "TELEPHONE", "phoneKind": "LANDLINE", "landline": "0757-22221111"},
    )
    for case in cases:
        lacking = [name for name in case if name in ("holder", "address", "phoneKind", "mobile", "landline")][-1]
        assert desk.refused("data_correction", but({**found, **case}, lacking)) == [("REQUIRED", lacking)]
        assert "id" in desk.fill("data_correction", {**found, **case}, service)
    assert desk.refused("data_correction", {**found, "slipNumber": "GZ-5", "item": "METER"}) == [
        ("CODE_UNKNOWN", "item")
    ]
    waiting = desk.world.data(clerk, WAITING)["customers"]
    assert waiting["totalCount"] == 1
    [one] = waiting["nodes"]
    assert {(c["slipNumber"], c["state"]) for c in one["gasCorrections"]} == {
        (f"GZ-{n}", "REGISTERED") for n in range(1, 5)
    }
    # The back office enters the slips: the file says what is right, then nothing waits any more.
    desk.world.data(clerk, RENAME, id=customer, version=one["version"], name="欧阳示范")
    again = but(HOUSEHOLD, *PLACE, basis="USUAL_NAME", written=right)
    assert "id" in desk.fill("household", {**again, "name": "欧阳示范"}, clerk)
    assert "id" in desk.fill("add_mobile", {**NUMBER, "phone": "13900009999", **CONFIRMED}, clerk)
    assert "id" in desk.fill("add_landline", {**NUMBER, "phone": "0757-22221111", **CONFIRMED}, clerk)
    for correction in one["gasCorrections"]:
        desk.world.data(clerk, ENTERED, id=correction["id"], version=correction["version"], key=desk.key())
    seen = desk.world.data(clerk, PHONES, id=customer, why="核对档案")["customer"]
    assert seen["name"] == "欧阳示范"
    assert seen["gasAccounts"] == [{"address": {"written": {"detail": "示例路8号"}}}]
    assert {"13900009999", "0757-22221111"} <= {c["mobile"] or c["landline"] for c in seen["contacts"]}
    assert desk.world.data(clerk, WAITING)["customers"]["totalCount"] == 0


@pytest.mark.rule("S16.R18")
def test_a_number_of_one_system_is_never_doubled(desk: Desk) -> None:
    desk.taken("household", HOUSEHOLD)
    desk.taken("slip_entry", SLIP)
    desk.taken("slip_entry", but(SLIP, result="复核后补写", state="CLOSED"))
    desk.taken("slip_entry", but(SLIP, sourceSystem="E_CITY_E_HOME"))
    assert desk.refused("slip_entry", but(SLIP, sourceSystem="OTHER")) == [("CODE_UNKNOWN", "sourceSystem")]
    nodes = desk.data(ORDERS, why="核对单据")["gasWorkOrders"]["nodes"]
    assert {(one["sourceSystem"], one["number"], one["result"], one["state"]) for one in nodes} == {
        ("SAP_CCS", "GD-1", "复核后补写", "CLOSED"), ("E_CITY_E_HOME", "GD-1", "已点火,试压合格", "OPEN"),
    }  # fmt: skip
    assert len(nodes) == 2


def test_a_slip_is_entered_whole_doubted_and_compared_by_somebody_else(desk: Desk) -> None:
    """S16 3.2.1(1): every item, blanks marked as such; a query for the person concerned; a second person."""
    customer = desk.taken("household", HOUSEHOLD)
    for name in ("content", "result", "remarkItem", "kind", "openedOn"):
        assert desk.refused("slip_entry", but(SLIP, name)) == [("REQUIRED", name)]
    assert desk.refused("slip_entry", but(SLIP, remark="无")) == [("NOT_ASKED", "remark")]
    desk.taken("slip_entry", SLIP)
    [order] = desk.data(ORDERS, why="核对单据")["gasWorkOrders"]["nodes"]
    assert (order["content"], order["remarkItem"], order["remark"]) == (SLIP["content"], "BLANK", None)
    staff = {one["code"]: one["id"] for one in desk.data("{ staff { nodes { id code } } }")["staff"]["nodes"]}
    asked = desk.data(QUERY_SLIP, id=order["id"], staff=staff["S002"], doubt="软管长度看不清")["addGasSlipQuery"][
        "gasSlipQuery"
    ]
    assert asked == {"state": "OPEN", "concerned": {"code": "S002"}, "replyBy": "2026-11-27"}
    clerk = desk.holder(DATA_ENTRY, staff="S001", client="one")
    proposed = desk.world.data(clerk, PROPOSE, customer=customer, evidence="GD-1 逐项核对一致")
    judgement = proposed["proposeJudgement"]["id"]
    alone = desk.world.principal(*SLIP_CHECKER.scopes, staff="S001", client="three")
    assert desk.world.ask(alone, DECIDE, id=judgement, key="a")["errors"][0]["extensions"]["code"] == "SAME_PERSON"
    checker = desk.holder(SLIP_CHECKER, staff="S002", client="two")
    decided = desk.world.data(checker, DECIDE, id=judgement, key="b")["decideJudgement"]["judgement"]
    assert decided["status"] == "APPROVED"
    assert decided["decidedBy"]
    assert decided["decidedAt"].startswith("2026-11-23")


@pytest.mark.rule("S16.R01", "S16.R03")
def test_the_measure_says_what_it_is_for_and_to_whom_it_applies(quick_desk: Desk) -> None:
    auditor = quick_desk.world.principal("schema:read", "organisation:read")
    [told] = [one for one in quick_desk.world.data(auditor, MEASURES)["measures"] if one["document"] == "S16"]
    said = {one["cites"][0]: (one["topic"], one["text"]["zh"]) for one in told["statements"]}
    assert said["S16.R01"] == ("PURPOSE", "确保录入及时、准确、完整,提升客户服务质量")
    assert said["S16.R03"] == ("SCOPE", "适用于各单位客服信息系统录入人员")
    salesperson = quick_desk.world.data(auditor, MEASURES, staff="S001")["measures"]
    assert "S16" not in {one["document"] for one in salesperson}
    roles = quick_desk.world.data(auditor, "{ roles { key label { zh } cites } }")["roles"]
    [entry] = [one for one in roles if one["key"] == "gas.data_entry"]
    assert entry["label"]["zh"] == "客服信息系统录入人员"
