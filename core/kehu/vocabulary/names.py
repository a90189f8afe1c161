"""Names: of persons (姓名) and of organisations (单位名称)."""

from __future__ import annotations

import re

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Mask, Storage, ValueRefused
from kehu.vocabulary.normal import has_letter, is_digit, is_han, line_of, refuse_mask
from kehu.vocabulary.policies import NAME, ORGANISATION
from kehu.vocabulary.spelling import organisation_forms, person_forms

COMPOUND_SURNAMES: frozenset[str] = frozenset(
    """
    欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶
    太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良
    漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 公户 公玉 公仪 梁丘 公仲
    公上 公门 公山 公坚 左丘 公伯 西门 公祖 第五 公乘 贯丘 公皙 南荣 东里 东宫 仲长 子书 子桑 即墨 达奚
    褚师 纳兰 归海 淳于 单于 叔孙 屈突 尔朱 东乡 相里 胡母 司城 雍门 毋丘 贺兰 綦毋 屋庐 独吉 南郭 北宫
    王孙 完颜 耶律 爱新 叶赫 那拉 富察 钮祜 范姜 张简 张廖 西陵 东阳 安陵 高堂 哥舒 长鱼 士孙 库狄 费莫
    歐陽 端木 上官 司馬 東方 獨孤 南宮 萬俟 聞人 諸葛 尉遲 赫連 澹臺 濮陽 公孫 仲孫 鍾離 長孫 鮮于 閭丘
    亓官 巫馬 顓孫 壤駟 樂正 穀梁 軒轅 東郭 南門 公戶 公儀 左丘 西門 貫丘 南榮 東里 納蘭 單于 叔孫 張簡 張廖
    """.split()  # noqa: SIM905  # a literal list would take a line for each
)
"""Surnames of two characters (复姓), simplified and traditional (F-96)."""

_INTERPUNCTS = re.compile(r"\s*[\u00b7\u2022\u2024\u2027\u2219\u22c5\u30fb\uff65\u16eb\u25cf]\s*")
_LONGEST_NAME = 50
_LONGEST_ORGANISATION = 120


def parse_person_name(raw: object) -> str:
    """A name of 1 to 50 characters without digits, with ``·`` as the only interpunct (F-96).

    Blanks between Chinese characters are padding and go; between Latin words one stays.
    Raises `ValueRefused` NAME_LENGTH, NAME_DIGIT, NAME_LETTERS, MASK_SENT_BACK, TEXT_*.
    """
    name = line_of(raw)
    refuse_mask(name)
    name = _INTERPUNCTS.sub("·", name).strip("· ")
    name = "".join(char for at, char in enumerate(name) if not _is_padding(name, at))
    # Full stops between Chinese characters stand for the interpunct on keyboards that lack it.
    name = "".join(
        "·" if char == "." and 0 < at < len(name) - 1 and is_han(name[at - 1]) and is_han(name[at + 1]) else char
        for at, char in enumerate(name)
    )
    if not has_letter(name):
        raise ValueRefused("NAME_LETTERS", "姓名中没有文字,请填写真实姓名", "The name has no letters; give the name")
    if len(name) > _LONGEST_NAME:
        raise ValueRefused("NAME_LENGTH", "姓名须为1至50个字", "A name has 1 to 50 characters")
    if any(is_digit(char) for char in name):
        raise ValueRefused("NAME_DIGIT", "姓名中不能有数字,请删除数字", "A name has no digits; remove them")
    return name


def _is_padding(name: str, at: int) -> bool:
    return name[at] == " " and is_han(name[at - 1]) and is_han(name[at + 1])


def mask_surname(name: str) -> str:
    """``张**``, ``欧阳*``; one character, ``*``; other scripts, the first letter and ``***`` (F-96)."""
    if len(name) == 1:
        return "*"
    if not is_han(name[0]):
        return name[0] + "***"
    kept = 2 if name[:2] in COMPOUND_SURNAMES and len(name) > 2 else 1
    return name[:kept] + "*" * (len(name) - kept)


def parse_organisation_name(raw: object) -> str:
    """The name of an organisation, 2 to 120 characters; brackets become half-width.

    Raises `ValueRefused` ORGANISATION_LENGTH, ORGANISATION_LETTERS, MASK_SENT_BACK, TEXT_*.
    """
    name = line_of(raw)
    refuse_mask(name)
    if not 2 <= len(name) <= _LONGEST_ORGANISATION:
        raise ValueRefused(
            "ORGANISATION_LENGTH", "单位名称须为2至120个字", "An organisation's name has 2 to 120 characters"
        )
    if not has_letter(name):
        raise ValueRefused(
            "ORGANISATION_LETTERS", "单位名称中没有文字,请填写登记的全称", "The name has no letters; give the full name"
        )
    return name


def mask_head(name: str) -> str:
    """The first two characters, of a name of two only the first."""
    return name[: min(2, len(name) - 1)] + "***"


PersonName: GovernedType[str] = GovernedType(
    name="PersonName",
    label=Label("姓名", "Name"),
    description=Label(
        "自然人姓名;遮盖时保留姓氏(含复姓)",
        "A natural person's name; masked, the surname remains (compound surnames too)",
    ),
    storage=Storage.TEXT,
    policy=NAME.but(cites=(*NAME.cites, "F-96")),
    parse=parse_person_name,
    schema={"type": "string", "format": "kehu-person-name", "minLength": 1, "maxLength": _LONGEST_NAME},
    masks=(Mask("surname", Label("保留姓氏", "Surname kept"), mask_surname, ("F-96",)),),
    search_forms=person_forms,
)

OrganisationName: GovernedType[str] = GovernedType(
    name="OrganisationName",
    label=Label("单位名称", "Organisation name"),
    description=Label(
        "法人或其他组织的名称;遮盖时保留前两个字",
        "The name of a company or other organisation; masked, the first two characters remain",
    ),
    storage=Storage.TEXT,
    policy=ORGANISATION,
    parse=parse_organisation_name,
    schema={"type": "string", "format": "kehu-organisation-name", "minLength": 2, "maxLength": _LONGEST_ORGANISATION},
    masks=(Mask("head", Label("保留前两个字", "First two characters kept"), mask_head),),
    search_forms=organisation_forms,
)
