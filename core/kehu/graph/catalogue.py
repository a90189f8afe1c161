"""What a caller may ask about the system itself: policies, classifications, gradings, purposes, evidence.

Nothing here is customer data; reading it goes on record like everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from graphql import GraphQLResolveInfo

from kehu.access.fetch import page_size
from kehu.errors import Invalid, Problem
from kehu.evidence import Filter, Kind, Stored
from kehu.graph.builder import Argument, Member, TypeBuilder
from kehu.graph.directives import Authenticated, RequiresScopes
from kehu.labels import Label
from kehu.records import Field, Record
from kehu.registry import Registry
from kehu.rules.grading import Criterion
from kehu.rules.parameters import Parameter, show
from kehu.vocabulary.categories import CATEGORIES

if TYPE_CHECKING:
    from kehu.graph.operation import OperationContext

_MAX_ENTRIES = 200
Info: TypeAlias = "GraphQLResolveInfo[Any]"  # reason: the context is ours, OperationContext


def catalogue_members(builder: TypeBuilder) -> dict[str, Member]:
    """The catalogue's part of Query; makes its types."""
    _types(builder)
    schema = [RequiresScopes(scopes=[["schema:read"]]), Authenticated()]
    own = [Authenticated()]
    evidence = [RequiresScopes(scopes=[["evidence:read"]]), Authenticated()]
    return {
        "_service": Member("_Service", Label("含全部指令的 SDL", "The SDL with all directives"), schema),
        "viewer": Member("Viewer", Label("当前访问主体", "Who is asking"), own),
        "fieldPolicies": Member("list[FieldPolicy]", Label("每个字段的数据策略", "The policy of every field"), schema, {
            "type": Argument(str | None, Label("只看此类型", "Of this type only"), None)}),
        "schemes": Member("list[Scheme]", Label("分类方案", "Classifications"), own, {
            "key": Argument(str | None, Label("只看此方案", "Only this one"), None)}),
        "gradings": Member("list[Grading]", Label("分级规则", "Gradings"), own),
        "purposes": Member("list[Purpose]", Label("使用目的", "Purposes of use"), own),
        "scopes": Member("list[ScopeInfo]", Label("授权范围目录", "Catalogue of scopes"), own),
        "declassifiers": Member("list[Declassifier]", Label("放行项", "What widens a caller's view"), schema),
        "evidence": Member("list[EvidenceEntry]", Label("留痕记录,最新在前", "Evidence, newest first"), evidence, {
            "first": Argument(int | None, Label("最多几条", "At most so many"), None),
            "kind": Argument(str | None, Label("只看此类", "Of this kind"), None),
            "actor": Argument(str | None, Label("操作人或服务账号", "Staff or service account"), None),
            "subject": Argument(str | None, Label("客户的假名", "Pseudonym of a customer"), None)}),
    }  # fmt: skip


