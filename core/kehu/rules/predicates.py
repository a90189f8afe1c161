"""Predicates over facts, as data: each can be asked, named in words, and compiled to SQL; and points made of them.

A fact that isn't recorded meets no predicate, `Not` turns that round; so a predicate has two outcomes,
in SQL too: three-valued logic can't reach it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.rules.facts import Counted, Exists, FactValue, FirstDay, Latest, RowFact, Sum, Value, check_name
from kehu.rules.parameters import DECLARED, Parameter, Threshold, Yardstick, check_threshold, figures, whole

Values = Mapping[str, FactValue]
MOST_POINTS = 100_000
_MISSING = Label("未记录", "not recorded")
_POINTS = Label("分", "points")


@dataclass(frozen=True, slots=True)
class _Bound:
    """A number on one side of a threshold."""

    fact: NumberFact
    threshold: Threshold

    holds_by: ClassVar[Callable[[int, int], bool]]
    signs: ClassVar[tuple[str, str]]
    """In words: when it holds, and when it doesn't."""

    def __post_init__(self) -> None:
        check_threshold(self.fact.name, self.threshold, self.fact.currency, self.fact.places)

    def minor(self, by: Yardstick = DECLARED) -> int:
        """The threshold as the whole number that the fact is compared with."""
        return by.number(self.threshold, self.fact.places)

    def holds(self, values: Values, by: Yardstick = DECLARED) -> bool:
        found = _number(values[self.fact.name])
        return found is not None and type(self).holds_by(found, self.minor(by))

    def describe(self, values: Values | None = None, by: Yardstick = DECLARED) -> Label:
        sign = self.signs[values is not None and not self.holds(values, by)]
        bound = _figures(self.minor(by), self.fact)
        about = self.fact.describe(values, by) if isinstance(self.fact, Points) else _found(self.fact, values)
        return Label(f"{about.zh} {sign} {bound.zh}", f"{about.en} {sign} {bound.en}")


@dataclass(frozen=True, slots=True)
class AtLeast(_Bound):
    """The number reaches the threshold, the threshold itself included (以上、届满, 民法典 Art.1259)."""

    holds_by, signs = operator.ge, ("≥", "<")


@dataclass(frozen=True, slots=True)
class AtMost(_Bound):
    """The number doesn't pass the threshold, the threshold itself included (以下、以内, 民法典 Art.1259)."""

    holds_by, signs = operator.le, ("≤", ">")


@dataclass(frozen=True, slots=True)
class Above(_Bound):
    """The number passes the threshold, the threshold itself excluded (超过, 民法典 Art.1259)."""

    holds_by, signs = operator.gt, (">", "≤")


@dataclass(frozen=True, slots=True)
class Below(_Bound):
    """The number stays under the threshold, the threshold itself excluded (不满, 民法典 Art.1259)."""

    holds_by, signs = operator.lt, ("<", "≥")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Days:
    """A day, counted from the day of grading."""

    at_least: int | Parameter | None = None
    at_most: int | Parameter | None = None

    words: ClassVar[Label]

    def __post_init__(self) -> None:
        bounds = [bound for bound in (self.at_least, self.at_most) if bound is not None]
        if not bounds:
            raise DeclarationError(f"{type(self).__name__} needs at_least, at_most or both")
        for bound in bounds:
            check_threshold("days", bound, None, 0)

    def _between(self, days: int, by: Yardstick) -> bool:
        low = self.at_least is None or days >= by.number(self.at_least)
        return low and (self.at_most is None or days <= by.number(self.at_most))

    def _told(self, about: Label, by: Yardstick, *, met: bool) -> Label:
        bounds = (("≥", self.at_least), ("≤", self.at_most))
        said = [f"{sign} {by.number(bound):,}" for sign, bound in bounds if bound is not None]
        zh, en = f"{self.words.zh} {'且'.join(said)} 天", f"{self.words.en} {' and '.join(said)}"
        return Label(f"{about.zh},{zh if met else f'不满足{zh}'}", f"{about.en}, {en if met else f'not {en}'}")


@dataclass(frozen=True, slots=True)
class DaysSince(_Days):
    """So many days have passed since the day, bounds included; below 0 while it is still to come."""

    fact: FirstDay

    words = Label("距评定日", "days since")

    def holds(self, values: Values, by: Yardstick = DECLARED) -> bool:
        day = _day(values[self.fact.name])
        return day is not None and self._between((by.day - day).days, by)

    def describe(self, values: Values | None = None, by: Yardstick = DECLARED) -> Label:
        return self._told(_found(self.fact, values), by, met=values is None or self.holds(values, by))


