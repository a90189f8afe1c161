"""One row's cells as a submission: the one way for rows of a file and for kept rows that were mended. Pure."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from kehu.crypto.canonical import canonical_json
from kehu.errors import Invalid, Problem
from kehu.forms.bind import BoundForm
from kehu.forms.submission import Submission, parse_bound
from kehu.imports.cells import is_blank, read_cell
from kehu.imports.sheets import Cell
from kehu.vocabulary.base import Json, ValueRefused, opened

_ROW = "row"
Cells = Mapping[str, tuple[Cell, Decimal]]
"""Cell and factor of its column, by form field."""


def check_cells(bound: BoundForm, cells: Cells, zone: ZoneInfo) -> Submission | tuple[Problem, ...]:
    """What the cells say, or everything that is wrong with them; paths begin with the form field."""
    data: dict[str, object] = {}
    problems: list[Problem] = []
    for name, (cell, factor) in cells.items():
        if is_blank(cell):
            continue
        try:
            data[name] = read_cell(cell, bound.by_name[name].field.type.storage, factor)
        except ValueRefused as refused:
            problems.append(refused.problem.at(name))
    # What couldn't be read is missing from ``data``: it isn't also reported as required.
    unreadable = {problem.path for problem in problems}
    try:
        submission = parse_bound(bound, data, zone=zone, as_written=True)
    except Invalid as invalid:
        problems.extend(problem for problem in invalid.problems if problem.path not in unreadable)
    return tuple(problems) if problems else submission


def written(cell: Cell) -> str:
    """The cell as text, which is read to the same value again."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def digest_of(key: bytes, form: str, said: Submission | Mapping[str, str]) -> bytes:
    """By what a row is known again: what it says, in whatever notation, or its text by field where it says nothing.

    Keyed, because names and numbers are too few to hide behind a plain hash.
    """
    value: Json = (
        _values(said) if isinstance(said, Submission) else [[name, text] for name, text in sorted(said.items())]
    )
    return hmac.digest(key, canonical_json({_ROW: value, "form": form}), hashlib.sha256)


def _values(submission: Submission) -> Json:
    """Everything that a submission says, in one form, whatever notation it was written in."""
    values: dict[str, Json] = {}
    for record, fields in submission.values.items():
        for name, value in fields.items():
            values[f"{record}.{name}"] = value.type.encode(opened(value))
    for record, codes in submission.references.items():
        values.update({f"{record}.{name}": code for name, code in codes.items()})
    return values
