"""Core records, first part: who the customer is, how to reach him, who looks after him, how he is graded."""

from __future__ import annotations

from kehu.customers.dealings import DEALINGS
from kehu.customers.profiles import PROFILES
from kehu.labels import Label
from kehu.policy import Audit, Category
from kehu.records import Owner, Projection, Record, field
from kehu.vocabulary import (
    AgeBand,
    BirthDate,
    BirthYear,
    Code,
    Count,
    Day,
    DocumentNumber,
    EmailAddress,
    FileContent,
    Flag,
    FreeText,
    Landline,
    Mobile,
    Moment,
    OrganisationName,
    Passport,
    PersonName,
    PostalAddress,
    Postcode,
    Reference,
    ResidentId,
    ShortText,
    Uscc,
)

LEGAL_ENTITY = Record(
    name="LegalEntity",
    label=Label("法人主体", "Legal entity"),
    description=Label("客户归属的法人;不同法人之间数据不相通", "Owns customers; nothing joins across legal entities"),
    owner=Owner.ENTITY,
    parent=None,
    writable=False,
    area="organisation",
    cites=("S4.R15", "S15.R02"),
    fields=(
        field("code", ShortText, "代码", "Code", required=True, area="organisation"),
        field("name", ShortText, "名称", "Name", required=True, area="organisation"),
        field("timeZone", ShortText, "时区", "Time zone", required=True, area="organisation"),
    ),
)

UNIT = Record(
    name="OrganisationUnit",
    label=Label("组织单元", "Organisation unit"),
    description=Label("机构、公司、项目组成的树", "A node of the tree of branches, companies and projects"),
    owner=Owner.ENTITY,
    parent=None,
    root="organisationUnits",
    writable=False,
    area="organisation",
    cites=("S4.R15", "S17.R39"),
    fields=(
        field("code", ShortText, "代码", "Code", required=True, area="organisation", filterable=True),
        field("name", ShortText, "名称", "Name", required=True, area="organisation"),
        field("kind", Code, "类别", "Kind", required=True, scheme="organisation.kind", area="organisation"),
        field("path", ShortText, "路径", "Path", required=True, area="organisation", orderable=True),
        field("parentUnit", Reference, "上级", "Parent", refers_to="OrganisationUnit", area="organisation"),
    ),
)

STAFF = Record(
    name="Staff",
    label=Label("员工", "Staff member"),
    description=Label("登记、维护、查询客户信息的员工", "A person who records, maintains or queries customers"),
    owner=Owner.ENTITY,
    parent=None,
    root="staff",
    writable=False,
    area="organisation",
    cites=("S17.R06",),
    fields=(
        field("code", ShortText, "工号", "Staff number", required=True, area="organisation", filterable=True),
        field("name", PersonName, "姓名", "Name", required=True, area="organisation.staff", retention="internal"),
        field("unit", Reference, "所属单元", "Unit", required=True, refers_to="OrganisationUnit", area="organisation"),
        field("position", Code, "岗位", "Position", required=True, scheme="staff.position", area="organisation"),
    ),
)

CUSTOMER = Record(
    name="Customer",
    label=Label("客户", "Customer"),
    description=Label(
        "个人或组织,包括潜在客户和未留姓名的来访者",
        "A person or organisation, prospects and anonymous visitors included",
    ),
    parent=None,
    root="customers",
    cites=("S1.R04", "S4.R02", "S4.R03", "S9.R02"),
    fields=(
        field("kind", Code, "客户类别", "Kind", required=True, scheme="customer.kind", filterable=True),
        field("stage", Code, "阶段", "Stage", required=True, scheme="customer.stage", filterable=True),
        field("unit", Reference, "归属单元", "Unit", required=True, refers_to="OrganisationUnit", filterable=True),
        field("name", PersonName, "姓名", "Name", cites=("S3.R03", "S17.R21"), searchable=True),
        # S5 has three classes for whatever customer: what tells who an organisation is belongs to the first.
        field("organisationName", OrganisationName, "单位名称", "Organisation name", cites=("S5.R02", "S9.R18"),
              searchable=True, categories=(Category.S5_PERSONAL,)),
        field("uscc", Uscc, "统一社会信用代码", "Unified social credit code", cites=("S5.R02",),
              categories=(Category.S5_PERSONAL,)),
        field("sex", Code, "性别", "Sex", scheme="person.sex", area="customer.identity", cites=("S3.R03", "S17.R21"),
              categories=(Category.S3_IDENTITY,)),
        field("birthDate", BirthDate, "出生日期", "Birth date"),
        field("birthYear", BirthYear, "出生年份", "Birth year", area="customer.identity",
              projection=Projection(source="birthDate", compute="birth_year")),
        field("ageBand", AgeBand, "年龄区间", "Age band", scheme="age.band", cites=("S17.R21",), filterable=True,
              area="customer.identity"),
        field("remark", FreeText, "备注", "Remark"),
    ),
)  # fmt: skip

