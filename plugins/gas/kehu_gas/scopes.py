"""权限与使用目的 — areas of the gas-user file, and what it is kept for."""

from __future__ import annotations

from kehu.plugin import Label, Purpose, ScopeDeclaration

FILE_AREA = "customer.gas"
ORDER_AREA = "customer.gas.order"
TRANSFER_AREA = "customer.gas.transfer"

_AREAS = (
    (FILE_AREA, "燃气用户档案", "gas-user files", ("S16.R02",)),
    (ORDER_AREA, "工单和通知单", "work orders and notices", ("S16.R19",)),
    (TRANSFER_AREA, "过户", "transfers of accounts", ("S16.R12",)),
)
_VERBS = (
    ("read", "查看(遮盖)", "See, masked:"),
    ("reveal", "按用途查看明文", "See in clear, for a purpose:"),
    ("write", "登记和修改", "Record and change:"),
)

SCOPES = (
    *(
        ScopeDeclaration(f"{area}:{action}", Label(f"{verb}{zh}", f"{does} {en}"), cites)
        for area, zh, en, cites in _AREAS
        for action, verb, does in _VERBS
    ),
)

PURPOSES = (
    Purpose(
        code="GAS_FILE_UPKEEP",
        label=Label("维护燃气用户信息档案", "Keeping the gas-user file up to date"),
        cites=("S16.R02",),
        within="SERVICE",
    ),
)
