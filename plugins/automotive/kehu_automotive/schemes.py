"""分类 — the classifications of S12 (客户信息管理规定, 4S店).

Only section 1 of six survives. Where the text names a field but lists no values, or the values are lost,
the scheme is a default of ours and says where it comes from.
"""

from __future__ import annotations

from kehu.plugin import Label, Scheme, Term

_OURS = Label("规定列明该项目而未列明取值;此为系统默认值", "S12 names the field, not its values: our default")
_LOST = Label(
    "规定第二部分「客户意向级别的判定」原文缺失;采用行业通行的判定(F-70、F-71)",
    "Section 2 of S12 is lost; the levels are those in use in the trade (F-70, F-71)",
)

SOURCE = Scheme(
    key="automotive.source",
    version=1,
    label=Label("信息来源", "Information source"),
    description=Label("客户从何处得知本店、如何到店", "How the customer came to the dealer"),
    cites=("S12.R09", "S12.R12", "S12.R19"),
    default=True,
    source=Label("A卡「信息来源」的取值原文缺失(C-13);此为系统默认值", "The A-card's list is lost (C-13): our default"),
    terms=(
        Term("WALK_IN", Label("自然到店", "Walk-in"), ("S12.R19",)),
        Term("CALL", Label("来电", "Call"), ("S12.R19",)),
        Term("WEB", Label("网络", "Web"), ("S12.R19",)),
        Term("REFERRAL", Label("转介绍", "Referral"), ("S12.R19",)),
        Term("EXHIBITION", Label("车展活动", "Exhibition"), ("S12.R19",)),
        Term("REPEAT", Label("老客户再购", "Repeat purchase"), ("S12.R19",)),
        Term("OTHER", Label("其他", "Other"), ("S12.R19",)),
    ),
)

LEVEL = Scheme(
    key="automotive.level",
    version=1,
    label=Label("意向级别", "Intention level"),
    description=Label(
        "预计多少天内购车,以及多少天内须回访一次", "Within how many days he expects to buy, and how often to call him"
    ),
    cites=("S12.R01", "S12.R21"),
    default=True,
    source=_LOST,
    terms=(
        Term("O", Label("O级 已订车未交车", "O: ordered, not delivered"), ("S12.R01",)),
        Term("H", Label("H级 7天内购车", "H: buys within 7 days"), ("S12.R01",),
             (("buysWithinDays", "7"), ("contactEveryDays", "1"))),
        Term("A", Label("A级 15天内购车", "A: buys within 15 days"), ("S12.R01",),
             (("buysWithinDays", "15"), ("contactEveryDays", "3"))),
        Term("B", Label("B级 30天内购车", "B: buys within 30 days"), ("S12.R01",),
             (("buysWithinDays", "30"), ("contactEveryDays", "7"))),
        Term("C", Label("C级 90天内购车", "C: buys within 90 days"), ("S12.R01",),
             (("buysWithinDays", "90"), ("contactEveryDays", "15"))),
    ),
)  # fmt: skip

INTENTION = Scheme(
    key="automotive.intention",
    version=1,
    label=Label("判定的意向级别", "Intention level as determined"),
    description=Label(
        "按预计购车日期判定;没有跟进中的A卡则未定级", "By the expected date; none without an open A-card"
    ),
    cites=("S12.R01",),
    default=True,
    source=_LOST,
    terms=(*LEVEL.terms, Term("NONE", Label("未定级", "No level"), ("S12.R01",))),
)

CONTACT = Scheme(
    key="automotive.contact",
    version=1,
    label=Label("回访状态", "State of the follow-up"),
    description=Label("按下次回访日期和级别的回访间隔判定", "By the day planned and by the interval of the level"),
    cites=("S12.R01", "S12.R23"),
    default=True,
    source=_LOST,
    terms=(
        Term("OVERDUE", Label("回访逾期", "Overdue"), ("S12.R23",)),
        Term("DUE", Label("今日应回访", "Due today"), ("S12.R23",)),
        Term("PLANNED", Label("跟进中", "Planned"), ("S12.R23",)),
        Term("NONE", Label("无须回访", "Nothing to follow up"), ("S12.R24",)),
    ),
)

