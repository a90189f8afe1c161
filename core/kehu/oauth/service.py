"""The authorisation server, put together."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from kehu.errors import Unauthenticated, Unavailable
from kehu.labels import Label
from kehu.oauth import links
from kehu.oauth.config import OAuthConfig
from kehu.oauth.grants import Server
from kehu.oauth.keys import SigningKeys
from kehu.oauth.limits import FailureLimit
from kehu.oauth.revocation import Revocations
from kehu.oauth.scopes import Catalogue
from kehu.oauth.tables import utc_now
from kehu.oauth.tokens import IssuedToken, TokenIssuer
from kehu.oauth.verify import TokenVerifier
from kehu.store.engine import Engines

_NO_STORAGE = Label("数据库暂时不可用,请稍后重试", "The database can't be reached now; try again shortly")


class OAuth:
    """Everything that a process needs of OAuth, sharing one view of revocations."""

    def __init__(
        self,
        engines: Engines,
        keys: SigningKeys,
        config: OAuthConfig,
        catalogue: Catalogue,
        *,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.config = config
        self.catalogue = catalogue
        self.keys = keys
        self.revocations = Revocations(engines, now=now, monotonic=monotonic)
        self.issuer = TokenIssuer(keys, config, now=now)
        self.verifier = TokenVerifier(keys, config, self.revocations, now=now)
        self.server = Server(
            engines,
            config,
            self.issuer,
            self.verifier,
            self.revocations,
            limit=FailureLimit(monotonic=monotonic),
            now=now,
        )
        self._engines = engines
        self._now = now
        self._link_failures = FailureLimit(monotonic=monotonic)

    def open_session(self, code: str, peer: str) -> IssuedToken:
        """Redeem a one-time link. Raises `Unauthenticated` (LINK_INVALID), `OverLimit` or `Unavailable`."""
        self._link_failures.check(peer)
        try:
            with self._engines.write.begin() as conn:
                return links.redeem(conn, code, issuer=self.issuer, now=self._now)
        except Unauthenticated:
            self._link_failures.failed(peer)
            raise
        except SQLAlchemyError as error:
            raise Unavailable(_NO_STORAGE) from error

    def close_session(self, authorization: str | None) -> None:
        """Revoke the token of the request itself. Raises as `TokenVerifier.verify`."""
        self.revocations.revoke(self.verifier.verify(authorization))
