"""Numbers that identify: resident ID (公民身份号码), USCC (统一社会信用代码), holding numbers."""

from __future__ import annotations

import re
from datetime import date

from stdnum.cn import ric, uscc

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Mask, Storage, ValueRefused
from kehu.vocabulary.dates import check_birth
from kehu.vocabulary.normal import capitals, number_text_of, refuse_mask, without_separators
from kehu.vocabulary.policies import DOCUMENT, HOLDING, ORGANISATION

RESIDENT_ID_PATTERN = "[1-9][0-9]{16}[0-9X]"
USCC_PATTERN = "[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}"
HOLDING_PATTERN = r"[0-9A-Z\u3400-\u9fff()\[\]\u3010\u3011\u3014\u3015#/_.\-]{3,64}"

# Provinces of GB/T 2260, with residence permits of Hong Kong, Macao and Taiwan (81–83) and of foreigners (9x).
# Counties aren't checked: their codes change, and people keep the code of their birth.
_PROVINCES = frozenset(
    str(code)
    for codes in ((11, 16), (21, 24), (31, 38), (41, 47), (50, 55), (61, 66), (71, 72), (81, 84), (91, 92))
    for code in range(*codes)
)
_SHORT_HOLDING = 8


def parse_resident_id(raw: object) -> str:
    """18 characters with a valid region, birth date and check character (GB 11643-1999, F-90).

    Raises `ValueRefused` RESIDENT_ID_OLD (15 digits), RESIDENT_ID_LENGTH, RESIDENT_ID_FORMAT,
    RESIDENT_ID_REGION, RESIDENT_ID_DATE, RESIDENT_ID_CHECK, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    number = capitals(without_separators(number_text_of(raw)))
    refuse_mask(number)
    if re.fullmatch("[0-9]{15}", number):
        raise ValueRefused(
            "RESIDENT_ID_OLD",
            "15位身份证号码已停用,请填写18位号码",
            "15-digit numbers are no longer valid; give 18 digits",
        )
    if len(number) != 18:
        raise ValueRefused(
            "RESIDENT_ID_LENGTH", "身份证号码须为18位,请核对", "A resident ID has 18 characters; check it"
        )
    if not re.fullmatch(RESIDENT_ID_PATTERN, number):
        raise ValueRefused(
            "RESIDENT_ID_FORMAT", "身份证号码须为17位数字加1位数字或X", "A resident ID is 17 digits and a digit or X"
        )
    if number[:2] not in _PROVINCES:
        raise ValueRefused(
            "RESIDENT_ID_REGION", "身份证号码前两位不是有效的省级代码", "The first two digits are no province"
        )
    if not _has_birth_date(number):
        raise ValueRefused(
            "RESIDENT_ID_DATE", "身份证号码第7至14位不是有效的出生日期", "Digits 7 to 14 are not a valid date of birth"
        )
    if ric.calc_check_digit(number) != number[-1]:
        raise ValueRefused(
            "RESIDENT_ID_CHECK",
            "身份证号码校验位不符,请逐位核对",
            "The check character doesn't fit; compare digit by digit",
        )
    return number


def _has_birth_date(number: str) -> bool:
    try:
        check_birth(birth_date_in(number))
    except (ValueError, ValueRefused):
        return False
    return True


def birth_date_in(resident_id: str) -> date:
    """Digits 7–14 of a resident ID. Raises `ValueError` where they are no date."""
    return date(int(resident_id[6:10]), int(resident_id[10:12]), int(resident_id[12:14]))


def parse_uscc(raw: object) -> str:
    """18 characters with a valid check character (GB 32100-2015, F-91).

    The first two may be letters too (rural collectives N1–N3, others Y1).
    Raises `ValueRefused` USCC_LENGTH, USCC_FORMAT, USCC_CHECK, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    code = capitals(without_separators(number_text_of(raw)))
    refuse_mask(code)
    if len(code) != 18:
        raise ValueRefused("USCC_LENGTH", "统一社会信用代码须为18位,请核对", "A USCC has 18 characters; check it")
    if not re.fullmatch(USCC_PATTERN, code):
        raise ValueRefused(
            "USCC_FORMAT",
            "统一社会信用代码只含数字和大写字母(不含I、O、S、V、Z),第3至8位为数字",
            "A USCC has digits and capitals without I, O, S, V, Z; characters 3 to 8 are digits",
        )
    if uscc.calc_check_digit(code) != code[-1]:
        raise ValueRefused(
            "USCC_CHECK", "统一社会信用代码校验位不符,请逐位核对", "The check character doesn't fit; compare one by one"
        )
    return code


