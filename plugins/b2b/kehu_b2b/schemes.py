"""分类 — the classifications of S9 (客户信息管理办法) Art.6 and S15 (客户信息来源与管理办法) §3.

Where the text names a thing but lists no values, or its annex is lost, the scheme is a default of ours and says so.
"""

from __future__ import annotations

from kehu.plugin import Label, Scheme, Term

_OURS = Label("办法列明该项目而未列明取值;此为系统默认值", "The text names it, not its values: our default")
_LOST = Label("办法所附表格缺失;此为系统默认值", "The annexed form is lost: our default")

# 第六条(一)至(四):四种划分
TIME = Scheme(
    key="b2b.time",
    version=1,
    label=Label("时间序列", "Time"),
    description=Label("老客户、新客户和未来客户", "Old, new and future customers"),
    cites=("S9.R06", "S9.R07"),
    terms=(
        Term("OLD", Label("老客户", "Old customer"), ("S9.R06",)),
        Term("NEW", Label("新客户", "New customer"), ("S9.R06",)),
        Term("FUTURE", Label("未来客户", "Future customer"), ("S9.R06",)),
    ),
)
PROCESS = Scheme(
    key="b2b.process",
    version=1,
    label=Label("交易过程", "Course of trade"),
    description=Label("曾经有过、正在进行、未来进行交易的客户", "Has traded, is trading, will trade"),
    cites=("S9.R08",),
    terms=(
        Term("TRADING", Label("正在进行交易的客户", "Trading now"), ("S9.R08",)),
        Term("TRADED", Label("曾经有过交易业务的客户", "Has traded"), ("S9.R08",)),
        Term("TO_TRADE", Label("未来进行交易的客户", "To trade"), ("S9.R08",)),
    ),
)
NATURE = Scheme(
    key="b2b.nature",
    version=1,
    label=Label("客户性质", "Nature of the customer"),
    description=Label("办法以「等」字结尾,可由其他插件扩充", "The text ends in 等 (and others): plugins may add terms"),
    cites=("S9.R12",),
    extensible=True,
    terms=(
        Term("GOVERNMENT", Label("政府机构(政府采购)", "Government (procurement)"), ("S9.R12",)),
        Term("SPECIAL_BUSINESS", Label("与公司有特殊业务的公司", "Company with special business"), ("S9.R12",)),
        Term("ORDINARY_COMPANY", Label("普通公司", "Ordinary company"), ("S9.R12",)),
        Term("CONSUMER", Label("顾客", "Consumer"), ("S9.R12",)),
        Term("PARTNER", Label("合作伙伴", "Partner"), ("S9.R12",)),
    ),
)
VOLUME = Scheme(
    key="b2b.volume",
    version=1,
    label=Label("交易数量和市场地位", "Volume and market position"),
    description=Label("主力客户、一般客户和零散客户", "Main, ordinary and scattered customers"),
    cites=("S9.R14", "S9.R15"),
    terms=(
        Term("MAIN", Label("主力客户", "Main customer"), ("S9.R14",)),
        Term("ORDINARY", Label("一般客户", "Ordinary customer"), ("S9.R14",)),
        Term("SCATTERED", Label("零散客户", "Scattered customer"), ("S9.R14",)),
    ),
)

# 第六条(三)末句:需求特点、需求方式、需求量
NEED_CHARACTERISTIC = Scheme(
    key="b2b.need_characteristic",
    version=1,
    label=Label("需求特点", "Character of the need"),
    description=Label("标准产品、定制产品或项目", "Standard or custom-made products, or projects"),
    cites=("S9.R13",),
    default=True,
    source=_OURS,
    terms=(
        Term("STANDARD", Label("标准产品", "Standard products")),
        Term("CUSTOM", Label("定制产品", "Custom-made products")),
        Term("PROJECT", Label("工程项目", "Projects")),
    ),
)
NEED_MANNER = Scheme(
    key="b2b.need_manner",
    version=1,
    label=Label("需求方式", "Manner of the need"),
    description=Label("客户以何种方式采购", "How the customer buys"),
    cites=("S9.R13",),
    default=True,
    source=_OURS,
    terms=(
        Term("SINGLE_ORDER", Label("零星订货", "Single orders")),
        Term("FRAMEWORK", Label("框架协议", "Framework agreement")),
        Term("TENDER", Label("招标采购", "Tender")),
    ),
)
NEED_VOLUME = Scheme(
    key="b2b.need_volume",
    version=1,
    label=Label("需求量", "Volume of the need"),
    description=Label("客户预计的年需求量", "What the customer expects to need in a year"),
    cites=("S9.R13",),
    default=True,
    source=_OURS,
    terms=(
        Term("LARGE", Label("大", "Large")),
        Term("MEDIUM", Label("中", "Medium")),
        Term("SMALL", Label("小", "Small")),
    ),
)
MARKET_POSITION = Scheme(
    key="b2b.market_position",
    version=1,
    label=Label("市场地位", "Market position"),
    description=Label("客户在其所在市场的地位", "The customer's place in its own market"),
    cites=("S9.R14",),
    default=True,
    source=_OURS,
    terms=(
        Term("LEADING", Label("领先", "Leading")),
        Term("ESTABLISHED", Label("稳固", "Established")),
        Term("MINOR", Label("一般", "Minor")),
    ),
)

