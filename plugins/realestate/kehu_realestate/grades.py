"""客户等级 — grades A to E of S17 (客户信息管理办法) Art.4.2.

以上 includes the number itself (民法典 Art.1259). Purchases are property holdings that weren't cancelled;
one that was resold since still counts, for the text says 已购买 (has bought). "Influence", "brings others
to buy" and "official" are approved judgements, never data that somebody typed in.
"""

from __future__ import annotations

from kehu.plugin import (
    All,
    Any_,
    AtLeast,
    Band,
    Criterion,
    Exists,
    Grading,
    Is,
    IsTrue,
    Label,
    MoneyValue,
    Sum,
    True_,
)
from kehu_realestate.schemes import GRADE

_PROPERTY = Is("kind", "PROPERTY")
_NOT_CANCELLED = Is("status", "ACTIVE", "ENDED")
_APPROVED = Is("status", "APPROVED")
_FIVE_THOUSAND_WAN = MoneyValue(5_000_000_000, "CNY")
_EIGHT_HUNDRED_WAN = MoneyValue(800_000_000, "CNY")

PURCHASES = Sum(
    "purchases",
    Label("累计购买金额", "cumulative purchases"),
    record="Holding",
    field="amount",
    where=(_PROPERTY, _NOT_CANCELLED),
    currency="CNY",
)
BOUGHT = Exists("bought", Label("已购买物业", "has bought property"), "Holding", where=(_PROPERTY, _NOT_CANCELLED))
VILLA = Exists(
    "villa",
    Label("已购买独立别墅", "has bought a detached villa"),
    "RealestateProperty",
    where=(Is("propertyType", "DETACHED_VILLA"),),
    parent="Holding",
    on_parent=(_PROPERTY, _NOT_CANCELLED),
)
SAME_TYPE = Exists(
    "sameType",
    Label("已购买与独立别墅同等类型的物业", "has bought property of the same type as a detached villa"),
    "RealestateProperty",
    where=(Is("propertyType", "SAME_TYPE"),),
    parent="Holding",
    on_parent=(_PROPERTY, _NOT_CANCELLED),
)
INFLUENCE = Exists(
    "influence",
    Label(
        "经批准认定:在其从业领域具有重大影响力或在美的具有一定影响力",
        "approved judgement: major influence in the own field or some influence in Midea",
    ),
    "Judgement",
    where=(Is("kind", "INFLUENCE_FIELD", "INFLUENCE_MIDEA"), _APPROVED),
)
BRINGS_BUYERS = Exists(
    "bringsBuyers",
    Label("经批准认定:积极带动身边群体购买", "approved judgement: actively brings others to buy"),
    "Judgement",
    where=(Is("kind", "BRINGS_BUYERS"), _APPROVED),
)
STANDING = Exists(
    "standing",
    Label(
        "经批准认定:政府重要官员或在行业中有重要影响力",
        "approved judgement: important official or important influence in the industry",
    ),
    "Judgement",
    where=(Is("kind", "OFFICIAL", "INFLUENCE_INDUSTRY"), _APPROVED),
)
INTENTION = Exists(
    "intention",
    Label("有购买意向", "intends to buy"),
    "RealestateProfile",
    where=(IsTrue("purchaseIntention"),),
)
ACTIVE = Exists(
    "active",
    Label("积极参与公司活动", "active in company events"),
    "RealestateProfile",
    where=(IsTrue("activeInEvents"),),
)

A = Band(
    "A",
    Label("贵宾级客户", "VIP"),
    (
        Criterion(
            "A1",
            Label("累计购买5000万元以上物业", "cumulative purchases of CNY 50,000,000 or more"),
            AtLeast(PURCHASES, _FIVE_THOUSAND_WAN),
            ("S17.R09",),
        ),
        Criterion(
            "A2",
            Label("独立别墅业主,且具有影响力", "bought a detached villa, and has influence"),
            All(True_(VILLA), True_(INFLUENCE)),
            ("S17.R10",),
        ),
        Criterion(
            "A3",
            Label("独立别墅或同类型物业业主,且带动购买", "bought a villa or the same type, and brings others to buy"),
            All(Any_(True_(VILLA), True_(SAME_TYPE)), True_(BRINGS_BUYERS)),
            ("S17.R11",),
        ),
    ),
    data=(("card", "DIAMOND"),),
    cites=("S17.R08",),
)
B = Band(
    "B",
    Label("重要客户", "Important"),
    (
        Criterion(
            "B1",
            Label("购买独立别墅或同等类型物业", "bought a detached villa or the same type"),
            Any_(True_(VILLA), True_(SAME_TYPE)),
            ("S17.R13",),
        ),
        Criterion(
            "B2",
            Label("累计购买达800万元或以上", "cumulative purchases of CNY 8,000,000 or more"),
            AtLeast(PURCHASES, _EIGHT_HUNDRED_WAN),
            ("S17.R14",),
        ),
        Criterion(
            "B3",
            Label("已购买物业,且为重要官员或行业影响人士", "has bought; an official, or influential in the industry"),
            All(True_(BOUGHT), True_(STANDING)),
            ("S17.R15",),
            note=Label(
                "官员身份属敏感个人信息,须有依据并经他人批准",
                "a public office is sensitive personal information: only with evidence, approved by somebody else",
            ),
        ),
    ),
    data=(("card", "PLATINUM"),),
    cites=("S17.R12",),
)
C = Band(
    "C",
    Label("一般重要客户", "Generally important"),
    (Criterion("C1", Label("已购买物业", "has bought property"), True_(BOUGHT), ("S17.R16",)),),
    data=(("card", "GOLD"),),
    cites=("S17.R16",),
)
D = Band(
    "D",
    Label("一般客户", "General"),
    (
        Criterion("D1", Label("有购买意向", "intends to buy"), True_(INTENTION), ("S17.R17",)),
        Criterion("D2", Label("积极参与活动", "active in company events"), True_(ACTIVE), ("S17.R17",)),
    ),
    data=(("card", "NONE"),),
    cites=("S17.R17",),
)
E = Band(
    "E",
    Label("普通咨询客户", "Ordinary enquiry"),
    data=(("card", "NONE"),),
    cites=("S17.R18",),
    otherwise=True,
)

IMPORTANCE = Grading(
    key="realestate.importance",
    version=1,
    label=Label("客户重要程度分级", "Grading by importance"),
    scheme=GRADE,
    facts=(PURCHASES, BOUGHT, VILLA, SAME_TYPE, INFLUENCE, BRINGS_BUYERS, STANDING, INTENTION, ACTIVE),
    bands=(A, B, C, D, E),
    cites=tuple(f"S17.R{number:02}" for number in range(8, 19)),
)

GRADINGS = (IMPORTANCE,)
