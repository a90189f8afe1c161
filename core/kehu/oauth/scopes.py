"""The catalogue of scopes and purposes that clients can be given (授权范围目录).

The grammar ``area[.category]:action`` and its parser stand in `kehu.policy.Scope`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kehu.errors import ClashError, Invalid, Problem
from kehu.labels import Label
from kehu.policy import Purpose, Scope, ScopeDeclaration


def _collected(kind: str, declared: Iterable[tuple[str, Label]]) -> Mapping[str, Label]:
    found: dict[str, Label] = {}
    for name, label in declared:
        if found.setdefault(name, label) != label:
            raise ClashError(f"{kind} {name!r} is declared twice: {found[name].en!r} and {label.en!r}")
    return MappingProxyType(dict(sorted(found.items())))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every scope and purpose of this installation with its words for people, alphabetised."""

    scopes: Mapping[str, Label]
    purposes: Mapping[str, Label]

    @classmethod
    def of(cls, scopes: Iterable[ScopeDeclaration], purposes: Iterable[Purpose]) -> Catalogue:
        """Collect declarations. Raises `ClashError` if one name stands for two things."""
        return cls(
            _collected("scope", ((one.name, one.label) for one in scopes)),
            _collected("purpose", ((one.code, one.label) for one in purposes)),
        )

    def parsed(self) -> tuple[Scope, ...]:
        """The scopes as `Scope` values, in the catalogue's order."""
        return tuple(Scope.parse(name) for name in self.scopes)

    def require(self, scopes: Iterable[str], purposes: Iterable[str]) -> None:
        """Raises `Invalid` (UNKNOWN_SCOPE, UNKNOWN_PURPOSE) naming what is valid, if anything isn't here."""
        problems = [
            *_unknown("UNKNOWN_SCOPE", "scopes", scopes, self.scopes, _SCOPE_MESSAGE),
            *_unknown("UNKNOWN_PURPOSE", "purposes", purposes, self.purposes, _PURPOSE_MESSAGE),
        ]
        if problems:
            raise Invalid(problems)


_SCOPE_MESSAGE = Label(
    "没有授权范围“{name}”。可用的有:{valid}",
    "There is no scope '{name}'. Valid ones: {valid}",
)
_PURPOSE_MESSAGE = Label(
    "没有使用目的“{name}”。可用的有:{valid}",
    "There is no purpose '{name}'. Valid ones: {valid}",
)


def _unknown(
    code: str, field: str, given: Iterable[str], known: Mapping[str, Label], message: Label
) -> Iterable[Problem]:
    valid = ", ".join(known) or "-"
    for position, name in enumerate(given):
        if name not in known:
            yield Problem(code, message.format(name=name, valid=valid), (field, position))
