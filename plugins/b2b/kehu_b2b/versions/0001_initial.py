"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "b2b_archive",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("number", sa.Text()),
        sa.Column("nature", sa.Text(), nullable=False),
        sa.Column("market_position", sa.Text()),
        sa.Column("need_characteristic", sa.Text()),
        sa.Column("need_manner", sa.Text()),
        sa.Column("need_volume", sa.Text()),
        sa.Column("framework_until", sa.Date()),
        sa.Column("procurement_body", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_b2b_archive_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_b2b_archive")),
        sa.UniqueConstraint("customer_id", name="uq_b2b_archive_customer"),
    )
    op.create_index("ix_b2b_archive_market_position", "b2b_archive", ["legal_entity_id", "market_position"])
    op.create_index("ix_b2b_archive_nature", "b2b_archive", ["legal_entity_id", "nature"])
    op.create_index("ix_b2b_archive_need_characteristic", "b2b_archive", ["legal_entity_id", "need_characteristic"])
    op.create_index("ix_b2b_archive_need_manner", "b2b_archive", ["legal_entity_id", "need_manner"])
    op.create_index("ix_b2b_archive_need_volume", "b2b_archive", ["legal_entity_id", "need_volume"])
    op.create_index("ix_b2b_archive_number", "b2b_archive", ["legal_entity_id", "number"])
    op.create_index("ix_b2b_archive_source_channel", "b2b_archive", ["legal_entity_id", "source_channel"])
    op.create_table(
        "b2b_lead",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("received_at", _MOMENT, nullable=False),
        sa.Column("registered_by", sa.Uuid()),
        sa.Column("marketer", sa.Uuid()),
        sa.Column("passed_on_by", sa.Uuid()),
        sa.Column("department", sa.Uuid()),
        sa.Column("product_use", sa.Text()),
        sa.Column("event_kind", sa.Text()),
        sa.Column("event", sa.Text()),
        sa.Column("medium", sa.Text()),
        sa.Column("publication", sa.Text()),
        sa.Column("channel", sa.Text()),
        sa.Column("contact_answer", sa.Text()),
        sa.Column("organisation_answer", sa.Text()),
        sa.Column("telephone_answer", sa.Text()),
        sa.Column("address_answer", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_b2b_lead_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_b2b_lead")),
    )
    op.create_index("ix_b2b_lead_by_received_at", "b2b_lead", ["legal_entity_id", "received_at", "id"])
    op.create_index("ix_b2b_lead_channel", "b2b_lead", ["legal_entity_id", "channel"])
    op.create_index("ix_b2b_lead_department", "b2b_lead", ["legal_entity_id", "department"])
    op.create_index("ix_b2b_lead_event", "b2b_lead", ["legal_entity_id", "event"])
    op.create_index("ix_b2b_lead_event_kind", "b2b_lead", ["legal_entity_id", "event_kind"])
    op.create_index("ix_b2b_lead_marketer", "b2b_lead", ["legal_entity_id", "marketer"])
    op.create_index("ix_b2b_lead_medium", "b2b_lead", ["legal_entity_id", "medium"])
    op.create_index("ix_b2b_lead_number", "b2b_lead", ["legal_entity_id", "number"])
    op.create_index("ix_b2b_lead_order", "b2b_lead", ["legal_entity_id", "id"])
    op.create_index("ix_b2b_lead_passed_on_by", "b2b_lead", ["legal_entity_id", "passed_on_by"])
    op.create_index("ix_b2b_lead_product_use", "b2b_lead", ["legal_entity_id", "product_use"])
    op.create_index("ix_b2b_lead_publication", "b2b_lead", ["legal_entity_id", "publication"])
    op.create_index("ix_b2b_lead_source", "b2b_lead", ["legal_entity_id", "source"])
    op.create_index("ix_b2b_lead_source_channel", "b2b_lead", ["legal_entity_id", "source_channel"])
    op.create_table(
        "b2b_dealing",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("b2b_archive_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("amount_currency", sa.String(length=3)),
        sa.Column("staff", sa.Uuid()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "b2b_archive_id"],
            ["b2b_archive.customer_id", "b2b_archive.id"],
            name=op.f("fk_b2b_dealing_b2b_archive"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_b2b_dealing_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_b2b_dealing")),
    )
    op.create_index("ix_b2b_dealing_b2b_archive_id", "b2b_dealing", ["customer_id", "b2b_archive_id"])
    op.create_index("ix_b2b_dealing_kind", "b2b_dealing", ["legal_entity_id", "kind"])
    op.create_index("ix_b2b_dealing_source_channel", "b2b_dealing", ["legal_entity_id", "source_channel"])
    op.create_table(
        "b2b_period_report",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("b2b_archive_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("year", sa.BigInteger(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("sales_minor", sa.BigInteger()),
        sa.Column("sales_currency", sa.String(length=3)),
        sa.Column("revenue_minor", sa.BigInteger()),
        sa.Column("revenue_currency", sa.String(length=3)),
        sa.Column("profit_minor", sa.BigInteger()),
        sa.Column("profit_currency", sa.String(length=3)),
        sa.Column("assets_minor", sa.BigInteger()),
        sa.Column("assets_currency", sa.String(length=3)),
        sa.Column("liabilities_minor", sa.BigInteger()),
        sa.Column("liabilities_currency", sa.String(length=3)),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "b2b_archive_id"],
            ["b2b_archive.customer_id", "b2b_archive.id"],
            name=op.f("fk_b2b_period_report_b2b_archive"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_b2b_period_report_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_b2b_period_report")),
    )
    op.create_index("ix_b2b_period_report_b2b_archive_id", "b2b_period_report", ["customer_id", "b2b_archive_id"])
    op.create_index("ix_b2b_period_report_kind", "b2b_period_report", ["legal_entity_id", "kind"])
    op.create_index("ix_b2b_period_report_period", "b2b_period_report", ["legal_entity_id", "period"])
    op.create_index("ix_b2b_period_report_source_channel", "b2b_period_report", ["legal_entity_id", "source_channel"])
    op.create_table(
        "b2b_progress_entry",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("b2b_lead_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("week_of", sa.Date(), nullable=False),
        sa.Column("marketer", sa.Uuid()),
        sa.Column("probability", sa.Text()),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("amount_currency", sa.String(length=3)),
        sa.Column("contract_on", sa.Date()),
        sa.Column("end_reason", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "b2b_lead_id"],
            ["b2b_lead.customer_id", "b2b_lead.id"],
            name=op.f("fk_b2b_progress_entry_b2b_lead"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_b2b_progress_entry_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_b2b_progress_entry")),
    )
    op.create_index("ix_b2b_progress_entry_b2b_lead_id", "b2b_progress_entry", ["customer_id", "b2b_lead_id"])
    op.create_index("ix_b2b_progress_entry_end_reason", "b2b_progress_entry", ["legal_entity_id", "end_reason"])
    op.create_index("ix_b2b_progress_entry_marketer", "b2b_progress_entry", ["legal_entity_id", "marketer"])
    op.create_index("ix_b2b_progress_entry_probability", "b2b_progress_entry", ["legal_entity_id", "probability"])
    op.create_index("ix_b2b_progress_entry_source_channel", "b2b_progress_entry", ["legal_entity_id", "source_channel"])
    op.create_index("ix_b2b_progress_entry_stage", "b2b_progress_entry", ["legal_entity_id", "stage"])
    op.create_table(
        "b2b_response",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("b2b_lead_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("marketer", sa.Uuid()),
        sa.Column("answered_at", _MOMENT, nullable=False),
        sa.Column("technical", sa.Text(), nullable=False),
        sa.Column("customer_told", sa.Boolean()),
        sa.Column("engineer", sa.Uuid()),
        sa.Column("promised_at", _MOMENT),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "b2b_lead_id"],
            ["b2b_lead.customer_id", "b2b_lead.id"],
            name=op.f("fk_b2b_response_b2b_lead"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_b2b_response_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_b2b_response")),
    )
    op.create_index("ix_b2b_response_b2b_lead_id", "b2b_response", ["customer_id", "b2b_lead_id"])
    op.create_index("ix_b2b_response_result", "b2b_response", ["legal_entity_id", "result"])
    op.create_index("ix_b2b_response_source_channel", "b2b_response", ["legal_entity_id", "source_channel"])
    op.create_index("ix_b2b_response_technical", "b2b_response", ["legal_entity_id", "technical"])
