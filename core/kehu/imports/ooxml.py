"""Reads .xlsx (ECMA-376) a row at a time: expat over parts that are unpacked piece by piece, nothing kept but a row.

Values come as the reader of the other kinds gives them: text, float, bool, date, datetime or time.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from xml.parsers import expat

from kehu.imports.archive import WORKBOOK, Archive, Extent, check_rows, column_number
from kehu.imports.limits import Limits, damaged
from kehu.imports.strings import SharedStrings

Value = str | float | bool | datetime | date | time
Attributes = dict[str, str]

_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_MOST_STYLES = 100_000
_LONGEST_TEXT = 32_767
"""Characters of one cell, by the specification of spreadsheet programs."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = "0123456789"
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001  # serials are local: the zone comes with the legal entity
_SINCE_1904 = 1_462
_LAST_SERIAL = 2_958_466
# ECMA-376 18.8.30, with the formats that zh-CN gives the numbers from 27 on.
_DATES = frozenset((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58))
_TIMES = frozenset((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56))
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Book:
    """The sheets of an .xlsx by name, in order, and what their cells refer to."""

    archive: Archive
    sheets: tuple[tuple[str, str], ...]
    """Name and part of each worksheet."""
    strings: SharedStrings = field(repr=False)
    kinds: tuple[str, ...]
    """For each cell style: ``date``, ``time`` or nothing."""
    epoch: datetime

    def extent(self, part: str) -> Extent:
        return self.archive.extents[part]

    def rows(self, part: str, limits: Limits) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """The rows that the part has, by number, each from column A on."""
        reader = _Rows(self)
        for _ in _parsed(self.archive.part(part), reader.start, reader.end, reader.text):
            for number, cells in reader.done:
                check_rows(number, len(cells), limits)
                yield number, tuple(cells)
            reader.done.clear()


def open_book(archive: Archive, limits: Limits) -> Book:
    """Read what all sheets share. Raises `Invalid` FILE_DAMAGED, FILE_TOO_LARGE."""
    targets = _relations(archive.small_part(_RELATIONS, limits.part_bytes))
    named, since_1904 = _workbook(archive.small_part(WORKBOOK, limits.part_bytes))
    sheets = []
    for name, relation in named:
        kind, part = targets.get(relation, ("", ""))
        if kind == "worksheet":
            if part not in archive.extents:
                raise damaged()
            sheets.append((name, part))
    strings = next((part for kind, part in targets.values() if kind == "sharedStrings"), None)
    styles = archive.small_part(_STYLES, limits.part_bytes) if _STYLES in archive.members else b""
    texts = _shared(archive.part(strings)) if strings in archive.members and strings else iter(())
    epoch = _EPOCH + timedelta(days=_SINCE_1904) if since_1904 else _EPOCH
    return Book(archive, tuple(sheets), SharedStrings(texts), _kinds(styles), epoch)


