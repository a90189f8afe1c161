"""演示数据 — synthetic visitors, A-cards and deals of a dealer. Nobody is real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random

from kehu.plugin import Demo, person

_UNTIL = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
_TODAY = date(2026, 11, 20)
_MODELS = ("示例轿车 1.5T", "示例SUV 2.0T", "示例SUV 混动", "示例MPV 2.0T", "示例电动轿车")
_SOURCES = ("WALK_IN", "WALK_IN", "CALL", "WEB", "WEB", "REFERRAL", "EXHIBITION", "REPEAT")
_COLOURS = ("白色", "黑色", "银色", "蓝色", "红色")
_TALKS = ("询问落地价格", "关注油耗和保养", "比较两款车的空间", "希望置换旧车", "等待优惠活动")
_LEVELS = (("H", 7), ("A", 15), ("B", 30), ("C", 90))


def _moment(random: Random) -> datetime:
    return _UNTIL - timedelta(minutes=random.randrange(60 * 24 * 60))


def visits(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """来店(电)登记,十分之一的客户没有留下信息。"""
    for _ in range(count):
        arrived = _moment(random)
        contact = random.choice(("VISIT", "VISIT", "CALL"))
        entry: dict[str, object] = {
            "companions": random.choice(("无", "配偶", "父母二人", "朋友一人")),
            "arrivedAt": arrived.isoformat(),
            "model": random.choice(_MODELS),
            "source": random.choice(_SOURCES),
            "summary": random.choice(_TALKS),
            "consultant": f"S{random.randrange(1, 7):03}",
            "contact": contact,
            "testDrive": contact == "VISIT" and random.random() < 0.3,
        }
        if contact == "VISIT":
            entry["leftAt"] = (arrived + timedelta(minutes=random.randrange(10, 90))).isoformat()
        if random.random() < 0.1:
            yield entry | {"customerKind": "ANONYMOUS"}
        else:
            somebody = person(random, 0)
            yield entry | {"name": somebody.name, "telephone": somebody.mobile}


def cards(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """A卡,从H级到C级。"""
    for _ in range(count):
        somebody = person(random, 0)
        level, days = random.choice(_LEVELS)
        opened = _TODAY - timedelta(days=random.randrange(1, 30))
        yield {
            "name": somebody.name,
            "sex": somebody.sex,
            "telephone": somebody.mobile,
            "industry": random.choice(("制造业", "教育", "医疗", "批发零售", "信息技术")),
            "presentVehicle": random.choice(("无", "家用轿车,使用六年", "小型SUV,使用四年")),
            "model": random.choice(_MODELS),
            "colour": random.choice(_COLOURS),
            "budget": {"amount": f"{random.randrange(8, 40)}0000.00", "currency": "CNY"},
            "purchaseManner": random.choice(("FULL_PAYMENT", "LOAN", "TRADE_IN")),
            "purchasePurpose": random.choice(("COMMUTING", "FAMILY", "COMPANY")),
            "source": random.choice(_SOURCES),
            "favourable": "家人支持换车",
            "unfavourable": random.choice(("价格敏感", "在看竞品", "需等年底")),
            "cardNumber": f"A{random.randrange(10**6):06}",
            "openedOn": opened.isoformat(),
            "firstReceivedOn": opened.isoformat(),
            "firstReception": random.choice(_TALKS),
            "level": level,
            "expectedOn": (_TODAY + timedelta(days=random.randrange(days - 6, days + 1))).isoformat(),
            "nextOn": (_TODAY + timedelta(days=random.randrange(-2, 8))).isoformat(),
            "nextPlan": random.choice(("电话邀约试驾", "发送报价单", "邀请到店看现车")),
        }


def deals(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """成交,部分尚未交车。"""
    for _ in range(count):
        somebody = person(random, 0)
        closed = _TODAY - timedelta(days=random.randrange(1, 60))
        deal: dict[str, object] = {
            "name": somebody.name,
            "telephone": somebody.mobile,
            "cardNumber": f"D{random.randrange(10**6):06}",
            "closedOn": closed.isoformat(),
            "model": random.choice(_MODELS),
            "colour": random.choice(_COLOURS),
            "price": {"amount": f"{random.randrange(9, 38)}8000.00", "currency": "CNY"},
        }
        if random.random() < 0.7:
            deal["deliveredOn"] = (closed + timedelta(days=7)).isoformat()
        yield deal


DEMOS = (
    Demo(form="automotive.register", share=0.5, submissions=visits),
    Demo(form="automotive.a_card", share=0.35, submissions=cards),
    Demo(form="automotive.deal", share=0.15, submissions=deals),
)
