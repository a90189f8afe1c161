"""From a document to a plan: what is selected, and what was decided about each field, before any SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    get_named_type,
    print_ast,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.language import DocumentNode

from kehu.access.decision import Decision, Effect, decide
from kehu.access.plan import Arguments, ComputedPlan, FieldPlan, Level, Plan, Shape
from kehu.access.principal import DecisionKey
from kehu.graph.selection import Selections
from kehu.labels import Label
from kehu.records import Field, Owner, Record
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER

_AREA_DENIED = Label("没有读取这类记录的授权", "no scope for rows of this kind")
_AREA_READ = Label("有读取这类记录的授权", "scope for rows of this kind held")
_BASIS_DENIED = Label("说明需要读取全部分级依据的授权", "an explanation needs the rights to all inputs of the grading")
_NO_CUSTOMER = Label("该目的仅限本人负责的客户", "this purpose covers own customers only")
_SEARCH_DENIED = Label(
    "按姓名查找须有权以声明的目的查看全部姓名明文", "a name search needs the right to see names clear, on every row"
)
SEARCH = "searchCustomers"
CASE = "DuplicateCase"
Islands = dict[tuple[str, ...], tuple[Level, ...]]
_KEYS = frozenset({"id", "version", "__typename"})


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is decided about fields and records for everybody with one key."""

    registry: Registry
    key: DecisionKey

    def field(self, record: Record, f: Field, pattern: str) -> FieldPlan:
        decision = self.decide(f)
        if decision.condition is not None and record.owner is not Owner.CUSTOMER:
            decision = Decision(effect=decision.weakest, reason=_NO_CUSTOMER, required=decision.required)
        if f.basis and decision.effect is not Effect.DENY:
            decision = self._basis(decision)
        return FieldPlan(f, decision, pattern)

    def _basis(self, own: Decision) -> Decision:
        scopes: set[str] = set()
        purposes: list[set[str]] = []
        for grading in self.registry.gradings:
            for record, name in grading.inputs:
                decision = self.decide(self.registry.records[record].by_name[name])
                if decision.effect is Effect.CLEAR and decision.condition is None:
                    continue
                allowed = {one for one in decision.required if one.startswith("purpose:")}
                scopes.update(set(decision.required) - allowed or ({f"{record}.{name}"} if not allowed else set()))
                purposes.extend([allowed] if allowed else [])
        if not scopes and not purposes:
            return own
        # One purpose must allow all inputs, so only those help that every one of them accepts.
        required = (*sorted(scopes), *sorted(set.intersection(*purposes) if purposes else ()))
        return Decision(effect=Effect.DENY, reason=_BASIS_DENIED, required=required)

    def decide(self, f: Field) -> Decision:
        return decide(f.policy, self.key, self.registry.purposes)

    def search(self, record: Record) -> tuple[Decision, tuple[Field, ...]]:
        """Whether rows may be found by their searchable fields, and by which: those shown clear on every row."""
        decided = [(f, self.decide(f)) for f in record.fields if f.searchable]
        clear = tuple(f for f, d in decided if d.effect is Effect.CLEAR and d.condition is None)
        area = self.area(record)
        if clear or area.effect is Effect.DENY:
            return area, clear
        f, nearest = decided[0]
        if nearest.condition is None:
            required = nearest.required
        else:
            everywhere = [c for c in f.policy.purposes if self.registry.purposes[c].condition is None]
            required = tuple(f"purpose:{code}" for code in everywhere)
        if not (set(required) & {str(f.policy.reveal_scope)} or any(one.startswith("purpose:") for one in required)):
            required = (*required, str(f.policy.reveal_scope))
        return Decision(effect=Effect.DENY, reason=_SEARCH_DENIED, required=required), ()

    def area(self, record: Record) -> Decision:
        scope = f"{record.area}:read"
        if scope in self.key.scopes:
            return Decision(effect=Effect.CLEAR, reason=_AREA_READ)
        return Decision(effect=Effect.DENY, reason=_AREA_DENIED, required=(scope,))


