"""A gas utility: an installation with the plugin, and short ways to fill in its forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import kehu_gas
from kehu.plugin import Role
from kehu.testing import World, world

WRITTEN = {"province": "广东省", "city": "佛山市", "district": "顺德区", "detail": "示例路1号"}
METER = {
    "meter": "QB20260001", "meterType": "IOT", "manufacturer": "EXAMPLE_METERS", "brand": "EXAMPLE_B", "model": "G4",
    "installedOn": "2026-11-01", "replaceBy": "2036-11-01", "startReading": "0.5",
}  # fmt: skip
EQUIPMENT = {"equipment": "COOKER", "equipmentCount": 1}
CONFIRMED = {"confirmation": "CONFIRMED", "confirmedOn": "2026-11-20"}
STANDARD = {"basis": "STANDARD", "street": "BINHE_ROAD", "community": "BINHE_COURT", "building": "B3",
            "entrance": "U2", "room": "1201"}  # fmt: skip
PLACE = ("street", "community", "building", "entrance", "room")
HOUSEHOLD = {
    "number": "10000001", "name": "欧阳示例", "telephone": "13900001234", **CONFIRMED, **STANDARD, **METER, **EQUIPMENT,
}  # fmt: skip
COMMERCIAL = {
    "number": "20000001", "category": "INDUSTRIAL", "organisationName": "示例食品有限公司", "telephone": "13900004321",
    **CONFIRMED, "contract": "GQ-2026-01", "contractAddress": WRITTEN,
    "meters": [METER, {**METER, "meter": "QB20260002", "model": "G10"}], "allEquipment": [EQUIPMENT],
}  # fmt: skip
SUBMIT = """
mutation ($form: String!, $said: FormData!, $key: String!) {
  submitForm(key: $form, version: 1, data: $said, idempotencyKey: $key) {
    ... on SubmitFormSuccess { id }
    ... on Problems { problems { code path } }
  }
}
"""


def but(said: Mapping[str, object], *left_out: str, **changed: object) -> dict[str, object]:
    """What is said, with some of it left out or changed."""
    return {name: value for name, value in {**said, **changed}.items() if name not in left_out}


class Desk:
    """The world, and a caller with every scope who is staff member S001."""

    def __init__(self, made: World) -> None:
        self.world = made
        self.clerk = made.principal(every=True, staff="S001")
        self._keys = count(1)

    def fill(self, form: str, said: Mapping[str, object], who: Any = None) -> dict[str, Any]:
        """The answer to a filled-in form: its result, or the first error."""
        answer = self.world.ask(who or self.clerk, SUBMIT, form=f"gas.{form}", said=said, key=self.key())
        return dict(answer["errors"][0]["extensions"] if "errors" in answer else answer["data"]["submitForm"])

    def refused(self, form: str, said: Mapping[str, object]) -> list[tuple[str, str]]:
        """Code and place of each problem."""
        return [(one["code"], "/".join(one["path"])) for one in self.fill(form, said)["problems"]]

    def taken(self, form: str, said: Mapping[str, object]) -> str:
        """The customer's id, of a form that must be taken."""
        result = self.fill(form, said)
        assert "id" in result, result
        return str(result["id"])

    def holder(self, role: Role, **more: Any) -> Any:
        """A caller who was given a role and nothing else."""
        return self.world.principal(*role.scopes, purposes=role.purposes, **more)

    def key(self) -> str:
        return f"key-{next(self._keys)}"

    def data(self, query: str, **variables: Any) -> dict[str, Any]:
        return self.world.data(self.clerk, query, **variables)


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[Desk]:
    with world(tmp_path, database_url, (kehu_gas,)) as made:
        yield Desk(made)


@pytest.fixture
def quick_desk(tmp_path: Path, sqlite_url: str) -> Iterator[Desk]:
    """On SQLite alone, for what doesn't depend on the database."""
    with world(tmp_path, sqlite_url, (kehu_gas,)) as made:
        yield Desk(made)
