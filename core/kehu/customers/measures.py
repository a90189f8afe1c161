"""Measures that no single industry owns: S6, on the security of customer data, and S11, on shoppers' information."""

from __future__ import annotations

from kehu.labels import Label
from kehu.rules.measure import Measure, Statement, Topic

SECURITY = Measure(
    document="S6",
    version=1,
    title=Label("客户信息安全管理办法", "Security of customer data"),
    statements=(
        Statement(
            Topic.PRINCIPLE,
            Label(
                "统一主导、分工负责、积极防御、综合防范;安全与发展并重,管理与技术兼顾,数据依法有序自由流动",
                "Led from one place with divided responsibility; active defence, comprehensive prevention; security "
                "and development, management and technology in balance; orderly and lawful free flow of data",
            ),
            ("S6.R01",),
        ),
    ),
)
SHOPPERS = Measure(
    document="S11",
    version=1,
    title=Label("顾客信息管理制度", "Management of shoppers' information"),
    statements=(
        Statement(
            Topic.PURPOSE,
            Label(
                "规范顾客信息管理,保护顾客隐私,提升服务质量",
                "Orderly management, privacy of shoppers, quality of service",
            ),
            ("S11.R01",),
        ),
        Statement(
            Topic.BASIS,
            Label(
                "原文所引《中华人民共和国信息安全法》并不存在,以下列法律代替",
                "The text cites an Information Security Law (信息安全法) that doesn't exist; these replace it",
            ),
            ("S11.R01", "C-22"),
            items=(
                Label("中华人民共和国网络安全法", "Cybersecurity Law"),
                Label("中华人民共和国数据安全法", "Data Security Law"),
                Label("中华人民共和国个人信息保护法", "Personal Information Protection Law"),
            ),
        ),
    ),
)

MEASURES = (SECURITY, SHOPPERS)
