"""Core's own declarations, through the same hooks as every plugin's."""

from __future__ import annotations

from kehu.customers.matches import MATCH_RULES
from kehu.customers.measures import MEASURES
from kehu.customers.records import RECORDS
from kehu.customers.schemes import SCHEMES
from kehu.customers.scopes import SCOPES
from kehu.hookspecs import hookimpl
from kehu.policy import Purpose, RetentionClass, ScopeDeclaration
from kehu.records import Record
from kehu.rules.match import MatchRule
from kehu.rules.measure import Measure
from kehu.rules.scheme import Scheme
from kehu.vocabulary.purposes import PURPOSES
from kehu.vocabulary.retention import RETENTION_CLASSES


@hookimpl
def kehu_records() -> tuple[Record, ...]:
    return RECORDS


@hookimpl
def kehu_schemes() -> tuple[Scheme, ...]:
    return SCHEMES


@hookimpl
def kehu_scopes() -> tuple[ScopeDeclaration, ...]:
    return SCOPES


@hookimpl
def kehu_measures() -> tuple[Measure, ...]:
    return MEASURES


@hookimpl
def kehu_match_rules() -> tuple[MatchRule, ...]:
    return MATCH_RULES


@hookimpl
def kehu_purposes() -> tuple[Purpose, ...]:
    return PURPOSES


@hookimpl
def kehu_retention() -> tuple[RetentionClass, ...]:
    return RETENTION_CLASSES
