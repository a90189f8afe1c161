"""A form joined with the records and schemes that it points at; what start-up checks and every submission uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import jsonschema_rs

from kehu.errors import DeclarationError
from kehu.forms.form import Form, FormField, Group, Rows, When
from kehu.forms.text import plain
from kehu.labels import Label
from kehu.records import Field, Owner, Record, snake
from kehu.rules.scheme import Scheme
from kehu.vocabulary.base import Governed, Json, Storage, ValueRefused

CUSTOMER, RELATIONSHIP = "Customer", "Relationship"
REFERENCE_MAX = 64
_REFERENCE_SCHEMA: Mapping[str, Json] = {
    "type": "string",
    "minLength": 1,
    "maxLength": REFERENCE_MAX,
    "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]*$",
}
_OTHER_CUSTOMER = (("Customer.kind", "PERSON"), ("Customer.stage", "RELATED"))
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


class Condition(NamedTuple):
    """One condition: the field ``field`` beside it says one of ``values``; ``absent``: or is left out, for its default
    is one of them."""

    field: str
    values: tuple[str | bool, ...]
    absent: bool


@dataclass(frozen=True)
class BoundPart:
    """Fields that are filled in together: a form's own, those of one row of a group, or those of one linked person.

    Targets exist, constants and defaults are values of their types, and what is asked suffices for the records.
    """

    where: str
    fields: tuple[BoundField, ...]
    presets: Mapping[str, Mapping[str, Governed[Any]]]
    """Constants and defaults by record, then field: for every record that a submission touches."""
    records: Mapping[str, Record]
    """The records that the fields and constants point at, in the order of their first mention."""
    conditions: Mapping[str, tuple[Condition, ...]]
    """What must hold for a field to be asked, all of it, by name; nothing for those that are always asked."""
    roots: frozenset[str]
    """Records that are written in any case."""

    @cached_property
    def by_name(self) -> dict[str, BoundField]:
        return {field.name: field for field in self.fields}

    @cached_property
    def named(self) -> tuple[tuple[str, BoundField], ...]:
        """The fields with their names, for what is done with every row of an import."""
        return tuple(self.by_name.items())

    def conditional(self, name: str) -> bool:
        return bool(self.conditions.get(name))

    def asked(self, name: str, given: Mapping[str, object]) -> bool:
        """Whether the field is asked. ``given`` has the values by name, codes and flags as such."""
        return all(
            given[one.field] in one.values if one.field in given else one.absent
            for one in self.conditions.get(name, ())
        )

    def fixed(self, record: str) -> dict[str, Governed[Any]]:
        """What the constants say of every row of ``record``: how a row of this form is told from others."""
        asked = {field.field.name for field in self.fields if field.record.name == record}
        return {name: value for name, value in self.presets.get(record, {}).items() if name not in asked}

    @cached_property
    def always(self) -> frozenset[str]:
        """Records that every submission writes: ``roots``, a facet of the customer that the constants fill in
        completely, what a required field points at, and what these belong to."""
        found = set(self.roots)
        found |= {each.record.name for each in self.fields if each.required and not self.conditional(each.name)}
        found |= {
            name
            for name, record in self.records.items()
            if record.single and record.parent in self.roots and name in self.presets
            and all(f.name in self.presets[name] for f in record.fields if f.required and not f.written_by_system)
        }  # fmt: skip
        return frozenset(self.with_parents(found))

    def with_parents(self, names: Iterable[str]) -> set[str]:
        """The records and those of this part that their rows belong to."""
        found: set[str] = set()
        for name in names:
            at: str | None = name
            while at is not None and at in self.records and at not in found:
                found.add(at)
                at = self.records[at].parent
        return found

    @cached_property
    def needs(self) -> dict[str, tuple[BoundField, ...]]:
        """By record, the fields without which a row of it is incomplete. References come from the session too."""
        return {
            name: tuple(
                each
                for each in self.fields
                if each.record.name == name
                and each.field.required
                and each.field.default is None
                and not each.is_reference
                and each.field.name not in self.presets.get(name, {})
            )
            for name in self.records
        }

    @cached_property
    def required(self) -> frozenset[str]:
        """Names of the fields without which no submission is complete."""
        own = {each.name for each in self.fields if each.required and not self.conditional(each.name)}
        return frozenset(own | {each.name for record in self.always for each in self.needs.get(record, ())})

    @cached_property
    def required_with(self) -> dict[str, tuple[str, ...]]:
        """By field, the further fields that must be given with it: what completes the row that it goes into."""
        found = {each.name: self.completing(each.record.name, each.name) for each in self.fields}
        return {name: names for name, names in found.items() if names}

    def completing(self, record: str | None, *but: str) -> tuple[str, ...]:
        """Names of the fields that must be given where a row of ``record`` is written."""
        touched = self.with_parents({record} if record else ()) - self.always
        return tuple(sorted({need.name for name in touched for need in self.needs[name]} - set(but)))


@dataclass(frozen=True)
class BoundRows(BoundPart):
    """A group or link: the fields of one of its rows."""

    declared: Rows

    @property
    def name(self) -> str:
        return self.declared.name

    @property
    def above(self) -> str | None:
        """The record that the rows of a group belong to; none for a link, whose rows are customers."""
        return self.records[self.declared.record].parent if isinstance(self.declared, Group) else None


@dataclass(frozen=True)
class BoundForm(BoundPart):
    """A form: ``fields`` are those that are asked once, ``rows`` its groups and links."""

    form: Form
    rows: tuple[BoundRows, ...]

    @cached_property
    def rows_by_name(self) -> dict[str, BoundRows]:
        return {rows.name: rows for rows in self.rows}

    @property
    def parts(self) -> tuple[BoundPart, ...]:
        """The form itself, then its groups and links."""
        return (self, *self.rows)

    @cached_property
    def about(self) -> BoundField | None:
        """The field whose number says which row, on record already, the submission is about."""
        return next((field for field in self.fields if field.form_field.to == self.form.about), None)

    @cached_property
    def written(self) -> Mapping[str, Record]:
        """Every record that a submission may write, those of groups and of linked persons included."""
        known = self.about.record.name if self.about else None
        return {name: record for part in self.parts for name, record in part.records.items() if name != known}

    @cached_property
    def scopes(self) -> tuple[str, ...]:
        """The scopes that whoever submits the form needs."""
        return tuple(sorted({f"{record.area}:write" for record in self.written.values()}))

    @cached_property
    def rows_required_with(self) -> dict[str, tuple[str, ...]]:
        """By group, the fields that must be given with its rows: what completes the row that these belong to."""
        found = {rows.name: self.completing(rows.above) for rows in self.rows}
        return {name: names for name, names in found.items() if names}

    @cached_property
    def by_header(self) -> dict[str, BoundField]:
        """Form field by normalised column header: name, labels, synonyms. Rows of groups have no columns."""
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
    binder = _Binder(records, schemes)
    part = binder.part(where, form.flat, form.constants, (CUSTOMER,))
    rows = tuple(binder.rows(where, declared) for declared in form.rows)
    conditions = binder.conditions(where, form.fields, part.fields)
    bound = BoundForm(part.where, part.fields, part.presets, part.records, conditions, part.roots, form, rows)
    if bound.about is not None:
        _check_about(bound, bound.about)
    for each in (bound, *rows):
        _check_complete(each, bound.about.record.name if bound.about else None)
        _check_conditional(each)
    _check_placed(bound)
    if not all(bound.by_header) or any(not all(f.codes_by_word) for each in (bound, *rows) for f in each.fields):
        raise DeclarationError(f"{where}: a header or word consists of punctuation only")
    return bound


class _Binder:
    def __init__(self, records: Mapping[str, Record], schemes: Mapping[str, Scheme]) -> None:
        self._records = records
        self._schemes = schemes

    def part(
        self,
        where: str,
        fields: Sequence[FormField],
        given: Sequence[tuple[str, object]],
        roots: Sequence[str],
        rows: bool = False,
    ) -> BoundPart:
        bound = tuple(self._bound(where, form_field) for form_field in fields)
        presets: dict[str, dict[str, Governed[Any]]] = {}
        constants = [(self._bound(where, FormField("constant", to)), raw) for to, raw in given]
        # What a field has by default counts only where the field is asked: `parse_bound` sees to the others.
        defaults = [
            (field, field.form_field.default)
            for field in bound
            if field.form_field.default is not None and field.form_field.when is None
        ]
        for field, raw in (*constants, *defaults):
            presets.setdefault(field.record.name, {})[field.field.name] = declared_value(where, field, raw)
        used = {name: self._records[name] for name in roots if name in self._records} if rows else {}
        used |= {field.record.name: field.record for field in (*bound, *(field for field, _ in constants))}
        return BoundPart(where, bound, presets, used, self.conditions(where, fields, bound), frozenset(roots))

    def rows(self, where: str, declared: Rows) -> BoundRows:
        where = f"{where}, {declared.name}"
        if isinstance(declared, Group):
            self._check_group(where, declared)
            part = self.part(where, declared.fields, declared.constants, (declared.record,), rows=True)
        else:
            stated = {target for target, _ in declared.constants} | {field.to for field in declared.fields}
            own = [(target, raw) for target, raw in _OTHER_CUSTOMER if target not in stated]
            kind = (f"{RELATIONSHIP}.kind", declared.relationship)
            given = (*own, kind, *declared.constants)
            part = self.part(where, declared.fields, given, (CUSTOMER, RELATIONSHIP), rows=True)
        return BoundRows(part.where, part.fields, part.presets, part.records, part.conditions, part.roots, declared)

    def conditions(
        self, where: str, declared: Sequence[FormField | Rows], fields: Sequence[BoundField]
    ) -> dict[str, tuple[Condition, ...]]:
        by_name = {field.name: field for field in fields}
        whens = {each.name: each.when for each in declared}
        found: dict[str, tuple[Condition, ...]] = {}
        for each in declared:
            tests: list[Condition] = []
            at = each.when
            while at is not None:
                tests.append(_test(where, each.name, at, by_name[at.field]))
                at = whens[at.field]
            if tests:
                found[each.name] = tuple(tests)
        return found

    def _check_group(self, where: str, group: Group) -> None:
        record = self._records.get(group.record)
        if record is None:
            raise DeclarationError(f"{where}: record {group.record} isn't there")
        if record.owner is not Owner.CUSTOMER or record.parent is None or record.single:
            raise DeclarationError(f"{where}: a customer has no several rows of {group.record}; ask outside a group")
        targets = [*(field.to for field in group.fields), *(target for target, _ in group.constants)]
        for name in {target.partition(".")[0] for target in targets}:
            one = self._records.get(name)
            if one is not None and one is not record and not (one.single and one.parent == record.name):
                raise DeclarationError(f"{where}: {name} is neither {record.name} nor of it one row each")

    def _bound(self, where: str, form_field: FormField) -> BoundField:
        record_name, _, name = form_field.to.partition(".")
        record = self._records.get(record_name)
        field = record.by_name.get(name) if record else None
        if record is None or field is None:
            raise DeclarationError(f"{where}: {form_field.to} isn't there")
        if not record.writable or field.written_by_system or field.projection is not None:
            raise DeclarationError(f"{where}: {form_field.to} is written by the system, not by a form")
        scheme = self._schemes.get(field.scheme) if field.scheme else None
        if field.scheme and scheme is None:
            raise DeclarationError(f"{where}: {form_field.to} needs scheme {field.scheme}, which isn't there")
        if form_field.words and scheme is None:
            raise DeclarationError(f"{where}: {form_field.to} has no scheme, so words mean nothing")
        return BoundField(form_field, record, field, scheme)


def _test(where: str, name: str, when: When, field: BoundField) -> Condition:
    if field.scheme is not None:
        known: frozenset[str | bool] = frozenset(field.codes)
    elif field.field.type.storage is Storage.BOOLEAN:
        known = frozenset({True, False})
    else:
        raise DeclarationError(f"{where}: {name} depends on {when.field}, which has neither codes nor yes and no")
    # 1 equals True, and JSON Schema tells them apart.
    if wrong := [v for v in when.values if v not in known or isinstance(v, bool) is (field.scheme is not None)]:
        raise DeclarationError(f"{where}: {name} depends on {when.field} being {wrong[0]!r}, which it never is")
    return Condition(when.field, when.values, field.form_field.default in when.values)


def declared_value(where: str, field: BoundField, raw: object) -> Governed[Any]:
    """A constant or default as a value of its type. Raises `DeclarationError`."""
    if field.is_reference:
        raise DeclarationError(f"{where}: {field.form_field.to} refers to a row, which a declaration can't know")
    if field.scheme is not None and raw not in field.scheme.codes:
        raise DeclarationError(f"{where}: {field.form_field.to}: scheme {field.scheme.key} has no term {raw!r}")
    try:
        return field.field.type.governed(raw)
    except ValueRefused as refused:
        code = refused.problem.code
        raise DeclarationError(f"{where}: constant or default of {field.form_field.to}: {code}") from refused


def _check_about(bound: BoundForm, about: BoundField) -> None:
    """The number tells one row of a customer, and the form says nothing else of that row."""
    record, name = about.record, about.field.name
    told = record.single or record.same_by == (name,)
    if record.parent != CUSTOMER or not told or not about.field.filterable:
        raise DeclarationError(
            f"{bound.where}: about {about.form_field.to}, which doesn't tell one row of a customer; "
            "make it filterable, of a record that is single or has it as same_by"
        )
    more = {field.name for field in bound.fields if field.record is record and field is not about}
    if more or record.name in bound.presets:
        raise DeclarationError(f"{bound.where}: about a {record.name} that is there, so nothing else of it is asked")


def _check_complete(part: BoundPart, known: str | None) -> None:
    """Every required field of a record that is written can get a value. References come from the session too."""
    given = {field.form_field.to for field in part.fields}
    given |= {f"{record}.{name}" for record, values in part.presets.items() for name in values}
    for record in (one for name, one in part.records.items() if name != known):
        for field in record.fields:
            free = field.required and field.default is None and field.type.storage is not Storage.REFERENCE
            if free and not field.written_by_system and f"{record.name}.{field.name}" not in given:
                raise DeclarationError(f"{part.where}: {record.name}.{field.name} is required and never given")


def _check_conditional(part: BoundPart) -> None:
    """What completes a row is asked wherever something else of the row is."""
    for record, needs in part.needs.items():
        for need in needs:
            tests = set(part.conditions.get(need.name, ()))
            beside = [e.name for e in part.fields if record in part.with_parents({e.record.name})]
            free = [name for name in beside if not tests <= set(part.conditions.get(name, ()))]
            if tests and (free or record in part.always):
                also = f", but {free[0]} without it" if free else ""
                raise DeclarationError(
                    f"{part.where}: {need.form_field.to} is required and asked only on a condition{also}"
                )


def _check_placed(bound: BoundForm) -> None:
    """Each record stands either in the form or in its groups, and what its rows belong to is written too."""
    grouped = {name for rows in bound.rows if isinstance(rows.declared, Group) for name in rows.records}
    if both := sorted(grouped & bound.records.keys()):
        raise DeclarationError(
            f"{bound.where}: {both[0]} is written inside and outside of a group; put all of it into the group"
        )
    for part in (bound, *bound.rows):
        above = bound.records if isinstance(part, BoundRows) and isinstance(part.declared, Group) else part.records
        for name, record in part.records.items():
            if record.parent not in (None, CUSTOMER) and record.parent not in {*above, *part.records}:
                raise DeclarationError(
                    f"{part.where}: rows of {name} belong to a {record.parent}, which it doesn't write"
                )
