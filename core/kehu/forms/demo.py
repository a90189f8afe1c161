"""Synthetic submissions of a plugin's forms, for ``kehu run --demo``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """``submissions(random, count)`` yields what a person would have typed into ``form``; nobody is real."""

    form: str
    share: float
    """Part of the demo's customers that this form brings, 0 to 1."""
    submissions: Callable[[Random, int], Iterator[Mapping[str, object]]]
