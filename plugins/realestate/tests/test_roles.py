"""第一条至第三条、第五条、第十一条,从各岗位看:谁维护关系,谁收集,谁只看本项目;业主的项目、再次购买与共有人。"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import kehu_realestate
from kehu.testing import World, world

RECORD = """
mutation ($input: Realestate%(name)sInput!, $key: String!) {
  recordRealestate%(name)s(input: $input, idempotencyKey: $key) {
    ... on RecordRealestate%(name)sSuccess { customer { id } }
    ... on Problems { problems { code path } }
  }
}
"""
FOLLOW_UP = """
mutation ($c: ID!, $input: FollowUpInput!, $key: String!) {
  addFollowUp(parent: $c, input: $input, idempotencyKey: $key) { __typename }
}
"""
HELD = """
query ($id: ID!) {
  customer(id: $id) {
    name contacts { mobile } realestate { source }
    holdings { realestate { unitSold project { code } } }
    relationships { kind other { name stage } }
    grades { band }
  }
}
"""
VISITOR = {"name": "欧阳示例", "telephone": "13900001234", "visitedAt": "2026-11-20T10:00:00+08:00", "source": "VISIT"}
BUYER = {
    "name": "诸葛示例", "telephone": "13900004321", "unitSold": "3幢1201", "propertyType": "APARTMENT",
    "project": "P01", "price": {"amount": "4000000.00", "currency": "CNY"}, "discount": "九八折",
    "address": {"province": "广东省", "city": "佛山市", "district": "顺德区"}, "externalId": "MY-1",
    "subscribedOn": "2026-10-01", "soldOn": "2026-10-20",
    "coOwners": [{"name": "司徒示例", "telephone": "13900005678"}],
}  # fmt: skip
_keys = count()


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[World]:
    with world(tmp_path, database_url, (kehu_realestate,)) as made:
        yield made


def caller(office: World, role: str, *, unit: str | None = None, staff: str | None = None) -> Any:
    """Who has exactly what the role carries."""
    declared = office.installation.registry.roles[f"realestate.{role}"]
    return office.principal(*declared.scopes, purposes=declared.purposes, unit=unit, staff=staff, client=role)


def refusal(answer: dict[str, Any]) -> str | None:
    return str(answer["errors"][0]["extensions"]["code"]) if answer.get("errors") else None


def fill(office: World, who: Any, form: str, data: dict[str, Any]) -> str:
    """The customer of a form that must be taken."""
    answer = office.ask(who, RECORD % {"name": form}, input=data, key=f"key-{next(_keys)}")
    assert refusal(answer) is None, answer
    [result] = answer["data"].values()
    return str(result["customer"]["id"])


@pytest.mark.rule("S17.R03", "S17.R06")
def test_who_maintains_relationships_records_contacts_and_nobody_else(office: World) -> None:
    collected = fill(office, caller(office, "salesperson", unit="P01", staff="S001"), "Visit", VISITOR)
    call = {"method": "CALL", "content": "了解客户需求,介绍最新促销"}
    roles = ("marketing_director", "sales_manager", "sales_supervisor", "cs_manager", "planning_lead")
    said = {
        role: refusal(office.ask(caller(office, role), FOLLOW_UP, c=collected, input=call, key=f"key-{next(_keys)}"))
        for role in roles
    }
    assert said == dict.fromkeys(roles[:-1]) | {"planning_lead": "SCOPE_MISSING"}
    visit = office.ask(caller(office, "planning_lead"), RECORD % {"name": "Visit"}, input=VISITOR, key="no")
    assert refusal(visit) == "SCOPE_MISSING"
    owned = "query ($id: ID!) { customer(id: $id) { ownerships { staff { code } } followUps { method } } }"
    seen = office.data(caller(office, "sales_manager"), owned, id=collected)["customer"]
    assert seen["ownerships"] == [{"staff": {"code": "S001"}}]
    assert len(seen["followUps"]) == 4


@pytest.mark.rule("S17.R39")
def test_a_planning_lead_sees_the_own_project_masked_and_on_record(office: World) -> None:
    clerk = [caller(office, "cs_specialist", unit=unit) for unit in ("P01", "P02")]
    visitor, buyer = fill(office, clerk[0], "Visit", VISITOR), fill(office, clerk[0], "Owner", BUYER)
    elsewhere = fill(office, clerk[1], "Visit", {**VISITOR, "telephone": "13900009999"})
    lead = caller(office, "planning_lead", unit="P01", staff="L001")
    seen = [office.data(lead, HELD, id=one)["customer"] for one in (visitor, buyer)]
    assert (seen[0]["name"], seen[0]["contacts"]) == ("欧阳**", [{"mobile": "139****1234"}])
    assert seen[1]["holdings"][0]["realestate"]["project"] == {"code": "P01"}
    assert office.data(lead, HELD, id=elsewhere)["customer"] is None
    asked = (
        'query ($why: Reason!) @purpose(code: "STATISTICS", reason: $why) { customers(first: 9) { nodes { name } } }'
    )
    names = {node["name"] for node in office.data(lead, asked, why="活动策划")["customers"]["nodes"]}
    assert names == {"欧阳**", "诸葛**", "司徒**"}  # no purpose of his reveals a name
    log = "{ evidence(first: 50) { client actor kind } }"
    answer = office.ask(office.principal(every=True), log)
    assert refusal(answer) is None, answer
    assert len([one for one in answer["data"]["evidence"] if one["client"] == "planning_lead"]) >= 4


@pytest.mark.rule("S17.R05", "S17.R22", "S17.R14")
def test_an_owner_buys_again_and_has_co_owners(office: World) -> None:
    clerk = caller(office, "cs_specialist")
    first = fill(office, clerk, "Owner", BUYER)
    second = {**BUYER, "externalId": "MY-2", "unitSold": "5幢801", "project": "P02"}
    assert fill(office, clerk, "Owner", second) == first
    held = office.data(office.principal(every=True), HELD, id=first)["customer"]
    assert sorted(one["realestate"]["project"]["code"] for one in held["holdings"]) == ["P01", "P02"]
    assert held["relationships"] == [{"kind": "CO_OWNER", "other": {"name": "司徒**", "stage": "RELATED"}}]
    assert [grade["band"] for grade in held["grades"]] == ["B", "C"]  # 400万, then 800万 in all
    wrong = office.ask(clerk, RECORD % {"name": "Owner"}, input={**BUYER, "project": "P99"}, key="wrong")
    assert wrong["data"]["recordRealestateOwner"]["problems"] == [{"code": "REFERENCE_UNKNOWN", "path": ["project"]}]


@pytest.mark.rule("S17.R01", "S17.R02", "S17.R46")
def test_an_auditor_finds_what_the_measure_says_of_itself(office: World) -> None:
    query = "{ measures { document version title { zh } statements { topic text { zh } items { zh } cites } } }"
    told = {
        rule: (
            measure["version"],
            statement["topic"],
            statement["text"]["zh"],
            [item["zh"] for item in statement["items"]],
        )
        for measure in office.data(office.principal("schema:read"), query)["measures"]
        if measure["document"] == "S17"
        for statement in measure["statements"]
        for rule in statement["cites"]
    }
    assert told["S17.R01"][1] == "PURPOSE"
    assert "完整的客户资源支持" in told["S17.R01"][2]
    assert told["S17.R02"][1:2] + told["S17.R02"][3:] == (
        "SCOPE", ["收集", "管理", "维护", "使用", "保密", "完善", "日常管理"],
    )  # fmt: skip
    version, topic, text, owner = told["S17.R46"]
    assert (version, topic, owner) == (1, "PRINCIPLE", ["责任部门:顺德公司营销部"])
    assert "既确保秘密不被泄露,又便利工作" in text
