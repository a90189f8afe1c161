"""岗位 — the six roles of S12: who supervises, who executes, who files, who analyses.

Registering and checking are different scopes, so that nobody confirms his own entry (登记与监督分离).
"""

from __future__ import annotations

from kehu.plugin import Label, Role, Scheme, Term

_SEE = ("customer.automotive:read", "customer.core:read", "customer.identity:read", "organisation:read")
_SUPERVISE = ("customer.automotive.supervision:read", "customer.automotive.supervision:write")
_CLEAR = ("customer.automotive:reveal", "customer.contact:read", "customer.contact:reveal", "customer.identity:reveal")
_FILE = ("customer.automotive:write", "customer.core:write", "customer.holding:read", "customer.holding:write")

RECEPTIONIST = Role(
    key="automotive.receptionist",
    label=Label("前台接待", "Front-desk receptionist"),
    duties=Label("现场监督登记:查看当日登记,逐条确认或退回", "Supervises registration: confirms or returns each entry"),
    scopes=(*_SEE, *_SUPERVISE),
    cites=("S12.R03", "S12.R11"),
)
CONSULTANT = Role(
    key="automotive.consultant",
    label=Label("销售顾问", "Sales consultant"),
    duties=Label("执行:登记来店来电、建立A卡、回访自己的客户", "Registers, keeps A-cards, follows up"),
    scopes=(
        *_SEE, *_CLEAR, *_FILE, "customer.automotive.supervision:read", "customer.contact:lookup",
        "customer.grade:read",
    ),
    purposes=("AUTOMOTIVE_SALE", "FOLLOW_UP"),
    cites=("S12.R04",),
)  # fmt: skip
INFORMATION_OFFICER = Role(
    key="automotive.information_officer",
    label=Label("信息员", "Information officer"),
    duties=Label("建档、管理、监督,定期以表格统计", "Builds and manages the files, supervises, compiles statistics"),
    scopes=(
        *_SEE, *_CLEAR, *_FILE, "customer.automotive.supervision:read", "customer.grade:read", "import:write",
    ),
    purposes=("AUTOMOTIVE_SUPERVISION",),
    cites=("S12.R05",),
)  # fmt: skip
SHOWROOM_MANAGER = Role(
    key="automotive.showroom_manager",
    label=Label("展厅经理", "Showroom manager"),
    duties=Label("现场监督登记,审核A卡并签字", "Supervises registration on the spot, reviews and signs A-cards"),
    scopes=(*_SEE, *_SUPERVISE, *_CLEAR, "customer.automotive.supervision:reveal", "customer.grade:read"),
    purposes=("AUTOMOTIVE_SUPERVISION",),
    cites=("S12.R11", "S12.R22"),
)
SALES_MANAGER = Role(
    key="automotive.sales_manager",
    label=Label("销售经理", "Sales manager"),
    duties=Label("分析和改善", "Analyses and improves"),
    scopes=(*_SEE, "customer.automotive.supervision:read", "customer.grade:read", "customer.property:read"),
    purposes=("DECISION", "STATISTICS"),
    cites=("S12.R06",),
)
MARKETING = Role(
    key="automotive.marketing",
    label=Label("市场部", "Marketing department"),
    duties=Label("分析和改善;不看姓名和电话", "Analyses and improves; sees no names and telephones"),
    scopes=("customer.automotive:read", "customer.core:read", "customer.grade:read", "organisation:read"),
    purposes=("STATISTICS",),
    cites=("S12.R06",),
)

ROLES = (RECEPTIONIST, CONSULTANT, INFORMATION_OFFICER, SHOWROOM_MANAGER, SALES_MANAGER, MARKETING)

POSITIONS = Scheme(
    key="automotive.position",
    extends="staff.position",
    version=1,
    label=Label("4S店岗位", "Positions of a dealer"),
    description=Label("规定所列的岗位;销售经理为通用岗位", "The positions that S12 names; sales managers are core's"),
    cites=("S12.R03", "S12.R04", "S12.R05", "S12.R11"),
    terms=(
        Term("SHOWROOM_RECEPTIONIST", Label("前台接待", "Front-desk receptionist"), ("S12.R03",)),
        Term("CAR_SALES_CONSULTANT", Label("汽车销售顾问", "Car sales consultant"), ("S12.R04",)),
        Term("SHOWROOM_INFORMATION_OFFICER", Label("信息员", "Information officer"), ("S12.R05",)),
        Term("SHOWROOM_MANAGER", Label("展厅经理", "Showroom manager"), ("S12.R11",)),
    ),
)
