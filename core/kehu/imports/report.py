"""What an import did, as data and as a table for people."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kehu.imports.batch import Batch, CellProblem, LeftOut
from kehu.labels import Label, Locale
from kehu.vocabulary.base import Json

Outcome = Literal["IMPORTED", "CHECKED", "KNOWN_FILE", "COLUMNS"]

_OUTCOMES: dict[Outcome, Label] = {
    "IMPORTED": Label("已导入", "Imported"),
    "CHECKED": Label("已检查,未写入", "Checked, nothing written"),
    "COLUMNS": Label("列有问题,未导入", "Columns are wrong; nothing was imported"),
    "KNOWN_FILE": Label("此文件已导入过,没有改动任何数据", "This file was imported before; nothing was changed"),
}
_COUNTS = Label("行数", "Rows")
_STORED, _DUPLICATES, _BAD = Label("导入", "Stored"), Label("重复", "Duplicates"), Label("有误", "With problems")
_READ, _LEFT_OUT = Label("数据行", "Data rows"), Label("略过(合计、说明等)", "Left out (totals, notes)")
_CELL, _HEADER, _CODE = Label("单元格", "Cell"), Label("列名", "Column"), Label("代码", "Code")
_WHAT = Label("请改正", "What to do")
_UNMAPPED, _SKIPPED = Label("未导入的列", "Columns not imported"), Label("略过的工作表", "Sheets skipped")
_MORE = Label("……另有 {count} 处", "… and {count} more")
EXIT_OK, EXIT_PROBLEMS = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """Counts and problems of one import. No cell content.

    ``rows`` are those with data; ``stored`` + ``duplicates`` + ``bad`` make them up. ``bad_known`` of the
    bad ones had been kept by an earlier import.
    """

    batch: Batch
    outcome: Outcome
    rows: int = 0
    stored: int = 0
    duplicates: int = 0
    bad: int = 0
    bad_known: int = 0
    problems: tuple[CellProblem, ...] = ()
    by_code: tuple[tuple[str, int], ...] = ()
    """All problems counted by code, the most frequent first; ``problems`` are the first 10,000 of them."""
    left_out: tuple[LeftOut, ...] = ()
    left_out_count: int = 0
    skipped_sheets: tuple[str, ...] = field(default=(), repr=False)
    unmapped: tuple[tuple[str, str, str], ...] = field(default=(), repr=False)
    """Sheet, column letter and header of columns that the form has no field for."""

    @property
    def exit_code(self) -> int:
        """0: every row is in; 1: some rows were kept for correction. (A refused file raises; the CLI answers 2.)"""
        return EXIT_PROBLEMS if self.bad else EXIT_OK

    @property
    def problem_count(self) -> int:
        return sum(count for _, count in self.by_code)

    def as_json(self) -> dict[str, Json]:
        return {
            "sha256": self.batch.sha256,
            "form": self.batch.form,
            "formVersion": self.batch.version,
            "outcome": self.outcome,
            "rows": self.rows,
            "stored": self.stored,
            "duplicates": self.duplicates,
            "bad": self.bad,
            "badKnown": self.bad_known,
            "byCode": [{"code": code, "count": count} for code, count in self.by_code],
            "problems": [problem.as_json() for problem in self.problems],
            "leftOut": [{"sheet": row.sheet, "row": row.number, "code": row.code} for row in self.left_out],
            "skippedSheets": list(self.skipped_sheets),
            "unmapped": [{"sheet": sheet, "column": column, "header": text} for sheet, column, text in self.unmapped],
        }


def render(report: ImportReport, locale: Locale, most: int = 200) -> RenderableType:
    """The report as rich tables, with at most ``most`` problems."""
    parts: list[RenderableType] = [Text(_OUTCOMES[report.outcome].for_(locale), style="bold"), _counts(report, locale)]
    if report.problems:
        parts.append(_problems(report, locale, most))
        if (more := report.problem_count - most) > 0:
            parts.append(Text(_MORE.format(count=more).for_(locale)))
    headers = ", ".join(f"{letter} {header}" for _, letter, header in report.unmapped)
    for label, text in ((_UNMAPPED, headers), (_SKIPPED, ", ".join(report.skipped_sheets))):
        if text:
            parts.append(Text(f"{label.for_(locale)}: {text}"))
    return Group(*parts)


def _counts(report: ImportReport, locale: Locale) -> Table:
    table = Table("", _COUNTS.for_(locale))
    for label, count in (
        (_READ, report.rows),
        (_STORED, report.stored),
        (_DUPLICATES, report.duplicates),
        (_BAD, report.bad),
        (_LEFT_OUT, report.left_out_count),
    ):
        table.add_row(label.for_(locale), f"{count:,}")
    return table


def _problems(report: ImportReport, locale: Locale, most: int) -> Table:
    table = Table(*(label.for_(locale) for label in (_CELL, _HEADER, _CODE, _WHAT)))
    for problem in report.problems[:most]:
        cell = f"{problem.sheet}!{problem.column}{problem.row}"
        # Text, not markup: sheet names and headers come from the file.
        table.add_row(Text(cell), Text(problem.header), problem.code, Text(problem.message.for_(locale)))
    return table
