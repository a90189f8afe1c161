"""表单 — S9:按客户性质分设的档案、业务交往、重大变动、业绩报告;S15:咨询登记、应答反馈、开发进度。

S9 names the archive's fields (Art.7); which of them each nature needs, and what need and its manner add, are ours.
The three annexed forms of S15 are lost: their columns are ours too.
"""

from __future__ import annotations

from kehu.plugin import Form, FormField, Label, Linked, Section, When
from kehu_b2b.templates import TEMPLATES

_NUMBER = FormField("archiveNumber", "B2bArchive.number", required=True, synonyms=("档案号", "客户编号"))
_LEAD_NUMBER = FormField("leadNumber", "B2bLead.number", required=True, synonyms=("编号", "登记编号"))

BUSINESS_DEALING = Form(
    key="b2b.business_dealing",
    version=1,
    label=Label("业务交往记录", "Dealing"),
    description=Label("与本公司的业务交往,记入客户档案(第八条(二))", "A dealing with us goes into the archive"),
    cites=("S9.R16", "S9.R21"),
    about="B2bArchive.number",
    fields=(
        _NUMBER,
        FormField(
            "kind", "B2bDealing.kind", required=True, synonyms=("交往类别", "事项"), words=(("结算", "SETTLEMENT"),)
        ),
        FormField("occurredOn", "B2bDealing.occurredOn", required=True, synonyms=("交往日期", "发生日期")),
        FormField("amount", "B2bDealing.amount", synonyms=("交易金额", "订货金额")),
        FormField("description", "B2bDealing.description", synonyms=("内容", "说明")),
        FormField("staff", "B2bDealing.staff", synonyms=("经办", "工号")),
    ),
)
MAJOR_CHANGE = Form(
    key="b2b.major_change",
    version=1,
    label=Label("重大变动记录", "Major change"),
    description=Label("客户的重大变动事项,记入客户档案(第八条(二))", "A major change goes into the archive"),
    cites=("S9.R21",),
    about="B2bArchive.number",
    fields=(
        _NUMBER,
        FormField("kind", "ChangeEvent.kind", required=True, label=Label("变动事项", "Change"), synonyms=("事项",)),
        FormField("occurredOn", "ChangeEvent.occurredOn", required=True, label=Label("变动日期", "Date of the change")),
        FormField("description", "ChangeEvent.description", required=True, label=Label("变动内容", "What changed")),
    ),
)
PERIOD_REPORT = Form(
    key="b2b.report_filing",
    version=1,
    label=Label("业绩和财务状况报告", "Performance and financial position"),
    description=Label("年度、季度积累(第八条(三))", "Accumulated each year and quarter"),
    cites=("S9.R22",),
    about="B2bArchive.number",
    fields=(
        _NUMBER,
        FormField("kind", "B2bPeriodReport.kind", required=True, words=(("业绩", "PERFORMANCE"),)),
        FormField("year", "B2bPeriodReport.year", required=True, synonyms=("年度份",)),
        FormField("period", "B2bPeriodReport.period", required=True, words=(("全年", "YEAR"),)),
        FormField("sales", "B2bPeriodReport.sales", required=True, when=When("kind", "PERFORMANCE")),
        FormField("revenue", "B2bPeriodReport.revenue", when=When("kind", "PERFORMANCE")),
        FormField("profit", "B2bPeriodReport.profit", when=When("kind", "PERFORMANCE")),
        FormField("assets", "B2bPeriodReport.assets", required=True, when=When("kind", "FINANCIAL_POSITION")),
        FormField("liabilities", "B2bPeriodReport.liabilities", required=True, when=When("kind", "FINANCIAL_POSITION")),
        FormField("summary", "B2bPeriodReport.summary", required=True),
    ),
)

