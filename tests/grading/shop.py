"""A shop with every kind of fact, parameter and predicate in one grading; and rows for its customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Uuid, insert

from kehu.crypto.ids import uuid7
from kehu.customers.dealings import HOLDING, INTERACTION
from kehu.customers.records import CUSTOMER, GRADE, LEGAL_ENTITY, UNIT
from kehu.grading.days import local_day, zone_of
from kehu.grading.plain import verdict_of
from kehu.grading.run import EVERYBODY, GradeRun, grade
from kehu.labels import Label
from kehu.records import Record, field
from kehu.rules.facts import Counted, Exists, FirstDay, Is, IsTrue, LastDay, Latest, Sum, Value, Within
from kehu.rules.grading import Band, Criterion, Grading, SetBy, Verdict
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
    Known,
    Not,
    OneOf,
    Points,
    Share,
    True_,
)
from kehu.rules.scheme import Scheme, Term
from kehu.store.system import grading_standard, grading_standard_value
from kehu.store.tables import Tables
from kehu.vocabulary import Code, Count, Day, Flag, MoneyValue, Quantity

NOW = datetime(2026, 3, 7, 17, 30, tzinfo=UTC)
"""Half past one on the 8th in Shanghai: the day of the legal entity isn't the day of UTC."""
TODAY = date(2026, 3, 8)
ENTITY = UUID(int=1)
TEXT = Label("文字", "text")
UNITS = {"HQ": "HQ", "C1": "HQ.C1", "C10": "HQ.C10", "S1": "HQ.C1.S1"}

PROFILE = Record(
    name="ShopProfile", label=TEXT, description=TEXT, accessor="shop", single=True, cites=("S14.R04",),
    fields=(
        field("format", Code, "业态", "Format"),
        field("area", Quantity, "面积", "Area"),
        field("staffed", Count, "人数", "Staff"),
        field("licensed", Flag, "有证", "Licensed"),
        field("expectedOn", Day, "预计", "Expected on"),
    ),
)  # fmt: skip
RECORDS = (LEGAL_ENTITY, UNIT, CUSTOMER, HOLDING, INTERACTION, GRADE, PROFILE)

SPENT = Sum("spent", Label("消费", "spent"), where=(Is("status", "ACTIVE", "ENDED"),))
RECENT = Sum("recent", TEXT, where=(Within("openedOn", 30),))
HELD = Counted("held", TEXT, "Holding", (Is("status", "ACTIVE"),))
AREA = Value("area", Label("面积", "area"), "ShopProfile", "area", places=3, unit=Label("平方米", "m²"))
STAFFED = Value("staffed", TEXT, "ShopProfile", "staffed", missing=1)
FORMAT = Latest("format", TEXT, "ShopProfile", "format")
LATEST = Latest("latest", TEXT, "Holding", "status", by="openedOn")
KIND = Latest("kind", TEXT, "Interaction", "kind", by="occurredAt")
FIRST = FirstDay("firstOn", TEXT, "Holding", "openedOn", where=(Is("status", "ACTIVE", "ENDED"),))
SEEN = LastDay("seenOn", TEXT, "Interaction", "occurredAt")
EXPECTED = FirstDay("expectedOn", Label("预计日", "expected on"), "ShopProfile", "expectedOn")
LICENSED = Exists("licensed", TEXT, "ShopProfile", (IsTrue("licensed"),))
CALLED = Exists("called", TEXT, "Interaction", (Within("occurredAt", 7),))

GOLD = Parameter("gold", Label("金", "gold"), MoneyValue(10_000, "CNY"), floor=MoneyValue(1, "CNY"))
ROOM = Parameter("room", TEXT, Decimal("50.5"), places=3, floor=0, ceiling=1_000)
SOON = Parameter("soon", TEXT, 7, floor=0, ceiling=30)
FULL = Parameter("full", TEXT, MoneyValue(20_000, "CNY"), floor=MoneyValue(1, "CNY"))
WEIGHT = Parameter("weight", TEXT, 40, floor=0, ceiling=100)
ENOUGH = Parameter("enough", TEXT, 60)

