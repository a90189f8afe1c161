"""Service accounts (服务账号): OAuth2 clients that act for a unit of one legal entity.

Secrets are 256 random bits, so a salted SHA-256 is enough and a slow hash would only slow every token
request: nobody can search 2**256 candidates, however fast one guess is. The salt keeps equal digests
from showing equal secrets. A secret is shown once and never stored.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, bindparam, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from kehu.errors import Conflict, Invalid, NotFound, Problem, Unauthenticated
from kehu.labels import Label
from kehu.oauth.scopes import Catalogue
from kehu.oauth.tables import client_table, joined, secret_table, utc_now, words
from kehu.store.types import UtcMoment

Clock = Callable[[], datetime]
Random = Callable[[int], bytes]

DEFAULT_OVERLAP = timedelta(days=1)
MAX_OVERLAP = timedelta(days=30)
CLIENT_ID_FORM = re.compile(r"kc_[0-9a-f]{24}")
_NAME_LENGTH = 64
# Compared with when there is no client, so that both take the same time; nothing hashes to it.
_NOBODY = (bytes(16), bytes(32))

_WITH_SECRETS = (
    select(client_table, secret_table.c.salt, secret_table.c.digest)
    .outerjoin(
        secret_table,
        and_(
            secret_table.c.client_id == client_table.c.client_id,
            or_(secret_table.c.expires_at.is_(None), secret_table.c.expires_at > bindparam("moment", type_=UtcMoment)),
        ),
    )
    .where(client_table.c.client_id == bindparam("client"))
)

_AUTHENTICATION_FAILED = Label(
    "客户端认证失败:请检查 client_id 和密钥,或请管理员轮换密钥",
    "Client authentication failed: check client_id and secret, or ask an administrator to rotate the secret",
)


class Credentials(NamedTuple):
    """What a new client or a rotation hands out, once."""

    client_id: str
    secret: str

    def __repr__(self) -> str:
        return f"Credentials(client_id={self.client_id!r}, secret=<hidden>)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceAccount:
    """A client as it is listed: everything but its secrets."""

    client_id: str
    name: str
    scopes: tuple[str, ...]
    purposes: tuple[str, ...]
    legal_entity: str
    unit: str
    staff: str | None
    created_at: datetime
    disabled_at: datetime | None


def create_client(
    conn: Connection,
    *,
    name: str,
    scopes: Iterable[str],
    purposes: Iterable[str],
    legal_entity: str,
    unit: str,
    catalogue: Catalogue,
    staff: str | None = None,
    now: Clock = utc_now,
    random: Random = secrets.token_bytes,
) -> Credentials:
    """Register a service account and return its id and secret; the secret can't be read again.

    Raises `Invalid` (NAME_INVALID, SCOPE_MISSING, UNKNOWN_SCOPE, UNKNOWN_PURPOSE) or `Conflict`
    (CLIENT_NAME_TAKEN), after which the caller's transaction must be rolled back.
    """
    wanted, why = tuple(scopes), tuple(purposes)
    shown = _checked_name(name)
    if not wanted:
        raise Invalid([Problem("SCOPE_MISSING", Label("至少需要一个授权范围", "Give at least one scope"), ("scopes",))])
    catalogue.require(wanted, why)
    client_id = f"kc_{random(12).hex()}"
    row = {
        "client_id": client_id,
        "name": shown,
        "name_key": _name_key(shown),
        "scopes": joined(wanted),
        "purposes": joined(why),
        "legal_entity": legal_entity,
        "unit": unit,
        "staff": staff,
        "created_at": now(),
    }
    try:
        conn.execute(insert(client_table).values(**row))
    except IntegrityError as clash:
        raise Conflict(
            Label("已有同名的客户端,请换一个名称", "A client of this name exists; choose another name"),
            "CLIENT_NAME_TAKEN",
        ) from clash
    return Credentials(client_id, _add_secret(conn, client_id, now(), random))


def rotate_secret(
    conn: Connection,
    client_id: str,
    *,
    overlap: timedelta = DEFAULT_OVERLAP,
    now: Clock = utc_now,
    random: Random = secrets.token_bytes,
) -> Credentials:
    """Give a client a new secret; earlier ones work for ``overlap`` more (zero: stop at once; at most 30 days).

    Raises `NotFound`, `Invalid` (OVERLAP_INVALID) or `Conflict` (CLIENT_DISABLED).
    """
    if not timedelta(0) <= overlap <= MAX_OVERLAP:
        message = Label("并存期须为 0 到 30 天", "Overlap is 0 to 30 days")
        raise Invalid([Problem("OVERLAP_INVALID", message, ("overlap",))])
    account = find_client(conn, client_id)
    if account is None:
        raise NotFound
    if account.disabled_at is not None:
        raise Conflict(Label("客户端已停用,请新建", "The client is disabled; create a new one"), "CLIENT_DISABLED")
    moment = now()
    end = moment + overlap
    conn.execute(
        update(secret_table)
        .where(
            secret_table.c.client_id == client_id,
            or_(secret_table.c.expires_at.is_(None), secret_table.c.expires_at > end),
        )
        .values(expires_at=end)
    )
    return Credentials(client_id, _add_secret(conn, client_id, moment, random))


def disable_client(conn: Connection, client_id: str, *, now: Clock = utc_now) -> None:
    """Stop a client for good; its tokens die within a second (`Revocations`). Raises `NotFound`."""
    if find_client(conn, client_id) is None:
        raise NotFound
    conn.execute(
        update(client_table)
        .where(client_table.c.client_id == client_id, client_table.c.disabled_at.is_(None))
        .values(disabled_at=now())
    )


def authenticate(conn: Connection, client_id: str, secret: str, *, now: Clock = utc_now) -> ServiceAccount:
    """The account that proves itself with this secret.

    Unknown, disabled and wrong answer alike and take the same time: `Unauthenticated`
    (CLIENT_AUTHENTICATION_FAILED).
    """
    # Also keeps text from the database that it can't take (PostgreSQL refuses U+0000).
    if not CLIENT_ID_FORM.fullmatch(client_id):
        raise Unauthenticated(_AUTHENTICATION_FAILED, "CLIENT_AUTHENTICATION_FAILED")
    rows = conn.execute(_WITH_SECRETS, {"client": client_id, "moment": now()}).all()
    account = _account(rows[0]) if rows else None
    good = False
    for salt, digest in [(row.salt, row.digest) for row in rows if row.salt is not None] or [_NOBODY]:
        good |= hmac.compare_digest(_digest(salt, secret), digest)
    if not good or account is None or account.disabled_at is not None:
        raise Unauthenticated(_AUTHENTICATION_FAILED, "CLIENT_AUTHENTICATION_FAILED")
    return account


def find_client(conn: Connection, client_id: str) -> ServiceAccount | None:
    """The account of this id, disabled ones included."""
    row = conn.execute(select(client_table).where(client_table.c.client_id == client_id)).one_or_none()
    return None if row is None else _account(row)


def list_clients(conn: Connection) -> tuple[ServiceAccount, ...]:
    """Every account, by name."""
    return tuple(_account(row) for row in conn.execute(select(client_table).order_by(client_table.c.name_key)))


def _account(row: Row[Any]) -> ServiceAccount:
    return ServiceAccount(
        client_id=row.client_id,
        name=row.name,
        scopes=words(row.scopes),
        purposes=words(row.purposes),
        legal_entity=row.legal_entity,
        unit=row.unit,
        staff=row.staff,
        created_at=row.created_at,
        disabled_at=row.disabled_at,
    )


def _add_secret(conn: Connection, client_id: str, moment: datetime, random: Random) -> str:
    # The prefix lets secret scanners find a leaked one.
    secret = "khs_" + urlsafe_b64encode(random(32)).decode().rstrip("=")
    salt = random(16)
    row = {
        "secret_id": random(16).hex(),
        "client_id": client_id,
        "salt": salt,
        "digest": _digest(salt, secret),
        "created_at": moment,
    }
    conn.execute(insert(secret_table).values(**row))
    return secret


def _digest(salt: bytes, secret: str) -> bytes:
    return hashlib.sha256(salt + secret.encode("utf-8", "surrogatepass")).digest()


def _checked_name(name: str) -> str:
    shown = unicodedata.normalize("NFC", name).strip()
    if not 1 <= len(shown) <= _NAME_LENGTH or not shown.isprintable():
        message = Label("名称须为 1 到 64 个可见字符", "A name has 1 to 64 printable characters")
        raise Invalid([Problem("NAME_INVALID", message, ("name",))])
    return shown


def _name_key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()[:192]
