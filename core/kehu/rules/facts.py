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

FactValue = int | bool | str | None
"""A whole number (minor units for money), whether something exists, a code or an ISO day; None: not recorded."""


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


@dataclass(frozen=True, slots=True)
class Within:
    """The day or moment lies today or at most ``days`` days back (以内 includes the last day, 民法典 Art.1259)."""

    field: str
    days: int

    def __post_init__(self) -> None:
        if not 0 <= self.days <= 36_500:
            raise DeclarationError(f"Within({self.field!r}): {self.days} isn't between 0 and 36,500 days")


Condition = Is | IsTrue | IsNull | NotNull | Within


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of ``field`` over the rows that meet ``where``; 0 where there are none.

    For money, minor units of ``currency``: rows in another currency don't count, because grading never
    mixes currencies. ``currency=None`` sums an integer field, kept with ``places`` decimal places
    (3 for `Quantity`). ``parent`` and ``on_parent`` work as in `Exists`.
    """

    name: str
    label: Label
    record: str = "Holding"
    field: str = "amount"
    where: tuple[Condition, ...] = ()
    currency: str | None = "CNY"
    parent: str | None = None
    on_parent: tuple[Condition, ...] = ()
    unit: Label | None = None
    places: int = 0

    def __post_init__(self) -> None:
        _check(self)
        _check_number(self)

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every (record, field) that the fact reads, alphabetised."""
        return tuple(sorted({(self.record, self.field), *_condition_inputs(self)}))


@dataclass(frozen=True, slots=True)
class Counted:
    """How many rows of ``record`` meet ``where``. ``parent`` and ``on_parent`` work as in `Exists`."""

    name: str
    label: Label
    record: str
    where: tuple[Condition, ...] = ()
    parent: str | None = None
    on_parent: tuple[Condition, ...] = ()
    unit: Label | None = None

    def __post_init__(self) -> None:
        _check(self)

    @property
    def currency(self) -> None:
        return None

    @property
    def places(self) -> int:
        return 0

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every (record, field) that the fact reads, alphabetised."""
        return tuple(sorted(_condition_inputs(self)))


@dataclass(frozen=True, slots=True)
class Value:
    """The number in ``field`` of Customer or of a facet (`Record.single`); ``missing`` where none is recorded.

    With ``currency`` the field is money and another currency counts as missing; otherwise it is an integer
    with ``places`` decimal places. A value that stays missing (None) meets no predicate.
    """

    name: str
    label: Label
    record: str
    field: str
    currency: str | None = None
    missing: int | None = None
    unit: Label | None = None
    places: int = 0

    def __post_init__(self) -> None:
        _check(self)
        _check_number(self)

    @property
    def where(self) -> tuple[Condition, ...]:
        return ()

    @property
    def parent(self) -> None:
        return None

    @property
    def on_parent(self) -> tuple[Condition, ...]:
        return ()

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """The (record, field) that the fact reads."""
        return ((self.record, self.field),)


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


@dataclass(frozen=True, slots=True)
class Latest:
    """The code in ``field`` of the newest row that meets ``where``; None where there is none.

    Newest by the day or moment ``by``; rows without one don't count, of two alike the later id wins. Without
    ``by`` the record is Customer or a facet (`Record.single`), which has one row at most.
    """

    name: str
    label: Label
    record: str
    field: str
    by: str | None = None
    where: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        _check(self)

    @property
    def parent(self) -> None:
        return None

    @property
    def on_parent(self) -> tuple[Condition, ...]:
        return ()

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every (record, field) that the fact reads, alphabetised."""
        by = {(self.record, self.by)} if self.by is not None else set()
        return tuple(sorted({(self.record, self.field), *by, *_condition_inputs(self)}))


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The earliest day in ``field`` (a day or a moment) of the rows that meet ``where``; None where there is none.

    A moment counts on its day in the legal entity's time zone, by the zone's offset at the time of grading.
    """

    name: str
    label: Label
    record: str
    field: str
    where: tuple[Condition, ...] = ()
    parent: str | None = None
    on_parent: tuple[Condition, ...] = ()

    def __post_init__(self) -> None:
        _check(self)

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every (record, field) that the fact reads, alphabetised."""
        return tuple(sorted({(self.record, self.field), *_condition_inputs(self)}))


@dataclass(frozen=True, slots=True)
class LastDay(FirstDay):
    """The latest day in ``field``, otherwise as `FirstDay`."""


RowFact = Sum | Counted | Value | Exists | Latest | FirstDay
"""Facts that read rows of a record."""
DayFact = FirstDay
"""LastDay is one too."""


def check_name(name: str, what: str) -> None:
    """Raises `DeclarationError` unless ``name`` is camelCase."""
    if not _NAME.fullmatch(name):
        raise DeclarationError(f"{what} {name!r}: not a camelCase name")


def _check(fact: RowFact) -> None:
    check_name(fact.name, "fact")
    if fact.on_parent and fact.parent is None:
        raise DeclarationError(f"fact {fact.name}: conditions on a parent, but no parent named")


def _check_number(fact: Sum | Value) -> None:
    if fact.currency is not None and fact.currency not in EXPONENTS:
        raise DeclarationError(f"fact {fact.name}: currency {fact.currency!r} is not one that Money knows")
    if fact.places not in range(7) or (fact.places and fact.currency is not None):
        raise DeclarationError(f"fact {fact.name}: places are 0 to 6, and only where there is no currency")


def _condition_inputs(fact: RowFact) -> set[tuple[str, str]]:
    own = {(fact.record, condition.field) for condition in fact.where}
    return own | {(fact.parent, condition.field) for condition in fact.on_parent if fact.parent is not None}
