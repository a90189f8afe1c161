"""Standards of gradings and what-if runs over GraphQL.

A what-if answers from facts that a caller might not see, for thresholds that he chooses; so it takes the rights to
every input of the grading, and covers only the customers of his own units.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import ColumnElement, Connection, and_, or_, select

from kehu.access.decision import Effect, decide
from kehu.access.fetch import global_id, page_size
from kehu.access.rows import UNIT, units_below
from kehu.customers.context import Request
from kehu.customers.standards import DECIDE, READ, WRITE, GradingActs
from kehu.errors import Forbidden, Invalid, Problem
from kehu.grading.standards import stated_values
from kehu.grading.whatif import WhatIf
from kehu.graph.builder import Argument, Member, TypeBuilder
from kehu.graph.catalogue import Info
from kehu.graph.directives import Authenticated, RequiresScopes
from kehu.graph.ids import parse_global_id
from kehu.graph.operation import OperationContext
from kehu.graph.roots import FormMutation
from kehu.labels import Label
from kehu.records import Field
from kehu.rules.grading import Grading
from kehu.rules.parameters import show
from kehu.store.system import grading_standard
from kehu.store.tables import CUSTOMER

Payload = dict[str, object]
_GRADE = "customer.grade:read"
_DAY = Label("日期须写作 2026-11-24", "Write the day like 2026-11-24")
_INPUTS = Label("需有权查看此分级的全部依据", "rights to everything that this grading rests on are needed")
_STANDARD_UNKNOWN = Label("没有此编号的标准", "There is no standard of this number")
_L = {
    "grading": Label("分级规则", "Key of the grading"),
    "standard": Label("标准号", "Number of the standard"),
    "unit": Label("适用机构及其下级", "The unit for which it holds, and all below"),
    "effectiveFrom": Label("生效日期", "In force from, such as 2026-11-24"),
    "values": Label("参数值", "Values of the parameters"),
    "version": Label("规则版本,默认最新", "Version of the grading, the newest unless given"),
}


def grading_members(builder: TypeBuilder) -> dict[str, Member]:
    """The part of Query that standards and what-if runs have; makes its types."""
    standard = {
        "id": (str, Label("编号", "Id")), "grading": (str, _L["grading"]),
        "gradingVersion": (int, Label("提出时的规则版本", "Version of the grading when it was proposed")),
        "version": (int, _L["standard"]), "unit": (strawberry.ID, _L["unit"]),
        "effectiveFrom": (str, _L["effectiveFrom"]), "state": (str, Label("状态", "PROPOSED, PUBLISHED or REFUSED")),
        "values": ("list[GradingValue]", _L["values"]),
    }  # fmt: skip
    value = {"name": (str, Label("参数", "Parameter")), "value": (str, Label("值", "Value"))}
    move = {
        "before": (str | None, Label("现等级,空为未评", "The band now; null: not graded yet")),
        "after": (str, Label("将评等级", "The band then")),
        "count": (int, Label("客户数", "How many customers")),
    }
    tried = {
        "graded": (int, Label("评定客户数", "Customers looked at")),
        "moved": (int, Label("等级变动客户数", "Customers who would move")),
        "moves": ("list[GradingMove]", Label("各类变动", "Who moves where")),
    }
    for name, label, members in (
        ("GradingValue", Label("参数值", "Value of a parameter"), value),
        ("GradingStandard", Label("分级标准", "Standard of a grading"), standard),
        ("GradingMove", Label("一类变动", "From one band to another"), move),
        ("GradingWhatIf", Label("试算结果", "What a what-if found"), tried),
    ):
        builder.object_type(name, label, {key: Member(kind, text) for key, (kind, text) in members.items()})
    on = {"grading": Argument(str, _L["grading"])}
    trial = on | {
        "standard": Argument(int | None, _L["standard"], None),
        "version": Argument(int | None, _L["version"], None),
    }
    paging = {
        "before": Argument(str | None, Label("现等级,空为未评", "The band now; null: not graded yet"), None),
        "after": Argument(str, Label("将评等级", "The band then")),
        "first": Argument(int | None, Label("最多几位", "At most so many"), None),
        "beyond": Argument(strawberry.ID | None, Label("从此客户之后", "Those after this customer"), None),
    }
    read: list[object] = [RequiresScopes(scopes=[[READ]]), Authenticated()]
    tries: list[object] = [RequiresScopes(scopes=[[READ, _GRADE]]), Authenticated()]
    return {
        "gradingStandards": Member(
            "list[GradingStandard]", Label("分级标准,最新在前", "Standards, newest first"), read, on),
        "gradingWhatIf": Member(
            "GradingWhatIf", Label("试算:谁会变动,不写入", "Who would move; nothing is written"), tries, trial),
        "gradingMovers": Member(
            list[strawberry.ID], Label("试算中变动的客户编号", "Ids of those who would move"), tries, trial | paging),
    }  # fmt: skip


def grading_mutations(builder: TypeBuilder) -> dict[str, FormMutation]:
    """``proposeGradingStandard`` and ``decideGradingStandard``."""
    builder.input_type("GradingValueInput", Label("参数值", "Value of a parameter"), {
        "name": Member(str, Label("参数", "Parameter")),
        "value": Member(str, Label("值,如 500000.00、50万元、30", "Value, such as 500000.00 or 30")),
    })  # fmt: skip
    success = {"standard": Member("GradingStandard", Label("分级标准", "The standard"))}
    propose = {
        "grading": Argument(str, _L["grading"]),
        "unit": Argument(strawberry.ID, _L["unit"]),
        "effectiveFrom": Argument(str, _L["effectiveFrom"]),
        "values": Argument("list[GradingValueInput]", _L["values"]),
    }
    decision = {
        "id": Argument(str, Label("标准的编号", "Id of the standard")),
        "approve": Argument(bool, Label("发布或否决", "Publish or refuse")),
    }
    proposed = Label("提出分级标准", "Propose a standard of a grading")
    decided = Label("发布或否决分级标准,须由他人决定", "Publish or refuse a standard; never by its proposer")
    return {
        "proposeGradingStandard": FormMutation(proposed, propose, success, (WRITE,)),
        "decideGradingStandard": FormMutation(decided, decision, success, (DECIDE,)),
    }


@dataclass(frozen=True, slots=True)
class StandardActs:
    """What the mutations do."""

    gradings: GradingActs

    @property
    def by_name(self) -> Mapping[str, Callable[[Request, Mapping[str, Any]], Payload]]:
        return {"proposeGradingStandard": self._propose, "decideGradingStandard": self._decide}

    def _propose(self, request: Request, arguments: Mapping[str, Any]) -> Payload:
        unit = parse_global_id(arguments["unit"], {UNIT}, "unit").row
        try:
            day = date.fromisoformat(arguments["effectiveFrom"])
        except ValueError:
            raise Invalid([Problem("DATE_FORMAT", _DAY, ("effectiveFrom",))]) from None
        values = {str(one["name"]): one["value"] for one in arguments["values"]}
        return self._shown(request, self.gradings.propose(request, arguments["grading"], unit, day, values))

    def _decide(self, request: Request, arguments: Mapping[str, Any]) -> Payload:
        try:
            standard = UUID(arguments["id"])
        except ValueError:
            raise Invalid([Problem("ID_INVALID", _STANDARD_UNKNOWN, ("id",))]) from None
        return self._shown(request, self.gradings.decide(request, standard, approve=arguments["approve"]))

    def _shown(self, request: Request, standard: UUID) -> Payload:
        context = self.gradings.context
        with context.engines.write.connect() as conn:
            row = conn.execute(select(grading_standard).where(grading_standard.c.id == standard)).one()
            return {"standard": _standard(conn, self.gradings.grading(row.grading), row, context.registry.records)}


def _standard(conn: Connection, grading: Grading, row: Any, records: Mapping[str, Any]) -> Payload:
    stated = stated_values(conn, row.id)
    known = {p.name: p for p in grading.parameters}
    shown = {name: show(value, known[name]) for name, (measure, value) in stated.items() if name in known}
    return {
        "id": str(row.id), "grading": row.grading, "gradingVersion": row.grading_version, "version": row.version,
        "unit": global_id(records[UNIT], None, row.unit_id), "effectiveFrom": row.effective_from.isoformat(),
        "state": row.state, "values": [{"name": name, "value": text} for name, text in shown.items()],
    }  # fmt: skip


def _standards(source: object, info: Info, grading: str) -> list[Payload]:
    """Those of the caller's units, and those above that hold for them."""
    operation: OperationContext = info.context
    operation.principal.require(READ)
    declared = operation.acts.gradings.grading(grading)
    s = grading_standard
    with operation.reading.engines.read.connect() as conn:
        rows = conn.execute(select(s).where(_reachable(operation, grading)).order_by(s.c.version.desc())).all()
        return [_standard(conn, declared, row, operation.reading.registry.records) for row in rows]


