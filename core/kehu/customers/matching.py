"""Whom submissions are about: customers found by mobile or by the number of a holding, and codes made into ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection, case, func, select, text

from kehu.access.principal import Principal
from kehu.access.rows import in_scope, units_below
from kehu.errors import Problem
from kehu.forms.bind import BoundForm
from kehu.forms.submission import Submission
from kehu.labels import Label
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER, blind_column
from kehu.store.work import UnitOfWork
from kehu.vocabulary.base import Governed, opened

CONTACT, MOBILE, HOLDING = "ContactPoint", "mobile", "Holding"
_MISSING = Label("没有编号为此的{zh},请核对", "There is no {en} of this code; check it")


@dataclass
class Known:
    """What is there already. ``inside`` and ``outside`` tell the principal's scope apart, by mobile."""

    inside: dict[str, UUID] = field(default_factory=dict)
    outside: dict[str, UUID] = field(default_factory=dict)
    holdings: dict[tuple[str, str], tuple[UUID, UUID]] = field(default_factory=dict)


def mobile_of(submission: Submission) -> str | None:
    value = submission.values.get(CONTACT, {}).get(MOBILE)
    return None if value is None else str(opened(value))


def external_number(values: Mapping[str, Governed[object]]) -> tuple[str, str] | None:
    """Source system and number of a holding (S17.R23)."""
    system, number = values.get("externalSystem"), values.get("externalId")
    return None if system is None or number is None else (str(opened(system)), str(opened(number)))


def find_known(work: UnitOfWork, principal: Principal, submissions: Sequence[Submission]) -> Known:
    """Customers with these mobiles in the whole legal entity, and holdings with these numbers in scope."""
    known = Known()
    mobiles = {mobile for one in submissions if (mobile := mobile_of(one)) is not None}
    numbers = {n for one in submissions if (n := external_number(one.values.get(HOLDING, {}))) is not None}
    if mobiles:
        _by_mobile(work, principal, mobiles, known)
    if numbers:
        _by_number(work, principal, numbers, known)
    return known


def _by_mobile(work: UnitOfWork, principal: Principal, mobiles: Iterable[str], known: Known) -> None:
    tables, blind = work.shared.tables, work.shared.blind
    f = work.shared.records[CONTACT].by_name[MOBILE]
    index = f"{CONTACT}.{MOBILE}"
    spoken = {t: m for m in mobiles for t in blind.candidates(work.legal_entity, index, f.type.index_form(m))}
    _take_turns(work.conn, spoken)
    contact, customer = tables[CONTACT], tables[CUSTOMER]
    token = contact.c[blind_column(f)]
    seen = case((customer.c.unit.in_(units_below(tables, principal)), 1), else_=0)
    asked = (
        select(token, contact.c.customer_id, seen)
        .join(customer, customer.c.customer_id == contact.c.customer_id)
        .where(contact.c.legal_entity_id == work.legal_entity, token.in_(list(spoken)))
        .order_by(contact.c.customer_id)
    )
    for found, owner, inside in work.conn.execute(asked):
        (known.inside if inside else known.outside).setdefault(spoken[bytes(found)], owner)


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
    work: UnitOfWork,
    principal: Principal,
    registry: Registry,
    forms: Mapping[str, BoundForm],
    submissions: Sequence[Submission],
) -> list[dict[str, dict[str, UUID]] | tuple[Problem, ...]]:
    """For each submission the ids of the rows that it names by code, or what is wrong with them.

    A row outside the principal's scope answers as an absent one.
    """
    wanted: dict[str, set[str]] = {}
    for one in submissions:
        for record, codes in one.references.items():
            for name, code in codes.items():
                wanted.setdefault(str(registry.records[record].by_name[name].refers_to), set()).add(code)
    ids: dict[tuple[str, str], UUID] = {}
    for target, codes_of_target in wanted.items():
        table = work.shared.tables[target]
        scope = in_scope(registry.records[target], table, work.shared.tables, principal)
        asked = select(table.c.code, table.c.id).where(scope, table.c.code.in_(sorted(codes_of_target)))
        ids.update(((target, code), row) for code, row in work.conn.execute(asked))
    return [_resolved(one, registry, forms[one.form], ids) for one in submissions]


def _resolved(
    submission: Submission, registry: Registry, form: BoundForm, ids: Mapping[tuple[str, str], UUID]
) -> dict[str, dict[str, UUID]] | tuple[Problem, ...]:
    found: dict[str, dict[str, UUID]] = {}
    problems: list[Problem] = []
    for record, codes in submission.references.items():
        for name, code in codes.items():
            target = str(registry.records[record].by_name[name].refers_to)
            if (target, code) in ids:
                found.setdefault(record, {})[name] = ids[(target, code)]
                continue
            label = registry.records[target].label
            path = next(f.name for f in form.fields if f.form_field.to == f"{record}.{name}")
            message = _MISSING.format(zh=label.zh, en=label.en.lower())
            problems.append(Problem("REFERENCE_UNKNOWN", message, (path,)))
    return tuple(problems) if problems else found
