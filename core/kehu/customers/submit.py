"""Storing filled-in forms: up to 1,000 in one transaction, whoever brings them (a client, an import, the demo)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from kehu.access.principal import Principal
from kehu.access.rows import in_scope
from kehu.customers.context import Context, Outcome, Request
from kehu.customers.correcting import OTHER, Correction, version_of
from kehu.customers.matching import about_of, find_known, persons_of, resolve_references
from kehu.customers.merging import Merge
from kehu.errors import DeclarationError, Invalid, NotFound, Problem, Stale
from kehu.evidence import Kind, new_salt
from kehu.forms.bind import RELATIONSHIP, BoundForm
from kehu.forms.submission import Submission, parse_bound
from kehu.labels import Label
from kehu.store.tables import CUSTOMER, LEGAL_ENTITY
from kehu.store.work import UnitOfWork
from kehu.vocabulary.base import opened

MOST = 1_000
"""Submissions of one transaction (design.md, Storage)."""
_UNKNOWN = Label(
    "没有编号为此的{zh},或有不止一份;请核对编号,须先登记",
    "There is no {en} of this number, or more than one; check it, and register first",
)


_VERSION = Label(
    "此表单现为第{version}版,请按新版重新填写",
    "The form is at version {version} now; take its schema anew",
)


def _nothing(work: UnitOfWork) -> None:
    """What is done beside most submissions."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one submission: the customer that it is about, or what is wrong with it."""

    customer: UUID | None
    problems: tuple[Problem, ...] = ()
    linked: tuple[UUID, ...] = ()
    """The customers of the form's links, in their order."""


