"""Labels and sources of every data category and of the systems that they belong to (F-36)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kehu.labels import Label
from kehu.policy import Category, Level


class Described(NamedTuple):
    """What a category, system or level is called, and where it comes from."""

    label: Label
    cites: tuple[str, ...]


def _described(zh: str, en: str, *cites: str) -> Described:
    return Described(Label(zh, en), cites)


SYSTEMS: Mapping[str, Described] = {
    "JRT0171": _described(
        "个人金融信息类别(JR/T 0171-2020)", "Personal financial information class (JR/T 0171-2020)", "F-32", "F-33"
    ),
    "S1": _described("个人客户信息分组", "Groups of personal-customer information", "S1.R04"),
    "S3": _described("个人客户信息分类", "Kinds of personal customer information", "S3.R02"),
    "S3_class": _described("一般或敏感", "General or sensitive", "S3.R11"),
    "S5": _described("保险客户信息分类", "Classes of insurance customer information", "S5.R01"),
    "S7": _described("零售客户信息分类", "Categories of retail customer information", "S7.R07"),
}
"""By `Category.system`."""

CATEGORIES: Mapping[Category, Described] = {
    Category.S1_PERSONAL: _described("个人信息", "Personal", "S1.R04"),
    Category.S1_ACCOUNT: _described("账务信息", "Account and ledger", "S1.R04"),
    Category.S1_TRANSACTION: _described("交易信息", "Transaction", "S1.R04"),
    Category.S1_PRODUCT: _described("产品信息", "Product", "S1.R04"),
    Category.S1_CHANNEL: _described("渠道信息", "Channel", "S1.R04"),
    Category.S3_IDENTITY: _described("个人身份信息", "Identity", "S3.R03"),
    Category.S3_PROPERTY: _described("个人财产信息", "Property", "S3.R04"),
    Category.S3_CREDIT: _described("个人信用信息", "Credit", "S3.R05"),
    Category.S3_TRANSACTION: _described("个人金融交易信息", "Financial transaction", "S3.R06"),
    Category.S3_DERIVED: _described("衍生信息", "Derived", "S3.R07"),
    Category.S3_OTHER: _described("其他个人信息", "Other personal", "S3.R08"),
    Category.S3_GENERAL: _described("一般信息", "General", "S3.R11"),
    Category.S3_SENSITIVE: _described("敏感信息", "Sensitive", "S3.R11", "S3.R14"),
    Category.S5_PERSONAL: _described("个人信息", "Personal", "S5.R02"),
    Category.S5_FINANCIAL: _described("财务信息", "Financial", "S5.R03"),
    Category.S5_HEALTH: _described("健康信息", "Health", "S5.R04"),
    Category.S7_BASIC: _described("基本信息", "Basic", "S7.R07"),
    Category.S7_ACCOUNT: _described("账户信息", "Account", "S7.R07"),
    Category.S7_CONTRACT: _described("合约信息", "Contract", "S7.R07"),
    Category.S7_SERVICE: _described("服务信息", "Service", "S7.R07"),
    Category.S7_BEHAVIOUR: _described("行为信息", "Behaviour", "S7.R07"),
    Category.S7_RELATIONSHIP: _described("关系信息", "Relationship", "S7.R07"),
    Category.S7_RESOURCE: _described("资源信息", "Resource", "S7.R07"),
    Category.S7_RISK: _described("风险信息", "Risk", "S7.R07"),
    Category.S7_STATISTICS: _described("统计分析信息", "Statistical analysis", "S7.R07"),
    Category.C1: _described("C1 内部使用信息", "C1: for internal use", "F-32"),
    Category.C2: _described("C2 可识别主体身份与金融状况", "C2: identifies the person or the financial state", "F-32"),
    Category.C3: _described("C3 用户鉴别信息", "C3: authenticates the user", "F-32"),
}
"""Every category there is."""

LEVELS: Mapping[Level, Described] = {
    Level.PUBLIC: _described("1级 公开", "Level 1: public", "F-34"),
    Level.INTERNAL: _described("2级 内部", "Level 2: internal", "F-34"),
    Level.IDENTIFYING: _described("3级 可识别个人", "Level 3: identifies a person", "F-34"),
    Level.AUTHENTICATING: _described("4级 可用于鉴别", "Level 4: authenticates", "F-34"),
    Level.IMPORTANT: _described("5级 重要数据", "Level 5: important data", "F-34"),
}
"""Data levels of JR/T 0197-2020."""
