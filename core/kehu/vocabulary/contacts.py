"""Ways to reach a person: mobile (手机号码), landline (固定电话), e-mail address (电子邮箱), postcode (邮政编码)."""

from __future__ import annotations

import re

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Mask, Storage, ValueRefused
from kehu.vocabulary.normal import line_of, number_text_of, refuse_mask, without_separators
from kehu.vocabulary.policies import CONTACT

MOBILE_PATTERN = "1(?:3[0-9]|4[01456879]|5[0-35-9]|6[2567]|7[0-8]|8[0-9]|9[0-35-9])[0-9]{8}"
"""Default, the ranges of 2026 (F-93). Carriers get new ones: change it here, schema and check follow."""

LANDLINE_PATTERN = (
    "(?:(?:010|02[0-57-9])-[2-8][0-9]{7}|0[3-9][0-9]{2}-[2-8][0-9]{6,7})(?:-[0-9]{1,6})?|[48]00-[0-9]{3}-[0-9]{4}"
)
"""Area code, 7 or 8 digits (8 in the largest cities), an extension; or a service number 400, 800 (F-93)."""

POSTCODE_PATTERN = "[0-9]{6}"
_LANDLINE = re.compile(
    "(?P<area>010|02[0-57-9]|0[3-9][0-9]{2})-?(?P<local>[2-8][0-9]{6,7}|[2-8][0-9]{2,3}-[0-9]{4})"
    r"(?:(?:-|转分机|转|分机|ext\.?|x|#):?(?P<extension>[0-9]{1,6}))?",
    re.IGNORECASE,
)
_SERVICE = re.compile("([48]00)-?([0-9]{3})-?([0-9]{4})")

_COUNTRY = re.compile(r"(?:\+|00)?86(?=1[0-9]{10}$)")
_ATOM = r"[A-Za-z0-9!#$%&'+/=?^_`{|}~-]+"
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
EMAIL_PATTERN = rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z][A-Za-z0-9-]{{0,61}}[A-Za-z0-9]"
"""Dot-atom local part and domain of RFC 5322, without quoted forms and address literals."""


def parse_mobile(raw: object) -> str:
    """A mainland mobile number as 11 digits (F-93); ``+86``, blanks, hyphens and brackets go.

    Raises `ValueRefused` MOBILE_LENGTH, MOBILE_DIGITS, MOBILE_RANGE, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    number = re.sub(r"[().]", "", without_separators(number_text_of(raw)))
    refuse_mask(number)
    number = _COUNTRY.sub("", number)
    if not re.fullmatch("[0-9]+", number):
        raise ValueRefused("MOBILE_DIGITS", "手机号码只能有数字", "A mobile number has digits only")
    if len(number) != 11:
        raise ValueRefused("MOBILE_LENGTH", "手机号码须为11位数字,请核对", "A mobile number has 11 digits; check it")
    if not re.fullmatch(MOBILE_PATTERN, number):
        raise ValueRefused(
            "MOBILE_RANGE", "不是有效的手机号段,请核对前三位", "No carrier has this range; check the first three digits"
        )
    return number


def mask_mobile(number: str) -> str:
    """``138****1234`` (F-94)."""
    return f"{number[:3]}****{number[-4:]}"


def parse_landline(raw: object) -> str:
    """A mainland landline or fax number with its area code, as ``0757-22334455`` or ``0757-22334455-801`` (F-93).

    ``+86``, blanks and brackets go; an extension follows a hyphen, 转 or the like. Numbers 400 and 800 are taken.
    Raises `ValueRefused` LANDLINE_AREA, LANDLINE_FORMAT, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    text = re.sub(r"[\u2010-\u2015\u2212()]", "-", "".join(number_text_of(raw).split()))
    refuse_mask(text)
    text = re.sub(r"^(?:\+|00)86-*0?", "0", re.sub("-+", "-", text).strip("-"))
    if re.fullmatch("[2-8][0-9]{2,3}-?[0-9]{4}", text):
        raise ValueRefused("LANDLINE_AREA", "固定电话缺少区号,请加上区号", "The area code is missing; add it")
    shown = ""
    if service := _SERVICE.fullmatch(text):
        shown = "-".join(service.groups())
    elif parts := _LANDLINE.fullmatch(text):
        shown = "-".join(filter(None, (parts["area"], parts["local"].replace("-", ""), parts["extension"])))
    if not re.fullmatch(LANDLINE_PATTERN, shown):
        raise ValueRefused(
            "LANDLINE_FORMAT",
            "固定电话无效,请按 0757-22334455 的格式填写",
            "Not a landline number; write it like 0757-22334455",
        )
    return shown


def mask_landline(number: str) -> str:
    """Area code (or 400) and the last two digits of the number; never the extension."""
    area, local = number.split("-")[:2] if number[0] == "0" else (number[:3], number[3:])
    return f"{area}-****{local[-2:]}"


