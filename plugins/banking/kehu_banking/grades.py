"""理财卡分级与信息完整度 — the wealth-card standard (S1 第二条), and completeness for identification (S7 第十条).

The text says that customers are graded automatically by head office's wealth-card standard and gives no amounts:
they are parameters that head office sets, with working defaults. 以上 includes the number itself (民法典 Art.1259).
"""

from __future__ import annotations

from kehu.plugin import (
    All,
    AtLeast,
    Band,
    Criterion,
    Exists,
    Grading,
    Is,
    Label,
    MoneyValue,
    NotNull,
    Parameter,
    Sum,
    True_,
)
from kehu_banking.schemes import COMPLETENESS_BAND, WEALTH_CARD

_HEAD_OFFICE = Label(
    "办法未列明金额;此为系统默认值,由总行设定", "The text gives no amount: our default, head office sets it"
)

ASSETS = Sum(
    "assets",
    Label("月日均金融资产", "average financial assets"),
    record="BankingAssets",
    field="average",
    currency="CNY",
    parent="Holding",
    on_parent=(Is("status", "ACTIVE"),),
)


def _from(name: str, zh: str, en: str, yuan: int) -> Parameter:
    return Parameter(
        name, Label(f"{zh}起点", f"{en} from"), MoneyValue(yuan * 100, "CNY"), source=_HEAD_OFFICE,
        floor=MoneyValue(0, "CNY"), cites=("S1.R06",),
    )  # fmt: skip


DIAMOND_FROM = _from("diamondFrom", "钻石理财卡", "Diamond card", 5_000_000)
PLATINUM_FROM = _from("platinumFrom", "白金理财卡", "Platinum card", 1_000_000)
GOLD_FROM = _from("goldFrom", "理财金卡", "Gold card", 200_000)


def _card(code: str, zh: str, en: str, criterion: str, threshold: Parameter) -> Band:
    return Band(
        code,
        Label(zh, en),
        (Criterion(criterion, Label(f"达到{zh}标准", f"reaches the standard of the {en.lower()}"),
                   AtLeast(ASSETS, threshold), ("S1.R06",)),),
        cites=("S1.R06",),
    )  # fmt: skip


WEALTH = Grading(
    key="banking.wealth",
    version=1,
    label=Label("理财卡分级", "Wealth-card grading"),
    scheme=WEALTH_CARD,
    facts=(ASSETS,),
    bands=(
        _card("DIAMOND", "钻石理财卡", "Diamond card", "W1", DIAMOND_FROM),
        _card("PLATINUM", "白金理财卡", "Platinum card", "W2", PLATINUM_FROM),
        _card("GOLD", "理财金卡", "Gold card", "W3", GOLD_FROM),
        Band("ORDINARY", Label("普通客户", "No wealth card"), cites=("S1.R06",), otherwise=True),
    ),
    cites=("S1.R06",),
    default=True,
    source=_HEAD_OFFICE,
)

SEX = Exists("sex", Label("性别", "sex"), "Customer", where=(NotNull("sex"),))
NATIONALITY = Exists("nationality", Label("国籍", "nationality"), "PersonalProfile", where=(NotNull("nationality"),))
CONTACT = Exists("contact", Label("联系方式", "contact means"), "ContactPoint")
PLACE = Exists("place", Label("住址或单位地址", "home or work address"), "Address")
DOCUMENT = Exists(
    "document",
    Label("证件及有效期限", "document with its validity"),
    "IdentityDocument",
    where=(NotNull("validUntil"),),
)

COMPLETENESS = Grading(
    key="banking.completeness",
    version=1,
    label=Label("基本信息完整度", "Completeness of basic information"),
    scheme=COMPLETENESS_BAND,
    facts=(SEX, NATIONALITY, CONTACT, PLACE, DOCUMENT),
    bands=(
        Band(
            "COMPLETE",
            Label("完整", "Complete"),
            (
                Criterion(
                    "K1",
                    Label("身份基本信息各项齐备", "every item of basic identity information is there"),
                    All(True_(SEX), True_(NATIONALITY), True_(CONTACT), True_(PLACE), True_(DOCUMENT)),
                    ("S7.R12",),
                ),
            ),
            cites=("S7.R12",),
        ),
        Band("INCOMPLETE", Label("不完整", "Incomplete"), cites=("S7.R12",), otherwise=True),
    ),
    cites=("C-40", "S7.R12"),
    default=True,
    source=Label(
        "办法未列明项目;取客户身份识别所需的身份基本信息,加密保存的姓名、职业、证件号码由表单必填保证",
        "The text lists no items: those of customer identification; sealed ones (name, occupation, number) are "
        "required by the form",
    ),
)

GRADINGS = (WEALTH, COMPLETENESS)
