"""演示数据 — synthetic policyholders, as an agent would have typed them in. Nobody is real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from kehu.plugin import Demo, person

_UNTIL = date(2026, 10, 31)
_PRODUCTS = ("LIFE", "HEALTH", "HEALTH", "ACCIDENT", "MOTOR", "PROPERTY")
_OF_PERSONS = ("LIFE", "HEALTH", "ACCIDENT", "ANNUITY")
_CONDITIONS = ("良好", "良好", "轻度近视", "血压略高,定期复查")
_BANKS = ("示例银行", "样本农商银行")


def _amount(yuan: int) -> dict[str, str]:
    return {"amount": f"{yuan}.00", "currency": "CNY"}


def applications(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """投保单。"""
    for number in range(count):
        somebody, other = person(random, 0), person(random, 0)
        applied = _UNTIL - timedelta(days=random.randrange(1_500))
        product = random.choice(_PRODUCTS)
        made: dict[str, object] = {
            "name": somebody.name,
            "sex": somebody.sex,
            "birthDate": somebody.birth_date.isoformat(),
            "documentKind": "RESIDENT_ID",
            "residentId": somebody.resident_id,
            "mobile": somebody.mobile,
            "address": somebody.address,
            "product": product,
            "policyReference": f"P{number + 1:07}",
            "appliedOn": applied.isoformat(),
            "coversFrom": (applied + timedelta(days=7)).isoformat(),
            "paymentMode": random.choice(("SINGLE", "YEARLY", "MONTHLY")),
            "sumInsured": _amount(random.randrange(10, 200) * 10_000),
            "premium": _amount(random.randrange(2, 200) * 100),
            "bank": random.choice(_BANKS),
            "accountNumber": f"62{random.randrange(10**16):016}",
        }
        if product in _OF_PERSONS:
            made |= {
                "declaredOn": applied.isoformat(),
                "condition": random.choice(_CONDITIONS),
                "insured": [{"name": other.name, "mobile": other.mobile}],
            }
        yield made


DEMOS = (Demo(form="insurance.application", share=1.0, submissions=applications),)