CONTACT_POINT = Record(
    name="ContactPoint",
    label=Label("联系方式", "Contact point"),
    description=Label("电话、传真、邮箱,一位客户可有多个", "Telephone, fax or e-mail; a customer may have several"),
    accessor="contacts",
    history="ContactChange",
    cites=("S3.R03", "S9.R20", "S17.R21"),
    fields=(
        field("kind", Code, "类别", "Kind", required=True, scheme="contact.kind", filterable=True),
        field("mobile", Mobile, "手机", "Mobile", cites=("S17.R21",)),
        field("landline", Landline, "固定电话", "Landline", cites=("S9.R18",)),
        field("fax", Landline, "传真", "Fax", cites=("S9.R18",)),
        field("email", EmailAddress, "电子邮箱", "E-mail"),
        field("preferred", Flag, "首选", "Preferred", default=False, filterable=True),
    ),
)

ADDRESS = Record(
    name="Address",
    label=Label("地址", "Address"),
    description=Label("住址、单位地址、联系地址", "Home, work or correspondence address"),
    accessor="addresses",
    history="ContactChange",
    cites=("S3.R03", "S9.R20", "S17.R22"),
    fields=(
        field("kind", Code, "类别", "Kind", required=True, scheme="address.kind", filterable=True),
        field("value", PostalAddress, "地址", "Address", required=True),
        field("postcode", Postcode, "邮政编码", "Postcode", cites=("S9.R18",)),
        field("district", ShortText, "区县", "District", projection=Projection(source="value", compute="district_of"),
              filterable=True, area="customer.contact", categories=(Category.S3_IDENTITY,)),
    ),
)  # fmt: skip

CONTACT_CHANGE = Record(
    name="ContactChange",
    label=Label("联系方式变更", "Change of contact means"),
    description=Label("联系方式或地址的每次变更,由系统登记", "Every change of a contact point or address"),
    accessor="contactChanges",
    writable=False,
    append_only=True,
    newest_first=True,
    area="customer.contact",
    cites=("S9.R20",),
    fields=(
        field("kind", Code, "变更项", "What changed", required=True, scheme="contact.changed", filterable=True,
              area="customer.contact", cites=("S9.R20",)),
        field("before", FreeText, "原值", "Old value", area="customer.contact", retention="identity",
              categories=(Category.S3_IDENTITY, Category.S7_BASIC), cites=("S9.R20",)),
        field("after", FreeText, "新值", "New value", area="customer.contact", retention="identity",
              categories=(Category.S3_IDENTITY, Category.S7_BASIC), cites=("S9.R20",)),
        field("occurredAt", Moment, "变更时间", "Changed at", required=True, area="customer.contact",
              cites=("S9.R20",)),
    ),
)  # fmt: skip

IDENTITY_DOCUMENT = Record(
    name="IdentityDocument",
    label=Label("身份证件", "Identity document"),
    description=Label("证件种类、号码、有效期限", "Kind, number and validity"),
    accessor="documents",
    cites=("S3.R03",),
    fields=(
        field("kind", Code, "证件种类", "Kind", required=True, scheme="document.kind", filterable=True,
              cites=("S3.R03",), categories=(Category.S3_IDENTITY,)),
        field("residentId", ResidentId, "居民身份号码", "Resident ID number"),
        field("passport", Passport, "护照号码", "Passport number"),
        field("number", DocumentNumber, "其他证件号码", "Number of another document"),
        field("validFrom", Day, "有效期自", "Valid from", area="customer.document", cites=("S3.R03",),
              categories=(Category.S3_IDENTITY,)),
        field("validUntil", Day, "有效期至", "Valid until", area="customer.document", cites=("S3.R03",),
              categories=(Category.S3_IDENTITY,)),
    ),
)  # fmt: skip

OWNERSHIP = Record(
    name="Ownership",
    label=Label("归属", "Ownership"),
    description=Label("由谁负责这位客户", "Who looks after the customer, from when until when"),
    accessor="ownerships",
    current_until="endedAt",
    cites=("S17.R06",),
    fields=(
        field("staff", Reference, "负责人", "Staff member", required=True, refers_to="Staff", filterable=True),
        field("startedAt", Moment, "开始", "From", required=True),
        field("endedAt", Moment, "结束", "Until"),
    ),
)

