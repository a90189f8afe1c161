"""A form joined with the records and schemes that it points at; what start-up checks and every submission uses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jsonschema_rs

from kehu.errors import DeclarationError
from kehu.forms.form import Form, FormField
from kehu.forms.text import plain
from kehu.labels import Label
from kehu.records import Field, Record, snake
from kehu.rules.scheme import Scheme
from kehu.vocabulary.base import Governed, Json, Storage, ValueRefused

REFERENCE_MAX = 64
_REFERENCE_SCHEMA: Mapping[str, Json] = {
    "type": "string",
    "minLength": 1,
    "maxLength": REFERENCE_MAX,
    "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
}
# Validators differ about blanks for T and about leap seconds, which Python can't keep.
_MOMENT_PATTERN = (
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-5][0-9](\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$"
)


@dataclass(frozen=True)
class BoundField:
    """One form field with everything that follows from the record field it points at."""

    form_field: FormField
    record: Record
    field: Field
    scheme: Scheme | None

    @property
    def name(self) -> str:
        return self.form_field.name

    @property
    def required(self) -> bool:
        return self.form_field.required

    @property
    def label(self) -> Label:
        return self.form_field.label or self.field.label

    @property
    def is_reference(self) -> bool:
        """Refers to a row of the legal entity, which people name by its code (工号, 项目代码)."""
        return self.field.type.storage is Storage.REFERENCE

    @cached_property
    def value_schema(self) -> dict[str, Json]:
        """JSON Schema of one value, without words for people."""
        if self.is_reference:
            return dict(_REFERENCE_SCHEMA)
        if self.scheme is not None:
            return {"type": "string", "enum": list(self.scheme.codes)}
        schema = dict(self.field.type.schema)
        if schema.get("type") == "object":
            return _composite(schema, self.field.type.name)
        if schema.get("type") == "string":
            schema.setdefault("format", format_name(self.field.type.name))
        if schema.get("format") == "date-time":
            schema.setdefault("pattern", _MOMENT_PATTERN)
        return schema

    @cached_property
    def shape(self) -> jsonschema_rs.Validator:
        """Checks the shape of a JSON value; formats of Kehu's own are left to the type, which says what is wrong."""
        return jsonschema_rs.Draft202012Validator(self.value_schema, validate_formats=True)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes that the scheme has; none without a scheme."""
        return frozenset(self.scheme.codes) if self.scheme else frozenset()

    @cached_property
    def codes_by_word(self) -> dict[str, str]:
        """Code by each way to write it: the code, its labels in zh and en, the form's further words."""
        if self.scheme is None:
            return {}
        written = [(word, code) for code, label in self._labels() for word in (code, label.zh, label.en)]
        found: dict[str, str] = {}
        for word, code in (*written, *self.form_field.words):
            if code not in self.scheme.codes:
                raise DeclarationError(f"form field {self.name}: scheme {self.scheme.key} has no term {code!r}")
            if found.setdefault(plain(word), code) != code:
                raise DeclarationError(f"form field {self.name}: {word!r} means {found[plain(word)]} and {code}")
        return found

    def _labels(self) -> list[tuple[str, Label]]:
        return [(term.code, term.label) for term in self.scheme.terms] if self.scheme else []

    @property
    def allowed(self) -> Label:
        """The labels of the scheme's terms, for a message."""
        labels = [label for _, label in self._labels()]
        return Label("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def format_name(type_name: str) -> str:
    """Name of the JSON Schema format of a governed type that names none: ``FreeText`` → ``kehu-free-text``."""
    return f"kehu-{snake(type_name).replace('_', '-')}"


def _composite(schema: dict[str, Json], type_name: str) -> dict[str, Json]:
    """A composite as it is submitted: some part given, nothing derived, nothing null."""
    properties = schema.get("properties")
    parts: dict[str, Json] = {}
    for name, part in properties.items() if isinstance(properties, dict) else ():
        assert isinstance(part, dict)
        if not part.get("readOnly"):
            parts[name] = _part(part, f"{format_name(type_name)}-{name}")
    return {**schema, "properties": parts, "minProperties": 1}


def _part(part: dict[str, Json], format_: str) -> dict[str, Json]:
    if part.get("type") != ["string", "null"]:
        return part
    return {**part, "type": "string", "minLength": 1, "format": format_}


@dataclass(frozen=True)
class BoundForm:
    """A form whose targets exist and whose constants and defaults are values of their types."""

    form: Form
    fields: tuple[BoundField, ...]
    presets: Mapping[str, Mapping[str, Governed[Any]]]
    """Constants and defaults by record, then field: for every record that a submission touches."""
    records: Mapping[str, Record]
    """The records that the form points at, in the order of their first mention."""

    @cached_property
    def by_name(self) -> dict[str, BoundField]:
        return {field.name: field for field in self.fields}

    @cached_property
    def by_header(self) -> dict[str, BoundField]:
        """Form field by normalised column header: name, labels, synonyms."""
        found: dict[str, BoundField] = {}
        for field in self.fields:
            for word in (field.name, field.label.zh, field.label.en, *field.form_field.synonyms):
                if found.setdefault(plain(word), field) is not field:
                    other = found[plain(word)].name
                    raise DeclarationError(f"form {self.form.key}: header {word!r} means {other} and {field.name}")
        return found


def bind(form: Form, records: Mapping[str, Record], schemes: Mapping[str, Scheme]) -> BoundForm:
    """Join ``form`` with what it points at. Raises `DeclarationError` for anything that can't be served."""
    where = f"form {form.key}"
    fields = tuple(_bound(where, form_field, records, schemes) for form_field in form.fields)
    presets: dict[str, dict[str, Governed[Any]]] = {}
    constants = [(_bound(where, FormField("constant", to), records, schemes), raw) for to, raw in form.constants]
    defaults = [(field, field.form_field.default) for field in fields if field.form_field.default is not None]
    for field, raw in (*constants, *defaults):
        presets.setdefault(field.record.name, {})[field.field.name] = _declared_value(where, field, raw)
    used = {field.record.name: field.record for field in (*fields, *(field for field, _ in constants))}
    bound = BoundForm(form, fields, presets, used)
    _check_complete(bound)
    if not all(bound.by_header) or any(not all(field.codes_by_word) for field in fields):
        raise DeclarationError(f"{where}: a header or word consists of punctuation only")
    return bound


def _bound(
    where: str, form_field: FormField, records: Mapping[str, Record], schemes: Mapping[str, Scheme]
) -> BoundField:
    record_name, _, name = form_field.to.partition(".")
    record = records.get(record_name)
    field = record.by_name.get(name) if record else None
    if record is None or field is None:
        raise DeclarationError(f"{where}: {form_field.to} isn't there")
    if not record.writable or field.written_by_system or field.projection is not None:
        raise DeclarationError(f"{where}: {form_field.to} is written by the system, not by a form")
    scheme = schemes.get(field.scheme) if field.scheme else None
    if field.scheme and scheme is None:
        raise DeclarationError(f"{where}: {form_field.to} needs scheme {field.scheme}, which isn't there")
    if form_field.words and scheme is None:
        raise DeclarationError(f"{where}: {form_field.to} has no scheme, so words mean nothing")
    return BoundField(form_field, record, field, scheme)


def _declared_value(where: str, field: BoundField, raw: object) -> Governed[Any]:
    if field.is_reference:
        raise DeclarationError(f"{where}: {field.form_field.to} refers to a row, which a declaration can't know")
    if field.scheme is not None and raw not in field.scheme.codes:
        raise DeclarationError(f"{where}: {field.form_field.to}: scheme {field.scheme.key} has no term {raw!r}")
    try:
        return field.field.type.governed(raw)
    except ValueRefused as refused:
        code = refused.problem.code
        raise DeclarationError(f"{where}: constant or default of {field.form_field.to}: {code}") from refused


def _check_complete(bound: BoundForm) -> None:
    """Every required field of a record that the form writes can get a value. References come from the session too."""
    given = {field.form_field.to for field in bound.fields}
    given |= {f"{record}.{name}" for record, values in bound.presets.items() for name in values}
    for record in bound.records.values():
        for field in record.fields:
            free = field.required and field.default is None and field.type.storage is not Storage.REFERENCE
            if free and not field.written_by_system and f"{record.name}.{field.name}" not in given:
                raise DeclarationError(f"form {bound.form.key}: {record.name}.{field.name} is required and never given")
