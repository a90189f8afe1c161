"""Server (our own checks and jsonschema-rs) and client (Ajv) give one verdict about every case of a generated table."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema_rs
import pytest

from kehu.customers import plugin as core_plugin
from kehu.errors import Invalid
from kehu.forms.bind import BoundField, BoundForm
from kehu.forms.form import FormField
from kehu.forms.jsonschema import format_checks, json_schema, type_checks
from kehu.forms.submission import parse_bound
from kehu.labels import Locale
from kehu.records import field
from kehu.registry import installed_plugins, load_registry
from kehu.vocabulary import TYPES
from kehu.vocabulary.base import ValueRefused

from .form_cases import VECTORS, bound_forms, cases, choices, complete

SHANGHAI = ZoneInfo("Asia/Shanghai")
CODES = {"Staff": "S001", "OrganisationUnit": "P01"}
FORMS = bound_forms(load_registry((core_plugin,), installed_plugins()))
Judge = Callable[[dict[str, Any], dict[str, list[Any]]], dict[str, list[bool]]]


@pytest.fixture(scope="module")
def ajv(run_script: Any, tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """Verdicts of Ajv, with the formats that front ends copy, about many values of many schemas."""

    def judge(schemas: dict[str, Any], values: dict[str, list[Any]]) -> dict[str, list[bool]]:
        asked = tmp_path_factory.mktemp("ajv") / "asked.json"
        asked.write_text(json.dumps({"schemas": schemas, "values": values}), encoding="utf-8")
        verdicts: dict[str, list[bool]] = run_script("ajv.mjs", KEHU_ASKED=str(asked))
        return verdicts

    return judge


def server_takes(bound: BoundForm, data: dict[str, Any]) -> bool:
    try:
        parse_bound(bound, data, zone=SHANGHAI)
    except Invalid:
        return False
    return True


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_server_and_client_agree_about_every_form(locale: Locale, ajv: Judge) -> None:
    table = {key: list(cases(bound, CODES)) for key, bound in FORMS.items()}
    schemas = {key: json_schema(bound, locale) for key, bound in FORMS.items()}
    client = ajv(schemas, table)
    disagreements = []
    for key, bound in FORMS.items():
        rust = jsonschema_rs.Draft202012Validator(schemas[key], validate_formats=True, formats=format_checks(bound))
        for data, says in zip(table[key], client[key], strict=True):
            verdicts = (server_takes(bound, data), rust.is_valid(data), says)
            if len(set(verdicts)) > 1:
                disagreements.append((key, data, verdicts))
        accepted = sum(client[key])
        assert 0 < accepted < len(table[key]), key
    assert disagreements == []
    assert sum(map(len, table.values())) > 100 * len(FORMS)


@pytest.mark.parametrize("key", FORMS)
def test_what_is_complete_is_taken_and_what_is_empty_is_not(key: str) -> None:
    bound = FORMS[key]
    for choice in choices(bound):
        assert server_takes(bound, complete(bound, CODES, choice)), choice
    assert server_takes(bound, complete(bound, CODES, everything=False))
    assert not server_takes(bound, {})


def type_schemas() -> dict[str, dict[str, Any]]:
    """By name of the type (and part), the schema that forms have for it."""
    found: dict[str, dict[str, Any]] = {}
    for name in VECTORS:
        type_, _, part = name.partition(".")
        bound = BoundField(FormField("x", "A.x"), None, field("x", TYPES[type_], "x", "x", cites=("F-82",)), None)  # type: ignore[arg-type]  # reason: its record doesn't matter
        schema: Any = bound.value_schema
        found[name] = schema["properties"][part] if part else schema
    return found


def test_every_text_type_has_vectors() -> None:
    schemas = type_schemas()
    texts = {name for name, type_ in TYPES.items() if type_.schema.get("type") == "string"} - {"Reference"}
    assert texts <= schemas.keys()
    assert all(VECTORS[name]["taken"] and VECTORS[name]["refused"] for name in VECTORS)


def test_the_vectors_hold_on_the_server() -> None:
    for name, schema in type_schemas().items():
        type_, _, part = name.partition(".")
        checks = type_checks({"properties": {part: schema}} if part else schema, TYPES[type_].parse)
        validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True, formats=checks)
        for verdict, texts in ((True, VECTORS[name]["taken"]), (False, VECTORS[name]["refused"])):
            for text in texts:
                assert validator.is_valid(text) is verdict, (name, text)
                assert (verdict and _parses(type_, part, text)) is verdict, (name, text)


def _parses(name: str, part: str, text: str) -> bool:
    try:
        TYPES[name].parse({part: text} if part else text)
    except ValueRefused:
        return False
    return True


def test_the_vectors_hold_in_javascript(ajv: Judge) -> None:
    values = {name: [*both["taken"], *both["refused"]] for name, both in VECTORS.items()}
    verdicts = ajv(type_schemas(), values)
    wrong = [
        (name, text)
        for name, both in VECTORS.items()
        for text, says, verdict in zip(
            values[name], verdicts[name], [True] * len(both["taken"]) + [False] * len(both["refused"]), strict=True
        )
        if says is not verdict
    ]
    assert wrong == []


def test_the_formats_are_the_ones_that_schemas_name(run_script: Any) -> None:
    named = {str(schema["format"]) for schema in type_schemas().values() if "format" in schema}
    assert named <= set(run_script("ajv.mjs")["formats"])
    assert Path(__file__).with_name("node").joinpath("ajv.mjs").exists()
