"""办法的自述 — what the measure S16 (客户信息系统录入管理办法) states of itself."""

from __future__ import annotations

from kehu.plugin import Covers, Label, Measure, Statement, Topic

MEASURE = Measure(
    document="S16",
    version=1,
    title=Label("客户信息系统录入管理办法", "Data entry in the customer system"),
    statements=(
        Statement(
            Topic.PURPOSE,
            Label("确保录入及时、准确、完整,提升客户服务质量", "Timely, accurate, complete entry for better service"),
            ("S16.R01",),
        ),
        Statement(
            Topic.SCOPE,
            Label("适用于各单位客服信息系统录入人员", "Data-entry staff of every unit's customer-service system"),
            ("S16.R03",),
            covers=Covers.STAFF,
            codes=("GAS_DATA_ENTRY",),
        ),
    ),
)

MEASURES = (MEASURE,)
