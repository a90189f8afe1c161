"""岗位角色 — who collects, who looks after each customer, who uses the statistics (S14 第一、二部分)."""

from __future__ import annotations

from kehu.plugin import Label, Role

_SEEN_MASKED = (
    "customer.contact:read",
    "customer.core:read",
    "customer.grade:read",
    "customer.identity:read",
    "customer.tobacco:read",
    "organisation:read",
)
_FOUND = ("customer.contact:lookup", "customer.document:lookup", "customer.document:read")

ENTRY_CLERK = Role(
    key="tobacco.entry_clerk",
    label=Label("零售客户信息录入员", "Retail-data entry clerk"),
    duties=Label("完整、准确、及时地录入零售客户信息", "Enters retail customers' data complete, accurate and in time"),
    scopes=(*_SEEN_MASKED, *_FOUND, "customer.core:write", "customer.tobacco:write", "import:write"),
    cites=("S14.R02", "S14.R08"),
)
ACCOUNT_MANAGER = Role(
    key="tobacco.account_manager",
    label=Label("客户经理(专职员工)", "Account manager, the dedicated employee"),
    duties=Label(
        "管理所负责的每一个客户的信息,检查其消费记录,提出服务建议",
        "Manages the information of each of his customers, checks what they bought, proposes services",
    ),
    scopes=(
        *_SEEN_MASKED,
        *_FOUND,
        "customer.contact:reveal",
        "customer.core:write",
        "customer.identity:reveal",
        "customer.note:read",
        "customer.note:reveal",
        "customer.property:read",
        "customer.property:reveal",
        "customer.tobacco.trade:read",
        "customer.tobacco.trade:reveal",
        "customer.tobacco.trade:write",
        "customer.tobacco:reveal",
        "customer.tobacco:write",
    ),
    purposes=("TOBACCO_ACCOUNT",),
    cites=("S14.R11", "S14.R12"),
)
MARKETING_MANAGER = Role(
    key="tobacco.marketing_manager",
    label=Label("营销管理人员", "Marketing manager"),
    duties=Label(
        "运用统计结果更新批发清单、设备采购和服务建议,查看结果",
        "Uses statistics for wholesale lists, equipment and services, and sees the outcome",
    ),
    scopes=(
        "customer.core:read",
        "customer.grade:read",
        "customer.property:read",
        "customer.property:reveal",
        "customer.tobacco.trade:read",
        "customer.tobacco.trade:reveal",
        "customer.tobacco.trade:write",
        "customer.tobacco:read",
        "organisation:read",
    ),
    purposes=("DECISION", "SERVICE", "STATISTICS"),
    cites=("S14.R13",),
)
CONSUMER_CLERK = Role(
    key="tobacco.consumer_clerk",
    label=Label("消费者信息登记员", "Consumer registration clerk"),
    duties=Label("登记自愿提供信息的消费者,与零售客户分开", "Registers consumers who agree, apart from retailers"),
    scopes=(
        "customer.contact:read",
        "customer.core:read",
        "customer.core:write",
        "customer.identity:read",
        "customer.tobacco.consumer:read",
        "customer.tobacco.consumer:write",
    ),
    cites=("C-32", "S14.R04"),
)

ROLES = (ENTRY_CLERK, ACCOUNT_MANAGER, MARKETING_MANAGER, CONSUMER_CLERK)
