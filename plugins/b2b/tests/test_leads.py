"""《客户信息来源与管理办法》,从市场部看:十类来源、逐项询问、应答反馈、开发进度。"""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import INQUIRY, Seller, without

MARKETER = "S001"
# 三、十类来源:序号、代码、登记步骤、必须另填的项目及所填
SOURCES: tuple[tuple[int, str, str, dict[str, Any]], ...] = (
    (1, "HOTLINE", "ONE_TO_THREE", {}),
    (2, "WEBSITE", "ONE_TO_THREE", {}),
    (3, "SITE_VISIT", "ONE_TO_THREE", {}),
    (4, "PASSED_ON", "FOUR_TO_FIVE", {"passedOnBy": "C001"}),
    (5, "DEPARTMENT", "FOUR_TO_FIVE", {"department": "P01"}),
    (6, "PRODUCT_USER", "SIX_TO_TEN", {"productUse": "USED"}),
    (7, "EVENT", "SIX_TO_TEN", {"eventKind": "EXHIBITION", "event": "示例设备展"}),
    (8, "REFERRAL", "SIX_TO_TEN", {"referredBy": [{"telephone": "13900009999"}]}),
    (9, "MEDIA", "SIX_TO_TEN", {"medium": "JOURNAL", "publication": "示例采购月刊"}),
    (10, "OTHER", "SIX_TO_TEN", {"channel": "行业协会名录"}),
)
ITEMS = (
    ("contactAnswer", "contact"),
    ("organisationAnswer", "name"),
    ("telephoneAnswer", "telephone"),
    ("addressAnswer", "address"),
)
FEEDBACK: dict[str, Any] = {
    "leadNumber": "XX00001",
    "marketer": MARKETER,
    "answeredAt": "2026-11-20T10:20:00+08:00",
    "answer": "已发报价单",
    "technical": "NONE",
    "result": "CONTINUES",
}
# 技术问题如何处理,还缺什么
TECHNICAL = (
    ({"technical": "NONE"}, []),
    ({"technical": "ENGINEER"}, ["customerTold", "engineer"]),
    ({"technical": "ENGINEER", "customerTold": True, "engineer": "S002"}, []),
    ({"technical": "PROMISED"}, ["customerTold", "promisedAt"]),
    ({"technical": "PROMISED", "customerTold": True}, ["promisedAt"]),
    ({"technical": "PROMISED", "customerTold": True, "promisedAt": "2026-11-21T10:00:00+08:00"}, []),
)
# 各分表的项目:一项不填即拒绝
PROGRESS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("contact", {"decidedBy": "采购部负责人", "probability": "LOW", "nextStep": "上门拜访"}),
    ("offer", {"amount": {"amount": "80000.00", "currency": "CNY"}, "probability": "HIGH", "nextStep": "谈合同"}),
    ("contract", {"amount": {"amount": "80000.00", "currency": "CNY"}, "contractOn": "2026-11-20"}),
    ("ended", {"endReason": "PRICE"}),
)
WEEK = {"leadNumber": "XX00001", "weekOf": "2026-11-16", "marketer": MARKETER, "activity": "电话沟通"}


def paths(made: dict[str, Any]) -> list[str]:
    return [".".join(problem["path"]) for problem in made.get("problems", ())]


@pytest.mark.rule(*(f"S15.R{number:02}" for number in range(3, 13)), "S15.R29")
def test_ten_sources_and_what_each_must_name(seller: Seller) -> None:
    query = "{ schemes { key terms { code data { key value } } } }"
    schemes = seller.world.data(seller.caller(), query)["schemes"]
    [declared] = [scheme["terms"] for scheme in schemes if scheme["key"] == "b2b.lead_source"]
    told = [(each["code"], {pair["key"]: pair["value"] for pair in each["data"]}) for each in declared]
    assert told == [(code, {"number": str(n), "procedure": procedure}) for n, code, procedure, _ in SOURCES]
    for number, code, _, named in SOURCES:
        lead = {**INQUIRY, "leadNumber": f"XX{number}", "telephone": f"139000000{number:02}", "source": code}
        for left_out in named:
            assert paths(seller.fill("b2b.inquiry", {**lead, **without(named, left_out)})) == [left_out]
        made = seller.customer("b2b.inquiry", {**lead, **named}, "kind stage b2bLeads { number source }")
        assert made == {
            "kind": "ORGANISATION", "stage": "PROSPECT", "b2bLeads": [{"number": f"XX{number}", "source": code}],
        }  # fmt: skip
        assert seller.count(f"{{b2bLeads: {{source: {{eq: {code}}}}}}}") == 1
    assert seller.fill("b2b.inquiry", {**INQUIRY, "source": "WALK_IN"}) == {"refused": "VARIABLE_INVALID"}
    empty = {**INQUIRY, "source": "OTHER", "channel": " "}
    assert paths(seller.fill("b2b.inquiry", empty)) == ["channel"] or seller.fill("b2b.inquiry", empty)["refused"]


