"""银行 — the plugin for banks: retail customer information and its protection (S1, S2, S3, S4, S7, S10)."""

from __future__ import annotations

from kehu.plugin import Demo, Form, Grading, Measure, Purpose, Record, Role, Scheme, ScopeDeclaration, hookimpl
from kehu_banking.demo import DEMOS
from kehu_banking.forms import FORMS
from kehu_banking.grades import GRADINGS
from kehu_banking.measures import MEASURES
from kehu_banking.records import RECORDS
from kehu_banking.roles import ROLES
from kehu_banking.schemes import SCHEMES
from kehu_banking.scopes import PURPOSES, SCOPES

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
def kehu_purposes() -> tuple[Purpose, ...]:
    return PURPOSES


@hookimpl
def kehu_measures() -> tuple[Measure, ...]:
    return MEASURES


@hookimpl
def kehu_roles() -> tuple[Role, ...]:
    return ROLES


@hookimpl
def kehu_demo() -> tuple[Demo, ...]:
    return DEMOS
