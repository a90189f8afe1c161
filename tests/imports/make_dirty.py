"""Makes the spreadsheets that offices would send for any form, with faults that are counted beforehand.

What a good row says comes from the form's declaration; what can be wrong comes from a table of faults by kind of field.
``python tests/imports/make_dirty.py FOLDER [FORM …]`` writes an .xlsx for each form of the installed plugins and prints
the faults. Everybody in them is made up.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from kehu.demo import resident_id
from kehu.forms.bind import BoundField, BoundForm
from kehu.vocabulary.base import Storage

_cases = spec_from_file_location("vocabulary_cases", Path(__file__).parents[1] / "vocabulary" / "cases.py")
assert _cases is not None
assert _cases.loader is not None
cases: Any = module_from_spec(_cases)
_cases.loader.exec_module(cases)

SHEET, NOTES = "客户登记", "填表说明"
TITLE = "2026年3月客户登记表"
UNKNOWN_CODE, LONG = "查无此项七七", "长" * 300
Value = str | int | float | bool | datetime | None
_FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
_SURNAMES, _GIVEN = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高", "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华"


@dataclass(frozen=True)
class Planted:
    """A cell that is wrong, and the code that must be reported for it."""

    row: int
    field: str
    code: str


@dataclass(frozen=True)
class Dirty:
    """A sheet, and what is known of it: how many rows are good, which cells are wrong."""

    content: bytes = field(repr=False)
    good: int
    rows: int
    faults: tuple[Planted, ...]


Writers = Callable[[Random, int], tuple[Value, ...]]


def _name(random: Random, number: int) -> tuple[Value, ...]:
    name = random.choice(_SURNAMES) + "".join(random.sample(_GIVEN, 2))
    return (name, f" {name} ", f"{name[0]} {name[1:]}")


def _organisation(random: Random, number: int) -> tuple[Value, ...]:
    return (f"示例{random.choice(_GIVEN)}{random.choice(_GIVEN)}{number}贸易有限公司",)


def _mobile(random: Random, number: int) -> tuple[Value, ...]:
    mobile = f"139{number:04d}{random.randrange(10_000):04d}"
    return (mobile, int(mobile), mobile.translate(_FULL_WIDTH), f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}",
            f"+86 {mobile}", f"'{mobile}", f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}\u3000")  # fmt: skip


def _resident_id(random: Random, number: int) -> tuple[Value, ...]:
    made = resident_id(random, "440606", (datetime(1980, 1, 1) + timedelta(days=number)).date(), "FEMALE")
    return (made, made.lower(), f" {made} ")


def _moment(random: Random, number: int) -> tuple[Value, ...]:
    at = datetime(2026, 3, 1, 13, 5) + timedelta(days=number % 28, minutes=number % 50)
    serial = (at - datetime(1899, 12, 30)) / timedelta(days=1)
    return (at, serial, f"{at.year}年{at.month}月{at.day}日", f"{at:%Y/%m/%d %H:%M}", f"{at:%Y%m%d}",
            f"{at.year}.{at.month}.{at.day}".translate(_FULL_WIDTH))  # fmt: skip


def _money(random: Random, number: int) -> tuple[Value, ...]:
    yuan = random.randrange(10, 900) * 10_000
    return (yuan, f"{yuan:,}", f"{yuan // 10_000}万", f"{yuan // 10_000}万元", f"¥{yuan}", float(yuan))


def _flag(random: Random, number: int) -> tuple[Value, ...]:
    return ("是", "否", True, "√", "Y")


BY_TYPE: Mapping[str, Writers] = {
    "PersonName": _name,
    "OrganisationName": _organisation,
    "Mobile": _mobile,
    "ResidentId": _resident_id,
    "FreeText": lambda random, number: ("看中湖景", "带父母同来"),
    "ShortText": lambda random, number: ("甲类", "乙类"),
    "PostalAddress": lambda random, number: (f"佛山市顺德区示例路{number}号",),
    "BirthDate": lambda random, number: ("1987-07-08", "1990年1月2日"),
    "BirthYear": lambda random, number: ("1987", 1990),
}
"""Ways to write one value of a governed type, all meaning it."""
BY_STORAGE: Mapping[Storage, Writers] = {
    Storage.MOMENT: _moment,
    Storage.DATE: _moment,
    Storage.MONEY: _money,
    Storage.BOOLEAN: _flag,
    Storage.INTEGER: lambda random, number: (number % 9 + 1, f" {number % 9 + 1}"),
}
FAULTS: Mapping[str, tuple[tuple[Value, str], ...]] = {
    "PersonName": (("钱小7号", "NAME_DIGIT"), ("赵**", "MASK_SENT_BACK")),
    "Mobile": (("1390013", "MOBILE_LENGTH"), (12345678901, "MOBILE_RANGE"), ("转孙经理接", "MOBILE_DIGITS"),
               ("1.39E+10", "NUMBER_ROUNDED"), ("139****7788", "MASK_SENT_BACK"), ("#N/A", "CELL_ERROR")),
    "ResidentId": (("44060619800101", "RESIDENT_ID_LENGTH"),),
    "ShortText": ((LONG, "SHORT_TEXT_LENGTH"),),
}  # fmt: skip
FAULTS_BY_STORAGE: Mapping[Storage, tuple[tuple[Value, str], ...]] = {
    Storage.MOMENT: (("26.3.5", "DATE_AMBIGUOUS"), ("3月5日", "DATE_AMBIGUOUS"), ("2026-02-30", "DATE_IMPOSSIBLE"),
                     ("上周末", "DATE_FORMAT"), (12, "DATE_IMPLAUSIBLE")),
    Storage.DATE: (("3/5/2026", "DATE_AMBIGUOUS"), ("2026-02-30", "DATE_IMPOSSIBLE")),
    Storage.MONEY: (("面议", "MONEY_FORMAT"),),
    Storage.BOOLEAN: (("说不准", "FLAG_FORMAT"),),
}  # fmt: skip


@dataclass(frozen=True)
class Sheet:
    """The columns of a form that a sheet can have, and for what others hang on the one code that all rows say."""

    bound: BoundForm
    chosen: Mapping[str, str | bool]
    fields: tuple[BoundField, ...]

    @property
    def suffices(self) -> bool:
        """Whether a row can say all that the form asks for, and has more than one cell to be wrong in."""
        names = {each.name for each in self.fields}
        asked = (each.name for each in self.bound.fields if each.required and self.bound.asked(each.name, self.chosen))
        groups = (rows.declared for rows in self.bound.rows if self.bound.asked(rows.name, self.chosen))
        complete = {*asked, *self.bound.required} <= names and len(names) > 1
        return complete and not any(one.at_least for one in groups)


def sheet_of(bound: BoundForm) -> Sheet:
    """The columns for a form. Where fields are asked on a condition, one that asks for the fewest is met throughout."""
    drivers = sorted({test.field for tests in bound.conditions.values() for test in tests})
    chosen: dict[str, str | bool] = {}
    for name in drivers:
        driver = bound.by_name[name]
        options: list[str | bool] = list(driver.scheme.codes) if driver.scheme else [False, True]
        chosen[name] = min(options, key=lambda one: len(_needed(bound, {**chosen, name: one}, name)))
    fields = tuple(
        each for each in bound.fields if _writers(each, chosen) is not None and bound.asked(each.name, chosen)
    )
    return Sheet(bound, chosen, fields)


def _needed(bound: BoundForm, chosen: Mapping[str, str | bool], driver: str) -> list[str]:
    """Fields that a choice makes necessary; those that can't be written count more."""
    names = [n for n, tests in bound.conditions.items() if any(t.field == driver for t in tests) and n in bound.by_name]
    asked = [bound.by_name[n] for n in names if bound.by_name[n].required and bound.asked(n, chosen)]
    return [each.name for each in asked for _ in range(1 if _writers(each, {}) else 10)]


