"""客户基本信息的录入(S16 3.1.1、3.1.3) — users, addresses and meters by the standard documents."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from kehu_gas.demo import DEMOS
from kehu_gas.roles import DATA_ENTRY, SERVICE

from .conftest import COMMERCIAL, HOUSEHOLD, METER, PLACE, STANDARD, WRITTEN, but

if TYPE_CHECKING:
    from .conftest import Desk

FILE = """
query ($id: ID!, $why: Reason!) @purpose(code: "GAS_FILE_UPKEEP", reason: $why) {
  customer(id: $id) {
    name contacts { mobile gasConfirmation { confirmation confirmedOn } }
    gasAccounts {
      number category contract
      address { basis street community building entrance room written { detail } }
      meters { type manufacturer brand model installedOn replaceBy startReading } equipment { kind count }
    }
    grades { band met supersededAt }
  }
}
"""
MASKED = "{ customers(first: 5) { nodes { gasAccounts { address { street building entrance room } } } } }"
CREATE = """
mutation { createCustomer(input: {kind: PERSON, stage: ACTIVE}, idempotencyKey: "bare") {
  ... on CreateCustomerSuccess { id }
} }
"""
ADD_ACCOUNT = """
mutation ($id: ID!) {
  addGasAccount(parent: $id, input: {number: "9", category: HOUSEHOLD}, idempotencyKey: "account") {
    ... on AddGasAccountSuccess { customer { grades { band met supersededAt } } }
  }
}
"""
INCOMPLETE = """
{ customers(filter: {grades: {grading: {eq: "gas.user_file"}, band: {eq: "INCOMPLETE"}}}) { totalCount nodes { id } } }
"""
IN_ORDER = "{ gasUnnamedAddresses(first: 10, orderBy: {field: position}) { nodes { position } } }"
UNTOLD = """
{ customers(filter: {gasAccounts: {address: {companyName: {eq: true}, nameTold: {eq: false}}}}) {
  totalCount nodes { gasAccounts { address { id version community } } }
} }
"""
NAMES = """
{ schemes(key: "gas.community") { terms { code label { zh } data { key value } } } }
"""
TOLD = """
mutation ($id: ID!, $version: Int!, $key: String!) {
  changeGasServiceAddress(id: $id, expectedVersion: $version, input: {nameTold: true}, idempotencyKey: $key) {
    ... on ChangeGasServiceAddressSuccess { gasServiceAddress { nameTold } }
  }
}
"""


@pytest.mark.rule("S16.R05", "S16.R06", "S16.R17")
def test_a_household_is_entered_and_read_back_and_what_lacks_a_part_is_reported(desk: Desk) -> None:
    clerk = desk.holder(DATA_ENTRY, staff="S001")
    result = desk.fill("household", HOUSEHOLD, clerk)
    assert "id" in result, result
    seen = desk.world.data(clerk, FILE, id=result["id"], why="核对档案")["customer"]
    [account] = seen["gasAccounts"]
    assert (seen["name"], seen["contacts"]) == (
        "欧阳示例", [{"mobile": "13900001234", "gasConfirmation": {"confirmation": "CONFIRMED",
                                                                  "confirmedOn": "2026-11-20"}}],
    )  # fmt: skip
    assert account["address"] == {**STANDARD, "written": None}
    assert account["meters"] == [{
        "type": "IOT", "manufacturer": "EXAMPLE_METERS", "brand": "EXAMPLE_B", "model": "G4",
        "installedOn": "2026-11-01", "replaceBy": "2036-11-01", "startReading": "0.5",
    }]  # fmt: skip
    assert account["equipment"] == [{"kind": "COOKER", "count": 1}]
    assert [one["band"] for one in seen["grades"] if one["supersededAt"] is None] == ["COMPLETE"]
    # A file that came in another way and lacks all but the name: reported, each part by name.
    bare = desk.data(CREATE)["createCustomer"]["id"]
    graded = desk.data(ADD_ACCOUNT, id=bare)["addGasAccount"]["customer"]["grades"]
    assert [(one["band"], one["met"]) for one in graded if one["supersededAt"] is None] == [
        ("INCOMPLETE", "L1,L2,L3,L4,C1")
    ]
    assert desk.data(INCOMPLETE)["customers"] == {"totalCount": 1, "nodes": [{"id": bare}]}


MISTAKES = [
    *(("household", but(HOUSEHOLD, name), "REQUIRED", name) for name in (
        "number", "name", "telephone", "confirmation", "confirmedOn", "street", "community", "building",
        "entrance", "meter", "meterType", "manufacturer", "brand", "model", "equipment",
    )),
    *(("household", but(HOUSEHOLD, **{name: "ELSEWHERE"}), "CODE_UNKNOWN", name) for name in (
        "street", "community", "building", "entrance", "meterType", "manufacturer", "brand", "model", "equipment",
    )),
    ("household", but(HOUSEHOLD, building="B31"), "CODE_UNKNOWN", "building"),
    ("household", but(HOUSEHOLD, entrance="U11"), "CODE_UNKNOWN", "entrance"),
    ("household", but(HOUSEHOLD, written=WRITTEN), "NOT_ASKED", "written"),
    ("household", but(HOUSEHOLD, position=1001), "NOT_ASKED", "position"),
    ("commercial", but(COMMERCIAL, "contractAddress"), "REQUIRED", "contractAddress"),
    ("commercial", but(COMMERCIAL, "contract"), "REQUIRED", "contract"),
    ("commercial", but(COMMERCIAL, street="BINHE_ROAD"), "UNKNOWN_FIELD", "street"),
    ("commercial", but(COMMERCIAL, basis="STANDARD"), "UNKNOWN_FIELD", "basis"),
    ("commercial", but(COMMERCIAL, meters=[but(METER, model="G6")]), "CODE_UNKNOWN", "meters/0/model"),
]  # fmt: skip


@pytest.mark.rule("S16.R06", "S16.R17")
def test_what_is_not_in_the_standard_documents_is_refused_naming_the_part(quick_desk: Desk) -> None:
    for form, said, code, place in MISTAKES:
        assert quick_desk.refused(form, said) == [(code, place)], (form, place)
    assert quick_desk.refused("household", but(HOUSEHOLD, *PLACE, "basis")) == [("REQUIRED", "basis")]
    assert quick_desk.data("{ customers { totalCount } }")["customers"]["totalCount"] == 0
    for n in (1, 30):  # the first and the last of the list
        quick_desk.taken("household", but(HOUSEHOLD, building=f"B{n}"))
    quick_desk.taken("household", but(HOUSEHOLD, entrance="U10"))
    reader = quick_desk.world.principal("customer.core:read", "customer.gas:read", "customer.contact:read")
    [seen] = quick_desk.world.data(reader, MASKED)["customers"]["nodes"]
    hidden = {"street": "BINHE_ROAD", "building": None, "entrance": None, "room": "***"}
    assert seen["gasAccounts"][0]["address"] == hidden


@pytest.mark.rule("S16.R07")
def test_addresses_without_a_name_stand_from_south_to_north_then_from_east_to_west(desk: Desk) -> None:
    unnamed = but(HOUSEHOLD, *PLACE, basis="UNNAMED")
    assert desk.refused("household", unnamed) == [("REQUIRED", "position")]
    # Second row from the south, third and first house from the east, then the first row: entered out of order.
    for number, position in enumerate((2003, 1002, 2001, 10001, 1001)):
        mobile, meter = f"1390000{number:04}", f"QB9000{number}"
        said = but(unnamed, number=f"U{number}", position=position, telephone=mobile, meter=meter)
        desk.taken("household", said)
    nodes = desk.data(IN_ORDER)["gasUnnamedAddresses"]["nodes"]
    assert [one["position"] for one in nodes] == [1001, 1002, 2001, 2003, 10001]


def test_a_commercial_user_stands_at_the_address_of_the_contract(desk: Desk) -> None:
    """S16 3.1.1(3): one address, marked as the contract's; a renewed contract renews it."""
    customer = desk.taken("commercial", COMMERCIAL)
    desk.taken("commercial", but(COMMERCIAL, contractAddress={**WRITTEN, "detail": "示例路2号"}))
    [account] = desk.data(FILE, id=customer, why="核对合同")["customer"]["gasAccounts"]
    assert (account["category"], account["contract"]) == ("INDUSTRIAL", "GQ-2026-01")
    assert account["address"]["basis"] == "CONTRACT"
    assert account["address"]["written"] == {"detail": "示例路2号"}
    assert len(account["meters"]) == 2


