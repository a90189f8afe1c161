"""Two clients that front ends use, Apollo Client and Python gql, see the same answers from the running server."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from gql import Client, gql
from gql.transport.exceptions import TransportQueryError, TransportServerError
from gql.transport.httpx import HTTPXTransport

OPERATIONS = json.loads(Path(__file__).with_name("operations.json").read_text(encoding="utf-8"))
SCOPES = ("customer.core:read", "customer.core:write", "customer.identity:read", "organisation:read")


def with_apollo(url: str, token: str, operations: list[Any], run_script: Any) -> dict[str, Any]:
    asked = json.dumps(operations)
    answers: dict[str, Any] = run_script("apollo.mjs", KEHU_URL=url, KEHU_TOKEN=token, KEHU_OPERATIONS=asked)
    return answers


def with_gql(url: str, token: str, operations: list[Any]) -> dict[str, Any]:
    transport = HTTPXTransport(url, headers={"authorization": f"Bearer {token}"})
    answers = {}
    with Client(transport=transport) as session:
        for operation in operations:
            request = gql(operation["document"])
            request.variable_values = operation["variables"]
            try:
                answers[operation["name"]] = {"data": session.execute(request), "errors": []}
            except TransportQueryError as error:
                answers[operation["name"]] = {"data": error.data, "errors": error.errors}
            except TransportServerError as error:
                answers[operation["name"]] = {"data": None, "errors": [{"status": error.code}]}
    return answers


@pytest.fixture(scope="module", params=["apollo", "gql"])
def answers(request: pytest.FixtureRequest, server: Any) -> dict[str, Any]:
    """What the client gave for each operation; the first one finds the unit that new customers belong to."""
    token = server.token(*SCOPES, purposes=["SERVICE"])

    def ask(operations: list[Any]) -> dict[str, Any]:
        if request.param == "gql":
            return with_gql(server.graphql, token, operations)
        return with_apollo(server.graphql, token, operations, request.getfixturevalue("run_script"))

    first, *others = copy.deepcopy(OPERATIONS)
    found = ask([first])
    unit = found["unit"]["data"]["organisationUnits"]["edges"][0]["node"]["id"]
    for operation in others:
        if "input" in operation["variables"]:
            operation["variables"]["input"]["unit"] = unit
    return found | ask(others)


def test_query(answers: dict[str, Any]) -> None:
    answer = answers["page"]
    assert answer["errors"] == []
    customers = answer["data"]["customers"]
    assert customers["totalCount"] >= 2000
    assert len(customers["edges"]) == 20
    assert customers["pageInfo"]["hasNextPage"] is True
    names = [edge["node"]["name"] for edge in customers["edges"] if edge["node"]["name"]]
    assert names
    assert all("*" in name for name in names)


def test_mutation(answers: dict[str, Any]) -> None:
    assert answers["create"]["errors"] == []
    result = answers["create"]["data"]["createCustomer"]
    assert result["__typename"] == "CreateCustomerSuccess", result
    assert result["customer"] == {**result["customer"], "id": result["id"], "name": "欧阳**"}


def test_wrong_value_is_a_typed_answer(answers: dict[str, Any]) -> None:
    assert answers["problem"]["errors"] == []
    result = answers["problem"]["data"]["createCustomer"]
    assert result["__typename"] == "Problems"
    problem = result["problems"][0]
    assert problem["path"][-1] == "uscc"
    assert problem["code"]
    assert problem["message"]["zh"]
    assert problem["message"]["en"]


def test_denied_field_is_null_beside_the_rest(answers: dict[str, Any]) -> None:
    answer = answers["denied"]
    node = answer["data"]["customers"]["edges"][0]["node"]
    assert node["remark"] is None
    assert node["id"]
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN_FIELD"]


def test_invalid_operation_is_refused_whole(answers: dict[str, Any]) -> None:
    assert answers["invalid"]["data"] is None
    assert answers["invalid"]["errors"]
