"""Whom submissions are about: customers found by mobile or by the number of a holding, and codes made into ids."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Connection, func, select, text

from kehu.access.principal import Principal
from kehu.access.rows import in_scope
from kehu.errors import Problem
from kehu.forms.bind import BoundForm, BoundPart, BoundRows
from kehu.forms.form import Linked
from kehu.forms.submission import Filled, Submission
from kehu.labels import Label
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER, blind_column
from kehu.store.work import UnitOfWork
from kehu.vocabulary.base import Governed, opened

CONTACT, MOBILE, DOCUMENT, HOLDING = "ContactPoint", "mobile", "IdentityDocument", "Holding"
_MISSING = Label("没有编号为此的{zh},请核对", "There is no {en} of this code; check it")
Place = tuple[str | int, ...]
"""Where a part of a submission stands: ``()`` for the form itself, ``("contacts", 0)`` for a row."""
Resolved = Mapping[Place, Mapping[str, Mapping[str, UUID]]]
"""Ids of the rows that a submission names by code: by place, record and field."""


class Key(NamedTuple):
    """A number by which a customer is known again; ``value`` is its index form."""

    record: str
    field: str
    value: str


@dataclass(frozen=True)
class Person:
    """One customer of a submission: the one it is about (``place`` is empty), or somebody linked with him.

    ``rows`` are those of the form's groups, which are about the first only. ``customer`` is who it is where the caller
    says so, ``placed`` are rows of his that rows of groups may belong to.
    """

    place: Place
    part: BoundPart
    filled: Filled
    rows: tuple[tuple[Place, BoundRows, Filled], ...] = ()
    customer: UUID | None = None
    placed: Mapping[str, UUID] = field(default_factory=dict)

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Numbers of documents and organisations first: a telephone may be a family's."""
        return tuple(
            Key(record, name, value.type.index_form(opened(value)))
            for record in (DOCUMENT, CUSTOMER, CONTACT)
            for one in self.all_filled
            for name, value in one.values.get(record, {}).items()
            if _tells_who(record, name, value)
        )

    @cached_property
    def all_filled(self) -> tuple[Filled, ...]:
        return (self.filled, *(row for _, _, row in self.rows))


@dataclass
class Known:
    """What is there already, in the principal's scope. ``inside`` are customers by number."""

    inside: dict[Key, UUID] = field(default_factory=dict)
    holdings: dict[tuple[str, str], tuple[UUID, UUID]] = field(default_factory=dict)
    rows: dict[Key, UUID | None] = field(default_factory=dict)
    """Whose rows forms are about; None where several customers have the number."""

    def customer(self, person: Person, *, but: UUID | None = None) -> UUID | None:
        """Whom the numbers belong to: that of the row that the form is about; else that of a holding, which one
        customer has, else of a document, else the mobile; never ``but``."""
        if person.customer is not None:
            return person.customer
        if (about := about_of(person)) is not None:
            return self.rows.get(about)
        numbers = (external_number(one.values.get(HOLDING, {})) for one in person.all_filled)
        found = [self.holdings[number][0] for number in numbers if number is not None and number in self.holdings]
        found += [self.inside[key] for key in keys_of(person) if key in self.inside]
        return next((one for one in found if one != but), None)


def persons_of(submission: Submission, form: BoundForm) -> tuple[Person, ...]:
    """The customers that a submission is about, the first of them in the first place."""
    grouped: list[tuple[Place, BoundRows, Filled]] = []
    linked: list[Person] = []
    for rows in form.rows:
        for number, row in enumerate(submission.rows.get(rows.name, ())):
            place: Place = (rows.name, number)
            if isinstance(rows.declared, Linked):
                linked.append(Person(place, rows, row))
            else:
                grouped.append((place, rows, row))
    return (Person((), form, submission, tuple(grouped)), *linked)


def about_of(person: Person) -> Key | None:
    """The number of the row, on record already, that the form is about."""
    about = person.part.about if isinstance(person.part, BoundForm) else None
    if about is None:
        return None
    value = person.filled.values[about.record.name][about.field.name]
    return Key(about.record.name, about.field.name, str(opened(value)))


def keys_of(person: Person) -> tuple[Key, ...]:
    """The numbers by which a person is known again."""
    return person.keys


def _tells_who(record: str, name: str, value: Governed[object]) -> bool:
    return value.type.policy.lookup and (record != CONTACT or name == MOBILE)


def external_number(values: Mapping[str, Governed[object]]) -> tuple[str, str] | None:
    """Source system and number of a holding (S17.R23)."""
    system, number = values.get("externalSystem"), values.get("externalId")
    return None if system is None or number is None else (str(opened(system)), str(opened(number)))


def find_known(work: UnitOfWork, principal: Principal, persons: Sequence[Person]) -> Known:
    """Customers and holdings with these numbers in scope."""
    known = Known()
    wanted: dict[tuple[str, str], set[str]] = {}
    for key in (key for person in persons for key in keys_of(person)):
        wanted.setdefault((key.record, key.field), set()).add(key.value)
    numbers = {
        n
        for person in persons
        for one in person.all_filled
        if (n := external_number(one.values.get(HOLDING, {}))) is not None
    }
    for (record, name), values in sorted(wanted.items()):
        _by_key(work, principal, record, name, values, known)
    if numbers:
        _by_number(work, principal, numbers, known)
    _by_row(work, principal, {told for person in persons if (told := about_of(person)) is not None}, known)
    return known


