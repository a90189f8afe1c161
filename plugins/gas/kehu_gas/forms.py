"""录入表单 — household and commercial users, numbers, corrections, transfers, slips (S16 第3部分).

An entry form submitted again with the same account number renews what stands below the account. The forms about an
account are refused where nobody has its number.
"""

from __future__ import annotations

from kehu.plugin import Form, FormField, Group, Label, Linked, Section, When

ABOUT = "GasAccount.number"
NUMBER = FormField("number", ABOUT, required=True, synonyms=("用户号", "用户编号", "客户编号", "账户号", "Account"))
TELEPHONE = FormField(
    "telephone", "ContactPoint.mobile", required=True, label=Label("联系电话", "Telephone"),
    synonyms=("电话", "手机", "手机号", "手机号码", "Mobile", "Phone"),
)  # fmt: skip
CONFIRMED = (
    FormField("confirmation", "GasPhoneConfirmation.confirmation", required=True, synonyms=("电话确认", "是否确认"),
              words=(("是", "CONFIRMED"), ("已确认", "CONFIRMED"))),
    FormField("confirmedOn", "GasPhoneConfirmation.confirmedOn", required=True, synonyms=("电话确认日期",)),
)  # fmt: skip
STATE = FormField("state", "GasAccount.state", synonyms=("状态",))
_STANDARD = When("basis", "STANDARD")
ADDRESS = (
    FormField("basis", "GasServiceAddress.basis", required=True, words=(("标准地址", "STANDARD"),)),
    FormField("street", "GasServiceAddress.street", required=True, when=_STANDARD, synonyms=("街道名称", "Street")),
    FormField("community", "GasServiceAddress.community", required=True, when=_STANDARD,
              synonyms=("小区名称", "Community")),
    FormField("building", "GasServiceAddress.building", required=True, when=_STANDARD, synonyms=("楼号", "幢号", "栋")),
    FormField("entrance", "GasServiceAddress.entrance", required=True, when=_STANDARD, synonyms=("单元号",)),
    FormField("room", "GasServiceAddress.room", when=_STANDARD, synonyms=("房间号", "室")),
    FormField("written", "GasServiceAddress.written", required=True, when=When("basis", "USUAL_NAME", "CONTRACT"),
              synonyms=("常用地址", "详细地址")),
    FormField("position", "GasUnnamedAddress.position", required=True, when=When("basis", "UNNAMED"),
              synonyms=("位置号", "排列号")),
    FormField("companyName", "GasServiceAddress.companyName", synonyms=("企业命名",)),
    FormField("nameTold", "GasServiceAddress.nameTold", synonyms=("已宣传叫法",)),
)  # fmt: skip
METER = (
    FormField("meter", "GasInstalledMeter.number", required=True, label=Label("表号", "Meter number"),
              synonyms=("燃气表号", "表具号", "表钢号")),
    FormField("meterType", "GasInstalledMeter.type", required=True, synonyms=("表类型",)),
    FormField("manufacturer", "GasInstalledMeter.manufacturer", required=True, synonyms=("表计制造商", "厂家", "表厂")),
    FormField("brand", "GasInstalledMeter.brand", required=True, synonyms=("表计品牌",)),
    FormField("model", "GasInstalledMeter.model", required=True, synonyms=("表计型号", "规格型号")),
    FormField("installedOn", "GasInstalledMeter.installedOn", synonyms=("装表日期",)),
    FormField("replaceBy", "GasInstalledMeter.replaceBy", synonyms=("到期日期",)),
    FormField("startReading", "GasInstalledMeter.startReading", synonyms=("起始读数", "底数")),
)  # fmt: skip
EQUIPMENT = (
    FormField("equipment", "GasUserEquipment.kind", required=True, synonyms=("设备名称", "燃具")),
    FormField("equipmentCount", "GasUserEquipment.count", synonyms=("设备数量",)),
)
_ENTERED = (("Customer.stage", "ACTIVE"), ("ContactPoint.kind", "MOBILE"))


def _names(*parts: tuple[FormField, ...]) -> tuple[str, ...]:
    return tuple(each.name for part in parts for each in part)


