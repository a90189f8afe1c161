"""``kehu duplicates``: look for customers who may be one and the same."""

from __future__ import annotations

from kehu.app import Installation
from kehu.cli.imports import request_of
from kehu.cli.words import say
from kehu.labels import Label
from kehu.settings import Settings

_FOUND = Label("新发现 {count} 对疑似重复的客户", "{count} new pairs of customers who may be one")


def find() -> None:
    """Apply every match rule to the whole legal entity; prints how many pairs are new, and nothing of them."""
    with Installation.open(Settings()) as installation:
        count = installation.duplicates.find(request_of(installation, None, None, "duplicates.find"))
    say(_FOUND, count=count)
