"""Global ids as clients send them."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection
from typing import NamedTuple
from uuid import UUID

from kehu.errors import Invalid, Problem
from kehu.labels import Label

_INVALID = Label("编号无效;请原样使用 id 字段的值", "Not an id; use the value of an id field as it is")


DRAFT = "FormDraft"


class GlobalId(NamedTuple):
    """``customer`` is None for rows of the legal entity itself; for a customer both are his id."""

    record: str
    customer: UUID | None
    row: UUID


def parse_global_id(text: str, records: Collection[str], *at: str) -> GlobalId:
    """Read an id of one of ``records``, given at this path (``id``). Raises `Invalid` ID_INVALID."""
    wrong = Invalid([Problem("ID_INVALID", _INVALID, at or ("id",))])
    try:
        name, *ids = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("ascii").split(":")
        uuids = [UUID(one) for one in ids]
    except (binascii.Error, ValueError, UnicodeError):
        raise wrong from None
    if name not in records or len(uuids) not in (1, 2):
        raise wrong
    if len(uuids) == 2:
        return GlobalId(name, uuids[0], uuids[1])
    return GlobalId(name, uuids[0] if name == "Customer" else None, uuids[0])


def draft_id(draft: UUID) -> str:
    """The global id of a draft."""
    return urlsafe_b64encode(f"{DRAFT}:{draft}".encode()).rstrip(b"=").decode()


def parse_draft_id(text: str, *at: str) -> UUID:
    """Raises `Invalid` ID_INVALID."""
    return parse_global_id(text, {DRAFT}, *at).row
