"""The plan: for one operation and one decision key, everything that is decided, as frozen data.

A plan has islands: selections of governed rows reached from the root or from a mutation's payload. Each is
a tree of levels; a level is one statement. Values of arguments aren't part of a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kehu.access.decision import Decision
from kehu.computed import Computed
from kehu.records import Field, Record

Arguments = Callable[[object], Mapping[str, object]]
"""Argument values of a field, from the coerced variables of an operation (opaque here)."""


class Shape(StrEnum):
    """How a level's rows are found."""

    NODE = "node"
    CONNECTION = "connection"
    LOOKUP = "lookup"
    SEARCH = "search"
    CASE = "case"
    MANY = "many"
    SINGLE = "single"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class FieldPlan:
    """One selected field and what was decided about it. ``pattern`` is its path by schema names."""

    field: Field
    decision: Decision
    pattern: str


@dataclass(frozen=True, slots=True)
class ComputedPlan:
    """One selected computed field; ``governing`` is the field whose policy decides about it."""

    computed: Computed
    governing: FieldPlan


@dataclass(frozen=True, slots=True)
class Level:
    """One statement: rows of ``record`` below the rows of the level above, kept there under ``key``.

    ``decision`` says whether the caller may know of rows of this record at all. ``via`` is the reference
    field that leads here. ``wants_total`` and ``wants_rows`` are for connections, ``searched`` are the fields that
    this caller may search by.
    """

    key: str
    record: Record
    shape: Shape
    decision: Decision
    pattern: str
    arguments: Arguments
    fields: tuple[FieldPlan, ...] = ()
    computed: tuple[ComputedPlan, ...] = ()
    children: tuple[Level, ...] = ()
    via: Field | None = None
    searched: tuple[Field, ...] = ()
    wants_total: bool = False
    wants_rows: bool = True
    tells_masks: bool = False
    """Rows keep under ``_masked`` the names of their fields of which a mask is shown."""

    def walk(self) -> Iterator[Level]:
        """This level and all below it."""
        yield self
        for level in self.children:
            yield from level.walk()


@dataclass(frozen=True, slots=True)
class Plan:
    """``islands``: by path of response keys from the operation's root, one level for each record type that may
    stand there (several for ``node``)."""

    islands: Mapping[tuple[str, ...], tuple[Level, ...]]

    def levels(self) -> Iterator[Level]:
        for island in self.islands.values():
            for level in island:
                yield from level.walk()
