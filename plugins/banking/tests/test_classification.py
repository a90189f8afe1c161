"""分类与分级,从检查者看:每个字段属于哪一类、有何措施 — what an examiner reads of the classifications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import kehu_banking
from kehu.plugin import Category, Code, Label, Level, OrganisationName, Record, ResidentId, field, hookimpl
from kehu.testing import World, world
from kehu_banking.schemes import SENSITIVITY

POLICIES = """{ fieldPolicies { type field level sensitive mask sealed audit purposes readScope revealScope plugin
  categories { code system } } }"""
MEASURES = """query ($unit: String, $staff: String) { measures(unit: $unit, staff: $staff) {
  document title { zh } statements { topic text { zh } items { zh } cites } } }"""

Policies = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Nothing here depends on the database, and nothing is written."""
    folder = tmp_path_factory.mktemp("bank")
    with world(folder, f"sqlite+pysqlite:///{folder / 'kehu.sqlite'}", (kehu_banking,)) as made:
        yield made


@pytest.fixture(scope="module")
def policies(bank: World) -> Policies:
    found = bank.data(bank.principal("schema:read"), POLICIES)["fieldPolicies"]
    return {f"{one['type']}.{one['field']}": one for one in found}


def labelled(policies: Policies, code: str) -> set[str]:
    return {name for name, one in policies.items() if code in [category["code"] for category in one["categories"]]}


@pytest.mark.parametrize(
    ("category", "items"),
    [
        pytest.param("S3.identity", (
            "Customer.name", "Customer.sex", "PersonalProfile.nationality", "PersonalProfile.ethnicity",
            "IdentityDocument.residentId", "IdentityDocument.passport", "IdentityDocument.number",
            "PersonalProfile.occupation", "PersonalProfile.employer", "PersonalProfile.maritalStatus",
            "PersonalProfile.familyStatus", "PersonalProfile.photo", "ContactPoint.mobile", "ContactPoint.landline",
            "ContactPoint.email", "Address.value",
        ), marks=pytest.mark.rule("S3.R03")),
        pytest.param("S3.property", (
            "FinancialProfile.income", "FinancialProfile.realEstateOwned", "FinancialProfile.vehiclesOwned",
            "FinancialProfile.taxPaid", "FinancialProfile.housingFund", "BankingAccount.accountNumber",
            "BankingAccount.cardNumber", "BankingAccount.balance", "BankingAssets.average",
        ), marks=pytest.mark.rule("S3.R04")),
        pytest.param("S3.credit", (
            "CreditFact.standing", "CreditFact.overdue", "BankingCreditReview.result", "BankingCreditReview.standing",
        ), marks=pytest.mark.rule("S3.R05")),
        pytest.param("S3.transaction", (
            "Transaction.amount", "Transaction.kind", "Transaction.occurredAt",
        ), marks=pytest.mark.rule("S3.R06")),
        pytest.param("S3.derived", (
            "DerivedFact.value", "BankingOpportunity.reason", "BankingRisk.laundering", "Grade.band",
        ), marks=pytest.mark.rule("S3.R07")),
    ],
)  # fmt: skip
def test_an_examiner_finds_every_item_of_a_category(
    bank: World, policies: Policies, category: str, items: tuple[str, ...]
) -> None:
    assert set(items) <= labelled(policies, category)
    sensitive = [name for name in items if policies[name]["sensitive"]]
    assert sensitive
    assert all(policies[name]["mask"] for name in sensitive if name != "Grade.band")


@pytest.mark.rule("S3.R04", "S3.R05", "S3.R06", "S3.R07")
def test_an_unauthorised_user_is_refused_each_of_them(bank: World) -> None:
    made = bank.principal(every=True)
    mutation = """mutation ($input: CustomerInput!) { createCustomer(input: $input, idempotencyKey: "1") {
      ... on CreateCustomerSuccess { id } ... on Problems { problems { code path } } } }"""
    units = bank.data(made, "{ organisationUnits { nodes { id } } }")["organisationUnits"]["nodes"]
    bank.data(made, mutation, input={"kind": "PERSON", "stage": "ACTIVE", "unit": units[0]["id"], "name": "司马示例"})
    query = """{ customers(first: 2) { nodes { financial { income { display } } credit { standing } derived { value }
      holdings { transactions { amount { display } } } bankingOpportunities { reason } } } }"""
    answer = bank.ask(bank.principal("customer.core:read"), query)
    assert set(answer["data"]["customers"]["nodes"][0].values()) == {None}
    required = {scope for error in answer["errors"] for scope in error["extensions"]["required"]}
    assert required == {
        "banking.mining:read", "customer.credit:read", "customer.derived:read", "customer.holding:read",
        "customer.property:read",
    }  # fmt: skip


