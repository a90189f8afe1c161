"""A founded installation with the realestate plugin, on both databases, and short ways to act in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Select, select

import kehu_realestate
from kehu.access.principal import Principal
from kehu.customers.context import Outcome, Request
from kehu.testing import World, world

WRITE = ("customer.core:write", "customer.holding:write", "customer.judgement:write")
VISIT = {
    "name": "欧阳示例",
    "telephone": "13900001234",
    "visitedAt": "2026-11-02T10:00:00+08:00",
    "source": "VISIT",
}


@dataclass
class Office:
    """A sales office: a world, with requests that get keys of their own."""

    world: World
    _keys: Iterator[int] = field(default_factory=count)

    def request(self, principal: Principal | None = None, **more: Any) -> Request:
        key = more.pop("key", f"key-{next(self._keys)}")
        return Request(principal=principal or self.staff("M002"), idempotency_key=key, **more)

    def staff(self, code: str, *, unit: str | None = None, client: str = "test-client") -> Principal:
        return self.world.principal(every=True, unit=unit, staff=code, client=client)

    @property
    def acts(self) -> Any:
        return self.world.installation.acts

    def customer(self, principal: Principal | None = None, **values: object) -> Outcome:
        given = {"kind": "PERSON", "stage": "PROSPECT", "name": "张示例", **values}
        made: Outcome = self.acts.create_customer(self.request(principal), given)
        return made

    def visit(self, principal: Principal | None = None, **values: object) -> Outcome:
        data = {**VISIT, **values}
        return self.world.installation.submissions.record_form(self.request(principal), "realestate.visit", data)

    def rows(self, table: str, customer: UUID | None = None) -> list[Any]:
        found = self.world.installation.tables.metadata.tables[table]
        asked: Select[Any] = select(found)
        if customer is not None:
            asked = asked.where(found.c.customer_id == customer)
        with self.world.installation.engines.read.connect() as conn:
            return list(conn.execute(asked))

    def band(self, customer: UUID) -> str:
        [current] = [row for row in self.rows("grade", customer) if row.superseded_at is None]
        return str(current.band)

    def clear(self, record: str, customer: UUID) -> list[dict[str, object]]:
        """The opened values of a customer's rows."""
        from kehu.vocabulary.base import opened

        context = self.world.installation.context
        with context.engines.read.connect() as conn:
            work = context.unit_of_work(conn, self.request())
            return [{n: opened(v) for n, v in row.values.items()} for row in work.read_all(record, [customer])]


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    with world(tmp_path / "var", database_url, (kehu_realestate,)) as made:
        yield Office(made)


@pytest.fixture
def entries(office: Office) -> Callable[[], list[Any]]:
    """Everything that the evidence says, after the outbox was moved."""

    def read() -> list[Any]:
        office.world.installation.mover.drain()
        return [stored.entry for stored in office.world.installation.evidence.entries()]

    return read
