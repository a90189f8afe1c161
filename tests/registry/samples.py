"""What a plugin's author would write: declarations and modules with hooks, made in a test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from kehu.customers import plugin as core_plugin
from kehu.errors import StartupError
from kehu.labels import Label
from kehu.plugin import (
    AtLeast,
    Band,
    Criterion,
    Exists,
    Field,
    Form,
    FormField,
    Grading,
    Is,
    Record,
    Scheme,
    ShortText,
    Sum,
    Term,
    True_,
    field,
    hookimpl,
)
from kehu.registry import Registry, load_registry

LABEL = Label("样例", "Sample")
CITES = ("S17.R21",)


def plugin(name: str = "kehu_sample", **hooks: object) -> ModuleType:
    """A module: ``records=(…)`` becomes ``kehu_records``, a function stays as it is."""
    module = ModuleType(name)
    for hook, returned in hooks.items():
        setattr(module, f"kehu_{hook}", hookimpl(returned if callable(returned) else _returns(returned)))
    return module


def _returns(value: object) -> Callable[[], object]:
    return lambda: value


def load(*plugins: ModuleType) -> Registry:
    """Core with these plugins."""
    return load_registry((core_plugin,), plugins)


def record(name: str = "SampleCard", *fields: Field, **changes: Any) -> Record:
    own = fields or (field("colour", ShortText, "颜色", "Colour"),)
    given = {"accessor": name[0].lower() + name[1:], "cites": CITES, "label": LABEL, "description": LABEL} | changes
    return Record(name=name, fields=own, **given)


def scheme(key: str = "sample.colour", *codes: str, **changes: Any) -> Scheme:
    terms = tuple(Term(code, LABEL) for code in codes or ("RED", "GREEN"))
    return Scheme(
        **{"key": key, "version": 1, "label": LABEL, "description": LABEL, "terms": terms, "cites": CITES} | changes
    )


def form(key: str = "sample.visit", *fields: FormField, **changes: Any) -> Form:
    own = fields or (FormField("name", "Customer.name", required=True),)
    given: dict[str, Any] = {"version": 1, "label": LABEL, "description": LABEL, "cites": CITES}
    constants = (("Customer.kind", "PERSON"), ("Customer.stage", "PROSPECT"))
    return Form(**{"key": key, "fields": own, "constants": constants} | given | changes)


def grading(fact: Sum | Exists | None = None, key: str = "sample.grade", version: int = 1, **changes: Any) -> Grading:
    used = fact or Exists("owner", LABEL, "Holding", (Is("kind", "PROPERTY"),))
    when = AtLeast(used, 1) if isinstance(used, Sum) else True_(used)
    bands = (Band("HIGH", LABEL, (Criterion("H1", LABEL, when),)), Band("LOW", LABEL, otherwise=True))
    given: dict[str, Any] = {
        "label": LABEL,
        "scheme": scheme("sample.level", "HIGH", "LOW"),
        "facts": (used,),
        "bands": bands,
    }
    return Grading(key=key, version=version, **given | {"cites": CITES} | changes)


@dataclass(frozen=True)
class Bad:
    """What a plugin declares, the error that stops start-up, and words that its message must have."""

    id: str
    hooks: Mapping[str, object]
    error: type[StartupError]
    says: tuple[str, ...]