SCORE = Points(
    "score",
    Label("得分", "score"),
    (
        Award(Label("便利店", "convenience store"), 25, OneOf(FORMAT, "CONVENIENCE")),
        Award(Label("无证", "no licence"), -5, Not(True_(LICENSED))),
        Share(Label("面积", "area"), WEIGHT, AREA, Decimal(200)),
        Share(Label("消费", "spent"), 30, SPENT, FULL),
    ),
)
SCHEME = Scheme(
    key="shop.level", version=1, label=TEXT, description=TEXT, cites=("S17.R08",),
    terms=tuple(Term(code, TEXT) for code in ("SCORED", "GOLD", "SOON", "OLD", "OTHER")),
)  # fmt: skip
CRITERIA = {
    "SCORED": (("P1", AtLeast(SCORE, ENOUGH)),),
    "GOLD": (
        ("G1", AtLeast(SPENT, GOLD)),
        ("G2", All(Above(AREA, ROOM), Below(STAFFED, 3), AtMost(RECENT, MoneyValue(0, "CNY")))),
        ("G3", All(OneOf(LATEST, "ENDED", "CANCELLED"), Not(AtLeast(HELD, 2)))),
    ),
    "SOON": (
        ("S1", DaysUntil(EXPECTED, at_most=SOON)),
        ("S2", All(DaysSince(SEEN, at_least=0, at_most=3), True_(CALLED))),
    ),
    "OLD": (
        ("O1", DaysSince(FIRST, at_least=365)),
        ("O2", Any_(Not(Below(AREA, Decimal("0.001"))), Not(DaysUntil(EXPECTED, at_least=1)))),
        ("O3", All(Known(FIRST), Not(Known(SEEN)), OneOf(KIND, "VISIT"))),
    ),
}
GRADING = Grading(
    key="shop.level",
    version=1,
    label=TEXT,
    scheme=SCHEME,
    set_by=SetBy.UNIT,
    facts=(
        SPENT, RECENT, HELD, AREA, STAFFED, FORMAT, LATEST, KIND, FIRST, SEEN, EXPECTED, LICENSED, CALLED, SCORE,
    ),
    bands=(
        *(Band(b, TEXT, tuple(Criterion(c, TEXT, when) for c, when in rules)) for b, rules in CRITERIA.items()),
        Band("OTHER", TEXT, otherwise=True),
    ),
    cites=("S14.R04",),
)  # fmt: skip


@dataclass
class Shop:
    """Rows put straight into the tables of one legal entity with four units."""

    conn: Connection
    tables: Tables

    def __post_init__(self) -> None:
        self.units = {code: UUID(int=100 + number) for number, code in enumerate(UNITS)}
        entity = {"id": ENTITY, "version": 1, "code": "E", "name": "E", "time_zone": "Asia/Shanghai"}
        moments = {"created_at": NOW, "changed_at": NOW}
        self.conn.execute(insert(self.tables["LegalEntity"]).values(entity | moments))
        for code, path in UNITS.items():
            unit = {"legal_entity_id": ENTITY, "id": self.units[code], "version": 1, "code": code, "name": code}
            unit |= {"kind": "COMPANY", "path": path}
            self.conn.execute(insert(self.tables["OrganisationUnit"]).values(unit | moments))

    def add(self, record: str, customer: UUID, **values: object) -> None:
        table = self.tables[record]
        row: dict[str, object] = {"legal_entity_id": ENTITY, "customer_id": customer, "id": uuid7()}
        row |= {"created_at": NOW, "changed_at": NOW, "pseudonym": customer.hex} | values
        for column in table.c:
            if not column.nullable and column.server_default is None and column.name not in row:
                row[column.name] = uuid7() if isinstance(column.type, Uuid) else "X"
        self.conn.execute(table.insert().values({name: value for name, value in row.items() if name in table.c}))

    def customer(self, unit: str = "HQ", **profile: object) -> UUID:
        customer = uuid7()
        self.add("Customer", customer, kind="ORGANISATION", stage="ACTIVE", unit=self.units[unit])
        if profile:
            self.add("ShopProfile", customer, **profile)
        return customer

    def standard(
        self,
        version: int,
        unit: str,
        effective_from: date = TODAY,
        state: str = "PUBLISHED",
        measure: dict[str, str] | None = None,
        **values: int,
    ) -> UUID:
        """A standard as an earlier act left it."""
        made = uuid7()
        self.conn.execute(insert(grading_standard).values(
            id=made, legal_entity_id=ENTITY, grading=GRADING.key, version=version, grading_version=1,
            unit_id=self.units[unit], effective_from=effective_from, state=state, proposed_by=uuid7(), proposed_at=NOW,
        ))  # fmt: skip
        known = {p.name: p.measure for p in GRADING.parameters} | (measure or {})
        for name, value in values.items():
            row = {"standard_id": made, "name": name, "measure": known[name], "value": value}
            self.conn.execute(insert(grading_standard_value).values(row))
        return made

    def grade(self, *customers: UUID, grading: Grading = GRADING, now: datetime = NOW) -> GradeRun:
        chosen = customers or EVERYBODY
        return grade(self.conn, self.tables.by_record, grading, legal_entity=ENTITY, customers=chosen, now=now)

    def current(self, customer: UUID) -> Any:
        grades = self.tables["Grade"]
        own = (grades.c.customer_id == customer, grades.c.superseded_at.is_(None))
        return self.conn.execute(grades.select().where(*own)).one()

    def by_sql(self, customer: UUID) -> Verdict:
        row = self.current(customer)
        return Verdict.stored(row.band, row.met, row.facts)

    def by_python(self, customer: UUID, now: datetime = NOW) -> Verdict:
        day = local_day(zone_of(self.conn, self.tables.by_record, ENTITY), now)
        return verdict_of(self.conn, self.tables.by_record, GRADING, ENTITY, customer, day)
