"""Marking core code with the rules that it carries out, so that the rule matrix finds it where it runs.

Declarations of plugins cite rules as data. What core does in code (row scope, masks, evidence) says so with
this decorator, beside the code; `kehu.regulations` collects both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from kehu.errors import DeclarationError

Marked = TypeVar("Marked", bound=Callable[..., object])
ATTRIBUTE = "__enforces__"
_RULE = re.compile(r"S(?:[1-9]|1[0-7])\.R\d\d")


def enforces(*rules: str) -> Callable[[Marked], Marked]:
    """Say which rules a function or class carries out. Raises `DeclarationError` for what isn't a rule id."""
    for rule in rules:
        if not _RULE.fullmatch(rule):
            raise DeclarationError(f"{rule!r} is not the id of a rule (S17.R08)")

    def mark(marked: Marked) -> Marked:
        setattr(marked, ATTRIBUTE, rules)
        return marked

    return mark
