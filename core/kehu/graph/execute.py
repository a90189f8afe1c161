"""One request from document to bytes: parse, check, plan, run, put on record, answer."""

from __future__ import annotations

import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any, Generic, TypeVar

import orjson
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    get_operation_ast,
    parse,
    validate,
)
from graphql.execution.values import VariableValues, get_directive_values, get_variable_values

from kehu.access.decision import Effect
from kehu.access.output import Emitted
from kehu.access.plan import Plan
from kehu.access.principal import DecisionKey, Principal, decision_key
from kehu.crypto.ids import uuid7
from kehu.crypto.pseudonym import Pseudonyms
from kehu.errors import Forbidden, Invalid, OverLimit, Refused, Unavailable
from kehu.evidence import Activity, Actor, Entry, EvidenceLog, FieldUse, Kind, Operation, Outcome, new_salt
from kehu.evidence import Effect as EvidenceEffect
from kehu.evidence import Purpose as StatedPurpose
from kehu.graph.acts import Acts
from kehu.graph.checks import check_literals, check_size, literals_of, purpose_directive
from kehu.graph.cost import check_cost
from kehu.graph.operation import OperationContext, Reading
from kehu.graph.planner import plan_operation
from kehu.graph.schema import Schema
from kehu.graph.selection import directive_variables
from kehu.labels import Label, Locale
from kehu.settings import Settings

_log = logging.getLogger("kehu.graph")
T = TypeVar("T")

_SYNTAX = Label("查询文本有语法错误", "The document has a syntax error")
_INVALID = Label(
    "查询与模式不符;持有 schema:read 可查看细节", "The document doesn't fit the schema; schema:read shows details"
)
_VARIABLES = Label("变量 {name} 缺失或类型不符", "Variable {name} is missing or of another type")
_OPERATION = Label("请指明要执行的操作", "Name the operation to run")
_INTERNAL = Label("服务内部错误,已记录", "An internal error; it was noted")
_UNKNOWN_PURPOSE = Label(
    "目的 {code} 未声明或不允许此客户端使用", "Purpose {code} isn't declared, or not allowed for this client"
)
_REASON = Label(
    "@purpose 的 reason 须经变量给出 2 到 500 个字", "@purpose needs a reason of 2 to 500 characters, from a variable"
)
_TOO_LONG = Label("查询文本过长", "The document is too long")
_GET = Label(
    "GET 只能用于不含个人信息变量的查询,请改用 POST", "GET is for queries without personal variables; use POST"
)


@dataclass(frozen=True, slots=True)
class GraphRequest:
    """A request as HTTP, a test or a console brings it."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None
    reading_only: bool = False
    locale: Locale = "zh"


@dataclass(frozen=True, slots=True)
class GraphResponse:
    """``started`` is False where the request was refused before execution: there is no ``data`` then."""

    body: bytes
    started: bool
    status: int


@dataclass(frozen=True, slots=True)
class _Document:
    """A parsed document and what was found out about it once."""

    digest: str
    ast: DocumentNode
    errors: tuple[GraphQLError, ...]
    refused: Refused | None
    literals: frozenset[str]
    switches: frozenset[str]


class _Cache(Generic[T]):
    """A bounded map, least recently used out first; safe for threads."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[object, T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object, make: Callable[[], T]) -> T:
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


