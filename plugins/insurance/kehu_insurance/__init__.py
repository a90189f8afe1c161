"""保险 — the plugin for insurers: 保险客户信息保密管理办法 (S5)."""

from __future__ import annotations

from kehu.plugin import Demo, Form, Measure, Purpose, Record, Role, Scheme, ScopeDeclaration, hookimpl
from kehu_insurance.demo import DEMOS
from kehu_insurance.forms import FORMS
from kehu_insurance.measures import MEASURES
from kehu_insurance.records import RECORDS
from kehu_insurance.roles import ROLES
from kehu_insurance.schemes import SCHEMES
from kehu_insurance.scopes import PURPOSES, SCOPES

__version__ = "0.1.0"


@hookimpl
def kehu_records() -> tuple[Record, ...]:
    return RECORDS


@hookimpl
def kehu_schemes() -> tuple[Scheme, ...]:
    return SCHEMES


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
