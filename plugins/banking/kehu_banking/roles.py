"""岗位角色 — the eight functions of the customer system, the grades of staff, and the departments with their duties.

The texts are of different banks, and each names another department as the lead (digest C-30): the departments'
roles are here side by side, and a bank gives out those that it has.
"""

from __future__ import annotations

from kehu.plugin import Label, Role

_SEE = ("customer.core:read", "customer.identity:read")
"""Every function works on customers, and knows them by their masked names."""


def _function(
    key: str, zh: str, en: str, duties: Label, area: str | None, *more: str, purposes: tuple[str, ...] = ()
) -> Role:
    own = () if area is None else tuple(f"{area}:{action}" for action in ("read", "reveal", "write"))
    seen = () if area is None else _SEE
    return Role(
        key=f"banking.{key}", label=Label(zh, en), duties=duties, scopes=(*seen, *own, *more), purposes=purposes,
        cites=("S1.R03", "S1.R07"),
    )  # fmt: skip


FUNCTIONS = (
    _function(
        "credit_review", "征信审核", "Credit-reference review",
        Label("经客户授权审核征信,登记审核结论与风险信息", "Reviews credit standing, records results and risk"),
        "banking.credit", "customer.credit:read", "customer.credit:reveal", purposes=("CREDIT_REVIEW",),
    ),
    _function(
        "customer_mining", "客户挖掘", "Customer mining",
        Label("发现客户的潜在需求", "Finds what customers may need"),
        "banking.mining", "customer.derived:read", purposes=("MARKETING",),
    ),
    _function(
        "customer_service", "客户服务", "Customer service",
        Label("办理签约服务,维护联系方式,答复客户", "Handles services and contact means, answers customers"),
        "banking.service", "customer.contact:read", "customer.contact:reveal", purposes=("SERVICE",),
    ),
    _function(
        "customer_management", "客户管理", "Customer management",
        Label("分配客户经理,维护客户资料", "Assigns account managers, maintains customer data"),
        "banking.management", "customer.core:write", purposes=("SERVICE",),
    ),
    _function(
        "performance_assessment", "绩效考核", "Performance assessment",
        Label("按客户贡献考核激励", "Assesses by what customers contribute"),
        "banking.performance", purposes=("ASSESSMENT",),
    ),
    _function(
        "statistical_analysis", "统计分析", "Statistical analysis",
        Label("统计客户与业务", "Statistics of customers and business"),
        "banking.statistics", "customer.grade:read", purposes=("STATISTICS",),
    ),
    _function(
        "business_management", "业务管理", "Business management",
        Label("登记账户、产品、合约、资产", "Records accounts, products, contracts, assets"),
        "banking.business", "banking.business:lookup", "customer.holding:read", "customer.holding:write",
        "customer.core:write", purposes=("CONTRACT",),
    ),
    _function(
        "system_management", "系统管理", "System management",
        Label("管理机构与员工,查看数据策略;不查看客户", "Manages units and staff, reads policies; sees no customer"),
        None, "organisation:administer", "organisation:read", "schema:read",
    ),
)  # fmt: skip
"""The functions of the customer system (S1 Art.2): who has one of them can use that one, and no other."""

