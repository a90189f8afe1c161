"""For tests of core and of plugins: an installation on an empty database, and short ways to use it as a caller."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import count
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson

from kehu.access.principal import Principal
from kehu.app import Declared, Installation
from kehu.founding import acting, found, place_of, staff_of
from kehu.graph.execute import GraphRequest, GraphResponse
from kehu.settings import Settings

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""The time at which a test's clock starts: noon in Shanghai."""


class Clock:
    """A clock that a test sets."""

    def __init__(self, start: datetime = NOON) -> None:
        self.now = start

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


def seeded(seed: str) -> Callable[[int], bytes]:
    """Deterministic bytes in place of ``os.urandom``: two installations with one seed make the same ids."""
    numbers = count()

    def random(size: int) -> bytes:
        return hashlib.shake_128(f"{seed}/{next(numbers)}".encode()).digest(size)

    return random


@dataclass(frozen=True)
class World:
    """A founded installation with a clock, as callers see it."""

    installation: Installation
    clock: Clock

    def principal(
        self,
        *scopes: str,
        purposes: Iterable[str] | None = None,
        unit: str | None = None,
        staff: str | None = None,
        client: str = "test-client",
        every: bool = False,
    ) -> Principal:
        """A caller with these scopes (``every``: all), seeing the unit of that code and below; by default the top."""
        whole = acting(
            self.installation, place_of(self.installation, unit), staff_of(self.installation, staff) if staff else None
        )
        return Principal(
            client=client,
            subject=whole.subject,
            legal_entity=whole.legal_entity,
            unit=whole.unit,
            unit_path=whole.unit_path,
            scopes=whole.scopes if every else frozenset(scopes),
            purposes=whole.purposes if purposes is None else frozenset(purposes),
            staff=whole.staff,
        )

    def respond(self, principal: Principal, query: str, /, **variables: Any) -> GraphResponse:
        """The raw answer to one request."""
        return self.installation.executor.execute(GraphRequest(query, variables), principal)

    def ask(self, principal: Principal, query: str, /, **variables: Any) -> dict[str, Any]:
        """The answer to one request, as a client reads it."""
        answer: dict[str, Any] = orjson.loads(self.respond(principal, query, **variables).body)
        return answer

    def data(self, principal: Principal, query: str, /, **variables: Any) -> dict[str, Any]:
        """The data of an answer that must have no errors."""
        answer = self.ask(principal, query, **variables)
        assert "errors" not in answer, answer["errors"]
        found: dict[str, Any] = answer["data"]
        return found


@lru_cache
def _declared(plugins: tuple[ModuleType, ...] | None) -> Declared:
    """Declarations and schema once for all worlds of a process: they hold no state."""
    return Declared.by(plugins)


@contextmanager
def world(
    folder: Path,
    database_url: str,
    plugins: Iterable[ModuleType] | None = None,
    *,
    seed: str | None = None,
    **settings: Any,
) -> Iterator[World]:
    """A founded installation on an empty database; with ``seed`` its randomness is deterministic."""
    clock = Clock()
    made = Settings(data=folder, database_url=database_url, **settings)
    more: dict[str, Any] = {"random": seeded(seed)} if seed is not None else {}
    declared = _declared(None if plugins is None else tuple(plugins))
    with Installation.open(made, declared, now=clock, **more) as installation:
        found(installation)
        yield World(installation, clock)