def _writers(each: BoundField, chosen: Mapping[str, str | bool]) -> Writers | None:
    kind = each.field.type
    if each.is_reference:
        return lambda random, number: ("P01", "S-12", "X9")
    if isinstance(flag := chosen.get(each.name), bool):
        return lambda random, number: ("是", True) if flag else ("否", False)
    if each.scheme is not None:
        codes = [str(chosen[each.name])] if each.name in chosen else list(each.scheme.codes)
        words = [word for code in codes for word in (code, each.scheme.term(code).label.zh)]
        return lambda random, number: tuple(words)
    taken = tuple(text for text, _ in cases.TAKEN.get(kind.name, ()) if isinstance(text, str) and _plain(text))
    return BY_TYPE.get(kind.name) or BY_STORAGE.get(kind.storage) or ((lambda random, number: taken) if taken else None)


def _plain(text: str) -> bool:
    """Text that means in a cell what it means to the type alone: no blank, formula, quotation mark or long text."""
    return text.isprintable() and text == text.strip("' =") and 1 < len(text) < 60 and "E+" not in text


def faults_of(each: BoundField, sheet: Sheet) -> tuple[tuple[Value, str], ...]:
    """What can be wrong with a cell of this field."""
    kind = each.field.type
    if each.is_reference:
        found: tuple[tuple[Value, str], ...] = (("李 顾问", "REFERENCE_INVALID"),)
    elif each.scheme is not None:
        found = ((UNKNOWN_CODE, "CODE_UNKNOWN"),)
    else:
        refused = ((text, code) for text, code in cases.REFUSED.get(kind.name, ()) if isinstance(text, str))
        found = FAULTS.get(kind.name) or FAULTS_BY_STORAGE.get(kind.storage) or tuple(
            (text, code) for text, code in refused if _plain(text)
        )  # fmt: skip
    blank = each.name in sheet.bound.required and each.name not in sheet.chosen
    return (*found, *(((None, "REQUIRED"),) if blank else ()))


