"""The demo: enough customers, every grade, the same each time, and nothing the second time."""

from __future__ import annotations

from collections import Counter

import pytest

from kehu.evidence import Valid, verify
from kehu.filling import ORGANISATIONS, fill_demo

from .conftest import Office


@pytest.mark.rule("S17.R08", "S17.R12", "S17.R16", "S17.R17", "S17.R18")
def test_the_demo_has_two_thousand_customers_of_all_grades(office: Office) -> None:
    assert fill_demo(office.world.installation) >= 2_000
    bands = Counter(row.band for row in office.rows("grade") if row.superseded_at is None)
    assert set(bands) == set("ABCDE")
    assert sum(bands.values()) == len(office.rows("customer"))
    assert len(office.rows("identity_document")) == len({row.customer_id for row in office.rows("holding")}) > 100
    assert Counter(row.kind for row in office.rows("customer"))["ORGANISATION"] == ORGANISATIONS
    assert {row.status for row in office.rows("judgement")} == {"APPROVED", "REFUSED"}
    assert fill_demo(office.world.installation) == sum(bands.values())
    office.world.installation.mover.drain()
    assert isinstance(verify(office.world.installation.evidence), Valid)
