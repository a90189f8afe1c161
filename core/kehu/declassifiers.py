"""Declassifiers: the declared ways in which a response shows more than the caller's own view.

Non-interference (promise 2) holds but for these; the list is part of schema/policy.json.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kehu.records import Record
from kehu.rules.grading import Grading
from kehu.rules.match import MatchRule


@dataclass(frozen=True, slots=True, order=True)
class Declassifier:
    """``kind`` is mask, lookup, search, match, projection, grade, uniqueness or aggregate; ``inputs`` are
    ``Record.field``."""

    kind: str
    name: str
    inputs: tuple[str, ...]
    cites: tuple[str, ...]


UNIQUE = (("ContactPoint.mobile", ("S1.R04",)), ("Holding.externalId", ("S17.R23",)))
"""By what a registration finds a customer who is there already, within the caller's row scope."""


def declassifiers_of(
    records: Iterable[Record], gradings: Iterable[Grading], matches: Iterable[MatchRule]
) -> tuple[Declassifier, ...]:
    """Everything declared that widens a caller's view, sorted."""
    found: list[Declassifier] = []
    for record in records:
        for f in record.fields:
            at = f"{record.name}.{f.name}"
            if f.policy.mask is not None:
                found.append(Declassifier("mask", f"{at}#{f.policy.mask}", (at,), f.cites))
            if f.policy.lookup:
                found.append(Declassifier("lookup", at, (at,), f.cites))
            if f.searchable:
                found.append(Declassifier("search", at, (at,), f.cites))
            if f.projection is not None:
                found.append(Declassifier("projection", at, (f"{record.name}.{f.projection.source}",), f.cites))
    found += [Declassifier("uniqueness", at, (at,), cites) for at, cites in UNIQUE]
    found += [Declassifier("match", rule.key, rule.fields, rule.cites) for rule in matches]
    for grading in gradings:
        inputs = tuple(sorted(f"{record}.{name}" for record, name in grading.inputs))
        found.append(Declassifier("grade", f"{grading.key}@{grading.version}", inputs, grading.cites))
    return tuple(sorted(found))
