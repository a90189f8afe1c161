"""分类 — what the banking regulations classify (S1, S3, S7), and the values that their records need.

The labels of fields (which category a field belongs to) are `Category` of core; the schemes here say the same
things with the articles' words, where an examiner looks for them. Where a regulation names a kind of information
and lists no values, the scheme is a default of ours and says so.
"""

from __future__ import annotations

from kehu.plugin import Label, Scheme, Term

_OURS = Label("办法提及此类信息而未列明取值;此为系统默认值", "The text names it, not its values: our default")
_JRT = Label("金融行业标准 JR/T 0171-2020、JR/T 0197-2020", "Financial industry standards JR/T 0171, JR/T 0197")


def _term(code: str, zh: str, en: str, *cites: str) -> Term:
    return Term(code, Label(zh, en), cites)


def _ours(key: str, zh: str, en: str, cites: tuple[str, ...], *terms: Term) -> Scheme:
    """Values that no article lists."""
    return Scheme(
        key=key, version=1, label=Label(zh, en), description=Label(f"{zh}的取值", f"Values of: {en.lower()}"),
        cites=cites, terms=terms, default=True, source=_OURS,
    )  # fmt: skip


# 条文列明的分类 — classifications that the articles list.

CUSTOMER_GROUP = Scheme(
    key="banking.customer_group",
    version=1,
    classifies="S1",
    label=Label("个人客户信息分组", "Groups of personal-customer information"),
    description=Label("整合个人客户在我分行的全部信息", "All information of an individual customer at the branch"),
    cites=("S1.R04",),
    terms=(
        _term("PERSONAL", "个人信息", "Personal", "S1.R04"),
        _term("ACCOUNT", "账务信息", "Account and ledger", "S1.R04"),
        _term("TRANSACTION", "交易信息", "Transaction", "S1.R04"),
        _term("PRODUCT", "产品信息", "Product", "S1.R04"),
        _term("CHANNEL", "渠道信息", "Channel", "S1.R04"),
    ),
)

FUNCTION = Scheme(
    key="banking.function",
    version=1,
    label=Label("系统功能", "Functions of the system"),
    description=Label(
        "个人客户系统的八项功能,各有一个角色", "The eight functions of the customer system, one role for each"
    ),
    cites=("S1.R07",),
    terms=(
        _term("CREDIT_REVIEW", "征信审核", "Credit-reference review", "S1.R07"),
        _term("CUSTOMER_MINING", "客户挖掘", "Customer mining", "S1.R07"),
        _term("CUSTOMER_SERVICE", "客户服务", "Customer service", "S1.R07"),
        _term("CUSTOMER_MANAGEMENT", "客户管理", "Customer management", "S1.R07"),
        _term("PERFORMANCE_ASSESSMENT", "绩效考核", "Performance assessment", "S1.R07"),
        _term("STATISTICAL_ANALYSIS", "统计分析", "Statistical analysis", "S1.R07"),
        _term("BUSINESS_MANAGEMENT", "业务管理", "Business management", "S1.R07"),
        _term("SYSTEM_MANAGEMENT", "系统管理", "System management", "S1.R07"),
    ),
)

OPERATION_DEPARTMENT = Scheme(
    key="banking.operation_department",
    version=1,
    label=Label("运行管理部门", "Operation-management departments"),
    description=Label("客户系统的运行管理部门", "The departments that manage the operation of the customer system"),
    cites=("S1.R10",),
    terms=(
        _term("INFORMATION_CENTRE", "省分行信息中心", "Provincial-branch Information Centre", "S1.R10"),
        _term("PERSONAL_FINANCE", "个人金融部", "Personal Finance Department", "S1.R10"),
        _term("IT_MANAGEMENT", "信息技术管理部", "IT Management Department", "S1.R10"),
    ),
)

PERSONAL_INFORMATION = Scheme(
    key="banking.personal_information",
    version=1,
    classifies="S3",
    label=Label("个人客户信息", "Personal customer information"),
    description=Label(
        "在开展业务时获取、加工和保存的个人信息", "What is obtained, processed and kept about a person in business"
    ),
    cites=("S3.R02",),
    terms=(
        _term("IDENTITY", "个人身份信息", "Identity", "S3.R03"),
        _term("PROPERTY", "个人财产信息", "Property", "S3.R04"),
        _term("CREDIT", "个人信用信息", "Credit", "S3.R05"),
        _term("TRANSACTION", "个人金融交易信息", "Financial transaction", "S3.R06"),
        _term("DERIVED", "衍生信息", "Derived", "S3.R07"),
        _term("OTHER", "其他个人信息", "Other personal", "S3.R08"),
    ),
)

