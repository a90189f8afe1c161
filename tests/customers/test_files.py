"""Files: taken in by GraphQL, given out at /files under the same decision and evidence, sealed, erasable alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import orjson
import pytest
from sqlalchemy import select, update
from starlette.testclient import TestClient

from kehu import oauth
from kehu.app import create_app
from kehu.customers.context import Request
from kehu.customers.files import CHUNK
from kehu.errors import IntegrityError
from kehu.graph.execute import GraphRequest
from kehu.graph.uploads import Upload
from kehu.store.system import file_chunk
from kehu.testing import World, world
from kehu.vocabulary.base import ValueRefused
from kehu.vocabulary.files import media_type_of

PDF = b"%PDF-1.7\n" + hashlib.shake_128(b"canary").digest(2 * CHUNK + 1234)
CANARY = "金丝雀的合同.pdf"
ADD = """mutation ($customer: ID!, $name: FreeText!, $file: Upload!, $key: String!) {
  addFile(customer: $customer, kind: CONTRACT, name: $name, file: $file, idempotencyKey: $key) {
    ... on AddFileSuccess { id file { kind name mediaType size content } }
    ... on Problems { problems { code path } }
  }
}"""
CREATE = """mutation ($input: CustomerInput!) { createCustomer(input: $input, idempotencyKey: "v") {
  ... on CreateCustomerSuccess { id } } }"""
NUMBERS = count()
SEEN = ("customer.core:read", "customer.file:read")


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[World]:
    with world(tmp_path, database_url, ()) as made:
        yield made


def customer_of(office: World) -> str:
    here = office.principal(every=True, unit="P01")
    made = office.data(here, CREATE, input={"kind": "PERSON", "stage": "ACTIVE", "name": "欧阳示例"})
    return str(made["createCustomer"]["id"])


def add(office: World, customer: str, content: bytes, *scopes: str, key: str = "f") -> dict[str, Any]:
    caller = office.principal(*(scopes or (*SEEN, "customer.file:write")))
    variables = {"customer": customer, "name": CANARY, "file": Upload(CANARY, content), "key": key}
    answer = office.installation.executor.execute(GraphRequest(ADD, variables), caller)
    found: dict[str, Any] = orjson.loads(answer.body)
    return found


def client_of(office: World, *scopes: str, unit: str | None = None) -> tuple[TestClient, dict[str, str]]:
    installation = office.installation
    place = office.principal(unit=unit)
    with installation.engines.write.begin() as conn:
        made = oauth.create_client(
            conn, name=f"reader {next(NUMBERS)}", scopes=scopes, purposes=("SERVICE",), unit=str(place.unit),
            legal_entity=str(place.legal_entity), catalogue=installation.oauth.catalogue, now=installation.now,
        )  # fmt: skip
    client = TestClient(
        create_app(installation), base_url=installation.settings.base_url, raise_server_exceptions=False
    )
    token = client.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=(made.client_id, made.secret))
    return client, {"authorization": f"Bearer {token.json()['access_token']}"}


@pytest.mark.promise(2, 3)
def test_a_file_goes_in_masked_and_comes_out_for_a_purpose(office: World, tmp_path: Path) -> None:
    customer = customer_of(office)
    made = add(office, customer, PDF)["data"]["addFile"]
    told = made["file"]
    assert (told["kind"], told["mediaType"], told["size"]) == ("CONTRACT", "application/pdf", len(PDF))
    assert (told["name"], told["content"]) == ("***", "***")
    again = add(office, customer, PDF)["data"]["addFile"]
    assert again["id"] == made["id"], "the same key again makes no second file"

    asked = {"file": made["id"], "purpose": "SERVICE", "reason": "客户要求核对合同"}
    client, bearer = client_of(office, *SEEN, "customer.file:reveal")
    before = office.installation.evidence.head().size
    got = client.post("/files", headers=bearer, json=asked)
    assert (got.status_code, got.headers["content-type"], got.content == PDF) == (200, "application/pdf", True)
    assert (got.headers["cache-control"], got.headers["x-content-type-options"]) == ("no-store", "nosniff")
    [stored] = list(office.installation.evidence.entries(limit=1, newest_first=True))
    assert stored.position >= before
    uses = {(use.path, use.effect.value) for use in stored.entry.fields}
    assert any(path.endswith("content") and effect == "clear" for path, effect in uses)
    assert stored.entry.purpose.code == "SERVICE"

    for scopes, unit, change, status, code in (
        (SEEN, None, {}, 403, "FORBIDDEN_FIELD"),
        (("customer.core:read",), None, {}, 403, "FORBIDDEN_FIELD"),
        ((*SEEN, "customer.file:reveal"), None, {"purpose": "MARKETING"}, 403, "PURPOSE_NOT_ALLOWED"),
        ((*SEEN, "customer.file:reveal"), None, {"purpose": 'X", reason: "y") { __typename } #'}, 403, None),
        ((*SEEN, "customer.file:reveal"), "P02", {}, 404, "NOT_FOUND"),
        ((*SEEN, "customer.file:reveal"), None, {"file": customer}, 400, "ID_INVALID"),
        ((*SEEN, "customer.file:reveal"), None, {"reason": None}, 400, "BODY_INVALID"),
    ):  # fmt: skip
        other, token = client_of(office, *scopes, unit=unit)
        refused = other.post("/files", headers=token, json=asked | change)
        found = refused.json()["errors"][0]["extensions"]["code"]
        assert (refused.status_code, found) == (status, code or found), (scopes, unit, change)
        assert b"PDF" not in refused.content
    assert client.post("/files", json=asked).status_code == 401

    for path in tmp_path.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert CANARY.encode() not in data, path
            assert PDF[100:140] not in data, path


@pytest.mark.promise(7)
def test_an_erased_file_opens_no_more_and_a_changed_one_is_found(office: World) -> None:
    installation = office.installation
    files, principal = installation.files, office.principal(every=True)
    customer = customer_of(office)
    ids = [add(office, customer, PDF, key=key)["data"]["addFile"]["id"] for key in ("a", "b")]
    with installation.engines.read.connect() as conn:
        rows = conn.execute(select(file_chunk.c.customer_id, file_chunk.c.file_id).distinct()).all()
    stands_for = f"sha256:{hashlib.sha256(PDF).hexdigest()}:{len(PDF)}"
    assert len(rows) == 2
    (owner, first), (_, second) = rows
    assert b"".join(files.chunks(principal, owner, first, stands_for)) == PDF

    with installation.engines.write.begin() as conn:
        blobs = conn.execute(
            select(file_chunk.c.number, file_chunk.c.sealed_content).where(file_chunk.c.file_id == second)
        ).all()
        swapped = {0: blobs[1].sealed_content, 1: blobs[0].sealed_content}
        for number, blob in swapped.items():
            at = (file_chunk.c.file_id == second, file_chunk.c.number == number)
            conn.execute(update(file_chunk).where(*at).values(sealed_content=blob))
    with pytest.raises(IntegrityError):
        list(files.chunks(principal, owner, second, stands_for))
    with installation.engines.write.begin() as conn:
        conn.execute(file_chunk.delete().where(file_chunk.c.file_id == second, file_chunk.c.number == 2))
    with pytest.raises(IntegrityError, match="missing"):
        list(files.chunks(principal, owner, second, stands_for))

    with installation.engines.write.begin() as conn:
        kept = conn.execute(select(file_chunk).where(file_chunk.c.file_id == first)).mappings().all()
        files.erase(installation.context.unit_of_work(conn, Request(principal=principal, idempotency_key="e")), first)
    with installation.engines.write.begin() as conn:  # what a backup still has
        conn.execute(file_chunk.insert(), [dict(row) for row in kept])
    with pytest.raises(IntegrityError, match="key"):
        list(files.chunks(principal, owner, first, stands_for))
    assert len(ids) == 2


def office_document(*names: str) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return target.getvalue()


KINDS = (
    (PDF, "application/pdf"),
    (b"\xff\xd8\xff\xe0" + b"x" * 20, "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n....", "image/png"),
    (b"II*\x00....", "image/tiff"),
    (b"MM\x00*....", "image/tiff"),
    (office_document("[Content_Types].xml", "word/document.xml"), "word"),
    (office_document("[Content_Types].xml", "xl/workbook.xml"), "sheet"),
    (office_document("xl/workbook.xml", "xl/vbaProject.bin"), "FILE_TYPE"),
    (office_document("a.exe"), "FILE_TYPE"),
    (b"PK\x03\x04 cut", "FILE_TYPE"),
    (b"<html><script>alert(1)</script>", "FILE_TYPE"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "FILE_TYPE"),
    (b"MZ\x90", "FILE_TYPE"),
    (b"", "FILE_EMPTY"),
)


@pytest.mark.parametrize(("content", "expected"), KINDS)
def test_a_file_is_what_its_bytes_are(content: bytes, expected: str) -> None:
    if expected.isupper():
        with pytest.raises(ValueRefused) as told:
            media_type_of(content)
        assert told.value.problem.code == expected
    else:
        assert expected in media_type_of(content)


def test_what_is_refused_says_why(tmp_path: Path, sqlite_url: str) -> None:
    with world(tmp_path, sqlite_url, (), max_upload_bytes=1000) as office:
        customer = customer_of(office)
        for content, code in ((b"<html>", "FILE_TYPE"), (b"", "FILE_EMPTY"), (PDF, "FILE_TOO_LARGE")):
            [problem] = add(office, customer, content)["data"]["addFile"]["problems"]
            assert problem["code"] == code
        refused = add(office, customer, b"%PDF-1", *SEEN)
        assert refused["errors"][0]["extensions"]["code"] == "SCOPE_MISSING"
