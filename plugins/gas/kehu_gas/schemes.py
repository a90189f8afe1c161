"""分类 — the classifications of S16 (客户信息系统录入管理办法); the standard documents are in `standards`."""

from __future__ import annotations

from kehu.plugin import Label, Scheme, Term
from kehu_gas.standards import STANDARDS

_OURS = Label("办法列明该项目而未列明取值;此为系统默认值", "S16 names the field, not its values: our default")
_STANDARD = Label(
    "标准化文档由企业自行制定,办法未附;此为示例,由企业扩充",
    "Each company makes its own standard document; none comes with S16: examples, to be extended",
)
_STATES = Label("办法未列明;燃气用户档案的通行取值(F-85)", "Not in S16; common in gas-user files (F-85)")
_ORDERS = Label("办法未列明;通行的单据种类(F-86)", "Not in S16; kinds common in practice (F-86)")


ADDRESS_BASIS = Scheme(
    key="gas.address_basis",
    version=1,
    label=Label("地址依据", "Basis of the address"),
    description=Label("客户地址按何而定", "What the service address follows"),
    cites=("S16.R06", "S16.R07", "S16.R08"),
    terms=(
        Term("STANDARD", Label("地址标准化文档", "The address standard"), ("S16.R06",)),
        Term("USUAL_NAME", Label("非规范地址,有常用名称", "Non-standard, with a usual name"), ("S16.R07",)),
        Term("UNNAMED", Label("非规范地址,无常用名称", "Non-standard, without a usual name"), ("S16.R07",)),
        Term("CONTRACT", Label("合同签署地址", "The address in the signed contract"), ("S16.R08",)),
    ),
)

USER_CATEGORY = Scheme(
    key="gas.user_category",
    version=1,
    label=Label("用户类别", "Category of user"),
    description=Label("居民用户与工商户", "Households, and industrial and commercial users"),
    cites=("S16.R08",),
    default=True,
    source=Label("办法列明工商户;居民用户为系统默认值", "S16 names industrial and commercial users; the rest is ours"),
    terms=(
        Term("HOUSEHOLD", Label("居民用户", "Household")),
        Term("INDUSTRIAL", Label("工业用户", "Industrial user"), ("S16.R08",)),
        Term("COMMERCIAL", Label("商业用户", "Commercial user"), ("S16.R08",)),
    ),
)

USER_STATE = Scheme(
    key="gas.user_state",
    version=1,
    label=Label("用户状态", "State of the user"),
    description=Label("燃气用户的状态", "State of a gas user"),
    cites=("F-85",),
    default=True,
    source=_STATES,
    terms=(
        Term("IN_USE", Label("在用", "In use"), ("F-85",)),
        Term("NEWLY_SET", Label("新设", "Newly set up"), ("F-85",)),
        Term("STOPPED", Label("停用", "Stopped"), ("F-85",)),
        Term("IN_ARREARS", Label("欠费", "In arrears"), ("F-85",)),
        Term("RELOCATION", Label("动迁", "Relocation"), ("F-85",)),
        Term("POTENTIAL", Label("潜在", "Potential"), ("F-85",)),
    ),
)

PHONE_CONFIRMATION = Scheme(
    key="gas.confirmation",
    version=1,
    label=Label("号码确认", "Confirmation of a number"),
    description=Label("追加号码前须与客户确认,别无他值", "A number is added only once the customer confirmed it"),
    cites=("S16.R14",),
    terms=(Term("CONFIRMED", Label("已与客户确认", "Confirmed with the customer"), ("S16.R14",)),),
)

TRANSFER_CLEARANCE = Scheme(
    key="gas.transfer_clearance",
    version=1,
    label=Label("过户条件", "Condition of a transfer"),
    description=Label("无欠费等特殊情况方可过户,别无他值", "No arrears and nothing else in the way; no other value"),
    cites=("S16.R10",),
    terms=(Term("CLEAR", Label("无欠费等特殊情况", "No arrears or other special condition"), ("S16.R10",)),),
)

CONTRACT_MARK = Scheme(
    key="gas.contract_mark",
    version=1,
    label=Label("合同标记", "Mark on the contract"),
    description=Label("CCS系统合同处的标记,便于历史核查查询", "Kept on the contract for later history checks"),
    cites=("S16.R12",),
    terms=(Term("TRANSFERRED", Label("过户", "Transferred"), ("S16.R12",)),),
)

