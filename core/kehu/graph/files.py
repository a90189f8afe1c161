"""Files over HTTP: their bytes, at ``/files``, for whoever may see their content.

The download asks GraphQL for ``content`` with the caller's purpose: the same decision, and on record before the
first byte leaves. There is no second way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from anyio.to_thread import run_sync
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from kehu.access.principal import Principal
from kehu.customers.files import Files
from kehu.customers.records import FILE
from kehu.errors import Forbidden, NotFound, Refused
from kehu.graph.answers import errors_of
from kehu.graph.execute import Executor, GraphRequest
from kehu.graph.http import Authenticate, locale_of
from kehu.graph.ids import parse_global_id
from kehu.graph.uploads import read_bounded
from kehu.labels import Label, Locale

_BODY_BYTES = 10_000
_BODY = Label(
    '请求体须为 {"file", "purpose", "reason"}', 'The body must be {"file", "purpose", "reason"}, all of them text'
)
_UNSEEN = Label("没有看到此文件内容的权限", "You may not see the content of this file")
_QUERY = """
query Download($file: ID!, $reason: Reason!) @purpose(code: %s, reason: $reason) {
  node(id: $file) { ... on CustomerFile { content mediaType } }
}
"""


@dataclass(frozen=True, slots=True)
class FileEndpoint:
    """Serves ``POST /files``: ids and reasons stand in the body, never in an address."""

    executor: Executor
    files: Files
    authenticate: Authenticate
    challenge: Callable[[Refused], str]

    def route(self) -> Route:
        return Route("/files", self._answer, methods=["POST"])

    async def _answer(self, request: Request) -> Response:
        locale = locale_of(request.headers.get("accept-language"))
        try:
            asked = _asked(await read_bounded(request.stream(), _BODY_BYTES))
            header = request.headers.get("authorization")
            media_type, chunks = await run_sync(self._open, header, asked, locale)
        except ClientDisconnect:
            return Response(status_code=499)
        except Refused as refused:
            body = orjson.dumps({"errors": errors_of(refused, locale)})
            response = Response(body, refused.status, media_type="application/json", headers=_HEADERS)
            if refused.status == 401:
                response.headers["www-authenticate"] = self.challenge(refused)
            return response
        return StreamingResponse(
            chunks, media_type=media_type, headers=_HEADERS | {"content-disposition": "attachment"}
        )

    def _open(self, header: str | None, asked: Mapping[str, str], locale: Locale) -> tuple[str, Iterator[bytes]]:
        principal = self.authenticate(header)
        at = parse_global_id(asked["file"], {FILE.name}, "file")
        content, media_type = self._seen(principal, asked, locale)
        assert at.customer is not None
        return media_type, self.files.chunks(principal, at.customer, at.row, content)

    def _seen(self, principal: Principal, asked: Mapping[str, str], locale: Locale) -> tuple[str, str]:
        """``content`` and media type, as GraphQL gives them to this caller for this purpose; on record by then.

        Raises `NotFound`, `Forbidden`, and what the executor refuses.
        """
        document = _QUERY % orjson.dumps(asked["purpose"]).decode()
        variables = {"file": asked["file"], "reason": asked["reason"]}
        answer = self.executor.execute(GraphRequest(document, variables, locale=locale), principal)
        found: dict[str, Any] = orjson.loads(answer.body)
        if answer.status >= 400:
            raise _as_refused(found, answer.status)
        node = (found.get("data") or {}).get("node")
        if node is None and not found.get("errors"):
            raise NotFound
        shown = found["extensions"]["governance"]
        if node is None or node.get("content") is None or node.get("mediaType") is None or shown["masked"]:
            raise Forbidden(_UNSEEN, "FORBIDDEN_FIELD", required=[str(FILE.by_name["content"].policy.reveal_scope)])
        return node["content"], node["mediaType"]


_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff", "content-security-policy": "sandbox"}


def _as_refused(found: Mapping[str, Any], status: int) -> Refused:
    """What the executor refused, once more."""
    first = found["errors"][0]
    return Refused(Label(first["message"], first["message"]), first["extensions"]["code"], status=status)


def _asked(body: bytes) -> dict[str, str]:
    """Raises `Refused` BODY_INVALID."""
    try:
        given = orjson.loads(body)
    except orjson.JSONDecodeError:
        given = None
    if not isinstance(given, dict) or set(given) != {"file", "purpose", "reason"}:
        raise Refused(_BODY, "BODY_INVALID")
    if not all(isinstance(value, str) for value in given.values()):
        raise Refused(_BODY, "BODY_INVALID")
    return given
