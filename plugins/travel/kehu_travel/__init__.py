"""旅行社 — the plugin for travel agencies: 旅行社客户信息保密管理办法 (S8)."""

from __future__ import annotations

from kehu.plugin import (
    Demo,
    Form,
    Measure,
    Purpose,
    Record,
    RetentionClass,
    Role,
    Scheme,
    ScopeDeclaration,
    hookimpl,
)
from kehu_travel.demo import DEMOS
from kehu_travel.forms import FORMS
from kehu_travel.measures import MEASURES
from kehu_travel.records import RECORDS
from kehu_travel.roles import POSITIONS, ROLES
from kehu_travel.schemes import SCHEMES
from kehu_travel.scopes import PURPOSES, RETENTION, SCOPES

__version__ = "0.1.0"


@hookimpl
def kehu_records() -> tuple[Record, ...]:
    return RECORDS


@hookimpl
def kehu_schemes() -> tuple[Scheme, ...]:
    return (*SCHEMES, POSITIONS)


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
def kehu_roles() -> tuple[Role, ...]:
    return ROLES


@hookimpl
def kehu_retention() -> tuple[RetentionClass, ...]:
    return RETENTION


@hookimpl
def kehu_measures() -> tuple[Measure, ...]:
    return MEASURES


@hookimpl
def kehu_demo() -> tuple[Demo, ...]:
    return DEMOS
