"""权限与使用目的 — one area for each module (S14 第一部分第2点), and the account manager's purpose.

Whoever is given one module's scopes sees and fills in that module and no other.
"""

from __future__ import annotations

from kehu.plugin import Label, Purpose, RowCondition, ScopeDeclaration

SHOP_AREA = "customer.tobacco"
TRADE_AREA = "customer.tobacco.trade"
CONSUMER_AREA = "customer.tobacco.consumer"

_AREAS = (
    (SHOP_AREA, "零售门店和问卷", "retail shops and questionnaires", ("S14.R03", "S14.R07")),
    (TRADE_AREA, "购进记录和统计运用", "purchases and uses of statistics", ("S14.R07", "S14.R12")),
    (CONSUMER_AREA, "消费者和消费记录", "consumers and what they bought", ("C-32", "S14.R07")),
)
_VERBS = (
    ("read", "查看(遮盖)", "See, masked:"),
    ("reveal", "按用途查看明文", "See in clear, for a purpose:"),
    ("write", "登记和修改", "Record and change:"),
)

SCOPES = tuple(
    ScopeDeclaration(f"{area}:{action}", Label(f"{verb}{zh}", f"{does} {en}"), cites)
    for area, zh, en, cites in _AREAS
    for action, verb, does in _VERBS
)

ACCOUNT = Purpose(
    code="TOBACCO_ACCOUNT",
    label=Label("专职员工检查所负责客户的消费记录", "The dedicated employee checks the consumption of own customers"),
    cites=("S14.R11", "S14.R12"),
    condition=RowCondition.OWNED,
    within="SERVICE",
)

PURPOSES = (ACCOUNT,)
