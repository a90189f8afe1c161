"""分类 — the classifications of S14 (烟草公司零售客户基础信息管理办法).

The text names fields and never lists values, save the three uses of statistics in section 2; what stands here
beyond those is a default of ours or of the trade, and says so.
"""

from __future__ import annotations

from kehu.plugin import Label, Scheme, Term

_OURS = Label("办法列明该项目而未列明取值;此为系统默认值", "S14 names the field, not its values: our default")
_FORMATS = Label(
    "办法未列明;行业通行的七种业态(F-51),商场与其他的字母各地不一,故不设",
    "Not in S14; the seven formats common in the trade (F-51); letters of malls and others vary, so none here",
)
_TRADE = Label("办法未列明;行业通行做法(F-51)", "Not in S14; common in the trade (F-51)")
_GRADES = Label(
    "办法未列明;各地多为30档,1档最低、30档最高(F-52)", "Not in S14; commonly 30 grades, 1 the lowest (F-52)"
)
_CATEGORIES = Label(
    "办法提及商品类别而未列明;此为卷烟分类的通行叫法", "S14 names goods categories, not which: the trade's own classes"
)

FORMAT = Scheme(
    key="tobacco.format",
    version=1,
    label=Label("业态", "Shop format"),
    description=Label("零售户的经营业态,字母用于客户编码", "What kind of shop it is; the letter goes into shop codes"),
    cites=("F-51", "S14.R02"),
    default=True,
    source=_FORMATS,
    terms=(
        Term("GROCERY", Label("食杂店", "Grocery"), ("F-51",), (("letter", "Z"),)),
        Term("CONVENIENCE", Label("便利店", "Convenience store"), ("F-51",), (("letter", "B"),)),
        Term("SUPERMARKET", Label("超市", "Supermarket"), ("F-51",), (("letter", "S"),)),
        Term("MALL", Label("商场", "Shopping mall"), ("F-51",)),
        Term("TOBACCO_LIQUOR", Label("烟酒商店", "Tobacco and liquor shop"), ("F-51",), (("letter", "Y"),)),
        Term("ENTERTAINMENT", Label("娱乐服务类", "Entertainment and services"), ("F-51",), (("letter", "F"),)),
        Term("OTHER", Label("其他", "Other"), ("F-51",)),
    ),
)

AREA = Scheme(
    key="tobacco.area",
    version=1,
    label=Label("市场类型", "Market area"),
    description=Label("门店所在的城镇或乡村市场", "Whether the shop stands in a town or a village"),
    cites=("F-51", "S14.R02"),
    default=True,
    source=_TRADE,
    terms=(
        Term("TOWN", Label("城镇", "Town"), ("F-51",), (("letter", "C"),)),
        Term("VILLAGE", Label("乡村", "Village"), ("F-51",), (("letter", "X"),)),
    ),
)

PAYMENT = Scheme(
    key="tobacco.payment",
    version=1,
    label=Label("支付方式", "Payment means"),
    description=Label("最常用的支付方式", "The means of payment used most"),
    cites=("S14.R04",),
    default=True,
    source=_OURS,
    terms=(
        Term("CASH", Label("现金", "Cash")),
        Term("BANK_CARD", Label("银行卡", "Bank card")),
        Term("DIRECT_DEBIT", Label("银行代扣", "Direct debit")),
        Term("TRANSFER", Label("转账", "Bank transfer")),
        Term("MOBILE_PAYMENT", Label("移动支付", "Mobile payment")),
        Term("OTHER", Label("其他方式", "Another means")),
    ),
)

CATEGORY = Scheme(
    key="tobacco.category",
    version=1,
    label=Label("商品类别", "Goods category"),
    description=Label("购买商品的类别", "The category of the goods bought"),
    cites=("S14.R04",),
    default=True,
    source=_CATEGORIES,
    terms=(
        Term("CLASS_1", Label("一类卷烟", "Cigarettes, class 1")),
        Term("CLASS_2", Label("二类卷烟", "Cigarettes, class 2")),
        Term("CLASS_3", Label("三类卷烟", "Cigarettes, class 3")),
        Term("CLASS_4", Label("四类卷烟", "Cigarettes, class 4")),
        Term("CLASS_5", Label("五类卷烟", "Cigarettes, class 5")),
        Term("CIGAR", Label("雪茄烟", "Cigars")),
        Term("OTHER", Label("其他商品", "Other goods")),
    ),
)

STATISTICS_USE = Scheme(
    key="tobacco.statistics_use",
    version=1,
    label=Label("统计结果的运用", "Use of statistics"),
    description=Label("依据客户信息的统计所作的三种更新", "The three updates made from statistics of customers"),
    cites=("S14.R13",),
    terms=(
        Term("WHOLESALE_LIST", Label("更新零售批发清单", "Update of a wholesale list"), ("S14.R13",)),
        Term("EQUIPMENT", Label("设备采购", "Purchase of equipment"), ("S14.R13",)),
        Term("SERVICE", Label("服务建议", "Proposal of a service"), ("S14.R13",)),
    ),
)

OUTCOME = Scheme(
    key="tobacco.outcome",
    version=1,
    label=Label("运用结果", "Outcome"),
    description=Label("更新或建议的结果", "What became of an update or proposal"),
    cites=("S14.R13",),
    default=True,
    source=_OURS,
    terms=(
        Term("PENDING", Label("待定", "Pending")),
        Term("ADOPTED", Label("已采用", "Adopted")),
        Term("NOT_ADOPTED", Label("未采用", "Not adopted")),
    ),
)

CHANGE_KIND = Scheme(
    key="tobacco.change",
    extends="change.kind",
    version=1,
    label=Label("零售客户变更事项", "What changed about a retail customer"),
    description=Label("零售客户信息、消费习惯与之前不同", "Information or habits differ from before"),
    cites=("S14.R18", "S14.R20"),
    terms=(
        Term("TOBACCO_INFORMATION", Label("零售客户信息变更", "Retail customer's information changed"), ("S14.R18",)),
        Term("TOBACCO_HABIT", Label("消费习惯变化", "Consumption habits changed"), ("S14.R18",)),
    ),
)  # fmt: skip

GRADE = Scheme(
    key="tobacco.grade",
    version=1,
    label=Label("零售户档位", "Retailer grade"),
    description=Label("30档为最高,1档为最低", "Grade 30 is the highest, grade 1 the lowest"),
    cites=("F-52",),
    default=True,
    source=_GRADES,
    terms=(
        *(Term(f"G{n:02}", Label(f"{n}档", f"Grade {n}"), ("F-52",)) for n in range(30, 0, -1)),
        Term("NONE", Label("非零售客户", "Not a retailer")),
    ),
)

SCHEMES = (FORMAT, AREA, PAYMENT, CATEGORY, STATISTICS_USE, OUTCOME, CHANGE_KIND, GRADE)
