"""Plans an import: which rows are good, which are bad and why, and by what the same row is known again. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from kehu.errors import Invalid, Problem
from kehu.forms.bind import BoundForm
from kehu.forms.submission import Submission
from kehu.imports.cells import is_blank
from kehu.imports.headers import HEADER_WITHIN, NO_CHOICE, Choice, Column, HeaderMap, find_header, is_letters
from kehu.imports.limits import Limits, file_refused
from kehu.imports.reading import check_cells, digest_of, written
from kehu.imports.sheets import Cell, Sheet, SheetRow, open_sheets
from kehu.imports.source import Source
from kehu.labels import Label
from kehu.vocabulary.base import Json

_TOTALS = re.compile(r"(?:合计|总计|小计|共计|累计|total|subtotal|sum)", re.IGNORECASE)
_NOTES = re.compile(r"(?:备注|说明|注|填表人|制表人|统计人|审核人|填表日期|制表日期)\s*[:\uff1a]")
_FEW_CELLS = 3
_NO_COLUMN = Label(
    "没有一张工作表有指定的列 {column},请核对", "No sheet has the column {column} that was given; check it"
)


@dataclass(frozen=True, slots=True)
class Batch:
    """One file for one form. ``sha256`` of its bytes is its identity; its name may say anything."""

    sha256: str
    form: str
    version: int
    file_name: str = field(repr=False)
    sheets: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    """Position and name of each sheet that has rows for the form."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell. Never repeats what the cell says.

    ``row`` counts from 1, ``column`` is its letter; both as spreadsheet programs show them.
    ``column`` and ``header`` are empty where the whole row is meant.
    """

    sheet: str
    row: int
    column: str
    header: str
    field: str
    code: str
    message: Label

    def as_json(self) -> dict[str, Json]:
        return {
            "sheet": self.sheet,
            "row": self.row,
            "column": self.column,
            "header": self.header,
            "field": self.field,
            "code": self.code,
            "zh": self.message.zh,
            "en": self.message.en,
        }


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row and where it stood; ``position`` is its sheet's in the file. ``digest`` is the keyed digest by which it
    is known again."""

    sheet: str = field(repr=False)
    position: int
    number: int
    digest: bytes
    header: HeaderMap = field(repr=False)
    written: tuple[Cell, ...] = field(repr=False)

    @property
    def content(self) -> tuple[tuple[str, str], ...]:
        """The row as it was written, by form field: personal data, to be kept sealed."""
        return tuple(_content(self.header, self.written))

    @property
    def factors(self) -> tuple[tuple[str, str], ...]:
        """The factors of columns that state a unit, by form field."""
        return tuple((name, str(one.factor)) for name, one in self.header.mapped.items() if one.factor != 1)

    @property
    def cells(self) -> tuple[str, ...]:
        """All columns with a header, for a report to the file's owner."""
        return tuple(written(_cell(self.written, column)) for column in self.header.columns)


@dataclass(frozen=True, slots=True)
class GoodRow(ImportRow):
    submission: Submission


@dataclass(frozen=True, slots=True)
class BadRow(ImportRow):
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that isn't a customer's: TOTALS, NOTE, HEADER (repeated) or UNMAPPED (only columns without a field)."""

    sheet: str = field(repr=False)
    number: int
    code: str


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet of which the header is known."""

    sheet: Sheet = field(repr=False)
    header: HeaderMap

    def problem(self, row: ImportRow | SheetRow, problem: Problem) -> CellProblem:
        """Put a problem of a submission, found by field name, into its cell."""
        name = str(problem.path[0]) if problem.path else ""
        column = self.header.mapped.get(name)
        letter, header = (column.letter, column.header) if column else ("", "")
        return CellProblem(self.sheet.name, row.number, letter, header, name, problem.code, problem.message)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What a file would bring. `rows` reads it from the top each time, a row at a time."""

    batch: Batch
    bound: BoundForm = field(repr=False)
    sheets: tuple[SheetPlan, ...]
    skipped_sheets: tuple[str, ...] = field(repr=False)
    """Sheets without a header that fits the form: notes, lists of options."""
    zone: ZoneInfo
    key: bytes = field(repr=False)

    @property
    def extent(self) -> int:
        """A number of rows that the sheets don't exceed, for a progress bar."""
        return sum(plan.sheet.extent for plan in self.sheets)

    def rows(self) -> Iterator[GoodRow | BadRow | LeftOut]:
        """Every row that isn't blank, checked."""
        for plan in self.sheets:
            for row in _filled_down(plan):
                if row.number < plan.header.first_row or all(is_blank(cell) for cell in row.cells):
                    continue
                why = _left_out(row, plan.header, self.bound)
                yield self._checked(plan, row) if why is None else LeftOut(plan.sheet.name, row.number, why)

    def refused(self, row: GoodRow, problems: tuple[Problem, ...]) -> BadRow:
        """A good row that the store can't take (a project that doesn't exist, say); paths begin with a form field."""
        plan = next(plan for plan in self.sheets if plan.sheet.position == row.position)
        return self._bad(plan, row, problems)

    def _checked(self, plan: SheetPlan, row: SheetRow) -> GoodRow | BadRow:
        header = plan.header
        cells = {name: (_cell(row.cells, column), column.factor) for name, column in header.mapped.items()}
        found = check_cells(self.bound, cells, self.zone)
        said = dict(_content(header, row.cells)) if isinstance(found, tuple) else found
        digest = digest_of(self.key, self.batch.form, said)
        place = (plan.sheet.name, plan.sheet.position, row.number, digest, header, row.cells)
        if not isinstance(found, tuple):
            return GoodRow(*place, found)
        return BadRow(*place, tuple(plan.problem(row, problem) for problem in found))

    def _bad(self, plan: SheetPlan, row: ImportRow, problems: tuple[Problem, ...]) -> BadRow:
        cells = tuple(plan.problem(row, problem) for problem in problems)
        place = (row.sheet, row.position, row.number, row.digest, row.header, row.written)
        return BadRow(*place, cells)