@dataclass(frozen=True, slots=True)
class DaysUntil(_Days):
    """So many days are left until the day, bounds included; below 0 once it has passed."""

    fact: FirstDay

    words = Label("评定日起还有", "days until then")

    def holds(self, values: Values, by: Yardstick = DECLARED) -> bool:
        day = _day(values[self.fact.name])
        return day is not None and self._between((day - by.day).days, by)

    def describe(self, values: Values | None = None, by: Yardstick = DECLARED) -> Label:
        return self._told(_found(self.fact, values), by, met=values is None or self.holds(values, by))


@dataclass(frozen=True, slots=True, init=False)
class OneOf:
    """The code is one of these; one that isn't recorded is none of them."""

    fact: Latest
    codes: tuple[str, ...]

    def __init__(self, fact: Latest, *codes: str) -> None:
        if not codes:
            raise DeclarationError(f"OneOf({fact.name!r}) names no code")
        object.__setattr__(self, "fact", fact)
        object.__setattr__(self, "codes", codes)

    def holds(self, values: Values, by: Yardstick = DECLARED) -> bool:
        return values[self.fact.name] in self.codes

    def describe(self, values: Values | None = None, by: Yardstick = DECLARED) -> Label:
        about, sign = _found(self.fact, values), "∈" if values is None or self.holds(values, by) else "∉"
        codes = "/".join(self.codes)
        return Label(f"{about.zh} {sign} {codes}", f"{about.en} {sign} {codes}")


@dataclass(frozen=True, slots=True)
class Known:
    """The number, code or day is recorded."""

    fact: Value | Latest | FirstDay

    def holds(self, values: Values, by: Yardstick = DECLARED) -> bool:
        return values[self.fact.name] is not None

    def describe(self, values: Values | None = None, by: Yardstick = DECLARED) -> Label:
        if values is not None:
            return _found(self.fact, values)
        return Label(f"已记录{self.fact.label.zh}", f"{self.fact.label.en} recorded")


@dataclass(frozen=True, slots=True)
class True_:  # noqa: N801  # reason: the author's word for "this fact is true"
    """The fact is true."""

    fact: Exists

    def holds(self, values: Values, by: Yardstick = DECLARED) -> bool:
        return bool(values[self.fact.name])

    def describe(self, values: Values | None = None, by: Yardstick = DECLARED) -> Label:
        if values is None or self.holds(values, by):
            return self.fact.label
        return _negated(self.fact.label)


@dataclass(frozen=True, slots=True, init=False)
class All:
    """Every part holds."""

    parts: tuple[Predicate, ...]

    def __init__(self, *parts: Predicate) -> None:
        _needs_two("All", parts)
        object.__setattr__(self, "parts", parts)

    def holds(self, values: Values, by: Yardstick = DECLARED) -> bool:
        return all(part.holds(values, by) for part in self.parts)

    def describe(self, values: Values | None = None, by: Yardstick = DECLARED) -> Label:
        return _joined(self.parts, values, by, ",且", " and ")


@dataclass(frozen=True, slots=True, init=False)
class Any_:  # noqa: N801  # reason: `Any` means something else to every reader of Python
    """One part at least holds. Described with values, it names only the parts that decided."""

    parts: tuple[Predicate, ...]

    def __init__(self, *parts: Predicate) -> None:
        _needs_two("Any_", parts)
        object.__setattr__(self, "parts", parts)

    def holds(self, values: Values, by: Yardstick = DECLARED) -> bool:
        return any(part.holds(values, by) for part in self.parts)

    def describe(self, values: Values | None = None, by: Yardstick = DECLARED) -> Label:
        if values is None:
            return _joined(self.parts, None, by, "或", " or ")
        decided = tuple(part for part in self.parts if part.holds(values, by))
        return _joined(decided or self.parts, values, by, ",且", " and ")


@dataclass(frozen=True, slots=True)
class Not:
    """The part doesn't hold."""

    part: Predicate

    def holds(self, values: Values, by: Yardstick = DECLARED) -> bool:
        return not self.part.holds(values, by)

    def describe(self, values: Values | None = None, by: Yardstick = DECLARED) -> Label:
        # With values, the part's own words already say what was found.
        return _negated(self.part.describe(None, by)) if values is None else self.part.describe(values, by)


@dataclass(frozen=True, slots=True)
class Award:
    """``points`` for whoever meets the predicate; a fixed part of `Points`."""

    label: Label
    points: int | Parameter
    when: Predicate

    def earned(self, values: Values, by: Yardstick) -> int:
        return by.number(self.points) if self.when.holds(values, by) else 0


