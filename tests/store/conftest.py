"""A founded installation with two customers, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest

import kehu_realestate
from kehu.customers.context import Request
from kehu.testing import World, world


@dataclass
class Stored:
    """Two customers with a contact point each."""

    world: World
    customers: tuple[UUID, UUID]


@pytest.fixture
def stored(tmp_path: Path, database_url: str) -> Iterator[Stored]:
    with world(tmp_path / "var", database_url, (kehu_realestate,)) as made:
        principal = made.principal(every=True, staff="M002")
        acts = made.installation.acts
        customers = []
        for number, name in enumerate(("甲示例", "乙示例")):
            request = Request(principal=principal, idempotency_key=f"c{number}")
            values = {"kind": "PERSON", "stage": "PROSPECT", "name": name, "remark": f"备注{number}"}
            customer = acts.create_customer(request, values).customer
            contact = {"kind": "MOBILE", "mobile": f"1390000111{number}"}
            acts.add_row(Request(principal=principal, idempotency_key=f"r{number}"), "ContactPoint", customer, contact)
            customers.append(customer)
        yield Stored(made, (customers[0], customers[1]))
