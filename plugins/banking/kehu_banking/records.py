"""零售客户信息(S7 第七条)与分行客户视图(S1 第二条)— what a bank keeps beside core's customer.

Core has the basic information, contact means, documents, holdings, transactions, relationships, credit facts and
derived facts; here stand the rest of the nine categories of S7, each in the area of the function that works on it.
"""

from __future__ import annotations

from typing import Any

from kehu.plugin import (
    Audit,
    BankAccount,
    BankCard,
    Category,
    Code,
    Count,
    CreditStanding,
    Day,
    Flag,
    Habit,
    HoldingNumber,
    Label,
    Level,
    Money,
    Record,
    Reference,
    ShortText,
    field,
)

_Kind = dict[str, Any]  # keywords of `field`: area and categories of one kind of information

_MANAGEMENT: _Kind = {"area": "banking.management", "categories": (Category.S7_RELATIONSHIP,)}
_ACCOUNT: _Kind = {"area": "banking.business", "categories": (Category.S1_ACCOUNT, Category.S7_ACCOUNT)}
_PRODUCT: _Kind = {"area": "banking.business", "categories": (Category.S1_PRODUCT, Category.S7_CONTRACT)}
_CONTRACT: _Kind = {"area": "banking.business", "categories": (Category.S1_PRODUCT, Category.S7_CONTRACT)}
_RESOURCE: _Kind = {
    "area": "banking.business",
    "categories": (Category.S1_ACCOUNT, Category.S3_PROPERTY, Category.S7_RESOURCE),
}
_SERVICE: _Kind = {"area": "banking.service", "categories": (Category.S1_PRODUCT, Category.S7_SERVICE)}
_BEHAVIOUR: _Kind = {"area": "banking.service", "categories": (Category.S1_CHANNEL, Category.S7_BEHAVIOUR)}
_RISK: _Kind = {
    "area": "banking.credit",
    "categories": (Category.S3_DERIVED, Category.S3_SENSITIVE, Category.S7_RISK),
    "level": Level.IDENTIFYING,
    "audit": Audit.FIELD,
    "mask": "hidden",
}
_REVIEW: _Kind = {
    "area": "banking.credit",
    "categories": (Category.S3_CREDIT, Category.S3_SENSITIVE, Category.S7_RISK),
    "level": Level.IDENTIFYING,
    "audit": Audit.FIELD,
    "mask": "hidden",
}
_DERIVED: _Kind = {"area": "banking.mining", "categories": (Category.S3_DERIVED, Category.S7_STATISTICS)}
_STATISTICS: _Kind = {"area": "banking.statistics", "categories": (Category.S3_DERIVED, Category.S7_STATISTICS)}
_PERFORMANCE: _Kind = {"area": "banking.performance", "categories": (Category.S3_DERIVED, Category.S7_STATISTICS)}
_PRIVATE: _Kind = {
    "area": "banking.private",
    "categories": (Category.S3_PROPERTY, Category.S3_SENSITIVE, Category.S7_CONTRACT),
    "level": Level.IDENTIFYING,
    "audit": Audit.FIELD,
}

PROFILE = Record(
    name="BankingProfile",
    label=Label("零售客户档案", "Retail profile"),
    description=Label("客户在我分行的关系:客户号、客户经理、开户机构", "Customer number, account manager, home branch"),
    accessor="banking",
    single=True,
    area="banking.management",
    cites=("S1.R04", "S1.R05", "S7.R07"),
    fields=(
        field("customerNumber", ShortText, "客户号", "Customer number", area="banking.management", cites=("S1.R04",),
              filterable=True),
        field("manager", Reference, "客户经理", "Account manager", cites=("S7.R07",), refers_to="Staff",
              filterable=True, **_MANAGEMENT),
        field("openedAt", Reference, "开户机构", "Home branch", cites=("F-32", "S1.R05"), refers_to="OrganisationUnit",
              filterable=True, **_MANAGEMENT),
        field("customerSince", Day, "建立业务关系日期", "Customer since", cites=("S7.R07",), **_MANAGEMENT),
        field("preferredChannel", Code, "首选渠道", "Preferred channel", cites=("S1.R04",),
              scheme="transaction.channel", area="banking.management",
              categories=(Category.S1_CHANNEL, Category.S7_BEHAVIOUR), filterable=True),
    ),
)  # fmt: skip

ACCOUNT = Record(
    name="BankingAccount",
    label=Label("账户", "Account"),
    description=Label("账户信息:账号、卡号、余额", "Number, card, balance"),
    parent="Holding",
    accessor="bankingAccount",
    single=True,
    area="banking.business",
    cites=("S1.R04", "S7.R07"),
    fields=(
        field("kind", Code, "账户类别", "Kind", cites=("S7.R07",), required=True, scheme="banking.account_kind",
              filterable=True, **_ACCOUNT),
        field("accountNumber", BankAccount, "账号", "Account number", **_ACCOUNT),
        field("cardNumber", BankCard, "卡号", "Card number", **_ACCOUNT),
        field("balance", Money, "余额", "Balance", **_ACCOUNT),
        field("frozen", Flag, "冻结", "Frozen", cites=("S7.R07",), default=False, filterable=True, **_ACCOUNT),
    ),
)  # fmt: skip

