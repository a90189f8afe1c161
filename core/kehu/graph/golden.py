"""The golden files of schema/: SDL with directives, every field's policy, the declassifiers, the scopes.

A release keeps them in schema/baseline/, with which `kehu.graph.compat` compares the next ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import orjson

from kehu.forms.bind import bind
from kehu.forms.jsonschema import json_schema, ui_schema
from kehu.graph.catalogue import declassifiers
from kehu.graph.schema import build_schema
from kehu.labels import Locale
from kehu.records import Field, Record
from kehu.registry import Registry


def golden_files(registry: Registry) -> dict[str, bytes]:
    """Name and content of each golden file; the same for the same declarations, in whatever order they came."""
    return {
        "kehu.graphql": build_schema(registry).sdl.encode() + b"\n",
        "policy.json": policy_json(registry),
        **form_files(registry),
        "scopes.json": _lines(_labelled({"name": s.name}, s.label.zh, s.label.en) for s in registry.scopes.values()),
    }


def form_files(registry: Registry) -> dict[str, bytes]:
    """What stands under each form's ``$id``, in zh and en, and its layout; a change of them is a new version."""
    files: dict[str, bytes] = {}
    for form in registry.forms.values():
        bound = bind(form, registry.records, registry.schemes)
        languages: tuple[Locale, ...] = ("zh", "en")
        shown = {one: {"schema": json_schema(bound, one), "uiSchema": ui_schema(bound, one)} for one in languages}
        files[f"forms/{form.key}.{form.version}.json"] = orjson.dumps(shown, option=orjson.OPT_INDENT_2) + b"\n"
    return files


def policy_json(registry: Registry) -> bytes:
    """Everything that decides who sees what: fields, declassifiers, purposes, retention; one line each, sorted."""
    rows = (
        (f"{name}.{f.name}", _field(registry, record, f))
        for name, record in registry.records.items()
        for f in record.fields
    )
    parts: Mapping[str, Iterable[object]] = {
        "fields": (row for _, row in sorted(rows, key=lambda pair: pair[0])),
        "declassifiers": declassifiers(registry),
        "purposes": (
            _labelled({"code": p.code}, p.label.zh, p.label.en)
            | {"condition": p.condition.value if p.condition else None, "within": p.within, "cites": p.cites}
            for _, p in sorted(registry.purposes.items())
        ),
        "retention": (
            _labelled({"class": r.key}, r.label.zh, r.label.en) | {"minimumYears": r.minimum_years, "cites": r.cites}
            for _, r in sorted(registry.retention.items())
        ),
    }
    sections = (orjson.dumps(name) + b": " + _lines(rows).rstrip(b"\n") for name, rows in parts.items())
    return b"{\n" + b",\n".join(sections) + b"\n}\n"


def write(registry: Registry, folder: Path) -> list[Path]:
    """Write the golden files; gives the paths that changed."""
    changed = []
    for name, content in golden_files(registry).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            changed.append(path)
    return changed


def _field(registry: Registry, record: Record, f: Field) -> dict[str, object]:
    """What differs from field to field, the protection first; what follows from it (scopes) is left out."""
    policy = f.policy
    return _labelled({"field": f"{record.name}.{f.name}"}, f.label.zh, f.label.en) | {
        "level": int(policy.level),
        "mask": policy.mask,
        "sealed": policy.sealed,
        "lookup": policy.lookup,
        "audit": policy.audit.name,
        "area": policy.area,
        "purposes": policy.purposes if policy.mask is not None else (),
        "retention": policy.retention,
        "minimumYears": registry.retention[policy.retention].minimum_years,
        "categories": policy.categories,
        "default": policy.default,
        "plugin": registry.owner("record", record.name),
        "cites": policy.cites,
    }


def _labelled(row: dict[str, object], zh: str, en: str) -> dict[str, object]:
    return row | {"zh": zh, "en": en}


def _lines(rows: Iterable[object]) -> bytes:
    """A JSON array with one row per line, so that a difference is a line."""
    return b"[\n" + b",\n".join(map(orjson.dumps, rows)) + b"\n]\n"
