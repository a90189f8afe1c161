"""来店(电)客户信息登记表与A卡(S12 §1):登记、检查、A卡、审核、回访、试驾、车辆。

The register is the book of visits and calls: its rows are core's interactions with the columns that S12 adds,
never changed afterwards. The A-card records the whole process from the first contact to the final result.
"""

from __future__ import annotations

from kehu.plugin import (
    Category,
    Code,
    Day,
    Flag,
    FreeText,
    Label,
    LicencePlate,
    Moment,
    Money,
    Record,
    Reference,
    ShortText,
    Vin,
    field,
)

AREA = "customer.automotive"
CHECKED = "customer.automotive.supervision"

VISIT = Record(
    name="AutomotiveVisit",
    label=Label("来店来电登记", "Entry of the visit and call register"),
    description=Label(
        "登记表在接触之外的各栏:随行人员、离店时间、意向车型、信息来源、试驾与否",
        "The register's columns besides those of every interaction",
    ),
    parent="Interaction",
    accessor="automotive",
    single=True,
    append_only=True,
    area=AREA,
    cites=("S12.R02", "S12.R09", "S12.R10", "S12.R12", "S12.R14"),
    fields=(
        field("companions", FreeText, "随行人员", "Companions", cites=("S12.R09",), required=True, area=AREA),
        field("leftAt", Moment, "离店时间", "Departure time", cites=("S12.R09",), area=AREA),
        field("model", ShortText, "意向车型", "Intended model", cites=("S12.R09",), required=True, area=AREA,
              filterable=True),
        field("source", Code, "信息来源", "Information source", cites=("S12.R09", "S12.R12"), required=True,
              scheme="automotive.source", area=AREA, filterable=True),
        field("testDrive", Flag, "试驾与否", "Test drive", cites=("S12.R09",), required=True, area=AREA),
    ),
)  # fmt: skip

CHECK = Record(
    name="AutomotiveCheck",
    label=Label("登记检查", "Check of an entry"),
    description=Label("前台或展厅经理对一条登记的确认或退回", "An entry is confirmed or returned on the spot"),
    parent="Interaction",
    accessor="automotiveChecks",
    append_only=True,
    area=CHECKED,
    cites=("S12.R03", "S12.R11"),
    fields=(
        field("verdict", Code, "检查结果", "Result", cites=("S12.R03", "S12.R11"), required=True,
              scheme="automotive.verdict", area=CHECKED, filterable=True),
        field("remark", FreeText, "检查意见", "Remark", cites=("S12.R11",), area=CHECKED),
    ),
)  # fmt: skip

CARD = Record(
    name="AutomotiveCard",
    label=Label("A卡", "A-card"),
    description=Label("客户信息资料卡(跟进卡):从首次接触到最终结果", "From the first contact to the final result"),
    accessor="automotiveCards",
    area=AREA,
    same_by=("number",),
    cites=("S12.R16", "S12.R17", "S12.R18", "S12.R20", "S12.R21"),
    fields=(
        # 客户基本概况中不属于通用档案的几项
        field("presentVehicle", FreeText, "现在车辆使用情况", "Present vehicle", cites=("S12.R17",), area=AREA,
              categories=(Category.S3_PROPERTY,)),
        field("otherContact", FreeText, "现在使用其他联系方式", "Other contact means", cites=("S12.R17",),
              area="customer.contact"),
        # 车辆需求的基本概况
        field("model", ShortText, "欲购车型", "Model wanted", cites=("S12.R18",), area=AREA, filterable=True),
        field("colour", ShortText, "颜色", "Colour", cites=("S12.R18",), area=AREA),
        field("configuration", ShortText, "配置", "Configuration", cites=("S12.R18",), area=AREA),
        field("comparedModels", ShortText, "对比车型", "Compared models", cites=("S12.R18",), area=AREA),
        field("budget", Money, "购车预算", "Budget", cites=("S12.R18",)),
        field("purchaseManner", Code, "购买方式", "Manner of purchase", cites=("S12.R18",),
              scheme="automotive.purchase_manner", area=AREA),
        field("purchasePurpose", Code, "购车用途", "Purpose of purchase", cites=("S12.R18",),
              scheme="automotive.purchase_purpose", area=AREA),
        # 信息来源与沟通分析
        field("source", Code, "信息来源", "Information source", cites=("S12.R19",), scheme="automotive.source",
              area=AREA, filterable=True),
        field("favourable", FreeText, "有利条件", "Favourable conditions", cites=("S12.R20",), area=AREA),
        field("unfavourable", FreeText, "不利条件", "Unfavourable conditions", cites=("S12.R20",), area=AREA),
        field("resources", FreeText, "需要何种资源协助", "Resources needed", cites=("S12.R20",), area=AREA),
        field("assistance", Code, "协助情况", "State of the assistance", cites=("S12.R20",), required=True,
              default="NONE", scheme="automotive.assistance", area=AREA, filterable=True),
        # 跟进
        field("number", ShortText, "A卡编号", "A-card number", cites=("S12.R21",), required=True, area=AREA,
              filterable=True),
        field("openedOn", Day, "建卡日期", "Card opened on", cites=("S12.R21",), area=AREA, filterable=True),
        field("firstReceivedOn", Day, "首次接待日期", "First received on", cites=("S12.R21",), area=AREA),
        field("firstReception", FreeText, "首次接待概况", "First reception", cites=("S12.R21",), area=AREA),
        field("level", Code, "意向级别", "Intention level", cites=("S12.R21",), scheme="automotive.level", area=AREA,
              filterable=True),
        field("expectedOn", Day, "预计购车日期", "Expects to buy on", cites=("S12.R01",), area=AREA, filterable=True),
        field("nextOn", Day, "下次回访日期", "Next follow-up on", cites=("S12.R21", "S12.R23"), area=AREA,
              filterable=True),
        field("nextPlan", FreeText, "下次回访计划", "Next follow-up plan", cites=("S12.R21", "S12.R23"), area=AREA),
        field("outcome", Code, "最终结果", "Final result", cites=("S12.R16", "S12.R24"), required=True, default="OPEN",
              scheme="automotive.outcome", area=AREA, filterable=True),
        field("closedOn", Day, "结束日期", "Closed on", cites=("S12.R24",), area=AREA, filterable=True),
        field("lostReason", Code, "战败原因", "Reason of loss", cites=("S12.R24",), scheme="automotive.lost_reason",
              area=AREA, filterable=True),
    ),
)  # fmt: skip

