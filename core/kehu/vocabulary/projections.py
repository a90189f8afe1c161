"""Projections: clear values computed at write from sealed ones. Each is a declassifier; pure but for ``today``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

from kehu.vocabulary.address import AddressValue
from kehu.vocabulary.codes import AGE_BANDS
from kehu.vocabulary.dates import latest_today


def birth_year(birth: date) -> int:
    """The calendar year of a birth."""
    return birth.year


def age_on(birth: date, day: date) -> int:
    """Completed years of life on ``day``; who is born on 29 February completes them on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_band(birth: date, today: Callable[[], date] = latest_today) -> str:
    """The code of `AGE_BANDS` at the time of writing; it isn't recomputed as time goes by (S17.R21)."""
    age = age_on(birth, today())
    return next(band.code for band in reversed(AGE_BANDS) if band.low <= max(age, 0))


def district_of(address: AddressValue) -> str | None:
    """Province, city and district as one text; None where the address names none of them."""
    return address.area or None


def sex_of_resident_id(resident_id: str) -> Literal["MALE", "FEMALE"]:
    """Digit 17 is odd for men (GB 11643, F-90)."""
    return "MALE" if int(resident_id[16]) % 2 else "FEMALE"


PROJECTIONS: Mapping[str, Callable[[Any], int | str | None]] = {
    "age_band": age_band,
    "birth_year": birth_year,
    "district_of": district_of,
    "sex_of_resident_id": sex_of_resident_id,
}
"""By name, as `Projection.compute` says them; each takes the opened source value."""
