"""零售户档位(F-52) — 30 grades on both sides of every threshold, and a city's own weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .conftest import TRADER, but

if TYPE_CHECKING:
    from .conftest import Office

PROPOSE = """
mutation ($unit: ID!, $values: [GradingValueInput!]!, $key: String!) {
  proposeGradingStandard(
    grading: "tobacco.retailer_grade", unit: $unit, effectiveFrom: "2026-11-23", values: $values, idempotencyKey: $key
  ) { ... on ProposeGradingStandardSuccess { standard { id unit } } ... on Problems { problems { code path } } }
}
"""
DECIDE = """
mutation ($id: String!, $key: String!) {
  decideGradingStandard(id: $id, approve: true, idempotencyKey: $key) {
    ... on DecideGradingStandardSuccess { standard { state } }
  }
}
"""
UNITS = "{ organisationUnits { nodes { id code } } }"
CARTONS_A_POINT = 20
"""120 points for 2,400 cartons."""
FEN_A_POINT = 300_000
"""120 points for CNY 360,000."""


class Shop:
    """One shop, graded anew after each purchase."""

    def __init__(self, office: Office, number: int, *, modern: bool, unit: str | None = None) -> None:
        """A modern convenience store that pays by debit has 60 points to begin with, a grocery with cash none."""
        self.office = office
        self.code = f"SHOP-{number}"
        shop = but(
            TRADER, code=self.code, telephone=f"139{number:08}", licence=f"4406061{number:05}",
            format="CONVENIENCE" if modern else "GROCERY", payment="DIRECT_DEBIT" if modern else "CASH",
        )  # fmt: skip
        where = office.world.principal(every=True, staff="S001", unit=unit)
        assert "id" in office.fill("sole_trader", shop, where)

    def buys(self, cartons: int = 0, fen: int = 0, on: str = "2026-11-01") -> str:
        """The grade after so many cartons more, for so much more."""
        row: dict[str, object] = {"boughtOn": on, "category": "CLASS_2", "quantity": cartons}
        row |= {"amount": {"amount": f"{fen // 100}.{fen % 100:02}", "currency": "CNY"}}
        return self.office.grade("purchases", {"code": self.code, "purchases": [row]})


def test_thirty_grades_on_both_sides_of_every_threshold(quick_office: Office) -> None:
    """Up to 120 points by cartons, up to 240 by amount, the rest with the 60 of a modern shop."""
    plain = Shop(quick_office, 1, modern=False)
    for number in range(2, 14):
        assert plain.buys(cartons=10 * CARTONS_A_POINT - 1) == f"G{number - 1:02}"
        assert plain.buys(cartons=1) == f"G{number:02}"
    assert plain.buys(cartons=100_000) == "G13"  # there are no more points for cartons
    for number in range(14, 26):
        assert plain.buys(fen=10 * FEN_A_POINT - 1) == f"G{number - 1:02}"
        assert plain.buys(fen=1) == f"G{number:02}"
    assert plain.buys(fen=10**9) == "G25"
    modern = Shop(quick_office, 2, modern=True)
    assert modern.buys() == "G07"
    assert modern.buys(cartons=120 * CARTONS_A_POINT, fen=60 * FEN_A_POINT) == "G25"
    for number in range(26, 31):
        assert modern.buys(fen=10 * FEN_A_POINT - 1) == f"G{number - 1:02}"
        assert modern.buys(fen=1) == f"G{number:02}"
    assert modern.buys(fen=10**9) == "G30"
    # 365 days back still counts, a day more doesn't.
    old = Shop(quick_office, 3, modern=False)
    assert old.buys(cartons=2_400, on="2025-11-22") == "G01"
    assert old.buys(cartons=2_400, on="2025-11-23") == "G13"


def test_who_sells_no_tobacco_has_no_grade(office: Office) -> None:
    said = {"name": "司徒示例", "telephone": "13900005555", "payment": "CASH", "registeredOn": "2026-11-20"}
    assert office.grade("consumer_card", said) == "NONE"


def test_a_city_company_sets_its_own_weights(office: Office) -> None:
    """Of two cities one counts quantity alone: the same purchases, another grade."""
    units = {one["code"]: one["id"] for one in office.data(UNITS)["organisationUnits"]["nodes"]}
    weights = {"quantityWeight": "300", "amountWeight": "0", "cashlessWeight": "0", "formatWeight": "0"}
    values = [{"name": name, "value": value} for name, value in weights.items()]
    city = office.world.principal(every=True, staff="S001", unit="P01", client="one")
    made = office.world.data(city, PROPOSE, unit=units["P01"], values=values, key="propose")
    other = office.world.principal(every=True, staff="S002", unit="P01", client="two")
    decided = office.world.data(other, DECIDE, id=made["proposeGradingStandard"]["standard"]["id"], key="decide")
    assert decided["decideGradingStandard"]["standard"]["state"] == "PUBLISHED"
    assert Shop(office, 1, modern=False, unit="P01").buys(cartons=1_200) == "G16"  # 150 of 300 points
    assert Shop(office, 2, modern=False, unit="P02").buys(cartons=1_200) == "G07"  # 60 of 300 points, by the default
