"""燃气用户信息档案(S16 3.1):账户、地址、表计和设备、号码确认、过户、更正。

Address, name, telephone, meter and equipment are the basic information. An account (户号) is one supply point; name
and telephone stand with the customer, the rest below the account.
"""

from __future__ import annotations

from kehu.plugin import (
    Category,
    Code,
    Count,
    Day,
    Flag,
    FreeText,
    GasMeter,
    Label,
    Landline,
    Level,
    Mobile,
    PersonName,
    Photo,
    PostalAddress,
    Quantity,
    Record,
    ShortText,
    field,
)
from kehu_gas.orders import ORDERS
from kehu_gas.scopes import FILE_AREA, TRANSFER_AREA

_PURPOSES = ("CONTRACT", "LEGAL_DUTY", "SERVICE")
_WHERE = (Category.C2, Category.S3_IDENTITY, Category.S3_SENSITIVE)

ACCOUNT = Record(
    name="GasAccount",
    label=Label("燃气账户", "Gas account"),
    description=Label("燃气用户的账户,以户号区分", "A gas user's account, known by its number"),
    accessor="gasAccounts",
    area=FILE_AREA,
    same_by=("number",),
    cites=("S16.R02", "S16.R05"),
    fields=(
        field("number", ShortText, "户号", "Account number", cites=("S16.R05",), required=True, area=FILE_AREA,
              filterable=True),
        field("category", Code, "用户类别", "Category", cites=("S16.R08",), required=True, scheme="gas.user_category",
              area=FILE_AREA, filterable=True),
        field("state", Code, "用户状态", "State", cites=("F-85",), required=True, default="IN_USE",
              scheme="gas.user_state", area=FILE_AREA, filterable=True),
        field("contract", ShortText, "供气合同编号", "Supply contract", cites=("S16.R08",), area=FILE_AREA,
              filterable=True),
    ),
)  # fmt: skip

ADDRESS = Record(
    name="GasServiceAddress",
    label=Label("客户地址", "Service address"),
    description=Label("用气地址:标准地址按街道、小区、楼栋、单元,工商户按合同签署地址",
                      "Where gas is used: by the address standard, or as the signed contract says"),
    parent="GasAccount",
    accessor="address",
    single=True,
    area=FILE_AREA,
    cites=("S16.R05", "S16.R06", "S16.R08"),
    fields=(
        field("basis", Code, "地址依据", "Basis", cites=("S16.R06", "S16.R08"), required=True,
              scheme="gas.address_basis", area=FILE_AREA, filterable=True),
        field("street", Code, "街道", "Street", cites=("S16.R06",), scheme="gas.street", area=FILE_AREA,
              categories=(Category.S3_IDENTITY,), filterable=True),
        field("community", Code, "小区", "Community", cites=("S16.R06",), scheme="gas.community", area=FILE_AREA,
              categories=(Category.S3_IDENTITY,), filterable=True),
        field("building", Code, "楼栋", "Building", cites=("S16.R06",), scheme="gas.building", area="customer.contact",
              retention="identity", level=Level.IDENTIFYING, categories=_WHERE, sealed=True, mask="hidden",
              purposes=_PURPOSES),
        field("entrance", Code, "单元", "Unit (entrance)", cites=("S16.R06",), scheme="gas.entrance",
              area="customer.contact", retention="identity", level=Level.IDENTIFYING, categories=_WHERE, sealed=True,
              mask="hidden", purposes=_PURPOSES),
        field("room", FreeText, "房号", "Room", cites=("F-82",), area="customer.contact", retention="identity",
              categories=(Category.S3_IDENTITY, Category.S7_BASIC)),
        field("written", PostalAddress, "地址全文", "Address as written", cites=("S16.R07", "S16.R08")),
        field("companyName", Flag, "企业自行制定的叫法", "Name made by the company", cites=("S16.R09",),
              area=FILE_AREA, default=False, filterable=True),
        field("nameTold", Flag, "已向客户宣传叫法", "Name told to the customer", cites=("S16.R09",), area=FILE_AREA,
              default=False, filterable=True),
    ),
)  # fmt: skip

