"""Corrections (更正): a form about a customer who is there, whose answers replace what is stored.

Of records that a form asks once, the newest row that fits the form's constants is the one that it shows and corrects.
Rows that can't be changed are corrected by a later row, which names the earlier one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from kehu.customers.matching import Person
from kehu.errors import NotFound
from kehu.forms.bind import RELATIONSHIP, BoundField, BoundForm, BoundPart, BoundRows
from kehu.forms.form import Group
from kehu.forms.submission import Filled
from kehu.records import Record
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER, Tables
from kehu.store.work import NewRow, Present, UnitOfWork
from kehu.vocabulary.base import Governed, Json, opened

ENOUGH = 100
"""Of a customer with so many rows of one record, a form that asks once neither shows nor corrects one."""
OTHER, CORRECTS = "other", "corrects"
Stored = Mapping[str, Mapping[str, Governed[Any]]]
"""What is stored of one part of a form: opened values by record and field."""


def version_of(conn: Connection, tables: Tables, bound: BoundForm, customer: UUID, scopes: frozenset[str]) -> int:
    """A number that grows whenever anything changes that a correction with this form may overwrite.

    Only of records that the caller may know of: to anybody else it would tell that there is something.
    """
    total = 0
    for name in {CUSTOMER, *(name for name, record in bound.records.items() if f"{record.area}:read" in scopes)}:
        table = tables[name]
        asked = select(func.coalesce(func.sum(table.c.version), 0)).where(table.c.customer_id == customer)
        total += int(conn.execute(asked).scalar_one())
    return total


def bare(shown: Json) -> Json:
    """A shown value as a form has it: without the parts that are empty or derived from the others."""
    if not isinstance(shown, dict):
        return shown
    return {name: part for name, part in shown.items() if part is not None and name != "display"}


def fits(part: BoundPart, record: Record, values: Mapping[str, object]) -> bool:
    """Whether a row, by its values as they are shown in clear, is one that this part of a form writes."""
    fixed = part.fixed(record.name)
    if record.single or record.name == CUSTOMER:
        return True
    return all(values.get(name) == bare(value.type.output(opened(value))) for name, value in fixed.items())


@dataclass(frozen=True)
class Correction:
    """One correction: what the customer has, read once, in the transaction that changes it."""

    work: UnitOfWork
    registry: Registry
    bound: BoundForm
    customer: UUID

    def untouched(
        self, data: Mapping[str, object], scopes: frozenset[str], others: Iterable[UUID]
    ) -> dict[str, object]:
        """``data`` with the stored values where it has their masks, which were sent back as they were shown.

        Only of fields that the caller may read: to anybody else the answer would tell the mask. ``others`` are the
        customers in the caller's scope.
        """
        chosen = {name: row.values for name, row in self._chosen(self.bound, self.customer, {}).items()}
        found = _unmasked(self.bound, data, chosen, scopes)
        for rows in self.bound.rows:
            given = data.get(rows.name)
            if isinstance(given, list):
                stored = list(self._stored_rows(rows, set(others)))
                found[rows.name] = [_row(rows, number, row, stored, scopes) for number, row in enumerate(given)]
        return found

    def carry_out(self, person: Person, references: Mapping[str, Mapping[str, UUID]]) -> Person:
        """Write what the form asks once; gives the person with his rows placed, for `Merge` to do the rest."""
        placed: dict[str, UUID] = {}
        about = self.bound.about
        for name, record in self.registry.records.items():
            if about is not None and name == about.record.name:
                placed[name] = self._known(person, about)
            elif name in person.part.records:
                row = self._correct(record, person, references.get(name, {}), placed)
                if row is not None:
                    placed[name] = row
        empty = Filled({}, {})
        return Person((), person.part, empty, person.rows, self.customer, placed)

    def _known(self, person: Person, about: BoundField) -> UUID:
        """The row that the form is about, which it doesn't change. Raises `NotFound`."""
        number = person.filled.values[about.record.name][about.field.name]
        for row in self.work.read_all(about.record.name, [self.customer]):
            if row.values.get(about.field.name) == number:
                return row.id
        raise NotFound

    def _correct(
        self, record: Record, person: Person, references: Mapping[str, UUID], placed: Mapping[str, UUID]
    ) -> UUID | None:
        filled = person.filled
        values: dict[str, Governed[Any]] = dict(filled.values.get(record.name, {}))
        values |= {name: Governed(record.by_name[name].type, row) for name, row in references.items()}
        said = {n: v for n, v in values.items() if n in filled.given.get(record.name, ()) or n in references}
        row = self._chosen(person.part, self.customer, placed).get(record.name)
        if row is None:
            if not said:
                return None
            new = self.work.new_id()
            self.work.insert(record.name, [NewRow(self.customer, new, values, placed.get(str(record.parent)))])
            return new
        changes = {name: value for name, value in said.items() if row.values.get(name) != value}
        if not changes:
            return row.id
        if not record.append_only:
            self.work.change(record.name, self.customer, row.id, row.version, changes)
            return row.id
        kept = {n: v for n, v in row.values.items() if not record.by_name[n].written_by_system}
        named = Governed(record.by_name[CORRECTS].type, str(row.id))
        later = NewRow(self.customer, self.work.new_id(), {**kept, **changes, CORRECTS: named}, row.parent)
        self.work.insert(record.name, [later])
        return later.id

    def _chosen(self, part: BoundPart, customer: UUID, placed: Mapping[str, UUID]) -> dict[str, Present]:
        """By record, the row that the part shows; what belongs to a row that is chosen comes after it."""
        found: dict[str, Present] = {}
        for name, record in self.registry.records.items():
            if name not in part.records:
                continue
            rows = [row for row in self.work.read_all(name, [customer]) if self._in_place(record, row, found, placed)]
            named = {opened(row.values[CORRECTS]) for row in rows if CORRECTS in row.values}
            shown = [row for row in rows if str(row.id) not in named and fits(part, record, _clear(row))]
            if shown and len(rows) < ENOUGH:
                found[name] = max(shown, key=lambda row: row.id)
        return found

    def _in_place(self, record: Record, row: Present, found: Mapping[str, Present], placed: Mapping[str, UUID]) -> bool:
        if record.parent in (None, CUSTOMER):
            return True
        above = found.get(str(record.parent))
        return row.parent == (above.id if above is not None else placed.get(str(record.parent)))

    def _stored_rows(self, rows: BoundRows, others: set[UUID]) -> Iterator[Stored]:
        """What the customer has of a group or link, in the order in which it is shown."""
        if isinstance(rows.declared, Group):
            record = self.registry.records[rows.declared.record]
            for row in self._all(rows, record):
                below = {
                    name: one.values
                    for name in rows.records
                    if name != record.name
                    for one in self.work.read_all(name, [self.customer])
                    if one.parent == row.id
                }
                yield {record.name: row.values, **below}
            return
        for link in self._all(rows, self.registry.records[RELATIONSHIP]):
            other = UUID(str(opened(link.values[OTHER])))
            if other in others:
                persons = {name: row.values for name, row in self._chosen(rows, other, {}).items()}
                yield {**persons, RELATIONSHIP: link.values}

    def _all(self, rows: BoundRows, record: Record) -> list[Present]:
        present = self.work.read_all(record.name, [self.customer])
        found = sorted((row for row in present if fits(rows, record, _clear(row))), key=lambda row: row.id)
        return found[: rows.declared.at_most]


