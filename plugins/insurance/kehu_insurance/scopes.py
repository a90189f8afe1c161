"""授权范围与使用目的 — areas that keep the three classes apart, and the purposes for which health may be seen.

Personal data stand in core's areas (customer.identity, customer.contact, customer.document) and in
``insurance.policy``; financial data in ``insurance.finance`` and core's customer.property; health in
customer.health alone. No area holds fields of two of the stricter classes (S5.R10, S5.R12).
"""

from __future__ import annotations

from kehu.plugin import Label, Purpose, ScopeDeclaration

_VERBS = {
    "lookup": Label("按号码精确查找", "Find exactly by number:"),
    "read": Label("查看(遮盖)", "See, masked:"),
    "reveal": Label("按用途查看明文", "See in clear, for a purpose:"),
    "write": Label("登记和修改", "Record and change:"),
}
_AREAS: tuple[tuple[str, str, str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("insurance.claim", "理赔案件", "claims", ("read", "reveal", "write"), ("S5.R11",)),
    ("insurance.finance", "保额、保费、赔款、账户(财务信息)", "sums, premiums, payments, accounts (financial)",
     ("lookup", "read", "reveal", "write"), ("S5.R12",)),
    ("insurance.policy", "保单", "policies", ("read", "reveal", "write"), ("S5.R11",)),
)  # fmt: skip

SCOPES = tuple(
    ScopeDeclaration(f"{area}:{action}", Label(f"{_VERBS[action].zh}{zh}", f"{_VERBS[action].en} {en}"), cites)
    for area, zh, en, actions, cites in _AREAS
    for action in actions
)

PURPOSES = (
    Purpose(code="CLAIMS", label=Label("理赔", "Claims handling"), cites=("F-84", "S5.R15"), within="CONTRACT"),
    Purpose(code="UNDERWRITING", label=Label("核保", "Underwriting"), cites=("F-84", "S5.R15"), within="CONTRACT"),
    Purpose(code="POLICY_SERVICE", label=Label("保全服务", "Policy service"), cites=("S5.R15",), within="SERVICE"),
)
