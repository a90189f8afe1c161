"""烟草 — the plugin for tobacco companies: 烟草公司零售客户基础信息管理办法 (S14)."""

from __future__ import annotations

from kehu.plugin import Demo, Form, Grading, Measure, Purpose, Record, Role, Scheme, ScopeDeclaration, hookimpl
from kehu_tobacco.demo import DEMOS
from kehu_tobacco.forms import FORMS
from kehu_tobacco.grades import GRADINGS
from kehu_tobacco.measures import MEASURES
from kehu_tobacco.records import RECORDS
from kehu_tobacco.roles import ROLES
from kehu_tobacco.schemes import SCHEMES
from kehu_tobacco.scopes import PURPOSES, SCOPES

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
