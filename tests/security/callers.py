"""Callers over HTTP: a service account with a real token."""

from __future__ import annotations

from starlette.testclient import TestClient

from kehu import oauth
from kehu.app import create_app
from kehu.testing import World


def over_http(world: World, *scopes: str, purposes: tuple[str, ...] = ()) -> tuple[TestClient, dict[str, str]]:
    """A client of the application and the headers of a caller with these scopes."""
    installation = world.installation
    whole = world.principal(every=True)
    with installation.engines.write.begin() as conn:
        made = oauth.create_client(
            conn, name="reader", scopes=scopes, purposes=purposes, legal_entity=str(whole.legal_entity),
            unit=str(whole.unit), catalogue=installation.oauth.catalogue, now=installation.now,
        )  # fmt: skip
    client = TestClient(
        create_app(installation), base_url=installation.settings.base_url, raise_server_exceptions=False
    )
    answer = client.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=(made.client_id, made.secret))
    assert answer.status_code == 200, answer.text
    return client, {"authorization": f"Bearer {answer.json()['access_token']}"}
