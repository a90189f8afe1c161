"""投保、理赔、保全:三张表单 — only what each occasion needs, and health only where the product asks for it."""

from __future__ import annotations

from kehu.plugin import Form, FormField, Label, Linked, Section, When

_MOBILE = ("电话", "手机", "手机号", "手机号码", "联系方式", "Mobile", "Phone", "Tel")
_ON_LIFE = When("product", "LIFE", "HEALTH", "ACCIDENT", "ANNUITY")
"""Insurances of persons; nobody's health matters for a motor or property policy (S5.R06, F-84)."""

POLICY_REFERENCE = FormField(
    "policyReference", "Holding.externalId", label=Label("保单系统编号", "Policy reference"),
    synonyms=("保单编号", "系统编号", "Reference"),
)  # fmt: skip
CONSTANTS = (
    ("Customer.kind", "PERSON"),
    ("Customer.stage", "ACTIVE"),
    ("ContactPoint.kind", "MOBILE"),
    ("Holding.kind", "POLICY"),
    ("Holding.externalSystem", "POLICY_SYSTEM"),
)
_POLICYHOLDER = (
    FormField("name", "Customer.name", required=True, label=Label("投保人姓名", "Policyholder"),
              synonyms=("姓名", "投保人", "客户姓名", "Name")),
    FormField("mobile", "ContactPoint.mobile", required=True, label=Label("联系电话", "Telephone"), synonyms=_MOBILE),
)  # fmt: skip

APPLICATION = Form(
    key="insurance.application",
    version=1,
    label=Label("投保单", "Application"),
    description=Label("投保人、被保险人、受益人、保单与健康告知", "Policyholder, parties, policy, health"),
    cites=("S5.R01", "S5.R02", "S5.R03", "S5.R04"),
    fields=(
        *_POLICYHOLDER,
        FormField("sex", "Customer.sex", words=(("先生", "MALE"), ("女士", "FEMALE"))),
        FormField("birthDate", "Customer.birthDate", required=True, synonyms=("生日", "出生年月日")),
        FormField("documentKind", "IdentityDocument.kind", required=True, label=Label("证件种类", "Document"),
                  synonyms=("证件类型",)),
        FormField("residentId", "IdentityDocument.residentId", required=True, synonyms=("身份证号", "身份证号码"),
                  when=When("documentKind", "RESIDENT_ID")),
        FormField("passport", "IdentityDocument.passport", required=True, when=When("documentKind", "PASSPORT")),
        FormField("address", "Address.value", required=True, label=Label("联系地址", "Address"), synonyms=("地址",)),
        FormField("product", "InsurancePolicy.product", required=True, synonyms=("产品", "险别")),
        POLICY_REFERENCE,
        FormField("appliedOn", "Holding.openedOn", required=True, label=Label("投保日期", "Applied on")),
        FormField("coversFrom", "InsurancePolicy.coversFrom", synonyms=("生效日期",)),
        FormField("coversUntil", "InsurancePolicy.coversUntil", synonyms=("终止日期",)),
        FormField("paymentMode", "InsurancePolicy.paymentMode", synonyms=("缴费方式",)),
        FormField("sumInsured", "InsurancePolicy.sumInsured", required=True, synonyms=("保额",)),
        FormField("premium", "InsurancePolicy.premium", required=True, synonyms=("保费",)),
        FormField("bank", "InsuranceAccount.bank", required=True, synonyms=("银行",)),
        FormField("accountNumber", "InsuranceAccount.number", required=True, synonyms=("银行账号", "账户")),
        FormField("declaredOn", "InsuranceHealth.declaredOn", required=True, when=_ON_LIFE),
        FormField("condition", "InsuranceHealth.condition", required=True, when=_ON_LIFE, synonyms=("健康状况",)),
        FormField("history", "InsuranceHealth.history", when=_ON_LIFE, synonyms=("既往病史",)),
        Linked(
            "insured", Label("被保险人", "Insured"), "INSURED", at_most=10,
            fields=(
                FormField("name", "Customer.name", required=True, label=Label("姓名", "Name")),
                FormField("mobile", "ContactPoint.mobile", label=Label("联系电话", "Telephone")),
                FormField("birthDate", "Customer.birthDate"),
            ),
            constants=(("ContactPoint.kind", "MOBILE"),),
        ),
        Linked(
            "beneficiaries", Label("受益人", "Beneficiaries"), "BENEFICIARY", at_most=10, when=_ON_LIFE,
            fields=(
                FormField("name", "Customer.name", required=True, label=Label("姓名", "Name")),
                FormField("mobile", "ContactPoint.mobile", label=Label("联系电话", "Telephone")),
            ),
            constants=(("ContactPoint.kind", "MOBILE"),),
        ),
    ),
    constants=(
        *CONSTANTS,
        ("Address.kind", "CORRESPONDENCE"),
        ("InsurancePolicy.status", "APPLIED"),
        ("InsuranceHealth.occasion", "APPLICATION"),
    ),
    sections=(
        Section("policyholder", Label("投保人(个人信息)", "Policyholder (personal)"),
                ("name", "sex", "birthDate", "documentKind", "residentId", "passport", "mobile", "address")),
        Section("parties", Label("被保险人与受益人(个人信息)", "Insured and beneficiaries (personal)"),
                ("insured", "beneficiaries")),
        Section("policy", Label("保单(财务信息)", "Policy (financial)"),
                ("product", "policyReference", "appliedOn", "coversFrom", "coversUntil", "paymentMode", "sumInsured",
                 "premium", "bank", "accountNumber")),
        Section("health", Label("健康告知(健康信息)", "Health disclosure (health)"),
                ("declaredOn", "condition", "history")),
    ),
)  # fmt: skip

