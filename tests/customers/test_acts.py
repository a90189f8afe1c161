"""Acts on customers: what is refused, what is kept, once per key, graded and on record."""

from __future__ import annotations

import threading
from typing import Any
from uuid import uuid4

import pytest

from kehu.errors import Conflict, DeclarationError, Forbidden, Invalid, NotFound, Stale

from .conftest import Office


def codes(error: Invalid) -> set[tuple[str, tuple[str | int, ...]]]:
    return {(problem.code, problem.path) for problem in error.problems}


@pytest.mark.rule("S17.R18", "S7.R08")
def test_a_new_customer_is_stored_sealed_graded_and_on_record(office: Office, entries: Any) -> None:
    made = office.customer(remark="首次来访")
    [row] = office.rows("customer", made.customer)
    assert row.version == 1
    assert row.source_channel == "STAFF_ACTIVITY"
    assert row.recorded_by == "test-client"
    assert office.band(made.customer) == "E"
    assert office.clear("Customer", made.customer)[0]["name"] == "张示例"
    [entry] = [one for one in entries() if "act" in one.detail]
    assert (entry.kind, entry.subjects, entry.detail["act"]) == ("write", (row.pseudonym,), "createCustomer")
    assert entry.detail["Customer.insert"] == 1


def test_every_wrong_value_is_named_at_once(office: Office) -> None:
    wrong = {
        "kind": "ALIEN",
        "stage": None,
        "name": "张**",
        "nope": 1,
        "sourceChannel": "OUTLET",
        "birthYear": 1990,
        "unit": "not an id",
        "欧阳 13900001234": "x",
    }
    with pytest.raises(Invalid) as caught:
        office.acts.create_customer(office.request(), wrong)
    assert codes(caught.value) == {
        ("CODE_UNKNOWN", ("kind",)),
        ("REQUIRED", ("stage",)),
        ("MASK_SENT_BACK", ("name",)),
        ("UNKNOWN_FIELD", ("nope",)),
        ("UNKNOWN_FIELD", ()),
        ("SYSTEM_FIELD", ("sourceChannel",)),
        ("SYSTEM_FIELD", ("birthYear",)),
        ("REFERENCE_UNKNOWN", ("unit",)),
    }
    assert office.rows("customer") == []


def test_a_reference_outside_the_scope_answers_as_an_absent_one(office: Office) -> None:
    inside = office.staff("S001", unit="P01")
    other = office.staff("S003", unit="P02").unit
    told = []
    for unit in (other, uuid4()):
        with pytest.raises(Invalid) as caught:
            office.customer(inside, unit=unit)
        told.append(caught.value.problems)
    assert told[0] == told[1]
    assert told[0][0].code == "REFERENCE_UNKNOWN"


@pytest.mark.promise(2)
def test_a_customer_outside_the_scope_answers_as_an_absent_one(office: Office) -> None:
    made = office.customer()  # at the top of the tree
    inside = office.staff("S001", unit="P01")
    for customer in (made.customer, uuid4()):
        with pytest.raises(NotFound):
            office.acts.change_customer(office.request(inside), customer, 1, {"remark": "x"})
        with pytest.raises(NotFound):
            office.acts.add_row(office.request(inside), "ContactPoint", customer, {"kind": "MOBILE"})
        with pytest.raises(NotFound):
            office.acts.propose_judgement(office.request(inside), customer, "OFFICIAL", "面谈")


def test_writing_needs_the_scope_of_the_record(office: Office) -> None:
    reader = office.world.principal("customer.core:read")
    with pytest.raises(Forbidden) as caught:
        office.customer(reader)
    assert caught.value.code == "SCOPE_MISSING"
    assert caught.value.extensions["required"] == ["customer.core:write"]
    made = office.customer()
    core_only = office.world.principal("customer.core:write")
    with pytest.raises(Forbidden):
        office.acts.add_row(office.request(core_only), "Holding", made.customer, {"kind": "PROPERTY"})