def _parsed(
    chunks: Iterable[bytes],
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Parse piece by piece, yielding after each. Nothing is declared, expanded or fetched. Raises FILE_DAMAGED."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _no_doctype
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
        yield
    except (expat.ExpatError, ValueError, IndexError, OverflowError):
        raise damaged() from None


def _no_doctype(*_: object) -> None:
    """Entities are how XML is made to grow; no spreadsheet program writes any."""
    raise ValueError


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _all(content: bytes, start: Callable[[str, Attributes], None]) -> None:
    for _ in _parsed((content,), start):
        pass


def _relations(content: bytes) -> dict[str, tuple[str, str]]:
    """Kind and part by relation id."""
    found: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: Attributes) -> None:
        if _local(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    _all(content, start)
    return found


def _workbook(content: bytes) -> tuple[list[tuple[str, str]], bool]:
    """Name and relation id of each sheet; whether days are counted from 1904."""
    sheets: list[tuple[str, str]] = []
    since_1904: list[bool] = []

    def start(name: str, attributes: Attributes) -> None:
        if _local(name) == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets.append((attributes.get("name", ""), relation))
        elif _local(name) == "workbookPr" and attributes.get("date1904") in ("1", "true"):
            since_1904.append(True)

    _all(content, start)
    return sheets, bool(since_1904)


def _kinds(content: bytes) -> tuple[str, ...]:
    """What each style of ``cellXfs`` makes of a number."""
    formats: dict[int, str] = {}
    kinds: list[str] = []
    inside: list[bool] = []

    def start(name: str, attributes: Attributes) -> None:
        local = _local(name)
        if local in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside[:] = [local == "cellXfs"]
        elif local == "numFmt" and len(formats) < _MOST_STYLES:
            formats[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")
        elif local == "xf" and inside == [True]:
            kinds.append(_kind(int(attributes.get("numFmtId", "0")), formats))
            if len(kinds) > _MOST_STYLES:
                raise ValueError

    if content:
        _all(content, start)
    return tuple(kinds)


def _kind(number: int, formats: dict[int, str]) -> str:
    if number not in formats:
        return "date" if number in _DATES else "time" if number in _TIMES else ""
    code = _NOT_FORMAT.sub("", formats[number].partition(";")[0]).lower()
    if code.strip() in ("", "general", "standard", "@"):
        return ""
    if "y" in code or "d" in code:
        return "date"
    if "h" in code or "s" in code:
        return "time"
    return "date" if "m" in code else ""


def _shared(chunks: Iterable[bytes]) -> Iterator[str]:
    """Every shared string, in order; pronunciations (``rPh``) are left out."""
    reader = _Shared()
    for _ in _parsed(chunks, reader.start, reader.end, reader.text):
        yield from reader.done
        reader.done.clear()


class _Texts:
    """Collects what stands in ``t`` (and ``v``) elements."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.collecting = False
        self.spoken = 0

    def text(self, data: str) -> None:
        if self.collecting and not self.spoken:
            self.parts.append(data)

    def whole(self) -> str:
        text = self.parts[0] if len(self.parts) == 1 else "".join(self.parts)
        if len(text) > _LONGEST_TEXT:
            raise ValueError
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


class _Shared(_Texts):
    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        local = _local(name)
        if local == "si":
            self.parts = []
        elif local == "t":
            self.collecting = True
        elif local == "rPh":
            self.spoken += 1

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "t":
            self.collecting = False
        elif local == "rPh":
            self.spoken -= 1
        elif local == "si":
            self.done.append(self.whole())


class _Rows(_Texts):
    """Makes rows of the elements of ``sheetData``; ``done`` are those that are complete."""

    def __init__(self, book: Book) -> None:
        super().__init__()
        self.done: list[tuple[int, list[Value]]] = []
        self._strings = book.strings
        self._kinds = book.kinds
        self._epoch = book.epoch
        self._number = 0
        self._cells: list[Value] = []
        self._column = 0
        self._type = "n"
        self._style: str | None = None
        self._prefix: str | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        if self._prefix is None:
            self._prefix = name.removesuffix("worksheet")
            if not name.endswith("worksheet"):
                raise ValueError
        local = name.removeprefix(self._prefix)
        if local == "c":
            at = attributes.get("r")
            self._column = len(self._cells) if at is None else _column(at.rstrip(_DIGITS))
            self._type = attributes.get("t", "n")
            self._style = attributes.get("s")
            self.parts = []
        elif local in ("v", "t"):
            self.collecting = True
        elif local == "row":
            at = attributes.get("r")
            self._number = self._number + 1 if at is None else int(at)
            self._cells = []
        elif local == "rPh":
            self.spoken += 1

    def end(self, name: str) -> None:
        local = name.removeprefix(self._prefix or "")
        if local in ("v", "t"):
            self.collecting = False
        elif local == "c":
            if self.parts:
                self._put(self._value(self.whole()))
        elif local == "row":
            self.done.append((self._number, self._cells))
        elif local == "rPh":
            self.spoken -= 1

    def _put(self, value: Value) -> None:
        missing = self._column - len(self._cells)
        if missing < 0:
            self._cells[self._column] = value
            return
        if missing:
            self._cells.extend(("",) * missing)
        self._cells.append(value)

    def _value(self, text: str) -> Value:
        kind = self._type
        if kind == "s":
            return self._strings[int(text)]
        if kind in ("str", "inlineStr", "e"):
            return text
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "d":
            return datetime.fromisoformat(text.rstrip("Z"))
        number = float(text)
        if not math.isfinite(number):
            raise ValueError
        style = int(self._style) if self._style is not None else -1
        shown = self._kinds[style] if 0 <= style < len(self._kinds) else ""
        return _moment(number, shown, self._epoch) if shown else number


@lru_cache(maxsize=1024)
def _column(letters: str) -> int:
    number = column_number(letters) - 1 if letters.isascii() and letters.isalpha() else -1
    if number < 0:
        raise ValueError
    return number


def _moment(serial: float, kind: str, epoch: datetime) -> Value:
    """A serial as its cell shows it; what is no day of a calendar stays a number."""
    if kind == "time" and 0 <= serial < 1:
        return (_EPOCH + timedelta(seconds=round(serial * 86_400))).time()
    if not 1 <= serial < _LAST_SERIAL:
        return serial
    found = epoch + timedelta(seconds=round(serial * 86_400))
    return found.date() if serial.is_integer() else found
