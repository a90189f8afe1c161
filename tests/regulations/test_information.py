"""What the measures say of themselves: purposes, scopes, definitions and bases, as an auditor reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import kehu.app  # noqa: F401  # loads all of core that carries out rules
import kehu_banking
from kehu.customers import plugin as core_plugin
from kehu.errors import ConfigurationError
from kehu.founding import add_member
from kehu.registry import load_registry
from kehu.regulations import State, check, load_rules, matrix
from kehu.testing import World, world

from .plugins import PLUGINS

MEASURES = """query ($unit: String, $staff: String) { measures(unit: $unit, staff: $staff) {
  document version title { zh } statements { topic text { zh } items { zh } cites } } }"""
# rule, topic, words of the statement or of what it lists
STATED = (
    ("S1.R01", "PURPOSE", ("日常运行管理", "安全稳定", "保密", "隐私权")),
    ("S1.R09", "SCOPE", ("各级机构和用户", "全部用户")),
    ("S1.R10", "RESPONSIBILITY", ("省分行信息中心", "个人金融部", "信息技术管理部")),
    ("S3.R01", "PURPOSE", ("保护工作水平", "合法权益", "社会形象")),
    ("S3.R02", "DEFINITION", ("获取、加工和保存",)),
    ("S4.R01", "BASIS", ("网络安全法", "消费者权益保护法", "个人信息保护法", "金融消费者权益保护实施办法")),
    ("S4.R02", "DEFINITION", ("开展业务或者提供服务", "个人客户", "单位客户")),
    ("S4.R11", "PRINCIPLE", ("如无相关规定,依照本办法",)),
    ("S4.R12", "SCOPE", ("境内各级机构",)),
    ("S5.R22", "SCOPE", ("所有",)),
    ("S6.R01", "PRINCIPLE", ("主导", "分工负责", "积极防御", "综合防范", "安全与发展并重", "依法有序自由流动")),
    ("S7.R01", "PURPOSE", ("零售客户信息视图", "质量", "有效利用", "客户身份识别和客户身份资料及交易记录保存")),
    ("S7.R02", "DEFINITION", ("记录、存储", "有业务往来的个人客户")),
    ("S7.R03", "SCOPE", ("管理办法", "境内各级机构")),
    ("S9.R01", "PURPOSE", ("规范化、有效化、长期化", "管理水平与工作效能")),
    ("S9.R03", "DEFINITION", ("客户档案的系统化管理",)),
    ("S10.R01", "PURPOSE", ("依法收集、使用和保护", "权益")),
    ("S11.R01", "PURPOSE", ("规范顾客信息管理", "隐私", "服务质量")),
    ("S11.R01", "BASIS", ("信息安全法》并不存在", "网络安全法", "数据安全法", "个人信息保护法")),
    ("S14.R01", "PURPOSE", ("科学、规范", "零售客户基础信息")),
    ("S15.R01", "PRINCIPLE", ("重要和宝贵的资源", "浪费与流失")),
    ("S16.R01", "PURPOSE", ("及时、准确、完整", "服务质量")),
    ("S16.R03", "SCOPE", ("各单位", "录入人员")),
    ("S17.R01", "PURPOSE", ("客户资源", "优质服务", "满意")),
    ("S17.R02", "SCOPE", ("收集", "管理", "维护", "使用", "保密", "完善", "日常管理")),
    ("S17.R46", "PRINCIPLE", ("秘密不被泄露", "便利工作", "责任部门")),
)


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = tmp_path_factory.mktemp("measures")
    with world(folder, f"sqlite+pysqlite:///{folder / 'kehu.sqlite'}", PLUGINS) as made:
        yield made


def auditor(group: World) -> Any:
    return group.principal("schema:read", "organisation:read")


@pytest.mark.rule(
    "S1.R01", "S1.R09", "S1.R10", "S3.R01", "S3.R02", "S4.R01", "S4.R02", "S4.R11", "S4.R12", "S5.R22", "S6.R01",
    "S7.R01", "S7.R02", "S7.R03", "S9.R01", "S9.R03", "S10.R01", "S11.R01", "S14.R01", "S15.R01", "S16.R01", "S16.R03",
    "S17.R01", "S17.R02", "S17.R46",
)  # fmt: skip
def test_each_measure_states_its_purpose_scope_definitions_and_bases(group: World) -> None:
    told = {one["document"]: one for one in group.data(auditor(group), MEASURES)["measures"]}
    for rule, topic, words in STATED:
        measure = told[rule.partition(".")[0]]
        assert measure["version"] >= 1
        assert measure["title"]["zh"]
        cited = [one for one in measure["statements"] if rule in one["cites"] and one["topic"] == topic]
        text = "".join(one["text"]["zh"] + "".join(item["zh"] for item in one["items"]) for one in cited)
        assert not [word for word in words if word not in text], (rule, text)


BASES = "{ measures { document statements { topic items { zh } cites } } }"


@pytest.mark.rule("S3.R01")
def test_a_bank_names_the_laws_that_its_measure_rests_on(tmp_path: Path, sqlite_url: str) -> None:
    named = {"S3": ("中华人民共和国数据安全法", "示例监管部门政策")}
    with world(tmp_path, sqlite_url, (kehu_banking,), legal_bases=named) as made:
        told = {one["document"]: one["statements"] for one in made.data(auditor(made), BASES)["measures"]}
        [basis] = [one for one in told["S3"] if one["topic"] == "BASIS"]
        assert (basis["cites"], [item["zh"] for item in basis["items"]]) == (["S3.R01"], list(named["S3"]))
        with pytest.raises(ConfigurationError, match="S4 lists its legal bases itself"):
            made.installation.registry.measures["S4"].with_bases(("一部法律",))
    other = tmp_path / "other"
    other.mkdir()
    opening = world(other, f"sqlite+pysqlite:///{other / 'kehu.sqlite'}", (), legal_bases=named)
    with opening as without_banks, pytest.raises(ConfigurationError, match="there is no measure S3"):
        _ = without_banks.installation.executor


@pytest.mark.rule("S1.R09", "S4.R12", "S5.R22", "S7.R03", "S16.R03")
def test_a_measure_is_found_for_every_unit_and_member_of_staff_that_it_covers(group: World) -> None:
    clerk = {"code": "G900", "name": "示例录入员", "unit": "P02", "position": "GAS_DATA_ENTRY"}
    add_member(group.installation, clerk)
    who = auditor(group)
    nodes = "{ organisationUnits(first: 50) { nodes { code } } staff(first: 50) { nodes { code } } }"
    listed = group.data(who, nodes)
    for kind, asked, expected in (
        ("organisationUnits", "unit", {"S1", "S4", "S7"}),
        ("staff", "staff", {"S1", "S5"}),
    ):
        codes = [node["code"] for node in listed[kind]["nodes"]]
        assert len(codes) > 2
        for code in codes:
            found = {one["document"] for one in group.data(who, MEASURES, **{asked: code})["measures"]}
            assert found >= expected, (kind, code)
            assert ("S16" in found) == (code == "G900")


@pytest.mark.rule("S3.R02", "S7.R02", "S9.R03")
def test_what_a_definition_defines_cites_it(group: World) -> None:
    query = "query ($key: String) { schemes(key: $key) { cites } }"
    for key, rule in (("banking.personal_information", "S3.R02"), ("banking.retail_information", "S7.R02")):
        [scheme] = group.data(auditor(group), query, key=key)["schemes"]
        assert rule in scheme["cites"]
    points = '{ regulations(document: "S9") { rules { id points { kind name } } } }'
    [document] = group.data(auditor(group), points)["regulations"]
    cited = {one["id"]: one["points"] for one in document["rules"]}["S9.R03"]
    assert {"kind": "record", "name": "B2bArchive"} in cited


@pytest.mark.rule("S4.R11")
def test_what_is_no_state_secret_is_handled_by_its_level(group: World) -> None:
    create = """mutation ($input: CustomerInput!) { createCustomer(input: $input, idempotencyKey: "1") {
      ... on CreateCustomerSuccess { id } } }"""
    clerk = group.principal(every=True)
    group.data(clerk, create, input={"kind": "PERSON", "stage": "ACTIVE", "name": "欧阳示例"})
    answer = group.ask(clerk, "{ customers { nodes { name } } }")
    assert answer["extensions"]["governance"]["level"] == 3
    levels = {one["level"] for one in group.data(auditor(group), "{ fieldPolicies { level } }")["fieldPolicies"]}
    assert levels <= {1, 2, 3, 4, 5}


def test_a_measure_that_is_taken_away_fails_the_check() -> None:
    whole = load_registry((core_plugin,), PLUGINS)
    bare = replace(whole, measures={})
    information = {rule.id for rule in load_rules() if rule.expected == State.INFORMATION}
    closed = {line.rule.id for line in matrix(whole) if line.state is State.INFORMATION}
    assert information == closed
    told = check(bare, matrix(bare))
    assert {message.partition(" ")[0] for message in told} >= closed
