"""保单、理赔、保全、健康告知 — what an insurer keeps beside core's customer (S5 §1).

Each field belongs to one of the three classes; policies, premiums and accounts are financial (财务信息), whatever
tells of somebody's body is health (健康信息) and stands in an area of its own, encrypted under a key of its own.
The insured and the beneficiary are customers themselves, linked by Relationship.
"""

from __future__ import annotations

from typing import Any

from kehu.plugin import (
    Audit,
    BankAccount,
    Category,
    Code,
    Day,
    FreeText,
    HealthCondition,
    Label,
    Level,
    MedicalHistory,
    Money,
    Record,
    ShortText,
    field,
)

_Kind = dict[str, Any]  # keywords of `field`: area, class and protection of one kind of information

_POLICY: _Kind = {"area": "insurance.policy", "categories": (Category.S3_PROPERTY, Category.S5_FINANCIAL)}
_FINANCE: _Kind = {"area": "insurance.finance", "purposes": ("CONTRACT", "LEGAL_DUTY")}
_CLAIM: _Kind = {"area": "insurance.claim", "categories": (Category.S3_PROPERTY, Category.S5_FINANCIAL)}
_CHANGE: _Kind = {"area": "insurance.policy"}
_HEALTH: _Kind = {"area": "customer.health", "categories": (Category.S5_HEALTH,)}
_TELLS_OF_HEALTH: _Kind = {
    "area": "customer.health",
    "categories": (Category.S3_SENSITIVE, Category.S5_HEALTH),
    "retention": "health",
    "level": Level.AUTHENTICATING,
    "audit": Audit.FIELD,
    "sealed": True,
    "purposes": ("CONTRACT", "LEGAL_DUTY"),
}

POLICY = Record(
    name="InsurancePolicy",
    label=Label("保单", "Policy"),
    description=Label("险种、保额、保费、保险期间", "Kind, sum insured, premium, term"),
    parent="Holding",
    accessor="insurance",
    single=True,
    area="insurance.policy",
    cites=("S5.R01", "S5.R03"),
    fields=(
        field("product", Code, "险种", "Kind of insurance", cites=("S5.R03",), required=True,
              scheme="insurance.product", filterable=True, **_POLICY),
        field("status", Code, "保单状态", "Status", cites=("S5.R03",), required=True, scheme="insurance.policy_status",
              default="APPLIED", filterable=True, **_POLICY),
        field("coversFrom", Day, "保险期间自", "Covers from", cites=("S5.R03",), **_POLICY),
        field("coversUntil", Day, "保险期间至", "Covers until", cites=("S5.R03",), filterable=True, **_POLICY),
        field("paymentMode", Code, "交费方式", "Mode of payment", cites=("S5.R03",), scheme="insurance.payment_mode",
              filterable=True, **_POLICY),
        field("sumInsured", Money, "保险金额", "Sum insured", **_FINANCE),
        field("premium", Money, "保险费", "Premium", **_FINANCE),
    ),
)  # fmt: skip

ACCOUNT = Record(
    name="InsuranceAccount",
    label=Label("交费账户", "Account for payments"),
    description=Label("收取保费、支付保险金的银行账户", "The bank account for premiums and payments"),
    parent="Holding",
    accessor="insuranceAccount",
    single=True,
    area="insurance.finance",
    cites=("S5.R01", "S5.R03"),
    fields=(
        field("bank", ShortText, "开户银行", "Bank", cites=("S5.R03",), required=True, area="insurance.finance",
              categories=(Category.S3_PROPERTY, Category.S5_FINANCIAL)),
        field("number", BankAccount, "账号", "Account number", required=True, **_FINANCE),
    ),
)  # fmt: skip

CLAIM = Record(
    name="InsuranceClaim",
    label=Label("理赔", "Claim"),
    description=Label("出险经过与类别属健康信息,赔款属财务信息", "What happened is health, what is paid is financial"),
    parent="Holding",
    accessor="claims",
    area="insurance.claim",
    same_by=("reportedOn", "occurredOn"),
    cites=("S5.R01", "S5.R03", "S5.R04"),
    fields=(
        field("reportedOn", Day, "报案日期", "Reported on", cites=("S5.R03",), required=True, **_CLAIM),
        field("occurredOn", Day, "出险日期", "Occurred on", cites=("S5.R03",), required=True, **_CLAIM),
        field("status", Code, "理赔状态", "Status", cites=("S5.R03",), required=True, scheme="insurance.claim_status",
              default="REPORTED", filterable=True, **_CLAIM),
        field("claimed", Money, "申请金额", "Claimed", area="insurance.claim", purposes=("CONTRACT", "LEGAL_DUTY")),
        field("paid", Money, "赔付金额", "Paid", area="insurance.claim", purposes=("CONTRACT", "LEGAL_DUTY")),
        field("kind", Code, "出险类别", "Kind", cites=("S5.R04", "S5.R12"), required=True,
              scheme="insurance.claim_kind", mask="hidden", **_TELLS_OF_HEALTH),
        field("narrative", FreeText, "出险经过", "What happened", cites=("S5.R04", "S5.R12"), **_TELLS_OF_HEALTH),
        field("diagnosis", MedicalHistory, "诊断与治疗", "Diagnosis and treatment"),
    ),
)  # fmt: skip

CHANGE = Record(
    name="InsuranceChange",
    label=Label("保全", "Policy change"),
    description=Label("客户要求的变更,逐项登记", "Changes that the customer asked for, each on record"),
    parent="Holding",
    accessor="policyChanges",
    append_only=True,
    area="insurance.policy",
    cites=("S5.R19",),
    fields=(
        field("kind", Code, "保全项目", "Kind", cites=("S5.R19",), required=True, scheme="insurance.change_kind",
              filterable=True, **_CHANGE),
        field("askedOn", Day, "申请日期", "Asked on", cites=("S5.R19",), required=True, **_CHANGE),
        field("details", FreeText, "变更内容", "Details", area="insurance.policy"),
    ),
)  # fmt: skip

HEALTH = Record(
    name="InsuranceHealth",
    label=Label("健康告知", "Health disclosure"),
    description=Label("客户告知的身体情况与病史", "Physical condition and medical history as disclosed"),
    accessor="health",
    append_only=True,
    newest_first=True,
    area="customer.health",
    cites=("S5.R01", "S5.R04", "S5.R12"),
    fields=(
        field("occasion", Code, "告知时机", "Occasion", cites=("S5.R04",), required=True, scheme="insurance.occasion",
              **_HEALTH),
        field("declaredOn", Day, "告知日期", "Declared on", cites=("S5.R04",), required=True, **_HEALTH),
        field("condition", HealthCondition, "身体情况", "Physical condition", required=True),
        field("history", MedicalHistory, "病史", "Medical history"),
    ),
)  # fmt: skip

RECORDS = (POLICY, ACCOUNT, CLAIM, CHANGE, HEALTH)
