"""工单和通知单(S16 3.2):按单据实际内容维护,存疑反馈。"""

from __future__ import annotations

from kehu.plugin import Code, Day, FreeText, Label, Record, Reference, ShortText, field
from kehu_gas.scopes import ORDER_AREA

WORK_ORDER = Record(
    name="GasWorkOrder",
    label=Label("工单或通知单", "Work order or notice"),
    description=Label("与单据填写内容一致的工单、通知单", "A work order or notice, as its slip says"),
    parent="GasAccount",
    accessor="workOrders",
    root="gasWorkOrders",
    area=ORDER_AREA,
    same_by=("sourceSystem", "number"),
    cites=("S16.R18", "S16.R19", "S16.R22"),
    fields=(
        field("slip", Code, "单据", "Slip", cites=("S16.R19",), required=True, scheme="gas.slip", area=ORDER_AREA,
              filterable=True),
        field("sourceSystem", Code, "来源系统", "Source system", cites=("S16.R18",), required=True,
              scheme="gas.source_system", area=ORDER_AREA, filterable=True),
        field("number", ShortText, "单据编号", "Number", cites=("S16.R18",), required=True, area=ORDER_AREA,
              filterable=True),
        field("kind", Code, "单据种类", "Kind", cites=("F-86",), required=True, scheme="gas.order_kind",
              area=ORDER_AREA, filterable=True),
        field("openedOn", Day, "开单日期", "Opened on", cites=("S16.R24",), required=True, area=ORDER_AREA,
              filterable=True, orderable=True),
        field("content", FreeText, "单据内容", "Content of the slip", cites=("S16.R19",), required=True,
              area=ORDER_AREA),
        field("resultItem", Code, "处理结果栏", "Result on the slip", cites=("S16.R22",), required=True,
              scheme="gas.slip_item", area=ORDER_AREA),
        field("result", FreeText, "处理结果", "Result", cites=("S16.R19", "S16.R22"), area=ORDER_AREA),
        field("remarkItem", Code, "备注栏", "Remarks on the slip", cites=("S16.R22",), required=True,
              scheme="gas.slip_item", area=ORDER_AREA),
        field("remark", FreeText, "备注", "Remarks", cites=("S16.R19", "S16.R22"), area=ORDER_AREA),
        field("state", Code, "状态", "State", cites=("S16.R23", "S16.R24"), required=True, default="OPEN",
              scheme="gas.order_state", area=ORDER_AREA, filterable=True),
    ),
)  # fmt: skip

SLIP_QUERY = Record(
    name="GasSlipQuery",
    label=Label("单据疑问", "Query about a slip"),
    description=Label("对单据填写内容的疑问,反馈给相关人员,限期回复", "A doubt about a slip, for the person concerned"),
    parent="GasWorkOrder",
    accessor="queries",
    area=ORDER_AREA,
    cites=("S16.R20", "S16.R21"),
    fields=(
        field("doubt", FreeText, "疑问", "Doubt", cites=("S16.R20",), required=True, area=ORDER_AREA),
        field("concerned", Reference, "相关人员", "Person concerned", cites=("S16.R20",), required=True,
              refers_to="Staff", area=ORDER_AREA, filterable=True),
        field("replyBy", Day, "应回复日期", "Reply by", cites=("S16.R21",), required=True, area=ORDER_AREA,
              filterable=True),
        field("state", Code, "状态", "State", cites=("S16.R20",), required=True, default="OPEN",
              scheme="gas.query_state", area=ORDER_AREA, filterable=True),
        field("reply", FreeText, "回复", "Reply", cites=("S16.R20",), area=ORDER_AREA),
    ),
)  # fmt: skip

ORDERS = (WORK_ORDER, SLIP_QUERY)