SENSITIVITY = Scheme(
    key="banking.sensitivity",
    version=1,
    classifies="S3_class",
    label=Label("一般或敏感", "General or sensitive"),
    description=Label(
        "可直接反映特定个人情况的为敏感", "Sensitive is what can directly reflect a specific individual's situation"
    ),
    cites=("S3.R11", "S3.R14"),
    terms=(
        _term("GENERAL", "一般个人客户信息", "General", "S3.R11"),
        _term("SENSITIVE", "敏感个人客户信息", "Sensitive", "S3.R11", "S3.R14"),
    ),
)

RETAIL_INFORMATION = Scheme(
    key="banking.retail_information",
    version=1,
    classifies="S7",
    label=Label("零售客户信息", "Retail customer information"),
    description=Label(
        "本行记录、存储的与本行有业务往来的个人客户的各类信息",
        "Recorded and stored information of individual customers with business relations",
    ),
    cites=("S7.R02", "S7.R07"),
    terms=(
        _term("BASIC", "基本信息", "Basic", "S7.R07"),
        _term("ACCOUNT", "账户信息", "Account", "S7.R07"),
        _term("CONTRACT", "合约信息", "Contract", "S7.R07"),
        _term("SERVICE", "服务信息", "Service", "S7.R07"),
        _term("BEHAVIOUR", "行为信息", "Behaviour", "S7.R07"),
        _term("RELATIONSHIP", "关系信息", "Relationship", "S7.R07"),
        _term("RESOURCE", "资源信息", "Resource", "S7.R07"),
        _term("RISK", "风险信息", "Risk", "S7.R07"),
        _term("STATISTICS", "统计分析信息", "Statistical analysis", "S7.R07"),
    ),
)

FINANCIAL_CLASS = Scheme(
    key="banking.financial_class",
    version=1,
    classifies="JRT0171",
    label=Label("个人金融信息类别", "Class of personal financial information"),
    description=Label("C3 最高;C3 不收集、不展示", "C3 is the highest; C3 is neither collected nor shown"),
    cites=("F-32", "F-33"),
    default=True,
    source=_JRT,
    terms=(
        _term("C3", "C3 用户鉴别信息", "C3: authenticates the user", "F-32"),
        _term("C2", "C2 可识别主体身份与金融状况", "C2: identifies the person or the financial state", "F-32"),
        _term("C1", "C1 内部使用信息", "C1: for internal use", "F-32"),
    ),
)

DATA_LEVEL = Scheme(
    key="banking.data_level",
    version=1,
    label=Label("数据级别", "Data level"),
    description=Label(
        "按重要程度分级;敏感度与业务需要见各字段策略",
        "Graded by importance; sensitivity and business need stand in each field's policy",
    ),
    cites=("S4.R06", "S4.R08"),
    default=True,
    source=_JRT,
    terms=(
        _term("LEVEL_5", "5级 重要数据", "Level 5: important data", "F-34"),
        _term("LEVEL_4", "4级 可用于鉴别", "Level 4: authenticates", "F-34"),
        _term("LEVEL_3", "3级 可识别个人", "Level 3: identifies a person", "F-34"),
        _term("LEVEL_2", "2级 内部", "Level 2: internal", "F-34"),
        _term("LEVEL_1", "1级 公开", "Level 1: public", "F-34"),
    ),
)

WEALTH_CARD = Scheme(
    key="banking.wealth_card",
    version=1,
    label=Label("理财卡", "Wealth card"),
    description=Label("按总行理财卡标准自动分级识别", "Graded automatically by the head-office wealth-card standard"),
    cites=("S1.R06",),
    default=True,
    source=Label("办法未列明卡种;由总行设定", "The text lists no cards: head office sets them"),
    terms=(
        _term("DIAMOND", "钻石理财卡", "Diamond card", "S1.R06"),
        _term("PLATINUM", "白金理财卡", "Platinum card", "S1.R06"),
        _term("GOLD", "理财金卡", "Gold card", "S1.R06"),
        _term("ORDINARY", "普通客户", "No wealth card", "S1.R06"),
    ),
)