def _types(builder: TypeBuilder) -> None:
    for name, label, members in (
        ("_Service", Label("服务描述", "Service"), {"sdl": str}),
        ("Viewer", Label("访问主体", "Caller"), {
            "client": str, "unit": str, "scopes": list[str], "purposes": list[str]}),
        ("CategoryInfo", Label("分类标签", "Category"), {"code": str, "system": str, "label": "Text"}),
        ("FieldPolicy", Label("数据策略", "Field policy"), {
            "type": str, "field": str, "label": "Text", "level": int, "categories": "list[CategoryInfo]",
            "sensitive": bool,
            "mask": str | None, "sealed": bool, "lookup": bool, "readScope": str, "revealScope": str | None,
            "purposes": list[str], "retention": str, "minimumYears": int | None, "audit": str, "default": bool,
            "cites": list[str], "plugin": str}),
        ("SchemeTerm", Label("取值", "Term"), {
            "code": str, "label": "Text", "data": "list[Datum]", "cites": list[str]}),
        ("Scheme", Label("分类方案", "Scheme"), {
            "key": str, "version": int, "label": "Text", "terms": "list[SchemeTerm]", "default": bool,
            "cites": list[str]}),
        ("Criterion", Label("条件", "Criterion"), {
            "code": str, "label": "Text", "when": "Text", "note": "Text | None", "cites": list[str]}),
        ("GradingParameter", Label("参数", "Parameter"), {
            "name": str, "label": "Text", "value": str, "floor": str | None, "ceiling": str | None,
            "unit": "Text | None", "source": "Text | None", "cites": list[str]}),
        ("Datum", Label("附带数据", "Datum"), {"key": str, "value": str}),
        ("GradeBand", Label("等级", "Band"), {
            "code": str, "label": "Text", "criteria": "list[Criterion]", "data": "list[Datum]"}),
        ("Grading", Label("分级规则", "Grading"), {
            "key": str, "version": int, "label": "Text", "bands": "list[GradeBand]", "default": bool,
            "source": "Text | None", "setBy": str, "parameters": "list[GradingParameter]", "cites": list[str]}),
        ("Purpose", Label("使用目的", "Purpose"), {
            "code": str, "label": "Text", "ownCustomersOnly": bool, "within": str | None, "cites": list[str]}),
        ("ScopeInfo", Label("授权范围", "Scope"), {"name": str, "label": "Text"}),
        ("Declassifier", Label("放行项", "Declassifier"), {
            "kind": str, "name": str, "inputs": list[str], "cites": list[str]}),
        ("EvidenceField", Label("字段", "Field"), {"path": str, "effect": str, "count": int}),
        ("EvidenceEntry", Label("留痕", "Evidence entry"), {
            "id": str, "position": int, "at": str, "kind": str, "activity": str, "client": str | None,
            "actor": str | None, "purpose": str | None, "operation": str | None, "fields": "list[EvidenceField]",
            "subjects": list[str],
            "subjectCount": int,
            "outcome": str, "code": str | None, "level": int, "policy": str}),
    ):  # fmt: skip
        builder.object_type(name, label, {key: Member(kind, _label(key)) for key, kind in members.items()})


_LABELS = {
    "activity": Label("处理活动", "Processing activity (S4.R04)"),
    "actor": Label("操作人或服务账号", "Member of staff, or service account"),
    "at": Label("时间(UTC)", "Time, UTC"),
    "audit": Label("留痕方式", "What evidence says of the field"),
    "bands": Label("等级", "Bands, from the highest"),
    "categories": Label("分类标签", "Categories"),
    "cites": Label("依据条款", "Rules"),
    "ceiling": Label("上限", "No standard goes above"),
    "client": Label("客户端", "Client"),
    "code": Label("代码", "Code"),
    "count": Label("个数", "How many values"),
    "criteria": Label("条件,满足任一即可", "Criteria, any of which suffices"),
    "data": Label("附带数据", "What depends on it"),
    "default": Label("条文未定,采用默认", "The text is silent; a working default"),
    "effect": Label("呈现方式", "clear, masked or denied"),
    "field": Label("字段", "Field"),
    "fields": Label("涉及字段", "Fields concerned"),
    "floor": Label("下限", "No standard goes below"),
    "id": Label("编号", "Id"),
    "inputs": Label("依据字段", "What it shows something of"),
    "key": Label("键", "Key"),
    "kind": Label("类别", "Kind"),
    "label": Label("名称", "Name for people"),
    "level": Label("数据级别 1–5", "Data level, 1 to 5"),
    "lookup": Label("可精确查找", "Can be looked up exactly"),
    "mask": Label("脱敏方式", "Mask"),
    "minimumYears": Label("法定最短保存年数", "Years that law demands at least"),
    "name": Label("名称", "Name"),
    "note": Label("条件本身敏感时的提示", "Why the criterion is itself sensitive"),
    "operation": Label("操作名", "Name of the operation"),
    "outcome": Label("结果", "Outcome"),
    "ownCustomersOnly": Label("仅限本人负责的客户", "Own customers only"),
    "parameters": Label("标准可设的参数", "What a standard sets"),
    "path": Label("路径", "Path by schema names"),
    "plugin": Label("声明者", "Who declares it"),
    "policy": Label("当时策略的哈希", "Hash of the policy in force"),
    "position": Label("序号", "Position in the log"),
    "purpose": Label("使用目的", "Purpose of use"),
    "purposes": Label("可用目的", "Purposes of use"),
    "readScope": Label("读取授权", "Scope to read"),
    "retention": Label("保存类别", "Retention class"),
    "revealScope": Label("明文授权", "Scope to see clear text"),
    "scopes": Label("授权范围", "Scopes"),
    "sdl": Label("接口定义", "The schema with its directives"),
    "sealed": Label("加密存储", "Stored sealed"),
    "sensitive": Label("敏感个人信息", "Sensitive personal information"),
    "setBy": Label("由谁制定标准", "Who makes the standards"),
    "source": Label("条文未定时的来源", "Where it comes from, where the text is silent"),
    "subjectCount": Label("涉及客户数", "How many customers"),
    "subjects": Label("涉及客户的假名", "Pseudonyms of the customers"),
    "system": Label("分类体系", "Category system"),
    "terms": Label("取值", "Values"),
    "type": Label("类型", "Type"),
    "unit": Label("组织单元", "Unit"),
    "value": Label("值", "Value"),
    "version": Label("版本", "Version"),
    "when": Label("判定规则", "The rule in words"),
    "within": Label("所属的更宽目的", "The wider purpose that it is a kind of"),
}


