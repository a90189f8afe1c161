"""Submission (提交): a form filled in, checked and typed, or refused with everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from kehu.errors import Invalid, Problem
from kehu.forms.bind import BoundField, BoundForm, BoundPart, BoundRows, bind
from kehu.forms.form import Form
from kehu.forms.text import plain
from kehu.labels import Label
from kehu.records import Record
from kehu.rules.scheme import Scheme
from kehu.vocabulary.base import Governed, Storage, ValueRefused, opened

_REQUIRED = Label("「{zh}」必填", "“{en}” is required")
_UNKNOWN = Label(
    "表单没有这个字段,请核对字段名或表单版本", "The form has no such field; check its name or the form's version"
)
_CODE = Label("不在选项中,可选:{zh}", "Not one of the options; choose one of: {en}")
_NOT_ASKED = Label(
    "在其他字段这样填写时不问此项,请删去,或改那些字段",
    "Not asked with the other fields as they are; leave it out, or change those",
)
_ROWS = Label("须有{least}至{most}行", "Give {least} to {most} rows")
_SHAPE = Label(
    "写法不符合表单的要求,请按表单的 JSON Schema 提交", "Not written as the form asks; see the form's JSON Schema"
)
_REFERENCE = Label(
    "请填写编号(字母、数字,不超过 {max} 位)", "Give the code of the row: letters and digits, at most {max}"
)
_ECHOED_NAME = re.compile(r"[a-z][A-Za-z0-9]{0,63}")


@dataclass(frozen=True, slots=True)
class Filled:
    """What one part of a form says: the form itself, or a row of a group, or a linked person.

    ``values`` and ``references`` go by record name, then field name. A reference is the code by which
    people know the row (工号, 项目代码); the store looks it up in its legal entity.
    """

    values: Mapping[str, Mapping[str, Governed[Any]]]
    references: Mapping[str, Mapping[str, str]] = field(repr=False)
    given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Which of the values somebody gave; the others are constants and defaults."""


@dataclass(frozen=True, slots=True)
class Submission(Filled):
    """What one filled-in form says. Its values don't show themselves. ``rows`` go by the name of group or link."""

    form: str = field(kw_only=True)
    version: int = field(kw_only=True)
    rows: Mapping[str, tuple[Filled, ...]] = field(default_factory=dict)


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
    reading = _Reading(bound, data, zone, as_written, bound.rows_by_name)
    rows = {each.name: found for each in bound.rows if (found := reading.rows(each))}
    filled = reading.filled({str(bound.rows_by_name[name].above) for name in rows})
    if reading.problems:
        raise Invalid(reading.problems)
    form = bound.form
    parts = (filled.values, filled.references, filled.given)
    return Submission(*parts, form=form.key, version=form.version, rows=rows)