HOUSEHOLD = Form(
    key="gas.household",
    version=1,
    label=Label("居民用户录入", "Entry of a household"),
    description=Label("录入居民用户的地址、姓名、联系电话、燃气表和设备", "Address, name, telephone, meter, equipment"),
    cites=("S16.R02", "S16.R05", "S16.R06", "S16.R07", "S16.R17"),
    fields=(
        NUMBER,
        FormField("name", "Customer.name", required=True, label=Label("户主姓名", "Account holder"),
                  synonyms=("姓名", "客户姓名", "用户姓名", "户主", "Name")),
        TELEPHONE,
        *CONFIRMED,
        STATE,
        *ADDRESS,
        *METER,
        *EQUIPMENT,
    ),
    constants=(("Customer.kind", "PERSON"), ("GasAccount.category", "HOUSEHOLD"), *_ENTERED),
    sections=(
        Section("holder", Label("户主", "Holder"), ("number", "name", "telephone", *_names(CONFIRMED), "state")),
        Section("address", Label("客户地址", "Address"), _names(ADDRESS)),
        Section("meter", Label("燃气表和设备", "Meter and equipment"), _names(METER, EQUIPMENT)),
    ),
)  # fmt: skip

COMMERCIAL = Form(
    key="gas.commercial",
    version=1,
    label=Label("工商户录入", "Entry of an industrial or commercial user"),
    description=Label("工商户的地址以合同签署地址为准", "The address is that of the signed contract"),
    cites=("S16.R02", "S16.R05", "S16.R08", "S16.R17"),
    fields=(
        NUMBER,
        FormField("category", "GasAccount.category", required=True,
                  words=(("工业", "INDUSTRIAL"), ("商业", "COMMERCIAL"), ("公福", "COMMERCIAL"))),
        FormField("organisationName", "Customer.organisationName", required=True,
                  synonyms=("用户名称", "客户名称", "企业名称")),
        FormField("uscc", "Customer.uscc", synonyms=("信用代码",)),
        TELEPHONE,
        *CONFIRMED,
        STATE,
        FormField("contract", "GasAccount.contract", required=True, synonyms=("合同号", "合同编号")),
        FormField("contractAddress", "GasServiceAddress.written", required=True,
                  label=Label("合同签署地址", "Address in the signed contract"), synonyms=("合同地址", "地址")),
        Group("meters", Label("燃气表", "Meters"), "GasInstalledMeter", METER, at_least=1, at_most=50),
        Group("allEquipment", Label("燃气设备", "Equipment"), "GasUserEquipment", EQUIPMENT, at_least=1),
    ),
    constants=(("Customer.kind", "ORGANISATION"), ("GasServiceAddress.basis", "CONTRACT"), *_ENTERED),
    sections=(
        Section("user", Label("用户", "User"),
                ("number", "category", "organisationName", "uscc", "telephone", *_names(CONFIRMED), "state")),
        Section("contract", Label("合同", "Contract"), ("contract", "contractAddress")),
        Section("meters", Label("燃气表和设备", "Meters and equipment"), ("meters", "allEquipment")),
    ),
)  # fmt: skip


def _phone(key: str, zh: str, en: str, kind: str) -> Form:
    added = FormField("phone", f"ContactPoint.{kind.lower()}", required=True)
    return Form(
        key=key,
        version=1,
        label=Label(f"追加{zh}", f"Adding a {en}"),
        description=Label("与客户确认后手动追加,原号码保留", "Added by hand once confirmed; earlier numbers stay"),
        cites=("S16.R14", "S16.R15"),
        about=ABOUT,
        fields=(NUMBER, added, *CONFIRMED),
        constants=(("ContactPoint.kind", kind),),
    )


ADD_MOBILE = _phone("gas.add_mobile", "手机号码", "mobile", "MOBILE")
ADD_LANDLINE = _phone("gas.add_landline", "固定电话", "landline", "LANDLINE")

CORRECTION = Form(
    key="gas.data_correction",
    version=1,
    label=Label("信息更正登记", "Registering a correction"),
    description=Label("登记发现的错误及最新信息,由后台录单时更新", "The newest data, for the back office to enter"),
    cites=("S16.R16",),
    about=ABOUT,
    fields=(
        NUMBER,
        FormField("slipNumber", "GasCorrection.slipNumber", required=True),
        FormField("item", "GasCorrection.item", required=True, words=(("户主", "HOLDER"), ("电话", "TELEPHONE"))),
        FormField("foundOn", "GasCorrection.foundOn", required=True),
        FormField("holder", "GasCorrection.holder", required=True, when=When("item", "HOLDER")),
        FormField("address", "GasCorrection.address", required=True, when=When("item", "ADDRESS")),
        FormField("phoneKind", "GasCorrection.phoneKind", required=True, when=When("item", "TELEPHONE")),
        FormField("mobile", "GasCorrection.mobile", required=True, when=When("phoneKind", "MOBILE")),
        FormField("landline", "GasCorrection.landline", required=True, when=When("phoneKind", "LANDLINE")),
    ),
)

