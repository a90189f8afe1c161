"""Grades that follow the calendar and the thresholds that an organisation sets, without code and without a new fact."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import kehu_automotive
import kehu_b2b
from kehu.access.principal import Principal
from kehu.customers.context import Request
from kehu.customers.standards import GradingActs
from kehu.testing import World, world
from kehu_automotive.roles import CONSULTANT, SHOWROOM_MANAGER

SUBMIT = """mutation ($form: String!, $said: FormData!, $key: String!) {
  submitForm(key: $form, version: 1, data: $said, idempotencyKey: $key) {
    ... on SubmitFormSuccess { id } ... on Problems { problems { code path } } } }"""
GRADES = "query ($id: ID!) { customer(id: $id) { grades { grading band supersededAt } } }"
WHY = """query ($id: ID!, $why: Reason!) @purpose(code: "DECISION", reason: $why) { customer(id: $id) {
  grades { grading supersededAt explanation { zh } } } }"""
BY_BAND = """query ($grading: String!, $band: String!) {
  customers(filter: {grades: {grading: {eq: $grading}, band: {eq: $band}}}) { totalCount } }"""
PASSED = """query ($day: Day!) { customers(filter: {automotiveCards: {nextOn: {lt: $day}}}) {
  nodes { grades { grading band supersededAt } automotiveCards { nextOn } } } }"""
PROPOSE = """mutation ($unit: ID!, $values: [GradingValueInput!]!) { proposeGradingStandard(
    grading: "b2b.volume", unit: $unit, effectiveFrom: "2026-11-23", values: $values, idempotencyKey: "p") {
  ... on ProposeGradingStandardSuccess { standard { id } } ... on Problems { problems { code path } } } }"""
DECIDE = """mutation ($id: String!) { decideGradingStandard(id: $id, approve: true, idempotencyKey: "d") {
  ... on DecideGradingStandardSuccess { standard { state } } ... on Problems { problems { code path } } } }"""
COMPANY = {
    "archiveNumber": "DA00001", "stage": "ACTIVE", "name": "示例机电有限公司", "legalRepresentative": "欧阳示例",
    "address": {"city": "佛山市", "district": "顺德区", "road": "示例路1号"}, "telephone": "0757-22334455",
    "businessScope": "机电设备批发", "registeredCapital": {"amount": "10000000.00", "currency": "CNY"},
    "contacts": [{"name": "诸葛示例", "telephone": "13900001234"}], "needCharacteristic": "STANDARD",
    "needManner": "SINGLE_ORDER", "needVolume": "SMALL",
}  # fmt: skip
ORDER = {"archiveNumber": "DA00001", "kind": "ORDER", "amount": {"amount": "600000.00", "currency": "CNY"}}
FOLLOW_UP = {
    "name": "欧阳示例", "telephone": "13900001234", "cardNumber": "A000001", "doneAt": "2026-11-23T11:00:00+08:00",
    "method": "CALL", "content": "同意周六试驾", "objections": "希望赠送保养", "consultant": "S001", "level": "C",
    "nextOn": "2026-11-25", "nextPlan": "确认试驾时间",
}  # fmt: skip
_keys = count()


def submit(made: World, form: str, said: dict[str, Any]) -> str:
    clerk = made.principal(every=True, staff="S001")
    result = made.data(clerk, SUBMIT, form=form, said=said, key=f"key-{next(_keys)}")["submitForm"]
    assert "id" in result, result
    return str(result["id"])


def bands(made: World, customer: str) -> dict[str, str]:
    grades = made.data(made.principal(every=True), GRADES, id=customer)["customer"]["grades"]
    return {grade["grading"]: grade["band"] for grade in grades if grade["supersededAt"] is None}


def reason(made: World, customer: str, grading: str) -> str:
    grades = made.data(made.principal(every=True), WHY, id=customer, why="核对等级")["customer"]["grades"]
    [told] = [one["explanation"]["zh"] for one in grades if one["grading"] == grading and one["supersededAt"] is None]
    return str(told)


def night(made: World, **later: float) -> None:
    """Time passes, and the nightly `kehu grade run` is done."""
    made.clock.forward(**later)
    request = Request(principal=made.principal(every=True), idempotency_key=f"night-{next(_keys)}")
    GradingActs(made.installation.context).sweep(request)


@pytest.mark.rule("S9.R06")
def test_a_new_customer_becomes_an_old_one_in_the_night_of_the_day(tmp_path: Path, sqlite_url: str) -> None:
    with world(tmp_path, sqlite_url, (kehu_b2b,)) as made:
        customer = submit(made, "b2b.archive_ordinary_company", COMPANY)
        assert bands(made, customer)["b2b.time"] == "FUTURE"
        first = (made.clock() - timedelta(days=363)).date().isoformat()
        submit(made, "b2b.business_dealing", {**ORDER, "occurredOn": first})
        seen = [bands(made, customer)["b2b.time"]]
        for _ in range(2):
            night(made, days=1)
            seen.append(bands(made, customer)["b2b.time"])
        assert seen == ["NEW", "NEW", "OLD"]
        counted = made.data(made.principal(every=True), BY_BAND, grading="b2b.time", band="OLD")
        assert counted["customers"]["totalCount"] == 1


@pytest.mark.rule("S9.R14")
def test_thresholds_of_main_and_ordinary_customers_are_set_without_code(tmp_path: Path, sqlite_url: str) -> None:
    with world(tmp_path, sqlite_url, (kehu_b2b,)) as made:
        customer = submit(made, "b2b.archive_ordinary_company", COMPANY)
        submit(made, "b2b.business_dealing", {**ORDER, "occurredOn": "2026-11-20"})
        assert bands(made, customer)["b2b.volume"] == "ORDINARY"
        assert "CNY 600,000.00 ≥ CNY 500,000.00" in reason(made, customer, "b2b.volume")
        proposer, publisher = (made.principal(every=True, staff=who, client=who) for who in ("M001", "M002"))
        units = made.data(proposer, "{ organisationUnits { nodes { id code } } }")["organisationUnits"]["nodes"]
        top = next(unit["id"] for unit in units if unit["code"] == "HQ")
        asked = {"unit": top, "values": [{"name": "mainFrom", "value": "600000.00"}]}
        standard = made.data(proposer, PROPOSE, **asked)["proposeGradingStandard"]["standard"]["id"]
        made.data(publisher, DECIDE, id=standard)
        assert bands(made, customer)["b2b.volume"] == "MAIN"
        assert "CNY 600,000.00 ≥ CNY 600,000.00" in reason(made, customer, "b2b.volume")


def role(made: World, one: Any) -> Principal:
    return made.principal(*one.scopes, purposes=one.purposes, staff="S001")


@pytest.mark.rule("S12.R23")
def test_a_plan_whose_day_has_passed_shows_as_overdue_to_consultant_and_supervisor(
    tmp_path: Path, sqlite_url: str
) -> None:
    with world(tmp_path, sqlite_url, (kehu_automotive,)) as made:
        customer = submit(made, "automotive.follow_up", FOLLOW_UP)
        assert bands(made, customer)["automotive.contact"] == "PLANNED"
        night(made, days=3)
        for one in (CONSULTANT, SHOWROOM_MANAGER):
            [seen] = made.data(role(made, one), PASSED, day="2026-11-26")["customers"]["nodes"]
            assert seen["automotiveCards"] == [{"nextOn": "2026-11-25"}]
            now = {grade["grading"]: grade["band"] for grade in seen["grades"] if grade["supersededAt"] is None}
            assert now["automotive.contact"] == "OVERDUE"
