"""``kehu grade``: a standard from its proposal to everybody's grades, at the console of the machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete

from kehu.app import Installation
from kehu.cli.main import cli
from kehu.cli.words import guarded
from kehu.customers.context import Request
from kehu.founding import acting, found, place_of
from kehu.settings import Settings


class Told(NamedTuple):
    code: int
    out: str
    err: str


Kehu = Callable[..., Told]
GOLD = ("--set", "goldFrom=0", "--from", datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat())


@pytest.fixture
def kehu(tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kehu:
    monkeypatch.setenv("KEHU_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("KEHU_DATABASE_URL", sqlite_url)
    monkeypatch.setattr("kehu.cli.words.configure_logs", lambda *_: None)
    _three_customers()

    def run(*arguments: str) -> Told:
        monkeypatch.setattr(sys, "stdin", StringIO())
        code = guarded(lambda: cli(["--lang", "en", "grade", *arguments], standalone_mode=False))
        told = capsys.readouterr()
        return Told(code, " ".join(told.out.split()), told.err)

    return run


def _three_customers() -> None:
    """Customers from before the gradings were there."""
    with Installation.open(Settings()) as installation:
        found(installation)
        clerk = acting(installation, place_of(installation))
        for number in range(3):
            request = Request(principal=clerk, idempotency_key=f"c{number}")
            installation.acts.create_customer(request, {"kind": "PERSON", "stage": "ACTIVE"})
        with installation.engines.write.begin() as conn:
            conn.execute(delete(installation.tables["Grade"]))


def test_a_standard_from_proposal_to_grades(kehu: Kehu) -> None:
    assert kehu("run", "banking.wealth").out == "banking.wealth: 3 customers, 3 grades changed"
    assert kehu("run", "banking.wealth").out == "banking.wealth: 3 customers, 0 grades changed"
    assert "realestate.importance: 3 customers, 3 grades changed" in kehu("run").out
    assert kehu("propose", "banking.wealth", "--staff", "M001", *GOLD).out == "Proposed standard 1 of banking.wealth"
    tried = kehu("what-if", "banking.wealth", "--standard", "1").out
    assert "3 of 3 customers would move; nothing written" in tried
    assert "SAME_PERSON" in kehu("decide", "banking.wealth", "1", "--staff", "M001", "--approve").err
    told = kehu("decide", "banking.wealth", "1", "--staff", "M002", "--approve")
    assert told.out == "Standard 1 of banking.wealth: PUBLISHED"
    assert kehu("run", "banking.wealth").out == "banking.wealth: 3 customers, 0 grades changed"
    assert "0 of 3 customers would move" in kehu("what-if", "banking.wealth", "--version", "1").out
    listed = kehu("standards", "banking.wealth").out
    assert "PUBLISHED" in listed
    assert "goldFrom=CNY 0.00" in listed


REFUSED = (
    (("propose", "banking.wealth", "--staff", "S001", "--unit", "P01", *GOLD), "STANDARD_UNIT"),
    (("propose", "banking.wealth", "--staff", "M001", *GOLD[2:], "--set", "goldFrom"), "PARAMETER_FORMAT"),
    (("propose", "banking.wealth", "--staff", "X999", *GOLD), "STAFF_UNKNOWN"),
    (("decide", "banking.wealth", "9", "--staff", "M001", "--approve"), "STANDARD_UNKNOWN"),
    (("what-if", "banking.wealth", "--standard", "9"), "STANDARD_UNKNOWN"),
    (("run", "banking.luck"), "GRADING_UNKNOWN"),
)


@pytest.mark.rule("S1.R06")
def test_what_cannot_be_done_is_refused(kehu: Kehu) -> None:
    told = [kehu(*arguments) for arguments, _ in REFUSED]
    assert [(one.code, one.err.partition(" ")[0]) for one in told] == [(2, code) for _, code in REFUSED]
