"""Authlib's authorisation server, fitted to our clients and tokens.

Authlib keeps the order of the protocol (which grant, which endpoint, which error); client authentication,
scopes and tokens are ours, because its own tell unknown clients from wrong secrets, log tokens at debug
level and take any lifetime. It is synchronous: call it in a thread.
"""

from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn
from urllib.parse import unquote_plus

from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    ClientCredentialsGrant,
    ClientMixin,
    InvalidClientError,
    InvalidRequestError,
    InvalidScopeError,
    OAuth2Error,
    OAuth2Request,
)
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7009 import RevocationEndpoint

from kehu.errors import OverLimit, Unauthenticated
from kehu.labels import Label
from kehu.oauth.clients import CLIENT_ID_FORM, ServiceAccount, authenticate
from kehu.oauth.config import TOKEN_PATH, OAuthConfig
from kehu.oauth.limits import FailureLimit
from kehu.oauth.revocation import Revocations
from kehu.oauth.tables import utc_now
from kehu.oauth.tokens import ACR_CLIENT_SECRET, Authority, Claims, TokenIssuer
from kehu.oauth.verify import TokenVerifier
from kehu.store.engine import Engines

_log = logging.getLogger("kehu.oauth")
_JSON_HEADERS = (("Cache-Control", "no-store"), ("Pragma", "no-cache"))
AUTH_METHODS = ("client_secret_basic", "client_secret_post")

