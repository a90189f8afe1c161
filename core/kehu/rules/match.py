"""Match rule (查重规则): which customers may be one and the same person or organisation, as frozen data."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kehu.errors import DeclarationError
from kehu.labels import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRule:
    """Customers with the same values in all these fields are a possible duplicate, until a person has decided.

    ``fields`` are ``Record.field`` of fields with exact look-up (a blind index): rows of one customer that hold them
    are compared without being opened.
    """

    key: str
    label: Label
    fields: tuple[str, ...]
    cites: tuple[str, ...]

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9]*\.[a-z][a-z0-9_]*", self.key) or len(self.key) > 60:
            raise DeclarationError(f"match rule key {self.key!r} is not plugin.rule_name of 60 characters at most")
        if not self.fields or len(set(self.fields)) != len(self.fields):
            raise DeclarationError(f"match rule {self.key} names no field, or one twice")
