"""The acts on customers: each in one transaction with its grades and evidence, once per idempotency key.

Scopes are checked before anything is read; a customer outside the principal's units answers as an absent one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from kehu.customers.context import Context, Outcome, Request
from kehu.customers.inputs import Parsed, check_references, parse_values, refuse_echoes
from kehu.errors import Conflict, DeclarationError, Forbidden, Invalid, NotFound, Problem
from kehu.labels import Label
from kehu.records import Owner, Record
from kehu.store.tables import CUSTOMER, parent_column
from kehu.store.work import NewRow, UnitOfWork
from kehu.vocabulary.base import Governed, opened

JUDGEMENT = "Judgement"
DECIDE = "customer.judgement:decide"
PROPOSED, APPROVED, REFUSED = "PROPOSED", "APPROVED", "REFUSED"
_SINGLE = Label("此客户已有该资料,请修改已有的一份", "The customer has this already; change the one that is there")
_STAFF = Label("须使用代表员工的账号", "Only an account that acts for a staff member can propose or decide")
_NO_PARENT = Label("此记录直属客户", "This belongs to the customer itself")
_SAME = Label("提出人不能决定自己提出的认定", "Whoever proposed a judgement can't decide about it")
_DECIDED = Label("该认定已有决定", "This judgement has been decided already")


class Acts:
    """Everything that a caller can do to customers. Safe for threads."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._records = context.registry.records

    def create_customer(self, request: Request, values: Mapping[str, object]) -> Outcome:
        """A new customer; ``unit`` is the principal's own unless given.

        Raises `Forbidden`, `Invalid`, `Conflict` (IDEMPOTENCY_REUSED).
        """
        record = self._writable(CUSTOMER, request)
        parsed = parse_values(record, {"unit": request.principal.unit, **values}, self.context.registry)

        def act(work: UnitOfWork) -> Outcome:
            self._check(work, record, parsed, request)
            customer = work.new_id()
            work.insert(CUSTOMER, [NewRow(customer, customer, _given(parsed))])
            return Outcome(record=CUSTOMER, customer=customer, id=customer, version=1)

        return self.context.run(request, "createCustomer", {"values": values}, act)

    def change_customer(
        self, request: Request, customer: UUID, expected_version: int, values: Mapping[str, object]
    ) -> Outcome:
        """Change a customer's own fields; None takes one away. Raises also `NotFound`, `Stale`."""
        return self.change_row(request, CUSTOMER, customer, customer, expected_version, values)

    def add_row(
        self, request: Request, name: str, customer: UUID, values: Mapping[str, object], parent: UUID | None = None
    ) -> Outcome:
        """A new row of a customer's record; ``parent`` is the row above where that isn't the customer.

        Raises `Forbidden`, `NotFound`, `Invalid`, `Conflict` (ROW_EXISTS for a facet that is there).
        """
        record = self._writable(name, request)
        if name == CUSTOMER:
            raise DeclarationError("a customer is made by create_customer")
        parsed = parse_values(record, values, self.context.registry)

        def act(work: UnitOfWork) -> Outcome:
            self.context.require_customer(work.conn, request.principal, customer)
            self._require_place(work, record, customer, parent)
            self._check(work, record, parsed, request)
            row = work.new_id()
            work.insert(name, [NewRow(customer, row, _given(parsed), parent)])
            return Outcome(record=name, customer=customer, id=row, version=1)

        said = {"record": name, "customer": customer, "parent": parent, "values": values}
        return self.context.run(request, "addRow", said, act)

    def change_row(
        self,
        request: Request,
        name: str,
        customer: UUID,
        row: UUID,
        expected_version: int,
        values: Mapping[str, object],
    ) -> Outcome:
        """Change a row; None takes a value away. Raises `Forbidden`, `NotFound`, `Invalid` (APPEND_ONLY,
        MASK_SENT_BACK, …), `Stale`, `Conflict`."""
        record = self._writable(name, request)
        parsed = parse_values(record, values, self.context.registry)

        def act(work: UnitOfWork) -> Outcome:
            self.context.require_customer(work.conn, request.principal, customer)
            self._check(work, record, parsed, request)
            if not record.append_only:
                refuse_echoes(record, work.read(name, customer, row)[1], parsed, request.principal.scopes)
            version = work.change(name, customer, row, expected_version, parsed)
            return Outcome(record=name, customer=customer, id=row, version=version)

        said = {"record": name, "customer": customer, "row": row, "version": expected_version, "values": values}
        return self.context.run(request, "changeRow", said, act)

    def propose_judgement(self, request: Request, customer: UUID, kind: object, evidence: object) -> Outcome:
        """Propose a judgement with its evidence; it counts once somebody else approves it (S17.R10, R11, R15)."""
        record = self._records[JUDGEMENT]
        request.principal.require(f"{record.area}:write")
        who = _person(request)
        parsed = parse_values(record, {"kind": kind, "evidence": evidence}, self.context.registry)

        def act(work: UnitOfWork) -> Outcome:
            self.context.require_customer(work.conn, request.principal, customer)
            values = _given(parsed) | _system(record, status=PROPOSED, proposedBy=who, proposedAt=work.now)
            row = work.new_id()
            work.insert(JUDGEMENT, [NewRow(customer, row, values)])
            return Outcome(record=JUDGEMENT, customer=customer, id=row, version=1)

        said = {"customer": customer, "kind": kind, "evidence": evidence}
        return self.context.run(request, "proposeJudgement", said, act)

    def decide_judgement(
        self,
        request: Request,
        customer: UUID,
        row: UUID,
        expected_version: int,
        *,
        approve: bool,
        comment: object = None,
    ) -> Outcome:
        """Approve or refuse a proposed judgement; the grade follows in the same transaction.

        Raises `Forbidden` (SCOPE_MISSING, STAFF_REQUIRED, SAME_PERSON), `NotFound`, `Stale`, `Conflict` (DECIDED).
        """
        record = self._records[JUDGEMENT]
        request.principal.require(DECIDE)
        who = _person(request)
        parsed = parse_values(record, {} if comment is None else {"comment": comment}, self.context.registry)

        def act(work: UnitOfWork) -> Outcome:
            self.context.require_customer(work.conn, request.principal, customer)
            _, current = work.read(JUDGEMENT, customer, row)
            if opened(current["proposedBy"]) == who:
                raise Forbidden(_SAME, "SAME_PERSON")
            if opened(current["status"]) != PROPOSED:
                raise Conflict(_DECIDED, "DECIDED")
            status = APPROVED if approve else REFUSED
            changes = _given(parsed) | _system(record, status=status, decidedBy=who, decidedAt=work.now)
            # The version in the update's condition keeps a second decision out.
            version = work.change(JUDGEMENT, customer, row, expected_version, changes)
            return Outcome(record=JUDGEMENT, customer=customer, id=row, version=version)

        said = {"customer": customer, "row": row, "version": expected_version, "approve": approve, "comment": comment}
        return self.context.run(request, "decideJudgement", said, act)

    def _writable(self, name: str, request: Request) -> Record:
        record = self._records.get(name)
        if record is None or not record.writable or record.owner is not Owner.CUSTOMER:
            raise DeclarationError(f"{name} is no record that callers write")
        request.principal.require(f"{record.area}:write")
        return record

    def _check(self, work: UnitOfWork, record: Record, parsed: Parsed, request: Request) -> None:
        shared = self.context
        check_references(work.conn, record, parsed, shared.registry, shared.writing.tables, request.principal)

    def _require_place(self, work: UnitOfWork, record: Record, customer: UUID, parent: UUID | None) -> None:
        """The row above is there, and a facet isn't there yet."""
        tables = self.context.writing.tables
        table = tables[record.name]
        same = table.c.customer_id == customer
        if record.parent not in (None, CUSTOMER):
            above = tables[str(record.parent)]
            found = select(above.c.id).where(above.c.customer_id == customer, above.c.id == parent)
            if parent is None or work.conn.execute(found).first() is None:
                raise NotFound
            same = same & (table.c[parent_column(self._records[str(record.parent)])] == parent)
        elif parent is not None:
            raise Invalid([Problem("PARENT_UNEXPECTED", _NO_PARENT, ("parent",))])
        if record.single and work.conn.execute(select(table.c.id).where(same)).first() is not None:
            raise Conflict(_SINGLE, "ROW_EXISTS")


def _given(parsed: Parsed) -> dict[str, Governed[Any]]:
    return {name: value for name, value in parsed.items() if value is not None}


def _system(record: Record, **values: object) -> dict[str, Governed[Any]]:
    """Values that core writes: not parsed, they are ours."""
    return {name: Governed(record.by_name[name].type, value) for name, value in values.items()}


def _person(request: Request) -> str:
    """Who proposes or decides: the staff member, so that two accounts of one person are one person."""
    if request.principal.staff is None:
        raise Forbidden(_STAFF, "STAFF_REQUIRED")
    return str(request.principal.staff)
