"""Forms over GraphQL: their schemas, what is known of a customer to fill them in with, drafts, submissions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias
from uuid import UUID

import strawberry
from graphql import GraphQLResolveInfo

from kehu.access.fetch import global_id
from kehu.customers.drafts import Draft
from kehu.customers.submit import Submissions
from kehu.errors import NotFound, json_pointer
from kehu.forms.bind import BoundForm
from kehu.forms.jsonschema import json_schema, ui_schema
from kehu.graph.builder import Argument, Member, TypeBuilder
from kehu.graph.directives import Authenticated
from kehu.graph.ids import draft_id, parse_draft_id, parse_global_id
from kehu.graph.roots import FormMutation
from kehu.graph.scalars import Vocabulary
from kehu.labels import Label, Locale
from kehu.store.tables import CUSTOMER

if TYPE_CHECKING:
    from kehu.graph.operation import OperationContext

Info: TypeAlias = "GraphQLResolveInfo[Any]"  # reason: the context is ours, OperationContext
_ID = strawberry.ID
_KEY = Argument(str, Label("表单的键", "Key of the form"))
_VERSION = Argument(int, Label("填写所依据的表单版本", "Version of the form that was filled in"))
_CUSTOMER = Argument(
    _ID | None, Label("所更正的客户;新登记时不填", "The customer whom it corrects; none for a new submission"), None
)
_EXPECTED = Argument(
    int | None,
    Label("更正时必填:prefill 给出的版本", "Needed with a customer: the version that prefill gave"),
    None,
)
_DRAFT = Argument(_ID | None, Label("由此草稿而来,受理后删除", "The draft it comes from, gone once it is taken"), None)


def form_members(builder: TypeBuilder, vocabulary: Vocabulary) -> dict[str, Member]:
    """The forms' part of Query; makes its types."""
    _types(builder, vocabulary)
    own = [Authenticated()]
    customer = {"customer": Argument(_ID, Label("客户编号", "Global id of the customer"))}
    language = {"locale": Argument("Language | None", Label("语言,默认中文", "Language, Chinese unless given"), None)}
    version = {"version": Argument(int | None, Label("只要此版本", "This version only"), None)}
    return {
        "forms": Member("list[Form]", Label("表单", "Forms"), own, dict(language)),
        "form": Member("Form | None", Label("一张表单", "One form"), own, {"key": _KEY} | version | language),
        "prefill": Member(
            "FormPrefill | None",
            Label("以已有资料预填,按访问者的权限", "What is known of a customer, as the caller may see it"),
            own,
            {"key": _KEY} | customer,
        ),
        "drafts": Member("list[FormDraft]", Label("本人的草稿", "The caller's own drafts"), own),
        "draft": Member("FormDraft | None", Label("一份草稿", "One of them"), own, {"id": Argument(_ID, _WHICH)}),
    }


_WHICH = Label("草稿编号", "Id of the draft")


def form_mutations(vocabulary: Vocabulary) -> dict[str, FormMutation]:
    """The mutations for forms of any kind."""
    data = Argument(vocabulary.form_data, Label("表单内容", "What the form says"))
    about = {"customer": _CUSTOMER, "expectedVersion": _EXPECTED}
    whole = {"key": _KEY, "version": _VERSION, "data": data, **about}
    customer = {
        "customer": Member("Customer | None", Label("客户", "Customer")),
        "id": Member(_ID, Label("客户编号", "Global id of the customer")),
    }
    of_draft = {"id": Member(_ID, _WHICH)}
    return {
        "submitForm": FormMutation(Label("提交表单", "Submit a form"), {**whole, "draft": _DRAFT}, customer),
        "saveDraft": FormMutation(
            Label("保存草稿;给出编号则覆盖", "Save a draft, or one that is there anew"),
            {**whole, "id": Argument(_ID | None, _WHICH, None)},
            of_draft,
        ),
        "discardDraft": FormMutation(Label("丢弃草稿", "Discard a draft"), {"id": Argument(_ID, _WHICH)}, of_draft),
    }