UNNAMED = Record(
    name="GasUnnamedAddress",
    label=Label("无名地址的排列", "Place in the order"),
    description=Label("无常用名称的非规范地址:从南到北、从东到西排列",
                      "Non-standard addresses without a usual name, from south to north, then from east to west"),
    parent="GasAccount",
    accessor="unnamed",
    root="gasUnnamedAddresses",
    single=True,
    area=FILE_AREA,
    cites=("S16.R07",),
    fields=(
        field("position", Count, "位置号:自南第几排×1000+自东第几户", "Row from the south × 1000 + house from the east",
              cites=("S16.R07",), required=True, area=FILE_AREA, filterable=True, orderable=True),
    ),
)  # fmt: skip

METER = Record(
    name="GasInstalledMeter",
    label=Label("燃气表", "Gas meter"),
    description=Label("类型、制造商、品牌、型号以表计标准化文档为准", "Type, maker, brand and model as listed"),
    parent="GasAccount",
    accessor="meters",
    area=FILE_AREA,
    same_by=("number",),
    cites=("S16.R05", "S16.R17"),
    fields=(
        field("number", GasMeter, "表号", "Meter number", cites=("S16.R05",), required=True),
        field("type", Code, "表计类型", "Type", cites=("S16.R17",), required=True, scheme="gas.meter_type",
              area=FILE_AREA, filterable=True),
        field("manufacturer", Code, "制造商", "Manufacturer", cites=("S16.R17",), required=True,
              scheme="gas.meter_manufacturer", area=FILE_AREA, filterable=True),
        field("brand", Code, "品牌", "Brand", cites=("S16.R17",), required=True, scheme="gas.meter_brand",
              area=FILE_AREA, filterable=True),
        field("model", Code, "型号", "Model", cites=("S16.R17",), required=True, scheme="gas.meter_model",
              area=FILE_AREA, filterable=True),
        field("installedOn", Day, "安装日期", "Installed on", cites=("F-87",), area=FILE_AREA),
        field("replaceBy", Day, "应更换日期", "To be replaced by", cites=("F-81",), area=FILE_AREA, filterable=True),
        field("startReading", Quantity, "起始读数(立方米)", "Start reading in cubic metres", cites=("F-87",),
              area=FILE_AREA),
    ),
)  # fmt: skip

EQUIPMENT = Record(
    name="GasUserEquipment",
    label=Label("燃气设备", "Gas equipment"),
    description=Label("用户的燃气设备", "Equipment of the user"),
    parent="GasAccount",
    accessor="equipment",
    area=FILE_AREA,
    same_by=("kind",),
    cites=("S16.R05",),
    fields=(
        field("kind", Code, "设备", "Equipment", cites=("S16.R05",), required=True, scheme="gas.equipment",
              area=FILE_AREA, filterable=True),
        field("count", Count, "数量", "How many", cites=("S16.R05",), required=True, default=1, area=FILE_AREA),
    ),
)  # fmt: skip

PHONE = Record(
    name="GasPhoneConfirmation",
    label=Label("号码确认", "Confirmation of a number"),
    description=Label(
        "办理业务时收集的号码,经客户确认后追加", "A number collected during service, confirmed, then added"
    ),
    parent="ContactPoint",
    accessor="gasConfirmation",
    single=True,
    area=FILE_AREA,
    cites=("S16.R14",),
    fields=(
        field(
            "confirmation",
            Code,
            "确认",
            "Confirmation",
            cites=("S16.R14",),
            required=True,
            scheme="gas.confirmation",
            area=FILE_AREA,
            filterable=True,
        ),
        field("confirmedOn", Day, "确认日期", "Confirmed on", cites=("S16.R14",), required=True, area=FILE_AREA),
    ),
)