def _by_row(work: UnitOfWork, principal: Principal, keys: Iterable[Key], known: Known) -> None:
    """Rows in the principal's scope that forms are about, by their clear numbers."""
    wanted: dict[tuple[str, str], set[str]] = {}
    for key in keys:
        wanted.setdefault((key.record, key.field), set()).add(key.value)
    for (record, name), values in sorted(wanted.items()):
        table, declared = work.shared.tables[record], work.shared.records[record]
        number, customer = table.c[declared.by_name[name].column], work.shared.tables[CUSTOMER]
        asked = (
            select(number, table.c.customer_id)
            .join(customer, customer.c.customer_id == table.c.customer_id)
            .where(in_scope(declared, table, work.shared.tables, principal), number.in_(values))
        )
        for value, owner in work.conn.execute(asked):
            key = Key(record, name, value)
            known.rows[key] = None if key in known.rows else owner


def _by_key(
    work: UnitOfWork, principal: Principal, record: str, name: str, values: Iterable[str], known: Known
) -> None:
    tables, blind = work.shared.tables, work.shared.blind
    f = work.shared.records[record].by_name[name]
    spoken = {t: value for value in values for t in blind.candidates(work.legal_entity, f"{record}.{name}", value)}
    _take_turns(work.conn, spoken)
    table, customer = tables[record], tables[CUSTOMER]
    token = table.c[blind_column(f)]
    asked = select(token, table.c.customer_id)
    if record != CUSTOMER:
        asked = asked.join(customer, customer.c.customer_id == table.c.customer_id)
    asked = asked.where(in_scope(work.shared.records[record], table, tables, principal), token.in_(list(spoken)))
    for found, owner in work.conn.execute(asked.order_by(table.c.customer_id)):
        known.inside.setdefault(Key(record, name, spoken[bytes(found)]), owner)


def _by_number(work: UnitOfWork, principal: Principal, numbers: set[tuple[str, str]], known: Known) -> None:
    tables = work.shared.tables
    table, customer = tables[HOLDING], tables[CUSTOMER]
    asked = (
        select(table.c.external_system, table.c.external_id, table.c.customer_id, table.c.id)
        .join(customer, customer.c.customer_id == table.c.customer_id)
        .where(in_scope(work.shared.records[HOLDING], table, tables, principal))
        .where(table.c.external_id.in_([number for _, number in numbers]))
        .order_by(table.c.customer_id)
    )
    for system, number, owner, row in work.conn.execute(asked):
        if (system, number) in numbers:
            known.holdings.setdefault((system, number), (owner, row))


def _take_turns(conn: Connection, tokens: Iterable[bytes]) -> None:
    """On PostgreSQL, two writers of one new mobile go one after the other; SQLite has one writer anyway."""
    if conn.dialect.name != "postgresql":
        return
    keys = sorted({int.from_bytes(token[1:9], "big", signed=True) for token in tokens})
    locks = text("SELECT pg_advisory_xact_lock(k) FROM (SELECT unnest(CAST(:keys AS bigint[])) AS k ORDER BY 1) AS s")
    conn.execute(select(func.count()).select_from(locks.bindparams(keys=keys).columns().subquery()))


def resolve_references(
    work: UnitOfWork, principal: Principal, registry: Registry, submissions: Sequence[tuple[Person, ...]]
) -> list[Resolved | tuple[Problem, ...]]:
    """For each submission the ids of the rows that it names by code, or what is wrong with them.

    A row outside the principal's scope answers as an absent one.
    """
    wanted: dict[str, set[str]] = {}
    for _, _, one in (part for persons in submissions for part in _parts(persons)):
        for record, codes in one.references.items():
            for name, code in codes.items():
                wanted.setdefault(str(registry.records[record].by_name[name].refers_to), set()).add(code)
    ids: dict[tuple[str, str], UUID] = {}
    for target, codes_of_target in wanted.items():
        table = work.shared.tables[target]
        scope = in_scope(registry.records[target], table, work.shared.tables, principal)
        asked = select(table.c.code, table.c.id).where(scope, table.c.code.in_(sorted(codes_of_target)))
        ids.update(((target, code), row) for code, row in work.conn.execute(asked))
    return [_resolved(persons, registry, ids) for persons in submissions]


def _parts(persons: Sequence[Person]) -> Iterator[tuple[Place, BoundPart, Filled]]:
    for person in persons:
        yield person.place, person.part, person.filled
        yield from person.rows


def _resolved(
    persons: Sequence[Person], registry: Registry, ids: Mapping[tuple[str, str], UUID]
) -> Resolved | tuple[Problem, ...]:
    found: dict[Place, dict[str, dict[str, UUID]]] = {}
    problems: list[Problem] = []
    for place, part, one in _parts(persons):
        for record, codes in one.references.items():
            for name, code in codes.items():
                target = str(registry.records[record].by_name[name].refers_to)
                if (target, code) in ids:
                    found.setdefault(place, {}).setdefault(record, {})[name] = ids[(target, code)]
                    continue
                label = registry.records[target].label
                path = next(f.name for f in part.fields if f.form_field.to == f"{record}.{name}")
                message = _MISSING.format(zh=label.zh, en=label.en.lower())
                problems.append(Problem("REFERENCE_UNKNOWN", message, (*place, path)))
    return tuple(problems) if problems else found
