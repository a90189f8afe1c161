from __future__ import annotations

import asyncio
import logging
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import httpx2
import pytest
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from sqlalchemy import text
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kehu.errors import Unauthenticated
from kehu.oauth import LinkTemplate, OAuth, create_link, disable_client, routes
from kehu.store.engine import open_engines

if TYPE_CHECKING:
    from tests.oauth.conftest import World

FORM = "application/x-www-form-urlencoded"
GRANT = "grant_type=client_credentials"


def basic(client_id: str, secret: str) -> str:
    return "Basic " + b64encode(f"{client_id}:{secret}".encode()).decode()


def send(world: World, body: str | bytes, path: str = "/oauth/token", **headers: str) -> httpx2.Response:
    """A request with Basic credentials; a header of "-" is left out."""
    full = {"content-type": FORM, "authorization": basic(*world.credentials)}
    full |= {name.replace("_", "-"): value for name, value in headers.items()}
    kept = {name: value for name, value in full.items() if value != "-"}
    return world.http.post(path, content=body, headers=kept)


def posted(world: World, *, secret: str | None = None, **more: str) -> httpx2.Response:
    """A request with credentials in the body."""
    data = {"grant_type": "client_credentials", "client_id": world.credentials.client_id, **more}
    return world.http.post("/oauth/token", data=data | {"client_secret": secret or world.credentials.secret})


def two_headers(world: World) -> httpx2.Response:
    twice = [("authorization", basic(*world.credentials)), ("authorization", basic(*world.credentials))]
    return world.http.post("/oauth/token", content=GRANT, headers=[("content-type", FORM), *twice])


def by_disabled(world: World) -> httpx2.Response:
    with world.engines.write.begin() as conn:
        disable_client(conn, world.credentials.client_id, now=world.clock)
    return send(world, GRANT)


def by_another(world: World) -> httpx2.Response:
    """The token of one client in the hands of another."""
    other = world.client("other")
    token = world.token(other)
    answer = send(world, f"token={token}", "/oauth/revoke")
    assert world.oauth.verifier.verify(f"Bearer {token}").client_id == other.client_id
    return answer


Case = Callable[["World"], httpx2.Response]
B, C, R, S, T = "invalid_request", "invalid_client", "/oauth/revoke", "invalid_scope", "invalid_target"

