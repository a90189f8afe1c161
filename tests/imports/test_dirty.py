"""Dirty spreadsheets for every form of every line: each planted fault is found in its cell, and no other."""

from __future__ import annotations

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from kehu.app import Declared
from kehu.forms.bind import bind
from kehu.imports.batch import BadRow, GoodRow, LeftOut, plan_import

if TYPE_CHECKING:
    from tests.imports import make_dirty
else:
    _spec = spec_from_file_location("make_dirty", Path(__file__).with_name("make_dirty.py"))
    make_dirty = module_from_spec(_spec)
    sys.modules["make_dirty"] = make_dirty
    _spec.loader.exec_module(make_dirty)

SHANGHAI = ZoneInfo("Asia/Shanghai")
KEY = b"an import key of thirty-two byte"
REGISTRY = Declared.by().registry
FORMS = {key: bind(form, REGISTRY.records, REGISTRY.schemes) for key, form in REGISTRY.forms.items()}


SHEETS = sorted(key for key, bound in FORMS.items() if make_dirty.sheet_of(bound).suffices)


@pytest.mark.rule("S17.R66")
@pytest.mark.parametrize("key", SHEETS)
def test_every_planted_fault_is_found_and_no_other(key: str) -> None:
    made = make_dirty.dirty(FORMS[key])
    plan = plan_import(made.content, "x.xlsx", FORMS[key], zone=SHANGHAI, key=KEY)
    rows = list(plan.rows())
    found = sorted((p.row, p.field, p.code) for row in rows if isinstance(row, BadRow) for p in row.problems)
    assert found == sorted((fault.row, fault.field, fault.code) for fault in made.faults)
    assert len(found) > 10
    assert sum(isinstance(row, GoodRow) for row in rows) == made.good
    assert [row.code for row in rows if isinstance(row, LeftOut)] == ["HEADER", "TOTALS", "NOTE"]
    assert plan.skipped_sheets == (make_dirty.NOTES,)


def test_at_least_the_sales_offices_forms_are_covered() -> None:
    assert {"realestate.visit", "realestate.call"} <= set(SHEETS)
