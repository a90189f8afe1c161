"""From stored columns to what a response shows: the compiled form of a level's fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from kehu.access.decision import Decision, Effect
from kehu.access.plan import FieldPlan
from kehu.errors import Forbidden
from kehu.labels import Label
from kehu.policy import Level as DataLevel
from kehu.policy import Policy
from kehu.records import Field
from kehu.vocabulary.base import Json, ValueRefused

Show = Callable[[object], Json]


class Row(dict[str, object]):
    """One row of a response: decided values by field name, lower levels by their key."""

    __slots__ = ("global_id", "record")

    def __init__(self, record: str, global_id: str) -> None:
        super().__init__()
        self.record = record
        self.global_id = global_id


@dataclass(slots=True)
class Denied:
    """Stands where a value was denied; the first of a pattern that is met raises, the others are null."""

    decision: Decision
    pattern: str
    told: bool = False


@dataclass
class Emitted:
    """What a payload holds, counted while rows are made: per field pattern and effect, subjects, highest level.

    One sensitive value makes the whole sensitive (S3.R15), masked ones included.
    """

    counts: Counter[tuple[str, Effect]] = field(default_factory=Counter)
    subjects: set[str] = field(default_factory=set)
    level: DataLevel = DataLevel.PUBLIC
    sensitive: bool = False
    patterns: dict[str, Denied] = field(default_factory=dict)

    def note(self, pattern: str, effect: Effect, count: int, policy: Policy) -> None:
        self.counts[(pattern, effect)] += count
        if count and effect is not Effect.DENY:
            self.level = max(self.level, policy.level)
            self.sensitive = self.sensitive or policy.sensitive

    def denied(self, decision: Decision, pattern: str) -> Denied:
        return self.patterns.setdefault(pattern, Denied(decision, pattern))


def denial(denied: Denied) -> Forbidden:
    """The error of a denied field: what would have been required."""
    required = denied.decision.required
    reason = denied.decision.reason
    return Forbidden(
        Label(f"无权读取 {denied.pattern}:{reason.zh}", f"{denied.pattern} is denied: {reason.en}"),
        "FORBIDDEN_FIELD",
        pattern=denied.pattern,
        required=list(required),
    )


def shown(f: Field, effect: Effect) -> Show:
    """How a value of this field is shown under an effect: its type's output, or its mask."""
    if effect is Effect.CLEAR:
        return f.type.output
    if effect is Effect.MASK and f.policy.mask is not None:
        return f.type.mask(f.policy.mask).apply
    raise ValueError(f"{f.name}: nothing is shown of a denied value")


def show_text(f: Field, effect: Effect, text: str) -> str | None:
    """Text that is meant for a field and needn't be a value of it, as an effect shows it: as it is; by the field's
    mask, or ``***`` where it is no value; not at all."""
    if effect is Effect.CLEAR:
        return text
    if effect is Effect.DENY:
        return None
    try:
        masked = shown(f, effect)(f.type.parse(text))
    except (ValueError, ValueRefused):
        masked = None
    return masked if isinstance(masked, str) else "***"


def show_value(f: Field, effect: Effect, value: object) -> Json:
    """One value under an effect, for what is shown outside its record; nothing of it where it is denied."""
    return None if effect is Effect.DENY else shown(f, effect)(value)


def show_field(
    plan: FieldPlan, values: Sequence[object], holds: Sequence[bool] | None, emitted: Emitted
) -> list[object]:
    """The shown values of one field over a page. ``holds`` is the condition's column, where there is one."""
    f, decision = plan.field, plan.decision
    if decision.effect is Effect.DENY:
        emitted.note(plan.pattern, Effect.DENY, len(values), f.policy)
        return [emitted.denied(decision, plan.pattern)] * len(values)
    if holds is None or decision.otherwise is None:
        show = shown(f, decision.effect)
        emitted.note(plan.pattern, decision.effect, sum(v is not None for v in values), f.policy)
        return [None if v is None else show(v) for v in values]
    return [
        _one(plan, v, decision.effect if hold else decision.otherwise, emitted)
        for v, hold in zip(values, holds, strict=True)
    ]


def _one(plan: FieldPlan, value: object, effect: Effect, emitted: Emitted) -> object:
    """A value whose effect a boolean SQL column chose; both effects were decided in the plan."""
    if effect is Effect.DENY:
        emitted.note(plan.pattern, effect, 1, plan.field.policy)
        return emitted.denied(plan.decision, plan.pattern)
    if value is None:
        return None
    emitted.note(plan.pattern, effect, 1, plan.field.policy)
    return shown(plan.field, effect)(value)


def decoded(f: Field, attributes: Mapping[str, Json] | None) -> object:
    """A sealed attribute from its opened blob."""
    value = attributes.get(f.name) if attributes else None
    return None if value is None else f.type.decode(value)
