"""两份办法对自身的说明:目的、定义、原则 — what S9 and S15 say of themselves."""

from __future__ import annotations

from kehu.plugin import Label, Measure, Statement, Topic

ARCHIVES = Measure(
    document="S9",
    version=1,
    title=Label("客户信息管理办法(企业客户档案)", "Archives of business customers"),
    statements=(
        Statement(
            Topic.PURPOSE,
            Label(
                "规范公司对客户信息的管理,使公司对客户的管理规范化、有效化、长期化,提高公司经营管理水平与工作效能",
                "Standardised, effective and long-term management of customers; better management and efficiency",
            ),
            ("S9.R01",),
        ),
        Statement(
            Topic.DEFINITION,
            Label(
                "客户信息管理即针对客户档案的系统化管理",
                "Customer-information management is the systematic management of the customer archive",
            ),
            ("S9.R03",),
        ),
    ),
)
LEADS = Measure(
    document="S15",
    version=1,
    title=Label("客户信息来源与管理办法", "Sources and management of customer information"),
    statements=(
        Statement(
            Topic.PRINCIPLE,
            Label(
                "客户信息是公司重要和宝贵的资源;避免因人为原因造成不必要的浪费与流失",
                "Customer information is an important resource of the company; waste and loss by people are avoided",
            ),
            ("S15.R01",),
        ),
    ),
)

MEASURES = (ARCHIVES, LEADS)
