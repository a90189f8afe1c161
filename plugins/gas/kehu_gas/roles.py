"""岗位角色 — who enters, who serves, who compares, who checks the history (S16)."""

from __future__ import annotations

from kehu.plugin import Label, Role

_SEEN_MASKED = (
    "customer.contact:read",
    "customer.core:read",
    "customer.gas:read",
    "customer.grade:read",
    "customer.identity:read",
    "organisation:read",
)
_CLEAR = ("customer.contact:reveal", "customer.gas:reveal", "customer.identity:reveal")

DATA_ENTRY = Role(
    key="gas.data_entry",
    label=Label("客服信息系统录入人员", "Data-entry staff of the customer-service system"),
    duties=Label(
        "适用于各单位:及时、准确、完整地录入用户信息和单据,存疑即反馈",
        "In every unit: enters users and slips in time, accurate and complete; asks when in doubt",
    ),
    scopes=(
        *_SEEN_MASKED,
        *_CLEAR,
        "customer.contact:lookup",
        "customer.core:write",
        "customer.gas.order:read",
        "customer.gas.order:reveal",
        "customer.gas.order:write",
        "customer.gas.transfer:read",
        "customer.gas.transfer:write",
        "customer.gas:write",
        "customer.holding:lookup",
        "customer.holding:read",
        "customer.judgement:read",
        "customer.judgement:write",
        "import:write",
    ),
    purposes=("GAS_FILE_UPKEEP",),
    cites=("S16.R02", "S16.R03", "S16.R19"),
)
SERVICE = Role(
    key="gas.service",
    label=Label("客服人员", "Customer-service staff"),
    duties=Label(
        "确认并追加电话号码,登记错误信息,宣传地址叫法",
        "Confirms and adds numbers, registers what is wrong, tells customers the names of addresses",
    ),
    scopes=(*_SEEN_MASKED, *_CLEAR, "customer.core:write", "customer.gas:write"),
    purposes=("GAS_FILE_UPKEEP",),
    cites=("S16.R09", "S16.R14", "S16.R16"),
)
SLIP_CHECKER = Role(
    key="gas.slip_checker",
    label=Label("单据复核人员", "Second person who compares slips"),
    duties=Label("将系统内容与单据核对,决定是否一致", "Compares the system with the slip and decides"),
    scopes=(
        "customer.core:read",
        "customer.gas.order:read",
        "customer.gas.order:reveal",
        "customer.gas:read",
        "customer.judgement:decide",
        "customer.judgement:read",
        "customer.judgement:reveal",
    ),
    purposes=("GAS_FILE_UPKEEP",),
    cites=("S16.R19",),
)
HISTORY_CHECKER = Role(
    key="gas.history_checker",
    label=Label("历史核查人员", "Who checks the history of accounts"),
    duties=Label("查询曾经过户的合同", "Looks up contracts that were ever transferred"),
    scopes=("customer.core:read", "customer.gas.transfer:read", "customer.gas:read", "customer.identity:read"),
    cites=("S16.R12",),
)

ROLES = (DATA_ENTRY, SERVICE, SLIP_CHECKER, HISTORY_CHECKER)
