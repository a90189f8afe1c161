"""Documents: parsed and checked once, then taken from a bounded cache."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Generic, TypeVar

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLInputObjectType,
    OperationDefinitionNode,
    OperationType,
    Visitor,
    parse,
    validate,
    visit,
)
from graphql.execution.values import VariableValues, get_directive_values, get_variable_values

from kehu.errors import Refused
from kehu.graph.checks import check_literals, check_size, literals_of, purpose_directive
from kehu.graph.schema import Schema
from kehu.graph.selection import directive_variables
from kehu.labels import Label
from kehu.settings import Settings

T = TypeVar("T")

_SYNTAX = Label("查询文本有语法错误", "The document has a syntax error")
_TOO_LONG = Label("查询文本超过 {limit} 个词法单元", "The document has more than {limit} tokens")
_VARIABLES = Label("变量 {name} 缺失或类型不符", "Variable {name} is missing or of another type")
_REASON = Label(
    "@purpose 的 reason 须经变量给出 2 到 500 个字", "@purpose needs a reason of 2 to 500 characters, from a variable"
)
_GET = Label(
    "GET 只能用于不含个人信息变量的查询,请改用 POST", "GET is for queries without personal variables; use POST"
)


class Cache(Generic[T]):
    """A bounded map, least recently used out first; safe for threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[object, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object, make: Callable[[], T]) -> T:
        """What is kept under ``key``, made where there is nothing."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed document and what was found out about it once; ``refused`` or ``errors`` say why it can't run.

    ``switches`` are the variables of @skip and @include, ``literals`` what must not come back in messages.
    """

    digest: str
    ast: DocumentNode
    errors: tuple[GraphQLError, ...] = ()
    refused: Refused | None = None
    literals: frozenset[str] = field(default=frozenset(), repr=False)
    switches: frozenset[str] = frozenset()
    introspects: bool = False


class Documents:
    """All documents of one schema."""

    def __init__(self, schema: Schema, settings: Settings) -> None:
        self._schema = schema
        self._settings = settings
        self._kept: Cache[Document] = Cache(1_000)

    def get(self, text: str) -> Document:
        """The document, parsed and checked."""
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
        return self._kept.get(digest, lambda: self._make(text, digest))

    def _make(self, text: str, digest: str) -> Document:
        limit = self._settings.max_tokens
        try:
            ast = parse(text, max_tokens=limit)
        except GraphQLError as error:
            places = [{"line": at.line, "column": at.column} for at in error.locations or ()]
            too_long = "tokens" in error.message
            label, code = (_TOO_LONG.format(limit=limit), "TOO_MANY_TOKENS") if too_long else (_SYNTAX, "SYNTAX_ERROR")
            return Document(digest, DocumentNode(definitions=()), refused=Refused(label, code, {"locations": places}))
        try:
            check_size(ast, self._settings)
            errors = tuple(validate(self._schema.graphql, ast, max_errors=20))
            if not errors:
                check_literals(self._schema.graphql, ast, self._schema.variables_only)
        except Refused as refused:
            return Document(digest, ast, refused=refused)
        seen = _Seen()
        visit(ast, seen)
        return Document(
            digest,
            ast,
            errors=errors,
            literals=literals_of(ast),
            switches=directive_variables(seen.nodes),
            introspects=bool(seen.names & {"__schema", "__type"}),
        )


class _Seen(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.nodes: list[object] = []
        self.names: set[str] = set()

    def enter(self, node: Any, *_: object) -> None:
        self.nodes.append(node)
        if node.kind == "field":
            self.names.add(node.name.value)


def coerced(schema: Schema, operation: OperationDefinitionNode, given: Mapping[str, Any]) -> VariableValues:
    """An operation's variables as the schema has them. Raises `Refused` VARIABLE_INVALID, without the value."""
    definitions = operation.variable_definitions or ()
    try:
        made = get_variable_values(schema.graphql, definitions, dict(given), hide_suggestions=True)
    except GraphQLError as error:
        made = [error]
    if isinstance(made, list):
        raise Refused(_VARIABLES.format(name=_variable_name(made[0])), "VARIABLE_INVALID")
    return made


def stated_purpose(
    schema: Schema, operation: OperationDefinitionNode, variables: VariableValues
) -> tuple[str, str] | None:
    """Code and reason of the operation's ``@purpose``. Raises `Refused` REASON_NEEDED."""
    directive = purpose_directive(operation)
    if directive is None:
        return None
    definition = schema.graphql.get_directive("purpose")
    assert definition is not None
    values = get_directive_values(definition, operation, variables) or {}
    reason = str(values.get("reason") or "").strip()
    if not 2 <= len(reason) <= 500:
        raise Refused(_REASON, "REASON_NEEDED")
    return str(values["code"]), reason


def check_get(schema: Schema, operation: OperationDefinitionNode) -> None:
    """A URL ends up in logs: GET is for queries whose variables can't be personal. Raises `Refused` POST_NEEDED."""
    names = {_named(v.type) for v in operation.variable_definitions or ()}
    governed = any(
        n in schema.variables_only or isinstance(schema.graphql.get_type(n), GraphQLInputObjectType) for n in names
    )
    if governed or operation.operation is not OperationType.QUERY:
        raise Refused(_GET, "POST_NEEDED", status=405)


def _named(type_: Any) -> str:
    while not hasattr(type_, "name"):
        type_ = type_.type
    return str(type_.name.value)


def _variable_name(error: GraphQLError) -> str:
    """The variable's name as the document declares it; never its value."""
    for node in error.nodes or ():
        variable = getattr(node, "variable", None)
        if variable is not None:
            return f"${variable.name.value}"
    return "$?"
