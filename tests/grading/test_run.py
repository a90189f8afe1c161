"""Grading in the database: one statement for many, the same verdict as plain reading, and what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, Uuid, event, select

from kehu.crypto.ids import uuid7
from kehu.customers.dealings import HOLDING
from kehu.customers.records import CUSTOMER, GRADE, JUDGEMENT, LEGAL_ENTITY, UNIT
from kehu.errors import Conflict
from kehu.grading.days import local_day
from kehu.grading.plain import verdict_of
from kehu.grading.run import EVERYBODY, GradeRun, grade
from kehu.labels import Label
from kehu.records import Record, field
from kehu.rules.facts import Exists, Is, IsNull, IsTrue, NotNull, Sum
from kehu.rules.grading import Band, Criterion, Grading, Verdict, check_grading
from kehu.rules.predicates import All, Any_, AtLeast, Not, True_
from kehu.rules.scheme import Scheme, Term
from kehu.store.system import system_metadata
from kehu.store.tables import Tables, build_tables
from kehu.vocabulary import Code, Count, Flag, MoneyValue

NOW = datetime(2026, 3, 7, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ENTITY, OTHER_ENTITY = UUID(int=1), UUID(int=2)
TEXT = Label("文字", "text")

PROFILE = Record(
    name="ShopProfile",
    label=TEXT,
    description=TEXT,
    accessor="shop",
    single=True,
    cites=("S17.R21",),
    fields=(field("keen", Flag, "有意", "Keen"), field("visits", Count, "次数", "Visits")),
)
HOUSE = Record(
    name="ShopHouse",
    label=TEXT,
    description=TEXT,
    parent="Holding",
    accessor="shop",
    cites=("S17.R22",),
    fields=(field("type", Code, "类型", "Type"),),
)
RECORDS = (LEGAL_ENTITY, UNIT, CUSTOMER, HOLDING, JUDGEMENT, GRADE, PROFILE, HOUSE)

SPENT = Sum("spent", TEXT, where=(Is("status", "ACTIVE", "ENDED"),))
VISITS = Sum("visits", TEXT, "ShopProfile", "visits", currency=None)
HOUSED = Exists("housed", TEXT, "ShopHouse", (Is("type", "VILLA"),), "Holding", (Is("status", "ACTIVE"),))
KEEN = Exists("keen", TEXT, "ShopProfile", (IsTrue("keen"),))
OPEN = Exists("open", TEXT, "Holding", (IsNull("closedOn"), NotNull("amount")))
PERSON = Exists("person", TEXT, "Customer", (Is("kind", "PERSON"),))

LEVELS = Scheme(
    key="shop.level",
    version=1,
    label=TEXT,
    description=TEXT,
    terms=tuple(Term(code, TEXT) for code in ("GOLD", "SILVER", "IRON", "PLAIN")),
    cites=("S17.R08",),
)
IDLE = Criterion("I2", TEXT, True_(OPEN))
GRADING = Grading(
    key="shop.level",
    version=1,
    label=TEXT,
    scheme=LEVELS,
    facts=(SPENT, VISITS, HOUSED, KEEN, OPEN, PERSON),
    bands=(
        Band(
            "GOLD",
            TEXT,
            (
                Criterion("G1", TEXT, AtLeast(SPENT, MoneyValue(10_000, "CNY"))),
                Criterion("G2", TEXT, All(True_(HOUSED), Any_(True_(KEEN), AtLeast(VISITS, 3)))),
            ),
        ),
        Band("SILVER", TEXT, (Criterion("S1", TEXT, AtLeast(SPENT, MoneyValue(5_000, "CNY"))),)),
        Band("IRON", TEXT, (Criterion("I1", TEXT, All(True_(PERSON), Not(True_(KEEN)))), IDLE)),
        Band("PLAIN", TEXT, otherwise=True),
    ),
    cites=("S17.R08",),
)


@dataclass
class Ledger:
    """Rows put straight into the tables; what a case doesn't name gets any value that the column takes."""

    conn: Connection
    tables: Tables
    entity: UUID = ENTITY

    def add(self, record: str, customer: UUID, **values: object) -> UUID:
        table = self.tables[record]
        row: dict[str, object] = {"legal_entity_id": self.entity, "customer_id": customer, "id": uuid7()}
        row |= {"created_at": NOW, "changed_at": NOW, "pseudonym": customer.hex}
        for column in table.c:
            if not column.nullable and column.server_default is None and column.name not in row:
                row[column.name] = uuid7() if isinstance(column.type, Uuid) else "X"
        self.conn.execute(table.insert().values({k: v for k, v in (row | values).items() if k in table.c}))
        return UUID(str(row["id"]))

    def customer(self, **values: object) -> UUID:
        customer = uuid7()
        self.add("Customer", customer, **({"kind": "PERSON"} | values))
        return customer

    def spend(self, customer: UUID, minor: int | None, currency: str | None = "CNY", **values: object) -> UUID:
        given = {"status": "ACTIVE", "closed_on": date(2026, 3, 7)} | values
        return self.add("Holding", customer, amount_minor=minor, amount_currency=currency, **given)

    def grade(
        self,
        grading: Grading = GRADING,
        *customers: UUID,
        now: datetime = NOW,
        new_id: Callable[[], UUID] = uuid7,
        entity: UUID = ENTITY,
    ) -> GradeRun:
        return grade(
            self.conn,
            self.tables.by_record,
            grading,
            legal_entity=entity,
            customers=customers or EVERYBODY,
            now=now,
            new_id=new_id,
        )

    def rows(self, customer: UUID, *, current: bool = False) -> list[Any]:
        table = self.tables["Grade"]
        wanted = select(table).where(table.c.customer_id == customer).order_by(table.c.graded_at)
        return list(self.conn.execute(wanted.where(table.c.superseded_at.is_(None)) if current else wanted))

    def current(self, customer: UUID) -> Verdict:
        (row,) = self.rows(customer, current=True)
        return Verdict.stored(row.band, row.met, row.facts)

    def plain(self, customer: UUID) -> Verdict:
        day = local_day(ZoneInfo("UTC"), NOW)
        return verdict_of(self.conn, self.tables.by_record, GRADING, ENTITY, customer, day)


