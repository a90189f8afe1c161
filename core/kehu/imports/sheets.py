"""Reads .xlsx, .xls, .ods and .csv into rows of raw cells that know where they stand."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

import python_calamine

from kehu.errors import Invalid
from kehu.imports.archive import check_archive, check_size
from kehu.imports.biff import check_old_workbook
from kehu.imports.limits import Limits, damaged, encrypted, file_refused, too_large
from kehu.labels import Label

T = TypeVar("T")
Cell = str | int | float | bool | datetime | date | time | timedelta

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BYTES = Label("字节数", "bytes")
_SHEETS = Label("工作表数", "sheets")
_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",\t;"
_CSV_NAME = "CSV"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: ``number`` counts from 1 as spreadsheet programs show it; ``cells[0]`` stands in column A."""

    number: int
    cells: tuple[Cell, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows`` starts from the top each time it is called; blank rows come as they are."""

    name: str
    rows: Callable[[], Iterator[SheetRow]]


def column_letter(index: int) -> str:
    """Column letter of a position counted from 0: 0 → ``A``, 26 → ``AA``."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def open_sheets(content: bytes, limits: Limits = Limits()) -> tuple[Sheet, ...]:  # noqa: B008  # frozen
    """The sheets of a file, its kind taken from its bytes and not from its name.

    Raises `Invalid` FILE_EMPTY, FILE_TOO_LARGE, SHEET_TOO_LARGE, FILE_DAMAGED, FILE_ENCRYPTED,
    FILE_ENCODING, FILE_KIND.
    """
    if not content.strip():
        raise file_refused("FILE_EMPTY", "文件是空的", "The file is empty")
    if len(content) > limits.file_bytes:
        raise too_large(_BYTES, limits.file_bytes)
    if content.startswith(_ZIP):
        check_archive(content, limits)
        return _workbook(content, limits)
    if content.startswith(_COMPOUND):
        check_old_workbook(content, limits)
        return _workbook(content, limits)
    if content.lstrip()[:1] == b"<" or content.startswith(b"%PDF"):
        raise file_refused(
            "FILE_KIND",
            "这不是电子表格(网页、XML 或 PDF 只是改了扩展名);请用表格软件打开后另存为 .xlsx",
            "No spreadsheet (a page, XML or PDF under another name); open it in a spreadsheet program, save as .xlsx",
        )
    return (_csv_sheet(_decoded(content), limits),)


def _workbook(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    workbook = _guarded(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)))
    kept = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet]
    if len(kept) > limits.sheets:
        raise too_large(_SHEETS, limits.sheets)
    return tuple(Sheet(name, _reader(workbook, name, limits)) for name in kept)


def _reader(workbook: python_calamine.CalamineWorkbook, name: str, limits: Limits) -> Callable[[], Iterator[SheetRow]]:
    def rows() -> Iterator[SheetRow]:
        sheet = _guarded(lambda: workbook.get_sheet_by_name(name))
        check_size(sheet.total_height, sheet.total_width, limits)
        # The reader leaves out empty columns at the left, but not empty rows at the top.
        left = ("",) * (sheet.start[1] if sheet.start else 0)
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield SheetRow(number, (*left, *cells))

    return rows


def _guarded(read: Callable[[], T]) -> T:
    """Runs the reader; whatever it makes of a damaged file becomes one error. A panic isn't an Exception."""
    try:
        return read()
    except python_calamine.PasswordError:
        raise encrypted() from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise damaged() from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise damaged() from None


def _decoded(content: bytes) -> str:
    """Text in UTF-8 (with or without its mark), UTF-16 with its mark, or GB18030, which contains GBK and GB2312."""
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if content.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(char) < 0x20 and char not in "\t\r\n\f" for char in text):
            return text
    raise file_refused(
        "FILE_ENCODING",
        "无法识别文件的文字编码;请另存为 .xlsx 或 UTF-8 编码的 .csv",
        "The file's text encoding isn't recognised; save it as .xlsx or as .csv in UTF-8",
    )


def _csv_sheet(text: str, limits: Limits) -> Sheet:
    delimiter = _delimiter(text)

    def rows() -> Iterator[SheetRow]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        number = width = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                raise _csv_damaged(number + 1) from None
            number, width = number + 1, max(width, len(cells))
            check_size(number, width, limits)
            yield SheetRow(number, tuple(cells))

    return Sheet(_CSV_NAME, rows)


def _delimiter(text: str) -> str:
    """The separator that the first lines use most; headers hold hardly any of the others."""
    head = "".join(text.splitlines(keepends=True)[:20]) if len(text) < 1 << 16 else text[: 1 << 16]
    return max(_DELIMITERS, key=head.count)


def _csv_damaged(row: int) -> Invalid:
    return file_refused(
        "FILE_DAMAGED",
        f"第 {row} 行的引号不成对或单元格过长,请检查该行",
        f"Row {row} has an unmatched quotation mark or an overlong cell; check that row",
    )
