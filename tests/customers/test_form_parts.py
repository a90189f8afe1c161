"""Conditions, groups and linked persons of a form: how they are stored, and corrected."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from kehu.customers.context import Outcome
from kehu.customers.correcting import version_of
from kehu.errors import Invalid, NotFound, Stale
from kehu.testing import world

from . import care
from .conftest import Office

VISIT: dict[str, object] = {
    "name": "欧阳示例",
    "mobile": "13900001234",
    "document": "PASSPORT",
    "passport": "E12345678",
    "visitedAt": "2026-11-02T10:00:00+08:00",
    "followUps": [
        {"method": "CALL", "content": "问候"},
        {"method": "VISIT", "plannedFor": "2026-12-01", "by": "S001"},
    ],
    "contacts": [
        {"name": "张示例", "mobile": "13800001111", "sex": "FEMALE", "note": "邻居"},
        {"name": "李示例"},
    ],
}


@pytest.fixture
def office(tmp_path: Path, database_url: str) -> Iterator[Office]:
    with world(tmp_path / "var", database_url, (care,)) as made:
        yield Office(made)


def visit(office: Office, **values: object) -> Outcome:
    data = {name: value for name, value in {**VISIT, **values}.items() if value is not None}
    return office.world.installation.submissions.record_form(office.request(), "care.home", data)


def correct(office: Office, customer: UUID, expected: int | None = None, **values: object) -> Outcome:
    data = {name: value for name, value in {**VISIT, **values}.items() if value is not None}
    submissions = office.world.installation.submissions
    seen = version(office, customer) if expected is None else expected
    return submissions.correct(office.request(), "care.home", data, customer, seen)


def version(office: Office, customer: UUID) -> int:
    installation = office.world.installation
    with installation.engines.read.connect() as conn:
        form = installation.forms["care.home"]
        return version_of(conn, installation.tables, form, customer, office.staff("M002").scopes)


def linked(office: Office, customer: UUID) -> dict[str, UUID]:
    """By name, with whom the customer is linked."""
    others = [UUID(str(row.other)) for row in office.rows("relationship", customer)]
    return {str(office.clear("Customer", other)[0]["name"]): other for other in others}


def test_rows_of_groups_are_rows_of_the_customer(office: Office) -> None:
    made = visit(office)
    methods = {row["method"]: row for row in office.clear("FollowUp", made.customer)}
    assert set(methods) == {"CALL", "VISIT"}
    assert str(methods["VISIT"]["plannedFor"]) == "2026-12-01"
    assert methods["VISIT"]["staff"] == office.staff("S001").staff
    assert methods["CALL"]["content"] == "问候"


def test_linked_persons_are_customers_of_their_own(office: Office) -> None:
    made = visit(office)
    people = linked(office, made.customer)
    assert set(people) == {"张示例", "李示例"}
    [zhang] = office.clear("Customer", people["张示例"])
    assert (zhang["kind"], zhang["stage"], zhang["sex"]) == ("PERSON", "RELATED", "FEMALE")
    assert [row["mobile"] for row in office.clear("ContactPoint", people["张示例"])] == ["13800001111"]
    kinds = {row["kind"]: row.get("remark") for row in office.clear("Relationship", made.customer)}
    assert kinds == {"CONTACT_PERSON": None} or "邻居" in kinds.values()
    assert len(office.rows("customer")) == 3
    assert office.rows("ownership", people["李示例"])


def test_the_same_form_again_makes_nobody_anew(office: Office) -> None:
    first = visit(office)
    again = visit(office, visitedAt="2026-11-09T10:00:00+08:00")
    assert again.customer == first.customer
    assert len(office.rows("customer")) == 3
    assert len(office.rows("relationship", first.customer)) == 2
    assert len(office.rows("follow_up", first.customer)) == 2
    assert len(office.rows("interaction", first.customer)) == 2


def test_a_linked_person_known_by_mobile_is_that_customer_and_may_become_one(office: Office) -> None:
    known = visit(office, name="张示例", mobile="13800001111", contacts=None, document=None, passport=None)
    made = visit(office)
    assert linked(office, made.customer)["张示例"] == known.customer
    other = linked(office, made.customer)["李示例"]
    became = visit(office, name="李示例", mobile="13700002222", contacts=None, document=None, passport=None)
    assert became.customer != other  # a name alone doesn't tell who a visitor is
    assert office.clear("Customer", known.customer)[0]["stage"] == "PROSPECT"


def test_somebody_with_the_customers_own_mobile_is_somebody_else(office: Office) -> None:
    made = visit(office, contacts=[{"name": "王示例", "mobile": "13900001234"}])
    people = linked(office, made.customer)
    assert people["王示例"] != made.customer
    visit(office, contacts=[{"name": "王示例", "mobile": "13900001234"}], visitedAt="2026-11-03T10:00:00+08:00")
    assert linked(office, made.customer) == people


def test_rows_of_a_group_hang_below_the_row_that_the_form_writes(office: Office) -> None:
    payments = [{"kind": "PAYMENT", "at": "2026-11-01T09:00:00Z", "amount": {"amount": "12.50"}}]
    with pytest.raises(Invalid) as refused:
        visit(office, payments=payments)
    assert [(p.code, p.path) for p in refused.value.problems] == [("NOT_ASKED", ("payments",))]
    made = visit(office, holdingKind="ACCOUNT", payments=payments)
    [holding] = office.rows("holding", made.customer)
    [payment] = office.rows("transaction", made.customer)
    assert payment.holding_id == holding.id


WRONG: tuple[tuple[dict[str, Any], list[tuple[str, str]]], ...] = (
    ({"residentId": "x"}, [("residentId", "NOT_ASKED")]),
    ({"document": "RESIDENT_ID", "passport": None}, [("residentId", "REQUIRED")]),
    ({"document": None, "passport": None, "residentId": "1"}, [("residentId", "NOT_ASKED")]),
    ({"followUps": [{"method": "VISIT"}]}, [("followUps/0/plannedFor", "REQUIRED")]),
    ({"followUps": [{"method": "CALL", "plannedFor": "2026-12-01"}]}, [("followUps/0/plannedFor", "NOT_ASKED")]),
    ({"followUps": [{"method": "CALL"}, {"method": "CALL", "by": "S9"}]}, [
        ("followUps/1/by", "REFERENCE_UNKNOWN"),
    ]),
    ({"contacts": [{"mobile": "1", "who": 1}]}, [
        ("contacts/0/who", "UNKNOWN_FIELD"),
        ("contacts/0/name", "REQUIRED"),
        ("contacts/0/mobile", "MOBILE_LENGTH"),
    ]),
    ({"contacts": [{"name": "张"}] * 3}, [("contacts", "ROWS_TOO_MANY")]),
    ({"contacts": {"name": "张"}}, [("contacts", "SHAPE_WRONG")]),
    ({"contacts": ["张"]}, [("contacts/0", "SHAPE_WRONG")]),
    ({"amount": {"amount": "1"}}, [("holdingKind", "REQUIRED")]),
)  # fmt: skip


def test_what_is_wrong_is_named_by_its_place(office: Office) -> None:
    for values, problems in WRONG:
        with pytest.raises(Invalid) as refused:
            visit(office, **values)
        found = [("/".join(map(str, p.path)), p.code) for p in refused.value.problems]
        assert sorted(found) == sorted(problems)
    assert office.rows("customer") == []


def test_a_correction_replaces_what_is_stored(office: Office) -> None:
    made = visit(office, address={"city": "佛山市", "road": "示例路1号"})
    correct(
        office, made.customer, name="欧阳更正", mobile="13900005678", address={"city": "广州市", "road": "示例路2号"}
    )
    assert office.clear("Customer", made.customer)[0]["name"] == "欧阳更正"
    assert [row["mobile"] for row in office.clear("ContactPoint", made.customer)] == ["13900005678"]
    [address] = office.clear("Address", made.customer)
    assert "广州市" in str(address["value"].city)  # type: ignore[attr-defined]  # reason: an AddressValue
    assert len(office.rows("interaction", made.customer)) == 1
    assert len(office.rows("follow_up", made.customer)) == 2
    assert len(office.rows("relationship", made.customer)) == 2
    assert len(office.rows("customer")) == 3


def test_a_row_that_cannot_change_is_corrected_by_a_later_one_that_names_it(office: Office) -> None:
    made = visit(office, summary="初次")
    [first] = office.rows("interaction", made.customer)
    correct(office, made.customer, summary="更正后的情况")
    correct(office, made.customer, summary="再次更正")
    rows = office.rows("interaction", made.customer)
    [earlier] = [row for row in rows if row.corrects is None]
    [later] = [row for row in rows if row.corrects == str(first.id)]
    assert [row.corrects for row in rows if row not in (earlier, later)] == [str(later.id)]
    assert (earlier.id, earlier.version, earlier.corrects) == (first.id, 1, None)
    assert (later.corrects, later.kind, later.occurred_at) == (str(first.id), "VISIT", first.occurred_at)
    said = {row.get("summary") for row in office.clear("Interaction", made.customer)}
    assert said == {"初次", "更正后的情况", "再次更正"}


def test_masks_that_come_back_untouched_leave_what_is_stored_alone(office: Office) -> None:
    made = visit(office)
    masked = {"name": "欧阳**", "mobile": "139****1234", "passport": "E****78"}
    contacts = [{"name": "李*", "note": "***"}, {"name": "张**", "mobile": "138****1111", "sex": "MALE"}]
    correct(office, made.customer, **masked, contacts=[contacts[1], {"name": "李**"}], remark="已核对")
    [customer] = office.clear("Customer", made.customer)
    assert (customer["name"], customer["remark"]) == ("欧阳示例", "已核对")
    assert [row["mobile"] for row in office.clear("ContactPoint", made.customer)] == ["13900001234"]
    assert [row["passport"] for row in office.clear("IdentityDocument", made.customer)] == ["E12345678"]
    assert set(linked(office, made.customer)) == {"张示例", "李示例"}
    with pytest.raises(Invalid) as refused:
        correct(office, made.customer, mobile="139****9999")
    assert [(p.code, p.path) for p in refused.value.problems] == [("MASK_SENT_BACK", ("mobile",))]


def test_a_mask_helps_only_who_may_read_the_field(office: Office) -> None:
    made = visit(office, contacts=None)
    scopes = [scope for scope in office.staff("M002").scopes if scope != "customer.contact:read"]
    blind = office.world.principal(*scopes, staff="M002")
    data = {**VISIT, "mobile": "139****1234"}
    del data["contacts"]
    with pytest.raises(Invalid) as refused:
        office.world.installation.submissions.correct(
            office.request(blind), "care.home", data, made.customer, version(office, made.customer)
        )
    assert [p.code for p in refused.value.problems] == ["MASK_SENT_BACK"]


def test_a_correction_of_something_that_moved_is_stale(office: Office) -> None:
    made = visit(office)
    seen = version(office, made.customer)
    correct(office, made.customer, seen, mobile="13900005678")
    with pytest.raises(Stale):
        correct(office, made.customer, seen, mobile="13900009999")


@pytest.mark.promise(2)
def test_a_customer_out_of_scope_cannot_be_corrected(office: Office) -> None:
    data = {**VISIT, "followUps": []}
    made = office.world.installation.submissions.record_form(
        office.request(office.staff("S003", unit="P02")), "care.home", data
    )
    with pytest.raises(NotFound):
        office.world.installation.submissions.correct(
            office.request(office.staff("S001", unit="P01")), "care.home", data, made.customer, 1
        )
