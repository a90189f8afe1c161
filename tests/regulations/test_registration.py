"""Forms from the side of who fills them in: read back, listed and counted; what is missing is named."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest

import kehu_b2b
import kehu_realestate
from kehu.testing import World, world
from kehu_realestate.roles import SALESPERSON

SUBMIT = """mutation ($form: String!, $said: FormData!, $key: String!) {
  submitForm(key: $form, version: 1, data: $said, idempotencyKey: $key) {
    ... on SubmitFormSuccess { id } ... on Problems { problems { code path } } } }"""
READ = """query ($id: ID!, $why: Reason!) @purpose(code: "REALESTATE_RECEPTION", reason: $why) { customer(id: $id) {
  name sex ageBand contacts { mobile } interactions { kind occurredAt }
  realestate { source livingWorkingArea needType priceBand sincerity traits } } }"""
DAY = """query ($from: Moment!, $to: Moment!) {
  interactions(filter: {occurredAt: {gte: $from, lt: $to}}) { totalCount nodes { kind } } }"""
BY_SOURCE = """query ($source: RealestateSource!) {
  customers(filter: {realestate: {source: {eq: $source}}}) { totalCount } }"""
PROFILE = {
    "source": "VISIT", "livingWorkingArea": "顺德区", "needType": "FIRST_HOME", "priceBand": "FROM_1M_TO_2M",
    "sincerity": "HIGH", "traits": "关注学区",
}  # fmt: skip
SAID = {
    "name": "欧阳示例", "sex": "MALE", "ageBand": "A35_44", "telephone": "13900001234",
    "visitedAt": "2026-11-23T10:00:00+08:00", **PROFILE,
}  # fmt: skip

OWNER = {
    "name": "诸葛示例", "telephone": "13900004321", "unitSold": "3幢2单元1201", "propertyType": "APARTMENT",
    "price": {"amount": "8000000.00", "currency": "CNY"}, "discount": "九八折",
    "address": {"city": "佛山市", "district": "顺德区"}, "externalId": "MY-1", "project": "P01",
}  # fmt: skip
ARCHIVE = {
    "archiveNumber": "DA00001", "stage": "ACTIVE", "name": "示例机电有限公司", "legalRepresentative": "欧阳示例",
    "address": {"city": "佛山市", "district": "顺德区", "road": "示例路1号"}, "telephone": "0757-22334455",
    "businessScope": "机电设备批发", "registeredCapital": {"amount": "10000000.00", "currency": "CNY"},
    "contacts": [{"name": "诸葛示例", "telephone": "13900001234"}], "needCharacteristic": "STANDARD",
    "needManner": "SINGLE_ORDER", "needVolume": "SMALL",
}  # fmt: skip
INQUIRY = {
    "leadNumber": "XX00001", "receivedAt": "2026-11-20T10:00:00+08:00", "source": "HOTLINE", "contactAnswer": "GIVEN",
    "contact": [{"name": "司徒示例"}], "organisationAnswer": "GIVEN", "name": "示例贸易有限公司",
    "telephoneAnswer": "GIVEN", "telephone": "13900004321", "addressAnswer": "DECLINED", "nature": "ORDINARY_COMPANY",
    "request": "询问批量采购的价格与交货期",
}  # fmt: skip
_keys = count()


def fill(made: World, who: Any, form: str, said: dict[str, Any]) -> dict[str, Any]:
    return dict(made.data(who, SUBMIT, form=form, said=said, key=f"key-{next(_keys)}")["submitForm"])


def missing(made: World, who: Any, form: str, said: dict[str, Any], left_out: str) -> list[list[str]]:
    """The fields that an incomplete form is refused for."""
    result = fill(made, who, form, {name: value for name, value in said.items() if name != left_out})
    assert "id" not in result, (form, left_out)
    return [problem["path"] for problem in result["problems"]]


@pytest.mark.rule("S17.R22", "S9.R17", "S9.R18", "S15.R15")
def test_what_is_missing_is_refused_by_its_name(tmp_path: Path, sqlite_url: str) -> None:
    with world(tmp_path, sqlite_url, (kehu_b2b, kehu_realestate)) as made:
        clerk = made.principal(every=True, staff="S001")
        for form, said, required in (
            ("realestate.owner", OWNER, ("unitSold", "price", "discount", "address")),
            ("b2b.archive_ordinary_company", ARCHIVE, tuple(ARCHIVE)),
            ("b2b.inquiry", INQUIRY, ("request", "receivedAt", "telephone")),
        ):
            for left_out in required:
                assert missing(made, clerk, form, said, left_out) == [[left_out]], form
            assert "id" in fill(made, clerk, form, said)


@pytest.mark.rule("S17.R07", "S17.R20", "S17.R21")
def test_ten_fields_are_filled_in_read_back_listed_and_counted(tmp_path: Path, sqlite_url: str) -> None:
    with world(tmp_path, sqlite_url, (kehu_realestate,)) as made:
        sales = made.principal(*SALESPERSON.scopes, purposes=SALESPERSON.purposes, unit="P01", staff="S001")
        for left_out in ("name", "visitedAt", "source"):
            assert missing(made, sales, "realestate.visit", SAID, left_out) == [[left_out]]
        customer = fill(made, sales, "realestate.visit", SAID)["id"]
        seen = made.data(sales, READ, id=customer, why="跟进")["customer"]
        assert (seen["name"], seen["sex"], seen["ageBand"]) == ("欧阳示例", "MALE", "A35_44")
        assert seen["contacts"] == [{"mobile": "13900001234"}]
        assert seen["interactions"] == [{"kind": "VISIT", "occurredAt": "2026-11-23T02:00:00Z"}]
        assert seen["realestate"] == PROFILE
        today = {"from": "2026-11-23T00:00:00+08:00", "to": "2026-11-24T00:00:00+08:00"}
        assert made.data(sales, DAY, **today)["interactions"] == {"totalCount": 1, "nodes": [{"kind": "VISIT"}]}
        fill(made, sales, "realestate.visit", {**SAID, "telephone": "13900004321", "source": "EVENT"})
        counts = {
            source: made.data(sales, BY_SOURCE, source=source)["customers"]["totalCount"]
            for source in ("CALL_IN", "VISIT", "EVENT", "OWNER", "SPECIAL_CHANNEL")
        }
        assert counts == {"CALL_IN": 0, "VISIT": 1, "EVENT": 1, "OWNER": 0, "SPECIAL_CHANNEL": 0}
