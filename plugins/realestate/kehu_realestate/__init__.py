"""房地产 — the plugin for property developers: 客户信息管理办法 (S17; S13 copies it), articles 1 to 5 and 11."""

from __future__ import annotations

from kehu.plugin import Demo, Form, Grading, Measure, Purpose, Record, Role, Scheme, hookimpl
from kehu_realestate.demo import DEMOS
from kehu_realestate.forms import FORMS
from kehu_realestate.grades import GRADINGS
from kehu_realestate.measures import MEASURES
from kehu_realestate.records import RECORDS
from kehu_realestate.roles import PURPOSES, ROLES
from kehu_realestate.schemes import SCHEMES

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
def kehu_purposes() -> tuple[Purpose, ...]:
    return PURPOSES


@hookimpl
def kehu_roles() -> tuple[Role, ...]:
    return ROLES


@hookimpl
def kehu_measures() -> tuple[Measure, ...]:
    return MEASURES


@hookimpl
def kehu_demo() -> tuple[Demo, ...]:
    return DEMOS
