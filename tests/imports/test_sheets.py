"""Files: kinds, encodings, and those that are refused before they are read."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
import xlwt

from kehu.errors import Invalid
from kehu.imports.limits import Limits
from kehu.imports.sheets import column_letter, open_sheets
from kehu.imports.source import Source

TABLE = "姓名,电话\r\n张三,13900010002\r\n"
_ODS_HEAD = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="S">'
)
_ODS_MANIFEST = (
    b'<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
_ODS_TAIL = "</table:table></office:spreadsheet></office:body></office:document-content>"
_ODS_CELL = '<table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'


def xlsx(fill: Callable[[xlsxwriter.worksheet.Worksheet], object]) -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        fill(book.add_worksheet("S"))
    return stream.getvalue()


def zipped(**members: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return stream.getvalue()


def ods(rows: str) -> bytes:
    mime = b"application/vnd.oasis.opendocument.spreadsheet"
    content = (_ODS_HEAD + rows + _ODS_TAIL).encode()
    return zipped(**{"mimetype": mime, "META-INF/manifest.xml": _ODS_MANIFEST, "content.xml": content})


def with_false_size(content: bytes, name: str) -> bytes:
    """The archive with every uncompressed size of one member said to be 10 bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo(name).file_size
    return content.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


def codes(content: bytes, limits: Limits | None = None) -> list[str]:
    with pytest.raises(Invalid) as caught:
        [row for sheet in open_sheets(Source(content), limits or Limits()) for row in sheet.rows()]
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_every_usual_encoding(encoding: str, delimiter: str) -> None:
    (sheet,) = open_sheets(Source(TABLE.replace(",", delimiter).encode(encoding)))
    assert [(row.number, row.cells) for row in sheet.rows()] == [(1, ("姓名", "电话")), (2, ("张三", "13900010002"))]


def test_csv_keeps_quoted_lines_and_rare_characters() -> None:
    (sheet,) = open_sheets(Source('姓名,备注\r\n𠮷田,"一,\r\n二"\r\n'.encode("gb18030")))
    assert [row.cells for row in sheet.rows()][1] == ("𠮷田", "一,\r\n二")


def test_cells_know_their_column_when_the_left_is_empty() -> None:
    content = xlsx(lambda sheet: sheet.write(2, 3, "x"))
    assert [(row.number, row.cells) for row in open_sheets(Source(content))[0].rows() if any(row.cells)] == [
        (3, ("", "", "", "x"))
    ]


def test_ods_with_its_usual_empty_tail() -> None:
    tail = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'  # noqa: E501
    (sheet,) = open_sheets(Source(ods(f"<table:table-row>{_ODS_CELL}</table:table-row>{tail}")))
    assert [row.cells for row in sheet.rows()] == [("a",)]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "FILE_EMPTY"),
        (b" \r\n", "FILE_EMPTY"),
        (b"<html><table></table></html>", "FILE_KIND"),
        (b'\n<?xml version="1.0"?><Workbook/>', "FILE_KIND"),
        (b"%PDF-1.7", "FILE_KIND"),
        (b"\x00\x01\x02\x03" * 50, "FILE_ENCODING"),
        (b"\xff\xff\x80\x80", "FILE_ENCODING"),
        (b'a,b\r\n"open,1\r\n', "FILE_DAMAGED"),
        (b"a,b\r\n" + b"x" * 200_000, "FILE_DAMAGED"),
        (b"PK\x03\x04" + b"x" * 100, "FILE_DAMAGED"),
        (zipped(readme=b"hello"), "FILE_DAMAGED"),
        (zipped(xl__workbook_xml=b"<workbook/>"), "FILE_DAMAGED"),
        (zipped(xl__workbook_xml=b"<a/>", xl__worksheets__sheet1_xml="<c/>".encode("utf-16")), "FILE_DAMAGED"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000), "FILE_DAMAGED"),
        (xlsx(lambda sheet: sheet.write(0, 0, "x"))[:-200], "FILE_DAMAGED"),
        (xlsx(lambda sheet: sheet.write(0, 16_383, "x")), "SHEET_TOO_LARGE"),
        (ods(f'<table:table-row table:number-rows-repeated="900000">{_ODS_CELL * 20}</table:table-row>'),
         "SHEET_TOO_LARGE"),
        (ods(f'<table:table-row><table:table-cell table:number-columns-repeated="999"/>{_ODS_CELL}</table:table-row>'),
         "SHEET_TOO_LARGE"),
        (zipped(xl__workbook_xml=b"<a/>", xl__sharedStrings_xml=bytes(80_000_000)), "FILE_TOO_LARGE"),
        (with_false_size(zipped(xl__workbook_xml=b"<a/>", xl__media=bytes(80_000_001)), "xl/media"), "FILE_TOO_LARGE"),
    ],
)  # fmt: skip
def test_a_file_is_refused(content: bytes, code: str) -> None:
    began = time.monotonic()
    assert codes(content) == [code]
    assert time.monotonic() - began < 5


@pytest.mark.parametrize(
    ("limits", "content", "code"),
    [
        (Limits(file_bytes=10), TABLE.encode(), "FILE_TOO_LARGE"),
        (Limits(rows=1), TABLE.encode(), "SHEET_TOO_LARGE"),
        (Limits(columns=1), TABLE.encode(), "SHEET_TOO_LARGE"),
        (Limits(cells=3), ods(f"<table:table-row>{_ODS_CELL * 2}</table:table-row>" * 2), "SHEET_TOO_LARGE"),
        (Limits(whole_bytes=10), ods(f"<table:table-row>{_ODS_CELL}</table:table-row>"), "FILE_TOO_LARGE"),
        (Limits(part_bytes=10), xlsx(lambda sheet: sheet.write(0, 0, "x")), "FILE_TOO_LARGE"),
        (Limits(sheets=0), xlsx(lambda sheet: sheet.write(0, 0, "x")), "FILE_TOO_LARGE"),
        (Limits(parts=3), xlsx(lambda sheet: sheet.write(0, 0, "x")), "FILE_DAMAGED"),
    ],
)
def test_limits_are_kept(limits: Limits, content: bytes, code: str) -> None:
    assert codes(content, limits) == [code]


def xls(row: int, column: int) -> bytes:
    book = xlwt.Workbook()
    book.add_sheet("S").write(row, column, 1 / 3)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_an_old_workbook_is_held_to_its_size_too() -> None:
    assert codes(xls(60_000, 255)) == ["SHEET_TOO_LARGE"]
    # Programs can't write this; a file can say it, and the reader would take all memory.
    stray = xls(1, 1).replace(struct.pack("<HHHH", 0x0203, 14, 1, 1), struct.pack("<HHHH", 0x0203, 14, 9, 65_535))
    assert codes(stray) == ["SHEET_TOO_LARGE"]


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (701, "ZZ"), (702, "AAA")])
def test_column_letters(index: int, letters: str) -> None:
    assert column_letter(index) == letters
