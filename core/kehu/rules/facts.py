"""Facts (分级依据): named inputs of a grading, computed over a customer's clear fields, as data.

One declaration is compiled to SQL for all customers and read in plain Python for one; so it says only
what both can say alike: conditions are met or not met, and a missing value meets none but `IsNull`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.vocabulary.money import EXPONENTS

_NAME = re.compile(r"[a-z][A-Za-z0-9]*")

FactValue = int | bool
"""A sum (minor units for money), or whether something exists."""


@dataclass(frozen=True, slots=True, init=False)
class Is:
    """The field holds one of ``codes``; a missing value is none of them."""

    field: str
    codes: tuple[str, ...]

    def __init__(self, field: str, *codes: str) -> None:
        if not codes:
            raise DeclarationError(f"Is({field!r}) names no code")
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "codes", codes)


@dataclass(frozen=True, slots=True)
class IsTrue:
    """The flag is set; a missing one is not."""

    field: str


@dataclass(frozen=True, slots=True)
class IsNull:
    """Nothing is recorded."""

    field: str


@dataclass(frozen=True, slots=True)
class NotNull:
    """Something is recorded."""

    field: str


Condition = Is | IsTrue | IsNull | NotNull


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of ``field`` over the rows that meet ``where``; 0 where there are none.

    For money, minor units of ``currency``: rows in another currency don't count, because grading never
    mixes currencies. ``currency=None`` sums an integer field. ``parent`` and ``on_parent`` work as in `Exists`.
    """

    name: str
    label: Label
    record: str = "Holding"
    field: str = "amount"
    where: tuple[Condition, ...] = ()
    currency: str | None = "CNY"
    parent: str | None = None
    on_parent: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        _check(self)
        if self.currency is not None and self.currency not in EXPONENTS:
            raise DeclarationError(f"fact {self.name}: currency {self.currency!r} is not one that Money knows")

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every (record, field) that the fact reads, alphabetised."""
        return tuple(sorted({(self.record, self.field), *_condition_inputs(self)}))


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether the customer has a row of ``record`` that meets ``where``.

    ``on_parent`` adds conditions on the row of ``parent`` that it belongs to (a property's holding).
    """

    name: str
    label: Label
    record: str
    where: tuple[Condition, ...] = ()
    parent: str | None = None
    on_parent: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        _check(self)

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every (record, field) that the fact reads, alphabetised."""
        return tuple(sorted(_condition_inputs(self)))


Fact = Sum | Exists


def _check(fact: Fact) -> None:
    if not _NAME.fullmatch(fact.name):
        raise DeclarationError(f"fact {fact.name!r}: not a camelCase name")
    if fact.on_parent and fact.parent is None:
        raise DeclarationError(f"fact {fact.name}: conditions on a parent, but no parent named")


def _condition_inputs(fact: Fact) -> set[tuple[str, str]]:
    own = {(fact.record, condition.field) for condition in fact.where}
    return own | {(fact.parent, condition.field) for condition in fact.on_parent if fact.parent is not None}
