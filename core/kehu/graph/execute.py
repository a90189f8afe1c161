"""One request from document to bytes: check, plan, run, put on record, answer."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from graphql import (
    ExecutionResult,
    GraphQLError,
    OperationDefinitionNode,
    OperationType,
    execute_sync,
    get_operation_ast,
)
from graphql.execution.values import VariableValues

from kehu.access.output import Emitted
from kehu.access.plan import Plan
from kehu.access.principal import DecisionKey, Principal, decision_key
from kehu.errors import Forbidden, Refused, Unavailable
from kehu.evidence import Kind, Operation, Outcome
from kehu.graph.acts import Acts
from kehu.graph.answers import errors_of, with_held
from kehu.graph.cost import check_cost
from kehu.graph.documents import Cache, Document, Documents, check_get, coerced, stated_purpose
from kehu.graph.operation import OperationContext, Reading
from kehu.graph.planner import plan_operation
from kehu.graph.receipts import Recorder
from kehu.graph.schema import Schema
from kehu.labels import Label, Locale
from kehu.settings import Settings

_log = logging.getLogger("kehu.graph")

_INVALID = Label(
    "查询与模式不符;持有 schema:read 可查看细节", "The document doesn't fit the schema; schema:read shows details"
)
_OPERATION = Label("请指明要执行的操作", "Name the operation to run")
_INTERNAL = Label("服务内部错误,已记录", "An internal error; it was noted")
_PURPOSE = Label("目的未声明,或不允许此客户端使用", "The purpose isn't declared, or not allowed for this client")


@dataclass(frozen=True, slots=True)
class GraphRequest:
    """A request as HTTP, a test or a console brings it. ``reading_only``: it came by GET."""

    query: str
    variables: Mapping[str, Any] = field(default_factory=dict)
    operation_name: str | None = None
    reading_only: bool = False
    locale: Locale = "zh"


@dataclass(frozen=True, slots=True)
class GraphResponse:
    """``status`` is 400 and more where the request was refused before execution: there is no ``data`` then."""

    body: bytes
    status: int


class Executor:
    """Executes GraphQL for everybody: HTTP, tests, console. There is no other way in. Safe for threads."""

    def __init__(self, schema: Schema, reading: Reading, acts: Acts, recorder: Recorder, settings: Settings) -> None:
        self.schema = schema
        self.reading = reading
        self.acts = acts
        self.recorder = recorder
        self.settings = settings
        self.plans_made = 0
        self._documents = Documents(schema, settings)
        self._plans: Cache[Plan] = Cache(2_000)

    def execute(self, request: GraphRequest, principal: Principal) -> GraphResponse:
        """Answer one request. Never raises: what goes wrong is an answer with a stable code."""
        try:
            return self._execute(request, principal)
        except Refused as refused:
            return _refused(refused, request.locale)
        except Exception as error:  # reason: whatever happens, no detail leaves and the process goes on
            _log.error("unexpected %s", type(error).__name__)
            return _refused(Refused(_INTERNAL, "INTERNAL", status=500), request.locale)

    def _execute(self, request: GraphRequest, principal: Principal) -> GraphResponse:
        document = self._documents.get(request.query)
        if document.refused is not None:
            raise document.refused
        if document.errors:
            return _invalid(document, request, principal)
        operation = get_operation_ast(document.ast, request.operation_name)
        if operation is None:
            raise Refused(_OPERATION, "OPERATION_UNKNOWN")
        if request.reading_only:
            check_get(self.schema, operation)
        if document.introspects:
            principal.require("schema:read")
        variables = coerced(self.schema, operation, request.variables)
        stated = stated_purpose(self.schema, operation, variables)
        return _Run(self, request, principal, document, operation, variables, stated).answer()

    def plan(
        self, document: Document, operation: OperationDefinitionNode, variables: VariableValues, key: DecisionKey
    ) -> Plan:
        """The plan of an operation for a decision key: made once, then taken from the cache."""
        name = operation.name.value if operation.name else ""
        switches = tuple(sorted((n, variables.coerced.get(n)) for n in document.switches))

        def make() -> Plan:
            self.plans_made += 1
            return plan_operation(self.schema.graphql, self.schema.registry, document.ast, operation, variables, key)

        return self._plans.get((document.digest, name, switches, key), make)


@dataclass
class _Run:
    """One operation that has passed every check that needs no data."""

    executor: Executor
    request: GraphRequest
    principal: Principal
    document: Document
    operation: OperationDefinitionNode
    variables: VariableValues
    stated: tuple[str, str] | None

    def answer(self) -> GraphResponse:
        """Plan, execute, put on record. What is refused while planning goes on record too."""
        executor = self.executor
        mutating = self.operation.operation is OperationType.MUTATION
        name = self.operation.name.value[:100] if self.operation.name else None
        what = Operation("mutation" if mutating else "query", name, self.document.digest)
        kind = Kind.MUTATION if mutating else Kind.READ
        try:
            key = self._key()
            plan = executor.plan(self.document, self.operation, self.variables, key)
            check_cost(plan, self.variables, executor.settings)
        except Refused as refused:
            executor.recorder.payload(kind, what, self.principal, self.stated, Emitted(), refused.code, Outcome.REFUSED)
            raise
        context = OperationContext(
            reading=executor.reading,
            acts=executor.acts,
            evidence=executor.recorder.evidence,
            print_sdl=lambda: executor.schema.sdl,
            principal=self.principal,
            key=key,
            plan=plan,
            variables=self.variables,
            operation=what,
            mutating=mutating,
            locale=self.request.locale,
        )
        result = self._run(context)
        return self._put_on_record(Kind.LOOKUP if context.looked_up else kind, context, result)

    def _run(self, context: OperationContext) -> ExecutionResult:
        try:
            return execute_sync(
                self.executor.schema.graphql,
                self.document.ast,
                root_value={},
                context_value=context,
                variable_values=dict(self.request.variables),
                operation_name=self.request.operation_name,
                hide_suggestions=True,
            )
        finally:
            context.close()

    def _key(self) -> DecisionKey:
        """Raises `Forbidden` PURPOSE_NOT_ALLOWED: a purpose must be declared and allowed for this caller."""
        if self.stated is None:
            return decision_key(self.principal, None)
        code, _ = self.stated
        if code not in self.executor.schema.registry.purposes or code not in self.principal.purposes:
            raise Forbidden(_PURPOSE, "PURPOSE_NOT_ALLOWED", held=sorted(self.principal.purposes))
        return decision_key(self.principal, code)

    def _put_on_record(self, kind: Kind, context: OperationContext, result: ExecutionResult) -> GraphResponse:
        errors = [self._error(error) for error in result.errors or ()]
        failed = any(error["extensions"]["code"] == "INTERNAL" for error in errors)
        receipt = self.executor.recorder.payload(
            kind,
            context.operation,
            self.principal,
            self.stated,
            context.emitted,
            "INTERNAL" if failed else None,
            Outcome.ERROR if failed else Outcome.OK,
        )
        body: dict[str, object] = {"data": result.data}
        if errors:
            body["errors"] = errors
        body["extensions"] = {"governance": receipt}
        return GraphResponse(orjson.dumps(body), 200)

    def _error(self, error: GraphQLError) -> dict[str, Any]:
        """One error of a field. Raises `Unavailable` as it is: the whole answer is refused then."""
        original = error.original_error
        if isinstance(original, Unavailable):
            raise original
        if isinstance(original, Refused):
            shown = errors_of(original, self.request.locale)[0]
            if isinstance(original, Forbidden):
                with_held(shown, original, self.principal)
        else:
            _log.error("unexpected %s in a resolver", type(original or error).__name__)
            shown = errors_of(Refused(_INTERNAL, "INTERNAL"), self.request.locale)[0]
        shown["path"] = error.path
        shown["locations"] = [{"line": at.line, "column": at.column} for at in error.locations or ()]
        return shown


def _invalid(document: Document, request: GraphRequest, principal: Principal) -> GraphResponse:
    """Validation detail only for who may read the schema, and without the document's own literals."""
    if "schema:read" not in principal.scopes:
        return _refused(Refused(_INVALID, "VALIDATION_FAILED"), request.locale)
    errors = []
    for error in document.errors:
        message = error.message
        for literal in sorted(document.literals - {""}, key=len, reverse=True):
            message = message.replace(literal, "●●●")
        places = [{"line": at.line, "column": at.column} for at in error.locations or ()]
        errors.append({"message": message, "locations": places, "extensions": {"code": "VALIDATION_FAILED"}})
    return GraphResponse(orjson.dumps({"errors": errors}), 400)


def _refused(refused: Refused, locale: Locale) -> GraphResponse:
    return GraphResponse(orjson.dumps({"errors": errors_of(refused, locale)}), refused.status)
