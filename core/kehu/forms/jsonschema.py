"""JSON Schema 2020-12 of a form: what a client checks before it sends, the same as the server checks."""

from __future__ import annotations

from collections.abc import Callable

from kehu.forms.bind import BoundField, BoundForm
from kehu.labels import Locale
from kehu.policy import Audit
from kehu.vocabulary.base import Json, ValueRefused

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema_id(bound: BoundForm, locale: Locale) -> str:
    """The ``$id``: what stands under it never changes, because a changed form has a new version."""
    return f"urn:kehu:form:{bound.form.key}:{bound.form.version}:{locale}"


def json_schema(bound: BoundForm, locale: Locale) -> dict[str, Json]:
    """The form's JSON Schema with titles in ``locale``.

    ``x-sensitive``, ``x-audit`` and ``x-cites`` repeat the policy of the record field. Formats are those
    of the governed types; `format_checks` has them for a validator.
    """
    form = bound.form
    return {
        "$schema": DIALECT,
        "$id": schema_id(bound, locale),
        "title": form.label.for_(locale),
        "description": form.description.for_(locale),
        "type": "object",
        "properties": {field.name: _property(field, locale) for field in bound.fields},
        "required": [field.name for field in bound.fields if field.required],
        "additionalProperties": False,
        "x-cites": list(form.cites),
    }


def _property(field: BoundField, locale: Locale) -> Json:
    schema = dict(field.value_schema)
    if field.scheme is not None:
        del schema["enum"]
        schema["oneOf"] = [{"const": term.code, "title": term.label.for_(locale)} for term in field.scheme.terms]
    default = field.form_field.default
    if isinstance(default, str | int | bool):
        schema["default"] = default
    return {
        **schema,
        "title": field.label.for_(locale),
        "description": field.field.type.description.for_(locale),
        "x-sensitive": field.field.policy.sensitive,
        "x-audit": "field" if field.field.policy.audit is Audit.FIELD else "payload",
        "x-cites": list(field.field.cites),
    }


def format_checks(bound: BoundForm) -> dict[str, Callable[[str], bool]]:
    """A check for each format of the form, for a JSON Schema validator: the text is a value of the type."""
    checks: dict[str, Callable[[str], bool]] = {}
    for field in bound.fields:
        parse = field.field.type.parse
        name = field.value_schema.get("format")
        if isinstance(name, str):
            checks[name] = _accepts(parse)
        parts = field.value_schema.get("properties")
        for part, schema in parts.items() if isinstance(parts, dict) else ():
            if isinstance(schema, dict) and isinstance(name := schema.get("format"), str):
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