def plan_import(
    content: bytes | Path,
    file_name: str,
    bound: BoundForm,
    *,
    zone: ZoneInfo,
    key: bytes,
    limits: Limits = Limits(),  # noqa: B008  # frozen
    choice: Choice = NO_CHOICE,
) -> ImportPlan:
    """Open a file and find its headers; rows are read later, by `ImportPlan.rows`.

    ``zone`` is the legal entity's: times in cells are local there. ``key`` (32 bytes, of the legal entity)
    keys the digests of rows. Raises `Invalid` for a file that can't be read (see `open_sheets`),
    HEADER_MISSING, COLUMN_MISSING, COLUMN_AMBIGUOUS, COLUMN_UNKNOWN, FIELD_UNKNOWN.
    """
    plan, problems = preview_import(content, file_name, bound, zone=zone, key=key, limits=limits, choice=choice)
    if problems:
        raise Invalid(problems)
    return plan


def preview_import(
    content: bytes | Path,
    file_name: str,
    bound: BoundForm,
    *,
    zone: ZoneInfo,
    key: bytes,
    limits: Limits = Limits(),  # noqa: B008  # frozen
    choice: Choice = NO_CHOICE,
) -> tuple[ImportPlan, tuple[Problem, ...]]:
    """`plan_import` for a person to look at: what is wrong with the columns is given beside the plan, not raised."""
    if len(key) < 32:
        raise ValueError("the key of row digests has 32 bytes")
    if unknown := tuple(choice.problems(bound)):
        raise Invalid(unknown)
    source = Source(content)
    sheets: list[SheetPlan] = []
    skipped: list[str] = []
    problems: list[Problem] = []
    for sheet in open_sheets(source, limits):
        header = find_header(sheet.name, tuple(islice(sheet.rows(), _head(choice))), bound, choice)
        if header is None:
            skipped.append(sheet.name)
        else:
            problems.extend(header.problems(bound))
            sheets.append(SheetPlan(sheet, header))
    if not sheets:
        raise _no_header(bound)
    problems.extend(_not_there(sheets, choice))
    names = tuple((plan.sheet.position, plan.sheet.name) for plan in sheets)
    batch = Batch(source.sha256(), bound.form.key, bound.form.version, file_name, names)
    return ImportPlan(batch, bound, tuple(sheets), tuple(skipped), zone, key), tuple(problems)


def _head(choice: Choice) -> int:
    return max(HEADER_WITHIN, choice.header_row or 0)


def _not_there(sheets: list[SheetPlan], choice: Choice) -> Iterator[Problem]:
    missing = set.intersection(*({*plan.header.not_there(choice)} for plan in sheets))
    for column in sorted(missing):
        shown = column if is_letters(column) else "…"  # a header is the file's own text
        yield Problem("COLUMN_UNKNOWN", _NO_COLUMN.format(column=shown), ("mapping",))


def _filled_down(plan: SheetPlan) -> Iterator[SheetRow]:
    """The rows of a sheet with cells that are merged over several of them said in each."""
    starts = {
        (top, left): bottom
        for top, left, bottom, _ in plan.sheet.merged
        if bottom > top >= plan.header.first_row
    }  # fmt: skip
    open_cells: dict[int, tuple[int, Cell]] = {}
    for row in plan.sheet.rows():
        if not starts or all(is_blank(cell) for cell in row.cells):
            yield row
            continue
        cells = list(row.cells)
        for index, (bottom, cell) in list(open_cells.items()):
            if row.number > bottom:
                del open_cells[index]
                continue
            cells.extend(("",) * (index + 1 - len(cells)))
            if is_blank(cells[index]):
                cells[index] = cell
        for index, cell in enumerate(row.cells):
            if (bottom := starts.get((row.number, index), 0)) and not is_blank(cell):
                open_cells[index] = (bottom, cell)
        yield SheetRow(row.number, tuple(cells))


def _no_header(bound: BoundForm) -> Invalid:
    needed = [each.label for each in bound.fields if each.name in bound.required]
    return file_refused(
        "HEADER_MISSING",
        f"前 {HEADER_WITHIN} 行中没有找到表头;至少需要这些列:{'、'.join(label.zh for label in needed)}",
        f"No header in the first {HEADER_WITHIN} rows; at least these columns are needed: "
        + ", ".join(label.en for label in needed),
    )


def _cell(cells: Sequence[Cell], column: Column) -> Cell:
    return cells[column.index] if column.index < len(cells) else ""


def _content(header: HeaderMap, cells: Sequence[Cell]) -> Iterator[tuple[str, str]]:
    for name, column in header.mapped.items():
        if not is_blank(cell := _cell(cells, column)):
            yield name, written(cell)


def _left_out(row: SheetRow, header: HeaderMap, bound: BoundForm) -> str | None:
    """Why a row is no customer's, or None."""
    cell = next(cell for cell in row.cells if not is_blank(cell))
    first = cell.strip() if isinstance(cell, str) else ""
    columns = header.mapped
    if header.is_repeated_by(row.cells):
        return "HEADER"
    if _TOTALS.match(first) and any(
        is_blank(_cell(row.cells, columns[name])) for name in bound.required & columns.keys()
    ):
        return "TOTALS"
    if _NOTES.match(first) and sum(not is_blank(cell) for cell in row.cells) <= _FEW_CELLS:
        return "NOTE"
    if all(is_blank(_cell(row.cells, column)) for column in columns.values()):
        return "UNMAPPED"
    return None