def _reachable(operation: OperationContext, grading: str) -> ColumnElement[bool]:
    """Standards of this grading for the caller's units, or for units above them."""
    principal, tables, s = operation.principal, operation.reading.source.tables, grading_standard
    path = principal.unit_path.split(".")
    above = [".".join(path[: n + 1]) for n in range(len(path))]
    unit = tables[UNIT]
    reach = or_(unit.c.id.in_(units_below(tables, principal)), unit.c.path.in_(above))
    units = select(unit.c.id).where(unit.c.legal_entity_id == principal.legal_entity, reach)
    return and_(s.c.legal_entity_id == principal.legal_entity, s.c.grading == grading, s.c.unit_id.in_(units))


def _what_if(
    source: object, info: Info, grading: str, standard: int | None = None, version: int | None = None
) -> Payload:
    operation: OperationContext = info.context
    with operation.reading.engines.read.begin() as conn:
        moves = _trial(operation, conn, grading, standard, version).moves(conn)
    told = sorted(moves.items(), key=lambda one: (one[0][0] or "", one[0][1]))
    return {
        "graded": sum(moves.values()),
        "moved": sum(count for (before, after), count in told if before != after),
        "moves": [{"before": b, "after": a, "count": count} for (b, a), count in told if b != a],
    }


def _movers(
    source: object,
    info: Info,
    grading: str,
    after: str,
    standard: int | None = None,
    version: int | None = None,
    before: str | None = None,
    first: int | None = None,
    beyond: str | None = None,
) -> list[str]:
    operation: OperationContext = info.context
    most = page_size(first, operation.reading.source.max_page)
    last = None if beyond is None else parse_global_id(beyond, {CUSTOMER}, "beyond").row
    customer, record = operation.reading.source.tables[CUSTOMER], operation.reading.registry.records
    with operation.reading.engines.read.begin() as conn:
        trial = _trial(operation, conn, grading, standard, version)
        found = trial.movers(conn, before, after, most, last) if most else []
        pseudonyms = select(customer.c.pseudonym).where(customer.c.customer_id.in_(found))
        operation.emitted.subjects.update(conn.execute(pseudonyms).scalars())
    operation.emitted.note("gradingMovers", Effect.CLEAR, len(found), record["Grade"].by_name["band"].policy)
    return [global_id(record[CUSTOMER], one, None) for one in found]


