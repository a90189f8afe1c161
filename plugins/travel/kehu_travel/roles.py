"""岗位 — who S8 Art.其他4 binds: the agency, its branches, its contractors. A contractor is a user like any other."""

from __future__ import annotations

from kehu.plugin import Label, Role, Scheme, Term

_SEE = (
    "customer.contact:read", "customer.core:read", "customer.document:read", "customer.holding:read",
    "customer.identity:read", "customer.travel:read", "organisation:read",
)  # fmt: skip
_CLEAR = ("customer.contact:reveal", "customer.document:reveal", "customer.identity:reveal", "customer.travel:reveal")

CONSULTANT = Role(
    key="travel.consultant",
    label=Label("旅行社员工", "Agency employee"),
    duties=Label("登记报名、出行人和客户授权,保守客户信息", "Records enrolments, travellers, authorisations"),
    scopes=(
        *_SEE, *_CLEAR, "customer.contact:lookup", "customer.core:write", "customer.health:read",
        "customer.health:reveal",
        "customer.holding:write", "customer.travel:write", "customer.travel.authorisation:read",
        "customer.travel.authorisation:write",
    ),
    purposes=("TRAVEL_BOOKING", "TRAVEL_DOCUMENTS"),
    cites=("S8.R04", "S8.R07"),
)  # fmt: skip
BRANCH = Role(
    key="travel.branch",
    label=Label("分支机构员工", "Branch employee"),
    duties=Label("只处理本分支机构客户的报名和出行", "Handles the trips of the branch's own customers only"),
    scopes=(*_SEE, *_CLEAR, "customer.core:write", "customer.holding:write", "customer.travel:write"),
    purposes=("TRAVEL_BOOKING",),
    cites=("S8.R04", "S8.R12"),
)
CONTRACTOR = Role(
    key="travel.contractor",
    label=Label("承包商人员", "Contractor's employee"),
    duties=Label(
        "按合同接待;只看所在承包商单元的客户,证件号码始终遮盖",
        "Looks after travellers of the contractor's own unit; numbers of documents stay masked",
    ),
    scopes=(*_SEE, "customer.identity:reveal", "customer.travel:reveal"),
    purposes=("TRAVEL_GUIDING",),
    cites=("S8.R04", "S8.R12"),
)

ROLES = (CONSULTANT, BRANCH, CONTRACTOR)

POSITIONS = Scheme(
    key="travel.position",
    extends="staff.position",
    version=1,
    label=Label("旅行社岗位", "Positions of an agency"),
    description=Label("员工、分支机构员工、承包商人员", "Employees of the agency, a branch, a contractor"),
    cites=("S8.R04", "S8.R12"),
    terms=(
        Term("TRAVEL_CONSULTANT", Label("旅行社员工", "Agency employee"), ("S8.R04",)),
        Term("TRAVEL_CONTRACTOR", Label("承包商人员", "Contractor's employee"), ("S8.R12",)),
    ),
)
