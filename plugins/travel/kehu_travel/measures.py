"""《旅行社客户信息保密管理办法》对自身的说明 — what S8 says of itself: whom it binds."""

from __future__ import annotations

from kehu.plugin import Covers, Label, Measure, Statement, Topic

MEASURE = Measure(
    document="S8",
    version=1,
    title=Label("旅行社客户信息保密管理办法", "Confidentiality of customer information at travel agencies"),
    statements=(
        Statement(
            Topic.SCOPE,
            Label("适用于所有旅行社及其分支机构和承包商", "Applies to all agencies, their branches and contractors"),
            ("S8.R12",),
            items=(
                Label("旅行社", "Agencies"),
                Label("分支机构", "Branches"),
                Label("承包商", "Contractors"),
            ),
            covers=Covers.UNITS,
            codes=("COMPANY", "BRANCH", "CONTRACTOR"),
        ),
    ),
)

MEASURES = (MEASURE,)
