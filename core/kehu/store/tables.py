"""From records to tables.

Every customer-owned table has ``(customer_id, id)`` as its primary key, so that the database can be
distributed by customer; `check_shape` holds that for plugins too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.types import TypeEngine

from kehu.errors import UnenforcedError
from kehu.records import Field, Owner, Record
from kehu.store.types import UtcMoment, new_metadata
from kehu.vocabulary.base import Storage

CUSTOMER = "Customer"
LEGAL_ENTITY = "LegalEntity"

_COLUMN_TYPES: dict[Storage, TypeEngine[Any]] = {
    Storage.TEXT: Text(),
    Storage.INTEGER: BigInteger(),
    Storage.BOOLEAN: Boolean(),
    Storage.DATE: Date(),
    Storage.MOMENT: UtcMoment(),
    Storage.REFERENCE: Uuid(),
    Storage.JSON: Text(),
}


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of one registry; ``by_record`` finds a record's own."""

    metadata: MetaData
    by_record: Mapping[str, Table]

    def __getitem__(self, record: str) -> Table:
        return self.by_record[record]


def sealed_column(retention: str) -> str:
    return f"sealed_{retention}"


def blind_column(field: Field) -> str:
    return f"blind_{field.column}"


def parent_column(parent: Record) -> str:
    return f"{parent.table}_id"


def field_columns(field: Field) -> tuple[str, ...]:
    """The clear columns of a field: none for sealed ones, two for money."""
    if field.sealed:
        return ()
    if field.type.storage is Storage.MONEY:
        return (f"{field.column}_minor", f"{field.column}_currency")
    return (field.column,)


def build_tables(records: Iterable[Record]) -> Tables:
    """Tables for all records. Raises `UnenforcedError` where a table would break the shape rule."""
    metadata = new_metadata()
    by_name = {record.name: record for record in records}
    tables = {name: _table(metadata, record, by_name) for name, record in by_name.items()}
    for name, record in by_name.items():
        check_shape(record, tables[name])
    return Tables(metadata, tables)


def check_shape(record: Record, table: Table) -> None:
    """The schema linter: customer-owned tables have ``customer_id`` in their key."""
    if record.owner is Owner.CUSTOMER and "customer_id" not in table.primary_key.columns:
        raise UnenforcedError(f"table {table.name}: customer_id isn't part of the primary key")


def _table(metadata: MetaData, record: Record, records: Mapping[str, Record]) -> Table:
    columns: list[Column[object]] = []
    extras: list[PrimaryKeyConstraint | ForeignKeyConstraint | Index | UniqueConstraint | CheckConstraint] = []
    own = record.owner is Owner.CUSTOMER
    if record.name != LEGAL_ENTITY:
        columns.append(Column("legal_entity_id", Uuid(), nullable=False))
    if own:
        columns.append(Column("customer_id", Uuid(), nullable=False))
    if record.name != CUSTOMER:
        columns.append(Column("id", Uuid(), nullable=False))
    extras.append(PrimaryKeyConstraint(*_key(record)))
    if own and record.name != CUSTOMER:
        extras.append(ForeignKeyConstraint(["customer_id"], ["customer.customer_id"]))
    parent = records.get(record.parent) if record.parent else None
    if parent is not None and parent.name != CUSTOMER:
        column = parent_column(parent)
        columns.append(Column(column, Uuid(), nullable=False))
        if own:
            extras.append(
                ForeignKeyConstraint(["customer_id", column], [f"{parent.table}.customer_id", f"{parent.table}.id"])
            )
            extras.append(Index(f"ix_{record.table}_{column}", "customer_id", column, unique=record.single))
        else:
            extras.append(ForeignKeyConstraint([column], [f"{parent.table}.id"]))
    elif record.single:
        extras.append(UniqueConstraint("customer_id", name=f"uq_{record.table}_customer"))
    if record.name == CUSTOMER:
        columns.append(Column("pseudonym", String(32), nullable=False))
        extras.append(Index("ix_customer_pseudonym", "pseudonym", unique=True))
        extras.append(Index("ix_customer_scope", "legal_entity_id", "unit", "customer_id"))
    if record.root is not None and own:
        row_id = "customer_id" if record.name == CUSTOMER else "id"
        extras.append(Index(f"ix_{record.table}_order", "legal_entity_id", row_id))
        for field in record.fields:
            if field.orderable:
                extras.append(Index(f"ix_{record.table}_by_{field.column}", "legal_entity_id", field.column, row_id))
    columns.append(Column("version", Integer(), nullable=False, server_default="1"))
    columns.append(Column("created_at", UtcMoment(), nullable=False))
    columns.append(Column("changed_at", UtcMoment(), nullable=False))
    for field in record.fields:
        columns.extend(_clear_columns(field))
        if field.policy.lookup:
            columns.append(Column(blind_column(field), LargeBinary()))
            extras.append(Index(f"ix_{record.table}_{blind_column(field)}", "legal_entity_id", blind_column(field)))
        elif field.filterable and not field.sealed and field.type.storage in (Storage.TEXT, Storage.REFERENCE):
            extras.append(Index(f"ix_{record.table}_{field.column}", "legal_entity_id", field.column))
    columns.extend(Column(sealed_column(retention), LargeBinary()) for retention in record.retention_classes)
    return Table(record.table, metadata, *columns, *extras)


def _key(record: Record) -> tuple[str, ...]:
    if record.name == CUSTOMER:
        return ("customer_id",)
    return ("customer_id", "id") if record.owner is Owner.CUSTOMER else ("id",)


def _clear_columns(field: Field) -> list[Column[object]]:
    if field.sealed:
        return []
    required = field.required and field.projection is None
    if field.type.storage is Storage.MONEY:
        minor, currency = field_columns(field)
        return [
            Column(minor, BigInteger(), nullable=not required),
            Column(currency, String(3), nullable=not required),
        ]
    return [Column(field.column, _COLUMN_TYPES[field.type.storage], nullable=not required)]