def parse_postcode(raw: object) -> str:
    """Six digits; a spreadsheet's number gets its lost leading zero back.

    Raises `ValueRefused` POSTCODE_FORMAT, MASK_SENT_BACK, NUMBER_CELL, TEXT_*.
    """
    code = without_separators(number_text_of(raw))
    refuse_mask(code)
    if isinstance(raw, int | float):
        code = code.zfill(6)
    if not re.fullmatch(POSTCODE_PATTERN, code):
        raise ValueRefused("POSTCODE_FORMAT", "邮政编码须为6位数字", "A postcode has six digits")
    return code


def parse_email(raw: object) -> str:
    """An address of at most 254 characters, its domain in lower case.

    Raises `ValueRefused` EMAIL_FORMAT, EMAIL_LENGTH, MASK_SENT_BACK, TEXT_*.
    """
    address = line_of(raw)
    refuse_mask(address)
    local, at, domain = address.rpartition("@")
    if len(address) > 254 or len(local) > 64:
        raise ValueRefused("EMAIL_LENGTH", "邮箱地址过长,请核对", "The e-mail address is too long; check it")
    if not re.fullmatch(EMAIL_PATTERN, address):
        raise ValueRefused(
            "EMAIL_FORMAT",
            "邮箱地址无效,请按 name@example.com 的格式填写",
            "Not an e-mail address; write name@example.com",
        )
    return f"{local}{at}{domain.lower()}"


def mask_email(address: str) -> str:
    """``z***@x.com``; a local part of one character isn't shown (F-98)."""
    local, _, domain = address.rpartition("@")
    return f"{local[0] if len(local) > 1 else ''}***@{domain}"


Mobile: GovernedType[str] = GovernedType(
    name="Mobile",
    label=Label("手机号码", "Mobile number"),
    description=Label(
        "中国内地手机号码,可精确查找;遮盖时保留前三位和后四位",
        "Mobile number of mainland China, found by exact look-up; masked, the first three and last four remain",
    ),
    storage=Storage.TEXT,
    policy=CONTACT.but(lookup=True, cites=(*CONTACT.cites, "F-93", "F-94")),
    parse=parse_mobile,
    schema={"type": "string", "format": "kehu-mobile", "pattern": f"^{MOBILE_PATTERN}$"},
    masks=(Mask("3+4", Label("保留前3位和后4位", "First 3 and last 4 kept"), mask_mobile, ("F-94",)),),
)

EmailAddress: GovernedType[str] = GovernedType(
    name="EmailAddress",
    label=Label("电子邮箱", "E-mail address"),
    description=Label(
        "电子邮箱地址;遮盖时保留首字符和域名", "E-mail address; masked, its first character and the domain remain"
    ),
    storage=Storage.TEXT,
    policy=CONTACT.but(mask="local", cites=(*CONTACT.cites, "F-98")),
    parse=parse_email,
    schema={"type": "string", "format": "email", "pattern": f"^{EMAIL_PATTERN}$", "maxLength": 254},
    masks=(Mask("local", Label("保留首字符和域名", "First character and domain kept"), mask_email, ("F-98",)),),
)

Landline: GovernedType[str] = GovernedType(
    name="Landline",
    label=Label("固定电话", "Landline"),
    description=Label(
        "固定电话或传真号码,含区号,可精确查找;遮盖时保留区号和后两位",
        "Landline or fax number with its area code, found by exact look-up; masked, area code and last two remain",
    ),
    storage=Storage.TEXT,
    policy=CONTACT.but(mask="area+2", lookup=True, cites=(*CONTACT.cites, "F-93", "S9.R18")),
    parse=parse_landline,
    schema={"type": "string", "format": "kehu-landline", "pattern": f"^(?:{LANDLINE_PATTERN})$"},
    masks=(Mask("area+2", Label("保留区号和后两位", "Area code and last two kept"), mask_landline, ("F-94",)),),
)

Postcode: GovernedType[str] = GovernedType(
    name="Postcode",
    label=Label("邮政编码", "Postcode"),
    description=Label("六位邮政编码;遮盖时保留前四位", "Postcode of six digits; masked, the first four remain"),
    storage=Storage.TEXT,
    policy=CONTACT.but(mask="head4", cites=(*CONTACT.cites, "F-98", "S9.R18")),
    parse=parse_postcode,
    schema={"type": "string", "format": "kehu-postcode", "pattern": f"^{POSTCODE_PATTERN}$"},
    # The first four name the district, which the mask of an address shows too; the last two the post office.
    masks=(Mask("head4", Label("保留前四位", "First four kept"), lambda code: f"{code[:4]}**", ("F-98",)),),
)
