"""How large a file may be, and how a file is refused."""

from __future__ import annotations

from dataclasses import dataclass

from kehu.errors import Invalid, Problem
from kehu.labels import Label

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one import file; above them it is refused before a row is read.

    .csv and .xlsx are read a row at a time; .xls and .ods have to be read whole, so they have bounds of their own.
    """

    file_bytes: int = 1024 * MIB
    unpacked_bytes: int = 8192 * MIB
    unpacked_ratio: int = 200
    """Unpacked bytes per packed byte of an archive; office files reach about 20."""
    parts: int = 2_000
    """Files inside an archive."""
    part_bytes: int = 16 * MIB
    """Of each part of an .xlsx that is kept in memory: the list of sheets, the styles."""
    sheets: int = 50
    rows: int = 1_048_576
    """Of one sheet."""
    columns: int = 256
    whole_bytes: int = 64 * MIB
    """Of an .xls or .ods file."""
    whole_unpacked_bytes: int = 512 * MIB
    cells: int = 12_000_000
    """Of the smallest rectangle that holds a sheet of an .xls or .ods file: the reader keeps all of it."""


UPLOAD = Limits(
    unpacked_bytes=128 * MIB,
    whole_unpacked_bytes=64 * MIB,
    rows=10_000,
    cells=1_000_000,
)
"""What comes over the network, in one request that waits for the result."""


def file_refused(code: str, zh: str, en: str) -> Invalid:
    """The error for a whole file."""
    return Invalid((Problem(code, Label(zh, en)),))


def too_large(what: Label, limit: int) -> Invalid:
    return file_refused(
        "FILE_TOO_LARGE",
        f"文件太大:{what.zh}超过 {limit:,};请拆成几个文件再导入",
        f"The file is too large: {what.en} exceed {limit:,}; split it into several files",
    )


def damaged() -> Invalid:
    return file_refused(
        "FILE_DAMAGED",
        "文件已损坏或不是电子表格,请用表格软件打开后另存为 .xlsx 再导入",
        "The file is damaged or no spreadsheet; open it in a spreadsheet program, save it as .xlsx and import that",
    )


def encrypted() -> Invalid:
    return file_refused(
        "FILE_ENCRYPTED",
        "文件设有打开密码,请取消密码后再导入",
        "The file is protected by a password; remove it, then import",
    )
