"""Measure (管理办法): what a regulation says of itself, as data that an auditor opens beside the rules.

Purpose, scope, definitions and legal bases oblige nobody to a click, but they fix what everything else is
for; a named declaration carries each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from kehu.errors import ConfigurationError, DeclarationError
from kehu.labels import Label
from kehu.rules.scheme import check_version


class Topic(StrEnum):
    """What a statement is about."""

    PURPOSE = "PURPOSE"
    SCOPE = "SCOPE"
    DEFINITION = "DEFINITION"
    BASIS = "BASIS"
    PRINCIPLE = "PRINCIPLE"
    RESPONSIBILITY = "RESPONSIBILITY"


class Covers(StrEnum):
    """To whom a measure's scope applies. ``codes`` of the statement narrow it to kinds of units or positions."""

    UNITS = "OrganisationUnit"
    STAFF = "Staff"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of a measure, and the things that it lists: departments, laws.

    A statement of scope may say whom it ``covers``, so that ``measures(unit: …)`` finds it: units of the
    kinds, or staff in the positions, that ``codes`` name; all of them where it names none. ``set_here``: the text
    leaves open what is listed; ``items`` are our default, which an installation replaces by its own.
    """

    topic: Topic
    text: Label
    cites: tuple[str, ...]
    items: tuple[Label, ...] = ()
    covers: Covers | None = None
    codes: tuple[str, ...] = ()
    set_here: bool = False

    def applies_to(self, covered: Covers, code: str) -> bool:
        """Whether a unit of this kind, or staff in this position, is covered."""
        return self.covers is covered and (not self.codes or code in self.codes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A regulation by the id of its document (``S17``), with its statements. Raises `DeclarationError`."""

    document: str
    version: int
    title: Label
    statements: tuple[Statement, ...]

    def __post_init__(self) -> None:
        where = f"measure {self.document}"
        if not re.fullmatch(r"S(?:[1-9]|1[0-7])", self.document):
            raise DeclarationError(f"{where}: not the id of a document, S1 to S17")
        check_version(self.version, where)
        for statement in self.statements:
            if not statement.cites:
                raise DeclarationError(f"{where}: a statement of {statement.topic.lower()} cites no rule")

    def with_bases(self, names: tuple[str, ...]) -> Measure:
        """The measure with the legal bases that an installation names. Raises `ConfigurationError` where the text
        itself says them."""
        if not any(one.set_here for one in self.statements):
            raise ConfigurationError(f"KEHU_LEGAL_BASES: {self.document} lists its legal bases itself")
        items = tuple(Label(name, name) for name in names)
        return replace(
            self, statements=tuple(replace(one, items=items) if one.set_here else one for one in self.statements)
        )

    @property
    def cites(self) -> tuple[str, ...]:
        """Every rule that a statement carries."""
        return tuple(sorted({rule for statement in self.statements for rule in statement.cites}))
