"""客户档案(S9)与客户信息登记(S15) — what the archive and the leads of a B2B seller hold.

The archive account (客户档案户头) is one `B2bArchive` for each customer; dealings and reports hang below it, so
that nothing is recorded for a customer without one. What a lead became hangs below its registration likewise.
"""

from __future__ import annotations

from kehu.plugin import (
    Category,
    Code,
    Count,
    Day,
    Flag,
    FreeText,
    Label,
    Moment,
    Money,
    Record,
    Reference,
    ShortText,
    field,
)

_ARCHIVE = "customer.archive"
_DEALING = "customer.dealing"
_LEAD = "customer.lead"

ARCHIVE = Record(
    name="B2bArchive",
    label=Label("客户档案", "Customer archive"),
    description=Label(
        "客户档案户头:性质、需求和市场地位;交往与报告归入其下",
        "The archive account: nature, need and market position; dealings and reports go below it",
    ),
    accessor="b2b",
    single=True,
    area=_ARCHIVE,
    cites=("S9.R03", "S9.R12", "S9.R13", "S9.R16"),
    fields=(
        field("number", ShortText, "档案编号", "Archive number", cites=("S9.R16",), area=_ARCHIVE, filterable=True),
        field("nature", Code, "客户性质", "Nature", cites=("S9.R12",), required=True, scheme="b2b.nature",
              area=_ARCHIVE, filterable=True),
        field("marketPosition", Code, "市场地位", "Market position", cites=("S9.R14",), scheme="b2b.market_position",
              area=_ARCHIVE, filterable=True),
        field("needCharacteristic", Code, "需求特点", "Character of the need", cites=("S9.R13",),
              scheme="b2b.need_characteristic", area=_ARCHIVE, filterable=True),
        field("needManner", Code, "需求方式", "Manner of the need", cites=("S9.R13",), scheme="b2b.need_manner",
              area=_ARCHIVE, filterable=True),
        field("needVolume", Code, "需求量", "Volume of the need", cites=("S9.R13",), scheme="b2b.need_volume",
              area=_ARCHIVE, filterable=True),
        field("specification", FreeText, "定制要求", "Specification", cites=("S9.R13",)),
        field("projectDescription", FreeText, "工程项目说明", "The project", cites=("S9.R13",)),
        field("frameworkUntil", Day, "框架协议有效期至", "Framework agreement until", cites=("S9.R13",), area=_ARCHIVE),
        field("tenderRules", FreeText, "招标要求", "Rules of the tender", cites=("S9.R13",)),
        field("supplyPlan", FreeText, "供货计划", "Supply plan", cites=("S9.R13",)),
        field("procurementBody", ShortText, "采购主管部门", "Procurement authority", cites=("S9.R13",), area=_ARCHIVE),
        field("specialBusiness", FreeText, "特殊业务内容", "The special business", cites=("S9.R13",)),
        field("cooperation", FreeText, "合作内容", "The cooperation", cites=("S9.R13",)),
    ),
)  # fmt: skip

DEALING = Record(
    name="B2bDealing",
    label=Label("业务交往", "Dealing"),
    description=Label("与本公司的业务交往,只能以后一条更正", "A dealing with us; corrected by a later one only"),
    parent="B2bArchive",
    accessor="dealings",
    append_only=True,
    newest_first=True,
    area=_DEALING,
    cites=("S9.R08", "S9.R16", "S9.R21"),
    fields=(
        field("kind", Code, "类别", "Kind", cites=("S9.R21",), required=True, scheme="b2b.dealing_kind", area=_DEALING,
              filterable=True),
        field("occurredOn", Day, "日期", "Date", cites=("S9.R21",), required=True, area=_DEALING, filterable=True),
        field("amount", Money, "金额", "Amount", cites=("S9.R14",)),
        field("description", FreeText, "情况", "What happened", cites=("S9.R21",)),
        field("staff", Reference, "经办人", "Handled by", cites=("S9.R21",), refers_to="Staff", area=_DEALING),
    ),
)  # fmt: skip

