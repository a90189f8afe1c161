"""第六条(一)(二)(四) — three of the four segmentations of S9 Art.6, worked out from the recorded dealings.

The fourth, by nature, is what somebody who knows the customer says: `records.ARCHIVE.nature`. Orders, deliveries
and settlements are trade; a settlement says that nothing is outstanding. The text gives no thresholds: those here
are parameters, which each organisation sets for itself.
"""

from __future__ import annotations

from kehu.plugin import (
    All,
    AtLeast,
    Band,
    Criterion,
    DaysSince,
    Exists,
    FirstDay,
    Grading,
    Is,
    Known,
    Label,
    Latest,
    MoneyValue,
    OneOf,
    Parameter,
    Sum,
    True_,
    Within,
)
from kehu_b2b.schemes import PROCESS, TIME, VOLUME

_OURS = Label("办法未列明标准;此为系统默认值,可由本单位设定", "The text gives no threshold: our default, to be set")
_TRADE = Is("kind", "ORDER", "DELIVERY", "SETTLEMENT")
_ORDER = Is("kind", "ORDER")

OLD_AFTER = Parameter(
    "oldAfter",
    Label("首次交易满多少天为老客户", "Days from the first trade to an old customer"),
    365,
    unit=Label("天", "days"),
    source=_OURS,
    floor=1,
    cites=("S9.R06",),
)
MAIN_FROM = Parameter(
    "mainFrom",
    Label("主力客户的一年订货额", "Orders of a year of a main customer"),
    MoneyValue(500_000_000, "CNY"),
    source=_OURS,
    floor=MoneyValue(1, "CNY"),
    cites=("S9.R14",),
)
ORDINARY_FROM = Parameter(
    "ordinaryFrom",
    Label("一般客户的一年订货额", "Orders of a year of an ordinary customer"),
    MoneyValue(50_000_000, "CNY"),
    source=_OURS,
    floor=MoneyValue(1, "CNY"),
    cites=("S9.R14",),
)

FIRST_TRADE = FirstDay("firstTrade", Label("首次交易", "first trade"), "B2bDealing", "occurredOn", where=(_TRADE,))
LAST_TRADE = Latest("lastTrade", Label("最近一次交易", "latest trade"), "B2bDealing", "kind", "occurredOn", (_TRADE,))
ORDERS = Sum(
    "orders",
    Label("一年内订货额", "orders of the last year"),
    record="B2bDealing",
    field="amount",
    where=(_ORDER, Within("occurredOn", 365)),
    currency="CNY",
)
ORDERED = Exists("ordered", Label("一年内有订货", "has ordered within a year"), "B2bDealing",
                 where=(_ORDER, Within("occurredOn", 365)))  # fmt: skip
POSITION = Latest("position", Label("市场地位", "market position"), "B2bArchive", "marketPosition")

BY_TIME = Grading(
    key="b2b.time",
    version=1,
    label=Label("按时间序列划分", "By time"),
    scheme=TIME,
    facts=(FIRST_TRADE,),
    bands=(
        Band(
            "OLD",
            Label("老客户", "Old customer"),
            (
                Criterion(
                    "T1",
                    Label("首次交易已满规定天数", "first traded long enough ago"),
                    DaysSince(FIRST_TRADE, at_least=OLD_AFTER),
                    ("S9.R06",),
                ),
            ),
            data=(("focus", "YES"),),
            cites=("S9.R06",),
        ),
        Band(
            "NEW",
            Label("新客户", "New customer"),
            (Criterion("T2", Label("已有交易", "has traded"), Known(FIRST_TRADE), ("S9.R06",)),),
            data=(("focus", "YES"),),
            cites=("S9.R06",),
        ),
        Band(
            "FUTURE", Label("未来客户", "Future customer"), data=(("focus", "NO"),), cites=("S9.R06",), otherwise=True
        ),
    ),
    cites=("S9.R06",),
    default=True,
    source=_OURS,
)
BY_PROCESS = Grading(
    key="b2b.process",
    version=1,
    label=Label("按交易过程划分", "By the course of trade"),
    scheme=PROCESS,
    facts=(LAST_TRADE,),
    bands=(
        Band(
            "TRADING",
            Label("正在进行交易的客户", "Trading now"),
            (
                Criterion(
                    "P1",
                    Label("有未结清的交易", "trade is outstanding"),
                    OneOf(LAST_TRADE, "ORDER", "DELIVERY"),
                    ("S9.R08",),
                ),
            ),
            cites=("S9.R08",),
        ),
        Band(
            "TRADED",
            Label("曾经有过交易业务的客户", "Has traded"),
            (Criterion("P2", Label("交易已结清", "trade was settled"), OneOf(LAST_TRADE, "SETTLEMENT"), ("S9.R08",)),),
            cites=("S9.R08",),
        ),
        Band("TO_TRADE", Label("未来进行交易的客户", "To trade"), cites=("S9.R08",), otherwise=True),
    ),
    cites=("S9.R08",),
)
BY_VOLUME = Grading(
    key="b2b.volume",
    version=1,
    label=Label("按交易数量和市场地位划分", "By volume and market position"),
    scheme=VOLUME,
    facts=(ORDERS, ORDERED, POSITION),
    bands=(
        Band(
            "MAIN",
            Label("主力客户", "Main customer"),
            (
                Criterion("V1", Label("订货额大", "orders much"), AtLeast(ORDERS, MAIN_FROM), ("S9.R14",)),
                Criterion(
                    "V2",
                    Label("市场领先,且订货额达一般客户标准", "leads its market, and orders enough"),
                    All(OneOf(POSITION, "LEADING"), AtLeast(ORDERS, ORDINARY_FROM)),
                    ("S9.R14",),
                ),
            ),
            data=(("focus", "YES"),),
            cites=("S9.R14",),
        ),
        Band(
            "ORDINARY",
            Label("一般客户", "Ordinary customer"),
            (
                Criterion("V3", Label("订货额达标准", "orders enough"), AtLeast(ORDERS, ORDINARY_FROM), ("S9.R14",)),
                Criterion(
                    "V4",
                    Label("市场地位领先或稳固,且有订货", "leading or established in its market, and orders"),
                    All(OneOf(POSITION, "LEADING", "ESTABLISHED"), True_(ORDERED)),
                    ("S9.R14",),
                ),
            ),
            data=(("focus", "NO"),),
            cites=("S9.R14",),
        ),
        Band(
            "SCATTERED",
            Label("零散客户", "Scattered customer"),
            data=(("focus", "NO"),),
            cites=("S9.R14",),
            otherwise=True,
        ),
    ),
    cites=("S9.R14",),
    default=True,
    source=_OURS,
)

GRADINGS = (BY_TIME, BY_PROCESS, BY_VOLUME)
