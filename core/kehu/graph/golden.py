"""The golden files of schema/: SDL with directives, every field's policy, the declassifiers, the scopes."""

from __future__ import annotations

from pathlib import Path

import orjson

from kehu.graph.catalogue import declassifiers, field_policies
from kehu.graph.schema import build_schema
from kehu.registry import Registry


def golden_files(registry: Registry) -> dict[str, bytes]:
    """Name and content of each golden file; the same for the same declarations."""
    policy = {
        "fields": list(field_policies(registry)),
        "declassifiers": declassifiers(registry),
        "purposes": [
            {
                "code": p.code,
                "zh": p.label.zh,
                "en": p.label.en,
                "condition": p.condition.value if p.condition else None,
                "cites": p.cites,
            }
            for p in registry.purposes.values()
        ],
        "retention": [
            {"class": r.key, "zh": r.label.zh, "en": r.label.en, "minimumYears": r.minimum_years, "cites": r.cites}
            for r in registry.retention.values()
        ],
    }
    scopes = [{"name": s.name, "zh": s.label.zh, "en": s.label.en} for s in registry.scopes.values()]
    return {
        "kehu.graphql": build_schema(registry).sdl.encode() + b"\n",
        "policy.json": _json(policy),
        "scopes.json": _json(scopes),
    }


def write(registry: Registry, folder: Path) -> list[Path]:
    """Write the golden files; gives the paths that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, content in golden_files(registry).items():
        path = folder / name
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)
            changed.append(path)
    return changed


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