CONTRACT_TEXT = Scheme(
    key="gas.contract_text",
    version=1,
    label=Label("合同文本", "Contract text"),
    description=Label("归档前合同文本须已过户,别无他值", "Transferred before archiving; no other value"),
    cites=("S16.R13",),
    terms=(Term("TRANSFERRED", Label("合同文本已过户", "The contract text is transferred"), ("S16.R13",)),),
)

GREEN_FLAG_ORDERS = Scheme(
    key="gas.green_flag_orders",
    version=1,
    label=Label("旧BP绿旗工单", "Open orders of the old partner"),
    description=Label(
        "归档前旧BP的绿旗(未完成)工单须迁入新BP(C-14)", "Green-flag (open) orders move to the new partner first (C-14)"
    ),
    cites=("C-14", "S16.R13"),
    default=True,
    source=Label("办法列明迁入新BP;无绿旗工单为系统默认值", "S16 names moving them; having none is our default"),
    terms=(
        Term("MOVED", Label("已迁入新BP", "Moved to the new partner"), ("S16.R13",)),
        Term("NONE_OPEN", Label("旧BP无绿旗工单", "The old partner has none"), ("C-14",)),
    ),
)

SOURCE_SYSTEM = Scheme(
    key="gas.source_system",
    version=1,
    label=Label("来源系统", "Source system"),
    description=Label("已上线的两个业务系统", "The two business systems in use"),
    cites=("S16.R18",),
    terms=(
        Term("SAP_CCS", Label("SAP CCS", "SAP CCS"), ("S16.R18",)),
        Term("E_CITY_E_HOME", Label("E城E家", "E-City E-Home"), ("S16.R18",)),
    ),
)

SLIP = Scheme(
    key="gas.slip",
    version=1,
    label=Label("单据", "Slip"),
    description=Label("工单或通知单", "Work order or notice"),
    cites=("S16.R19",),
    terms=(
        Term("WORK_ORDER", Label("工单", "Work order"), ("S16.R19",)),
        Term("NOTICE", Label("通知单", "Notice"), ("S16.R19",)),
    ),
)

ORDER_KIND = Scheme(
    key="gas.order_kind",
    version=1,
    label=Label("单据种类", "Kind of order"),
    description=Label("工单或通知单的种类", "What a work order or notice is about"),
    cites=("F-86", "S16.R19"),
    default=True,
    source=_ORDERS,
    extensible=True,
    terms=(
        Term("CONVERSION", Label("置换工单", "Conversion and ignition"), ("F-86",)),
        Term("DISPATCH", Label("派工单", "Dispatch"), ("F-86",)),
        Term("HAZARD", Label("隐患整改通知单", "Hazard rectification notice"), ("F-86",)),
        Term("OTHER", Label("其他单据", "Another slip")),
    ),
)

ORDER_STATE = Scheme(
    key="gas.order_state",
    version=1,
    label=Label("单据状态", "State of an order"),
    description=Label("工单、通知单的系统状态", "State of a work order or notice in the system"),
    cites=("S16.R23", "S16.R24"),
    default=True,
    source=_OURS,
    terms=(
        Term("OPEN", Label("未处理", "Open")),
        Term("IN_PROGRESS", Label("处理中", "In progress")),
        Term("CLOSED", Label("已关闭", "Closed")),
    ),
)

SLIP_ITEM = Scheme(
    key="gas.slip_item",
    version=1,
    label=Label("单据栏目", "Item of the slip"),
    description=Label(
        "单据上该栏有无填写;空白的须如实标明", "Whether the slip has something there; blanks are marked so"
    ),
    cites=("S16.R22",),
    default=True,
    source=_OURS,
    terms=(
        Term("WRITTEN", Label("有填写", "Written")),
        Term("BLANK", Label("单据空白", "Blank on the slip")),
    ),
)

QUERY_STATE = Scheme(
    key="gas.query_state",
    version=1,
    label=Label("疑问状态", "State of a query"),
    description=Label("对单据内容疑问的状态", "State of a doubt about a slip"),
    cites=("S16.R20",),
    default=True,
    source=_OURS,
    terms=(
        Term("OPEN", Label("待回复", "Open")),
        Term("ANSWERED", Label("已回复", "Answered")),
    ),
)

CORRECTION_ITEM = Scheme(
    key="gas.correction_item",
    version=1,
    label=Label("更正事项", "What is wrong"),
    description=Label("办理业务时发现错误的三种信息", "The three kinds of data found wrong during service"),
    cites=("S16.R16",),
    terms=(
        Term("HOLDER", Label("户主信息", "Account holder"), ("S16.R16",)),
        Term("ADDRESS", Label("客户地址", "Address"), ("S16.R16",)),
        Term("TELEPHONE", Label("电话号码", "Telephone number"), ("S16.R16",)),
    ),
)

