"""What a form said differently from what is known (不一致信息): kept beside it, sealed as its field is, never lost.

A submission fills what is missing and overwrites nothing. A value that differs stands here under the retention
class of its field, and is shown by the policy of its field; whoever submitted isn't told that it differs, since
that would let him try values against what is hidden from him.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert, select

from kehu.access.principal import Principal
from kehu.customers.context import Context
from kehu.records import Field, Record
from kehu.store.system import differing_value
from kehu.store.vault import RowKey
from kehu.store.work import UnitOfWork
from kehu.vocabulary.base import Governed, opened

MOST = 200


@dataclass(frozen=True, slots=True)
class Differing:
    """One value that was said. ``origin`` is form and version."""

    customer: UUID
    record: Record
    field: Field
    origin: str
    value: Governed[Any]
    said_at: datetime | None = None


def keep(work: UnitOfWork, found: Sequence[Differing]) -> None:
    """Seal, store and put on record what differs, in the caller's transaction; an insert for each retention class."""
    for retention, group in groupby(sorted(found, key=_class), key=_class):
        mine = list(group)
        ids = [work.new_id() for _ in mine]
        sealed = [
            (RowKey(work.legal_entity, one.customer, row), {"value": one.field.type.encode(opened(one.value))})
            for one, row in zip(mine, ids, strict=True)
        ]
        blobs = work.shared.vault.seal_plain(work.conn, differing_value.name, retention, sealed, work.now)
        rows = [
            {
                "legal_entity_id": work.legal_entity, "customer_id": one.customer, "id": row, "record": one.record.name,
                "field": one.field.name, "origin": one.origin, "said_at": work.now, "sealed_content": blob,
            }
            for one, row, blob in zip(mine, ids, blobs, strict=True)
        ]  # fmt: skip
        work.conn.execute(insert(differing_value), rows)
        for one in mine:
            work.note(one.record, "differing", [{one.field.name: one.value}], work.written.after)


def differing(context: Context, conn: Connection, principal: Principal, customer: UUID) -> list[Differing]:
    """What was said differently of a customer, newest first, at most 200. Raises `NotFound` outside the scope."""
    context.require_customer(conn, principal, customer)
    table, records = differing_value, context.registry.records
    asked = select(table).where(table.c.customer_id == customer).order_by(table.c.said_at.desc(), table.c.id)
    found = []
    for row in conn.execute(asked.limit(MOST)):
        # A plugin that was uninstalled takes its fields along; its rows wait for it.
        record = records.get(row.record)
        field = record.by_name.get(row.field) if record else None
        if record is None or field is None:
            continue
        key = RowKey(row.legal_entity_id, row.customer_id, row.id)
        opened_row = context.writing.vault.open_plain(conn, table.name, field.policy.retention, key, row.sealed_content)
        value = Governed(field.type, field.type.decode(opened_row["value"]))  # type: ignore[arg-type]  # reason: sealed values are JSON by construction
        found.append(Differing(customer, record, field, row.origin, value, row.said_at))
    return found


def _class(one: Differing) -> str:
    return one.field.policy.retention
