"""Text for people, always in Chinese and English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Locale = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Label:
    """One text in the two languages of the product; ``str()`` gives both, Chinese first."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        if not self.zh.strip() or not self.en.strip():
            raise ValueError(f"a label needs both zh and en: {self.zh!r} / {self.en!r}")

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"

    def for_(self, locale: Locale) -> str:
        return self.zh if locale == "zh" else self.en

    def format(self, **values: object) -> Label:
        """Fill ``{name}`` placeholders in both texts; a placeholder nobody filled stays as it is.

        A missing translation value must never crash a request (shared/facts.md, traps).
        """
        filled = _Lenient(values)
        return Label(self.zh.format_map(filled), self.en.format_map(filled))


class _Lenient(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
