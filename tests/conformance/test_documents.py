"""The documents that clients and the console send fit the schema that stands in schema/."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from graphql import GraphQLSchema, build_schema, parse, validate

ROOT = Path(__file__).resolve().parents[2]


def documents() -> list[str]:
    operations = json.loads(Path(__file__).with_name("operations.json").read_text(encoding="utf-8"))
    tabs = re.findall(r"`([^`]+)`", (ROOT / "tools/console/tabs.js").read_text(encoding="utf-8"))
    assert len(tabs) == 3
    return [*(operation["document"] for operation in operations if operation["name"] != "invalid"), *tabs]


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    return build_schema((ROOT / "schema" / "kehu.graphql").read_text(encoding="utf-8"))


@pytest.mark.parametrize("document", documents())
def test_document_fits_the_schema(schema: GraphQLSchema, document: str) -> None:
    assert validate(schema, parse(document)) == []
