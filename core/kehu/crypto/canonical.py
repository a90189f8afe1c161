"""Canonical JSON: one value, one sequence of bytes.

The subset of RFC 8785 that needs no float formatting: keys sorted, no spaces, UTF-8, integers within ±(2^53-1).
Anything else (floats, dates, tuples, subclasses) is refused, because it would not come back as it went in.
"""

from __future__ import annotations

import orjson

MAX_INT = 2**53 - 1
_MAX_DEPTH = 32


def canonical_json(value: object) -> bytes:
    """The canonical bytes of a JSON value.

    Raises ValueError; the message names the kind of the trouble and never the value (it may be personal).
    """
    _check(value, 0)
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        raise ValueError("text holds a lone surrogate: not valid Unicode") from None


def _check(value: object, depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise ValueError(f"nested deeper than {_MAX_DEPTH}")
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return
    if isinstance(value, int) and kind is int:
        if not -MAX_INT <= value <= MAX_INT:
            raise ValueError("an integer is beyond 2^53-1: other readers of JSON would round it")
    elif isinstance(value, list) and kind is list:
        for item in value:
            if type(item) is not str:
                _check(item, depth + 1)
    elif isinstance(value, dict) and kind is dict:
        for key, item in value.items():
            if type(key) is not str:
                raise ValueError(f"a key is {type(key).__name__}, not str")
            if type(item) is not str:
                _check(item, depth + 1)
    else:
        raise ValueError(f"{kind.__name__} has no canonical JSON form")


def length_prefixed(*parts: bytes) -> bytes:
    """Join parts so that no two lists of parts give equal bytes: each with its length, 4 bytes big-endian."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)
