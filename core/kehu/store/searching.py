"""Tokens of name search: what stands in ``search_token``, and what is asked for there.

Made like blind indexes, with a key for each legal entity and field; the form (as written, pinyin, initials) is part
of what is hashed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from kehu.crypto.blind import BlindIndex
from kehu.records import Field, Record


def search_tokens(blind: BlindIndex, legal_entity: UUID, record: Record, f: Field, value: object) -> list[bytes]:
    """The tokens under which a value is found, by the current key."""
    forms = f.type.search_forms
    assert forms is not None
    return [blind.token(legal_entity, _index(record, f), form) for form in sorted(forms(value))]


def asked_tokens(
    blind: BlindIndex, legal_entity: UUID, record: Record, fields: Sequence[Field], forms: Iterable[str]
) -> list[bytes]:
    """Every token under which one of these fields may stand with one of these forms."""
    return [
        token
        for form in sorted(forms)
        for f in fields
        for token in blind.candidates(legal_entity, _index(record, f), form)
    ]


def _index(record: Record, f: Field) -> str:
    return f"search:{record.name}.{f.name}"
