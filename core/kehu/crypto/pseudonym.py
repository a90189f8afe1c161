"""Pseudonyms and keyed digests for the evidence: the log can be checked and published without naming anybody."""

from __future__ import annotations

import hmac
from uuid import UUID

from kehu.crypto.canonical import length_prefixed
from kehu.crypto.keyring import Family, KeyRing, Opaque


class Pseudonyms(Opaque):
    """HMAC-SHA256 under keys derived from the ring's pseudonym key. Safe for threads."""

    __slots__ = ("_digests", "_subjects")

    def __init__(self, ring: KeyRing) -> None:
        self._subjects = ring.derive(Family.PSEUDONYM, "subject/1")
        self._digests = ring.derive(Family.PSEUDONYM, "digest/1")

    def subject(self, legal_entity: UUID, subject: UUID) -> str:
        """The stable pseudonym of a customer within a legal entity: 32 hex digits."""
        return hmac.digest(self._subjects, legal_entity.bytes + subject.bytes, "sha256")[:16].hex()

    def digest(self, kind: str, salt: str, data: bytes) -> str:
        """A keyed digest (64 hex digits) of data that must not stand in the log, e.g. a value before and after.

        ``salt`` is the entry's own: equal data in two entries can't be linked, and without the key not be guessed.
        """
        return hmac.digest(self._digests, length_prefixed(kind.encode(), salt.encode(), data), "sha256").hex()

    def reason(self, salt: str, text: str) -> str:
        """The digest of the reason that a caller gave for a purpose."""
        return self.digest("reason", salt, text.encode("utf-8", "surrogatepass"))
