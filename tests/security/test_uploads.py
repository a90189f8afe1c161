"""Files over HTTP: bounded while they are read, never without a token, never by a page of another origin."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kehu.errors import Refused
from kehu.graph.uploads import Upload, parse_multipart
from kehu.testing import World

from .callers import over_http

QUERY = """mutation ($file: Upload!) { importFile(file: $file, form: "realestate.visit", idempotencyKey: "u") {
  ... on ImportFileSuccess { outcome stored bad } ... on Problems { problems { code } } } }"""
OPERATIONS = json.dumps({"query": QUERY, "variables": {"file": None}})
FILE = "姓名,联系电话,来访日期,客户来源\n王示例,13900001111,2026-11-01,来访\n".encode()
PREFLIGHT = {"GraphQL-Require-Preflight": "1"}
SCOPES = ("import:write", "customer.core:write", "customer.core:read")


def parts(content: bytes = FILE, operations: str = OPERATIONS, mapped: str = '{"0": ["variables.file"]}') -> Any:
    return {"operations": (None, operations), "map": (None, mapped), "0": ("王示例.csv", content, "text/csv")}


def test_a_file_is_imported_over_http(kehu: World, caplog: pytest.LogCaptureFixture) -> None:
    client, headers = over_http(kehu, *SCOPES)
    found = client.post("/graphql", files=parts(), headers=headers | PREFLIGHT)
    assert found.json().get("data"), found.text
    assert found.json()["data"]["importFile"] == {"outcome": "IMPORTED", "stored": 1, "bad": 0}
    assert "王示例" not in caplog.text + found.text

    without = client.post("/graphql", files=parts(), headers=headers)
    assert (without.status_code, without.json()["errors"][0]["extensions"]["code"]) == (400, "PREFLIGHT_NEEDED")
    nobody = client.post("/graphql", files=parts(), headers=PREFLIGHT)
    assert nobody.status_code == 401
    literal = QUERY.replace("($file: Upload!)", "").replace("$file", '"x"')
    refused = client.post("/graphql", json={"query": literal}, headers=headers).json()["errors"][0]
    assert refused["extensions"]["code"] == "LITERAL_REFUSED"
    text = client.post("/graphql", json={"query": QUERY, "variables": {"file": "x"}}, headers=headers).json()
    assert text["errors"][0]["extensions"]["code"] == "VARIABLE_INVALID"
    less = kehu.principal("customer.core:read")
    [denied] = kehu.ask(less, QUERY, file=Upload("x", FILE))["errors"]
    assert denied["extensions"]["code"] == "SCOPE_MISSING"
    limit = kehu.installation.settings
    large = b"x" * (limit.max_upload_bytes + limit.max_body_bytes + 100_000)
    many = client.post("/graphql", files=parts(large), headers=headers | PREFLIGHT)
    assert (many.status_code, many.json()["errors"][0]["extensions"]["code"]) == (413, "BODY_TOO_LARGE")


def _body(*pieces: str, boundary: str = "b") -> bytes:
    return "".join(f"--{boundary}\r\n{piece}\r\n" for piece in pieces).encode() + f"--{boundary}--\r\n".encode()


def _field(name: str, value: str, more: str = "") -> str:
    return f'Content-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}'


GOOD = (
    _field("operations", OPERATIONS),
    _field("map", '{"0": ["variables.file"]}'),
    _field("0", "a,b", '; filename="x"'),
)


def test_a_body_is_taken_apart_as_the_specification_says() -> None:
    found = parse_multipart(_body(*GOOD), b"b")
    assert found["variables"]["file"] == Upload("x", b"a,b")
    binary = _body(*GOOD[:2], _field("0", "\r\n\x00--c\r\n--", '; filename="x"'))
    assert parse_multipart(binary, b"b")["variables"]["file"].content == b"\r\n\x00--c\r\n--"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"--b--\r\n", _body(*GOOD)[:-6], _body(*GOOD[:2]), _body(*GOOD, GOOD[2]), _body(GOOD[1], GOOD[0], GOOD[2]),
        _body(GOOD[0], _field("map", '{"0": ["variables.file", "variables.other"]}'), GOOD[2]),
        _body(GOOD[0], _field("map", '{"0": ["variables.a.b"]}'), GOOD[2]),
        _body(GOOD[0], _field("map", '{"9": ["variables.file"]}'), GOOD[2]),
        _body(GOOD[0], _field("map", "[]"), GOOD[2]),
        _body(GOOD[0], _field("map", "{"), GOOD[2]),
        _body(_field("operations", "[]"), *GOOD[1:]),
        _body(_field("operations", '{"query": "x", "variables": {"file": "there"}}'), *GOOD[1:]),
        _body(_field("operations", '{"query": "x", "variables": {}}'), *GOOD[1:]),
        _body(*GOOD[:2], "no header"), _body(*GOOD[:2], f"X: {'y' * 5_000}\r\n\r\nz"),
    ],
)  # fmt: skip
def test_anything_else_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as caught:
        parse_multipart(body, b"b")
    assert caught.value.code == "BODY_INVALID"
