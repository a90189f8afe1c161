"""Tables of the authorisation server, on a MetaData of their own."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, String, Table, Text

from kehu.store.types import UtcMoment, new_metadata

oauth_metadata = new_metadata()


def utc_now() -> datetime:
    """The present as an aware UTC datetime; the default of every injectable clock here."""
    return datetime.now(UTC)


client_table = Table(
    "oauth_client",
    oauth_metadata,
    Column("client_id", String(64), primary_key=True),
    Column("name", String(64), nullable=False),
    Column("name_key", String(192), nullable=False, unique=True),
    Column("scopes", Text, nullable=False),
    Column("purposes", Text, nullable=False),
    Column("legal_entity", String(64), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("staff", String(64)),
    Column("created_at", UtcMoment, nullable=False),
    Column("disabled_at", UtcMoment),
)

secret_table = Table(
    "oauth_client_secret",
    oauth_metadata,
    Column("secret_id", String(32), primary_key=True),
    Column("client_id", String(64), ForeignKey("oauth_client.client_id"), nullable=False),
    Column("salt", LargeBinary(16), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("created_at", UtcMoment, nullable=False),
    Column("expires_at", UtcMoment),
    Index("oauth_client_secret_client", "client_id"),
)

revoked_table = Table(
    "oauth_revoked_token",
    oauth_metadata,
    Column("jti", String(64), primary_key=True),
    Column("client_id", String(64), nullable=False),
    Column("expires_at", UtcMoment, nullable=False),
    Column("revoked_at", UtcMoment, nullable=False),
    Index("oauth_revoked_token_expires", "expires_at"),
    Index("oauth_revoked_token_revoked", "revoked_at"),
)

link_table = Table(
    "oauth_one_time_link",
    oauth_metadata,
    Column("code_digest", LargeBinary(32), primary_key=True),
    Column("subject", String(64), nullable=False),
    Column("scopes", Text, nullable=False),
    Column("purposes", Text, nullable=False),
    Column("legal_entity", String(64), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("staff", String(64)),
    Column("created_at", UtcMoment, nullable=False),
    Column("expires_at", UtcMoment, nullable=False),
    Column("used_at", UtcMoment),
)


def words(text: str) -> tuple[str, ...]:
    """A stored list of scopes or purposes."""
    return tuple(text.split())


def joined(items: tuple[str, ...]) -> str:
    """Scopes or purposes as they are stored: each once, alphabetised."""
    return " ".join(sorted(set(items)))
