"""Numbers of other documents: passport (护照), any identity document (证件), tobacco licence (烟草专卖零售许可证)."""

from __future__ import annotations

import re

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Mask, Storage, ValueRefused
from kehu.vocabulary.identifiers import mask_edges
from kehu.vocabulary.normal import capitals, number_text_of, refuse_mask, without_separators
from kehu.vocabulary.policies import DOCUMENT, ORGANISATION

PASSPORT_PATTERN = "(?=[A-Z]*[0-9])[A-Z0-9]{6,12}"
"""Letters and digits, at least one a digit. Default: only the nine of the machine-readable zone are common ground
(ICAO 9303); some states print shorter or longer numbers."""

DOCUMENT_PATTERN = r"(?=[^0-9]*[0-9])[0-9A-Z\u3400-\u9fff()]{4,30}"
TOBACCO_LICENCE_PATTERN = "[1-8][0-9]{5}[12][0-9]{5}"


def parse_passport(raw: object) -> str:
    """The number of a passport of any state: 6 to 12 letters and digits, without separators.

    Raises `ValueRefused` PASSPORT_FORMAT, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    number = capitals(without_separators(number_text_of(raw)))
    refuse_mask(number)
    if not re.fullmatch(PASSPORT_PATTERN, number):
        raise ValueRefused(
            "PASSPORT_FORMAT",
            "护照号码须为6至12位字母和数字,例如 E12345678",
            "A passport number has 6 to 12 letters and digits, as in E12345678",
        )
    return number


def parse_document_number(raw: object) -> str:
    """The number of an identity document without a rule of its own here: 4 to 30 letters, digits, brackets.

    Raises `ValueRefused` DOCUMENT_NUMBER_FORMAT, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    number = capitals(without_separators(number_text_of(raw)))
    refuse_mask(number)
    if not re.fullmatch(DOCUMENT_PATTERN, number):
        raise ValueRefused(
            "DOCUMENT_NUMBER_FORMAT",
            "证件号码须为4至30位字母、数字、汉字或括号",
            "A document number has 4 to 30 letters, digits, Chinese characters or brackets",
        )
    return number


def parse_tobacco_licence(raw: object) -> str:
    """12 digits: 6 of the administrative area, the 7th 1 (sole trader) or 2 (company or other), 5 serial (F-50).

    Raises `ValueRefused` TOBACCO_LICENCE_LENGTH, TOBACCO_LICENCE_FORMAT, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    number = without_separators(number_text_of(raw))
    refuse_mask(number)
    if not re.fullmatch("[0-9]{12}", number):
        raise ValueRefused(
            "TOBACCO_LICENCE_LENGTH",
            "烟草专卖零售许可证号须为12位数字,请核对",
            "A tobacco licence has 12 digits; check it",
        )
    if not re.fullmatch(TOBACCO_LICENCE_PATTERN, number):
        raise ValueRefused(
            "TOBACCO_LICENCE_FORMAT",
            "许可证号前6位须为行政区划代码,第7位须为1(个体)或2(企业或其他)",
            "The first six digits are an area code, the seventh is 1 (sole trader) or 2 (company or other)",
        )
    return number


def mask_document(number: str) -> str:
    """The first character and the last two, of numbers shorter than seven only the first; never the length."""
    return f"{number[0]}****{number[-2:] if len(number) > 6 else ''}"


_PARTLY = Mask("1+2", Label("保留首位和后两位", "First and last two kept"), mask_document, ("F-98",))

Passport: GovernedType[str] = GovernedType(
    name="Passport",
    label=Label("护照号码", "Passport number"),
    description=Label(
        "护照号码,可精确查找;遮盖时保留首位和后两位",
        "Number of a passport, found by exact look-up; masked, the first and the last two characters remain",
    ),
    storage=Storage.TEXT,
    policy=DOCUMENT.but(mask="1+2", cites=(*DOCUMENT.cites, "F-35", "F-98")),
    parse=parse_passport,
    schema={"type": "string", "format": "kehu-passport", "pattern": f"^{PASSPORT_PATTERN}$"},
    masks=(_PARTLY,),
)

DocumentNumber: GovernedType[str] = GovernedType(
    name="DocumentNumber",
    label=Label("证件号码", "Document number"),
    description=Label(
        "居民身份证、护照以外的证件号码,可精确查找;遮盖时保留首位和后两位",
        "Number of any other identity document, found by exact look-up; masked, the first and the last two remain",
    ),
    storage=Storage.TEXT,
    policy=DOCUMENT.but(mask="1+2", cites=(*DOCUMENT.cites, "F-35", "F-98")),
    parse=parse_document_number,
    schema={"type": "string", "format": "kehu-document-number", "pattern": f"^{DOCUMENT_PATTERN}$"},
    masks=(_PARTLY,),
)

TobaccoLicence: GovernedType[str] = GovernedType(
    name="TobaccoLicence",
    label=Label("烟草专卖零售许可证号", "Tobacco retail licence number"),
    description=Label(
        "12位烟草专卖零售许可证号,可精确查找", "Tobacco retail licence number of 12 digits, found by exact look-up"
    ),
    storage=Storage.TEXT,
    policy=ORGANISATION.but(area="customer.document", mask="6+2", lookup=True, cites=(*ORGANISATION.cites, "F-50")),
    parse=parse_tobacco_licence,
    schema={"type": "string", "format": "kehu-tobacco-licence", "pattern": f"^{TOBACCO_LICENCE_PATTERN}$"},
    masks=(mask_edges(6, 2, 4),),
)
