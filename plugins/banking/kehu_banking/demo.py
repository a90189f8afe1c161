"""演示数据 — synthetic customers of a bank, as the counter would have typed them in. Nobody is real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from kehu.plugin import Demo, person

_UNTIL = date(2026, 10, 31)
_OCCUPATIONS = ("教师", "工程师", "个体经营", "公司职员", "医生", "退休人员")
_ACCOUNTS = ("DEMAND", "DEMAND", "TIME", "WEALTH")
# 月日均金融资产(元):多数客户不足起点,少数达到白金、钻石标准。
_ASSETS = ((500, 200_000, 60), (200_000, 1_000_000, 28), (1_000_000, 5_000_000, 10), (5_000_000, 30_000_000, 2))


def _amount(yuan: int) -> dict[str, str]:
    return {"amount": f"{yuan}.00", "currency": "CNY"}


def accounts(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """开户登记。"""
    for number in range(count):
        somebody = person(random, number)
        opened = _UNTIL - timedelta(days=random.randrange(3_000))
        yield {
            "name": somebody.name,
            "sex": somebody.sex,
            "nationality": "CN",
            "occupation": random.choice(_OCCUPATIONS),
            "documentKind": "RESIDENT_ID",
            "residentId": somebody.resident_id,
            "validUntil": (_UNTIL + timedelta(days=random.randrange(3_600))).isoformat(),
            "mobile": somebody.mobile,
            "address": somebody.address,
            "accountKind": random.choice(_ACCOUNTS),
            "accountNumber": f"6{random.randrange(10**17):017}",
            "openedOn": opened.isoformat(),
            "reference": f"A{number + 1:07}",
            "services": [{"kind": "MOBILE_BANKING", "since": opened.isoformat()}] if random.random() < 0.6 else [],
        }


def assets(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """月度金融资产。"""
    for number in range(count):
        somebody = person(random, number)
        low, high, _ = random.choices(_ASSETS, weights=[weight for *_, weight in _ASSETS])[0]
        yield {
            "name": somebody.name,
            "mobile": somebody.mobile,
            "reference": f"M{number + 1:07}",
            "month": "2026-10-01",
            "average": _amount(random.randrange(low, high)),
        }


DEMOS = (
    Demo(form="banking.opening", share=0.6, submissions=accounts),
    Demo(form="banking.asset_report", share=0.4, submissions=assets),
)
