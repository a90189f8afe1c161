"""The second half of a compiled grading: from facts and parameters to points, criteria, band and canonical JSON."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    String,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from kehu.grading.compile import Extra, Tables, Which, facts_query
from kehu.grading.days import TODAY, iso_day
from kehu.grading.standards import column_of
from kehu.rules.facts import Exists, FirstDay, Latest, Value
from kehu.rules.grading import Grading
from kehu.rules.parameters import Parameter, Threshold, whole
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
    Known,
    Not,
    NumberFact,
    OneOf,
    Points,
    Predicate,
    Share,
    True_,
)


def verdicts(tables: Tables, grading: Grading, which: Which, extra: Extra = ()) -> Select[Any]:
    """One row per customer: ``customer_id``, ``standard``, ``band``, ``met`` and ``facts``, as the record Grade stores
    them. ``extra`` are further conditions on the customers' table."""
    fact = _scored(grading, facts_query(tables, grading, which, extra))
    tests = {criterion.code: _predicate(criterion.when, fact) for criterion in grading.criteria}
    met = [case((test, f",{code}"), else_="") for code, test in tests.items()]
    *ranked, last = grading.bands
    ways = [(or_(false(), *(tests[criterion.code] for criterion in band.criteria)), band.code) for band in ranked]
    band: ColumnElement[str] = case(*ways, else_=last.code) if ways else literal(last.code)
    return select(
        fact.c.customer_id,
        fact.c.standard,
        cast(band, String).label("band"),
        func.substr(_concatenated([literal("", Text()), *met]), 2).label("met"),
        _canonical(grading.facts, fact).label("facts"),
    )


def _scored(grading: Grading, fact: FromClause) -> FromClause:
    """The facts with points beside them; worked out once per customer, not again in each test."""
    points = [one for one in grading.facts if isinstance(one, Points)]
    if not points:
        return fact
    scores = [_score(one, fact).label(one.name) for one in points]
    scored: CTE = select(*fact.c, *scores).select_from(fact).cte("scored", nesting=True)
    return scored.prefix_with("MATERIALIZED")


def _score(points: Points, fact: FromClause) -> ColumnElement[Any]:
    total: ColumnElement[Any] = literal(0, BigInteger())
    for part in points.parts:
        total = total + (_awarded(part, fact) if isinstance(part, Award) else _shared(part, fact))
    return total


def _awarded(part: Award, fact: FromClause) -> ColumnElement[Any]:
    return case((_predicate(part.when, fact), _threshold(part.points, 0, fact)), else_=literal(0, BigInteger()))


def _shared(part: Share, fact: FromClause) -> ColumnElement[Any]:
    full = _threshold(part.full, part.fact.places, fact)
    value = fact.c[part.fact.name]
    # Held between 0 and full before it is multiplied: whole numbers of 64 bits on both databases.
    held = case((and_(value.is_not(None), value >= full), full), (and_(value.is_not(None), value > 0), value), else_=0)
    return _threshold(part.points, 0, fact) * cast(held, BigInteger()) // full


def _threshold(threshold: Threshold, places: int, fact: FromClause) -> ColumnElement[Any]:
    if isinstance(threshold, Parameter):
        return cast(fact.c[column_of(threshold)], BigInteger())
    return literal(whole(threshold, places, "threshold"), BigInteger())


def _predicate(predicate: Predicate, fact: FromClause) -> ColumnElement[bool]:
    match predicate:
        case AtLeast():
            return _known(predicate.fact, fact, _column(predicate, fact) >= _bound(predicate, fact))
        case AtMost():
            return _known(predicate.fact, fact, _column(predicate, fact) <= _bound(predicate, fact))
        case Above():
            return _known(predicate.fact, fact, _column(predicate, fact) > _bound(predicate, fact))
        case Below():
            return _known(predicate.fact, fact, _column(predicate, fact) < _bound(predicate, fact))
        case DaysSince():
            return _days(predicate, TODAY - fact.c[predicate.fact.name], fact)
        case DaysUntil():
            return _days(predicate, fact.c[predicate.fact.name] - TODAY, fact)
        case OneOf():
            code = fact.c[predicate.fact.name]
            return and_(code.is_not(None), code.in_(predicate.codes))
        case Known():
            return fact.c[predicate.fact.name].is_not(None)
        case True_():
            return fact.c[predicate.fact.name].is_(true())
        case All():
            return and_(*(_predicate(part, fact) for part in predicate.parts))
        case Any_():
            return or_(*(_predicate(part, fact) for part in predicate.parts))
        case Not():
            return not_(_predicate(predicate.part, fact))


def _column(predicate: AtLeast | AtMost | Above | Below, fact: FromClause) -> ColumnElement[Any]:
    return fact.c[predicate.fact.name]


def _bound(predicate: AtLeast | AtMost | Above | Below, fact: FromClause) -> ColumnElement[Any]:
    return _threshold(predicate.threshold, predicate.fact.places, fact)


def _known(number: NumberFact, fact: FromClause, test: ColumnElement[bool]) -> ColumnElement[bool]:
    """False, never unknown, for a number that isn't recorded: `Not` would otherwise leave it unknown."""
    if isinstance(number, Value) and number.missing is None:
        return and_(fact.c[number.name].is_not(None), test)
    return test


def _days(predicate: DaysSince | DaysUntil, days: ColumnElement[Any], fact: FromClause) -> ColumnElement[bool]:
    tests: list[ColumnElement[bool]] = [fact.c[predicate.fact.name].is_not(None)]
    if predicate.at_least is not None:
        tests.append(days >= _threshold(predicate.at_least, 0, fact))
    if predicate.at_most is not None:
        tests.append(days <= _threshold(predicate.at_most, 0, fact))
    return and_(*tests)


def _canonical(facts: tuple[Fact, ...], fact: FromClause) -> ColumnElement[str]:
    """JSON by concatenation: the databases' own JSON functions differ in numbers and spacing."""
    parts: list[ColumnElement[str]] = []
    for index, one in enumerate(sorted(facts, key=lambda f: f.name)):
        parts.append(literal(f'{"," if index else "{"}"{one.name}":', Text()))
        parts.append(_json(one, fact.c[one.name]))
    return _concatenated([*parts, literal("}" if parts else "{}", Text())])


def _json(one: Fact, column: ColumnElement[Any]) -> ColumnElement[str]:
    quote, null = literal('"', Text()), literal("null", Text())
    match one:
        case Exists():
            return case((column.is_(true()), "true"), else_="false")
        case Latest():
            return func.coalesce(quote.concat(column).concat(quote), null)
        case FirstDay():
            return func.coalesce(quote.concat(iso_day(column)).concat(quote), null)
    return func.coalesce(cast(column, Text()), null)


def _concatenated(parts: list[ColumnElement[str]]) -> ColumnElement[str]:
    joined = parts[0]
    for part in parts[1:]:
        joined = joined.concat(part)
    return joined