def make_tables(engine: Engine, tables: Tables) -> None:
    tables.metadata.create_all(engine)
    system_metadata.create_all(engine)


@pytest.fixture
def ledger(engine: Engine) -> Iterator[Ledger]:
    tables = build_tables(RECORDS)
    make_tables(engine, tables)
    with engine.connect() as conn:
        yield Ledger(conn, tables)


def test_the_grading_of_these_tests_is_sound() -> None:
    check_grading(GRADING, {record.name: record for record in RECORDS})


def test_a_grade_says_when_by_which_rule_and_why(ledger: Ledger) -> None:
    customer = ledger.customer()
    ledger.spend(customer, 10_000)
    assert ledger.grade() == GradeRun(graded=1, changed=1)
    (row,) = ledger.rows(customer)
    assert (row.legal_entity_id, row.grading, row.grading_version) == (ENTITY, "shop.level", 1)
    assert (row.band, row.met) == ("GOLD", "G1,S1,I1")
    assert row.facts == '{"housed":false,"keen":false,"open":false,"person":true,"spent":10000,"visits":0}'
    assert (row.graded_at, row.superseded_at, row.version) == (NOW, None, 1)
    assert (row.created_at, row.changed_at) == (NOW, NOW)


@pytest.mark.rule("S17.R09")
@pytest.mark.parametrize(
    ("rows", "spent"),
    [
        ([], 0),
        ([(None, None)], 0),
        ([(None, "CNY")], 0),
        ([(4_000, "CNY"), (6_000, "CNY")], 10_000),
        ([(10_000, "USD")], 0),
        ([(10_000, None)], 0),
        ([(9_999, "CNY"), (1, "HKD")], 9_999),
        ([(10_000, "CNY"), (-1, "CNY")], 9_999),
        ([(10**15, "CNY")] * 20, 2 * 10**16),
    ],
)
def test_currencies_are_never_mixed_and_cents_never_lost(
    ledger: Ledger, rows: list[tuple[int | None, str | None]], spent: int
) -> None:
    customer = ledger.customer()
    for minor, currency in rows:
        ledger.spend(customer, minor, currency)
    ledger.grade()
    assert dict(ledger.current(customer).facts)["spent"] == spent
    assert ledger.plain(customer) == ledger.current(customer)


def test_a_fact_over_a_child_asks_its_own_parent(ledger: Ledger) -> None:
    """An active holding without a villa beside a villa in an ended one is not an active villa."""
    customer, owner = ledger.customer(), ledger.customer()
    ledger.spend(customer, 1)
    ended = ledger.spend(customer, 1, status="ENDED")
    ledger.add("ShopHouse", customer, holding_id=ended, type="VILLA")
    active = ledger.spend(owner, 1)
    ledger.add("ShopHouse", owner, holding_id=active, type="VILLA")
    ledger.grade()
    assert dict(ledger.current(customer).facts)["housed"] is False
    assert dict(ledger.current(owner).facts)["housed"] is True
    assert (ledger.plain(customer), ledger.plain(owner)) == (ledger.current(customer), ledger.current(owner))