# S15 四(一)2:咨询客户信息登记表,逐项询问;不愿透露的项目如实记为「不愿透露」
_ASKED = (
    ("name", "organisationAnswer", "Customer.organisationName", Label("单位名称", "Organisation")),
    ("telephone", "telephoneAnswer", "ContactPoint.mobile", Label("联系电话", "Telephone")),
    ("address", "addressAnswer", "Address.value", Label("地址", "Address")),
)
_FROM_SOURCE = (
    FormField("passedOnBy", "B2bLead.passedOnBy", required=True, when=When("source", "PASSED_ON"),
              synonyms=("信息来源人",)),
    FormField("department", "B2bLead.department", required=True, when=When("source", "DEPARTMENT"),
              synonyms=("来源部门",)),
    FormField("productUse", "B2bLead.productUse", required=True, when=When("source", "PRODUCT_USER")),
    FormField("eventKind", "B2bLead.eventKind", required=True, when=When("source", "EVENT")),
    FormField("event", "B2bLead.event", required=True, when=When("source", "EVENT"), synonyms=("展会名称",)),
    Linked(
        "referredBy",
        Label("介绍信息的现有客户", "The customer who told of it"),
        "REFERRED_BY",
        (
            FormField("telephone", "ContactPoint.mobile", required=True, label=Label("其手机", "His mobile")),
            FormField("name", "Customer.name", label=Label("其姓名", "His name")),
        ),
        constants=(("ContactPoint.kind", "MOBILE"),),
        at_least=1,
        at_most=1,
        when=When("source", "REFERRAL"),
    ),
    FormField("medium", "B2bLead.medium", required=True, when=When("source", "MEDIA")),
    FormField("publication", "B2bLead.publication", required=True, when=When("source", "MEDIA")),
    FormField("channel", "B2bLead.channel", required=True, when=When("source", "OTHER")),
)  # fmt: skip
_SOURCE_WORDS = (
    ("热线电话", "HOTLINE"), ("网站", "WEBSITE"), ("公众号", "WEBSITE"), ("来公司考察", "SITE_VISIT"),
    ("公司内部人员", "PASSED_ON"), ("其他部门", "DEPARTMENT"), ("老用户", "PRODUCT_USER"), ("展会", "EVENT"),
    ("客户介绍", "REFERRAL"), ("互联网", "MEDIA"), ("其他渠道", "OTHER"),
)  # fmt: skip

