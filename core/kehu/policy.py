"""Policy (数据策略): what protects one field, as frozen data.

A policy alone protects nothing. The registry checks it, the plan decides by it, the store seals by it
and the schema prints it; all of them read this one object.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum, StrEnum
from typing import Any

from kehu.errors import DeclarationError
from kehu.labels import Label


class Level(IntEnum):
    """Data level of JR/T 0197-2020, 5 the highest (digest F-34)."""

    PUBLIC = 1
    INTERNAL = 2
    IDENTIFYING = 3
    AUTHENTICATING = 4
    IMPORTANT = 5


class Category(StrEnum):
    """One label of one category system; a field carries at most one per system (C-19, F-36)."""

    S1_PERSONAL = "S1.personal"
    S1_ACCOUNT = "S1.account"
    S1_TRANSACTION = "S1.transaction"
    S1_PRODUCT = "S1.product"
    S1_CHANNEL = "S1.channel"
    S3_IDENTITY = "S3.identity"
    S3_PROPERTY = "S3.property"
    S3_CREDIT = "S3.credit"
    S3_TRANSACTION = "S3.transaction"
    S3_DERIVED = "S3.derived"
    S3_OTHER = "S3.other"
    S3_GENERAL = "S3_class.general"
    S3_SENSITIVE = "S3_class.sensitive"
    S5_PERSONAL = "S5.personal"
    S5_FINANCIAL = "S5.financial"
    S5_HEALTH = "S5.health"
    S7_BASIC = "S7.basic"
    S7_ACCOUNT = "S7.account"
    S7_CONTRACT = "S7.contract"
    S7_SERVICE = "S7.service"
    S7_BEHAVIOUR = "S7.behaviour"
    S7_RELATIONSHIP = "S7.relationship"
    S7_RESOURCE = "S7.resource"
    S7_RISK = "S7.risk"
    S7_STATISTICS = "S7.statistics"
    C1 = "JRT0171.C1"
    C2 = "JRT0171.C2"
    C3 = "JRT0171.C3"

    @property
    def system(self) -> str:
        return self.value.partition(".")[0]


class Audit(IntEnum):
    """What evidence says of a field: that the payload had it, or each effect on it by name."""

    PAYLOAD = 1
    FIELD = 2


class Action(StrEnum):
    """The actions of the scope grammar, in the order of their reach."""

    READ = "read"
    LOOKUP = "lookup"
    REVEAL = "reveal"
    WRITE = "write"
    EXPORT = "export"
    DECIDE = "decide"
    ADMINISTER = "administer"


_SCOPE = re.compile(r"(?P<area>[a-z][a-z0-9]*(?:\.[a-z][a-z0-9]*)*):(?P<action>[a-z]+)")


@dataclass(frozen=True, slots=True, order=True)
class Scope:
    """One scope, ``area[.category]:action``."""

    area: str
    action: Action

    def __str__(self) -> str:
        return f"{self.area}:{self.action.value}"

    @classmethod
    def parse(cls, text: str) -> Scope:
        """Read ``area[.category]:action``. Raises `DeclarationError` on anything else."""
        found = _SCOPE.fullmatch(text)
        if found is None or found["action"] not in Action._value2member_map_:
            raise DeclarationError(f"scope {text!r} is not area[.category]:action with a known action")
        return cls(found["area"], Action(found["action"]))


@dataclass(frozen=True, slots=True)
class ScopeDeclaration:
    """A scope that clients can be given, with the words that a person reads when granting it."""

    name: str
    label: Label
    cites: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        Scope.parse(self.name)


class RowCondition(Enum):
    """What decides row by row; compiled to one boolean SQL column of the plan, never asked in Python."""

    OWNED = "owned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """A purpose of use (使用目的). ``condition`` narrows it to rows for which it holds.

    ``within`` makes it a narrower kind of one of core's: claims handling is performance of a contract. What
    the wider purpose may reveal, this may, if a caller was given it; nothing else.
    """

    code: str
    label: Label
    cites: tuple[str, ...]
    condition: RowCondition | None = None
    within: str | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z][A-Z0-9_]*", self.code):
            raise DeclarationError(f"purpose code {self.code!r} is not CAPS_SNAKE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role (岗位角色) of a regulation, with the scopes and purposes that it carries.

    ``duties`` says in words what the regulation asks of it. Whoever is given the role is given exactly these.
    """

    key: str
    label: Label
    duties: Label
    scopes: tuple[str, ...]
    cites: tuple[str, ...]
    purposes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9]*(?:[._][a-z0-9]+)+", self.key):
            raise DeclarationError(f"role key {self.key!r} is not plugin.role_name")
        for scope in self.scopes:
            Scope.parse(scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionClass:
    """Values that live and die together: one data key per customer and class.

    ``minimum_years`` is the statutory floor counted from ``counted_from``; None where law sets none.
    """

    key: str
    label: Label
    minimum_years: int | None
    counted_from: Label
    cites: tuple[str, ...]

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[a-z]{2,20}", self.key):
            raise DeclarationError(f"retention class key {self.key!r} is not 2 to 20 lower-case letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Everything that protects one field.

    ``area`` names the scopes: ``{area}:read`` shows the mask (or the value, where ``mask`` is None),
    ``{area}:reveal`` together with one of ``purposes`` shows clear text, ``{area}:lookup`` finds exactly.
    ``sealed`` values stand encrypted; ``lookup`` adds a blind index. Only clear fields can be
    filtered, sorted or aggregated.
    """

    level: Level
    categories: tuple[Category, ...]
    area: str
    retention: str
    cites: tuple[str, ...]
    mask: str | None = None
    sealed: bool = False
    lookup: bool = False
    audit: Audit = Audit.PAYLOAD
    purposes: tuple[str, ...] = ()
    default: bool = field(default=False)

    def __post_init__(self) -> None:
        systems = [category.system for category in self.categories]
        if len(systems) != len(set(systems)):
            raise DeclarationError(f"two categories of one system: {', '.join(self.categories)}")
        if self.sealed and self.mask is None:
            raise DeclarationError(f"a sealed field of {self.area} needs a mask: read would show it clear")
        if self.mask is not None and not self.purposes:
            raise DeclarationError(f"a masked field of {self.area} names no purpose that may reveal it")
        if self.lookup and not self.sealed:
            raise DeclarationError(f"lookup of {self.area} is for sealed fields; clear ones are filtered")
        if self.level >= Level.AUTHENTICATING and not self.sealed:
            raise DeclarationError(f"level {int(self.level)} of {self.area} must be sealed")
        Scope.parse(f"{self.area}:read")

    @property
    def read_scope(self) -> Scope:
        return Scope(self.area, Action.READ)

    @property
    def reveal_scope(self) -> Scope:
        return Scope(self.area, Action.REVEAL)

    @property
    def lookup_scope(self) -> Scope:
        return Scope(self.area, Action.LOOKUP)

    @property
    def sensitive(self) -> bool:
        """Sensitive in the sense of S3 Art.4: directly reflects a specific individual."""
        return Category.S3_SENSITIVE in self.categories

    def but(self, **changes: Any) -> Policy:  # reason: forwards to dataclasses.replace, which checks the names
        """This policy with some parts changed; categories of a system replace those of the same system."""
        added: tuple[Category, ...] = changes.pop("categories", ())
        systems = {category.system for category in added}
        kept = tuple(category for category in self.categories if category.system not in systems)
        return replace(self, categories=tuple(sorted((*kept, *added))), **changes)

    def weaknesses_against(self, floor: Policy) -> tuple[str, ...]:
        """What this policy protects less than ``floor``, in words; empty when it is at least as strong."""
        found: list[str] = []
        if self.level < floor.level:
            found.append(f"level {int(self.level)} < {int(floor.level)}")
        if floor.sensitive and not self.sensitive:
            found.append("no longer sensitive (S3.R14)")
        # A field without any category is told by the registry, which knows its plugin and record.
        dropped = sorted({c.system for c in floor.categories} - {c.system for c in self.categories})
        if dropped and self.categories:
            found.append(f"not classified any more by {', '.join(dropped)}")
        if floor.mask is not None and self.mask is None:
            found.append("mask removed")
        if floor.sealed and not self.sealed:
            found.append("no longer sealed")
        if self.lookup and not floor.lookup:
            found.append("exact look-up added")
        if self.audit < floor.audit:
            found.append("audited less")
        if floor.mask is not None and (extra := sorted(set(self.purposes) - set(floor.purposes))):
            found.append(f"purposes added: {', '.join(extra)}")
        return tuple(found)
