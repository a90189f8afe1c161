"""A spreadsheet to fill in for a form: headers, lists of codes, a sheet of rules. Filled in, it is imported as is."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import xlsxwriter

from kehu.forms.bind import BoundField, BoundForm
from kehu.imports.marked import neutral
from kehu.imports.sheets import column_letter
from kehu.labels import Label, Locale
from kehu.vocabulary.base import Storage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROWS = 1_000
"""Rows of the template that have formats and lists."""
_NO_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_NOTES, _OPTIONS = Label("填写说明", "How to fill in"), "options"
_HEAD = (
    Label("列", "Column"), Label("必填", "Required"), Label("填写要求", "What to write"), Label("可选值", "Options"),
)  # fmt: skip
_YES = Label("必填", "yes")
_CODE = Label("填所对应资料的编号", "The code of what is meant")
_RULES = (
    Label("从第二行起填写,每行一位客户;不要改动第一行。", "Fill in from the second row on; leave the first as it is."),
    Label("带 * 的列必填。号码列是文本,请勿改格式。", "Columns with * are required. Numbers are text; keep it so."),
    Label("日期写作 2026-03-05 或 2026-03-05 14:30。", "Write dates like 2026-03-05 or 2026-03-05 14:30."),
    Label("金额以元计。", "Amounts are in yuan."),
)
_WIDTH, _WIDE = 18, 60


def template(bound: BoundForm, locale: Locale = "zh") -> bytes:
    """An .xlsx with the form's columns. Groups of a form have no columns: their rows are entered one by one."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book: Any = xlsxwriter.Workbook(stream, options)  # reason: the library has no types
    sheet = book.add_worksheet(bound.form.label.for_(locale).translate(_NO_NAME)[:31])
    _notes(book, bound, locale)
    # Without a header of its own, or an import would take it for a sheet of customers.
    lists = book.add_worksheet(_OPTIONS)
    lists.very_hidden()
    formats = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "required": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "bg_color": "#FFF2CC"}),
        "text": book.add_format({"num_format": "@"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
    }
    for at, field in enumerate(bound.fields):
        required = field.name in bound.required
        header = f"*{field.label.for_(locale)}" if required else field.label.for_(locale)
        sheet.write_string(0, at, header, formats["required" if required else "head"])
        sheet.set_column(at, at, _WIDTH, formats[_format(field)])
        if field.scheme is not None:
            labels = [term.label.for_(locale) for term in field.scheme.terms]
            lists.write_column(0, at, [neutral(label) for label in labels])
            sheet.data_validation(1, at, ROWS, at, _list(at, len(labels)))
    sheet.freeze_panes(1, 0)
    book.close()
    return stream.getvalue()


def _format(field: BoundField) -> str:
    formats = {Storage.DATE: "day", Storage.MOMENT: "moment", Storage.MONEY: "money"}
    return formats.get(field.field.type.storage, "text")


def _list(column: int, count: int) -> dict[str, object]:
    """A drop-down list that takes other text too: the import knows more words than the list shows."""
    letter = column_letter(column)
    return {
        "validate": "list",
        "source": f"={_OPTIONS}!${letter}$1:${letter}${count}",
        "error_type": "warning",
        "ignore_blank": True,
    }


def _notes(book: Any, bound: BoundForm, locale: Locale) -> None:  # reason: the library has no types
    sheet = book.add_worksheet(_NOTES.for_(locale))
    for at, rule in enumerate((bound.form.description, *_RULES)):
        sheet.write_string(at, 0, rule.for_(locale))
    start = len(_RULES) + 2
    for at, label in enumerate(_HEAD):
        sheet.write_string(start, at, label.for_(locale), book.add_format({"bold": True}))
    for at, field in enumerate(bound.fields, start + 1):
        about = _CODE if field.is_reference else field.field.type.description
        allowed = field.allowed.for_(locale) if field.scheme else ""
        required = _YES.for_(locale) if field.name in bound.required else ""
        for column, text in enumerate((field.label.for_(locale), required, about.for_(locale), allowed)):
            sheet.write_string(at, column, neutral(text))
    sheet.set_column(0, 1, _WIDTH)
    sheet.set_column(2, 3, _WIDE)
