"""收集与维护表单 — registration of retailers, purchases, maintenance, questionnaires, uses of statistics, consumers.

A retailer's form submitted again renews the shop of the same code. The other forms of retailers are about a shop
that is on record: without its basic information they are refused (S14 第一部分).
"""

from __future__ import annotations

from kehu.plugin import Form, FormField, Group, Label, Section

TELEPHONE = FormField(
    "telephone", "ContactPoint.mobile", required=True, label=Label("联系电话", "Telephone"),
    synonyms=("电话", "手机", "手机号", "手机号码", "联系方式", "Mobile", "Phone"),
)  # fmt: skip
RESIDENCE = FormField(
    "residence", "Address.value", required=True, label=Label("居住地址", "Residence"),
    synonyms=("住址", "家庭住址", "居住地", "Home address"),
)  # fmt: skip
_PAYMENT_WORDS = (("扫码", "MOBILE_PAYMENT"), ("微信", "MOBILE_PAYMENT"), ("支付宝", "MOBILE_PAYMENT"),
                  ("刷卡", "BANK_CARD"), ("代扣", "DIRECT_DEBIT"), ("电子结算", "DIRECT_DEBIT"))  # fmt: skip
_PAYMENT_SYNONYMS = ("支付方式", "结算方式", "常用支付方式", "付款方式", "Payment")
SHOP_FIELDS = (
    FormField("code", "TobaccoShop.code", required=True, synonyms=("客户编码", "客户代码", "零售户代码", "Code")),
    FormField("licence", "TobaccoShop.licence", required=True,
              synonyms=("许可证号", "专卖证号", "烟草证号", "零售许可证号", "Licence")),
    FormField("licenceUntil", "TobaccoShop.licenceUntil", synonyms=("有效期至", "许可证有效期", "许可证到期日")),
    FormField("shopName", "TobaccoShop.shopName", required=True, synonyms=("店名", "门店名称", "商店名称", "Shop")),
    FormField("format", "TobaccoShop.format", required=True, synonyms=("经营业态", "店铺业态", "Shop format"),
              words=(("小卖部", "GROCERY"), ("烟酒店", "TOBACCO_LIQUOR"), ("娱乐服务", "ENTERTAINMENT"))),
    FormField("marketArea", "TobaccoShop.marketArea", required=True, synonyms=("市场区域", "城乡", "城乡类型"),
              words=(("城区", "TOWN"), ("农村", "VILLAGE"))),
    FormField("floorArea", "TobaccoShop.floorArea", synonyms=("经营面积", "面积", "营业面积", "Area")),
    FormField("address", "TobaccoShop.address", required=True, synonyms=("门店地址", "店铺地址", "Shop address")),
    FormField("payment", "TobaccoShop.payment", required=True, synonyms=_PAYMENT_SYNONYMS, words=_PAYMENT_WORDS),
    FormField("openedOn", "TobaccoShop.openedOn", synonyms=("开业时间", "入网日期", "开户日期")),
)  # fmt: skip
_SHOP = Section("shop", Label("许可证与门店", "Licence and shop"), tuple(each.name for each in SHOP_FIELDS))
_CONSTANTS = (("Customer.stage", "ACTIVE"), ("ContactPoint.kind", "MOBILE"), ("Address.kind", "HOME"))

SOLE_TRADER = Form(
    key="tobacco.sole_trader",
    version=1,
    label=Label("零售客户登记(个体)", "Retailer registration, sole trader"),
    description=Label("登记或更新个体零售客户的基础信息", "Registers a sole trader, or renews what is on record"),
    cites=("S14.R02", "S14.R03", "S14.R04", "S14.R06"),
    fields=(
        FormField("name", "Customer.name", required=True, label=Label("经营者姓名", "Name of the trader"),
                  synonyms=("姓名", "负责人", "经营者", "客户姓名", "Name")),
        TELEPHONE,
        RESIDENCE,
        *SHOP_FIELDS,
    ),
    constants=(("Customer.kind", "PERSON"), *_CONSTANTS),
    sections=(Section("holder", Label("经营者", "Trader"), ("name", "telephone", "residence")), _SHOP),
)  # fmt: skip

COMPANY = Form(
    key="tobacco.company",
    version=1,
    label=Label("零售客户登记(企业)", "Retailer registration, company"),
    description=Label("登记或更新企业零售客户的基础信息", "Registers a company, or renews what is on record"),
    cites=("S14.R02", "S14.R03", "S14.R04", "S14.R06"),
    fields=(
        FormField("organisationName", "Customer.organisationName", required=True,
                  synonyms=("企业名称", "公司名称", "客户名称", "Company")),
        FormField("uscc", "Customer.uscc", synonyms=("信用代码", "营业执照号", "USCC")),
        FormField("legalRepresentative", "OrganisationProfile.legalRepresentative", required=True,
                  synonyms=("法人", "法人代表", "负责人")),
        TELEPHONE,
        RESIDENCE,
        *SHOP_FIELDS,
    ),
    constants=(("Customer.kind", "ORGANISATION"), *_CONSTANTS),
    sections=(
        Section("holder", Label("企业", "Company"),
                ("organisationName", "uscc", "legalRepresentative", "telephone", "residence")),
        _SHOP,
    ),
)  # fmt: skip

ABOUT = "TobaccoShop.code"
SHOP_CODE = SHOP_FIELDS[0]

