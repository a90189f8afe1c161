"""Reads .csv as offices save it: in UTF-8, UTF-16, GBK or GB18030, with commas, semicolons or tabs, a row at a time."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from kehu.errors import Invalid
from kehu.imports.archive import check_rows
from kehu.imports.limits import Limits, file_refused
from kehu.imports.source import CHUNK, Source

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",\t;"
_HEAD = 1 << 16
_HEAD_LINES = 20
_CONTROL = {number: None for number in range(32) if chr(number) not in "\t\r\n\f"}


@dataclass(frozen=True, slots=True)
class Delimited:
    """A .csv whose encoding and delimiter are known. ``lines`` are at least as many as its rows."""

    source: Source
    encoding: str
    delimiter: str
    lines: int

    def rows(self, limits: Limits) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Every row by number. Raises `Invalid` FILE_DAMAGED, SHEET_TOO_LARGE."""
        with io.TextIOWrapper(self.source.open(), encoding=self.encoding, newline="") as file:
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            number = 0
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    raise _damaged(number + 1) from None
                number += 1
                check_rows(number, len(cells), limits)
                yield number, tuple(cells)


def open_delimited(source: Source) -> Delimited:
    """Find encoding and delimiter, reading the file once. Raises `Invalid` FILE_ENCODING.

    GB18030 contains GBK and GB2312.
    """
    head = source.head(4)
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS if head.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        lines = _lines(source, encoding)
        if lines is not None:
            with io.TextIOWrapper(source.open(), encoding=encoding, newline="") as file:
                return Delimited(source, encoding, _delimiter(file.read(_HEAD)), lines)
    raise file_refused(
        "FILE_ENCODING",
        "无法识别文件的文字编码;请另存为 .xlsx 或 UTF-8 编码的 .csv",
        "The file's text encoding isn't recognised; save it as .xlsx or as .csv in UTF-8",
    )


def _lines(source: Source, encoding: str) -> int | None:
    """How many lines the file has; None where it isn't text in that encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines = 1
    with source.open() as file:
        try:
            while chunk := file.read(CHUNK):
                text = decoder.decode(chunk)
                if len(text.translate(_CONTROL)) != len(text):
                    return None
                lines += text.count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return None
    return lines


def _delimiter(head: str) -> str:
    """The separator that the first lines use most; headers hold hardly any of the others."""
    first = "".join(head.splitlines(keepends=True)[:_HEAD_LINES])
    return max(_DELIMITERS, key=first.count)


def _damaged(row: int) -> Invalid:
    return file_refused(
        "FILE_DAMAGED",
        f"第 {row} 行的引号不成对或单元格过长,请检查该行",
        f"Row {row} has an unmatched quotation mark or an overlong cell; check that row",
    )
