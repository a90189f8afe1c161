"""docs/graphql.md: every example is run as its caller would run it, and answers as the page says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kehu_realestate
from kehu.access.principal import Principal
from kehu.testing import World, world

PAGE = Path(__file__).parents[2] / "docs" / "graphql.md"
EXAMPLE = re.compile(
    r"<!-- caller=(?P<caller>\w+)(?: error=(?P<error>\w+))? -->\n```graphql\n(?P<query>.*?)```\n"
    r"(?:```variables\n(?P<variables>.*?)```\n)?(?:```answer\n(?P<answer>.*?)```\n)?",
    re.DOTALL,
)
READ = ("core", "identity", "contact", "grade", "holding", "property", "note", "judgement")
CALLERS: dict[str, tuple[str, ...]] = {
    "reader": tuple(f"customer.{area}:read" for area in READ),
    "service": (
        "customer.core:read",
        *(f"customer.{a}:{b}" for a in ("identity", "contact") for b in ("read", "reveal")),
    ),
    "auditor": ("schema:read", "evidence:read"),
    "finder": ("customer.core:read", "customer.contact:lookup"),
    "searcher": ("customer.core:read", "customer.identity:reveal"),
    "steward": ("customer.core:read", "customer.identity:read", "customer.duplicate:decide"),
    "writer": (
        *(f"customer.{area}:read" for area in READ),
        *(f"customer.{area}:write" for area in ("core", "holding", "judgement")),
    ),
}
FORMS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("Visit", {"name": "欧阳示例", "telephone": "13900001234", "visitedAt": "2026-11-02T10:00:00+08:00",
               "source": "VISIT", "purchaseIntention": True, "priceBand": "FROM_3M_TO_5M"}),
    ("Owner", {"name": "张示例", "telephone": "13900005678", "unitSold": "3栋1201", "propertyType": "APARTMENT",
               "price": {"amount": "8000000.00", "currency": "CNY"}, "discount": "无", "project": "P01",
               "address": {"city": "佛山市", "road": "示例路1号"}, "soldOn": "2026-10-01", "externalId": "MY1"}),
    ("Call", {"name": "李示例", "telephone": "13900007890", "calledAt": "2026-11-03T10:00:00+08:00",
              "source": "CALL_IN"}),
)  # fmt: skip


@dataclass(frozen=True)
class Example:
    caller: str
    error: str | None
    query: str
    variables: str
    answer: Any

    def __str__(self) -> str:
        return f"{self.caller}: {' '.join(self.query.split())[:60]}"


def examples() -> list[Example]:
    return [
        Example(m["caller"], m["error"], m["query"], m["variables"] or "{}", json.loads(m["answer"] or "null"))
        for m in EXAMPLE.finditer(PAGE.read_text(encoding="utf-8"))
    ]


@dataclass(frozen=True)
class Office:
    """Three customers, and what the page's placeholders stand for."""

    world: World
    placeholders: dict[str, str]

    def caller(self, name: str) -> Principal:
        staff = "M002" if name == "writer" else None
        return self.world.principal(*CALLERS[name], purposes=("SERVICE",), staff=staff)

    def ask(self, example: Example) -> dict[str, Any]:
        text = example.variables
        for placeholder, value in self.placeholders.items():
            text = text.replace(f'"{placeholder}"', f'"{value}"')
        return self.world.ask(self.caller(example.caller), example.query, **json.loads(text))


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """SQLite alone: what a page shows doesn't depend on the database, which other tests hold."""
    folder = tmp_path_factory.mktemp("graphql")
    with world(folder / "var", f"sqlite+pysqlite:///{folder / 'kehu.db'}", (kehu_realestate,)) as made:
        everybody = made.principal(every=True)
        for number, (form, values) in enumerate(FORMS):
            query = (
                f"mutation ($input: Realestate{form}Input!, $key: String!) {{ "
                f"recordRealestate{form}(input: $input, idempotencyKey: $key) {{ __typename }} }}"
            )
            told = made.data(everybody, query, input=values, key=f"form-{number}")
            assert told[f"recordRealestate{form}"]["__typename"] == f"RecordRealestate{form}Success"
            made.clock.forward(minutes=1)  # ids are in the order of time
        query = "{ customers(first: 1) { nodes { id unit { id } } pageInfo { endCursor } } }"
        first = made.data(everybody, query)["customers"]
        [customer], cursor = first["nodes"], first["pageInfo"]["endCursor"]
        yield Office(made, {"CUSTOMER_ID": customer["id"], "UNIT_ID": customer["unit"]["id"], "CURSOR": cursor})


@pytest.mark.parametrize("example", examples(), ids=str)
def test_each_example_answers_as_the_page_says(office: Office, example: Example) -> None:
    answer = office.ask(example)
    codes = {error["extensions"]["code"] for error in answer.get("errors", ())}
    assert codes == ({example.error} if example.error else set()), answer
    if example.answer is not None:
        assert answer["data"] == example.answer
    elif example.error is None:
        assert all(value is not None for value in answer["data"].values())


def test_the_receipt_is_the_one_of_the_masked_query(office: Office) -> None:
    text = re.search(r"```receipt\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert text is not None
    masked = next(e for e in examples() if "priceBand" in e.query)
    receipt = office.ask(masked)["extensions"]["governance"]
    assert set(receipt) == {"entry", "leaf", *json.loads(text[1])}
    assert {name: receipt[name] for name in json.loads(text[1])} == json.loads(text[1])


def test_one_error_for_a_denied_pattern(office: Office) -> None:
    denied = next(e for e in examples() if e.error == "FORBIDDEN_FIELD")
    errors = office.ask(denied)["errors"]
    assert sorted(error["extensions"]["pattern"] for error in errors) == ["customers.holdings", "customers.remark"]
    assert {error["path"][2] for error in errors} == {0}


def test_no_block_of_the_page_is_left_out() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(examples()) == text.count("```graphql") > 20
    assert sum(e.answer is not None for e in examples()) == text.count("```answer")
    assert sum(e.variables != "{}" for e in examples()) == text.count("```variables")
