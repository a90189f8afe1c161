"""The seam to the key ring: what signing and checking tokens needs of it, and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from joserfc.jwk import ECKey

from kehu.crypto.keyring import KeyRing


class SigningKeys(Protocol):
    """Token signing keys: EC P-256 for ES256 (RFC 7518 section 3.4)."""

    def current(self) -> tuple[str, ECKey]:
        """The key id and the private key that sign new tokens."""

    def public_jwks(self) -> Sequence[Mapping[str, str]]:
        """Public keys (RFC 7517) of every key whose tokens are still good, the current one included."""


class RingKeys:
    """The token keys of a key ring, each opened once."""

    def __init__(self, ring: KeyRing) -> None:
        signing = ring.token_key()
        self._current = (signing.kid, ECKey.import_key({**signing.private_jwk()}))
        self._public = tuple(key.public_jwk() for key in ring.token_keys())

    def current(self) -> tuple[str, ECKey]:
        return self._current

    def public_jwks(self) -> Sequence[Mapping[str, str]]:
        return self._public
