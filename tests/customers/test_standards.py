"""Standards: proposed by one, published by another, tried before; grades keep the standard that gave them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select

import kehu_banking
from kehu.access.principal import Principal
from kehu.customers.context import Request
from kehu.customers.standards import GradingActs
from kehu.demo.numbers import resident_id
from kehu.testing import World, world

OPENING = """
mutation ($input: BankingOpeningInput!, $key: String!) {
  recordBankingOpening(input: $input, idempotencyKey: $key) {
    ... on RecordBankingOpeningSuccess { id } ... on Problems { problems { code path } }
  }
}
"""
REPORT = """
mutation ($input: BankingAssetReportInput!, $key: String!) {
  recordBankingAssetReport(input: $input, idempotencyKey: $key) {
    ... on RecordBankingAssetReportSuccess { id } ... on Problems { problems { code path } }
  }
}
"""
PROPOSE = """
mutation ($grading: String!, $unit: ID!, $day: String!, $values: [GradingValueInput!]!, $key: String!) {
  proposeGradingStandard(grading: $grading, unit: $unit, effectiveFrom: $day, values: $values, idempotencyKey: $key) {
    ... on ProposeGradingStandardSuccess { standard { id version state values { name value } } }
    ... on Problems { problems { code path } }
  }
}
"""
DECIDE = """
mutation ($id: String!, $approve: Boolean!, $key: String!) {
  decideGradingStandard(id: $id, approve: $approve, idempotencyKey: $key) {
    ... on DecideGradingStandardSuccess { standard { state version } } ... on Problems { problems { code path } }
  }
}
"""
WHAT_IF = """
query ($standard: Int, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  gradingWhatIf(grading: "banking.wealth", standard: $standard) { graded moved moves { before after count } }
  gradingMovers(grading: "banking.wealth", standard: $standard, before: "ORDINARY", after: "GOLD", first: 1)
}
"""
MOVERS = """
query ($beyond: ID, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  gradingMovers(grading: "banking.wealth", standard: 1, before: "ORDINARY", after: "GOLD", first: 2, beyond: $beyond)
}
"""
GRADES = """
query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  customers { nodes {
    unit { code }
    grades {
      grading band gradingVersion standardVersion supersededAt explanation { zh en }
    }
  } }
}
"""
TODAY = "2026-11-23"
DAY = date(2026, 11, 23)


@pytest.fixture
def bank(tmp_path: Path, database_url: str) -> Iterator[World]:
    with world(tmp_path, database_url, (kehu_banking,)) as made:
        yield made


@pytest.fixture
def counter(tmp_path: Path, sqlite_url: str) -> Iterator[World]:
    """Where the database makes no difference."""
    with world(tmp_path, sqlite_url, (kehu_banking,)) as made:
        yield made


def taken(answer: dict[str, Any]) -> Any:
    assert "errors" not in answer, answer["errors"]
    [result] = answer["data"].values()
    assert "problems" not in result, result
    return result


def code_of(answer: dict[str, Any]) -> str:
    if "errors" in answer:
        return str(answer["errors"][0]["extensions"]["code"])
    [result] = answer["data"].values()
    return str(result["problems"][0]["code"])


def customer(kehu: World, unit: str, number: int, assets: str) -> None:
    """Somebody of this branch whose assets were reported."""
    random, clerk = Random(number), kehu.principal(every=True, unit=unit)
    who = {"name": "欧阳示例", "mobile": f"1390000{number:04}"}
    opening = who | {
        "sex": "FEMALE", "nationality": "CN", "occupation": "教师", "documentKind": "RESIDENT_ID",
        "residentId": resident_id(random, "440606", date(1980, 1, number), "FEMALE"), "validUntil": "2035-01-01",
        "address": {"province": "广东省", "city": "佛山市", "district": "顺德区"}, "accountKind": "DEMAND",
        "accountNumber": f"62000000000000{number:04}", "openedOn": "2026-11-02", "reference": f"A-{number}",
        "services": [{"kind": "MOBILE_BANKING", "since": "2026-11-02"}],
    }  # fmt: skip
    taken(kehu.ask(clerk, OPENING, input=opening, key=f"o{number}"))
    month = {"reference": f"A-{number}", "month": "2026-10-01", "average": {"amount": assets, "currency": "CNY"}}
    taken(kehu.ask(clerk, REPORT, input=who | month, key=f"r{number}"))


def keeper(kehu: World, staff: str, unit: str | None = None) -> Principal:
    return kehu.principal(every=True, staff=staff, unit=unit, client=staff)


def unit_id(kehu: World, code: str) -> str:
    units = kehu.data(keeper(kehu, "M001"), "{ organisationUnits { nodes { id code } } }")["organisationUnits"]["nodes"]
    return next(str(one["id"]) for one in units if one["code"] == code)


def proposed(kehu: World, key: str, unit: str = "HQ", day: str = TODAY, **values: str) -> dict[str, Any]:
    said = {"grading": "banking.wealth", "unit": unit_id(kehu, unit), "day": day}
    stated = [{"name": name, "value": value} for name, value in values.items()]
    return dict(taken(kehu.ask(keeper(kehu, "M001"), PROPOSE, **said, values=stated, key=key))["standard"])


def decided(kehu: World, standard: str, key: str, *, approve: bool = True) -> Any:
    return taken(kehu.ask(keeper(kehu, "M002"), DECIDE, id=standard, approve=approve, key=key))["standard"]


def wealth(kehu: World) -> dict[str, list[dict[str, Any]]]:
    """Grades by branch, newest first."""
    found = kehu.data(keeper(kehu, "M001"), GRADES, why="核对等级")["customers"]["nodes"]
    return {
        one["unit"]["code"]: [grade for grade in one["grades"] if grade["grading"] == "banking.wealth"] for one in found
    }


def bands(kehu: World) -> dict[str, str]:
    return {unit: next(g["band"] for g in grades if g["supersededAt"] is None) for unit, grades in wealth(kehu).items()}


@pytest.mark.rule("S1.R06")
@pytest.mark.promise(10)
def test_a_standard_is_tried_published_and_kept_with_its_grades(bank: World) -> None:
    for number, unit in enumerate(("P01", "P02"), 1):
        customer(bank, unit, number, "150000.00")
    assert bands(bank) == {"P01": "ORDINARY", "P02": "ORDINARY"}
    standard = proposed(bank, "p1", unit="P01", goldFrom="10万元")
    assert (standard["version"], standard["state"]) == (1, "PROPOSED")
    assert {"name": "goldFrom", "value": "CNY 100,000.00"} in standard["values"]
    tried = bank.data(keeper(bank, "M001"), WHAT_IF, standard=1, why="试算标准")
    assert tried["gradingWhatIf"] == {
        "graded": 2, "moved": 1, "moves": [{"before": "ORDINARY", "after": "GOLD", "count": 1}]
    }  # fmt: skip
    assert len(tried["gradingMovers"]) == 1
    untried = bank.data(keeper(bank, "M001"), WHAT_IF, why="试算标准")
    assert (untried["gradingWhatIf"]["moved"], untried["gradingMovers"]) == (0, [])
    assert bands(bank) == {"P01": "ORDINARY", "P02": "ORDINARY"}
    assert decided(bank, standard["id"], "d1") == {"state": "PUBLISHED", "version": 1}
    found = wealth(bank)
    # Graded when the account was opened, when the assets were reported, and by the standard.
    given = {unit: [(g["band"], g["standardVersion"]) for g in grades] for unit, grades in found.items()}
    ordinary = [("ORDINARY", 0), ("ORDINARY", 0)]
    assert given == {"P01": [("GOLD", 1), *ordinary], "P02": ordinary}
    assert found["P01"][0]["explanation"]["en"].endswith(
        "average financial assets CNY 150,000.00 ≥ CNY 100,000.00). By standard 1"
    )
    assert found["P01"][1]["explanation"]["en"] == "ORDINARY No wealth card: no criterion of a higher grade is met"
    assert found["P01"][1]["supersededAt"] is not None


@pytest.mark.rule("S1.R06")
def test_the_nearest_standard_counts_from_its_day_on(bank: World) -> None:
    for number, unit in enumerate(("P01", "P02"), 1):
        customer(bank, unit, number, "150000.00")
    everywhere = proposed(bank, "p1", unit="HQ", day="2026-11-24", goldFrom="100000")
    decided(bank, everywhere["id"], "d1")
    own = proposed(bank, "p2", unit="P02", goldFrom="200000")
    decided(bank, own["id"], "d2")
    assert bands(bank) == {"P01": "ORDINARY", "P02": "ORDINARY"}
    bank.clock.forward(days=1)
    acts = GradingActs(bank.installation.context)
    request = Request(principal=keeper(bank, "M001"), idempotency_key="sweep")
    assert acts.sweep(request, (acts.grading("banking.wealth"),)).changed == 1
    assert acts.sweep(request, (acts.grading("banking.wealth"),)).changed == 0
    assert bands(bank) == {"P01": "GOLD", "P02": "ORDINARY"}
    later = proposed(bank, "p3", unit="HQ", day="2026-11-24", goldFrom="150000.01")
    decided(bank, later["id"], "d3")
    assert bands(bank) == {"P01": "ORDINARY", "P02": "ORDINARY"}
    customer(bank, "P03", 3, "150000.01")
    assert bands(bank)["P03"] == "GOLD"


@pytest.mark.rule("S1.R06")
def test_who_may_set_the_standard(counter: World) -> None:
    hq, branch = unit_id(counter, "HQ"), unit_id(counter, "P01")
    said = {"grading": "banking.wealth", "day": TODAY, "values": [{"name": "goldFrom", "value": "1"}]}
    at_branch = keeper(counter, "S001", "P01")
    reader = counter.principal("grading:read", staff="M001")
    nobody = counter.principal(every=True)
    for number, (who, unit, code) in enumerate((
        (at_branch, branch, "STANDARD_UNIT"), (at_branch, hq, "NOT_FOUND"), (reader, hq, "SCOPE_MISSING"),
        (nobody, hq, "STAFF_REQUIRED"),
    )):  # fmt: skip
        assert code_of(counter.ask(who, PROPOSE, **said, unit=unit, key=f"w{number}")) == code
    made = proposed(counter, "p1", goldFrom="1")["id"]
    for number, (who, code) in enumerate((
        (keeper(counter, "M001"), "SAME_PERSON"), (at_branch, "NOT_FOUND"), (reader, "SCOPE_MISSING"),
    )):  # fmt: skip
        assert code_of(counter.ask(who, DECIDE, id=made, approve=True, key=f"v{number}")) == code
    assert decided(counter, made, "d1", approve=False)["state"] == "REFUSED"
    assert code_of(counter.ask(keeper(counter, "M002"), DECIDE, id=made, approve=True, key="d2")) == "DECIDED"
    late = proposed(counter, "p2", goldFrom="1")["id"]
    counter.clock.forward(days=1)
    assert code_of(counter.ask(keeper(counter, "M002"), DECIDE, id=late, approve=True, key="d3")) == "STANDARD_LATE"


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"values": [{"name": "silverFrom", "value": "1"}]}, "PARAMETER_UNKNOWN"),
        ({"values": [{"name": "goldFrom", "value": "-1"}]}, "PARAMETER_RANGE"),
        ({"values": [{"name": "goldFrom", "value": "USD 1"}]}, "PARAMETER_CURRENCY"),
        ({"values": [{"name": "goldFrom", "value": "much"}]}, "MONEY_FORMAT"),
        ({"day": "2026-11-22"}, "EFFECTIVE_PAST"),
        ({"day": "tomorrow"}, "DATE_FORMAT"),
        ({"grading": "banking.completeness", "values": []}, "GRADING_FIXED"),
        ({"grading": "banking.luck"}, "GRADING_UNKNOWN"),
    ],
)
def test_a_standard_that_cannot_be_is_refused(counter: World, changed: dict[str, Any], code: str) -> None:
    said = {"grading": "banking.wealth", "day": TODAY, "values": [{"name": "goldFrom", "value": "1"}], **changed}
    answer = counter.ask(keeper(counter, "M001"), PROPOSE, **said, unit=unit_id(counter, "HQ"), key="p")
    assert code_of(answer) == code


@pytest.mark.promise(2)
def test_a_what_if_tells_only_who_may_see_what_it_rests_on(counter: World) -> None:
    for number, unit in enumerate(("P01", "P01", "P01", "P02"), 1):
        customer(counter, unit, number, "150000.00")
    proposed(counter, "p1", goldFrom="100000")
    whole = keeper(counter, "M001")
    without = counter.principal(*(whole.scopes - {"banking.business:reveal"}), staff="M001")
    assert code_of(counter.ask(without, WHAT_IF, standard=1, why="试算标准")) == "FORBIDDEN_FIELD"
    aimless = counter.ask(whole, '{ gradingWhatIf(grading: "banking.wealth", standard: 1) { graded } }')
    assert code_of(aimless) == "FORBIDDEN_FIELD"
    branch = counter.data(keeper(counter, "S001", "P01"), WHAT_IF, standard=1, why="试算标准")
    assert branch["gradingWhatIf"]["moves"] == [{"before": "ORDINARY", "after": "GOLD", "count": 3}]
    first = counter.data(whole, MOVERS, why="试算标准")["gradingMovers"]
    second = counter.data(whole, MOVERS, why="试算标准", beyond=first[-1])["gradingMovers"]
    assert (len(first), len(second), len({*first, *second})) == (2, 2, 4)
    assert code_of(counter.ask(whole, WHAT_IF, standard=7, why="试算标准")) == "STANDARD_UNKNOWN"
    # The customers listed stand in the evidence, as those of any other answer.
    entry = counter.data(whole, '{ evidence(first: 9, kind: "read") { subjectCount fields { path } } }')["evidence"]
    listed = [one for one in entry if {"path": "gradingMovers"} in one["fields"]]
    assert listed[0]["subjectCount"] == 2


def test_standards_are_listed_for_those_whom_they_concern(counter: World) -> None:
    proposed(counter, "p1", unit="HQ", goldFrom="1")
    proposed(counter, "p2", unit="P02", goldFrom="2")
    query = '{ gradingStandards(grading: "banking.wealth") { version state effectiveFrom } }'
    seen = {
        unit: [one["version"] for one in counter.data(keeper(counter, staff, unit), query)["gradingStandards"]]
        for unit, staff in (("HQ", "M001"), ("P01", "S001"), ("P02", "S003"))
    }
    assert seen == {"HQ": [2, 1], "P01": [1], "P02": [2, 1]}
    # What isn't listed can't be tried either, and answers as absent.
    tried = counter.ask(keeper(counter, "S001", "P01"), WHAT_IF, standard=2, why="试算标准")
    assert code_of(tried) == "STANDARD_UNKNOWN"


def test_a_sweep_is_on_record_span_by_span(counter: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 6):
        customer(counter, "P01", number, "150000.00")
    made = proposed(counter, "p1", goldFrom="100000")
    monkeypatch.setattr("kehu.customers.standards.SPAN", 2)
    decided(counter, made["id"], "d1")
    counter.installation.mover.drain()
    jobs = [one.entry.detail for one in counter.installation.evidence.entries() if one.entry.kind.value == "job"]
    assert sorted(one["changed"] for one in jobs if one["grading"] == "banking.wealth") == [1, 2, 2]
    table = counter.installation.tables["Grade"]
    current = select(func.count()).where(table.c.grading == "banking.wealth", table.c.superseded_at.is_(None))
    with counter.installation.engines.read.connect() as conn:
        assert conn.execute(current).scalar_one() == 5
