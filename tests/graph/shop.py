"""A sales office with 13 synthetic customers, made through GraphQL as any client would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import kehu_realestate
from kehu.access.principal import Principal
from kehu.graph.execute import GraphRequest
from kehu.testing import World, world

CUSTOMERS = 13
READ = ("customer.core:read", "customer.identity:read", "customer.contact:read", "customer.holding:read")
CREATE = """
mutation Create($key: String!, $input: CustomerInput!) {
  createCustomer(idempotencyKey: $key, input: $input) {
    __typename
    ... on CreateCustomerSuccess { id customer { id version name kind } }
    ... on Problems { problems { path code message { zh en } } }
  }
}"""
ADD = """
mutation Add($key: String!, $parent: ID!, $%(name)s: %(type)sInput!) {
  add%(type)s(idempotencyKey: $key, parent: $parent, input: $%(name)s) {
    __typename
    ... on Add%(type)sSuccess { id customer { id } }
    ... on Problems { problems { path code message { zh en } } }
  }
}"""


@dataclass
class Shop:
    """A world and what was put into it: ids of customers in the order in which they were made."""

    world: World
    customers: list[str] = field(default_factory=list)
    contacts: list[str] = field(default_factory=list)
    interactions: list[str] = field(default_factory=list)
    _keys: Iterator[int] = field(default_factory=count)

    @property
    def everybody(self) -> Principal:
        return self.world.principal(every=True)

    def caller(self, *scopes: str, **more: Any) -> Principal:
        return self.world.principal(*scopes, **more)

    def key(self) -> str:
        return f"key-{next(self._keys)}"

    def ask(self, query: str, /, principal: Principal | None = None, **variables: Any) -> dict[str, Any]:
        return self.world.ask(principal or self.everybody, query, **variables)

    def data(self, query: str, /, principal: Principal | None = None, **variables: Any) -> dict[str, Any]:
        return self.world.data(principal or self.everybody, query, **variables)

    def codes(self, query: str, /, principal: Principal | None = None, **variables: Any) -> list[str]:
        """The codes of the answer's errors."""
        return [error["extensions"]["code"] for error in self.ask(query, principal, **variables).get("errors", [])]

    def named(self, query: str, operation: str, **variables: Any) -> bytes:
        request = GraphRequest(query, variables, operation_name=operation, locale="en")
        return self.world.installation.executor.execute(request, self.everybody).body

    def create(self, **values: Any) -> dict[str, Any]:
        return _made(self.data(CREATE, key=self.key(), input=values)["createCustomer"])

    def add(self, type_: str, parent: str, **values: Any) -> dict[str, Any]:
        query = ADD % {"type": type_, "name": "input"}
        return _made(self.data(query, key=self.key(), parent=parent, input=values)[f"add{type_}"])


def _made(answer: dict[str, Any]) -> dict[str, Any]:
    assert "problems" not in answer, answer
    return answer


@contextmanager
def open_shop(folder: Path, database_url: str, **settings: Any) -> Iterator[Shop]:
    """A shop with its customers: every third an organisation, every second active, names and numbers by index."""
    with world(folder / "var", database_url, (kehu_realestate,), **settings) as made:
        shop = Shop(made)
        units = shop.data("{ organisationUnits { nodes { id code } } }")["organisationUnits"]["nodes"]
        ids = {unit["code"]: unit["id"] for unit in units}
        for n in range(CUSTOMERS):
            _fill(shop, n, ids["P02" if n % 2 else "P01"])
        yield shop


def _fill(shop: Shop, n: int, unit: str) -> None:
    who = (
        {"kind": "ORGANISATION", "organisationName": f"示例{n}有限公司"}
        if n % 3 == 0
        else {"kind": "PERSON", "name": f"示例{chr(0x4E00 + n)}"}
    )
    shop.world.clock.forward(seconds=1)
    made = shop.create(stage="ACTIVE" if n % 2 else "PROSPECT", unit=unit, **who)
    customer = made["id"]
    shop.customers.append(customer)
    for k in range(n % 3):
        shop.world.clock.forward(seconds=1)  # ids have their moment in front: later ones sort behind
        contact = shop.add("ContactPoint", customer, kind="MOBILE", mobile=f"139000{n:02}0{k:02}", preferred=k == 0)
        shop.contacts.append(contact["id"])
    # Pairs share a moment, so that an order needs its second key.
    visit = shop.add(
        "Interaction", customer, kind="VISIT" if n % 2 else "CALL", occurredAt=f"2026-11-{n // 2 + 1:02}T02:00:00Z"
    )
    shop.interactions.append(visit["id"])
    shop.world.clock.forward(seconds=1)
    if n % 4 == 0:
        amount = {"amount": f"{n + 1}000000.00", "currency": "CNY"}
        shop.add(
            "Holding", customer, kind="PROPERTY", amount=amount, openedOn=f"2026-0{n % 9 + 1}-15", externalId=f"H{n}"
        )
