"""A city company: an installation with the plugin, and short ways to fill in its forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import kehu_tobacco
from kehu.plugin import Role
from kehu.testing import World, world

ADDRESS = {"province": "广东省", "city": "佛山市", "district": "顺德区", "detail": "示例路1号"}
SHOP = {
    "telephone": "13900001234", "residence": ADDRESS, "code": "XZ3-0001", "licence": "440606100001",
    "licenceUntil": "2029-12-31", "shopName": "惠民示例商店", "format": "GROCERY", "marketArea": "VILLAGE",
    "floorArea": "36.5", "address": ADDRESS, "payment": "CASH", "openedOn": "2020-05-01",
}  # fmt: skip
TRADER = {"name": "欧阳示例", **SHOP}
COMPANY = {
    "organisationName": "示例超市有限公司", "legalRepresentative": "诸葛示例", **SHOP, "telephone": "13900004321",
    "code": "CS1-0002", "licence": "440606200002", "format": "SUPERMARKET",
}  # fmt: skip
SUBMIT = """
mutation ($form: String!, $said: FormData!, $key: String!) {
  submitForm(key: $form, version: 1, data: $said, idempotencyKey: $key) {
    ... on SubmitFormSuccess { id }
    ... on Problems { problems { code path } }
  }
}
"""
GRADED = SUBMIT.replace("{ id }", "{ id customer { grades { band supersededAt } } }")


def but(said: Mapping[str, object], *left_out: str, **changed: object) -> dict[str, object]:
    """What is said, with some of it left out or changed."""
    return {name: value for name, value in {**said, **changed}.items() if name not in left_out}


class Office:
    """The world, and a caller with every scope who is staff member S001."""

    def __init__(self, made: World) -> None:
        self.world = made
        self.clerk = made.principal(every=True, staff="S001")
        self._keys = count(1)

    def fill(self, form: str, said: Mapping[str, object], who: Any = None) -> dict[str, Any]:
        """The answer to a filled-in form: its result, or the first error."""
        answer = self.world.ask(who or self.clerk, SUBMIT, form=f"tobacco.{form}", said=said, key=self.key())
        return dict(answer["errors"][0]["extensions"] if "errors" in answer else answer["data"]["submitForm"])

    def refused(self, form: str, said: Mapping[str, object]) -> list[tuple[str, str]]:
        """Code and place of each problem."""
        return [(one["code"], "/".join(one["path"])) for one in self.fill(form, said)["problems"]]

    def taken(self, form: str, said: Mapping[str, object]) -> str:
        """The customer's id, of a form that must be taken."""
        result = self.fill(form, said)
        assert "id" in result, result
        return str(result["id"])

    def grade(self, form: str, said: Mapping[str, object]) -> str:
        """The band of the customer right after the form was taken."""
        result = self.data(GRADED, form=f"tobacco.{form}", said=said, key=self.key())["submitForm"]
        [band] = [one["band"] for one in result["customer"]["grades"] if one["supersededAt"] is None]
        return str(band)

    def holder(self, role: Role, **more: Any) -> Any:
        """A caller who was given a role and nothing else."""
        return self.world.principal(*role.scopes, purposes=role.purposes, **more)

    def key(self) -> str:
        return f"key-{next(self._keys)}"

    def data(self, query: str, **variables: Any) -> dict[str, Any]:
        return self.world.data(self.clerk, query, **variables)


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    with world(tmp_path, database_url, (kehu_tobacco,)) as made:
        yield Office(made)


@pytest.fixture
def quick_office(tmp_path: Path, sqlite_url: str) -> Iterator[Office]:
    """On SQLite alone, for what doesn't depend on the database."""
    with world(tmp_path, sqlite_url, (kehu_tobacco,)) as made:
        yield Office(made)
