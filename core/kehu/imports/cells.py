"""What a cell says, in the notation that the governed types read: dates, numbers stored as numbers, 万元."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from kehu.imports.sheets import Cell
from kehu.vocabulary.base import Storage, ValueRefused

_BLANKS = frozenset({"", "-", "--", "—", "——", "/", "\\", "'"})
_QUOTED_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
_LARGEST_EXACT = 10**15
"""Spreadsheets keep 15 digits of a number."""
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]{2}", re.IGNORECASE)

_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # serials are local: the zone comes with the legal entity
_SERIALS = (10_959, 73_415)
"""1930-01-01 to 2100-12-31: numbers outside are no dates that a customer file holds."""

_DAY = r"(?P<year>[0-9]{4})(?:[-/.]|年)(?P<month>[0-9]{1,2})(?:[-/.]|月)(?P<day>[0-9]{1,2})日?"
_COMPACT_DAY = r"(?P<year2>[0-9]{4})(?P<month2>[0-9]{2})(?P<day2>[0-9]{2})"
_CLOCK = (
    r"(?P<half>上午|下午|晚上|中午|凌晨|早上|AM|PM)?(?P<hour>[0-9]{1,2})(?::|时|点)(?:(?P<minute>[0-9]{1,2})分?)?"
    r"(?::?(?P<second>[0-9]{1,2})(?:\.0+)?秒?)?(?: ?(?P<half2>AM|PM))?"
)
_WEEKDAY = r"(?: ?\(?(?:星期|周)[一二三四五六日天]\)?)?"
# Day and hour are both digits: something has to stand between them.
_GAP = r"(?:[ T]|(?<=[日一二三四五六天)])|(?=[上下晚中凌早AP]))"
_DATE = re.compile(rf"(?:{_DAY}|{_COMPACT_DAY}){_WEEKDAY}(?:{_GAP}{_CLOCK})?", re.IGNORECASE)
_SHORT_DATE = re.compile(r"[0-9]{1,4}(?:[-/.]|年|月)[0-9]{1,4}(?:(?:[-/.]|月|日)(?:[0-9]{1,4}日?)?)?.*")
_SPACED = re.compile(r" *([-/.:年月日时点分秒]|上午|下午|晚上|中午|凌晨|早上) *")
_ZONED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T.+(?:Z|[+-][0-9]{2}:[0-9]{2})")
_AFTERNOON = frozenset({"下午", "晚上", "PM"})
_MORNING = frozenset({"上午", "凌晨", "早上", "AM"})

_PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,6})?")
_NOT_SAID = frozenset({"不详", "未知", "未填", "N/A", "NA"})


def is_blank(cell: Cell) -> bool:
    """Nothing written, or only a stroke or a word that stands for nothing."""
    return isinstance(cell, str) and ((text := _trimmed(cell)) in _BLANKS or text.upper() in _NOT_SAID)


def read_cell(cell: Cell, storage: Storage, factor: Decimal = Decimal(1)) -> object:
    """What ``cell`` says for a field of that storage: text, amount, date, naive local datetime or bool.

    The field's type still has to parse it. Raises `ValueRefused`: CELL_ERROR, CELL_IS_DATE, CELL_IS_FLAG,
    NUMBER_ROUNDED, DATE_AMBIGUOUS, DATE_FORMAT, DATE_IMPOSSIBLE, DATE_IMPLAUSIBLE.
    """
    if isinstance(cell, str):
        cell = _trimmed(cell)
        if cell in _ERRORS:
            raise ValueRefused(
                "CELL_ERROR",
                "单元格是公式错误,请改正公式或直接填写内容",
                "The cell is a formula error; mend it or type the content",
            )
    match storage:
        case Storage.DATE | Storage.MOMENT:
            return _date(cell, with_time=storage is Storage.MOMENT)
        case Storage.MONEY:
            return _money(cell, factor)
        case Storage.BOOLEAN if isinstance(cell, bool):
            return cell
        case _:
            return _text(cell)


def _trimmed(text: str) -> str:
    """Without outer blanks and without the marks by which people keep spreadsheets from reading numbers."""
    text = text.strip(" \t\r\n\f\u3000\u00a0\u200b\ufeff")
    quoted = _QUOTED_FORMULA.fullmatch(text)
    return quoted[1].strip() if quoted else text.removeprefix("'")


def _half_width(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _text(cell: Cell) -> str:
    if isinstance(cell, bool):
        raise ValueRefused("CELL_IS_FLAG", "这里需要文字,不是 TRUE/FALSE", "Text is needed here, not TRUE or FALSE")
    if isinstance(cell, date | time | timedelta):
        raise ValueRefused(
            "CELL_IS_DATE",
            "表格软件把内容改成了日期或时间;请把该列设为文本格式后重新填写",
            "The spreadsheet turned the content into a date or time; make the column text and type it again",
        )
    if isinstance(cell, str):
        if _SCIENTIFIC.fullmatch(cell):
            raise _rounded()
        return cell
    if not abs(cell) < _LARGEST_EXACT:
        raise _rounded()
    return str(int(cell)) if cell == int(cell) else f"{cell:.15g}"


def _rounded() -> ValueRefused:
    return ValueRefused(
        "NUMBER_ROUNDED",
        "号码被表格软件当作数值,后几位已经丢失;请把该列设为文本格式后重新填写",
        "The spreadsheet kept this as a number and lost its last digits; make the column text and type it again",
    )


def _date(cell: Cell, *, with_time: bool) -> date | datetime:
    if isinstance(cell, bool | time | timedelta):
        raise _no_date()
    if isinstance(cell, int | float):
        found: date | datetime = _from_serial(float(cell))
    elif isinstance(cell, str):
        found = _from_text(_SPACED.sub(r"\1", " ".join(_half_width(cell).split())))
    else:
        found = cell
    if not 1930 <= found.year <= 2100:
        raise _implausible()
    if with_time or not isinstance(found, datetime):
        return found
    return found.date()


def _from_serial(serial: float) -> datetime:
    """A date as spreadsheets count it: days since 1899-12-30, the time as a fraction, to the second."""
    if not _SERIALS[0] <= serial < _SERIALS[1]:
        raise _implausible()
    return _EPOCH + timedelta(seconds=round(serial * 86_400))


def _from_text(text: str) -> date | datetime:
    if re.fullmatch(r"[0-9]{1,5}(?:\.[0-9]+)?", text):
        return _from_serial(float(text))
    if _ZONED.fullmatch(text):
        return _zoned(text)
    found = _DATE.fullmatch(text)
    if found is None:
        if _SHORT_DATE.fullmatch(text):
            raise ValueRefused(
                "DATE_AMBIGUOUS",
                "日期可能有几种读法,请写明四位年份,例如 2026-03-05",
                "The date can be read in several ways; write the year with four digits first, as in 2026-03-05",
            )
        raise _no_date()
    try:
        day = date(*(int(found[name] or found[f"{name}2"]) for name in ("year", "month", "day")))
        return day if found["hour"] is None else datetime.combine(day, _clock(found))
    except ValueError:
        raise _impossible() from None


def _zoned(text: str) -> datetime:
    """A moment as our own exports write it, with its zone."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise _impossible() from None


