"""What a predicate is made of: the facts that it reads, the parameters that it is held by, whether it counts days."""

from __future__ import annotations

from collections.abc import Iterator

from kehu.rules.parameters import Parameter
from kehu.rules.predicates import (
    Above,
    All,
    Any_,
    AtLeast,
    AtMost,
    Award,
    Below,
    DaysSince,
    DaysUntil,
    Fact,
    Not,
    Points,
    Predicate,
    Share,
)


def facts_in(predicate: Predicate) -> Iterator[Fact]:
    """Every fact that the predicate reads, in order, with repetitions; points before the facts of their parts."""
    match predicate:
        case All() | Any_():
            for part in predicate.parts:
                yield from facts_in(part)
        case Not():
            yield from facts_in(predicate.part)
        case _:
            yield predicate.fact
            if isinstance(predicate.fact, Points):
                for one in predicate.fact.parts:
                    yield from part_facts(one)


def parameters_in(predicate: Predicate) -> Iterator[Parameter]:
    """Every parameter that the predicate is held by, in order, with repetitions."""
    match predicate:
        case All() | Any_():
            for part in predicate.parts:
                yield from parameters_in(part)
        case Not():
            yield from parameters_in(predicate.part)
        case DaysSince() | DaysUntil():
            yield from (b for b in (predicate.at_least, predicate.at_most) if isinstance(b, Parameter))
        case AtLeast() | AtMost() | Above() | Below():
            if isinstance(predicate.threshold, Parameter):
                yield predicate.threshold
            if isinstance(predicate.fact, Points):
                for one in predicate.fact.parts:
                    yield from _part_parameters(one)


def reads_the_day(predicate: Predicate) -> bool:
    """Whether the outcome depends on the day of grading."""
    match predicate:
        case All() | Any_():
            return any(reads_the_day(part) for part in predicate.parts)
        case Not():
            return reads_the_day(predicate.part)
        case AtLeast() | AtMost() | Above() | Below() if isinstance(predicate.fact, Points):
            return any(isinstance(part, Award) and reads_the_day(part.when) for part in predicate.fact.parts)
    return isinstance(predicate, DaysSince | DaysUntil)


def part_facts(part: Award | Share) -> Iterator[Fact]:
    """Every fact that a part of points reads."""
    if isinstance(part, Award):
        yield from facts_in(part.when)
    else:
        yield part.fact


def _part_parameters(part: Award | Share) -> Iterator[Parameter]:
    if isinstance(part.points, Parameter):
        yield part.points
    if isinstance(part, Award):
        yield from parameters_in(part.when)
    elif isinstance(part.full, Parameter):
        yield part.full
