"""The whole story of one spreadsheet: from the sales office's file to graded, masked customers, a reveal and its
evidence, through GraphQL alone, on both databases."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import kehu_realestate
from kehu.customers.context import Request
from kehu.founding import add_member
from kehu.imports.importer import Importer
from kehu.imports.limits import Limits
from kehu.imports.report import ImportReport
from kehu.testing import World, world

if TYPE_CHECKING:
    from tests.imports import make_visitors
else:
    _spec = spec_from_file_location("make_visitors", Path(__file__).with_name("make_visitors.py"))
    make_visitors = module_from_spec(_spec)
    sys.modules["make_visitors"] = make_visitors
    _spec.loader.exec_module(make_visitors)

VISITORS = make_visitors.visitors(600)
SHEET = make_visitors.WRITERS["xlsx"](VISITORS)
FORM = "realestate.visit"
MASKED = """query ($after: String) { customers(first: 200, after: $after) { totalCount
  nodes { id name contacts { mobile } grades { band } realestate { source } interactions { occurredAt } }
  pageInfo { hasNextPage endCursor } } }"""
CLEAR = MASKED.replace(
    "query ($after: String)", 'query Reveal($after: String, $why: Reason!) @purpose(code: "SERVICE", reason: $why)'
)


def read_in(office: World) -> ImportReport:
    installation = office.installation
    principal = office.principal(every=True, staff="C002")
    request = Request(principal=principal, idempotency_key="import")
    plan, problems = installation.imports.preview(principal, SHEET, "来访客户汇总.xlsx", FORM, Limits())
    assert problems == ()
    return Importer(installation.imports.sink(request, FORM)).run(plan)


def everyone(office: World, query: str, **variables: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    caller, after = office.principal(every=True), None
    while True:
        page = office.data(caller, query, after=after, **variables)["customers"]
        rows += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(rows) == page["totalCount"]
            return rows
        after = page["pageInfo"]["endCursor"]


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[World]:
    with world(tmp_path, database_url, (kehu_realestate,)) as made:
        for code in ("S0017", "s-12", "X-9"):
            stated = {"code": code, "name": "示例销售员", "unit": "P01", "position": "SALESPERSON"}
            add_member(made.installation, stated)
        yield made


@pytest.mark.rule("S17.R07", "S17.R17", "S17.R18", "S17.R20", "S17.R66")
@pytest.mark.promise(3)
def test_from_the_file_to_the_evidence_of_a_reveal(office: World) -> None:
    report = read_in(office)
    assert sorted((p.row, p.column, p.code) for p in report.problems) == sorted(
        (fault.row, fault.column, fault.code) for fault in VISITORS.faults
    )
    assert report.stored == len(VISITORS.good) > 500

    people = {each.mobile: each.name for each in VISITORS.good.values()}
    masked = everyone(office, MASKED)
    assert len(masked) == len(people)
    assert {row["grades"][0]["band"] for row in masked} == {"D", "E"}
    assert all(row["realestate"]["source"] for row in masked)
    assert sum(len(row["interactions"]) for row in masked) == len(VISITORS.good)
    shown = {row["contacts"][0]["mobile"] for row in masked}
    assert not shown & set(people)
    assert all("****" in one for one in shown)

    clear = everyone(office, CLEAR, why="核对来访登记")
    assert {row["contacts"][0]["mobile"]: row["name"] for row in clear} == people

    auditor = office.principal("evidence:read")
    entries = office.data(
        auditor, '{ evidence(first: 20, kind: "read") { operation purpose subjectCount fields { path effect } } }'
    )["evidence"]
    reveals = [entry for entry in entries if entry["operation"] == "Reveal"]
    assert sum(entry["subjectCount"] for entry in reveals) == len(people)
    assert all(entry["purpose"] == "SERVICE" for entry in reveals)
    assert {"path": "customers.contacts.mobile", "effect": "clear"} in reveals[0]["fields"]


def test_the_same_file_again_changes_nothing(office: World) -> None:
    read_in(office)
    before = everyone(office, MASKED)
    again = read_in(office)
    assert again.stored == 0
    assert everyone(office, MASKED) == before
