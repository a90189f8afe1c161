"""第六条的划分,逐例在纸上算过:阈值两侧、每个取值,SQL 与 Python 同一结论。"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from .conftest import COMPANY, Seller

# 交易:类别、距今天数、金额(元);市场地位;按时间、按过程、按数量的结论
Case = tuple[str, tuple[tuple[str, int, int | None], ...], str | None, tuple[str, str, str]]
CASES: tuple[Case, ...] = (
    ("nothing at all", (), None, ("FUTURE", "TO_TRADE", "SCATTERED")),
    ("a leader that never ordered", (), "LEADING", ("FUTURE", "TO_TRADE", "SCATTERED")),
    ("talks are no trade", (("NEGOTIATION", 400, None),), None, ("FUTURE", "TO_TRADE", "SCATTERED")),
    ("service is no trade", (("SERVICE", 3, None),), None, ("FUTURE", "TO_TRADE", "SCATTERED")),
    ("first order today", (("ORDER", 0, 1),), None, ("NEW", "TRADING", "SCATTERED")),
    ("first order 364 days ago", (("ORDER", 364, 1),), None, ("NEW", "TRADING", "SCATTERED")),
    ("first order 365 days ago", (("ORDER", 365, 1),), None, ("OLD", "TRADING", "SCATTERED")),
    ("first order 366 days ago", (("ORDER", 366, 1),), None, ("OLD", "TRADING", "SCATTERED")),
    ("first of several counts", (("ORDER", 365, 1), ("ORDER", 1, 1)), None, ("OLD", "TRADING", "SCATTERED")),
    ("a delivery is trade", (("DELIVERY", 1, None),), None, ("NEW", "TRADING", "SCATTERED")),
    ("settled", (("ORDER", 9, 1), ("SETTLEMENT", 1, 1)), None, ("NEW", "TRADED", "SCATTERED")),
    ("settled, ordered again", (("SETTLEMENT", 9, 1), ("ORDER", 1, 1)), None, ("NEW", "TRADING", "SCATTERED")),
    ("settled, then a dispute", (("SETTLEMENT", 9, 1), ("DISPUTE", 1, None)), None, ("NEW", "TRADED", "SCATTERED")),
    ("settled long ago", (("SETTLEMENT", 900, 1),), None, ("OLD", "TRADED", "SCATTERED")),
    ("500,000 exactly", (("ORDER", 1, 500_000),), None, ("NEW", "TRADING", "ORDINARY")),
    ("one yuan less", (("ORDER", 1, 499_999),), None, ("NEW", "TRADING", "SCATTERED")),
    ("in two orders", (("ORDER", 1, 1), ("ORDER", 2, 499_999)), None, ("NEW", "TRADING", "ORDINARY")),
    ("5,000,000 exactly", (("ORDER", 1, 5_000_000),), None, ("NEW", "TRADING", "MAIN")),
    ("one yuan less than that", (("ORDER", 1, 4_999_999),), None, ("NEW", "TRADING", "ORDINARY")),
    ("ordered 365 days ago", (("ORDER", 365, 5_000_000),), None, ("OLD", "TRADING", "MAIN")),
    ("ordered 366 days ago", (("ORDER", 366, 5_000_000),), None, ("OLD", "TRADING", "SCATTERED")),
    ("settlements don't add up", (("SETTLEMENT", 1, 5_000_000),), None, ("NEW", "TRADED", "SCATTERED")),
    ("a leader with 500,000", (("ORDER", 1, 500_000),), "LEADING", ("NEW", "TRADING", "MAIN")),
    ("a leader with less", (("ORDER", 1, 499_999),), "LEADING", ("NEW", "TRADING", "ORDINARY")),
    ("an established one with less", (("ORDER", 1, 1),), "ESTABLISHED", ("NEW", "TRADING", "ORDINARY")),
    ("an established one with 500,000", (("ORDER", 1, 500_000),), "ESTABLISHED", ("NEW", "TRADING", "ORDINARY")),
    ("a minor one with less", (("ORDER", 1, 1),), "MINOR", ("NEW", "TRADING", "SCATTERED")),
    ("an established one, a year ago", (("ORDER", 366, 1),), "ESTABLISHED", ("OLD", "TRADING", "SCATTERED")),
)  # fmt: skip


def grades(seller: Seller) -> dict[str, dict[str, str]]:
    """Segments by archive number."""
    query = "{ customers(first: 100) { nodes { b2b { number } grades { grading band } } } }"
    nodes = seller.world.data(seller.caller(), query)["customers"]["nodes"]
    return {
        node["b2b"]["number"]: {each["grading"]: each["band"] for each in reversed(node["grades"])}
        for node in nodes
        if node["b2b"]
    }


def archive(seller: Seller, number: str, position: str | None, dealings: Any) -> None:
    data = {**COMPANY, "archiveNumber": number, "name": f"示例{number}有限公司"}
    seller.customer("b2b.archive_ordinary_company", data | ({"marketPosition": position} if position else {}))
    for kind, days, yuan in dealings:
        day = (seller.world.clock().astimezone() - timedelta(days=days)).date()
        said = {"archiveNumber": number, "kind": kind, "occurredOn": day.isoformat()}
        amount = {} if yuan is None else {"amount": {"amount": f"{yuan}.00", "currency": "CNY"}}
        seller.customer("b2b.business_dealing", said | amount)


@pytest.mark.rule("S9.R06", "S9.R08", "S9.R14")
def test_cases_worked_out_by_hand(seller: Seller) -> None:
    for number, (_, dealings, position, _) in enumerate(CASES):
        archive(seller, f"DA{number:03}", position, dealings)
    found = grades(seller)
    segments = ("b2b.time", "b2b.process", "b2b.volume")
    told = {name: tuple(found[f"DA{n:03}"][key] for key in segments) for n, (name, *_) in enumerate(CASES)}
    assert told == {name: expected for name, _, _, expected in CASES}
    for grading, band in (("b2b.time", "OLD"), ("b2b.process", "TRADED"), ("b2b.volume", "MAIN")):
        expected = sum(band in case[3] for case in CASES)
        assert seller.count(f'{{grades: {{grading: {{eq: "{grading}"}}, band: {{eq: "{band}"}}}}}}') == expected


PROPOSE = """
mutation ($grading: String!, $unit: ID!, $from: String!, $values: [GradingValueInput!]!, $key: String!) {
  proposeGradingStandard(grading: $grading, unit: $unit, effectiveFrom: $from, values: $values, idempotencyKey: $key) {
    ... on ProposeGradingStandardSuccess { standard { id } } ... on Problems { problems { code } } } }
