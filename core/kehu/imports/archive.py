"""Looks into .xlsx and .ods before the reader does: it would allocate whatever the file claims.

Two cells, A1 and XFD1048576, make a file of a few kilobytes and a table of 17 billion cells.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from kehu.errors import Invalid
from kehu.imports.limits import Limits, damaged, encrypted, file_refused, too_large
from kehu.labels import Label

_CHUNK = 1 << 20
_ENCRYPTED_FLAG = 0x1
_LOCAL_HEADER = 30
_BYTES = Label("解压后的字节数", "unpacked bytes")
_CELLS = Label("工作表的单元格数", "cells of a sheet")
_ROWS = Label("工作表的行数", "rows of a sheet")
_COLUMNS = Label("工作表的列数", "columns of a sheet")
_CELL_AT = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]{1,8})([0-9]{1,12})["']""")
_OVERLAP = 64
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_ODS_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")
_ODS_REPEATED = re.compile(rb"""number-(?:rows|columns)-repeated\s*=\s*["']([0-9]{1,12})["']""")
_ODS_VALUE = re.compile(rb"(?:value-type|formula)\s*=")


def check_archive(content: bytes, limits: Limits) -> None:
    """Raises `Invalid` for a zip that unpacks too far or holds a table too large. Sizes are counted, not believed."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged() from None
    names = {member.filename for member in members}
    if not names & {"xl/workbook.xml", "content.xml"} or len(members) > limits.parts:
        raise damaged()
    left = min(limits.unpacked_bytes, max(len(content), 1 << 16) * limits.unpacked_ratio)
    for member in members:
        chunks = _counted(_unpacked(content, member), left, limits)
        if member.filename.startswith("xl/worksheets/"):
            left -= _check_xlsx_sheet(chunks, limits)
        elif member.filename == "content.xml":
            left -= _check_ods(b"".join(chunks), limits)
        else:
            left -= sum(len(chunk) for chunk in chunks)


def _counted(chunks: Iterator[bytes], left: int, limits: Limits) -> Iterator[bytes]:
    for chunk in chunks:
        left -= len(chunk)
        if left < 0:
            raise too_large(_BYTES, limits.unpacked_bytes)
        yield chunk


def _unpacked(content: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's bytes, whatever size its headers claim."""
    if member.flag_bits & _ENCRYPTED_FLAG:
        raise encrypted()
    at = member.header_offset
    name_length = int.from_bytes(content[at + 26 : at + 28], "little")
    extra_length = int.from_bytes(content[at + 28 : at + 30], "little")
    begin = at + _LOCAL_HEADER + name_length + extra_length
    packed = content[begin : begin + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged()
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while chunk := inflater.decompress(packed, _CHUNK):
            yield chunk
            packed = inflater.unconsumed_tail
    except zlib.error:
        raise damaged() from None


def check_size(rows: int, columns: int, limits: Limits) -> None:
    """Raises `Invalid` if a sheet of so many rows and columns, blank ones included, is too large."""
    for what, found, limit in (
        (_COLUMNS, columns, limits.columns),
        (_ROWS, rows, limits.rows),
        (_CELLS, rows * columns, limits.cells),
    ):
        if found > limit:
            raise _stray(what, limit)


def _stray(what: Label, limit: int) -> Invalid:
    return file_refused(
        "SHEET_TOO_LARGE",
        f"{what.zh}超过 {limit:,};请删除表格以外的多余行列(包括带格式的空单元格),或拆成几个文件",
        f"The {what.en} exceed {limit:,}; delete stray rows and columns outside the table (formatted empty cells too)",
    )


def _check_xlsx_sheet(chunks: Iterator[bytes], limits: Limits) -> int:
    """Checks the rectangle that holds all cells; gives the bytes of the sheet."""
    letters: set[bytes] = set()
    last = size = 0
    tail = b""
    for chunk in chunks:
        if not size and chunk[:2] in _UTF16:
            raise damaged()
        size += len(chunk)
        # A reference cut at the end of a chunk is found whole with the next one.
        for column, row in _CELL_AT.findall(tail + chunk):
            letters.add(column)
            last = max(last, int(row))
        tail = chunk[-_OVERLAP:]
    width = max((column_number(column.decode()) for column in letters), default=0)
    check_size(last, width, limits)
    return size


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