@dataclass(frozen=True, slots=True)
class Share:
    """``points`` in proportion: all of them from ``full`` on, none at 0 and below, rounded down in between."""

    label: Label
    points: int | Parameter
    fact: Sum | Counted | Value
    full: Threshold

    def __post_init__(self) -> None:
        check_threshold(self.fact.name, self.full, self.fact.currency, self.fact.places)
        least = self.full.low if isinstance(self.full, Parameter) else whole(self.full, self.fact.places, "full")
        if least < 1:
            raise DeclarationError(f"points for {self.fact.name}: full is above 0; a parameter needs a floor above 0")

    def earned(self, values: Values, by: Yardstick) -> int:
        full = by.number(self.full, self.fact.places)
        return by.number(self.points) * min(max(_number(values[self.fact.name]) or 0, 0), full) // full


@dataclass(frozen=True, slots=True)
class Points:
    """A score (积分): the sum of what its parts earn.

    The points of a part lie between -100,000 and 100,000, those of a `Share` not below 0; a Parameter says so by
    floor and ceiling.
    """

    name: str
    label: Label
    parts: tuple[Award | Share, ...]
    unit: Label | None = _POINTS

    def __post_init__(self) -> None:
        check_name(self.name, "fact")
        if not self.parts:
            raise DeclarationError(f"fact {self.name}: points have one part or more")
        for part in self.parts:
            check_threshold(self.name, part.points, None, 0)
            low, high = _range(part.points)
            if low < -MOST_POINTS or high > MOST_POINTS or (low < 0 and isinstance(part, Share)):
                raise DeclarationError(
                    f"fact {self.name}: points of a part lie within {MOST_POINTS:,}, never below 0 in a Share; "
                    "give a parameter floor and ceiling"
                )

    @property
    def currency(self) -> None:
        return None

    @property
    def places(self) -> int:
        return 0

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """None of its own: the facts of its parts are facts of the grading too."""
        return ()

    def score(self, values: Values, by: Yardstick = DECLARED) -> int:
        """The points earned; ``values`` has the facts of the parts."""
        return sum(part.earned(values, by) for part in self.parts)

    def describe(self, values: Values | None = None, by: Yardstick = DECLARED) -> Label:
        """With values: ``score 62 (area 20, volume 42)``, parts that earned nothing left out."""
        if values is None:
            return self.label
        earned = [(part.label, part.earned(values, by)) for part in self.parts]
        told = [(label, points) for label, points in earned if points]
        head = _found(self, {self.name: self.score(values, by)})
        zh = "、".join(f"{label.zh} {points:,}" for label, points in told)
        en = ", ".join(f"{label.en} {points:,}" for label, points in told)
        return Label(f"{head.zh}({zh})", f"{head.en} ({en})") if told else head


NumberFact = Sum | Counted | Value | Points
Fact = RowFact | Points
Comparison = AtLeast | AtMost | Above | Below
Predicate = Comparison | DaysSince | DaysUntil | OneOf | Known | True_ | All | Any_ | Not


def told_as(value: FactValue, fact: Fact) -> Label:
    """A fact's value as people read it: ``CNY 50,000,000.00``, ``120.5 m²``, a code, a day."""
    if value is None:
        return _MISSING
    if isinstance(fact, Sum | Counted | Value | Points):
        return _figures(int(value), fact)
    return Label(str(value), str(value))


def _figures(value: int, fact: NumberFact) -> Label:
    text = figures(value, fact.currency, fact.places)
    return Label(f"{text} {fact.unit.zh}", f"{text} {fact.unit.en}") if fact.unit is not None else Label(text, text)


def _found(fact: Fact, values: Values | None) -> Label:
    if values is None:
        return fact.label
    found = told_as(values[fact.name], fact)
    return Label(f"{fact.label.zh} {found.zh}", f"{fact.label.en} {found.en}")


def _number(value: FactValue) -> int | None:
    return None if value is None else int(value)


def _day(value: FactValue) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def _range(points: int | Parameter) -> tuple[int, int]:
    return (points.low, points.high) if isinstance(points, Parameter) else (points, points)


def _needs_two(kind: str, parts: tuple[Predicate, ...]) -> None:
    if len(parts) < 2:
        raise DeclarationError(f"{kind} joins two predicates or more")


def _negated(label: Label) -> Label:
    return Label(f"无「{label.zh}」", f"no “{label.en}”")


def _joined(parts: Iterable[Predicate], values: Values | None, by: Yardstick, zh: str, en: str) -> Label:
    told = [_bracketed(part, values, by) for part in parts]
    return Label(zh.join(label.zh for label in told), en.join(label.en for label in told))


def _bracketed(part: Predicate, values: Values | None, by: Yardstick) -> Label:
    label = part.describe(values, by)
    if values is None and isinstance(part, All | Any_):
        return Label(f"({label.zh})", f"({label.en})")
    return label
