"""Predicates over facts, as data: each can be asked, named in words, and compiled to SQL.

Facts are never missing (an empty sum is 0, nothing found is False), so a predicate has two outcomes,
in SQL too: three-valued logic can't reach it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.rules.facts import Exists, Fact, FactValue, Sum
from kehu.vocabulary import MoneyValue

Values = Mapping[str, FactValue]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The sum reaches the threshold, the threshold itself included (以上包括本数, 民法典 Art.1259)."""

    fact: Sum
    threshold: MoneyValue | int

    def __post_init__(self) -> None:
        currency = self.threshold.currency if isinstance(self.threshold, MoneyValue) else None
        if currency != self.fact.currency:
            raise DeclarationError(
                f"fact {self.fact.name} is in {self.fact.currency}, its threshold in {currency}: never mixed"
            )

    @property
    def minor(self) -> int:
        """The threshold as the whole number that the fact is compared with."""
        return self.threshold.minor if isinstance(self.threshold, MoneyValue) else self.threshold

    def holds(self, values: Values) -> bool:
        return values[self.fact.name] >= self.minor

    def describe(self, values: Values | None = None) -> Label:
        found = "" if values is None else f" {amount(values[self.fact.name], self.fact.currency)}"
        sign = "≥" if values is None or self.holds(values) else "<"
        bound = amount(self.minor, self.fact.currency)
        return Label(*(f"{text}{found} {sign} {bound}" for text in (self.fact.label.zh, self.fact.label.en)))


@dataclass(frozen=True, slots=True)
class True_:  # noqa: N801  # reason: the author's word for "this fact is true"
    """The fact is true."""

    fact: Exists

    def holds(self, values: Values) -> bool:
        return bool(values[self.fact.name])

    def describe(self, values: Values | None = None) -> Label:
        if values is None or self.holds(values):
            return self.fact.label
        return _negated(self.fact.label)


@dataclass(frozen=True, slots=True, init=False)
class All:
    """Every part holds."""

    parts: tuple[Predicate, ...]

    def __init__(self, *parts: Predicate) -> None:
        _needs_two("All", parts)
        object.__setattr__(self, "parts", parts)

    def holds(self, values: Values) -> bool:
        return all(part.holds(values) for part in self.parts)

    def describe(self, values: Values | None = None) -> Label:
        return _joined(self.parts, values, ",且", " and ")


@dataclass(frozen=True, slots=True, init=False)
class Any_:  # noqa: N801  # reason: `Any` means something else to every reader of Python
    """One part at least holds. Described with values, it names only the parts that decided."""

    parts: tuple[Predicate, ...]

    def __init__(self, *parts: Predicate) -> None:
        _needs_two("Any_", parts)
        object.__setattr__(self, "parts", parts)

    def holds(self, values: Values) -> bool:
        return any(part.holds(values) for part in self.parts)

    def describe(self, values: Values | None = None) -> Label:
        if values is None:
            return _joined(self.parts, None, "或", " or ")
        if not self.holds(values):
            return _joined(self.parts, values, ",且", " and ")
        return _joined(tuple(part for part in self.parts if part.holds(values)), values, ",且", " and ")


@dataclass(frozen=True, slots=True)
class Not:
    """The part doesn't hold."""

    part: Predicate

    def holds(self, values: Values) -> bool:
        return not self.part.holds(values)

    def describe(self, values: Values | None = None) -> Label:
        # With values, the part's own words already say what was found.
        return _negated(self.part.describe()) if values is None else self.part.describe(values)


Predicate = AtLeast | True_ | All | Any_ | Not


def facts_in(predicate: Predicate) -> Iterator[Fact]:
    """Every fact that the predicate reads, in order, with repetitions."""
    match predicate:
        case AtLeast() | True_():
            yield predicate.fact
        case All() | Any_():
            for part in predicate.parts:
                yield from facts_in(part)
        case Not():
            yield from facts_in(predicate.part)


def amount(value: FactValue, currency: str | None) -> str:
    """A sum in figures: ``CNY 50,000,000.00``; a plain number where there is no currency."""
    if currency is None:
        return f"{int(value):,}"
    return MoneyValue(int(value), currency).display


def _needs_two(kind: str, parts: tuple[Predicate, ...]) -> None:
    if len(parts) < 2:
        raise DeclarationError(f"{kind} joins two predicates or more")


def _negated(label: Label) -> Label:
    return Label(f"无「{label.zh}」", f"no “{label.en}”")


def _joined(parts: Iterable[Predicate], values: Values | None, zh: str, en: str) -> Label:
    told = [_bracketed(part, values) for part in parts]
    return Label(zh.join(label.zh for label in told), en.join(label.en for label in told))


def _bracketed(part: Predicate, values: Values | None) -> Label:
    label = part.describe(values)
    if values is None and isinstance(part, All | Any_):
        return Label(f"({label.zh})", f"({label.en})")
    return label
