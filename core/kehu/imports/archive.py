"""Looks into .xlsx and .ods before they are read, and unpacks their parts a piece at a time.

Two cells, A1 and XFD1048576, make a file of a few kilobytes and a table of 17 billion cells.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kehu.errors import Invalid
from kehu.imports.limits import Limits, damaged, encrypted, file_refused, too_large
from kehu.imports.source import CHUNK, Source
from kehu.labels import Label

WORKBOOK, ODS_CONTENT = "xl/workbook.xml", "content.xml"
_ENCRYPTED_FLAG = 0x1
_LOCAL_HEADER = 30
_PIECE = 1 << 16
_BYTES = Label("解压后的字节数", "unpacked bytes")
_CELLS = Label("工作表的单元格数", "cells of a sheet")
_ROWS = Label("工作表的行数", "rows of a sheet")
_COLUMNS = Label("工作表的列数", "columns of a sheet")
_CELL_AT = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,8})([0-9]{1,12})["']""")
_MERGED = re.compile(rb"""mergeCell\s+ref\s*=\s*["']([A-Za-z]{1,3})([0-9]{1,7}):([A-Za-z]{1,3})([0-9]{1,7})["']""")
_MOST_MERGED = 20_000
_OVERLAP = 64
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")
_ODS_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']([0-9]{1,12})["']""")
_ODS_VALUE = re.compile(rb"(?:value-type|formula)\s*=")

Merged = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged cell; rows from 1, columns from 0."""


@dataclass(frozen=True, slots=True)
class Extent:
    """The rectangle from A1 that holds every cell of a sheet, and what is merged in it."""

    rows: int = 0
    columns: int = 0
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """A zip that was unpacked once to see how large it is. ``extents`` go by the name of the sheet's part."""

    source: Source
    members: Mapping[str, zipfile.ZipInfo] = field(repr=False)
    extents: Mapping[str, Extent] = field(repr=False)
    limit: int
    """Bytes that no part may exceed."""

    def part(self, name: str) -> Iterator[bytes]:
        """The part's bytes, in pieces. Raises `Invalid` FILE_DAMAGED where it isn't there."""
        if name not in self.members:
            raise damaged()
        return _counted(_unpacked(self.source, self.members[name]), self.limit, self.limit)

    def small_part(self, name: str, most: int) -> bytes:
        """A part that is kept whole. Raises `Invalid` FILE_TOO_LARGE above ``most`` bytes."""
        return b"".join(_counted(self.part(name), most, most))


def check_archive(source: Source, limits: Limits) -> Archive:
    """Raises `Invalid` for a zip that unpacks too far or holds a table too large. Sizes are counted, not believed."""
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged() from None
    names = {member.filename: member for member in members}
    if not names.keys() & {WORKBOOK, ODS_CONTENT} or len(members) > limits.parts:
        raise damaged()
    most = limits.unpacked_bytes if WORKBOOK in names else limits.whole_unpacked_bytes
    left = allowed = min(most, max(source.size, 1 << 16) * limits.unpacked_ratio)
    extents: dict[str, Extent] = {}
    for member in members:
        size = 0
        chunks = _counted(_unpacked(source, member), left, most)
        if member.filename.startswith("xl/worksheets/"):
            extents[member.filename], size = _check_xlsx_sheet(chunks, limits)
        elif member.filename == ODS_CONTENT:
            size = _check_ods(b"".join(chunks), limits)
        else:
            size = sum(len(chunk) for chunk in chunks)
        left -= size
    return Archive(source, names, extents, allowed)


def _counted(chunks: Iterator[bytes], left: int, limit: int) -> Iterator[bytes]:
    for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            raise too_large(_BYTES, limit)
        yield chunk


def _packed(source: Source, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with source.open() as file:
        file.seek(member.header_offset)
        header = file.read(_LOCAL_HEADER)
        name_length, extra_length = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
        file.seek(name_length + extra_length, 1)
        left = member.compress_size
        while left > 0 and (piece := file.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece


def _unpacked(source: Source, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's bytes, whatever size its headers claim."""
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise encrypted()
    if member.compress_type == zipfile.ZIP_STORED:
        yield from _packed(source, member)
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged()
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in _packed(source, member):
            packed = piece
            while chunk := inflater.decompress(packed, CHUNK):
                yield chunk
                packed = inflater.unconsumed_tail
    except zlib.error:
        raise damaged() from None


def check_rows(rows: int, columns: int, limits: Limits) -> None:
    """Raises `Invalid` if a sheet of so many rows and columns, blank ones included, is too large."""
    for what, found, limit in ((_COLUMNS, columns, limits.columns), (_ROWS, rows, limits.rows)):
        if found > limit:
            raise _stray(what, limit)


def check_size(rows: int, columns: int, limits: Limits) -> None:
    """`check_rows` for a sheet that has to be read whole: its rectangle counts."""
    check_rows(rows, columns, limits)
    if rows * columns > limits.cells:
        raise _stray(_CELLS, limits.cells)


def _stray(what: Label, limit: int) -> Invalid:
    return file_refused(
        "SHEET_TOO_LARGE",
        f"{what.zh}超过 {limit:,};请删除表格以外的多余行列(包括带格式的空单元格),或拆成几个文件",
        f"The {what.en} exceed {limit:,}; delete stray rows and columns outside the table (formatted empty cells too)",
    )


def _check_xlsx_sheet(chunks: Iterator[bytes], limits: Limits) -> tuple[Extent, int]:
    """Checks the rectangle that holds all cells; gives it with the bytes of the sheet."""
    letters: set[bytes] = set()
    merged: set[Merged] = set()
    last = size = 0
    tail = seen = b""
    for chunk in chunks:
        if not size and chunk[:2] in _UTF16:
            raise damaged()
        size += len(chunk)
        # A reference cut at the end of a chunk is found whole with the next one.
        text = tail + chunk
        for column, row in _CELL_AT.findall(text):
            letters.add(column)
            if row != seen:
                seen, last = row, max(last, int(row))
        if len(merged) < _MOST_MERGED:
            merged.update(_merged(*found) for found in _MERGED.findall(text))
        tail = chunk[-_OVERLAP:]
    width = max((column_number(column.decode()) for column in letters), default=0)
    check_rows(last, width, limits)
    return Extent(last, width, tuple(sorted(merged))), size


def _merged(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Merged:
    return int(top), column_number(left.decode()) - 1, int(bottom), column_number(right.decode()) - 1


def column_number(letters: str) -> int:
    """``A`` → 1, ``AA`` → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _check_ods(xml: bytes, limits: Limits) -> int:
    """Checks each table as it is after its repetitions are written out; gives the bytes of the file."""
    if xml[:2] in _UTF16:
        raise damaged()
    rows = columns = blank = repeated = width = valued = 0
    for tag, attributes in (*_ODS_TAG.findall(xml), (b"table", b"")):
        found = _ODS_REPEATED.search(attributes)
        count = int(found[1]) if found else 1
        if not tag.endswith(b"cell"):
            # The row before ends at its last value, and blank rows count once a value follows.
            rows, blank = (rows + blank + repeated, 0) if valued else (rows, blank + repeated)
            columns = max(columns, valued)
            check_size(rows, columns, limits)
            repeated, width, valued = count, 0, 0
        if tag == b"table":
            rows = columns = blank = repeated = 0
        elif tag.endswith(b"cell"):
            width += count
            valued = width if _ODS_VALUE.search(attributes) else valued
    return len(xml)