# 第八条:业务交往、重大变动、业绩和财务状况报告
DEALING = Scheme(
    key="b2b.dealing_kind",
    version=1,
    label=Label("业务交往类别", "Kind of dealing"),
    description=Label("与本公司的业务交往;订货、交货、结清为交易", "Orders, deliveries and settlements are trade"),
    cites=("S9.R08", "S9.R21"),
    default=True,
    source=_OURS,
    terms=(
        Term("ORDER", Label("订货", "Order")),
        Term("DELIVERY", Label("交货", "Delivery")),
        Term("SETTLEMENT", Label("结清", "Settlement of all that was outstanding")),
        Term("NEGOTIATION", Label("洽谈", "Negotiation")),
        Term("SERVICE", Label("售后服务", "After-sales service")),
        Term("DISPUTE", Label("争议", "Dispute")),
    ),
)
REPORT = Scheme(
    key="b2b.report",
    version=1,
    label=Label("报告类别", "Kind of report"),
    description=Label("业绩和财务状况报告", "Reports on performance and on the financial position"),
    cites=("S9.R22",),
    terms=(
        Term("PERFORMANCE", Label("业绩报告", "Performance"), ("S9.R22",)),
        Term("FINANCIAL_POSITION", Label("财务状况报告", "Financial position"), ("S9.R22",)),
    ),
)
PERIOD = Scheme(
    key="b2b.period",
    version=1,
    label=Label("报告期间", "Period of a report"),
    description=Label("年度、季度", "Year or quarter"),
    cites=("S9.R22",),
    terms=(
        Term("YEAR", Label("年度", "Year"), ("S9.R22",)),
        Term("FIRST_QUARTER", Label("第一季度", "First quarter"), ("S9.R22",)),
        Term("SECOND_QUARTER", Label("第二季度", "Second quarter"), ("S9.R22",)),
        Term("THIRD_QUARTER", Label("第三季度", "Third quarter"), ("S9.R22",)),
        Term("FOURTH_QUARTER", Label("第四季度", "Fourth quarter"), ("S9.R22",)),
    ),
)


# S15 三、公司客户信息来源:十类;procedure 是第四节的三类登记步骤(6-10 类的步骤缺失,C-11)
def _source(number: int, code: str, zh: str, en: str) -> Term:
    procedure = "ONE_TO_THREE" if number <= 3 else "FOUR_TO_FIVE" if number <= 5 else "SIX_TO_TEN"
    data = (("number", str(number)), ("procedure", procedure))
    return Term(code, Label(zh, en), (f"S15.R{number + 2:02}",), data)