PERIOD_REPORT = Record(
    name="B2bPeriodReport",
    label=Label("业绩和财务状况报告", "Report on performance or financial position"),
    description=Label("按年度、季度积累,只能以后一份更正", "Accumulates by year and quarter; corrected by a later one"),
    parent="B2bArchive",
    accessor="periodReports",
    append_only=True,
    newest_first=True,
    area=_ARCHIVE,
    cites=("S9.R22",),
    fields=(
        field("kind", Code, "报告类别", "Kind", cites=("S9.R22",), required=True, scheme="b2b.report", area=_ARCHIVE,
              filterable=True),
        field("year", Count, "年份", "Year", cites=("S9.R22",), required=True, area=_ARCHIVE, filterable=True),
        field("period", Code, "期间", "Period", cites=("S9.R22",), required=True, scheme="b2b.period", area=_ARCHIVE,
              filterable=True),
        field("sales", Money, "本期交易额", "Trade with us in the period", cites=("S9.R22",)),
        field("revenue", Money, "营业收入", "Revenue", cites=("S9.R22",)),
        field("profit", Money, "利润", "Profit", cites=("S9.R22",)),
        field("assets", Money, "资产总额", "Assets", cites=("S9.R22",)),
        field("liabilities", Money, "负债总额", "Liabilities", cites=("S9.R22",)),
        field("summary", FreeText, "报告摘要", "Summary", cites=("S9.R22",), required=True),
    ),
)  # fmt: skip

LEAD = Record(
    name="B2bLead",
    label=Label("客户信息", "Lead"),
    description=Label("登记的客户信息及其来源", "Customer information as registered, with its source"),
    accessor="b2bLeads",
    root="b2bLeads",
    newest_first=True,
    same_by=("number",),
    area=_LEAD,
    cites=("S15.R13", "S15.R15"),
    fields=(
        field("number", ShortText, "信息编号", "Number", cites=("S15.R17",), required=True, area=_LEAD,
              filterable=True),
        field("source", Code, "信息来源", "Source", cites=tuple(f"S15.R{n:02}" for n in range(3, 13)), required=True,
              scheme="b2b.lead_source", area=_LEAD, filterable=True),
        field("receivedAt", Moment, "接洽时间", "Received at", cites=("S15.R15",), required=True, area=_LEAD,
              filterable=True, orderable=True),
        field("request", FreeText, "咨询要求", "Request", cites=("S15.R15", "S15.R17"), required=True),
        field("registeredBy", Reference, "登记人", "Registered by", cites=("S15.R17",), refers_to="Staff", area=_LEAD),
        field("marketer", Reference, "跟进人员", "Marketer", cites=("S15.R17",), refers_to="Staff", area=_LEAD,
              filterable=True),
        field("passedOnBy", Reference, "信息提供人", "Passed on by", cites=("S15.R06",), refers_to="Staff", area=_LEAD,
              filterable=True),
        field("department", Reference, "提供部门", "Department", cites=("S15.R07",), refers_to="OrganisationUnit",
              area=_LEAD, filterable=True),
        field("productUse", Code, "产品使用情况", "Use of our products", cites=("S15.R08",), scheme="b2b.product_use",
              area=_LEAD, filterable=True),
        field("eventKind", Code, "会议类别", "Kind of event", cites=("S15.R09",), scheme="b2b.event", area=_LEAD,
              filterable=True),
        field("event", ShortText, "会议名称", "Event", cites=("S15.R09",), area=_LEAD, filterable=True),
        field("medium", Code, "媒体类别", "Kind of medium", cites=("S15.R11",), scheme="b2b.medium", area=_LEAD,
              filterable=True),
        field("publication", ShortText, "媒体名称", "Publication", cites=("S15.R11",), area=_LEAD, filterable=True),
        field("channel", ShortText, "其他渠道说明", "The other channel", cites=("S15.R12",), area=_LEAD,
              filterable=True),
        field("contactAnswer", Code, "联系人(询问结果)", "Contact person: asked", cites=("S15.R18",),
              scheme="b2b.answer", area=_LEAD),
        field("organisationAnswer", Code, "单位名称(询问结果)", "Organisation: asked", cites=("S15.R18",),
              scheme="b2b.answer", area=_LEAD),
        field("telephoneAnswer", Code, "联系电话(询问结果)", "Telephone: asked", cites=("S15.R18",),
              scheme="b2b.answer", area=_LEAD),
        field("addressAnswer", Code, "地址(询问结果)", "Address: asked", cites=("S15.R18",), scheme="b2b.answer",
              area=_LEAD),
    ),
)  # fmt: skip

