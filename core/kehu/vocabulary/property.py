"""What a customer owns: licence plate (车牌号), VIN (车辆识别代号), gas meter (燃气表)."""

from __future__ import annotations

import re

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Mask, Storage, ValueRefused
from kehu.vocabulary.identifiers import mask_edges, mask_last4
from kehu.vocabulary.normal import capitals, number_text_of, refuse_mask, without_separators
from kehu.vocabulary.policies import HOLDING

_PROVINCES = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新"
# Letters of plates are all but I and O; the fifth place may also be one of the kinds that end in a Chinese character.
_LETTERS = "A-HJ-NP-Z"
PLATE_PATTERN = (
    rf"[{_PROVINCES}][{_LETTERS}](?:[{_LETTERS}0-9]{{4}}[{_LETTERS}0-9挂学警港澳]"
    rf"|[{_LETTERS}][{_LETTERS}0-9][0-9]{{4}}|[0-9]{{5}}[{_LETTERS}])"
)
"""GA 36-2018: province, authority, five characters; new-energy plates have six, with the letter of their kind first
(small cars) or last (large ones)."""

VIN_PATTERN = "[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{4}[0-9]{4}"
GAS_METER_PATTERN = "[0-9A-Z]{4,30}"

_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = {str(digit): digit for digit in range(10)} | dict(
    zip("ABCDEFGHJKLMNPRSTUVWXYZ", (1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 7, 9, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)
)


def parse_plate(raw: object) -> str:
    """A licence plate of the mainland without separators (GA 36-2018).

    Raises `ValueRefused` PLATE_FORMAT, MASK_SENT_BACK, TEXT_*.
    """
    plate = re.sub("[·•.]", "", capitals(without_separators(number_text_of(raw))))
    refuse_mask(plate)
    if not re.fullmatch(PLATE_PATTERN, plate):
        raise ValueRefused(
            "PLATE_FORMAT",
            "车牌号无效,请按 粤X12345 或 粤XD12345(新能源)的格式填写",
            "Not a licence plate; write it like 粤X12345, or 粤XD12345 for new energy",
        )
    return plate


def parse_vin(raw: object) -> str:
    """17 characters with a valid check digit in the ninth place (GB 16735-2019, ISO 3779).

    Raises `ValueRefused` VIN_LENGTH, VIN_FORMAT, VIN_CHECK, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    vin = capitals(without_separators(number_text_of(raw)))
    refuse_mask(vin)
    if len(vin) != 17:
        raise ValueRefused("VIN_LENGTH", "车辆识别代号须为17位,请核对", "A VIN has 17 characters; check it")
    if not re.fullmatch(VIN_PATTERN, vin):
        raise ValueRefused(
            "VIN_FORMAT",
            "车辆识别代号只含数字和大写字母(不含I、O、Q),末4位为数字",
            "A VIN has digits and capitals without I, O, Q; the last four are digits",
        )
    if vin_check_digit(vin) != vin[8]:
        raise ValueRefused(
            "VIN_CHECK", "车辆识别代号校验位不符,请逐位核对", "The check digit doesn't fit; compare one by one"
        )
    return vin


def vin_check_digit(vin: str) -> str:
    """The digit, or X for 10, that belongs in the ninth place of these 17 characters (GB 16735-2019)."""
    rest = sum(_VIN_VALUES[char] * weight for char, weight in zip(vin, _VIN_WEIGHTS, strict=True)) % 11
    return "X" if rest == 10 else str(rest)


def parse_gas_meter(raw: object) -> str:
    """The number on a gas meter: 4 to 30 letters and digits; makers number as they like.

    Raises `ValueRefused` GAS_METER_FORMAT, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    number = capitals(without_separators(number_text_of(raw)))
    refuse_mask(number)
    if not re.fullmatch(GAS_METER_PATTERN, number):
        raise ValueRefused(
            "GAS_METER_FORMAT", "表号须为4至30位字母和数字", "A meter number has 4 to 30 letters and digits"
        )
    return number


LicencePlate: GovernedType[str] = GovernedType(
    name="LicencePlate",
    label=Label("车牌号", "Licence plate"),
    description=Label(
        "机动车号牌(GA 36-2018,含新能源),可精确查找;遮盖时保留前两位和后两位",
        "Licence plate (GA 36-2018, new energy too), found by exact look-up; masked, the first and last two remain",
    ),
    storage=Storage.TEXT,
    policy=HOLDING.but(mask="2+2", cites=(*HOLDING.cites, "F-98")),
    parse=parse_plate,
    schema={"type": "string", "format": "kehu-licence-plate", "pattern": f"^{PLATE_PATTERN}$"},
    masks=(
        Mask("2+2", Label("保留前2位和后2位", "First 2 and last 2 kept"), lambda p: f"{p[:2]}***{p[-2:]}", ("F-98",)),
    ),
)

Vin: GovernedType[str] = GovernedType(
    name="Vin",
    label=Label("车辆识别代号", "Vehicle identification number"),
    description=Label(
        "车辆识别代号(GB 16735-2019),可精确查找;遮盖时保留前三位和后四位",
        "Vehicle identification number (GB 16735-2019), found by exact look-up; masked, maker and last four remain",
    ),
    storage=Storage.TEXT,
    policy=HOLDING.but(mask="3+4"),
    parse=parse_vin,
    schema={"type": "string", "format": "kehu-vin", "pattern": f"^{VIN_PATTERN}$"},
    masks=(mask_edges(3, 4, 10),),
)

GasMeter: GovernedType[str] = GovernedType(
    name="GasMeter",
    label=Label("燃气表号", "Gas meter number"),
    description=Label(
        "燃气表编号,可精确查找;遮盖时保留后四位",
        "Number of a gas meter, found by exact look-up; masked, the last four remain",
    ),
    storage=Storage.TEXT,
    policy=HOLDING.but(cites=(*HOLDING.cites, "S16.R05")),
    parse=parse_gas_meter,
    schema={"type": "string", "format": "kehu-gas-meter", "pattern": f"^{GAS_METER_PATTERN}$"},
    masks=(Mask("last4", Label("保留后四位", "Last four kept"), mask_last4, ("F-97",)),),
)
