"""Data keys: one per customer and retention class, stored only wrapped. Destroying it destroys what it sealed.

Wrapped format, version 1, 66 bytes::

    offset  0  version   1 byte   0x01
            1  suite     1 byte   0x01 AES-256-GCM
            2  KEK id    4 bytes  big-endian version in the key ring
            6  nonce    12 bytes  random
           18  ciphertext (32) + tag (16)

Associated data: length-prefixed ("kehu/data-key", bytes 0-5, key id, legal entity, subject, retention class).
"""

from __future__ import annotations

import os
import struct
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kehu.crypto.canonical import length_prefixed
from kehu.crypto.ids import uuid7
from kehu.crypto.keyring import Family, KeyRing, Opaque
from kehu.errors import IntegrityError

VERSION = 1
AES_256_GCM = 1
WRAPPED_BYTES = 66
_HEADER = struct.Struct(">BBI")


@dataclass(frozen=True, slots=True)
class KeyScope:
    """Whose values a data key seals; ``retention`` is the code of the retention class."""

    legal_entity: UUID
    subject: UUID
    retention: str


class DataKey(Opaque):
    """An opened data key; ``id`` is 16 bytes, ``aead`` the cipher, opened once because opening is dear."""

    __slots__ = ("_secret", "aead", "id", "scope")

    def __init__(self, key_id: bytes, scope: KeyScope, secret: bytes) -> None:
        if len(key_id) != 16 or len(secret) != 32:
            raise ValueError("a data key is 32 bytes with an id of 16 bytes")
        self.id = key_id
        self.scope = scope
        self.aead = AESGCM(secret)
        self._secret = secret

    @classmethod
    def generate(cls, scope: KeyScope, random: Callable[[int], bytes] = os.urandom) -> DataKey:
        return cls(uuid7(random=random).bytes, scope, random(32))


def wrap(key: DataKey, ring: KeyRing, random: Callable[[int], bytes] = os.urandom) -> bytes:
    """Wrap a data key under the current key-encryption key of the ring, for storage beside its id and scope."""
    version = ring.current(Family.KEK)
    header = _HEADER.pack(VERSION, AES_256_GCM, version)
    nonce = random(12)
    return header + nonce + ring.kek(version).encrypt(nonce, key._secret, _bound(header, key.id, key.scope))


def unwrap(wrapped: bytes, ring: KeyRing, *, key_id: bytes, scope: KeyScope) -> DataKey:
    """Open a stored data key. Raises IntegrityError when it was changed, cut or moved, or its KEK isn't in the ring."""
    version = kek_version_of(wrapped)
    try:
        kek = ring.kek(version)
    except KeyError:
        raise IntegrityError("the key ring has no key with which this data key was wrapped") from None
    header = wrapped[: _HEADER.size]
    try:
        secret = kek.decrypt(wrapped[6:18], wrapped[18:], _bound(header, key_id, scope))
    except InvalidTag:
        raise IntegrityError("a wrapped data key was changed or moved") from None
    return DataKey(key_id, scope, secret)


def kek_version_of(wrapped: bytes) -> int:
    """The version of the KEK that a wrapped key needs: rewrap what isn't current. Raises IntegrityError."""
    if len(wrapped) != WRAPPED_BYTES:
        raise IntegrityError("a wrapped data key has the wrong length")
    version, suite, kek = _HEADER.unpack_from(wrapped)
    if version != VERSION or suite != AES_256_GCM:
        raise IntegrityError("a wrapped data key has an unknown format")
    return int(kek)


def _bound(header: bytes, key_id: bytes, scope: KeyScope) -> bytes:
    parts = (scope.legal_entity.bytes, scope.subject.bytes, scope.retention.encode())
    return length_prefixed(b"kehu/data-key", header, key_id, *parts)


class KeyCache:
    """Opened data keys, least recently used out first; safe for threads.

    ``max_age`` (seconds) bounds how long another process may go on reading with a key that was destroyed.
    """

    def __init__(
        self, capacity: int = 50_000, max_age: float = 300.0, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        if capacity < 1:
            raise ValueError("a key cache holds at least one key")
        self._capacity = capacity
        self._max_age = max_age
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._kept: OrderedDict[bytes, tuple[float, DataKey]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def __repr__(self) -> str:
        return f"<KeyCache of {len(self)}>"

    def get(self, key_id: bytes, /) -> DataKey | None:
        with self._lock:
            return self._find(key_id, self._monotonic())

    def get_many(self, key_ids: Iterable[bytes]) -> dict[bytes, DataKey]:
        """The keys that are here, for a whole page under one lock."""
        with self._lock:
            now = self._monotonic()
            return {key_id: key for key_id in key_ids if (key := self._find(key_id, now)) is not None}

    def put(self, key: DataKey) -> None:
        with self._lock:
            self._kept[key.id] = (self._monotonic(), key)
            self._kept.move_to_end(key.id)
            while len(self._kept) > self._capacity:
                self._kept.popitem(last=False)

    def forget(self, key_id: bytes) -> None:
        """Drop a key that was destroyed."""
        with self._lock:
            self._kept.pop(key_id, None)

    def _find(self, key_id: bytes, now: float) -> DataKey | None:
        found = self._kept.get(key_id)
        if found is None:
            return None
        if now - found[0] > self._max_age:
            del self._kept[key_id]
            return None
        self._kept.move_to_end(key_id)
        return found[1]
