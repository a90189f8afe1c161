"""The check of an access token at the resource (RFC 6750, RFC 9068 section 4)."""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, GuestProtocol, Key

from kehu.errors import Unauthenticated
from kehu.labels import Label
from kehu.oauth.config import OAuthConfig
from kehu.oauth.keys import SigningKeys
from kehu.oauth.revocation import Revocations
from kehu.oauth.tables import utc_now
from kehu.oauth.tokens import ALGORITHM, MAX_LIFETIME, TOKEN_TYPE, Claims, claims_of

LEEWAY = timedelta(seconds=5)
MAX_TOKEN_LENGTH = 16_384
CACHE_SIZE = 10_000

_COMPACT: Final = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")
_HEADER_MEMBERS: Final = frozenset({"alg", "typ", "kid"})

_MISSING = Label(
    "请在 Authorization 请求头中以 Bearer 方式提供访问令牌",
    "Send an access token in the Authorization header, as Bearer",
)
_INVALID = Label(
    "访问令牌无效,请向本系统的令牌端点重新申请",
    "The access token is not valid here; request one from this system's token endpoint",
)
_EXPIRED = Label("访问令牌已过期,请重新申请", "The access token has expired; request a new one")


class TokenVerifier:
    """Checks tokens once and remembers them by hash until they expire or are revoked. Thread-safe."""

    def __init__(
        self,
        keys: SigningKeys,
        config: OAuthConfig,
        revocations: Revocations,
        *,
        now: Callable[[], datetime] = utc_now,
        cache_size: int = CACHE_SIZE,
    ) -> None:
        self._keys = keys
        self._config = config
        self._revocations = revocations
        self._now = now
        self._cache_size = cache_size
        self._cache: OrderedDict[bytes, Claims] = OrderedDict()
        self._lock = threading.Lock()

    def verify(self, header: str | None) -> Claims:
        """The claims of the token in an ``Authorization`` header.

        Raises `Unauthenticated` with TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED or TOKEN_REVOKED, and
        `Unavailable` when revocation can't be checked. No message contains any part of the token.
        """
        token = _bearer(header)
        key = hashlib.sha256(token.encode()).digest()
        claims = self._recall(key)
        if claims is None:
            claims = self.read(token)
            self._remember(key, claims)
        elif claims.expires_at <= self._now():
            raise Unauthenticated(_EXPIRED, "TOKEN_EXPIRED")
        self._revocations.check(claims.jti, claims.client_id)
        return claims

    def read(self, token: str) -> Claims:
        """Signature, form and times of a token, without cache and revocation. Raises as `verify` does."""
        if len(token) > MAX_TOKEN_LENGTH or not _COMPACT.fullmatch(token):
            raise _invalid()
        try:
            payload: Mapping[str, object] = jwt.decode(token, self._key_for, algorithms=[ALGORITHM]).claims
            claims = claims_of(payload)
        except (JoseError, ValueError):
            # The cause may quote the token, so it isn't chained.
            raise _invalid() from None
        self._check_claims(claims, payload.get("nbf"))
        return claims

    def forget(self) -> None:
        """Check every token anew, after a signing key had to be withdrawn."""
        with self._lock:
            self._cache.clear()

    def _key_for(self, token: GuestProtocol) -> Key:
        header = token.headers()
        # Nothing but these three: no jwk, jku, x5u, x5c or crit can bring a key along.
        if header.keys() != _HEADER_MEMBERS or header["typ"] != TOKEN_TYPE or header["alg"] != ALGORITHM:
            raise _invalid()
        for jwk in self._keys.public_jwks():
            if jwk["kid"] == header["kid"]:
                return _public_key(jwk["x"], jwk["y"])
        raise _invalid()

    def _check_claims(self, claims: Claims, not_before: object) -> None:
        now = self._now()
        if claims.issuer != self._config.issuer or claims.audience != self._config.resource:
            raise _invalid()
        if claims.expires_at - claims.issued_at > MAX_LIFETIME or claims.issued_at > now + LEEWAY:
            raise _invalid()
        if not_before is not None and not _has_begun(not_before, now):
            raise _invalid()
        if claims.expires_at <= now:
            raise Unauthenticated(_EXPIRED, "TOKEN_EXPIRED")

    def _recall(self, key: bytes) -> Claims | None:
        with self._lock:
            claims = self._cache.get(key)
            if claims is not None:
                self._cache.move_to_end(key)
            return claims

    def _remember(self, key: bytes, claims: Claims) -> None:
        with self._lock:
            self._cache[key] = claims
            while len(self._cache) > self._cache_size:
                self._cache.popitem(last=False)


@lru_cache(maxsize=16)
def _public_key(x: str, y: str) -> ECKey:
    return ECKey.import_key({"kty": "EC", "crv": "P-256", "x": x, "y": y})


def _bearer(header: str | None) -> str:
    scheme, _, token = (header or "").strip().partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated(_MISSING, "TOKEN_MISSING")
    if not token.isascii():
        raise _invalid()
    return token.strip()


def _has_begun(not_before: object, now: datetime) -> bool:
    if not isinstance(not_before, int) or isinstance(not_before, bool) or not 0 <= not_before < 1 << 36:
        return False
    return datetime.fromtimestamp(not_before, UTC) <= now + LEEWAY


def _invalid() -> Unauthenticated:
    return Unauthenticated(_INVALID, "TOKEN_INVALID")
