"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "customer",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("pseudonym", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("unit", sa.Uuid(), nullable=False),
        sa.Column("blind_uscc", sa.LargeBinary()),
        sa.Column("sex", sa.Text()),
        sa.Column("birth_year", sa.BigInteger()),
        sa.Column("age_band", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer")),
    )
    op.create_index("ix_customer_age_band", "customer", ["legal_entity_id", "age_band"])
    op.create_index("ix_customer_blind_uscc", "customer", ["legal_entity_id", "blind_uscc"])
    op.create_index("ix_customer_kind", "customer", ["legal_entity_id", "kind"])
    op.create_index("ix_customer_order", "customer", ["legal_entity_id", "customer_id"])
    op.create_index("ix_customer_pseudonym", "customer", ["pseudonym"], unique=True)
    op.create_index("ix_customer_scope", "customer", ["legal_entity_id", "unit", "customer_id"])
    op.create_index("ix_customer_source_channel", "customer", ["legal_entity_id", "source_channel"])
    op.create_index("ix_customer_stage", "customer", ["legal_entity_id", "stage"])
    op.create_index("ix_customer_unit", "customer", ["legal_entity_id", "unit"])
    op.create_table(
        "data_key",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("retention", sa.String(length=20), nullable=False),
        sa.Column("key_id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(length=128), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("subject_id", "retention", name=op.f("pk_data_key")),
    )
    op.create_index("ix_data_key_id", "data_key", ["key_id"], unique=True)
    op.create_table(
        "differing_value",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.String(length=80), nullable=False),
        sa.Column("field", sa.String(length=80), nullable=False),
        sa.Column("origin", sa.String(length=100), nullable=False),
        sa.Column("said_at", _MOMENT, nullable=False),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_differing_value")),
    )
    op.create_table(
        "duplicate_case",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.String(length=60), nullable=False),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("decided_by", sa.Uuid()),
        sa.Column("decided_at", _MOMENT),
        sa.Column("sealed_reason", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("customer_id", "other_id", "rule", name=op.f("pk_duplicate_case")),
    )
    op.create_index("ix_duplicate_case_open", "duplicate_case", ["legal_entity_id", "state", "customer_id"])
    op.create_index("ix_duplicate_case_other", "duplicate_case", ["other_id"])
    op.create_table(
        "file_chunk",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "file_id", "number", name=op.f("pk_file_chunk")),
    )
    op.create_index("ix_file_chunk_file", "file_chunk", ["file_id"])
    op.create_table(
        "form_draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("client", sa.String(length=80), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("form", sa.String(length=80), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Uuid()),
        sa.Column("expected_version", sa.Integer()),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("saved_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("sealed_content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_form_draft")),
    )
    op.create_index("ix_form_draft_author", "form_draft", ["legal_entity_id", "client", "subject"])
    op.create_index("ix_form_draft_customer", "form_draft", ["customer_id"])
    op.create_index("ix_form_draft_expires", "form_draft", ["expires_at"])
    op.create_table(
        "grading_standard",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("grading", sa.String(length=80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("grading_version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", _MOMENT, nullable=False),
        sa.Column("decided_by", sa.Uuid()),
        sa.Column("decided_at", _MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grading_standard")),
    )
    op.create_index(
        "ix_grading_standard_version",
        "grading_standard",
        ["legal_entity_id", "grading", "version"],
        unique=True,
    )
    op.create_table(
        "grading_standard_value",
        sa.Column("standard_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("measure", sa.String(length=3), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("standard_id", "name", name=op.f("pk_grading_standard_value")),
    )
    op.create_table(
        "idempotency",
        sa.Column("client", sa.String(length=80), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("client", "key", name=op.f("pk_idempotency")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=80), nullable=False),
        sa.Column("form_version", sa.Integer(), nullable=False),
        sa.Column("file_digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_names", sa.LargeBinary(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("finished_at", _MOMENT),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("stored", sa.Integer(), nullable=False),
        sa.Column("duplicates", sa.Integer(), nullable=False),
        sa.Column("bad", sa.Integer(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index("ix_import_batch_file", "import_batch", ["legal_entity_id", "form", "file_digest"])
    op.create_table(
        "import_row",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("sheet", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("form", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Uuid()),
        sa.Column("mended_digest", sa.LargeBinary(length=32)),
        sa.Column("expires_at", _MOMENT),
        sa.Column("settled_at", _MOMENT),
        sa.Column("settled_by", sa.String(length=80)),
        sa.Column("problems", sa.Text()),
        sa.Column("sealed_content", sa.LargeBinary()),
        sa.Column("sealed_reason", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("batch_id", "sheet", "row", name=op.f("pk_import_row")),
    )
    op.create_index("ix_import_row_customer", "import_row", ["customer_id"])
    op.create_index("ix_import_row_digest", "import_row", ["legal_entity_id", "form", "digest"])
    op.create_index(
        "ix_import_row_mended",
        "import_row",
        ["legal_entity_id", "form", "mended_digest"],
        sqlite_where=sa.text("mended_digest IS NOT NULL"),
        postgresql_where=sa.text("mended_digest IS NOT NULL"),
    )
    op.create_index(
        "ix_import_row_waiting",
        "import_row",
        ["legal_entity_id", "expires_at"],
        sqlite_where=sa.text("state = 'WAITING'"),
        postgresql_where=sa.text("state = 'WAITING'"),
    )
    op.create_table(
        "legal_entity",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_entity")),
    )
    op.create_table(
        "lookup_budget",
        sa.Column("client", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("client", "day", name=op.f("pk_lookup_budget")),
    )
    op.create_table(
        "oauth_client",
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("name_key", sa.String(length=192), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("purposes", sa.Text(), nullable=False),
        sa.Column("legal_entity", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("staff", sa.String(length=64)),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("disabled_at", _MOMENT),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_oauth_client")),
        sa.UniqueConstraint("name_key"),
    )
    op.create_table(
        "oauth_one_time_link",
        sa.Column("code_digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("purposes", sa.Text(), nullable=False),
        sa.Column("legal_entity", sa.String(length=64), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("staff", sa.String(length=64)),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("used_at", _MOMENT),
        sa.PrimaryKeyConstraint("code_digest", name=op.f("pk_oauth_one_time_link")),
    )
    op.create_table(
        "oauth_revoked_token",
        sa.Column("jti", sa.String(length=64), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
        sa.Column("revoked_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("jti", name=op.f("pk_oauth_revoked_token")),
    )
    op.create_index("oauth_revoked_token_expires", "oauth_revoked_token", ["expires_at"])
    op.create_index("oauth_revoked_token_revoked", "oauth_revoked_token", ["revoked_at"])
    op.create_table(
        "organisation_unit",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("parent_unit", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_unit")),
    )
    op.create_index("ix_organisation_unit_code", "organisation_unit", ["legal_entity_id", "code"])
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_table(
        "search_token",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("token", sa.LargeBinary(length=17), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "token", name=op.f("pk_search_token")),
    )
    op.create_index("ix_search_token_token", "search_token", ["token"])
    op.create_table(
        "staff",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("unit", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column("sealed_internal", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
    )
    op.create_index("ix_staff_code", "staff", ["legal_entity_id", "code"])
    op.create_table(
        "address",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("district", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_address_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_address")),
    )
    op.create_index("ix_address_district", "address", ["legal_entity_id", "district"])
    op.create_index("ix_address_kind", "address", ["legal_entity_id", "kind"])
    op.create_index("ix_address_source_channel", "address", ["legal_entity_id", "source_channel"])
    op.create_table(
        "change_event",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_change_event_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_change_event")),
    )
    op.create_index("ix_change_event_kind", "change_event", ["legal_entity_id", "kind"])
    op.create_index("ix_change_event_source_channel", "change_event", ["legal_entity_id", "source_channel"])
    op.create_table(
        "contact_change",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurred_at", _MOMENT, nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_contact_change_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_contact_change")),
    )
    op.create_index("ix_contact_change_kind", "contact_change", ["legal_entity_id", "kind"])
    op.create_index("ix_contact_change_source_channel", "contact_change", ["legal_entity_id", "source_channel"])
    op.create_table(
        "contact_point",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("blind_mobile", sa.LargeBinary()),
        sa.Column("blind_landline", sa.LargeBinary()),
        sa.Column("blind_fax", sa.LargeBinary()),
        sa.Column("preferred", sa.Boolean()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_contact_point_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_contact_point")),
    )
    op.create_index("ix_contact_point_blind_fax", "contact_point", ["legal_entity_id", "blind_fax"])
    op.create_index("ix_contact_point_blind_landline", "contact_point", ["legal_entity_id", "blind_landline"])
    op.create_index("ix_contact_point_blind_mobile", "contact_point", ["legal_entity_id", "blind_mobile"])
    op.create_index("ix_contact_point_kind", "contact_point", ["legal_entity_id", "kind"])
    op.create_index("ix_contact_point_source_channel", "contact_point", ["legal_entity_id", "source_channel"])
    op.create_table(
        "credit_fact",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("overdue_minor", sa.BigInteger()),
        sa.Column("overdue_currency", sa.String(length=3)),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_credit_fact_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_credit_fact")),
    )
    op.create_index("ix_credit_fact_kind", "credit_fact", ["legal_entity_id", "kind"])
    op.create_index("ix_credit_fact_source_channel", "credit_fact", ["legal_entity_id", "source_channel"])
    op.create_table(
        "customer_file",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_customer_file_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_customer_file")),
    )
    op.create_index("ix_customer_file_kind", "customer_file", ["legal_entity_id", "kind"])
    op.create_index("ix_customer_file_source_channel", "customer_file", ["legal_entity_id", "source_channel"])
    op.create_table(
        "derived_fact",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("derived_at", _MOMENT, nullable=False),
        sa.Column("method", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_marketing", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_derived_fact_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_derived_fact")),
    )
    op.create_index("ix_derived_fact_kind", "derived_fact", ["legal_entity_id", "kind"])
    op.create_index("ix_derived_fact_source_channel", "derived_fact", ["legal_entity_id", "source_channel"])
    op.create_table(
        "financial_profile",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("income_minor", sa.BigInteger()),
        sa.Column("income_currency", sa.String(length=3)),
        sa.Column("tax_paid_minor", sa.BigInteger()),
        sa.Column("tax_paid_currency", sa.String(length=3)),
        sa.Column("housing_fund_minor", sa.BigInteger()),
        sa.Column("housing_fund_currency", sa.String(length=3)),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_financial_profile_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_financial_profile")),
        sa.UniqueConstraint("customer_id", name="uq_financial_profile_customer"),
    )
    op.create_index("ix_financial_profile_source_channel", "financial_profile", ["legal_entity_id", "source_channel"])
    op.create_table(
        "follow_up",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("planned_for", sa.Date()),
        sa.Column("done_at", _MOMENT),
        sa.Column("staff", sa.Uuid()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_follow_up_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_follow_up")),
    )
    op.create_index("ix_follow_up_method", "follow_up", ["legal_entity_id", "method"])
    op.create_index("ix_follow_up_source_channel", "follow_up", ["legal_entity_id", "source_channel"])
    op.create_index("ix_follow_up_staff", "follow_up", ["legal_entity_id", "staff"])
    op.create_table(
        "grade",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("grading", sa.Text(), nullable=False),
        sa.Column("grading_version", sa.BigInteger(), nullable=False),
        sa.Column("standard_version", sa.BigInteger(), nullable=False),
        sa.Column("band", sa.Text(), nullable=False),
        sa.Column("met", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("graded_at", _MOMENT, nullable=False),
        sa.Column("superseded_at", _MOMENT),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_grade_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_grade")),
    )
    op.create_index("ix_grade_band", "grade", ["legal_entity_id", "band"])
    op.create_index("ix_grade_grading", "grade", ["legal_entity_id", "grading"])
    op.create_index("ix_grade_source_channel", "grade", ["legal_entity_id", "source_channel"])
    op.create_table(
        "holding",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("product", sa.Text()),
        sa.Column("blind_number", sa.LargeBinary()),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("amount_currency", sa.String(length=3)),
        sa.Column("opened_on", sa.Date()),
        sa.Column("closed_on", sa.Date()),
        sa.Column("external_system", sa.Text()),
        sa.Column("external_id", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_holding_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_holding")),
    )
    op.create_index("ix_holding_blind_number", "holding", ["legal_entity_id", "blind_number"])
    op.create_index("ix_holding_external_id", "holding", ["legal_entity_id", "external_id"])
    op.create_index("ix_holding_kind", "holding", ["legal_entity_id", "kind"])
    op.create_index("ix_holding_product", "holding", ["legal_entity_id", "product"])
    op.create_index("ix_holding_source_channel", "holding", ["legal_entity_id", "source_channel"])
    op.create_index("ix_holding_status", "holding", ["legal_entity_id", "status"])
    op.create_table(
        "identity_document",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("blind_resident_id", sa.LargeBinary()),
        sa.Column("blind_passport", sa.LargeBinary()),
        sa.Column("blind_number", sa.LargeBinary()),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_identity_document_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_identity_document")),
    )
    op.create_index("ix_identity_document_blind_number", "identity_document", ["legal_entity_id", "blind_number"])
    op.create_index("ix_identity_document_blind_passport", "identity_document", ["legal_entity_id", "blind_passport"])
    op.create_index(
        "ix_identity_document_blind_resident_id",
        "identity_document",
        ["legal_entity_id", "blind_resident_id"],
    )
    op.create_index("ix_identity_document_kind", "identity_document", ["legal_entity_id", "kind"])
    op.create_index("ix_identity_document_source_channel", "identity_document", ["legal_entity_id", "source_channel"])
    op.create_table(
        "interaction",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurred_at", _MOMENT, nullable=False),
        sa.Column("staff", sa.Uuid()),
        sa.Column("origin", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_interaction_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_interaction")),
    )
    op.create_index("ix_interaction_by_occurred_at", "interaction", ["legal_entity_id", "occurred_at", "id"])
    op.create_index("ix_interaction_kind", "interaction", ["legal_entity_id", "kind"])
    op.create_index("ix_interaction_order", "interaction", ["legal_entity_id", "id"])
    op.create_index("ix_interaction_source_channel", "interaction", ["legal_entity_id", "source_channel"])
    op.create_index("ix_interaction_staff", "interaction", ["legal_entity_id", "staff"])
    op.create_table(
        "judgement",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Text(), nullable=False),
        sa.Column("proposed_at", _MOMENT, nullable=False),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_at", _MOMENT),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_judgement_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_judgement")),
    )
    op.create_index("ix_judgement_kind", "judgement", ["legal_entity_id", "kind"])
    op.create_index("ix_judgement_source_channel", "judgement", ["legal_entity_id", "source_channel"])
    op.create_index("ix_judgement_status", "judgement", ["legal_entity_id", "status"])
    op.create_table(
        "oauth_client_secret",
        sa.Column("secret_id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT),
        sa.ForeignKeyConstraint(
            ["client_id"],
            ["oauth_client.client_id"],
            name=op.f("fk_oauth_client_secret_oauth_client"),
        ),
        sa.PrimaryKeyConstraint("secret_id", name=op.f("pk_oauth_client_secret")),
    )
    op.create_index("oauth_client_secret_client", "oauth_client_secret", ["client_id"])
    op.create_table(
        "organisation_profile",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("registered_capital_minor", sa.BigInteger()),
        sa.Column("registered_capital_currency", sa.String(length=3)),
        sa.Column("industry", sa.Text()),
        sa.Column("founded_on", sa.Date()),
        sa.Column("website", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_organisation_profile_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_organisation_profile")),
        sa.UniqueConstraint("customer_id", name="uq_organisation_profile_customer"),
    )
    op.create_index("ix_organisation_profile_industry", "organisation_profile", ["legal_entity_id", "industry"])
    op.create_index(
        "ix_organisation_profile_source_channel",
        "organisation_profile",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "ownership",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("staff", sa.Uuid(), nullable=False),
        sa.Column("started_at", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_ownership_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_ownership")),
    )
    op.create_index("ix_ownership_source_channel", "ownership", ["legal_entity_id", "source_channel"])
    op.create_index("ix_ownership_staff", "ownership", ["legal_entity_id", "staff"])
    op.create_table(
        "personal_profile",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("nationality", sa.Text()),
        sa.Column("industry", sa.Text()),
        sa.Column("marital_status", sa.Text()),
        sa.Column("family_status", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_personal_profile_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_personal_profile")),
        sa.UniqueConstraint("customer_id", name="uq_personal_profile_customer"),
    )
    op.create_index("ix_personal_profile_source_channel", "personal_profile", ["legal_entity_id", "source_channel"])
    op.create_table(
        "relationship",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("other", sa.Uuid(), nullable=False),
        sa.Column("started_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_relationship_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_relationship")),
    )
    op.create_index("ix_relationship_kind", "relationship", ["legal_entity_id", "kind"])
    op.create_index("ix_relationship_source_channel", "relationship", ["legal_entity_id", "source_channel"])
    op.create_table(
        "transaction",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("amount_currency", sa.String(length=3)),
        sa.Column("occurred_at", _MOMENT, nullable=False),
        sa.Column("channel", sa.Text()),
        sa.Column("external_id", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "holding_id"],
            ["holding.customer_id", "holding.id"],
            name=op.f("fk_transaction_holding"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_transaction_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_transaction")),
    )
    op.create_index("ix_transaction_channel", "transaction", ["legal_entity_id", "channel"])
    op.create_index("ix_transaction_external_id", "transaction", ["legal_entity_id", "external_id"])
    op.create_index("ix_transaction_holding_id", "transaction", ["customer_id", "holding_id"])
    op.create_index("ix_transaction_kind", "transaction", ["legal_entity_id", "kind"])
    op.create_index("ix_transaction_source_channel", "transaction", ["legal_entity_id", "source_channel"])