LEAD_SOURCE = Scheme(
    key="b2b.lead_source",
    version=1,
    label=Label("客户信息来源", "Source of a lead"),
    description=Label("公司客户信息的十类来源", "The ten sources of customer information"),
    cites=tuple(f"S15.R{number:02}" for number in range(3, 14)),
    terms=(
        _source(1, "HOTLINE", "公司对外公布的热线电话所接受的咨询客户信息", "Published hotline"),
        _source(2, "WEBSITE", "公司网站、公众号所接受的咨询客户信息", "Website or official account"),
        _source(3, "SITE_VISIT", "直接来公司实地考察或拜访的客户信息", "Inspection or visit at the company"),
        _source(4, "PASSED_ON", "公司管理层及其他部门人员交予市场部的客户信息", "Passed on by other staff"),
        _source(5, "DEPARTMENT", "其他部门凭借公司资源所获得的客户信息", "Won by a department with company resources"),
        _source(6, "PRODUCT_USER", "已经直接购买或间接使用过公司产品的客户信息", "Bought or used our products"),
        _source(7, "EVENT", "市场部人员参加各类展会、研讨会、技术交流会等会议所收集到的客户信息",
                "Exhibition, seminar or technical meeting"),
        _source(8, "REFERRAL", "市场部人员通过现有客户交流所获得的其他关联客户信息", "Learnt from a customer"),
        _source(9, "MEDIA", "市场部人员通过互联网查询、新闻广播或专业期刊杂志登载所获得客户信息",
                "Internet, news or journals"),
        _source(10, "OTHER", "市场部通过其他渠道所获得客户信息", "Another channel"),
    ),
)  # fmt: skip
PRODUCT_USE = Scheme(
    key="b2b.product_use",
    version=1,
    label=Label("产品使用情况", "Use of our products"),
    description=Label("来源 6:直接购买或间接使用", "Source 6: bought directly or used indirectly"),
    cites=("S15.R08",),
    terms=(
        Term("BOUGHT", Label("直接购买", "Bought directly"), ("S15.R08",)),
        Term("USED", Label("间接使用", "Used indirectly"), ("S15.R08",)),
    ),
)
EVENT_KIND = Scheme(
    key="b2b.event",
    version=1,
    label=Label("会议类别", "Kind of event"),
    description=Label("来源 7:展会、研讨会、技术交流会等", "Source 7: exhibition, seminar, technical meeting, others"),
    cites=("S15.R09",),
    terms=(
        Term("EXHIBITION", Label("展会", "Exhibition"), ("S15.R09",)),
        Term("SEMINAR", Label("研讨会", "Seminar"), ("S15.R09",)),
        Term("TECHNICAL_MEETING", Label("技术交流会", "Technical meeting"), ("S15.R09",)),
        Term("OTHER", Label("其他会议", "Another event"), ("S15.R09",)),
    ),
)
MEDIUM = Scheme(
    key="b2b.medium",
    version=1,
    label=Label("媒体类别", "Kind of medium"),
    description=Label("来源 9:互联网、新闻广播、专业期刊杂志", "Source 9: internet, news broadcast, journal"),
    cites=("S15.R11",),
    terms=(
        Term("INTERNET", Label("互联网查询", "Internet search"), ("S15.R11",)),
        Term("NEWS", Label("新闻广播", "News broadcast"), ("S15.R11",)),
        Term("JOURNAL", Label("专业期刊杂志", "Professional journal"), ("S15.R11",)),
    ),
)
ANSWER = Scheme(
    key="b2b.answer",
    version=1,
    label=Label("询问结果", "Answer to an item"),
    description=Label("逐项询问,客户可以不愿透露", "Each item is asked; the customer may decline it"),
    cites=("S15.R17", "S15.R18"),
    default=True,
    source=_LOST,
    terms=(
        Term("GIVEN", Label("已告知", "Given"), ("S15.R17",)),
        Term("DECLINED", Label("不愿透露", "Declined"), ("S15.R18",)),
    ),
)
TECHNICAL = Scheme(
    key="b2b.technical",
    version=1,
    label=Label("技术问题", "Technical question"),
    description=Label("无法当场解答的技术问题如何处理", "What was done about a technical question"),
    cites=("S15.R23", "S15.R24"),
    terms=(
        Term("NONE", Label("无技术问题,或已当场解答", "None, or answered on the spot")),
        Term("ENGINEER", Label("已请技术支持工程师前来解答", "Technical-support engineer called in"), ("S15.R23",)),
        Term("PROMISED", Label("未联系到工程师,已承诺答复时间", "Engineer not reached; answer promised"), ("S15.R24",)),
    ),
)
RESPONSE = Scheme(
    key="b2b.response_result",
    version=1,
    label=Label("应答结果", "Result of the answer"),
    description=Label("应答结果反馈表的结果", "Result in the feedback form"),
    cites=("S15.R25",),
    default=True,
    source=_LOST,
    terms=(
        Term("SATISFIED", Label("需求已解答", "Answered")),
        Term("CONTINUES", Label("继续跟进", "To be followed up")),
        Term("NO_NEED", Label("暂无需求", "No need for now")),
    ),
)
STAGE = Scheme(
    key="b2b.stage",
    version=1,
    label=Label("开发阶段", "Stage of development"),
    description=Label("客户开发进度表的各分表", "The sub-tables of the development progress tables"),
    cites=("S15.R26",),
    default=True,
    source=_LOST,
    terms=(
        Term("CONTACT", Label("接洽", "Contact")),
        Term("OFFER", Label("方案与报价", "Proposal and offer")),
        Term("CONTRACT", Label("签约", "Contract")),
        Term("ENDED", Label("终止开发", "Ended")),
    ),
)
PROBABILITY = Scheme(
    key="b2b.probability",
    version=1,
    label=Label("成交可能性", "Probability"),
    description=Label("市场部人员对成交可能性的估计", "How probable the marketer thinks a sale is"),
    cites=("S15.R26",),
    default=True,
    source=_LOST,
    terms=(
        Term("HIGH", Label("高", "High")),
        Term("MEDIUM", Label("中", "Medium")),
        Term("LOW", Label("低", "Low")),
    ),
)
END_REASON = Scheme(
    key="b2b.end_reason",
    version=1,
    label=Label("终止原因", "Reason for ending"),
    description=Label(
        "客户不愿透露信息不是终止的理由(四(一)2)", "That a customer declined to give information is none (§4(1)2)"
    ),
    cites=("S15.R18", "S15.R26"),
    default=True,
    source=_LOST,
    terms=(
        Term("NO_NEED", Label("没有需求", "No need")),
        Term("PRICE", Label("价格", "Price")),
        Term("SPECIFICATION", Label("产品不符合要求", "Product doesn't meet the need")),
        Term("COMPETITOR", Label("选择其他供应商", "Chose another supplier")),
        Term("BUDGET", Label("没有预算", "No budget")),
    ),
)

SCHEMES = (
    TIME, PROCESS, NATURE, VOLUME, NEED_CHARACTERISTIC, NEED_MANNER, NEED_VOLUME, MARKET_POSITION, DEALING,
    REPORT, PERIOD, LEAD_SOURCE, PRODUCT_USE, EVENT_KIND, MEDIUM, ANSWER, TECHNICAL, RESPONSE, STAGE, PROBABILITY,
    END_REASON,
)  # fmt: skip