TRANSFER = Record(
    name="GasTransfer",
    label=Label("过户", "Transfer"),
    description=Label("合同处的过户标记、新老户主和依据", "The mark on the contract, both holders and the evidence"),
    parent="GasAccount",
    accessor="transfers",
    root="gasTransfers",
    append_only=True,
    newest_first=True,
    area=TRANSFER_AREA,
    cites=("S16.R10", "S16.R11", "S16.R12"),
    fields=(
        field("mark", Code, "合同标记", "Mark on the contract", cites=("S16.R12",), required=True,
              default="TRANSFERRED", scheme="gas.contract_mark", area=TRANSFER_AREA, filterable=True),
        field("transferredOn", Day, "过户日期", "Transferred on", cites=("S16.R12",), required=True,
              area=TRANSFER_AREA, filterable=True, orderable=True),
        field("clearance", Code, "过户条件", "Condition", cites=("S16.R10",), required=True,
              scheme="gas.transfer_clearance", area=TRANSFER_AREA),
        field("oldHolder", PersonName, "老户主", "Old holder", cites=("S16.R12",), required=True),
        field("newHolder", PersonName, "新户主", "New holder", cites=("S16.R12",), required=True),
        field("certificateCopy", Photo, "已过户房产证复印件", "Copy of the transferred property certificate",
              cites=("S16.R11",), required=True),
        field("oldHolderIdCopy", Photo, "老户主身份证复印件", "Copy of the old holder's identity card",
              cites=("S16.R11",), required=True),
        field("newHolderIdCopy", Photo, "新户主身份证复印件", "Copy of the new holder's identity card",
              cites=("S16.R11",), required=True),
    ),
)  # fmt: skip

TRANSFER_ARCHIVE = Record(
    name="GasTransferArchive",
    label=Label("过户归档", "Archiving of a transfer"),
    description=Label("合同文本过户、旧BP绿旗工单迁入新BP后方可归档",
                      "Only once the contract text is transferred and the old partner's open orders are moved"),
    parent="GasAccount",
    accessor="transferArchives",
    append_only=True,
    area=TRANSFER_AREA,
    cites=("C-14", "S16.R13"),
    fields=(
        field("contractText", Code, "合同文本", "Contract text", cites=("S16.R13",), required=True,
              scheme="gas.contract_text", area=TRANSFER_AREA),
        field("greenFlagOrders", Code, "旧BP绿旗工单", "Open orders of the old partner", cites=("S16.R13",),
              required=True, scheme="gas.green_flag_orders", area=TRANSFER_AREA),
        field("archivedOn", Day, "归档日期", "Archived on", cites=("S16.R13",), required=True, area=TRANSFER_AREA),
    ),
)  # fmt: skip

CORRECTION = Record(
    name="GasCorrection",
    label=Label("信息更正", "Correction"),
    description=Label("办理业务时发现的错误及最新信息,待后台录入", "What was wrong and what is right, to be entered"),
    accessor="gasCorrections",
    area=FILE_AREA,
    same_by=("slipNumber", "item"),
    cites=("S16.R16",),
    fields=(
        field("slipNumber", ShortText, "单据编号", "Number of the slip", cites=("S16.R16",), required=True,
              area=FILE_AREA, filterable=True),
        field("item", Code, "更正事项", "What is wrong", cites=("S16.R16",), required=True,
              scheme="gas.correction_item", area=FILE_AREA, filterable=True),
        field("holder", PersonName, "最新户主姓名", "Holder's right name", cites=("S16.R16",)),
        field("address", PostalAddress, "最新地址", "Right address", cites=("S16.R16",)),
        field("phoneKind", Code, "号码类别", "Kind of number", cites=("S16.R16",), scheme="gas.phone_kind",
              area=FILE_AREA),
        field("mobile", Mobile, "最新手机", "Right mobile", cites=("S16.R16",)),
        field("landline", Landline, "最新固定电话", "Right landline", cites=("S16.R16",)),
        field("foundOn", Day, "发现日期", "Found on", cites=("S16.R16",), required=True, area=FILE_AREA),
        field("state", Code, "状态", "State", cites=("S16.R16",), required=True, default="REGISTERED",
              scheme="gas.correction_state", area=FILE_AREA, filterable=True),
    ),
)  # fmt: skip

RECORDS = (
    ACCOUNT, ADDRESS, UNNAMED, METER, EQUIPMENT, PHONE, TRANSFER, TRANSFER_ARCHIVE, CORRECTION, *ORDERS,
)  # fmt: skip