def _trial(
    operation: OperationContext, conn: Connection, key: str, standard: int | None, version: int | None
) -> WhatIf:
    principal, tables = operation.principal, operation.reading.source.tables
    principal.require(READ, _GRADE)
    grading = operation.acts.gradings.grading(key, version)
    _require_inputs(operation, grading)
    within = (tables[CUSTOMER].c.unit.in_(units_below(tables, principal)),)
    draft = None if standard is None else _draft(operation, conn, key, standard)
    now = operation.acts.gradings.context.writing.now()
    return WhatIf(tables.by_record, grading, principal.legal_entity, now, draft, within)


def _draft(operation: OperationContext, conn: Connection, key: str, version: int) -> UUID:
    s = grading_standard
    asked = select(s.c.id).where(_reachable(operation, key), s.c.version == version)
    found: UUID | None = conn.execute(asked).scalar()
    if found is None:
        raise Invalid([Problem("STANDARD_UNKNOWN", _STANDARD_UNKNOWN, ("standard",))])
    return found


def _require_inputs(operation: OperationContext, grading: Grading) -> None:
    """Raises `Forbidden` naming what would be needed to read every input of the grading clear."""
    registry = operation.reading.registry
    required: set[str] = set()
    for record, name in grading.inputs:
        f: Field = registry.records[record].by_name[name]
        decision = decide(f.policy, operation.key, registry.purposes)
        if decision.effect is not Effect.CLEAR or decision.condition is not None:
            required |= set(decision.required) or {f"{record}.{name}"}
    if required:
        raise Forbidden(
            Label(f"无权试算:{_INPUTS.zh}", f"Denied: {_INPUTS.en}"), "FORBIDDEN_FIELD", required=sorted(required)
        )


GRADING_RESOLVERS: Mapping[str, Callable[..., Any]] = {
    "gradingStandards": _standards,
    "gradingWhatIf": _what_if,
    "gradingMovers": _movers,
}