@pytest.mark.rule("S16.R09")
def test_staff_tell_customers_the_companys_names_and_the_untold_are_listed(desk: Desk) -> None:
    desk.taken("household", but(HOUSEHOLD, companyName=True))
    desk.taken("household", but(HOUSEHOLD, number="10000002", telephone="13900007777", meter="QB20260009"))
    service = desk.holder(SERVICE, staff="S001")
    listed = desk.world.data(service, UNTOLD)["customers"]
    assert listed["totalCount"] == 1
    address = listed["nodes"][0]["gasAccounts"][0]["address"]
    [scheme] = desk.data(NAMES)["schemes"]
    [name] = [term for term in scheme["terms"] if term["code"] == address["community"]]
    assert name["label"]["zh"] == "滨河苑(示例)"
    assert name["data"] == [{"key": "namingRule", "value": "街道名加小区名"}]
    told = desk.world.data(service, TOLD, id=address["id"], version=address["version"], key="told")
    assert told["changeGasServiceAddress"]["gasServiceAddress"] == {"nameTold": True}
    assert desk.world.data(service, UNTOLD)["customers"]["totalCount"] == 0


def test_the_forms_take_what_the_demo_submits(quick_desk: Desk) -> None:
    for demo in DEMOS:
        for typed in demo.submissions(Random(7), 8):
            lines = {name: {"detail": typed[name]} for name in ("written", "contractAddress") if name in typed}
            quick_desk.taken(demo.form.removeprefix("gas."), {**typed, **lines})