COMPLETENESS_BAND = Scheme(
    key="banking.completeness_band",
    version=1,
    label=Label("基本信息完整度", "Completeness of basic information"),
    description=Label(
        "完整度须符合合规运营和反洗钱要求", "Completeness must satisfy compliance operation and anti-money-laundering"
    ),
    cites=("S7.R12",),
    default=True,
    source=_OURS,
    terms=(
        _term("COMPLETE", "完整", "Complete", "S7.R12"),
        _term("INCOMPLETE", "不完整", "Incomplete", "S7.R12"),
    ),
)

CLASSIFICATIONS = (
    CUSTOMER_GROUP, FUNCTION, OPERATION_DEPARTMENT, PERSONAL_INFORMATION, SENSITIVITY, RETAIL_INFORMATION,
    FINANCIAL_CLASS, DATA_LEVEL, WEALTH_CARD, COMPLETENESS_BAND,
)  # fmt: skip

# 各类信息的取值,办法未列明 — values that the records need.

ACCOUNT_KIND = _ours(
    "banking.account_kind", "账户类别", "Kind of account", ("S7.R07",),
    _term("DEMAND", "活期存款", "Demand deposit"),
    _term("TIME", "定期存款", "Time deposit"),
    _term("WEALTH", "理财账户", "Wealth management"),
    _term("CREDIT_CARD", "信用卡", "Credit card"),
    _term("LOAN", "贷款", "Loan"),
)  # fmt: skip
PRODUCT_KIND = _ours(
    "banking.product_kind", "产品类别", "Kind of product", ("S1.R04",),
    _term("DEPOSIT", "存款", "Deposit"),
    _term("WEALTH", "理财", "Wealth management product"),
    _term("FUND", "基金", "Fund"),
    _term("INSURANCE", "代理保险", "Insurance, as agent"),
    _term("PRECIOUS_METAL", "贵金属", "Precious metal"),
    _term("LOAN", "贷款", "Loan"),
)  # fmt: skip
CONTRACT_KIND = _ours(
    "banking.contract_kind", "合约类别", "Kind of contract", ("S7.R07",),
    _term("ACCOUNT", "账户协议", "Account agreement"),
    _term("LOAN", "借款合同", "Loan agreement"),
    _term("GUARANTEE", "担保合同", "Guarantee"),
    _term("WEALTH", "理财协议", "Wealth management agreement"),
    _term("ELECTRONIC", "电子银行协议", "Electronic banking agreement"),
)  # fmt: skip
SERVICE_KIND = _ours(
    "banking.service_kind", "服务类别", "Kind of service", ("S7.R07",),
    _term("MOBILE_BANKING", "手机银行", "Mobile banking"),
    _term("ONLINE_BANKING", "网上银行", "Online banking"),
    _term("MESSAGES", "短信通知", "Text messages"),
    _term("PAYROLL", "代发工资", "Payroll"),
    _term("UTILITY", "代缴费用", "Utility payments"),
    _term("ADVICE", "理财顾问", "Wealth advice"),
)  # fmt: skip
LAUNDERING_RISK = _ours(
    "banking.laundering_risk", "洗钱风险等级", "Money-laundering risk", ("S7.R07",),
    _term("HIGH", "高", "High"),
    _term("MEDIUM", "中", "Medium"),
    _term("LOW", "低", "Low"),
)  # fmt: skip
RISK_TOLERANCE = _ours(
    "banking.risk_tolerance", "风险承受能力", "Risk tolerance", ("S7.R07",),
    _term("CAUTIOUS", "谨慎型", "Cautious"),
    _term("STEADY", "稳健型", "Steady"),
    _term("BALANCED", "平衡型", "Balanced"),
    _term("ENTERPRISING", "进取型", "Enterprising"),
    _term("AGGRESSIVE", "激进型", "Aggressive"),
)  # fmt: skip
REVIEW_RESULT = _ours(
    "banking.review_result", "征信审核结论", "Result of a credit review", ("S1.R07",),
    _term("PASSED", "通过", "Passed"),
    _term("CONDITIONAL", "有条件通过", "Passed with conditions"),
    _term("FAILED", "不通过", "Not passed"),
)  # fmt: skip
VALUES = (
    ACCOUNT_KIND, PRODUCT_KIND, CONTRACT_KIND, SERVICE_KIND, LAUNDERING_RISK, RISK_TOLERANCE, REVIEW_RESULT,
)  # fmt: skip

SCHEMES = (*CLASSIFICATIONS, *VALUES)
