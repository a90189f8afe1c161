"""《客户信息管理办法》(客户档案),从营销部门看:户头、模板、四种划分、交往与变动、报告。"""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import COMPANY, Seller, without

ONE_YUAN = {"amount": "1.00", "currency": "CNY"}
GRADES = "grades { grading band }"
NEED = {"stage", "needCharacteristic", "needManner", "needVolume", "archiveNumber"}
# 第六条(三):性质、所用模板、该模板必填的第七条项目、该性质另外必填的一项
TEMPLATES = (
    (
        "GOVERNMENT",
        {"name", "legalRepresentative", "address", "telephone", "contacts"},
        {"procurementBody": "示例市财政局"},
    ),
    (
        "SPECIAL_BUSINESS",
        {"name", "legalRepresentative", "address", "telephone", "businessScope", "registeredCapital", "contacts"},
        {"specialBusiness": "进出口代理"},
    ),
    (
        "ORDINARY_COMPANY",
        {"name", "legalRepresentative", "address", "telephone", "businessScope", "registeredCapital", "contacts"},
        {},
    ),
    (
        "PARTNER",
        {"name", "legalRepresentative", "address", "telephone", "businessScope", "registeredCapital", "contacts"},
        {"cooperation": "区域代理"},
    ),
)
# 需求特点、需求方式、需求量:取值,追问的项目(无则为不追问),所填
ASKED = (
    ("needCharacteristic", "STANDARD", None, None),
    ("needCharacteristic", "CUSTOM", "specification", "按图纸加工"),
    ("needCharacteristic", "PROJECT", "projectDescription", "新建厂房"),
    ("needManner", "SINGLE_ORDER", None, None),
    ("needManner", "FRAMEWORK", "frameworkUntil", "2027-12-31"),
    ("needManner", "TENDER", "tenderRules", "公开招标"),
    ("needVolume", "SMALL", None, None),
    ("needVolume", "MEDIUM", None, None),
    ("needVolume", "LARGE", "supplyPlan", "每月两次"),
)


def bands(customer: dict[str, Any]) -> dict[str, str]:
    """Segments in force; grades come newest first."""
    return {grade["grading"].removeprefix("b2b."): grade["band"] for grade in reversed(customer["grades"])}


@pytest.mark.rule("S9.R02", "S9.R12", "S9.R13", "S9.R17", "S9.R18")
def test_each_nature_has_its_template(seller: Seller) -> None:
    """All ten items of Art.7 stand in every template for organisations; each names what is missing."""
    for number, (nature, required, own) in enumerate(TEMPLATES):
        form, data = f"b2b.archive_{nature.lower()}", {**COMPANY, **own, "archiveNumber": f"DA{number}"}
        for left_out in sorted(required | NEED | own.keys()):
            assert refused(seller, form, without(data, left_out)) == left_out
        stage = "PROSPECT" if number % 2 else "ACTIVE"
        read = "kind stage b2b { nature number } contacts { landline fax }"
        made = seller.customer(form, without({**data, "stage": stage}, "postcode"), read)
        assert (made["kind"], made["stage"]) == ("ORGANISATION", stage)
        assert made["b2b"] == {"nature": nature, "number": f"DA{number}"}
        assert seller.count(f"{{b2b: {{nature: {{eq: {nature}}}}}}}") == 1


def refusal(answer: dict[str, Any]) -> str | None:
    """Why a mutation was refused; None where it was done."""
    if answer.get("errors"):
        return str(answer["errors"][0]["extensions"]["code"])
    [result] = answer["data"].values()
    return str(result["problems"][0]["code"]) if result.get("problems") else None


def refused(seller: Seller, form: str, data: dict[str, Any]) -> str | None:
    """The one field that an incomplete submission is refused for; the schema refuses some before the form does."""
    made = seller.fill(form, data)
    if made.get("refused") == "VARIABLE_INVALID":
        bound = seller.world.installation.forms[form]
        [missing] = (bound.required | {rows.name for rows in bound.rows if rows.declared.at_least}) - data.keys()
        return str(missing)
    assert [problem["code"] for problem in made["problems"]] == ["REQUIRED"], made
    return ".".join(made["problems"][0]["path"])


@pytest.mark.rule("S9.R13")
@pytest.mark.parametrize(("by", "code", "asked", "answer"), ASKED)
def test_the_need_decides_what_is_asked(
    sqlite_seller: Seller, by: str, code: str, asked: str | None, answer: str
) -> None:
    form, data = "b2b.archive_ordinary_company", {**COMPANY, by: code}
    if asked is None:
        assert "customer" in sqlite_seller.fill(form, data)
        return
    assert sqlite_seller.fill(form, data)["problems"] == [{"code": "REQUIRED", "path": [asked]}]
    assert "customer" in sqlite_seller.fill(form, {**data, asked: answer})
    elsewhere = {**COMPANY, asked: answer, "archiveNumber": "DA2"}
    assert sqlite_seller.fill(form, elsewhere)["problems"] == [{"code": "NOT_ASKED", "path": [asked]}]


