"""Tables of core's own that are no records: keys, outbox, idempotency, look-up budget, name search, imports."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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
    text,
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
    Column("rule", String(60), nullable=False),
    Column("found_at", UtcMoment(), nullable=False),
    Column("state", String(10), nullable=False),
    Column("decided_by", Uuid()),
    Column("decided_at", UtcMoment()),
    Column("sealed_reason", LargeBinary()),
    PrimaryKeyConstraint("customer_id", "other_id", "rule"),
    Index("ix_duplicate_case_open", "legal_entity_id", "state", "customer_id"),
    Index("ix_duplicate_case_other", "other_id"),
)

search_token = Table(
    "search_token",
    system_metadata,
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("customer_id", Uuid(), nullable=False),
    Column("token", LargeBinary(17), nullable=False),
    PrimaryKeyConstraint("customer_id", "token"),
    Index("ix_search_token_token", "token"),
)

differing_value = Table(
    "differing_value",
    system_metadata,
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("customer_id", Uuid(), nullable=False),
    Column("id", Uuid(), nullable=False),
    Column("record", String(80), nullable=False),
    Column("field", String(80), nullable=False),
    Column("origin", String(100), nullable=False),
    Column("said_at", UtcMoment(), nullable=False),
    Column("sealed_content", LargeBinary(), nullable=False),
    PrimaryKeyConstraint("customer_id", "id"),
)

file_chunk = Table(
    "file_chunk",
    system_metadata,
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("customer_id", Uuid(), nullable=False),
    Column("file_id", Uuid(), nullable=False),
    Column("number", Integer(), nullable=False),
    Column("sealed_content", LargeBinary(), nullable=False),
    PrimaryKeyConstraint("customer_id", "file_id", "number"),
    Index("ix_file_chunk_file", "file_id"),
)

form_draft = Table(
    "form_draft",
    system_metadata,
    Column("id", Uuid(), primary_key=True),
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("client", String(80), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("form", String(80), nullable=False),
    Column("form_version", Integer(), nullable=False),
    Column("customer_id", Uuid()),
    Column("expected_version", Integer()),
    Column("version", Integer(), nullable=False),
    Column("saved_at", UtcMoment(), nullable=False),
    Column("expires_at", UtcMoment(), nullable=False),
    Column("sealed_content", LargeBinary(), nullable=False),
    Index("ix_form_draft_author", "legal_entity_id", "client", "subject"),
    Index("ix_form_draft_customer", "customer_id"),
    Index("ix_form_draft_expires", "expires_at"),
)

grading_standard = Table(
    "grading_standard",
    system_metadata,
    Column("id", Uuid(), primary_key=True),
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("grading", String(80), nullable=False),
    Column("version", Integer(), nullable=False),
    Column("grading_version", Integer(), nullable=False),
    Column("unit_id", Uuid(), nullable=False),
    Column("effective_from", Date(), nullable=False),
    Column("state", String(10), nullable=False),
    Column("proposed_by", Uuid(), nullable=False),
    Column("proposed_at", UtcMoment(), nullable=False),
    Column("decided_by", Uuid()),
    Column("decided_at", UtcMoment()),
    Index("ix_grading_standard_version", "legal_entity_id", "grading", "version", unique=True),
)

grading_standard_value = Table(
    "grading_standard_value",
    system_metadata,
    Column("standard_id", Uuid(), nullable=False),
    Column("name", String(80), nullable=False),
    Column("measure", String(3), nullable=False),
    Column("value", BigInteger(), nullable=False),
    PrimaryKeyConstraint("standard_id", "name"),
)

import_batch = Table(
    "import_batch",
    system_metadata,
    Column("id", Uuid(), primary_key=True),
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("form", String(80), nullable=False),
    Column("form_version", Integer(), nullable=False),
    Column("file_digest", String(64), nullable=False),
    Column("sealed_names", LargeBinary(), nullable=False),
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

_MENDED, _WAITING = text("mended_digest IS NOT NULL"), text("state = 'WAITING'")
import_row = Table(
    "import_row",
    system_metadata,
    Column("legal_entity_id", Uuid(), nullable=False),
    Column("batch_id", Uuid(), nullable=False),
    Column("sheet", Integer(), nullable=False),
    Column("row", Integer(), nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("form", String(80), nullable=False),
    Column("state", String(10), nullable=False),
    Column("version", Integer(), nullable=False),
    Column("customer_id", Uuid()),
    Column("mended_digest", LargeBinary(32)),
    Column("expires_at", UtcMoment()),
    Column("settled_at", UtcMoment()),
    Column("settled_by", String(80)),
    Column("problems", Text()),
    Column("sealed_content", LargeBinary()),
    Column("sealed_reason", LargeBinary()),
    PrimaryKeyConstraint("batch_id", "sheet", "row"),
    Index("ix_import_row_digest", "legal_entity_id", "form", "digest"),
    Index("ix_import_row_customer", "customer_id"),
    Index(
        "ix_import_row_mended",
        "legal_entity_id",
        "form",
        "mended_digest",
        sqlite_where=_MENDED,
        postgresql_where=_MENDED,
    ),
    Index("ix_import_row_waiting", "legal_entity_id", "expires_at", sqlite_where=_WAITING, postgresql_where=_WAITING),
)
