"""JSON Schema 2020-12 of a form: what a client checks before it sends, the same as the server checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kehu.forms.bind import BoundField, BoundForm, BoundPart, BoundRows, Condition
from kehu.labels import Label, Locale
from kehu.policy import Audit
from kehu.vocabulary.base import Json, ValueRefused

_CODE = Label("填写其编号(工号、项目代码等)", "Its code: a staff number, the code of a project")
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_id(bound: BoundForm, locale: Locale) -> str:
    """The ``$id``: what stands under it never changes, because a changed form has a new version."""
    return f"urn:kehu:form:{bound.form.key}:{bound.form.version}:{locale}"


def json_schema(bound: BoundForm, locale: Locale) -> dict[str, Json]:
    """The form's JSON Schema with titles in ``locale``.

    Groups and linked persons are arrays of objects; what is asked on a condition stands in ``then``.
    ``x-sensitive``, ``x-audit`` and ``x-cites`` repeat the policy of the record field. Formats are those
    of the governed types; `format_checks` has them for a validator.
    """
    form = bound.form
    parts = {each.name: _property(each, locale) for each in bound.fields}
    parts |= {rows.name: _array(rows, locale) for rows in bound.rows}
    listed = {each.name: parts[each.name] for each in form.fields}
    required = bound.required | {
        rows.name for rows in bound.rows if rows.declared.at_least and not bound.conditional(rows.name)
    }
    needed = {rows.name for rows in bound.rows if rows.declared.at_least}
    needed |= {each.name for each in bound.fields if each.required}
    completed = {**bound.required_with, **bound.rows_required_with}
    return {
        "$schema": DIALECT,
        "$id": schema_id(bound, locale),
        "title": form.label.for_(locale),
        "description": form.description.for_(locale),
        **_object(bound, listed, required, needed, completed),
        "x-cites": list(form.cites),
    }


def _object(
    part: BoundPart,
    listed: Mapping[str, Json],
    required: Iterable[str],
    needed: Iterable[str],
    completed: Mapping[str, tuple[str, ...]],
) -> dict[str, Json]:
    """``listed`` are all properties, ``required`` those without which nothing is complete, ``needed`` those that are
    required where they are asked, ``completed`` what must be given together with others."""
    always: dict[str, Json] = {name: schema for name, schema in listed.items() if not part.conditional(name)}
    schema: dict[str, Json] = {
        "type": "object",
        "properties": always,
        "required": [name for name in listed if name in set(required)],
    }
    if completed:
        schema["dependentRequired"] = {name: list(completed[name]) for name in listed if name in completed}
    if len(always) == len(listed):
        return {**schema, "additionalProperties": False}
    cases: dict[tuple[Condition, ...], list[str]] = {}
    for name in listed:
        if part.conditional(name):
            cases.setdefault(part.conditions[name], []).append(name)
    schema["allOf"] = [_case(conditions, names, listed, set(needed)) for conditions, names in cases.items()]
    return {**schema, "unevaluatedProperties": False}


def _case(
    conditions: tuple[Condition, ...], names: list[str], listed: Mapping[str, Json], needed: set[str]
) -> dict[str, Json]:
    """What is asked on one condition. Every condition that it hangs on is repeated: a field that isn't asked must not
    count as known because a condition names it."""
    tests: dict[str, Json] = {one.field: {"enum": list(one.values)} for one in conditions}
    given: list[Json] = [one.field for one in conditions if not one.absent]
    then: dict[str, Json] = {"properties": {name: listed[name] for name in names}}
    if asked := [name for name in names if name in needed]:
        then["required"] = list(asked)
    return {"if": {"properties": tests, "required": given}, "then": then}


def _array(rows: BoundRows, locale: Locale) -> Json:
    declared = rows.declared
    listed = {each.name: _property(each, locale) for each in rows.fields}
    needed = [each.name for each in rows.fields if each.required]
    return {
        "type": "array",
        "title": declared.label.for_(locale),
        "minItems": declared.at_least,
        "maxItems": declared.at_most,
        "items": _object(rows, listed, rows.required, needed, rows.required_with),
    }


def _property(field: BoundField, locale: Locale) -> Json:
    schema = dict(field.value_schema)
    if field.scheme is not None:
        del schema["enum"]
        schema["oneOf"] = [{"const": term.code, "title": term.label.for_(locale)} for term in field.scheme.terms]
    if field.field.type.parts and isinstance(parts := schema.get("properties"), dict):
        labels = {name: label.for_(locale) for name, _, label in field.field.type.parts}
        schema["properties"] = {n: {**p, "title": labels[n]} if isinstance(p, dict) else p for n, p in parts.items()}
    default = field.form_field.default
    if isinstance(default, str | int | bool):
        schema["default"] = default
    return {
        **schema,
        "title": field.label.for_(locale),
        "description": _described(field).for_(locale),
        "x-sensitive": field.field.policy.sensitive,
        "x-audit": "field" if field.field.policy.audit is Audit.FIELD else "payload",
        "x-cites": list(field.field.cites),
    }


def _described(field: BoundField) -> Label:
    if field.is_reference:
        return _CODE
    return field.field.type.description if field.scheme is None else field.scheme.description


def ui_schema(bound: BoundForm, locale: Locale) -> dict[str, Json]:
    """How the form is laid out, for RJSF: order, widgets, and under ``ui:options`` the sections."""
    found: dict[str, Json] = {"ui:order": [each.name for each in bound.form.fields]}
    if bound.form.sections:
        found["ui:order"] = [name for section in bound.form.sections for name in section.fields]
        found["ui:options"] = {
            "sections": [
                {"key": one.key, "title": one.label.for_(locale), "fields": list(one.fields)}
                for one in bound.form.sections
            ]
        }
    found |= _widgets(bound)
    for rows in bound.rows:
        found[rows.name] = {"items": {"ui:order": [each.name for each in rows.fields], **_widgets(rows)}}
    return found


def _widgets(part: BoundPart) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for each in part.fields:
        schema = each.value_schema
        widget = _WIDGETS.get(str(schema.get("format")))
        if each.scheme is None and isinstance(schema.get("maxLength"), int) and int(str(schema["maxLength"])) > _LINE:
            widget = "textarea"
        if widget is not None:
            found[each.name] = {"ui:widget": widget}
    return found


_WIDGETS = {"date": "date", "kehu-birth-date": "date"}
_LINE = 300
"""Text that may be longer is asked in several lines."""


def format_checks(bound: BoundForm) -> dict[str, Callable[[str], bool]]:
    """A check for each format of the form, for a JSON Schema validator: the text is a value of the type."""
    checks: dict[str, Callable[[str], bool]] = {}
    for field in (field for part in (bound, *bound.rows) for field in part.fields):
        checks |= type_checks(field.value_schema, field.field.type.parse)
    return checks


def type_checks(schema: Mapping[str, Json], parse: Callable[[object], object]) -> dict[str, Callable[[str], bool]]:
    """The same for one type: of the value as a whole and of the parts of a composite."""
    checks: dict[str, Callable[[str], bool]] = {}
    if isinstance(name := schema.get("format"), str):
        checks[name] = _accepts(parse)
    parts = schema.get("properties")
    for part, inner in parts.items() if isinstance(parts, dict) else ():
        if isinstance(inner, dict) and isinstance(name := inner.get("format"), str):
            checks[name] = _accepts(parse, part)
    return checks


def _accepts(parse: Callable[[object], object], part: str | None = None) -> Callable[[str], bool]:
    """Whether the type takes the text, given alone or as one part of a composite."""

    def accepts(text: str) -> bool:
        try:
            parse(text if part is None else {part: text})
        except ValueRefused:
            return False
        return True

    return accepts
