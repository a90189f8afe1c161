"""意向级别与回访 — levels O, H, A, B, C and overdue follow-ups on both sides of every threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .conftest import CARD, DEAL, FOLLOW_UP, LOST, but

if TYPE_CHECKING:
    from .conftest import Showroom

TODAY = "2026-11-23"
EXPECTED = (
    ("2026-11-22", "H"), ("2026-11-23", "H"), ("2026-11-30", "H"), ("2026-12-01", "A"), ("2026-12-08", "A"),
    ("2026-12-09", "B"), ("2026-12-23", "B"), ("2026-12-24", "C"), ("2027-02-21", "C"), ("2027-02-22", "NONE"),
)  # fmt: skip
"""Days on which a customer expects to buy, seen from `TODAY`: 7, 15, 30 and 90 days, the last included."""


def test_every_level_by_its_days(showroom: Showroom) -> None:
    for number, (day, level) in enumerate(EXPECTED):
        said = but(CARD, telephone=f"1390000{number:04}", cardNumber=f"A{number}", expectedOn=day, level="C")
        assert showroom.grade("automotive.intention", "a_card", said) == level, day
    for number, level in enumerate("OHABC"):
        said = but(CARD, "expectedOn", telephone=f"1380000{number:04}", cardNumber=f"B{number}", level=level)
        assert showroom.grade("automotive.intention", "a_card", said) == level


def test_a_result_ends_the_level_and_an_order_is_o_until_delivery(showroom: Showroom) -> None:
    assert showroom.grade("automotive.intention", "a_card", CARD) == "H"
    assert showroom.grade("automotive.intention", "lost", LOST) == "NONE"
    other = but(DEAL, telephone="13900004321", cardNumber="A000002")
    assert showroom.grade("automotive.intention", "deal", other) == "O"
    delivered = but(DEAL, telephone="13900005555", cardNumber="A000003", deliveredOn=TODAY)
    assert showroom.grade("automotive.intention", "deal", delivered) == "NONE"


@pytest.mark.rule("S12.R23")
def test_a_follow_up_needs_the_next_plan_and_a_passed_one_is_overdue(showroom: Showroom) -> None:
    for form, said in (("a_card", CARD), ("follow_up", FOLLOW_UP)):
        for left_out in ("nextOn", "nextPlan"):
            assert showroom.refused(form, but(said, left_out)) == [[left_out]]
    planned = (("2026-11-22", "OVERDUE"), ("2026-11-23", "DUE"), ("2026-11-24", "PLANNED"))
    for number, (day, state) in enumerate(planned):
        followed = but(FOLLOW_UP, telephone=f"1390000{number:04}", cardNumber=f"A{number}", nextOn=day)
        assert showroom.grade("automotive.contact", "follow_up", followed) == state
    closed = but(LOST, telephone="13900000000", cardNumber="A0")
    assert showroom.grade("automotive.contact", "lost", closed) == "NONE"


LAST = (
    ("H", "2026-11-22", "PLANNED"), ("H", "2026-11-21", "OVERDUE"), ("A", "2026-11-20", "PLANNED"),
    ("A", "2026-11-19", "OVERDUE"), ("B", "2026-11-16", "PLANNED"), ("B", "2026-11-15", "OVERDUE"),
    ("C", "2026-11-08", "PLANNED"), ("C", "2026-11-07", "OVERDUE"),
)  # fmt: skip
"""Level, day of the last follow-up, state on `TODAY`: 1, 3, 7 and 15 days, the last included."""


def test_who_was_not_contacted_within_the_interval_of_his_level_is_overdue(showroom: Showroom) -> None:
    for number, (level, day, state) in enumerate(LAST):
        said = but(
            FOLLOW_UP, telephone=f"1390000{number:04}", cardNumber=f"A{number}", level=level,
            doneAt=f"{day}T10:00:00+08:00", nextOn="2026-11-30",
        )  # fmt: skip
        assert showroom.grade("automotive.contact", "follow_up", said) == state, (level, day)
