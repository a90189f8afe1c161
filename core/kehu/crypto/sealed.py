"""Sealed values (密封存储): the stored format, version 1. It is final; a change is a new version byte.

One blob holds the sealed attributes of one row and retention class::

    offset  0  version      1 byte   0x01
            1  suite        1 byte   0x01 AES-256-GCM (NIST SP 800-38D); 0x02 reserved for SM4-GCM (RFC 8998)
            2  data-key id 16 bytes  the UUID of the key
           18  nonce       12 bytes  random
           30  ciphertext + tag (16) of the canonical JSON object of the values; None is left out

Associated data: length-prefixed (tag "kehu/sealed", legal entity, table, retention class) ‖ bytes 0-17 of the blob
‖ subject UUID ‖ row UUID ‖ row version (4 bytes, big-endian). So a blob opens in the one row and version where it was
written and nowhere else: an older blob put back into its own row doesn't open either.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from uuid import UUID

import orjson
from cryptography.exceptions import InvalidTag

from kehu.crypto.canonical import canonical_json, length_prefixed
from kehu.crypto.datakeys import DataKey
from kehu.errors import IntegrityError

VERSION = 1
AES_256_GCM = 1
SM4_GCM = 2
_HEADER = struct.Struct(">BB16s12s")
_BOUND_HEADER = 18
_TAG = 16


@dataclass(frozen=True, slots=True)
class Binding:
    """The one place where a blob may be opened. ``retention`` is the code of the retention class, ``version`` the
    row's: every change of a row seals all its blobs anew."""

    legal_entity: UUID
    table: str
    subject: UUID
    row: UUID
    retention: str
    version: int = 1

    @property
    def row_key(self) -> bytes:
        return row_key(self.subject, self.row, self.version)


class DataKeyLookup(Protocol):
    """Finds an opened data key; a KeyCache and a plain dict both do."""

    def get(self, key_id: bytes, /) -> DataKey | None: ...


def seal(
    values: Mapping[str, object],
    *,
    key: DataKey,
    binding: Binding,
    random: Callable[[int], bytes] = os.urandom,
) -> bytes:
    """Seal JSON values (no floats) for one row.

    Raises ValueError for a value without canonical JSON; IntegrityError when the key belongs to another customer or
    retention class (destroying a key must destroy exactly what it should).
    """
    scope = key.scope
    if (scope.legal_entity, scope.subject, scope.retention) != (
        binding.legal_entity,
        binding.subject,
        binding.retention,
    ):
        raise IntegrityError("the data key belongs to another legal entity, customer or retention class")
    plain = canonical_json({name: value for name, value in values.items() if value is not None})
    header = _HEADER.pack(VERSION, AES_256_GCM, key.id, nonce := random(12))
    place = place_of(binding.legal_entity, binding.table, binding.retention)
    bound = place + header[:_BOUND_HEADER] + binding.row_key
    return header + key.aead.encrypt(nonce, plain, bound)


def open_sealed(blob: bytes, *, keys: DataKeyLookup | DataKey, binding: Binding) -> dict[str, object]:
    """Open a blob in its place. Raises IntegrityError for any mismatch, and when the key isn't there."""
    key_id = key_id_of(blob)
    key = keys if isinstance(keys, DataKey) else keys.get(key_id)
    if key is None or key.id != key_id:
        raise IntegrityError("the data key of a sealed value is not there")
    place = place_of(binding.legal_entity, binding.table, binding.retention)
    return open_row(blob, key, place, binding.row_key)


def key_id_of(blob: bytes) -> bytes:
    """The data-key id (16 bytes) that a blob names. Raises IntegrityError for an unknown format or a cut blob."""
    if len(blob) < _HEADER.size + _TAG:
        raise IntegrityError("a sealed value is cut")
    if blob[0] != VERSION:
        raise IntegrityError("a sealed value has an unknown format version")
    if blob[1] != AES_256_GCM:
        raise IntegrityError("a sealed value has an unknown or unsupported cipher suite")
    return blob[2:_BOUND_HEADER]


@lru_cache(maxsize=4096)
def place_of(legal_entity: UUID, table: str, retention: str) -> bytes:
    """The part of the associated data that all rows of one table, class and legal entity share."""
    return length_prefixed(b"kehu/sealed", legal_entity.bytes, table.encode(), retention.encode())


def row_key(subject: UUID, row: UUID, version: int) -> bytes:
    """The part of the associated data that names one version of one row."""
    return subject.bytes + row.bytes + version.to_bytes(4, "big")


def open_row(blob: bytes, key: DataKey, place: bytes, at: bytes) -> dict[str, object]:
    """The inner loop of ``open_sealed`` for whole pages: ``place`` by ``place_of``, ``at`` by ``row_key``.

    The caller took ``key`` by ``key_id_of(blob)``. Raises IntegrityError.
    """
    try:
        plain = key.aead.decrypt(blob[_BOUND_HEADER : _HEADER.size], blob[_HEADER.size :], place + blob[:18] + at)
    except InvalidTag:
        raise IntegrityError("a sealed value was changed or moved") from None
    values: dict[str, object] = orjson.loads(plain)
    return values
