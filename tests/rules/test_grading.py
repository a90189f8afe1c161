"""Gradings: refused declarations, verdicts, explanations, the check against records."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.records import Owner, Record, field
from kehu.rules.facts import Exists, FactValue, Is, IsNull, IsTrue, Sum
from kehu.rules.grading import Band, Criterion, Grading, Verdict, check_grading, explain, judge
from kehu.rules.predicates import All, AtLeast, Fact, True_
from kehu.rules.scheme import Scheme, Term
from kehu.vocabulary import Code, Count, Flag, FreeText, Money, MoneyValue

TEXT = Label("文字", "text")
SPENT = Sum("spent", Label("消费", "spending"))
KEEN = Exists("keen", Label("有意向", "is keen"), "Profile", where=(IsTrue("keen"),))
LEVELS = Scheme(
    key="shop.level",
    version=1,
    label=TEXT,
    description=TEXT,
    terms=(Term("GOLD", TEXT), Term("SILVER", TEXT), Term("PLAIN", TEXT)),
    cites=("S17.R08",),
)
G1 = Criterion("G1", Label("大额", "spends much"), AtLeast(SPENT, MoneyValue(10_000, "CNY")), ("S17.R09",))
G2 = Criterion(
    "G2", Label("较多且有意", "spends and is keen"), All(AtLeast(SPENT, MoneyValue(5_000, "CNY")), True_(KEEN))
)
S1 = Criterion("S1", Label("有意", "keen"), True_(KEEN))
NEARLY = AtLeast(SPENT, MoneyValue(9_999, "CNY"))
GOLD = Band("GOLD", Label("金", "Gold"), (G1, G2), data=(("card", "YELLOW"),))
SILVER = Band("SILVER", Label("银", "Silver"), (S1,))
PLAIN = Band("PLAIN", Label("普通", "Plain"), otherwise=True)
GRADING = Grading(
    key="shop.level",
    version=1,
    label=TEXT,
    scheme=LEVELS,
    facts=(SPENT, KEEN),
    bands=(GOLD, SILVER, PLAIN),
    cites=("S17.R08",),
)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"key": "level"}, "area.name"),
        ({"version": 0}, "below 1"),
        ({"default": True}, "need a source"),
        ({"bands": ()}, "otherwise=True"),
        ({"bands": (GOLD, SILVER)}, "otherwise=True"),
        ({"bands": (PLAIN, GOLD, SILVER)}, "otherwise=True"),
        ({"bands": (GOLD, replace(SILVER, criteria=(), otherwise=True), PLAIN)}, "otherwise=True"),
        ({"bands": (GOLD, GOLD, PLAIN)}, "bands declared twice: GOLD"),
        ({"bands": (GOLD, replace(SILVER, criteria=(G1,)), PLAIN)}, "criteria declared twice: G1"),
        ({"bands": (GOLD, replace(SILVER, code="IRON"), PLAIN)}, "no term 'IRON'"),
        ({"bands": (GOLD, replace(SILVER, criteria=()), PLAIN)}, "not both"),
        ({"bands": (GOLD, replace(PLAIN, criteria=(S1,)))}, "not both"),
        ({"bands": (GOLD, replace(SILVER, criteria=(replace(S1, code="s1"),)), PLAIN)}, "CAPS_SNAKE"),
        ({"facts": (SPENT,)}, "used but not listed: keen"),
        ({"facts": (SPENT, replace(KEEN, record="Other"))}, "used but not listed: keen"),
        ({"facts": (SPENT, KEEN, replace(SPENT, name="Keen".lower()))}, "facts declared twice: keen"),
        ({"facts": (SPENT, KEEN, replace(KEEN, name="kEEN"))}, "facts declared twice: keen"),
        ({"facts": (SPENT, KEEN, replace(KEEN, name="idle"))}, "listed but not used: idle"),
    ],
)
def test_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(DeclarationError, match=says):
        replace(GRADING, **changes)  # type: ignore[arg-type]  # reason: one table for fields of several types


@pytest.mark.rule("S17.R08", "S17.R12")
@pytest.mark.parametrize(
    ("spent", "keen", "band", "met"),
    [
        (0, False, "PLAIN", ()),
        (4_999, True, "SILVER", ("S1",)),
        (5_000, True, "GOLD", ("G2", "S1")),
        (9_999, False, "PLAIN", ()),
        (10_000, False, "GOLD", ("G1",)),
        (10_000, True, "GOLD", ("G1", "G2", "S1")),
    ],
)
def test_the_highest_band_wins_and_all_met_criteria_are_kept(
    spent: int, keen: bool, band: str, met: tuple[str, ...]
) -> None:
    verdict = judge(GRADING, {"spent": spent, "keen": keen})
    assert (verdict.band, verdict.met) == (band, met)


def test_explanations_name_criterion_value_and_threshold() -> None:
    both = judge(GRADING, {"spent": 1_200_000, "keen": True})
    assert explain(GRADING, both) == Label(
        "GOLD 金:G1(大额:消费 CNY 12,000.00 ≥ CNY 100.00)、"
        "G2(较多且有意:消费 CNY 12,000.00 ≥ CNY 50.00,且有意向);同时满足 S1(有意:有意向)",
        "GOLD Gold: G1 (spends much: spending CNY 12,000.00 ≥ CNY 100.00), "
        "G2 (spends and is keen: spending CNY 12,000.00 ≥ CNY 50.00 and is keen); also met: S1 (keen: is keen)",
    )
    none = judge(GRADING, {"spent": 9_999, "keen": False})
    assert explain(GRADING, none) == Label(
        "PLAIN 普通:未满足更高级别的任何条件", "PLAIN Plain: no criterion of a higher grade is met"
    )


def test_a_verdict_of_another_version_is_not_explained_by_this_one() -> None:
    with pytest.raises(DeclarationError, match=r"shop\.level version 1 has no band 'IRON'"):
        explain(GRADING, Verdict("IRON", (), ()))


@given(spent=st.integers(-(10**15), 10**15), keen=st.booleans())
def test_stored_verdicts_come_back_the_same(spent: int, keen: bool) -> None:
    verdict = judge(GRADING, {"spent": spent, "keen": keen})
    assert Verdict.stored(verdict.band, verdict.met_text, verdict.facts_text) == verdict


def test_facts_are_stored_as_canonical_json() -> None:
    assert judge(GRADING, {"spent": 5, "keen": True}).facts_text == '{"keen":true,"spent":5}'


def test_inputs_are_those_of_all_facts() -> None:
    assert GRADING.inputs == (("Holding", "amount"), ("Profile", "keen"))


@pytest.mark.promise(10)
@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"label": Label("别的", "other")}, True),
        ({"bands": (replace(GOLD, label=TEXT), SILVER, PLAIN)}, True),
        ({"cites": ("S17.R16",)}, True),
        ({"bands": (replace(GOLD, criteria=(G2, G1)), SILVER, PLAIN)}, False),
        (
            {"bands": (replace(GOLD, criteria=(replace(G1, when=NEARLY), G2)), SILVER, PLAIN)},
            False,
        ),
    ],
)
def test_the_fingerprint_tells_a_rule_changed_in_place(changes: dict[str, object], same: bool) -> None:
    changed = replace(GRADING, **changes)  # type: ignore[arg-type]  # reason: one table for fields of several types
    assert (changed.fingerprint == GRADING.fingerprint) is same


def record(name: str, *fields: object, **changes: object) -> Record:
    given: dict[str, object] = {
        "name": name,
        "label": TEXT,
        "description": TEXT,
        "fields": fields,
        "cites": ("S17.R08",),
        "accessor": name.lower(),
    }
    return Record(**(given | changes))  # type: ignore[arg-type]  # reason: one table for fields of several types


RECORDS = {
    made.name: made
    for made in (
        record(
            "Holding",
            field("amount", Money, "金额", "Amount"),
            field("status", Code, "状态", "Status"),
            field("note", FreeText, "备注", "Note"),
        ),
        record("Profile", field("keen", Flag, "有意", "Keen"), field("visits", Count, "次数", "Visits")),
        record("House", field("type", Code, "类型", "Type"), parent="Holding"),
        record("Staff", field("keen", Flag, "有意", "Keen"), owner=Owner.ENTITY, parent=None, accessor=None),
    )
}


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (Exists("keen", TEXT, "Absent"), "there is no record Absent"),
        (Exists("keen", TEXT, "Staff", where=(IsTrue("keen"),)), "Staff isn't a customer's record"),
        (Exists("keen", TEXT, "Profile", where=(IsTrue("absent"),)), "Profile has no field absent"),
        (Exists("keen", TEXT, "Holding", where=(IsNull("note"),)), "Holding.note is sealed"),
        (Exists("keen", TEXT, "Holding", where=(Is("note", "X"),)), "Holding.note is sealed"),
        (Exists("keen", TEXT, "Profile", where=(Is("keen", "X"),)), "Profile.keen is boolean, not text"),
        (Exists("keen", TEXT, "Holding", where=(IsTrue("status"),)), "Holding.status is text, not boolean"),
        (Exists("keen", TEXT, "Profile", parent="Holding"), "Profile doesn't belong to Holding"),
        (
            Exists("keen", TEXT, "House", parent="Holding", on_parent=(IsNull("note"),)),
            "Holding.note is sealed",
        ),
    ],
)
def test_a_fact_over_a_field_that_cannot_be_graded_is_refused(fact: Exists, says: str) -> None:
    with pytest.raises(DeclarationError, match=f"grading shop.level, fact keen: {says}"):
        check_grading(_only(fact), RECORDS)


@pytest.mark.parametrize(
    ("fact", "says"),
    [
        (Sum("spent", TEXT, "Holding", "status"), "Holding.status is text, not money"),
        (Sum("spent", TEXT, "Profile", "visits"), "Profile.visits is integer, not money"),
        (Sum("spent", TEXT, "Holding", "note"), "Holding.note is sealed"),
    ],
)
def test_only_money_is_summed_in_a_currency(fact: Sum, says: str) -> None:
    with pytest.raises(DeclarationError, match=f"grading shop.level, fact spent: {says}"):
        check_grading(_only(fact), RECORDS)


def test_money_is_not_summed_without_a_currency() -> None:
    with pytest.raises(DeclarationError, match=r"Holding\.amount is money, not integer"):
        check_grading(_only(Sum("spent", TEXT, currency=None)), RECORDS)


def test_a_sound_grading_passes() -> None:
    check_grading(GRADING, RECORDS)
    check_grading(_only(Sum("visits", TEXT, "Profile", "visits", currency=None)), RECORDS)
    check_grading(_only(Exists("house", TEXT, "House", (Is("type", "X"),), "Holding", (Is("status", "Y"),))), RECORDS)


def _only(fact: Fact) -> Grading:
    if isinstance(fact, Sum):
        threshold: FactValue | MoneyValue = 1 if fact.currency is None else MoneyValue(1, fact.currency)
        when: AtLeast | True_ = AtLeast(fact, threshold)
    else:
        when = True_(fact)
    bands = (Band("GOLD", TEXT, (Criterion("G1", TEXT, when),)), PLAIN)
    return replace(GRADING, facts=(fact,), bands=bands)
