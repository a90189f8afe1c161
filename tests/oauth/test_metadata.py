from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from joserfc.jwk import ECKey, KeySet

from kehu.errors import Forbidden, Refused, Unauthenticated
from kehu.labels import Label
from kehu.oauth import challenge
from kehu.oauth.metadata import jwks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.oauth.conftest import World


def test_the_server_metadata_has_what_rfc_8414_requires(world: World) -> None:
    answer = world.http.get("/.well-known/oauth-authorization-server")
    assert answer.headers["content-type"] == "application/json"
    document = answer.json()
    assert document["issuer"] == "https://kehu.example"
    assert document["response_types_supported"] == []
    assert document["grant_types_supported"] == ["client_credentials"]
    methods = ["client_secret_basic", "client_secret_post"]
    assert document["token_endpoint_auth_methods_supported"] == methods
    assert document["revocation_endpoint_auth_methods_supported"] == methods
    assert document["scopes_supported"] == sorted(world.oauth.catalogue.scopes)
    for member in ("token_endpoint", "revocation_endpoint", "jwks_uri"):
        path = document[member].removeprefix("https://kehu.example")
        assert path.startswith("/oauth/")
        assert world.http.post(path).status_code in {400, 405}


@pytest.mark.parametrize("path", ["", "/graphql"])
def test_the_resource_metadata_has_what_rfc_9728_requires(world: World, path: str) -> None:
    document = world.http.get(f"/.well-known/oauth-protected-resource{path}").json()
    assert document["resource"] == "https://kehu.example/graphql"
    assert document["authorization_servers"] == ["https://kehu.example"]
    assert document["bearer_methods_supported"] == ["header"]
    assert document["resource_name#zh"] == "客户信息服务"


def test_the_key_set_checks_our_tokens_and_holds_no_private_member(world: World) -> None:
    answer = world.http.get("/oauth/jwks")
    (key,) = answer.json()["keys"]
    assert key.keys() == {"kty", "crv", "x", "y", "kid", "use", "alg"}
    assert key["kid"] == ECKey.import_key(key).thumbprint()
    assert KeySet.import_key_set(answer.json()).get_by_kid(world.keys.current()[0])
    assert "max-age" in answer.headers["cache-control"]


def test_private_members_never_leave_even_if_the_key_ring_slips() -> None:
    class Slipped:
        def current(self) -> tuple[str, ECKey]:
            raise NotImplementedError

        def public_jwks(self) -> Sequence[Mapping[str, str]]:
            return [{"kty": "EC", "kid": "1", "d": "private"}]

    assert jwks(Slipped()) == {"keys": [{"kty": "EC", "kid": "1"}]}


WHERE = 'resource_metadata="https://kehu.example/.well-known/oauth-protected-resource/graphql"'


@pytest.mark.parametrize(
    ("error", "required", "value"),
    [
        (Unauthenticated(code="TOKEN_MISSING"), [], f'Bearer realm="kehu", {WHERE}'),
        (
            Unauthenticated(Label("过期", "Expired"), "TOKEN_EXPIRED"),
            [],
            f'Bearer realm="kehu", error="invalid_token", error_description="Expired", {WHERE}',
        ),
        (
            Forbidden(Label("缺", 'Needs "x"\r\n\\客')),
            ["customer:read", "customer:write"],
            "Bearer realm=\"kehu\", error=\"insufficient_scope\", error_description=\"Needs 'x'''''\", "
            f'scope="customer:read customer:write", {WHERE}',
        ),
        (
            Forbidden(Label("缺", "No")),
            [],
            f'Bearer realm="kehu", error="insufficient_scope", error_description="No", {WHERE}',
        ),
    ],
)
def test_challenges(world: World, error: Refused, required: list[str], value: str) -> None:
    assert challenge(world.oauth.config, error, required=required) == value
