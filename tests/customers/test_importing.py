"""Imports into the store: in once, bad rows sealed, outside references given back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from kehu.customers.kept import STORED, WAITING, Place
from kehu.errors import Forbidden
from kehu.imports.importer import Importer
from kehu.imports.limits import Limits
from kehu.imports.report import ImportReport
from kehu.store.system import import_batch, import_row

from .conftest import Office

FORM = "realestate.visit"
HEADER = "姓名,联系电话,来访日期,客户来源,接待人"
GOOD = (
    "王示例,13900001111,2026-11-01,来访,S001",
    "李示例,13900002222,2026-11-02,活动,",
    "王示例,13900001111,2026-11-05,来访,",
)
BAD_ROWS = ("赵示例,1390000,2026-11-01,来访,", "钱示例,13900003333,2026-11-03,来访,S999")


def run(office: Office, *rows: str, dry_run: bool = False, principal: Any = None) -> ImportReport:
    installation = office.world.installation
    request = office.request(principal or office.staff("C002"))
    content = "\n".join((HEADER, *rows)).encode()
    plan, _ = installation.imports.preview(request.principal, content, "来访.csv", FORM, Limits())
    return Importer(installation.imports.sink(request, FORM)).run(plan, dry_run=dry_run)


def kept(office: Office, state: str) -> list[Any]:
    with office.world.installation.engines.read.connect() as conn:
        return list(conn.execute(select(import_row).where(import_row.c.state == state)))


def counts(office: Office) -> list[int]:
    names = ("customer", "contact_point", "interaction", "realestate_profile", "grade")
    return [len(office.rows(name)) for name in names]


def test_good_rows_are_in_and_bad_rows_are_kept_sealed(office: Office, entries: Any) -> None:
    report = run(office, *GOOD, *BAD_ROWS)
    assert (report.stored, report.bad, report.duplicates) == (3, 2, 0)
    assert sorted((p.code, p.field) for p in report.problems) == [
        ("MOBILE_LENGTH", "telephone"), ("REFERENCE_UNKNOWN", "consultant"),
    ]  # fmt: skip
    assert counts(office)[:3] == [2, 2, 3]
    bad = kept(office, WAITING)
    assert len(kept(office, STORED)) == 3
    assert [p["code"] for row in bad for p in json.loads(row.problems)] == ["MOBILE_LENGTH", "REFERENCE_UNKNOWN"]
    shelf = office.world.installation.imports.shelf
    for row, written in zip(bad, BAD_ROWS, strict=True):
        with office.world.installation.engines.read.connect() as conn:
            content = shelf.open_row(
                conn, row.legal_entity_id, Place(row.batch_id, row.sheet, row.row), row.sealed_content
            )
        assert sorted(content.cells.values()) == sorted(text for text in written.split(",") if text)
    assert [entry.kind for entry in entries()].count("import") == 1


def test_the_same_file_twice_changes_nothing(office: Office, entries: Any) -> None:
    run(office, *GOOD, *BAD_ROWS)
    before, evidence = counts(office), len(entries())
    report = run(office, *GOOD, *BAD_ROWS)
    assert report.outcome == "KNOWN_FILE"
    assert (counts(office), len(entries())) == (before, evidence)


def test_a_longer_file_brings_only_what_is_new(office: Office) -> None:
    run(office, *GOOD[:2])
    report = run(office, *GOOD)
    assert (report.stored, report.duplicates) == (1, 2)
    with office.world.installation.engines.read.connect() as conn:
        batches = list(conn.execute(select(import_batch).order_by(import_batch.c.started_at, import_batch.c.rows)))
    assert [(b.rows, b.stored, b.finished_at is not None) for b in batches] == [(2, 2, True), (3, 1, True)]


def test_a_dry_run_writes_nothing(office: Office) -> None:
    report = run(office, *GOOD, *BAD_ROWS, dry_run=True)
    assert (report.outcome, report.bad) == ("CHECKED", 2)
    assert counts(office) == [0] * 5
    assert kept(office, WAITING) == []


def test_importing_needs_its_scope(office: Office) -> None:
    with pytest.raises(Forbidden):
        run(office, *GOOD, principal=office.world.principal("customer.core:write"))
