"""Many submissions as one set of writes: rows to insert by record, rows to change, nothing said twice or lost.

A customer keeps what is known of him: a submission fills what is missing. What it says differently is kept beside
it (`kehu.customers.differing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kehu.customers.differing import Differing, keep
from kehu.customers.matching import HOLDING, Known, Person, Resolved, external_number, keys_of
from kehu.forms.bind import RELATIONSHIP, BoundPart
from kehu.forms.submission import Filled, Submission
from kehu.records import Field, Record
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER
from kehu.store.work import NewRow, Present, UnitOfWork
from kehu.vocabulary.base import Governed, Storage, opened

Values = dict[str, Governed[Any]]
_UPGRADES = {
    ("Customer.stage", "PROSPECT", "ACTIVE"),
    ("Customer.stage", "FORMER", "ACTIVE"),
    ("Customer.stage", "RELATED", "PROSPECT"),
    ("Customer.stage", "RELATED", "ACTIVE"),
}
_PENDING = 0
OTHER = "other"
"""The field of a Relationship that names the other customer."""


@dataclass
class _One:
    """A row of which there is one: the customer himself, or a facet. ``version`` is None until it is stored."""

    id: UUID
    version: int | None
    values: Values
    changed: set[str] = field(default_factory=set)


@dataclass
class _Target:
    customer: UUID
    new: bool
    ones: dict[str, _One] = field(default_factory=dict)
    present: dict[str, list[Present]] = field(default_factory=dict)


@dataclass
class _Taken:
    """One person of a submission: his rows, still to be placed."""

    person: Person
    target: _Target
    rows: dict[str, Values]


class Merge:
    """Collects the writes of at most 1,000 submissions, then carries them out, one insert for each record."""

    def __init__(
        self, work: UnitOfWork, registry: Registry, default_unit: UUID, staff: UUID | None, *, again: bool = False
    ) -> None:
        """``again``: rows that can only be added to may be said again, as a form that was prefilled does."""
        self.work = work
        self._again = again
        self._registry = registry
        self._unit = default_unit
        self._staff = staff
        self._targets: dict[UUID, _Target] = {}
        self._inserts: dict[str, list[NewRow]] = {}
        self._changes: dict[tuple[str, UUID], tuple[UUID, int, Values]] = {}
        self._differing: list[Differing] = []

    @property
    def customers(self) -> set[UUID]:
        """Everybody concerned, linked persons included."""
        return set(self._targets)

    def know(self, customers: Iterable[UUID], records: Iterable[str]) -> None:
        """Read what existing customers have, a statement for each record."""
        new = set(customers) - self._targets.keys()
        self._targets |= {customer: _Target(customer, new=False) for customer in new}
        for name in dict.fromkeys((CUSTOMER, *records)) if new else ():
            record = self._registry.records[name]
            if record.append_only and not self._again:
                continue
            for row in self.work.read_all(name, new):
                target = self._targets[row.customer]
                target.present.setdefault(name, []).append(row)
                if name == CUSTOMER or (record.single and record.parent == CUSTOMER):
                    target.ones[name] = _One(row.id, row.version, dict(row.values))

    def linked(self) -> set[UUID]:
        """Whom the customers that are known are linked with."""
        rows = (row for target in self._targets.values() for row in target.present.get(RELATIONSHIP, ()))
        return {UUID(str(opened(row.values[OTHER]))) for row in rows if OTHER in row.values}

    def add(self, submission: Submission, persons: Sequence[Person], references: Resolved, known: Known) -> list[UUID]:
        """Take in one submission about the first of ``persons`` and those linked with him. Gives their customers."""
        origin = f"{submission.form}@{submission.version}"
        taken: list[_Taken] = []
        for person in persons:
            target = self._target(person, known, taken[0].target if taken else None)
            taken.append(self._take_in(person, target, references, origin))
        for one in taken:
            self._place_all(one, references, origin, known)
        for one in taken[1:]:
            self._relate(taken[0].target, one, references, origin, known)
        return [one.target.customer for one in taken]

    def carry_out(self) -> None:
        """Insert and change everything. Raises `Invalid` where a required value is missing."""
        ordered: dict[str, list[NewRow]] = {CUSTOMER: []}
        for target in self._targets.values():
            for name, one in target.ones.items():
                if one.version is None:
                    ordered.setdefault(name, []).append(NewRow(target.customer, one.id, one.values))
                elif one.changed:
                    changes = {name: one.values[name] for name in one.changed}
                    self._changes[(name, one.id)] = (target.customer, one.version, changes)
        for name in self._registry.records:
            self.work.insert(name, [*ordered.get(name, ()), *self._inserts.get(name, ())])
        for (name, row), (customer, version, changes) in self._changes.items():
            self.work.change(name, customer, row, version, changes)
        keep(self.work, self._differing)

    def _target(self, person: Person, known: Known, main: _Target | None) -> _Target:
        """The customer that a person is, somebody new where he isn't known."""
        customer = known.customer(person, but=main.customer if main else None)
        if customer is None and main is not None:
            customer = self._linked_with(main, person)
        target = self._targets.get(customer) if customer else None
        if target is None:
            identity = self.work.new_id()
            target = self._targets[identity] = _Target(identity, new=True)
        for key in keys_of(person):
            known.inside.setdefault(key, target.customer)
        return target

    def _linked_with(self, main: _Target, person: Person) -> UUID | None:
        """Somebody of this name with whom the customer is linked in this way already."""
        values, kind = person.filled.values[CUSTOMER], person.filled.values[RELATIONSHIP]["kind"]
        for row in main.present.get(RELATIONSHIP, ()):
            other = self._targets.get(UUID(str(opened(row.values[OTHER]))))
            if other is None or CUSTOMER not in other.ones or row.values.get("kind") != kind:
                continue
            called = other.ones[CUSTOMER].values
            if any(name in values and called.get(name) == values[name] for name in ("name", "organisationName")):
                return other.customer
        return None

    def _take_in(self, person: Person, target: _Target, references: Resolved, origin: str) -> _Taken:
        """Merge what there is one of; gives what there may be several of."""
        rows: dict[str, Values] = {}
        named = references.get(person.place, {})
        for name in person.part.records:
            record = self._registry.records[name]
            values = self._values(record, person.filled, named, origin)
            if values is None or name == RELATIONSHIP:
                continue
            if name == CUSTOMER or (record.single and record.parent == CUSTOMER):
                self._merge_one(target, record, values, person.part, origin)
            else:
                rows[name] = values
        return _Taken(person, target, rows)

    def _place_all(self, taken: _Taken, references: Resolved, origin: str, known: Known) -> None:
        target = taken.target
        placed = {name: one.id for name, one in target.ones.items() if name != CUSTOMER}
        placed.update(taken.person.placed)
        self._place_rows(target, taken.rows, placed, known)
        for place, rows, row in taken.person.rows:
            named = references.get(place, {})
            records = [self._registry.records[name] for name in rows.records]
            filled = {r.name: values for r in records if (values := self._values(r, row, named, origin)) is not None}
            self._place_rows(target, filled, dict(placed), known)
        if target.new and target.ones[CUSTOMER].version is None and "Ownership" not in target.present:
            self._own(target, taken.rows)

    def _place_rows(self, target: _Target, rows: dict[str, Values], placed: dict[str, UUID], known: Known) -> None:
        for name, record in self._registry.records.items():
            if name in rows:
                placed[name] = self._place(target, record, rows[name], placed, known)

    def _relate(self, main: _Target, taken: _Taken, references: Resolved, origin: str, known: Known) -> None:
        record = self._registry.records[RELATIONSHIP]
        person = taken.person
        values = self._values(record, person.filled, references.get(person.place, {}), origin) or {}
        values[OTHER] = Governed(record.by_name[OTHER].type, taken.target.customer)
        self._place(main, record, values, {}, known)

    def _values(
        self, record: Record, filled: Filled, references: Mapping[str, Mapping[str, UUID]], origin: str
    ) -> Values | None:
        name = record.name
        if name not in filled.values and name not in references:
            return None
        values: Values = dict(filled.values.get(name, {}))
        for field_name, row in references.get(name, {}).items():
            values[field_name] = Governed(record.by_name[field_name].type, row)
        if name == CUSTOMER and "unit" not in values:
            values["unit"] = Governed(record.by_name["unit"].type, self._unit)
        if name == "Interaction":
            values["origin"] = Governed(record.by_name["origin"].type, origin)
        return values

    def _merge_one(self, target: _Target, record: Record, values: Values, part: BoundPart, origin: str) -> None:
        one = target.ones.get(record.name)
        if one is None:
            row = target.customer if record.name == CUSTOMER else self.work.new_id()
            target.ones[record.name] = _One(row, None, values)
            return
        presets = part.presets.get(record.name, {})
        for name, value in values.items():
            f = record.by_name[name]
            current = one.values.get(name)
            if current is None or _overrules(record, f, current, value):
                one.values[name] = value
                one.changed.add(name)
            elif current != value and presets.get(name) != value and f.type.storage is not Storage.REFERENCE:
                self._differing.append(Differing(target.customer, record, f, origin, value))

    def _place(self, target: _Target, record: Record, values: Values, placed: Mapping[str, UUID], known: Known) -> UUID:
        """Insert a row, or change the one that it is about."""
        parent = placed.get(str(record.parent))
        if self._again or not record.append_only:
            for row in target.present.get(record.name, ()):
                if _is_about(record, row, values, parent, known):
                    self._renew(record, row, values)
                    return row.id
        new = self.work.new_id()
        if record.name == HOLDING and (number := external_number(values)) is not None:
            known.holdings[number] = (target.customer, new)
        self._inserts.setdefault(record.name, []).append(NewRow(target.customer, new, values, parent))
        target.present.setdefault(record.name, []).append(Present(target.customer, new, _PENDING, parent, values))
        return new

    def _renew(self, record: Record, row: Present, values: Values) -> None:
        changes = {name: value for name, value in values.items() if row.values.get(name) != value}
        if row.version == _PENDING:
            row.values.update(changes)
        elif changes:
            _, _, earlier = self._changes.get((record.name, row.id), (None, None, {}))
            self._changes[(record.name, row.id)] = (row.customer, row.version, {**earlier, **changes})
            row.values.update(changes)

    def _own(self, target: _Target, rows: Mapping[str, Values]) -> None:
        """Who received or registered a new customer looks after him (S17.R06, R37)."""
        received = rows.get("Interaction", {}).get("staff")
        staff = opened(received) if received is not None else self._staff
        if staff is None:
            return
        record = self._registry.records["Ownership"]
        values = {"staff": Governed(record.by_name["staff"].type, staff)}
        values["startedAt"] = Governed(record.by_name["startedAt"].type, self.work.now)
        self._inserts.setdefault("Ownership", []).append(NewRow(target.customer, self.work.new_id(), values))
        target.present["Ownership"] = []


def _is_about(record: Record, row: Present, values: Values, parent: UUID | None, known: Known) -> bool:
    """Whether values are those of a row that is there: by number (S17.R23), by its place, or the same again."""
    if record.name == HOLDING:
        number = external_number(values)
        return number is not None and known.holdings.get(number, (None, None))[1] == row.id
    if record.single:
        return row.parent == parent
    if record.same_by and all(name in values for name in record.same_by):
        return row.parent == parent and all(row.values.get(name) == values[name] for name in record.same_by)
    return all(row.values.get(name) == value for name, value in values.items())


def _overrules(record: Record, f: Field, current: Governed[Any], value: Governed[Any]) -> bool:
    """The few facts that a later submission changes: a sale makes a customer, and a yes outlasts a no."""
    if f.type.storage is Storage.BOOLEAN:
        return bool(opened(value)) and not opened(current)
    return (f"{record.name}.{f.name}", opened(current), opened(value)) in _UPGRADES
