"""GraphQL types of governed types: scalars, objects with parts, enums of schemes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from kehu.graph.builder import Annotation, Member, TypeBuilder
from kehu.graph.uploads import Upload
from kehu.labels import Label
from kehu.records import Field
from kehu.rules.scheme import Scheme
from kehu.vocabulary import TYPES
from kehu.vocabulary.base import AnyType, Json

_BUILT_IN: Mapping[str, Annotation] = {"String": str, "Int": int, "Boolean": bool, "ID": strawberry.ID}
HARMLESS = frozenset({"Moment", "Day", "BirthYear", "Nationality", "Quantity"})
"""Scalars of governed types that may stand as literals in a document: they don't tell who somebody is."""

REASON = "Reason"
LOOKUP_VALUE = "LookupValue"
CELL_TEXT, UPLOAD = "CellText", "Upload"


def scheme_enum_name(key: str) -> str:
    """``realestate.source`` → ``RealestateSource``."""
    return "".join(part.capitalize() for part in key.replace("_", ".").split("."))


class Vocabulary:
    """The GraphQL side of the vocabulary for one schema."""

    def __init__(self, builder: TypeBuilder, schemes: Mapping[str, Scheme]) -> None:
        self._builder = builder
        self._scalars: dict[str, Annotation] = {}
        self._inputs: dict[str, Annotation] = {}
        self.scalar_map: dict[object, ScalarDefinition] = {}
        self.variables_only: set[str] = set()
        self._enums = {key: self._enum(scheme) for key, scheme in schemes.items()}
        self.reason = self._scalar(REASON, Label("理由;只能经变量传入", "The reason; from variables only"))
        self.lookup_value = self._scalar(
            LOOKUP_VALUE, Label("要查找的值;只能经变量传入", "What to find; from variables only")
        )
        self.cell_text = self._scalar(
            CELL_TEXT, Label("单元格的文字;只能经变量传入", "Text of a cell; from variables only")
        )
        self.upload = self._upload()
        self.json = self._document("JSON", Label("JSON 文档", "A JSON document"))
        self.form_data = self._document(
            "FormData", Label("按字段名的表单内容;只能经变量传入", "What a form says by field; from variables only")
        )
        self.variables_only.add("FormData")
        for type_ in sorted(TYPES.values(), key=lambda one: one.graphql in TYPES):
            self._make(type_)

    def output(self, f: Field) -> Annotation:
        """The annotation of a field's output; nullable always, since a denial is null."""
        return self._enums[f.scheme] | None if f.scheme is not None else self._scalars[f.type.name] | None

    def input(self, f: Field) -> Annotation:
        return self._enums[f.scheme] if f.scheme is not None else self._inputs[f.type.name]

    def enum(self, key: str) -> Annotation:
        return self._enums[key]

    def _enum(self, scheme: Scheme) -> Annotation:
        values = {term.code: term.label for term in scheme.terms}
        label = Label(f"{scheme.label.zh}({scheme.key})", f"{scheme.label.en} ({scheme.key})")
        return self._builder.enum_type(scheme_enum_name(scheme.key), values, label)

    def _scalar(self, name: str, label: Label) -> Annotation:
        made = NewType(name, str)  # type: ignore[misc]  # reason: named by data
        self.scalar_map[made] = strawberry.scalar(name=name, description=str(label), parse_value=text_value)
        if name not in HARMLESS:
            self.variables_only.add(name)
        return self._builder.put(name, made)

    def _upload(self) -> Annotation:
        made = NewType(UPLOAD, object)  # type: ignore[misc]  # reason: named like the other scalars
        label = Label("一个文件,经 multipart 上传", "A file, uploaded as multipart/form-data")
        self.scalar_map[made] = strawberry.scalar(
            name=UPLOAD, description=str(label), parse_value=upload_value, parse_literal=_left_to_the_check
        )
        self.variables_only.add(UPLOAD)
        return self._builder.put(UPLOAD, made)

    def _document(self, name: str, label: Label) -> Annotation:
        made = NewType(name, object)  # type: ignore[misc]  # reason: named by data
        self.scalar_map[made] = strawberry.scalar(
            name=name, description=str(label), parse_value=object_value, parse_literal=_left_to_the_check
        )
        return self._builder.put(name, made)

    def _make(self, type_: AnyType) -> None:
        if type_.graphql is not None and type_.graphql in TYPES:
            # One that was made before: amounts of every kind are `Money` in GraphQL.
            self._scalars[type_.name] = self._scalars[type_.graphql]
            self._inputs[type_.name] = self._inputs[type_.graphql]
        elif type_.parts:
            members = {name: Member(_BUILT_IN[kind] | None, label) for name, kind, label in type_.parts}
            self._scalars[type_.name] = self._builder.object_type(type_.name, type_.description, members)
            given = {name: m for name, m in members.items() if name != "display"}
            self._inputs[type_.name] = self._builder.input_type(
                f"{type_.name}Input", type_.description, self._parts_from_variables(given)
            )
        elif type_.graphql is not None:
            self._scalars[type_.name] = self._inputs[type_.name] = _BUILT_IN[type_.graphql]
        else:
            self._scalars[type_.name] = self._inputs[type_.name] = self._scalar(type_.name, type_.description)

    def _parts_from_variables(self, members: Mapping[str, Member]) -> dict[str, Member]:
        part = self._builder.types.get("Part") or self._scalar(
            "Part", Label("一段文字;只能经变量传入", "One part; from variables only")
        )
        return {name: Member(part | None, m.label) for name, m in members.items()}


def _left_to_the_check(node: object, variables: object = None) -> None:
    """A literal passes validation, whose messages might repeat it: `check_literals` refuses it."""


def object_value(value: Any) -> Mapping[str, Json]:
    """Input of a whole form: a JSON object, checked by the form itself, never here."""
    if isinstance(value, Mapping):
        return value
    raise TypeError("an object is needed")


def upload_value(value: Any) -> Upload:
    """Input of a file: one that came with the request, never text."""
    if isinstance(value, Upload):
        return value
    raise TypeError("a file is needed")


def text_value(value: Any) -> Json:
    """Input of a governed scalar: JSON text or number, checked by the governed type itself, never here."""
    if isinstance(value, bool | float):
        raise TypeError("text is needed")
    if isinstance(value, str | int):
        return value
    raise TypeError("text is needed")
