"""The documents by which clients find their way, and the challenges that point to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kehu.errors import Forbidden, Refused, Unauthenticated
from kehu.labels import Label
from kehu.oauth.config import JWKS_PATH, REVOKE_PATH, TOKEN_PATH, OAuthConfig
from kehu.oauth.grants import AUTH_METHODS
from kehu.oauth.keys import SigningKeys
from kehu.oauth.scopes import Catalogue

RESOURCE_NAME = Label("客户信息服务", "Kehu customer information")
# The public members of an EC key (RFC 7518 section 6.2.1); whatever else a key has stays here.
_PUBLIC_MEMBERS = ("kty", "crv", "x", "y", "kid", "use", "alg")


def authorization_server_metadata(config: OAuthConfig, catalogue: Catalogue) -> dict[str, object]:
    """RFC 8414 section 2. There is no authorisation endpoint yet, so no response type: the list is empty."""
    return {
        "issuer": config.issuer,
        "token_endpoint": config.url(TOKEN_PATH),
        "jwks_uri": config.url(JWKS_PATH),
        "scopes_supported": list(catalogue.scopes),
        "response_types_supported": [],
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": list(AUTH_METHODS),
        "revocation_endpoint": config.url(REVOKE_PATH),
        "revocation_endpoint_auth_methods_supported": list(AUTH_METHODS),
        "protected_resources": [config.resource],
    }


def protected_resource_metadata(config: OAuthConfig, catalogue: Catalogue) -> dict[str, object]:
    """RFC 9728 section 2."""
    return {
        "resource": config.resource,
        "authorization_servers": [config.issuer],
        "scopes_supported": list(catalogue.scopes),
        "bearer_methods_supported": ["header"],
        "resource_name": RESOURCE_NAME.en,
        "resource_name#zh": RESOURCE_NAME.zh,
    }


def jwks(keys: SigningKeys) -> dict[str, Sequence[Mapping[str, str]]]:
    """RFC 7517 section 5: public members only."""
    return {"keys": [{name: key[name] for name in _PUBLIC_MEMBERS if name in key} for key in keys.public_jwks()]}


def challenge(config: OAuthConfig, error: Refused, *, required: Sequence[str] = ()) -> str:
    """The ``WWW-Authenticate`` value for a 401 or 403 (RFC 6750 section 3, RFC 9728 section 5.1).

    ``required`` are the scopes that would have been enough. A request without a token gets no error code.
    """
    parts = ['realm="kehu"']
    if isinstance(error, Forbidden):
        parts += ['error="insufficient_scope"', f'error_description="{_quotable(error.message.en)}"']
        if required:
            parts.append(f'scope="{" ".join(required)}"')
    elif isinstance(error, Unauthenticated) and error.code != "TOKEN_MISSING":
        parts += ['error="invalid_token"', f'error_description="{_quotable(error.message.en)}"']
    parts.append(f'resource_metadata="{config.resource_metadata_url}"')
    return "Bearer " + ", ".join(parts)


def _quotable(text: str) -> str:
    """The characters that RFC 6750 section 3 allows in error_description."""
    return "".join(char if " " <= char <= "~" and char not in '"\\' else "'" for char in text)
