"""GraphQL over HTTP: a thin ASGI endpoint in front of the executor.

Follows the GraphQL-over-HTTP draft: ``application/graphql-response+json`` with real status codes,
``application/json`` with 200 for well-formed requests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from kehu.access.principal import Principal
from kehu.errors import Refused
from kehu.graph.answers import errors_of
from kehu.graph.execute import Executor, GraphRequest, GraphResponse
from kehu.graph.uploads import MULTIPART, boundary_of, parse_multipart, read_bounded, upload_limit
from kehu.labels import Label, Locale

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
_BODY = Label("请求体须为 JSON 对象,含文本 query", "The body must be a JSON object with the text query")
_TYPE = Label(
    "Content-Type 须为 application/json 或 multipart/form-data",
    "Content-Type must be application/json or multipart/form-data",
)
_ACCEPT = Label(
    "Accept 须包含 application/graphql-response+json", "Accept must include application/graphql-response+json"
)
_METHOD = Label("只支持 GET 与 POST", "Only GET and POST")

Authenticate = Callable[[str | None], Principal]
"""From an Authorization header to a principal; raises `Unauthenticated`. May read the database."""


@dataclass(frozen=True, slots=True)
class GraphQLEndpoint:
    """Serves ``/graphql``. ``threads`` bounds how many operations run at once."""

    executor: Executor
    authenticate: Authenticate
    challenge: Callable[[Refused], str]
    """Makes the WWW-Authenticate header of a 401 (RFC 6750, RFC 9728)."""
    threads: int = 16

    def route(self) -> Route:
        limiter: list[CapacityLimiter] = []

        async def endpoint(request: Request) -> Response:
            if not limiter:  # made inside the running loop
                limiter.append(CapacityLimiter(self.threads))
            return await self._answer(request, limiter[0])

        return Route("/graphql", endpoint, methods=["GET", "POST", "PUT", "PATCH", "DELETE"])

    async def _answer(self, request: Request, limiter: CapacityLimiter) -> Response:
        locale = locale_of(request.headers.get("accept-language"))
        media = _media(request.headers.get("accept", "*/*"))
        try:
            if media is None:
                raise Refused(_ACCEPT, "NOT_ACCEPTABLE", status=406)
            asked = await self._asked(request, locale)
            header = request.headers.get("authorization")
            made = await run_sync(self._execute, header, asked, limiter=limiter)
        except ClientDisconnect:
            return Response(status_code=499)
        except Refused as refused:
            return self._refused(refused, locale, media or GRAPHQL)
        status = 200 if media == JSON and made.status == 400 else made.status
        return self._response(made.body, status, media)

    def _execute(self, header: str | None, asked: GraphRequest) -> GraphResponse:
        return self.executor.execute(asked, self.authenticate(header))

    async def _asked(self, request: Request, locale: Locale) -> GraphRequest:
        if request.method == "GET":
            return _from_mapping(_query_parameters(request), locale, reading_only=True)
        if request.method != "POST":
            raise Refused(_METHOD, "METHOD_NOT_ALLOWED", status=405)
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind == MULTIPART:
            return _from_mapping(await self._uploaded(request), locale, reading_only=False)
        if kind != JSON:
            raise Refused(_TYPE, "UNSUPPORTED_MEDIA_TYPE", status=415)
        body = await read_bounded(request.stream(), self.executor.settings.max_body_bytes)
        return _from_mapping(_parsed(body), locale, reading_only=False)

    async def _uploaded(self, request: Request) -> Any:  # reason: JSON of any shape, with a file in it
        boundary = boundary_of(request.headers)
        # Nobody without a token makes the server take in a whole file.
        await run_sync(self.authenticate, request.headers.get("authorization"))
        settings = self.executor.settings
        limit = upload_limit(settings.max_body_bytes, settings.max_upload_bytes)
        return parse_multipart(await read_bounded(request.stream(), limit), boundary)

    def _refused(self, refused: Refused, locale: Locale, media: str) -> Response:
        body = orjson.dumps({"errors": errors_of(refused, locale)})
        response = self._response(body, refused.status, media)
        if refused.status == 401:
            response.headers["www-authenticate"] = self.challenge(refused)
        return response

    def _response(self, body: bytes, status: int, media: str) -> Response:
        headers = {"cache-control": "no-store", "vary": "accept, accept-language, authorization"}
        if status == 503:
            headers["retry-after"] = "1"
        if status == 405:
            headers["allow"] = "GET, POST"
        return Response(body, status, headers, f"{media}; charset=utf-8")


def locale_of(header: str | None) -> Locale:
    """The language of messages: English where the caller prefers it to Chinese, else Chinese."""
    for part in (header or "").lower().split(","):
        language = part.partition(";")[0].strip()
        if language.startswith("en"):
            return "en"
        if language.startswith("zh"):
            return "zh"
    return "zh"


def _media(accept: str) -> str | None:
    ranges = [part.partition(";")[0].strip().lower() for part in accept.split(",")]
    if GRAPHQL in ranges:
        return GRAPHQL
    return JSON if {"*/*", "application/*", JSON} & set(ranges) else None


def _query_parameters(request: Request) -> dict[str, Any]:
    given: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _parsed(given[name].encode())
    return given


def _parsed(body: bytes) -> Any:  # reason: JSON of any shape
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        raise Refused(_BODY, "BODY_INVALID") from None


def _from_mapping(given: Any, locale: Locale, *, reading_only: bool) -> GraphRequest:
    if not isinstance(given, Mapping):
        raise Refused(_BODY, "BODY_INVALID")
    query, variables, name = given.get("query"), given.get("variables"), given.get("operationName")
    shapes = (
        isinstance(query, str),
        variables is None or isinstance(variables, Mapping),
        name is None or isinstance(name, str),
        given.get("extensions") is None or isinstance(given.get("extensions"), Mapping),
    )
    if not all(shapes):
        raise Refused(_BODY, "BODY_INVALID")
    assert isinstance(query, str)
    return GraphRequest(query, variables or {}, name or None, reading_only, locale)