CLAIM = Form(
    key="insurance.claim_notice",
    version=1,
    label=Label("理赔申请", "Claim form"),
    description=Label("出险经过、申请金额、诊断", "What happened, what is claimed, the diagnosis"),
    cites=("S5.R03", "S5.R04"),
    fields=(
        *_POLICYHOLDER,
        POLICY_REFERENCE,
        FormField("reportedOn", "InsuranceClaim.reportedOn", required=True),
        FormField("occurredOn", "InsuranceClaim.occurredOn", required=True),
        FormField("kind", "InsuranceClaim.kind", required=True, synonyms=("理赔类型",)),
        FormField("narrative", "InsuranceClaim.narrative", required=True, synonyms=("经过",)),
        FormField("claimed", "InsuranceClaim.claimed", required=True, synonyms=("理赔金额",)),
        FormField("diagnosis", "InsuranceClaim.diagnosis", required=True, synonyms=("诊断",),
                  when=When("kind", "DISABILITY", "ILLNESS", "MEDICAL")),
    ),
    constants=(*CONSTANTS, ("InsuranceClaim.status", "REPORTED")),
)  # fmt: skip

CHANGE = Form(
    key="insurance.change_request",
    version=1,
    label=Label("保全申请", "Policy change form"),
    description=Label("客户要求的变更;只问该项变更所需的内容", "What the customer wants changed, and only that"),
    cites=("S5.R02", "S5.R19"),
    fields=(
        *_POLICYHOLDER,
        POLICY_REFERENCE,
        FormField("kind", "InsuranceChange.kind", required=True, synonyms=("变更项目",)),
        FormField("askedOn", "InsuranceChange.askedOn", required=True),
        FormField("address", "Address.value", required=True, label=Label("新地址", "New address"),
                  when=When("kind", "ADDRESS")),
        FormField("bank", "InsuranceAccount.bank", required=True, when=When("kind", "ACCOUNT")),
        FormField("accountNumber", "InsuranceAccount.number", required=True, when=When("kind", "ACCOUNT")),
        Linked(
            "beneficiaries", Label("新受益人", "New beneficiaries"), "BENEFICIARY", at_least=1, at_most=10,
            when=When("kind", "BENEFICIARY"),
            fields=(
                FormField("name", "Customer.name", required=True, label=Label("姓名", "Name")),
                FormField("mobile", "ContactPoint.mobile", label=Label("联系电话", "Telephone")),
            ),
            constants=(("ContactPoint.kind", "MOBILE"),),
        ),
        FormField("details", "InsuranceChange.details"),
    ),
    constants=(*CONSTANTS, ("Address.kind", "CORRESPONDENCE")),
)  # fmt: skip

FORMS = (APPLICATION, CLAIM, CHANGE)