class _Reading:
    """One part of a submission while it is read. ``problems`` collects everything that is wrong with it."""

    def __init__(
        self,
        part: BoundPart,
        data: Mapping[str, object],
        zone: ZoneInfo,
        as_written: bool,
        also: Container[str] = (),
    ) -> None:
        self.part = part
        self.data = {name: raw for name, raw in data.items() if not (as_written and _is_blank(raw))}
        self.zone = zone
        self.as_written = as_written
        self.problems = [
            Problem("UNKNOWN_FIELD", _UNKNOWN, _path(name))
            for name in data
            if name not in part.by_name and name not in also
        ]
        self.values: dict[str, dict[str, Governed[Any]]] = {}
        self.references: dict[str, dict[str, str]] = {}
        self._parsed: dict[str, Governed[Any] | str] = {}
        self._wrong: dict[str, Problem] = {}
        self._read_all()

    def asked(self, name: str) -> bool | None:
        """Whether the field or group is asked; None where that hangs on a field which is wrong itself."""
        conditions = self.part.conditions.get(name, ())
        if not conditions:
            return True
        if any(one.field in self._wrong for one in conditions):
            return None
        given = {name: opened(value) for name, value in self._parsed.items() if isinstance(value, Governed)}
        return self.part.asked(name, {one.field: given[one.field] for one in conditions if one.field in given})

    def rows(self, rows: BoundRows) -> tuple[Filled, ...]:
        """The rows of a group or link."""
        name, declared = rows.name, rows.declared
        asked = self.asked(name)
        if name not in self.data or not asked:
            if name in self.data and asked is False:
                self.problems.append(Problem("NOT_ASKED", _NOT_ASKED, (name,)))
            elif asked and declared.at_least:
                self.problems.append(_required(declared.label, name))
            return ()
        raw = self.data[name]
        if not isinstance(raw, list | tuple):
            self.problems.append(Problem("SHAPE_WRONG", _SHAPE, (name,)))
            return ()
        if not declared.at_least <= len(raw) <= declared.at_most:
            message = _ROWS.format(least=declared.at_least, most=declared.at_most)
            few = len(raw) < declared.at_least
            self.problems.append(Problem("ROWS_TOO_FEW" if few else "ROWS_TOO_MANY", message, (name,)))
            return ()
        return tuple(self._row(rows, number, row) for number, row in enumerate(raw))

    def filled(self, above: Iterable[str] = ()) -> Filled:
        """Everything that the part says, constants and defaults included, if nothing is wrong with it. ``above``
        are records that rows of groups belong to."""
        part = self.part
        touched = part.with_parents({*self.values, *self.references, *above}) | part.always
        if not self.problems:
            self.problems.extend(
                _required(need.label, need.name)
                for record in part.records
                if record in touched
                for need in part.needs[record]
                if need.name not in self._parsed
            )
        defaults = self._defaults()
        complete = {
            name: {**part.presets.get(name, {}), **defaults.get(name, {}), **self.values.get(name, {})}
            for name in part.records
            if name in touched
        }
        return Filled(complete, self.references, {name: frozenset(said) for name, said in self.values.items()})

    def _read_all(self) -> None:
        for name, each in self.part.named:
            if name not in self.data:
                continue
            try:
                self._parsed[name] = _read(each, self.data[name], self.zone, self.as_written)
            except ValueRefused as refused:
                self._wrong[name] = refused.problem.at(name)
        for name, each in self.part.named:
            asked = self.asked(name)
            if asked is False and name in self.data:
                self.problems.append(Problem("NOT_ASKED", _NOT_ASKED, (name,)))
            elif name in self._wrong:
                self.problems.append(self._wrong[name])
            elif asked and each.required and name not in self.data:
                self.problems.append(_required(each.label, name))
            elif (value := self._parsed.get(name)) is not None:
                self._keep(each, value)

    def _keep(self, each: BoundField, value: Governed[Any] | str) -> None:
        if isinstance(value, Governed):
            self.values.setdefault(each.record.name, {})[each.field.name] = value
        else:
            self.references.setdefault(each.record.name, {})[each.field.name] = value

    def _row(self, rows: BoundRows, number: int, raw: object) -> Filled:
        if not isinstance(raw, Mapping):
            self.problems.append(Problem("SHAPE_WRONG", _SHAPE, (rows.name, number)))
            return Filled({}, {})
        inner = _Reading(rows, raw, self.zone, self.as_written)
        found = inner.filled()
        self.problems.extend(problem.at(rows.name, number) for problem in inner.problems)
        return found

    def _defaults(self) -> dict[str, dict[str, Governed[Any]]]:
        """Defaults of fields that are asked on a condition which holds."""
        found: dict[str, dict[str, Governed[Any]]] = {}
        for each in self.part.fields:
            default = each.form_field.default
            if default is not None and self.part.conditional(each.name) and self.asked(each.name):
                found.setdefault(each.record.name, {})[each.field.name] = each.field.type.governed(default)
        return found


def _is_blank(raw: object) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def _path(name: object) -> tuple[str, ...]:
    """A field name is repeated only if it looks like one: anything may have been sent."""
    return (name,) if isinstance(name, str) and _ECHOED_NAME.fullmatch(name) else ()


def _required(label: Label, name: str) -> Problem:
    return Problem("REQUIRED", _REQUIRED.format(zh=label.zh, en=label.en), (name,))


def _refuse(code: str, message: Label) -> ValueRefused:
    return ValueRefused(code, message.zh, message.en)


def _read(each: BoundField, raw: object, zone: ZoneInfo, as_written: bool) -> Governed[Any] | str:
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