@pytest.mark.parametrize("record", ["Judgement", "Grade", "Staff", "LegalEntity", "Nothing"])
@pytest.mark.promise(5)
def test_records_of_core_acts_have_no_other_entrance(office: Office, record: str) -> None:
    made = office.customer()
    with pytest.raises(DeclarationError):
        office.acts.add_row(office.request(), record, made.customer, {})
    with pytest.raises(DeclarationError):
        office.acts.change_row(office.request(), record, made.customer, made.customer, 1, {})


def test_a_change_keeps_the_rest_and_takes_away_what_is_null(office: Office) -> None:
    made = office.customer(remark="旧", sex="MALE", birthDate="1990-05-06")
    changed = office.acts.change_customer(office.request(), made.customer, 1, {"remark": None, "sex": "FEMALE"})
    assert changed.version == 2
    [values] = office.clear("Customer", made.customer)
    assert (values["name"], values["sex"], values["birthYear"]) == ("张示例", "FEMALE", 1990)
    assert "remark" not in values
    office.acts.change_customer(office.request(), made.customer, 2, {"birthDate": None})
    assert "birthYear" not in office.clear("Customer", made.customer)[0]


def test_a_stale_change_is_refused_and_changes_nothing(office: Office) -> None:
    made = office.customer()
    office.acts.change_customer(office.request(), made.customer, 1, {"remark": "一"})
    with pytest.raises(Stale):
        office.acts.change_customer(office.request(), made.customer, 1, {"remark": "二"})
    assert office.clear("Customer", made.customer)[0]["remark"] == "一"


