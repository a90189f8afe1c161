"""银行客户信息,从柜台和管理者看:一个客户的全部信息、八项功能、理财卡、敏感信息 — the plugin from its callers' side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

import kehu_banking
from kehu.testing import World, world
from kehu_banking.roles import AUTHORISER, CLERK, FUNCTIONS, PRIVATE_BANKER, STANDARD_KEEPER

OPENING = """
mutation ($input: BankingOpeningInput!, $key: String!) {
  recordBankingOpening(input: $input, idempotencyKey: $key) {
    ... on RecordBankingOpeningSuccess { id customer { id holdings { id } grades { grading band supersededAt } } }
    ... on Problems { problems { code path } }
  }
}
"""
REPORT = """
mutation ($input: BankingAssetReportInput!, $key: String!) {
  recordBankingAssetReport(input: $input, idempotencyKey: $key) {
    ... on RecordBankingAssetReportSuccess { id customer { grades { grading band supersededAt } } }
    ... on Problems { problems { code path } }
  }
}
"""
REVIEW = """
mutation ($input: BankingReviewInput!, $key: String!) {
  recordBankingReview(input: $input, idempotencyKey: $key) {
    ... on RecordBankingReviewSuccess { id }
    ... on Problems { problems { code path } }
  }
}
"""
PROPOSE = """
mutation ($unit: ID!, $day: String!, $values: [GradingValueInput!]!, $key: String!) {
  proposeGradingStandard(
    grading: "banking.wealth", unit: $unit, effectiveFrom: $day, values: $values, idempotencyKey: $key
  ) {
    ... on ProposeGradingStandardSuccess { standard { id } }
    ... on Problems { problems { code path } }
  }
}
"""
DECIDE = """
mutation ($id: String!, $key: String!) {
  decideGradingStandard(id: $id, approve: true, idempotencyKey: $key) {
    ... on DecideGradingStandardSuccess { standard { state } }
    ... on Problems { problems { code path } }
  }
}
"""
OPENED = {
    "name": "欧阳示例", "sex": "FEMALE", "nationality": "CN", "occupation": "教师", "documentKind": "RESIDENT_ID",
    "residentId": "11010519491231002X", "validUntil": "2035-01-01", "mobile": "13900001234",
    "address": {"province": "广东省", "city": "佛山市", "district": "顺德区"}, "accountKind": "DEMAND",
    "accountNumber": "620000000000001234", "cardNumber": "6228480402564890018", "openedOn": "2026-11-02",
    "reference": "A-1", "services": [{"kind": "MOBILE_BANKING", "since": "2026-11-02"}],
}  # fmt: skip
REVIEWED = {
    "name": "欧阳示例", "mobile": "13900001234", "authorisedOn": "2026-11-01", "reviewedOn": "2026-11-02",
    "result": "PASSED", "standing": "信用卡按期还款",
    "risk": [{"assessedOn": "2026-11-02", "laundering": "LOW", "tolerance": "STEADY"}],
}  # fmt: skip
ALL_OF_HIM = """
query ($id: ID!) {
  customer(id: $id) {
    name contacts { mobile } personal { nationality occupation }
    holdings {
      number
      bankingAccount { kind accountNumber cardNumber }
      bankingProduct { kind name }
      transactions { kind amount { display } channel }
    }
    bankingChannels { channel times }
    bankingServices { kind }
  }
}
"""
BALANCES = """
query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  customers { nodes { name contacts { mobile } holdings { bankingAccount { accountNumber } } } }
}
"""
EVIDENCE = """
{ evidence(first: 1, kind: "read") { at actor client activity purpose subjects outcome fields { path effect } } }
"""


@pytest.fixture
def bank(tmp_path: Path, database_url: str) -> Iterator[World]:
    with world(tmp_path, database_url, (kehu_banking,)) as made:
        yield made


@pytest.fixture
def counter(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    """Where the database makes no difference."""
    with world(tmp_path, sqlite_url, (kehu_banking,)) as made:
        yield made


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """For forms that are refused, so that nothing is stored."""
    folder = tmp_path_factory.mktemp("counter")
    with world(folder, f"sqlite+pysqlite:///{folder / 'kehu.sqlite'}", (kehu_banking,)) as made:
        yield made


def taken(answer: dict[str, Any]) -> dict[str, Any]:
    assert "errors" not in answer, answer["errors"]
    [result] = answer["data"].values()
    assert "problems" not in result, result
    return dict(result)


def add(kehu: World, record: str, parent: str, key: str, **values: object) -> dict[str, Any]:
    mutation = f"""mutation ($parent: ID!, $input: {record}Input!, $key: String!) {{
      add{record}(parent: $parent, input: $input, idempotencyKey: $key) {{
        ... on Add{record}Success {{ id }} ... on Problems {{ problems {{ code path }} }} }} }}"""
    return taken(kehu.ask(kehu.principal(every=True), mutation, parent=parent, input=values, key=key))


def opened(kehu: World, unit: str | None = None, key: str = "1", **changed: object) -> dict[str, Any]:
    clerk = kehu.principal(every=True, unit=unit)
    return taken(kehu.ask(clerk, OPENING, input={**OPENED, **changed}, key=key))


def effects_of(entry: Mapping[str, Any]) -> dict[str, str]:
    return {field["path"]: field["effect"] for field in entry["fields"]}


def cny(amount: str) -> Mapping[str, str]:
    return {"amount": amount, "currency": "CNY"}


@pytest.mark.rule("S1.R04")
def test_one_customer_shows_the_five_groups_of_information_together(bank: World) -> None:
    made = opened(bank)
    customer, [account] = made["id"], made["customer"]["holdings"]
    add(bank, "Transaction", account["id"], "2", kind="PAYMENT", amount=cny("1200.50"), channel="COUNTER",
        occurredAt="2026-11-03T10:00:00+08:00")  # fmt: skip
    product = add(bank, "Holding", customer, "3", kind="PRODUCT", openedOn="2026-11-04")
    add(bank, "BankingProduct", product["id"], "4", kind="FUND", name="示例稳健基金")
    add(bank, "BankingChannelUse", customer, "5", channel="MOBILE", month="2026-11-01", times=12)
    seen = bank.data(bank.principal(every=True), ALL_OF_HIM, id=customer)["customer"]
    assert seen["name"] == "欧阳**"
    assert seen["contacts"] == [{"mobile": "139****1234"}]
    assert seen["personal"] == {"nationality": "CN", "occupation": "***"}
    held, bought = sorted(seen["holdings"], key=lambda one: one["bankingProduct"] is not None)
    assert held["bankingAccount"] == {"kind": "DEMAND", "accountNumber": "****1234", "cardNumber": "****0018"}
    assert [(one["kind"], one["channel"]) for one in held["transactions"]] == [("PAYMENT", "COUNTER")]
    assert bought["bankingProduct"] == {"kind": "FUND", "name": "示例稳健基金"}
    assert seen["bankingChannels"] == [{"channel": "MOBILE", "times": 12}]
    assert seen["bankingServices"] == [{"kind": "MOBILE_BANKING"}]


@pytest.mark.rule("S1.R05")
def test_a_branch_sees_its_own_customers_and_those_below_it_only(bank: World) -> None:
    opened(bank, "P01")
    query = "{ customers { totalCount nodes { banking { customerNumber } holdings { bankingAccount { kind } } } } }"
    seen = {
        unit: bank.data(bank.principal(every=True, unit=unit), query)["customers"]["totalCount"]
        for unit in ("HQ", "P01", "P02")
    }
    assert seen == {"HQ": 1, "P01": 1, "P02": 0}


WEALTH_CASES = (
    ("5000000.00", "DIAMOND"), ("4999999.99", "PLATINUM"), ("1000000.00", "PLATINUM"), ("999999.99", "GOLD"),
    ("200000.00", "GOLD"), ("199999.99", "ORDINARY"), ("0.00", "ORDINARY"),
)  # fmt: skip


def report(kehu: World, average: str, key: str) -> str:
    """The wealth card after a month's assets were reported."""
    said = {
        "name": "欧阳示例",
        "mobile": "13900001234",
        "reference": "A-1",
        "month": "2026-10-01",
        "average": cny(average),
    }
    made = taken(kehu.ask(kehu.principal(every=True), REPORT, input=said, key=key))
    return card_of(made["customer"]["grades"])


