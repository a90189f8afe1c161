"""零售客户基础信息(S14 第一、二、三部分):门店、购进、消费者、运用、问卷。

A retail customer (零售客户) is a licensed shop's holder; the text's 顾客 are consumers. The two are kept apart (C-32).
Modules are areas of their own, so that a role sees and fills in exactly those that it is given.
"""

from __future__ import annotations

from kehu.plugin import (
    Category,
    Code,
    Count,
    Day,
    FreeText,
    Label,
    Money,
    OrganisationName,
    PostalAddress,
    Quantity,
    Record,
    ShortText,
    TobaccoLicence,
    field,
)
from kehu_tobacco.scopes import CONSUMER_AREA, SHOP_AREA, TRADE_AREA

_USES = ("ASSESSMENT", "DECISION", "SERVICE", "STATISTICS")
_BEHAVIOUR = (Category.S7_BEHAVIOUR, Category.S3_TRANSACTION)

SHOP = Record(
    name="TobaccoShop",
    label=Label("零售门店", "Retail shop"),
    description=Label("持烟草专卖零售许可证的门店,一证一店", "A shop with its retail licence, one licence for each"),
    accessor="tobaccoShops",
    area=SHOP_AREA,
    same_by=("code",),
    cites=("S14.R02", "S14.R03"),
    fields=(
        field("code", ShortText, "零售户编码", "Shop code", cites=("F-51", "S14.R02"), required=True, area=SHOP_AREA,
              filterable=True),
        field("licence", TobaccoLicence, "烟草专卖零售许可证号", "Retail licence number", cites=("F-50", "S14.R02"),
              required=True),
        field("licenceUntil", Day, "许可证有效期至", "Licence valid until", cites=("F-54",), area=SHOP_AREA,
              filterable=True),
        field("shopName", OrganisationName, "店招名称", "Shop name", cites=("S14.R02",), required=True),
        field("format", Code, "业态", "Format", cites=("F-51", "S14.R02"), required=True, scheme="tobacco.format",
              area=SHOP_AREA, filterable=True),
        field("marketArea", Code, "市场类型", "Market area", cites=("F-51", "S14.R02"), required=True,
              scheme="tobacco.area", area=SHOP_AREA, filterable=True),
        field("floorArea", Quantity, "经营面积(平方米)", "Floor area in square metres", cites=("S14.R02",),
              area=SHOP_AREA),
        field("address", PostalAddress, "经营地址", "Business address", cites=("S14.R04",), required=True),
        field("payment", Code, "最常用的支付方式", "Means of payment used most", cites=("S14.R04",), required=True,
              scheme="tobacco.payment", area=SHOP_AREA, categories=_BEHAVIOUR, filterable=True),
        field("openedOn", Day, "开业日期", "In business since", cites=("S14.R02",), area=SHOP_AREA),
    ),
)  # fmt: skip

PURCHASE = Record(
    name="TobaccoPurchase",
    label=Label("购进记录", "Purchase"),
    description=Label("零售户向公司购进的商品;没有门店基础信息的不能登记",
                      "What a retailer bought from the company; never without the shop's basic record"),
    parent="TobaccoShop",
    accessor="purchases",
    append_only=True,
    newest_first=True,
    area=TRADE_AREA,
    cites=("S14.R02", "S14.R04", "S14.R12"),
    fields=(
        field("boughtOn", Day, "购进日期", "Bought on", cites=("S14.R04",), required=True, area=TRADE_AREA,
              filterable=True),
        field("category", Code, "商品类别", "Goods category", cites=("S14.R04",), required=True,
              scheme="tobacco.category", area=TRADE_AREA, categories=_BEHAVIOUR, filterable=True),
        field("quantity", Count, "购买数量(条)", "Quantity in cartons", cites=("S14.R04", "S14.R12", "S14.R14"),
              required=True, area=TRADE_AREA, categories=_BEHAVIOUR, mask="hidden", purposes=_USES),
        field("amount", Money, "金额", "Amount", cites=("S14.R12", "S14.R14")),
    ),
)  # fmt: skip