def test_two_writers_at_once_one_is_stale(office: Office) -> None:
    made = office.customer()
    start = threading.Barrier(2)
    told: list[str] = []

    def write(remark: str) -> None:
        request = office.request()
        start.wait()
        try:
            office.acts.change_customer(request, made.customer, 1, {"remark": remark})
            told.append("done")
        except Stale:
            told.append("stale")

    threads = [threading.Thread(target=write, args=(text,)) for text in ("甲", "乙")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", "stale"]
    assert office.rows("customer", made.customer)[0].version == 2


def test_append_only_rows_are_corrected_by_later_ones(office: Office) -> None:
    made = office.visit()
    [row] = office.rows("interaction", made.customer)
    with pytest.raises(Invalid) as caught:
        office.acts.change_row(office.request(), "Interaction", made.customer, row.id, 1, {"summary": "x"})
    assert caught.value.code == "APPEND_ONLY"


def test_masked_segments_of_an_address_sent_back_are_refused(office: Office) -> None:
    made = office.customer()
    home = {"kind": "HOME", "value": "广东省佛山市顺德区新悦路8号云栖花园3栋1单元501室"}
    row = office.acts.add_row(office.request(), "Address", made.customer, home)
    masked = {"province": "广东省", "city": "佛山市", "district": "顺德区"}
    with pytest.raises(Invalid) as caught:
        office.acts.change_row(office.request(), "Address", made.customer, row.id, 1, {"value": masked})
    assert codes(caught.value) == {("MASK_SENT_BACK", ("value",))}
    full = {**masked, "road": "新悦路9号"}
    office.acts.change_row(office.request(), "Address", made.customer, row.id, 1, {"value": full})


def test_facets_and_children_stand_in_their_place(office: Office) -> None:
    made = office.customer()
    profile = {"source": "VISIT"}
    office.acts.add_row(office.request(), "RealestateProfile", made.customer, profile)
    with pytest.raises(Conflict) as caught:
        office.acts.add_row(office.request(), "RealestateProfile", made.customer, profile)
    assert caught.value.code == "ROW_EXISTS"
    villa = {"propertyType": "DETACHED_VILLA", "unitSold": "1栋", "discount": "无"}
    for parent in (None, uuid4()):
        with pytest.raises(NotFound):
            office.acts.add_row(office.request(), "RealestateProperty", made.customer, villa, parent=parent)
    bought = {"kind": "PROPERTY", "amount": "300万元"}
    holding = office.acts.add_row(office.request(), "Holding", made.customer, bought)
    other = office.customer()
    with pytest.raises(NotFound):
        office.acts.add_row(office.request(), "RealestateProperty", other.customer, villa, parent=holding.id)
    office.acts.add_row(office.request(), "RealestateProperty", made.customer, villa, parent=holding.id)
    assert office.band(made.customer) == "B"


@pytest.mark.rule("S17.R14", "S17.R16")
def test_the_grade_moves_in_the_transaction_that_moves_its_facts(office: Office) -> None:
    made = office.customer()
    bought = {"kind": "PROPERTY", "amount": "7999999.99"}
    row = office.acts.add_row(office.request(), "Holding", made.customer, bought)
    assert office.band(made.customer) == "C"
    office.acts.change_row(office.request(), "Holding", made.customer, row.id, 1, {"amount": "8000000.00"})
    assert office.band(made.customer) == "B"
    office.acts.change_row(office.request(), "Holding", made.customer, row.id, 2, {"status": "CANCELLED"})
    assert office.band(made.customer) == "E"
    assert len(office.rows("grade", made.customer)) == 4


def test_the_same_key_answers_again_and_does_nothing(office: Office, entries: Any) -> None:
    values = {"kind": "PERSON", "stage": "PROSPECT", "name": "李示例"}
    first = office.acts.create_customer(office.request(key="k"), values)
    again = office.acts.create_customer(office.request(key="k"), values)
    assert (again.customer, again.version, again.replayed) == (first.customer, 1, True)
    assert len(office.rows("customer")) == 1
    assert sum(entry.kind == "write" for entry in entries()) == 1


def test_the_same_key_for_something_else_is_refused(office: Office) -> None:
    values = {"kind": "PERSON", "stage": "PROSPECT", "name": "李示例"}
    office.acts.create_customer(office.request(key="k"), values)
    with pytest.raises(Conflict) as caught:
        office.acts.create_customer(office.request(key="k"), {**values, "name": "李二"})
    assert caught.value.code == "IDEMPOTENCY_REUSED"
    other = office.staff("M002", client="another-client")
    assert not office.acts.create_customer(office.request(other, key="k"), values).replayed


def test_a_refused_act_leaves_its_key_free(office: Office) -> None:
    with pytest.raises(Invalid):
        office.acts.create_customer(office.request(key="k"), {"kind": "PERSON"})
    office.acts.create_customer(office.request(key="k"), {"kind": "PERSON", "stage": "PROSPECT"})


def test_the_same_key_at_once_is_done_once(office: Office) -> None:
    values = {"kind": "PERSON", "stage": "PROSPECT", "name": "李示例"}
    start = threading.Barrier(3)
    made: list[Any] = []

    def create() -> None:
        start.wait()
        made.append(office.acts.create_customer(office.request(key="k"), values))

    threads = [threading.Thread(target=create) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({one.customer for one in made}) == 1
    assert sorted(one.replayed for one in made) == [False, True, True]
    assert len(office.rows("customer")) == 1


@pytest.mark.parametrize("key", ["", "k" * 101, "中文", "a\nb"])
def test_a_key_has_a_form(office: Office, key: str) -> None:
    with pytest.raises(Invalid) as caught:
        office.acts.create_customer(office.request(key=key), {"kind": "PERSON", "stage": "PROSPECT"})
    assert caught.value.code == "KEY_INVALID"


def test_ids_that_look_like_telephone_numbers_are_no_telephone_numbers(office: Office) -> None:
    unlucky = office.staff("M002", client="kc_a13800001234b")
    made = office.customer(unlucky)
    assert office.rows("customer", made.customer)[0].recorded_by == "kc_a13800001234b"
