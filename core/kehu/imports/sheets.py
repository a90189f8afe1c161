"""Reads .xlsx, .xls, .ods and .csv into rows of raw cells that know where they stand."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

import python_calamine

from kehu.imports.archive import WORKBOOK, Archive, Merged, check_archive, check_size
from kehu.imports.biff import check_old_workbook
from kehu.imports.delimited import open_delimited
from kehu.imports.limits import Limits, damaged, encrypted, file_refused, too_large
from kehu.imports.ooxml import open_book
from kehu.imports.source import Source
from kehu.labels import Label

T = TypeVar("T")
Cell = str | int | float | bool | datetime | date | time | timedelta

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BYTES = Label("字节数", "bytes")
_SHEETS = Label("工作表数", "sheets")
_HEAD = 4096
_CSV_NAME = "CSV"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: ``number`` counts from 1 as spreadsheet programs show it; ``cells[0]`` stands in column A."""

    number: int
    cells: tuple[Cell, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows`` starts from the top each time it is called; blank rows may be left out.

    ``position`` counts from 1 in the file; ``extent`` is a number that no row's exceeds; ``merged`` are the merged
    cells, of which all but the first are blank.
    """

    name: str = field(repr=False)
    rows: Callable[[], Iterator[SheetRow]]
    position: int = 1
    extent: int = 0
    merged: tuple[Merged, ...] = ()


def column_letter(index: int) -> str:
    """Column letter of a position counted from 0: 0 → ``A``, 26 → ``AA``."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def open_sheets(source: Source, limits: Limits = Limits()) -> tuple[Sheet, ...]:  # noqa: B008  # frozen
    """The sheets of a file, its kind taken from its bytes and not from its name.

    Raises `Invalid` FILE_EMPTY, FILE_TOO_LARGE, SHEET_TOO_LARGE, FILE_DAMAGED, FILE_ENCRYPTED,
    FILE_ENCODING, FILE_KIND.
    """
    head = source.head(_HEAD)
    if not head.strip() and len(head) == source.size:
        raise file_refused("FILE_EMPTY", "文件是空的", "The file is empty")
    if source.size > limits.file_bytes:
        raise too_large(_BYTES, limits.file_bytes)
    if head.startswith(_ZIP):
        archive = check_archive(source, limits)
        return _kept(_book(archive, limits) if WORKBOOK in archive.members else _whole(source, limits), limits)
    if head.startswith(_COMPOUND):
        return _kept(_whole(source, limits), limits)
    if head.lstrip()[:1] == b"<" or head.startswith(b"%PDF"):
        raise file_refused(
            "FILE_KIND",
            "这不是电子表格(网页、XML 或 PDF 只是改了扩展名);请用表格软件打开后另存为 .xlsx",
            "No spreadsheet (a page, XML or PDF under another name); open it in a spreadsheet program, save as .xlsx",
        )
    text = open_delimited(source)
    return (Sheet(_CSV_NAME, lambda: (SheetRow(*row) for row in text.rows(limits)), extent=text.lines),)


def _kept(sheets: tuple[Sheet, ...], limits: Limits) -> tuple[Sheet, ...]:
    if len(sheets) > limits.sheets:
        raise too_large(_SHEETS, limits.sheets)
    return sheets


def _book(archive: Archive, limits: Limits) -> tuple[Sheet, ...]:
    book = open_book(archive, limits)

    def reader(part: str) -> Callable[[], Iterator[SheetRow]]:
        return lambda: (SheetRow(*row) for row in book.rows(part, limits))

    return tuple(
        Sheet(name, reader(part), position, book.extent(part).rows, book.extent(part).merged)
        for position, (name, part) in enumerate(book.sheets, 1)
    )


def _whole(source: Source, limits: Limits) -> tuple[Sheet, ...]:
    """Kinds that have to be read whole."""
    if source.size > limits.whole_bytes:
        raise too_large(_BYTES, limits.whole_bytes)
    with source.open() as file:
        content = file.read()
    if content.startswith(_COMPOUND):
        check_old_workbook(content, limits)
    workbook = _guarded(lambda: python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)))
    kept = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ is python_calamine.SheetTypeEnum.WorkSheet]
    return tuple(_whole_sheet(workbook, name, position, limits) for position, name in enumerate(kept, 1))


def _whole_sheet(workbook: python_calamine.CalamineWorkbook, name: str, position: int, limits: Limits) -> Sheet:
    sheet = _guarded(lambda: workbook.get_sheet_by_name(name))
    check_size(sheet.total_height, sheet.total_width, limits)
    # The reader leaves out empty columns at the left, but not empty rows at the top.
    left = ("",) * (sheet.start[1] if sheet.start else 0)
    merged = tuple(
        (top + 1, first, bottom + 1, last)
        for (top, first), (bottom, last) in _guarded(lambda: sheet.merged_cell_ranges) or ()
    )

    def rows() -> Iterator[SheetRow]:
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield SheetRow(number, (*left, *cells))

    return Sheet(name, rows, position, sheet.total_height, merged)


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
