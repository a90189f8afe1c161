"""Where the authorisation server and its one resource live."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from kehu.errors import ConfigurationError

TOKEN_PATH = "/oauth/token"  # noqa: S105  a path, not a password
REVOKE_PATH = "/oauth/revoke"
JWKS_PATH = "/oauth/jwks"
SERVER_METADATA_PATH = "/.well-known/oauth-authorization-server"
RESOURCE_METADATA_PATH = "/.well-known/oauth-protected-resource"
SESSION_PATH = "/console/session"
CONSOLE_PATH = "/console"


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthConfig:
    """``issuer`` is the public origin, e.g. ``https://kehu.example``; ``resource_path`` the GraphQL endpoint.

    Raises `ConfigurationError` unless the issuer is a bare https origin (RFC 8414 section 2); plain http is
    taken for loopback addresses only.
    """

    issuer: str
    resource_path: str = "/graphql"
    console_path: str = CONSOLE_PATH

    def __post_init__(self) -> None:
        parts = urlsplit(self.issuer)
        bare = bool(parts.hostname) and not (parts.path or parts.query or parts.fragment or parts.username)
        if not bare or parts.scheme not in {"http", "https"}:
            raise ConfigurationError("the public URL must be an origin such as https://kehu.example, with no path")
        if parts.scheme == "http" and not _loopback(parts.hostname or ""):
            raise ConfigurationError("the public URL must be https; http is for loopback addresses only")
        if not self.resource_path.startswith("/"):
            raise ConfigurationError("the path of the resource starts with /")

    @property
    def resource(self) -> str:
        """The resource identifier (RFC 8707) and ``aud`` of every token."""
        return self.issuer + self.resource_path

    @property
    def resource_metadata_url(self) -> str:
        """Where RFC 9728 section 3.1 puts the resource's metadata: the path goes behind the well-known part."""
        return f"{self.issuer}{RESOURCE_METADATA_PATH}{self.resource_path}"

    def url(self, path: str) -> str:
        """An endpoint's absolute URL."""
        return self.issuer + path


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
