"""来访登记、来电登记、业主信息:三张表单(《客户信息管理办法》第四条、第五条,附件表格)。

The annexed workbooks are lost; their columns are those of Article 5 (S17.R66), plus the source that
Article 4 asks for, the salesperson who collects (S17.R06) and the project whose data they are (S17.R39).
"""

from __future__ import annotations

from kehu.plugin import Form, FormField, Label, Linked, Section

# 第五条「客户基础资料」的客户部分,三张表单共用。
CUSTOMER_NAME = FormField(
    "name", "Customer.name", required=True, label=Label("客户姓名", "Customer name"),
    synonyms=("姓名", "名字", "客户名称", "客户", "业主姓名", "业主", "Name", "Full name"),
)  # fmt: skip
SEX = FormField(
    "sex", "Customer.sex",
    synonyms=("姓别", "称谓", "Gender"),  # 「姓别」是原文的写法
    words=(("先生", "MALE"), ("女士", "FEMALE"), ("小姐", "FEMALE"), ("M", "MALE"), ("F", "FEMALE")),
)  # fmt: skip
AGE_BAND = FormField("ageBand", "Customer.ageBand", synonyms=("年龄", "年龄段", "年龄层", "Age"))
TELEPHONE = FormField(
    "telephone", "ContactPoint.mobile", required=True, label=Label("联系电话", "Telephone"),
    synonyms=("电话", "手机", "手机号", "手机号码", "电话号码", "移动电话", "联系方式", "Mobile", "Phone", "Tel"),
)  # fmt: skip
LIVING_WORKING_AREA = FormField(
    "livingWorkingArea", "RealestateProfile.livingWorkingArea",
    synonyms=("居住区域", "工作区域", "居住/工作区域", "居住地", "区域", "客户区域", "Area"),
)  # fmt: skip
NEED_TYPE = FormField(
    "needType", "RealestateProfile.needType", synonyms=("需求", "置业目的", "购房目的", "购买用途", "Need"),
    words=(("首置", "FIRST_HOME"), ("刚需", "FIRST_HOME"), ("改善", "UPGRADE"), ("商用物业", "BUSINESS")),
)  # fmt: skip
PRICE_BAND = FormField(
    "priceBand", "RealestateProfile.priceBand",
    synonyms=("价格区间", "可接受价格", "接受价格", "预算", "意向总价", "价位", "Budget", "Price band"),
    words=(
        ("100万以下", "UNDER_1M"), ("100-200万", "FROM_1M_TO_2M"), ("200-300万", "FROM_2M_TO_3M"),
        ("300-500万", "FROM_3M_TO_5M"), ("500-800万", "FROM_5M_TO_8M"), ("800-2000万", "FROM_8M_TO_20M"),
        ("2000万以上", "FROM_20M"),
    ),
)  # fmt: skip
SINCERITY = FormField(
    "sincerity", "RealestateProfile.sincerity",
    synonyms=("诚意度", "购买诚意", "意向度", "意向程度", "诚意", "Sincerity"),
)  # fmt: skip
TRAITS = FormField(
    "traits", "RealestateProfile.traits", synonyms=("客户特征", "基本特征", "特征", "客户描述", "备注", "Remarks")
)
PURCHASE_INTENTION = FormField(
    "purchaseIntention", "RealestateProfile.purchaseIntention", synonyms=("是否有意向", "购买意向", "有无意向")
)
ACTIVE_IN_EVENTS = FormField(
    "activeInEvents", "RealestateProfile.activeInEvents", synonyms=("参加活动", "是否参加活动", "积极参加活动")
)
PROJECT = FormField(
    "project", "Customer.unit", label=Label("项目", "Project"),
    synonyms=("项目代码", "项目编号", "楼盘", "所属项目", "案场", "Project code"),
)  # fmt: skip

