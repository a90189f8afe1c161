"""The administrator's one-time link: opens a console session of at most ten minutes, once.

The code stands in the URL's fragment, which browsers don't send to servers, so no log or referrer has it;
the page posts it to the session endpoint. Codes are 256 random bits, so an unsalted digest can be the key.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from kehu.errors import Unauthenticated
from kehu.labels import Label
from kehu.oauth.config import OAuthConfig
from kehu.oauth.scopes import Catalogue
from kehu.oauth.tables import joined, link_table, utc_now, words
from kehu.oauth.tokens import ACR_ONE_TIME_LINK, Authority, IssuedToken, TokenIssuer

LINK_LIFETIME = timedelta(minutes=10)
CONSOLE_CLIENT = "kehu-console"
_KEPT = timedelta(days=1)

_REFUSED = Label(
    "链接无效、已使用或已过期,请管理员重新生成",
    "The link is unknown, used or expired; ask the administrator for a new one",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTemplate:
    """Whom the console session acts as: like `Authority`, before anybody has proven anything."""

    subject: str
    scopes: tuple[str, ...]
    purposes: tuple[str, ...]
    legal_entity: str
    unit: str
    staff: str | None = None


def create_link(
    conn: Connection,
    template: LinkTemplate,
    *,
    catalogue: Catalogue,
    now: Callable[[], datetime] = utc_now,
    random: Callable[[int], bytes] = secrets.token_bytes,
) -> str:
    """A code that is good once within ten minutes; only its digest is stored. Raises `Invalid` (UNKNOWN_SCOPE, …)."""
    catalogue.require(template.scopes, template.purposes)
    code = urlsafe_b64encode(random(32)).decode().rstrip("=")
    moment = now()
    row = {
        "code_digest": _digest(code),
        "subject": template.subject,
        "scopes": joined(template.scopes),
        "purposes": joined(template.purposes),
        "legal_entity": template.legal_entity,
        "unit": template.unit,
        "staff": template.staff,
        "created_at": moment,
        "expires_at": moment + LINK_LIFETIME,
    }
    conn.execute(insert(link_table).values(**row))
    return code


def link_url(config: OAuthConfig, code: str) -> str:
    """The link to print: the code behind ``#``."""
    return f"{config.url(config.console_path)}#code={code}"


def redeem(conn: Connection, code: str, *, issuer: TokenIssuer, now: Callable[[], datetime] = utc_now) -> IssuedToken:
    """Use up the code and return a token. Raises `Unauthenticated` (LINK_INVALID).

    The update comes first and decides alone: of any number of concurrent calls one changes the row.
    """
    digest, moment = _digest(code), now()
    taken = conn.execute(
        update(link_table)
        .where(
            link_table.c.code_digest == digest,
            link_table.c.used_at.is_(None),
            link_table.c.expires_at > moment,
        )
        .values(used_at=moment)
    )
    if taken.rowcount != 1:
        raise Unauthenticated(_REFUSED, "LINK_INVALID")
    row = conn.execute(select(link_table).where(link_table.c.code_digest == digest)).one()
    return issuer.issue(
        Authority(
            subject=row.subject,
            client_id=CONSOLE_CLIENT,
            scopes=words(row.scopes),
            purposes=words(row.purposes),
            legal_entity=row.legal_entity,
            unit=row.unit,
            staff=row.staff,
            acr=ACR_ONE_TIME_LINK,
        )
    )


def purge_links(conn: Connection, *, now: Callable[[], datetime] = utc_now) -> int:
    """Delete links a day after they expired; returns how many."""
    return conn.execute(delete(link_table).where(link_table.c.expires_at < now() - _KEPT)).rowcount


def _digest(code: str) -> bytes:
    return hashlib.sha256(code.encode("utf-8", "surrogatepass")).digest()
