"""分类 — the three classes of S5 (保险客户信息保密管理办法), and the values that policies and claims need.

S5 lists the classes and no other value: the rest are defaults of ours and say so.
"""

from __future__ import annotations

from kehu.plugin import Label, Scheme, Term

_OURS = Label("办法未列明取值;此为系统默认值", "The text lists no values: our default")


def _term(code: str, zh: str, en: str, *cites: str) -> Term:
    return Term(code, Label(zh, en), cites)


def _ours(key: str, zh: str, en: str, cites: tuple[str, ...], *terms: Term, extends: str | None = None) -> Scheme:
    """Values that no article lists."""
    return Scheme(
        key=key, version=1, label=Label(zh, en), description=Label(f"{zh}的取值", f"Values of: {en.lower()}"),
        cites=cites, terms=terms, default=True, source=_OURS, extends=extends,
    )  # fmt: skip


INFORMATION_CLASS = Scheme(
    key="insurance.information_class",
    version=1,
    classifies="S5",
    label=Label("保险客户信息分类", "Classes of insurance customer information"),
    description=Label("客户信息分为三类,各有保管措施", "Three classes, each with custody measures of its own"),
    cites=("S5.R01", "S5.R10"),
    terms=(
        _term("PERSONAL", "个人信息", "Personal", "S5.R02", "S5.R11"),
        _term("FINANCIAL", "财务信息", "Financial", "S5.R03", "S5.R12"),
        _term("HEALTH", "健康信息", "Health", "S5.R04", "S5.R12"),
    ),
)

PRODUCT = _ours(
    "insurance.product", "险种", "Kind of insurance", ("S5.R03",),
    _term("LIFE", "人寿保险", "Life"),
    _term("HEALTH", "健康保险", "Health"),
    _term("ACCIDENT", "意外伤害保险", "Accident"),
    _term("ANNUITY", "年金保险", "Annuity"),
    _term("MOTOR", "机动车辆保险", "Motor"),
    _term("PROPERTY", "财产保险", "Property"),
    _term("LIABILITY", "责任保险", "Liability"),
)  # fmt: skip
POLICY_STATUS = _ours(
    "insurance.policy_status", "保单状态", "Status of a policy", ("S5.R03",),
    _term("APPLIED", "已投保待核保", "Applied for"),
    _term("IN_FORCE", "有效", "In force"),
    _term("SUSPENDED", "中止", "Suspended"),
    _term("LAPSED", "失效", "Lapsed"),
    _term("SURRENDERED", "退保", "Surrendered"),
    _term("EXPIRED", "满期终止", "Expired"),
)  # fmt: skip
PAYMENT_MODE = _ours(
    "insurance.payment_mode", "交费方式", "Mode of payment", ("S5.R03",),
    _term("SINGLE", "趸交", "Single premium"),
    _term("YEARLY", "年交", "Yearly"),
    _term("MONTHLY", "月交", "Monthly"),
)  # fmt: skip
CLAIM_KIND = _ours(
    "insurance.claim_kind", "出险类别", "Kind of claim", ("S5.R03",),
    _term("DEATH", "身故", "Death"),
    _term("DISABILITY", "伤残", "Disability"),
    _term("ILLNESS", "重大疾病", "Critical illness"),
    _term("MEDICAL", "医疗费用", "Medical expenses"),
    _term("DAMAGE", "财产损失", "Damage to property"),
    _term("LIABILITY", "第三者责任", "Third-party liability"),
)  # fmt: skip
CLAIM_STATUS = _ours(
    "insurance.claim_status", "理赔状态", "Status of a claim", ("S5.R03",),
    _term("REPORTED", "已报案", "Reported"),
    _term("EXAMINED", "核赔中", "Under examination"),
    _term("PAID", "已赔付", "Paid"),
    _term("DECLINED", "拒赔", "Declined"),
    _term("WITHDRAWN", "已撤销", "Withdrawn"),
)  # fmt: skip
CHANGE_KIND = _ours(
    "insurance.change_kind", "保全项目", "Kind of change", ("S5.R02",),
    _term("CONTACT", "联系方式变更", "Contact means"),
    _term("ADDRESS", "地址变更", "Address"),
    _term("ACCOUNT", "交费账户变更", "Account for payments"),
    _term("BENEFICIARY", "受益人变更", "Beneficiary"),
    _term("REINSTATEMENT", "复效", "Reinstatement"),
    _term("SURRENDER", "退保", "Surrender"),
)  # fmt: skip
OCCASION = _ours(
    "insurance.occasion", "告知时机", "Occasion of a health disclosure", ("S5.R04",),
    _term("APPLICATION", "投保", "Application"),
    _term("CLAIM", "理赔", "Claim"),
    _term("REINSTATEMENT", "复效", "Reinstatement"),
)  # fmt: skip
RELATIONSHIP = _ours(
    "insurance.relationship", "保险关系人", "Parties of an insurance", ("S5.R02",),
    _term("INSURED", "被保险人", "Insured"),
    _term("BENEFICIARY", "受益人", "Beneficiary"),
    extends="relationship.kind",
)  # fmt: skip

SCHEMES = (
    INFORMATION_CLASS, PRODUCT, POLICY_STATUS, PAYMENT_MODE, CLAIM_KIND, CLAIM_STATUS, CHANGE_KIND, OCCASION,
    RELATIONSHIP,
)  # fmt: skip
