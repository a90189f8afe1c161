"""GraphQL over HTTP: media types, status codes and headers, with real tokens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from kehu import oauth
from kehu.app import create_app
from kehu.errors import Unavailable
from kehu.evidence import EvidenceLog
from kehu.founding import place_of
from kehu.labels import Label

from .shop import Shop, open_shop

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
QUERY = {"query": "{ viewer { client } }"}
BODY_LIMIT = 20_000


@pytest.fixture(scope="module")
def limited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder: Path = tmp_path_factory.mktemp("http")
    with open_shop(folder, f"sqlite+pysqlite:///{folder / 'kehu.sqlite'}", max_body_bytes=BODY_LIMIT) as shop:
        yield shop


@pytest.fixture(scope="module")
def client(limited: Shop) -> Iterator[TestClient]:
    with TestClient(create_app(limited.world.installation)) as made:
        yield made


def token_of(shop: Shop, client: TestClient, name: str, *scopes: str) -> str:
    installation = shop.world.installation
    place = place_of(installation)
    with installation.engines.write.begin() as conn:
        made = oauth.create_client(
            conn,
            name=name,
            scopes=list(scopes),
            purposes=["SERVICE"],
            legal_entity=str(place.legal_entity),
            unit=str(place.unit),
            catalogue=installation.oauth.catalogue,
            now=installation.now,
        )
    grant = {"grant_type": "client_credentials"}
    answer = client.post("/oauth/token", data=grant, auth=(made.client_id, made.secret))
    assert answer.status_code == 200, answer.text
    token: str = answer.json()["access_token"]
    return token


@pytest.fixture(scope="module")
def token(limited: Shop, client: TestClient) -> str:
    return token_of(
        limited, client, "http-tests", "customer.core:read", "customer.identity:read", "customer.core:write"
    )


@pytest.fixture
def headers(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}", "accept": GRAPHQL}


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (GRAPHQL, GRAPHQL),
        (JSON, JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{JSON}, {GRAPHQL}", GRAPHQL),
        (f"text/html;q=0.9, {GRAPHQL};q=0.5", GRAPHQL),
        (f"{GRAPHQL}; charset=utf-8", GRAPHQL),
    ],
)
def test_media_type_of_the_answer(client: TestClient, headers: dict[str, str], accept: str, media: str) -> None:
    answer = client.post("/graphql", json=QUERY, headers=headers | {"accept": accept})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == f"{media}; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "authorization" in answer.headers["vary"]
    assert answer.json()["data"]["viewer"]["client"].startswith("kc_")


@pytest.mark.parametrize("accept", ["text/html", "application/xml", "image/*"])
def test_not_acceptable(client: TestClient, headers: dict[str, str], accept: str) -> None:
    answer = client.post("/graphql", json=QUERY, headers=headers | {"accept": accept})
    assert answer.status_code == 406
    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"


REFUSALS: list[tuple[str, dict[str, Any], str, int, int]] = [
    ("syntax", {"query": "{"}, "SYNTAX_ERROR", 400, 200),
    ("validation", {"query": "{ nobody }"}, "VALIDATION_FAILED", 400, 200),
    ("variables", {"query": "query($n: Int!) { customers(first: $n) { totalCount } }"}, "VARIABLE_INVALID", 400, 200),
    ("operation", {**QUERY, "operationName": "None"}, "OPERATION_UNKNOWN", 400, 200),
    ("no query", {"variables": {}}, "BODY_INVALID", 400, 400),
    ("query of another type", {"query": 1}, "BODY_INVALID", 400, 400),
    ("variables of another type", {**QUERY, "variables": "{}"}, "BODY_INVALID", 400, 400),
    ("operationName of another type", {**QUERY, "operationName": 1}, "BODY_INVALID", 400, 400),
    ("extensions of another type", {**QUERY, "extensions": []}, "BODY_INVALID", 400, 400),
]


@pytest.mark.parametrize(("body", "code", "strict", "lenient"), [c[1:] for c in REFUSALS], ids=[c[0] for c in REFUSALS])
def test_refused_request(
    client: TestClient, headers: dict[str, str], body: dict[str, Any], code: str, strict: int, lenient: int
) -> None:
    for accept, status in ((GRAPHQL, strict), (JSON, lenient)):
        answer = client.post("/graphql", json=body, headers=headers | {"accept": accept})
        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (status, code)
        assert "data" not in answer.json()


def test_a_forbidden_field_is_no_http_error(client: TestClient, headers: dict[str, str]) -> None:
    body = {"query": "{ customers(first: 1) { nodes { kind remark } } }"}
    answer = client.post("/graphql", json=body, headers=headers)
    assert answer.status_code == 200
    assert answer.json()["data"]["customers"]["nodes"][0]["remark"] is None
    assert answer.json()["errors"][0]["extensions"]["held"] == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff", b'"query"', b"[" * 5000])
def test_body_that_is_no_object(client: TestClient, headers: dict[str, str], content: bytes) -> None:
    answer = client.post("/graphql", content=content, headers=headers | {"content-type": JSON})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (400, "BODY_INVALID")


@pytest.mark.parametrize("given", ["text/plain", "application/graphql", "application/x-www-form-urlencoded", ""])
def test_content_type(client: TestClient, headers: dict[str, str], given: str) -> None:
    answer = client.post("/graphql", content=json.dumps(QUERY), headers=headers | {"content-type": given})
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (415, "UNSUPPORTED_MEDIA_TYPE")
    charset = headers | {"content-type": f"{JSON}; charset=utf-8"}
    assert client.post("/graphql", content=json.dumps(QUERY), headers=charset).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_method(client: TestClient, headers: dict[str, str], method: str) -> None:
    answer = client.request(method, "/graphql", json=QUERY, headers=headers)
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, POST"


def test_body_size(client: TestClient, headers: dict[str, str]) -> None:
    def sized(size: int) -> bytes:
        head = json.dumps(QUERY)[:-1] + ', "extensions": {"pad": "'
        return (head + "x" * (size - len(head) - 3) + '"}}').encode()

    typed = headers | {"content-type": JSON}
    assert client.post("/graphql", content=sized(BODY_LIMIT), headers=typed).status_code == 200
    answer = client.post("/graphql", content=sized(BODY_LIMIT + 1), headers=typed)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (413, "BODY_TOO_LARGE")
    assert answer.json()["errors"][0]["extensions"]["limit"] == BODY_LIMIT
    pieces = (b"x" * 1000 for _ in range(BODY_LIMIT // 1000 + 1))
    assert client.post("/graphql", content=pieces, headers=typed).status_code == 413


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer x.y.z", "Basic eDp5", "Bearer " + "x" * 9000])
def test_no_valid_token(client: TestClient, authorization: str | None) -> None:
    headers = {"accept": GRAPHQL} | ({} if authorization is None else {"authorization": authorization})
    answer = client.post("/graphql", json=QUERY, headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer ")
    assert "resource_metadata=" in answer.headers["www-authenticate"]
    assert "data" not in answer.json()
    assert client.post("/graphql", json=QUERY, headers=headers | {"accept": JSON}).status_code == 401


def test_a_token_ends(limited: Shop, client: TestClient) -> None:
    token = token_of(limited, client, "short", "customer.core:read")
    headers = {"authorization": f"Bearer {token}", "accept": GRAPHQL}
    assert client.post("/graphql", json=QUERY, headers=headers).status_code == 200
    before = limited.world.clock.now
    limited.world.clock.forward(seconds=700)
    assert client.post("/graphql", json=QUERY, headers=headers).status_code == 401
    limited.world.clock.now = before


def test_get(client: TestClient, headers: dict[str, str]) -> None:
    answer = client.get("/graphql", params=QUERY, headers=headers)
    assert answer.status_code == 200
    variables = {
        "query": "query A($n: Int) { customers(first: $n) { totalCount } }",
        "variables": '{"n": 1}',
        "operationName": "A",
    }
    assert client.get("/graphql", params=variables, headers=headers).json()["data"]["customers"]["totalCount"] == 13
    assert client.get("/graphql", headers=headers).status_code == 400
    assert client.get("/graphql", params={**variables, "variables": "{"}, headers=headers).status_code == 400


@pytest.mark.promise(8)
@pytest.mark.parametrize(
    "query",
    [
        'mutation { createCustomer(idempotencyKey: "k", input: {kind: PERSON, stage: PROSPECT}) { __typename } }',
        "query($v: LookupValue!) { lookup(by: CONTACT_POINT_MOBILE, value: $v) { id } }",
        'query($w: Reason!) @purpose(code: "SERVICE", reason: $w) { viewer { unit } }',
    ],
    ids=["mutation", "look-up", "reason"],
)
def test_get_is_for_what_may_stand_in_a_log(client: TestClient, headers: dict[str, str], query: str) -> None:
    answer = client.get("/graphql", params={"query": query, "variables": '{"v": "1", "w": "回访"}'}, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (405, "POST_NEEDED")


@pytest.mark.parametrize(
    ("language", "word"),
    [
        (None, "无权"),
        ("zh-CN", "无权"),
        ("en-GB, zh;q=0.5", "denied"),
        ("fr, en;q=0.5", "denied"),
        ("fr", "无权"),
        ("*", "无权"),
    ],
)
def test_language(client: TestClient, headers: dict[str, str], language: str | None, word: str) -> None:
    body = {"query": "{ customers(first: 1) { nodes { remark } } }"}
    asked = headers | ({} if language is None else {"accept-language": language})
    answer = client.post("/graphql", json=body, headers=asked)
    assert word in answer.json()["errors"][0]["message"]
    assert "无权".encode() in answer.content


@pytest.mark.promise(3)
def test_without_evidence_there_is_no_answer(
    client: TestClient, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise Unavailable(Label("无法留痕", "Evidence can't be written"), "EVIDENCE_UNAVAILABLE")

    monkeypatch.setattr(EvidenceLog, "append", full)
    body = {"query": "{ customers { nodes { name kind } } }"}
    for accept in (GRAPHQL, JSON):
        answer = client.post("/graphql", json=body, headers=headers | {"accept": accept})
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "1"
        assert "data" not in answer.json()
        assert "PERSON" not in answer.text
