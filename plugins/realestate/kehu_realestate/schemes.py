"""分类 — the classifications of S17 (客户信息管理办法), chapter 2.

Where the regulation names a field but lists no values, the scheme is a default of ours and says so.
"""

from __future__ import annotations

from kehu.plugin import Label, Scheme, Term

_OURS = Label("办法列明该项目而未列明取值;此为系统默认值", "S17 names the field, not its values: our default")

SOURCE = Scheme(
    key="realestate.source",
    version=1,
    label=Label("获取来源", "Source"),
    description=Label("客户按获取来源的五种分类", "The five sources through which a customer was won"),
    cites=("S17.R07",),
    terms=(
        Term("CALL_IN", Label("来电咨询客户", "Call-in enquiry"), ("S17.R07",)),
        Term("VISIT", Label("现场来访客户", "On-site visit"), ("S17.R07",)),
        Term("EVENT", Label("参加我司举办活动客户", "Company event"), ("S17.R07",)),
        Term("OWNER", Label("已购买房产业主", "Property owner"), ("S17.R07",)),
        Term("SPECIAL_CHANNEL", Label("通过特殊途径获取的重要客户", "Important customer won through a special channel"),
             ("S17.R07",)),
    ),
)  # fmt: skip

NEED_TYPE = Scheme(
    key="realestate.need",
    version=1,
    label=Label("需求类型", "Need type"),
    description=Label("客户购买物业的用途", "What the customer wants a property for"),
    cites=("S17.R21",),
    default=True,
    source=_OURS,
    terms=(
        Term("FIRST_HOME", Label("首次置业", "First home")),
        Term("UPGRADE", Label("改善居住", "A better home")),
        Term("INVESTMENT", Label("投资", "Investment")),
        Term("HOLIDAY", Label("度假", "Holiday home")),
        Term("FOR_FAMILY", Label("为家人购买", "For the family")),
        Term("BUSINESS", Label("商用", "Business premises")),
        Term("OTHER", Label("其他", "Other")),
    ),
)

PRICE_BAND = Scheme(
    key="realestate.price",
    version=1,
    label=Label("接受价格区间", "Acceptable price band"),
    description=Label("客户可接受的总价,含下限、不含上限", "Total price, lower bound included, upper excluded"),
    cites=("S17.R21",),
    default=True,
    source=_OURS,
    terms=(
        Term("UNDER_1M", Label("100万元以下", "Below CNY 1,000,000")),
        Term("FROM_1M_TO_2M", Label("100万元至200万元", "CNY 1,000,000 to 2,000,000")),
        Term("FROM_2M_TO_3M", Label("200万元至300万元", "CNY 2,000,000 to 3,000,000")),
        Term("FROM_3M_TO_5M", Label("300万元至500万元", "CNY 3,000,000 to 5,000,000")),
        Term("FROM_5M_TO_8M", Label("500万元至800万元", "CNY 5,000,000 to 8,000,000")),
        Term("FROM_8M_TO_20M", Label("800万元至2000万元", "CNY 8,000,000 to 20,000,000")),
        Term("FROM_20M", Label("2000万元以上", "CNY 20,000,000 and above")),
    ),
)

SINCERITY = Scheme(
    key="realestate.sincerity",
    version=1,
    label=Label("购买诚意度", "Purchase sincerity"),
    description=Label("接待人对购买诚意的判断", "How serious the person who received the customer thinks he is"),
    cites=("S17.R21",),
    default=True,
    source=_OURS,
    terms=(
        Term("HIGH", Label("高", "High")),
        Term("MEDIUM", Label("中", "Medium")),
        Term("LOW", Label("低", "Low")),
    ),
)

