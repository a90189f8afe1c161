"""标准化文档 — the two standard documents that S16 refers to: addresses (3.1.1) and meters with equipment (3.1.3).

They are each company's own and not part of the text. These schemes are extensible: a company adds its streets,
communities and meters in a plugin of its own. The terms that stand here are a made-up company's, so that forms and
demo work.
"""

from __future__ import annotations

from kehu.plugin import Label, Scheme, Term

_OURS = Label("办法列明该项目而未列明取值;此为系统默认值", "S16 names the field, not its values: our default")
_STANDARD = Label(
    "标准化文档由企业自行制定,办法未附;此为示例,由企业扩充",
    "Each company makes its own standard document; none comes with S16: examples, to be extended",
)
_STANDARD = Label(
    "标准化文档由企业自行制定,办法未附;此为示例,由企业扩充",
    "Each company makes its own standard document; none comes with S16: examples, to be extended",
)
_METERS = Label("办法只列明四项名称;表计类型的通行取值(F-87)", "S16 names four headings; common meter types (F-87)")
_NAMING = ("namingRule", "街道名加小区名")


def _example(code: str, zh: str, en: str, *data: tuple[str, str]) -> Term:
    return Term(code, Label(zh, en), data=data)


STREET = Scheme(
    key="gas.street",
    version=1,
    label=Label("街道", "Street"),
    description=Label("地址标准化文档所列街道", "Streets of the address standard"),
    cites=("S16.R06",),
    default=True,
    source=_STANDARD,
    extensible=True,
    terms=(
        _example("YINGBIN_ROAD", "迎宾路(示例)", "Yingbin Road (example)"),
        _example("BINHE_ROAD", "滨河路(示例)", "Binhe Road (example)"),
        _example("GONGYE_ROAD", "工业路(示例)", "Gongye Road (example)"),
    ),
)

COMMUNITY = Scheme(
    key="gas.community",
    version=1,
    label=Label("小区", "Community"),
    description=Label(
        "地址标准化文档所列小区;企业自行制定的叫法附命名规则,办理业务时向客户宣传",
        "Communities of the address standard; a name made by the company has its naming rule, which users are told",
    ),
    cites=("S16.R06", "S16.R09"),
    default=True,
    source=_STANDARD,
    extensible=True,
    terms=(
        _example("YINGBIN_GARDEN", "迎宾花园(示例)", "Yingbin Garden (example)", _NAMING),
        _example("BINHE_COURT", "滨河苑(示例)", "Binhe Court (example)", _NAMING),
        _example("GONGYE_DORMITORY", "工业路宿舍(示例)", "Gongye Road dormitory (example)", _NAMING),
    ),
)

BUILDING = Scheme(
    key="gas.building",
    version=1,
    label=Label("楼栋", "Building"),
    description=Label("地址标准化文档所列楼栋,写作「n幢」", "Buildings of the address standard, written n幢"),
    cites=("F-82", "S16.R06"),
    default=True,
    source=_STANDARD,
    extensible=True,
    terms=tuple(_example(f"B{n}", f"{n}幢", f"Building {n}") for n in range(1, 31)),
)

ENTRANCE = Scheme(
    key="gas.entrance",
    version=1,
    label=Label("单元", "Unit (entrance)"),
    description=Label("地址标准化文档所列单元,写作「n单元」", "Units of the address standard, written n单元"),
    cites=("F-82", "S16.R06"),
    default=True,
    source=_STANDARD,
    extensible=True,
    terms=tuple(_example(f"U{n}", f"{n}单元", f"Unit {n}") for n in range(1, 11)),
)

METER_TYPE = Scheme(
    key="gas.meter_type",
    version=1,
    label=Label("表计类型", "Meter type"),
    description=Label("表计标准化文档所列类型", "Types of the meter standard"),
    cites=("F-87", "S16.R17"),
    default=True,
    source=_METERS,
    extensible=True,
    terms=(
        Term("DIAPHRAGM", Label("膜式表", "Diaphragm meter"), ("F-87",)),
        Term("IC_CARD", Label("IC卡表", "IC-card meter"), ("F-87",)),
        Term("IOT", Label("物联网表", "IoT meter"), ("F-87",)),
        Term("ULTRASONIC", Label("超声波表", "Ultrasonic meter"), ("F-87",)),
    ),
)

METER_MANUFACTURER = Scheme(
    key="gas.meter_manufacturer",
    version=1,
    label=Label("表计制造商", "Meter manufacturer"),
    description=Label("表计标准化文档所列制造商", "Manufacturers of the meter standard"),
    cites=("S16.R17",),
    default=True,
    source=_STANDARD,
    extensible=True,
    terms=(
        _example("EXAMPLE_INSTRUMENTS", "示例仪表厂", "Example Instruments"),
        _example("EXAMPLE_METERS", "示例计量公司", "Example Meters"),
    ),
)

METER_BRAND = Scheme(
    key="gas.meter_brand",
    version=1,
    label=Label("表计品牌", "Meter brand"),
    description=Label("表计标准化文档所列品牌", "Brands of the meter standard"),
    cites=("S16.R17",),
    default=True,
    source=_STANDARD,
    extensible=True,
    terms=(
        _example("EXAMPLE_A", "示例甲牌", "Example A"),
        _example("EXAMPLE_B", "示例乙牌", "Example B"),
    ),
)

METER_MODEL = Scheme(
    key="gas.meter_model",
    version=1,
    label=Label("表计型号", "Meter model"),
    description=Label("表计标准化文档所列型号", "Models of the meter standard"),
    cites=("S16.R17",),
    default=True,
    source=_STANDARD,
    extensible=True,
    terms=(
        _example("G1_6", "G1.6", "G1.6"),
        _example("G2_5", "G2.5", "G2.5"),
        _example("G4", "G4", "G4"),
        _example("G10", "G10", "G10"),
    ),
)

EQUIPMENT = Scheme(
    key="gas.equipment",
    version=1,
    label=Label("燃气设备", "Gas equipment"),
    description=Label("用户的燃气设备", "What the user burns gas with, and what guards it"),
    cites=("S16.R05",),
    default=True,
    source=_OURS,
    extensible=True,
    terms=(
        Term("COOKER", Label("灶具", "Cooker")),
        Term("WATER_HEATER", Label("热水器", "Water heater")),
        Term("WALL_BOILER", Label("壁挂炉", "Wall-hung boiler")),
        Term("BOILER", Label("锅炉", "Boiler")),
        Term("ALARM", Label("燃气报警器", "Gas alarm")),
        Term("SHUT_OFF_VALVE", Label("紧急切断阀", "Emergency shut-off valve")),
        Term("OTHER", Label("其他设备", "Other equipment")),
    ),
)

STANDARDS = (
    STREET, COMMUNITY, BUILDING, ENTRANCE, METER_TYPE, METER_MANUFACTURER, METER_BRAND, METER_MODEL, EQUIPMENT,
)  # fmt: skip
