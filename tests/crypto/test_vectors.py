"""Fixed vectors of every stored or handed-out format: if one fails, the format changed and old data is unreadable."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kehu.crypto import (
    Binding,
    BlindIndex,
    CursorBox,
    DataKey,
    KeyRing,
    KeyScope,
    Pseudonyms,
    kek_version_of,
    open_sealed,
    seal,
    unwrap,
    wrap,
)

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text())
RING = KeyRing.from_text(json.dumps(VECTORS["ring"]).encode())
ENTITY, SUBJECT, ROW, KEY_ID = (UUID(VECTORS["ids"][n]) for n in ("legal_entity", "subject", "row", "data_key"))
SCOPE = KeyScope(ENTITY, SUBJECT, "identity")
KEY = DataKey(KEY_ID.bytes, SCOPE, bytes.fromhex(VECTORS["data_key"]))
BINDING = Binding(ENTITY, "contact_point", SUBJECT, ROW, "identity", VECTORS["sealed"]["row_version"])


def fixed(hexadecimal: str) -> Callable[[int], bytes]:
    data = bytes.fromhex(hexadecimal)
    return lambda length: data[:length]


def framed(*parts: bytes) -> bytes:
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def test_sealed_format() -> None:
    vector = VECTORS["sealed"]
    blob = bytes.fromhex(vector["blob"])
    assert seal(vector["values"], key=KEY, binding=BINDING, random=fixed(vector["nonce"])) == blob
    assert open_sealed(blob, keys=KEY, binding=BINDING) == vector["values"]


def test_sealed_format_as_written_in_its_docstring() -> None:
    vector = VECTORS["sealed"]
    nonce = bytes.fromhex(vector["nonce"])
    header = b"\x01\x01" + KEY_ID.bytes
    bound = framed(b"kehu/sealed", ENTITY.bytes, b"contact_point", b"identity") + header + SUBJECT.bytes + ROW.bytes
    bound += VECTORS["sealed"]["row_version"].to_bytes(4, "big")
    plain = json.dumps(vector["values"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    sealed = AESGCM(bytes.fromhex(VECTORS["data_key"])).encrypt(nonce, plain, bound)
    assert (header + nonce + sealed).hex() == vector["blob"]


def test_wrapped_key_format() -> None:
    vector = VECTORS["wrapped"]
    wrapped = bytes.fromhex(vector["wrapped"])
    assert wrap(KEY, RING, fixed(vector["nonce"])) == wrapped
    assert len(wrapped) == 66
    assert kek_version_of(wrapped) == 1
    opened = unwrap(wrapped, RING, key_id=KEY_ID.bytes, scope=SCOPE)
    assert open_sealed(bytes.fromhex(VECTORS["sealed"]["blob"]), keys=opened, binding=BINDING)


def test_wrapped_key_format_as_written_in_its_docstring() -> None:
    vector = VECTORS["wrapped"]
    nonce = bytes.fromhex(vector["nonce"])
    header = b"\x01\x01\x00\x00\x00\x01"
    bound = framed(b"kehu/data-key", header, KEY_ID.bytes, ENTITY.bytes, SUBJECT.bytes, b"identity")
    kek = base64.b64decode(VECTORS["ring"]["kek"]["keys"]["1"])
    sealed = AESGCM(kek).encrypt(nonce, bytes.fromhex(VECTORS["data_key"]), bound)
    assert (header + nonce + sealed).hex() == vector["wrapped"]


@pytest.mark.parametrize("vector", VECTORS["blind"])
def test_blind_index(vector: dict[str, str]) -> None:
    token = BlindIndex(RING).token(ENTITY, vector["index"], vector["text"])
    assert token.hex() == vector["token"]
    info = framed(b"kehu", b"blind-index/1", ENTITY.bytes, vector["index"].encode())
    root = base64.b64decode(VECTORS["ring"]["index"]["keys"]["1"])
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(root)
    assert token == b"\x01" + hmac.new(key, vector["text"].encode(), sha256).digest()[:16]


@pytest.mark.parametrize("vector", VECTORS["cursor"])
def test_cursor(vector: dict[str, Any]) -> None:
    box = CursorBox(RING)
    assert box.seal(vector["value"], context=vector["context"]) == vector["token"]
    assert box.open(vector["token"], context=vector["context"]) == vector["value"]
    data = base64.urlsafe_b64decode(vector["token"] + "==")
    siv = AESSIV(base64.b64decode(VECTORS["ring"]["cursor"]["keys"]["1"]))
    assert json.loads(siv.decrypt(data[1:], [b"\x01", vector["context"].encode()])) == vector["value"]


def test_pseudonyms_and_signing_keys() -> None:
    names = Pseudonyms(RING)
    assert names.subject(ENTITY, SUBJECT) == VECTORS["pseudonym"]["subject"]
    assert names.reason("00" * 16, "核实业主身份") == VECTORS["pseudonym"]["reason"]
    assert RING.token_key().kid == VECTORS["token_kid"]
    assert RING.evidence_key().public_key().public_bytes_raw().hex() == VECTORS["evidence_public"]