def _types(builder: TypeBuilder, vocabulary: Vocabulary) -> None:
    languages: dict[str, Label | None] = {"ZH": Label("中文", "Chinese"), "EN": Label("英文", "English")}
    builder.enum_type("Language", languages, Label("语言", "Language"))
    data, json = vocabulary.form_data, vocabulary.json
    key, version = (str, "表单的键", "Key of the form"), (int, "表单版本", "Version of the form")
    for name, label, members in (
        ("Form", Label("表单", "Form"), {
            "key": key, "version": version, "label": ("Text", "名称", "Name for people"),
            "schema": (json, "JSON Schema 2020-12", "JSON Schema 2020-12; what stands under its $id never changes"),
            "uiSchema": (json, "版面", "Layout, as RJSF reads it"),
            "scopes": (list[str], "提交所需授权", "Scopes that submitting needs"),
            "cites": (list[str], "依据条款", "Rules")}),
        ("FormPrefill", Label("预填内容", "What a form is prefilled with"), {
            "data": (data, "按字段名的值", "Values by field name, masked where the caller sees a mask"),
            "masked": (list[str], "被遮盖的值(JSON Pointer);原样送回即保持不变",
                       "JSON Pointers of masked values; sent back as they are, they leave what is stored alone"),
            "denied": (list[str], "无权查看的字段", "JSON Pointers of fields that the caller may not see"),
            "version": (int, "更正时送回", "To be sent back with a correction")}),
        ("FormDraft", Label("草稿", "Draft"), {
            "id": (_ID, "编号", "Id"), "key": key, "version": version,
            "current": (bool, "表单版本仍有效", "Whether this version of the form is still served"),
            "data": (data, "按字段名的值", "Values by field name"),
            "customer": (_ID | None, "所更正的客户", "The customer whom it corrects"),
            "expectedVersion": (int | None, "prefill 给出的版本", "The version that prefill gave"),
            "savedAt": (str, "保存时间", "Saved at"), "expiresAt": (str, "失效时间", "Kept until")}),
    ):  # fmt: skip
        builder.object_type(name, label, {one: Member(kind, Label(zh, en)) for one, (kind, zh, en) in members.items()})


def _locale(language: object) -> Locale:
    return "en" if str(getattr(language, "value", language)) == "EN" else "zh"


def _forms(source: object, info: Info, locale: object = None) -> list[dict[str, object]]:
    return [_form_row(bound, _locale(locale)) for bound in _submissions(info).forms.values()]


def _form(
    source: object, info: Info, key: str, version: int | None = None, locale: object = None
) -> dict[str, object] | None:
    bound = _submissions(info).forms.get(key)
    if bound is None or version not in (None, bound.form.version):
        return None
    return _form_row(bound, _locale(locale))


def _form_row(bound: BoundForm, locale: Locale) -> dict[str, object]:
    form = bound.form
    return {
        "key": form.key,
        "version": form.version,
        "label": {"zh": form.label.zh, "en": form.label.en},
        "schema": lambda *_: json_schema(bound, locale),
        "uiSchema": lambda *_: ui_schema(bound, locale),
        "scopes": list(bound.scopes),
        "cites": list(form.cites),
    }


def _prefill(source: object, info: Info, key: str, customer: str) -> dict[str, object]:
    operation: OperationContext = info.context
    bound = _submissions(info).forms.get(key)
    if bound is None:
        raise NotFound
    at = parse_global_id(customer, {CUSTOMER}, "customer")
    found = operation.prefill(bound, at.row)
    return {
        "data": found.data,
        "masked": [json_pointer(path) for path in found.masked],
        "denied": [json_pointer(path) for path in found.denied],
        "version": found.version,
    }


def _drafts(source: object, info: Info) -> list[dict[str, object]]:
    operation: OperationContext = info.context
    return [_draft_row(info, draft) for draft in operation.drafts()]


def _draft(source: object, info: Info, id: str) -> dict[str, object] | None:
    operation: OperationContext = info.context
    wanted = parse_draft_id(id)
    return next((_draft_row(info, draft) for draft in operation.drafts(wanted)), None)


def _draft_row(info: Info, draft: Draft) -> dict[str, object]:
    bound = _submissions(info).forms.get(draft.form)
    return {
        "id": draft_id(draft.id),
        "key": draft.form,
        "version": draft.form_version,
        "current": bound is not None and bound.form.version == draft.form_version,
        "data": draft.data,
        "customer": None if draft.customer is None else _customer_id(info, draft.customer),
        "expectedVersion": draft.expected_version,
        "savedAt": draft.saved_at.isoformat(),
        "expiresAt": draft.expires_at.isoformat(),
    }


def _customer_id(info: Info, customer: UUID) -> str:
    return global_id(info.context.reading.registry.records[CUSTOMER], customer, None)


def _submissions(info: Info) -> Submissions:
    operation: OperationContext = info.context
    return operation.acts.submissions


FORM_RESOLVERS: Mapping[str, Callable[..., Any]] = {
    "forms": _forms,
    "form": _form,
    "prefill": _prefill,
    "drafts": _drafts,
    "draft": _draft,
}