PURCHASES = Form(
    key="tobacco.purchases",
    version=1,
    label=Label("零售客户购进登记", "Purchases of a retailer"),
    description=Label(
        "登记已有门店购进的商品类别、数量", "Goods categories and quantities that a shop on record bought"
    ),
    cites=("S14.R02", "S14.R04"),
    about=ABOUT,
    fields=(
        SHOP_CODE,
        Group(
            "purchases",
            Label("购进明细", "Purchases"),
            "TobaccoPurchase",
            (
                FormField("boughtOn", "TobaccoPurchase.boughtOn", required=True),
                FormField("category", "TobaccoPurchase.category", required=True),
                FormField("quantity", "TobaccoPurchase.quantity", required=True),
                FormField("amount", "TobaccoPurchase.amount"),
            ),
            at_least=1,
            at_most=100,
        ),
    ),
)

UPKEEP = Form(
    key="tobacco.upkeep",
    version=1,
    label=Label("零售客户信息维护", "Maintenance of a retailer"),
    description=Label("登记变更事项和走访情况", "Changes that were reported, and visits"),
    cites=("S14.R18", "S14.R20"),
    about=ABOUT,
    fields=(
        SHOP_CODE,
        Group(
            "changes",
            Label("变更事项", "Changes"),
            "ChangeEvent",
            (
                FormField("changed", "ChangeEvent.kind", required=True,
                          words=(("信息变更", "TOBACCO_INFORMATION"), ("习惯变化", "TOBACCO_HABIT"))),
                FormField("changedOn", "ChangeEvent.occurredOn", required=True),
                FormField("description", "ChangeEvent.description", required=True),
            ),
        ),
        Group(
            "visits",
            Label("走访记录", "Visits"),
            "FollowUp",
            (
                FormField("method", "FollowUp.method", required=True, words=(("走访", "VISIT"), ("电访", "CALL"))),
                FormField("plannedFor", "FollowUp.plannedFor"),
                FormField("doneAt", "FollowUp.doneAt"),
                FormField("visitor", "FollowUp.staff"),
                FormField("content", "FollowUp.content"),
                FormField("result", "FollowUp.result"),
            ),
        ),
    ),
)  # fmt: skip

QUESTIONNAIRE = Form(
    key="tobacco.survey",
    version=1,
    label=Label("零售客户问卷", "Retail customer questionnaire"),
    description=Label("定期了解零售客户的需求", "Asks regularly what retail customers need"),
    cites=("S14.R19",),
    about=ABOUT,
    fields=(
        SHOP_CODE,
        FormField("edition", "TobaccoQuestionnaire.edition", required=True, synonyms=("版本",)),
        FormField("answeredOn", "TobaccoQuestionnaire.answeredOn", required=True, synonyms=("日期", "填表日期")),
        FormField("needs", "TobaccoQuestionnaire.needs", required=True, synonyms=("需求与建议",)),
        FormField("score", "TobaccoQuestionnaire.score", synonyms=("满意度",)),
    ),
)

PROPOSAL = Form(
    key="tobacco.statistics",
    version=1,
    label=Label("统计结果的运用", "Use of statistics"),
    description=Label(
        "依据统计更新零售批发清单、采购设备或提出服务建议,并登记结果",
        "Wholesale lists, equipment and services from statistics, and what became of them",
    ),
    cites=("S14.R13",),
    about=ABOUT,
    fields=(
        SHOP_CODE,
        FormField("kind", "TobaccoProposal.kind", required=True),
        FormField("periodFrom", "TobaccoProposal.periodFrom", required=True),
        FormField("periodUntil", "TobaccoProposal.periodUntil", required=True),
        FormField("quantity", "TobaccoProposal.quantity", required=True),
        FormField("content", "TobaccoProposal.content", required=True),
        FormField("outcome", "TobaccoProposal.outcome"),
    ),
)

CONSUMER = Form(
    key="tobacco.consumer_card",
    version=1,
    label=Label("消费者登记", "Consumer registration"),
    description=Label("登记自愿提供信息的消费者及其消费", "Registers a consumer who agrees, and what he bought"),
    cites=("C-32", "S14.R04"),
    fields=(
        FormField("name", "Customer.name", required=True, synonyms=("顾客姓名", "消费者姓名", "Name")),
        TELEPHONE,
        FormField("residence", "Address.value", label=Label("居住地址", "Residence"), synonyms=("住址", "居住地")),
        FormField("payment", "TobaccoConsumer.payment", required=True, synonyms=_PAYMENT_SYNONYMS,
                  words=_PAYMENT_WORDS),
        FormField("registeredOn", "TobaccoConsumer.registeredOn", required=True, synonyms=("登记时间", "日期")),
        Group(
            "bought",
            Label("消费明细", "Consumption"),
            "TobaccoConsumption",
            (
                FormField("boughtOn", "TobaccoConsumption.boughtOn", required=True),
                FormField("category", "TobaccoConsumption.category", required=True),
                FormField("quantity", "TobaccoConsumption.quantity", required=True),
            ),
        ),
    ),
    constants=(("Customer.kind", "PERSON"), *_CONSTANTS),
)  # fmt: skip

FORMS = (SOLE_TRADER, COMPANY, PURCHASES, UPKEEP, QUESTIONNAIRE, PROPOSAL, CONSUMER)
