"""Core records, second part: what a person or organisation is like, owns and owes, and who stands close to whom."""

from __future__ import annotations

from kehu.labels import Label
from kehu.policy import Category, Level
from kehu.records import Record, field
from kehu.vocabulary import (
    BusinessScope,
    Code,
    CreditStanding,
    Day,
    Employer,
    Ethnicity,
    FreeText,
    Habit,
    HousingFund,
    Income,
    Moment,
    Money,
    Nationality,
    Occupation,
    PersonName,
    Photo,
    Reference,
    RegisteredCapital,
    ShortText,
    TaxAmount,
)

_IDENTITY = (Category.C2, Category.S3_IDENTITY, Category.S3_SENSITIVE)
_PROPERTY = (Category.S1_ACCOUNT, Category.S3_PROPERTY, Category.S5_FINANCIAL, Category.S7_RESOURCE)
_CREDIT = (Category.S3_CREDIT, Category.S5_FINANCIAL, Category.S7_RISK)

PERSONAL_PROFILE = Record(
    name="PersonalProfile",
    label=Label("个人资料", "Personal profile"),
    description=Label("国籍、民族、职业、单位、婚姻家庭状况、照片", "Nationality, ethnicity, work, family, photo"),
    accessor="personal",
    single=True,
    cites=("S3.R03",),
    fields=(
        field("nationality", Nationality, "国籍", "Nationality", cites=("S3.R03",)),
        field("ethnicity", Ethnicity, "民族", "Ethnicity", cites=("S3.R03",)),
        field("occupation", Occupation, "职业", "Occupation", cites=("S3.R03",)),
        field("industry", ShortText, "行业", "Industry", area="customer.identity"),
        field("employer", Employer, "工作单位", "Employer", cites=("S3.R03",)),
        field("position", Occupation, "职务", "Position"),
        field("maritalStatus", Code, "婚姻状况", "Marital status", cites=("S3.R03",), scheme="person.marital_status",
              area="customer.identity", retention="identity", level=Level.IDENTIFYING, categories=_IDENTITY,
              mask="hidden", purposes=("CONTRACT", "LEGAL_DUTY", "SERVICE")),
        field("familyStatus", Code, "家庭状况", "Family status", cites=("S3.R03",), scheme="person.family_status",
              area="customer.identity", retention="identity", level=Level.IDENTIFYING, categories=_IDENTITY,
              mask="hidden", purposes=("CONTRACT", "LEGAL_DUTY", "SERVICE")),
        field("photo", Photo, "照片", "Photo", cites=("S3.R03",)),
    ),
)  # fmt: skip

FINANCIAL_PROFILE = Record(
    name="FinancialProfile",
    label=Label("财产状况", "Financial profile"),
    description=Label("收入、不动产、车辆、纳税额、公积金", "Income, real estate, vehicles, tax, housing fund"),
    accessor="financial",
    single=True,
    area="customer.property",
    cites=("S3.R04", "S5.R03"),
    fields=(
        field("income", Income, "年收入", "Yearly income", cites=("S3.R04",)),
        field("realEstateOwned", FreeText, "拥有的不动产", "Real estate owned", cites=("S3.R04",),
              area="customer.property", categories=_PROPERTY),
        field("vehiclesOwned", FreeText, "拥有的车辆", "Vehicles owned", cites=("S3.R04",), area="customer.property",
              categories=_PROPERTY),
        field("taxPaid", TaxAmount, "年纳税额", "Tax paid in a year", cites=("S3.R04",)),
        field("housingFund", HousingFund, "公积金月缴存额", "Monthly housing-fund deposit", cites=("S3.R04",)),
    ),
)  # fmt: skip

CREDIT_FACT = Record(
    name="CreditFact",
    label=Label("信用信息", "Credit fact"),
    description=Label("信用卡、贷款的还款情况及其他信用信息", "Repayment of cards and loans, other credit standing"),
    accessor="credit",
    area="customer.credit",
    newest_first=True,
    cites=("S3.R05",),
    fields=(
        field("kind", Code, "类别", "Kind", required=True, scheme="credit.kind", filterable=True,
              area="customer.credit", categories=_CREDIT),
        field("standing", CreditStanding, "状况", "Standing", required=True, cites=("S3.R05",)),
        field("overdue", Money, "逾期金额", "Amount overdue", area="customer.credit", categories=_CREDIT,
              purposes=("CONTRACT", "LEGAL_DUTY")),
        field("asOf", Day, "截至", "As of", required=True, area="customer.credit"),
    ),
)  # fmt: skip

DERIVED_FACT = Record(
    name="DerivedFact",
    label=Label("衍生信息", "Derived fact"),
    description=Label("对原始信息处理、分析所得,反映特定个人", "Worked out from raw data about one person"),
    accessor="derived",
    area="customer.derived",
    newest_first=True,
    cites=("S3.R07",),
    fields=(
        field("kind", Code, "类别", "Kind", required=True, scheme="derived.kind", filterable=True,
              area="customer.derived", categories=(Category.S3_DERIVED, Category.S7_BEHAVIOUR)),
        field("value", Habit, "内容", "What was found", required=True, cites=("S3.R07",)),
        field("derivedAt", Moment, "得出时间", "Derived at", required=True, area="customer.derived"),
        field("method", ShortText, "方法", "Method", area="customer.derived"),
    ),
)  # fmt: skip

ORGANISATION_PROFILE = Record(
    name="OrganisationProfile",
    label=Label("单位资料", "Organisation profile"),
    description=Label("法定代表人、注册资本、经营范围等", "Legal representative, registered capital, business scope"),
    accessor="organisation",
    single=True,
    cites=("S9.R18",),
    fields=(
        field("legalRepresentative", PersonName, "法定代表人", "Legal representative", cites=("S9.R18",)),
        field(
            "registeredCapital",
            RegisteredCapital,
            "注册资本",
            "Registered capital",
            cites=("S5.R03", "S9.R18"),
            categories=(Category.S5_FINANCIAL,),
        ),
        field(
            "businessScope",
            BusinessScope,
            "经营范围",
            "Business scope",
            cites=("S5.R02", "S9.R18"),
            categories=(Category.S5_PERSONAL,),
        ),
        field("industry", ShortText, "行业", "Industry", filterable=True),
        field("foundedOn", Day, "成立日期", "Founded on"),
        field("website", ShortText, "网址", "Website"),
    ),
)

RELATIONSHIP = Record(
    name="Relationship",
    label=Label("关系", "Relationship"),
    description=Label("与另一位客户的关系;看不到的对方不显示", "To another customer, shown to whom may see that one"),
    accessor="relationships",
    current_until="endedOn",
    same_by=("kind", "other"),
    cites=("S7.R07",),
    fields=(
        field("kind", Code, "关系", "Kind", required=True, scheme="relationship.kind", filterable=True,
              categories=(Category.S7_RELATIONSHIP,)),
        field("other", Reference, "对方", "The other customer", required=True, refers_to="Customer",
              categories=(Category.S7_RELATIONSHIP,)),
        field("startedOn", Day, "开始", "From", categories=(Category.S7_RELATIONSHIP,)),
        field("endedOn", Day, "结束", "Until", categories=(Category.S7_RELATIONSHIP,)),
        field("remark", FreeText, "备注", "Remark", categories=(Category.S7_RELATIONSHIP,)),
    ),
)  # fmt: skip

PROFILES = (
    PERSONAL_PROFILE,
    FINANCIAL_PROFILE,
    CREDIT_FACT,
    DERIVED_FACT,
    ORGANISATION_PROFILE,
    RELATIONSHIP,
)
