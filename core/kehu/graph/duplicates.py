"""Possible duplicates over GraphQL: what waits for a data steward, and his decision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from kehu.access.fetch import page_size
from kehu.customers.context import Request
from kehu.customers.duplicates import DECIDE, CaseId, Duplicates
from kehu.graph.builder import Argument, Member, TypeBuilder
from kehu.graph.directives import Authenticated, RequiresScopes, area_directives
from kehu.graph.planner import CASE
from kehu.graph.roots import FormMutation
from kehu.graph.scalars import Vocabulary
from kehu.labels import Label

if TYPE_CHECKING:
    from kehu.graph.catalogue import Info
    from kehu.graph.operation import OperationContext

_MOST = 200
_CUSTOMER = Label("其中一位客户", "One of the customers")


def duplicate_members(builder: TypeBuilder) -> dict[str, Member]:
    """The part of Query that possible duplicates have; makes its type."""
    seen = area_directives("customer.core")
    builder.object_type(CASE, Label("疑似重复的两位客户", "Two customers who may be one"), {
        "id": Member(str, Label("编号", "Id")),
        "rule": Member(str, Label("查重规则", "Key of the match rule")),
        "label": Member("Text", Label("相同之处", "What is the same")),
        "foundAt": Member(str, Label("发现时间(UTC)", "When it was found, UTC")),
        "customer": Member("Customer | None", _CUSTOMER, seen),
        "other": Member("Customer | None", Label("另一位客户", "The other customer"), seen),
    })  # fmt: skip
    return {
        "duplicates": Member(
            f"list[{CASE}]",
            Label("待判定的疑似重复,两位客户均在可见范围内", "Possible duplicates within the caller's row scope"),
            [RequiresScopes(scopes=[["customer.core:read", DECIDE]]), Authenticated()],
            {
                "first": Argument(int | None, Label("最多几个", "At most so many"), None),
                "after": Argument(str | None, Label("从此编号之后", "After this id"), None),
            },
        )
    }


def duplicate_mutation(vocabulary: Vocabulary) -> dict[str, FormMutation]:
    """``dismissDuplicate``."""
    arguments = {
        "id": Argument(str, Label("疑似重复的编号", "Id of the possible duplicate")),
        "reason": Argument(vocabulary.reason, Label("理由", "The reason")),
    }
    success = {"dismissed": Member(bool, Label("已排除", "Dismissed"))}
    label = Label("判定为不同的两位客户", "They are two: dismiss a possible duplicate")
    return {"dismissDuplicate": FormMutation(label, arguments, success, (DECIDE,))}


def dismiss_duplicate(duplicates: Duplicates, request: Request, arguments: Mapping[str, Any]) -> dict[str, object]:
    """Carry out ``dismissDuplicate``."""
    duplicates.dismiss(request, CaseId.of(arguments["id"]), str(arguments["reason"]))
    return {"dismissed": True}


def case_customer(source: Mapping[str, Any], info: Info) -> object:
    """A customer of a case, fetched for the whole list and by the plan."""
    return source["_customers"][info.path.key]


def _duplicates(source: object, info: Info, first: int | None = None, after: str | None = None) -> object:
    operation: OperationContext = info.context
    operation.principal.require("customer.core:read", DECIDE)
    last = None if after is None else CaseId.of(after, "after")
    rules = operation.reading.registry.match_rules
    return [
        {
            "id": str(case.id),
            "rule": case.id.rule,
            "label": {"zh": rules[case.id.rule].label.zh, "en": rules[case.id.rule].label.en},
            "foundAt": case.found_at.isoformat(),
            "_customers": customers,
        }
        for case, customers in operation.duplicates(str(info.path.key), page_size(first, _MOST), last)
    ]


DUPLICATE_RESOLVERS: Mapping[str, Callable[..., Any]] = {"duplicates": _duplicates}
