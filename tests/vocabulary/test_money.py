"""Amounts are exact, whatever their size."""

from __future__ import annotations

from decimal import Decimal

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.vocabulary import Money, MoneyValue, ValueRefused
from kehu.vocabulary.money import EXPONENTS, LARGEST_MINOR

MINOR = st.integers(-LARGEST_MINOR, LARGEST_MINOR)


@given(MINOR, st.sampled_from(sorted(EXPONENTS)))
def test_every_amount_comes_back_exactly(minor: int, currency: str) -> None:
    value = MoneyValue(minor, currency)
    shown = Money.output(value)
    assert Money.parse(shown) == value
    assert Money.parse(value.display) == value
    assert Money.parse({"amount": value.amount, "currency": currency}) == value
    assert Money.decode(Money.encode(value)) == value
    assert jsonschema_rs.is_valid(dict(Money.schema), shown)


@given(MINOR)
def test_an_amount_is_its_minor_units(minor: int) -> None:
    assert MoneyValue(minor, "CNY").amount * 100 == minor
    assert MoneyValue(minor, "JPY").amount == minor


@given(st.integers(0, 10**8))
def test_ten_thousands_are_exact(wan: int) -> None:
    assert Money.parse(f"{wan}万元") == Money.parse(wan * 10_000)


@pytest.mark.rule("S17.R09", "S17.R14")
def test_thresholds_are_told_from_one_cent_less() -> None:
    assert Money.parse("5000万元").minor == 5_000_000_000
    assert Money.parse("49999999.99").minor == 4_999_999_999
    assert Money.parse("800万").minor - Money.parse("7,999,999.99").minor == 1


@given(st.floats())
def test_no_float_is_an_amount(amount: float) -> None:
    for raw in (amount, {"amount": amount, "currency": "CNY"}):
        with pytest.raises(ValueRefused) as caught:
            Money.parse(raw)
        assert caught.value.problem.code == "MONEY_FLOAT"


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_a_decimal_is_exact_or_refused(amount: Decimal) -> None:
    try:
        value = Money.parse(amount)
    except ValueRefused:
        return
    assert value.amount == amount


@pytest.mark.parametrize(
    ("minor", "currency", "display"),
    [
        (800000000, "CNY", "CNY 8,000,000.00"),
        (1, "CNY", "CNY 0.01"),
        (-350, "CNY", "CNY -3.50"),
        (0, "CNY", "CNY 0.00"),
        (500, "JPY", "JPY 500"),
        (1234, "KWD", "KWD 1.234"),
        (10**15, "CNY", "CNY 10,000,000,000,000.00"),
    ],
)
def test_display(minor: int, currency: str, display: str) -> None:
    assert MoneyValue(minor, currency).display == display


def test_the_value_itself_shows_nothing() -> None:
    value = MoneyValue(800000000, "CNY")
    assert "8" not in f"{value!r}{value}{value!s}"
