"""S17 Art.4 worked out by hand: every case below was graded on paper from the text, then put to SQL and to Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Uuid, select

from kehu.crypto.ids import uuid7
from kehu.customers.records import RECORDS as CORE_RECORDS
from kehu.grading.days import local_day
from kehu.grading.plain import verdict_of
from kehu.grading.run import EVERYBODY, grade
from kehu.rules.facts import Is
from kehu.rules.grading import Verdict, check_grading, explain
from kehu.store.engine import open_engines
from kehu.store.system import system_metadata
from kehu.store.tables import Tables, build_tables
from kehu_realestate.grades import IMPORTANCE
from kehu_realestate.records import RECORDS
from kehu_realestate.schemes import CARD, GRADE, JUDGEMENT_KIND, PROPERTY_TYPE, SCHEMES, SOURCE

NOW = datetime(2026, 3, 7, 9, 30, tzinfo=UTC)
ENTITY = UUID(int=1)
ALL_RECORDS = (*CORE_RECORDS, *RECORDS)
WAN = 10_000_00  # 万元, in fen


@dataclass(frozen=True)
class Deal:
    """One holding: what it cost in fen, and what was bought (None: no property row beside it)."""

    fen: int | None
    what: str | None = "APARTMENT"
    status: str = "ACTIVE"
    currency: str | None = "CNY"
    kind: str = "PROPERTY"


@dataclass(frozen=True)
class Case:
    """A customer as the sales office knows him; no profile at all where both flags are ``...``."""

    deals: tuple[Deal, ...] = ()
    judged: tuple[tuple[str, str], ...] = ()
    intention: Any = None
    active: Any = None
    registered: bool = field(default=True)


def deals(*given: Deal) -> dict[str, Any]:
    return {"deals": given}


def approved(*kinds: str) -> dict[str, Any]:
    return {"judged": tuple((kind, "APPROVED") for kind in kinds)}


def judged(kind: str, status: str) -> dict[str, Any]:
    return {"judged": ((kind, status),)}


VILLA = Deal(300 * WAN, "DETACHED_VILLA")
SAME = Deal(300 * WAN, "SAME_TYPE")
FLAT = Deal(100 * WAN, "APARTMENT")

# name, what is known, the grade, all criteria met
CASES: tuple[tuple[str, dict[str, Any], str, str], ...] = (
    # A1: 累计购买5000万元以上
    ("A1 exactly 5000万 in one purchase", deals(Deal(5_000 * WAN)), "A", "A1,B2,C1"),
    ("A1 one fen less", deals(Deal(5_000 * WAN - 1)), "B", "B2,C1"),
    ("A1 one fen more", deals(Deal(5_000 * WAN + 1)), "A", "A1,B2,C1"),
    ("A1 exactly, across projects", deals(Deal(2_000 * WAN), Deal(2_999 * WAN), Deal(1 * WAN)), "A", "A1,B2,C1"),
    ("A1 one fen less across projects", deals(Deal(2_500 * WAN), Deal(2_500 * WAN - 1)), "B", "B2,C1"),
    ("A1 with a cancelled purchase left out", deals(Deal(4_999 * WAN), Deal(WAN, status="CANCELLED")), "B", "B2,C1"),
    ("A1 counts what was resold since", deals(Deal(4_000 * WAN, status="ENDED"), Deal(1_000 * WAN)), "A", "A1,B2,C1"),
    ("A1 not in dollars", deals(Deal(5_000 * WAN, currency="USD")), "C", "C1"),
    ("A1 not with dollars added", deals(Deal(4_999 * WAN), Deal(WAN, currency="USD")), "B", "B2,C1"),
    ("A1 not by what isn't property", deals(Deal(5_000 * WAN, kind="ACCOUNT")), "E", ""),
    ("A1 with villas too", deals(Deal(5_000 * WAN, "DETACHED_VILLA")), "A", "A1,B1,B2,C1"),
    # A2: 独立别墅 + 影响力
    ("A2 villa, influence in the field", deals(VILLA) | approved("INFLUENCE_FIELD"), "A", "A2,B1,C1"),
    ("A2 villa, influence in Midea", deals(VILLA) | approved("INFLUENCE_MIDEA"), "A", "A2,B1,C1"),
    ("A2 villa alone is not enough", deals(VILLA), "B", "B1,C1"),
    ("A2 influence only proposed", deals(VILLA) | judged("INFLUENCE_FIELD", "PROPOSED"), "B", "B1,C1"),
    ("A2 influence refused", deals(VILLA) | judged("INFLUENCE_MIDEA", "REFUSED"), "B", "B1,C1"),
    ("A2 same type is no detached villa", deals(SAME) | approved("INFLUENCE_FIELD"), "B", "B1,C1"),
    ("A2 influence without a villa", deals(FLAT) | approved("INFLUENCE_FIELD"), "C", "C1"),
    ("A2 influence in the industry is B3's", deals(VILLA) | approved("INFLUENCE_INDUSTRY"), "B", "B1,B3,C1"),
    (
        "A2 a cancelled villa",
        deals(Deal(300 * WAN, "DETACHED_VILLA", "CANCELLED")) | approved("INFLUENCE_FIELD"),
        "E",
        "",
    ),
    ("A2 villa resold since", deals(Deal(1, "DETACHED_VILLA", "ENDED")) | approved("INFLUENCE_MIDEA"), "A", "A2,B1,C1"),
    (
        "A2 the cancelled one was the villa",
        deals(FLAT, Deal(300 * WAN, "DETACHED_VILLA", "CANCELLED")) | approved("INFLUENCE_FIELD"),
        "C",
        "C1",
    ),
    # A3: 独立或同类型物业 + 带动购买 (C-03)
    ("A3 villa, brings buyers", deals(VILLA) | approved("BRINGS_BUYERS"), "A", "A3,B1,C1"),
    ("A3 same type, brings buyers", deals(SAME) | approved("BRINGS_BUYERS"), "A", "A3,B1,C1"),
    ("A3 flat, brings buyers", deals(FLAT) | approved("BRINGS_BUYERS"), "C", "C1"),
    ("A3 a non-buyer who brings buyers", approved("BRINGS_BUYERS"), "E", ""),
    ("A3 only proposed", deals(SAME) | judged("BRINGS_BUYERS", "PROPOSED"), "B", "B1,C1"),
    (
        "A1, A2 and A3 together",
        deals(Deal(5_000 * WAN, "DETACHED_VILLA")) | approved("INFLUENCE_MIDEA", "BRINGS_BUYERS"),
        "A",
        "A1,A2,A3,B1,B2,C1",
    ),
    # B1: 独立别墅或同等类型物业
    ("B1 villa", deals(VILLA), "B", "B1,C1"),
    ("B1 same type", deals(SAME), "B", "B1,C1"),
    ("B1 not a shop", deals(Deal(300 * WAN, "SHOP")), "C", "C1"),
    ("B1 not a parking space", deals(Deal(20 * WAN, "PARKING")), "C", "C1"),
    ("B1 not another type", deals(Deal(300 * WAN, "OTHER")), "C", "C1"),
    ("B1 a villa whose price is unknown", deals(Deal(None, "DETACHED_VILLA", currency=None)), "B", "B1,C1"),
    ("B1 a villa paid in Hong Kong dollars", deals(Deal(1, "DETACHED_VILLA", currency="HKD")), "B", "B1,C1"),
    # B2: 累计金额达800万或以上
    ("B2 exactly 800万", deals(Deal(800 * WAN)), "B", "B2,C1"),
    ("B2 one fen less", deals(Deal(800 * WAN - 1)), "C", "C1"),
    ("B2 one fen more", deals(Deal(800 * WAN + 1)), "B", "B2,C1"),
    ("B2 exactly, in two purchases", deals(Deal(799 * WAN), Deal(WAN)), "B", "B2,C1"),
    ("B2 one fen less in two", deals(Deal(799 * WAN), Deal(WAN - 1)), "C", "C1"),
    ("B2 lost by a cancellation", deals(Deal(799 * WAN), Deal(WAN, status="CANCELLED")), "C", "C1"),
    ("B2 not with another currency", deals(Deal(799 * WAN), Deal(WAN, currency="HKD")), "C", "C1"),
    # B3: 已购买 + 重要官员或行业影响力
    ("B3 official", deals(FLAT) | approved("OFFICIAL"), "B", "B3,C1"),
    ("B3 influence in the industry", deals(FLAT) | approved("INFLUENCE_INDUSTRY"), "B", "B3,C1"),
    ("B3 official who bought nothing", approved("OFFICIAL"), "E", ""),
    ("B3 only proposed", deals(FLAT) | judged("OFFICIAL", "PROPOSED"), "C", "C1"),
    ("B3 refused", deals(FLAT) | judged("INFLUENCE_INDUSTRY", "REFUSED"), "C", "C1"),
    ("B3 refused once, approved later", deals(FLAT)
     | {"judged": (("OFFICIAL", "REFUSED"), ("OFFICIAL", "APPROVED"))}, "B", "B3,C1"),
    ("B3 his purchase was cancelled", deals(Deal(100 * WAN, status="CANCELLED")) | approved("OFFICIAL"), "E", ""),
    ("B3 beside B2", deals(Deal(800 * WAN)) | approved("OFFICIAL"), "B", "B2,B3,C1"),
    # C: 已购买物业
    ("C any purchase", deals(FLAT), "C", "C1"),
    ("C for one fen", deals(Deal(1)), "C", "C1"),
    ("C price unknown", deals(Deal(None, currency=None)), "C", "C1"),
    ("C without details of the property", deals(Deal(100 * WAN, None)), "C", "C1"),
    ("C sold since", deals(Deal(100 * WAN, status="ENDED")), "C", "C1"),
    ("C with intention too", deals(FLAT) | {"intention": True, "active": True}, "C", "C1,D1,D2"),
    ("C not by a cancelled purchase", deals(Deal(100 * WAN, status="CANCELLED")), "E", ""),
    # D: 购买意向或积极参与活动
    ("D intends to buy", {"intention": True}, "D", "D1"),
    ("D active in events", {"active": True}, "D", "D2"),
    ("D both", {"intention": True, "active": True}, "D", "D1,D2"),
    ("D after a cancellation, still keen", deals(Deal(WAN, status="CANCELLED")) | {"intention": True}, "D", "D1"),
    # E: 普通来访来电
    ("E both flags no", {"intention": False, "active": False}, "E", ""),
    ("E flags unknown", {"intention": None, "active": None}, "E", ""),
    ("E no profile", {"registered": False}, "E", ""),
)  # fmt: skip


class Office:
    """The sales office's database of one test."""

    def __init__(self, conn: Connection, tables: Tables) -> None:
        self.conn, self.tables = conn, tables

    def put(self, record: str, customer: UUID, **values: object) -> UUID:
        table = self.tables[record]
        row: dict[str, object] = {"legal_entity_id": ENTITY, "customer_id": customer, "id": uuid7()}
        row |= {"created_at": NOW, "changed_at": NOW, "pseudonym": customer.hex} | values
        for column in table.c:
            if not column.nullable and column.server_default is None and column.name not in row:
                row[column.name] = uuid7() if isinstance(column.type, Uuid) else NOW if "_at" in column.name else "X"
        self.conn.execute(table.insert().values({name: value for name, value in row.items() if name in table.c}))
        return UUID(str(row["id"]))

    def register(self, case: Case) -> UUID:
        customer = uuid7()
        self.put("Customer", customer, kind="PERSON", stage="PROSPECT")
        for deal in case.deals:
            money = {"amount_minor": deal.fen, "amount_currency": deal.currency}
            holding = self.put("Holding", customer, kind=deal.kind, status=deal.status, **money)
            if deal.what is not None:
                self.put("RealestateProperty", customer, holding_id=holding, property_type=deal.what)
        for kind, status in case.judged:
            self.put("Judgement", customer, kind=kind, status=status)
        if case.registered:
            flags = {"purchase_intention": case.intention, "active_in_events": case.active}
            self.put("RealestateProfile", customer, source="VISIT", **flags)
        return customer

    def grade(self, *customers: UUID) -> None:
        chosen = customers or EVERYBODY
        grade(self.conn, self.tables.by_record, IMPORTANCE, legal_entity=ENTITY, customers=chosen, now=NOW)

    def by_sql(self, customer: UUID) -> Verdict:
        table = self.tables["Grade"]
        current = select(table).where(table.c.customer_id == customer, table.c.superseded_at.is_(None))
        row = self.conn.execute(current).one()
        return Verdict.stored(row.band, row.met, row.facts)

    def by_python(self, customer: UUID) -> Verdict:
        day = local_day(ZoneInfo("UTC"), NOW)
        return verdict_of(self.conn, self.tables.by_record, IMPORTANCE, ENTITY, customer, day)


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    engines = open_engines(database_url)
    tables = build_tables(ALL_RECORDS)
    tables.metadata.create_all(engines.write)
    system_metadata.create_all(engines.write)
    with engines.write.connect() as conn:
        yield Office(conn, tables)
    engines.dispose()


