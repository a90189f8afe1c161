"""The rows of a file that have problems, as an .xlsx to mend and import again: faulty cells coloured and commented."""

from __future__ import annotations

import re
from collections.abc import Mapping
from io import BytesIO
from typing import Any

import xlsxwriter

from kehu.imports.batch import BadRow, ImportPlan, SheetPlan
from kehu.labels import Label, Locale

_FORMULAS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_ROW, _WHAT = Label("原表行号", "Row in the file"), Label("请改正", "What to do")
_NO_NAME = re.compile(r"[\[\]:*?/\\']")
_WIDTH, _WIDE = 14, 60


def neutral(text: str) -> str:
    """Text that no spreadsheet program takes for a formula, by an apostrophe in front, as people write it themselves.

    Also what would become one in a .csv saved from here. Reading it again takes the apostrophe away.
    """
    return f"'{text}" if text.startswith(_FORMULAS) else text


class MarkedReport:
    """Collects rows with problems, at most as many as an import shows; gives them as a workbook."""

    def __init__(self, plan: ImportPlan, locale: Locale) -> None:
        self._plans: Mapping[int, SheetPlan] = {plan.sheet.position: plan for plan in plan.sheets}
        self._locale = locale
        self._stream = BytesIO()
        # In memory: nothing of it goes through a temporary file.
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Any = xlsxwriter.Workbook(self._stream, options)  # reason: the library has no types
        self._head = self._book.add_format({"bold": True, "bottom": 1})
        self._wrong = self._book.add_format({"bg_color": "#FFC7CE", "num_format": "@"})
        self._text = self._book.add_format({"num_format": "@"})
        self._sheets: dict[int, tuple[Any, int]] = {}

    def add(self, row: BadRow) -> None:
        """Write one row as it stood in the file, with what is wrong beside it."""
        plan = self._plans[row.position]
        sheet, number = self._sheets.get(row.position) or (self._begin(plan), 1)
        wrong = {problem.column: problem for problem in reversed(row.problems) if problem.column}
        sheet.write_number(number, 0, row.number)
        for at, (column, text) in enumerate(zip(plan.header.columns, row.cells, strict=True), 1):
            problem = wrong.get(column.letter)
            sheet.write_string(number, at, neutral(text), self._wrong if problem else self._text)
            if problem is not None:
                sheet.write_comment(number, at, problem.message.for_(self._locale))
        texts = [f"{one.header}: {one.message.for_(self._locale)}".removeprefix(": ") for one in row.problems]
        sheet.write_string(number, len(row.cells) + 1, neutral("\n".join(texts)))
        self._sheets[row.position] = (sheet, number + 1)

    def content(self) -> bytes:
        """The finished .xlsx."""
        if not self._sheets:
            self._book.add_worksheet()
        self._book.close()
        return self._stream.getvalue()

    def _begin(self, plan: SheetPlan) -> Any:  # reason: the library has no types
        name = _NO_NAME.sub("_", plan.sheet.name)[:25] or "Sheet"
        sheet = self._book.add_worksheet(f"{plan.sheet.position}. {name}")
        headers = [column.header or column.letter for column in plan.header.columns]
        for at, header in enumerate((_ROW.for_(self._locale), *headers, _WHAT.for_(self._locale))):
            sheet.write_string(0, at, neutral(header), self._head)
        sheet.set_column(0, len(headers), _WIDTH)
        sheet.set_column(len(headers) + 1, len(headers) + 1, _WIDE)
        sheet.freeze_panes(1, 1)
        return sheet