def _impossible() -> ValueRefused:
    return ValueRefused(
        "DATE_IMPOSSIBLE", "没有这一天或这个时刻,请核对", "There is no such day or time of day; check it"
    )


def _clock(found: re.Match[str]) -> time:
    hour, half = int(found["hour"]), (found["half"] or found["half2"] or "").upper()
    if (half == "晚上" and hour == 12) or (half in _MORNING and hour > 12):
        raise ValueError("the midnight of which day, or a morning hour above 12")
    if (half in _AFTERNOON and hour < 12) or (half == "中午" and hour < 10):
        hour += 12
    elif half in _MORNING and hour == 12:
        hour = 0
    return time(hour, int(found["minute"] or 0), int(found["second"] or 0))


def _no_date() -> ValueRefused:
    return ValueRefused(
        "DATE_FORMAT",
        "不是日期,请写成 2026-03-05 或 2026-03-05 14:30",
        "Not a date; write 2026-03-05 or 2026-03-05 14:30",
    )


def _implausible() -> ValueRefused:
    return ValueRefused(
        "DATE_IMPLAUSIBLE",
        "不是 1930 年至 2100 年之间的完整日期,请核对",
        "Not a whole date between 1930 and 2100; check it",
    )


def _money(cell: Cell, factor: Decimal) -> Decimal | str:
    """A plain number times ``factor``; text with a unit or currency of its own is left to the type."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        # 15 digits are what the spreadsheet shows; further ones are the noise of binary fractions.
        return Decimal(f"{cell:.15g}") * factor
    text = _text(cell)
    number = re.sub(r"\s+", "", _half_width(text))
    return Decimal(number.replace(",", "")) * factor if _PLAIN_NUMBER.fullmatch(number) else text
