"""Plans an import: which rows are good, which are bad and why, and by what the same row is known again. Pure."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from zoneinfo import ZoneInfo

from kehu.crypto.canonical import canonical_json
from kehu.errors import Invalid, Problem
from kehu.forms.bind import BoundForm
from kehu.forms.submission import Submission, parse_bound
from kehu.imports.cells import is_blank, read_cell
from kehu.imports.headers import HEADER_WITHIN, Column, HeaderMap, find_header
from kehu.imports.limits import Limits, file_refused
from kehu.imports.sheets import Cell, Sheet, SheetRow, open_sheets
from kehu.labels import Label
from kehu.vocabulary.base import Json, ValueRefused, opened

_TOTALS = re.compile(r"(?:合计|总计|小计|共计|累计|total|subtotal|sum)", re.IGNORECASE)
_NOTES = re.compile(r"(?:备注|说明|注|填表人|制表人|统计人|审核人|填表日期|制表日期)\s*[:\uff1a]")
_FEW_CELLS = 3
_ROW = "row"


@dataclass(frozen=True, slots=True)
class Batch:
    """One file for one form. ``sha256`` of its bytes is its identity; its name may say anything."""

    sha256: str
    form: str
    version: int
    file_name: str = field(repr=False)


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
    """A row and where it stood. ``digest`` is the keyed digest by which it is known again.

    ``content`` is the row as it was written, header beside text: personal data, to be kept sealed.
    """

    sheet: str
    number: int
    digest: bytes
    content: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class GoodRow(ImportRow):
    submission: Submission


@dataclass(frozen=True, slots=True)
class BadRow(ImportRow):
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that isn't a customer's: TOTALS, NOTE, HEADER (repeated) or UNMAPPED (only columns without a field)."""

    sheet: str
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
    skipped_sheets: tuple[str, ...]
    """Sheets without a header that fits the form: notes, lists of options."""
    zone: ZoneInfo
    key: bytes = field(repr=False)

    def rows(self) -> Iterator[GoodRow | BadRow | LeftOut]:
        """Every row that isn't blank, checked."""
        for plan in self.sheets:
            for row in plan.sheet.rows():
                if row.number < plan.header.first_row or all(is_blank(cell) for cell in row.cells):
                    continue
                why = _left_out(row, plan.header)
                yield self._checked(plan, row) if why is None else LeftOut(plan.sheet.name, row.number, why)

    def sheet(self, name: str) -> SheetPlan:
        return next(plan for plan in self.sheets if plan.sheet.name == name)

    def refused(self, row: GoodRow, problems: tuple[Problem, ...]) -> BadRow:
        """A good row that the store can't take (a project that doesn't exist, say); paths begin with a form field."""
        cells = tuple(self.sheet(row.sheet).problem(row, problem) for problem in problems)
        return BadRow(row.sheet, row.number, row.digest, row.content, cells)

    def _checked(self, plan: SheetPlan, row: SheetRow) -> GoodRow | BadRow:
        content = tuple((column.header, _written(_cell(row, column))) for column in plan.header.columns)
        data: dict[str, object] = {}
        problems: list[Problem] = []
        for name, column in plan.header.mapped.items():
            assert column.field is not None
            cell = _cell(row, column)
            if is_blank(cell):
                continue
            try:
                data[name] = read_cell(cell, column.field.field.type.storage, column.factor)
            except ValueRefused as refused:
                problems.append(refused.problem.at(name))
        # What couldn't be read is missing from ``data``: it isn't also reported as required.
        unreadable = {problem.path for problem in problems}
        try:
            submission = parse_bound(self.bound, data, zone=self.zone, as_written=True)
        except Invalid as invalid:
            problems.extend(problem for problem in invalid.problems if problem.path not in unreadable)
        if problems:
            cells = tuple(plan.problem(row, problem) for problem in problems)
            return BadRow(plan.sheet.name, row.number, self._digest([list(pair) for pair in content]), content, cells)
        return GoodRow(plan.sheet.name, row.number, self._digest(_values(submission)), content, submission)

    def _digest(self, value: Json) -> bytes:
        """Keyed, because names and numbers are too few to hide behind a plain hash."""
        text = canonical_json({_ROW: value, "form": self.batch.form})
        return hmac.digest(self.key, text, hashlib.sha256)


def plan_import(
    content: bytes,
    file_name: str,
    bound: BoundForm,
    *,
    zone: ZoneInfo,
    key: bytes,
    limits: Limits = Limits(),  # noqa: B008  # frozen
) -> ImportPlan:
    """Open a file and find its headers; rows are read later, by `ImportPlan.rows`.

    ``zone`` is the legal entity's: times in cells are local there. ``key`` (32 bytes, of the legal entity)
    keys the digests of rows. Raises `Invalid` for a file that can't be read (see `open_sheets`),
    HEADER_MISSING, COLUMN_MISSING, COLUMN_AMBIGUOUS.
    """
    if len(key) < 32:
        raise ValueError("the key of row digests has 32 bytes")
    sheets: list[SheetPlan] = []
    skipped: list[str] = []
    problems: list[Problem] = []
    for sheet in open_sheets(content, limits):
        header = find_header(sheet.name, tuple(islice(sheet.rows(), HEADER_WITHIN)), bound)
        if header is None:
            skipped.append(sheet.name)
        else:
            problems.extend(header.problems(bound))
            sheets.append(SheetPlan(sheet, header))
    if problems:
        raise Invalid(problems)
    if not sheets:
        raise _no_header(bound)
    batch = Batch(hashlib.sha256(content).hexdigest(), bound.form.key, bound.form.version, file_name)
    return ImportPlan(batch, bound, tuple(sheets), tuple(skipped), zone, key)


def _no_header(bound: BoundForm) -> Invalid:
    needed = [field.label for field in bound.fields if field.required]
    return file_refused(
        "HEADER_MISSING",
        f"前 {HEADER_WITHIN} 行中没有找到表头;至少需要这些列:{'、'.join(label.zh for label in needed)}",
        f"No header in the first {HEADER_WITHIN} rows; at least these columns are needed: "
        + ", ".join(label.en for label in needed),
    )


def _cell(row: SheetRow, column: Column) -> Cell:
    return row.cells[column.index] if column.index < len(row.cells) else ""


def _written(cell: Cell) -> str:
    """The cell as text, which is read to the same value again."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _left_out(row: SheetRow, header: HeaderMap) -> str | None:
    """Why a row is no customer's, or None."""
    cell = next(cell for cell in row.cells if not is_blank(cell))
    first = cell.strip() if isinstance(cell, str) else ""
    columns = header.mapped.values()
    if header.is_repeated_by(row.cells):
        return "HEADER"
    if _TOTALS.match(first) and any(column.required and is_blank(_cell(row, column)) for column in columns):
        return "TOTALS"
    if _NOTES.match(first) and sum(not is_blank(cell) for cell in row.cells) <= _FEW_CELLS:
        return "NOTE"
    if all(is_blank(_cell(row, column)) for column in columns):
        return "UNMAPPED"
    return None


def _values(submission: Submission) -> Json:
    """Everything that a submission says, in one form, whatever notation it was written in."""
    values: dict[str, Json] = {}
    for record, fields in submission.values.items():
        for name, value in fields.items():
            values[f"{record}.{name}"] = value.type.encode(opened(value))
    for record, codes in submission.references.items():
        values.update({f"{record}.{name}": code for name, code in codes.items()})
    return values
