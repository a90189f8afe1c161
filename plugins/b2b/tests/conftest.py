"""A seller with archives and leads, as marketing sees it, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import kehu_b2b
from kehu.testing import World, world

RECORD = """
mutation ($input: %(name)sInput!, $key: String!) {
  record%(name)s(input: $input, idempotencyKey: $key) {
    ... on Record%(name)sSuccess { id customer { %(read)s } }
    ... on Problems { problems { code path } }
  }
}
"""
COMPANY: dict[str, Any] = {
    "archiveNumber": "DA00001",
    "stage": "ACTIVE",
    "name": "示例机电有限公司",
    "legalRepresentative": "欧阳示例",
    "address": {"province": "广东省", "city": "佛山市", "district": "顺德区", "road": "示例路1号"},
    "telephone": "0757-22334455",
    "postcode": "528300",
    "fax": "0757-22334466",
    "businessScope": "机电设备批发",
    "registeredCapital": {"amount": "10000000.00", "currency": "CNY"},
    "contacts": [{"name": "诸葛示例", "telephone": "13900001234"}],
    "needCharacteristic": "STANDARD",
    "needManner": "SINGLE_ORDER",
    "needVolume": "SMALL",
}
INQUIRY: dict[str, Any] = {
    "leadNumber": "XX00001",
    "receivedAt": "2026-11-20T10:00:00+08:00",
    "source": "HOTLINE",
    "contactAnswer": "GIVEN",
    "contact": [{"name": "司徒示例"}],
    "organisationAnswer": "GIVEN",
    "name": "示例贸易有限公司",
    "telephoneAnswer": "GIVEN",
    "telephone": "13900004321",
    "addressAnswer": "DECLINED",
    "nature": "ORDINARY_COMPANY",
    "request": "询问批量采购的价格与交货期",
}


@dataclass
class Seller:
    """A world with requests that get keys of their own; everything is done by a caller with all scopes unless given."""

    world: World
    _keys: Iterator[int] = field(default_factory=count)

    def caller(self, role: str | None = None, staff: str = "M001") -> Any:
        """Who has exactly what the role carries."""
        if role is None:
            return self.world.principal(every=True, staff=staff)
        declared = self.world.installation.registry.roles[role]
        return self.world.principal(*declared.scopes, purposes=declared.purposes, staff=staff, client=role)

    def fill(self, form: str, data: dict[str, Any], *, read: str = "id", caller: Any = None) -> dict[str, Any]:
        """What became of a filled-in form: data, problems or errors."""
        name = "".join(part.capitalize() for part in form.replace("_", ".").split("."))
        query = RECORD % {"name": name, "read": read}
        self.world.clock.forward(seconds=1)
        answer = self.world.ask(caller or self.caller(), query, input=data, key=f"key-{next(self._keys)}")
        if answer.get("errors"):
            return {"refused": answer["errors"][0]["extensions"]["code"]}
        [result] = answer["data"].values()
        return dict(result)

    def add(self, record: str, parent: str, data: dict[str, Any], caller: Any = None) -> dict[str, Any]:
        """The answer to the mutation that adds a row below ``parent``."""
        given = f'parent: $parent, input: $input, idempotencyKey: "key-{next(self._keys)}"'
        read = "{ __typename ... on Problems { problems { code } } }"
        query = f"mutation ($parent: ID!, $input: {record}Input!) {{ add{record}({given}) {read} }}"
        return self.world.ask(caller or self.caller(), query, parent=parent, input=data)

    def customer(self, form: str, data: dict[str, Any], read: str = "id") -> dict[str, Any]:
        """The customer of a form that must be taken."""
        made = self.fill(form, data, read=read)
        assert "customer" in made, made
        return dict(made["customer"])

    def count(self, filter_: str) -> int:
        query = f"{{ customers(filter: {filter_}) {{ totalCount }} }}"
        return int(self.world.data(self.caller(), query)["customers"]["totalCount"])


def without(data: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name not in names}


@pytest.fixture
def seller(tmp_path: Path, database_url: str) -> Iterator[Seller]:
    with world(tmp_path, database_url, (kehu_b2b,)) as made:
        yield Seller(made)


@pytest.fixture
def sqlite_seller(tmp_path: Path, sqlite_url: str) -> Iterator[Seller]:
    """For what no database decides."""
    with world(tmp_path, sqlite_url, (kehu_b2b,)) as made:
        yield Seller(made)
