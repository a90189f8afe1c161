"""What an auditor asks about the regulations: rules with their state, measures, and the roles that they create."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from graphql import GraphQLResolveInfo
from sqlalchemy import select

from kehu.access.rows import in_scope
from kehu.errors import Invalid, NotFound, Problem
from kehu.graph.builder import Argument, Member, TypeBuilder
from kehu.graph.directives import Authenticated, RequiresScopes
from kehu.labels import Label
from kehu.registry import Registry
from kehu.regulations import DOCUMENTS, Line, State, matrix
from kehu.rules.measure import Covers

if TYPE_CHECKING:
    from kehu.graph.operation import OperationContext

Info: TypeAlias = "GraphQLResolveInfo[Any]"  # reason: the context is ours, OperationContext
_UNKNOWN = Label("没有这份办法;可选:S1 至 S17", "There is no such document; there are S1 to S17")


def regulation_members(builder: TypeBuilder) -> dict[str, Member]:
    """The regulations' part of Query; makes its types."""
    _types(builder)
    schema = [RequiresScopes(scopes=[["schema:read"]]), Authenticated()]
    return {
        "regulations": Member("list[Regulation]", Label("条款的落实情况", "What became of every rule"), schema, {
            "document": Argument(str | None, Label("只看此件", "Only this"), None)}),
        "measures": Member("list[Measure]", Label("办法的目的、范围、定义", "Purpose, scope, definitions"), schema, {
            "unit": Argument(str | None, Label("只看适用于此机构的", "That apply to the unit of this code"), None),
            "staff": Argument(str | None, Label("只看适用于此员工的", "That apply to staff of this number"), None)}),
        "roles": Member("list[Role]", Label("岗位角色", "Roles that regulations create"), schema),
    }  # fmt: skip


def _types(builder: TypeBuilder) -> None:
    builder.enum_type(
        "RuleState",
        {
            State.ENFORCED.name: Label("已执行", "Enforced"),
            State.DEFAULT.name: Label("条文未定,采用默认", "The text is silent; a working default"),
            State.ATTESTED.name: Label("由人申明并抽查", "Attested by people, checked by sample"),
            State.INFORMATION.name: Label("由声明载明", "Carried by a named declaration"),
            State.DUPLICATE.name: Label("与另一条相同", "The same as another rule"),
            State.OPEN.name: Label("未完成", "Not done yet"),
        },
        Label("条款落实状态", "What a rule has become"),
    )
    for name, label, members in (
        ("EnforcementPoint", Label("执行点", "Enforcement point"), {
            "kind": (str, "类别", "Kind of declaration, or code"), "name": (str, "名称", "Name"),
            "plugin": (str, "声明者", "Who declares it"),
            "default": (bool, "条文未定,采用默认", "A working default of ours")}),
        ("RegulationRule", Label("条款", "Rule"), {
            "id": (str, "编号", "Id"), "where": (str, "出处", "Where it stands"),
            "state": ("RuleState", "状态", "State, computed from points, tests and review"),
            "expected": ("RuleState", "应达到的状态", "What it has to become"),
            "phrase": (str, "原文", "The original's words (zh)"), "summary": (str, "摘要(英文)", "Summary (en)"),
            "countsAsDone": (str, "完成标准(英文)", "What an outsider must be able to see (en)"),
            "points": ("list[EnforcementPoint]", "执行点", "What carries it out, in this installation"),
            "tests": (list[str], "测试", "Tests that are marked with it"),
            "by": (str | None, "主要执行点", "The point that closes it"),
            "seen": (str | None, "可见之处", "Where it can be seen")}),
        ("Regulation", Label("办法", "Regulation"), {
            "document": (str, "编号", "Id"), "title": ("Text", "标题", "Title"),
            "rules": ("list[RegulationRule]", "条款", "Its rules")}),
        ("MeasureStatement", Label("办法的陈述", "Statement of a measure"), {
            "topic": (str, "事项", "Topic"), "text": ("Text", "内容", "Text"),
            "items": ("list[Text]", "所列事项", "What it lists"), "cites": (list[str], "依据条款", "Rules")}),
        ("Measure", Label("办法的自述", "Measure"), {
            "document": (str, "编号", "Id"), "version": (int, "版本", "Version"), "title": ("Text", "标题", "Title"),
            "statements": ("list[MeasureStatement]", "陈述", "Statements"),
            "plugin": (str, "声明者", "Who declares it")}),
        ("Role", Label("岗位角色", "Role"), {
            "key": (str, "键", "Key"), "label": ("Text", "名称", "Name for people"),
            "duties": ("Text", "职责", "Duties"), "scopes": (list[str], "授权范围", "Scopes that it carries"),
            "purposes": (list[str], "使用目的", "Purposes that it carries"), "cites": (list[str], "依据条款", "Rules"),
            "plugin": (str, "声明者", "Who declares it")}),
    ):  # fmt: skip
        builder.object_type(name, label, {key: Member(kind, Label(zh, en)) for key, (kind, zh, en) in members.items()})


