"""意向级别与回访 — intention levels O, H, A, B, C, and whether a follow-up is overdue (S12 §2, §3: lost).

The chapters are lost. The days are those of the trade (F-70, F-71) and parameters: a dealer sets his own as a
standard, without code (F-72). 以内 includes the last day (民法典 Art.1259). A card that has a final result counts
for nothing here.
"""

from __future__ import annotations

from kehu.plugin import (
    All,
    Any_,
    Band,
    Criterion,
    DaysSince,
    DaysUntil,
    Exists,
    FirstDay,
    Grading,
    Is,
    IsNull,
    Label,
    LastDay,
    Not,
    Parameter,
    SetBy,
    True_,
)
from kehu_automotive.schemes import CONTACT, INTENTION

_TRADE = Label("原文缺失;行业培训资料的通行天数(F-70)", "The text is lost; the days in use in the trade (F-70)")
_DAYS = Label("天", "days")
_OPEN = Is("outcome", "OPEN")


def _days(name: str, zh: str, en: str, default: int) -> Parameter:
    return Parameter(name, Label(zh, en), default, unit=_DAYS, source=_TRADE, floor=0, ceiling=365, cites=("S12.R01",))


H_BUYS = _days("hBuysWithin", "H级:预计购车天数", "H: buys within", 7)
A_BUYS = _days("aBuysWithin", "A级:预计购车天数", "A: buys within", 15)
B_BUYS = _days("bBuysWithin", "B级:预计购车天数", "B: buys within", 30)
C_BUYS = _days("cBuysWithin", "C级:预计购车天数", "C: buys within", 90)
H_CONTACT = _days("hContactWithin", "H级:回访间隔", "H: contact within", 1)
A_CONTACT = _days("aContactWithin", "A级:回访间隔", "A: contact within", 3)
B_CONTACT = _days("bContactWithin", "B级:回访间隔", "B: contact within", 7)
C_CONTACT = _days("cContactWithin", "C级:回访间隔", "C: contact within", 15)

EXPECTED = FirstDay(
    "expectedOn", Label("预计购车日期", "expects to buy on"), "AutomotiveCard", "expectedOn", where=(_OPEN,)
)
OPEN = Exists("openCard", Label("有跟进中的A卡", "has an open A-card"), "AutomotiveCard", where=(_OPEN,))
ORDERED = Exists(
    "ordered",
    Label("已订车未交车", "has ordered a car that isn't delivered"),
    "AutomotiveVehicle",
    where=(IsNull("deliveredOn"),),
    parent="Holding",
    on_parent=(Is("kind", "VEHICLE"), Is("status", "ACTIVE")),
)


def _stated(code: str) -> Exists:
    """The level as the consultant put it on the card, where he expects no particular day."""
    return Exists(
        f"stated{code}",
        Label(f"A卡填{code}级,未填预计购车日期", f"the card says {code}, and no day"),
        "AutomotiveCard",
        where=(_OPEN, Is("level", code), IsNull("expectedOn")),
    )


STATED_O, STATED_H, STATED_A, STATED_B, STATED_C = (_stated(code) for code in "OHABC")


def _band(code: str, zh: str, en: str, buys: Parameter, stated: Exists) -> Band:
    return Band(
        code,
        Label(zh, en),
        (
            Criterion(f"{code}1", Label("预计购车日期在天数以内", "expects to buy within the days"),
                      DaysUntil(EXPECTED, at_most=buys), ("S12.R01",)),
            Criterion(f"{code}2", Label("销售顾问所填级别", "level stated by the consultant"), True_(stated),
                      ("S12.R01", "S12.R21")),
        ),
        cites=("S12.R01",),
    )  # fmt: skip


