"""部门和岗位 — who keeps the archive (S9 Art.5), and who does what with a lead (S15 §4)."""

from __future__ import annotations

from kehu.plugin import Label, Role

_SEEN_MASKED = (
    "customer.archive:read",
    "customer.contact:read",
    "customer.core:read",
    "customer.dealing:read",
    "customer.grade:read",
    "customer.identity:read",
    "customer.property:read",
    "organisation:read",
)
_LEADS = ("customer.lead:read", "customer.lead:write")
_CALLING = ("customer.contact:reveal", "customer.identity:reveal", "customer.note:read", "customer.note:reveal")

MARKETING = Role(
    key="b2b.marketing",
    label=Label("营销部门(市场部)人员", "Marketing staff"),
    duties=Label("负责客户档案管理;跟进客户需求,提交反馈表和进度表", "Keeps the archives; answers and develops leads"),
    scopes=(
        *_SEEN_MASKED,
        *_LEADS,
        *_CALLING,
        "customer.archive:write",
        "customer.core:write",
        "customer.dealing:write",
        "customer.property:reveal",
        "import:write",
    ),
    purposes=("CONTRACT", "MARKETING", "SERVICE"),
    cites=("S9.R05", "S15.R25", "S15.R26"),
)
BACK_OFFICE = Role(
    key="b2b.back_office",
    label=Label("市场部内勤", "Marketing back office"),
    duties=Label("逐项询问并登记咨询客户的信息", "Asks item by item and registers inquiries"),
    scopes=(*_SEEN_MASKED, *_LEADS, *_CALLING, "customer.archive:write", "customer.core:write", "import:write"),
    purposes=("MARKETING", "SERVICE"),
    cites=("S15.R15", "S15.R17", "S15.R18"),
)
SUPERVISOR = Role(
    key="b2b.supervisor",
    label=Label("市场部主管", "Marketing supervisor"),
    duties=Label("查看登记的客户信息和跟进情况", "Sees what was registered and how it is followed up"),
    scopes=(*_SEEN_MASKED, *_CALLING, "customer.lead:read", "customer.property:reveal"),
    purposes=("DECISION", "MARKETING", "SERVICE"),
    cites=("S15.R13",),
)
ENGINEER = Role(
    key="b2b.engineer",
    label=Label("技术支持工程师", "Technical-support engineer"),
    duties=Label("解答客户的技术问题", "Answers technical questions"),
    scopes=(*_SEEN_MASKED, "customer.lead:read", "customer.note:read", "customer.note:reveal"),
    purposes=("SERVICE",),
    cites=("S15.R23",),
)
OTHER_DEPARTMENT = Role(
    key="b2b.other_department",
    label=Label("其他部门人员", "Staff of other departments"),
    duties=Label("配合营销部门:查看档案,记录业务交往", "Cooperates with marketing: sees archives, records dealings"),
    scopes=(*_SEEN_MASKED, "customer.dealing:write"),
    purposes=("CONTRACT", "SERVICE"),
    cites=("S9.R05",),
)

ROLES = (MARKETING, BACK_OFFICE, SUPERVISOR, ENGINEER, OTHER_DEPARTMENT)
