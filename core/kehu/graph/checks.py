"""What is checked of a document before anything is planned: size, literals, look-ups, purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DirectiveNode,
    DocumentNode,
    EnumValueNode,
    FieldNode,
    FloatValueNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    Node,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    StringValueNode,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    print_ast,
    visit,
)

from kehu.errors import OverLimit, Refused
from kehu.labels import Label
from kehu.settings import Settings

_LITERAL = Label(
    "该参数的值只能经变量传入,不能写在查询文本里",
    "This argument takes its value from a variable, never from the document's text",
)


@dataclass(frozen=True, slots=True)
class Limit:
    code: str
    label: Label


_DEPTH = Limit("TOO_DEEP", Label("查询层数超过上限 {limit}", "The query is deeper than {limit}"))
_ALIASES = Limit("TOO_MANY_ALIASES", Label("别名超过上限 {limit}", "More than {limit} aliases"))
_DIRECTIVES = Limit("TOO_MANY_DIRECTIVES", Label("指令超过上限 {limit}", "More than {limit} directives"))
_REPEATS = Limit(
    "TOO_MANY_REPEATS", Label("同一字段出现超过 {limit} 次", "One field is selected more than {limit} times")
)
_COST = Limit(
    "TOO_COSTLY",
    Label(
        "查询代价 {cost} 超过上限 {limit};请减小分页",
        "The query costs {cost}, more than {limit}; ask for smaller pages",
    ),
)


def over(limit: Limit, allowed: int, **values: object) -> OverLimit:
    """The refusal for a limit."""
    return OverLimit(limit.label.format(limit=allowed, **values), limit.code, limit=allowed)


def too_costly(cost: int, allowed: int) -> OverLimit:
    return over(_COST, allowed, cost=cost)


def check_size(document: DocumentNode, settings: Settings) -> None:
    """Depth (through fragments, each walked once per depth), aliases and directives. Raises `OverLimit`."""
    counter = _Counter()
    visit(document, counter)
    if counter.aliases > settings.max_aliases:
        raise over(_ALIASES, settings.max_aliases)
    if counter.directives > settings.max_directives:
        raise over(_DIRECTIVES, settings.max_directives)
    # Validation compares fields of one response key pair by pair.
    if counter.keys and max(counter.keys.values()) > settings.max_repeats:
        raise over(_REPEATS, settings.max_repeats)
    fragments = {d.name.value: d for d in document.definitions if isinstance(d, FragmentDefinitionNode)}
    depths: dict[str, int] = {}
    for definition in document.definitions:
        if (
            isinstance(definition, OperationDefinitionNode)
            and _depth(definition.selection_set, fragments, depths, ()) > settings.max_depth
        ):
            raise over(_DEPTH, settings.max_depth)


class _Counter(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.aliases = 0
        self.directives = 0
        self.keys: Counter[str] = Counter()

    def enter_field(self, node: FieldNode, *_: object) -> None:
        self.aliases += node.alias is not None
        self.keys[node.alias.value if node.alias else node.name.value] += 1

    def enter_directive(self, *_: object) -> None:
        self.directives += 1


def _depth(
    selection_set: SelectionSetNode | None,
    fragments: Mapping[str, FragmentDefinitionNode],
    known: dict[str, int],
    inside: tuple[str, ...],
) -> int:
    deepest = 0
    for selection in selection_set.selections if selection_set else ():
        if isinstance(selection, FieldNode):
            if selection.name.value.startswith("__"):  # validation has its own depth rule for introspection
                continue
            below = 1 + _depth(selection.selection_set, fragments, known, inside)
        elif isinstance(selection, InlineFragmentNode):
            below = _depth(selection.selection_set, fragments, known, inside)
        else:
            assert isinstance(selection, FragmentSpreadNode)
            below = _fragment_depth(selection.name.value, fragments, known, inside)
        deepest = max(deepest, below)
    return deepest


def _fragment_depth(
    name: str, fragments: Mapping[str, FragmentDefinitionNode], known: dict[str, int], inside: tuple[str, ...]
) -> int:
    if name in inside or name not in fragments:  # cycles and unknown names are validation's to refuse
        return 0
    if name not in known:
        known[name] = _depth(fragments[name].selection_set, fragments, known, (*inside, name))
    return known[name]


def check_literals(schema: GraphQLSchema, document: DocumentNode, variables_only: frozenset[str]) -> None:
    """Governed arguments come from variables, so that documents stay cacheable and free of personal data.

    Raises `Refused` LITERAL_REFUSED. Runs on a valid document; also counts look-ups, one per operation.
    """
    info = TypeInfo(schema)
    visit(document, TypeInfoVisitor(info, _Literals(info, variables_only)))
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            _one_lookup(definition, document)


class _Literals(Visitor):
    def __init__(self, info: TypeInfo, variables_only: frozenset[str]) -> None:
        super().__init__()
        self._info = info
        self._names = variables_only

    def _check(self) -> None:
        type_ = self._info.get_input_type()
        if type_ is not None and get_named_type(type_).name in self._names:
            raise Refused(_LITERAL, "LITERAL_REFUSED")

    def enter_object_value(self, node: ObjectValueNode, *_: object) -> None:
        self._check()

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        self._check()

    def enter_int_value(self, node: IntValueNode, *_: object) -> None:
        self._check()

    def enter_float_value(self, node: FloatValueNode, *_: object) -> None:
        self._check()

    def enter_enum_value(self, node: EnumValueNode, *_: object) -> None:
        self._check()


def _one_lookup(operation: OperationDefinitionNode, document: DocumentNode) -> None:
    found = _Lookups()
    visit(operation, found)
    for definition in document.definitions:
        if isinstance(definition, FragmentDefinitionNode):
            visit(definition, found)
    if found.count > 1:
        raise OverLimit(
            Label("每次操作只能查找一个号码或姓名", "One look-up or name search per operation"), "ONE_LOOKUP", limit=1
        )


class _Lookups(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def enter_field(self, node: FieldNode, *_: object) -> None:
        self.count += node.name.value in ("lookup", "searchCustomers")


def purpose_directive(operation: OperationDefinitionNode) -> DirectiveNode | None:
    """The operation's ``@purpose``, if it states one."""
    for directive in operation.directives or ():
        if directive.name.value == "purpose":
            return directive
    return None


def literals_of(document: Node) -> frozenset[str]:
    """Every text, number and enum value written into a document, to be kept out of error messages; texts also as
    messages may print them, with escapes and line by line."""
    found = _Texts()
    visit(document, found)
    return frozenset(found.texts)


class _Texts(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.texts: set[str] = set()

    def enter_string_value(self, node: StringValueNode, *_: object) -> None:
        printed = (node.value, repr(node.value)[1:-1], print_ast(node).strip('"'))
        self.texts.update(line.strip() for text in printed for line in (text, *text.splitlines()))

    def enter_enum_value(self, node: EnumValueNode, *_: object) -> None:
        self.texts.add(node.value)

    def enter_int_value(self, node: IntValueNode, *_: object) -> None:
        self.texts.add(node.value)

    def enter_float_value(self, node: FloatValueNode, *_: object) -> None:
        self.texts.add(node.value)
