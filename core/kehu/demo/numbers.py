"""Identifiers with right check digits, kept apart from those in use where the number's shape allows it."""

from __future__ import annotations

from datetime import date
from random import Random

from stdnum.cn import ric
from stdnum.cn import uscc as uscc_check

_PREFIXES = (
    "135",
    "136",
    "138",
    "139",
    "150",
    "158",
    "159",
    "166",
    "173",
    "177",
    "180",
    "186",
    "188",
    "189",
    "198",
    "199",
)
_USCC_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_DOMAINS = ("example.com", "example.cn")


def resident_id(random: Random, region: str, birth: date, sex: str) -> str:
    """A resident ID with a right check character; sequence numbers from 900 on are hardly ever given out."""
    sequence = random.randrange(900, 1000, 2) + (1 if sex == "MALE" else 0)
    body = f"{region}{birth:%Y%m%d}{sequence}"
    return body + ric.calc_check_digit(body + "0")


def mobile(random: Random) -> str:
    """A mobile number of a valid range; the digits ``00`` after the range mark it as made up."""
    return f"{random.choice(_PREFIXES)}00{random.randrange(10**6):06}"


def email(random: Random, number: int) -> str:
    """An address at a domain reserved for examples (RFC 2606)."""
    return f"kehu{number:05}.{random.randrange(1000):03}@{random.choice(_DOMAINS)}"


def uscc(random: Random, region: str) -> str:
    """A USCC of a company in ``region`` with a right check character."""
    code = "".join(random.choice(_USCC_LETTERS) for _ in range(5))
    body = f"91{region}MAK0{code}"
    return body + uscc_check.calc_check_digit(body)