H = _band("H", "7天内购车", "buys within 7 days", H_BUYS, STATED_H)
A = _band("A", "15天内购车", "buys within 15 days", A_BUYS, STATED_A)
B = _band("B", "30天内购车", "buys within 30 days", B_BUYS, STATED_B)
C = _band("C", "90天内购车", "buys within 90 days", C_BUYS, STATED_C)
O = Band(  # noqa: E741  the level's name in the trade
    "O",
    Label("已订车未交车", "ordered, not delivered"),
    (
        Criterion("O1", Label("已订车未交车", "ordered, not delivered"), True_(ORDERED), ("S12.R01",)),
        Criterion("O2", Label("销售顾问所填级别", "level stated by the consultant"), True_(STATED_O),
                  ("S12.R01", "S12.R21")),
    ),
    cites=("S12.R01",),
)  # fmt: skip

INTENTION_LEVEL = Grading(
    key="automotive.intention",
    version=1,
    label=Label("客户意向级别的判定", "Determination of the intention level"),
    scheme=INTENTION,
    facts=(EXPECTED, ORDERED, STATED_O, STATED_H, STATED_A, STATED_B, STATED_C),
    bands=(O, H, A, B, C, Band("NONE", Label("未定级", "no level"), cites=("S12.R01",), otherwise=True)),
    cites=("S12.R01", "S12.R21"),
    set_by=SetBy.UNIT,
    default=True,
    source=_TRADE,
)

NEXT = FirstDay("nextOn", Label("下次回访日期", "next follow-up on"), "AutomotiveCard", "nextOn", where=(_OPEN,))
CALLED = LastDay("calledOn", Label("最近回访", "last follow-up"), "FollowUp", "doneAt")
RECEIVED = LastDay("receivedOn", Label("最近来店来电", "last visit or call"), "Interaction", "occurredAt")


def _neglected(code: str, buys: Parameter, stated: Exists, contact: Parameter) -> Criterion:
    return Criterion(
        f"F{code}",
        Label(f"{code}级超过回访间隔未联系", f"{code}: no contact within the interval"),
        All(
            Any_(DaysUntil(EXPECTED, at_most=buys), True_(stated)),
            Not(DaysSince(CALLED, at_most=contact)),
            Not(DaysSince(RECEIVED, at_most=contact)),
        ),
        ("S12.R01",),
    )


FOLLOW_UP = Grading(
    key="automotive.contact",
    version=1,
    label=Label("客户信息回访的规定", "Whether a follow-up is due"),
    scheme=CONTACT,
    facts=(NEXT, EXPECTED, OPEN, STATED_H, STATED_A, STATED_B, STATED_C, CALLED, RECEIVED),
    bands=(
        Band(
            "OVERDUE",
            Label("回访逾期", "overdue"),
            (
                Criterion("F1", Label("计划的回访日期已过", "the day planned has passed"),
                          DaysUntil(NEXT, at_most=-1), ("S12.R23",)),
                _neglected("H", H_BUYS, STATED_H, H_CONTACT),
                _neglected("A", A_BUYS, STATED_A, A_CONTACT),
                _neglected("B", B_BUYS, STATED_B, B_CONTACT),
                _neglected("C", C_BUYS, STATED_C, C_CONTACT),
            ),
            cites=("S12.R01", "S12.R23"),
        ),
        Band(
            "DUE",
            Label("今日应回访", "due today"),
            (Criterion("F2", Label("计划今日回访", "planned for today"), DaysUntil(NEXT, at_most=0), ("S12.R23",)),),
            cites=("S12.R23",),
        ),
        Band(
            "PLANNED",
            Label("跟进中", "planned"),
            (Criterion("F3", Label("有跟进中的A卡", "has an open A-card"), True_(OPEN), ("S12.R23",)),),
            cites=("S12.R23",),
        ),
        Band("NONE", Label("无须回访", "nothing to follow up"), cites=("S12.R24",), otherwise=True),
    ),
    cites=("S12.R01", "S12.R23", "S12.R24"),
    set_by=SetBy.UNIT,
    default=True,
    source=_TRADE,
)  # fmt: skip

GRADINGS = (INTENTION_LEVEL, FOLLOW_UP)