PROPERTY_TYPE = Scheme(
    key="realestate.property_type",
    version=1,
    label=Label("物业类型", "Property type"),
    description=Label("分级只区分独立别墅、同等类型与其他", "Grading asks for villas and the same type only"),
    cites=("S17.R10", "S17.R13"),
    default=True,
    source=Label(
        "办法列明独立别墅、同等类型物业;其余为系统默认值", "S17 names villas and the same type; the rest is our default"
    ),
    terms=(
        Term("DETACHED_VILLA", Label("独立别墅", "Detached villa"), ("S17.R10", "S17.R13")),
        Term("SAME_TYPE", Label("与独立别墅同等类型的物业", "Same type as a detached villa"), ("S17.R11", "S17.R13")),
        Term("APARTMENT", Label("公寓、住宅单位", "Apartment")),
        Term("SHOP", Label("商铺", "Shop")),
        Term("PARKING", Label("车位", "Parking space")),
        Term("OTHER", Label("其他", "Other")),
    ),
)

JUDGEMENT_KIND = Scheme(
    key="realestate.judgement",
    extends="judgement.kind",
    version=1,
    label=Label("人工认定事项", "What is judged"),
    description=Label(
        "须由有权人依据证据认定的分级条件;属敏感信息",
        "Grading conditions that an authorised decider confirms on evidence; sensitive",
    ),
    cites=("S17.R10", "S17.R11", "S17.R15"),
    terms=(
        Term("INFLUENCE_FIELD", Label("在其从业领域具有重大影响力", "Major influence in the own field"), ("S17.R10",)),
        Term("INFLUENCE_MIDEA", Label("在美的具有一定影响力", "Some influence in Midea"), ("S17.R10",)),
        Term("BRINGS_BUYERS", Label("积极带动身边群体购买", "Actively brings others to buy"), ("S17.R11",)),
        Term("OFFICIAL", Label("政府重要官员", "Important government official"), ("S17.R15",)),
        Term("INFLUENCE_INDUSTRY", Label("在行业中有重要影响力", "Important influence in the industry"), ("S17.R15",)),
    ),
)

RELATIONSHIP = Scheme(
    key="realestate.relationship",
    extends="relationship.kind",
    version=1,
    label=Label("业主关联人", "Related to an owner"),
    description=Label("与业主共有一套物业的人", "Who owns a property together with an owner"),
    cites=("S17.R22",),
    default=True,
    source=Label("办法列明业主信息而未列明共有人;此为系统默认值", "S17 names owners, not co-owners: our default"),
    terms=(Term("CO_OWNER", Label("共有人", "Co-owner")),),
)

CARD = Scheme(
    key="realestate.card",
    version=1,
    label=Label("会员卡", "Card"),
    description=Label("各等级对应的卡", "The card that goes with a grade"),
    cites=("S17.R08", "S17.R12", "S17.R16"),
    terms=(
        Term("DIAMOND", Label("钻石卡", "Diamond card"), ("S17.R08",)),
        Term("PLATINUM", Label("铂金卡", "Platinum card"), ("S17.R12",)),
        Term("GOLD", Label("金卡", "Gold card"), ("S17.R16",)),
        Term("NONE", Label("无卡", "No card"), ("S17.R17", "S17.R18")),
    ),
)

GRADE = Scheme(
    key="realestate.grade",
    version=1,
    label=Label("客户等级", "Customer grade"),
    description=Label("客户按重要程度划分的级别", "Customers by importance"),
    cites=("S17.R08", "S17.R12", "S17.R16", "S17.R17", "S17.R18"),
    terms=(
        Term("A", Label("贵宾级客户", "VIP"), ("S17.R08",), (("card", "DIAMOND"),)),
        Term("B", Label("重要客户", "Important"), ("S17.R12",), (("card", "PLATINUM"),)),
        Term("C", Label("一般重要客户", "Generally important"), ("S17.R16",), (("card", "GOLD"),)),
        Term("D", Label("一般客户", "General"), ("S17.R17",), (("card", "NONE"),)),
        Term("E", Label("普通咨询客户", "Ordinary enquiry"), ("S17.R18",), (("card", "NONE"),)),
    ),
)

SCHEMES = (SOURCE, NEED_TYPE, PRICE_BAND, SINCERITY, PROPERTY_TYPE, JUDGEMENT_KIND, RELATIONSHIP, CARD, GRADE)
