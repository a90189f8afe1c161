"""Query and Mutation: what they offer follows from the registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import strawberry

from kehu.forms.bind import bind
from kehu.forms.form import FormField
from kehu.graph.builder import Annotation, Argument, Member, TypeBuilder
from kehu.graph.directives import Authenticated, RequiresScopes, area_directives
from kehu.graph.objects import Objects, writable_records
from kehu.graph.scalars import Vocabulary
from kehu.labels import Label
from kehu.names import rows_type
from kehu.records import Record
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER

KEY = {"idempotencyKey": Argument(str, Label("幂等键:重试时用同一个", "Idempotency key: the same when retrying"))}


def lower_first(name: str) -> str:
    return name[0].lower() + name[1:]


def form_mutation(key: str) -> str:
    """``realestate.visit`` → ``recordRealestateVisit``."""
    return "record" + form_type(key)


def form_type(key: str) -> str:
    return "".join(part.capitalize() for part in key.replace("_", ".").split("."))


def lookup_keys(registry: Registry) -> dict[str, tuple[str, str]]:
    """What can be looked up exactly: ``CONTACT_POINT_MOBILE`` → (record, field)."""
    found = {}
    for record in registry.records.values():
        for f in record.fields:
            if f.policy.lookup:
                found[f"{record.table}_{f.column}".upper()] = (record.name, f.name)
    return dict(sorted(found.items()))


@dataclass(frozen=True, slots=True)
class FormMutation:
    """A mutation for forms of any kind: which further scopes it needs depends on the form."""

    label: Label
    arguments: dict[str, Argument]
    success: dict[str, Member]
    scopes: tuple[str, ...] = ()


class Roots:
    """Makes Query and Mutation and remembers what is behind each field."""

    def __init__(self, builder: TypeBuilder, registry: Registry, vocabulary: Vocabulary, objects: Objects) -> None:
        self._builder = builder
        self._registry = registry
        self._vocabulary = vocabulary
        self._objects = objects
        self.connections: dict[str, Record] = {}
        self.creates: dict[str, Record] = {}
        self.changes: dict[str, Record] = {}
        self.forms: dict[str, str] = {}

    def query(self, catalogue: dict[str, Member]) -> type:
        node = {"id": Argument(strawberry.ID, Label("全局编号", "Global id"))}
        members: dict[str, Member] = {
            "node": Member("Node | None", Label("按编号读取", "By global id"), [Authenticated()], node),
            "nodes": Member("list[Node | None]", Label("按编号批量读取", "By global ids"), [Authenticated()], {
                "ids": Argument(list[strawberry.ID], Label("全局编号", "Global ids"))}),
            "customer": Member(
                "Customer | None", Label("一位客户", "One customer"), area_directives("customer.core"), node),
            "lookup": self._lookup(),
            "searchCustomers": self._search(),
        }  # fmt: skip
        for record in self._registry.records.values():
            if record.root is not None:
                self.connections[record.root] = record
                arguments = self._objects.connection_arguments(record)
                members[record.root] = Member(
                    f"{record.name}Connection | None", record.label, area_directives(record.area), arguments
                )
        return self._builder.object_type("Query", Label("查询", "Reading"), members | catalogue)

    def mutation(self, on_forms: Mapping[str, FormMutation]) -> type:
        self._builder.object_type("Problem", Label("一处问题", "One thing wrong"), {
            "path": Member(list[str], Label("所在字段", "Where")),
            "pointer": Member(str, Label("所在字段(JSON Pointer)", "Where, as a JSON Pointer (RFC 6901)")),
            "code": Member(str, Label("稳定的代码", "Stable code")),
            "message": Member("Text", Label("说明与处理办法", "What to do")),
        })  # fmt: skip
        self._builder.object_type("Problems", Label("未受理及原因", "Not carried out, and why"), {
            "problems": Member("list[Problem]", Label("问题", "Problems")),
        })  # fmt: skip
        members: dict[str, Member] = {}
        for record in writable_records(self._registry):
            members |= self._record_mutations(record)
        members |= self._judgement_mutations()
        for form in self._registry.forms.values():
            members |= self._form_mutation(form.key)
        for name, one in on_forms.items():
            directives: list[object] = [RequiresScopes(scopes=[list(one.scopes)])] if one.scopes else []
            directives.append(Authenticated())
            members[name] = Member(self._result(name, one.success), one.label, directives, one.arguments | KEY)
        return self._builder.object_type("Mutation", Label("写入", "Writing"), members)

    def _lookup(self) -> Member:
        found = lookup_keys(self._registry)
        keys = {name: self._registry.records[r].by_name[f].label for name, (r, f) in found.items()}
        by = self._builder.enum_type("LookupKey", keys, Label("可精确查找的号码", "What can be looked up"))
        scopes = sorted(
            {
                str(self._registry.records[r].by_name[f].policy.lookup_scope)
                for r, f in lookup_keys(self._registry).values()
            }
        )
        return Member(
            "Customer | None",
            Label(
                "按号码精确查找客户;每次操作一次,计入每日限额",
                "Find a customer by exact number; one per operation, within a daily budget",
            ),
            [RequiresScopes(scopes=[[scope] for scope in scopes]), Authenticated()],
            {
                "by": Argument(by, Label("按什么", "By what")),
                "value": Argument(
                    self._vocabulary.lookup_value, Label("号码;只能经变量传入", "The number; from variables only")
                ),
            },
        )

    def _search(self) -> Member:
        record = self._registry.records[CUSTOMER]
        scopes = [
            [f"{record.area}:read", scope]
            for scope in sorted({str(f.policy.reveal_scope) for f in record.fields if f.searchable})
        ]
        paging = self._objects.connection_arguments(record)
        name = Label(
            "姓名或单位名称、全拼或拼音首字母;只能经变量传入", "A name, its pinyin or its initials; from variables only"
        )
        return Member(
            f"{CUSTOMER}Connection | None",
            Label(
                "按姓名或单位名称查找客户;每次操作一次,计入每日限额",
                "Find customers by name; one per operation, within a daily budget",
            ),
            [RequiresScopes(scopes=scopes), Authenticated()],
            {"name": Argument(self._vocabulary.lookup_value, name), "first": paging["first"], "after": paging["after"]},
        )

    def _record_mutations(self, record: Record) -> dict[str, Member]:
        own = lower_first(record.name)
        scopes: list[object] = [RequiresScopes(scopes=[[f"{record.area}:write"]]), Authenticated()]
        verb = "create" if record.name == CUSTOMER else "add"
        create, change = f"{verb}{record.name}", f"change{record.name}"
        self._objects.input(record, f"{record.name}Input", changing=False)
        success = {
            own: Member(f"{record.name} | None", record.label),
            "id": Member(strawberry.ID, Label("全局编号", "Global id")),
        }
        if record.name != CUSTOMER:
            success["customer"] = Member("Customer | None", Label("客户", "Customer"))
        above = (
            {}
            if record.name == CUSTOMER
            else {"parent": Argument(strawberry.ID, Label("上级的全局编号", "Global id of what it belongs to"))}
        )
        body = {"input": Argument(f"{record.name}Input", record.label)}
        self.creates[create] = record
        members = {
            create: Member(
                self._result(create, success),
                Label(f"新增{record.label.zh}", f"Add {record.label.en}"),
                scopes,
                above | body | KEY,
            )
        }
        if not record.append_only:
            self._objects.input(record, f"{record.name}Changes", changing=True)
            arguments = {
                "id": Argument(strawberry.ID, Label("全局编号", "Global id")),
                "expectedVersion": Argument(int, Label("读取时的版本", "Version as it was read")),
                "input": Argument(f"{record.name}Changes", record.label),
            }
            self.changes[change] = record
            members[change] = Member(
                self._result(change, success),
                Label(f"修改{record.label.zh}", f"Change {record.label.en}"),
                scopes,
                arguments | KEY,
            )
        return members

    def _judgement_mutations(self) -> dict[str, Member]:
        free_text = self._vocabulary.input(self._registry.records["Judgement"].by_name["evidence"])
        kind = self._vocabulary.enum("judgement.kind")
        success = {
            "judgement": Member("Judgement | None", Label("人工认定", "Judgement")),
            "customer": Member("Customer | None", Label("客户", "Customer")),
            "id": Member(strawberry.ID, Label("全局编号", "Global id")),
        }
        propose = {
            "customer": Argument(strawberry.ID, Label("客户编号", "Global id of the customer")),
            "kind": Argument(kind, Label("认定事项", "What is judged")),
            "evidence": Argument(free_text, Label("依据", "Evidence")),
        }
        decide = {
            "id": Argument(strawberry.ID, Label("认定编号", "Global id of the judgement")),
            "expectedVersion": Argument(int, Label("读取时的版本", "Version as it was read")),
            "approve": Argument(bool, Label("是否批准", "Approve or refuse")),
            "comment": Argument(free_text | None, Label("意见", "Comment"), None),
        }
        return {
            "proposeJudgement": Member(
                self._result("proposeJudgement", success), Label("提出人工认定", "Propose a judgement"),
                [RequiresScopes(scopes=[["customer.judgement:write"]]), Authenticated()], propose | KEY,
            ),
            "decideJudgement": Member(
                self._result("decideJudgement", success),
                Label("批准或否决,须由他人决定", "Approve or refuse; never by the proposer"),
                [RequiresScopes(scopes=[["customer.judgement:decide"]]), Authenticated()], decide | KEY,
            ),
        }  # fmt: skip

    def _form_mutation(self, key: str) -> dict[str, Member]:
        form = self._registry.forms[key]
        members = self._asked(form.flat)
        for rows in form.rows:
            annotation = rows_type(key, rows.name)
            self._builder.input_type(annotation, rows.label, self._asked(rows.fields))
            always = rows.at_least > 0 and rows.when is None
            members[rows.name] = Member(f"list[{annotation}]{'' if always else ' | None'}", rows.label)
        # Arguments keep the order in which people are asked.
        members = {each.name: members[each.name] for each in form.fields}
        self._builder.input_type(f"{form_type(key)}Input", form.label, members)
        success = {
            "customer": Member("Customer | None", Label("客户", "Customer")),
            "id": Member(strawberry.ID, Label("客户编号", "Global id of the customer")),
        }
        name = form_mutation(key)
        self.forms[name] = key
        scopes = list(bind(form, self._registry.records, self._registry.schemes).scopes)
        arguments = {"input": Argument(f"{form_type(key)}Input", form.label)}
        return {
            name: Member(
                self._result(name, success),
                form.label,
                [RequiresScopes(scopes=[scopes]), Authenticated()],
                arguments | KEY,
            )
        }

    def _asked(self, fields: Sequence[FormField]) -> dict[str, Member]:
        members: dict[str, Member] = {}
        for each in fields:
            record, _, name = each.to.partition(".")
            f = self._registry.records[record].by_name[name]
            annotation = str if f.refers_to is not None else self._vocabulary.input(f)
            needed = each.required and each.when is None
            members[each.name] = Member(annotation if needed else annotation | None, each.label or f.label)
        return members

    def _result(self, name: str, success: dict[str, Member]) -> Annotation:
        title = name[0].upper() + name[1:]
        self._builder.object_type(f"{title}Success", Label("已受理", "Carried out"), success)
        union: Any = self._builder.types[f"{title}Success"] | self._builder.types["Problems"]
        return self._builder.put(f"{title}Result", _union(union, f"{title}Result"))


def _union(members: Any, name: str) -> Any:
    from typing import Annotated

    return Annotated[members, strawberry.union(name, description="结果 / Result")]
