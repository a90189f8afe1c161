"""Parameters, points and days: refused declarations, values as people state them, outcomes and words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.rules.facts import Counted, Exists, FactValue, FirstDay, LastDay, Latest, Sum, Value, Within
from kehu.rules.grading import Band, Criterion, Grading, explain, judge
from kehu.rules.parameters import Parameter, Yardstick, show
from kehu.rules.predicates import (
    Above,
    All,
    AtLeast,
    AtMost,
    Award,
    Below,
    DaysSince,
    DaysUntil,
    Known,
    Not,
    OneOf,
    Points,
    Predicate,
    Share,
    True_,
)
from kehu.rules.scheme import Scheme, Term
from kehu.vocabulary import MoneyValue
from kehu.vocabulary.base import ValueRefused

TEXT = Label("文字", "text")
SPENT = Sum("spent", Label("消费", "spent"))
AREA = Value("area", Label("面积", "area"), "Shop", "area", places=3, unit=Label("平方米", "m²"))
VISITS = Counted("visits", Label("来访", "visits"), "Interaction")
FORMAT = Latest("format", Label("业态", "format"), "Shop", "format")
DUE = FirstDay("due", Label("预计日", "expected"), "Shop", "dueOn")
KEEN = Exists("keen", Label("有意向", "is keen"), "Shop")
GOLD = Parameter("gold", Label("金", "gold"), MoneyValue(10_000, "CNY"), floor=MoneyValue(100, "CNY"))
ROOM = Parameter("room", TEXT, Decimal("50.5"), places=3, ceiling=1_000)
SCORE = Points(
    "score",
    Label("得分", "score"),
    (
        Award(Label("有意", "keen"), 20, True_(KEEN)),
        Share(Label("面积", "area"), 30, AREA, Decimal(100)),
        Award(Label("未来访", "no visit"), -5, Not(AtLeast(VISITS, 1))),
    ),
)
TODAY = Yardstick(today=date(2026, 3, 8))
BY = Yardstick(3, {"gold": 20_000, "room": 60_000}, date(2026, 3, 8))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Parameter("Gold", TEXT, 1), "camelCase"),
        (lambda: Parameter("gold", TEXT, 1, floor=2), "outside floor and ceiling"),
        (lambda: Parameter("gold", TEXT, 1, floor=MoneyValue(1, "CNY")), "one currency"),
        (lambda: Parameter("gold", TEXT, Decimal("0.5")), "decimal places"),
        (lambda: Parameter("gold", TEXT, 10**14), "beyond"),
        (lambda: AtLeast(SPENT, Parameter("gold", TEXT, 1)), "never mixed"),
        (lambda: AtLeast(AREA, Parameter("room", TEXT, 1)), "give both the same"),
        (lambda: AtLeast(AREA, Decimal("0.0001")), "decimal places"),
        (lambda: DaysUntil(DUE), "needs at_least"),
        (lambda: DaysSince(DUE, at_most=Parameter("soon", TEXT, Decimal("0.5"), places=1)), "decimal places"),
        (lambda: OneOf(FORMAT), "names no code"),
        (lambda: Within("on", -1), "between 0"),
        (lambda: Value("x", TEXT, "Shop", "area", currency="CNY", places=2), "places"),
        (lambda: Points("score", TEXT, ()), "one part or more"),
        (lambda: Points("score", TEXT, (Award(TEXT, 100_001, True_(KEEN)),)), "within"),
        (lambda: Points("score", TEXT, (Share(TEXT, -1, AREA, 1),)), "below 0"),
        (lambda: _scored(Points("twice", TEXT, (Award(TEXT, 1, AtLeast(SCORE, 1)),))), "other points: twice"),
        (lambda: Share(TEXT, 1, AREA, 0), "above 0"),
    ],
)
def test_refused(make: Callable[[], object], says: str) -> None:
    with pytest.raises(DeclarationError, match=says):
        make()


@pytest.mark.parametrize(
    ("parameter", "raw", "value"),
    [
        (GOLD, "500.00", 50_000), (GOLD, "5万元", 5_000_000), (GOLD, "CNY 1", 100),
        (ROOM, "12.5", 12_500), (ROOM, "1,000", 1_000_000), (ROOM, "-3", -3_000),
    ],
)  # fmt: skip
def test_values_as_people_state_them(parameter: Parameter, raw: str, value: int) -> None:
    assert parameter.parse(raw) == value
    assert parameter.parse(show(value, parameter)) == value


@pytest.mark.parametrize(
    ("parameter", "raw", "code"),
    [
        (GOLD, "0.99", "PARAMETER_RANGE"), (GOLD, "USD 5", "PARAMETER_CURRENCY"), (ROOM, "1000.001", "PARAMETER_RANGE"),
        (ROOM, "0.0001", "PARAMETER_FORMAT"), (ROOM, "NaN", "PARAMETER_FORMAT"), (ROOM, "1e99", "PARAMETER_FORMAT"),
        (ROOM, "Infinity", "PARAMETER_FORMAT"), (ROOM, "ten", "PARAMETER_FORMAT"),
    ],
)  # fmt: skip
def test_values_that_are_none(parameter: Parameter, raw: str, code: str) -> None:
    with pytest.raises(ValueRefused) as refused:
        parameter.parse(raw)
    assert refused.value.problem.code == code


def test_a_value_beyond_what_a_later_version_allows_is_held_at_its_bound() -> None:
    assert [Yardstick(1, {"gold": value}).number(GOLD) for value in (1, 100, 101)] == [100, 100, 101]
    assert Yardstick(1, {}).number(GOLD) == 10_000


@pytest.mark.parametrize(
    ("predicate", "values", "holds", "en"),
    [
        (AtLeast(SPENT, GOLD), {"spent": 20_000}, True, "spent CNY 200.00 ≥ CNY 200.00"),
        (AtLeast(SPENT, GOLD), {"spent": 19_999}, False, "spent CNY 199.99 < CNY 200.00"),
        (AtMost(AREA, ROOM), {"area": 60_000}, True, "area 60 m² ≤ 60 m²"),
        (Above(AREA, ROOM), {"area": 60_000}, False, "area 60 m² ≤ 60 m²"),
        (Below(AREA, ROOM), {"area": 59_999}, True, "area 59.999 m² < 60 m²"),
        (Below(AREA, ROOM), {"area": None}, False, "area not recorded ≥ 60 m²"),
        (OneOf(FORMAT, "A", "B"), {"format": "B"}, True, "format B ∈ A/B"),
        (OneOf(FORMAT, "A"), {"format": None}, False, "format not recorded ∉ A"),
        (Known(DUE), {"due": None}, False, "expected not recorded"),
        (DaysUntil(DUE, at_most=7), {"due": "2026-03-15"}, True, "expected 2026-03-15, days until then ≤ 7"),
        (DaysUntil(DUE, at_most=7), {"due": "2026-03-16"}, False, "expected 2026-03-16, not days until then ≤ 7"),
        (
            DaysSince(DUE, at_least=0, at_most=1),
            {"due": "2026-03-08"},
            True,
            "expected 2026-03-08, days since ≥ 0 and ≤ 1",
        ),
        (DaysSince(DUE, at_least=0), {"due": None}, False, "expected not recorded, not days since ≥ 0"),
    ],
)
def test_outcomes_and_words(predicate: Predicate, values: dict[str, FactValue], holds: bool, en: str) -> None:
    assert predicate.holds(values, BY) is holds
    assert Not(predicate).holds(values, BY) is not holds
    assert predicate.describe(values, BY).en == en
    assert predicate.describe(values, BY).zh != en


def test_a_day_needs_a_today() -> None:
    with pytest.raises(DeclarationError, match="give today"):
        DaysUntil(DUE, at_most=7).holds({"due": "2026-03-08"})


@given(area=st.one_of(st.none(), st.integers(-10, 200_000)), keen=st.booleans(), visits=st.integers(0, 2))
def test_points_never_leave_their_range_and_never_fall_with_the_area(area: int | None, keen: bool, visits: int) -> None:
    values: dict[str, FactValue] = {"area": area, "keen": keen, "visits": visits}
    assert -5 <= SCORE.score(values) <= 50
    assert SCORE.score({**values, "area": (area or 0) + 1}) >= SCORE.score(values)
    assert (SCORE.score({**values, "area": 100_000}) == SCORE.score({**values, "area": 99_999})) is False


def _scored(points: Points) -> Grading:
    band = Band("GOOD", TEXT, (Criterion("G1", TEXT, AtLeast(points, 1)),))
    return replace(GRADING, facts=(points, SCORE, KEEN, AREA, VISITS), bands=(band, GRADING.bands[1]))


SCHEME = Scheme(key="shop.level", version=1, label=TEXT, description=TEXT, cites=("S14.R04",),
                terms=tuple(Term(code, TEXT) for code in ("GOOD", "OTHER")))  # fmt: skip
GRADING = Grading(
    key="shop.level", version=1, label=TEXT, scheme=SCHEME, cites=("S14.R04",),
    facts=(SPENT, SCORE, KEEN, AREA, VISITS, DUE),
    bands=(
        Band("GOOD", Label("好", "good"), (
            Criterion("G1", Label("得分高", "high score"), All(AtLeast(SCORE, 45), AtLeast(SPENT, GOLD))),
            Criterion("G2", Label("快到期", "due"), DaysUntil(DUE, at_most=7), note=Label("敏感事项", "sensitive")),
        )),
        Band("OTHER", TEXT, otherwise=True),
    ),
)  # fmt: skip


def test_an_explanation_shows_points_note_and_standard() -> None:
    facts: dict[str, FactValue] = {"spent": 20_000, "keen": True, "area": 90_000, "visits": 1, "due": "2026-03-10"}
    verdict = judge(GRADING, facts, BY)
    assert (verdict.band, verdict.met, dict(verdict.facts)["score"]) == ("GOOD", ("G1", "G2"), 47)
    assert explain(GRADING, verdict, BY).en == (
        "GOOD good: G1 (high score: score 47 points (keen 20, area 27) ≥ 45 points and spent CNY 200.00 ≥ CNY 200.00), "
        "G2 (due: expected 2026-03-10, days until then ≤ 7; sensitive). By standard 3"
    )
    assert "敏感事项" in explain(GRADING, verdict, BY).zh
    assert explain(GRADING, verdict, BY).zh.endswith("。按第3号标准")
    assert judge(GRADING, {**facts, "due": None}, TODAY).met == ("G1",)


def test_what_a_standard_sets_and_what_the_calendar_moves() -> None:
    assert GRADING.parameters == (GOLD,)
    assert GRADING.reads_the_day
    assert GRADING.records == {"Holding", "Shop", "Interaction"}
    other = replace(GOLD, default=MoneyValue(20_000, "CNY"))
    band = Band("GOOD", TEXT, (Criterion("G1", TEXT, All(AtLeast(SPENT, GOLD), AtLeast(SPENT, other))),))
    with pytest.raises(DeclarationError, match="declared twice, and differently: gold"):
        replace(GRADING, facts=(SPENT,), bands=(band, GRADING.bands[1]))


def test_a_changed_default_is_a_change_of_the_rule() -> None:
    band = replace(GRADING.bands[0], criteria=(Criterion("G1", TEXT, AtLeast(SPENT, GOLD)),))
    first = replace(GRADING, facts=(SPENT,), bands=(band, GRADING.bands[1]))
    lower = Criterion("G1", TEXT, AtLeast(SPENT, replace(GOLD, default=MoneyValue(9_999, "CNY"))))
    second = replace(first, bands=(replace(band, criteria=(lower,)), GRADING.bands[1]))
    assert first.fingerprint != second.fingerprint
    assert first.fingerprint == replace(first, label=Label("另", "other")).fingerprint


def test_the_first_and_the_last_day_are_different_rules() -> None:
    last = LastDay("due", DUE.label, "Shop", "dueOn")
    assert last != DUE
