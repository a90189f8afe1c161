"""``differingValues``: what forms said differently of a customer, each value decided and shown as its field is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import orjson
import strawberry
from sqlalchemy import select

from kehu.access.decision import decide
from kehu.access.output import show_value
from kehu.customers.differing import Differing, differing
from kehu.graph.builder import Argument, Member, TypeBuilder
from kehu.graph.directives import Authenticated, RequiresScopes
from kehu.graph.ids import parse_global_id
from kehu.labels import Label
from kehu.store.tables import CUSTOMER
from kehu.vocabulary.base import opened

if TYPE_CHECKING:
    from kehu.graph.catalogue import Info
    from kehu.graph.operation import OperationContext

SCOPE = "customer.core:read"


def differing_members(builder: TypeBuilder) -> dict[str, Member]:
    """The part of Query that differing values have; makes their type."""
    members = {
        "record": Member(str, Label("记录", "Record")),
        "field": Member(str, Label("字段", "Field")),
        "label": Member("Text", Label("名称", "Name for people")),
        "value": Member(str | None, Label("所填的值,按字段策略显示", "What was said, shown by the field's policy")),
        "effect": Member(str, Label("呈现方式", "clear, masked or denied")),
        "form": Member(str, Label("表单及版本", "Form and version")),
        "saidAt": Member(str, Label("时间(UTC)", "Time, UTC")),
    }
    builder.object_type("DifferingValue", Label("不一致的填报值", "A value that differs from what is known"), members)
    customer = {"customer": Argument(strawberry.ID, Label("客户编号", "Global id of the customer"))}
    label = Label("与已有资料不一致的填报值,最新在前", "What forms said differently, newest first")
    scopes = [RequiresScopes(scopes=[[SCOPE]]), Authenticated()]
    return {"differingValues": Member("list[DifferingValue]", label, scopes, customer)}


def _differing(source: object, info: Info, customer: str) -> list[dict[str, object]]:
    operation: OperationContext = info.context
    operation.principal.require(SCOPE)
    who = parse_global_id(customer, {CUSTOMER}, "customer").row
    table = operation.reading.source.tables[CUSTOMER]
    with operation.reading.engines.read.connect() as conn:
        found = differing(operation.acts.submissions.context, conn, operation.principal, who)
        pseudonyms = conn.execute(select(table.c.pseudonym).where(table.c.customer_id == who)).scalars()
        operation.emitted.subjects.update(pseudonyms)
    return [_shown(operation, one) for one in found]


def _shown(operation: OperationContext, one: Differing) -> dict[str, object]:
    """A purpose for own customers shows nothing more here: which rows are own is asked of rows, not of values."""
    effect = decide(one.field.policy, operation.key, operation.reading.registry.purposes).weakest
    operation.emitted.note(f"differingValues.{one.record.name}.{one.field.name}", effect, 1, one.field.policy)
    value = show_value(one.field, effect, opened(one.value))
    text = value if value is None or isinstance(value, str) else orjson.dumps(value).decode()
    assert one.said_at is not None
    return {
        "record": one.record.name, "field": one.field.name, "value": text, "effect": effect.value, "form": one.origin,
        "label": {"zh": one.field.label.zh, "en": one.field.label.en}, "saidAt": one.said_at.isoformat(),
    }  # fmt: skip


DIFFERING_RESOLVERS: Mapping[str, Callable[..., Any]] = {"differingValues": _differing}
