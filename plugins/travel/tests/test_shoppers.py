"""顾客信息(S11 §3.1) — a person and an organisation with name, contact, address, consumption, all classified."""

from __future__ import annotations

from pathlib import Path

import pytest

import kehu_travel
from kehu.testing import World, world

CREATE = """
mutation ($input: CustomerInput!, $key: String!) {
  createCustomer(input: $input, idempotencyKey: $key) { ... on CreateCustomerSuccess { id } }
}
"""
ADD = """
mutation (
  $id: ID!, $contact: ContactPointInput!, $address: AddressInput!, $habit: DerivedFactInput!,
  $one: String!, $two: String!, $three: String!
) {
  contact: addContactPoint(parent: $id, input: $contact, idempotencyKey: $one) { __typename }
  address: addAddress(parent: $id, input: $address, idempotencyKey: $two) { __typename }
  habit: addDerivedFact(parent: $id, input: $habit, idempotencyKey: $three) { __typename }
}
"""
SEEN = """
query ($id: ID!, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  customer(id: $id) {
    kind name organisationName contacts { mobile } addresses { value { display } } derived { kind value }
  }
}
"""
POLICIES = "{ fieldPolicies { type field level categories { code } } }"
KEPT = {
    ("Customer", "name"), ("Customer", "organisationName"), ("ContactPoint", "mobile"), ("Address", "value"),
    ("DerivedFact", "value"), ("TravelTraveller", "diet"), ("TravelTrip", "destination"),
}  # fmt: skip


@pytest.mark.rule("S11.R03")
def test_a_person_and_an_organisation_with_every_field_classified(tmp_path: Path, database_url: str) -> None:
    with world(tmp_path, database_url, (kehu_travel,)) as made:
        person = stored(made, {"kind": "PERSON", "stage": "ACTIVE", "name": "欧阳示例"}, "13900001234")
        company = stored(
            made, {"kind": "ORGANISATION", "stage": "ACTIVE", "organisationName": "示例旅游有限公司"}, "13900004321"
        )
        assert person == ("PERSON", "欧阳示例", None, "13900001234", "每年出境两次")
        assert company == ("ORGANISATION", None, "示例旅游有限公司", "13900004321", "每年出境两次")
        policies = made.data(made.principal(every=True), POLICIES)["fieldPolicies"]
    classified = {(row["type"], row["field"]) for row in policies if row["categories"]}
    assert classified >= KEPT
    assert not [row for row in policies if not row["categories"] or not row["level"]]


def stored(made: World, said: dict[str, str], mobile: str) -> tuple[object, ...]:
    """Stores a customer with contact, address and consumption; gives what is read back."""
    clerk = made.principal(every=True)
    customer = made.data(clerk, CREATE, input=said, key=mobile)["createCustomer"]["id"]
    made.data(
        clerk, ADD, id=customer, one=f"1{mobile}", two=f"2{mobile}", three=f"3{mobile}",
        contact={"kind": "MOBILE", "mobile": mobile},
        address={"kind": "CORRESPONDENCE", "value": {"city": "佛山市", "district": "顺德区"}},
        habit={"kind": "CONSUMPTION_HABIT", "value": "每年出境两次", "derivedAt": "2026-11-23T10:00:00+08:00"},
    )  # fmt: skip
    seen = made.data(clerk, SEEN, id=customer, why="顾客咨询")["customer"]
    assert "顺德区" in seen["addresses"][0]["value"]["display"]
    return (
        seen["kind"],
        seen["name"],
        seen["organisationName"],
        seen["contacts"][0]["mobile"],
        seen["derived"][0]["value"],
    )