_ACCOUNTS = (*_SEE, "banking.business:read", "customer.contact:read", "customer.holding:read", "customer.property:read")
CLERK = Role(
    key="banking.clerk",
    label=Label("经办人员", "Clerk"),
    duties=Label("办理业务;敏感信息遮盖显示", "Handles business; sees sensitive information masked"),
    scopes=(*_ACCOUNTS, "banking.business:write", "customer.core:write", "customer.holding:write"),
    purposes=("SERVICE",),
    cites=("S4.R05", "S4.R09", "S10.R07"),
)
AUTHORISER = Role(
    key="banking.authoriser",
    label=Label("授权人员", "Authoriser"),
    duties=Label("按用途查看敏感信息,复核经办业务", "Sees sensitive information for a purpose, checks what clerks do"),
    scopes=(
        *_ACCOUNTS, "banking.business:reveal", "customer.contact:reveal", "customer.holding:reveal",
        "customer.identity:reveal", "customer.property:reveal",
    ),
    purposes=("CONTRACT", "SERVICE"),
    cites=("S3.R12", "S4.R05", "S4.R09", "S10.R07"),
)  # fmt: skip
PRIVATE_BANKER = Role(
    key="banking.private_banker",
    label=Label("私人银行客户经理", "Private-banking manager"),
    duties=Label(
        "专人服务私人银行客户,其信息不向他人开放", "Alone serves private-banking customers and sees their data"
    ),
    scopes=(*_ACCOUNTS, "banking.private:read", "banking.private:reveal", "banking.private:write"),
    purposes=("SERVICE",),
    cites=("S2.R07",),
)
STANDARD_KEEPER = Role(
    key="banking.standard_keeper",
    label=Label("总行理财卡标准管理", "Keeper of the wealth-card standard"),
    duties=Label(
        "提出并由他人发布理财卡标准;限总行", "Proposes the wealth-card standard, others publish; head office only"
    ),
    scopes=("grading:decide", "grading:read", "grading:write", "organisation:read"),
    cites=("S1.R06",),
)
GRADES = (CLERK, AUTHORISER, PRIVATE_BANKER)
"""Grades of staff: the higher sees in clear what the lower sees masked (S4 Art.4)."""


def _department(key: str, zh: str, en: str, duties: Label, cites: tuple[str, ...], *scopes: str) -> Role:
    return Role(key=f"banking.{key}", label=Label(zh, en), duties=duties, scopes=scopes, cites=("S1.R03", *cites))


DEPARTMENTS = (
    _department(
        "information_centre", "信息中心", "Information Centre",
        Label(
            "立项、测试验收与维护牵头;上线与用户终审;用户角色增改删;系统管理;日常监控;专项检查与通报;解释",
            "Leads projects, acceptance and maintenance; approves go-live and users; keeps roles; administers; "
            "monitors; inspects and circulates; interprets",
        ),
        ("S1.R10",), "evidence:read", "organisation:administer", "organisation:read", "schema:read",
    ),
    _department(
        "personal_finance", "个人金融部", "Personal Finance Department",
        Label("起草个人金融业务制度,报信息中心审定下发", "Drafts personal-finance rules, submits them for issue"),
        ("S1.R10",), "organisation:read", "schema:read",
    ),
    _department(
        "it_management", "信息技术管理部", "IT Management Department",
        Label("开发与修改系统;支持信息收集、分析和使用", "Develops the system; supports collection, analysis, use"),
        ("S1.R10",), "schema:read",
    ),
    _department(
        "risk_management", "风险管理部", "Risk Management Department",
        Label("信息科技风险管理,定期组织信息安全专项评估", "IT risk; periodic information-security assessments"),
        ("S10.R12",), "evidence:read", "organisation:read", "schema:read",
    ),
    _department(
        "compliance", "合规管理部", "Compliance Department",
        Label("梳理制度与流程,开展合规检查", "Sorts out rules and processes, carries out compliance checks"),
        ("S10.R12",), "evidence:read", "organisation:read", "schema:read",
    ),
    _department(
        "audit", "审计稽核部", "Audit Department",
        Label("信息安全专项审计,督促整改", "Information-security audits; urges rectification"),
        ("S10.R12",), "evidence:read", "organisation:read", "schema:read",
    ),
    _department(
        "operations_management", "运营管理部", "Operations Management Department",
        Label("牵头制定全行客户信息保护办法及运营条线各项职责", "Leads the bank-wide measure and its line's duties"),
        ("S10.R12",), "evidence:read", "organisation:read", "schema:read",
    ),
    _department(
        "inclusive_finance", "普惠金融事业部", "Inclusive Finance Division",
        Label("零售客户信息主管部门:制度、运用统筹与数据质量", "Owns retail information: rules, use, data quality"),
        ("S10.R12",), "banking.statistics:read", "customer.core:read", "schema:read",
    ),
    _department(
        "archive_custodian", "档案保管人", "Archive custodian",
        Label("专人入柜上锁保管私人银行签约及发卡档案", "Keeps private-banking archives locked, alone"),
        ("S2.R07",), *_SEE, "banking.private:read",
    ),
)  # fmt: skip
"""Departments with the duties that the texts give them; they see evidence and policies, not customers."""

ROLES = (*FUNCTIONS, *GRADES, STANDARD_KEEPER, *DEPARTMENTS)
