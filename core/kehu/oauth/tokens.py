"""Access tokens: JWTs of RFC 9068, signed ES256, that live 600 seconds at the most."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta

from joserfc import jwt

from kehu.errors import ConfigurationError
from kehu.oauth.config import OAuthConfig
from kehu.oauth.keys import SigningKeys
from kehu.oauth.tables import utc_now

MAX_LIFETIME = timedelta(seconds=600)
ALGORITHM = "ES256"
TOKEN_TYPE = "at+jwt"  # noqa: S105  the typ of RFC 9068, not a secret

ACR_CLIENT_SECRET = "urn:kehu:acr:client-secret"  # noqa: S105  a name, not a secret
ACR_ONE_TIME_LINK = "urn:kehu:acr:one-time-link"


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """Who acts, for whom, and within which limits; ``scopes`` and ``purposes`` are alphabetised.

    ``legal_entity``, ``unit`` and ``staff`` are ids; ``acr`` says how the caller proved itself (RFC 9470).
    """

    subject: str
    client_id: str
    scopes: tuple[str, ...]
    purposes: tuple[str, ...]
    legal_entity: str
    unit: str
    staff: str | None
    acr: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims(Authority):
    """A checked token: the authority that it carries, and the token's own facts. Times are aware UTC."""

    issuer: str
    audience: str
    jti: str
    issued_at: datetime
    expires_at: datetime

    def remaining(self, now: datetime) -> int:
        """Whole seconds until the token expires, never negative."""
        return max(0, int((self.expires_at - now).total_seconds()))


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token with its claims; the token itself stays out of the repr."""

    token: str
    claims: Claims

    def __repr__(self) -> str:
        return f"IssuedToken(jti={self.claims.jti!r})"

    def response(self) -> dict[str, str | int]:
        """The token response of RFC 6749 section 5.1."""
        lifetime = self.claims.expires_at - self.claims.issued_at
        return {
            "access_token": self.token,
            "token_type": "Bearer",
            "expires_in": int(lifetime.total_seconds()),
            "scope": " ".join(self.claims.scopes),
        }


class TokenIssuer:
    """Signs tokens with the current key. Raises `ConfigurationError` for a lifetime outside 1–600 s."""

    def __init__(
        self,
        keys: SigningKeys,
        config: OAuthConfig,
        *,
        lifetime: timedelta = MAX_LIFETIME,
        now: Callable[[], datetime] = utc_now,
        random: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        if not timedelta(seconds=1) <= lifetime <= MAX_LIFETIME:
            raise ConfigurationError("access tokens live between 1 and 600 seconds")
        self._keys = keys
        self._config = config
        self._lifetime = lifetime
        self._now = now
        self._random = random

    def issue(self, authority: Authority) -> IssuedToken:
        """A token that carries this authority; its times are whole seconds."""
        issued_at = self._now().astimezone(UTC).replace(microsecond=0)
        own = {field.name: getattr(authority, field.name) for field in fields(Authority)}
        claims = Claims(
            **own,
            issuer=self._config.issuer,
            audience=self._config.resource,
            jti=self._random(16).hex(),
            issued_at=issued_at,
            expires_at=issued_at + timedelta(seconds=int(self._lifetime.total_seconds())),
        )
        kid, key = self._keys.current()
        header = {"typ": TOKEN_TYPE, "alg": ALGORITHM, "kid": kid}
        token = jwt.encode(header, payload_of(claims), key, algorithms=[ALGORITHM])
        return IssuedToken(token, claims)


def payload_of(claims: Claims) -> dict[str, object]:
    """The JSON members: those of RFC 9068 section 2.2, then ours (le, unit, purposes, staff)."""
    payload: dict[str, object] = {
        "iss": claims.issuer,
        "aud": claims.audience,
        "sub": claims.subject,
        "client_id": claims.client_id,
        "scope": " ".join(claims.scopes),
        "iat": int(claims.issued_at.timestamp()),
        "exp": int(claims.expires_at.timestamp()),
        "jti": claims.jti,
        "acr": claims.acr,
        "le": claims.legal_entity,
        "unit": claims.unit,
        "purposes": list(claims.purposes),
    }
    if claims.staff is not None:
        payload["staff"] = claims.staff
    return payload


def claims_of(payload: Mapping[str, object]) -> Claims:
    """Claims from the JSON members. Raises `ValueError` where one is missing or of another type."""
    scope = _text(payload, "scope")
    purposes = payload.get("purposes")
    if not isinstance(purposes, list) or not all(isinstance(one, str) for one in purposes):
        raise ValueError("purposes")
    return Claims(
        subject=_text(payload, "sub"),
        client_id=_text(payload, "client_id"),
        scopes=tuple(sorted(set(scope.split()))),
        purposes=tuple(sorted(set(purposes))),
        legal_entity=_text(payload, "le"),
        unit=_text(payload, "unit"),
        staff=_text(payload, "staff") if "staff" in payload else None,
        acr=_text(payload, "acr"),
        issuer=_text(payload, "iss"),
        audience=_text(payload, "aud"),
        jti=_text(payload, "jti"),
        issued_at=_moment(payload, "iat"),
        expires_at=_moment(payload, "exp"),
    )


def _text(payload: Mapping[str, object], name: str) -> str:
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(name)
    return value


def _moment(payload: Mapping[str, object], name: str) -> datetime:
    value = payload.get(name)
    # bool is an int; a float may be NaN, against which every comparison is false.
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 36:
        raise ValueError(name)
    return datetime.fromtimestamp(value, UTC)
