"""Hypothesis-made databases: rows of every record, and a second database that looks the same to one caller.

What a caller sees of a field is said here a second time, in a few lines and apart from `kehu.access`, so that
a wrong decision there shows as a difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random
from uuid import UUID

import orjson
from stdnum.cn import ric, uscc

from kehu.access.principal import Principal
from kehu.plugin import Sum
from kehu.policy import RowCondition
from kehu.records import Field, Record
from kehu.registry import Registry
from kehu.vocabulary.base import AnyType, Storage
from kehu.vocabulary.projections import PROJECTIONS

from .pair import RowSpec, Side

_DAY = datetime(2026, 10, 1, 2, 0, tzinfo=UTC)


@cache
def _resident_ids() -> tuple[str, ...]:
    """Numbers with the same first six and last four, and one with others."""
    found = []
    for day in range(2_000):
        number = f"440606{date(1975, 1, 1) + timedelta(days=day):%Y%m%d}001"
        if ric.calc_check_digit(number + "0") == "5":
            found.append(f"{number}5")
    return (*found[:4], "11010519900307201" + str(ric.calc_check_digit("110105199003072010")))


@cache
def _usccs() -> tuple[str, ...]:
    found = []
    for number in range(200_000):
        code = f"914406{number:08d}ABC"
        if uscc.calc_check_digit(code + "0") == "7":
            found.append(f"{code}7")
        if len(found) == 3:
            break
    return (*found, "91110105MA0000001" + str(uscc.calc_check_digit("91110105MA00000010")))


_MONEY = (
    {"amount": "1.00", "currency": "CNY"},
    {"amount": "60000000.00", "currency": "CNY"},
    {"amount": "8000000.00", "currency": "CNY"},
    {"amount": "5.00", "currency": "USD"},
)
TEXTS: dict[str, tuple[object, ...]] = {
    "PersonName": ("张三", "张四", "李一明", "李二明", "欧阳锋", "欧阳雪", "Anna", "Abel"),
    "OrganisationName": ("示例甲公司", "示例乙公司", "海山贸易"),
    "Mobile": ("13800001234", "13811111234", "13822221234", "13900005678", "13912345678"),
    "EmailAddress": ("zhang@example.com", "zhou@example.com", "li@example.com", "lu@example.com"),
    "PostalAddress": (
        {"province": "广东省", "city": "佛山市", "district": "顺德区", "road": "一路1号"},
        {"province": "广东省", "city": "佛山市", "district": "顺德区", "road": "二路22号", "room": "101室"},
        {"province": "广东省", "city": "广州市", "district": "天河区", "road": "三路3号"},
        {"province": "广东省", "city": "广州市", "district": "天河区", "road": "四路4号"},
    ),
    "BirthDate": ("1980-01-02", "1980-11-12", "1991-03-04", "1991-05-06"),
    "HoldingNumber": ("HT0000001234", "HT9999991234", "XY0000005678"),
    **dict.fromkeys(("HousingFund", "Income", "Money", "RegisteredCapital", "TaxAmount", "TransactionAmount"), _MONEY),
    **dict.fromkeys(
        ("BusinessScope", "CreditStanding", "FreeText", "Habit", "HealthCondition", "MedicalHistory", "Occupation"),
        ("备注甲", "备注乙,较长的一段", "note three"),
    ),
    "BankAccount": ("440200001234", "440299991234", "440200005678"),
    "BankCard": ("6228480402564890018", "4111111111111111"),
    "DocumentNumber": ("H1234567890", "H9999999990", "C1234567"),
    "Employer": ("示例甲公司", "示例乙公司", "海山贸易"),
    "Ethnicity": ("01", "08", "15"),
    "FileContent": (f"sha256:{'0a' * 32}:1234", f"sha256:{'1b' * 32}:99"),
    "GasMeter": ("2026070001", "9999990001", "JM123456"),
    "Landline": ("0757-22334455", "0757-66778855", "010-88886666", "0757-22334455-801"),
    "LicencePlate": ("粤X12345", "粤XA2B45", "京A12345D"),
    "Nationality": ("CN", "US"),
    "Passport": ("E12345678", "E99999978", "G12345678"),
    "Photo": ("018f0000-0000-7000-8000-0000000000f1", "018f0000-0000-7000-8000-0000000000f2"),
    "Postcode": ("528300", "528399", "510000"),
    "Quantity": ("88.5", "120"),
    "TobaccoLicence": ("440606100001", "440606200001", "440605100001"),
    "Vin": ("1M8GDM9AXKP042788", "11111111111111111"),
    "ShortText": ("甲", "乙", "bing"),
    "Day": ("2026-01-01", "2026-02-02"),
    "Count": (1, 2),
    "Flag": (True, False),
}


@dataclass(frozen=True)
class Makers:
    """Makes typed values for the fields of one registry."""

    registry: Registry
    side: Side

    def pool(self, f: Field) -> tuple[object, ...]:
        """Values of a field, several of them with one mask."""
        if f.refers_to == "Customer":
            # Seen, hidden and absent ones: what is made has numbers from 8 on, and nobody has the last.
            return tuple(_uuid(number, 0) for number in (0x10, 0x18, 0x28, 0xFFF))
        if f.type.storage is Storage.REFERENCE:
            units, staff = self.side.units, self.side.staff
            return tuple(units.values()) if f.refers_to == "OrganisationUnit" else tuple(staff.values())
        if f.type.storage is Storage.MOMENT:
            return tuple(_DAY + timedelta(hours=hours) for hours in range(6))
        if f.scheme is not None:
            return tuple(self.registry.schemes[f.scheme].codes)[:4]
        raw = {"ResidentId": _resident_ids(), "Uscc": _usccs()}.get(f.type.name) or TEXTS[f.type.name]
        return tuple(f.type.parse(one) for one in raw)

    def values(self, record: Record, random: Random, full: float) -> dict[str, object]:
        """Values for a row; optional fields are there with probability ``full``."""
        made: dict[str, object] = {}
        for f in record.fields:
            if f.projection is None and (f.required or f.default is not None or random.random() < full):
                made[f.name] = random.choice(self.pool(f))
        return made


def rows_of(
    makers: Makers, number: int, random: Random, *, unit: UUID, entity: int = 0, full: float = 0.7, least: int = 0
) -> Iterator[RowSpec]:
    """One customer with rows of every record, ``least`` or more of each; ``number`` is his place among ids."""
    records = makers.registry.records
    customer = _uuid(number, 0)
    serial = iter(range(1, 1_000))
    yield RowSpec(
        "Customer", customer, customer, {**_known(makers, "Customer", random, full), "unit": unit}, None, entity
    )
    for record in makers.registry.children.get("Customer", ()):
        for _ in range(random.randint(least, 1 if record.single else 2)):
            row = _uuid(number, next(serial))
            yield RowSpec(record.name, customer, row, _known(makers, record.name, random, full), None, entity)
            for below in makers.registry.children.get(record.name, ()):
                if least or random.random() < 0.6:
                    own = _uuid(number, next(serial))
                    yield RowSpec(below.name, customer, own, _known(makers, below.name, random, full), row, entity)
    assert "Holding" in records


def _known(makers: Makers, name: str, random: Random, full: float) -> dict[str, object]:
    """Values; a grade names a grading that there is, so that it can be explained."""
    values = makers.values(makers.registry.records[name], random, full)
    if name == "Grade":
        grading = makers.registry.gradings[0]
        band = random.choice(grading.bands)
        met = [band.criteria[0].code] if band.criteria else []
        facts = orjson.dumps(
            {f.name: 6_000_000_000 if isinstance(f, Sum) else random.random() < 0.5 for f in grading.facts}
        )
        values |= {"grading": grading.key, "gradingVersion": grading.version, "band": band.code}
        values |= {"met": ",".join(met), "facts": facts.decode()}
    return values


def _uuid(number: int, row: int) -> UUID:
    return UUID(f"018f{number:04x}-0000-7000-8000-{row:012x}")


@dataclass(frozen=True)
class View:
    """What one caller sees when he states one purpose, said apart from core."""

    registry: Registry
    principal: Principal
    purpose: str | None
    visible_units: frozenset[UUID]

    def sees_customer(self, row: RowSpec) -> bool:
        return row.entity == 0 and row.values["unit"] in self.visible_units

    def sees_rows(self, record: str) -> bool:
        return f"{self.registry.records[record].area}:read" in self.principal.scopes

    def of(self, record: Record, f: Field, value: object, owned: bool) -> object:
        """The field as shown: the value, its mask, or nothing at all."""
        effect = self._effect(f, owned)
        if f.basis and effect == "clear" and not self._knows_all_inputs():
            effect = "deny"
        if effect == "deny":
            return None
        if value is None:
            return ("null",)
        return (effect, f.type.output(value) if effect == "clear" else _masked(f.type, str(f.policy.mask), value))

    def _effect(self, f: Field, owned: bool | None) -> str:
        """``owned`` None: what holds on every row."""
        scopes, area = self.principal.scopes, f.policy.area
        read, reveal = f"{area}:read" in scopes, f"{area}:reveal" in scopes
        if f.policy.mask is None:
            return "clear" if read or reveal else "deny"
        if reveal and self.purpose in f.policy.purposes:
            own_only = self.registry.purposes[str(self.purpose)].condition is RowCondition.OWNED
            if not own_only or owned:
                return "clear"
        return "mask" if read else "deny"

    def _knows_all_inputs(self) -> bool:
        records = self.registry.records
        pairs = {pair for grading in self.registry.gradings for pair in grading.inputs}
        return all(self._effect(records[r].by_name[n], None) == "clear" for r, n in pairs)


def _masked(type_: AnyType, mask: str, value: object) -> object:
    return type_.mask(mask).apply(value)


def same_to(view: View, makers: Makers, rows: Sequence[RowSpec], random: Random) -> list[RowSpec]:
    """Other rows that are the same to this caller: everything he doesn't see was changed, taken away or added."""
    customers = {row.customer: row for row in rows if row.record == "Customer"}
    seen = {c for c, row in customers.items() if view.sees_customer(row)}
    staff = view.principal.staff
    mine = {
        r.customer
        for r in rows
        if r.record == "Ownership" and staff is not None and r.values["staff"] == staff and "endedAt" not in r.values
    }
    staying = [row for row in rows if _stays(view, row, seen)]
    # A row that he may know of can hang below one that he may not: the database needs both.
    above = {row.parent for row in staying if row.parent is not None} - {row.id for row in staying}
    staying = [row for row in rows if row in staying or row.id in above]
    found = [_changed(view, makers, row, random, row.customer in mine) for row in staying]
    hidden_units = [u for u in makers.side.units.values() if u not in view.visible_units]
    for number in range(random.randint(0, 3)):
        unit, entity = _elsewhere(makers, hidden_units, random)
        found += rows_of(makers, 16 * random.randrange(1, 16) + 8 + number, random, unit=unit, entity=entity)
    for customer in seen:
        found += _unseen_rows(view, makers, customer, random)
    return found