def card_of(grades: list[dict[str, str]]) -> str:
    [band] = [g["band"] for g in grades if g["grading"] == "banking.wealth" and g["supersededAt"] is None]
    return band


@pytest.mark.rule("S1.R06")
def test_every_customer_is_graded_by_the_standard_as_assets_are_reported(bank: World) -> None:
    assert card_of(opened(bank)["customer"]["grades"]) == "ORDINARY"
    assert [report(bank, average, average) for average, _ in WEALTH_CASES] == [card for _, card in WEALTH_CASES]


@pytest.mark.rule("S1.R06")
def test_head_office_sets_the_standard_and_a_branch_cannot(bank: World) -> None:
    assert report(bank, "150000.00", "1") == "ORDINARY"
    proposer, publisher = (
        bank.principal(*STANDARD_KEEPER.scopes, staff=staff, client=staff) for staff in ("M001", "M002")
    )
    units = bank.data(proposer, "{ organisationUnits { nodes { id code } } }")["organisationUnits"]["nodes"]
    said = {
        "unit": next(unit["id"] for unit in units if unit["code"] == "HQ"),
        "day": "2026-11-23",
        "values": [{"name": "goldFrom", "value": "100000.00"}],
    }
    branch = bank.principal(*STANDARD_KEEPER.scopes, unit="P01", staff="S001")
    own = next(unit["id"] for unit in units if unit["code"] == "P01")
    refused = bank.ask(branch, PROPOSE, **{**said, "unit": own}, key="b")
    assert refused["errors"][0]["extensions"]["code"] == "STANDARD_UNIT"
    standard = taken(bank.ask(proposer, PROPOSE, **said, key="p"))["standard"]["id"]
    assert bank.ask(proposer, DECIDE, id=standard, key="d0")["errors"][0]["extensions"]["code"] == "SAME_PERSON"
    assert taken(bank.ask(publisher, DECIDE, id=standard, key="d1"))["standard"]["state"] == "PUBLISHED"
    query = "{ customers { nodes { grades { grading band supersededAt } } } }"
    [seen] = bank.data(bank.principal(every=True), query)["customers"]["nodes"]
    assert card_of(seen["grades"]) == "GOLD"


