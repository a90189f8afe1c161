"""A caller and a customer for cases written by hand."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from uuid import UUID

from kehu.access.principal import Principal
from kehu.testing import NOON

from .pair import Pair, RowSpec, Side
from .rows import Makers


def global_id(name: str, *ids: UUID | None) -> str:
    return urlsafe_b64encode(":".join([name, *(str(i) for i in ids if i is not None)]).encode()).rstrip(b"=").decode()


def caller_of(
    pair: Pair, *scopes: str, unit: str = "P01", purposes: tuple[str, ...] = (), every: bool = False
) -> Principal:
    registry = pair.left.installation.registry
    return pair.left.principal(
        registry.scopes if every else scopes, unit=unit, purposes=registry.purposes if every else purposes, staff="S001"
    )


def visitor(side: Side, unit: str, number: int = 0x10, mobile: str = "13811111234") -> list[RowSpec]:
    """A customer with a telephone number, a holding and a judgement at a unit."""
    base, entries = UUID(f"018f{number:04x}-0000-7000-8000-000000000000"), range(1, 5)
    contact, holding, judgement, owner = (UUID(int=base.int + n) for n in entries)
    makers = Makers(side.installation.registry, side)
    money, moment = makers.registry.records["Holding"].by_name["amount"].type, NOON
    judged = {"kind": makers.registry.schemes["judgement.kind"].codes[0], "status": "PROPOSED", "evidence": "依据"}
    return [
        RowSpec(
            "Customer", base, base, {"kind": "PERSON", "stage": "ACTIVE", "unit": side.units[unit], "name": "张三"}
        ),
        RowSpec("ContactPoint", base, contact, {"kind": "MOBILE", "mobile": mobile, "preferred": True}),
        RowSpec("Holding", base, holding, {"kind": "PROPERTY", "status": "ACTIVE", "amount": money.parse("60000000")}),
        RowSpec("Judgement", base, judgement, judged | {"proposedBy": "S002", "proposedAt": moment}),
        RowSpec("Ownership", base, owner, {"staff": side.staff["S002"], "startedAt": moment}),
    ]