def test_nothing_joins_across_legal_entities(ledger: Ledger) -> None:
    other = Ledger(ledger.conn, ledger.tables, OTHER_ENTITY)
    mine, theirs = ledger.customer(), other.customer()
    other.spend(mine, 10_000)
    assert ledger.grade() == GradeRun(1, 1)
    assert ledger.current(mine).band == "IRON"
    assert ledger.plain(mine) == ledger.current(mine)
    assert ledger.rows(theirs) == []
    assert ledger.grade(GRADING, theirs) == GradeRun(0, 0)


def test_a_second_run_writes_nothing(ledger: Ledger) -> None:
    customers = [ledger.customer() for _ in range(20)]
    for number, customer in enumerate(customers):
        ledger.spend(customer, number * 1_000)
    assert ledger.grade() == GradeRun(20, 20)
    before = [ledger.rows(customer) for customer in customers]
    assert ledger.grade(now=LATER) == GradeRun(20, 0)
    assert ledger.grade(GRADING, *customers[:5], now=LATER) == GradeRun(5, 0)
    assert [ledger.rows(customer) for customer in customers] == before


def test_a_changed_verdict_closes_the_old_grade_and_keeps_it(ledger: Ledger) -> None:
    changed, same = ledger.customer(), ledger.customer()
    ledger.spend(changed, 4_999)
    ledger.grade()
    ledger.spend(changed, 1)
    assert ledger.grade(now=LATER) == GradeRun(2, 1)
    old, new = ledger.rows(changed)
    assert (old.band, old.superseded_at, old.changed_at, old.version) == ("IRON", LATER, LATER, 2)
    assert (new.band, new.superseded_at, new.graded_at, new.version) == ("SILVER", None, LATER, 1)
    assert '"spent":4999' in old.facts
    assert [row.version for row in ledger.rows(same)] == [1]


def test_changed_facts_are_a_new_grade_even_in_the_same_band(ledger: Ledger) -> None:
    """An explanation with an outdated sum would be false."""
    customer = ledger.customer()
    ledger.spend(customer, 10_000)
    ledger.grade()
    ledger.spend(customer, 1)
    assert ledger.grade(now=LATER).changed == 1
    assert [row.band for row in ledger.rows(customer)] == ["GOLD", "GOLD"]
    assert dict(ledger.current(customer).facts)["spent"] == 10_001


@pytest.mark.promise(10)
@pytest.mark.rule("S17.R08")
def test_a_new_version_keeps_the_grades_of_the_old_one(ledger: Ledger) -> None:
    customer = ledger.customer()
    ledger.spend(customer, 5_000)
    ledger.grade()
    strict = AtLeast(SPENT, MoneyValue(5_001, "CNY"))
    gold, silver, *rest = GRADING.bands
    second = replace(
        GRADING, version=2, bands=(gold, replace(silver, criteria=(Criterion("S1", TEXT, strict),)), *rest)
    )
    assert ledger.grade(second, now=LATER) == GradeRun(1, 1)
    old, new = ledger.rows(customer)
    assert (old.grading_version, old.band, old.met) == (1, "SILVER", "S1,I1")
    assert (old.graded_at, old.superseded_at) == (NOW, LATER)
    assert (new.grading_version, new.band, new.met, new.superseded_at) == (2, "IRON", "I1", None)


@pytest.mark.promise(10)
def test_a_new_version_regrades_everybody_even_with_the_same_verdict(ledger: Ledger) -> None:
    customer = ledger.customer()
    ledger.grade()
    ledger.grade(replace(GRADING, version=2), now=LATER)
    assert [(row.grading_version, row.band) for row in ledger.rows(customer)] == [(1, "IRON"), (2, "IRON")]


@pytest.mark.promise(10)
def test_an_old_version_never_replaces_a_new_one(ledger: Ledger) -> None:
    customer, another = ledger.customer(), ledger.customer()
    ledger.grade(replace(GRADING, version=2), customer)
    for chosen in ((), (customer,)):
        with pytest.raises(Conflict, match="GRADING_SUPERSEDED"):
            ledger.grade(GRADING, *chosen)
    assert ledger.grade(GRADING, another) == GradeRun(1, 1)
    assert [row.grading_version for row in ledger.rows(customer)] == [2]


def test_two_gradings_do_not_touch_each_other(ledger: Ledger) -> None:
    customer = ledger.customer()
    ledger.grade()
    assert ledger.grade(replace(GRADING, key="shop.rank", scheme=LEVELS), now=LATER) == GradeRun(1, 1)
    assert [(row.grading, row.superseded_at) for row in ledger.rows(customer)] == [
        ("shop.level", None),
        ("shop.rank", None),
    ]


