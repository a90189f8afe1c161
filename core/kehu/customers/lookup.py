"""Exact look-up (精确查找) through a blind index, and name search (姓名查找) through tokens of names.

Both are under one daily budget of misses for each client.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kehu.access.principal import Principal
from kehu.access.rows import in_scope
from kehu.customers.context import Context
from kehu.errors import DeclarationError, Invalid, OverLimit
from kehu.labels import Label
from kehu.records import Field, Record
from kehu.store.searching import asked_tokens
from kehu.store.system import lookup_budget, search_token
from kehu.store.tables import CUSTOMER, blind_column
from kehu.vocabulary.base import ValueRefused
from kehu.vocabulary.spelling import asked_forms

_SPENT = Label(
    "今日查无结果的次数已达上限({limit}次);请明日再试,或提升认证级别后继续",
    "Today's budget of {limit} look-ups without a result is used up; go on tomorrow, or after stepping up",
)


class MissBudget:
    """What a client may ask in vain in a day (UTC), look-ups and searches together. Safe for threads."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def take(self, client: str) -> date:
        """Take one, committed before anything is answered: look-ups in parallel can't overdraw. Gives the day that
        `give_back` wants. Raises `OverLimit` LOOKUP_BUDGET."""
        day, limit = self.context.writing.now().date(), self.context.misses_per_day
        with self.context.engines.write.begin() as conn:
            dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
            row = {"client": client, "day": day, "misses": 0}
            conn.execute(dialect.insert(lookup_budget).values(**row).on_conflict_do_nothing())
            left = update(lookup_budget).where(*_of(client, day), lookup_budget.c.misses < limit)
            taken = conn.execute(left.values(misses=lookup_budget.c.misses + 1)).rowcount
        if taken != 1:
            raise OverLimit(_SPENT.format(limit=limit), "LOOKUP_BUDGET", limit=limit, stepUp=True)
        return day

    def give_back(self, client: str, day: date) -> None:
        """There was a result after all."""
        with self.context.engines.write.begin() as conn:
            conn.execute(update(lookup_budget).where(*_of(client, day)).values(misses=lookup_budget.c.misses - 1))


def _of(client: str, day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (lookup_budget.c.client == client, lookup_budget.c.day == day)


class Lookup:
    """Finds customers by the exact value of a field that has a blind index. Safe for threads."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.budget = MissBudget(context)

    def find(self, principal: Principal, record: str, field: str, value: object) -> UUID | None:
        """The customer who has exactly this value, or None where nobody in the principal's scope has it.

        A miss is counted, committed, before it is answered; hidden and absent alike. Raises `Forbidden`,
        `Invalid` (the type refuses the value), `OverLimit` LOOKUP_BUDGET. The caller puts it on record.
        """
        owner, f = self._declared(record, field)
        principal.require(str(f.policy.lookup_scope))
        try:
            normal = f.type.index_form(f.type.parse(value))
        except ValueRefused as refused:
            raise Invalid([refused.problem.at("value")]) from None
        day = self.budget.take(principal.client)
        found = self._find(principal, owner, f, normal)
        if found is not None:
            self.budget.give_back(principal.client, day)
        return found

    def _declared(self, record: str, field: str) -> tuple[Record, Field]:
        owner = self.context.registry.records[record]
        f = owner.by_name[field]
        if not f.policy.lookup:
            raise DeclarationError(f"{record}.{field} has no blind index")
        return owner, f

    def _find(self, principal: Principal, record: Record, f: Field, normal: str) -> UUID | None:
        tables = self.context.writing.tables
        table, customer = tables[record.name], tables[CUSTOMER]
        index = f"{record.name}.{f.name}"
        tokens = self.context.writing.blind.candidates(principal.legal_entity, index, normal)
        asked = select(table.c.customer_id).where(table.c[blind_column(f)].in_(tokens))
        if record.name != CUSTOMER:
            asked = asked.join(customer, customer.c.customer_id == table.c.customer_id)
        scope = in_scope(record, table, tables, principal)
        with self.context.engines.read.connect() as conn:
            found: UUID | None = conn.execute(asked.where(scope).order_by(table.c.customer_id).limit(1)).scalar()
        return found


@dataclass(frozen=True, slots=True)
class Wanted:
    """One search: whom it finds, as SQL, and a name of it that a cursor can be bound to."""

    condition: ColumnElement[bool]
    digest: str


class NameSearch:
    """Finds customers by name. Who may is decided by the caller of this, field by field. Safe for threads."""

    def __init__(self, context: Context, budget: MissBudget) -> None:
        self.context = context
        self.budget = budget

    def wanted(self, principal: Principal, fields: Sequence[Field], text: object) -> Wanted:
        """What to look for in these fields of Customer: the text as written, as pinyin or as initials.

        Raises `Invalid` where the text can't be a name.
        """
        try:
            forms = asked_forms(text)
        except ValueRefused as refused:
            raise Invalid([refused.problem.at("name")]) from None
        writing, record = self.context.writing, self.context.registry.records[CUSTOMER]
        tokens = asked_tokens(writing.blind, principal.legal_entity, record, fields, forms)
        found = select(search_token.c.customer_id).where(
            search_token.c.legal_entity_id == principal.legal_entity, search_token.c.token.in_(tokens)
        )
        digest = sha256(b"".join(sorted(tokens))).hexdigest()
        return Wanted(writing.tables[CUSTOMER].c.customer_id.in_(found), digest)