class Submissions:
    """Stores submissions. Safe for threads. Raises `DeclarationError` for a form that names no customer."""

    def __init__(self, context: Context, forms: Mapping[str, BoundForm]) -> None:
        self.context = context
        self.forms = forms
        for key, form in forms.items():
            if CUSTOMER not in form.records and form.about is None:
                raise DeclarationError(f"form {key} has no field of {CUSTOMER}: nobody would know whom it is about")

    def record_form(
        self,
        request: Request,
        form: str,
        data: Mapping[str, object],
        also: Callable[[UnitOfWork], None] = _nothing,
    ) -> Outcome:
        """Record one filled-in form, as a client sends it. Gives the customer.

        ``also`` is done in the same transaction.

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
            self.context.settle(work, set(taken.linked))
            also(work)
            return Outcome(record=CUSTOMER, customer=taken.customer, id=taken.customer, version=1)

        return self.context.run(request, "recordForm", {"form": form, "data": data}, act)

    def served(self, form: str, version: int) -> BoundForm:
        """The form of this key. Raises `NotFound`, or `Invalid` FORM_VERSION where another version is served now."""
        bound = self.forms.get(form)
        if bound is None:
            raise NotFound
        if bound.form.version != version:
            raise Invalid([Problem("FORM_VERSION", _VERSION.format(version=bound.form.version), ("version",))])
        return bound

    def correct(
        self,
        request: Request,
        form: str,
        data: Mapping[str, object],
        customer: UUID,
        expected_version: int,
        also: Callable[[UnitOfWork], None] = _nothing,
    ) -> Outcome:
        """Correct what is stored of a customer: what the form says replaces it, masks sent back leave it alone.

        ``also`` is done in the same transaction. Raises as `record_form`, and `Stale`.
        """
        bound = self.forms[form]
        who = request.principal
        self.require(who, bound)
        zone = self.zone(who.legal_entity)

        def act(work: UnitOfWork) -> Outcome:
            self.context.require_customer(work.conn, who, customer)
            if version_of(work.conn, work.shared.tables, bound, customer, who.scopes) != expected_version:
                raise Stale
            correction = Correction(work, self.context.registry, bound, customer)
            others = self._in_scope(work, who, _linked_with(work, bound, customer))
            submission = parse_bound(bound, correction.untouched(data, who.scopes, others), zone=zone)
            concerned = self._correct(work, who, correction, submission)
            self.context.settle(work, concerned - {customer})
            also(work)
            return Outcome(record=CUSTOMER, customer=customer, id=customer, version=1)

        said = {"form": form, "data": data, "customer": customer, "version": expected_version}
        return self.context.run(request, "correctForm", said, act)

    def _correct(
        self, work: UnitOfWork, principal: Principal, correction: Correction, submission: Submission
    ) -> set[UUID]:
        main, *others = persons_of(submission, correction.bound)
        [resolved] = resolve_references(work, principal, self.context.registry, [(main, *others)])
        if isinstance(resolved, tuple):
            raise Invalid(resolved)
        written = correction.carry_out(main, resolved.get((), {}))
        persons = (written, *others)
        known = find_known(work, principal, persons)
        merge = Merge(work, self.context.registry, principal.unit, principal.staff, again=True)
        records = dict.fromkeys(name for part in correction.bound.parts for name in part.records)
        merge.know({correction.customer, *(c for one in others if (c := known.customer(one)) is not None)}, records)
        if more := merge.linked() - merge.customers:
            merge.know(self._in_scope(work, principal, more), records)
        concerned = set(merge.add(submission, persons, resolved, known))
        merge.carry_out()
        return concerned

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

    def take(
        self, work: UnitOfWork, principal: Principal, submissions: Sequence[Submission], unit: UUID | None = None
    ) -> list[Taken]:
        """Write submissions in the caller's transaction; grades and evidence are the caller's (`finish`).

        New customers belong to ``unit``, by default the principal's, where a form doesn't say.
        """
        if len(submissions) > MOST:
            raise ValueError(f"a transaction holds at most {MOST} submissions")
        registry = self.context.registry
        persons = [persons_of(one, self.forms[one.form]) for one in submissions]
        resolved = resolve_references(work, principal, registry, persons)
        good = [
            one for all_, found in zip(persons, resolved, strict=True) if not isinstance(found, tuple) for one in all_
        ]
        known = find_known(work, principal, good)
        merge = Merge(work, registry, unit or principal.unit, principal.staff)
        records = dict.fromkeys(
            name for one in submissions for part in self.forms[one.form].parts for name in part.records
        )
        merge.know({found for one in good if (found := known.customer(one)) is not None}, records)
        if others := merge.linked() - merge.customers:
            merge.know(self._in_scope(work, principal, others), records)
        taken: list[Taken] = []
        for one, them, references in zip(submissions, persons, resolved, strict=True):
            if isinstance(references, tuple):
                taken.append(Taken(None, references))
                continue
            if about_of(them[0]) is not None and known.customer(them[0]) is None:
                taken.append(Taken(None, (_unknown(self.forms[one.form]),)))
                continue
            try:
                customer, *linked = merge.add(one, them, references, known)
            except Invalid as refused:
                taken.append(Taken(None, refused.problems))
            else:
                taken.append(Taken(customer, linked=tuple(linked)))
        merge.carry_out()
        return taken

    def finish(
        self, work: UnitOfWork, request: Request, taken: Sequence[Taken], kind: Kind, **detail: str | int
    ) -> None:
        """Grade the customers concerned and put the transaction on record."""
        customers = {found for one in taken for found in (one.customer, *one.linked) if found is not None}
        if not customers:
            return
        self.context.settle(work, customers)
        salt = new_salt(self.context.writing.random)
        work.put_on_record(work.entry(kind, request.operation, salt=salt, detail={"submissions": len(taken), **detail}))

    def require(self, principal: Principal, form: BoundForm) -> None:
        """Raises `Forbidden` unless the principal may write every record that the form writes."""
        principal.require(*form.scopes)

    def zone(self, legal_entity: UUID) -> ZoneInfo:
        """The legal entity's time zone. Raises `NotFound`."""
        table = self.context.writing.tables[LEGAL_ENTITY]
        with self.context.engines.read.connect() as conn:
            name = conn.execute(select(table.c.time_zone).where(table.c.id == legal_entity)).scalar()
        if name is None:
            raise NotFound
        return ZoneInfo(name)

    def _in_scope(self, work: UnitOfWork, principal: Principal, customers: set[UUID]) -> list[UUID]:
        table = self.context.writing.tables[CUSTOMER]
        scope = in_scope(self.context.registry.records[CUSTOMER], table, self.context.writing.tables, principal)
        asked = select(table.c.customer_id).where(table.c.customer_id.in_(customers), scope)
        return list(work.conn.execute(asked).scalars())


def _unknown(form: BoundForm) -> Problem:
    """What the form is about isn't on record, or not within the caller's scope."""
    assert form.about is not None
    label = form.about.record.label
    return Problem("ABOUT_UNKNOWN", _UNKNOWN.format(zh=label.zh, en=label.en.lower()), (form.about.name,))


def _linked_with(work: UnitOfWork, bound: BoundForm, customer: UUID) -> set[UUID]:
    """With whom the customer is linked, where the form asks for such persons."""
    if not any(RELATIONSHIP in rows.records for rows in bound.rows):
        return set()
    return {UUID(str(opened(row.values[OTHER]))) for row in work.read_all(RELATIONSHIP, [customer])}
