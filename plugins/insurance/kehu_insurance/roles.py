"""岗位角色 — who is authorised for which of the three classes (S5 §3, §4)."""

from __future__ import annotations

from kehu.plugin import Label, Role

_PERSONAL = ("customer.contact:read", "customer.core:read", "customer.identity:read")
_PERSONAL_CLEAR = ("customer.contact:reveal", "customer.document:read", "customer.identity:reveal")
_FINANCIAL = ("customer.holding:read", "insurance.finance:read", "insurance.policy:read")
_HEALTH = ("customer.health:read", "customer.health:reveal")

AGENT = Role(
    key="insurance.agent",
    label=Label("销售人员", "Agent"),
    duties=Label(
        "了解客户意愿,登记投保;只看个人信息", "Learns the customer's wish, records applications; personal class only"
    ),
    scopes=(*_PERSONAL, "customer.contact:reveal", "customer.core:write", "customer.identity:reveal"),
    purposes=("SERVICE",),
    cites=("S5.R11", "S5.R13"),
)
SERVICE = Role(
    key="insurance.service",
    label=Label("客服、保全人员", "Policy service"),
    duties=Label("答复查询,按客户要求变更", "Answers queries, changes what the customer asks to change"),
    scopes=(
        *_PERSONAL, *_PERSONAL_CLEAR, *_FINANCIAL, "customer.core:write",
        "insurance.policy:write",
    ),
    purposes=("POLICY_SERVICE",),
    cites=("S5.R11", "S5.R13"),
)  # fmt: skip
FINANCE = Role(
    key="insurance.finance",
    label=Label("收付费人员", "Payments"),
    duties=Label("收取保费,支付赔款", "Collects premiums, pays claims"),
    scopes=(*_PERSONAL, *_FINANCIAL, "insurance.finance:lookup", "insurance.finance:reveal", "insurance.finance:write"),
    purposes=("CONTRACT",),
    cites=("S5.R12", "S5.R13"),
)
UNDERWRITER = Role(
    key="insurance.underwriter",
    label=Label("核保人员", "Underwriter"),
    duties=Label("依据健康告知核保", "Decides on applications from what is disclosed about health"),
    scopes=(*_PERSONAL, *_PERSONAL_CLEAR, *_FINANCIAL, *_HEALTH, "insurance.finance:reveal", "insurance.policy:write"),
    purposes=("UNDERWRITING",),
    cites=("S5.R12", "S5.R13"),
)
CLAIMS = Role(
    key="insurance.claims",
    label=Label("理赔人员", "Claims handler"),
    duties=Label("受理、核定理赔", "Takes and examines claims"),
    scopes=(
        *_PERSONAL, *_PERSONAL_CLEAR, *_FINANCIAL, *_HEALTH, "customer.health:write", "insurance.claim:read",
        "insurance.claim:reveal", "insurance.claim:write", "insurance.finance:reveal",
    ),
    purposes=("CLAIMS",),
    cites=("S5.R12", "S5.R13"),
)  # fmt: skip
REVIEWER = Role(
    key="insurance.reviewer",
    label=Label("内部审核人员", "Internal reviewer"),
    duties=Label("审核客户信息的使用记录,不看客户信息", "Reviews the record of uses, without customers' data"),
    scopes=("evidence:read", "organisation:read", "schema:read"),
    cites=("S5.R17",),
)

ROLES = (AGENT, SERVICE, FINANCE, UNDERWRITER, CLAIMS, REVIEWER)