JUDGEMENT = Record(
    name="Judgement",
    label=Label("人工认定", "Judgement"),
    description=Label(
        "有依据、经他人批准的认定;敏感", "A human judgement with evidence, approved by somebody else; sensitive"
    ),
    accessor="judgements",
    writable=False,
    area="customer.judgement",
    cites=("S17.R10", "S17.R11", "S17.R15"),
    fields=(
        field("kind", Code, "认定事项", "Kind", required=True, scheme="judgement.kind", area="customer.judgement",
              categories=(Category.S3_SENSITIVE,), audit=Audit.FIELD, filterable=True),
        field("status", Code, "状态", "Status", required=True, scheme="judgement.status", area="customer.judgement",
              filterable=True),
        field("evidence", FreeText, "依据", "Evidence", required=True, area="customer.judgement"),
        field("proposedBy", ShortText, "提出人", "Proposed by", required=True, area="customer.judgement"),
        field("proposedAt", Moment, "提出时间", "Proposed at", required=True, area="customer.judgement"),
        field("decidedBy", ShortText, "决定人", "Decided by", area="customer.judgement"),
        field("decidedAt", Moment, "决定时间", "Decided at", area="customer.judgement"),
        field("comment", FreeText, "意见", "Comment", area="customer.judgement"),
    ),
)  # fmt: skip

GRADE = Record(
    name="Grade",
    label=Label("等级", "Grade"),
    description=Label("自动分级的结果,旧版本保留", "A verdict of a grading; earlier ones are kept"),
    accessor="grades",
    writable=False,
    append_only=True,
    newest_first=True,
    current_until="supersededAt",
    area="customer.grade",
    cites=("S17.R08", "S17.R12", "S3.R07"),
    fields=(
        field("grading", ShortText, "分级规则", "Grading", required=True, area="customer.grade", filterable=True),
        field("gradingVersion", Count, "规则版本", "Version of the grading", required=True, area="customer.grade"),
        field("standardVersion", Count, "标准号,0为规则默认", "Standard, 0 for the defaults of the grading",
              required=True, area="customer.grade", cites=("S1.R06",)),
        field("band", ShortText, "等级", "Band", required=True, area="customer.grade", filterable=True,
              categories=(Category.S3_DERIVED, Category.S7_STATISTICS)),
        field("met", ShortText, "满足的条件", "Criteria met", required=True, area="customer.grade",
              categories=(Category.S3_SENSITIVE,), audit=Audit.FIELD, basis=True),
        field("facts", ShortText, "依据", "Facts", required=True, area="customer.grade",
              categories=(Category.S3_SENSITIVE,), audit=Audit.FIELD, basis=True),
        field("gradedAt", Moment, "评定时间", "Graded at", required=True, area="customer.grade"),
        field("supersededAt", Moment, "失效时间", "Superseded at", area="customer.grade"),
    ),
)  # fmt: skip

FILE_RETENTION = "identity"
FILE = Record(
    name="CustomerFile",
    label=Label("客户文件", "Customer's file"),
    description=Label("证件复印件、合同、照片等,加密保存", "Copies of documents, contracts, pictures; sealed"),
    accessor="files",
    writable=False,
    append_only=True,
    newest_first=True,
    area="customer.file",
    cites=("S3.R03",),
    fields=(
        field("kind", Code, "类别", "Kind", required=True, scheme="file.kind", filterable=True, area="customer.file"),
        field("name", FreeText, "文件名", "Name", required=True, area="customer.file", retention=FILE_RETENTION,
              categories=(Category.S3_IDENTITY, Category.S3_SENSITIVE)),
        field("mediaType", ShortText, "内容类型", "Media type", required=True, area="customer.file"),
        field("size", Count, "字节数", "Size in bytes", required=True, area="customer.file"),
        field("content", FileContent, "内容", "Content", required=True, area="customer.file", retention=FILE_RETENTION),
    ),
)  # fmt: skip

RECORDS = (
    LEGAL_ENTITY,
    UNIT,
    STAFF,
    CUSTOMER,
    CONTACT_POINT,
    ADDRESS,
    CONTACT_CHANGE,
    IDENTITY_DOCUMENT,
    *PROFILES,
    *DEALINGS,
    FILE,
    OWNERSHIP,
    JUDGEMENT,
    GRADE,
)
