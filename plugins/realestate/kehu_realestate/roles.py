"""管理职责(第三条)、信息调用(第十一条):岗位角色 — who may do what.

Whose customers a role reaches follows from the account's unit: an account of a project sees that project's.
"""

from __future__ import annotations

from kehu.plugin import Label, Purpose, Role, RowCondition

_SEEN_MASKED = (
    "customer.contact:read",
    "customer.core:read",
    "customer.grade:read",
    "customer.holding:read",
    "customer.identity:read",
    "customer.property:read",
    "organisation:read",
)
_CALLING = ("customer.contact:reveal", "customer.identity:reveal")
_COLLECTING = ("customer.core:write", "import:write")

RECEPTION = Purpose(
    code="REALESTATE_RECEPTION",
    label=Label("销售人员核对自己接待的客户的资料", "Salespeople check what they recorded of own customers"),
    cites=("S17.R20", "S17.R21"),
    condition=RowCondition.OWNED,
    within="SERVICE",
)

MARKETING_DIRECTOR = Role(
    key="realestate.marketing_director",
    label=Label("营销部长", "Marketing director"),
    duties=Label("客户关系维护;分级认定的审批", "Customer relationships; decides judgements for grades"),
    scopes=(
        *_SEEN_MASKED,
        *_CALLING,
        "customer.core:write",
        "customer.judgement:decide",
        "customer.judgement:read",
        "customer.judgement:reveal",
        "customer.judgement:write",
        "customer.note:read",
        "customer.note:reveal",
        "customer.property:reveal",
    ),
    purposes=("DECISION", "FOLLOW_UP", "MARKETING", "SERVICE"),
    cites=("S17.R03", "S17.R10", "S17.R11", "S17.R15"),
)
SALES_MANAGER = Role(
    key="realestate.sales_manager",
    label=Label("销售经理", "Sales manager"),
    duties=Label("客户关系维护;提出分级认定", "Customer relationships; proposes judgements for grades"),
    scopes=(
        *_SEEN_MASKED,
        *_CALLING,
        "customer.core:write",
        "customer.judgement:read",
        "customer.judgement:write",
        "customer.note:read",
        "customer.note:reveal",
    ),
    purposes=("FOLLOW_UP", "MARKETING", "SERVICE"),
    cites=("S17.R03", "S17.R10", "S17.R11", "S17.R15"),
)
SALES_SUPERVISOR = Role(
    key="realestate.sales_supervisor",
    label=Label("销售主管", "Sales supervisor"),
    duties=Label("本项目来电来访信息的统计与关系维护", "Calls and visits of the project, and its relationships"),
    scopes=(*_SEEN_MASKED, *_CALLING, *_COLLECTING),
    purposes=("FOLLOW_UP", "SERVICE"),
    cites=("S17.R03", "S17.R20"),
)
SALESPERSON = Role(
    key="realestate.salesperson",
    label=Label("销售人员", "Salesperson"),
    duties=Label(
        "收集来电、来访客户的信息,回访自己接待的客户", "Collects from calls and visits; follows up own customers"
    ),
    # What he wrote of a customer's traits he reads again.
    scopes=(*_SEEN_MASKED, *_CALLING, *_COLLECTING, "customer.note:read", "customer.note:reveal"),
    purposes=("FOLLOW_UP", "REALESTATE_RECEPTION"),
    cites=("S17.R06", "S17.R20"),
)
CS_MANAGER = Role(
    key="realestate.cs_manager",
    label=Label("客服经理", "Customer service manager"),
    duties=Label("回访客户;客户信息的汇总", "Revisits customers; summaries of what was collected"),
    scopes=(*_SEEN_MASKED, *_CALLING, "customer.core:write", "customer.note:read", "customer.note:reveal"),
    purposes=("SERVICE", "STATISTICS"),
    cites=("S17.R03",),
)
CS_SPECIALIST = Role(
    key="realestate.cs_specialist",
    label=Label("客服专员", "Customer service specialist"),
    duties=Label("客户信息库的建设、更新及日常维护;登记业主", "Builds, updates and maintains the database; owners"),
    scopes=(
        *_SEEN_MASKED,
        *_CALLING,
        *_COLLECTING,
        "customer.contact:lookup",
        "customer.holding:reveal",
        "customer.holding:write",
        "customer.note:read",
        "customer.note:reveal",
        "customer.property:reveal",
    ),
    purposes=("CONTRACT", "SERVICE"),
    cites=("S17.R05", "S17.R22"),
)
PLANNING_LEAD = Role(
    key="realestate.planning_lead",
    label=Label("项目策划负责人", "Project planning lead"),
    duties=Label("直接调用本项目客户信息(来电来访及业主)", "Calls up data of the own project: calls, visits, owners"),
    scopes=_SEEN_MASKED,
    purposes=("STATISTICS",),
    cites=("S17.R39",),
)

ROLES = (
    MARKETING_DIRECTOR, SALES_MANAGER, SALES_SUPERVISOR, SALESPERSON, CS_MANAGER, CS_SPECIALIST, PLANNING_LEAD,
)  # fmt: skip

PURPOSES = (RECEPTION,)
