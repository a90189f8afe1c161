"""房地产 — the plugin for property developers: 客户信息管理办法 (S17), articles 4 and 5."""

from __future__ import annotations

from kehu.plugin import Demo, Form, Grading, Record, Scheme, hookimpl
from kehu_realestate.demo import DEMOS
from kehu_realestate.forms import FORMS
from kehu_realestate.grades import GRADINGS
from kehu_realestate.records import RECORDS
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
def kehu_demo() -> tuple[Demo, ...]:
    return DEMOS
