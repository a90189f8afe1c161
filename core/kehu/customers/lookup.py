"""Exact look-up (精确查找) through a blind index, under a daily budget of misses for each client."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from kehu.access.principal import Principal
from kehu.access.rows import in_scope
from kehu.customers.context import Context
from kehu.errors import DeclarationError, Invalid, OverLimit
from kehu.labels import Label
from kehu.records import Field, Record
from kehu.store.system import lookup_budget
from kehu.store.tables import CUSTOMER, blind_column
from kehu.vocabulary.base import ValueRefused

_SPENT = Label(
    "今日查无结果的次数已达上限({limit}次);请明日再试,或提升认证级别后继续",
    "Today's budget of {limit} look-ups without a result is used up; go on tomorrow, or after stepping up",
)


class Lookup:
    """Finds customers by the exact value of a field that has a blind index. Safe for threads."""

    def __init__(self, context: Context) -> None:
        self.context = context

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
        day = self.context.writing.now().date()
        # Taken first and given back on a hit: look-ups in parallel can't overdraw the budget.
        self._take(principal.client, day)
        found = self._find(principal, owner, f, normal)
        if found is not None:
            self._give_back(principal.client, day)
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

    def _take(self, client: str, day: date) -> None:
        limit = self.context.misses_per_day
        with self.context.engines.write.begin() as conn:
            dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
            row = {"client": client, "day": day, "misses": 0}
            conn.execute(dialect.insert(lookup_budget).values(**row).on_conflict_do_nothing())
            mine = (lookup_budget.c.client == client, lookup_budget.c.day == day)
            left = update(lookup_budget).where(*mine, lookup_budget.c.misses < limit)
            taken = conn.execute(left.values(misses=lookup_budget.c.misses + 1)).rowcount
        if taken != 1:
            raise OverLimit(_SPENT.format(limit=limit), "LOOKUP_BUDGET", limit=limit, stepUp=True)

    def _give_back(self, client: str, day: date) -> None:
        with self.context.engines.write.begin() as conn:
            mine = (lookup_budget.c.client == client, lookup_budget.c.day == day)
            conn.execute(update(lookup_budget).where(*mine).values(misses=lookup_budget.c.misses - 1))
