"""《旅行社客户信息保密管理办法》,从门市看 — S8 from the side of an agency, its branch and its contractor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest

import kehu_travel
from kehu.testing import World, world
from kehu_travel.demo import DEMOS
from kehu_travel.roles import CONSULTANT, CONTRACTOR
from kehu_travel.scopes import RETENTION

ENROLMENT = {
    "name": "欧阳示例", "sex": "FEMALE", "telephone": "13900001234", "contractNumber": "LY00000001",
    "price": {"amount": "9800.00", "currency": "CNY"}, "signedOn": "2026-11-20", "tourCode": "T2612011",
    "kind": "OUTBOUND", "destination": "日本关西七日游", "departsOn": "2026-12-01", "returnsOn": "2026-12-07",
    "travellers": 2, "branch": "P01",
    "companions": [{"name": "诸葛示例", "telephone": "13900004321", "tourCode": "T2612011", "role": "COMPANION"}],
    "emergency": [{"name": "司徒示例", "telephone": "13900005555"}],
}  # fmt: skip
TRAVELLER = {
    "name": "诸葛示例", "sex": "MALE", "birthDate": "1988-01-01", "nationality": "CN", "telephone": "13900004321",
    "tourCode": "T2612011", "role": "COMPANION", "documentKind": "PASSPORT", "passport": "E12345678",
    "validUntil": "2030-01-01", "roomWith": "与欧阳示例同住", "diet": "素食", "assistance": "行动不便,需要轮椅",
}  # fmt: skip
LETTER = {
    "name": "欧阳示例", "telephone": "13900001234",
    "authorised": [
        {"grantee": "CONTRACTOR", "staff": "S003", "covers": "ACCOMPANY", "startsOn": "2026-12-01",
         "endsOn": "2026-12-07", "proof": "客户签署的授权书"},
    ],
}  # fmt: skip
SUBMIT = """
mutation ($form: String!, $said: FormData!, $key: String!) {
  submitForm(key: $form, version: 1, data: $said, idempotencyKey: $key) {
    ... on SubmitFormSuccess { id }
    ... on Problems { problems { code path } }
  }
}
"""
PARTY = """
query ($id: ID!, $why: Reason!) @purpose(code: "TRAVEL_BOOKING", reason: $why) {
  customer(id: $id) {
    name
    holdings { kind number travel { tourCode kind destination departsOn returnsOn travellers } }
    relationships { kind other { name stage travelling { tourCode role } } }
  }
}
"""
DETAILS = """
  customers(filter: {travelling: {tourCode: {eq: "T2612011"}}}) { nodes {
    name birthDate documents { kind passport validUntil } travelling { roomWith diet assistance }
  } }