FUNCTION_CALLS = {
    "banking.credit_review": "{ customers { nodes { bankingCreditReviews { reviewedOn } } } }",
    "banking.customer_mining": "{ customers { nodes { bankingOpportunities { product } } } }",
    "banking.customer_service": "{ customers { nodes { bankingServices { kind } } } }",
    "banking.customer_management": "{ customers { nodes { banking { customerSince } } } }",
    "banking.performance_assessment": "{ customers { nodes { bankingContributions { month } } } }",
    "banking.statistical_analysis": "{ customers { nodes { bankingStatistics { transactions } } } }",
    "banking.business_management": "{ customers { nodes { bankingContracts { kind } } } }",
    "banking.system_management": "{ organisationUnits { nodes { code } } }",
}
NEEDED = {
    "banking.credit_review": "banking.credit:read",
    "banking.customer_mining": "banking.mining:read",
    "banking.customer_service": "banking.service:read",
    "banking.customer_management": "banking.management:read",
    "banking.performance_assessment": "banking.performance:read",
    "banking.statistical_analysis": "banking.statistics:read",
    "banking.business_management": "banking.business:read",
    "banking.system_management": "organisation:read",
}


@pytest.mark.rule("S1.R07")
def test_who_has_one_of_the_eight_functions_can_use_that_one_and_no_other(counter: World) -> None:
    opened(counter)
    assert [role.key for role in FUNCTIONS] == list(FUNCTION_CALLS)
    for role in FUNCTIONS:
        holder = counter.principal(*role.scopes, purposes=role.purposes)
        for function, query in FUNCTION_CALLS.items():
            answer = counter.ask(holder, query)
            if function == role.key:
                assert "errors" not in answer, (role.key, answer)
            else:
                [error] = answer["errors"]
                outside = "customer.core:read" not in role.scopes and "customers" in query
                missing = "customer.core:read" if outside else NEEDED[function]
                assert error["extensions"]["required"] == [missing], (role.key, function)


