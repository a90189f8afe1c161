"""汽车4S店 — the plugin for car dealers: 客户信息管理规定 (S12), section 1 and defaults for what is lost."""

from __future__ import annotations

from kehu.plugin import Demo, Form, Grading, Purpose, Record, Role, Scheme, ScopeDeclaration, hookimpl
from kehu_automotive.demo import DEMOS
from kehu_automotive.forms import FORMS
from kehu_automotive.grades import GRADINGS
from kehu_automotive.records import RECORDS
from kehu_automotive.roles import POSITIONS, ROLES
from kehu_automotive.schemes import SCHEMES
from kehu_automotive.scopes import PURPOSES, SCOPES

__version__ = "0.1.0"


@hookimpl
def kehu_records() -> tuple[Record, ...]:
    return RECORDS


@hookimpl
def kehu_schemes() -> tuple[Scheme, ...]:
    return (*SCHEMES, POSITIONS)


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
def kehu_roles() -> tuple[Role, ...]:
    return ROLES


@hookimpl
def kehu_demo() -> tuple[Demo, ...]:
    return DEMOS
