"""Splits one line of a Chinese address into the segments of GB/T 23705 (F-82).

The patterns are tried from the largest segment to the smallest, each at the place where the one before
ended; a segment that isn't there is left out, and what remains at the end is ``detail``. So the segments,
joined in order, are the line again but for blanks between them.
"""

from __future__ import annotations

import re

_HAN = r"[\u3007\u3400-\u9fff]"
_NUMBER = r"(?:[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?|[甲乙丙丁东南西北中]|[一二三四五六七八九十百]+)"
# The name of an area: its first character is free (路南区, 道县), no later one begins a road, number or compound.
_AREA = rf"{_HAN}(?:(?![路街号]|大道|小区|社区|花园){_HAN})"
_BUILDING = rf"{_NUMBER}(?:号楼|幢|栋|座|#楼?)"
_UNIT = rf"{_NUMBER}单元"
_FLOOR = rf"{_NUMBER}(?:层|楼)"
_ROOM = rf"{_NUMBER}(?:号房|室|房)|(?<=[楼幢栋座#元层])[0-9]{{2,5}}$"

_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "province",
            rf"{_HAN}{{2,8}}?(?:省|自治区|特别行政区)|(?:北京|上海|天津|重庆)市?"
            rf"|(?:广东|江苏|浙江|山东|河南|四川|湖北|湖南|福建|安徽|河北|辽宁|陕西|江西|广西|云南|贵州|山西|吉林|黑龙江"
            rf"|甘肃|海南|青海|宁夏|新疆|西藏|内蒙古)(?={_HAN}{{2,6}}?市)",
        ),
        ("city", rf"{_AREA}{{1,8}}?(?:市(?!场|民|政)|自治州|地区|盟)"),
        ("district", rf"{_AREA}{{0,8}}?(?:(?<![小社园校景厂])区|县|旗)|{_AREA}{{1,5}}?市(?!场|民|政)"),
        ("town", rf"{_AREA}{{0,8}}?(?:街道(?:办事处)?|镇(?![镇路街])|乡(?![路街])|苏木)"),
        (
            "road",
            r"[^0-9]{1,15}?(?:大道|大街|公路|环路|路|街|胡同|巷|道(?=[0-9]))[东西南北中]?(?:[一二三四五六七八九十]+段)?"
            r"(?:[0-9]+(?:-[0-9]+)?(?:号院?(?!楼|房)|弄)(?:[0-9]+(?:支弄|号(?!楼|房)))?)?",
        ),
        (
            "compound",
            rf".{{1,30}}?(?=(?:{_BUILDING}|{_UNIT}|{_FLOOR}|{_NUMBER}(?:室|号房)))"
            rf"|[^0-9]{{1,25}}?(?:小区|花园|家园|公寓|大厦|广场|新村|山庄|别墅|社区|苑|园|府|湾|庭|邸|居|城|村|庄)"
            rf"(?:[一二三四五六七八九十0-9]+期)?$",
        ),
        ("building", _BUILDING),
        ("unit", _UNIT),
        ("floor", _FLOOR),
        ("room", _ROOM),
    )
)


def split_address(line: str) -> dict[str, str]:
    """The segments that are there, in order. Blanks next to Chinese characters are padding and go."""
    rest = re.sub(rf"(?<={_HAN}) | (?={_HAN})", "", line)
    place = 0
    segments: dict[str, str] = {}
    for name, pattern in _PATTERNS:
        match = pattern.match(rest, place)
        if match is not None:
            segments[name] = match[0].strip()
            place = match.end()
    segments["detail"] = rest[place:].strip()
    return {name: segment for name, segment in segments.items() if segment}