def _label(key: str) -> Label:
    return _LABELS[key]


def _text(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def _optional(label: Label | None) -> dict[str, str] | None:
    return None if label is None else _text(label)


def _service(source: object, info: Info) -> dict[str, str]:
    operation: OperationContext = info.context
    operation.principal.require("schema:read")
    return {"sdl": operation.print_sdl()}


def _viewer(source: object, info: Info) -> dict[str, object]:
    principal = info.context.principal
    return {
        "client": principal.client,
        "unit": principal.unit_path,
        "scopes": sorted(principal.scopes),
        "purposes": sorted(principal.purposes),
    }


def _field_policies(source: object, info: Info, type: str | None = None) -> list[dict[str, object]]:
    info.context.principal.require("schema:read")
    return list(field_policies(info.context.reading.registry, type))


def field_policies(registry: Registry, type_name: str | None = None) -> Iterator[dict[str, object]]:
    """The policy of every governed field as plain data: the query's rows and schema/policy.json's."""
    for name, record in registry.records.items():
        if type_name in (None, name):
            for f in record.fields:
                yield _policy_row(registry, record, f)


def _policy_row(registry: Registry, record: Record, f: Field) -> dict[str, object]:
    policy = f.policy
    return {
        "type": record.name,
        "field": f.name,
        "label": _text(f.label),
        "level": int(policy.level),
        "categories": [
            {"code": c.value, "system": c.system, "label": _text(CATEGORIES[c].label)} for c in policy.categories
        ],
        "sensitive": policy.sensitive,
        "mask": policy.mask,
        "sealed": policy.sealed,
        "lookup": policy.lookup,
        "readScope": str(policy.read_scope),
        "revealScope": str(policy.reveal_scope) if policy.mask is not None else None,
        "purposes": list(policy.purposes) if policy.mask is not None else [],
        "retention": policy.retention,
        "minimumYears": registry.retention[policy.retention].minimum_years,
        "audit": policy.audit.name,
        "default": policy.default,
        "cites": list(policy.cites),
        "plugin": registry.owner("record", record.name),
    }


def _schemes(source: object, info: Info, key: str | None = None) -> list[dict[str, object]]:
    registry: Registry = info.context.reading.registry
    return [
        {
            "key": s.key, "version": s.version, "label": _text(s.label), "default": s.default, "cites": list(s.cites),
            "terms": [
                {"code": t.code, "label": _text(t.label), "data": [{"key": k, "value": v} for k, v in t.data],
                 "cites": list(t.cites)}
                for t in s.terms
            ],
        }
        for s in registry.schemes.values()
        if key in (None, s.key)
    ]  # fmt: skip


def _gradings(source: object, info: Info) -> list[dict[str, object]]:
    registry: Registry = info.context.reading.registry
    return [
        {
            "key": g.key, "version": g.version, "label": _text(g.label), "cites": list(g.cites), "default": g.default,
            "source": _optional(g.source), "setBy": g.set_by.value, "parameters": [_parameter(p) for p in g.parameters],
            "bands": [
                {"code": b.code, "label": _text(b.label), "data": [{"key": k, "value": v} for k, v in b.data],
                 "criteria": [_criterion(c) for c in b.criteria]}
                for b in g.bands
            ],
        }
        for g in registry.gradings
    ]  # fmt: skip


def _criterion(one: Criterion) -> dict[str, object]:
    return {
        "code": one.code, "label": _text(one.label), "when": _text(one.when.describe()), "note": _optional(one.note),
        "cites": list(one.cites),
    }  # fmt: skip


def _parameter(one: Parameter) -> dict[str, object]:
    """A parameter with its default; what a standard says instead is the query ``gradingStandards``."""
    return {
        "name": one.name, "label": _text(one.label), "value": show(one.whole, one), "unit": _optional(one.unit),
        "floor": None if one.floor is None else show(one.low, one),
        "ceiling": None if one.ceiling is None else show(one.high, one),
        "source": _optional(one.source), "cites": list(one.cites),
    }  # fmt: skip


def _purposes(source: object, info: Info) -> list[dict[str, object]]:
    registry: Registry = info.context.reading.registry
    return [
        {
            "code": p.code, "label": _text(p.label), "within": p.within, "cites": list(p.cites),
            "ownCustomersOnly": p.condition is not None,
        }
        for p in registry.purposes.values()
    ]  # fmt: skip


def _scopes(source: object, info: Info) -> list[dict[str, object]]:
    registry: Registry = info.context.reading.registry
    return [{"name": s.name, "label": _text(s.label)} for s in registry.scopes.values()]


def _declassifiers(source: object, info: Info) -> list[dict[str, object]]:
    info.context.principal.require("schema:read")
    return declassifiers(info.context.reading.registry)


def declassifiers(registry: Registry) -> list[dict[str, object]]:
    """The declassifiers as plain data."""
    return [
        {"kind": d.kind, "name": d.name, "inputs": list(d.inputs), "cites": list(d.cites)}
        for d in registry.declassifiers
    ]


def _evidence(
    source: object,
    info: Info,
    first: int | None = None,
    kind: str | None = None,
    actor: str | None = None,
    subject: str | None = None,
) -> list[dict[str, object]]:
    operation: OperationContext = info.context
    operation.principal.require("evidence:read")
    entity = str(operation.principal.legal_entity)
    where = Filter(kind=_kind(kind) if kind else None, actor=actor, subject=subject, legal_entity=entity)
    entries = operation.evidence.entries(where=where, newest_first=True)
    return [_entry(stored) for stored in islice(entries, page_size(20 if first is None else first, _MAX_ENTRIES))]


def _kind(text: str) -> Kind:
    """Raises `Invalid` KIND_UNKNOWN."""
    if text not in Kind._value2member_map_:
        known = ", ".join(Kind)
        message = Label(f"没有这类记录;可选:{known}", f"There is no such kind; there are: {known}")
        raise Invalid([Problem("KIND_UNKNOWN", message, ("kind",))])
    return Kind(text)


def _entry(stored: Stored) -> dict[str, object]:
    entry = stored.entry
    return {
        "id": str(entry.id),
        "position": stored.position,
        "at": entry.at_text,
        "kind": entry.kind.value,
        "activity": entry.activity.value,
        "client": entry.actor.client,
        "actor": entry.actor.subject,
        "purpose": entry.purpose.code,
        "operation": entry.operation.name,
        "fields": [{"path": use.path, "effect": use.effect.value, "count": use.count} for use in entry.fields],
        "subjects": list(entry.subjects),
        "subjectCount": entry.subject_count,
        "outcome": entry.outcome.value,
        "code": entry.code,
        "level": entry.level,
        "policy": entry.policy,
    }


RESOLVERS: Mapping[str, Callable[..., Any]] = {
    "_service": _service,
    "viewer": _viewer,
    "fieldPolicies": _field_policies,
    "schemes": _schemes,
    "gradings": _gradings,
    "purposes": _purposes,
    "scopes": _scopes,
    "declassifiers": _declassifiers,
    "evidence": _evidence,
}