@pytest.mark.rule("S9.R17")
def test_every_template_shows_the_same_sections(sqlite_seller: Seller) -> None:
    forms = sqlite_seller.world.installation.registry.forms
    shown = {
        key: [(section.key, section.label.zh) for section in form.sections]
        for key, form in forms.items()
        if key.startswith("b2b.archive_")
    }
    assert len(shown) == 5
    assert set(map(tuple, shown.values())) == {(("account", "户头"), ("basic", "基本信息"), ("segment", "需求与性质"))}
    ten = [
        "name",
        "legalRepresentative",
        "address",
        "telephone",
        "postcode",
        "fax",
        "businessScope",
        "registeredCapital",
    ]
    for nature, _, _ in TEMPLATES:
        _, basic, _ = forms[f"b2b.archive_{nature.lower()}"].sections
        assert basic.fields == (*ten, "contacts")  # 联系人、联系人电话:一人一行


@pytest.mark.rule("S9.R12", "S9.R18")
def test_an_archive_is_read_back_and_contacts_are_persons_of_their_own(seller: Seller) -> None:
    read = """kind organisationName contacts { landline fax } addresses { postcode value { district } }
        organisation { legalRepresentative businessScope registeredCapital { display } }
        relationships { kind other { kind stage name contacts { mobile } } }"""
    made = seller.customer("b2b.archive_ordinary_company", COMPANY, read)
    assert made["organisation"]["registeredCapital"]["display"] == "CNY 10,000,000.00"
    assert made["contacts"] == [{"landline": "0757-****55", "fax": "0757-****66"}]  # no purpose was stated: masked
    assert made["addresses"] == [{"postcode": "5283**", "value": {"district": "顺德区"}}]
    [link] = made["relationships"]
    assert link["kind"] == "CONTACT_PERSON"
    assert link["other"] == {
        "kind": "PERSON", "stage": "RELATED", "name": "诸葛**", "contacts": [{"mobile": "139****1234"}],
    }  # fmt: skip
    consumer = {
        **without(COMPANY, *TEMPLATES[2][1], "postcode", "fax"), "archiveNumber": "GK1", "name": "张示例",
        "address": COMPANY["address"], "telephone": "13900007777",
    }  # fmt: skip
    assert seller.customer("b2b.archive_consumer", consumer, "kind name b2b { nature }") == {
        "kind": "PERSON", "name": "张**", "b2b": {"nature": "CONSUMER"},
    }  # fmt: skip


@pytest.mark.rule("S9.R12", "S9.R16")
def test_no_archive_without_nature_and_no_dealing_without_archive(seller: Seller) -> None:
    """Neither by a form nor by the mutations of the records themselves."""
    create = """mutation ($input: CustomerInput!) {
      createCustomer(input: $input, idempotencyKey: "c") { ... on CreateCustomerSuccess { id } } }"""
    bare = {"kind": "ORGANISATION", "stage": "PROSPECT"}
    made = seller.world.data(seller.caller(), create, input=bare)["createCustomer"]["id"]
    assert refusal(seller.add("B2bArchive", made, {})) == "VARIABLE_INVALID"
    ordered = {"kind": "ORDER", "occurredOn": "2026-11-01"}
    assert refusal(seller.add("B2bDealing", made, ordered)) == "ID_INVALID"
    order = {"archiveNumber": "DA00001", "kind": "ORDER", "occurredOn": "2026-11-01"}
    assert seller.fill("b2b.business_dealing", order)["problems"] == [
        {"code": "ABOUT_UNKNOWN", "path": ["archiveNumber"]}
    ]
    seller.customer("b2b.archive_ordinary_company", COMPANY)
    assert "customer" in seller.fill("b2b.business_dealing", order)


