"""Submission (提交): a form filled in, checked and typed, or refused with everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from kehu.errors import Invalid, Problem
from kehu.forms.bind import BoundField, BoundForm, bind
from kehu.forms.form import Form
from kehu.forms.text import plain
from kehu.labels import Label
from kehu.records import Record
from kehu.rules.scheme import Scheme
from kehu.vocabulary.base import Governed, Storage, ValueRefused

_REQUIRED = Label("「{zh}」必填", "“{en}” is required")
_UNKNOWN = Label(
    "表单没有这个字段,请核对字段名或表单版本", "The form has no such field; check its name or the form's version"
)
_CODE = Label("不在选项中,可选:{zh}", "Not one of the options; choose one of: {en}")
_SHAPE = Label(
    "写法不符合表单的要求,请按表单的 JSON Schema 提交", "Not written as the form asks; see the form's JSON Schema"
)
_REFERENCE = Label(
    "请填写编号(字母、数字,不超过 {max} 位)", "Give the code of the row: letters and digits, at most {max}"
)
_ECHOED_NAME = re.compile(r"[a-z][A-Za-z0-9]{0,63}")


@dataclass(frozen=True, slots=True)
class Submission:
    """What one filled-in form says. Its values don't show themselves.

    ``values`` and ``references`` go by record name, then field name. A reference is the code by which
    people know the row (工号, 项目代码); the store looks it up in its legal entity.
    """

    form: str
    version: int
    values: Mapping[str, Mapping[str, Governed[Any]]]
    references: Mapping[str, Mapping[str, str]] = field(repr=False)


def parse_submission(
    form: Form,
    data: Mapping[str, object],
    *,
    records: Mapping[str, Record],
    schemes: Mapping[str, Scheme],
    zone: ZoneInfo,
    as_written: bool = False,
) -> Submission:
    """`parse_bound` for a form that isn't bound yet."""
    return parse_bound(bind(form, records, schemes), data, zone=zone, as_written=as_written)


def parse_bound(
    bound: BoundForm, data: Mapping[str, object], *, zone: ZoneInfo, as_written: bool = False
) -> Submission:
    """Check and type ``data``, given by form field name. Raises `Invalid` with every problem.

    As it is, it takes exactly what the form's JSON Schema takes. ``as_written`` is for what people write
    into spreadsheets: labels beside codes, every notation that a type knows, and dates and times without
    an offset, which are those of ``zone`` (a date alone begins at 0:00 there).
    """
    problems = [Problem("UNKNOWN_FIELD", _UNKNOWN, _path(name)) for name in data if name not in bound.by_name]
    values: dict[str, dict[str, Governed[Any]]] = {}
    references: dict[str, dict[str, str]] = {}
    for each in bound.fields:
        try:
            value = _read(each, data, zone, as_written)
        except ValueRefused as refused:
            problems.append(refused.problem.at(each.name))
            continue
        if isinstance(value, Governed):
            values.setdefault(each.record.name, {})[each.field.name] = value
        elif value is not None:
            references.setdefault(each.record.name, {})[each.field.name] = value
    touched = {*values, *references, *_always(bound)}
    if not problems:
        problems.extend(_incomplete(bound, touched, values))
    if problems:
        raise Invalid(problems)
    complete = {
        name: {**bound.presets.get(name, {}), **values.get(name, {})} for name in bound.records if name in touched
    }
    return Submission(bound.form.key, bound.form.version, complete, references)


def _path(name: object) -> tuple[str, ...]:
    """A field name is repeated only if it looks like one: anything may have been sent."""
    return (name,) if isinstance(name, str) and _ECHOED_NAME.fullmatch(name) else ()


def _required(each: BoundField) -> Problem:
    return Problem("REQUIRED", _REQUIRED.format(zh=each.label.zh, en=each.label.en), (each.name,))


def _refuse(code: str, message: Label) -> ValueRefused:
    return ValueRefused(code, message.zh, message.en)


def _read(each: BoundField, data: Mapping[str, object], zone: ZoneInfo, as_written: bool) -> Governed[Any] | str | None:
    raw = data.get(each.name)
    if (each.name not in data) or (as_written and (raw is None or (isinstance(raw, str) and not raw.strip()))):
        if each.required:
            raise _refuse("REQUIRED", _required(each).message)
        return None
    if each.is_reference:
        return _reference(each, str(raw).strip() if as_written else raw)
    if each.scheme is not None:
        return each.field.type.governed(_code(each, raw, as_written))
    if as_written:
        return each.field.type.governed(_in_zone(each, raw, zone))
    value = each.field.type.governed(raw)
    if not each.shape.is_valid(raw):
        raise _refuse("SHAPE_WRONG", _SHAPE)
    return value


def _reference(each: BoundField, raw: object) -> str:
    if not isinstance(raw, str) or not each.shape.is_valid(raw):
        raise _refuse("REFERENCE_INVALID", _REFERENCE.format(max=each.value_schema["maxLength"]))
    return raw


def _code(each: BoundField, raw: object, as_written: bool) -> str:
    if isinstance(raw, str):
        if raw in each.codes:
            return raw
        found = _code_of_words(each, raw) if as_written else None
        if found is not None:
            return found
    raise _refuse("CODE_UNKNOWN", _CODE.format(zh=each.allowed.zh, en=each.allowed.en))


def _code_of_words(each: BoundField, raw: str) -> str | None:
    """The code of a label, or what the type itself makes of the text (``25~34`` for an age band)."""
    found = each.codes_by_word.get(plain(raw))
    if found is None:
        try:
            parsed = each.field.type.parse(raw)
        except ValueRefused:
            return None
        found = parsed if parsed in each.codes else None
    return found


def _in_zone(each: BoundField, raw: object, zone: ZoneInfo) -> object:
    """Dates and times without an offset are those of the legal entity's zone."""
    if each.field.type.storage is not Storage.MOMENT:
        return raw
    if isinstance(raw, datetime):
        return raw if raw.tzinfo is not None else raw.replace(tzinfo=zone)
    if isinstance(raw, date):
        return datetime.combine(raw, time.min, zone)
    return raw


def _always(bound: BoundForm) -> set[str]:
    """What every submission writes: the customer, and a facet of his that the form's constants fill in completely."""
    return {
        name
        for name, record in bound.records.items()
        if record.parent is None
        or (
            record.single
            and record.parent == "Customer"
            and name in bound.presets
            and all(f.name in bound.presets[name] for f in record.fields if f.required and not f.written_by_system)
        )
    }


def _incomplete(
    bound: BoundForm, touched: set[str], values: Mapping[str, Mapping[str, Governed[Any]]]
) -> list[Problem]:
    """Fields that a record needs once the submission writes anything into it."""
    return [
        _required(each)
        for each in bound.fields
        if each.record.name in touched
        and each.field.required
        and each.field.default is None
        and each.field.name not in bound.presets.get(each.record.name, {})
        and not each.is_reference
        and each.field.name not in values.get(each.record.name, {})
    ]
