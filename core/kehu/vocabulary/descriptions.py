"""Sealed descriptions, each with a protection of its own: health (健康), credit (信用), habits, business scope."""

from __future__ import annotations

from functools import partial

from kehu.labels import Label
from kehu.policy import Policy
from kehu.vocabulary.base import GovernedType, Storage
from kehu.vocabulary.hidden import CONSTANT
from kehu.vocabulary.policies import CREDIT, DERIVED, HEALTH, ORGANISATION
from kehu.vocabulary.text import parse_free_text


def description_type(
    name: str, label: Label, description: Label, policy: Policy, *, longest: int = 2000
) -> GovernedType[str]:
    """Text in words under a policy; masked, nothing of it remains."""
    return GovernedType(
        name=name,
        label=label,
        description=description,
        storage=Storage.TEXT,
        policy=policy,
        parse=partial(parse_free_text, longest=longest),
        schema={"type": "string", "minLength": 1, "maxLength": longest},
        masks=(CONSTANT,),
    )


BusinessScope = description_type(
    "BusinessScope",
    Label("经营范围", "Business scope"),
    Label("单位登记的经营范围", "What an organisation is registered to do"),
    ORGANISATION.but(mask="constant", cites=(*ORGANISATION.cites, "S9.R18")),
)

CreditStanding = description_type(
    "CreditStanding",
    Label("信用状况", "Credit standing"),
    Label(
        "还款情况等反映信用状况的信息,加密保存",
        "Repayment and whatever else shows a person's credit standing; encrypted",
    ),
    CREDIT,
)

Habit = description_type(
    "Habit",
    Label("习惯(衍生)", "Habit, derived"),
    Label("由原始信息分析得出的消费习惯等,加密保存", "Habits worked out from raw data; personal data all the same"),
    DERIVED,
)

HealthCondition = description_type(
    "HealthCondition",
    Label("身体情况", "Physical condition"),
    Label("身体情况,单独密钥加密保存", "Physical condition; encrypted with a key of its own"),
    HEALTH,
)

MedicalHistory = description_type(
    "MedicalHistory",
    Label("病史", "Medical history"),
    Label("病史,单独密钥加密保存", "Medical history; encrypted with a key of its own"),
    HEALTH,
)