class Executor:
    """Executes GraphQL for everybody: HTTP, tests, console. There is no other way in. Safe for threads."""

    def __init__(
        self, schema: Schema, reading: Reading, acts: Acts, evidence: EvidenceLog, pseudonyms: Pseudonyms,
        settings: Settings, now: Callable[[], datetime], random: Callable[[int], bytes],
    ) -> None:  # fmt: skip
        self.schema = schema
        self.reading = reading
        self.acts = acts
        self.evidence = evidence
        self.pseudonyms = pseudonyms
        self.settings = settings
        self.now = now
        self.random = random
        self.plans_made = 0
        self._documents: _Cache[_Document] = _Cache(1_000)
        self._plans: _Cache[Plan] = _Cache(2_000)

    def execute(self, request: GraphRequest, principal: Principal) -> GraphResponse:
        """Answer one request. Never raises: what goes wrong is an answer with a stable code."""
        try:
            return self._execute(request, principal)
        except Refused as refused:
            return self._refused(refused, request.locale)
        except Exception as error:
            _log.error("unexpected %s", type(error).__name__)
            return self._refused(Refused(_INTERNAL, "INTERNAL", status=500), request.locale)

    def _execute(self, request: GraphRequest, principal: Principal) -> GraphResponse:
        document = self._documents.get(_digest(request.query), lambda: self._document(request.query))
        if document.refused is not None:
            raise document.refused
        if document.errors:
            return self._invalid(document, request, principal)
        operation = get_operation_ast(document.ast, request.operation_name)
        if operation is None:
            raise Refused(_OPERATION, "OPERATION_UNKNOWN")
        if request.reading_only:
            _check_get(self.schema, operation)
        if _introspects(document.ast):
            principal.require("schema:read")
        variables = self._variables(operation, request.variables)
        stated = _stated_purpose(self.schema, operation, variables)
        run = _Run(self, request, principal, document, operation, variables, stated)
        return run.answer()

    def _document(self, query: str) -> _Document:
        digest = _digest(query)
        try:
            ast = parse(query, max_tokens=self.settings.max_tokens)
        except GraphQLError as error:
            code, label = (
                ("TOO_MANY_TOKENS", _TOO_LONG) if "token" in str(error.message).lower() else ("SYNTAX_ERROR", _SYNTAX)
            )
            return _Document(
                digest, DocumentNode(definitions=()), (), Refused(label, code, _place(error)), frozenset(), frozenset()
            )
        refused: Refused | None = None
        errors: tuple[GraphQLError, ...] = ()
        try:
            check_size(ast, self.settings)
            errors = tuple(validate(self.schema.graphql, ast, max_errors=20))
            if not errors:
                check_literals(self.schema.graphql, ast, self.schema.variables_only)
        except Refused as found:
            refused = found
        return _Document(digest, ast, errors, refused, literals_of(ast), directive_variables(_nodes(ast)))

    def _variables(self, operation: OperationDefinitionNode, given: Mapping[str, Any]) -> VariableValues:
        try:
            made = get_variable_values(
                self.schema.graphql, operation.variable_definitions or (), dict(given), hide_suggestions=True
            )
        except GraphQLError as error:
            raise Refused(_VARIABLES.format(name=_variable_name(error)), "VARIABLE_INVALID") from None
        if isinstance(made, list):
            raise Refused(_VARIABLES.format(name=_variable_name(made[0])), "VARIABLE_INVALID")
        return made

    def plan(
        self, document: _Document, operation: OperationDefinitionNode, variables: VariableValues, key: DecisionKey
    ) -> Plan:
        """The plan of an operation for a decision key: made once, then taken from the cache."""
        name = operation.name.value if operation.name else ""
        switches = tuple(sorted((n, variables.coerced.get(n)) for n in document.switches))

        def make() -> Plan:
            self.plans_made += 1
            return plan_operation(self.schema.graphql, self.schema.registry, document.ast, operation, variables, key)

        return self._plans.get((document.digest, name, switches, key), make)

    def _invalid(self, document: _Document, request: GraphRequest, principal: Principal) -> GraphResponse:
        """Validation detail only for who may read the schema, and without the document's own literals."""
        if "schema:read" not in principal.scopes:
            return self._refused(Refused(_INVALID, "VALIDATION_FAILED"), request.locale)
        errors = []
        for error in document.errors:
            message = error.message
            for literal in sorted(document.literals, key=len, reverse=True):
                message = message.replace(literal, "●●●") if literal else message
            place = [{"line": at.line, "column": at.column} for at in error.locations or ()]
            errors.append({"message": message, "locations": place, "extensions": {"code": "VALIDATION_FAILED"}})
        return GraphResponse(orjson.dumps({"errors": errors}), False, 400)

    def _refused(self, refused: Refused, locale: Locale) -> GraphResponse:
        return GraphResponse(orjson.dumps({"errors": errors_of(refused, locale)}), False, refused.status)


