"""零售户档位 — 30 grades by points, whose weights each city company sets (digest F-52).

S14 asks for no grades; the trade has them: commonly 30, 1 the lowest, scored anew from what was bought, with
weights that differ from city to city. All numbers here are working defaults of ours. A score of 300 is the most:
grade n begins at 10 × (n − 1) points, so exactly 290 is grade 30 and 289 is grade 29.
"""

from __future__ import annotations

from kehu.plugin import (
    All,
    AtLeast,
    Award,
    Band,
    Criterion,
    Exists,
    Grading,
    Is,
    Label,
    MoneyValue,
    Parameter,
    Points,
    SetBy,
    Share,
    Sum,
    True_,
    Within,
)
from kehu_tobacco.schemes import GRADE

_OURS = Label("办法未列明;此为系统默认值,由各地市公司设定", "Not in S14: our default, each city company sets its own")
_YEAR = (Within("boughtOn", 365),)
_CARTONS = Label("条", "cartons")

RETAILER = Exists("retailer", Label("零售客户", "is a retail customer"), "TobaccoShop")
QUANTITY = Sum(
    "quantity",
    Label("近一年购进数量", "cartons bought within a year"),
    record="TobaccoPurchase",
    field="quantity",
    where=_YEAR,
    currency=None,
    unit=_CARTONS,
)
AMOUNT = Sum(
    "amount",
    Label("近一年购进金额", "amount bought within a year"),
    record="TobaccoPurchase",
    field="amount",
    where=_YEAR,
)
CASHLESS = Exists(
    "cashless",
    Label("最常用电子支付", "mostly pays electronically"),
    "TobaccoShop",
    where=(Is("payment", "BANK_CARD", "DIRECT_DEBIT", "TRANSFER", "MOBILE_PAYMENT"),),
)
MODERN = Exists(
    "modern",
    Label("便利店、超市、商场或烟酒商店", "a convenience store, supermarket, mall or tobacco and liquor shop"),
    "TobaccoShop",
    where=(Is("format", "CONVENIENCE", "SUPERMARKET", "MALL", "TOBACCO_LIQUOR"),),
)


def _weight(name: str, zh: str, en: str, points: int) -> Parameter:
    return Parameter(name, Label(f"{zh}权重", f"weight of {en}"), points, source=_OURS, floor=0, ceiling=300,
                     cites=("F-52",))  # fmt: skip


QUANTITY_WEIGHT = _weight("quantityWeight", "购进数量", "quantity", 120)
AMOUNT_WEIGHT = _weight("amountWeight", "购进金额", "amount", 120)
CASHLESS_WEIGHT = _weight("cashlessWeight", "电子支付", "electronic payment", 30)
FORMAT_WEIGHT = _weight("formatWeight", "业态", "format", 30)
QUANTITY_FULL = Parameter(
    "quantityFull", Label("数量满分标准", "quantity for all points"), 2_400, unit=_CARTONS, source=_OURS, floor=1,
    cites=("F-52",),
)  # fmt: skip
AMOUNT_FULL = Parameter(
    "amountFull", Label("金额满分标准", "amount for all points"), MoneyValue(36_000_000, "CNY"), source=_OURS,
    floor=MoneyValue(1, "CNY"), cites=("F-52",),
)  # fmt: skip

SCORE = Points(
    "score",
    Label("档位评分", "score"),
    (
        Share(Label("购进数量", "quantity"), QUANTITY_WEIGHT, QUANTITY, QUANTITY_FULL),
        Share(Label("购进金额", "amount"), AMOUNT_WEIGHT, AMOUNT, AMOUNT_FULL),
        Award(Label("电子支付", "electronic payment"), CASHLESS_WEIGHT, True_(CASHLESS)),
        Award(Label("业态", "format"), FORMAT_WEIGHT, True_(MODERN)),
    ),
)


def _grade(number: int) -> Band:
    enough = AtLeast(SCORE, 10 * (number - 1))
    label = Label(f"{number}档", f"Grade {number}")
    reached = Label(f"评分达到{number}档", f"the score reaches grade {number}")
    code = f"G{number:02}"
    return Band(code, label, (Criterion(f"K{number:02}", reached, All(True_(RETAILER), enough), ("F-52",)),),
                cites=("F-52",))  # fmt: skip


GRADES = Grading(
    key="tobacco.retailer_grade",
    version=1,
    label=Label("零售户档位评定", "Grading of retailers"),
    scheme=GRADE,
    facts=(RETAILER, QUANTITY, AMOUNT, CASHLESS, MODERN, SCORE),
    bands=(
        *(_grade(number) for number in range(30, 0, -1)),
        Band("NONE", Label("非零售客户", "Not a retailer"), cites=("F-52",), otherwise=True),
    ),
    cites=("F-52",),
    default=True,
    source=_OURS,
    set_by=SetBy.UNIT,
)

GRADINGS = (GRADES,)
