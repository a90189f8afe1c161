"""Submissions for every form of every installed plugin: complete ones, and each with one thing changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from kehu.forms.bind import BoundField, BoundForm, BoundPart, BoundRows, bind
from kehu.registry import Registry
from kehu.vocabulary.base import Storage

Data = dict[str, Any]
FORMS = Path(__file__).resolve().parents[2] / "tools" / "forms"
VECTORS: dict[str, dict[str, list[str]]] = json.loads((FORMS / "vectors.json").read_text(encoding="utf-8"))
_COMPOSITES: Mapping[str, object] = {
    "PostalAddress": {"province": "广东省", "city": "佛山市", "road": "示例路1号"},
}
_BAD_MONEY: tuple[object, ...] = (
    {"amount": "8000000"}, {"amount": 1}, {"amount": "1.234"}, {"amount": "1.23", "currency": "JPY"},
    {"amount": "1.234", "currency": "KWD"}, {"amount": "10000000000000.01"}, {"amount": "10000000000000.00"},
    {"amount": "1", "currency": "XXX"}, {"currency": "CNY"}, {"amount": "1", "display": "CNY 1"}, {"amount": None},
)  # fmt: skip
_BAD_ADDRESS: tuple[object, ...] = (
    {"city": "佛山市1"}, {"road": "示例路**号"}, {"street": "x"}, {"display": "佛山"}, {"road": None}, {"room": ""},
    {"detail": "x" * 301},
)  # fmt: skip
_WRONG: tuple[object, ...] = (None, 12, 1.5, True, [], {}, ["x"], {"x": 1}, "", " ", "NO_SUCH_CODE", "***")


def bound_forms(registry: Registry) -> dict[str, BoundForm]:
    return {key: bind(form, registry.records, registry.schemes) for key, form in registry.forms.items()}


def good_value(each: BoundField, codes: Mapping[str, str]) -> object:
    """A value that the field takes; ``codes`` has one code for each kind of row that a form may name, and values for
    types that are to have others than the first of their vectors."""
    type_ = each.field.type
    if each.is_reference:
        return codes.get(str(each.field.refers_to), "X1")
    if each.scheme is not None:
        return each.scheme.codes[0]
    if type_.name in codes:
        return codes[type_.name]
    if type_.name in _COMPOSITES:
        return _COMPOSITES[type_.name]
    if type_.name in VECTORS:
        return VECTORS[type_.name]["taken"][0]
    return {
        Storage.MONEY: {"amount": "8000.50", "currency": "CNY"},
        Storage.BOOLEAN: True,
        Storage.INTEGER: 1990 if type_.name == "BirthYear" else 3,
    }[type_.storage]


def complete(
    bound: BoundForm, codes: Mapping[str, str], choice: Mapping[str, object] = {}, *, everything: bool = True
) -> Data:
    """A submission in which everything that is asked is answered (or only what is required); ``choice`` has the
    values of fields on which others depend."""
    data = _filled(bound, codes, choice, everything)
    for rows in bound.rows:
        least = rows.declared.at_least
        wanted = max(least, min(2, rows.declared.at_most)) if everything else least
        if wanted and _asked(bound, rows.name, data):
            data[rows.name] = [_filled(rows, codes, {}, everything) for _ in range(wanted)]
    return data


def _filled(part: BoundPart, codes: Mapping[str, str], choice: Mapping[str, object], everything: bool) -> Data:
    data: Data = {}
    for _ in part.fields:
        for each in part.fields:
            needed = everything or each.name in part.required or each.required
            if each.name not in data and needed and _asked(part, each.name, data):
                data[each.name] = choice.get(each.name, good_value(each, codes))
    return {each.name: data[each.name] for each in part.fields if each.name in data}


def _asked(part: BoundPart, name: str, data: Data) -> bool:
    return part.asked(name, {one.field: data[one.field] for one in part.conditions.get(name, ()) if one.field in data})


def choices(part: BoundPart) -> Iterator[dict[str, object]]:
    """Values of the fields on which others depend: each that is named in a condition, and one that isn't."""
    yield {}
    named: dict[str, list[object]] = {}
    for conditions in part.conditions.values():
        for one in conditions:
            named.setdefault(one.field, []).extend(one.values)
    for name, values in named.items():
        each = part.by_name[name]
        others = [c for c in (each.scheme.codes if each.scheme else (True, False)) if c not in values]
        yield from ({name: value} for value in dict.fromkeys([*values, *others[:1]]))


def cases(bound: BoundForm, codes: Mapping[str, str]) -> Iterator[Data]:
    """Complete submissions, and each way to spoil one of them by one change."""
    yield complete(bound, codes, everything=False)
    yield {}
    seen: set[str] = set()
    for choice in choices(bound):
        whole = complete(bound, codes, choice)
        yield whole
        yield {**whole, "nobody": 1}
        yield from _spoilt(bound, whole, seen)
    for rows in bound.rows:
        whole = next((w for w in (complete(bound, codes, c) for c in choices(bound)) if rows.name in w), None)
        if whole is not None:
            yield from _spoilt_rows(rows, whole, codes)


def _spoilt(part: BoundPart, whole: Data, seen: set[str]) -> Iterator[Data]:
    for each in part.fields:
        rest = {name: value for name, value in whole.items() if name != each.name}
        yield rest
        # Given where it isn't asked, or given alone.
        yield {**rest, each.name: "x"}
        if each.name in whole and each.name not in seen:
            seen.add(each.name)
            yield from ({**whole, each.name: deepcopy(value)} for value in values(each))
        only = {name: value for name, value in whole.items() if name in part.required or name == each.name}
        yield only


def _spoilt_rows(rows: BoundRows, whole: Data, codes: Mapping[str, str]) -> Iterator[Data]:
    name, declared = rows.name, rows.declared
    [row, *_] = whole[name]
    others: Sequence[object] = ([], [row] * (declared.at_most + 1), row, "x", None, [None], ["x"], [row, {}], [[row]])
    yield from ({**whole, name: deepcopy(other)} for other in others)
    for choice in choices(rows):
        one = _filled(rows, codes, choice, True)
        yield {**whole, name: [one]}
        yield {**whole, name: [one, {**one, "nobody": 1}]}
        yield from ({**whole, name: [row, spoilt]} for spoilt in _spoilt(rows, one, set()))


def values(each: BoundField) -> Iterator[object]:
    """Everything worth trying as a value of the field."""
    yield from _WRONG
    name = each.field.type.name
    if each.is_reference:
        yield from ("S0017", "S 17", "-S17", "s" * 64, "s" * 65, "项目")
    elif each.scheme is not None:
        yield from (*each.scheme.codes, *(term.label.zh for term in each.scheme.terms[:1]))
    elif name == "PostalAddress":
        yield from _BAD_ADDRESS
    elif each.field.type.storage is Storage.MONEY:
        yield from _BAD_MONEY
    elif each.field.type.storage is Storage.INTEGER and name in ("Count", "BirthYear"):
        yield from (0, 1, 1874, 1875, 2020, -1, 2**31, "3", 3.0)
    elif name in VECTORS:
        yield from (*VECTORS[name]["taken"], *VECTORS[name]["refused"])