TABLE: dict[str, tuple[Case, int, str]] = {
    "wrong secret": (lambda w: send(w, GRANT, authorization=basic(w.credentials.client_id, "khs_wrong")), 401, C),
    "wrong secret in the body": (lambda w: posted(w, secret="khs_wrong"), 401, C),
    "unknown client": (lambda w: send(w, GRANT, authorization=basic("kc_" + "0" * 24, "s")), 401, C),
    "secret in place of the id": (lambda w: send(w, GRANT, authorization=basic(w.credentials.secret, "x")), 401, C),
    "NUL in the id": (lambda w: send(w, GRANT, authorization=basic("kc_%00", "s")), 401, C),
    "NUL in the id, in the body": (lambda w: posted(w, client_id="kc_\x00"), 401, C),
    "disabled client": (by_disabled, 401, C),
    "no credentials": (lambda w: send(w, GRANT, authorization="-"), 401, C),
    "id without a secret": (
        lambda w: send(w, f"{GRANT}&client_id={w.credentials.client_id}", authorization="-"),
        401,
        C,
    ),
    "empty secret": (lambda w: send(w, GRANT, authorization=basic(w.credentials.client_id, "")), 401, C),
    "Bearer to the token endpoint": (lambda w: send(w, GRANT, authorization=f"Bearer {w.token()}"), 401, C),
    "Basic that is not base64": (lambda w: send(w, GRANT, authorization="Basic !!!!"), 401, C),
    "Basic that is not UTF-8": (lambda w: send(w, GRANT, authorization="Basic //86//8="), 401, C),
    "Basic without a colon": (lambda w: send(w, GRANT, authorization="Basic YWJj"), 401, C),
    "two mechanisms": (lambda w: send(w, f"{GRANT}&client_secret=x"), 400, B),
    "two ids": (lambda w: send(w, f"{GRANT}&client_id=kc_other"), 400, B),
    "two Authorization headers": (two_headers, 400, B),
    "JSON body": (lambda w: send(w, '{"grant_type":"client_credentials"}', content_type="application/json"), 400, B),
    "form in the body, JSON in the header": (lambda w: send(w, GRANT, content_type="application/json"), 400, B),
    "multipart": (lambda w: send(w, "--x--", content_type="multipart/form-data; boundary=x"), 400, B),
    "no content type": (lambda w: send(w, GRANT, content_type="-"), 400, B),
    "grant twice": (lambda w: send(w, f"{GRANT}&{GRANT}"), 400, B),
    "scope twice": (lambda w: send(w, f"{GRANT}&scope=customer:read&scope=customer:write"), 400, B),
    "unknown parameter twice": (lambda w: send(w, f"{GRANT}&x=1&x=2"), 400, B),
    "credentials in the query": (
        lambda w: send(w, GRANT, f"/oauth/token?client_id={w.credentials[0]}&client_secret={w.credentials[1]}"),
        400,
        B,
    ),
    "grant in the query": (lambda w: send(w, "", f"/oauth/token?{GRANT}"), 400, B),
    "bytes that are not UTF-8": (lambda w: send(w, GRANT.encode() + b"&scope=%ff"), 400, B),
    "raw bytes": (lambda w: send(w, b"\xff\xfe"), 400, B),
    "too large": (lambda w: send(w, f"{GRANT}&x={'a' * 40_000}"), 400, B),
    "too many fields": (lambda w: send(w, GRANT + "".join(f"&f{n}=1" for n in range(40))), 400, B),
    "no grant": (lambda w: send(w, ""), 400, "unsupported_grant_type"),
    "empty grant": (lambda w: send(w, "grant_type="), 400, "unsupported_grant_type"),
    "password grant": (lambda w: send(w, "grant_type=password&username=u&password=p"), 400, "unsupported_grant_type"),
    "grant with odd text": (lambda w: send(w, 'grant_type=%22\\<b>%E5%AE%A2'), 400, "unsupported_grant_type"),
    "code grant": (lambda w: send(w, "grant_type=authorization_code&code=x"), 400, "unsupported_grant_type"),
    "scope widened": (lambda w: send(w, f"{GRANT}&scope=customer:write"), 400, S),
    "scope widened beside one held": (lambda w: send(w, f"{GRANT}&scope=customer:read+customer:write"), 400, S),
    "reveal for read": (lambda w: send(w, f"{GRANT}&scope=customer.contact:reveal"), 400, S),
    "unknown scope": (lambda w: send(w, f"{GRANT}&scope=everything"), 400, S),
    "scope with two blanks": (lambda w: send(w, f"{GRANT}&scope=customer:read++grading:read"), 400, S),
    "scope with a tab": (lambda w: send(w, f"{GRANT}&scope=customer:read%09grading:read"), 400, S),
    "scope in capitals": (lambda w: send(w, f"{GRANT}&scope=CUSTOMER:READ"), 400, S),
    "another resource": (lambda w: send(w, f"{GRANT}&resource=https://evil.example/graphql"), 400, T),
    "revoke without a token": (lambda w: send(w, "x=1", R), 400, B),
    "revoke without credentials": (lambda w: send(w, f"token={w.token()}", R, authorization="-"), 401, C),
    "revoke with a wrong secret": (
        lambda w: send(w, f"token={w.token()}", R, authorization=basic(w.credentials.client_id, "no")),
        401,
        C,
    ),
    "revoke another client's token": (by_another, 400, "invalid_grant"),
    "revoke two tokens": (lambda w: send(w, "token=a&token=b", R), 400, B),
    "revoke in the query": (lambda w: send(w, "token=a", f"{R}?token=b"), 400, B),
}  # fmt: skip