REVIEW = Record(
    name="AutomotiveCardReview",
    label=Label("A卡审核", "Review of an A-card"),
    description=Label("主管审核签字:谁、何时、认可哪个级别", "The supervisor signs: who, when, which level"),
    parent="AutomotiveCard",
    accessor="reviews",
    append_only=True,
    area=CHECKED,
    cites=("S12.R21", "S12.R22"),
    fields=(
        field("level", Code, "认可的意向级别", "Level accepted", cites=("S12.R22",), required=True,
              scheme="automotive.level", area=CHECKED, filterable=True),
        field("remark", FreeText, "审核意见", "Remark", cites=("S12.R22",), area=CHECKED),
    ),
)  # fmt: skip

OBJECTIONS = Record(
    name="AutomotiveObjections",
    label=Label("回访补充", "What a dealer adds to a follow-up"),
    description=Label("访问记录中的主要异议诉求", "Main objections and demands of a follow-up"),
    parent="FollowUp",
    accessor="automotive",
    single=True,
    area=AREA,
    cites=("S12.R21",),
    fields=(
        field("objections", FreeText, "主要异议诉求", "Main objections and demands", cites=("S12.R21",),
              required=True, area=AREA),
    ),
)  # fmt: skip

TEST_DRIVE = Record(
    name="AutomotiveDrive",
    label=Label("试乘试驾", "Test drive"),
    description=Label("一次试驾:时间、车型、陪同人、感受", "One drive: when, which model, with whom, what he said"),
    accessor="automotiveDrives",
    append_only=True,
    newest_first=True,
    area=AREA,
    cites=("S12.R09", "S12.R16"),
    fields=(
        field("drivenAt", Moment, "试驾时间", "Driven at", cites=("S12.R09",), required=True, area=AREA,
              filterable=True),
        field("model", ShortText, "试驾车型", "Model driven", cites=("S12.R09",), required=True, area=AREA,
              filterable=True),
        field("staff", Reference, "陪同人", "Accompanied by", cites=("S12.R04",), refers_to="Staff", area=AREA),
        field("impression", FreeText, "试驾感受", "Impression", cites=("S12.R16",), area=AREA),
    ),
)  # fmt: skip

VEHICLE = Record(
    name="AutomotiveVehicle",
    label=Label("车辆", "Vehicle"),
    description=Label("客户订购或拥有的车辆", "A vehicle that the customer ordered or owns"),
    parent="Holding",
    accessor="automotive",
    single=True,
    area="customer.holding",
    cites=("S12.R17", "S12.R24"),
    fields=(
        field("vin", Vin, "车架号", "Vehicle identification number", cites=("S12.R24",)),
        field("plate", LicencePlate, "车牌号", "Licence plate", cites=("S12.R17",)),
        field("model", ShortText, "车型", "Model", cites=("S12.R24",), required=True, area="customer.holding",
              filterable=True),
        field("colour", ShortText, "颜色", "Colour", cites=("S12.R24",), area="customer.holding"),
        field("deliveredOn", Day, "交车日期", "Delivered on", cites=("S12.R01", "S12.R24"), area="customer.holding",
              filterable=True),
    ),
)  # fmt: skip

RECORDS = (VISIT, CHECK, CARD, REVIEW, OBJECTIONS, TEST_DRIVE, VEHICLE)
