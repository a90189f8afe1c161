"""Makes the visitor spreadsheet that a sales office would send, with faults that are counted beforehand.

``python tests/imports/make_visitors.py FOLDER`` writes visitors.xlsx, visitors.xls and visitors.csv (GBK)
and prints the faults. Everybody in it is made up.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import xlsxwriter
import xlwt

SHEET = "来访登记"
ZONE = ZoneInfo("Asia/Shanghai")
HEADERS = (
    "序号", "*客户姓名", "姓别", "年龄段", "联系电话\n(手机)", "到访时间", "居住/工作区域", "需 求", "价格区间",
    "诚意度", "客户来源:", "置业顾问工号", "备注", "是否有意向",
)  # fmt: skip
NUMBER, NAME, SEX, AGE, PHONE, DATE, AREA, NEED, PRICE, SINCERITY, SOURCE, STAFF, TRAITS, INTENTION = range(14)
TITLE = "顺德示例花园 2026年3月来访客户汇总"
_EPOCH = datetime(1899, 12, 30)
Value = str | int | float | bool | datetime | None


@dataclass(frozen=True)
class Fault:
    """A cell that is wrong: what stands there and the code that must be reported for it."""

    column: int
    value: Value
    code: str


@dataclass(frozen=True)
class Planted:
    row: int
    column: str
    code: str


@dataclass(frozen=True)
class Expected:
    """What a good row says, however it was written."""

    name: str
    mobile: str
    occurred_at: datetime


@dataclass(frozen=True)
class Visitors:
    """The sheet: its rows from the top, its faults, what its good rows say by row number, rows to leave out."""

    rows: list[list[Value]]
    faults: list[Planted]
    good: dict[int, Expected]
    left_out: dict[int, str]
    wrong_texts: list[str]


FAULTS = (
    Fault(NAME, None, "REQUIRED"),
    Fault(NAME, "钱小7号", "NAME_DIGIT"),
    Fault(NAME, "赵**", "MASK_SENT_BACK"),
    Fault(PHONE, None, "REQUIRED"),
    Fault(PHONE, "1390013", "MOBILE_LENGTH"),
    Fault(PHONE, 12345678901, "MOBILE_RANGE"),
    Fault(PHONE, "转孙经理接", "MOBILE_DIGITS"),
    Fault(PHONE, "1.39E+10", "NUMBER_ROUNDED"),
    Fault(PHONE, "139****7788", "MASK_SENT_BACK"),
    Fault(DATE, "-", "REQUIRED"),
    Fault(DATE, "26.3.5", "DATE_AMBIGUOUS"),
    Fault(DATE, "3/5/2026", "DATE_AMBIGUOUS"),
    Fault(DATE, "3月5日", "DATE_AMBIGUOUS"),
    Fault(DATE, "2026-02-30", "DATE_IMPOSSIBLE"),
    Fault(DATE, "2026-03-05 25:10", "DATE_IMPOSSIBLE"),
    Fault(DATE, "上周末", "DATE_FORMAT"),
    Fault(DATE, 12, "DATE_IMPLAUSIBLE"),
    Fault(SEX, "雄性", "CODE_UNKNOWN"),
    Fault(AGE, "中青年", "CODE_UNKNOWN"),
    Fault(NEED, "炒卖", "CODE_UNKNOWN"),
    Fault(PRICE, "面议再谈", "CODE_UNKNOWN"),
    Fault(SINCERITY, "九成九", "CODE_UNKNOWN"),
    Fault(SOURCE, "报纸夹页", "CODE_UNKNOWN"),
    Fault(SOURCE, None, "REQUIRED"),
    Fault(STAFF, "李 顾问", "REFERENCE_INVALID"),
    Fault(INTENTION, "说不准", "FLAG_FORMAT"),
)

_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高"
_GIVEN = "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华"
_FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}


def _phones(mobile: str) -> tuple[Value, ...]:
    """One number as people write it."""
    return (
        mobile,
        int(mobile),
        mobile.translate(_FULL_WIDTH),
        f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}",
        f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}",
        f"+86 {mobile}",
        f"'{mobile}",
        f" {mobile}\u3000",
    )


def _dates(moment: datetime) -> tuple[tuple[Value, bool], ...]:
    """One moment as people write it, and whether the time of day is said."""
    day, clock = f"{moment.year}-{moment.month}-{moment.day}", f"{moment:%H:%M}"
    return (
        (moment, True),
        ((moment - _EPOCH) / timedelta(days=1), True),
        (f"{day} {clock}", True),
        (day, False),
        (day.replace("-", "/"), False),
        (day.replace("-", "."), False),
        (f"{moment.year}年{moment.month}月{moment.day}日 {clock}", True),
        (f"{moment:%Y%m%d}", False),
        (f"{moment:%Y-%m-%d} 下午{moment.hour - 12}点{moment.minute}分", True),
        (f"{day} {clock}".translate(_FULL_WIDTH), True),
    )


def _good_row(random: Random, number: int) -> tuple[list[Value], Expected]:
    name = random.choice(_SURNAMES) + "".join(random.sample(_GIVEN, random.choice((1, 2))))
    mobile = f"139{number:04d}{random.randrange(10_000):04d}"
    moment = datetime(2026, 3, 1, 13, 0) + timedelta(days=number % 28, minutes=random.randrange(0, 59))
    phone = _phones(mobile)[number % 8]
    date, timed = _dates(moment)[number % 10]
    spoken = f" {name[0]} {name[1:]} " if number % 5 == 0 else name
    row: list[Value] = [
        number,
        spoken,
        random.choice(("男", "女", "先生", "女士", "Female", None)),
        random.choice(("25-34岁", "35~44", "45—54岁", "65岁以上", "A18_24", "35-44", None)),
        phone,
        date,
        random.choice(("顺德大良", "佛山禅城/广州海珠", "/", None)),
        random.choice(("首次置业", "改善", "投资", "upgrade", None)),
        random.choice(("100-200万", "300万元至500万元", "2000万以上", "FROM_5M_TO_8M", None)),
        random.choice(("高", "中", "low", None)),
        random.choice(("来访", "现场来访客户", "自然到访", "业主", "EVENT", "来电咨询客户")),
        random.choice(("S0017", "s-12", "X-9", None)),
        random.choice(("看中湖景,三月内决定", "带父母同来", "—", None)),
        random.choice(("是", "否", True, "√", None)),
    ]
    at = moment if timed else moment.replace(hour=0, minute=0)
    return row, Expected(name, mobile, at.replace(tzinfo=ZONE).astimezone(UTC))


def letter(column: int) -> str:
    return chr(ord("A") + column)


def visitors(rows: int = 600, seed: int = 17) -> Visitors:
    """At least ``rows`` visitors; every seventh has a fault, every third of these a second one in another cell."""
    random = Random(seed)
    made = Visitors([[TITLE], [], list(HEADERS)], [], {}, {}, [])
    for number in range(1, rows + 1):
        if number % 97 == 0:
            made.rows.append([None] * len(HEADERS))
        if number == 200:
            made.rows.append(list(HEADERS))
            made.left_out[len(made.rows)] = "HEADER"
        row, expected = _good_row(random, number)
        made.rows.append(row)
        faults = _faults_of(number)
        for fault in faults:
            row[fault.column] = fault.value
            made.faults.append(Planted(len(made.rows), letter(fault.column), fault.code))
            if isinstance(fault.value, str) and len(fault.value) > 1:
                made.wrong_texts.append(fault.value)
        if not faults:
            made.good[len(made.rows)] = expected
    _end(made, rows)
    return made


def _faults_of(number: int) -> list[Fault]:
    if number % 7:
        return []
    turn = number // 7
    first = FAULTS[turn % len(FAULTS)]
    others = [fault for fault in FAULTS if fault.column != first.column]
    return [first] if turn % 3 else [first, others[turn % len(others)]]


def _end(made: Visitors, rows: int) -> None:
    made.rows.append([rows + 1, *[None] * 13])
    made.left_out[len(made.rows)] = "UNMAPPED"
    made.rows.append(["合计", f"{rows} 人", *[None] * 12])
    made.left_out[len(made.rows)] = "TOTALS"
    made.rows.append(["备注:带*号为必填;由案场每日整理", *[None] * 13])
    made.left_out[len(made.rows)] = "NOTE"


def to_xlsx(made: Visitors) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    dates = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet = book.add_worksheet(SHEET)
    for row, cells in enumerate(made.rows):
        for column, value in enumerate(cells):
            if isinstance(value, datetime):
                sheet.write_datetime(row, column, value, dates)
            elif isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write(row, column, value)
    sheet.merge_range(0, 0, 0, len(HEADERS) - 1, TITLE)
    notes = book.add_worksheet("填表说明")
    notes.write_column(0, 0, ["填表说明", "1. 电话必填", "2. 每日下班前整理"])
    book.close()
    return stream.getvalue()


def to_xls(made: Visitors) -> bytes:
    book = xlwt.Workbook()
    dates = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm")
    sheet = book.add_sheet(SHEET)
    for row, cells in enumerate(made.rows):
        for column, value in enumerate(cells):
            if isinstance(value, datetime):
                sheet.write(row, column, value, dates)
            elif value is not None:
                sheet.write(row, column, value)
    book.add_sheet("填表说明").write(0, 0, "电话必填")
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def to_csv(made: Visitors, encoding: str = "gbk") -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    for cells in made.rows:
        writer.writerow([_csv_text(value) for value in cells])
    return stream.getvalue().replace("√", "Y").encode(encoding)


def _csv_text(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case datetime():
            return f"{value.year}/{value.month}/{value.day} {value:%H:%M}"
        case _:
            return str(value)


WRITERS: dict[str, Callable[[Visitors], bytes]] = {"xlsx": to_xlsx, "xls": to_xls, "csv": to_csv}


def _lines(made: Visitors) -> Iterator[str]:
    for fault in made.faults:
        yield f"{SHEET}!{fault.column}{fault.row}\t{fault.code}"


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    sheet_of_visitors = visitors()
    for extension, write in WRITERS.items():
        (folder / f"visitors.{extension}").write_bytes(write(sheet_of_visitors))
    sys.stdout.write("\n".join(_lines(sheet_of_visitors)) + "\n")