def _stays(view: View, row: RowSpec, seen: set[UUID]) -> bool:
    if row.customer not in seen:
        return False
    return view.sees_rows(row.record) or row.record in ("Customer", "Ownership")


def _elsewhere(makers: Makers, hidden: Sequence[UUID], random: Random) -> tuple[UUID, int]:
    if not hidden or random.random() < 0.3:
        return random.choice(tuple(makers.side.other_units.values())), 1
    return random.choice(hidden), 0


def _unseen_rows(view: View, makers: Makers, customer: UUID, random: Random) -> Iterator[RowSpec]:
    """Rows of records that the caller may not know of, below a customer whom he may."""
    number = int(str(customer)[4:8], 16)
    made = [r for r in rows_of(makers, number, random, unit=customer) if not view.sees_rows(r.record)]
    there = {row.id for row in made} | {None}
    for row in made:
        # Not below a row that he does see: that one has another id here.
        if row.record not in ("Customer", "Ownership") and row.parent in there:
            yield RowSpec(row.record, customer, UUID(int=row.id.int + 0x1000), row.values, _moved(row.parent), 0)


def _moved(parent: UUID | None) -> UUID | None:
    return None if parent is None else UUID(int=parent.int + 0x1000)


def _changed(view: View, makers: Makers, row: RowSpec, random: Random, owned: bool) -> RowSpec:
    record = makers.registry.records[row.record]
    if row.record == "Ownership":
        return row
    values = dict(row.values)
    for f in record.fields:
        if f.projection is not None or f.name == "unit":
            continue
        options = [*makers.pool(f), *([] if f.required or f.default is not None else [None])]
        alike = _alike(view, record, f, values.get(f.name), owned)
        fitting = [one for one in options if alike(one)] or [values.get(f.name)]
        # Absent ever so often: whether there is a value at all is hidden as well.
        chosen = None if None in fitting and random.random() < 0.5 else random.choice(fitting)
        values.pop(f.name, None)
        if chosen is not None:
            values[f.name] = chosen
    return row.but(values)


def _alike(view: View, record: Record, f: Field, old: object, owned: bool) -> Callable[[object], bool]:
    """Whether another value looks the same, its projections included."""
    projections = [p for p in record.fields if p.projection is not None and p.projection.source == f.name]

    def shown(value: object) -> list[object]:
        made = [view.of(record, f, value, owned)]
        for p in projections:
            assert p.projection is not None
            projected = None if value is None else PROJECTIONS[p.projection.compute](value)
            made.append(view.of(record, p, projected, owned))
        return made

    before = shown(old)
    return lambda value: shown(value) == before
