"""An import from the file to the sink: every fault in its cell, every good row in, nothing twice."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Callable, Sequence
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from kehu.errors import Invalid, Problem
from kehu.forms.bind import BoundForm
from kehu.imports.batch import BadRow, Batch, CellProblem, GoodRow, ImportPlan, LeftOut, plan_import
from kehu.imports.importer import Importer, KnownRows, Refusal
from kehu.imports.report import ImportReport, render
from kehu.labels import Label
from kehu.vocabulary.base import opened

if TYPE_CHECKING:
    from tests.imports import make_visitors
else:
    _spec = spec_from_file_location("make_visitors", Path(__file__).with_name("make_visitors.py"))
    make_visitors = module_from_spec(_spec)
    sys.modules["make_visitors"] = make_visitors
    _spec.loader.exec_module(make_visitors)

SHANGHAI = ZoneInfo("Asia/Shanghai")
KEY = b"an import key of thirty-two byte"
KINDS = ["xlsx", "xls", "csv"]
VISITORS = make_visitors.visitors(600)
FILES = {kind: write(VISITORS) for kind, write in make_visitors.WRITERS.items()}


class Memory:
    """A sink that keeps what it is given, and refuses rows that refer to ``missing`` staff."""

    def __init__(self, missing: str = "") -> None:
        self.missing = missing
        self.files: set[str] = set()
        self.digests: set[bytes] = set()
        self.waiting: set[bytes] = set()
        self.stored: list[GoodRow] = []
        self.kept: list[BadRow] = []
        self.sizes: list[int] = []
        self.stop_after = 10**9

    def known_batch(self, batch: Batch) -> bool:
        return batch.sha256 in self.files

    def known_rows(self, digests: Sequence[bytes]) -> KnownRows:
        return KnownRows(self.digests & set(digests), self.waiting & set(digests))

    def check(self, rows: Sequence[GoodRow]) -> Sequence[Refusal]:
        problem = Problem("STAFF_UNKNOWN", Label("没有这个工号", "No such staff number"), ("consultant",))
        missing = [row for row in rows if self.missing in row.submission.references.get("Interaction", {}).values()]
        return [Refusal(row, (problem,)) for row in missing]

    def store(self, batch: Batch, rows: Sequence[GoodRow]) -> Sequence[Refusal]:
        if len(self.sizes) == self.stop_after:
            raise ConnectionError
        self.sizes.append(len(rows))
        refusals = self.check(rows)
        taken = [row for row in rows if row not in [one.row for one in refusals]]
        self.stored += taken
        self.digests |= {row.digest for row in taken}
        self.waiting -= self.digests
        return refusals

    def keep(self, batch: Batch, rows: Sequence[BadRow]) -> None:
        self.kept += [row for row in rows if row.digest not in self.waiting]
        self.waiting |= {row.digest for row in rows}

    def finish(self, report: ImportReport) -> None:
        self.files.add(report.batch.sha256)


@pytest.fixture
def visit(bound_form: Callable[[str], BoundForm]) -> BoundForm:
    return bound_form("realestate.visit")


def plan(content: bytes, bound: BoundForm) -> ImportPlan:
    return plan_import(content, "来访.xlsx", bound, zone=SHANGHAI, key=KEY)


def csv_file(*lines: str, encoding: str = "utf-8") -> bytes:
    return "\n".join(("姓名,电话,来访日期,来源,置业顾问", *lines)).encode(encoding)


@pytest.mark.rule("S17.R66", "S17.R20")
@pytest.mark.parametrize("kind", KINDS)
def test_every_fault_is_found_in_its_cell_and_no_other(kind: str, visit: BoundForm) -> None:
    rows = list(plan(FILES[kind], visit).rows())
    found = sorted((p.row, p.column, p.code) for row in rows if isinstance(row, BadRow) for p in row.problems)
    assert found == sorted((fault.row, fault.column, fault.code) for fault in VISITORS.faults)
    assert len(found) > 100
    assert {code for _, _, code in found} == {fault.code for fault in make_visitors.FAULTS}
    assert {row.number: row.code for row in rows if isinstance(row, LeftOut)} == VISITORS.left_out


@pytest.mark.parametrize("kind", KINDS)
def test_every_good_row_is_read(kind: str, visit: BoundForm) -> None:
    read = {}
    for row in plan(FILES[kind], visit).rows():
        if isinstance(row, GoodRow):
            values = row.submission.values
            customer, contact, interaction = (values[name] for name in ("Customer", "ContactPoint", "Interaction"))
            read[row.number] = make_visitors.Expected(
                opened(customer["name"]), opened(contact["mobile"]), opened(interaction["occurredAt"])
            )
    assert read == VISITORS.good
    assert len(read) > 500


def test_problems_name_sheet_header_and_field(visit: BoundForm) -> None:
    rows = plan(FILES["xlsx"], visit).rows()
    first = next(problem for row in rows if isinstance(row, BadRow) for problem in row.problems)
    planted = VISITORS.faults[0]
    assert (first.sheet, first.row, first.column) == (make_visitors.SHEET, planted.row, planted.column)
    assert first.as_json()["header"] == first.header
    assert first.field in visit.by_name


def test_notes_sheets_and_columns_without_a_field_are_reported(visit: BoundForm) -> None:
    report = Importer(Memory()).run(plan(FILES["xls"], visit))
    assert report.skipped_sheets == ("填表说明",)
    assert report.unmapped == ((make_visitors.SHEET, "A", "序号"),)


@pytest.mark.promise(8)
@pytest.mark.parametrize("kind", KINDS)
def test_no_cell_is_repeated_in_reports_or_logs(
    kind: str, visit: BoundForm, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    sink = Memory()
    planned = plan(FILES[kind], visit)
    report = Importer(sink).run(planned)
    out = io.StringIO()
    console = Console(file=out, width=200)
    console.print(render(report, "zh"), render(report, "en"))
    printed = capsys.readouterr()
    shown = [out.getvalue(), json.dumps(report.as_json(), ensure_ascii=False), repr(report), repr(planned)]
    shown += [repr(sink.stored), repr(sink.kept), caplog.text, printed.out, printed.err]
    canaries = {*VISITORS.wrong_texts, *(text for who in VISITORS.good.values() for text in (who.name, who.mobile))}
    assert len(canaries) > 500
    # Two characters of a made-up name can occur in our own texts; from three on they can't.
    assert [text for text in canaries if len(text) > 2 and any(text in place for place in shown)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_file_twice_changes_nothing(kind: str, visit: BoundForm) -> None:
    sink = Memory()
    first = Importer(sink).run(plan(FILES[kind], visit))
    faulty = len({fault.row for fault in VISITORS.faults})
    assert (first.outcome, first.stored, first.duplicates, first.bad) == ("IMPORTED", len(VISITORS.good), 0, faulty)
    assert first.rows == first.stored + first.bad
    before = list(sink.stored), list(sink.kept)
    again = Importer(sink).run(plan(FILES[kind], visit))
    assert (again.outcome, again.rows, again.stored) == ("KNOWN_FILE", 0, 0)
    assert (sink.stored, sink.kept) == before


def test_the_same_rows_in_another_file_change_nothing(visit: BoundForm) -> None:
    sink = Memory()
    Importer(sink).run(plan(FILES["xlsx"], visit))
    stored = len(sink.stored)
    longer = make_visitors.visitors(640)
    report = Importer(sink).run(plan(make_visitors.to_csv(longer, "gb18030"), visit))
    assert (report.duplicates, report.stored) == (stored, len(longer.good) - stored)
    assert len(sink.stored) == len(longer.good)


@pytest.mark.parametrize(
    ("line", "same"),
    [
        ("张 三,139 0001 0002,2026年3月5日,来访,S1", True),
        ("张三,+8613900010002,20260305,现场来访客户,S1", True),
        ("张三,13900010002,2026-03-05 00:00,VISIT,S1", True),
        ("张三,13900010002,2026-03-05 00:01,来访,S1", False),
        ("张三,13900010003,2026-03-05,来访,S1", False),
        ("张三,13900010002,2026-03-05,来访,", False),
    ],
)
def test_a_row_is_known_by_what_it_says(line: str, same: bool, visit: BoundForm) -> None:
    sink = Memory()
    Importer(sink).run(plan(csv_file("张三,13900010002,2026-3-5,来访,S1"), visit))
    report = Importer(sink).run(plan(csv_file(line), visit))
    assert (report.stored, report.duplicates) == ((0, 1) if same else (1, 0))


def test_a_row_twice_in_one_file_is_one(visit: BoundForm) -> None:
    line = "张三,13900010002,2026-3-5,来访,S1"
    report = Importer(Memory(), chunk=1).run(plan(csv_file(line, line, "李四,,,,", "李四,,,,"), visit))
    assert (report.rows, report.stored, report.duplicates, report.bad, report.bad_known) == (4, 1, 1, 2, 1)


def test_digests_depend_on_the_key(visit: BoundForm) -> None:
    content = csv_file("张三,13900010002,2026-3-5,来访,S1")
    (row,) = plan(content, visit).rows()
    (other,) = plan_import(content, "x", visit, zone=SHANGHAI, key=KEY[::-1]).rows()
    assert isinstance(row, GoodRow)
    assert isinstance(other, GoodRow)
    assert row.digest != other.digest
    with pytest.raises(ValueError, match="32 bytes"):
        plan_import(content, "x", visit, zone=SHANGHAI, key=b"short")


def test_rows_that_the_store_refuses_are_kept_in_their_cell(visit: BoundForm) -> None:
    sink = Memory(missing="S0017")
    report = Importer(sink).run(plan(csv_file("张三,13900010002,2026-3-5,来访,S0017"), visit))
    assert (report.stored, report.bad, report.exit_code) == (0, 1, 1)
    assert [(p.column, p.row, p.code, p.header) for p in report.problems] == [("E", 2, "STAFF_UNKNOWN", "置业顾问")]
    assert dict(sink.kept[0].content)["telephone"] == "13900010002"


def test_a_kept_row_says_the_same_when_it_is_read_again(visit: BoundForm) -> None:
    sink = Memory(missing="S0017")
    Importer(sink).run(plan(FILES["xlsx"], visit))
    kept = [row for row in sink.kept if row.problems[0].code == "STAFF_UNKNOWN"]
    assert len(kept) > 50
    again = Memory()
    for row in kept[:40]:
        fields, texts = zip(*row.content, strict=True)
        headers = [visit.by_name[name].label.zh for name in fields]
        content = "\n".join("\t".join(f'"{text}"' for text in line) for line in (headers, texts)).encode()
        Importer(again).run(plan(content, visit))
    assert {row.digest for row in again.stored} == {row.digest for row in kept[:40]}


def test_transactions_are_small_and_an_interrupted_import_goes_on(visit: BoundForm) -> None:
    sink = Memory()
    sink.stop_after = 2
    with pytest.raises(ConnectionError):
        Importer(sink, chunk=100).run(plan(FILES["xls"], visit))
    stored = len(sink.stored)
    sink.stop_after = 10**9
    heard: list[int] = []
    report = Importer(sink, progress=heard.append, chunk=100).run(plan(FILES["xls"], visit))
    assert (report.duplicates, report.stored) == (stored, len(VISITORS.good) - stored)
    assert max(sink.sizes) <= 100
    assert heard == [100, 200, 300, 400, 500, 600]
    with pytest.raises(ValueError, match="1 to 1000"):
        Importer(sink, chunk=1_001)


def test_a_dry_run_writes_nothing(visit: BoundForm) -> None:
    sink = Memory()
    report = Importer(sink).run(plan(FILES["csv"], visit), dry_run=True)
    assert (report.outcome, report.stored) == ("CHECKED", len(VISITORS.good))
    assert (sink.stored, sink.kept, sink.files) == ([], [], set())


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("张三,13900010002".encode(), ["HEADER_MISSING"]),
        ("姓名,电话\n张三,13900010002".encode(), ["COLUMN_MISSING", "COLUMN_MISSING"]),
        ("姓名,电话,手机,来访日期,来源".encode(), ["COLUMN_AMBIGUOUS"]),
    ],
)
def test_a_file_without_its_columns_is_refused(content: bytes, codes: list[str], visit: BoundForm) -> None:
    with pytest.raises(Invalid) as caught:
        plan(content, visit)
    assert [problem.code for problem in caught.value.problems] == codes
    assert "张三" not in str(caught.value.problems)


@pytest.mark.rule("S17.R22", "S17.R23")
@pytest.mark.parametrize(
    ("header", "written", "minor"),
    [
        ("成交价格(万元)", "812.5", 812_500_000),
        ("成交价格(万元)", "812.5万", 812_500_000),
        ("成交总价(元)", '"8,125,000"', 812_500_000),
        ("成交价", "812.5万元", 812_500_000),
    ],
)
def test_owners(header: str, written: str, minor: int, bound_form: Callable[[str], BoundForm]) -> None:
    head = f"业主姓名,电话,房号,物业类型,{header},折扣,联系地址,楼盘,明源编号\n"
    line = f"欧阳小小,13900010002,3栋501,独立别墅,{written},98折,佛山市顺德区示例路1号,P01,MY-0001"
    (row,) = plan((head + line).encode("gbk"), bound_form("realestate.owner")).rows()
    assert isinstance(row, GoodRow)
    holding = row.submission.values["Holding"]
    assert opened(holding["amount"]).minor == minor
    assert (opened(holding["externalSystem"]), opened(holding["externalId"])) == ("MINGYUAN", "MY-0001")
    assert opened(row.submission.values["RealestateProperty"]["propertyType"]) == "DETACHED_VILLA"


@pytest.mark.parametrize(
    ("locale", "words"), [("zh", ("导入", "请改正", "必填")), ("en", ("Stored", "What to do", "required"))]
)
def test_the_report_is_a_table_in_both_languages(locale: str, words: tuple[str, ...]) -> None:
    message = Label("「姓名」必填", "“Name” is required")
    problems = tuple(CellProblem("[red]三月", row, "B", "姓名", "name", "REQUIRED", message) for row in (4, 9, 12))
    batch = Batch("ab" * 32, "realestate.visit", 1, "x.xlsx")
    report = ImportReport(batch=batch, outcome="IMPORTED", rows=5, stored=2, bad=3, problems=problems,
        by_code=(("REQUIRED", 3),))  # fmt: skip
    out = io.StringIO()
    Console(file=out, width=120).print(render(report, "zh" if locale == "zh" else "en", most=2))
    assert all(word in out.getvalue() for word in (*words, "[red]三月!B4", "[red]三月!B9"))
    assert "B12" not in out.getvalue()
    assert report.problem_count == 3
    assert (report.exit_code, ImportReport(batch=batch, outcome="IMPORTED").exit_code) == (1, 0)
