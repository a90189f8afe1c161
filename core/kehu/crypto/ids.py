"""UUIDv7 (RFC 9562 §5.7), which Python 3.11 lacks."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from uuid import UUID


def uuid7(*, clock_ms: Callable[[], int] | None = None, random: Callable[[int], bytes] = os.urandom) -> UUID:
    """A time-ordered UUID: 48 bits of Unix milliseconds, 74 random bits. Ids of one millisecond are unordered."""
    milliseconds = clock_ms() if clock_ms is not None else time.time_ns() // 1_000_000
    tail = int.from_bytes(random(10), "big")
    high = (milliseconds & 0xFFFF_FFFF_FFFF) << 16 | 0x7000 | (tail >> 68)
    low = 0b10 << 62 | (tail & 0x3FFF_FFFF_FFFF_FFFF)
    return UUID(int=high << 64 | low)
