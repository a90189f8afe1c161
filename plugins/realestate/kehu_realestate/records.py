"""房地产客户资料(S17 第五条):基础资料与业主信息。

Basic data of a real-estate customer and what an owner's record adds.
"""

from __future__ import annotations

from kehu.plugin import Category, Code, Day, Flag, FreeText, Label, Record, Reference, field

PROFILE = Record(
    name="RealestateProfile",
    label=Label("房地产客户资料", "Real-estate profile"),
    description=Label("来电来访登记的客户基础资料", "Basic data collected from calls and visits"),
    accessor="realestate",
    single=True,
    cites=("S17.R19", "S17.R21"),
    fields=(
        field("source", Code, "获取来源", "Source", cites=("S17.R07",), required=True, scheme="realestate.source",
              filterable=True),
        field("needType", Code, "需求类型", "Need type", cites=("S17.R21",), scheme="realestate.need", filterable=True),
        field("priceBand", Code, "接受价格区间", "Acceptable price band", cites=("S17.R21",), scheme="realestate.price",
              categories=(Category.S3_PROPERTY,), filterable=True),
        field("sincerity", Code, "购买诚意度", "Purchase sincerity", cites=("S17.R21",), scheme="realestate.sincerity",
              categories=(Category.S3_DERIVED,), filterable=True),
        field("livingWorkingArea", FreeText, "居住工作区域", "Living and working area", cites=("S17.R21",),
              area="customer.contact"),
        field("traits", FreeText, "客户基本特征", "Basic traits", cites=("S17.R21",)),
        field("purchaseIntention", Flag, "有购买意向", "Intends to buy", cites=("S17.R17",), default=False),
        field("activeInEvents", Flag, "积极参与活动", "Active in company events", cites=("S17.R17",), default=False),
    ),
)  # fmt: skip

PROPERTY = Record(
    name="RealestateProperty",
    label=Label("成交物业", "Property sold"),
    description=Label("业主信息:成交单元、物业类型、优惠折扣", "What an owner's record adds: unit, type, discount"),
    parent="Holding",
    accessor="realestate",
    single=True,
    area="customer.holding",
    cites=("S17.R22",),
    fields=(
        field("propertyType", Code, "物业类型", "Property type", cites=("S17.R10", "S17.R13"), required=True,
              scheme="realestate.property_type", area="customer.holding", filterable=True),
        field("project", Reference, "项目", "Project", cites=("S17.R22", "S17.R39"), refers_to="OrganisationUnit",
              area="customer.holding", filterable=True),
        field("unitSold", FreeText, "成交单元", "Unit sold", cites=("S17.R22",), required=True,
              area="customer.holding"),
        field("discount", FreeText, "所享优惠折扣", "Discount enjoyed", cites=("S17.R22",), area="customer.holding"),
        field("subscribedOn", Day, "认购日期", "Subscribed on", cites=("S17.R22",), area="customer.holding",
              filterable=True),
    ),
)  # fmt: skip

RECORDS = (PROFILE, PROPERTY)