CONSUMER = Record(
    name="TobaccoConsumer",
    label=Label("消费者", "Consumer"),
    description=Label("自愿登记的最终消费者,与零售客户分开", "A consumer who agreed to be registered; apart"),
    accessor="tobaccoConsumer",
    single=True,
    area=CONSUMER_AREA,
    cites=("C-32", "S14.R04"),
    fields=(
        field("payment", Code, "最常用的支付方式", "Means of payment used most", cites=("S14.R04",), required=True,
              scheme="tobacco.payment", area=CONSUMER_AREA, categories=_BEHAVIOUR, filterable=True),
        field("registeredOn", Day, "登记日期", "Registered on", cites=("S14.R03",), required=True, area=CONSUMER_AREA),
    ),
)  # fmt: skip

CONSUMPTION = Record(
    name="TobaccoConsumption",
    label=Label("消费记录", "Consumption"),
    description=Label("消费者购买的商品", "What a consumer bought"),
    accessor="tobaccoConsumption",
    append_only=True,
    newest_first=True,
    area=CONSUMER_AREA,
    cites=("C-32", "S14.R04"),
    fields=(
        field("boughtOn", Day, "购买日期", "Bought on", cites=("S14.R04",), required=True, area=CONSUMER_AREA),
        field("category", Code, "商品类别", "Goods category", cites=("S14.R04",), required=True,
              scheme="tobacco.category", area=CONSUMER_AREA, categories=_BEHAVIOUR, filterable=True),
        field("quantity", Count, "购买数量(条)", "Quantity in cartons", cites=("S14.R04", "S14.R14"), required=True,
              area=CONSUMER_AREA, categories=_BEHAVIOUR, mask="hidden", purposes=_USES),
    ),
)  # fmt: skip

PROPOSAL = Record(
    name="TobaccoProposal",
    label=Label("统计结果的运用", "Use of statistics"),
    description=Label("依据消费统计更新批发清单、采购设备、提出服务建议",
                      "Wholesale lists, equipment and services proposed from statistics, with the figures behind them"),
    parent="TobaccoShop",
    accessor="proposals",
    root="tobaccoProposals",
    area=TRADE_AREA,
    same_by=("kind", "periodFrom", "periodUntil"),
    cites=("S14.R13",),
    fields=(
        field("kind", Code, "运用方式", "Use", cites=("S14.R13",), required=True, scheme="tobacco.statistics_use",
              area=TRADE_AREA, filterable=True),
        field("periodFrom", Day, "统计期自", "Statistics from", cites=("S14.R13",), required=True, area=TRADE_AREA),
        field("periodUntil", Day, "统计期至", "Statistics until", cites=("S14.R13",), required=True, area=TRADE_AREA,
              filterable=True, orderable=True),
        field("quantity", Count, "统计数量(条)", "Quantity in the statistics", cites=("S14.R13", "S14.R14"),
              required=True, area=TRADE_AREA, categories=_BEHAVIOUR, mask="hidden", purposes=_USES),
        field("content", FreeText, "内容", "Content", cites=("S14.R13",), required=True, area=TRADE_AREA),
        field("outcome", Code, "结果", "Outcome", cites=("S14.R13",), required=True, default="PENDING",
              scheme="tobacco.outcome", area=TRADE_AREA, filterable=True),
    ),
)  # fmt: skip

QUESTIONNAIRE = Record(
    name="TobaccoQuestionnaire",
    label=Label("零售客户问卷", "Retail customer questionnaire"),
    description=Label("了解零售客户需求的问卷,每次一份", "Asks what retail customers need; one for each time"),
    parent="TobaccoShop",
    accessor="questionnaires",
    append_only=True,
    newest_first=True,
    area=SHOP_AREA,
    cites=("S14.R19",),
    fields=(
        field("edition", ShortText, "问卷版本", "Edition", cites=("S14.R19",), required=True, area=SHOP_AREA,
              filterable=True),
        field("answeredOn", Day, "填写日期", "Answered on", cites=("S14.R19",), required=True, area=SHOP_AREA,
              filterable=True),
        field("needs", FreeText, "需求", "Needs", cites=("S14.R19",), required=True, area=SHOP_AREA),
        field("score", Count, "评分", "Score", cites=("S14.R19",), area=SHOP_AREA),
    ),
)  # fmt: skip

RECORDS = (SHOP, PURCHASE, CONSUMER, CONSUMPTION, PROPOSAL, QUESTIONNAIRE)
