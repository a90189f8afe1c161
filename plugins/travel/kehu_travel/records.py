"""旅游资料(S8):行程、出行人、客户授权的人员。

A trip belongs to the contract that was signed for it; a traveller has a file of his own, whoever enrolled him;
an authorisation says who besides the agency's own staff may use a customer's information, for what and until when.
"""

from __future__ import annotations

from kehu.plugin import Code, Count, Day, FreeText, HealthCondition, Label, Record, Reference, ShortText, field

TRIP = Record(
    name="TravelTrip",
    label=Label("行程", "Trip"),
    description=Label("旅游合同所订的行程(顾客的消费行为):线路、日期、人数", "What was bought: route, dates, party"),
    parent="Holding",
    accessor="travel",
    single=True,
    area="customer.travel",
    cites=("S8.R07", "S11.R03"),
    fields=(
        field("tourCode", ShortText, "团号", "Tour code", cites=("S8.R07",), required=True, area="customer.travel",
              filterable=True),
        field("kind", Code, "行程类别", "Kind of trip", cites=("S8.R07",), required=True, scheme="travel.trip_kind",
              area="customer.travel", filterable=True),
        field("destination", ShortText, "目的地", "Destination", cites=("S8.R07",), required=True,
              area="customer.travel", filterable=True),
        field("departsOn", Day, "出发日期", "Departs on", cites=("S8.R07",), required=True, area="customer.travel",
              filterable=True),
        field("returnsOn", Day, "返回日期", "Returns on", cites=("S8.R07", "S8.R08"), required=True,
              area="customer.travel", filterable=True),
        field("travellers", Count, "出行人数", "Number of travellers", cites=("S8.R07",), required=True,
              area="customer.travel"),
    ),
)  # fmt: skip

TRAVELLER = Record(
    name="TravelTraveller",
    label=Label("出行人", "Traveller"),
    description=Label("一位客户参加的一个团,以及照顾他所必需的情况", "One party that a customer joins, and his needs"),
    accessor="travelling",
    area="customer.travel",
    same_by=("tourCode",),
    cites=("S8.R02", "S8.R07"),
    fields=(
        field("tourCode", ShortText, "团号", "Tour code", cites=("S8.R07",), required=True, area="customer.travel",
              filterable=True),
        field("role", Code, "在团中的身份", "Role in the party", cites=("S8.R07",), required=True,
              scheme="travel.party_role", area="customer.travel", filterable=True),
        field("roomWith", FreeText, "合住要求", "Shares a room with", cites=("S8.R02",), area="customer.travel",
              retention="travel"),
        field("diet", FreeText, "饮食要求", "Diet", cites=("S8.R02",), area="customer.travel", retention="travel"),
        # 行动、就医上的需要透露健康状况,按健康信息保护;只在履行合同所需时可见。
        field("assistance", HealthCondition, "需要的照顾", "Assistance needed", cites=("S8.R02",), retention="travel"),
    ),
)  # fmt: skip

AUTHORISATION = Record(
    name="TravelAuthorisation",
    label=Label("客户授权的人员", "Person authorised by the customer"),
    description=Label(
        "有关客户已授权的人员:谁、为何事、从何时到何时", "Who may use the information, for what, until when"
    ),
    accessor="travelAuthorisations",
    area="customer.travel.authorisation",
    current_until="endedOn",
    cites=("S8.R04",),
    fields=(
        field("grantee", Code, "被授权人类别", "Kind of authorised person", cites=("S8.R04", "S8.R12"), required=True,
              scheme="travel.grantee", area="customer.travel.authorisation", filterable=True),
        field("staff", Reference, "被授权人", "Authorised person", cites=("S8.R04",), required=True,
              refers_to="Staff", area="customer.travel.authorisation", filterable=True),
        field("covers", Code, "授权范围", "What is authorised", cites=("S8.R04",), required=True,
              scheme="travel.covers", area="customer.travel.authorisation", filterable=True),
        field("startsOn", Day, "授权开始", "From", cites=("S8.R04",), required=True,
              area="customer.travel.authorisation", filterable=True),
        field("endsOn", Day, "授权到期", "Until", cites=("S8.R04",), required=True,
              area="customer.travel.authorisation", filterable=True),
        field("endedOn", Day, "客户收回日期", "Withdrawn on", cites=("S8.R04",),
              area="customer.travel.authorisation"),
        field("proof", FreeText, "授权凭据", "Proof", cites=("S8.R04",), required=True,
              area="customer.travel.authorisation", retention="travel"),
    ),
)  # fmt: skip

RECORDS = (TRIP, TRAVELLER, AUTHORISATION)