@dataclass
class _Run:
    """One operation that has passed every check that needs no data."""

    executor: Executor
    request: GraphRequest
    principal: Principal
    document: _Document
    operation: OperationDefinitionNode
    variables: VariableValues
    stated: tuple[str, str] | None

    def answer(self) -> GraphResponse:
        executor = self.executor
        mutating = self.operation.operation is OperationType.MUTATION
        what = Operation("mutation" if mutating else "query", _operation_name(self.operation), self.document.digest)
        salt = new_salt(executor.random)
        emitted = Emitted()
        try:
            key = self._key()
            plan = executor.plan(self.document, self.operation, self.variables, key)
            check_cost(plan, self.variables, executor.settings)
        except Refused as refused:
            executor.evidence.append(self._entry(what, salt, emitted, mutating, Outcome.REFUSED, refused.code))
            raise
        context = OperationContext(
            reading=executor.reading, acts=executor.acts, principal=self.principal, key=key, plan=plan, variables=self.variables,
            mutating=mutating, sdl=executor.schema.sdl, evidence=executor.evidence, operation=what, emitted=emitted,
        )  # fmt: skip
        try:
            result = execute_sync(
                executor.schema.graphql, self.document.ast, root_value={}, context_value=context,
                variable_values=dict(self.request.variables), operation_name=self.request.operation_name, hide_suggestions=True,
            )  # fmt: skip
        finally:
            context.close()
        return self._put_on_record(what, salt, context, result, mutating)

    def _key(self) -> DecisionKey:
        """Raises `Forbidden` PURPOSE_NOT_ALLOWED; a purpose must be declared and allowed for this caller."""
        if self.stated is None:
            return decision_key(self.principal, None)
        code, _ = self.stated
        if code not in self.executor.schema.registry.purposes or code not in self.principal.purposes:
            raise Forbidden(
                _UNKNOWN_PURPOSE.format(code=code if code.isidentifier() else "?"),
                "PURPOSE_NOT_ALLOWED",
                held=sorted(self.principal.purposes),
            )
        return decision_key(self.principal, code)

    def _put_on_record(
        self, what: Operation, salt: str, context: OperationContext, result: ExecutionResult, mutating: bool
    ) -> GraphResponse:
        errors = [self._error(error) for error in result.errors or ()]
        code = next(
            (str(e["extensions"]["code"]) for e in errors if e["extensions"]["code"] in ("INTERNAL", "UNAVAILABLE")),
            None,
        )
        outcome = Outcome.OK if code is None else Outcome.ERROR
        entry = self._entry(what, salt, context.emitted, mutating, outcome, code, looked_up=context.looked_up)
        receipt = self.executor.evidence.append(entry)
        body: dict[str, object] = {"data": result.data}
        if errors:
            body["errors"] = errors
        body["extensions"] = {"governance": self._governance(entry, context.emitted) | {"leaf": receipt.leaf.hex()}}
        return GraphResponse(orjson.dumps(body), True, 200)

    def _entry(
        self, what: Operation, salt: str, emitted: Emitted, mutating: bool, outcome: Outcome, code: str | None, *, looked_up: bool = False
    ) -> Entry:  # fmt: skip
        kind = Kind.MUTATION if mutating else Kind.LOOKUP if looked_up else Kind.READ
        who = self.principal
        purpose = StatedPurpose()
        if self.stated is not None and self.stated[0].isidentifier():
            purpose = StatedPurpose(self.stated[0], self.executor.pseudonyms.reason(salt, self.stated[1]))
        return Entry(
            kind=kind,
            activity=Activity.QUERY if not mutating else Activity.USE,
            actor=Actor(who.client, who.subject, str(who.legal_entity), str(who.unit)),
            operation=what,
            policy=self.executor.schema.registry.policy_hash,
            level=int(emitted.level),
            purpose=purpose,
            subjects=tuple(sorted(emitted.subjects)),
            fields=tuple(
                FieldUse(pattern, EvidenceEffect(effect.value), count)
                for (pattern, effect), count in sorted(emitted.counts.items())
                if count
            ),
            outcome=outcome,
            code=code,
            at=self.executor.now(),
            id=uuid7(clock_ms=lambda: int(self.executor.now().timestamp() * 1000), random=self.executor.random),
            salt=salt,
        )

    def _governance(self, entry: Entry, emitted: Emitted) -> dict[str, object]:
        counts = sorted(emitted.counts.items())
        return {
            "entry": str(entry.id),
            "level": int(emitted.level),
            "purpose": self.stated[0] if self.stated else None,
            "subjects": len(emitted.subjects),
            "masked": [{"path": p, "count": n} for (p, effect), n in counts if effect is Effect.MASK and n],
            "denied": [{"path": p, "count": n} for (p, effect), n in counts if effect is Effect.DENY and n],
        }

    def _error(self, error: GraphQLError) -> dict[str, Any]:
        original = error.original_error
        if isinstance(original, Unavailable):
            raise original
        if isinstance(original, Refused):
            [shown] = errors_of(original, self.request.locale)[:1]
            if isinstance(original, Forbidden):
                shown["extensions"]["held"] = sorted(self.principal.scopes)
        else:
            if original is not None:
                _log.error("unexpected %s in a resolver", type(original).__name__)
            [shown] = errors_of(Refused(_INTERNAL, "INTERNAL"), self.request.locale)
        shown["path"] = error.path
        shown["locations"] = [{"line": at.line, "column": at.column} for at in error.locations or ()]
        return shown


