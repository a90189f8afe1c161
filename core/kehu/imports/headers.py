"""Finds the header row of a sheet and which column goes to which form field, or takes what a person chose."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from kehu.errors import Problem
from kehu.forms.bind import BoundField, BoundForm
from kehu.forms.text import plain
from kehu.imports.archive import column_number
from kehu.imports.sheets import Cell, SheetRow, column_letter
from kehu.labels import Label
from kehu.vocabulary.base import Storage

HEADER_WITHIN = 20
"""A header row stands among the first so many rows; above it are titles."""
# Full-width brackets have become these before: headers are compared in NFKC.
_BRACKETS = re.compile(r"[(\[【〔<《{](.*?)[)\]】〕>》}]", re.DOTALL)
_SEVERAL = re.compile(r"[/、|\\\n]")
_LEAST_MATCHES = 2
_LONGEST_HEADER = 40
_LETTERS = re.compile(r"[A-Z]{1,3}")
_UNIT = re.compile(r"(百万|千万|万|亿|千)?(?:元|人民币)|(百万|千万|万|亿)")
_UNIT_ENDING = re.compile(r"(?:百万|千万|万|亿|千)?元$")
_UNIT_ABOVE = re.compile(r"单位\s*[:\uff1a]?\s*(?:人民币)?(.{0,4})")
_FACTORS = {"千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
EXACT, WITHOUT_BRACKETS, ONE_OF_SEVERAL, WITHIN_BRACKETS, SUGGESTED = 100, 90, 80, 70, 50
"""How sure a guess is, in per cent. What is only suggested isn't imported."""

_MISSING = Label("缺少必填列「{zh}」,请补上这一列", "Column “{en}” is required and missing; add it")
_NO_FIELD = Label("表单没有字段 {name},可选:{names}", "The form has no field {name}; choose one of {names}")
_DOUBLE = Label(
    "第 {letters} 列都对应「{zh}」,请只保留一列或改列名",
    "Columns {letters} all mean “{en}”; keep one or rename the others",
)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says about a file instead of letting it be guessed.

    ``columns`` are pairs of a column (its letter, or its header as it stands there) and a form field; an empty field
    leaves the column out. ``header_row`` is the number of the header row, 0 where there is none.
    """

    columns: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    header_row: int | None = None

    def problems(self, bound: BoundForm) -> Iterator[Problem]:
        """Fields that the form doesn't have."""
        names = ", ".join(bound.by_name)
        for _, name in self.columns:
            if name and name not in bound.by_name:
                shown = name if re.fullmatch(r"[A-Za-z0-9]{1,64}", name) else "?"
                yield Problem("FIELD_UNKNOWN", _NO_FIELD.format(name=shown, names=names), ("mapping",))

    def of(self, index: int, header: str) -> str | None:
        """The field chosen for a column, empty where it is to be left out; None where nothing was said."""
        for column, name in self.columns:
            if column == header or (_LETTERS.fullmatch(column) and column == column_letter(index)):
                return name
        return None


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``field`` is None where the form has nothing for it; ``factor`` is 10,000 under 万元.

    ``confidence`` says how sure the guess is, in per cent; ``suggested`` what an unmatched header might mean.
    """

    index: int
    header: str
    field: BoundField | None
    factor: Decimal = Decimal(1)
    confidence: int = EXACT
    suggested: BoundField | None = None

    @property
    def letter(self) -> str:
        return column_letter(self.index)


NO_CHOICE = Choice()


def is_letters(column: str) -> bool:
    """Whether a column was named by its letter."""
    return _LETTERS.fullmatch(column) is not None


@dataclass(frozen=True)
class HeaderMap:
    """What the header of one sheet says. ``first_row`` is the number of the first row after it."""

    sheet: str
    first_row: int
    columns: tuple[Column, ...]
    texts: tuple[frozenset[str], ...] = field(repr=False)
    """The normalised header row or rows, to know them again further down."""

    @cached_property
    def mapped(self) -> dict[str, Column]:
        return {column.field.name: column for column in self.columns if column.field is not None}

    @property
    def unmapped(self) -> tuple[Column, ...]:
        """Columns whose content isn't imported."""
        return tuple(column for column in self.columns if column.field is None)

    def problems(self, bound: BoundForm) -> Iterator[Problem]:
        """Required fields without a column, and fields with several."""
        by_field: dict[str, list[Column]] = {}
        for column in self.columns:
            if column.field is not None:
                by_field.setdefault(column.field.name, []).append(column)
        for each in bound.fields:
            columns = by_field.get(each.name, [])
            words = {"zh": each.label.zh, "en": each.label.en}
            if each.name in bound.required and not columns:
                yield Problem("COLUMN_MISSING", _MISSING.format(**words), (self.sheet, each.name))
            if len(columns) > 1:
                letters = ", ".join(column.letter for column in columns)
                yield Problem("COLUMN_AMBIGUOUS", _DOUBLE.format(letters=letters, **words), (self.sheet, each.name))

    def not_there(self, choice: Choice) -> Iterator[str]:
        """Chosen columns that this sheet doesn't have."""
        for column, _ in choice.columns:
            if not any(column in (one.letter, one.header) for one in self.columns):
                yield column

    def is_repeated_by(self, cells: Sequence[Cell]) -> bool:
        """Whether a row is the header again, as on every printed page."""
        first = next((cell for cell in cells if _text(cell)), "")
        return any(plain(str(first)) in texts for texts in self.texts) and _plain_texts(cells) in self.texts


