"""Core's match rules: by which numbers customers are taken for one, until a data steward has decided."""

from __future__ import annotations

from kehu.labels import Label
from kehu.rules.match import MatchRule


def _same(key: str, zh: str, en: str, field: str, *cites: str) -> MatchRule:
    return MatchRule(key=f"core.{key}", label=Label(f"{zh}相同", f"Same {en}"), fields=(field,), cites=cites)


MATCH_RULES: tuple[MatchRule, ...] = (
    _same("document_number", "证件号码", "number of a document", "IdentityDocument.number", "S1.R04", "F-98"),
    _same("mobile", "手机号码", "mobile number", "ContactPoint.mobile", "S1.R04"),
    _same("passport", "护照号码", "passport number", "IdentityDocument.passport", "S1.R04", "F-98"),
    _same("resident_id", "居民身份号码", "resident identity number", "IdentityDocument.residentId", "S1.R04", "F-90"),
    _same("uscc", "统一社会信用代码", "unified social credit code", "Customer.uscc", "F-91"),
)
"""Alphabetised. A family may share a telephone: a match is a question, never an answer."""
