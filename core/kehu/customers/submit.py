"""Storing filled-in forms: up to 1,000 in one transaction, whoever brings them (a client, an import, the demo)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from kehu.access.principal import Principal
from kehu.customers.context import Context, Outcome, Request
from kehu.customers.matching import HOLDING, Known, external_number, find_known, mobile_of, resolve_references
from kehu.customers.merging import Merge
from kehu.errors import DeclarationError, Invalid, NotFound, Problem
from kehu.evidence import Kind, new_salt
from kehu.forms.bind import BoundForm
from kehu.forms.submission import Submission, parse_bound
from kehu.store.system import duplicate_case
from kehu.store.tables import CUSTOMER, LEGAL_ENTITY
from kehu.store.work import UnitOfWork

MOST = 1_000
"""Submissions of one transaction (design.md, Storage)."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one submission: the customer that it is about, or what is wrong with it."""

    customer: UUID | None
    problems: tuple[Problem, ...] = ()


class Submissions:
    """Stores submissions. Safe for threads. Raises `DeclarationError` for a form that names no customer."""

    def __init__(self, context: Context, forms: Mapping[str, BoundForm]) -> None:
        self.context = context
        self.forms = forms
        for key, form in forms.items():
            if CUSTOMER not in form.records:
                raise DeclarationError(f"form {key} has no field of {CUSTOMER}: nobody would know whom it is about")

    def record_form(self, request: Request, form: str, data: Mapping[str, object]) -> Outcome:
        """Record one filled-in form, as a client sends it. Gives the customer.

        Raises `Forbidden`, `Invalid` (paths are form fields), `NotFound` for a form that isn't there, `Conflict`.
        """
        bound = self.forms.get(form)
        if bound is None:
            raise NotFound
        self.require(request.principal, bound)
        submission = parse_bound(bound, data, zone=self.zone(request.principal.legal_entity))

        def act(work: UnitOfWork) -> Outcome:
            [taken] = self.take(work, request.principal, [submission])
            if taken.customer is None:
                raise Invalid(taken.problems)
            return Outcome(record=CUSTOMER, customer=taken.customer, id=taken.customer, version=1)

        return self.context.run(request, "recordForm", {"form": form, "data": data}, act)

    def store(self, request: Request, submissions: Sequence[Submission]) -> list[Taken]:
        """Store at most 1,000 in one transaction with grades and one evidence entry; what can't be taken is told."""
        for key in {one.form for one in submissions}:
            self.require(request.principal, self.forms[key])
        with self.context.engines.write.begin() as conn:
            work = self.context.unit_of_work(conn, request)
            taken = self.take(work, request.principal, submissions)
            self.finish(work, request, taken, Kind.WRITE)
        self.context.nudge()
        return taken

    def take(self, work: UnitOfWork, principal: Principal, submissions: Sequence[Submission]) -> list[Taken]:
        """Write submissions in the caller's transaction; grades and evidence are the caller's (`finish`)."""
        if len(submissions) > MOST:
            raise ValueError(f"a transaction holds at most {MOST} submissions")
        registry = self.context.registry
        resolved = resolve_references(work, principal, registry, self.forms, submissions)
        good = [one for one, found in zip(submissions, resolved, strict=True) if isinstance(found, dict)]
        known = find_known(work, principal, good)
        merge = Merge(work, registry, principal.unit, principal.staff)
        customers = {found for one in good if (found := _customer_of(one, known)) is not None}
        merge.know(customers, dict.fromkeys(name for one in good for name in self.forms[one.form].records))
        taken: list[Taken] = []
        for one, references in zip(submissions, resolved, strict=True):
            if not isinstance(references, dict):
                taken.append(Taken(None, references))
                continue
            try:
                customer = merge.add(one, references, self.forms[one.form], known, _customer_of(one, known))
            except Invalid as refused:
                taken.append(Taken(None, refused.problems))
                continue
            if (mobile := mobile_of(one)) is not None:
                known.inside.setdefault(mobile, customer)
            taken.append(Taken(customer))
        merge.carry_out()
        self._note_duplicates(work, submissions, taken, known)
        return taken

    def finish(
        self, work: UnitOfWork, request: Request, taken: Sequence[Taken], kind: Kind, **detail: str | int
    ) -> None:
        """Grade the customers concerned and put the transaction on record."""
        customers = {one.customer for one in taken if one.customer is not None}
        if not customers:
            return
        self.context.grade(work, customers)
        salt = new_salt(self.context.writing.random)
        work.put_on_record(work.entry(kind, request.operation, salt=salt, detail={"submissions": len(taken), **detail}))

    def require(self, principal: Principal, form: BoundForm) -> None:
        """Raises `Forbidden` unless the principal may write every record that the form writes."""
        principal.require(*sorted({f"{record.area}:write" for record in form.records.values()}))

    def zone(self, legal_entity: UUID) -> ZoneInfo:
        """The legal entity's time zone. Raises `NotFound`."""
        table = self.context.writing.tables[LEGAL_ENTITY]
        with self.context.engines.read.connect() as conn:
            name = conn.execute(select(table.c.time_zone).where(table.c.id == legal_entity)).scalar()
        if name is None:
            raise NotFound
        return ZoneInfo(name)

    def _note_duplicates(
        self, work: UnitOfWork, submissions: Sequence[Submission], taken: Sequence[Taken], known: Known
    ) -> None:
        """A customer with this mobile outside the caller's scope: told to a data steward, never to the caller."""
        rows = [
            {
                "legal_entity_id": work.legal_entity,
                "customer_id": result.customer,
                "other_id": known.outside[mobile],
                "found_at": work.now,
                "state": "OPEN",
            }
            for one, result in zip(submissions, taken, strict=True)
            if result.customer is not None and (mobile := mobile_of(one)) in known.outside and mobile is not None
        ]
        if rows:
            dialect = postgresql if work.conn.dialect.name == "postgresql" else sqlite
            work.conn.execute(dialect.insert(duplicate_case).on_conflict_do_nothing(), rows)


def _customer_of(submission: Submission, known: Known) -> UUID | None:
    """By the number of a holding, which one customer has; else by mobile."""
    number = external_number(submission.values.get(HOLDING, {}))
    if number is not None and number in known.holdings:
        return known.holdings[number][0]
    mobile = mobile_of(submission)
    return None if mobile is None else known.inside.get(mobile)
