"""权限与用途 — scopes and purposes of a dealer: the register and the A-card, and their supervision apart from them."""

from __future__ import annotations

from kehu.plugin import Label, Purpose, ScopeDeclaration

SCOPES = (
    ScopeDeclaration(
        "customer.automotive:read", Label("查看来店登记和A卡(遮盖)", "See register and A-cards, masked"),
        ("S12.R04", "S12.R17"),
    ),
    ScopeDeclaration(
        "customer.automotive:reveal", Label("按用途查看来店登记和A卡明文", "See register and A-cards in clear"),
        ("S12.R04", "S12.R17"),
    ),
    ScopeDeclaration(
        "customer.automotive:write", Label("登记来店来电、建立和维护A卡", "Register visits and calls, keep A-cards"),
        ("S12.R04", "S12.R05"),
    ),
    ScopeDeclaration(
        "customer.automotive.supervision:read", Label("查看检查与审核", "See checks and reviews"),
        ("S12.R03", "S12.R22"),
    ),
    ScopeDeclaration(
        "customer.automotive.supervision:reveal", Label("按用途查看检查与审核的意见", "See their remarks in clear"),
        ("S12.R03", "S12.R22"),
    ),
    ScopeDeclaration(
        "customer.automotive.supervision:write", Label("检查登记、审核A卡", "Check entries, sign A-cards"),
        ("S12.R03", "S12.R11", "S12.R22"),
    ),
)  # fmt: skip

PURPOSES = (
    Purpose(
        code="AUTOMOTIVE_SALE",
        label=Label("购车洽谈与成交", "Negotiating and selling a car"),
        cites=("S12.R16", "S12.R24"),
        within="CONTRACT",
    ),
    Purpose(
        code="AUTOMOTIVE_SUPERVISION",
        label=Label("检查登记与跟进", "Checking registration and follow-up"),
        cites=("S12.R03", "S12.R11"),
        within="SERVICE",
    ),
)
