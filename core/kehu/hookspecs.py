"""The whole contract between Kehu and its plugins.

Every hook is called once, at start-up, without arguments, and returns a tuple of frozen declarations.
Nothing here is called while a request is served. Core's own declarations come through the same hooks.
A function named ``kehu_…`` that isn't listed here stops start-up.
"""

from __future__ import annotations

import pluggy

from kehu.forms.demo import Demo
from kehu.forms.form import Form
from kehu.policy import Purpose, RetentionClass, Role, ScopeDeclaration
from kehu.records import Record
from kehu.rules.grading import Grading
from kehu.rules.match import MatchRule
from kehu.rules.measure import Measure
from kehu.rules.scheme import Scheme

PROJECT = "kehu"
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """Each returns declarations; order inside a tuple is the order in which people see them."""

    @hookspec
    def kehu_records(self) -> tuple[Record, ...]:
        """Kinds of rows: tables, GraphQL types, import columns."""
        raise NotImplementedError

    @hookspec
    def kehu_schemes(self) -> tuple[Scheme, ...]:
        """Classifications (分类): enums labelled in zh and en."""
        raise NotImplementedError

    @hookspec
    def kehu_gradings(self) -> tuple[Grading, ...]:
        """Grading rules (分级): ordered bands with predicates as data."""
        raise NotImplementedError

    @hookspec
    def kehu_forms(self) -> tuple[Form, ...]:
        """Forms (表单): typed mutations, JSON Schema and import templates."""
        raise NotImplementedError

    @hookspec
    def kehu_scopes(self) -> tuple[ScopeDeclaration, ...]:
        """Scopes with words for the person who grants them; every scope a policy needs is declared."""
        raise NotImplementedError

    @hookspec
    def kehu_purposes(self) -> tuple[Purpose, ...]:
        """Purposes of use (使用目的)."""
        raise NotImplementedError

    @hookspec
    def kehu_measures(self) -> tuple[Measure, ...]:
        """Measures (管理办法): purpose, scope, definitions and bases of the regulations that are carried out."""
        raise NotImplementedError

    @hookspec
    def kehu_roles(self) -> tuple[Role, ...]:
        """Roles (岗位角色) of the regulation, each with the scopes and purposes that it carries."""
        raise NotImplementedError

    @hookspec
    def kehu_match_rules(self) -> tuple[MatchRule, ...]:
        """Match rules (查重规则): which customers may be one and the same."""
        raise NotImplementedError

    @hookspec
    def kehu_retention(self) -> tuple[RetentionClass, ...]:
        """Retention classes (保存期限). A plugin adds its own; it can't change another's."""
        raise NotImplementedError

    @hookspec
    def kehu_demo(self) -> tuple[Demo, ...]:
        """Synthetic submissions of its forms, for ``kehu run --demo``."""
        raise NotImplementedError