PRODUCT = Record(
    name="BankingProduct",
    label=Label("产品", "Product"),
    description=Label("客户持有的产品", "A product that the customer holds"),
    parent="Holding",
    accessor="bankingProduct",
    single=True,
    area="banking.business",
    cites=("S1.R04",),
    fields=(
        field("kind", Code, "产品类别", "Kind", cites=("S1.R04",), required=True, scheme="banking.product_kind",
              filterable=True, **_PRODUCT),
        field("name", ShortText, "产品名称", "Name", cites=("S1.R04",), required=True, filterable=True, **_PRODUCT),
        field("maturesOn", Day, "到期日", "Matures on", cites=("S1.R04",), filterable=True, **_PRODUCT),
    ),
)  # fmt: skip

CONTRACT = Record(
    name="BankingContract",
    label=Label("合约", "Contract"),
    description=Label("合约信息:协议、借款与担保合同", "Agreements, loans, guarantees"),
    accessor="bankingContracts",
    area="banking.business",
    same_by=("kind", "signedOn"),
    cites=("S7.R07",),
    fields=(
        field("kind", Code, "合约类别", "Kind", cites=("S7.R07",), required=True, scheme="banking.contract_kind",
              filterable=True, **_CONTRACT),
        field("number", HoldingNumber, "合约编号", "Number", **_CONTRACT),
        field("signedOn", Day, "签订日期", "Signed on", cites=("S7.R07",), required=True, **_CONTRACT),
        field("expiresOn", Day, "到期日期", "Expires on", cites=("S7.R07",), filterable=True, **_CONTRACT),
    ),
)  # fmt: skip

ASSETS = Record(
    name="BankingAssets",
    label=Label("金融资产", "Financial assets"),
    description=Label("资源信息:账户月日均资产,合计为理财卡依据", "An account's average; wealth cards rest on the sum"),
    parent="Holding",
    accessor="bankingAssets",
    single=True,
    area="banking.business",
    cites=("S1.R06", "S7.R07"),
    fields=(
        field("month", Day, "月份", "Month", cites=("S7.R07",), required=True, **_RESOURCE),
        field("average", Money, "月日均资产", "Average assets", cites=("S1.R06",), required=True, **_RESOURCE),
    ),
)  # fmt: skip

SERVICE = Record(
    name="BankingService",
    label=Label("签约服务", "Service"),
    description=Label("服务信息:客户签约的服务", "A service that the customer signed up for"),
    accessor="bankingServices",
    area="banking.service",
    same_by=("kind",),
    cites=("S7.R07",),
    fields=(
        field("kind", Code, "服务类别", "Kind", cites=("S7.R07",), required=True, scheme="banking.service_kind",
              filterable=True, **_SERVICE),
        field("since", Day, "签约日期", "Since", cites=("S7.R07",), required=True, **_SERVICE),
        field("until", Day, "终止日期", "Until", cites=("S7.R07",), **_SERVICE),
    ),
)  # fmt: skip

CHANNEL_USE = Record(
    name="BankingChannelUse",
    label=Label("渠道使用", "Use of a channel"),
    description=Label("渠道与行为信息:每月各渠道使用次数", "How often each channel was used in a month"),
    accessor="bankingChannels",
    area="banking.service",
    same_by=("channel", "month"),
    cites=("S1.R04", "S7.R07"),
    fields=(
        field("channel", Code, "渠道", "Channel", cites=("S1.R04",), required=True, scheme="transaction.channel",
              filterable=True, **_BEHAVIOUR),
        field("month", Day, "月份", "Month", cites=("S7.R07",), required=True, **_BEHAVIOUR),
        field("times", Count, "次数", "Times", cites=("S7.R07",), required=True, **_BEHAVIOUR),
    ),
)  # fmt: skip

RISK = Record(
    name="BankingRisk",
    label=Label("风险信息", "Risk"),
    description=Label("洗钱风险等级与风险承受能力", "Money-laundering risk, and how much risk the customer can bear"),
    accessor="bankingRisks",
    newest_first=True,
    same_by=("assessedOn",),
    area="banking.credit",
    cites=("S7.R07",),
    fields=(
        field("laundering", Code, "洗钱风险等级", "Money-laundering risk", cites=("S7.R07",),
              scheme="banking.laundering_risk", purposes=("LEGAL_DUTY",), **_RISK),
        field("tolerance", Code, "风险承受能力", "Risk tolerance", cites=("S7.R07",), scheme="banking.risk_tolerance",
              purposes=("CONTRACT", "LEGAL_DUTY", "SERVICE"), **_RISK),
        field("assessedOn", Day, "评估日期", "Assessed on", required=True, area="banking.credit",
              cites=("S7.R07",), categories=(Category.S7_RISK,)),
    ),
)  # fmt: skip

