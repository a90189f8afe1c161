"""Core records, third part: what a customer holds, what was done with it, and every contact and change in between."""

from __future__ import annotations

from kehu.labels import Label
from kehu.policy import Category
from kehu.records import Record, field
from kehu.vocabulary import Code, Day, FreeText, HoldingNumber, Moment, Money, Reference, ShortText, TransactionAmount

_TRANSACTION = (Category.S1_TRANSACTION, Category.S3_TRANSACTION, Category.S5_FINANCIAL, Category.S7_ACCOUNT)

HOLDING = Record(
    name="Holding",
    label=Label("持有", "Holding"),
    description=Label("客户持有的产品:物业、账户、合同等", "What a customer holds: property, account, contract"),
    accessor="holdings",
    cites=("S1.R04", "S7.R07"),
    area="customer.holding",
    fields=(
        field("kind", Code, "类别", "Kind", required=True, scheme="holding.kind", filterable=True,
              area="customer.holding"),
        field("status", Code, "状态", "Status", required=True, scheme="holding.status", filterable=True,
              default="ACTIVE", area="customer.holding"),
        field("product", ShortText, "产品", "Product", cites=("S1.R04",), filterable=True, area="customer.holding",
              categories=(Category.S1_PRODUCT,)),
        field("number", HoldingNumber, "编号", "Number"),
        field("amount", Money, "金额", "Amount", cites=("S17.R22",)),
        field("openedOn", Day, "成交日期", "Opened on", area="customer.holding", filterable=True),
        field("closedOn", Day, "终止日期", "Closed on", area="customer.holding"),
        field("externalSystem", ShortText, "来源系统", "Source system", cites=("S17.R23",), area="customer.holding"),
        field("externalId", ShortText, "来源编号", "Number in the source system", cites=("S17.R23",), filterable=True,
              area="customer.holding"),
    ),
)  # fmt: skip

TRANSACTION = Record(
    name="Transaction",
    label=Label("交易", "Transaction"),
    description=Label("持有的产品上发生的一笔交易", "What happened on a holding: a payment, a purchase"),
    parent="Holding",
    accessor="transactions",
    append_only=True,
    newest_first=True,
    area="customer.transaction",
    cites=("S1.R04", "S3.R06"),
    fields=(
        field("kind", Code, "类别", "Kind", required=True, scheme="transaction.kind", filterable=True,
              area="customer.transaction", categories=_TRANSACTION),
        field("amount", TransactionAmount, "金额", "Amount", cites=("S3.R06",)),
        field("occurredAt", Moment, "时间", "Occurred at", required=True, filterable=True,
              area="customer.transaction", categories=_TRANSACTION),
        field("channel", Code, "渠道", "Channel", cites=("S1.R04",), scheme="transaction.channel", filterable=True,
              area="customer.transaction", categories=(Category.S1_CHANNEL, Category.S3_TRANSACTION)),
        field("externalId", ShortText, "来源编号", "Number in the source system", filterable=True,
              area="customer.transaction"),
        field("note", FreeText, "说明", "Note", area="customer.transaction", categories=_TRANSACTION),
    ),
)  # fmt: skip

INTERACTION = Record(
    name="Interaction",
    label=Label("接触", "Interaction"),
    description=Label("来访、来电等", "A visit or a call"),
    accessor="interactions",
    root="interactions",
    append_only=True,
    newest_first=True,
    cites=("S17.R20", "S17.R21"),
    fields=(
        field("kind", Code, "方式", "Kind", required=True, scheme="interaction.kind", filterable=True),
        field("occurredAt", Moment, "时间", "Occurred at", required=True, filterable=True, orderable=True),
        field("staff", Reference, "接待人", "Received by", refers_to="Staff", filterable=True),
        field("summary", FreeText, "情况", "Summary"),
        field("origin", ShortText, "登记来源", "Registered from", written_by_system=True),
    ),
)

FOLLOW_UP = Record(
    name="FollowUp",
    label=Label("跟进", "Follow-up"),
    description=Label("回访、跟进的计划和结果", "Whom to contact again, and what came of it"),
    accessor="followUps",
    newest_first=True,
    cites=("S7.R07",),
    fields=(
        field("method", Code, "方式", "Method", required=True, scheme="followup.method", filterable=True,
              categories=(Category.S7_SERVICE,)),
        field("plannedFor", Day, "计划日期", "Planned for", filterable=True, categories=(Category.S7_SERVICE,)),
        field("doneAt", Moment, "完成时间", "Done at", filterable=True, categories=(Category.S7_SERVICE,)),
        field("staff", Reference, "跟进人", "By", refers_to="Staff", filterable=True),
        field("content", FreeText, "内容", "Content"),
        field("result", FreeText, "结果", "Result"),
    ),
)  # fmt: skip

CHANGE_EVENT = Record(
    name="ChangeEvent",
    label=Label("重大变动", "Change event"),
    description=Label("客户的重大变动事项,只能追加", "A major change at the customer; rows are only ever added"),
    accessor="changeEvents",
    append_only=True,
    newest_first=True,
    cites=("S9.R21",),
    fields=(
        field("kind", Code, "事项", "Kind", required=True, scheme="change.kind", filterable=True, cites=("S9.R21",)),
        field("occurredOn", Day, "发生日期", "Occurred on", required=True, filterable=True, cites=("S9.R21",)),
        field("description", FreeText, "情况", "Description", required=True, cites=("S9.R21",)),
    ),
)

DEALINGS = (HOLDING, TRANSACTION, INTERACTION, FOLLOW_UP, CHANGE_EVENT)