HOLDER_CHANGE = Form(
    key="gas.holder_change",
    version=1,
    label=Label("过户登记", "Transfer of an account"),
    description=Label("无欠费等特殊情况方可过户,留存复印件作为依据", "Only without arrears, with copies as evidence"),
    cites=("S16.R10", "S16.R11", "S16.R12"),
    about=ABOUT,
    fields=(
        NUMBER,
        FormField("transferredOn", "GasTransfer.transferredOn", required=True),
        FormField("clearance", "GasTransfer.clearance", required=True, words=(("无", "CLEAR"), ("无欠费", "CLEAR"))),
        FormField("oldHolder", "GasTransfer.oldHolder", required=True, synonyms=("原户主",)),
        FormField("newHolder", "GasTransfer.newHolder", required=True),
        FormField("certificateCopy", "GasTransfer.certificateCopy", required=True),
        FormField("oldHolderIdCopy", "GasTransfer.oldHolderIdCopy", required=True),
        FormField("newHolderIdCopy", "GasTransfer.newHolderIdCopy", required=True),
        Linked(
            "successor",
            Label("新户主资料", "The new holder"),
            "GAS_NEW_HOLDER",
            (
                FormField("name", "Customer.name", required=True),
                FormField("mobile", "ContactPoint.mobile", required=True),
            ),
            at_least=1,
            at_most=1,
            constants=(("Customer.stage", "ACTIVE"), ("ContactPoint.kind", "MOBILE")),
        ),
    ),
)

ARCHIVING = Form(
    key="gas.archiving",
    version=1,
    label=Label("过户归档", "Archiving a transfer"),
    description=Label("合同文本过户、旧BP绿旗工单迁入新BP,方可归档", "After contract text and open orders are moved"),
    cites=("C-14", "S16.R13"),
    about=ABOUT,
    fields=(
        NUMBER,
        FormField("contractText", "GasTransferArchive.contractText", required=True),
        FormField("greenFlagOrders", "GasTransferArchive.greenFlagOrders", required=True),
        FormField("archivedOn", "GasTransferArchive.archivedOn", required=True),
    ),
)

SLIP_ENTRY = Form(
    key="gas.slip_entry",
    version=1,
    label=Label("工单、通知单录入", "Entry of a work order or notice"),
    description=Label("按单据填写的实际内容录入,不遗漏、不省略;单据空白的栏目如实标明",
                      "As the slip says, nothing left out; what is blank on the slip is marked so"),
    cites=("S16.R18", "S16.R19", "S16.R22"),
    about=ABOUT,
    fields=(
        NUMBER,
        FormField("slip", "GasWorkOrder.slip", required=True),
        FormField("sourceSystem", "GasWorkOrder.sourceSystem", required=True, synonyms=("系统",),
                  words=(("CCS", "SAP_CCS"), ("SAPCCS", "SAP_CCS"))),
        FormField("slipNumber", "GasWorkOrder.number", required=True, label=Label("单据编号", "Number of the slip"),
                  synonyms=("工单号", "通知单号")),
        FormField("kind", "GasWorkOrder.kind", required=True),
        FormField("openedOn", "GasWorkOrder.openedOn", required=True),
        FormField("content", "GasWorkOrder.content", required=True),
        FormField("resultItem", "GasWorkOrder.resultItem", required=True),
        FormField("result", "GasWorkOrder.result", required=True, when=When("resultItem", "WRITTEN")),
        FormField("remarkItem", "GasWorkOrder.remarkItem", required=True),
        FormField("remark", "GasWorkOrder.remark", required=True, when=When("remarkItem", "WRITTEN")),
        FormField("state", "GasWorkOrder.state"),
    ),
)  # fmt: skip

FORMS = (
    HOUSEHOLD, COMMERCIAL, ADD_MOBILE, ADD_LANDLINE, CORRECTION, HOLDER_CHANGE, ARCHIVING, SLIP_ENTRY,
)  # fmt: skip