@pytest.mark.promise(8)
@pytest.mark.parametrize(("case", "status", "error"), TABLE.values(), ids=TABLE.keys())
def test_refused(world: World, case: Case, status: int, error: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    answer = case(world)
    body = answer.json()
    assert (answer.status_code, body["error"]) == (status, error), answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert ("www-authenticate" in answer.headers) == (status == 401)
    assert "{" not in body["error_description"]
    assert body["error_description"].isascii()
    assert not set('"\\') & set(body["error_description"])
    assert body["message"]["en"] == body["error_description"]
    assert body["message"]["zh"] in answer.text
    # The test client itself logs the URL of its request; the server must not.
    logged = "".join(record.getMessage() for record in caplog.records if record.name != "httpx2")
    for told in (answer.text, logged, str(answer.headers)):
        assert world.credentials.secret not in told
        assert "eyJ" not in told


@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke"])
def test_only_post(world: World, path: str) -> None:
    assert world.http.get(path).status_code == 405


@pytest.mark.parametrize("how", ["basic", "post", "basic with the id repeated"])
def test_a_token_for_either_way_to_authenticate(world: World, how: str) -> None:
    client_id, _ = world.credentials
    answer = {
        "basic": lambda: send(world, GRANT),
        "post": lambda: posted(world),
        "basic with the id repeated": lambda: send(world, f"{GRANT}&client_id={client_id}"),
    }[how]()
    body = answer.json()
    assert body.keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert (body["token_type"], body["expires_in"]) == ("Bearer", 600)
    assert body["scope"] == "customer:read grading:read"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["pragma"] == "no-cache"
    assert world.oauth.verifier.verify(f"Bearer {body['access_token']}").client_id == client_id


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("", "customer:read grading:read"),
        ("grading:read", "grading:read"),
        ("grading:read customer:read", "customer:read grading:read"),
        ("grading:read grading:read", "grading:read"),
    ],
)
def test_a_token_has_no_more_than_was_asked(world: World, asked: str, given: str) -> None:
    token = world.token(scope=asked, resource="https://kehu.example/graphql")
    assert " ".join(world.oauth.verifier.read(token).scopes) == given


def test_the_token_is_never_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = world.token()
    assert token.split(".")[2] not in caplog.text
    assert world.oauth.verifier.read(token).jti in caplog.text


def test_failures_are_limited_by_client_and_sender(world: World) -> None:
    wrong = basic(world.credentials.client_id, "khs_wrong")
    for _ in range(10):
        assert send(world, GRANT, authorization=wrong).status_code == 401
    for authorization in (wrong, basic(*world.credentials)):
        answer = send(world, GRANT, authorization=authorization)
        assert (answer.status_code, answer.json()["error"]) == (429, "too_many_failures")
        assert answer.headers["retry-after"] == "60"
    assert world.token(world.client("other"))
    elsewhere = Starlette(routes=routes(world.oauth))
    with TestClient(elsewhere, client=("192.0.2.7", 1), base_url="https://kehu.example") as http:
        data = {"grant_type": "client_credentials"}
        assert http.post("/oauth/token", data=data, auth=world.credentials).status_code == 200
    world.clock.advance(60)
    assert world.token()


def test_what_is_no_client_id_is_neither_kept_nor_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for number in range(10):
        assert send(world, GRANT, authorization=basic(f"khs_secret{number}", "x")).status_code == 401
    assert "khs_secret" not in caplog.text
    assert send(world, GRANT, authorization=basic("khs_another", "x")).status_code == 429
    assert world.token()


def test_success_is_not_limited(world: World) -> None:
    assert len({world.token() for _ in range(30)}) == 30


def test_revocation_by_the_client(world: World) -> None:
    token = world.token()
    for hint in ("", "&token_type_hint=access_token", "&token_type_hint=refresh_token", "&token_type_hint=odd"):
        answer = send(world, f"token={token}{hint}", "/oauth/revoke")
        assert (answer.status_code, answer.json()) == (200, {})
    with pytest.raises(Unauthenticated) as refused:
        world.oauth.verifier.verify(f"Bearer {token}")
    assert refused.value.code == "TOKEN_REVOKED"


@pytest.mark.parametrize("token", ["garbage", "a.b.c", "expired"])
def test_revoking_what_is_no_token_is_a_success(world: World, token: str) -> None:
    if token == "expired":
        token = world.token()
        world.clock.advance(601)
    assert send(world, f"token={token}", "/oauth/revoke").status_code == 200


def test_a_lost_database_is_said_so(world: World, tmp_path: Path) -> None:
    gone = open_engines(f"sqlite+pysqlite:///{tmp_path}/empty.sqlite")
    oauth = OAuth(gone, world.keys, world.oauth.config, world.oauth.catalogue, now=world.clock)
    with TestClient(Starlette(routes=routes(oauth)), base_url="https://kehu.example") as http:
        answer = http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=world.credentials)
        assert (answer.status_code, answer.json()["error"]) == (503, "server_error")
        answer = http.post("/console/session", json={"code": "A" * 43})
        assert (answer.status_code, answer.json()["error"]) == (503, "UNAVAILABLE")
        answer = http.delete("/console/session", headers={"authorization": f"Bearer {world.token()}"})
        assert (answer.status_code, answer.json()["error"]) == (503, "UNAVAILABLE")
    gone.dispose()


