"""Many submissions as one set of writes: rows to insert by record, rows to change, nothing said twice or lost.

A customer keeps what is known of him: a submission fills what is missing. What it says differently is kept in
words, sealed, with the occasion on which it was said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from kehu.customers.matching import HOLDING, Known, external_number
from kehu.errors import Invalid, Problem
from kehu.forms.bind import BoundForm
from kehu.forms.submission import Submission
from kehu.labels import Label
from kehu.records import Field, Record
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER
from kehu.store.work import NewRow, Present, UnitOfWork
from kehu.vocabulary.base import Governed, Storage, ValueRefused, opened

Filled = dict[str, Governed[Any]]
_UPGRADES = {("Customer.stage", "PROSPECT", "ACTIVE"), ("Customer.stage", "FORMER", "ACTIVE")}
_PENDING = 0
_SAID = "登记时所填:"
_NO_ROOM = Label(
    "所填与已有资料不同,而备注已满;请先整理该客户的备注",
    "What it says differs from what is known, and the remark has no room; tidy the customer's remark first",
)


@dataclass
class _One:
    """A row of which there is one: the customer himself, or a facet. ``version`` is None until it is stored."""

    id: UUID
    version: int | None
    values: Filled
    changed: set[str] = field(default_factory=set)


@dataclass
class _Target:
    customer: UUID
    new: bool
    ones: dict[str, _One] = field(default_factory=dict)
    present: dict[str, list[Present]] = field(default_factory=dict)


class Merge:
    """Collects the writes of at most 1,000 submissions, then carries them out, one insert for each record."""

    def __init__(self, work: UnitOfWork, registry: Registry, default_unit: UUID, staff: UUID | None) -> None:
        self.work = work
        self._registry = registry
        self._unit = default_unit
        self._staff = staff
        self._targets: dict[UUID, _Target] = {}
        self._inserts: dict[str, list[NewRow]] = {}
        self._changes: list[tuple[str, UUID, UUID, int, Filled]] = []

    @property
    def customers(self) -> set[UUID]:
        return set(self._targets)

    def know(self, customers: Iterable[UUID], records: Iterable[str]) -> None:
        """Read what existing customers have, a statement for each record."""
        for customer in customers:
            self._targets[customer] = _Target(customer, new=False)
        if not self._targets:
            return
        for name in dict.fromkeys((CUSTOMER, *records)):
            record = self._registry.records[name]
            if record.append_only:
                continue
            for row in self.work.read_all(name, self._targets):
                target = self._targets[row.customer]
                target.present.setdefault(name, []).append(row)
                if name == CUSTOMER or (record.single and record.parent == CUSTOMER):
                    target.ones[name] = _One(row.id, row.version, dict(row.values))

    def add(
        self,
        submission: Submission,
        references: Mapping[str, Mapping[str, UUID]],
        form: BoundForm,
        known: Known,
        customer: UUID | None,
    ) -> UUID:
        """Take in one submission about ``customer``, or about somebody new. Gives the customer.

        Raises `Invalid` NOTE_TOO_LONG where what it says differently has no room; then nothing of it is taken.
        """
        target = self._targets.get(customer) if customer else None
        if target is None:
            identity = self.work.new_id()
            target = self._targets[identity] = _Target(identity, new=True)
        before = {
            name: replace(one, values=dict(one.values), changed=set(one.changed)) for name, one in target.ones.items()
        }
        said: list[str] = []
        rows: dict[str, Filled] = {}
        for name in form.records:
            values = self._values(name, submission, references)
            if values is None:
                continue
            record = self._registry.records[name]
            if name == CUSTOMER or (record.single and record.parent == CUSTOMER):
                self._merge_one(target, record, values, form, said)
            else:
                rows[name] = values
        try:
            self._keep_said(target, rows, said)
        except ValueRefused:
            target.ones = before
            raise Invalid([Problem("NOTE_TOO_LONG", _NO_ROOM)]) from None
        placed: dict[str, UUID] = {}
        for name in self._registry.records:
            if name in rows:
                placed[name] = self._place(target, self._registry.records[name], rows[name], placed, known)
        if target.new and target.ones[CUSTOMER].version is None and "Ownership" not in target.present:
            self._own(target, rows)
        return target.customer

    def carry_out(self) -> None:
        """Insert and change everything. Raises `Invalid` where a required value is missing."""
        ordered: dict[str, list[NewRow]] = {CUSTOMER: []}
        for target in self._targets.values():
            for name, one in target.ones.items():
                if one.version is None:
                    ordered.setdefault(name, []).append(NewRow(target.customer, one.id, one.values))
                elif one.changed:
                    changes = {name: one.values[name] for name in one.changed}
                    self._changes.append((name, target.customer, one.id, one.version, changes))
        for name in self._registry.records:
            self.work.insert(name, [*ordered.get(name, ()), *self._inserts.get(name, ())])
        for change in self._changes:
            self.work.change(*change)

    def _values(self, name: str, submission: Submission, references: Mapping[str, Mapping[str, UUID]]) -> Filled | None:
        if name not in submission.values and name not in references:
            return None
        record = self._registry.records[name]
        values: Filled = dict(submission.values.get(name, {}))
        for field_name, row in references.get(name, {}).items():
            values[field_name] = Governed(record.by_name[field_name].type, row)
        if name == CUSTOMER and "unit" not in values:
            values["unit"] = Governed(record.by_name["unit"].type, self._unit)
        if name == "Interaction":
            origin = f"{submission.form}@{submission.version}"
            values["origin"] = Governed(record.by_name["origin"].type, origin)
        return values

    def _merge_one(self, target: _Target, record: Record, values: Filled, form: BoundForm, said: list[str]) -> None:
        one = target.ones.get(record.name)
        if one is None:
            row = target.customer if record.name == CUSTOMER else self.work.new_id()
            target.ones[record.name] = _One(row, None, values)
            return
        presets = form.presets.get(record.name, {})
        for name, value in values.items():
            f = record.by_name[name]
            current = one.values.get(name)
            if current is None or _overrules(record, f, current, value):
                one.values[name] = value
                one.changed.add(name)
            elif current != value and presets.get(name) != value and f.type.storage is not Storage.REFERENCE:
                said.append(f"{f.label.zh} {self._shown(f, value)}")

    def _shown(self, f: Field, value: Governed[Any]) -> str:
        if f.scheme is not None:
            return self._registry.schemes[f.scheme].term(opened(value)).label.zh
        return str(f.type.output(opened(value)))

    def _keep_said(self, target: _Target, rows: dict[str, Filled], said: list[str]) -> None:
        """What differs from what is known goes, sealed, to the occasion, or to the customer's remark."""
        if not said:
            return
        text = _SAID + ";".join(said)
        type_ = self._registry.records[CUSTOMER].by_name["remark"].type
        if "Interaction" in rows and "summary" not in rows["Interaction"]:
            rows["Interaction"]["summary"] = type_.governed(text)
            return
        one = target.ones[CUSTOMER]
        earlier = one.values.get("remark")
        one.values["remark"] = type_.governed(text if earlier is None else f"{opened(earlier)}\n{text}")
        one.changed.add("remark")

    def _place(self, target: _Target, record: Record, values: Filled, placed: Mapping[str, UUID], known: Known) -> UUID:
        """Insert a row, or change the one that it is about."""
        parent = placed.get(str(record.parent))
        if not record.append_only:
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

    def _renew(self, record: Record, row: Present, values: Filled) -> None:
        changes = {name: value for name, value in values.items() if row.values.get(name) != value}
        if row.version == _PENDING:
            row.values.update(changes)
        elif changes:
            self._changes.append((record.name, row.customer, row.id, row.version, changes))
            row.values.update(changes)

    def _own(self, target: _Target, rows: Mapping[str, Filled]) -> None:
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


def _is_about(record: Record, row: Present, values: Filled, parent: UUID | None, known: Known) -> bool:
    """Whether values are those of a row that is there: by number (S17.R23), by its place, or the same again."""
    if record.name == HOLDING:
        number = external_number(values)
        return number is not None and known.holdings.get(number, (None, None))[1] == row.id
    if record.single:
        return row.parent == parent
    return all(row.values.get(name) == value for name, value in values.items())


def _overrules(record: Record, f: Field, current: Governed[Any], value: Governed[Any]) -> bool:
    """The few facts that a later submission changes: a sale makes a customer, and a yes outlasts a no."""
    if f.type.storage is Storage.BOOLEAN:
        return bool(opened(value)) and not opened(current)
    return (f"{record.name}.{f.name}", opened(current), opened(value)) in _UPGRADES
