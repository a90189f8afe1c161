"""How a refusal looks to a GraphQL client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kehu.access.principal import Principal
from kehu.errors import Forbidden, Invalid, Refused
from kehu.labels import Label, Locale


def errors_of(refused: Refused, locale: Locale) -> list[dict[str, Any]]:
    """A refusal as GraphQL errors: a message in the caller's language, both in the extensions, a stable code."""
    if isinstance(refused, Invalid):
        return [_shown(p.message, p.code, locale, {"field": [str(part) for part in p.path]}) for p in refused.problems]
    return [_shown(refused.message, refused.code, locale, refused.extensions)]


def _shown(message: Label, code: str, locale: Locale, more: Mapping[str, object]) -> dict[str, Any]:
    texts = {"zh": message.zh, "en": message.en}
    return {"message": message.for_(locale), "extensions": {"code": code, "messages": texts, **more}}


def with_held(shown: dict[str, Any], refused: Forbidden, principal: Principal) -> dict[str, Any]:
    """Add what the caller holds of the areas concerned, beside what was required."""
    required = refused.extensions.get("required")
    if isinstance(required, list):
        areas = {str(one).partition(":")[0] for one in required}
        shown["extensions"]["held"] = sorted(
            [scope for scope in principal.scopes if scope.partition(":")[0] in areas]
            + [f"purpose:{code}" for code in principal.purposes if "purpose" in areas]
        )
    return shown