# 第四条第1款的五种来源,以及案场里的习惯写法。
SOURCE_SYNONYMS = ("来源", "客户来源", "获取途径", "认知途径", "渠道", "Source", "Channel")
SOURCE_WORDS = (
    ("来电", "CALL_IN"),
    ("来电客户", "CALL_IN"),
    ("电话咨询", "CALL_IN"),
    ("来访", "VISIT"),
    ("来访客户", "VISIT"),
    ("现场来访", "VISIT"),
    ("自然到访", "VISIT"),
    ("活动", "EVENT"),
    ("参加活动", "EVENT"),
    ("业主", "OWNER"),
    ("老业主", "OWNER"),
    ("特殊途径", "SPECIAL_CHANNEL"),
    ("重要客户", "SPECIAL_CHANNEL"),
)
CONSULTANT_SYNONYMS = ("置业顾问", "置业顾问工号", "销售人员", "销售顾问", "销售员", "工号", "Consultant", "Staff")
# 分栏:来访、来电两张表单共用三栏,业主表单的第三栏是成交信息。
_WHO = Section("who", Label("客户", "Customer"), ("name", "sex", "ageBand", "telephone", "livingWorkingArea", "traits"))
_NEED = Section("need", Label("需求", "Need"), ("needType", "priceBand", "sincerity"))
_INTENTION = Section("intention", Label("意向", "Intention"), ("purchaseIntention", "activeInEvents"))
BASIC_RULES = ("S17.R06", "S17.R19", "S17.R20", "S17.R21", "S17.R66")

VISIT = Form(
    key="realestate.visit",
    version=1,
    label=Label("来访客户登记", "Visitor form"),
    description=Label(
        "销售人员登记现场来访的客户(第五条,附件「来访客户汇总」)", "Sales staff register a visitor at the site"
    ),
    cites=BASIC_RULES,
    fields=(
        CUSTOMER_NAME,
        SEX,
        AGE_BAND,
        TELEPHONE,
        FormField(
            "visitedAt", "Interaction.occurredAt", required=True, label=Label("来访日期", "Date of visit"),
            synonyms=("来访时间", "到访日期", "到访时间", "首访日期", "日期", "登记日期", "Date", "Visit date"),
        ),
        LIVING_WORKING_AREA,
        NEED_TYPE,
        PRICE_BAND,
        SINCERITY,
        TRAITS,
        FormField(
            "source", "RealestateProfile.source", required=True, label=Label("客户来源", "Source"),
            synonyms=SOURCE_SYNONYMS, words=SOURCE_WORDS,
        ),
        PURCHASE_INTENTION,
        ACTIVE_IN_EVENTS,
        FormField(
            "consultant", "Interaction.staff", label=Label("接待人", "Received by"),
            synonyms=("接待人员", *CONSULTANT_SYNONYMS),
        ),
        PROJECT,
    ),
    constants=(
        ("Customer.kind", "PERSON"),
        ("Customer.stage", "PROSPECT"),
        ("ContactPoint.kind", "MOBILE"),
        ("Interaction.kind", "VISIT"),
    ),
    sections=(
        Section("reception", Label("接待", "Reception"), ("visitedAt", "source", "consultant", "project")),
        _WHO,
        _NEED,
        _INTENTION,
    ),
)  # fmt: skip

CALL = Form(
    key="realestate.call",
    version=1,
    label=Label("来电客户登记", "Caller form"),
    description=Label(
        "销售人员登记来电咨询的客户(第五条,附件「来电客户汇总」)", "Sales staff register a caller"
    ),
    cites=BASIC_RULES,
    fields=(
        CUSTOMER_NAME,
        SEX,
        AGE_BAND,
        TELEPHONE,
        FormField(
            "calledAt", "Interaction.occurredAt", required=True, label=Label("来电日期", "Date of call"),
            synonyms=("来电时间", "致电日期", "致电时间", "日期", "登记日期", "Date", "Call date"),
        ),
        LIVING_WORKING_AREA,
        NEED_TYPE,
        PRICE_BAND,
        SINCERITY,
        TRAITS,
        FormField(
            "source", "RealestateProfile.source", required=True, label=Label("客户来源", "Source"),
            synonyms=SOURCE_SYNONYMS, words=SOURCE_WORDS,
        ),
        PURCHASE_INTENTION,
        ACTIVE_IN_EVENTS,
        FormField(
            "consultant", "Interaction.staff", label=Label("接听人", "Answered by"),
            synonyms=("接电人", "接听人员", *CONSULTANT_SYNONYMS),
        ),
        PROJECT,
    ),
    constants=(
        ("Customer.kind", "PERSON"),
        ("Customer.stage", "PROSPECT"),
        ("ContactPoint.kind", "MOBILE"),
        ("Interaction.kind", "CALL"),
    ),
    sections=(
        Section("reception", Label("接听", "Call"), ("calledAt", "source", "consultant", "project")),
        _WHO,
        _NEED,
        _INTENTION,
    ),
)  # fmt: skip

