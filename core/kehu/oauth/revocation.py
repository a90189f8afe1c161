"""Revocation: at once in this process, within a second in every other one.

Each process keeps the live revocations in memory and asks the database again when what it knows is half a
second old. If the database can't be asked and that knowledge is a second old, nothing is let through.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from kehu.errors import Unauthenticated, Unavailable
from kehu.labels import Label
from kehu.oauth import clients
from kehu.oauth.tables import client_table, revoked_table, utc_now
from kehu.oauth.tokens import Claims
from kehu.store.engine import Engines

REFRESH_SECONDS = 0.5
LIMIT_SECONDS = 1.0
# Later polls read only recent rows; the margin covers skewed clocks and slow commits.
_MARGIN = timedelta(seconds=10)

_REVOKED = Label(
    "访问令牌已被撤销,请重新申请令牌",
    "The access token was revoked; request a new one",
)
_UNKNOWN = Label(
    "暂时无法确认令牌是否已被撤销,请稍后重试",
    "Whether the token was revoked can't be checked now; try again shortly",
)


class Revocations:
    """Revoked tokens and disabled clients, as this process knows them. Thread-safe."""

    def __init__(
        self,
        engines: Engines,
        *,
        now: Callable[[], datetime] = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._engines = engines
        self._now = now
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._revoked: dict[str, datetime] = {}
        self._disabled: set[str] = set()
        self._asked: float | None = None
        self._read_until: datetime | None = None

    def check(self, jti: str, client_id: str) -> None:
        """Raises `Unauthenticated` (TOKEN_REVOKED), or `Unavailable` when nobody can tell."""
        if self._asked is None or self._monotonic() - self._asked >= REFRESH_SECONDS:
            self._refresh()
        if jti in self._revoked or client_id in self._disabled:
            raise Unauthenticated(_REVOKED, "TOKEN_REVOKED")

    def revoke(self, claims: Claims) -> None:
        """Make one token useless; doing so twice is no error."""
        row = {"jti": claims.jti, "client_id": claims.client_id, "expires_at": claims.expires_at}
        try:
            with self._engines.write.begin() as conn:
                conn.execute(insert(revoked_table).values(**row, revoked_at=self._now()))
        except IntegrityError:
            pass  # Already revoked: RFC 7009 answers alike.
        with self._lock:
            self._revoked[claims.jti] = claims.expires_at

    def disable_client(self, client_id: str) -> None:
        """Disable a client and with it every token it holds. Raises `NotFound`."""
        with self._engines.write.begin() as conn:
            clients.disable_client(conn, client_id, now=self._now)
        with self._lock:
            self._disabled.add(client_id)

    def _refresh(self) -> None:
        stale = self._age() >= LIMIT_SECONDS
        # Whoever finds knowledge that is still good enough doesn't wait for the one that refreshes it.
        if not self._lock.acquire(blocking=stale):
            return
        try:
            if self._age() >= REFRESH_SECONDS:
                self._read()
        except SQLAlchemyError as error:
            if self._age() >= LIMIT_SECONDS:
                raise Unavailable(_UNKNOWN) from error
        finally:
            self._lock.release()

    def _age(self) -> float:
        return LIMIT_SECONDS if self._asked is None else self._monotonic() - self._asked

    def _read(self) -> None:
        asked, moment = self._monotonic(), self._now()
        recent = select(revoked_table.c.jti, revoked_table.c.expires_at).where(revoked_table.c.expires_at > moment)
        if self._read_until is not None:
            recent = recent.where(revoked_table.c.revoked_at > self._read_until - _MARGIN)
        with self._engines.read.connect() as conn:
            found = {row.jti: row.expires_at for row in conn.execute(recent)}
            disabled = conn.execute(select(client_table.c.client_id).where(client_table.c.disabled_at.is_not(None)))
            self._disabled.update(disabled.scalars())
        kept = {jti: end for jti, end in self._revoked.items() if end > moment}
        self._revoked = kept | found
        self._asked, self._read_until = asked, moment


def purge_revoked(conn: Connection, *, now: Callable[[], datetime] = utc_now) -> int:
    """Forget revocations of tokens that are expired anyway; returns how many."""
    return conn.execute(delete(revoked_table).where(revoked_table.c.expires_at < now() - _MARGIN)).rowcount
