"""Possible duplicates (疑似重复): found by declared match rules, shown to data stewards, decided by them.

Found in whole legal entities, by blind indexes alone: nothing is opened. A pair is told only to who may decide about it
and has both customers in his row scope (promise 2).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, and_, literal, select, tuple_, update

from kehu.access.principal import Principal
from kehu.access.rows import units_below
from kehu.customers.context import Context, Request
from kehu.customers.pairs import OPEN, note_duplicates
from kehu.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from kehu.evidence import Kind, new_salt
from kehu.labels import Label
from kehu.rules.match import MatchRule
from kehu.store.system import duplicate_case
from kehu.store.tables import CUSTOMER
from kehu.store.vault import RowKey
from kehu.store.work import UnitOfWork

DECIDE = "customer.duplicate:decide"
DISMISSED = "DISMISSED"
REASON_LENGTH = 500
_REASON = Label("请写明 2 到 500 个字的理由", "Give a reason of 2 to 500 characters")
_DECIDED = Label("该疑似重复已有决定", "This possible duplicate has been decided already")
_STAFF = Label("须使用代表员工的账号", "Only an account that acts for a staff member can decide")
_ID = Label("这不是系统给出的编号", "Not an id as this system gives them")


@dataclass(frozen=True, slots=True)
class CaseId:
    """Which two customers, the one with the smaller id first, by which rule."""

    customer: UUID
    other: UUID
    rule: str

    def __str__(self) -> str:
        return f"{self.customer.hex}.{self.other.hex}.{self.rule}"

    @classmethod
    def of(cls, text: str, name: str = "id") -> CaseId:
        """Read an id. Raises `Invalid` ID_INVALID."""
        one, _, rest = text.partition(".")
        other, _, rule = rest.partition(".")
        if len(one) == len(other) == 32 and one.isalnum() and other.isalnum() and rule:
            try:
                return cls(UUID(hex=one), UUID(hex=other), rule)
            except ValueError:
                pass
        raise Invalid([Problem("ID_INVALID", _ID, (name,))])


@dataclass(frozen=True, slots=True)
class Case:
    """A possible duplicate that waits for a decision."""

    id: CaseId
    found_at: datetime


class Duplicates:
    """What data stewards do with possible duplicates. Safe for threads."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @property
    def rules(self) -> Collection[MatchRule]:
        return self.context.registry.match_rules.values()

    def find(self, request: Request) -> int:
        """Look through the whole legal entity; gives how many cases are new. Doing it again finds nothing more.

        Raises `Forbidden`.
        """
        request.principal.require(DECIDE)
        with self.context.engines.write.begin() as conn:
            work = self.context.unit_of_work(conn, request)
            found = note_duplicates(work, self.rules)
            salt = new_salt(self.context.writing.random)
            work.put_on_record(work.entry(Kind.JOB, request.operation, salt=salt, detail={"found": found}))
        self.context.nudge()
        return found

    def cases(self, conn: Connection, principal: Principal, first: int, after: CaseId | None = None) -> list[Case]:
        """Pairs that wait, both of them in the principal's scope. Raises `Forbidden`."""
        principal.require(DECIDE)
        c = duplicate_case.c
        asked = select(c.customer_id, c.other_id, c.rule, c.found_at).where(self._mine(principal), c.state == OPEN)
        if after is not None:
            last = (literal(after.customer), literal(after.other), literal(after.rule))
            asked = asked.where(tuple_(c.customer_id, c.other_id, c.rule) > tuple_(*last))
        asked = asked.order_by(c.customer_id, c.other_id, c.rule).limit(first)
        return [Case(CaseId(row.customer_id, row.other_id, row.rule), row.found_at) for row in conn.execute(asked)]

    def dismiss(self, request: Request, case: CaseId, reason: str) -> None:
        """They are two: this rule won't bring the pair up again. Why is kept, sealed, and so is who said so.

        Raises `Forbidden` (SCOPE_MISSING, STAFF_REQUIRED), `NotFound`, `Conflict` DECIDED, `Invalid` REASON_NEEDED.
        """
        principal = request.principal
        principal.require(DECIDE)
        if principal.staff is None:
            raise Forbidden(_STAFF, "STAFF_REQUIRED")
        if not 2 <= len(reason.strip()) <= REASON_LENGTH:
            raise Invalid([Problem("REASON_NEEDED", _REASON, ("reason",))])
        c = duplicate_case.c
        this = and_(
            self._mine(principal), c.customer_id == case.customer, c.other_id == case.other, c.rule == case.rule
        )

        def act(work: UnitOfWork) -> str:
            found = work.conn.execute(select(c.state).where(this).with_for_update(of=duplicate_case)).one_or_none()
            if found is None:
                raise NotFound
            if found.state != OPEN:
                raise Conflict(_DECIDED, "DECIDED")
            key = RowKey(work.legal_entity, case.customer, case.other)
            [blob] = self.context.writing.vault.seal_plain(
                work.conn, f"duplicate_case:{case.rule}", "internal", [(key, {"reason": reason.strip()})], work.now
            )
            settled = {"state": DISMISSED, "decided_by": principal.staff, "decided_at": work.now}
            still = update(duplicate_case).where(this, c.state == OPEN)
            if work.conn.execute(still.values(**settled, sealed_reason=blob)).rowcount != 1:
                raise Conflict(_DECIDED, "DECIDED")
            work.touch({case.customer, case.other})
            return ""

        self.context.once(request, "dismissDuplicate", {"id": str(case), "reason": reason}, act)

    def _mine(self, principal: Principal) -> ColumnElement[bool]:
        """Both customers are the principal's to see."""
        customer = self.context.writing.tables[CUSTOMER]
        units = units_below(self.context.writing.tables, principal)
        inside = select(customer.c.customer_id).where(
            customer.c.legal_entity_id == principal.legal_entity, customer.c.unit.in_(units)
        )
        c = duplicate_case.c
        entity = c.legal_entity_id == principal.legal_entity
        return and_(entity, c.customer_id.in_(inside), c.other_id.in_(inside))
