"""《客户信息管理办法》对自身的说明:目的、适用范围、保密方针 — what S17 says of itself."""

from __future__ import annotations

from kehu.plugin import Label, Measure, Statement, Topic

MEASURE = Measure(
    document="S17",
    version=1,
    title=Label("客户信息管理办法(房地产)", "Customer information in real estate"),
    statements=(
        Statement(
            Topic.PURPOSE,
            Label(
                "为销售推广提供完整的客户资源支持,并在对顾客服务过程中根据客户需求提供优质服务,确保顾客满意",
                "A complete customer resource for sales promotion; good service by the customer's needs; satisfaction",
            ),
            ("S17.R01",),
        ),
        Statement(
            Topic.SCOPE,
            Label(
                "客户信息收集、管理、维护、使用;客户信息的保密、完善及日常管理工作",
                "What is done with customer information",
            ),
            ("S17.R02",),
            (
                Label("收集", "Collection"),
                Label("管理", "Management"),
                Label("维护", "Maintenance"),
                Label("使用", "Use"),
                Label("保密", "Confidentiality"),
                Label("完善", "Improvement"),
                Label("日常管理", "Daily management"),
            ),
        ),
        Statement(
            Topic.PRINCIPLE,
            Label(
                "客户资料保密工作实行既确保秘密不被泄露,又便利工作的方针",
                "Confidentiality makes sure that no secret leaks, and that work stays convenient",
            ),
            ("S17.R46",),
            (Label("责任部门:顺德公司营销部", "Owner: Marketing Department of the Shunde company"),),
        ),
    ),
)

MEASURES = (MEASURE,)