@pytest.mark.rule("S9.R08", "S9.R21")
def test_dealings_and_changes_go_into_the_archive_and_stay(seller: Seller) -> None:
    seller.customer("b2b.archive_ordinary_company", COMPANY)
    read = f"b2b {{ dealings {{ kind occurredOn recordedBy }} }} changeEvents {{ kind occurredOn recordedBy }} {GRADES}"
    seen = []
    for kind, day in (("NEGOTIATION", "2026-10-01"), ("ORDER", "2026-10-02"), ("DELIVERY", "2026-10-20"),
                      ("SETTLEMENT", "2026-11-01"), ("SERVICE", "2026-11-02"), ("ORDER", "2026-11-03")):  # fmt: skip
        said = {"archiveNumber": "DA00001", "kind": kind, "occurredOn": day}
        seen.append(bands(seller.customer("b2b.business_dealing", said, read))["process"])
    assert seen == ["TO_TRADE", "TRADING", "TRADING", "TRADED", "TRADED", "TRADING"]
    changed = {
        "archiveNumber": "DA00001",
        "kind": "REORGANISATION",
        "occurredOn": "2026-11-05",
        "description": "吸收合并",
    }
    made = seller.customer("b2b.major_change", changed, read)
    assert len(made["b2b"]["dealings"]) == 6
    assert made["b2b"]["dealings"][0]["recordedBy"]
    [event] = made["changeEvents"]
    assert (event["kind"], event["occurredOn"]) == ("REORGANISATION", "2026-11-05")
    assert seller.count('{grades: {grading: {eq: "b2b.process"}, band: {eq: "TRADING"}}}') == 1
    mutations = seller.world.data(seller.caller(), "{ __schema { mutationType { fields { name } } } }")
    names = {f["name"] for f in mutations["__schema"]["mutationType"]["fields"]}
    assert "addB2bDealing" in names
    assert not {name for name in names if name.endswith(("B2bDealing", "ChangeEvent")) and not name.startswith("add")}


@pytest.mark.rule("S9.R22")
@pytest.mark.parametrize(
    ("kind", "given", "missing"),
    [
        ("PERFORMANCE", {}, ["sales"]),
        ("PERFORMANCE", {"sales": ONE_YUAN}, []),
        ("FINANCIAL_POSITION", {}, ["assets", "liabilities"]),
        ("FINANCIAL_POSITION", {"assets": ONE_YUAN, "liabilities": ONE_YUAN}, []),
    ],
)
def test_reports_accumulate(sqlite_seller: Seller, kind: str, given: dict[str, Any], missing: list[str]) -> None:
    seller = sqlite_seller
    seller.customer("b2b.archive_ordinary_company", COMPANY)
    for period in ("YEAR", "FIRST_QUARTER", "FOURTH_QUARTER"):
        said = {"archiveNumber": "DA00001", "kind": kind, "year": 2025, "period": period, "summary": "平稳", **given}
        made = seller.fill("b2b.report_filing", said, read="b2b { periodReports { kind year period } }")
        assert [problem["path"] for problem in made.get("problems", ())] == [[name] for name in missing]
    if not missing:
        filed = made["customer"]["b2b"]["periodReports"]
        assert [report["period"] for report in filed] == ["FOURTH_QUARTER", "FIRST_QUARTER", "YEAR"]


@pytest.mark.rule("S9.R05")
def test_marketing_keeps_the_archive_and_other_departments_cooperate(seller: Seller) -> None:
    marketing, other = seller.caller("b2b.marketing"), seller.caller("b2b.other_department", "C001")
    read = "id b2b { id version }"
    made = seller.fill("b2b.archive_ordinary_company", COMPANY, read=read, caller=marketing)["customer"]
    order = {"archiveNumber": "DA00001", "kind": "SERVICE", "occurredOn": "2026-11-01"}
    assert "customer" in seller.fill("b2b.business_dealing", order, caller=other)
    assert seller.fill("b2b.archive_ordinary_company", COMPANY, caller=other) == {"refused": "SCOPE_MISSING"}
    change = """mutation ($id: ID!, $version: Int!, $input: B2bArchiveChanges!) {
      changeB2bArchive(id: $id, expectedVersion: $version, input: $input, idempotencyKey: "c") {
        __typename ... on Problems { problems { code } } } }"""
    archive = {**made["b2b"], "input": {"needVolume": "MEDIUM"}}
    assert [refusal(seller.world.ask(who, change, **archive)) for who in (other, marketing)] == ["SCOPE_MISSING", None]
    [marketer] = seller.world.data(seller.caller(), '{ staff(filter: {code: {eq: "M001"}}) { nodes { id } } }')[
        "staff"
    ]["nodes"]
    taken = {"staff": marketer["id"], "startedAt": "2026-11-20T10:00:00Z"}
    assert refusal(seller.add("Ownership", made["id"], taken, other)) == "SCOPE_MISSING"


@pytest.mark.rule("S9.R01", "S9.R03", "S15.R01")
def test_an_auditor_finds_what_the_measures_say_of_themselves(sqlite_seller: Seller) -> None:
    auditor = sqlite_seller.world.principal("schema:read")
    query = "{ measures { document statements { topic text { zh } cites } } }"
    told = {
        rule: (statement["topic"], statement["text"]["zh"])
        for measure in sqlite_seller.world.data(auditor, query)["measures"]
        for statement in measure["statements"]
        for rule in statement["cites"]
    }
    assert told["S9.R01"][0] == "PURPOSE"
    assert "规范化、有效化、长期化" in told["S9.R01"][1]
    assert told["S9.R03"] == ("DEFINITION", "客户信息管理即针对客户档案的系统化管理")
    assert told["S15.R01"][0] == "PRINCIPLE"
    assert "重要和宝贵的资源" in told["S15.R01"][1]