@pytest.mark.rule("S1.R08")
def test_a_purpose_is_one_of_the_listed_ones_and_stands_in_the_log(counter: World) -> None:
    opened(counter)
    reader = counter.principal(every=True, staff="A001")
    listed = {
        one["code"]: one["label"]["zh"]
        for one in counter.data(reader, "{ purposes { code label { zh } } }")["purposes"]
    }
    lawful = ("SERVICE", "PRODUCT_DEVELOPMENT", "MARKETING", "STATISTICS", "ASSESSMENT", "DECISION")
    assert [listed[code] for code in lawful] == [
        "客户服务",
        "新产品开发",
        "市场营销",
        "统计分析",
        "考核激励",
        "业务决策",
    ]
    for code in lawful:
        query = f'query ($why: Reason!) @purpose(code: "{code}", reason: $why) {{ customers {{ nodes {{ name }} }} }}'
        counter.data(reader, query, why="年度工作")
        [entry] = counter.data(reader, EVIDENCE)["evidence"]
        assert entry["purpose"] == code
    answer = counter.ask(reader, query.replace("DECISION", "CURIOSITY"), why="随便看看")
    assert answer["errors"][0]["extensions"]["code"] == "PURPOSE_NOT_ALLOWED"


@pytest.mark.rule("S1.R02", "S10.R07", "S10.R09")
def test_without_scope_and_purpose_values_are_masked_or_denied_and_every_use_is_on_record(bank: World) -> None:
    opened(bank)
    query = "{ customers { nodes { name contacts { mobile } holdings { bankingAccount { accountNumber } } } } }"
    stranger = bank.ask(bank.principal("customer.core:read"), query)
    [row] = stranger["data"]["customers"]["nodes"]
    assert row == {"name": None, "contacts": [{"mobile": None}], "holdings": None}
    required = {scope for error in stranger["errors"] for scope in error["extensions"]["required"]}
    assert required == {"customer.contact:read", "customer.holding:read", "customer.identity:read"}
    reader = bank.principal(every=True, staff="A001")
    [entry] = bank.data(reader, EVIDENCE)["evidence"]
    assert {"customers.name": "denied", "customers.holdings": "denied"}.items() <= effects_of(entry).items()
    bank.data(reader, query.replace("{ customers", 'query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) '
                                    "{ customers", 1), why="客户来行办理")  # fmt: skip
    [entry] = bank.data(reader, EVIDENCE)["evidence"]
    assert entry["purpose"] == "SERVICE"
    assert entry["actor"]
    assert len(entry["subjects"]) == 1
    assert entry["at"]
    assert effects_of(entry)["customers.name"] == "clear"
    names = bank.data(reader, "{ __schema { mutationType { fields { name } } } }")["__schema"]["mutationType"]["fields"]
    assert not [field["name"] for field in names if "vidence" in field["name"]]