def _clear(row: Present) -> dict[str, object]:
    return {name: bare(value.type.output(opened(value))) for name, value in row.values.items()}


def _unmasked(part: BoundPart, data: Mapping[str, object], stored: Stored, scopes: frozenset[str]) -> dict[str, object]:
    found = dict(data)
    for each in part.fields:
        value = stored.get(each.record.name, {}).get(each.field.name)
        if value is None or each.is_reference or not _may_read(each, scopes):
            continue
        hidden = _hidden(each, value)
        if (each.name in data and bare(data[each.name]) == hidden) or (  # type: ignore[arg-type]  # reason: compared only
            each.name not in data and hidden in (None, {}) and each.required
        ):
            found[each.name] = bare(value.type.output(opened(value)))
    return found


def _may_read(each: BoundField, scopes: frozenset[str]) -> bool:
    policy = each.field.policy
    return policy.mask is not None and str(policy.read_scope) in scopes


def _hidden(each: BoundField, value: Governed[Any]) -> Json:
    return bare(value.type.mask(str(each.field.policy.mask)).apply(opened(value)))


def _row(rows: BoundRows, number: int, row: object, stored: Sequence[Stored], scopes: frozenset[str]) -> object:
    """A row with the stored values for its masks: of the stored row with which most of them agree."""
    if not isinstance(row, Mapping):
        return row
    best, most = None, 0
    for at in sorted(range(len(stored)), key=lambda at: (at != number, at)):
        agreeing = _agreeing(rows, row, stored[at], scopes)
        if agreeing > most:
            best, most = stored[at], agreeing
    return row if best is None else _unmasked(rows, row, best, scopes)


def _agreeing(rows: BoundRows, row: Mapping[str, object], stored: Stored, scopes: frozenset[str]) -> int:
    return sum(
        bare(row[each.name]) == _hidden(each, value)  # type: ignore[arg-type]  # reason: compared only
        for each in rows.fields
        if each.name in row and _may_read(each, scopes)
        if (value := stored.get(each.record.name, {}).get(each.field.name)) is not None
    )
