"""Looks into .xls before the reader does: one cell said to stand in column 65,535 would make it allocate gigabytes."""

from __future__ import annotations

import io
import struct

import olefile

from kehu.imports.archive import check_size
from kehu.imports.limits import Limits, damaged, encrypted

_STREAMS = ("Workbook", "Book")
_BEGIN, _FILE_PASSWORD = (0x0009, 0x0209, 0x0409, 0x0809), 0x002F
# Records that begin with row and column (MS-XLS 2.4); MULRK and MULBLANK end with their last column.
_CELLS = frozenset((0x0001, 0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x0007, 0x00D6, 0x00FD))
_CELLS |= {0x0201, 0x0202, 0x0203, 0x0204, 0x0205, 0x0206, 0x0406, 0x027E}
_RUNS = frozenset((0x00BD, 0x00BE))
_HEADER = struct.Struct("<HH")


def check_old_workbook(content: bytes, limits: Limits) -> None:
    """Raises `Invalid` SHEET_TOO_LARGE, FILE_ENCRYPTED (an .xlsx with a password looks like this too), FILE_DAMAGED."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            if container.exists("EncryptedPackage"):
                raise encrypted()
            name = next((name for name in _STREAMS if container.exists(name)), None)
            if name is None:
                raise damaged()
            stream = container.openstream(name).read()
    except (OSError, ValueError, IndexError, struct.error):
        raise damaged() from None
    _check_records(stream, limits)


def _check_records(stream: bytes, limits: Limits) -> None:
    at = rows = columns = 0
    while at + 4 <= len(stream):
        kind, length = _HEADER.unpack_from(stream, at)
        body, at = at + 4, at + 4 + length
        if kind in _BEGIN:
            rows = columns = 0
        elif kind == _FILE_PASSWORD:
            raise encrypted()
        elif (kind in _CELLS or kind in _RUNS) and length >= 4 and at <= len(stream):
            row, column = _HEADER.unpack_from(stream, body)
            if kind in _RUNS:
                column = max(column, int.from_bytes(stream[at - 2 : at], "little"))
            if row >= rows or column >= columns:
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                check_size(rows, columns, limits)
