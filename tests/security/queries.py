"""Random operations over the whole schema: connections, nodes, children, look-ups, aliases, fragments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
)

SEARCH = "searchCustomers"
NAMES = ("张三", "zhangsan", "zs", "li yi ming", "OYF", "anna", "示例甲公司", "slygs", "没有此人")
"""What people type to find a customer; who may, sees names clear, so what is found is in his view."""
_CONSTANT = ("viewer", "purposes", "schemes")
LITERALS: dict[str, tuple[object, ...]] = {
    "ShortText": ("甲", "乙", "无"),
    "String": ("甲", "乙", "P01", "S001"),
    "Moment": ("2026-10-01T02:00:00Z", "2026-10-01T05:00:00Z"),
    "Day": ("2026-01-01", "2026-02-02"),
    "Int": (1, 2),
    "Boolean": (True, False),
}


@dataclass
class Operation:
    """A document with its variables."""

    text: str
    variables: dict[str, Any]


@dataclass
class QueryMaker:
    """Makes operations for one schema. ``ids`` are global ids of present, hidden and absent rows."""

    schema: GraphQLSchema
    random: Random
    ids: Sequence[str]
    lookups: Sequence[tuple[str, str]]
    purpose: str | None
    _names: Any = field(default_factory=lambda: count(1))

    def operation(self, cursor: str | None = None) -> Operation:
        self._variables: dict[str, tuple[str, Any]] = {}
        self._fragments: list[str] = []
        self._looked_up = False
        roots = [self._root(cursor) for _ in range(self.random.randint(1, 2))]
        directive = ""
        if self.purpose is not None:
            self._variables["why"] = ("Reason!", "核对资料")
            directive = f' @purpose(code: "{self.purpose}", reason: $why)'
        declared = ", ".join(f"${name}: {type_}" for name, (type_, _) in self._variables.items())
        text = f"query Made{f'({declared})' if declared else ''}{directive} {{ {' '.join(roots)} }}"
        text = " ".join([text, *self._fragments])
        return Operation(text, {name: value for name, (_, value) in self._variables.items()})

    def _root(self, cursor: str | None) -> str:
        query = self.schema.query_type
        assert query is not None
        kind = self.random.choice(["connection"] * 4 + ["node", "nodes", "customer", "lookup", "constant"])
        if kind == "connection":
            names = [n for n, f in query.fields.items() if get_named_type(f.type).name.endswith("Connection")]
            name = self.random.choice([*names, SEARCH])
            if name != SEARCH or not self._looked_up:
                return self._connection(query, name, cursor)
        if kind == "nodes":
            ids = self._variable("[ID!]!", [self.random.choice(self.ids) for _ in range(self.random.randint(1, 5))])
            return f"{self._alias()}nodes(ids: {ids}) {{ __typename id {self._on_records()} }}"
        if kind == "node":
            one = self._variable("ID!", self.random.choice(self.ids))
            return f"{self._alias()}node(id: {one}) {{ id {self._on_records()} }}"
        if kind == "customer":
            one = self._variable("ID!", self.random.choice([i for i in self.ids if i.startswith("Q3VzdG9tZXI6")]))
            return f"{self._alias()}customer(id: {one}) {self._selection('Customer', 3)}"
        if kind == "lookup" and self.lookups and not self._looked_up:
            self._looked_up = True
            key, value = self.random.choice(self.lookups)
            one = self._variable("LookupValue!", value)
            return f"{self._alias()}lookup(by: {key}, value: {one}) {self._selection('Customer', 2)}"
        name = self.random.choice(_CONSTANT)
        return f"{self._alias()}{name} {self._selection(get_named_type(query.fields[name].type).name, 1)}"

    def _on_records(self) -> str:
        node = self.schema.type_map["Node"]
        types = self.schema.get_possible_types(node)  # type: ignore[arg-type]  # reason: Node is an interface
        chosen = self.random.sample([t.name for t in types], 4)
        return " ".join(f"... on {name} {self._selection(name, 2)}" for name in chosen)

    def _connection(self, query: GraphQLObjectType, name: str, cursor: str | None) -> str:
        record = get_named_type(query.fields[name].type).name.removesuffix("Connection")
        arguments = []
        if name == SEARCH:
            self._looked_up = True
            arguments.append(f"name: {self._variable('LookupValue!', self.random.choice(NAMES))}")
        if self.random.random() < 0.7:
            arguments.append(f"first: {self.random.choice([0, 1, 2, 3, 50])}")
        for key, type_ in query.fields[name].args.items():
            if key == "filter" and self.random.random() < 0.5:
                given = self._input(type_.type)
                arguments.append(f"filter: {self._variable(get_named_type(type_.type).name, given)}")
            if key == "orderBy" and self.random.random() < 0.4:
                given = self._input(type_.type)
                arguments.append(f"orderBy: {self._variable(get_named_type(type_.type).name, given)}")
        if cursor is not None and self.random.random() < 0.6:
            arguments.append(f"after: {self._variable('String', cursor)}")
        parts = ["pageInfo { endCursor hasNextPage hasPreviousPage }"]
        if self.random.random() < 0.6:
            parts.append("totalCount")
        if self.random.random() < 0.8:
            parts.append(f"nodes {self._selection(record, 3)}")
        if self.random.random() < 0.4:
            parts.append(f"edges {{ cursor node {self._selection(record, 2)} }}")
        shown = f"({', '.join(arguments)})" if arguments else ""
        return f"{self._alias()}{name}{shown} {{ {' '.join(parts)} }}"

    def _selection(self, type_name: str, depth: int) -> str:
        type_ = self.schema.type_map[type_name]
        assert isinstance(type_, GraphQLObjectType)
        parts = []
        for name, found in type_.fields.items():
            named = get_named_type(found.type)
            if is_leaf_type(named):
                if self.random.random() < 0.6:
                    parts.append(f"{self._alias()}{name}")
            elif depth > 0 and self.random.random() < 0.4:
                first = (
                    f"(first: {self.random.choice([1, 2])})"
                    if "first" in found.args and self.random.random() < 0.4
                    else ""
                )
                parts.append(f"{self._alias()}{name}{first} {self._selection(named.name, depth - 1)}")
        body = " ".join(parts) or "__typename"
        return "{ " + self._wrapped(type_name, body) + " }"

    def _wrapped(self, type_name: str, body: str) -> str:
        roll = self.random.random()
        if roll < 0.1:
            return f"... on {type_name} {{ {body} }}"
        if roll < 0.2:
            name = f"F{next(self._names)}"
            self._fragments.append(f"fragment {name} on {type_name} {{ {body} }}")
            return f"...{name}"
        return body

    def _alias(self) -> str:
        """Always an alias: one name with two arguments would be a conflict."""
        return f"a{next(self._names)}: "

    def _variable(self, type_: str, value: Any) -> str:
        name = f"v{next(self._names)}"
        self._variables[name] = (type_, value)
        return f"${name}"

    def _input(self, type_: GraphQLInputType) -> Any:
        if isinstance(type_, GraphQLNonNull):
            return self._input(type_.of_type)
        if isinstance(type_, GraphQLList):
            return [self._input(type_.of_type) for _ in range(self.random.randint(1, 2))]
        if isinstance(type_, GraphQLEnumType):
            return self.random.choice(list(type_.values))
        if isinstance(type_, GraphQLInputObjectType):
            needed = [n for n, f in type_.fields.items() if isinstance(f.type, GraphQLNonNull)]
            optional = [n for n in type_.fields if n not in needed]
            chosen = [
                *needed,
                *self.random.sample(optional, min(len(optional), self.random.randint(0 if needed else 1, 2))),
            ]
            return {n: self._input(type_.fields[n].type) for n in chosen}
        name = get_named_type(type_).name
        if name in ("ID", "Reference"):
            return self.random.choice([i for i in self.ids if i.startswith(("U3RhZmY6", "T3JnYW5pc2F0aW9uVW5pd"))])
        return self.random.choice(LITERALS[name])