def find_header(sheet: str, head: Sequence[SheetRow], bound: BoundForm, choice: Choice = NO_CHOICE) -> HeaderMap | None:
    """The first of ``head`` that names the most fields, alone or read together with the row below it.

    None if no row names two fields (or the only one that the form has): a sheet of notes.
    """
    if choice.header_row == 0:
        return _without_header(sheet, bound, choice)
    best: tuple[int, tuple[Cell, ...], tuple[SheetRow, ...]] | None = None
    least = min(_LEAST_MATCHES, len(bound.fields))
    for rows in (*((row,) for row in head), *pairwise(head)):
        if len(rows) == 2 and rows[1].number != rows[0].number + 1:
            continue
        if choice.header_row is not None and rows[-1].number != choice.header_row:
            continue
        cells = rows[0].cells if len(rows) == 1 else _stacked(rows[0].cells, rows[1].cells, bound)
        score = len({one.field.name for one in _columns(cells, bound, choice) if one.field is not None})
        if best is None or score > best[0]:
            best = score, cells, rows
    if best is None or best[0] < (1 if choice.header_row is not None else least):
        return None
    _, cells, rows = best
    above = [cell for row in head if row.number < rows[0].number for cell in row.cells]
    columns = _columns(cells, bound, choice, _factor_above(above))
    return HeaderMap(sheet, rows[-1].number + 1, columns, tuple(_plain_texts(row.cells) for row in rows))


def _without_header(sheet: str, bound: BoundForm, choice: Choice) -> HeaderMap:
    """Columns by letter alone."""
    given = [(column_number(letters) - 1, name) for letters, name in choice.columns if _LETTERS.fullmatch(letters)]
    columns = tuple(Column(index, "", bound.by_name[name]) for index, name in sorted(given) if name)
    return HeaderMap(sheet, 1, columns, ())


def _columns(
    cells: Sequence[Cell], bound: BoundForm, choice: Choice, factor: Decimal = Decimal(1)
) -> tuple[Column, ...]:
    """The columns that have a header; what was chosen goes before what is guessed."""
    columns: list[Column] = []
    chosen = {name for _, name in choice.columns}
    for index, cell in enumerate(cells):
        text = _text(cell)
        name = choice.of(index, text)
        if not text and not name:
            continue
        found, confidence = guess(cell, bound) if name is None else (bound.by_name.get(name), EXACT)
        if name is None and found is not None and found.name in chosen:
            found = None
        suggested = suggestion(cell, bound) if found is None and name is None else None
        columns.append(Column(index, text, found, _factor(cell, found, factor), confidence, suggested))
    return tuple(columns)


