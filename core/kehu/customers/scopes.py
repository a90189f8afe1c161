"""Core's scopes with the words that a person reads when granting them: the catalogue of ``area[.category]:action``."""

from __future__ import annotations

from kehu.labels import Label
from kehu.policy import Action, ScopeDeclaration

_VERBS = {
    Action.READ: Label("查看(遮盖)", "See, masked:"),
    Action.LOOKUP: Label("按号码精确查找", "Find exactly by:"),
    Action.REVEAL: Label("按用途查看明文", "See in clear, for a purpose:"),
    Action.WRITE: Label("登记和修改", "Record and change:"),
    Action.DECIDE: Label("审批", "Decide about:"),
    Action.ADMINISTER: Label("管理", "Administer:"),
}
_CLEAR_ONLY = (Action.READ,)
_MASKED = (Action.READ, Action.REVEAL)
_AREAS: tuple[tuple[str, str, str, tuple[Action, ...], tuple[str, ...]], ...] = (
    ("customer.contact", "联系方式和地址", "contact points and addresses", (*_MASKED, Action.LOOKUP), ("S3.R03",)),
    ("customer.core", "客户一般资料", "general customer data", (Action.READ, Action.WRITE), ("S17.R05", "S17.R06")),
    ("customer.credit", "信用信息", "credit information", (*_MASKED, Action.WRITE), ("S3.R05", "S5.R12")),
    ("customer.derived", "衍生信息", "derived information", (*_MASKED, Action.WRITE), ("S3.R07",)),
    ("customer.document", "证件号码", "identity documents", (*_MASKED, Action.LOOKUP), ("S3.R03",)),
    ("customer.duplicate", "疑似重复客户", "possible duplicates", (Action.DECIDE,), ("S1.R04",)),
    ("customer.file", "文件", "files", (*_MASKED, Action.WRITE), ("S3.R03",)),
    ("customer.grade", "客户等级", "customer grades", _CLEAR_ONLY, ("S17.R08",)),
    ("customer.health", "健康信息", "health information", (*_MASKED, Action.WRITE), ("S5.R04", "S5.R12")),
    ("customer.holding", "持有的产品", "holdings", (*_MASKED, Action.LOOKUP, Action.WRITE), ("S17.R22",)),
    ("customer.identity", "姓名和身份", "name and identity", _MASKED, ("S3.R03",)),
    ("customer.judgement", "人工认定", "judgements", (*_MASKED, Action.WRITE, Action.DECIDE), ("S17.R10", "S17.R15")),
    ("customer.note", "备注等文字", "notes", _MASKED, ("S3.R08",)),
    ("customer.property", "财产和金额", "property and amounts", (*_MASKED, Action.WRITE), ("S3.R04",)),
    ("customer.transaction", "交易", "transactions", (*_MASKED, Action.WRITE), ("S3.R06",)),
    ("evidence", "留痕记录", "evidence", _CLEAR_ONLY, ("S11.R18",)),
    ("grading", "分级标准", "grading standards", (Action.READ, Action.WRITE, Action.DECIDE), ("S1.R06",)),
    ("import", "表格导入", "spreadsheet imports", (*_MASKED, Action.WRITE), ("S17.R05",)),
    ("organisation", "组织和员工", "units and staff", (Action.READ, Action.ADMINISTER), ("S4.R15",)),
    ("organisation.staff", "员工姓名", "names of staff", _MASKED, ("S4.R13",)),
    ("schema", "接口定义", "the schema", _CLEAR_ONLY, ("S6.R12",)),
)

SCOPES: tuple[ScopeDeclaration, ...] = tuple(
    ScopeDeclaration(f"{area}:{action.value}", Label(f"{_VERBS[action].zh}{zh}", f"{_VERBS[action].en} {en}"), cites)
    for area, zh, en, actions, cites in _AREAS
    for action in sorted(actions)
)
"""Alphabetised by area."""
