"""What the log gives back: receipts, stored entries, filters."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from kehu.evidence.entry import Entry, Kind

GENESIS = bytes(32)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an entry is durable. ``head`` is the chain head after it: kept elsewhere, it finds a rewritten log."""

    entry_id: UUID
    position: int
    leaf: bytes
    head: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the log: how many entries, and the chain head after the last."""

    size: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Stored:
    """An entry as it stands in the log."""

    position: int
    entry: Entry
    leaf: bytes
    head: bytes


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries; None is any. ``subject`` is a pseudonym of a customer, ``actor`` a staff or service account id."""

    kind: Kind | None = None
    actor: str | None = None
    legal_entity: str | None = None
    subject: str | None = None


def next_head(head: bytes, leaf: bytes) -> bytes:
    """The chain head after one more leaf."""
    return sha256(head + leaf).digest()
