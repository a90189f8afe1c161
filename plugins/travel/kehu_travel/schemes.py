"""分类 — what a travel agency must tell apart to carry out S8 (旅行社客户信息保密管理办法).

S8 lists no values. Every scheme is a default of ours and says so.
"""

from __future__ import annotations

from kehu.plugin import Label, Scheme, Term

_OURS = Label("办法未列明取值;此为系统默认值", "S8 lists no values: our default")

TRIP_KIND = Scheme(
    key="travel.trip_kind",
    version=1,
    label=Label("行程类别", "Kind of trip"),
    description=Label("决定需要哪些出行证件", "Decides which documents a traveller needs"),
    cites=("S8.R07",),
    default=True,
    source=_OURS,
    terms=(
        Term("DOMESTIC", Label("国内游", "Domestic")),
        Term("OUTBOUND", Label("出境游", "Abroad")),
        Term("HK_MACAU", Label("港澳游", "Hong Kong and Macau")),
        Term("TAIWAN", Label("台湾游", "Taiwan")),
        Term("INBOUND", Label("入境游", "Into China")),
    ),
)

PARTY_ROLE = Scheme(
    key="travel.party_role",
    version=1,
    label=Label("在团中的身份", "Role in the party"),
    description=Label("报名人、同行人、须有监护人的未成年人", "Who enrolled, who comes along, who needs a guardian"),
    cites=("S8.R07",),
    default=True,
    source=_OURS,
    terms=(
        Term("LEAD", Label("报名人", "Lead traveller")),
        Term("COMPANION", Label("同行人", "Companion")),
        Term("MINOR", Label("未成年人", "Minor with guardian")),
    ),
)

GRANTEE = Scheme(
    key="travel.grantee",
    version=1,
    label=Label("被授权人类别", "Kind of authorised person"),
    description=Label(
        "「有关客户已授权的人员」:分支机构、承包商的人员", "Persons whom the customer authorised, by whom they work for"
    ),
    cites=("S8.R04", "S8.R12"),
    default=True,
    source=Label(
        "分支机构和承包商见办法;其余为系统默认值", "S8 names branches and contractors; the rest is our default"
    ),
    terms=(
        Term("AGENCY", Label("旅行社人员", "Staff of the agency"), ("S8.R04",)),
        Term("BRANCH", Label("分支机构人员", "Staff of a branch"), ("S8.R12",)),
        Term("CONTRACTOR", Label("承包商人员", "Staff of a contractor"), ("S8.R12",)),
    ),
)

COVERS = Scheme(
    key="travel.covers",
    version=1,
    label=Label("授权范围", "What is authorised"),
    description=Label("被授权人可以为何事使用客户信息", "For what the person may use the customer's information"),
    cites=("S8.R04",),
    default=True,
    source=_OURS,
    terms=(
        Term("ITINERARY", Label("行程安排", "Itinerary")),
        Term("DOCUMENTS", Label("代办证件和签证", "Documents and visas")),
        Term("ACCOMPANY", Label("带团和应急", "Guiding and emergencies")),
        Term("ALL", Label("与本次旅游有关的全部信息", "Everything that concerns the trip")),
    ),
)

RELATIONSHIPS = Scheme(
    key="travel.relationship",
    extends="relationship.kind",
    version=1,
    label=Label("旅游关系", "Relationships of a trip"),
    description=Label("同行人和紧急联系人各有自己的档案,以关系相连", "Each has a file of his own and is linked"),
    cites=("S8.R04", "S8.R07"),
    terms=(
        Term("TRAVEL_COMPANION", Label("同行人", "Travel companion"), ("S8.R07",)),
        Term("TRAVEL_EMERGENCY", Label("紧急联系人", "Emergency contact"), ("S8.R07",)),
        Term("TRAVEL_AUTHORISED", Label("客户授权的人", "Person authorised by the customer"), ("S8.R04",)),
    ),
)

UNITS = Scheme(
    key="travel.unit",
    extends="organisation.kind",
    version=1,
    label=Label("旅行社的组织", "Units of an agency"),
    description=Label("承包商作为组织单元,其人员受同一办法约束", "A contractor is a unit; its people are bound alike"),
    cites=("S8.R12",),
    terms=(Term("CONTRACTOR", Label("承包商", "Contractor"), ("S8.R12",)),),
)

SCHEMES = (TRIP_KIND, PARTY_ROLE, GRANTEE, COVERS, RELATIONSHIPS, UNITS)
