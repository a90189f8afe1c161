"""Values that a caller sent for a record: checked and typed, or refused with everything that is wrong."""

from __future__ import annotations

import binascii
import re
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from kehu.access.principal import Principal
from kehu.access.rows import in_scope
from kehu.errors import Invalid, Problem
from kehu.labels import Label
from kehu.records import Field, Record
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER, Tables
from kehu.vocabulary.base import Governed, Json, Storage, ValueRefused, opened

Parsed = dict[str, Governed[Any] | None]
"""Typed values by field name; None takes a value away."""

_UNKNOWN = Label("没有这个字段,请核对字段名", "There is no such field; check its name")
_SYSTEM = Label("此字段由系统填写,不能提交", "This field is written by the system and can't be sent")
_CODE = Label("不在选项中,可选:{zh}", "Not one of the options; choose one of: {en}")
_REQUIRED = Label("必填,不能清空", "Required; it can't be taken away")
_REFERENCE = Label("所引用的记录不存在", "The record that this refers to isn't there")
_MASKED = Label(
    "这是遮盖后的值,不能保存;请留空以保持原值,或填写完整的值",
    "This is a masked value and can't be saved; leave it out to keep the value, or give it in full",
)
_ECHOED = re.compile(r"[a-z][A-Za-z0-9]{0,63}")


def parse_values(record: Record, values: Mapping[str, object], registry: Registry) -> Parsed:
    """Type every value. Raises `Invalid` with all problems: UNKNOWN_FIELD, SYSTEM_FIELD, REQUIRED, CODE_UNKNOWN,
    REFERENCE_UNKNOWN and what the types refuse (a mask sent back is MASK_SENT_BACK)."""
    parsed: Parsed = {}
    problems: list[Problem] = []
    for name, raw in values.items():
        f = record.by_name.get(name)
        # A name is repeated only if it looks like one: anything may have been sent.
        if f is None:
            problems.append(Problem("UNKNOWN_FIELD", _UNKNOWN, (name,) if _ECHOED.fullmatch(name) else ()))
        elif f.written_by_system or f.projection is not None:
            problems.append(Problem("SYSTEM_FIELD", _SYSTEM, (name,)))
        elif raw is None:
            parsed[name] = None
            if f.required:
                problems.append(Problem("REQUIRED", _REQUIRED, (name,)))
        else:
            try:
                parsed[name] = _value(f, raw, registry)
            except ValueRefused as refused:
                problems.append(refused.problem.at(name))
    if problems:
        raise Invalid(problems)
    return parsed


def _value(f: Field, raw: object, registry: Registry) -> Governed[Any]:
    if f.type.storage is Storage.REFERENCE:
        return f.type.governed(_reference(raw, f.refers_to))
    value: Governed[Any] = f.type.governed(raw)
    if f.scheme is not None:
        scheme = registry.schemes[f.scheme]
        if opened(value) not in scheme.codes:
            zh, en = ("、".join(t.label.zh for t in scheme.terms), ", ".join(scheme.codes))
            message = _CODE.format(zh=zh, en=en)
            raise ValueRefused("CODE_UNKNOWN", message.zh, message.en)
    return value


def _reference(raw: object, record: str | None) -> object:
    """A UUID, or a global id of the record referred to (``Type:id`` in base64url), as reads give it."""
    if not isinstance(raw, str) or len(raw) == 36:
        return raw
    try:
        name, *ids = urlsafe_b64decode(raw + "=" * (-len(raw) % 4)).decode("ascii").split(":")
        if name == record and ids:
            return UUID(ids[-1])
    except (binascii.Error, ValueError):
        pass
    raise ValueRefused("REFERENCE_UNKNOWN", _REFERENCE.zh, _REFERENCE.en)


def check_references(
    conn: Connection, record: Record, values: Parsed, registry: Registry, tables: Tables, principal: Principal
) -> None:
    """Raises `Invalid` REFERENCE_UNKNOWN for a row that is absent or outside the principal's scope, both alike."""
    problems: list[Problem] = []
    for name, value in values.items():
        target = record.by_name[name].refers_to
        if value is None or target is None:
            continue
        table = tables[target]
        key = table.c.customer_id if target == CUSTOMER else table.c.id
        known = select(key).where(key == opened(value))
        if conn.execute(known.where(in_scope(registry.records[target], table, tables, principal))).first() is None:
            problems.append(Problem("REFERENCE_UNKNOWN", _REFERENCE, (name,)))
    if problems:
        raise Invalid(problems)


def refuse_echoes(
    record: Record, current: Mapping[str, Governed[Any]], changes: Parsed, scopes: frozenset[str]
) -> None:
    """A value that is the mask of the stored one is a form sent back unread: it must not overwrite what it hides.

    Most masks aren't values of their type, so `parse_values` refuses them; segments of an address are. Only of
    fields that the caller may read: to anybody else the answer would tell the mask.
    """
    problems = [
        Problem("MASK_SENT_BACK", _MASKED, (name,))
        for name, value in changes.items()
        if value is not None
        and name in current
        and str(record.by_name[name].policy.read_scope) in scopes
        and _is_mask_of(record.by_name[name], value, current[name])
    ]
    if problems:
        raise Invalid(problems)


def _is_mask_of(f: Field, value: Governed[Any], current: Governed[Any]) -> bool:
    if f.policy.mask is None or value == current:
        return False
    return _bare(f.type.output(opened(value))) == _bare(f.type.mask(f.policy.mask).apply(opened(current)))


def _bare(shown: Json) -> Json:
    """Without the parts that are empty or derived from the others."""
    if not isinstance(shown, dict):
        return shown
    return {name: part for name, part in shown.items() if part is not None and name != "display"}
