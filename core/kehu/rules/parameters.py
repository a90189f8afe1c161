"""Parameters (参数): thresholds and weights that an organisation sets for itself, and what a verdict is given by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.rules.facts import check_name
from kehu.vocabulary.base import ValueRefused
from kehu.vocabulary.money import MoneyValue, parse_money
from kehu.vocabulary.normal import half_width, text_of

Amount = int | Decimal | MoneyValue
LARGEST = 10**13
"""Bound of a parameter as a whole number: products with points still fit into 64 bits."""


def whole(amount: Amount, places: int, where: str) -> int:
    """The whole number that SQL compares: minor units of money, or ``amount`` in units of its last decimal place.

    Raises `DeclarationError` for a fraction of those, or beyond `LARGEST`.
    """
    scaled = Decimal(amount.minor) if isinstance(amount, MoneyValue) else Decimal(amount).scaleb(places)
    if scaled != int(scaled) or abs(scaled) > LARGEST:
        raise DeclarationError(f"{where}: {amount} has more than {places} decimal places, or is beyond {LARGEST:,}")
    return int(scaled)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that a standard (标准) sets: a threshold of a predicate, a weight of `Points`, a count of days.

    ``default`` counts until a standard is in force; where the regulation doesn't give it, ``source`` says where
    it comes from. No standard goes below ``floor`` or above ``ceiling`` (法定下限、上限). ``places`` are decimal
    places, as those of the fact that it is compared with.
    """

    name: str
    label: Label
    default: Amount
    unit: Label | None = None
    source: Label | None = None
    floor: Amount | None = None
    ceiling: Amount | None = None
    places: int = 0
    cites: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_name(self.name, "parameter")
        where = f"parameter {self.name}"
        bounds = [bound for bound in (self.floor, self.ceiling) if bound is not None]
        if any(_currency(bound) != self.currency for bound in bounds):
            raise DeclarationError(f"{where}: floor, default and ceiling are in one currency, or all plain numbers")
        if not self.low <= self.whole <= self.high:
            raise DeclarationError(f"{where}: its default lies outside floor and ceiling")

    @property
    def currency(self) -> str | None:
        """ISO 4217; None for plain numbers."""
        return _currency(self.default)

    @property
    def measure(self) -> str:
        """What a stored value is measured in: a currency, or decimal places. A value in another one is not taken."""
        return self.currency or str(self.places)

    @property
    def whole(self) -> int:
        """The default as the whole number that is compared."""
        return whole(self.default, self.places, f"parameter {self.name}")

    @property
    def low(self) -> int:
        return -LARGEST if self.floor is None else whole(self.floor, self.places, f"parameter {self.name}, floor")

    @property
    def high(self) -> int:
        return LARGEST if self.ceiling is None else whole(self.ceiling, self.places, f"parameter {self.name}, ceiling")

    def parse(self, raw: object) -> int:
        """A value as a person states it: ``500000.00``, ``50万元``, ``12.5``. Raises `ValueRefused`
        PARAMETER_CURRENCY, PARAMETER_FORMAT, PARAMETER_RANGE and those of money."""
        value = self._money(raw) if self.currency is not None else self._number(raw)
        if not self.low <= value <= self.high:
            low, high = show(self.low, self), show(self.high, self)
            raise ValueRefused("PARAMETER_RANGE", f"须在 {low} 与 {high} 之间", f"Must be between {low} and {high}")
        return value

    def _money(self, raw: object) -> int:
        money = parse_money(raw)
        if money.currency != self.currency:
            raise ValueRefused("PARAMETER_CURRENCY", f"币种须为 {self.currency}", f"Must be in {self.currency}")
        return money.minor

    def _number(self, raw: object) -> int:
        try:
            return whole(Decimal(half_width(text_of(raw)).strip().replace(",", "")), self.places, self.name)
        except (ArithmeticError, DeclarationError, ValueError):
            raise ValueRefused(
                "PARAMETER_FORMAT",
                f"不是最多 {self.places} 位小数的数",
                f"Not a number of at most {self.places} decimal places",
            ) from None


Threshold = Amount | Parameter


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a verdict is given by: the values of a standard by parameter (defaults for the others), and the day."""

    version: int = 0
    values: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    today: date | None = None

    def number(self, threshold: Threshold, places: int = 0) -> int:
        """The whole number that a fact is compared with."""
        if isinstance(threshold, Parameter):
            return min(max(self.values.get(threshold.name, threshold.whole), threshold.low), threshold.high)
        return whole(threshold, places, "threshold")

    @property
    def day(self) -> date:
        """Raises `DeclarationError` where a verdict that depends on the day is asked for without one."""
        if self.today is None:
            raise DeclarationError("a grading with days is judged on a day; give today")
        return self.today


DECLARED = Yardstick()
"""The defaults of the declaration, on no day."""


def check_threshold(fact: str, threshold: Threshold, currency: str | None, places: int) -> None:
    """Raises `DeclarationError` where a fact and its threshold differ in currency or decimal places."""
    found = threshold.currency if isinstance(threshold, Parameter) else _currency(threshold)
    if found != currency:
        raise DeclarationError(f"fact {fact} is in {currency}, its threshold in {found}: never mixed")
    if isinstance(threshold, Parameter):
        if currency is None and threshold.places != places:
            wrong = f"parameter {threshold.name} {threshold.places}: give both the same"
            raise DeclarationError(f"fact {fact} has {places} decimal places, {wrong}")
    else:
        whole(threshold, places, f"fact {fact}, its threshold")


def show(value: int, of: Parameter) -> str:
    """A parameter's whole number as people read it: ``CNY 500,000.00``, ``12.5``."""
    return figures(value, of.currency, of.places)


def figures(value: int, currency: str | None, places: int) -> str:
    """A whole number in figures: ``CNY 50,000,000.00``; ``1,234.5`` where there is no currency."""
    if currency is not None:
        return MoneyValue(value, currency).display
    text = f"{Decimal(value).scaleb(-places):,f}"
    return text.rstrip("0").rstrip(".") if places else text


def _currency(amount: Amount) -> str | None:
    return amount.currency if isinstance(amount, MoneyValue) else None