INQUIRY = Form(
    key="b2b.inquiry",
    version=1,
    label=Label("咨询客户信息登记表", "Inquiry registration"),
    description=Label(
        "市场部内勤逐项询问和登记;原表缺失,各栏为系统默认", "Asked and registered item by item; the columns are ours"
    ),
    cites=("S9.R02", "S15.R13", "S15.R15", "S15.R17", "S15.R18", *(f"S15.R{n:02}" for n in range(3, 13))),
    fields=(
        _LEAD_NUMBER,
        FormField("receivedAt", "B2bLead.receivedAt", required=True, synonyms=("时间", "咨询时间")),
        FormField("source", "B2bLead.source", required=True, synonyms=("来源", "客户来源"), words=_SOURCE_WORDS),
        *_FROM_SOURCE,
        FormField("contactAnswer", "B2bLead.contactAnswer", required=True),
        *(FormField(answer, f"B2bLead.{answer}", required=True) for _, answer, _, _ in _ASKED),
        Linked(
            "contact",
            Label("联系人", "Contact person"),
            "CONTACT_PERSON",
            (FormField("name", "Customer.name", required=True, label=Label("联系人姓名", "Contact's name")),),
            at_least=1,
            at_most=1,
            when=When("contactAnswer", "GIVEN"),
        ),
        *(
            FormField(name, to, required=True, label=label, when=When(answer, "GIVEN"))
            for name, answer, to, label in _ASKED
        ),
        FormField("nature", "B2bArchive.nature", required=True),
        FormField("request", "B2bLead.request", required=True, synonyms=("咨询内容", "客户需求")),
        FormField("registeredBy", "B2bLead.registeredBy", synonyms=("登记", "登记人工号")),
        FormField("marketer", "B2bLead.marketer", synonyms=("指定人员",)),
    ),
    constants=(
        ("Customer.kind", "ORGANISATION"),
        ("Customer.stage", "PROSPECT"),
        ("ContactPoint.kind", "MOBILE"),
        ("Address.kind", "WORK"),
    ),
    sections=(
        Section(
            "registration",
            Label("登记", "Registration"),
            ("leadNumber", "receivedAt", "source", *(each.name for each in _FROM_SOURCE), "registeredBy", "marketer"),
        ),
        Section(
            "items",
            Label("逐项询问", "Asked item by item"),
            ("contactAnswer", "contact", *(each for name, answer, _, _ in _ASKED for each in (answer, name))),
        ),
        Section("need", Label("需求", "Need"), ("nature", "request")),
    ),
)
FEEDBACK = Form(
    key="b2b.feedback",
    version=1,
    label=Label("市场部客户信息应答结果反馈表", "Response feedback"),
    description=Label("附件一;原表缺失,各栏为系统默认", "Annex 1, which is lost; the columns are ours"),
    cites=("S15.R13", "S15.R23", "S15.R24", "S15.R25"),
    about="B2bLead.number",
    fields=(
        _LEAD_NUMBER,
        FormField("marketer", "B2bResponse.marketer", synonyms=("市场部人员",)),
        FormField("answeredAt", "B2bResponse.answeredAt", required=True),
        FormField("answer", "B2bResponse.answer", required=True, synonyms=("答复内容",)),
        FormField("technical", "B2bResponse.technical", required=True),
        FormField("customerTold", "B2bResponse.customerTold", required=True,
                  when=When("technical", "ENGINEER", "PROMISED")),
        FormField("engineer", "B2bResponse.engineer", required=True, when=When("technical", "ENGINEER")),
        FormField("promisedAt", "B2bResponse.promisedAt", required=True, when=When("technical", "PROMISED")),
        FormField("result", "B2bResponse.result", required=True),
    ),
)  # fmt: skip


def _progress(stage: str, zh: str, en: str, *own: FormField) -> Form:
    """One sub-table of the development progress tables."""
    return Form(
        key=f"b2b.progress_{stage.lower()}",
        version=1,
        label=Label(f"市场部客户开发进度表:{zh}", f"Development progress: {en}"),
        description=Label("附件二的分表;原表缺失,各栏为系统默认", "A sub-table of annex 2, lost; the columns are ours"),
        cites=("S15.R13", "S15.R26", *(("S15.R18",) if stage == "ENDED" else ())),
        about="B2bLead.number",
        fields=(
            _LEAD_NUMBER,
            FormField("weekOf", "B2bProgressEntry.weekOf", required=True, synonyms=("周次",)),
            FormField("marketer", "B2bProgressEntry.marketer", required=True),
            FormField("activity", "B2bProgressEntry.activity", required=True, synonyms=("跟进情况",)),
            *own,
        ),
        constants=(("B2bProgressEntry.stage", stage),),
    )


_NEXT = FormField("nextStep", "B2bProgressEntry.nextStep", required=True, synonyms=("下一步",))
_CHANCE = FormField("probability", "B2bProgressEntry.probability", required=True)
_AMOUNT = FormField("amount", "B2bProgressEntry.amount", required=True, synonyms=("预计金额", "报价", "合同金额"))
PROGRESS = (
    _progress("CONTACT", "接洽", "contact",
              FormField("decidedBy", "B2bProgressEntry.decidedBy", required=True), _CHANCE, _NEXT),
    _progress("OFFER", "方案与报价", "proposal and offer", _AMOUNT, _CHANCE, _NEXT),
    _progress("CONTRACT", "签约", "contract", _AMOUNT,
              FormField("contractOn", "B2bProgressEntry.contractOn", required=True)),
    _progress("ENDED", "终止开发", "ended", FormField("endReason", "B2bProgressEntry.endReason", required=True)),
)  # fmt: skip

FORMS = (*TEMPLATES, BUSINESS_DEALING, MAJOR_CHANGE, PERIOD_REPORT, INQUIRY, FEEDBACK, *PROGRESS)
