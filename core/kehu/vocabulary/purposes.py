"""Purposes of use (使用目的) that come with core: the six lawful internal ones of S1.R08, contract and legal duty."""

from __future__ import annotations

from kehu.labels import Label
from kehu.policy import Purpose, RowCondition


def _purpose(code: str, zh: str, en: str, *cites: str) -> Purpose:
    return Purpose(code=code, label=Label(zh, en), cites=cites)


PURPOSES: tuple[Purpose, ...] = (
    _purpose("ASSESSMENT", "考核激励", "Assessment and incentives", "S1.R08"),
    _purpose("CONTRACT", "订立或履行合同", "Conclusion or performance of a contract", "F-02"),
    _purpose("DECISION", "业务决策", "Business decision", "S1.R08"),
    Purpose(
        code="FOLLOW_UP",
        label=Label("回访自己负责的客户", "Follow-up of one's own customers"),
        cites=("S17.R31", "S17.R33", "S17.R37"),
        condition=RowCondition.OWNED,
    ),
    _purpose("LEGAL_DUTY", "履行法定义务", "Statutory duty, such as anti-money-laundering", "F-02", "S4.R07"),
    _purpose("MARKETING", "市场营销", "Marketing", "F-19", "S1.R08"),
    _purpose("PRODUCT_DEVELOPMENT", "新产品开发", "New-product development", "S1.R08"),
    _purpose("SERVICE", "客户服务", "Customer service", "S1.R08"),
    _purpose("STATISTICS", "统计分析", "Statistical analysis", "S1.R08"),
)
"""Core's purposes, alphabetised."""