def dirty(bound: BoundForm, rows: int = 120, seed: int = 17) -> Dirty:
    """Every fifth row has a fault, each kind of fault in turn; titles, a unit above, repeated headers and totals."""
    random = Random(seed)
    layout = sheet_of(bound)
    fields = layout.fields
    kinds = [(each.name, value, code) for each in fields for value, code in faults_of(each, layout)]
    cells: list[list[Value]] = [[TITLE], ["单位:元"], _header(fields)]
    planted: list[Planted] = []
    good = 0
    for number in range(1, rows + 1):
        row = {each.name: _cell(each, layout.chosen, random, number) for each in fields}
        if number % 5 == 0 and kinds:
            name, value, code = kinds[number // 5 % len(kinds)]
            row[name] = value
            planted.append(Planted(len(cells) + 1, name, code))
        else:
            good += 1
        cells.append([number, *row.values()])
        if number == rows // 2:
            cells.append(_header(fields))
    cells.append(["合计", *[None] * len(fields)])
    cells.append(["备注:每日下班前整理"])
    return Dirty(_xlsx(cells), good, rows, tuple(planted))


def _cell(each: BoundField, chosen: Mapping[str, str | bool], random: Random, number: int) -> Value:
    writers = _writers(each, chosen)
    assert writers is not None
    ways = writers(random, number)
    return ways[number % len(ways)]


def _header(fields: Sequence[BoundField]) -> list[Value]:
    """Headers as people write them: stars, brackets, blanks, synonyms."""
    dressed = (lambda t: f"*{t}", lambda t: f"{t}(请填写)", lambda t: " ".join(t) if len(t) == 2 else t, lambda t: t)
    texts = [each.form_field.synonyms[0] if each.form_field.synonyms else each.label.zh for each in fields]
    return ["序号", *(dressed[at % len(dressed)](text) for at, text in enumerate(texts))]


def _xlsx(cells: list[list[Value]]) -> bytes:
    stream = io.BytesIO()
    book: Any = xlsxwriter.Workbook(stream, {"in_memory": True})
    dates = book.add_format({"num_format": 'yyyy"年"m"月"d"日" hh:mm'})
    sheet = book.add_worksheet(SHEET)
    for row, values in enumerate(cells):
        for column, value in enumerate(values):
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, value, dates)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write(row, column, value)
    sheet.merge_range(0, 0, 0, max(len(cells[2]) - 1, 1), TITLE)
    book.add_worksheet(NOTES).write_column(0, 0, [NOTES, "1. 带*号的必填", "2. 每日下班前整理"])
    book.close()
    return stream.getvalue()


def _lines(made: Dirty) -> Iterator[str]:
    for one in made.faults:
        yield f"{SHEET}!{one.row}\t{one.field}\t{one.code}"


if __name__ == "__main__":
    from kehu.app import Declared
    from kehu.forms.bind import bind

    registry = Declared.by().registry
    for key in sys.argv[2:] or sorted(registry.forms):
        sheet_of_form = dirty(bind(registry.forms[key], registry.records, registry.schemes))
        (Path(sys.argv[1]) / f"{key}.xlsx").write_bytes(sheet_of_form.content)
        sys.stdout.write("\n".join((key, *_lines(sheet_of_form))) + "\n")