@pytest.mark.rule("S4.R05", "S3.R12")
def test_the_lower_grade_sees_masked_what_the_higher_grade_sees_in_clear(bank: World) -> None:
    opened(bank)
    shown = {}
    for role in (CLERK, AUTHORISER):
        caller = bank.principal(*role.scopes, purposes=role.purposes)
        shown[role.key] = bank.data(caller, BALANCES, why="客户来行核对账户")["customers"]["nodes"]
    assert shown[CLERK.key] == [
        {"name": "欧阳**", "contacts": [{"mobile": "139****1234"}],
         "holdings": [{"bankingAccount": {"accountNumber": "****1234"}}]}
    ]  # fmt: skip
    assert shown[AUTHORISER.key] == [
        {"name": "欧阳示例", "contacts": [{"mobile": "13900001234"}],
         "holdings": [{"bankingAccount": {"accountNumber": "620000000000001234"}}]}
    ]  # fmt: skip
    general = bank.ask(bank.principal("customer.core:read"), BALANCES, why="只有一般信息的权限")
    assert general["data"]["customers"]["nodes"][0]["name"] is None
    assert ["customer.identity:read"] in [error["extensions"]["required"] for error in general["errors"]]


def test_private_banking_is_seen_by_its_own_role_only_and_each_field_goes_on_record(bank: World) -> None:
    """S2.R07 in part: the mark and the archives have a scope of their own; the customer himself doesn't yet."""
    made = opened(bank)
    add(bank, "BankingPrivate", made["id"], "2", signedOn="2026-11-05", signingArchive="SY-2026-0001",
        cardArchive="FK-2026-0001")  # fmt: skip
    query = """query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) {
      customers { nodes { bankingPrivate { signedOn signingArchive } } } }"""
    authoriser = bank.principal(*AUTHORISER.scopes, purposes=AUTHORISER.purposes)
    refused = bank.ask(authoriser, query, why="客户来行")
    assert refused["data"]["customers"]["nodes"] == [{"bankingPrivate": None}]
    assert "banking.private:read" in refused["errors"][0]["extensions"]["required"]
    banker = bank.principal(*PRIVATE_BANKER.scopes, purposes=PRIVATE_BANKER.purposes)
    [seen] = bank.data(banker, query, why="季度资产回顾")["customers"]["nodes"]
    assert seen["bankingPrivate"] == {"signedOn": "2026-11-05", "signingArchive": "SY-2026-0001"}
    [entry] = bank.data(bank.principal(every=True), EVIDENCE)["evidence"]
    assert effects_of(entry) == {
        "customers.bankingPrivate.signedOn": "clear", "customers.bankingPrivate.signingArchive": "clear",
    }  # fmt: skip


def test_each_item_shows_the_channel_by_which_it_was_won(counter: World) -> None:
    """S7.R08 in part: always one of the six, and so far always the staff's own activity."""
    opened(counter)
    query = "{ customers { nodes { sourceChannel holdings { sourceChannel bankingAccount { sourceChannel } } } } }"
    [seen] = counter.data(counter.principal(every=True), query)["customers"]["nodes"]
    won = "STAFF_ACTIVITY"
    assert seen == {
        "sourceChannel": won,
        "holdings": [{"sourceChannel": won, "bankingAccount": {"sourceChannel": won}}],
    }
    channels = counter.data(
        counter.principal(every=True), '{ schemes(key: "source.channel") { terms { label { zh } } } }'
    )
    assert [term["label"]["zh"] for term in channels["schemes"][0]["terms"]] == [
        "物理网点", "网络金融服务渠道", "客户服务中心", "员工业务活动", "第三方合作", "分析加工",
    ]  # fmt: skip


BASIC = ("name", "sex", "nationality", "occupation", "documentKind", "validUntil", "mobile", "address")