def told(verdict: Verdict) -> tuple[str, str]:
    return verdict.band, verdict.met_text


@pytest.mark.rule(*(f"S17.R{number:02}" for number in range(8, 19)))
def test_cases_worked_out_by_hand(office: Office) -> None:
    """All at once, as the nightly run grades them, by SQL and by plain reading."""
    customers = {name: office.register(Case(**known)) for name, known, _, _ in CASES}
    office.grade()
    expected = {name: (band, met) for name, _, band, met in CASES}
    assert {name: told(office.by_sql(customer)) for name, customer in customers.items()} == expected
    assert {name: told(office.by_python(customer)) for name, customer in customers.items()} == expected
    assert len(expected) == len(CASES) >= 40


@pytest.mark.rule("S17.R18")
def test_the_grade_appears_with_the_registration_and_follows_each_change(office: Office) -> None:
    customer = office.register(Case())
    office.grade(customer)
    seen = [told(office.by_sql(customer))]
    holding = office.put(
        "Holding", customer, kind="PROPERTY", status="ACTIVE", amount_minor=800 * WAN, amount_currency="CNY"
    )
    office.grade(customer)
    seen.append(told(office.by_sql(customer)))
    table = office.tables["Holding"]
    office.conn.execute(table.update().where(table.c.id == holding).values(status="CANCELLED"))
    office.grade(customer)
    seen.append(told(office.by_sql(customer)))
    assert seen == [("E", ""), ("B", "B2,C1"), ("E", "")]


