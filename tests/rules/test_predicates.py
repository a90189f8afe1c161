"""Facts and predicates: refused declarations, outcomes, inputs, and words in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.rules.facts import Exists, FactValue, Is, IsNull, IsTrue, NotNull, Sum
from kehu.rules.predicates import All, Any_, AtLeast, Fact, Not, Predicate, True_
from kehu.rules.walk import facts_in
from kehu.vocabulary import MoneyValue

BOUGHT = Sum("bought", Label("累计购买", "purchases"), where=(Is("status", "ACTIVE"), NotNull("openedOn")))
VISITS = Sum("visits", Label("来访次数", "visits"), record="Tally", field="visits", currency=None)
VILLA = Exists(
    "villa",
    Label("有别墅", "has a villa"),
    "House",
    where=(Is("type", "VILLA"), IsNull("soldOn")),
    parent="Holding",
    on_parent=(Is("status", "ACTIVE"),),
)
KEEN = Exists("keen", Label("有意向", "is keen"), "Profile", where=(IsTrue("keen"),))

RICH = AtLeast(BOUGHT, MoneyValue(10_000, "CNY"))
OFTEN = AtLeast(VISITS, 3)
ROYAL = All(Any_(True_(VILLA), RICH), Not(True_(KEEN)))


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: Sum("Bought", BOUGHT.label), "camelCase"),
        (lambda: Exists("is_villa", BOUGHT.label, "House"), "camelCase"),
        (lambda: Sum("bought", BOUGHT.label, currency="yuan"), "not one that Money knows"),
        (lambda: Is("status"), "names no code"),
        (lambda: Exists("villa", BOUGHT.label, "House", on_parent=(IsTrue("x"),)), "no parent named"),
        (lambda: AtLeast(BOUGHT, 3), "never mixed"),
        (lambda: AtLeast(BOUGHT, MoneyValue(3, "USD")), "never mixed"),
        (lambda: AtLeast(VISITS, MoneyValue(3, "CNY")), "never mixed"),
        (lambda: All(True_(KEEN)), "two predicates or more"),
        (lambda: Any_(), "two predicates or more"),
    ],
)
def test_refused(make: type[object], says: str) -> None:
    with pytest.raises(DeclarationError, match=says):
        make()


@pytest.mark.parametrize(
    ("fact", "inputs"),
    [
        (BOUGHT, (("Holding", "amount"), ("Holding", "openedOn"), ("Holding", "status"))),
        (VISITS, (("Tally", "visits"),)),
        (VILLA, (("Holding", "status"), ("House", "soldOn"), ("House", "type"))),
        (KEEN, (("Profile", "keen"),)),
    ],
)
def test_inputs_are_every_field_that_a_fact_reads(fact: Fact, inputs: tuple[tuple[str, str], ...]) -> None:
    assert fact.inputs == inputs


@pytest.mark.parametrize(
    ("predicate", "values", "outcome"),
    [
        (RICH, {"bought": 9_999}, False),
        (RICH, {"bought": 10_000}, True),
        (RICH, {"bought": 10_001}, True),
        (RICH, {"bought": -10_000}, False),
        (OFTEN, {"visits": 2}, False),
        (OFTEN, {"visits": 3}, True),
        (True_(KEEN), {"keen": True}, True),
        (True_(KEEN), {"keen": False}, False),
        (Not(True_(KEEN)), {"keen": False}, True),
        (ROYAL, {"villa": True, "bought": 0, "keen": False}, True),
        (ROYAL, {"villa": False, "bought": 10_000, "keen": False}, True),
        (ROYAL, {"villa": False, "bought": 9_999, "keen": False}, False),
        (ROYAL, {"villa": True, "bought": 0, "keen": True}, False),
    ],
)
def test_outcomes(predicate: Predicate, values: dict[str, FactValue], outcome: bool) -> None:
    assert predicate.holds(values) is outcome


@pytest.mark.parametrize(
    ("predicate", "zh", "en"),
    [
        (RICH, "累计购买 ≥ CNY 100.00", "purchases ≥ CNY 100.00"),
        (OFTEN, "来访次数 ≥ 3", "visits ≥ 3"),
        (True_(VILLA), "有别墅", "has a villa"),
        (Not(True_(KEEN)), "无「有意向」", "no “is keen”"),
        (
            ROYAL,
            "(有别墅或累计购买 ≥ CNY 100.00),且无「有意向」",
            "(has a villa or purchases ≥ CNY 100.00) and no “is keen”",
        ),
    ],
)
def test_words(predicate: Predicate, zh: str, en: str) -> None:
    assert predicate.describe() == Label(zh, en)


@pytest.mark.parametrize(
    ("predicate", "values", "en"),
    [
        (RICH, {"bought": 1_234_567}, "purchases CNY 12,345.67 ≥ CNY 100.00"),
        (RICH, {"bought": 9_999}, "purchases CNY 99.99 < CNY 100.00"),
        (Not(RICH), {"bought": 9_999}, "purchases CNY 99.99 < CNY 100.00"),
        (OFTEN, {"visits": 1_000}, "visits 1,000 ≥ 3"),
        (ROYAL, {"villa": True, "bought": 5, "keen": False}, "has a villa and no “is keen”"),
        (Any_(True_(VILLA), True_(KEEN)), {"villa": False, "keen": False}, "no “has a villa” and no “is keen”"),
    ],
)
def test_words_with_what_was_found(predicate: Predicate, values: dict[str, FactValue], en: str) -> None:
    assert predicate.describe(values).en == en


def test_facts_in_a_predicate() -> None:
    assert list(facts_in(ROYAL)) == [VILLA, BOUGHT, KEEN]


def test_frozen_hashable_printable() -> None:
    assert len({ROYAL, All(Any_(True_(VILLA), RICH), Not(True_(KEEN))), RICH}) == 2
    assert "Is(field='type', codes=('VILLA',))" in repr(ROYAL)


values = st.fixed_dictionaries({"bought": st.integers(-10, 20_000), "villa": st.booleans(), "keen": st.booleans()})
leaves = st.sampled_from([RICH, True_(VILLA), True_(KEEN)])
trees = st.recursive(
    leaves,
    lambda parts: st.one_of(
        parts.map(Not),
        st.lists(parts, min_size=2, max_size=3).map(lambda p: All(*p)),
        st.lists(parts, min_size=2, max_size=3).map(lambda p: Any_(*p)),
    ),
    max_leaves=8,
)


@given(first=trees, second=trees, found=values)
def test_de_morgan(first: Predicate, second: Predicate, found: dict[str, FactValue]) -> None:
    assert Not(All(first, second)).holds(found) == Any_(Not(first), Not(second)).holds(found)
    assert Not(Any_(first, second)).holds(found) == All(Not(first), Not(second)).holds(found)


@given(predicate=trees, found=values)
def test_there_are_always_words(predicate: Predicate, found: dict[str, FactValue]) -> None:
    for told in (predicate.describe(), predicate.describe(found)):
        assert told.zh.strip() != ""
        assert told.en.strip() != ""