# error_description is ASCII without quotes (RFC 6749 section 5.2); the Chinese text goes beside it.
MESSAGES: Mapping[str, Label] = {
    "invalid_request": Label(
        "请求格式不正确:参数须以表单形式放在请求体中,每个参数一次",
        "The request is malformed: send each parameter once, form-encoded in the body",
    ),
    "invalid_client": Label(
        "客户端认证失败:请检查 client_id 和密钥,或请管理员轮换密钥",
        "Client authentication failed: check client_id and secret, or ask an administrator to rotate the secret",
    ),
    "invalid_grant": Label("该令牌不属于此客户端", "The token was not issued to this client"),
    "invalid_scope": Label(
        "请求的授权范围超出此客户端所有;此客户端可用:{allowed}",
        "A requested scope is not one of this client. It has: {allowed}",
    ),
    "invalid_target": Label("令牌只能用于资源 {resource}", "Tokens are for the resource {resource} only"),
    "unauthorized_client": Label("此客户端不可使用该授权方式", "This client may not use this grant type"),
    "unsupported_grant_type": Label(
        "不支持该授权方式,请使用 client_credentials", "Use the grant type client_credentials"
    ),
    "too_many_failures": Label(
        "失败次数过多,请在 {seconds} 秒后重试", "Too many failed attempts; try again in {seconds} seconds"
    ),
    "server_error": Label("服务器内部错误,请稍后重试", "Something failed on our side; try again later"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """What the HTTP layer read of a request: form parameters, each once, and who sent them."""

    parameters: Mapping[str, str] = field(repr=False)
    authorization: str | None = field(default=None, repr=False)
    peer: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the HTTP layer answers."""

    status: int
    body: Mapping[str, object] = field(repr=False)
    headers: tuple[tuple[str, str], ...] = ()


def refusal(error: str, status: int = 400, **values: object) -> Reply:
    """An error response of RFC 6749 section 5.2, with the text in both languages under ``message``."""
    label = MESSAGES.get(error, MESSAGES["invalid_request"]).format(**values)
    body = {"error": error, "error_description": label.en, "message": {"zh": label.zh, "en": label.en}}
    headers: tuple[tuple[str, str], ...] = _JSON_HEADERS
    if error == "invalid_client":
        status = 401
        headers = (*headers, ("WWW-Authenticate", 'Basic realm="kehu", charset="UTF-8"'))
    if "seconds" in values:
        headers = (*headers, ("Retry-After", str(values["seconds"])))
    return Reply(status, body, headers)


class _Refused(OAuth2Error):
    """An error whose text has values in it."""

    def __init__(self, kind: type[OAuth2Error] | str, status: int = 400, **values: object) -> None:
        super().__init__(error=kind if isinstance(kind, str) else kind.error, status_code=status)
        self.values = values


class _Client(ClientMixin):
    """A service account as Authlib asks about it."""

    def __init__(self, account: ServiceAccount) -> None:
        self.account = account

    def get_client_id(self) -> str:
        return self.account.client_id

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == ClientCredentialsGrant.GRANT_TYPE


class _Request(OAuth2Request):
    def __init__(self, form: Form, uri: str) -> None:
        super().__init__("POST", uri, headers={})
        # An empty parameter counts as omitted (RFC 6749 section 3.1).
        self.parameters = {name: value for name, value in form.parameters.items() if value}
        self.payload = BasicOAuth2Payload(self.parameters)
        self.authorization = form.authorization
        self.peer = form.peer

    @property
    def form(self) -> dict[str, str]:
        return self.parameters


class _ClientCredentials(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = AUTH_METHODS

    def validate_requested_scope(self) -> None:
        client = _account(self.request)
        if not set(_scopes(self.request, client)) <= set(client.scopes):
            raise _Refused(InvalidScopeError, allowed=" ".join(client.scopes))

    def create_token_response(self) -> tuple[int, dict[str, str | int], tuple[tuple[str, str], ...]]:  # type: ignore[override]  # reason: the stub's str body is wrong, Authlib's own is a dict
        # Not the inherited one, which logs the token at debug level.
        return 200, self.generate_token(scope=" ".join(_scopes(self.request, _account(self.request)))), _JSON_HEADERS


class _Revocation(RevocationEndpoint):
    CLIENT_AUTH_METHODS = AUTH_METHODS
    server: Server

    def check_params(self, request: _Request, client: _Client) -> None:
        # An unknown token_type_hint is ignored (RFC 7009 section 2.1), so only the token is looked at.
        if "token" not in request.form:
            raise InvalidRequestError

    def query_token(self, token_string: str, token_type_hint: str | None) -> _Token | None:
        try:
            return _Token(self.server.verifier.read(token_string))
        except Unauthenticated:
            return None  # Expired and unknown tokens are as good as revoked (RFC 7009 section 2.2).

    def revoke_token(self, token: _Token, request: _Request) -> None:
        self.server.revocations.revoke(token.claims)
        _log.info("token revoked: client %s, jti %s", token.claims.client_id, token.claims.jti)


@dataclass(frozen=True, slots=True)
class _Token:
    claims: Claims

    def check_client(self, client: _Client) -> bool:
        return client.account.client_id == self.claims.client_id


class Server(AuthorizationServer):
    """The token and the revocation endpoint, without HTTP."""

    def __init__(
        self,
        engines: Engines,
        config: OAuthConfig,
        issuer: TokenIssuer,
        verifier: TokenVerifier,
        revocations: Revocations,
        *,
        limit: FailureLimit | None = None,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        super().__init__()
        self.verifier = verifier
        self.revocations = revocations
        self._engines = engines
        self._config = config
        self._issuer = issuer
        self._limit = limit or FailureLimit()
        self._now = now
        self.register_grant(_ClientCredentials)
        self.register_endpoint(_Revocation(self))
        self.register_token_generator("default", self._token)  # type: ignore[arg-type]  # reason: the stub takes one class; any callable will do

    def token(self, form: Form) -> Reply:
        """POST /oauth/token."""
        resource = form.parameters.get("resource")
        if resource and resource != self._config.resource:
            return refusal("invalid_target", resource=self._config.resource)
        return _reply(self.create_token_response(form))

    def revoke(self, form: Form) -> Reply:
        """POST /oauth/revoke."""
        return _reply(self.create_endpoint_response(_Revocation.ENDPOINT_NAME, form))  # type: ignore[no-untyped-call]  # reason: the stub has no types here

    def create_oauth2_request(self, request: Form) -> _Request:
        return _Request(request, self._config.url(TOKEN_PATH))

    def authenticate_client(self, request: OAuth2Request, methods: Iterable[str], endpoint: str = "token") -> _Client:
        """Raises InvalidRequestError for two mechanisms at once, InvalidClientError for anything wrong with one."""
        if not isinstance(request, _Request):
            raise TypeError("a request that create_oauth2_request did not make")
        client_id, secret = _credentials(request)
        # What was sent as an id may be a secret in the wrong field, or very long: neither is logged or kept.
        known = client_id if CLIENT_ID_FORM.fullmatch(client_id) else "of no known form"
        key = (known, request.peer)
        try:
            self._limit.check(key)
            with self._engines.read.connect() as conn:
                account = authenticate(conn, client_id, secret, now=self._now)
        except OverLimit as error:
            raise _Refused("too_many_failures", 429, seconds=error.extensions["retryAfter"]) from None
        except Unauthenticated:
            self._limit.failed(key)
            _log.warning("client authentication failed: client %s", known)
            raise InvalidClientError from None
        request.client = client = _Client(account)
        return client

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Authlib's signals have no listeners here."""

    def handle_response(self, status: int, body: Mapping[str, object], headers: object) -> Reply:
        return Reply(status, body, _JSON_HEADERS)

    def handle_error_response(self, request: OAuth2Request, error: OAuth2Error) -> Reply:
        values = error.values if isinstance(error, _Refused) else {}
        return refusal(error.error or "invalid_request", error.status_code, **values)

    def _token(
        self,
        *,
        client: _Client,
        scope: str,
        grant_type: str,
        user: None,
        expires_in: int | None,
        include_refresh_token: bool,
    ) -> dict[str, str | int]:
        account = client.account
        issued = self._issuer.issue(
            Authority(
                subject=account.client_id,
                client_id=account.client_id,
                scopes=tuple(scope.split()),
                purposes=account.purposes,
                legal_entity=account.legal_entity,
                unit=account.unit,
                staff=account.staff,
                acr=ACR_CLIENT_SECRET,
            )
        )
        _log.info("token issued: client %s, jti %s", account.client_id, issued.claims.jti)
        return issued.response()


def _credentials(request: _Request) -> tuple[str, str]:
    posted_id, posted_secret = request.form.get("client_id"), request.form.get("client_secret")
    if request.authorization is None:
        if not posted_id or not posted_secret:
            raise InvalidClientError
        return posted_id, posted_secret
    client_id, secret = _basic(request.authorization)
    # One mechanism a request (RFC 6749 section 2.3); the id alone may be repeated.
    if posted_secret or posted_id not in (None, client_id):
        raise InvalidRequestError
    return client_id, secret


def _basic(header: str) -> tuple[str, str]:
    scheme, _, encoded = header.partition(" ")
    try:
        client_id, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        _no_client()
    if scheme.lower() != "basic" or not colon or not client_id or not secret:
        _no_client()
    # Both are form-encoded before they are joined (RFC 6749 section 2.3.1).
    return unquote_plus(client_id), unquote_plus(secret)


def _no_client() -> NoReturn:
    raise InvalidClientError from None


def _account(request: OAuth2Request) -> ServiceAccount:
    client = request.client
    if not isinstance(client, _Client):
        raise InvalidClientError
    return client.account


def _scopes(request: OAuth2Request, account: ServiceAccount) -> tuple[str, ...]:
    asked = request.payload.scope if request.payload is not None else None
    return tuple(sorted(set(asked.split(" ")))) if asked else account.scopes


def _reply(answer: object) -> Reply:
    if not isinstance(answer, Reply):
        raise TypeError("an endpoint of Authlib gave no reply")
    return answer