OWNER = Form(
    key="realestate.owner",
    version=1,
    label=Label("业主信息", "Owner form"),
    description=Label(
        "客服专员按认购、签约资料登记业主;数据可取自明源系统(第五条、第七条)",
        "The customer service specialist registers owners from contracts or from the Mingyuan system",
    ),
    cites=("S17.R05", "S17.R22", "S17.R23", "S17.R28"),
    fields=(
        CUSTOMER_NAME,
        SEX,
        AGE_BAND,
        TELEPHONE,
        LIVING_WORKING_AREA,
        NEED_TYPE,
        PRICE_BAND,
        SINCERITY,
        TRAITS,
        FormField("unitSold", "RealestateProperty.unitSold", required=True, label=Label("成交单元", "Unit sold"),
                  synonyms=("单元", "房号", "房间", "成交房号", "单元号", "Unit")),
        FormField("propertyType", "RealestateProperty.propertyType", required=True,
                  synonyms=("物业类型", "产品类型", "业态", "房屋类型")),
        FormField("price", "Holding.amount", required=True, label=Label("成交价格", "Price"),
                  synonyms=("成交价", "成交总价", "成交金额", "总价", "合同金额", "合同总价")),
        FormField("discount", "RealestateProperty.discount", required=True, label=Label("所享优惠折扣", "Discount"),
                  synonyms=("优惠折扣", "折扣", "优惠", "所享优惠")),
        FormField("address", "Address.value", required=True, label=Label("联系地址", "Contact address"),
                  synonyms=("地址", "通讯地址", "邮寄地址", "Address")),
        FormField("soldOn", "Holding.openedOn", synonyms=("成交日期", "成交时间", "签约日期", "签约时间")),
        FormField("subscribedOn", "RealestateProperty.subscribedOn", synonyms=("认购时间",)),
        FormField("contractNumber", "Holding.number", label=Label("合同编号", "Contract number"),
                  synonyms=("合同号", "买卖合同编号")),
        FormField("externalId", "Holding.externalId", label=Label("明源编号", "Mingyuan number"),
                  synonyms=("明源客户编号", "明源系统编号", "来源编号", "外部编号")),
        FormField("project", "RealestateProperty.project", required=True,
                  synonyms=("项目代码", "项目编号", "楼盘", "所属项目", "项目名称")),
        Linked(
            "coOwners",
            Label("共有人", "Co-owners"),
            "CO_OWNER",
            (
                FormField("name", "Customer.name", required=True, label=Label("共有人姓名", "Co-owner's name")),
                FormField("telephone", "ContactPoint.mobile", label=Label("共有人电话", "Co-owner's telephone")),
            ),
            constants=(("ContactPoint.kind", "MOBILE"),),
            at_most=10,
        ),
    ),
    constants=(
        ("Customer.kind", "PERSON"),
        ("Customer.stage", "ACTIVE"),
        ("ContactPoint.kind", "MOBILE"),
        ("Address.kind", "CORRESPONDENCE"),
        ("Holding.kind", "PROPERTY"),
        ("Holding.externalSystem", "MINGYUAN"),
        ("RealestateProfile.source", "OWNER"),
    ),
    sections=(
        Section(
            "sale",
            Label("成交", "Sale"),
            ("project", "unitSold", "propertyType", "price", "discount", "subscribedOn", "soldOn", "contractNumber",
             "externalId"),
        ),
        Section("owner", Label("业主", "Owner"), (*_WHO.fields, "address", "coOwners")),
        _NEED,
    ),
)  # fmt: skip

FORMS = (VISIT, CALL, OWNER)