PHONE_KIND = Scheme(
    key="gas.phone_kind",
    version=1,
    label=Label("号码类别", "Kind of number"),
    description=Label("收集的固定电话、手机号码", "Landline or mobile number that was collected"),
    cites=("S16.R14", "S16.R16"),
    terms=(
        Term("MOBILE", Label("手机号码", "Mobile"), ("S16.R14",)),
        Term("LANDLINE", Label("固定电话", "Landline"), ("S16.R14",)),
    ),
)

CORRECTION_STATE = Scheme(
    key="gas.correction_state",
    version=1,
    label=Label("更正状态", "State of a correction"),
    description=Label("后台录单时更新后即为已录入", "Entered once the back office has updated the file"),
    cites=("S16.R16",),
    default=True,
    source=_OURS,
    terms=(
        Term("REGISTERED", Label("已登记,待录入", "Registered")),
        Term("ENTERED", Label("已录入", "Entered")),
    ),
)

JUDGEMENT_KIND = Scheme(
    key="gas.judgement",
    extends="judgement.kind",
    version=1,
    label=Label("人工认定事项", "What is judged"),
    description=Label("由录入人以外的人与单据核对", "Compared with the slip by somebody else than who entered it"),
    cites=("S16.R19",),
    terms=(
        Term("GAS_SLIP_AS_WRITTEN", Label("系统内容与单据一致", "The system says what the slip says"), ("S16.R19",)),
    ),
)

RELATIONSHIP_KIND = Scheme(
    key="gas.relationship",
    extends="relationship.kind",
    version=1,
    label=Label("燃气用户关系", "Relationships of gas users"),
    description=Label("过户后的新户主", "Who holds the account after a transfer"),
    cites=("S16.R10",),
    terms=(Term("GAS_NEW_HOLDER", Label("过户后的新户主", "New holder after a transfer"), ("S16.R10",)),),
)

FILE_STATE = Scheme(
    key="gas.file_state",
    version=1,
    label=Label("用户档案完整性", "Completeness of the user file"),
    description=Label("客户基本信息是否齐全", "Whether the basic information is all there"),
    cites=("S16.R05",),
    default=True,
    source=Label("办法列明五项基本信息;等级名称为系统默认值", "S16 names five parts; the names of states are ours"),
    terms=(
        Term("INCOMPLETE", Label("档案不完整", "Incomplete"), ("S16.R05",)),
        Term("COMPLETE", Label("档案完整", "Complete"), ("S16.R05",)),
        Term("NO_GAS_USER", Label("非燃气用户", "Not a gas user")),
    ),
)

STAFF_POSITION = Scheme(
    key="gas.staff_position",
    extends="staff.position",
    version=1,
    label=Label("岗位", "Position"),
    description=Label("客服信息系统录入人员", "Data-entry staff of the customer-service system"),
    cites=("S16.R03",),
    terms=(Term("GAS_DATA_ENTRY", Label("客服信息系统录入人员", "Data-entry staff"), ("S16.R03",)),),
)

FILE_KIND = Scheme(
    key="gas.file_kind",
    extends="file.kind",
    version=1,
    label=Label("过户留存资料", "Copies kept of a transfer"),
    description=Label("作为更改依据留存的复印件", "Copies kept as the evidence of a transfer"),
    cites=("S16.R11",),
    terms=(
        Term("GAS_PROPERTY_CERTIFICATE", Label("已过户房产证复印件", "Transferred property certificate"), ("S16.R11",)),
        Term("GAS_OLD_HOLDER_ID", Label("老户主身份证复印件", "Identity card of the old holder"), ("S16.R11",)),
        Term("GAS_NEW_HOLDER_ID", Label("新户主身份证复印件", "Identity card of the new holder"), ("S16.R11",)),
    ),
)

SCHEMES = (
    *STANDARDS, ADDRESS_BASIS, USER_CATEGORY, USER_STATE, PHONE_CONFIRMATION, TRANSFER_CLEARANCE, CONTRACT_MARK,
    CONTRACT_TEXT, GREEN_FLAG_ORDERS, SOURCE_SYSTEM, SLIP, ORDER_KIND, ORDER_STATE, SLIP_ITEM, QUERY_STATE,
    CORRECTION_ITEM, PHONE_KIND, CORRECTION_STATE, JUDGEMENT_KIND, RELATIONSHIP_KIND, STAFF_POSITION, FILE_KIND,
    FILE_STATE,
)  # fmt: skip