def match(cell: Cell, bound: BoundForm) -> BoundField | None:
    """The field that a header means, however sure."""
    return guess(cell, bound)[0]


def guess(cell: Cell, bound: BoundForm) -> tuple[BoundField | None, int]:
    """The field that a header means and how sure that is: by its whole text, then without what stands in brackets
    (the last first) or a unit at its end, then by each of several words that agree, then by what stands in brackets
    alone."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADER:
        return None, 0
    text = unicodedata.normalize("NFKC", cell)
    bare = _BRACKETS.sub("", text)
    *_, last = _BRACKETS.finditer(text) if bare != text else (None,)
    short = text if last is None else text[: last.start()] + text[last.end() :]
    ending = _UNIT_ENDING.sub("", bare.strip())
    tried = ((text, EXACT), (short, WITHOUT_BRACKETS), (bare, WITHOUT_BRACKETS), (ending, WITHOUT_BRACKETS))
    for candidate, confidence in tried:
        if (found := bound.by_header.get(plain(candidate))) is not None:
            return found, confidence
    parts = {bound.by_header.get(plain(part)) for part in _SEVERAL.split(bare) if plain(part)}
    if len(parts) == 1 and (only := parts.pop()) is not None:
        return only, ONE_OF_SEVERAL
    for candidate in _BRACKETS.findall(text):
        if (found := bound.by_header.get(plain(candidate))) is not None:
            return found, WITHIN_BRACKETS
    return None, 0


def suggestion(cell: Cell, bound: BoundForm) -> BoundField | None:
    """The one field of which a header holds a word: for a person to confirm, not to import by."""
    text = plain(_text(cell))
    found = {field.name: field for word, field in bound.by_header.items() if len(word) > 1 and word in text}
    return next(iter(found.values())) if len(found) == 1 else None


def _factor(cell: Cell, found: BoundField | None, above: Decimal) -> Decimal:
    """``成交价格(万元)`` states its amounts in ten thousands; a title ``单位:万元`` does for all that state nothing."""
    if found is None or found.field.type.storage is not Storage.MONEY:
        return Decimal(1)
    text = unicodedata.normalize("NFKC", str(cell))
    ending = _UNIT_ENDING.search(_BRACKETS.sub("", text).strip())
    for stated in (*_BRACKETS.findall(text), ending[0] if ending else ""):
        if (unit := _UNIT.search(stated)) is not None:
            return Decimal(_FACTORS.get(unit[1] or unit[2] or "", 1))
    return above


def _factor_above(cells: Sequence[Cell]) -> Decimal:
    for cell in cells:
        stated = _UNIT_ABOVE.search(unicodedata.normalize("NFKC", cell)) if isinstance(cell, str) else None
        unit = _UNIT.search(stated[1]) if stated else None
        if unit is not None:
            return Decimal(_FACTORS.get(unit[1] or unit[2] or "", 1))
    return Decimal(1)


def _stacked(upper: Sequence[Cell], lower: Sequence[Cell], bound: BoundForm) -> tuple[Cell, ...]:
    """Two header lines as one: a cell merged over both has its text above, a unit may stand below its column's name."""
    width = max(len(upper), len(lower))
    padded = [(*cells, *("",) * (width - len(cells))) for cells in (upper, lower)]
    return tuple(_joined(above, below, bound) for above, below in zip(*padded, strict=True))


def _joined(above: Cell, below: Cell, bound: BoundForm) -> Cell:
    if not _text(below) or not _text(above):
        return below if _text(below) else above
    both = f"{above}{below}"
    return both if match(below, bound) is None and match(both, bound) is not None else below


def _text(cell: Cell) -> str:
    return " ".join(str(cell).split())[:_LONGEST_HEADER]


def _plain_texts(cells: Sequence[Cell]) -> frozenset[str]:
    return frozenset(plain(str(cell)) for cell in cells if _text(cell))
