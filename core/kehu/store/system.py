"""Tables of core's own that are no records: keys, outbox, idempotency, look-up budget, imports."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    Uuid,
)

from kehu.store.types import UtcMoment, new_metadata

system_metadata = new_metadata()

data_key = Table(
    "data_key",
    system_metadata,
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("subject_id", Uuid(), nullable=False),
    Column("retention", String(20), nullable=False),
    Column("key_id", LargeBinary(16), nullable=False),
    Column("wrapped", LargeBinary(128), nullable=False),
    Column("created_at", UtcMoment(), nullable=False),
    PrimaryKeyConstraint("subject_id", "retention"),
    Index("ix_data_key_id", "key_id", unique=True),
)

outbox = Table(
    "outbox",
    system_metadata,
    Column("id", Uuid(), primary_key=True),
    Column("entry", LargeBinary(), nullable=False),
    Column("created_at", UtcMoment(), nullable=False),
)

idempotency = Table(
    "idempotency",
    system_metadata,
    Column("client", String(80), nullable=False),
    Column("key", String(100), nullable=False),
    Column("request", String(64), nullable=False),
    Column("outcome", Text(), nullable=False),
    Column("created_at", UtcMoment(), nullable=False),
    PrimaryKeyConstraint("client", "key"),
)

lookup_budget = Table(
    "lookup_budget",
    system_metadata,
    Column("client", String(80), nullable=False),
    Column("day", Date(), nullable=False),
    Column("misses", Integer(), nullable=False),
    PrimaryKeyConstraint("client", "day"),
)

duplicate_case = Table(
    "duplicate_case",
    system_metadata,
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("customer_id", Uuid(), nullable=False),
    Column("other_id", Uuid(), nullable=False),
    Column("found_at", UtcMoment(), nullable=False),
    Column("state", String(10), nullable=False),
    PrimaryKeyConstraint("customer_id", "other_id"),
    Index("ix_duplicate_case_open", "legal_entity_id", "state", "found_at"),
)

import_batch = Table(
    "import_batch",
    system_metadata,
    Column("id", Uuid(), primary_key=True),
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("form", String(80), nullable=False),
    Column("form_version", Integer(), nullable=False),
    Column("file_digest", String(64), nullable=False),
    Column("unit_id", Uuid(), nullable=False),
    Column("started_at", UtcMoment(), nullable=False),
    Column("finished_at", UtcMoment()),
    Column("rows", Integer(), nullable=False),
    Column("stored", Integer(), nullable=False),
    Column("duplicates", Integer(), nullable=False),
    Column("bad", Integer(), nullable=False),
    Column("recorded_by", String(80), nullable=False),
    Index("ix_import_batch_file", "legal_entity_id", "form", "file_digest"),
)

import_row = Table(
    "import_row",
    system_metadata,
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("batch_id", Uuid(), nullable=False),
    Column("sheet", String(100), nullable=False),
    Column("row", Integer(), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("form", String(80), nullable=False),
    Column("state", String(10), nullable=False),
    Column("problems", Text()),
    Column("sealed_content", LargeBinary()),
    PrimaryKeyConstraint("batch_id", "sheet", "row"),
    Index("ix_import_row_digest", "legal_entity_id", "form", "digest"),
)
