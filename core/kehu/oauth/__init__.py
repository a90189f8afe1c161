"""The authorisation server and the check of its tokens (授权服务).

Service accounts with client credentials (RFC 6749 section 4.4), JWT access tokens of at most 600 seconds
(RFC 9068), revocation (RFC 7009), metadata (RFC 8414, RFC 9728), and the administrator's one-time link.
"""

from __future__ import annotations

from kehu.oauth.clients import (
    Credentials,
    ServiceAccount,
    authenticate,
    create_client,
    disable_client,
    find_client,
    list_clients,
    rotate_secret,
)
from kehu.oauth.config import OAuthConfig
from kehu.oauth.keys import RingKeys, SigningKeys
from kehu.oauth.links import LinkTemplate, create_link, link_url, redeem
from kehu.oauth.metadata import authorization_server_metadata, challenge, protected_resource_metadata
from kehu.oauth.revocation import Revocations
from kehu.oauth.scopes import Catalogue
from kehu.oauth.server import routes
from kehu.oauth.service import OAuth
from kehu.oauth.tables import oauth_metadata
from kehu.oauth.tokens import MAX_LIFETIME, Authority, Claims, IssuedToken, TokenIssuer
from kehu.oauth.verify import TokenVerifier

__all__ = [
    "MAX_LIFETIME",
    "Authority",
    "Catalogue",
    "Claims",
    "Credentials",
    "IssuedToken",
    "LinkTemplate",
    "OAuth",
    "OAuthConfig",
    "Revocations",
    "RingKeys",
    "ServiceAccount",
    "SigningKeys",
    "TokenIssuer",
    "TokenVerifier",
    "authenticate",
    "authorization_server_metadata",
    "challenge",
    "create_client",
    "create_link",
    "disable_client",
    "find_client",
    "link_url",
    "list_clients",
    "oauth_metadata",
    "protected_resource_metadata",
    "redeem",
    "rotate_secret",
    "routes",
]
