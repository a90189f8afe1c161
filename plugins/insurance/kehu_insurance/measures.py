"""办法的自述 — what the measure S5 (保险客户信息保密管理办法) states of itself."""

from __future__ import annotations

from kehu.plugin import Covers, Label, Measure, Statement, Topic

MEASURE = Measure(
    document="S5",
    version=1,
    title=Label("保险客户信息保密管理办法", "Confidentiality of insurance customers' information"),
    statements=(
        Statement(
            Topic.SCOPE,
            Label("适用于所有本公司的员工", "All employees of the company"),
            ("S5.R22",),
            covers=Covers.STAFF,
        ),
    ),
)

MEASURES = (MEASURE,)
