"""``kehu grade``: regrade everybody, standards of gradings, and what another standard or version would change."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from rich.table import Table
from sqlalchemy import select

from kehu.app import Installation
from kehu.cli.words import out, say, words
from kehu.customers.context import Request
from kehu.customers.standards import GradingActs
from kehu.errors import Invalid, Problem
from kehu.evidence import Operation
from kehu.founding import Place, acting, place_of, staff_of
from kehu.grading.standards import stated_values
from kehu.grading.whatif import WhatIf
from kehu.labels import Label
from kehu.rules.parameters import show
from kehu.settings import Settings
from kehu.store.system import grading_standard

_RUN = Label("{key}:评定 {graded} 位客户,更新 {changed} 个等级", "{key}: {graded} customers, {changed} grades changed")
_MOVES = (Label("现等级", "Band now"), Label("将评等级", "Band then"), Label("客户数", "Customers"))
_MOVED = Label("{graded} 位客户中 {moved} 位变动,未写入", "{moved} of {graded} customers would move; nothing written")
_HEADERS = (
    Label("标准号", "Standard"), Label("状态", "State"), Label("机构", "Unit"), Label("生效日期", "From"),
    Label("参数值", "Values"),
)  # fmt: skip
_PROPOSED = Label("已提出 {key} 第 {version} 号标准,待他人发布", "Proposed standard {version} of {key}")
_DECIDED = Label("{key} 第 {version} 号标准:{state}", "Standard {version} of {key}: {state}")
_UNKNOWN = Label("没有此编号的标准", "There is no standard of this number")
_PAIR = Label("请写作 名称=值", "Write it as name=value")


def run(key: str | None) -> None:
    """Grade everybody again. Raises `Invalid` GRADING_UNKNOWN."""
    with Installation.open(Settings()) as installation:
        acts, request = GradingActs(installation.context), _request(installation, place_of(installation), None, "run")
        gradings = installation.registry.current_gradings if key is None else (acts.grading(key),)
        for grading in gradings:
            done = acts.sweep(request, (grading,))
            say(_RUN, key=grading.key, graded=done.graded, changed=done.changed)


def what_if(key: str, standard: int | None, version: int | None) -> None:
    """Show who would move: counts by pair of bands. Raises `Invalid` GRADING_UNKNOWN, STANDARD_UNKNOWN."""
    with Installation.open(Settings()) as installation:
        place = place_of(installation)
        grading = GradingActs(installation.context).grading(key, version)
        draft = None if standard is None else _standard(installation, place, key, standard)
        trial = WhatIf(installation.tables.by_record, grading, place.legal_entity, installation.now(), draft)
        with installation.engines.read.begin() as conn:
            pairs = trial.moves(conn)
    table = Table(*(words(header) for header in _MOVES))
    moved = {pair: count for pair, count in pairs.items() if pair[0] != pair[1]}
    for (before, after), count in sorted(moved.items(), key=lambda one: (one[0][0] or "", one[0][1])):
        table.add_row(before or "—", after, f"{count:,}")
    out.print(table)
    say(_MOVED, graded=sum(pairs.values()), moved=sum(moved.values()))


def standards(key: str) -> None:
    """List the standards of a grading, newest first. Raises `Invalid` GRADING_UNKNOWN."""
    with Installation.open(Settings()) as installation:
        place, grading = place_of(installation), GradingActs(installation.context).grading(key)
        known = {p.name: p for p in grading.parameters}
        unit, s = installation.tables["OrganisationUnit"], grading_standard
        own = (s.c.legal_entity_id == place.legal_entity, s.c.grading == key)
        found = select(s, unit.c.code).join(unit, unit.c.id == s.c.unit_id).where(*own).order_by(s.c.version.desc())
        table = Table(*(words(header) for header in _HEADERS))
        with installation.engines.read.connect() as conn:
            for row in conn.execute(found).all():
                stated = stated_values(conn, row.id)
                values = [f"{name}={show(value, known[name])}" for name, (_, value) in stated.items() if name in known]
                table.add_row(str(row.version), row.state, row.code, str(row.effective_from), "; ".join(values))
    out.print(table)


def propose(key: str, unit: str | None, effective_from: date, settings: list[str], staff: str) -> None:
    """Propose a standard as a member of staff. Raises `Invalid`, `Forbidden`."""
    with Installation.open(Settings()) as installation:
        values = {}
        for one in settings:
            name, sign, value = one.partition("=")
            if not sign:
                raise Invalid([Problem("PARAMETER_FORMAT", _PAIR, ("set",))])
            values[name.strip()] = value.strip()
        acts, request = GradingActs(installation.context), _as_staff(installation, staff, "propose")
        target = place_of(installation, unit).unit
        made = acts.propose(request, key, target, effective_from, values)
        with installation.engines.read.connect() as conn:
            version = conn.execute(select(grading_standard.c.version).where(grading_standard.c.id == made)).scalar_one()
    say(_PROPOSED, key=key, version=version)


def decide(key: str, version: int, staff: str, *, approve: bool) -> None:
    """Publish or refuse a standard as a member of staff. Raises `Invalid`, `Forbidden`, `Conflict`."""
    with Installation.open(Settings()) as installation:
        found = _standard(installation, place_of(installation), key, version)
        request = _as_staff(installation, staff, "decide")
        GradingActs(installation.context).decide(request, found, approve=approve)
        with installation.engines.read.connect() as conn:
            state = conn.execute(select(grading_standard.c.state).where(grading_standard.c.id == found)).scalar_one()
    say(_DECIDED, key=key, version=version, state=state)


def _standard(installation: Installation, place: Place, key: str, version: int) -> UUID:
    s = grading_standard
    own = (s.c.legal_entity_id == place.legal_entity, s.c.grading == key, s.c.version == version)
    with installation.engines.read.connect() as conn:
        found: UUID | None = conn.execute(select(s.c.id).where(*own)).scalar()
    if found is None:
        raise Invalid([Problem("STANDARD_UNKNOWN", _UNKNOWN, ("standard",))])
    return found


def _as_staff(installation: Installation, code: str, name: str) -> Request:
    """What this member of staff may do: he acts at his own unit."""
    member = staff_of(installation, code)
    staff, unit = installation.tables["Staff"], installation.tables["OrganisationUnit"]
    with installation.engines.read.connect() as conn:
        at = conn.execute(select(unit.c.code).join(staff, staff.c.unit == unit.c.id).where(staff.c.id == member))
        return _request(installation, place_of(installation, at.scalar_one()), member, name)


def _request(installation: Installation, place: Place, staff: UUID | None, name: str) -> Request:
    principal = acting(installation, place, staff)
    # Each call is one of its own: a command isn't retried by anybody but its user.
    key = installation.random(16).hex()
    return Request(principal=principal, idempotency_key=key, operation=Operation("command", f"grade.{name}"))
