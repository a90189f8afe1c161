"""Sealed cursors: a client carries them and learns nothing from them.

Token format, final: urlsafe base64 without padding of key version (1 byte) ‖ AES-256-SIV (RFC 5297) of canonical
JSON, with (version, context) as associated data. Deterministic: equal input gives an equal cursor.
"""

from __future__ import annotations

import base64
import re

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from kehu.crypto.canonical import canonical_json
from kehu.crypto.keyring import Family, KeyRing, Opaque
from kehu.errors import Invalid, Problem
from kehu.labels import Label

MAX_CHARACTERS = 4096
_ALPHABET = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_INVALID = Label(
    "游标无效或不属于本次查询;请从第一页重新开始",
    "The cursor is damaged or belongs to another query; start again from the first page",
)


class CursorBox(Opaque):
    """Seals and opens cursors. Safe for threads."""

    __slots__ = ("_boxes", "_current")

    def __init__(self, ring: KeyRing) -> None:
        self._current = ring.current(Family.CURSOR)
        versions = ring.versions(Family.CURSOR)
        self._boxes = {version: AESSIV(ring.secret(Family.CURSOR, version)) for version in versions}

    def seal(self, value: object, *, context: str) -> str:
        """Seal a JSON value (no floats, lists not tuples). ``context`` names the query that may use it.

        Raises ValueError for a value without canonical JSON, or one too long for a cursor.
        """
        version = bytes((self._current,))
        data = self._boxes[self._current].encrypt(canonical_json(value), [version, context.encode()])
        token = base64.urlsafe_b64encode(version + data).rstrip(b"=").decode()
        if len(token) > MAX_CHARACTERS:
            raise ValueError(f"a cursor has at most {MAX_CHARACTERS} characters")
        return token

    def open(self, token: str, *, context: str) -> object:
        """Open a cursor that a client sent. Raises Invalid with CURSOR_INVALID for anything not sealed here."""
        data = _decode(token)
        box = self._boxes.get(data[0])
        if box is None:
            raise _invalid()
        try:
            plain = box.decrypt(data[1:], [data[:1], context.encode()])
        except (InvalidTag, ValueError):
            raise _invalid() from None
        value: object = orjson.loads(plain)
        return value


def _decode(token: str) -> bytes:
    if len(token) > MAX_CHARACTERS or not _ALPHABET.fullmatch(token) or len(token) % 4 == 1:
        raise _invalid()
    data = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    # spare bits at the end must be zero, or one cursor would have several spellings
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != token or len(data) < 18:
        raise _invalid()
    return data


def _invalid() -> Invalid:
    return Invalid([Problem("CURSOR_INVALID", _INVALID)])
