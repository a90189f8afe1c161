"""Text: free text that is sealed (自由文本), and short internal text that stands clear."""

from __future__ import annotations

import re

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Storage, ValueRefused
from kehu.vocabulary.hidden import CONSTANT, HIDDEN
from kehu.vocabulary.normal import line_of, refuse_mask, text_of
from kehu.vocabulary.policies import CORE, NOTE

_LONGEST_FREE = 4000
_LONGEST_SHORT = 200
_PERSONAL = (
    re.compile(r"(?<![0-9])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])"),
    re.compile(r"(?<![0-9])(?:0086|86)1[3-9][0-9]{9}(?![0-9])"),
    re.compile(
        r"(?<![0-9])[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]"
    ),
    re.compile(r"[A-Za-z0-9._%+-]@[A-Za-z0-9-]+\.[A-Za-z]"),
)


def parse_free_text(raw: object, longest: int = _LONGEST_FREE) -> str:
    """Up to 4,000 characters unless another bound is given, lines ended by ``\\n``.

    Raises `ValueRefused` FREE_TEXT_LENGTH, MASK_SENT_BACK (exactly ``***``), TEXT_*.
    """
    text = text_of(raw).replace("\r\n", "\n").replace("\r", "\n")
    if text == "***":
        refuse_mask(text)
    if len(text) > longest:
        raise ValueRefused(
            "FREE_TEXT_LENGTH", f"文字不得超过{longest}字,请缩短", f"At most {longest:,} characters; shorten the text"
        )
    return text


def parse_short_text(raw: object) -> str:
    """One line of 1 to 200 characters that stands clear in the table, so nothing personal.

    Raises `ValueRefused` SHORT_TEXT_LENGTH, PERSONAL_IN_CLEAR (looks like a mobile, resident ID or e-mail), TEXT_*.
    """
    text = line_of(raw)
    if len(text) > _LONGEST_SHORT:
        raise ValueRefused("SHORT_TEXT_LENGTH", "文字不得超过200字,请缩短", "At most 200 characters; shorten the text")
    if any(pattern.search(text) for pattern in _PERSONAL):
        raise ValueRefused(
            "PERSONAL_IN_CLEAR",
            "此处不加密,不能填写手机号、身份证号或邮箱;请填入相应的字段",
            "This field isn't encrypted: no mobile, ID number or e-mail here; use the field made for it",
        )
    return text


FreeText: GovernedType[str] = GovernedType(
    name="FreeText",
    label=Label("自由文本", "Free text"),
    description=Label(
        "备注等自由文本,加密保存;遮盖时不显示任何内容",
        "Notes and other free text, stored encrypted; masked, nothing of it remains",
    ),
    storage=Storage.TEXT,
    policy=NOTE,
    parse=parse_free_text,
    schema={"type": "string", "minLength": 1, "maxLength": _LONGEST_FREE},
    masks=(CONSTANT,),
)

ShortText: GovernedType[str] = GovernedType(
    name="ShortText",
    label=Label("短文本", "Short text"),
    description=Label(
        "产品代码等内部短文本,不加密,不得含个人信息",
        "Short internal text such as a product code; stored clear, so without personal data",
    ),
    storage=Storage.TEXT,
    policy=CORE,
    parse=parse_short_text,
    schema={"type": "string", "format": "kehu-short-text", "minLength": 1, "maxLength": _LONGEST_SHORT},
    masks=(HIDDEN,),
    graphql="String",
)