"""
DECIDE = """
mutation ($id: String!, $key: String!) {
  decideGradingStandard(id: $id, approve: true, idempotencyKey: $key) {
    ... on DecideGradingStandardSuccess { standard { state } } ... on Problems { problems { code } } } }
"""


@pytest.mark.rule("S9.R06", "S9.R14")
def test_an_organisation_sets_its_own_thresholds(seller: Seller) -> None:
    """One proposes, another publishes; who falls under the new threshold moves at once."""
    archive(seller, "DA1", None, (("ORDER", 40, 200_000),))
    assert grades(seller)["DA1"] == {"b2b.time": "NEW", "b2b.process": "TRADING", "b2b.volume": "SCATTERED"}
    [unit] = seller.world.data(seller.caller(), '{ organisationUnits(filter: {code: {eq: "HQ"}}) { nodes { id } } }')[
        "organisationUnits"
    ]["nodes"]
    today = seller.world.clock().date().isoformat()
    for grading, name, value in (("b2b.time", "oldAfter", "40"), ("b2b.volume", "mainFrom", "20万元")):
        said = {"grading": grading, "unit": unit["id"], "from": today, "values": [{"name": name, "value": value}]}
        made = seller.world.data(seller.caller(), PROPOSE, key=f"p-{name}", **said)["proposeGradingStandard"]
        done = seller.world.data(seller.caller(staff="M002"), DECIDE, key=f"d-{name}", id=made["standard"]["id"])
        assert done["decideGradingStandard"] == {"standard": {"state": "PUBLISHED"}}
    assert grades(seller)["DA1"] == {"b2b.time": "OLD", "b2b.process": "TRADING", "b2b.volume": "MAIN"}
