"""Object, connection, filter and input types of records."""

from __future__ import annotations

import types
from collections.abc import Iterator

import strawberry

from kehu.graph.builder import Annotation, Argument, Member, TypeBuilder
from kehu.graph.directives import area_directives, directives_of
from kehu.graph.scalars import Vocabulary
from kehu.labels import Label
from kehu.records import Field, Owner, Record
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER
from kehu.vocabulary.base import Storage

FIRST = Label("最多几行", "At most so many rows")


def children_argument() -> dict[str, Argument]:
    return {"first": Argument(int | None, FIRST, None)}


class Objects:
    """Makes the types of all records of a registry."""

    def __init__(self, builder: TypeBuilder, registry: Registry, vocabulary: Vocabulary) -> None:
        self._builder = builder
        self._registry = registry
        self._vocabulary = vocabulary
        self.label = builder.object_type(
            "Text", Label("中英文文本", "Text in Chinese and English"), {
                "zh": Member(str, Label("中文", "Chinese")), "en": Member(str, Label("英文", "English")),
            },
        )  # fmt: skip
        self.node = builder.object_type(
            "Node", Label("可按编号读取的对象", "Anything that can be read by id"),
            {"id": Member(strawberry.ID, Label("全局编号", "Global id"))}, interface=True,
        )  # fmt: skip
        self.page_info = builder.object_type("PageInfo", Label("分页信息", "About a page"), _page_info())
        self._make_filters()
        for record in registry.records.values():
            self._make_record(record)
            if record.root is not None:
                self._make_connection(record)

    def connection_arguments(self, record: Record) -> dict[str, Argument]:
        arguments = {
            "first": Argument(int | None, FIRST, None),
            "after": Argument(str | None, Label("从此游标之后", "After this cursor"), None),
        }
        if f"{record.name}Filter" in self._builder.types:
            arguments["filter"] = Argument(f"{record.name}Filter | None", Label("条件", "Conditions"), None)
        if f"{record.name}Order" in self._builder.types:
            arguments["orderBy"] = Argument(f"{record.name}Order | None", Label("排序", "Order"), None)
        return arguments

    def members(self, record: Record) -> dict[str, Member]:
        """All members of a record's type: keys, declared fields, references, records below."""
        area = area_directives(record.area)
        members = {
            "id": Member(strawberry.ID, Label("全局编号", "Global id"), area),
            "version": Member(int, Label("版本,修改时须给出", "Row version; to be given when changing"), area),
        }
        for f in record.fields:
            members[f.name] = Member(
                self._annotation(f), f.label, directives_of(f.policy, self._registry.retention[f.policy.retention])
            )
        for name, computed in self._registry.computed.get(record.name, {}).items():
            members[name] = Member("Text | None", computed.label, members[computed.governed_by].directives)
        for child in self._registry.children.get(record.name, ()):
            kind = f"{child.name} | None" if child.single else f"list[{child.name}] | None"
            arguments = {} if child.single else children_argument()
            members[str(child.accessor)] = Member(kind, child.label, area_directives(child.area), arguments)
        return members

    def writable(self, record: Record) -> Iterator[Field]:
        """The fields that a mutation may set."""
        return (f for f in record.fields if not f.written_by_system and f.projection is None)

    def input(self, record: Record, name: str, *, changing: bool) -> Annotation:
        """The input type for adding or changing a row; when changing, everything may be left out."""
        members = {}
        for f in self.writable(record):
            annotation = self._vocabulary.input(f)
            # A new customer belongs to the caller's own unit unless another is given.
            own_unit = record.name == CUSTOMER and f.name == "unit"
            needed = f.required and not changing and f.default is None and not own_unit
            members[f.name] = Member(annotation if needed else annotation | None, f.label)
        return self._builder.input_type(name, record.label, members)

    def _annotation(self, f: Field) -> Annotation:
        return f"{f.refers_to} | None" if f.refers_to is not None else self._vocabulary.output(f)

    def _make_record(self, record: Record) -> None:
        self._builder.object_type(record.name, record.description, self.members(record), (self.node,))

    def _make_connection(self, record: Record) -> None:
        name = record.name
        area = area_directives(record.area)
        edge = {
            "cursor": Member(str, Label("游标", "Cursor")),
            "node": Member(name, record.label, area),
        }
        self._builder.object_type(f"{name}Edge", Label("连接中的一项", "An item of a connection"), edge)
        connection = {
            "edges": Member(f"list[{name}Edge]", Label("带游标的项", "Items with cursors")),
            "nodes": Member(f"list[{name}]", record.label, area),
            "pageInfo": Member(self.page_info, Label("分页信息", "About this page")),
            "totalCount": Member(int, Label("可见总数", "How many the caller may see"), area),
        }
        self._builder.object_type(
            f"{name}Connection", Label(f"{record.label.zh}分页", f"A page of {record.label.en}"), connection
        )

    def _make_filters(self) -> None:
        for record in self._registry.records.values():
            self._builder_operations(record)
        for record in self._registry.records.values():
            members: dict[str, Member] = {
                f.name: Member(f"{self._operation_name(f)} | None", f.label) for f in record.fields if f.filterable
            }
            for child in self._registry.children.get(record.name, ()):
                if any(f.filterable for f in child.fields):
                    some = Label(f"有{child.label.zh}满足", f"Some {child.label.en} meets")
                    members[str(child.accessor)] = Member(f"{child.name}Filter | None", some)
            if members:
                self._builder.input_type(
                    f"{record.name}Filter", Label(f"{record.label.zh}条件", f"Conditions on {record.label.en}"), members
                )
            self._make_order(record)

    def _make_order(self, record: Record) -> None:
        if record.root is None or not (orderable := [f for f in record.fields if f.orderable]):
            return
        keys = {f.name: f.label for f in orderable}
        self._builder.enum_type(f"{record.name}OrderField", keys, Label("可排序的字段", "Fields to sort by"))
        members = {
            "field": Member(f"{record.name}OrderField", Label("字段", "Field")),
            "descending": Member(bool | None, Label("倒序", "Descending")),
        }
        self._builder.input_type(f"{record.name}Order", Label("排序", "Order"), members)

    def _operation_name(self, f: Field) -> str:
        if f.scheme is not None:
            return f"{self._vocabulary.enum(f.scheme).__name__}Is"
        return {Storage.REFERENCE: "ReferenceIs", Storage.TEXT: "TextIs", Storage.BOOLEAN: "FlagIs"}.get(
            f.type.storage, f"{f.type.name}Is"
        )

    def _builder_operations(self, record: Record) -> None:
        for f in record.fields:
            name = self._operation_name(f)
            if not f.filterable or name in self._builder.types:
                continue
            annotation = self._vocabulary.input(f)
            members = {"eq": Member(annotation | None, Label("等于", "Equals"))}
            if f.type.storage is Storage.TEXT:
                members["in"] = Member(types.GenericAlias(list, (annotation,)) | None, Label("属于", "One of"))
            elif f.type.storage in (Storage.DATE, Storage.MOMENT, Storage.INTEGER):
                members["gte"] = Member(annotation | None, Label("不早于/不小于", "At or after, at least"))
                members["lt"] = Member(annotation | None, Label("早于/小于", "Before, below"))
            self._builder.input_type(name, Label("比较", "Comparison"), members)


def _page_info() -> dict[str, Member]:
    return {
        "hasNextPage": Member(bool, Label("还有下一页", "There are more")),
        "hasPreviousPage": Member(bool, Label("前面还有", "There are earlier ones")),
        "startCursor": Member(str | None, Label("首项游标", "Cursor of the first item")),
        "endCursor": Member(str | None, Label("末项游标", "Cursor of the last item")),
    }


def writable_records(registry: Registry) -> Iterator[Record]:
    """The records that get generated mutations."""
    return (r for r in registry.records.values() if r.writable and r.owner is Owner.CUSTOMER)
