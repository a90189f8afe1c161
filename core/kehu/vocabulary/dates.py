"""Days and moments: dates of birth, years, plain days, points in time. Times are UTC."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from kehu.labels import Label
from kehu.vocabulary.base import GovernedType, Json, Mask, Storage, ValueRefused
from kehu.vocabulary.hidden import HIDDEN
from kehu.vocabulary.normal import half_width, refuse_mask, text_of
from kehu.vocabulary.policies import BIRTH, CORE, PROJECTED

FIRST_BIRTH_YEAR = 1875
"""The oldest year of birth ever verified; earlier ones are typing errors."""

_DAY = re.compile(r"([0-9]{4})(?:-|/|\.|年)([0-9]{1,2})(?:-|/|\.|月)([0-9]{1,2})日?|([0-9]{4})([0-9]{2})([0-9]{2})")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?)?"
    r"(?P<zone>[Zz]|[+-][0-9]{2}:[0-9]{2})?"
)


def latest_today() -> date:
    """Today where the day begins first (UTC+14): a newborn's date is never in the future there."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()


def parse_day(raw: object) -> date:
    """A day as year, month, day: ``2026-03-07``, ``2026/3/7``, ``20260307``, ``2026年3月7日``.

    Raises `ValueRefused` DAY_FORMAT, DAY_RANGE (outside 1800–2200), MASK_SENT_BACK, TEXT_*.
    """
    if isinstance(raw, datetime):
        found = raw.date() if raw.time() == datetime.min.time() else None
    elif isinstance(raw, date):
        found = raw
    else:
        text = half_width(text_of(raw))
        refuse_mask(text)
        found = _day_of(text)
    if found is None:
        raise ValueRefused("DAY_FORMAT", "日期无效,请按 2026-03-07 的格式填写", "Not a date; write it like 2026-03-07")
    if not 1800 <= found.year <= 2200:
        raise ValueRefused("DAY_RANGE", "日期须在1800年至2200年之间", "The date must lie between 1800 and 2200")
    return found


def _day_of(text: str) -> date | None:
    match = _DAY.fullmatch("".join(text.split()))
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def check_birth(day: date, today: Callable[[], date] = latest_today) -> date:
    """``day`` if someone alive can be born then. Raises `ValueRefused` BIRTH_EARLY, BIRTH_FUTURE."""
    if day.year < FIRST_BIRTH_YEAR:
        raise ValueRefused("BIRTH_EARLY", "出生日期早于1875年,请核对", "The birth lies before 1875; check it")
    if day > today():
        raise ValueRefused("BIRTH_FUTURE", "出生日期晚于今天,请核对", "The birth lies in the future; check it")
    return day


def parse_birth_date(raw: object, today: Callable[[], date] = latest_today) -> date:
    """A date of birth from 1875 until ``today``. Raises what `parse_day` and `check_birth` raise."""
    return check_birth(parse_day(raw), today)


def parse_birth_year(raw: object, today: Callable[[], date] = latest_today) -> int:
    """A year of birth from 1875 until ``today``. Raises `ValueRefused` BIRTH_YEAR, BIRTH_EARLY, BIRTH_FUTURE."""
    text = str(raw) if isinstance(raw, int) and not isinstance(raw, bool) else half_width(text_of(raw))
    match = re.fullmatch(r"([0-9]{4})年?", text)
    if match is None or (year := int(match[1])) == 0:
        raise ValueRefused("BIRTH_YEAR", "出生年份须为四位数字", "A year of birth has four digits")
    return check_birth(date(year, 1, 1), today).year


def parse_moment(raw: object) -> datetime:
    """A point in time with its zone, as UTC to the microsecond (RFC 3339).

    Forms and imports add the legal entity's zone themselves: here a missing one is refused.
    Raises `ValueRefused` MOMENT_FORMAT, MOMENT_ZONE_MISSING, TEXT_*.
    """
    moment = raw if isinstance(raw, datetime) else _moment_of(half_width(text_of(raw)))
    if moment is not None and moment.utcoffset() is None:
        raise ValueRefused(
            "MOMENT_ZONE_MISSING",
            "时间缺少时区,请加上时区,例如 2026-03-07T08:00:00+08:00",
            "The time has no zone; add it, as in 2026-03-07T08:00:00+08:00",
        )
    in_utc = None if moment is None else _in_utc(moment)
    if in_utc is None:
        raise ValueRefused(
            "MOMENT_FORMAT",
            "时间无效,请按 2026-03-07T08:00:00+08:00 的格式填写",
            "Not a time; write it like 2026-03-07T08:00:00+08:00",
        )
    return in_utc


def _moment_of(text: str) -> datetime | None:
    if _MOMENT.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def _in_utc(moment: datetime) -> datetime | None:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def rfc3339(moment: datetime) -> str:
    """``2026-03-07T00:00:00Z``; fractions of a second only where there are some."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _iso_day(value: Json) -> date:
    return date.fromisoformat(str(value))


BirthDate: GovernedType[date] = GovernedType(
    name="BirthDate",
    label=Label("出生日期", "Date of birth"),
    description=Label("出生日期;遮盖时只保留年份", "Date of birth; masked, the year remains"),
    storage=Storage.DATE,
    policy=BIRTH,
    parse=parse_birth_date,
    schema={"type": "string", "format": "kehu-birth-date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    masks=(Mask("year", Label("保留年份", "Year kept"), lambda day: f"{day.year:04}-**-**", ("F-95",)),),
    encode=date.isoformat,
    decode=_iso_day,
    output=date.isoformat,
    index_form=date.isoformat,
)

BirthYear: GovernedType[int] = GovernedType(
    name="BirthYear",
    label=Label("出生年份", "Year of birth"),
    description=Label("出生年份,由出生日期推算", "Year of birth, computed from the date of birth"),
    storage=Storage.INTEGER,
    policy=PROJECTED,
    parse=parse_birth_year,
    schema={"type": "integer", "minimum": FIRST_BIRTH_YEAR, "maximum": 2200},
    masks=(HIDDEN,),
    graphql="Int",
)

Day: GovernedType[date] = GovernedType(
    name="Day",
    label=Label("日期", "Date"),
    description=Label("日历日期", "A calendar day"),
    storage=Storage.DATE,
    policy=CORE,
    parse=parse_day,
    schema={"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    masks=(HIDDEN,),
    encode=date.isoformat,
    decode=_iso_day,
    output=date.isoformat,
    index_form=date.isoformat,
)

Moment: GovernedType[datetime] = GovernedType(
    name="Moment",
    label=Label("时间", "Time"),
    description=Label("带时区的时间点,以UTC输出", "A point in time with its zone, shown in UTC (RFC 3339)"),
    storage=Storage.MOMENT,
    policy=CORE,
    parse=parse_moment,
    schema={"type": "string", "format": "date-time"},
    masks=(HIDDEN,),
    encode=rfc3339,
    decode=lambda value: datetime.fromisoformat(str(value)),
    output=rfc3339,
    index_form=rfc3339,
)