PURCHASE_MANNER = Scheme(
    key="automotive.purchase_manner",
    version=1,
    label=Label("购买方式", "Manner of purchase"),
    description=Label("客户打算如何付款", "How the customer means to pay"),
    cites=("S12.R18",),
    default=True,
    source=_OURS,
    terms=(
        Term("FULL_PAYMENT", Label("全款", "Full payment")),
        Term("LOAN", Label("贷款分期", "Loan")),
        Term("LEASE", Label("融资租赁", "Lease")),
        Term("TRADE_IN", Label("旧车置换", "Trade-in")),
        Term("OTHER", Label("其他", "Other")),
    ),
)

PURCHASE_PURPOSE = Scheme(
    key="automotive.purchase_purpose",
    version=1,
    label=Label("购车用途", "Purpose of purchase"),
    description=Label("客户买车做什么用", "What the customer wants the car for"),
    cites=("S12.R18",),
    default=True,
    source=_OURS,
    terms=(
        Term("COMMUTING", Label("上下班代步", "Commuting")),
        Term("FAMILY", Label("家庭用车", "Family")),
        Term("COMPANY", Label("公务商务", "Company car")),
        Term("COMMERCIAL", Label("营运", "Commercial transport")),
        Term("OTHER", Label("其他", "Other")),
    ),
)

ASSISTANCE = Scheme(
    key="automotive.assistance",
    version=1,
    label=Label("资源协助情况", "State of the assistance"),
    description=Label("A卡所需的资源是否已经提供", "Whether what the card asks for was provided"),
    cites=("S12.R20",),
    default=True,
    source=_OURS,
    terms=(
        Term("NONE", Label("不需要", "None needed"), ("S12.R20",)),
        Term("WAITING", Label("待协助", "Waiting"), ("S12.R20",)),
        Term("PROVIDED", Label("已提供", "Provided"), ("S12.R20",)),
    ),
)

OUTCOME = Scheme(
    key="automotive.outcome",
    version=1,
    label=Label("最终结果", "Final result"),
    description=Label("A卡从建卡到产生最终结果;没有结果就没有结束", "A card is open until there is a final result"),
    cites=("S12.R16", "S12.R24"),
    default=True,
    source=_OURS,
    terms=(
        Term("OPEN", Label("跟进中", "Being followed up"), ("S12.R24",)),
        Term("DEAL", Label("成交", "Deal"), ("S12.R24",)),
        Term("LOST", Label("战败", "Lost"), ("S12.R24",)),
    ),
)

LOST_REASON = Scheme(
    key="automotive.lost_reason",
    version=1,
    label=Label("战败原因", "Reason of loss"),
    description=Label("没有成交的主要原因", "Why there was no deal"),
    cites=("S12.R24",),
    default=True,
    source=_OURS,
    terms=(
        Term("OTHER_BRAND", Label("选择其他品牌", "Chose another brand")),
        Term("OTHER_DEALER", Label("在其他经销商购买", "Bought from another dealer")),
        Term("PRICE", Label("价格不合", "Price")),
        Term("NO_STOCK", Label("无现车", "Not in stock")),
        Term("POSTPONED", Label("暂缓购车", "Postponed")),
        Term("UNREACHABLE", Label("无法联系", "Can't be reached")),
        Term("OTHER", Label("其他", "Other")),
    ),
)

VERDICT = Scheme(
    key="automotive.verdict",
    version=1,
    label=Label("登记检查结果", "Result of a check"),
    description=Label("前台或展厅经理对登记的现场检查", "What the front desk or the showroom manager found"),
    cites=("S12.R03", "S12.R11"),
    terms=(
        Term("CONFIRMED", Label("确认", "Confirmed"), ("S12.R03", "S12.R11")),
        Term("RETURNED", Label("退回补正", "Returned for completion"), ("S12.R03", "S12.R11")),
    ),
)

ROUTES = Scheme(
    key="automotive.route",
    extends="interaction.kind",
    version=1,
    label=Label("来电、到店之外的途径", "Routes besides call and visit"),
    description=Label(
        "其他途径获得的客户信息也进入同一登记表", "What comes by another route lands in the same register"
    ),
    cites=("S12.R02",),
    terms=(Term("OTHER_ROUTE", Label("其他途径", "Another route"), ("S12.R02",)),),
)

SCHEMES = (
    SOURCE,
    LEVEL,
    INTENTION,
    CONTACT,
    PURCHASE_MANNER,
    PURCHASE_PURPOSE,
    ASSISTANCE,
    OUTCOME,
    LOST_REASON,
    VERDICT,
    ROUTES,
)
