"""The principal (访问主体): what a verified token says about the caller."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kehu.errors import Forbidden
from kehu.labels import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """A caller. ``unit`` is the top of the subtree he sees; ``staff`` the person a client acts for, if any."""

    client: str
    subject: str
    legal_entity: UUID
    unit: UUID
    unit_path: str
    scopes: frozenset[str]
    purposes: frozenset[str]
    staff: UUID | None = None
    acr: str | None = None

    def require(self, *scopes: str) -> None:
        """Raises `Forbidden` naming the scopes required and held."""
        missing = [scope for scope in scopes if scope not in self.scopes]
        if missing:
            raise Forbidden(
                Label(f"缺少授权范围:{'、'.join(missing)}", f"Missing scope: {', '.join(missing)}"),
                "SCOPE_MISSING",
                required=sorted(scopes),
                held=sorted(self.scopes),
            )


ANONYMOUS_SCOPES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DecisionKey:
    """All that a decision depends on. Two principals with equal keys share plans."""

    scopes: frozenset[str]
    purpose: str | None
    has_staff: bool


def decision_key(principal: Principal, purpose: str | None) -> DecisionKey:
    return DecisionKey(principal.scopes, purpose, principal.staff is not None)