RESPONSE = Record(
    name="B2bResponse",
    label=Label("应答结果", "Answer to a lead"),
    description=Label("应答结果反馈表的一份,归入所登记的客户信息", "A feedback form, below the lead it answers"),
    parent="B2bLead",
    accessor="responses",
    append_only=True,
    newest_first=True,
    area=_LEAD,
    cites=("S15.R13", "S15.R25"),
    fields=(
        field("marketer", Reference, "应答人", "Answered by", cites=("S15.R25",), refers_to="Staff", area=_LEAD),
        field("answeredAt", Moment, "应答时间", "Answered at", cites=("S15.R21", "S15.R25"), required=True, area=_LEAD,
              filterable=True),
        field("answer", FreeText, "应答内容", "Answer", cites=("S15.R25",), required=True),
        field("technical", Code, "技术问题", "Technical question", cites=("S15.R23", "S15.R24"), required=True,
              scheme="b2b.technical", area=_LEAD, filterable=True),
        field("customerTold", Flag, "已向客户说明", "The customer was told", cites=("S15.R23",), area=_LEAD),
        field("engineer", Reference, "技术支持工程师", "Engineer", cites=("S15.R23",), refers_to="Staff", area=_LEAD),
        field("promisedAt", Moment, "承诺答复时间", "Answer promised by", cites=("S15.R24",), area=_LEAD,
              filterable=True),
        field("result", Code, "结果", "Result", cites=("S15.R25",), required=True, scheme="b2b.response_result",
              area=_LEAD, filterable=True),
    ),
)  # fmt: skip

PROGRESS = Record(
    name="B2bProgressEntry",
    label=Label("开发进度", "Progress"),
    description=Label("客户开发进度表各分表的一行", "A row of one of the development progress tables"),
    parent="B2bLead",
    accessor="progress",
    append_only=True,
    newest_first=True,
    area=_LEAD,
    cites=("S15.R13", "S15.R26"),
    fields=(
        field("stage", Code, "开发阶段", "Stage", cites=("S15.R26",), required=True, scheme="b2b.stage", area=_LEAD,
              filterable=True),
        field("weekOf", Day, "所属周(周一日期)", "Week, by its Monday", cites=("S15.R26",), required=True, area=_LEAD,
              filterable=True),
        field("marketer", Reference, "跟进人员", "Marketer", cites=("S15.R26",), refers_to="Staff", area=_LEAD,
              filterable=True),
        field("activity", FreeText, "本周跟进情况", "Activity of the week", cites=("S15.R26",), required=True),
        field("nextStep", FreeText, "下步计划", "Next step", cites=("S15.R26",)),
        field("probability", Code, "成交可能性", "Probability", cites=("S15.R26",), scheme="b2b.probability",
              area=_LEAD, categories=(Category.S3_DERIVED,), filterable=True),
        field("amount", Money, "金额", "Amount", cites=("S15.R26",)),
        field("decidedBy", FreeText, "客户决策人", "Who decides at the customer's", cites=("S15.R26",)),
        field("contractOn", Day, "签约日期", "Contract on", cites=("S15.R26",), area=_LEAD),
        field("endReason", Code, "终止原因", "Reason for ending", cites=("S15.R18", "S15.R26"), scheme="b2b.end_reason",
              area=_LEAD, filterable=True),
    ),
)  # fmt: skip

RECORDS = (ARCHIVE, DEALING, PERIOD_REPORT, LEAD, RESPONSE, PROGRESS)
