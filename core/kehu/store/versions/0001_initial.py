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
        "duplicate_case",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("other_id", sa.Uuid(), nullable=False),
        sa.Column("found_at", _MOMENT, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", "other_id", name=op.f("pk_duplicate_case")),
    )
    op.create_index("ix_duplicate_case_open", "duplicate_case", ["legal_entity_id", "state", "found_at"])
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
        sa.Column("sheet", sa.String(length=100), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("form", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("problems", sa.Text()),
        sa.Column("sealed_content", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("batch_id", "sheet", "row", name=op.f("pk_import_row")),
    )
    op.create_index("ix_import_row_digest", "import_row", ["legal_entity_id", "form", "digest"])
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
        "contact_point",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("blind_mobile", sa.LargeBinary()),
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
    op.create_index("ix_contact_point_blind_mobile", "contact_point", ["legal_entity_id", "blind_mobile"])
    op.create_index("ix_contact_point_kind", "contact_point", ["legal_entity_id", "kind"])
    op.create_index("ix_contact_point_source_channel", "contact_point", ["legal_entity_id", "source_channel"])
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
