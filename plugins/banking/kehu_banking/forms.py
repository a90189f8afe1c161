"""开户登记、月度金融资产、征信审核:三张表单。

The texts bring no form; the columns are the items that they name. Necessity beats "as much as possible"
(digest C-20): what identification needs is required, the rest is not.
"""

from __future__ import annotations

from kehu.plugin import Form, FormField, Group, Label, Section, When

NAME = FormField(
    "name", "Customer.name", required=True, label=Label("客户姓名", "Customer name"),
    synonyms=("姓名", "户名", "客户名称", "Name"),
)  # fmt: skip
MOBILE = FormField(
    "mobile", "ContactPoint.mobile", required=True, label=Label("手机号码", "Mobile"),
    synonyms=("手机", "手机号", "电话", "联系电话", "联系方式", "Phone"),
)  # fmt: skip
CONSTANTS = (("Customer.kind", "PERSON"), ("Customer.stage", "ACTIVE"), ("ContactPoint.kind", "MOBILE"))
_OTHER_DOCUMENTS = (
    "TEMPORARY_ID", "HOUSEHOLD_BOOK", "HOME_RETURN_PERMIT", "TAIWAN_PERMIT", "RESIDENCE_PERMIT", "PERMANENT_RESIDENCE",
    "OFFICER", "SOLDIER",
)  # fmt: skip

ACCOUNT = Form(
    key="banking.opening",
    version=1,
    label=Label("个人开户登记", "Account opening"),
    description=Label(
        "基本信息齐备才登记账户(客户身份识别)", "An account is recorded only with complete basic information"
    ),
    cites=("S3.R03", "S7.R07", "S7.R13"),
    fields=(
        NAME,
        FormField("sex", "Customer.sex", required=True, words=(("先生", "MALE"), ("女士", "FEMALE"))),
        FormField("nationality", "PersonalProfile.nationality", required=True, synonyms=("国家", "国籍(地区)")),
        FormField("occupation", "PersonalProfile.occupation", required=True),
        FormField("employer", "PersonalProfile.employer", synonyms=("单位",)),
        FormField("documentKind", "IdentityDocument.kind", required=True, label=Label("证件种类", "Document"),
                  synonyms=("证件类型",)),
        FormField("residentId", "IdentityDocument.residentId", required=True, synonyms=("身份证号", "身份证号码"),
                  when=When("documentKind", "RESIDENT_ID")),
        FormField("passport", "IdentityDocument.passport", required=True, synonyms=("护照号",),
                  when=When("documentKind", "PASSPORT")),
        FormField("documentNumber", "IdentityDocument.number", required=True, synonyms=("证件号码",),
                  when=When("documentKind", *_OTHER_DOCUMENTS)),
        FormField("validUntil", "IdentityDocument.validUntil", required=True, synonyms=("证件有效期", "有效期限")),
        MOBILE,
        FormField("address", "Address.value", required=True, label=Label("住址", "Home address"),
                  synonyms=("地址", "住所", "家庭住址")),
        FormField("accountKind", "BankingAccount.kind", required=True, label=Label("账户类别", "Kind of account"),
                  synonyms=("账户类型",)),
        FormField("accountNumber", "BankingAccount.accountNumber", required=True),
        FormField("cardNumber", "BankingAccount.cardNumber", synonyms=("银行卡号",)),
        FormField("openedOn", "Holding.openedOn", required=True, label=Label("开户日期", "Opened on")),
        FormField("reference", "Holding.externalId", label=Label("核心系统编号", "Core system reference")),
        FormField("customerNumber", "BankingProfile.customerNumber"),
        FormField("manager", "BankingProfile.manager", synonyms=("经理工号", "理财经理")),
        Group(
            "services", Label("签约服务", "Services"), "BankingService",
            fields=(
                FormField("kind", "BankingService.kind", required=True),
                FormField("since", "BankingService.since", required=True),
            ),
        ),
    ),
    constants=(
        *CONSTANTS,
        ("Address.kind", "HOME"),
        ("Holding.kind", "ACCOUNT"),
        ("Holding.externalSystem", "CORE_BANKING"),
    ),
    sections=(
        Section("basic", Label("基本信息", "Basic information"),
                ("name", "sex", "nationality", "occupation", "employer", "documentKind", "residentId", "passport",
                 "documentNumber", "validUntil", "mobile", "address")),
        Section("account", Label("账户信息", "Account"),
                ("accountKind", "accountNumber", "cardNumber", "openedOn", "reference")),
        Section("relation", Label("关系与服务", "Relation and services"), ("customerNumber", "manager", "services")),
    ),
)  # fmt: skip

ASSETS = Form(
    key="banking.asset_report",
    version=1,
    label=Label("月度金融资产", "Monthly financial assets"),
    description=Label("每月导入;理财卡随之自动分级", "Imported each month; wealth cards follow by themselves"),
    cites=("S1.R06", "S7.R07"),
    fields=(
        NAME,
        MOBILE,
        FormField("reference", "Holding.externalId", required=True, label=Label("核心系统编号", "Reference"),
                  synonyms=("账户编号",)),
        FormField("month", "BankingAssets.month", required=True, synonyms=("统计月份",)),
        FormField("average", "BankingAssets.average", required=True, synonyms=("日均资产", "月日均", "月日均资产")),
    ),
    constants=(*CONSTANTS, ("Holding.kind", "ACCOUNT"), ("Holding.externalSystem", "CORE_BANKING")),
)  # fmt: skip

CREDIT_REVIEW = Form(
    key="banking.review",
    version=1,
    label=Label("征信审核登记", "Credit review"),
    description=Label("经客户书面授权的查询与结论", "A query with written authorisation, and its result"),
    cites=("S1.R07", "S3.R05"),
    fields=(
        NAME,
        MOBILE,
        FormField("authorisedOn", "BankingCreditReview.authorisedOn", required=True),
        FormField("reviewedOn", "BankingCreditReview.reviewedOn", required=True),
        FormField("result", "BankingCreditReview.result", required=True, synonyms=("结论",)),
        FormField("standing", "BankingCreditReview.standing"),
        Group(
            "risk",
            Label("风险评估", "Risk assessment"),
            "BankingRisk",
            fields=(
                FormField("assessedOn", "BankingRisk.assessedOn", required=True),
                FormField("laundering", "BankingRisk.laundering"),
                FormField("tolerance", "BankingRisk.tolerance"),
            ),
            at_most=1,
        ),
    ),
    constants=CONSTANTS,
)

FORMS = (ACCOUNT, ASSETS, CREDIT_REVIEW)