@pytest.mark.parametrize("left_out", BASIC)
def test_no_account_is_opened_on_incomplete_basic_information(refusing: World, left_out: str) -> None:
    """S7.R13 in part: this form refuses; other ways to begin business don't ask yet."""
    said = {name: value for name, value in OPENED.items() if name != left_out}
    answer = refusing.ask(refusing.principal(every=True), OPENING, input=said, key=left_out)
    assert answer["errors"][0]["extensions"]["code"] == "VARIABLE_INVALID"
    assert refusing.data(refusing.principal(every=True), "{ customers { totalCount } }")["customers"] == {
        "totalCount": 0
    }


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"residentId": "110105194912310021"}, "RESIDENT_ID_CHECK"),
        ({"cardNumber": "6228480402564890019"}, "BANK_CARD_CHECK"),
        ({"nationality": "XX"}, "NATIONALITY_UNKNOWN"),
        ({"documentKind": "PASSPORT"}, "NOT_ASKED"),
    ],
)
def test_invalid_basic_information_is_named(refusing: World, wrong: Mapping[str, object], code: str) -> None:
    answer = refusing.ask(refusing.principal(every=True), OPENING, input={**OPENED, **wrong}, key=code)
    codes = [e["extensions"]["code"] for e in answer.get("errors", ())]
    codes += [p["code"] for p in (answer.get("data") or {}).get("recordBankingOpening", {}).get("problems", ())]
    assert code in codes, answer


def test_completeness_follows_what_is_recorded(bank: World) -> None:
    """S7.R12 in part: measured for every customer; no task is opened yet."""
    clerk = bank.principal(every=True)
    said = {
        "name": "司徒示例",
        "mobile": "13900005678",
        "reference": "A-2",
        "month": "2026-10-01",
        "average": cny("1.00"),
    }
    bare = taken(bank.ask(clerk, REPORT, input=said, key="r"))["customer"]["grades"]
    assert "INCOMPLETE" in [grade["band"] for grade in bare]
    whole = opened(bank, key="o")["customer"]["grades"]
    assert ("banking.completeness", "COMPLETE") in [(grade["grading"], grade["band"]) for grade in whole]


def test_a_credit_review_is_seen_for_its_purpose_only(bank: World) -> None:
    """F-23: queries need the customer's written authorisation, which the form asks for."""
    opened(bank)
    clerk = bank.principal(every=True)
    taken(bank.ask(clerk, REVIEW, input=REVIEWED, key="r"))
    query = """query ($why: Reason!) @purpose(code: "CREDIT_REVIEW", reason: $why) {
      customers { nodes { bankingCreditReviews { result standing } bankingRisks { laundering tolerance } } } }"""
    reviewer = FUNCTIONS[0]
    seen = bank.data(bank.principal(*reviewer.scopes, purposes=reviewer.purposes), query, why="贷款审查")
    assert seen["customers"]["nodes"] == [
        {"bankingCreditReviews": [{"result": "PASSED", "standing": "信用卡按期还款"}],
         "bankingRisks": [{"laundering": None, "tolerance": "STEADY"}]}
    ]  # fmt: skip
    duty = query.replace("CREDIT_REVIEW", "ANTI_MONEY_LAUNDERING")
    officer = bank.principal("customer.core:read", "banking.credit:read", "banking.credit:reveal",
                             purposes=("ANTI_MONEY_LAUNDERING",))  # fmt: skip
    [seen] = bank.data(officer, duty, why="可疑交易甄别")["customers"]["nodes"]
    assert seen["bankingRisks"] == [{"laundering": "LOW", "tolerance": "STEADY"}]


def typed(said: Mapping[str, object]) -> dict[str, object]:
    """The demo writes an address as people do, in a line; clients send its parts."""
    return {**said, **({"address": {"road": said["address"]}} if "address" in said else {})}


def test_the_demo_is_taken_without_a_word(counter: World) -> None:
    clerk = counter.principal(every=True)
    forms = {"banking.opening": OPENING, "banking.asset_report": REPORT}
    for demo in kehu_banking.DEMOS:
        for number, said in enumerate(demo.submissions(Random(7), 12)):
            taken(counter.ask(clerk, forms[demo.form], input=typed(said), key=f"{demo.form}-{number}"))
    assert counter.data(clerk, "{ customers { totalCount } }")["customers"]["totalCount"] >= 12