@pytest.mark.rule("S17.R17")
def test_removing_intention_and_activity_returns_to_e(office: Office) -> None:
    customer = office.register(Case(intention=True, active=True))
    office.grade()
    assert told(office.by_sql(customer)) == ("D", "D1,D2")
    table = office.tables["RealestateProfile"]
    office.conn.execute(table.update().values(purchase_intention=False, active_in_events=None))
    office.grade()
    assert told(office.by_sql(customer)) == ("E", "")


@pytest.mark.rule("S17.R08", "S17.R15")
@pytest.mark.parametrize(
    ("known", "zh", "en"),
    [
        (
            deals(Deal(5_000 * WAN)),
            "A 贵宾级客户:A1(累计购买5000万元以上物业:累计购买金额 CNY 50,000,000.00 ≥ CNY 50,000,000.00);同时满足 ",
            "A VIP: A1 (cumulative purchases of CNY 50,000,000 or more: "
            "cumulative purchases CNY 50,000,000.00 ≥ CNY 50,000,000.00); also met: B2 (",
        ),
        (
            deals(FLAT) | approved("OFFICIAL"),
            "B 重要客户:B3(已购买物业,且为重要官员或行业影响人士:已购买物业,且经批准认定",
            "B Important: B3 (has bought; an official, or influential in the industry: has bought property and",
        ),
        (Case().__dict__, "E 普通咨询客户:未满足更高级别的任何条件", "E Ordinary enquiry: no criterion of a higher"),
    ],
)
def test_the_explanation_names_the_criterion(office: Office, known: dict[str, Any], zh: str, en: str) -> None:
    customer = office.register(Case(**known))
    office.grade()
    explained = explain(IMPORTANCE, office.by_sql(customer))
    assert explained.zh.startswith(zh)
    assert explained.en.startswith(en)
    assert explained == explain(IMPORTANCE, office.by_python(customer))


