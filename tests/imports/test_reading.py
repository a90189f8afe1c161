"""Reading as offices send it: merged cells, units in titles, several words in a header, a choice instead of a guess;
and .xlsx a row at a time, in memory that doesn't grow with the file."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import python_calamine
import xlsxwriter

from kehu.errors import Invalid
from kehu.forms.bind import BoundForm
from kehu.imports.batch import BadRow, GoodRow, ImportPlan, plan_import
from kehu.imports.headers import Choice
from kehu.imports.importer import Importer, KnownRows, Refusal
from kehu.imports.marked import MarkedReport, neutral
from kehu.imports.sheets import open_sheets
from kehu.imports.source import Source
from kehu.imports.strings import BLOCK, SharedStrings
from kehu.imports.template import template
from kehu.vocabulary.base import opened

KEY = b"an import key of thirty-two byte"
HEADER = ("客户姓名", "联系电话", "来访日期", "客户来源")
PEOPLE = (("张三", "13900010001", "2026-03-05", "来访"), ("李四", "13900010002", "2026-03-06", "来电"))


def xlsx(
    *rows: tuple[object, ...], fill: Callable[[Any, Any], object] = lambda book, sheet: None, **options: Any
) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **options}) as book:
        sheet = book.add_worksheet("三月")
        for at, cells in enumerate(rows):
            sheet.write_row(at, 0, cells)
        fill(book, sheet)
    return stream.getvalue()


def plan(content: bytes | Path, bound: BoundForm, choice: Choice = Choice()) -> ImportPlan:  # noqa: B008  # frozen
    return plan_import(content, "x", bound, zone=ZoneInfo("Asia/Shanghai"), key=KEY, choice=choice)


def good(found: ImportPlan) -> list[GoodRow]:
    rows = list(found.rows())
    assert all(isinstance(row, GoodRow) for row in rows), [r.problems for r in rows if isinstance(r, BadRow)]
    return [row for row in rows if isinstance(row, GoodRow)]


def names(found: ImportPlan) -> list[str]:
    return [str(opened(row.submission.values["Customer"]["name"])) for row in good(found)]


def test_every_kind_of_cell_reads_as_in_the_reader_of_the_other_kinds() -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_datetime(0, 0, datetime(2026, 3, 5), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_datetime(
            0, 1, datetime(2026, 3, 5, 14, 30), book.add_format({"num_format": '[$-804]yyyy"年"m"月" h:mm'})
        )
        sheet.write_number(0, 2, 13900010001)
        sheet.write_number(0, 3, 1234.5, book.add_format({"num_format": '#,##0.00"元"'}))
        sheet.write_boolean(0, 4, True)
        sheet.write_formula(0, 5, "=1/0", None, "#DIV/0!")
        sheet.write_formula(0, 6, '="张"&"三"', None, "张三")
        sheet.write_rich_string(0, 7, "张", book.add_format({"bold": True}), "三")
        sheet.write_datetime(0, 8, datetime(2026, 3, 5), book.add_format({"num_format": 57}))
        sheet.write_string(2, 1, "a_x0041_b\n二 & <三>")
        sheet.write_blank(2, 0, None, book.add_format({"bold": True}))

    for options in ({}, {"constant_memory": True}, {"date_1904": True}):
        content = xlsx(fill=fill, **options)
        ours = {row.number: row.cells for row in open_sheets(Source(content))[0].rows()}
        theirs = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        for number, cells in enumerate(theirs.iter_rows(), 1):
            mine = ours.get(number, ())
            padded = [*mine, *("",) * (len(cells) - len(mine))]
            if number == 1:
                # Errors of formulas are blank there; we say that they are errors.
                assert padded.pop(5) == "#DIV/0!"
                cells.pop(5)
            assert padded == cells, (number, options)
    assert ours[1][0] == date(2026, 3, 5)


@pytest.mark.parametrize(
    "part",
    [
        b'<!DOCTYPE w [<!ENTITY a "b">]><worksheet><sheetData><row r="1"><c t="str"><v>&a;</v></c></row></sheetData>',
        b'<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData></worksheet>',
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>nan</v></c></row></sheetData></worksheet>',
        b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>',
        b'<other/>',
        b'<worksheet><sheetData><row r="1"><c t="str"><v>' + b"x" * 40_000 + b"</v></c></row></sheetData></worksheet>",
    ],
)  # fmt: skip
def test_a_part_that_no_spreadsheet_program_writes_is_refused(part: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(("a",)))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, part if name == "xl/worksheets/sheet1.xml" else old.read(name))
    with pytest.raises(Invalid) as caught:
        list(open_sheets(Source(stream.getvalue()))[0].rows())
    assert caught.value.code == "FILE_DAMAGED"


def test_shared_strings_are_found_again_and_not_readable_on_disk() -> None:
    texts = [f"客户{number}" * 20 for number in range(BLOCK * 300 + 7)]
    strings = SharedStrings(iter(texts))
    assert len(strings) == len(texts)
    assert [strings[n] for n in (0, 1, BLOCK - 1, BLOCK, len(texts) - 1, 5)] == [
        texts[n] for n in (0, 1, BLOCK - 1, BLOCK, len(texts) - 1, 5)
    ]
    with pytest.raises(IndexError):
        strings[len(texts)]
    strings._file.seek(0)
    assert "客户".encode() not in strings._file.read()
    strings.close()


def test_a_cell_merged_over_several_rows_is_said_in_each(bound_form: Callable[[str], BoundForm]) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range(3, 2, 5, 2, "2026-03-05")
        sheet.merge_range(3, 3, 4, 3, "来访")

    rows = ("三月来访客户",), (), HEADER
    people = [(f"客{name}", f"1390001000{at}", "", "来电" if at == 2 else "") for at, name in enumerate("甲乙丙")]
    found = plan(xlsx(*rows, *people, fill=fill), bound_form("realestate.visit"))
    assert [opened(row.submission.values["RealestateProfile"]["source"]) for row in good(found)][:2] == ["VISIT"] * 2
    assert len({opened(row.submission.values["Interaction"]["occurredAt"]) for row in good(found)}) == 1


@pytest.mark.parametrize(
    ("title", "header", "written", "minor"),
    [
        ("单位:万元", "成交价格", 812.5, 812_500_000),
        ("金额单位\uff1a人民币万元", "成交价格", "812.5", 812_500_000),
        ("单位:万元", "成交价格(元)", 8_125_000, 812_500_000),
        ("业主表", "成交价格万元", 812.5, 812_500_000),
        ("业主表", "成交价格(千元)", "8,125", 812_500_000),
    ],
)
def test_units_of_amounts(
    title: str, header: str, written: object, minor: int, bound_form: Callable[[str], BoundForm]
) -> None:
    heads = ("业主姓名", "电话", "房号", "物业类型", header, "折扣", "联系地址", "楼盘", "明源编号")
    line = ("欧阳小小", "13900010002", "3栋501", "独立别墅", written, "98折", "示例路1号", "P01", "MY-0001")
    [row] = good(plan(xlsx((title,), heads, line), bound_form("realestate.owner")))
    assert opened(row.submission.values["Holding"]["amount"]).minor == minor


def test_a_header_of_several_words_and_one_that_is_only_like_a_field(bound_form: Callable[[str], BoundForm]) -> None:
    bound = bound_form("realestate.visit")
    content = xlsx(("姓名/客户姓名", "联系电话", "来访日期", "来源", "本人的联系电话号码"), (*PEOPLE[0], "13900010009"))
    [sheet] = plan(content, bound).sheets
    told = [(one.letter, one.field.name if one.field else None, one.confidence) for one in sheet.header.columns]
    assert told[0] == ("A", "name", 80)
    assert told[1] == ("B", "telephone", 100)
    assert told[4][1] is None
    assert sheet.header.columns[4].suggested is bound.by_name["telephone"]


@pytest.mark.parametrize(
    ("rows", "choice"),
    [
        ((("甲", "乙", "来访日期", "来源"), *PEOPLE), Choice((("A", "name"), ("乙", "telephone")))),
        ((HEADER, *PEOPLE), Choice((), 1)),
        (PEOPLE, Choice((("A", "name"), ("B", "telephone"), ("C", "visitedAt"), ("D", "source")), 0)),
        (((*HEADER, "手机"), *((*one, "13800000000") for one in PEOPLE)), Choice((("手机", ""),))),
        (((*HEADER, "手机"), *((*one[:1], "旧号", *one[2:], one[1]) for one in PEOPLE)), Choice((("E", "telephone"),))),
    ],
)
def test_a_choice_goes_before_what_is_guessed(
    rows: tuple[tuple[object, ...], ...], choice: Choice, bound_form: Callable[[str], BoundForm]
) -> None:
    found = plan(xlsx(*rows), bound_form("realestate.visit"), choice)
    assert names(found) == ["张三", "李四"]
    assert {opened(row.submission.values["ContactPoint"]["mobile"]) for row in good(found)} == {
        "13900010001", "13900010002"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "code"),
    [(Choice((("A", "nobody"),)), "FIELD_UNKNOWN"), (Choice((("Z", "name"),)), "COLUMN_UNKNOWN")],
)
def test_a_choice_that_fits_nothing_is_refused(
    choice: Choice, code: str, bound_form: Callable[[str], BoundForm]
) -> None:
    with pytest.raises(Invalid) as caught:
        plan(xlsx(HEADER, *PEOPLE), bound_form("realestate.visit"), choice)
    assert code in {problem.code for problem in caught.value.problems}


def test_the_marked_report_can_be_mended_and_imported(bound_form: Callable[[str], BoundForm]) -> None:
    bound = bound_form("realestate.visit")
    bad = ("=cmd()", "+86 1390001", "2026-03-05", "来访")
    content = xlsx(fill=lambda book, sheet: [
        sheet.write_row(0, 0, HEADER), *(sheet.write_string(1, at, text) for at, text in enumerate(bad))
    ])  # fmt: skip
    found = plan(content, bound)
    report = MarkedReport(found, "en")
    for row in found.rows():
        assert isinstance(row, BadRow)
        report.add(row)
    made = report.content()
    [sheet] = open_sheets(Source(made))
    header, line = sheet.rows()
    assert line.cells[1:5] == ("'=cmd()", "'+86 1390001", "2026-03-05", "来访")
    assert line.cells[0] == 2
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        comments = archive.read("xl/comments1.xml").decode()
        assert "<f>" not in archive.read("xl/worksheets/sheet1.xml").decode()
    assert "digits only" in comments
    assert "1390001" not in comments
    mended = xlsx(header.cells, (2, "王五", "'+86 13900010003", *line.cells[3:]))
    assert names(plan(mended, bound)) == ["王五"]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\uff1d1", "\uff0b86"])
def test_nothing_in_a_report_is_a_formula(text: str) -> None:
    assert neutral(text) == f"'{text}"
    assert neutral("张三") == "张三"


@pytest.mark.rule("S17.R66")
@pytest.mark.parametrize("key", ["realestate.visit", "realestate.owner"])
def test_a_filled_template_comes_back_as_it_was_meant(key: str, bound_form: Callable[[str], BoundForm]) -> None:
    bound = bound_form(key)
    made = template(bound)
    sheets = open_sheets(Source(made))
    assert [sheet.name for sheet in sheets][1] == "填写说明"
    header = next(iter(sheets[0].rows())).cells
    assert header == tuple(f"*{f.label.zh}" if f.name in bound.required else f.label.zh for f in bound.fields)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        lists = archive.read("xl/worksheets/sheet1.xml").decode()
    assert lists.count("<dataValidation ") == sum(field.scheme is not None for field in bound.fields)
    filled = xlsx(header, tuple(_value(field) for field in bound.fields))
    found = plan(filled, bound)
    [row] = good(found)
    assert row.submission.references or row.submission.values["Customer"]
    assert found.sheets[0].header.unmapped == ()
    assert plan(made, bound).skipped_sheets == ("填写说明", "options")


def _value(field: Any) -> str:
    by_type = {
        "PersonName": "张三", "Mobile": "13900010001", "Money": "812.5万", "PostalAddress": "佛山市示例路1号",
        "Day": "2026-03-05", "HoldingNumber": "3栋501",
    }  # fmt: skip
    if field.scheme is not None:
        return str(field.scheme.terms[0].label.zh)
    if field.is_reference:
        return "P01"
    return by_type.get(field.field.type.name) or ("2026-03-05 14:30" if "Mo" in field.field.type.name else "是")


class Nothing:
    """A sink that knows nothing and keeps nothing."""

    def known_batch(self, batch: object) -> bool:
        return False

    def known_rows(self, digests: object) -> KnownRows:
        return KnownRows()

    def check(self, rows: object) -> list[Refusal]:
        return []

    def store(self, batch: object, rows: object) -> list[Refusal]:
        return []

    def keep(self, batch: object, rows: object) -> None:
        return None

    def finish(self, report: object) -> None:
        return None


def _visits(rows: int) -> Iterator[tuple[str, ...]]:
    yield HEADER
    for number in range(rows):
        wrong = number % 4 == 0
        yield (f"客户{number:06d}" if wrong else "张三", f"139{number:08d}", "2026-03-05", "来访")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_file(kind: str, tmp_path: Path, bound_form: Callable[[str], BoundForm]) -> None:
    """A file of eight times the rows, a quarter of them faulty, takes no more than the shorter one and a little."""
    peaks = []
    for rows in (1_000, 6_000):
        path = tmp_path / f"{rows}.{kind}"
        if kind == "csv":
            path.write_text("\n".join(",".join(line) for line in _visits(rows)), encoding="gb18030")
        else:
            path.write_bytes(xlsx(*_visits(rows)))
        tracemalloc.start()
        found = plan(path, bound_form("realestate.visit"))
        report = Importer(Nothing(), chunk=250).run(found, dry_run=True)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (report.rows, report.bad) == (rows, rows // 4)
    # What a report tells of each problem grows, up to 10,000 of them; and a few blocks of strings are kept open.
    assert peaks[1] < peaks[0] + 6_000 // 4 * 800 + 1_500_000