@pytest.mark.rule("S17.R18")
def test_named_customers_alone_are_graded_and_at_once(ledger: Ledger) -> None:
    named, unnamed = ledger.customer(), ledger.customer()
    assert ledger.grade(GRADING, named, named) == GradeRun(1, 1)
    assert ledger.current(named).band == "IRON"
    assert ledger.rows(unnamed) == []
    nobody = grade(ledger.conn, ledger.tables.by_record, GRADING, legal_entity=ENTITY, customers=(), now=NOW)
    assert nobody == GradeRun(0, 0)


def test_more_named_customers_than_one_statement_takes(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kehu.grading.run._CHUNK", 3)
    customers = [ledger.customer() for _ in range(8)]
    assert ledger.grade(GRADING, *customers) == GradeRun(8, 8)
    assert all(len(ledger.rows(customer, current=True)) == 1 for customer in customers)


def test_row_ids_are_version_7_and_no_two_alike(ledger: Ledger) -> None:
    run = uuid7(clock_ms=lambda: 1_772_875_800_000)
    customers = [ledger.customer() for _ in range(50)]
    ledger.grade(new_id=lambda: run)
    ids = {row.id for customer in customers for row in ledger.rows(customer)}
    assert len(ids) == 50
    assert {(found.version, found.variant, found.int >> 80) for found in ids} == {(7, run.variant, run.int >> 80)}


def test_the_number_of_statements_does_not_depend_on_the_number_of_customers(ledger: Ledger) -> None:
    counted: list[int] = [0]

    @event.listens_for(ledger.conn, "before_cursor_execute")
    def count(*given: object) -> None:
        counted[-1] += 1

    for number in (1, 40):
        for _ in range(number):
            ledger.customer()
        counted.append(0)
        ledger.grade()
        counted.append(0)
    assert counted[1] == counted[3] <= 6


def test_two_current_grades_cannot_come_from_runs_side_by_side(engine: Engine) -> None:
    """On PostgreSQL a run over everybody waits for a run over one, and the other way round; SQLite has one writer."""
    tables = build_tables(RECORDS)
    make_tables(engine, tables)
    with engine.begin() as setup:
        customer = Ledger(setup, tables).customer()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: _spend_and_grade(engine, tables, customer, number), range(12)))
    with engine.connect() as conn:
        found = Ledger(conn, tables)
        assert dict(found.current(customer).facts)["spent"] == 12 * 1_000
        assert found.plain(customer) == found.current(customer)


def _spend_and_grade(engine: Engine, tables: Tables, customer: UUID, number: int) -> None:
    with engine.begin() as conn:
        ledger = Ledger(conn, tables)
        ledger.spend(customer, 1_000)
        ledger.grade(GRADING, *(() if number % 3 == 0 else (customer,)), now=NOW + timedelta(minutes=number))


amounts = st.one_of(st.none(), st.sampled_from([0, 1, 4_999, 5_000, 9_999, 10_000]), st.integers(-20_000, 20_000))
holdings = st.lists(
    st.fixed_dictionaries(
        {
            "minor": amounts,
            "currency": st.sampled_from(["CNY", "CNY", "USD", None]),
            "status": st.sampled_from(["ACTIVE", "ENDED", "CANCELLED"]),
            "closed_on": st.sampled_from([None, date(2026, 3, 7)]),
            "house": st.sampled_from(["VILLA", "FLAT", None, "NO ROW"]),
        }
    ),
    max_size=4,
)
profiles = st.one_of(
    st.none(),
    st.fixed_dictionaries(
        {"keen": st.sampled_from([True, False, None]), "visits": st.one_of(st.none(), st.integers(-1, 5))}
    ),
)
people = st.lists(
    st.fixed_dictionaries(
        {"kind": st.sampled_from(["PERSON", "ORGANISATION"]), "holdings": holdings, "profile": profiles}
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=people)
def test_sql_and_plain_reading_always_agree(ledger: Ledger, people: list[dict[str, Any]]) -> None:
    with ledger.conn.begin_nested() as undo:
        customers = [_person(ledger, person) for person in people]
        for chosen in ((customers[0],), ()):
            ledger.grade(GRADING, *chosen)
            for customer in chosen or customers:
                assert ledger.current(customer) == ledger.plain(customer)
                assert ledger.current(customer).facts_text == ledger.rows(customer, current=True)[0].facts
        assert ledger.grade(now=LATER).changed == 0
        undo.rollback()


def _person(ledger: Ledger, person: dict[str, Any]) -> UUID:
    customer = ledger.customer(kind=person["kind"])
    for holding in person["holdings"]:
        made = ledger.spend(
            customer,
            holding["minor"],
            holding["currency"],
            status=holding["status"],
            closed_on=holding["closed_on"],
        )
        if holding["house"] != "NO ROW":
            ledger.add("ShopHouse", customer, holding_id=made, type=holding["house"])
    if person["profile"] is not None:
        ledger.add("ShopProfile", customer, **person["profile"])
    return customer