def _regulations(source: object, info: Info, document: str | None = None) -> list[dict[str, object]]:
    """Raises `Invalid` DOCUMENT_UNKNOWN."""
    info.context.principal.require("schema:read")
    if document is not None and document not in {one.id for one in DOCUMENTS}:
        raise Invalid([Problem("DOCUMENT_UNKNOWN", _UNKNOWN, ("document",))])
    lines = matrix(info.context.reading.registry)
    return [
        {
            "document": one.id,
            "title": _text(one.title),
            "rules": [_rule(line) for line in lines if line.rule.document == one.id],
        }
        for one in DOCUMENTS
        if document in (None, one.id)
    ]


def _rule(line: Line) -> dict[str, object]:
    rule = line.rule
    return {
        "id": rule.id,
        "where": rule.where,
        "state": line.state.name,
        "expected": State(rule.expected).name,
        "phrase": rule.phrase,
        "summary": rule.summary,
        "countsAsDone": rule.counts_as_done,
        "points": [{"kind": p.kind, "name": p.name, "plugin": p.owner, "default": p.default} for p in line.points],
        "tests": list(line.proofs),
        "by": line.by or None,
        "seen": line.seen or None,
    }


def _measures(source: object, info: Info, unit: str | None = None, staff: str | None = None) -> list[dict[str, object]]:
    """Raises `NotFound` for a unit or staff number that isn't there, or isn't the caller's to see."""
    operation: OperationContext = info.context
    operation.principal.require("schema:read")
    registry = operation.reading.registry
    asked = [
        (covers, _coded(operation, covers, code))
        for covers, code in ((Covers.UNITS, unit), (Covers.STAFF, staff))
        if code is not None
    ]
    return [
        {
            "document": measure.document,
            "version": measure.version,
            "title": _text(measure.title),
            "plugin": registry.owner("measure", measure.document),
            "statements": [
                {
                    "topic": one.topic.value,
                    "text": _text(one.text),
                    "items": [_text(item) for item in one.items],
                    "cites": list(one.cites),
                }
                for one in measure.statements
            ],
        }
        for measure in operation.reading.measures.values()
        if all(any(one.applies_to(covers, code) for one in measure.statements) for covers, code in asked)
    ]


def _coded(operation: OperationContext, covers: Covers, code: str) -> str:
    """Kind of the unit, or position of the member of staff, of that code."""
    source = operation.reading.source
    table = source.tables[covers.value]
    column = table.c.kind if covers is Covers.UNITS else table.c.position
    scope = in_scope(operation.reading.registry.records[covers.value], table, source.tables, operation.principal)
    with operation.reading.engines.read.connect() as conn:
        found = conn.execute(select(column).where(scope, table.c.code == code)).scalar()
    if found is None:
        raise NotFound
    return str(found)


def _roles(source: object, info: Info) -> list[dict[str, object]]:
    info.context.principal.require("schema:read")
    registry: Registry = info.context.reading.registry
    return [
        {
            "key": role.key,
            "label": _text(role.label),
            "duties": _text(role.duties),
            "scopes": list(role.scopes),
            "purposes": list(role.purposes),
            "cites": list(role.cites),
            "plugin": registry.owner("role", role.key),
        }
        for role in registry.roles.values()
    ]


def _text(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


REGULATION_RESOLVERS: Mapping[str, Callable[..., Any]] = {
    "regulations": _regulations,
    "measures": _measures,
    "roles": _roles,
}
