"""Blind index (盲索引): exact look-up of a sealed value without storing it.

Token format, final: key version (1 byte) ‖ first 16 bytes of HMAC-SHA256(key, normalised text in UTF-8). The key is
derived per legal entity and index name, so tokens of two entities or two fields can't be compared.
"""

from __future__ import annotations

import hmac
from functools import lru_cache
from uuid import UUID

from kehu.crypto.keyring import Family, KeyRing, Opaque

TOKEN_BYTES = 17


class BlindIndex(Opaque):
    """Makes the tokens of all blind indexes; derived keys are kept. Safe for threads."""

    __slots__ = ("_key", "_ring")

    def __init__(self, ring: KeyRing) -> None:
        self._ring = ring
        self._key = lru_cache(maxsize=4096)(self._derive)

    def token(self, legal_entity: UUID, index: str, normalised: str) -> bytes:
        """The token to store, by the current key. Raises ValueError when the text isn't valid Unicode."""
        return self._token(self._ring.current(Family.INDEX), legal_entity, index, normalised)

    def candidates(self, legal_entity: UUID, index: str, normalised: str) -> tuple[bytes, ...]:
        """Every token under which the value may stand: one per key version, newest first. For look-ups."""
        versions = reversed(self._ring.versions(Family.INDEX))
        return tuple(self._token(version, legal_entity, index, normalised) for version in versions)

    def _token(self, version: int, legal_entity: UUID, index: str, normalised: str) -> bytes:
        try:
            data = normalised.encode()
        except UnicodeEncodeError:
            raise ValueError("text holds a lone surrogate: not valid Unicode") from None
        return bytes((version,)) + hmac.digest(self._key(version, legal_entity, index), data, "sha256")[:16]

    def _derive(self, version: int, legal_entity: UUID, index: str) -> bytes:
        return self._ring.derive(Family.INDEX, "blind-index/1", legal_entity.bytes, index, version=version)