"""
MASKED = f"{{ {DETAILS} }}"
CLEAR = f'query ($why: Reason!) @purpose(code: "TRAVEL_DOCUMENTS", reason: $why) {{ {DETAILS} }}'
GUIDING = f'query ($why: Reason!) @purpose(code: "TRAVEL_GUIDING", reason: $why) {{ {DETAILS} }}'
AUTHORISED = """
{ customers(filter: {travelAuthorisations: {covers: {eq: ACCOMPANY}}}) { nodes {
  id travelAuthorisations { id version grantee staff { code } covers startsOn endsOn endedOn }
} } }
"""
WITHDRAW = """
mutation ($id: ID!, $version: Int!) {
  changeTravelAuthorisation(id: $id, expectedVersion: $version, input: {endedOn: "2026-11-23"}, idempotencyKey: "w") {
    ... on ChangeTravelAuthorisationSuccess { travelAuthorisation { endedOn } }
  }
}
"""


class Agency:
    """The world and a caller with every scope."""

    def __init__(self, made: World) -> None:
        self.world = made
        self.clerk = made.principal(every=True, staff="S001")
        self._keys = count(1)

    def fill(self, form: str, said: Mapping[str, object]) -> dict[str, Any]:
        """The answer to a filled-in form: its result, or the first error."""
        key = f"key-{next(self._keys)}"
        answer = self.world.ask(self.clerk, SUBMIT, form=f"travel.{form}", said=said, key=key)
        return dict(answer["errors"][0]["extensions"] if "errors" in answer else answer["data"]["submitForm"])

    def taken(self, form: str, said: Mapping[str, object]) -> str:
        result = self.fill(form, said)
        assert "id" in result, result
        return str(result["id"])


@pytest.fixture
def agency(tmp_path: Path, database_url: str) -> Iterator[Agency]:
    with world(tmp_path, database_url, (kehu_travel,)) as made:
        yield Agency(made)


def test_an_enrolment_makes_a_trip_and_a_file_for_every_traveller(agency: Agency) -> None:
    customer = agency.taken("enrolment", ENROLMENT)
    seen = agency.world.data(agency.clerk, PARTY, id=customer, why="出票")["customer"]
    [held] = seen["holdings"]
    assert (held["kind"], held["number"], held["travel"]) == (
        "CONTRACT", "LY00000001",
        {"tourCode": "T2612011", "kind": "OUTBOUND", "destination": "日本关西七日游", "departsOn": "2026-12-01",
         "returnsOn": "2026-12-07", "travellers": 2},
    )  # fmt: skip
    others = {row["kind"]: row["other"] for row in seen["relationships"]}
    assert others == {
        "TRAVEL_COMPANION": {
            "name": "诸葛示例", "stage": "RELATED", "travelling": [{"tourCode": "T2612011", "role": "COMPANION"}],
        },
        "TRAVEL_EMERGENCY": {"name": "司徒示例", "stage": "RELATED", "travelling": []},
    }  # fmt: skip
    # 同行人补充出行信息时还是同一份档案
    agency.taken("traveller_details", TRAVELLER)
    assert agency.world.data(agency.clerk, "{ customers { totalCount } }")["customers"]["totalCount"] == 3


@pytest.mark.rule("S8.R02")
def test_a_reader_without_authorisation_gets_masks_and_leaves_a_trace(agency: Agency) -> None:
    made = agency.world
    agency.taken("enrolment", ENROLMENT)
    agency.taken("traveller_details", TRAVELLER)
    clear = made.data(agency.clerk, CLEAR, why="代办签证")["customers"]["nodes"]
    assert clear == [
        {
            "name": "诸葛示例", "birthDate": "1988-01-01",
            "documents": [{"kind": "PASSPORT", "passport": "E12345678", "validUntil": "2030-01-01"}],
            "travelling": [{"roomWith": "与欧阳示例同住", "diet": "素食", "assistance": "行动不便,需要轮椅"}],
        }
    ]  # fmt: skip
    reader = made.principal(*CONSULTANT.scopes, purposes=(), client="reader")
    answer = made.ask(reader, MASKED)
    [masked] = answer["data"]["customers"]["nodes"]
    assert masked == {
        "name": "诸葛**", "birthDate": "1988-**-**",
        "documents": [{"kind": "PASSPORT", "passport": "E****78", "validUntil": "2030-01-01"}],
        "travelling": [{"roomWith": "***", "diet": "***", "assistance": "***"}],
    }  # fmt: skip
    stranger = made.principal("customer.core:read", purposes=("TRAVEL_BOOKING",), client="stranger")
    denied = made.ask(stranger, "{ customers { nodes { name travelling { diet } } } }")
    assert {(node["name"], node["travelling"]) for node in denied["data"]["customers"]["nodes"]} == {(None, None)}
    for caller, asked in (("reader", answer), ("stranger", denied)):
        receipt = asked["extensions"]["governance"]
        log = made.data(made.principal("evidence:read"), "{ evidence(first: 50) { id client } }")["evidence"]
        assert (receipt["entry"], caller) in {(row["id"], row["client"]) for row in log}


def test_a_contractor_sees_his_own_unit_and_never_a_document_in_clear(agency: Agency) -> None:
    made = agency.world
    agency.taken("enrolment", ENROLMENT)
    guide = made.principal(*CONTRACTOR.scopes, purposes=CONTRACTOR.purposes, unit="P02", client="guide")
    assert made.data(guide, "{ customers { totalCount } }")["customers"]["totalCount"] == 0
    agency.taken("traveller_details", TRAVELLER)
    inside = made.principal(*CONTRACTOR.scopes, purposes=CONTRACTOR.purposes, client="inside")
    answer = made.ask(inside, GUIDING, why="接团")
    [seen] = answer["data"]["customers"]["nodes"]
    assert (seen["name"], seen["documents"][0]["passport"]) == ("诸葛示例", "E****78")
    assert (seen["travelling"][0]["diet"], seen["travelling"][0]["assistance"]) == ("素食", None)
    assert answer["errors"][0]["extensions"]["required"] == ["customer.health:read"]


def test_an_authorisation_says_who_for_what_and_until_when(agency: Agency) -> None:
    made = agency.world
    customer = agency.taken("enrolment", ENROLMENT)
    assert agency.taken("authorisation_letter", LETTER) == customer
    [found] = made.data(agency.clerk, AUTHORISED)["customers"]["nodes"]
    [row] = found["travelAuthorisations"]
    assert (found["id"], row["grantee"], row["staff"], row["endsOn"], row["endedOn"]) == (
        customer, "CONTRACTOR", {"code": "S003"}, "2026-12-07", None,
    )  # fmt: skip
    made.data(agency.clerk, WITHDRAW, id=row["id"], version=row["version"])
    assert made.data(agency.clerk, AUTHORISED)["customers"]["nodes"] == []  # 收回的授权不再有效
    nobody = {**LETTER, "authorised": []}
    assert [problem["path"] for problem in agency.fill("authorisation_letter", nobody)["problems"]] == [["authorised"]]


WRONG = (
    ({"passport": "123"}, "passport"),
    ({"passport": None, "documentKind": "RESIDENT_ID"}, "residentId"),
    ({"passport": None, "documentKind": "RESIDENT_ID", "residentId": "110105194912310021"}, "residentId"),
    ({"passport": None, "documentKind": "EXIT_PERMIT"}, "documentNumber"),
    ({"documentKind": "EXIT_PERMIT", "documentNumber": "C12345678"}, "passport"),
    ({"passport": None}, "passport"),
)
"""Changes of `TRAVELLER`, and the field for which each is refused."""


def test_incorrect_or_incomplete_travellers_are_refused_by_field(agency: Agency) -> None:
    for changes, field in WRONG:
        said = {name: value for name, value in {**TRAVELLER, **changes}.items() if value is not None}
        refused = agency.fill("traveller_details", said)
        assert [problem["path"] for problem in refused["problems"]] == [[field]]
    permit = {**TRAVELLER, "documentKind": "EXIT_PERMIT", "documentNumber": "C12345678"}
    agency.taken("traveller_details", {name: value for name, value in permit.items() if name != "passport"})


def test_the_retention_of_travel_is_two_years_from_the_end_of_the_trip() -> None:
    [travel] = RETENTION
    assert (travel.key, travel.minimum_years, travel.cites) == ("travel", 2, ("C-35", "F-60", "S8.R08"))


def test_the_forms_take_what_the_demo_submits(agency: Agency) -> None:
    for demo in DEMOS:
        for said in demo.submissions(Random(7), 12):
            agency.taken(demo.form.removeprefix("travel."), said)
