"""How headers, labels and codes that people write are compared."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """The text without case, width, spaces and punctuation: ``联系 电话*:`` and ``联系电话`` compare equal."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if unicodedata.category(char)[0] in "LN" or char in "+<>≥≤")