a_deal = st.builds(
    Deal,
    fen=st.one_of(
        st.none(),
        st.sampled_from([0, 1, 400 * WAN, 800 * WAN - 1, 800 * WAN, 4_200 * WAN, 5_000 * WAN - 1, 5_000 * WAN]),
        st.integers(0, 6_000 * WAN),
    ),
    what=st.one_of(st.none(), st.sampled_from(PROPERTY_TYPE.codes)),
    status=st.sampled_from(["ACTIVE", "ACTIVE", "ENDED", "CANCELLED"]),
    currency=st.sampled_from(["CNY", "CNY", "CNY", "USD", None]),
    kind=st.sampled_from(["PROPERTY", "PROPERTY", "PROPERTY", "ACCOUNT"]),
)
a_flag = st.sampled_from([True, False, None])
a_case = st.builds(
    Case,
    deals=st.lists(a_deal, max_size=4).map(tuple),
    judged=st.lists(
        st.tuples(st.sampled_from(JUDGEMENT_KIND.codes), st.sampled_from(["PROPOSED", "APPROVED", "APPROVED"])),
        max_size=3,
    ).map(tuple),
    intention=a_flag,
    active=a_flag,
    registered=st.booleans(),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cases=st.lists(a_case, min_size=1, max_size=3), named=st.booleans())
