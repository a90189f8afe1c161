"""The decision: from a policy and what a principal may do to an effect, with its reason.

read → mask · reveal + purpose → clear · neither → null with an error that names the scopes required and held.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kehu.access.principal import DecisionKey
from kehu.enforcement import enforces
from kehu.labels import Label
from kehu.policy import Policy, Purpose, RowCondition


class Effect(StrEnum):
    """What a caller gets of a field."""

    CLEAR = "clear"
    MASK = "masked"
    DENY = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """``effect`` where ``condition`` holds (or there is none), ``otherwise`` elsewhere. ``required`` is what
    would have been needed for more, ``rule`` the citations of the policy that decided."""

    effect: Effect
    reason: Label
    required: tuple[str, ...] = ()
    condition: RowCondition | None = None
    otherwise: Effect | None = None

    @property
    def weakest(self) -> Effect:
        """The effect on a row for which the condition doesn't hold."""
        return self.effect if self.otherwise is None else self.otherwise


_READ_CLEAR = Label("有读取授权,该字段无需脱敏", "read scope held; the field has no mask")
_MASKED = Label(
    "有读取授权,未以获准目的申请明文", "read scope held; clear text not asked for with a purpose that allows it"
)
_REVEALED = Label("有明文授权且目的获准", "reveal scope held and the purpose allows it")
_ROW_BY_ROW = Label("有明文授权,该目的仅限本人负责的客户", "reveal scope held; this purpose covers own customers only")
_NO_STAFF = Label(
    "该目的仅限本人负责的客户,而客户端未代表员工", "this purpose covers own customers; the client acts for nobody"
)
_PURPOSE_NEEDED = Label(
    "有明文授权,但需以获准目的申请", "reveal scope held, but a purpose that allows it must be stated"
)
_DENIED = Label("没有授权", "no scope for this field")


@enforces("S1.R02", "S3.R12", "S10.R07", "S11.R16", "S11.R17")
def decide(policy: Policy, key: DecisionKey, purposes: Mapping[str, Purpose]) -> Decision:
    """Decide one field for everybody with this key."""
    read, reveal = str(policy.read_scope), str(policy.reveal_scope)
    may_read = read in key.scopes
    if policy.mask is None:
        if may_read or reveal in key.scopes:
            return Decision(effect=Effect.CLEAR, reason=_READ_CLEAR)
        return Decision(effect=Effect.DENY, reason=_DENIED, required=(read,))
    fallback = Effect.MASK if may_read else Effect.DENY
    if reveal not in key.scopes:
        if may_read:
            return Decision(effect=Effect.MASK, reason=_MASKED, required=(reveal,))
        return Decision(effect=Effect.DENY, reason=_DENIED, required=(read,))
    stated = None if key.purpose is None else purposes[key.purpose]
    if stated is None or not {stated.code, stated.within} & set(policy.purposes):
        reason = _MASKED if may_read else _PURPOSE_NEEDED
        return Decision(effect=fallback, reason=reason, required=_purposes(policy))
    condition = stated.condition or (purposes[stated.within].condition if stated.within else None)
    if condition is None:
        return Decision(effect=Effect.CLEAR, reason=_REVEALED)
    if not key.has_staff:
        return Decision(effect=fallback, reason=_NO_STAFF, required=("staff",))
    return Decision(effect=Effect.CLEAR, reason=_ROW_BY_ROW, condition=condition, otherwise=fallback)


def _purposes(policy: Policy) -> tuple[str, ...]:
    return tuple(f"purpose:{code}" for code in policy.purposes)
