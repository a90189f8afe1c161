"""Postal address (通讯地址) in the segments of GB/T 23705 (F-82). How text is split: `splitting`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Json, Mask, Storage, ValueRefused
from kehu.vocabulary.normal import line_of, refuse_mask
from kehu.vocabulary.policies import CONTACT
from kehu.vocabulary.splitting import split_address

_LONGEST = 300
_AREA = r"[^\W0-9_](?:[^\d_@]{0,29})"


@dataclass(frozen=True, slots=True, repr=False)
class AddressValue:
    """Segments from the largest to the smallest; what fits none stands in ``detail``. Its repr shows nothing."""

    province: str | None = None
    city: str | None = None
    district: str | None = None
    town: str | None = None
    road: str | None = None
    compound: str | None = None
    building: str | None = None
    unit: str | None = None
    floor: str | None = None
    room: str | None = None
    detail: str | None = None

    def __repr__(self) -> str:
        return "<AddressValue>"

    @property
    def display(self) -> str:
        """All segments in order, as on an envelope."""
        return "".join(part for name in SEGMENTS if (part := getattr(self, name)) is not None)

    @property
    def area(self) -> str:
        """Province, city and district: what the mask shows."""
        return "".join(part for part in (self.province, self.city, self.district) if part is not None)


SEGMENTS: tuple[str, ...] = tuple(segment.name for segment in fields(AddressValue))

_LABELS = {
    "province": Label("省", "Province"),
    "city": Label("市", "City"),
    "district": Label("区县", "District or county"),
    "town": Label("街道或乡镇", "Sub-district or town"),
    "road": Label("道路门牌", "Road and number"),
    "compound": Label("小区", "Residential compound"),
    "building": Label("楼栋", "Building"),
    "unit": Label("单元", "Unit (entrance)"),
    "floor": Label("楼层", "Floor"),
    "room": Label("房号", "Room"),
    "detail": Label("其他", "Anything else"),
    "display": Label("完整地址", "The whole address"),
}


def parse_address(raw: object) -> AddressValue:
    """An address from a mapping of segments, or from one line, which is split as far as it can be.

    Nothing is lost: the segments in order are the normalised line, but for blanks.
    ``display`` in a mapping is derived and ignored.
    Raises `ValueRefused` ADDRESS_SEGMENT (an unknown one), ADDRESS_AREA, ADDRESS_EMPTY, ADDRESS_LENGTH
    (300 characters), MASK_SENT_BACK, TEXT_*.
    """
    if isinstance(raw, AddressValue):
        raw = {name: getattr(raw, name) for name in SEGMENTS}
    if isinstance(raw, Mapping):
        return _checked(_from_mapping(raw))
    line = line_of(raw)
    refuse_mask(line)
    if len(line) > _LONGEST:
        raise _too_long()
    return _checked(split_address(line))


def _from_mapping(raw: Mapping[object, object]) -> dict[str, str]:
    if not set(raw) <= {*SEGMENTS, "display"}:
        raise ValueRefused(
            "ADDRESS_SEGMENT",
            f"地址只有以下部分:{'、'.join(SEGMENTS)}",
            f"An address has only these parts: {', '.join(SEGMENTS)}",
        )
    display = raw.get("display")
    if isinstance(display, str):
        refuse_mask(display)
    segments = {name: _line(raw[name]) for name in SEGMENTS if raw.get(name) is not None}
    return {name: segment for name, segment in segments.items() if segment}


def _line(raw: object) -> str:
    if isinstance(raw, str) and not raw.strip():
        return ""
    line = line_of(raw)
    refuse_mask(line)
    return line


def _checked(segments: Mapping[str, str]) -> AddressValue:
    if not segments:
        raise ValueRefused("ADDRESS_EMPTY", "地址不能为空", "The address must not be empty")
    for name in ("province", "city", "district"):
        # These three become a clear projection: nothing but the name of an area may stand there.
        if name in segments and not re.fullmatch(_AREA, segments[name]):
            raise ValueRefused(
                "ADDRESS_AREA",
                "省、市、区县只能是地名,最多30字,不含数字;其余内容请填入其他部分",
                "Province, city and district are names of up to 30 characters without digits; put the rest elsewhere",
            )
    if sum(map(len, segments.values())) > _LONGEST:
        raise _too_long()
    return AddressValue(**segments)


def _too_long() -> ValueRefused:
    return ValueRefused(
        "ADDRESS_LENGTH", "地址不得超过300字,请缩短", "An address has at most 300 characters; shorten it"
    )


def _encode(value: AddressValue) -> Json:
    return {name: part for name in SEGMENTS if (part := getattr(value, name)) is not None}


def _decode(value: Json) -> AddressValue:
    assert isinstance(value, dict)
    return AddressValue(**{name: str(part) for name, part in value.items()})


def _output(value: AddressValue) -> Json:
    parts: dict[str, Json] = {name: getattr(value, name) for name in SEGMENTS}
    return parts | {"display": value.display}


def mask_district(value: AddressValue) -> Json:
    """Province, city and district; everything finer is null and ``display`` is cut there (F-98)."""
    parts: dict[str, Json] = dict.fromkeys(SEGMENTS)
    return parts | {
        "province": value.province,
        "city": value.city,
        "district": value.district,
        "display": f"{value.area}***",
    }


_TEXT_OR_NULL: dict[str, Json] = {"type": ["string", "null"], "maxLength": _LONGEST}

PostalAddress: GovernedType[AddressValue] = GovernedType(
    name="PostalAddress",
    label=Label("地址", "Postal address"),
    description=Label(
        "通讯或居住地址,按 GB/T 23705 分段;遮盖时保留到区县",
        "Postal address in the segments of GB/T 23705; masked, province, city and district remain",
    ),
    storage=Storage.JSON,
    policy=CONTACT.but(mask="district", cites=(*CONTACT.cites, "F-82", "F-98")),
    parse=parse_address,
    schema={
        "type": "object",
        "properties": {
            **{name: {**_TEXT_OR_NULL, "title": str(_LABELS[name])} for name in SEGMENTS},
            "display": {"type": ["string", "null"], "readOnly": True},
        },
        "additionalProperties": False,
    },
    masks=(Mask("district", Label("保留到区县", "Kept to the district"), mask_district, ("F-98",)),),
    encode=_encode,
    decode=_decode,
    output=_output,
    index_form=lambda value: value.display,
    parts=tuple((name, "String", label) for name, label in _LABELS.items()),
)
