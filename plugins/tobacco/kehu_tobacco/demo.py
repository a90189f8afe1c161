"""演示数据 — synthetic retailers and consumers; nobody is real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from kehu.plugin import Demo, organisation, person

_UNTIL = date(2026, 10, 31)
_FORMATS = ("GROCERY", "GROCERY", "GROCERY", "CONVENIENCE", "SUPERMARKET", "TOBACCO_LIQUOR", "ENTERTAINMENT")
_PAYMENTS = ("DIRECT_DEBIT", "DIRECT_DEBIT", "MOBILE_PAYMENT", "MOBILE_PAYMENT", "CASH")
_CATEGORIES = ("CLASS_1", "CLASS_2", "CLASS_3", "CLASS_4", "CLASS_5", "CIGAR")
_WORDS = ("迎春", "兴旺", "惠民", "家家乐", "东升", "百福")


def _day(random: Random, days: int) -> str:
    return (_UNTIL - timedelta(days=random.randrange(days))).isoformat()


def _shop(random: Random, number: int, nature: int) -> dict[str, object]:
    somebody = person(random, 0)
    return {
        "telephone": somebody.mobile,
        "residence": somebody.address,
        "code": f"DEMO{nature}{number:05}",
        "licence": f"440606{nature}{90_000 + number % 10_000:05}",
        "licenceUntil": (_UNTIL + timedelta(days=random.randrange(1_800))).isoformat(),
        "shopName": f"{random.choice(_WORDS)}示例商店",
        "format": random.choice(_FORMATS),
        "marketArea": random.choice(("TOWN", "TOWN", "VILLAGE")),
        "floorArea": f"{random.randrange(12, 300)}.5",
        "address": person(random, 0).address,
        "payment": random.choice(_PAYMENTS),
        "openedOn": _day(random, 3_000),
    }


def sole_traders(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """个体零售客户。"""
    for number in range(count):
        yield {"name": person(random, 0).name} | _shop(random, number, 1)


def companies(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """企业零售客户。"""
    for number in range(count):
        company = organisation(random, 0)
        named = {"organisationName": company.name, "uscc": company.uscc}
        yield named | {"legalRepresentative": company.contact.name} | _shop(random, number, 2)


def consumers(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """消费者。"""
    for _ in range(count):
        somebody = person(random, 0)
        yield {
            "name": somebody.name,
            "telephone": somebody.mobile,
            "residence": somebody.address,
            "payment": random.choice(_PAYMENTS),
            "registeredOn": _day(random, 365),
            "bought": [
                {
                    "boughtOn": _day(random, 90),
                    "category": random.choice(_CATEGORIES),
                    "quantity": random.randrange(1, 6),
                }
                for _ in range(random.randrange(1, 4))
            ],
        }


DEMOS = (
    Demo(form="tobacco.sole_trader", share=0.6, submissions=sole_traders),
    Demo(form="tobacco.company", share=0.1, submissions=companies),
    Demo(form="tobacco.consumer_card", share=0.3, submissions=consumers),
)
