"""客户档案模板(S9 第六条(三)、第七条) — one archive form for each nature of a customer.

The ten items of Article 7 stand in every template for organisations; a customer's nature decides which of them
are required, and the character, manner and volume of his need what is asked besides. That division is ours.
"""

from __future__ import annotations

from kehu.plugin import Form, FormField, Label, Linked, Section, When

# 第七条:客户名称,法人代表,地址,电话,邮编,传真,经营范围,注册资本,联系人、联系人电话
ITEMS = ("name", "legalRepresentative", "address", "telephone", "postcode", "fax", "businessScope",
         "registeredCapital", "contacts")  # fmt: skip
_TEN = ("S9.R02", "S9.R13", "S9.R16", "S9.R17", "S9.R18")

_STAGE = FormField(
    "stage", "Customer.stage", required=True, label=Label("往来状态", "Dealings"),
    synonyms=("客户状态",), words=(("有往来", "ACTIVE"), ("将来可能有往来", "PROSPECT")),
)  # fmt: skip
_CONTACTS = Linked(
    "contacts",
    Label("联系人", "Contact persons"),
    "CONTACT_PERSON",
    (
        FormField("name", "Customer.name", required=True, label=Label("联系人", "Contact")),
        FormField("telephone", "ContactPoint.mobile", required=True, label=Label("联系人电话", "Contact's telephone")),
    ),
    constants=(("ContactPoint.kind", "MOBILE"),),
    at_least=1,
    at_most=10,
)


def _items(*required: str) -> tuple[FormField | Linked, ...]:
    def item(name: str, to: str, zh: str, en: str, *synonyms: str) -> FormField:
        return FormField(name, to, required=name in required, label=Label(zh, en), synonyms=synonyms)

    return (
        item("name", "Customer.organisationName", "客户名称", "Name", "单位名称", "公司名称"),
        item("legalRepresentative", "OrganisationProfile.legalRepresentative", "法人代表", "Legal representative",
             "法定代表人"),
        item("address", "Address.value", "地址", "Address", "单位地址"),
        item("telephone", "ContactPoint.landline", "电话", "Telephone", "单位电话"),
        item("postcode", "Address.postcode", "邮编", "Postcode", "邮政编码"),
        item("fax", "ContactPoint.fax", "传真", "Fax", "传真号码"),
        item("businessScope", "OrganisationProfile.businessScope", "经营范围", "Business scope"),
        item("registeredCapital", "OrganisationProfile.registeredCapital", "注册资本", "Registered capital"),
        _CONTACTS,
    )  # fmt: skip


# 需求特点、需求方式、需求量:各有其追问的项目
_NEED = (
    FormField("needCharacteristic", "B2bArchive.needCharacteristic", required=True),
    FormField("specification", "B2bArchive.specification", required=True, when=When("needCharacteristic", "CUSTOM")),
    FormField("projectDescription", "B2bArchive.projectDescription", required=True,
              when=When("needCharacteristic", "PROJECT")),
    FormField("needManner", "B2bArchive.needManner", required=True),
    FormField("frameworkUntil", "B2bArchive.frameworkUntil", required=True, when=When("needManner", "FRAMEWORK")),
    FormField("tenderRules", "B2bArchive.tenderRules", required=True, when=When("needManner", "TENDER")),
    FormField("needVolume", "B2bArchive.needVolume", required=True),
    FormField("supplyPlan", "B2bArchive.supplyPlan", required=True, when=When("needVolume", "LARGE")),
    FormField("marketPosition", "B2bArchive.marketPosition"),
)  # fmt: skip


def _template(nature: str, zh: str, en: str, items: tuple[FormField | Linked, ...], *own: FormField) -> Form:
    return Form(
        key=f"b2b.archive_{nature.lower()}",
        version=1,
        label=Label(f"客户档案:{zh}", f"Customer archive: {en}"),
        description=Label(f"{zh}的档案模板(第六条(三)、第七条)", f"Template for the archive of a {en}"),
        cites=_TEN,
        fields=(
            FormField("archiveNumber", "B2bArchive.number", required=True, synonyms=("档案号", "客户编号")),
            FormField("uscc", "Customer.uscc", synonyms=("信用代码",)),
            _STAGE,
            *items,
            *_NEED,
            *own,
        ),
        constants=(
            ("Customer.kind", "ORGANISATION"),
            ("ContactPoint.kind", "LANDLINE"),
            ("Address.kind", "WORK"),
            ("B2bArchive.nature", nature),
        ),
        sections=(
            Section("account", Label("户头", "Account"), ("archiveNumber", "uscc", "stage")),
            Section("basic", Label("基本信息", "Basic data"), ITEMS),
            Section(
                "segment",
                Label("需求与性质", "Need and nature"),
                (*(field.name for field in _NEED), *(field.name for field in own)),
            ),
        ),
    )


_COMPANY = _items("name", "legalRepresentative", "address", "telephone", "businessScope", "registeredCapital")
_PUBLIC = _items("name", "legalRepresentative", "address", "telephone")

GOVERNMENT = _template(
    "GOVERNMENT", "政府机构(政府采购)", "government body", _PUBLIC,
    FormField("procurementBody", "B2bArchive.procurementBody", required=True),
)  # fmt: skip
SPECIAL_BUSINESS = _template(
    "SPECIAL_BUSINESS", "与公司有特殊业务的公司", "company with special business", _COMPANY,
    FormField("specialBusiness", "B2bArchive.specialBusiness", required=True),
)  # fmt: skip
ORDINARY_COMPANY = _template("ORDINARY_COMPANY", "普通公司", "ordinary company", _COMPANY)
PARTNER = _template(
    "PARTNER", "合作伙伴", "partner", _COMPANY,
    FormField("cooperation", "B2bArchive.cooperation", required=True),
)  # fmt: skip
CONSUMER = Form(
    key="b2b.archive_consumer",
    version=1,
    label=Label("客户档案:顾客", "Customer archive: consumer"),
    description=Label("顾客是个人,没有单位的项目(第六条(三))", "A person, without the items of an organisation"),
    cites=("S9.R13", "S9.R16", "S9.R17"),
    fields=(
        FormField("archiveNumber", "B2bArchive.number", required=True, synonyms=("档案号", "客户编号")),
        _STAGE,
        FormField("name", "Customer.name", required=True, label=Label("客户名称", "Name"), synonyms=("姓名",)),
        FormField("address", "Address.value", required=True),
        FormField("telephone", "ContactPoint.mobile", required=True, label=Label("电话", "Telephone")),
        *_NEED,
    ),
    constants=(
        ("Customer.kind", "PERSON"),
        ("ContactPoint.kind", "MOBILE"),
        ("Address.kind", "HOME"),
        ("B2bArchive.nature", "CONSUMER"),
    ),
    sections=(
        Section("account", Label("户头", "Account"), ("archiveNumber", "stage")),
        Section("basic", Label("基本信息", "Basic data"), ("name", "address", "telephone")),
        Section("segment", Label("需求与性质", "Need and nature"), tuple(field.name for field in _NEED)),
    ),
)

TEMPLATES = (GOVERNMENT, SPECIAL_BUSINESS, ORDINARY_COMPANY, CONSUMER, PARTNER)
