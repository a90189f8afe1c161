"""报名表、出行人信息、客户授权书:三张表单(S8)。

S8 names no columns; these are what a travel contract and its travellers need, and nothing that a trip doesn't need.
Travellers and emergency contacts are persons with files of their own, linked with who enrolled them.
"""

from __future__ import annotations

from kehu.plugin import Form, FormField, Group, Label, Linked, Section, When

TELEPHONE_WORDS = ("电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "Mobile", "Phone", "Tel")
TRIP_WORDS = (("国内", "DOMESTIC"), ("出境", "OUTBOUND"), ("港澳", "HK_MACAU"), ("台湾", "TAIWAN"), ("入境", "INBOUND"))
ROLE_WORDS = (("本人", "LEAD"), ("同行", "COMPANION"), ("儿童", "MINOR"))

NAME = FormField(
    "name", "Customer.name", required=True, label=Label("姓名", "Name"),
    synonyms=("报名人", "报名人姓名", "客户姓名", "游客姓名", "出行人", "Name as in the document"),
)  # fmt: skip
TELEPHONE = FormField(
    "telephone", "ContactPoint.mobile", required=True, label=Label("联系电话", "Telephone"), synonyms=TELEPHONE_WORDS
)
SEX = FormField(
    "sex", "Customer.sex", synonyms=("称谓", "Gender"),
    words=(("先生", "MALE"), ("女士", "FEMALE"), ("M", "MALE"), ("F", "FEMALE")),
)  # fmt: skip
BIRTH_DATE = FormField("birthDate", "Customer.birthDate", synonyms=("出生年月日", "生日", "Date of birth"))
TOUR_CODE = FormField("tourCode", "TravelTraveller.tourCode", required=True, synonyms=("团队编号", "团队号", "Tour"))
ROLE = FormField("role", "TravelTraveller.role", required=True, synonyms=("身份", "与报名人关系"), words=ROLE_WORDS)
OTHER_DOCUMENTS = (
    "BUSINESS_LICENCE", "DRIVING_LICENCE", "EXIT_PERMIT", "HOME_RETURN_PERMIT", "OFFICER", "OTHER",
    "PERMANENT_RESIDENCE", "RESIDENCE_PERMIT", "SOLDIER", "TAIWAN_PERMIT",
)  # fmt: skip
DOCUMENT = (
    FormField("documentKind", "IdentityDocument.kind", required=True, label=Label("证件种类", "Kind of document"),
              synonyms=("证件类型", "证件名称", "Document"),
              words=(("身份证", "RESIDENT_ID"), ("通行证", "EXIT_PERMIT"), ("港澳通行证", "EXIT_PERMIT"),
                     ("回乡证", "HOME_RETURN_PERMIT"), ("台胞证", "TAIWAN_PERMIT"))),
    FormField("residentId", "IdentityDocument.residentId", required=True, label=Label("身份证号码", "Resident ID"),
              synonyms=("身份证号", "公民身份号码"),
              when=When("documentKind", "HOUSEHOLD_BOOK", "RESIDENT_ID", "TEMPORARY_ID")),
    FormField("passport", "IdentityDocument.passport", required=True, label=Label("护照号码", "Passport number"),
              synonyms=("护照号",), when=When("documentKind", "PASSPORT")),
    FormField("documentNumber", "IdentityDocument.number", required=True, label=Label("证件号码", "Document number"),
              synonyms=("通行证号码", "通行证号"), when=When("documentKind", *OTHER_DOCUMENTS)),
    FormField("validUntil", "IdentityDocument.validUntil", label=Label("证件有效期至", "Valid until"),
              synonyms=("有效期至", "有效期")),
)  # fmt: skip

ENROLMENT = Form(
    key="travel.enrolment",
    version=1,
    label=Label("旅游报名表", "Enrolment"),
    description=Label("客户报名参团并签订旅游合同", "A customer enrols for a trip and signs the contract"),
    cites=("S8.R02", "S8.R07"),
    fields=(
        NAME,
        SEX,
        TELEPHONE,
        FormField("contractNumber", "Holding.number", required=True, label=Label("合同编号", "Contract number"),
                  synonyms=("合同号", "旅游合同编号")),
        FormField("price", "Holding.amount", required=True, label=Label("旅游费用", "Price"),
                  synonyms=("团费", "总团费", "合同金额", "费用合计", "价格")),
        FormField("signedOn", "Holding.openedOn", required=True, label=Label("签订日期", "Signed on"),
                  synonyms=("签约日期", "报名日期", "日期")),
        FormField("tourCode", "TravelTrip.tourCode", required=True, synonyms=("团队编号", "团队号", "Tour")),
        FormField("kind", "TravelTrip.kind", required=True, synonyms=("旅游类别", "类别"), words=TRIP_WORDS),
        FormField("destination", "TravelTrip.destination", required=True, synonyms=("线路", "旅游线路", "线路名称")),
        FormField("departsOn", "TravelTrip.departsOn", required=True, synonyms=("出团日期", "出发时间", "Departure")),
        FormField("returnsOn", "TravelTrip.returnsOn", required=True, synonyms=("回团日期", "结束日期", "Return")),
        FormField("travellers", "TravelTrip.travellers", required=True, synonyms=("人数", "参团人数", "出游人数")),
        Linked(
            "companions", Label("同行人", "Companions"), "TRAVEL_COMPANION",
            (
                NAME,
                SEX,
                FormField("telephone", "ContactPoint.mobile", label=Label("联系电话", "Telephone")),
                BIRTH_DATE,
                TOUR_CODE,
                ROLE,
            ),
            at_most=60,
            constants=(("ContactPoint.kind", "MOBILE"),),
        ),
        Linked(
            "emergency", Label("紧急联系人", "Emergency contact"), "TRAVEL_EMERGENCY", (NAME, TELEPHONE),
            at_most=2, constants=(("ContactPoint.kind", "MOBILE"),),
        ),
        FormField("branch", "Customer.unit", label=Label("门市", "Branch"),
                  synonyms=("营业部", "分社", "分支机构", "门店", "Branch code")),
    ),
    constants=(
        ("Customer.kind", "PERSON"),
        ("Customer.stage", "ACTIVE"),
        ("ContactPoint.kind", "MOBILE"),
        ("Holding.kind", "CONTRACT"),
    ),
    sections=(
        Section("customer", Label("报名人", "Who enrols"), ("name", "sex", "telephone", "branch")),
        Section("contract", Label("旅游合同", "Contract"), ("contractNumber", "price", "signedOn")),
        Section("trip", Label("行程", "Trip"),
                ("tourCode", "kind", "destination", "departsOn", "returnsOn", "travellers")),
        Section("party", Label("同行人和紧急联系人", "Party and emergency contact"), ("companions", "emergency")),
    ),
)  # fmt: skip

TRAVELLER = Form(
    key="travel.traveller_details",
    version=1,
    label=Label("出行人信息", "Traveller's details"),
    description=Label("出票、办证和照顾出行人所必需的信息", "What tickets, permits and care need"),
    cites=("S8.R02", "S8.R07"),
    fields=(
        NAME,
        SEX,
        BIRTH_DATE,
        FormField("nationality", "PersonalProfile.nationality", synonyms=("国别", "Nationality")),
        TELEPHONE,
        TOUR_CODE,
        ROLE,
        *DOCUMENT,
        FormField("roomWith", "TravelTraveller.roomWith", synonyms=("同房人", "分房要求", "合住")),
        FormField("diet", "TravelTraveller.diet", synonyms=("饮食", "忌口", "餐饮要求")),
        FormField("assistance", "TravelTraveller.assistance", synonyms=("特殊需要", "特殊照顾", "身体情况")),
        Linked(
            "emergency", Label("紧急联系人", "Emergency contact"), "TRAVEL_EMERGENCY", (NAME, TELEPHONE),
            at_most=2, constants=(("ContactPoint.kind", "MOBILE"),),
        ),
    ),
    constants=(("Customer.kind", "PERSON"), ("Customer.stage", "ACTIVE"), ("ContactPoint.kind", "MOBILE")),
    sections=(
        Section("person", Label("出行人", "Traveller"), ("name", "sex", "birthDate", "nationality", "telephone")),
        Section("document", Label("出行证件", "Document"),
                ("documentKind", "residentId", "passport", "documentNumber", "validUntil")),
        Section("trip", Label("参团", "Trip"), ("tourCode", "role", "roomWith", "diet", "assistance", "emergency")),
    ),
)  # fmt: skip

AUTHORISATION = Form(
    key="travel.authorisation_letter",
    version=1,
    label=Label("客户信息使用授权书", "Authorisation to use the customer's information"),
    description=Label("客户授权谁、为何事、到何时使用其信息", "Whom the customer authorises, for what, until when"),
    cites=("S8.R04",),
    fields=(
        NAME,
        TELEPHONE,
        Group(
            "authorised", Label("被授权人", "Authorised persons"), "TravelAuthorisation",
            (
                FormField("grantee", "TravelAuthorisation.grantee", required=True),
                FormField("staff", "TravelAuthorisation.staff", required=True,
                          label=Label("被授权人工号", "Staff number")),
                FormField("covers", "TravelAuthorisation.covers", required=True),
                FormField("startsOn", "TravelAuthorisation.startsOn", required=True),
                FormField("endsOn", "TravelAuthorisation.endsOn", required=True),
                FormField("proof", "TravelAuthorisation.proof", required=True),
            ),
            at_least=1,
        ),
    ),
    constants=(("Customer.kind", "PERSON"), ("Customer.stage", "ACTIVE"), ("ContactPoint.kind", "MOBILE")),
)  # fmt: skip

FORMS = (ENROLMENT, TRAVELLER, AUTHORISATION)
