"""Judgements: proposed with evidence, decided by somebody else, and nowhere a way round."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from kehu.errors import Conflict, Forbidden, Invalid, NotFound, Refused, Stale

from .conftest import Office


def villa_owner(office: Office) -> Any:
    made = office.customer()
    bought = {"kind": "PROPERTY", "amount": "500万元"}
    holding = office.acts.add_row(office.request(), "Holding", made.customer, bought)
    villa = {"propertyType": "DETACHED_VILLA", "unitSold": "1栋", "discount": "无"}
    office.acts.add_row(office.request(), "RealestateProperty", made.customer, villa, parent=holding.id)
    return made.customer


@pytest.mark.rule("S17.R10", "S17.R11")
@pytest.mark.parametrize(("kind", "approve", "band"), [
    ("INFLUENCE_MIDEA", True, "A"), ("BRINGS_BUYERS", True, "A"), ("INFLUENCE_MIDEA", False, "B"),
    ("OFFICIAL", True, "B"),
])  # fmt: skip
def test_an_approved_judgement_moves_the_grade(office: Office, kind: str, approve: bool, band: str) -> None:
    customer = villa_owner(office)
    made = office.acts.propose_judgement(office.request(), customer, kind, "客户经理面谈记录")
    assert office.band(customer) == "B"
    decided = office.request(office.staff("M001"))
    office.acts.decide_judgement(
        decided, customer, made.id, 1, approve=approve, comment="同意" if approve else "依据不足"
    )
    assert office.band(customer) == band


@pytest.mark.promise(5)
def test_nobody_decides_about_what_he_proposed(office: Office) -> None:
    customer = villa_owner(office)
    made = office.acts.propose_judgement(office.request(office.staff("M002")), customer, "BRINGS_BUYERS", "记录")
    same_person = office.staff("M002", client="another-account-of-his")
    with pytest.raises(Forbidden) as caught:
        office.acts.decide_judgement(office.request(same_person), customer, made.id, 1, approve=True)
    assert caught.value.code == "SAME_PERSON"
    assert office.band(customer) == "B"


@pytest.mark.promise(5)
def test_deciding_needs_scope_and_a_person(office: Office) -> None:
    customer = villa_owner(office)
    made = office.acts.propose_judgement(office.request(), customer, "BRINGS_BUYERS", "记录")
    whole = office.staff("M001")
    for principal, code in (
        (replace(whole, scopes=whole.scopes - {"customer.judgement:decide"}), "SCOPE_MISSING"),
        (replace(whole, staff=None), "STAFF_REQUIRED"),
    ):
        with pytest.raises(Forbidden) as caught:
            office.acts.decide_judgement(office.request(principal), customer, made.id, 1, approve=True)
        assert caught.value.code == code
    with pytest.raises(Forbidden):
        office.acts.propose_judgement(office.request(replace(whole, staff=None)), customer, "OFFICIAL", "记录")


@pytest.mark.promise(5)
@pytest.mark.parametrize("again", [True, False])
def test_a_decision_stands(office: Office, again: bool) -> None:
    customer = villa_owner(office)
    made = office.acts.propose_judgement(office.request(), customer, "BRINGS_BUYERS", "记录")
    office.acts.decide_judgement(office.request(office.staff("M001")), customer, made.id, 1, approve=False)
    for version in (1, 2):
        with pytest.raises(Refused) as caught:
            office.acts.decide_judgement(
                office.request(office.staff("C001")), customer, made.id, version, approve=again
            )
        assert caught.value.code == "DECIDED"
    assert office.band(customer) == "B"


def test_two_deciders_at_once_one_decision(office: Office) -> None:
    customer = villa_owner(office)
    made = office.acts.propose_judgement(office.request(), customer, "BRINGS_BUYERS", "记录")
    start = threading.Barrier(2)
    told: list[str] = []

    def decide(code: str, approve: bool) -> None:
        request = office.request(office.staff(code))
        start.wait()
        try:
            office.acts.decide_judgement(request, customer, made.id, 1, approve=approve)
            told.append("decided")
        except (Stale, Conflict):
            told.append("too late")

    threads = [threading.Thread(target=decide, args=pair) for pair in (("M001", True), ("C001", False))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["decided", "too late"]


def test_what_is_wrong_with_a_proposal_is_named(office: Office) -> None:
    customer = villa_owner(office)
    with pytest.raises(Invalid) as caught:
        office.acts.propose_judgement(office.request(), customer, "HANDSOME", "")
    assert {problem.code for problem in caught.value.problems} == {"CODE_UNKNOWN", "TEXT_EMPTY"}
    with pytest.raises(NotFound):
        office.acts.decide_judgement(office.request(office.staff("M001")), customer, uuid4(), 1, approve=True)