@dataclass(frozen=True, slots=True)
class _Scope:
    """What planning needs for one operation."""

    schema: GraphQLSchema
    registry: Registry
    key: DecisionKey
    selections: Selections


def child_key(node: FieldNode) -> str:
    """The name under which a level's rows stand in the row above: equal arguments share one level."""
    if not node.arguments:
        return node.name.value
    return f"{node.name.value}({','.join(sorted(print_ast(a) for a in node.arguments))})"


def plan_operation(
    schema: GraphQLSchema,
    registry: Registry,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: VariableValues,
    key: DecisionKey,
) -> Plan:
    """Decide everything about one operation for one decision key."""
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    planner = _Planner(_Scope(schema, registry, key, Selections(fragments, variables)))
    root = schema.mutation_type if operation.operation is OperationType.MUTATION else schema.query_type
    assert root is not None
    islands: Islands = {}
    for response_key, nodes in planner.fields(operation.selection_set, root.name).items():
        planner.find_islands((response_key,), root, nodes, islands)
    return Plan(islands)


class _Planner:
    def __init__(self, scope: _Scope) -> None:
        self.scope = scope
        self.decisions = Decisions(scope.registry, scope.key)

    def fields(self, selection_set: SelectionSetNode, type_name: str) -> dict[str, list[FieldNode]]:
        return self.scope.selections.fields([selection_set], lambda name: name in (type_name, "Node"))

    def find_islands(
        self,
        path: tuple[str, ...],
        parent: GraphQLObjectType,
        nodes: list[FieldNode],
        islands: Islands,
    ) -> None:
        name = nodes[0].name.value
        definition = parent.fields.get(name)
        if definition is None:
            return
        named = get_named_type(definition.type)
        arguments = _arguments(definition, nodes[0])
        records = self.scope.registry.records
        if named.name in records:
            shape = Shape.LOOKUP if name == "lookup" else Shape.NODE
            islands[path] = (self._level(records[named.name], nodes, name, shape, name, arguments),)
        elif named.name == "Node":
            islands[path] = tuple(
                self._level(record, nodes, name, Shape.NODE, f"{name}:{record.name}", arguments)
                for record in records.values()
            )
        elif named.name.endswith("Connection") and named.name.removesuffix("Connection") in records:
            record = records[named.name.removesuffix("Connection")]
            shape = Shape.SEARCH if name == SEARCH else Shape.CONNECTION
            islands[path] = (self._connection(record, nodes, name, arguments, shape),)
        elif named.name == CASE:
            self._cases(path, nodes, name, arguments, islands)
        elif isinstance(parent, GraphQLObjectType) and parent is self.scope.schema.mutation_type:
            self._payload(path, named.name, nodes, islands)

    def _cases(
        self, path: tuple[str, ...], nodes: list[FieldNode], name: str, arguments: Arguments, islands: Islands
    ) -> None:
        """Both customers of each case of a list; as dear as the list is long."""
        inner = self.scope.selections.fields([n.selection_set for n in nodes if n.selection_set], lambda t: t == CASE)
        record = self.scope.registry.records[CUSTOMER]
        for response_key, found in inner.items():
            if (member := found[0].name.value) in ("customer", "other"):
                pattern = f"{name}.{member}"
                level = self._level(record, found, member, Shape.CASE, pattern, arguments)
                islands[(*path, response_key)] = (level,)

    def _payload(
        self,
        path: tuple[str, ...],
        union: str,
        nodes: list[FieldNode],
        islands: Islands,
    ) -> None:
        success = self.scope.schema.get_type(union.removesuffix("Result") + "Success")
        if isinstance(success, GraphQLObjectType):
            sets = [n.selection_set for n in nodes if n.selection_set]
            inner = self.scope.selections.fields(sets, lambda name: name in (success.name, union))
            for response_key, found in inner.items():
                self.find_islands((*path, response_key), success, found, islands)

    def _connection(
        self, record: Record, nodes: list[FieldNode], name: str, arguments: Arguments, shape: Shape
    ) -> Level:
        sets = [n.selection_set for n in nodes if n.selection_set]
        top = self.scope.selections.fields(sets, lambda type_name: type_name == f"{record.name}Connection")
        rows: list[FieldNode] = []
        asked = {node.name.value for found in top.values() for node in found}
        for found in top.values():
            if found[0].name.value == "nodes":
                rows.extend(found)
            elif found[0].name.value == "edges":
                edges = self.scope.selections.fields(
                    [n.selection_set for n in found if n.selection_set],
                    lambda type_name: type_name == f"{record.name}Edge",
                )
                rows.extend(node for inner in edges.values() for node in inner if node.name.value == "node")
        decision, searched = self.decisions.search(record) if shape is Shape.SEARCH else (None, ())
        level = self._level(record, rows, name, shape, name, arguments, decision=decision)
        return Level(
            key=level.key, record=record, shape=shape, decision=level.decision, pattern=name, arguments=arguments,
            searched=searched,
            fields=level.fields, computed=level.computed, children=level.children,
            wants_total="totalCount" in asked, wants_rows=bool(asked & {"nodes", "edges", "pageInfo"}),
        )  # fmt: skip

    def _level(
        self, record: Record, nodes: Sequence[FieldNode], key: str, shape: Shape, pattern: str, arguments: Arguments,
        via: Field | None = None, decision: Decision | None = None,
    ) -> Level:  # fmt: skip
        decision = decision or self.decisions.area(record)
        sets = [n.selection_set for n in nodes if n.selection_set]
        selected = self.scope.selections.fields(sets, lambda name: name in (record.name, "Node"))
        fields: dict[str, FieldPlan] = {}
        computed: dict[str, ComputedPlan] = {}
        of_this_kind = self.scope.registry.computed.get(record.name, {})
        below: dict[str, list[FieldNode]] = {}
        for found in selected.values():
            name = found[0].name.value
            if name in _KEYS:
                continue
            if name in of_this_kind:
                by = record.by_name[of_this_kind[name].governed_by]
                governing = self.decisions.field(record, by, f"{pattern}.{name}")
                computed[name] = ComputedPlan(of_this_kind[name], governing)
            elif name in record.by_name and record.by_name[name].refers_to is None:
                fields[name] = self.decisions.field(record, record.by_name[name], f"{pattern}.{name}")
            else:
                below.setdefault(child_key(found[0]), []).extend(found)
        children = tuple(
            self._child(record, k, found, f"{pattern}.{found[0].name.value}") for k, found in below.items()
        )
        return Level(
            key=key, record=record, shape=shape, decision=decision, pattern=pattern, arguments=arguments,
            fields=tuple(fields.values()), computed=tuple(computed.values()), children=children, via=via,
        )  # fmt: skip

    def _child(self, record: Record, key: str, nodes: list[FieldNode], pattern: str) -> Level:
        name = nodes[0].name.value
        parent = self.scope.schema.get_type(record.name)
        assert isinstance(parent, GraphQLObjectType)
        arguments = _arguments(parent.fields[name], nodes[0])
        via = record.by_name.get(name)
        if via is not None:
            own = self.decisions.decide(via)
            target = self.scope.registry.records[str(via.refers_to)]
            denied = own if own.effect is Effect.DENY else None
            return self._level(target, nodes, key, Shape.REFERENCE, pattern, arguments, via, denied)
        child = next(r for r in self.scope.registry.children[record.name] if r.accessor == name)
        return self._level(child, nodes, key, Shape.SINGLE if child.single else Shape.MANY, pattern, arguments)


def _arguments(definition: object, node: FieldNode) -> Arguments:
    def values(variables: object) -> dict[str, object]:
        return get_argument_values(definition, node, variables)  # type: ignore[arg-type]  # reason: variables are opaque to access

    return values