def test_authlibs_client_gets_uses_and_revokes_a_token(world: World) -> None:
    async def flow(method: str) -> None:
        transport = httpx2.ASGITransport(app=world.http.app)
        client_id, secret = world.credentials
        async with AsyncOAuth2Client(
            client_id,
            secret,
            token_endpoint_auth_method=method,
            revocation_endpoint_auth_method=method,
            scope="customer:read",
            transport=transport,
        ) as client:
            token = await client.fetch_token(found["token_endpoint"], grant_type="client_credentials")
            claims = world.oauth.verifier.verify(f"Bearer {token['access_token']}")
            assert claims.scopes == ("customer:read",)
            revoke = client.revoke_token(found["revocation_endpoint"], token=token["access_token"])  # type: ignore[no-untyped-call]  # reason: the stub has no types here
            answer = await revoke
            assert answer.status_code == 200
            with pytest.raises(Unauthenticated):
                world.oauth.verifier.verify(f"Bearer {token['access_token']}")
            with pytest.raises(OAuthError, match="invalid_scope"):
                await client.fetch_token(
                    found["token_endpoint"], grant_type="client_credentials", scope="customer:write"
                )

    found = world.http.get("/.well-known/oauth-authorization-server").json()
    for method in ("client_secret_basic", "client_secret_post"):
        asyncio.run(flow(method))


def session_code(world: World, template: LinkTemplate) -> str:
    with world.engines.write.begin() as conn:
        return create_link(conn, template, catalogue=world.oauth.catalogue, now=world.clock)


def test_the_console_session(world: World, template: LinkTemplate, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    code = session_code(world, template)
    answer = world.http.post("/console/session", json={"code": code})
    assert answer.json().keys() == {"access_token", "token_type", "expires_in", "scope"}
    assert answer.headers["cache-control"] == "no-store"
    header = f"Bearer {answer.json()['access_token']}"
    assert world.oauth.verifier.verify(header).subject == "administrator"

    again = world.http.post("/console/session", json={"code": code})
    assert (again.status_code, again.json()["error"]) == (401, "LINK_INVALID")
    assert again.json()["message"]["zh"].startswith("链接无效")

    assert world.http.delete("/console/session", headers={"authorization": header}).status_code == 204
    closed = world.http.delete("/console/session", headers={"authorization": header})
    assert (closed.status_code, closed.json()["error"]) == (401, "TOKEN_REVOKED")
    assert 'error="invalid_token"' in closed.headers["www-authenticate"]
    for told in (caplog.text, again.text, closed.text):
        assert code not in told
        assert header.split(".")[2] not in told


@pytest.mark.parametrize(
    ("body", "content_type", "query"),
    [
        ("code=x", FORM, ""),
        ('{"code": "x"}', "text/plain", ""),
        ('{"code": "x"}', "application/json", "?code=x"),
        ('{"code": 1}', "application/json", ""),
        ('{"code": ""}', "application/json", ""),
        ('["x"]', "application/json", ""),
        ("{}", "application/json", ""),
        ("{", "application/json", ""),
        ("[" * 30_000, "application/json", ""),
        ("\ufeff{}", "application/json", ""),
        (" " * 40_000, "application/json", ""),
    ],
)
def test_a_session_request_that_is_malformed(world: World, body: str, content_type: str, query: str) -> None:
    answer = world.http.post(f"/console/session{query}", content=body, headers={"content-type": content_type})
    assert (answer.status_code, answer.json()["error"]) == (400, "BODY_INVALID")
    assert '{"code": "…"}' in answer.json()["message"]["en"]
    assert answer.headers["cache-control"] == "no-store"


def test_guessing_codes_is_limited(world: World) -> None:
    for _ in range(10):
        assert world.http.post("/console/session", json={"code": "guess"}).status_code == 401
    answer = world.http.post("/console/session", json={"code": "guess"})
    assert (answer.status_code, answer.json()["error"]) == (429, "TOO_MANY_FAILURES")
    assert answer.headers["retry-after"] == "60"


def test_no_table_holds_a_token_or_a_secret(world: World, template: LinkTemplate) -> None:
    token, code = world.token(), session_code(world, template)
    send(world, f"token={token}", "/oauth/revoke")
    with world.engines.read.connect() as conn:
        tables = ("oauth_client", "oauth_client_secret", "oauth_revoked_token", "oauth_one_time_link")
        everything = repr([conn.execute(text(f"SELECT * FROM {table}")).all() for table in tables])
    for secret in (token, token.split(".")[2], code, world.credentials.secret):
        assert secret not in everything