def errors_of(refused: Refused, locale: Locale) -> list[dict[str, Any]]:
    """A refusal as GraphQL errors: a message in the caller's language, both in the extensions, a stable code."""
    if isinstance(refused, Invalid):
        return [_shown(p.message, p.code, locale, {"field": [str(part) for part in p.path]}) for p in refused.problems]
    return [_shown(refused.message, refused.code, locale, refused.extensions)]


def _shown(message: Label, code: str, locale: Locale, more: Mapping[str, object]) -> dict[str, Any]:
    texts = {"zh": message.zh, "en": message.en}
    return {"message": message.for_(locale), "extensions": {"code": code, "messages": texts, **more}}


def _stated_purpose(
    schema: Schema, operation: OperationDefinitionNode, variables: VariableValues
) -> tuple[str, str] | None:
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


def _check_get(schema: Schema, operation: OperationDefinitionNode) -> None:
    """A URL ends up in logs: GET is for queries whose variables can't be personal. Raises `Refused` POST_NEEDED."""
    governed = any(_named(variable.type) in schema.variables_only for variable in operation.variable_definitions or ())
    if governed or operation.operation is not OperationType.QUERY:
        raise Refused(_GET, "POST_NEEDED", status=405)


def _named(type_: Any) -> str:
    while not hasattr(type_, "name"):
        type_ = type_.type
    return str(type_.name.value)


def _digest(query: str) -> str:
    return hashlib.sha256(query.encode("utf-8", "surrogatepass")).hexdigest()


def _place(error: GraphQLError) -> dict[str, object]:
    return {"locations": [{"line": at.line, "column": at.column} for at in error.locations or ()]}


def _variable_name(error: GraphQLError) -> str:
    """The variable's name as the document declares it; never its value."""
    for node in error.nodes or ():
        variable = getattr(node, "variable", None)
        if variable is not None:
            return f"${variable.name.value}"
    return "$?"


def _operation_name(operation: OperationDefinitionNode) -> str | None:
    return operation.name.value[:100] if operation.name else None


def _nodes(document: DocumentNode) -> list[object]:
    from graphql import Visitor, visit

    found: list[object] = []

    class All(Visitor):
        def enter(self, node: Any, *_: object) -> None:
            found.append(node)

    visit(document, All())
    return found


def _introspects(document: DocumentNode) -> bool:
    return any(getattr(getattr(n, "name", None), "value", None) in ("__schema", "__type") for n in _nodes(document))


__all__ = ["Executor", "GraphRequest", "GraphResponse", "OverLimit", "errors_of"]
