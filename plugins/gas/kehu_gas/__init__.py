"""燃气 — the plugin for gas utilities: 客户信息系统录入管理办法 (S16)."""

from __future__ import annotations

from kehu.plugin import Demo, Form, Grading, Measure, Purpose, Record, Role, Scheme, ScopeDeclaration, hookimpl
from kehu_gas.demo import DEMOS
from kehu_gas.forms import FORMS
from kehu_gas.grades import GRADINGS
from kehu_gas.measures import MEASURES
from kehu_gas.records import RECORDS
from kehu_gas.roles import ROLES
from kehu_gas.schemes import SCHEMES
from kehu_gas.scopes import PURPOSES, SCOPES

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
