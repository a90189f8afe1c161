"""Money (金额): integer minor units and a currency. Never binary fractions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, DecimalException, Inexact

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Json, Mask, Storage, ValueRefused
from kehu.vocabulary.normal import capitals, half_width, refuse_mask, text_of
from kehu.vocabulary.policies import PROPERTY

_EXPONENTS = {
    0: ("JPY", "KRW", "VND"),
    2: ("AUD", "CAD", "CHF", "CNY", "EUR", "GBP", "HKD", "MOP", "MYR", "NZD", "RUB", "SGD", "THB", "TWD", "USD"),
    3: ("BHD", "KWD"),
}
EXPONENTS: Mapping[str, int] = {code: places for places, codes in _EXPONENTS.items() for code in codes}
"""Decimal places of a currency's minor unit (ISO 4217)."""

DEFAULT_CURRENCY = "CNY"
LARGEST_MINOR = 10**15
"""Bound of one amount in minor units: sums of 9,000 such still fit into 64 bits, and each into a JSON number."""

_UNITS = {"亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "w": 10**4, "W": 10**4, "千": 10**3, "": 1}
_SIGNS = {"¥": "CNY", "元": "CNY", "人民币": "CNY", "人民币元": "CNY", "RMB": "CNY", "$": "USD", "美元": "USD"}
_SIGNS |= {"港元": "HKD", "港币": "HKD", "欧元": "EUR", "€": "EUR"}
_TEXT = re.compile(
    r"(?P<before>[A-Za-z]{3}|人民币|美元|港币|港元|欧元|[¥$€])?"
    r"(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)"
    r"(?P<unit>亿|千万|百万|万|千|[wW])?"
    r"(?P<after>人民币|美元|港币|港元|欧元|元|[A-Za-z]{3})?整?"
)
# Wide enough that no amount of a permitted size and length is ever rounded; rounding raises instead.
_EXACT = Context(prec=80, traps=[Inexact])


@dataclass(frozen=True, slots=True, repr=False)
class MoneyValue:
    """``minor`` units (分) of ``currency`` (ISO 4217). Its repr shows neither."""

    minor: int
    currency: str

    def __repr__(self) -> str:
        return "<MoneyValue>"

    @property
    def amount(self) -> Decimal:
        """The amount in major units (元), exact."""
        return Decimal(self.minor).scaleb(-EXPONENTS[self.currency])

    @property
    def display(self) -> str:
        """``CNY 8,000,000.00``."""
        return f"{self.currency} {self.amount:,f}"


def _malformed() -> ValueRefused:
    return ValueRefused(
        "MONEY_FORMAT", "金额无效,请按 8000000.00 或 800万元 的格式填写", "Not an amount; write it like 8000000.00"
    )


def parse_money(raw: object) -> MoneyValue:
    """An amount from ``{"amount": "8000000.00", "currency": "CNY"}``, Decimal, int (major units) or text.

    Text may group by commas and use 万, 亿 and the like: ``800万元``, ``1,200,000.50``; CNY unless it says other.
    Raises `ValueRefused` MONEY_FLOAT, MONEY_FORMAT, MONEY_CURRENCY, MONEY_PRECISION, MONEY_RANGE,
    MASK_SENT_BACK, TEXT_*.
    """
    if isinstance(raw, MoneyValue):
        return _checked(raw.amount if raw.currency in EXPONENTS else Decimal(0), raw.currency)
    if isinstance(raw, Mapping):
        return _from_mapping(raw)
    amount, currency = _amount_of(raw)
    return _checked(amount, currency or DEFAULT_CURRENCY)


def _from_mapping(raw: Mapping[object, object]) -> MoneyValue:
    """``display`` is derived: accepted, since output has it, and ignored."""
    if not {"amount"} <= set(raw) <= {"amount", "currency", "display"}:
        raise _malformed()
    if raw["amount"] is None:
        refuse_mask("*")
    currency = raw.get("currency", DEFAULT_CURRENCY)
    if not isinstance(currency, str):
        raise _unknown_currency()
    amount, named = _amount_of(raw["amount"])
    if named is not None and named != capitals(currency.strip()):
        raise _unknown_currency()
    return _checked(amount, capitals(currency.strip()))


def _amount_of(raw: object) -> tuple[Decimal, str | None]:
    if isinstance(raw, float):
        raise ValueRefused(
            "MONEY_FLOAT",
            '金额不能用浮点数表示,请以文字提交,例如 "8000000.00"',
            'An amount is never a float; send it as text, as in "8000000.00"',
        )
    if isinstance(raw, bool):
        raise _malformed()
    if isinstance(raw, int):
        # Bounded first: turning a huge int into a Decimal is slow.
        return (Decimal(raw) if abs(raw) <= LARGEST_MINOR else Decimal(LARGEST_MINOR + 1)), None
    if isinstance(raw, Decimal):
        if not raw.is_finite():
            raise _malformed()
        return raw, None
    return _from_text(half_width(text_of(raw)))


def _from_text(text: str) -> tuple[Decimal, str | None]:
    refuse_mask(text)
    match = _TEXT.fullmatch("".join(text.replace("\uffe5", "¥").split())) if len(text) <= 60 else None
    if match is None or (match["before"] and match["after"] not in (None, "元")):
        raise _malformed()
    amount = _EXACT.multiply(Decimal(match["number"].replace(",", "")), Decimal(_UNITS[match["unit"] or ""]))
    sign = capitals(match["before"] or match["after"] or "")
    return amount, _SIGNS.get(sign, sign) or None


def _unknown_currency() -> ValueRefused:
    return ValueRefused(
        "MONEY_CURRENCY",
        "币种无效或前后不一致,请使用三位字母代码,例如 CNY",
        "The currency is unknown or named twice; use a three-letter code such as CNY",
    )


def _checked(amount: Decimal, currency: str) -> MoneyValue:
    if currency not in EXPONENTS:
        raise _unknown_currency()
    if amount and amount.adjusted() > len(str(LARGEST_MINOR)):
        raise _out_of_range()
    minor = _whole(amount, EXPONENTS[currency])
    if minor is None:
        raise ValueRefused(
            "MONEY_PRECISION",
            "小数位数超过该币种的最小单位",
            "More decimal places than the currency's smallest unit has",
        )
    if abs(minor) > LARGEST_MINOR:
        raise _out_of_range()
    return MoneyValue(minor, currency)


def _whole(amount: Decimal, exponent: int) -> int | None:
    """``amount`` in minor units, None where it isn't a whole number of them."""
    try:
        scaled = _EXACT.scaleb(_EXACT.plus(amount), exponent)
        return int(_EXACT.quantize(scaled, Decimal(1)))
    except DecimalException:
        return None


def _out_of_range() -> ValueRefused:
    return ValueRefused(
        "MONEY_RANGE", "金额超出允许的范围,请核对", "The amount is beyond the permitted range; check it"
    )


def _encode(value: MoneyValue) -> Json:
    return {"minor": value.minor, "currency": value.currency}


def _decode(value: Json) -> MoneyValue:
    assert isinstance(value, dict)
    assert isinstance(value["minor"], int)
    return MoneyValue(value["minor"], str(value["currency"]))


def _output(value: MoneyValue) -> Json:
    return {"amount": f"{value.amount:f}", "currency": value.currency, "display": value.display}


def _bounds(places: int, codes: tuple[str, ...]) -> Json:
    """JSON Schema of how large and how fine an amount in one of these currencies may be."""
    digits = len(str(LARGEST_MINOR)) - 1 - places
    fraction = ["0{1,3}", "[0-9]00?", "[0-9]{1,2}0?", "[0-9]{1,3}"][places]
    pattern = f"^-?0*(?:[0-9]{{1,{digits}}}(?:\\.{fraction})?|10{{{digits}}}(?:\\.0{{1,3}})?)$"
    condition: dict[str, Json] = {"properties": {"currency": {"enum": [*codes]}}}
    if DEFAULT_CURRENCY not in codes:
        condition["required"] = ["currency"]
    return {"if": condition, "then": {"properties": {"amount": {"pattern": pattern}}}}


def _masked(value: MoneyValue) -> Json:
    return {"amount": None, "currency": value.currency, "display": f"{value.currency} ***"}


Money: GovernedType[MoneyValue] = GovernedType(
    name="Money",
    label=Label("金额", "Amount of money"),
    description=Label(
        "金额和币种,以最小货币单位的整数保存;遮盖时只显示币种",
        "An amount and its currency, kept as an integer of minor units; masked, only the currency is shown",
    ),
    storage=Storage.MONEY,
    policy=PROPERTY,
    parse=parse_money,
    schema={
        "type": "object",
        "properties": {
            "amount": {"type": "string", "pattern": "^-?[0-9]{1,16}(\\.[0-9]{1,3})?$"},
            "currency": {"type": "string", "enum": [*sorted(EXPONENTS)]},
            "display": {"type": "string", "readOnly": True},
        },
        "required": ["amount"],
        "additionalProperties": False,
        "allOf": [_bounds(places, codes) for places, codes in _EXPONENTS.items()],
    },
    masks=(Mask("amount", Label("只显示币种", "Only the currency shown"), _masked, ("S3.R04",)),),
    encode=_encode,
    decode=_decode,
    output=_output,
    index_form=lambda value: f"{value.minor} {value.currency}",
    parts=(
        ("amount", "String", Label("金额", "Amount in major units, exact decimal text")),
        ("currency", "String", Label("币种", "Currency, ISO 4217")),
        ("display", "String", Label("显示文本", "For display")),
    ),
)
