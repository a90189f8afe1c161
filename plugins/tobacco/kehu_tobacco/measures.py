"""办法的自述 — what the measure S14 (烟草公司零售客户基础信息管理办法) states of itself."""

from __future__ import annotations

from kehu.plugin import Label, Measure, Statement, Topic

MEASURE = Measure(
    document="S14",
    version=1,
    title=Label("烟草公司零售客户基础信息管理办法", "Retail customers of tobacco companies"),
    statements=(
        Statement(
            Topic.PURPOSE,
            Label(
                "建立科学、规范的零售客户基础信息管理方式",
                "A scientific, standardised way to manage basic information of retail customers",
            ),
            ("S14.R01",),
        ),
    ),
)

MEASURES = (MEASURE,)
