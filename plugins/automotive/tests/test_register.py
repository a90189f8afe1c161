"""来店(电)客户信息登记表,从展厅看 — the visit and call register from its users' side (S12 §1.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kehu_automotive.roles import CONSULTANT, RECEPTIONIST

from .conftest import ENTRY, but

if TYPE_CHECKING:
    from .conftest import Showroom

REGISTER = """
query ($why: Reason!) @purpose(code: "AUTOMOTIVE_SUPERVISION", reason: $why) {
  customers { totalCount nodes { kind name contacts { mobile } interactions {
    occurredAt kind summary staff { code } automotive { companions leftAt model source testDrive }
  } } }
}
"""
COLUMNS = (
    "name",
    "companions",
    "arrivedAt",
    "leftAt",
    "model",
    "source",
    "summary",
    "consultant",
    "contact",
    "testDrive",
)
DAY = """
query ($from: Moment!, $to: Moment!) {
  interactions(filter: {occurredAt: {gte: $from, lt: $to}}) {
    totalCount nodes { id kind automotive { model source testDrive } automotiveChecks { verdict } }
  }
}
"""
CHECK = """
mutation ($id: ID!, $input: AutomotiveCheckInput!, $key: String!) {
  addAutomotiveCheck(parent: $id, input: $input, idempotencyKey: $key) {
    ... on AddAutomotiveCheckSuccess { automotiveCheck { verdict recordedBy } }
    ... on Problems { problems { code } }
  }
}
"""


@pytest.mark.rule("S12.R09")
def test_an_entry_carries_all_ten_columns(showroom: Showroom) -> None:
    showroom.taken("register", ENTRY)
    answer = showroom.data(REGISTER, why="核对登记表")
    [customer] = answer["customers"]["nodes"]
    [row] = customer["interactions"]
    assert customer["name"] == "欧阳示例"
    assert row["automotive"] == {
        "companions": "配偶", "leftAt": "2026-11-23T02:50:00Z", "model": "示例SUV 2.0T", "source": "REFERRAL",
        "testDrive": True,
    }  # fmt: skip
    assert (row["occurredAt"], row["kind"], row["summary"], row["staff"]) == (
        "2026-11-23T02:00:00Z", "VISIT", "询问落地价格", {"code": "S001"},
    )  # fmt: skip


@pytest.mark.rule("S12.R12")
def test_an_entry_that_lacks_a_column_is_refused_with_its_name(showroom: Showroom) -> None:
    for column in COLUMNS:
        also = ["leftAt"] if column == "contact" else []  # 是否问离店时间取决于来电或到店
        assert showroom.refused("register", but(ENTRY, column, *also)) == [[column]]
    for wrong in ({"source": "RADIO"}, {"contact": "LETTER"}, {"testDrive": "maybe"}):
        assert showroom.refused("register", but(ENTRY, **wrong)) == [[*wrong]]
    assert showroom.data("{ interactions { totalCount } }") == {"interactions": {"totalCount": 0}}
    showroom.taken("register", ENTRY)


def test_visit_call_and_any_other_route_land_in_one_register(showroom: Showroom) -> None:
    showroom.taken("register", ENTRY)
    showroom.taken("register", but(ENTRY, "leftAt", contact="CALL", telephone="13900004321", name="诸葛示例"))
    showroom.taken("register", but(ENTRY, "leftAt", contact="OTHER_ROUTE", telephone="13900005555", name="司徒示例"))
    kinds = showroom.data("{ interactions { totalCount nodes { kind automotive { model } } } }")["interactions"]
    assert {node["kind"] for node in kinds["nodes"]} == {"VISIT", "CALL", "OTHER_ROUTE"}
    assert all(node["automotive"] == {"model": "示例SUV 2.0T"} for node in kinds["nodes"])
    # 来电没有离店时间
    assert showroom.refused("register", but(ENTRY, contact="CALL")) == [["leftAt"]]


def test_a_visit_that_leaves_no_contact_data_is_registered_and_counted(showroom: Showroom) -> None:
    nothing = but(ENTRY, "name", "telephone", customerKind="ANONYMOUS")
    first, second = showroom.taken("register", nothing), showroom.taken("register", nothing)
    assert first != second
    answer = showroom.data(
        "{ customers(filter: {kind: {eq: ANONYMOUS}}) { totalCount nodes { name contacts { mobile } } } }"
    )
    assert answer["customers"] == {"totalCount": 2, "nodes": [{"name": None, "contacts": []}] * 2}
    assert showroom.data("{ interactions { totalCount } }")["interactions"]["totalCount"] == 2


@pytest.mark.rule("S12.R03")
def test_the_front_desk_confirms_and_the_consultant_cannot(showroom: Showroom) -> None:
    made = showroom.world
    showroom.taken("register", ENTRY)
    showroom.taken("register", but(ENTRY, "name", "telephone", customerKind="ANONYMOUS"))
    showroom.taken("register", but(ENTRY, arrivedAt="2026-11-22T10:00:00+08:00", leftAt="2026-11-22T11:00:00+08:00"))
    desk = made.principal(*RECEPTIONIST.scopes, purposes=RECEPTIONIST.purposes, staff="C002", client="desk")
    consultant = made.principal(*CONSULTANT.scopes, purposes=CONSULTANT.purposes, staff="S001", client="consultant")
    today: dict[str, Any] = {"from": "2026-11-23T00:00:00+08:00", "to": "2026-11-24T00:00:00+08:00"}
    seen = made.data(desk, DAY, **today)["interactions"]
    assert seen["totalCount"] == 2
    entry, other = (node["id"] for node in seen["nodes"])
    refused = made.ask(consultant, CHECK, id=entry, input={"verdict": "CONFIRMED"}, key="1")
    assert refused["errors"][0]["extensions"]["code"] == "SCOPE_MISSING"
    confirmed = made.data(desk, CHECK, id=entry, input={"verdict": "CONFIRMED"}, key="2")
    returned = made.data(desk, CHECK, id=other, input={"verdict": "RETURNED", "remark": "沟通概况过于简略"}, key="3")
    assert confirmed["addAutomotiveCheck"]["automotiveCheck"] == {"verdict": "CONFIRMED", "recordedBy": "desk"}
    assert returned["addAutomotiveCheck"]["automotiveCheck"]["verdict"] == "RETURNED"
    checks = {
        node["id"]: node["automotiveChecks"] for node in made.data(consultant, DAY, **today)["interactions"]["nodes"]
    }
    assert checks == {entry: [{"verdict": "CONFIRMED"}], other: [{"verdict": "RETURNED"}]}


def test_an_entry_is_never_changed(showroom: Showroom) -> None:
    offered = showroom.data('{ __type(name: "Mutation") { fields { name } } }')["__type"]["fields"]
    names = {field["name"] for field in offered}
    assert {"addAutomotiveVisit", "addAutomotiveCheck", "addInteraction"} <= names
    assert not {"changeAutomotiveVisit", "changeAutomotiveCheck", "changeInteraction"} & names
    assert not [name for name in names if name.startswith(("delete", "remove"))]
