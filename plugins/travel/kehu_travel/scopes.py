"""权限、用途与保存期限 — scopes, purposes and the retention of a travel agency."""

from __future__ import annotations

from kehu.plugin import Label, Purpose, RetentionClass, ScopeDeclaration

SCOPES = (
    ScopeDeclaration(
        "customer.travel:read", Label("查看旅游资料(遮盖)", "See trips and travellers, masked"), ("S8.R02",)
    ),
    ScopeDeclaration(
        "customer.travel:reveal", Label("按用途查看旅游资料明文", "See trips and travellers in clear"), ("S8.R02",)
    ),
    ScopeDeclaration(
        "customer.travel:write", Label("登记报名和出行人", "Record enrolments and travellers"), ("S8.R07", "S8.R12")
    ),
    ScopeDeclaration(
        "customer.travel.authorisation:read", Label("查看客户授权", "See whom customers authorised"), ("S8.R04",)
    ),
    ScopeDeclaration(
        "customer.travel.authorisation:reveal", Label("按用途查看授权凭据", "See the proof of it in clear"), ("S8.R04",)
    ),
    ScopeDeclaration(
        "customer.travel.authorisation:write", Label("登记和终止客户授权", "Record and end authorisations"), ("S8.R04",)
    ),
)

PURPOSES = (
    Purpose(
        code="TRAVEL_BOOKING",
        label=Label("预订交通、住宿和门票", "Booking transport, lodging and tickets"),
        cites=("S8.R02",),
        within="CONTRACT",
    ),
    Purpose(
        code="TRAVEL_DOCUMENTS",
        label=Label("代办签证和通行证件", "Applying for visas and permits"),
        cites=("S8.R02",),
        within="CONTRACT",
    ),
    Purpose(
        code="TRAVEL_GUIDING",
        label=Label("带团和应急处置", "Guiding the party, emergencies"),
        cites=("S8.R02",),
        within="CONTRACT",
    ),
)

RETENTION = (
    RetentionClass(
        key="travel",
        label=Label("旅游合同和出行资料", "Travel contracts and travellers' details"),
        minimum_years=2,
        counted_from=Label("合同履行结束", "End of the trip"),
        # S8 says only 遵照国家相关规定; two years is 旅行社条例实施细则 Art.44 (C-35).
        cites=("C-35", "F-60", "S8.R08"),
    ),
)
