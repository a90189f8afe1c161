"""Core's classifications. Where a regulation names a field but no values, the scheme says that they are ours."""

from __future__ import annotations

from kehu.labels import Label
from kehu.rules.scheme import Scheme, Term
from kehu.vocabulary.codes import AGE_BAND_SCHEME, AGE_BANDS

_OURS = Label("办法提及此项而未列明取值;此为系统默认值", "The regulation names the field, not its values: our default")


def _term(code: str, zh: str, en: str, *cites: str) -> Term:
    return Term(code, Label(zh, en), cites)


def _scheme(
    key: str, zh: str, en: str, cites: tuple[str, ...], *terms: Term, default: bool = True, adds: bool = False
) -> Scheme:
    return Scheme(
        key=key,
        version=1,
        label=Label(zh, en),
        description=Label(f"{zh}的取值", f"Values of: {en.lower()}"),
        terms=terms,
        cites=cites,
        default=default,
        source=_OURS if default else None,
        extensible=adds,
    )


SCHEMES: tuple[Scheme, ...] = (
    _scheme(
        "organisation.kind", "组织单元类别", "Kind of unit", ("S4.R15", "S17.R39"),
        _term("COMPANY", "公司", "Company", "S17.R64"),
        _term("BRANCH", "分支机构", "Branch", "S4.R15"),
        _term("PROJECT", "项目", "Project", "S17.R39"),
    ),
    _scheme(
        "staff.position", "岗位", "Position", ("S17.R03", "S17.R04", "S17.R05", "S17.R06", "S17.R25", "S17.R39"),
        _term("MARKETING_DIRECTOR", "营销部长", "Marketing director", "S17.R03"),
        _term("SALES_MANAGER", "销售经理", "Sales manager", "S17.R03"),
        _term("SALES_SUPERVISOR", "销售主管", "Sales supervisor", "S17.R25"),
        _term("SALESPERSON", "销售人员", "Salesperson", "S17.R06"),
        _term("CS_MANAGER", "客服经理", "Customer service manager", "S17.R04"),
        _term("CS_SPECIALIST", "客服专员", "Customer service specialist", "S17.R05"),
        _term("PLANNING_LEAD", "项目策划负责人", "Project planning lead", "S17.R39"),
        _term("ADMINISTRATOR", "系统管理员", "System administrator"),
    ),
    _scheme(
        "customer.kind", "客户类别", "Kind of customer", ("S1.R04", "S4.R02", "S9.R02"),
        _term("PERSON", "个人", "Person", "S1.R04"),
        _term("ORGANISATION", "单位", "Organisation", "S9.R02"),
        _term("ANONYMOUS", "未留姓名的来访者", "Anonymous visitor", "S17.R20"),
    ),
    _scheme(
        "customer.stage", "客户阶段", "Stage", ("S9.R02", "S17.R07"),
        _term("PROSPECT", "潜在客户", "Prospect", "S9.R02"),
        _term("ACTIVE", "现有客户", "Customer", "S17.R07"),
        _term("FORMER", "历史客户", "Former customer"),
    ),
    _scheme(
        "person.sex", "性别", "Sex", ("S17.R21",),
        _term("MALE", "男", "Male"),
        _term("FEMALE", "女", "Female"),
    ),
    Scheme(
        key=AGE_BAND_SCHEME,
        version=1,
        label=Label("年龄区间", "Age band"),
        description=Label("登记时的年龄区间", "Age at the time of registration"),
        terms=tuple(Term(band.code, band.label) for band in AGE_BANDS),
        cites=("S17.R21",),
        default=True,
        source=_OURS,
    ),
    _scheme(
        "contact.kind", "联系方式类别", "Kind of contact point", ("S3.R03", "S17.R21"),
        _term("MOBILE", "手机", "Mobile", "S17.R21"),
        _term("EMAIL", "电子邮箱", "E-mail", "S3.R03"),
    ),
    _scheme(
        "address.kind", "地址类别", "Kind of address", ("S3.R03", "S17.R22"),
        _term("CORRESPONDENCE", "联系地址", "Correspondence", "S17.R22"),
        _term("HOME", "住址", "Home", "S3.R03"),
        _term("WORK", "单位地址", "Work"),
    ),
    _scheme(
        "document.kind", "证件种类", "Kind of document", ("S3.R03",),
        _term("RESIDENT_ID", "居民身份证", "Resident identity card", "S3.R03"),
    ),
    _scheme(
        "holding.kind", "持有类别", "Kind of holding", ("S1.R04", "S17.R22"),
        _term("PROPERTY", "物业", "Property", "S17.R22"),
    ),
    _scheme(
        "holding.status", "持有状态", "Status of a holding", ("S17.R22",),
        _term("ACTIVE", "持有中", "Held"),
        _term("ENDED", "已终止", "Ended"),
        _term("CANCELLED", "已取消", "Cancelled"),
    ),
    _scheme(
        "interaction.kind", "接触方式", "Kind of interaction", ("S17.R20",),
        _term("VISIT", "来访", "Visit", "S17.R20"),
        _term("CALL", "来电", "Call", "S17.R20"),
    ),
    _scheme(
        "judgement.kind", "认定事项", "What is judged", ("S17.R10", "S17.R11", "S17.R15"),
        _term("OTHER", "其他认定", "Another judgement"),
        adds=True,
    ),
    _scheme(
        "judgement.status", "认定状态", "Status of a judgement", ("S17.R10", "S17.R11", "S17.R15"),
        _term("PROPOSED", "待决定", "Proposed"),
        _term("APPROVED", "已批准", "Approved"),
        _term("REFUSED", "未批准", "Refused"),
    ),
    _scheme(
        "source.channel", "获取渠道", "Source channel", ("S7.R08",),
        _term("OUTLET", "物理网点", "Physical outlet", "S7.R08"),
        _term("ONLINE", "网络金融服务渠道", "Online channel", "S7.R08"),
        _term("SERVICE_CENTRE", "客户服务中心", "Customer service centre", "S7.R08"),
        _term("STAFF_ACTIVITY", "员工业务活动", "Business activity of staff", "S7.R08"),
        _term("THIRD_PARTY", "第三方合作", "Third-party cooperation", "S7.R08"),
        _term("ANALYSIS", "分析加工", "Analysis and processing", "S7.R08"),
        default=False,
    ),
)  # fmt: skip
