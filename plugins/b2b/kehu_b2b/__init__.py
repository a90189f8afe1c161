"""企业客户 — the plugin for B2B sellers: customer archives (S9) and lead sources (S15)."""

from __future__ import annotations

from kehu.plugin import Demo, Form, Grading, Measure, Record, Role, Scheme, ScopeDeclaration, hookimpl
from kehu_b2b.demo import DEMOS
from kehu_b2b.forms import FORMS
from kehu_b2b.grades import GRADINGS
from kehu_b2b.measures import MEASURES
from kehu_b2b.records import RECORDS
from kehu_b2b.roles import ROLES
from kehu_b2b.schemes import SCHEMES
from kehu_b2b.scopes import SCOPES

__version__ = "0.1.0"


@hookimpl
def kehu_records() -> tuple[Record, ...]:
    return RECORDS


@hookimpl
def kehu_schemes() -> tuple[Scheme, ...]:
    return SCHEMES


@hookimpl
def kehu_gradings() -> tuple[Grading, ...]:
    return GRADINGS


@hookimpl
def kehu_forms() -> tuple[Form, ...]:
    return FORMS


@hookimpl
def kehu_scopes() -> tuple[ScopeDeclaration, ...]:
    return SCOPES


@hookimpl
def kehu_roles() -> tuple[Role, ...]:
    return ROLES


@hookimpl
def kehu_measures() -> tuple[Measure, ...]:
    return MEASURES


@hookimpl
def kehu_demo() -> tuple[Demo, ...]:
    return DEMOS
