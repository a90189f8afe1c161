"""授权范围与使用目的 — one area for each function of the system that keeps customer data; private banking apart.

Whoever may work in one function has nothing in another (S1.R07); 系统管理 uses core's areas and no customer's data.
"""

from __future__ import annotations

from kehu.plugin import Label, Purpose, ScopeDeclaration

_VERBS = {
    "lookup": Label("按号码精确查找", "Find exactly by number:"),
    "read": Label("查看(遮盖)", "See, masked:"),
    "reveal": Label("按用途查看明文", "See in clear, for a purpose:"),
    "write": Label("登记和修改", "Record and change:"),
}
_AREAS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("banking.business", "业务管理:账户、产品、合约、资产", "accounts, products, contracts, assets", ("S1.R07",)),
    ("banking.credit", "征信审核、风险信息", "credit reviews and risk", ("S1.R07", "S3.R05")),
    ("banking.management", "客户管理:客户经理、开户机构", "account managers and home branches", ("S1.R07",)),
    ("banking.mining", "客户挖掘:潜在需求", "opportunities", ("S1.R07", "S3.R07")),
    ("banking.performance", "绩效考核:客户贡献", "contributions of customers", ("S1.R07",)),
    ("banking.private", "私人银行客户", "private-banking customers", ("S2.R07",)),
    ("banking.service", "客户服务:签约服务、渠道使用", "services and use of channels", ("S1.R07",)),
    ("banking.statistics", "统计分析", "statistics", ("S1.R07",)),
)

SCOPES = tuple(
    ScopeDeclaration(f"{area}:{action}", Label(f"{verb.zh}{zh}", f"{verb.en} {en}"), cites)
    for area, zh, en, cites in _AREAS
    for action, verb in _VERBS.items()
    if action != "lookup" or area == "banking.business"
)

PURPOSES = (
    Purpose(
        code="ANTI_MONEY_LAUNDERING",
        label=Label("反洗钱", "Anti-money-laundering"),
        cites=("F-37", "S4.R07"),
        within="LEGAL_DUTY",
    ),
    Purpose(
        code="CREDIT_REVIEW",
        label=Label("征信审核", "Credit-reference review"),
        cites=("F-23", "S1.R07"),
        within="CONTRACT",
    ),
)
