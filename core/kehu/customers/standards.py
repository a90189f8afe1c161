"""Acts on gradings: a standard (标准) proposed by one person and published by another, and the sweep that regrades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select, update

from kehu.access.principal import Principal
from kehu.access.rows import UNIT, units_below
from kehu.customers.context import Context, Request
from kehu.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from kehu.evidence import Kind, new_salt
from kehu.grading.days import local_day, zone_of
from kehu.grading.run import SPAN, GradeRun, grade, spans
from kehu.grading.standards import PROPOSED, PUBLISHED, REFUSED
from kehu.labels import Label
from kehu.rules.grading import Grading, SetBy
from kehu.store.system import grading_standard, grading_standard_value
from kehu.store.work import UnitOfWork
from kehu.vocabulary.base import ValueRefused

READ, WRITE, DECIDE = "grading:read", "grading:write", "grading:decide"
_STAFF = Label("须使用代表员工的账号", "Only an account that acts for a staff member can propose or decide")
_UNIT = Label(
    "此标准由上级机构制定,本机构人员不能更改", "This standard is set above: staff of this unit can't change it"
)
_SAME = Label("提出人不能决定自己提出的标准", "Whoever proposed a standard can't decide about it")
_DECIDED = Label("该标准已有决定", "This standard has been decided already")
_LATE = Label("生效日期已过,请重新提出", "Its day has passed without a decision; propose it again with a later day")
_PAST = Label("生效日期不能早于今天", "It can't be in force before today")
_FIXED = Label("此分级没有可设参数", "This grading has no parameters to set")


class GradingActs:
    """What can be done about gradings. Safe for threads."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._tables = context.writing.tables.by_record

    def grading(self, key: str, version: int | None = None) -> Grading:
        """The grading of that key, in its newest version unless given. Raises `Invalid` GRADING_UNKNOWN."""
        registry = self.context.registry
        known = registry.current_gradings if version is None else registry.gradings
        for one in known:
            if one.key == key and version in (None, one.version):
                return one
        keys = ", ".join(one.key for one in registry.current_gradings)
        message = Label(f"没有此分级或版本,可用:{keys}", f"There is no such grading or version; there are: {keys}")
        raise Invalid([Problem("GRADING_UNKNOWN", message, ("grading",))])

    def propose(
        self, request: Request, key: str, unit: UUID, effective_from: date, values: Mapping[str, object]
    ) -> UUID:
        """Propose a standard for a unit and all below; parameters not in ``values`` have their defaults.

        Raises `Forbidden` (SCOPE_MISSING, STAFF_REQUIRED, STANDARD_UNIT), `NotFound` for a unit out of reach,
        `Invalid` (GRADING_UNKNOWN, GRADING_FIXED, EFFECTIVE_PAST, PARAMETER_UNKNOWN and those of `Parameter.parse`).
        """
        request.principal.require(WRITE)
        who = _person(request)
        grading = self.grading(key)
        stated = _stated(grading, values)

        def act(work: UnitOfWork) -> str:
            self._require_reach(work.conn, request.principal, grading, unit)
            if effective_from < self._today(work.conn, request.principal, work):
                raise Invalid([Problem("EFFECTIVE_PAST", _PAST, ("effectiveFrom",))])
            made, version = work.new_id(), self._next_version(work.conn, request.principal, key)
            work.conn.execute(insert(grading_standard).values(
                id=made, legal_entity_id=work.legal_entity, grading=key, version=version,
                grading_version=grading.version, unit_id=unit, effective_from=effective_from, state=PROPOSED,
                proposed_by=who, proposed_at=work.now,
            ))  # fmt: skip
            rows = [
                {"standard_id": made, "name": p.name, "measure": p.measure, "value": stated[p.name]}
                for p in grading.parameters
            ]
            work.conn.execute(insert(grading_standard_value), rows)
            self._record(work, request, {"grading": key, "standard": version, "state": PROPOSED})
            return str(made)

        said = {"grading": key, "unit": unit, "from": effective_from, "values": stated}
        return UUID(self.context.once(request, "proposeGradingStandard", said, act)[0])

    def decide(self, request: Request, standard: UUID, *, approve: bool) -> UUID:
        """Publish or refuse a proposed standard. One in force today regrades everybody whom it concerns, in bounded
        transactions after its own; an interrupted sweep is finished by the next.

        Raises `Forbidden` (also SAME_PERSON), `NotFound`, `Conflict` (DECIDED, STANDARD_LATE).
        """
        request.principal.require(DECIDE)
        who = _person(request)
        row = self._found(request.principal, standard)
        grading = self.grading(row.grading)

        def act(work: UnitOfWork) -> str:
            self._require_reach(work.conn, request.principal, grading, row.unit_id)
            if row.proposed_by == who:
                raise Forbidden(_SAME, "SAME_PERSON")
            if approve and row.effective_from < self._today(work.conn, request.principal, work):
                raise Conflict(_LATE, "STANDARD_LATE")
            state = PUBLISHED if approve else REFUSED
            own = (grading_standard.c.id == standard, grading_standard.c.state == PROPOSED)
            decided = update(grading_standard).where(*own)
            if work.conn.execute(decided.values(state=state, decided_by=who, decided_at=work.now)).rowcount != 1:
                raise Conflict(_DECIDED, "DECIDED")
            self._record(work, request, {"grading": row.grading, "standard": row.version, "state": state})
            return str(standard)

        today = local_day(self._zone(request.principal), self.context.writing.now()).today
        self.context.once(request, "decideGradingStandard", {"standard": standard, "approve": approve}, act)
        if approve and row.effective_from <= today:
            self.sweep(request, (grading,))
        return standard

    def sweep(self, request: Request, gradings: Iterable[Grading] | None = None) -> GradeRun:
        """Grade every customer of the legal entity again, a span in each transaction; only changed grades are written.

        Idempotent, so it may be stopped and started at any time; what changed is on record, span by span.
        """
        principal, writing = request.principal, self.context.writing
        done = GradeRun(0, 0)
        for grading in self.context.registry.current_gradings if gradings is None else gradings:
            with self.context.engines.read.connect() as conn:
                parts = list(spans(conn, self._tables, principal.legal_entity, SPAN))
            for span in parts:
                with self.context.engines.write.begin() as conn:
                    work = self.context.unit_of_work(conn, request)
                    run = grade(
                        conn, self._tables, grading, legal_entity=principal.legal_entity, customers=span,
                        now=work.now, new_id=self.context.run_ids(work),
                    )  # fmt: skip
                    if run.changed:
                        detail: dict[str, str | int] = {"grading": grading.key, "version": grading.version}
                        detail |= {"graded": run.graded, "changed": run.changed}
                        entry = work.entry(Kind.JOB, request.operation, salt=new_salt(writing.random), detail=detail)
                        work.put_on_record(entry)
                done += run
        self.context.nudge()
        return done

    def _require_reach(self, conn: Connection, principal: Principal, grading: Grading, unit: UUID) -> None:
        """The unit lies in the caller's subtree, and the caller's unit may set this grading's standards."""
        if not grading.parameters:
            raise Invalid([Problem("GRADING_FIXED", _FIXED, ("grading",))])
        table = self._tables[UNIT]
        reach = units_below(self.context.writing.tables, principal).where(table.c.id == unit)
        if conn.execute(reach).first() is None:
            raise NotFound
        top = conn.execute(select(table.c.parent_unit).where(table.c.id == principal.unit)).scalar_one() is None
        if grading.set_by is SetBy.HEAD_OFFICE and not top:
            raise Forbidden(_UNIT, "STANDARD_UNIT")

    def _found(self, principal: Principal, standard: UUID):  # type: ignore[no-untyped-def]  # reason: a row of SQLAlchemy's
        own = (grading_standard.c.id == standard, grading_standard.c.legal_entity_id == principal.legal_entity)
        with self.context.engines.read.connect() as conn:
            row = conn.execute(select(grading_standard).where(*own)).one_or_none()
        if row is None:
            raise NotFound
        return row

    def _zone(self, principal: Principal) -> ZoneInfo:
        with self.context.engines.read.connect() as conn:
            return zone_of(conn, self._tables, principal.legal_entity)

    def _today(self, conn: Connection, principal: Principal, work: UnitOfWork) -> date:
        return local_day(zone_of(conn, self._tables, principal.legal_entity), work.now).today

    def _next_version(self, conn: Connection, principal: Principal, key: str) -> int:
        entity = self._tables["LegalEntity"]
        # One proposal at a time per legal entity, so that versions stay in sequence.
        conn.execute(select(entity.c.id).where(entity.c.id == principal.legal_entity).with_for_update())
        own = (grading_standard.c.legal_entity_id == principal.legal_entity, grading_standard.c.grading == key)
        return (conn.execute(select(func.max(grading_standard.c.version)).where(*own)).scalar() or 0) + 1

    def _record(self, work: UnitOfWork, request: Request, detail: Mapping[str, str | int]) -> None:
        salt = new_salt(self.context.writing.random)
        work.put_on_record(work.entry(Kind.CONFIG, request.operation, salt=salt, detail=detail))


def _stated(grading: Grading, values: Mapping[str, object]) -> dict[str, int]:
    """Every parameter's value, as stated or its default. Raises `Invalid` naming what is wrong."""
    problems: list[Problem] = []
    found = {parameter.name: parameter.whole for parameter in grading.parameters}
    known = {parameter.name: parameter for parameter in grading.parameters}
    for name, raw in values.items():
        if name not in known:
            names = ", ".join(known)
            message = Label(f"没有此参数,可用:{names}", f"There is no such parameter; there are: {names}")
            problems.append(Problem("PARAMETER_UNKNOWN", message, ("values",)))
            continue
        try:
            found[name] = known[name].parse(raw)
        except ValueRefused as refused:
            problems.append(refused.problem.at("values", name))
    if problems:
        raise Invalid(problems)
    return found


def _person(request: Request) -> UUID:
    if request.principal.staff is None:
        raise Forbidden(_STAFF, "STAFF_REQUIRED")
    return request.principal.staff