@pytest.mark.rule("S3.R08", "S7.R07", "S3.R11", "S4.R06")
def test_every_field_of_the_plugin_has_a_category_of_each_system_a_level_and_a_need(policies: Policies) -> None:
    own = {name: one for name, one in policies.items() if one["plugin"] == "kehu_banking"}
    assert len(own) > 50
    for name, one in own.items():
        systems = {category["system"] for category in one["categories"]}
        assert {"S3", "S3_class", "S7"} <= systems, name
        assert 1 <= one["level"] <= 5, name
        assert one["readScope"], name
        assert one["purposes"] if one["mask"] else not one["sensitive"], name


@pytest.mark.rule("S3.R08", "S7.R07")
@pytest.mark.parametrize("missing", ["S3", "S3_class", "S7"])
def test_a_field_that_drops_a_category_is_refused_and_named(missing: str) -> None:
    plain = field("lucky", Code, "幸运", "Lucky", cites=("S7.R07",), scheme="banking.service_kind")
    left = tuple(category for category in plain.policy.categories if category.system != missing)
    unlabelled = replace(plain.policy, categories=left)
    with pytest.raises(Exception, match=f"field lucky: .*not classified any more by {missing}"):
        replace(plain, policy=unlabelled)


@pytest.mark.rule("S3.R08")
def test_a_field_without_a_category_stops_start_up(tmp_path: Path) -> None:
    profile = Record(
        name="BankingProfile", label=Label("档案", "Profile"), description=Label("档案", "Profile"),
        accessor="banking", single=True, cites=("S7.R07",),
        fields=(field("house", OrganisationName, "商号", "House", cites=("S7.R07",)),),
    )  # fmt: skip
    opening = world(tmp_path, f"sqlite+pysqlite:///{tmp_path / 'kehu.sqlite'}", (_with(profile),))
    with pytest.raises(Exception, match=r"kehu_banking: BankingProfile\.house has no category of S1"), opening:
        pass


def test_a_classification_has_the_categories_of_its_system_and_no_other() -> None:
    with pytest.raises(Exception, match=r"banking\.sensitivity: terms and categories of S3_class differ: SENSITIVE"):
        replace(SENSITIVITY, terms=SENSITIVITY.terms[:1])


def _with(record: Record) -> ModuleType:
    made = ModuleType("kehu_banking")
    vars(made)["kehu_schemes"] = kehu_banking.kehu_schemes
    vars(made)["kehu_scopes"] = kehu_banking.kehu_scopes

    @hookimpl
    def kehu_records() -> tuple[Record, ...]:
        return (record,)

    vars(made)["kehu_records"] = kehu_records
    return made


NINE = {
    "S7.basic": "Customer.name", "S7.account": "BankingAccount.accountNumber", "S7.contract": "BankingContract.kind",
    "S7.service": "BankingService.kind", "S7.behaviour": "BankingChannelUse.times",
    "S7.relationship": "Relationship.kind", "S7.resource": "BankingAssets.average", "S7.risk": "BankingRisk.laundering",
    "S7.statistics": "BankingStatistics.transactions",
}  # fmt: skip


@pytest.mark.rule("S7.R07")
def test_the_nine_categories_are_listed_and_each_has_its_fields(bank: World, policies: Policies) -> None:
    query = '{ schemes(key: "banking.retail_information") { terms { code label { zh } cites } } }'
    [scheme] = bank.data(bank.principal(), query)["schemes"]
    assert [term["label"]["zh"] for term in scheme["terms"]] == [
        "基本信息", "账户信息", "合约信息", "服务信息", "行为信息", "关系信息", "资源信息", "风险信息", "统计分析信息",
    ]  # fmt: skip
    assert [f"S7.{term['code'].lower()}" for term in scheme["terms"]] == list(NINE)
    for category, example in NINE.items():
        assert example in labelled(policies, category)


SCHEMES = {
    "banking.customer_group": ["个人信息", "账务信息", "交易信息", "产品信息", "渠道信息"],
    "banking.function": [
        "征信审核", "客户挖掘", "客户服务", "客户管理", "绩效考核", "统计分析", "业务管理", "系统管理",
    ],
    "banking.operation_department": ["省分行信息中心", "个人金融部", "信息技术管理部"],
    "banking.personal_information": [
        "个人身份信息", "个人财产信息", "个人信用信息", "个人金融交易信息", "衍生信息", "其他个人信息",
    ],
    "banking.sensitivity": ["一般个人客户信息", "敏感个人客户信息"],
    "banking.financial_class": ["C3 用户鉴别信息", "C2 可识别主体身份与金融状况", "C1 内部使用信息"],
    "banking.data_level": ["5级 重要数据", "4级 可用于鉴别", "3级 可识别个人", "2级 内部", "1级 公开"],
    "banking.wealth_card": ["钻石理财卡", "白金理财卡", "理财金卡", "普通客户"],
}  # fmt: skip