def test_sql_and_python_always_agree(office: Office, cases: list[Case], named: bool) -> None:
    with office.conn.begin_nested() as undo:
        customers = [office.register(case) for case in cases]
        office.grade(*(customers if named else ()))
        for customer in customers:
            assert office.by_sql(customer) == office.by_python(customer)
        undo.rollback()


def test_the_grading_reads_only_declared_clear_fields() -> None:
    check_grading(IMPORTANCE, {record.name: record for record in ALL_RECORDS})
    assert IMPORTANCE.inputs == (
        ("Holding", "amount"),
        ("Holding", "kind"),
        ("Holding", "status"),
        ("Judgement", "kind"),
        ("Judgement", "status"),
        ("RealestateProfile", "activeInEvents"),
        ("RealestateProfile", "purchaseIntention"),
        ("RealestateProperty", "propertyType"),
    )


@pytest.mark.promise(10)
def test_a_rule_changed_in_place_is_noticed() -> None:
    """When this fails, the rule was changed: raise the version, and keep the old one declared to explain old grades."""
    assert (IMPORTANCE.version, IMPORTANCE.fingerprint) == (
        1,
        "2c910c6dd2347cc39e65420ed3e65830e8ab270900ed538ce675bd211426c8de",
    )


@pytest.mark.rule("S17.R08", "S17.R12", "S17.R16")
def test_cards_and_citations() -> None:
    cards = {band.code: dict(band.data)["card"] for band in IMPORTANCE.bands}
    assert cards == {"A": "DIAMOND", "B": "PLATINUM", "C": "GOLD", "D": "NONE", "E": "NONE"}
    assert {band.code: band.data for band in IMPORTANCE.bands} == {term.code: term.data for term in GRADE.terms}
    assert {term.label for term in GRADE.terms} == {band.label for band in IMPORTANCE.bands}
    assert set(CARD.codes) == set(cards.values())
    assert {criterion.code: criterion.cites for criterion in IMPORTANCE.criteria} == {
        "A1": ("S17.R09",),
        "A2": ("S17.R10",),
        "A3": ("S17.R11",),
        "B1": ("S17.R13",),
        "B2": ("S17.R14",),
        "B3": ("S17.R15",),
        "C1": ("S17.R16",),
        "D1": ("S17.R17",),
        "D2": ("S17.R17",),
    }


def test_every_code_in_a_condition_is_declared() -> None:
    declared = {"propertyType": PROPERTY_TYPE.codes, "kind": (*JUDGEMENT_KIND.codes, "PROPERTY")}
    for fact in IMPORTANCE.facts:
        for condition in fact.where:
            if isinstance(condition, Is) and condition.field in declared:
                assert set(condition.codes) <= set(declared[condition.field])


@pytest.mark.rule("S17.R07")
def test_five_sources() -> None:
    assert SOURCE.codes == ("CALL_IN", "VISIT", "EVENT", "OWNER", "SPECIAL_CHANNEL")
    assert not SOURCE.default


def test_every_scheme_cites_the_regulation_and_says_what_is_ours() -> None:
    assert {scheme.key for scheme in SCHEMES if not all(cite.startswith("S17.") for cite in scheme.cites)} == set()
    assert {scheme.key for scheme in SCHEMES if scheme.default} == {
        "realestate.need",
        "realestate.price",
        "realestate.property_type",
        "realestate.relationship",
        "realestate.sincerity",
    }
