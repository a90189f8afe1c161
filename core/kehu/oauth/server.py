"""HTTP for the authorisation server: thin Starlette endpoints, the work done in threads."""

from __future__ import annotations

import json
from collections.abc import Callable
from urllib.parse import parse_qsl

from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kehu.errors import Invalid, OverLimit, Problem, Refused, Unauthenticated
from kehu.labels import Label
from kehu.oauth import config as paths
from kehu.oauth.grants import Form, Reply, refusal
from kehu.oauth.metadata import authorization_server_metadata, challenge, jwks, protected_resource_metadata
from kehu.oauth.service import OAuth

MAX_BODY = 32_768
_MAX_FIELDS = 32
_NO_STORE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_SHARED = {"Cache-Control": "public, max-age=300"}

_BAD_SESSION = Label(
    '请以 JSON 提交 {{"code": "…"}},code 取自链接中 # 之后的部分',
    'Post JSON {{"code": "…"}} with the code that stands behind # in the link',
)


class _Malformed(Exception):
    """The body isn't what the endpoint takes."""


def routes(oauth: OAuth) -> list[Route]:
    """Every HTTP route of the authorisation server, for the application to include."""
    config, catalogue = oauth.config, oauth.catalogue
    server_metadata = authorization_server_metadata(config, catalogue)
    resource_metadata = protected_resource_metadata(config, catalogue)

    async def session(request: Request) -> Response:
        return await (_close(oauth, request) if request.method == "DELETE" else _open(oauth, request))

    async def key_set(request: Request) -> Response:
        return JSONResponse(await run_in_threadpool(jwks, oauth.keys), headers=_SHARED)

    async def about_server(request: Request) -> Response:
        return JSONResponse(server_metadata, headers=_SHARED)

    async def about_resource(request: Request) -> Response:
        return JSONResponse(resource_metadata, headers=_SHARED)

    async def token(request: Request) -> Response:
        return await _form_endpoint(request, oauth.server.token)

    async def revoke(request: Request) -> Response:
        return await _form_endpoint(request, oauth.server.revoke)

    return [
        Route(paths.TOKEN_PATH, token, methods=["POST"]),
        Route(paths.REVOKE_PATH, revoke, methods=["POST"]),
        Route(paths.JWKS_PATH, key_set, methods=["GET"]),
        Route(paths.SERVER_METADATA_PATH, about_server, methods=["GET"]),
        Route(paths.RESOURCE_METADATA_PATH, about_resource, methods=["GET"]),
        Route(paths.RESOURCE_METADATA_PATH + config.resource_path, about_resource, methods=["GET"]),
        Route(paths.SESSION_PATH, session, methods=["POST", "DELETE"]),
    ]


async def _form_endpoint(request: Request, endpoint: Callable[[Form], Reply]) -> Response:
    try:
        form = await _form(request)
        reply = await run_in_threadpool(endpoint, form)
    except _Malformed:
        reply = refusal("invalid_request")
    except SQLAlchemyError:
        reply = refusal("server_error", 503)
    return JSONResponse(dict(reply.body), reply.status, headers=dict(reply.headers))


async def _form(request: Request) -> Form:
    # A query string would put secrets into access logs; there is nothing that belongs there.
    if request.url.query or _media_type(request) != "application/x-www-form-urlencoded":
        raise _Malformed
    authorizations = request.headers.getlist("authorization")
    try:
        pairs = parse_qsl(
            (await _body(request)).decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MAX_FIELDS,
        )
    except ValueError:
        raise _Malformed from None
    parameters = dict(pairs)
    if len(parameters) != len(pairs) or len(authorizations) > 1:
        raise _Malformed
    return Form(parameters, authorizations[0] if authorizations else None, _peer(request))


async def _open(oauth: OAuth, request: Request) -> Response:
    try:
        code = await _code(request)
        issued = await run_in_threadpool(oauth.open_session, code, _peer(request))
    except _Malformed:
        return _refused(Invalid([Problem("BODY_INVALID", _BAD_SESSION.format(), ("code",))]))
    except OverLimit as error:
        return _refused(error, 429, {"Retry-After": str(error.extensions["retryAfter"])})
    except Refused as error:
        return _refused(error)
    return JSONResponse(issued.response(), headers=_NO_STORE)


async def _close(oauth: OAuth, request: Request) -> Response:
    try:
        await run_in_threadpool(oauth.close_session, request.headers.get("authorization"))
    except Unauthenticated as error:
        return _refused(error, headers={"WWW-Authenticate": challenge(oauth.config, error)})
    except Refused as error:
        return _refused(error)
    return Response(status_code=204, headers=_NO_STORE)


async def _code(request: Request) -> str:
    # JSON only: a form on a foreign page can't send it without asking first (CORS preflight).
    if request.url.query or _media_type(request) != "application/json":
        raise _Malformed
    try:
        body = json.loads(await _body(request))
    except (ValueError, RecursionError):
        raise _Malformed from None
    code = body.get("code") if isinstance(body, dict) else None
    if not isinstance(code, str) or not code:
        raise _Malformed
    return code


async def _body(request: Request) -> bytes:
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > MAX_BODY:
            raise _Malformed
    return bytes(read)


def _refused(error: Refused, status: int | None = None, headers: dict[str, str] | None = None) -> Response:
    body = {"error": error.code, "message": {"zh": error.message.zh, "en": error.message.en}}
    return JSONResponse(body, status or error.status, headers=_NO_STORE | (headers or {}))


def _media_type(request: Request) -> str:
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def _peer(request: Request) -> str:
    return request.client.host if request.client else ""
