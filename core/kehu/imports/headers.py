"""Finds the header row of a sheet and which column goes to which form field."""

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
from kehu.imports.sheets import Cell, SheetRow, column_letter
from kehu.labels import Label
from kehu.vocabulary.base import Storage

HEADER_WITHIN = 20
"""A header row stands among the first so many rows; above it are titles."""
# Full-width brackets have become these before: headers are compared in NFKC.
_BRACKETS = re.compile(r"[(\[【〔<《{](.*?)[)\]】〕>》}]", re.DOTALL)
_LEAST_MATCHES = 2
_TEN_THOUSAND = Decimal(10_000)
_LONGEST_HEADER = 40

_MISSING = Label("缺少必填列「{zh}」,请补上这一列", "Column “{en}” is required and missing; add it")
_DOUBLE = Label(
    "第 {letters} 列都对应「{zh}」,请只保留一列或改列名",
    "Columns {letters} all mean “{en}”; keep one or rename the others",
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``field`` is None where the form has nothing for it; ``factor`` is 10,000 under 万元."""

    index: int
    header: str
    field: BoundField | None
    factor: Decimal = Decimal(1)

    @property
    def required(self) -> bool:
        return self.field is not None and self.field.required

    @property
    def letter(self) -> str:
        return column_letter(self.index)


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
            if each.required and not columns:
                yield Problem("COLUMN_MISSING", _MISSING.format(**words), (self.sheet, each.name))
            if len(columns) > 1:
                letters = ", ".join(column.letter for column in columns)
                yield Problem("COLUMN_AMBIGUOUS", _DOUBLE.format(letters=letters, **words), (self.sheet, each.name))

    def is_repeated_by(self, cells: Sequence[Cell]) -> bool:
        """Whether a row is the header again, as on every printed page."""
        first = next((cell for cell in cells if _text(cell)), "")
        return any(plain(str(first)) in texts for texts in self.texts) and _plain_texts(cells) in self.texts


def find_header(sheet: str, head: Sequence[SheetRow], bound: BoundForm) -> HeaderMap | None:
    """The first of ``head`` that names the most fields, alone or read together with the row below it.

    None if no row names two fields (or the only one that the form has): a sheet of notes.
    """
    best: tuple[int, int, tuple[Cell, ...], tuple[SheetRow, ...]] | None = None
    for rows in (*((row,) for row in head), *pairwise(head)):
        cells = rows[0].cells if len(rows) == 1 else _stacked(rows[0].cells, rows[1].cells)
        score = len({found.name for cell in cells if (found := match(cell, bound)) is not None})
        if best is None or score > best[0]:
            best = score, rows[-1].number + 1, cells, rows
    if best is None or best[0] < min(_LEAST_MATCHES, len(bound.fields)):
        return None
    _, first_row, cells, rows = best
    columns = tuple(
        Column(index, _text(cell), match(cell, bound), _factor(cell, match(cell, bound)))
        for index, cell in enumerate(cells)
        if _text(cell)
    )
    return HeaderMap(sheet, first_row, columns, tuple(_plain_texts(row.cells) for row in rows))


def match(cell: Cell, bound: BoundForm) -> BoundField | None:
    """The field that a header means: by its whole text, then without what stands in brackets, then by that alone."""
    if not isinstance(cell, str) or len(cell) > _LONGEST_HEADER:
        return None
    text = unicodedata.normalize("NFKC", cell)
    for candidate in (text, _BRACKETS.sub("", text), *_BRACKETS.findall(text)):
        if (found := bound.by_header.get(plain(candidate))) is not None:
            return found
    return None


def _factor(cell: Cell, found: BoundField | None) -> Decimal:
    """``成交价格(万元)`` states its amounts in ten thousands."""
    if found is None or found.field.type.storage is not Storage.MONEY:
        return Decimal(1)
    return (
        _TEN_THOUSAND
        if any("万" in inner for inner in _BRACKETS.findall(unicodedata.normalize("NFKC", str(cell))))
        else Decimal(1)
    )


def _stacked(upper: Sequence[Cell], lower: Sequence[Cell]) -> tuple[Cell, ...]:
    """Two header lines as one: a cell merged over both has its text above."""
    width = max(len(upper), len(lower))
    padded = [(*cells, *("",) * (width - len(cells))) for cells in (upper, lower)]
    return tuple(below if _text(below) else above for above, below in zip(*padded, strict=True))


def _text(cell: Cell) -> str:
    return " ".join(str(cell).split())[:_LONGEST_HEADER]


def _plain_texts(cells: Sequence[Cell]) -> frozenset[str]:
    return frozenset(plain(str(cell)) for cell in cells if _text(cell))
