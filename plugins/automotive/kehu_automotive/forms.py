"""来店(电)客户信息登记表、A卡、回访、试驾、成交、战败:六张表单(S12 §1)。

The register's ten columns and the four blocks of the A-card are those of the text, in its order; telephone, store
and A-card number are added because a row must be found again.
"""

from __future__ import annotations

from kehu.plugin import Form, FormField, Group, Label, Section, When

_PERSON = (("Customer.kind", "PERSON"), ("Customer.stage", "PROSPECT"), ("ContactPoint.kind", "MOBILE"))

NAME = FormField(
    "name", "Customer.name", required=True, label=Label("客户姓名", "Customer name"),
    synonyms=("姓名", "客户名称", "客户", "车主", "车主姓名", "Name"),
)  # fmt: skip
TELEPHONE = FormField(
    "telephone", "ContactPoint.mobile", required=True, label=Label("联系电话", "Telephone"),
    synonyms=("电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "Mobile", "Phone", "Tel"),
)  # fmt: skip
STORE = FormField(
    "store", "Customer.unit", label=Label("门店", "Store"), synonyms=("门店代码", "展厅", "经销店", "Store code")
)
CARD_NUMBER = FormField(
    "cardNumber", "AutomotiveCard.number", required=True, label=Label("A卡编号", "A-card number"),
    synonyms=("卡号", "客户编号", "A卡号", "资料卡编号", "Card no"),
)  # fmt: skip
NEXT_ON = FormField(
    "nextOn", "AutomotiveCard.nextOn", required=True,
    synonyms=("下次回访时间", "下次跟进日期", "下次跟进时间", "计划回访日期", "Next follow-up"),
)  # fmt: skip
NEXT_PLAN = FormField(
    "nextPlan", "AutomotiveCard.nextPlan", required=True, synonyms=("回访计划", "下次计划", "跟进计划", "Next plan")
)
CONSULTANT_WORDS = ("顾问", "销售顾问工号", "接待顾问", "接待人", "销售员", "工号", "Consultant", "Staff")
SOURCE_WORDS = (
    ("展厅", "WALK_IN"), ("自然进店", "WALK_IN"), ("路过", "WALK_IN"), ("电话", "CALL"),
    ("网销", "WEB"), ("网站", "WEB"), ("垂直网站", "WEB"), ("朋友介绍", "REFERRAL"), ("老客户介绍", "REFERRAL"),
    ("介绍", "REFERRAL"), ("车展", "EXHIBITION"), ("外展", "EXHIBITION"), ("巡展", "EXHIBITION"),
    ("复购", "REPEAT"), ("再购", "REPEAT"), ("增购", "REPEAT"),
)  # fmt: skip

VISIT = Form(
    key="automotive.register",
    version=1,
    label=Label("来店(电)客户信息登记表", "Visit and call register"),
    description=Label(
        "每次来店、来电都登记;未留信息的客户也登记", "Every visit and call, also where the customer leaves nothing"
    ),
    cites=("S12.R02", "S12.R04", "S12.R09", "S12.R10", "S12.R12"),
    fields=(
        # 未留信息的客户没有姓名和电话,但必须登记(R10)
        FormField(
            "customerKind", "Customer.kind", default="PERSON",
            label=Label("客户是否留下信息", "Did he leave his details"),
            synonyms=("是否留资", "留资与否", "客户类别", "是否留档"),
            words=(("留资", "PERSON"), ("是", "PERSON"), ("已留", "PERSON"),
                   ("未留资", "ANONYMOUS"), ("否", "ANONYMOUS"), ("未留", "ANONYMOUS"), ("未留信息", "ANONYMOUS")),
        ),
        FormField(
            "name", "Customer.name", required=True, label=Label("客户名称", "Customer name"),
            synonyms=("姓名", "客户姓名", "客户", "Name"), when=When("customerKind", "PERSON"),
        ),
        FormField(
            "telephone", "ContactPoint.mobile", label=Label("联系电话", "Telephone"),
            synonyms=TELEPHONE.synonyms, when=When("customerKind", "PERSON"),
        ),
        FormField("companions", "AutomotiveVisit.companions", required=True,
                  synonyms=("随行人数", "同行人员", "随行", "陪同人员", "Companions")),
        FormField("arrivedAt", "Interaction.occurredAt", required=True, label=Label("到店时间", "Arrival time"),
                  synonyms=("来店时间", "来电时间", "到达时间", "进店时间", "日期", "时间", "Arrived")),
        FormField("leftAt", "AutomotiveVisit.leftAt", required=True, when=When("contact", "VISIT"),
                  synonyms=("离开时间", "离店", "Left")),
        FormField("model", "AutomotiveVisit.model", required=True, synonyms=("车型", "意向车系", "拟购车型", "Model")),
        FormField("source", "AutomotiveVisit.source", required=True, words=SOURCE_WORDS,
                  synonyms=("来源", "客户来源", "信息渠道", "来店渠道", "Source")),
        FormField("summary", "Interaction.summary", required=True, label=Label("沟通概况", "Conversation summary"),
                  synonyms=("接待情况", "洽谈情况", "沟通情况", "接待概况", "Summary")),
        FormField("consultant", "Interaction.staff", required=True, label=Label("销售顾问", "Sales consultant"),
                  synonyms=CONSULTANT_WORDS),
        FormField("contact", "Interaction.kind", required=True, label=Label("来电或到店", "Call or visit"),
                  synonyms=("来店/来电", "来电/来店", "来店或来电", "接触方式", "类型", "Call/visit"),
                  words=(("来店", "VISIT"), ("到店", "VISIT"), ("进店", "VISIT"), ("电话", "CALL"), ("致电", "CALL"))),
        FormField("testDrive", "AutomotiveVisit.testDrive", required=True,
                  synonyms=("是否试驾", "试驾", "试乘试驾", "Test drive")),
        STORE,
    ),
    constants=(("Customer.stage", "PROSPECT"), ("ContactPoint.kind", "MOBILE")),
    sections=(
        Section("customer", Label("客户", "Customer"), ("customerKind", "name", "telephone", "companions")),
        Section("contact", Label("接待", "Reception"), ("contact", "arrivedAt", "leftAt", "consultant", "store")),
        Section("talk", Label("沟通", "Conversation"), ("model", "source", "testDrive", "summary")),
    ),
)  # fmt: skip

FOLLOW_UP_ROW = (
    FormField("doneAt", "FollowUp.doneAt", required=True, label=Label("回访时间", "Followed up at"),
              synonyms=("回访日期", "跟进日期", "跟进时间")),
    FormField("method", "FollowUp.method", required=True, label=Label("回访方式", "Follow-up manner"),
              synonyms=("跟进方式",)),
    FormField("content", "FollowUp.content", required=True, label=Label("访问记录", "Visit record"),
              synonyms=("回访记录", "跟进内容", "回访内容", "沟通内容")),
    FormField("objections", "AutomotiveObjections.objections",
              synonyms=("主要异议", "异议", "客户异议", "诉求")),
)  # fmt: skip

CARD = Form(
    key="automotive.a_card",
    version=1,
    label=Label("A卡(客户信息资料卡)", "A-card"),
    description=Label(
        "首次获得客户信息时建卡,记录到产生最终结果为止", "Opened at the first contact, kept to the final result"
    ),
    cites=("S12.R16", "S12.R17", "S12.R18", "S12.R19", "S12.R20", "S12.R21", "S12.R23"),
    fields=(
        NAME,
        FormField("sex", "Customer.sex", synonyms=("称谓", "Gender"), words=(("先生", "MALE"), ("女士", "FEMALE"))),
        FormField("age", "Customer.ageBand", label=Label("年龄", "Age"), synonyms=("年龄段", "年龄区间")),
        FormField("employer", "PersonalProfile.employer", label=Label("单位", "Employer"),
                  synonyms=("工作单位", "公司")),
        FormField("address", "Address.value", label=Label("地址", "Address"),
                  synonyms=("住址", "联系地址", "通讯地址")),
        FormField("industry", "PersonalProfile.industry", label=Label("从事行业", "Industry"), synonyms=("行业",)),
        TELEPHONE,
        FormField("presentVehicle", "AutomotiveCard.presentVehicle",
                  synonyms=("现有车辆", "现用车", "在用车辆", "现在车辆", "保有车辆")),
        FormField("otherContact", "AutomotiveCard.otherContact", synonyms=("其他联系方式", "微信", "备用电话")),
        FormField("model", "AutomotiveCard.model", required=True, synonyms=("意向车型", "拟购车型", "车型")),
        FormField("colour", "AutomotiveCard.colour", synonyms=("车身颜色", "意向颜色")),
        FormField("configuration", "AutomotiveCard.configuration", synonyms=("车型配置", "意向配置")),
        FormField("comparedModels", "AutomotiveCard.comparedModels", synonyms=("竞品车型", "对比品牌", "竞品")),
        FormField("budget", "AutomotiveCard.budget", synonyms=("预算", "预算金额", "购车预算(万元)")),
        FormField("purchaseManner", "AutomotiveCard.purchaseManner", synonyms=("付款方式", "购车方式"),
                  words=(("全款", "FULL_PAYMENT"), ("现金", "FULL_PAYMENT"), ("贷款", "LOAN"), ("分期", "LOAN"),
                         ("按揭", "LOAN"), ("置换", "TRADE_IN"))),
        FormField("purchasePurpose", "AutomotiveCard.purchasePurpose", synonyms=("用途", "车辆用途"),
                  words=(("代步", "COMMUTING"), ("家用", "FAMILY"), ("商务", "COMPANY"), ("公务", "COMPANY"))),
        FormField("source", "AutomotiveCard.source", required=True, words=SOURCE_WORDS,
                  synonyms=("来源", "客户来源", "信息渠道")),
        FormField("favourable", "AutomotiveCard.favourable", synonyms=("沟通的有利条件", "有利因素")),
        FormField("unfavourable", "AutomotiveCard.unfavourable", synonyms=("沟通的不利条件", "不利因素")),
        FormField("resources", "AutomotiveCard.resources", synonyms=("需要的资源", "资源协助", "需要资源协助")),
        FormField("assistance", "AutomotiveCard.assistance", synonyms=("协助状态",),
                  words=(("无", "NONE"), ("需要", "WAITING"), ("是", "WAITING"), ("否", "NONE"))),
        CARD_NUMBER,
        FormField("openedOn", "AutomotiveCard.openedOn", required=True, synonyms=("建卡时间", "开卡日期")),
        FormField("firstReceivedOn", "AutomotiveCard.firstReceivedOn", required=True,
                  synonyms=("首次来店日期", "首次接待时间")),
        FormField("firstReception", "AutomotiveCard.firstReception", required=True,
                  synonyms=("首次接待情况", "首次洽谈概况")),
        FormField("level", "AutomotiveCard.level", required=True, synonyms=("级别", "客户级别", "意向等级"),
                  words=(("O级", "O"), ("H级", "H"), ("A级", "A"), ("B级", "B"), ("C级", "C"))),
        FormField("expectedOn", "AutomotiveCard.expectedOn",
                  synonyms=("预计购买日期", "预计成交日期", "预购日期", "预计购车时间")),
        NEXT_ON,
        NEXT_PLAN,
        Group("visits", Label("访问记录", "Visit records"), "FollowUp", FOLLOW_UP_ROW, at_most=50),
        STORE,
    ),
    constants=(*_PERSON, ("Address.kind", "CORRESPONDENCE")),
    sections=(
        Section("basics", Label("客户信息的基本概况", "The customer"),
                ("name", "sex", "age", "employer", "address", "industry", "telephone", "presentVehicle",
                 "otherContact", "store")),
        Section("need", Label("车辆需求的基本概况", "The car wanted"),
                ("model", "colour", "configuration", "comparedModels", "budget", "purchaseManner",
                 "purchasePurpose")),
        Section("analysis", Label("信息来源、有利条件和不利条件分析", "Source and analysis"),
                ("source", "favourable", "unfavourable", "resources", "assistance")),
        Section("control", Label("跟进", "Follow-up"),
                ("cardNumber", "openedOn", "firstReceivedOn", "firstReception", "level", "expectedOn", "nextOn",
                 "nextPlan", "visits")),
    ),
)  # fmt: skip

FOLLOW_UP = Form(
    key="automotive.follow_up",
    version=1,
    label=Label("回访记录", "Follow-up"),
    description=Label("每次回访记入A卡,并定下次回访计划", "Each goes onto the A-card, with the next one planned"),
    cites=("S12.R04", "S12.R21", "S12.R23"),
    fields=(
        NAME,
        TELEPHONE,
        CARD_NUMBER,
        *FOLLOW_UP_ROW,
        FormField("consultant", "FollowUp.staff", label=Label("销售顾问", "Sales consultant"),
                  synonyms=CONSULTANT_WORDS),
        FormField("level", "AutomotiveCard.level", required=True, synonyms=("级别", "客户级别", "意向等级"),
                  words=(("O级", "O"), ("H级", "H"), ("A级", "A"), ("B级", "B"), ("C级", "C"))),
        FormField("expectedOn", "AutomotiveCard.expectedOn", synonyms=("预计购买日期", "预计成交日期", "预购日期")),
        NEXT_ON,
        NEXT_PLAN,
    ),
    constants=_PERSON,
)  # fmt: skip

TEST_DRIVE = Form(
    key="automotive.test_drive",
    version=1,
    label=Label("试乘试驾登记", "Test drive"),
    description=Label("一次试乘试驾", "One test drive"),
    cites=("S12.R09", "S12.R16"),
    fields=(
        NAME,
        TELEPHONE,
        FormField("drivenAt", "AutomotiveDrive.drivenAt", required=True, synonyms=("试驾日期", "时间", "日期")),
        FormField("model", "AutomotiveDrive.model", required=True, synonyms=("车型",)),
        FormField("consultant", "AutomotiveDrive.staff", label=Label("陪同人", "Accompanied by"),
                  synonyms=CONSULTANT_WORDS),
        FormField("impression", "AutomotiveDrive.impression", synonyms=("感受", "试驾评价", "反馈")),
    ),
    constants=_PERSON,
)  # fmt: skip

DEAL = Form(
    key="automotive.deal",
    version=1,
    label=Label("成交登记", "Deal"),
    description=Label("A卡的最终结果:成交,以及所订车辆", "The final result of an A-card: a deal, and the car ordered"),
    cites=("S12.R16", "S12.R24"),
    fields=(
        NAME,
        TELEPHONE,
        CARD_NUMBER,
        FormField("closedOn", "AutomotiveCard.closedOn", required=True, label=Label("成交日期", "Date of the deal"),
                  synonyms=("签约日期", "订车日期", "结束日期")),
        FormField("model", "AutomotiveVehicle.model", required=True, synonyms=("成交车型",)),
        FormField("colour", "AutomotiveVehicle.colour", synonyms=("车身颜色",)),
        FormField("price", "Holding.amount", required=True, label=Label("成交价格", "Price"),
                  synonyms=("成交价", "车价", "合同金额", "价格")),
        FormField("contractNumber", "Holding.number", label=Label("合同编号", "Contract number"), synonyms=("合同号",)),
        FormField("vin", "AutomotiveVehicle.vin", synonyms=("车架号码", "VIN码", "底盘号")),
        FormField("plate", "AutomotiveVehicle.plate", synonyms=("车牌", "车牌号码")),
        FormField("deliveredOn", "AutomotiveVehicle.deliveredOn", synonyms=("交付日期", "提车日期")),
    ),
    constants=(
        ("Customer.kind", "PERSON"),
        ("Customer.stage", "ACTIVE"),
        ("ContactPoint.kind", "MOBILE"),
        ("AutomotiveCard.outcome", "DEAL"),
        ("Holding.kind", "VEHICLE"),
    ),
)  # fmt: skip

LOST = Form(
    key="automotive.lost",
    version=1,
    label=Label("战败登记", "Lost"),
    description=Label("A卡的最终结果:没有成交及其原因", "The final result of an A-card: no deal, and why"),
    cites=("S12.R16", "S12.R24"),
    fields=(
        NAME,
        TELEPHONE,
        CARD_NUMBER,
        FormField("closedOn", "AutomotiveCard.closedOn", required=True, label=Label("战败日期", "Lost on"),
                  synonyms=("结束日期", "日期")),
        FormField("lostReason", "AutomotiveCard.lostReason", required=True, synonyms=("原因", "流失原因"),
                  words=(("竞品", "OTHER_BRAND"), ("价格", "PRICE"), ("无车", "NO_STOCK"))),
    ),
    constants=(*_PERSON, ("AutomotiveCard.outcome", "LOST")),
)  # fmt: skip

FORMS = (VISIT, CARD, FOLLOW_UP, TEST_DRIVE, DEAL, LOST)
