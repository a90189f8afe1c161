"""The evidence of a payload, and the receipt that the caller gets of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kehu.access.decision import Effect
from kehu.access.output import Emitted
from kehu.access.principal import Principal
from kehu.crypto.ids import uuid7
from kehu.crypto.pseudonym import Pseudonyms
from kehu.evidence import Activity, Actor, Entry, EvidenceLog, FieldUse, Kind, Operation, Outcome, new_salt
from kehu.evidence import Effect as EvidenceEffect
from kehu.evidence import Purpose as StatedPurpose
from kehu.registry import Registry


@dataclass(frozen=True, slots=True)
class Recorder:
    """Puts payloads on record: one entry each, durable before the first byte leaves."""

    registry: Registry
    evidence: EvidenceLog
    pseudonyms: Pseudonyms
    now: Callable[[], datetime]
    random: Callable[[int], bytes]

    def payload(
        self,
        kind: Kind,
        operation: Operation,
        principal: Principal,
        stated: tuple[str, str] | None,
        emitted: Emitted,
        code: str | None = None,
        outcome: Outcome = Outcome.OK,
    ) -> dict[str, object]:
        """Append the entry of a payload and give its receipt. Raises `Unavailable`: then nothing may be released."""
        salt = new_salt(self.random)
        moment = self.now()
        purpose = StatedPurpose()
        if stated is not None and stated[0] in self.registry.purposes:
            purpose = StatedPurpose(stated[0], self.pseudonyms.reason(salt, stated[1]))
        entry = Entry(
            kind=kind,
            activity=Activity.USE if kind is Kind.MUTATION else Activity.QUERY,
            actor=Actor(principal.client, principal.subject, str(principal.legal_entity), str(principal.unit)),
            operation=operation,
            policy=self.registry.policy_hash,
            level=int(emitted.level),
            purpose=purpose,
            subjects=tuple(sorted(emitted.subjects)),
            fields=tuple(
                FieldUse(pattern, EvidenceEffect(effect.value), count)
                for (pattern, effect), count in sorted(emitted.counts.items())
                if count
            ),
            outcome=outcome,
            code=code,
            at=moment,
            id=uuid7(clock_ms=lambda: int(moment.timestamp() * 1000), random=self.random),
            salt=salt,
        )
        leaf = self.evidence.append(entry).leaf.hex()
        return {"entry": str(entry.id), "leaf": leaf, "purpose": purpose.code, **summary(emitted)}


def summary(emitted: Emitted) -> dict[str, object]:
    """What a payload holds, as its receipt tells: level, sensitive or not, subjects, paths masked and denied."""
    counts = sorted(emitted.counts.items())
    return {
        "level": int(emitted.level),
        "sensitive": emitted.sensitive,
        "subjects": len(emitted.subjects),
        "masked": [{"path": p, "count": n} for (p, effect), n in counts if effect is Effect.MASK and n],
        "denied": [{"path": p, "count": n} for (p, effect), n in counts if effect is Effect.DENY and n],
    }