@pytest.mark.rule("S15.R09", "S15.R10")
def test_leads_are_counted_by_event_and_linked_with_who_told_of_them(seller: Seller) -> None:
    first = seller.customer("b2b.inquiry", INQUIRY, "id")
    told = {"source": "REFERRAL", "referredBy": [{"telephone": INQUIRY["telephone"]}]}
    second = {**INQUIRY, **told, "leadNumber": "XX2", "telephone": "13900005555", "name": "另一示例有限公司"}
    made = seller.customer("b2b.inquiry", second, "relationships { kind other { id } }")
    assert {"kind": "REFERRED_BY", "other": {"id": first["id"]}} in made["relationships"]
    for number, event in enumerate(("示例展", "示例展", "另一展")):
        at = {"source": "EVENT", "eventKind": "EXHIBITION", "event": event, "leadNumber": f"ZH{number}"}
        seller.customer("b2b.inquiry", {**INQUIRY, **at, "telephone": f"1390000777{number}"})
    counted = seller.world.data(seller.caller(), '{ b2bLeads(filter: {event: {eq: "示例展"}}) { totalCount } }')
    assert counted["b2bLeads"]["totalCount"] == 2


@pytest.mark.rule("S15.R15", "S15.R17", "S15.R18")
def test_each_item_is_answered_or_declined(seller: Seller) -> None:
    """A skipped item is refused; a lead of somebody who declines everything is kept all the same."""
    for name in ("request", "receivedAt", *(answer for answer, _ in ITEMS)):
        assert seller.fill("b2b.inquiry", without(INQUIRY, name)) == {"refused": "VARIABLE_INVALID"}
    for answer, item in ITEMS:
        asked = {**without(INQUIRY, item), answer: "GIVEN"}
        assert paths(seller.fill("b2b.inquiry", asked)) == [item]
    declined = without(INQUIRY, *(item for _, item in ITEMS)) | {answer: "DECLINED" for answer, _ in ITEMS}
    office = seller.caller("b2b.back_office", "S001")
    read = "b2bLeads { number request contactAnswer telephoneAnswer }"
    made = seller.fill("b2b.inquiry", declined, read=read, caller=office)["customer"]
    assert made["b2bLeads"] == [
        {"number": "XX00001", "request": "***", "contactAnswer": "DECLINED", "telephoneAnswer": "DECLINED"}
    ]
    assert "customer" in seller.fill("b2b.feedback", FEEDBACK)


@pytest.mark.rule("S15.R18")
def test_no_lead_ends_because_information_was_declined(sqlite_seller: Seller) -> None:
    sqlite_seller.customer("b2b.inquiry", INQUIRY)
    ended = {**WEEK, "endReason": "INFORMATION_DECLINED"}
    assert sqlite_seller.fill("b2b.progress_ended", ended) == {"refused": "VARIABLE_INVALID"}
    assert "customer" in sqlite_seller.fill("b2b.progress_ended", {**WEEK, "endReason": "NO_NEED"})


@pytest.mark.rule("S15.R13", "S15.R23", "S15.R24", "S15.R25")
def test_feedback_is_filed_with_the_lead_that_was_registered(seller: Seller) -> None:
    unregistered = [{"code": "ABOUT_UNKNOWN", "path": ["leadNumber"]}]
    assert seller.fill("b2b.feedback", FEEDBACK)["problems"] == unregistered
    for table, own in PROGRESS:
        assert seller.fill(f"b2b.progress_{table}", {**WEEK, **own})["problems"] == unregistered
    made = seller.customer("b2b.inquiry", INQUIRY, "id")
    for said, missing in TECHNICAL:
        assert sorted(paths(seller.fill("b2b.feedback", {**FEEDBACK, **said}))) == missing
    read = "id b2bLeads { number responses { technical result customerTold } }"
    last = seller.customer("b2b.feedback", {**FEEDBACK, "result": "SATISFIED"}, read)
    assert last["id"] == made["id"]
    [lead] = last["b2bLeads"]
    assert [one["technical"] for one in lead["responses"]] == ["NONE", "PROMISED", "ENGINEER", "NONE"]
    assert lead["responses"][0]["result"] == "SATISFIED"


@pytest.mark.rule("S15.R26")
def test_each_sub_table_is_filled_in_item_by_item(seller: Seller) -> None:
    seller.customer("b2b.inquiry", INQUIRY)
    for table, own in PROGRESS:
        row = {**WEEK, **own}
        for blank in row:
            made = seller.fill(f"b2b.progress_{table}", without(row, blank))
            assert made == {"refused": "VARIABLE_INVALID"} or paths(made) == [blank], (table, blank)
        seller.customer(f"b2b.progress_{table}", row)
    read = "{ b2bLeads(first: 5) { nodes { progress { stage weekOf } } } }"
    [lead] = seller.world.data(seller.caller(), read)["b2bLeads"]["nodes"]
    assert [row["stage"] for row in lead["progress"]] == ["ENDED", "CONTRACT", "OFFER", "CONTACT"]


@pytest.mark.rule("S15.R13")
def test_roles_have_their_part_of_a_lead(sqlite_seller: Seller) -> None:
    """The back office registers, marketing answers, the engineer and the supervisor see; other departments don't."""
    seller = sqlite_seller
    office, marketer = seller.caller("b2b.back_office"), seller.caller("b2b.marketing")
    assert "customer" in seller.fill("b2b.inquiry", INQUIRY, caller=office)
    assert "customer" in seller.fill("b2b.feedback", FEEDBACK, caller=marketer)
    for role, allowed in (("b2b.engineer", True), ("b2b.supervisor", True), ("b2b.other_department", False)):
        caller = seller.caller(role)
        assert seller.fill("b2b.feedback", FEEDBACK, caller=caller) == {"refused": "SCOPE_MISSING"}
        answer = seller.world.ask(caller, "{ b2bLeads(first: 1) { nodes { number } } }")
        assert bool(answer.get("errors")) is not allowed
