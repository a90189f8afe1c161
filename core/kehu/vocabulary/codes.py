"""Plain clear types: codes of schemes (代码), flags, counts, references."""

from __future__ import annotations

import re
from typing import NamedTuple
from uuid import UUID

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Json, Storage, ValueRefused
from kehu.vocabulary.hidden import HIDDEN
from kehu.vocabulary.normal import capitals, half_width, line_of, text_of
from kehu.vocabulary.policies import CORE, PROJECTED

CODE_PATTERN = "[A-Z][A-Z0-9_]{0,39}"
LARGEST_COUNT = 2**31 - 1
"""GraphQL's Int has 32 bits."""

_TRUE = frozenset({"true", "yes", "y", "1", "是", "有", "对", "√", "✓"})
_FALSE = frozenset({"false", "no", "n", "0", "否", "无", "不", "×"})


class Band(NamedTuple):
    """Ages from ``low`` up to and including ``high`` (whole years; None: open)."""

    code: str
    low: int
    high: int | None
    label: Label


AGE_BANDS: tuple[Band, ...] = (
    Band("UNDER_18", 0, 17, Label("18岁以下", "Under 18")),
    Band("A18_24", 18, 24, Label("18-24岁", "18 to 24")),
    Band("A25_34", 25, 34, Label("25-34岁", "25 to 34")),
    Band("A35_44", 35, 44, Label("35-44岁", "35 to 44")),
    Band("A45_54", 45, 54, Label("45-54岁", "45 to 54")),
    Band("A55_64", 55, 64, Label("55-64岁", "55 to 64")),
    Band("A65_PLUS", 65, None, Label("65岁以上", "65 and over")),
)
"""Scheme ``age.band`` (年龄区间, S17.R21). The text gives no bounds: these are a working default."""

AGE_BAND_SCHEME = "age.band"
_AGE_BANDS_BY_TEXT = (
    {band.code: band.code for band in AGE_BANDS}
    | {band.label.zh: band.code for band in AGE_BANDS}
    | {band.label.zh.removesuffix("岁"): band.code for band in AGE_BANDS}
    | {"65岁及以上": "A65_PLUS", "65+": "A65_PLUS", "65岁+": "A65_PLUS", "<18": "UNDER_18"}
)


def parse_code(raw: object) -> str:
    """A code in upper case. Whether its scheme has it, the reader of the scheme checks.

    Raises `ValueRefused` CODE_FORMAT, TEXT_*.
    """
    code = capitals(half_width(text_of(raw)))
    if not re.fullmatch(CODE_PATTERN, code):
        raise ValueRefused(
            "CODE_FORMAT",
            "代码须为大写字母开头的字母、数字和下划线,最多40位",
            "A code has up to 40 capitals, digits and underscores, a letter first",
        )
    return code


def parse_age_band(raw: object) -> str:
    """A code of `AGE_BANDS`, or its Chinese label (``25-34岁``). Raises `ValueRefused` AGE_BAND, TEXT_*."""
    text = re.sub(r" ?[~\u2013\u2014至到-]+ ?", "-", capitals(line_of(raw)))
    code = _AGE_BANDS_BY_TEXT.get(text)
    if code is None:
        choices = "、".join(band.label.zh for band in AGE_BANDS)
        raise ValueRefused(
            "AGE_BAND",
            f"年龄区间须为以下之一:{choices}",
            f"One of {', '.join(band.code for band in AGE_BANDS)} is needed",
        )
    return code


def parse_flag(raw: object) -> bool:
    """``true``/``false``, 是/否, 1/0 and the like. Raises `ValueRefused` FLAG_FORMAT, TEXT_*."""
    if isinstance(raw, bool):
        return raw
    text = str(raw) if isinstance(raw, int) and raw in (0, 1) else half_width(text_of(raw)).lower()
    if text not in _TRUE | _FALSE:
        raise ValueRefused("FLAG_FORMAT", "请填写 是 或 否", "Answer yes or no")
    return text in _TRUE


def parse_count(raw: object) -> int:
    """A whole number from 0 to 2^31 − 1; a spreadsheet's ``3.0`` is 3.

    Raises `ValueRefused` COUNT_FORMAT, COUNT_RANGE, TEXT_*.
    """
    if isinstance(raw, float):
        number = int(raw) if raw.is_integer() else None
    elif isinstance(raw, int) and not isinstance(raw, bool):
        number = raw
    else:
        text = half_width(text_of(raw))
        number = int(text) if re.fullmatch("-?[0-9]{1,20}", text) else None
    if number is None:
        raise ValueRefused("COUNT_FORMAT", "须为整数", "A whole number is needed")
    if not 0 <= number <= LARGEST_COUNT:
        raise ValueRefused("COUNT_RANGE", "须为0至2147483647的整数", "The number must lie between 0 and 2147483647")
    return number


def parse_reference(raw: object) -> UUID:
    """The key of another record. Raises `ValueRefused` REFERENCE_FORMAT, TEXT_*."""
    if isinstance(raw, UUID):
        return raw
    text = text_of(raw).lower()
    if not re.fullmatch("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", text):
        raise ValueRefused("REFERENCE_FORMAT", "引用的记录编号无效", "Not the id of a record")
    return UUID(text)


def _uuid(value: Json) -> UUID:
    return UUID(str(value))


Code: GovernedType[str] = GovernedType(
    name="Code",
    label=Label("代码", "Code"),
    description=Label("分类方案中的代码", "A code of a scheme"),
    storage=Storage.TEXT,
    policy=CORE,
    parse=parse_code,
    schema={"type": "string", "pattern": f"^{CODE_PATTERN}$"},
    masks=(HIDDEN,),
    graphql="String",
)

AgeBand: GovernedType[str] = GovernedType(
    name="AgeBand",
    label=Label("年龄区间", "Age band"),
    description=Label("年龄区间代码(方案 age.band)", "Code of the scheme age.band"),
    storage=Storage.TEXT,
    policy=PROJECTED.but(cites=(*PROJECTED.cites, "S17.R21"), default=True),
    parse=parse_age_band,
    schema={"type": "string", "enum": [band.code for band in AGE_BANDS]},
    masks=(HIDDEN,),
    graphql="String",
)

Flag: GovernedType[bool] = GovernedType(
    name="Flag",
    label=Label("是否", "Flag"),
    description=Label("是或否", "Yes or no"),
    storage=Storage.BOOLEAN,
    policy=CORE,
    parse=parse_flag,
    schema={"type": "boolean"},
    masks=(HIDDEN,),
    graphql="Boolean",
)

Count: GovernedType[int] = GovernedType(
    name="Count",
    label=Label("数量", "Count"),
    description=Label("非负整数", "A whole number, not negative"),
    storage=Storage.INTEGER,
    policy=CORE,
    parse=parse_count,
    schema={"type": "integer", "minimum": 0, "maximum": LARGEST_COUNT},
    masks=(HIDDEN,),
    graphql="Int",
)

Reference: GovernedType[UUID] = GovernedType(
    name="Reference",
    label=Label("引用", "Reference"),
    description=Label("指向另一条记录", "The key of another record"),
    storage=Storage.REFERENCE,
    policy=CORE,
    parse=parse_reference,
    schema={"type": "string", "format": "uuid"},
    masks=(HIDDEN,),
    encode=str,
    decode=_uuid,
    output=str,
    graphql="ID",
)
