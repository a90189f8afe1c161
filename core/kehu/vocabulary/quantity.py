"""Quantity (数量): areas, volumes and the like, exact to three decimal places, without their unit."""

from __future__ import annotations

import re
from decimal import Decimal

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Json, Storage, ValueRefused
from kehu.vocabulary.hidden import HIDDEN
from kehu.vocabulary.normal import half_width, text_of
from kehu.vocabulary.policies import CORE

LARGEST_QUANTITY = 10**12
"""Bound in thousandths: a thousand million units."""

QUANTITY_PATTERN = "(?:0|[1-9][0-9]{0,9})(?:\\.[0-9]{1,3})?"
_TEXT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,20})(?:\.([0-9]{1,20}))?")


class Thousandths(int):
    """A quantity as it is stored, so that it is never taken for whole units."""

    __slots__ = ()


def parse_quantity(raw: object) -> Thousandths:
    """A number that isn't negative, with at most three decimal places, as thousandths.

    A spreadsheet's float counts as the shortest decimal that it stands for.
    Raises `ValueRefused` QUANTITY_FORMAT, QUANTITY_PRECISION, QUANTITY_RANGE, TEXT_*.
    """
    if isinstance(raw, Thousandths):
        return _checked(raw)
    if isinstance(raw, int | float | Decimal) and not isinstance(raw, bool):
        text = f"{Decimal(repr(raw)) if isinstance(raw, float) else Decimal(min(raw, LARGEST_QUANTITY)):f}"
    else:
        text = half_width(text_of(raw))
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ValueRefused("QUANTITY_FORMAT", "数量无效,请按 88.5 的格式填写", "Not a quantity; write it like 88.5")
    decimals = (match[2] or "").rstrip("0")
    if len(decimals) > 3:
        raise ValueRefused("QUANTITY_PRECISION", "数量最多三位小数", "A quantity has at most three decimal places")
    return _checked(int(match[1].replace(",", "")) * 1000 + int(decimals.ljust(3, "0")))


def _checked(thousandths: int) -> Thousandths:
    if not 0 <= thousandths <= LARGEST_QUANTITY:
        raise ValueRefused("QUANTITY_RANGE", "数量须为0至10亿", "A quantity lies between 0 and 1,000,000,000")
    return Thousandths(thousandths)


def quantity_text(thousandths: int) -> str:
    """``88.5`` of 88500."""
    whole, rest = divmod(thousandths, 1000)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")


def _decode(value: Json) -> Thousandths:
    assert isinstance(value, int)
    return Thousandths(value)


Quantity: GovernedType[Thousandths] = GovernedType(
    name="Quantity",
    label=Label("数量(三位小数)", "Quantity"),
    description=Label(
        "面积、体积等数量,精确到三位小数,以文字输出", "An area, a volume and the like, exact to three places, as text"
    ),
    storage=Storage.INTEGER,
    policy=CORE,
    parse=parse_quantity,
    schema={"type": "string", "format": "kehu-quantity", "pattern": f"^{QUANTITY_PATTERN}$"},
    masks=(HIDDEN,),
    encode=int,
    decode=_decode,
    output=quantity_text,
    index_form=quantity_text,
)
