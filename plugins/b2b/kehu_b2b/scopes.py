"""数据范围、使用权限 — the areas of this plugin's records, in words for the person who grants them."""

from __future__ import annotations

from kehu.plugin import Label, ScopeDeclaration

SCOPES = (
    ScopeDeclaration("customer.archive:read", Label("查看客户档案", "See customer archives"), ("S9.R05",)),
    ScopeDeclaration("customer.archive:write", Label("建立和维护客户档案", "Keep customer archives"), ("S9.R05",)),
    ScopeDeclaration("customer.dealing:read", Label("查看业务交往", "See dealings"), ("S9.R05",)),
    ScopeDeclaration("customer.dealing:write", Label("记录业务交往", "Record dealings"), ("S9.R05",)),
    ScopeDeclaration("customer.lead:read", Label("查看客户信息登记和跟进", "See leads"), ("S15.R13",)),
    ScopeDeclaration("customer.lead:write", Label("登记和跟进客户信息", "Register and follow up leads"), ("S15.R13",)),
)
