"""演示数据 — synthetic visitors, callers and owners, as a sales office would have typed them in. Nobody is real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from random import Random

from kehu.plugin import Demo, person

_UNTIL = datetime(2026, 10, 31, 10, 0, tzinfo=UTC)
_AGES = ("A18_24", "A25_34", "A25_34", "A35_44", "A35_44", "A45_54", "A55_64", "A65_PLUS")
_NEEDS = ("FIRST_HOME", "UPGRADE", "UPGRADE", "INVESTMENT", "HOLIDAY", "FOR_FAMILY")
_BANDS = ("FROM_1M_TO_2M", "FROM_2M_TO_3M", "FROM_3M_TO_5M", "FROM_5M_TO_8M", "FROM_8M_TO_20M")
_AREAS = ("佛山市顺德区", "佛山市南海区", "广州市番禺区", "广州市天河区", "中山市", "深圳市南山区")
_TRAITS = ("关注学区", "喜欢安静", "与父母同住", "有两个孩子", "看重物业服务", "已看过周边三个楼盘")
# 物业类型与总价(万元):普通住宅为主,少数独立别墅。
_SALES = (
    ("APARTMENT", 90, 600, 70),
    ("SHOP", 200, 1200, 10),
    ("SAME_TYPE", 700, 1500, 8),
    ("DETACHED_VILLA", 900, 3000, 8),
    ("DETACHED_VILLA", 5000, 9000, 4),
)


def _basic(random: Random) -> dict[str, object]:
    somebody = person(random, 0)
    return {
        "name": somebody.name,
        "sex": somebody.sex,
        "ageBand": random.choice(_AGES),
        "telephone": somebody.mobile,
        "livingWorkingArea": random.choice(_AREAS),
        "needType": random.choice(_NEEDS),
        "priceBand": random.choice(_BANDS),
        "sincerity": random.choice(("HIGH", "MEDIUM", "LOW")),
        "traits": random.choice(_TRAITS),
    }


def _moment(random: Random) -> datetime:
    return _UNTIL - timedelta(minutes=random.randrange(60 * 24 * 700))


def visits(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """来访登记。"""
    for _ in range(count):
        yield _basic(random) | {
            "visitedAt": _moment(random).isoformat(),
            "source": random.choice(("VISIT", "VISIT", "VISIT", "EVENT", "SPECIAL_CHANNEL")),
            "purchaseIntention": random.random() < 0.4,
            "activeInEvents": random.random() < 0.1,
        }


def calls(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """来电登记。"""
    for _ in range(count):
        yield _basic(random) | {
            "calledAt": _moment(random).isoformat(),
            "source": "CALL_IN",
            "purchaseIntention": random.random() < 0.2,
        }


def owners(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """业主信息。"""
    for number in range(count):
        kind, low, high, _ = random.choices(_SALES, weights=[weight for *_, weight in _SALES])[0]
        yield _basic(random) | {
            "unitSold": f"{random.randrange(1, 30)}栋{random.randrange(1, 30)}0{random.randrange(1, 5)}",
            "propertyType": kind,
            "price": {"amount": f"{random.randrange(low, high)}0000.00", "currency": "CNY"},
            "discount": random.choice(("无", "一次性付款九八折", "老带新九九折", "开盘优惠两万元")),
            "address": person(random, 0).address,
            "soldOn": _moment(random).date().isoformat(),
            "externalId": f"MY{number + 1:06}",
        }


DEMOS = (
    Demo(form="realestate.visit", share=0.5, submissions=visits),
    Demo(form="realestate.call", share=0.3, submissions=calls),
    Demo(form="realestate.owner", share=0.2, submissions=owners),
)