CREDIT_REVIEW = Record(
    name="BankingCreditReview",
    label=Label("征信审核", "Credit review"),
    description=Label("经客户书面授权查询并审核征信", "Credit standing reviewed with written authorisation"),
    accessor="bankingCreditReviews",
    append_only=True,
    area="banking.credit",
    cites=("S1.R07", "S3.R05"),
    fields=(
        field("authorisedOn", Day, "客户授权日期", "Authorised on", cites=("F-23", "S3.R05"), required=True,
              area="banking.credit", categories=(Category.S3_CREDIT, Category.S7_RISK)),
        field("reviewedOn", Day, "审核日期", "Reviewed on", cites=("S1.R07",), required=True, area="banking.credit",
              categories=(Category.S3_CREDIT, Category.S7_RISK)),
        field("result", Code, "审核结论", "Result", cites=("S1.R07",), required=True, scheme="banking.review_result",
              purposes=("CONTRACT", "LEGAL_DUTY"), **_REVIEW),
        field("standing", CreditStanding, "信用状况", "Credit standing", area="banking.credit"),
    ),
)  # fmt: skip

OPPORTUNITY = Record(
    name="BankingOpportunity",
    label=Label("潜在需求", "Opportunity"),
    description=Label("客户挖掘的结果;属衍生信息", "What mining found; derived, so personal information"),
    accessor="bankingOpportunities",
    area="banking.mining",
    same_by=("product",),
    cites=("S1.R07", "S3.R07"),
    fields=(
        field("product", Code, "产品类别", "Product", cites=("S3.R07",), required=True, scheme="banking.product_kind",
              filterable=True, **_DERIVED),
        field("foundOn", Day, "发现日期", "Found on", cites=("S3.R07",), required=True, **_DERIVED),
        field("reason", Habit, "依据", "Reason", area="banking.mining"),
    ),
)  # fmt: skip

STATISTICS = Record(
    name="BankingStatistics",
    label=Label("统计分析", "Statistics"),
    description=Label("统计分析信息:每月交易笔数与收支", "Transactions, inflow and outflow of a month"),
    accessor="bankingStatistics",
    area="banking.statistics",
    same_by=("month",),
    cites=("S1.R07", "S7.R07"),
    fields=(
        field("month", Day, "月份", "Month", cites=("S7.R07",), required=True, **_STATISTICS),
        field("transactions", Count, "交易笔数", "Transactions", cites=("S7.R07",), required=True, **_STATISTICS),
        field("inflow", Money, "流入金额", "Inflow", cites=("S7.R07",), **_STATISTICS),
        field("outflow", Money, "流出金额", "Outflow", cites=("S7.R07",), **_STATISTICS),
    ),
)  # fmt: skip

CONTRIBUTION = Record(
    name="BankingContribution",
    label=Label("客户贡献", "Contribution"),
    description=Label("绩效考核:客户贡献归属于客户经理", "What a customer contributed, and to whom it counts"),
    accessor="bankingContributions",
    area="banking.performance",
    same_by=("month",),
    cites=("S1.R07",),
    fields=(
        field("month", Day, "月份", "Month", cites=("S1.R07",), required=True, **_PERFORMANCE),
        field("amount", Money, "贡献金额", "Amount", cites=("S1.R07",), **_PERFORMANCE),
        field("staff", Reference, "归属员工", "Counts to", cites=("S1.R07",), refers_to="Staff", **_PERFORMANCE),
    ),
)  # fmt: skip

PRIVATE = Record(
    name="BankingPrivate",
    label=Label("私人银行", "Private banking"),
    description=Label("私人银行客户标识与签约、发卡档案;重点关注", "The mark of a private-banking customer; archives"),
    accessor="bankingPrivate",
    single=True,
    area="banking.private",
    cites=("S2.R07",),
    fields=(
        field("signedOn", Day, "签约日期", "Signed on", cites=("S2.R07",), required=True, mask="hidden",
              purposes=("CONTRACT", "LEGAL_DUTY", "SERVICE"), **_PRIVATE),
        field("adviser", Reference, "私人银行顾问", "Adviser", cites=("S2.R07",), refers_to="Staff",
              area="banking.private", categories=(Category.S7_RELATIONSHIP,), audit=Audit.FIELD),
        field("signingArchive", HoldingNumber, "签约档案编号", "Signing archive", cites=("S2.R07",), lookup=False,
              **_PRIVATE),
        field("cardArchive", HoldingNumber, "发卡档案编号", "Card-issuing archive", cites=("S2.R07",), lookup=False,
              **_PRIVATE),
    ),
)  # fmt: skip

RECORDS = (
    PROFILE, ACCOUNT, PRODUCT, CONTRACT, ASSETS, SERVICE, CHANNEL_USE, RISK, CREDIT_REVIEW, OPPORTUNITY, STATISTICS,
    CONTRIBUTION, PRIVATE,
)  # fmt: skip