@pytest.mark.rule("S1.R10", "S3.R02", "S3.R11")
@pytest.mark.parametrize("key", SCHEMES)
def test_the_classifications_read_as_the_articles_do(bank: World, key: str) -> None:
    query = "query ($key: String) { schemes(key: $key) { terms { label { zh } } } }"
    [scheme] = bank.data(bank.principal(), query, key=key)["schemes"]
    assert [term["label"]["zh"] for term in scheme["terms"]] == SCHEMES[key]


@pytest.mark.rule("S3.R14")
@pytest.mark.parametrize("changes", [{"categories": (Category.S3_GENERAL,)}, {"level": Level.INTERNAL}])
def test_what_directly_reflects_a_person_cant_be_declared_general(changes: Mapping[str, Any]) -> None:
    with pytest.raises(Exception, match="weaker than ResidentId allows"):
        field("number", ResidentId, "证件号码", "Number", cites=("S3.R14",), **changes)


@pytest.mark.rule("S3.R11", "S3.R14")
def test_sensitive_fields_are_masked_and_need_more_than_general_ones(policies: Policies) -> None:
    for name in labelled(policies, "S3_class.sensitive"):
        one = policies[name]
        assert one["mask"] or name.split(".")[0] in ("Grade", "Judgement"), name
        assert one["level"] >= 3 or one["audit"] == "FIELD", name
    assert {"Customer.name", "IdentityDocument.residentId", "BankingAccount.accountNumber"} <= labelled(
        policies, "S3_class.sensitive"
    )


@pytest.mark.rule("S4.R08")
def test_the_measures_of_a_field_stand_beside_its_level_and_less_is_refused(policies: Policies) -> None:
    for name, one in policies.items():
        if one["level"] >= 4:
            assert one["sealed"], name
        if one["sealed"]:
            assert one["mask"], name
    assert not labelled(policies, "JRT0171.C3")  # passwords, CVN and the like are not collected at all
    for changes in ({"mask": None}, {"sealed": False}, {"level": Level.INTERNAL}):
        with pytest.raises(Exception, match=r"weaker than ResidentId allows|needs a mask|for sealed fields"):
            field("number", ResidentId, "证件号码", "Number", cites=("S4.R08",), **changes)


@pytest.mark.rule(
    "S1.R01", "S1.R09", "S1.R10", "S3.R02", "S4.R01", "S4.R02", "S4.R11", "S4.R12", "S7.R01", "S7.R02", "S7.R03",
    "S10.R01",
)  # fmt: skip
def test_an_examiner_reads_what_each_measure_says_of_itself(bank: World) -> None:
    auditor = bank.principal("schema:read", "organisation:read")
    told = {one["document"]: one["statements"] for one in bank.data(auditor, MEASURES)["measures"]}
    cited = {rule for document in ("S1", "S3", "S4", "S7", "S10") for one in told[document] for rule in one["cites"]}
    assert cited >= {
        "S1.R01", "S1.R09", "S1.R10", "S3.R02", "S4.R01", "S4.R02", "S4.R11", "S4.R12", "S7.R01", "S7.R02",
        "S7.R03", "S10.R01",
    }  # fmt: skip
    departments = next(one for one in told["S1"] if one["cites"] == ["S1.R10"])
    assert [item["zh"] for item in departments["items"]] == ["省分行信息中心", "个人金融部", "信息技术管理部"]
    laws = next(one for one in told["S4"] if one["cites"] == ["S4.R01"])
    assert [item["zh"][:4] for item in laws["items"]] == ["中华人民"] * 3 + ["中国人民"]
    for unit in ("HQ", "P01"):
        found = {one["document"] for one in bank.data(auditor, MEASURES, unit=unit)["measures"]}
        assert {"S1", "S4", "S7"} <= found
    assert "S1" in {one["document"] for one in bank.data(auditor, MEASURES, staff="S001")["measures"]}


def test_every_role_has_its_duties_in_words(bank: World) -> None:
    """S1.R03, S10.R12 in part: duties and permissions can be read; accounts aren't tied to them yet."""
    roles = bank.data(bank.principal("schema:read"), "{ roles { key duties { zh } scopes } }")["roles"]
    assert {"banking.information_centre", "banking.audit", "banking.archive_custodian", "banking.clerk"} <= {
        role["key"] for role in roles
    }
    assert all(len(role["duties"]["zh"]) >= 5 and role["scopes"] for role in roles)