def parse_holding_number(raw: object) -> str:
    """The number of an account, contract or insurance policy: 3 to 64 letters, digits and ``()[]#/_.-``.

    Upper case without blanks; not checked by Luhn, which passbooks and contracts don't follow (F-92).
    Raises `ValueRefused` HOLDING_NUMBER_FORMAT, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    number = capitals("".join(number_text_of(raw).split()))
    refuse_mask(number)
    if not re.fullmatch(HOLDING_PATTERN, number) or not re.search("[0-9A-Z]", number):
        raise ValueRefused(
            "HOLDING_NUMBER_FORMAT",
            "号码须为3至64位字母、数字、汉字或 ()[]#/_.- ",
            "A number has 3 to 64 letters, digits, Chinese characters or ()[]#/_.-",
        )
    return number


def mask_edges(first: int, last: int, hidden: int, *cites: str) -> Mask[str]:
    """Shows the first and last characters of a value of fixed length."""

    def apply(value: str) -> str:
        return value[:first] + "*" * hidden + value[-last:]

    label = Label(f"保留前{first}位和后{last}位", f"First {first} and last {last} kept")
    return Mask(f"{first}+{last}", label, apply, cites)


def mask_last4(number: str) -> str:
    """``****`` and the last four characters, of numbers shorter than eight the last one."""
    return "****" + number[-(4 if len(number) >= _SHORT_HOLDING else 1) :]


ResidentId: GovernedType[str] = GovernedType(
    name="ResidentId",
    label=Label("身份证号码", "Resident ID number"),
    description=Label(
        "公民身份号码(GB 11643-1999),可精确查找;遮盖时隐去出生日期",
        "Resident identity number (GB 11643-1999), found by exact look-up; masked, the birth date is hidden",
    ),
    storage=Storage.TEXT,
    policy=DOCUMENT.but(cites=(*DOCUMENT.cites, "F-35", "F-90", "F-95")),
    parse=parse_resident_id,
    schema={"type": "string", "format": "kehu-resident-id", "pattern": f"^{RESIDENT_ID_PATTERN}$"},
    masks=(mask_edges(6, 4, 8, "F-95"), mask_edges(1, 1, 16, "F-95")),
)

Uscc: GovernedType[str] = GovernedType(
    name="Uscc",
    label=Label("统一社会信用代码", "Unified social credit code"),
    description=Label(
        "统一社会信用代码(GB 32100-2015),可精确查找",
        "Unified social credit code of an organisation (GB 32100-2015), found by exact look-up",
    ),
    storage=Storage.TEXT,
    policy=ORGANISATION.but(area="customer.document", mask="2+4", lookup=True, cites=(*ORGANISATION.cites, "F-91")),
    parse=parse_uscc,
    schema={"type": "string", "format": "kehu-uscc", "pattern": f"^{USCC_PATTERN}$"},
    masks=(mask_edges(2, 4, 12),),
)

HoldingNumber: GovernedType[str] = GovernedType(
    name="HoldingNumber",
    label=Label("账号或合同号", "Holding number"),
    description=Label(
        "账户、合同或保单号码,可精确查找;遮盖时保留后四位",
        "Number of an account, contract or insurance policy, found by exact look-up; masked, the last four remain",
    ),
    storage=Storage.TEXT,
    policy=HOLDING,
    parse=parse_holding_number,
    schema={"type": "string", "format": "kehu-holding-number", "minLength": 3, "maxLength": 64},
    masks=(Mask("last4", Label("保留后四位", "Last four kept"), mask_last4, ("F-97",)),),
)
