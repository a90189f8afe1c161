"""Facts about a person: nationality (国籍), ethnicity (民族), occupation (职业), employer (工作单位), photo (照片)."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Mapping
from uuid import UUID

import pycountry

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Mask, Storage, ValueRefused
from kehu.vocabulary.descriptions import description_type
from kehu.vocabulary.hidden import CONSTANT, HIDDEN
from kehu.vocabulary.names import mask_head, parse_organisation_name
from kehu.vocabulary.normal import half_width, line_of, refuse_mask, text_of
from kehu.vocabulary.policies import PERSONAL, PROJECTED

ETHNIC_GROUPS: tuple[str, ...] = tuple(
    """
    汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 景颇
    柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 裕固 京
    塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺
    """.split()  # noqa: SIM905  # a literal list would take a line for each
)
"""The 56 groups in the order of their numeric codes 01 to 56 (GB/T 3304-1991), without 族."""


def _countries() -> Iterator[tuple[str, str]]:
    """Every spelling that is taken of each country of ISO 3166-1, with its alpha-2 code."""
    chinese = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["zh_CN"])
    for country in pycountry.countries:
        common = getattr(country, "common_name", country.name)
        for spelling in (country.alpha_2, country.alpha_3, country.name, common):
            yield spelling.casefold(), country.alpha_2
            yield chinese.gettext(spelling).casefold(), country.alpha_2


_COUNTRIES: Mapping[str, str] = dict(_countries()) | {
    "中国香港": "HK", "中国澳门": "MO", "中国台湾": "TW", "台湾": "TW", "香港": "HK", "澳门": "MO",
    "中华人民共和国": "CN", "中国大陆": "CN",
}  # fmt: skip
COUNTRY_CODES: tuple[str, ...] = tuple(sorted(set(_COUNTRIES.values())))
ETHNICITY_CODES: tuple[str, ...] = tuple(f"{place:02}" for place in range(1, len(ETHNIC_GROUPS) + 1))
_ETHNICITIES = dict(zip(ETHNIC_GROUPS, ETHNICITY_CODES, strict=True))


def parse_nationality(raw: object) -> str:
    """The ISO 3166-1 alpha-2 code of a country, given by code, or by its Chinese or English name.

    Raises `ValueRefused` NATIONALITY_UNKNOWN, MASK_SENT_BACK, TEXT_*.
    """
    text = line_of(raw)
    refuse_mask(text)
    code = _COUNTRIES.get(text.casefold()) or _COUNTRIES.get(text.casefold().removesuffix("籍"))
    if code is None:
        raise ValueRefused(
            "NATIONALITY_UNKNOWN",
            "没有这个国家或地区,请填写两位字母代码,例如 CN",
            "No such country; give its two-letter code, such as CN",
        )
    return code


def parse_ethnicity(raw: object) -> str:
    """The two-digit code of GB/T 3304, given by code or by name with or without 族.

    Raises `ValueRefused` ETHNICITY_UNKNOWN, MASK_SENT_BACK, TEXT_*.
    """
    text = (
        f"{raw:02}"
        if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < 100
        else half_width(text_of(raw))
    )
    refuse_mask(text)
    if text.zfill(2) in ETHNICITY_CODES:
        return text.zfill(2)
    code = _ETHNICITIES.get(text) or _ETHNICITIES.get(text.removesuffix("族"))
    if code is None:
        raise ValueRefused(
            "ETHNICITY_UNKNOWN",
            "民族无效,请填写名称(如 汉族)或 GB/T 3304 的两位数字代码",
            "Not an ethnic group; give its name or the two-digit code of GB/T 3304",
        )
    return code


def parse_photo(raw: object) -> str:
    """The id of a stored picture, a UUID in lower case. Raises `ValueRefused` PHOTO_FORMAT, MASK_SENT_BACK, TEXT_*."""
    text = str(raw) if isinstance(raw, UUID) else half_width(text_of(raw)).lower()
    refuse_mask(text)
    if not re.fullmatch("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text):
        raise ValueRefused("PHOTO_FORMAT", "照片须先上传,再填写其编号", "Upload the picture first, then give its id")
    return text


Nationality: GovernedType[str] = GovernedType(
    name="Nationality",
    label=Label("国籍", "Nationality"),
    description=Label("国籍,ISO 3166-1 两位字母代码", "Nationality, a two-letter code of ISO 3166-1"),
    storage=Storage.TEXT,
    policy=PROJECTED,
    parse=parse_nationality,
    schema={"type": "string", "enum": [*COUNTRY_CODES]},
    masks=(HIDDEN,),
)

Ethnicity: GovernedType[str] = GovernedType(
    name="Ethnicity",
    label=Label("民族", "Ethnicity"),
    description=Label("民族,GB/T 3304 两位数字代码,加密保存", "Ethnic group, a two-digit code of GB/T 3304; encrypted"),
    storage=Storage.TEXT,
    policy=PERSONAL,
    parse=parse_ethnicity,
    schema={"type": "string", "enum": [*ETHNICITY_CODES]},
    masks=(CONSTANT,),
)

Occupation = description_type(
    "Occupation", Label("职业", "Occupation"), Label("职业,加密保存", "Occupation; encrypted"), PERSONAL, longest=100
)

Employer: GovernedType[str] = GovernedType(
    name="Employer",
    label=Label("工作单位", "Employer"),
    description=Label(
        "个人的工作单位;遮盖时保留前两个字", "Whom a person works for; masked, the first two characters remain"
    ),
    storage=Storage.TEXT,
    policy=PERSONAL.but(mask="head"),
    parse=parse_organisation_name,
    schema={"type": "string", "format": "kehu-organisation-name", "minLength": 2, "maxLength": 120},
    masks=(Mask("head", Label("保留前两个字", "First two characters kept"), mask_head),),
)

Photo: GovernedType[str] = GovernedType(
    name="Photo",
    label=Label("照片", "Photo"),
    description=Label("照片的编号,照片本身另存", "The id of a picture, which is kept apart"),
    storage=Storage.TEXT,
    policy=PERSONAL,
    parse=parse_photo,
    schema={"type": "string", "format": "uuid"},
    masks=(CONSTANT,),
)
