"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "insurance_health",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_health", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_insurance_health_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_insurance_health")),
    )
    op.create_index("ix_insurance_health_source_channel", "insurance_health", ["legal_entity_id", "source_channel"])
    op.create_table(
        "insurance_account",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("bank", sa.Text(), nullable=False),
        sa.Column("blind_number", sa.LargeBinary()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "holding_id"],
            ["holding.customer_id", "holding.id"],
            name=op.f("fk_insurance_account_holding"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_insurance_account_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_insurance_account")),
    )
    op.create_index("ix_insurance_account_blind_number", "insurance_account", ["legal_entity_id", "blind_number"])
    op.create_index("ix_insurance_account_holding_id", "insurance_account", ["customer_id", "holding_id"], unique=True)
    op.create_index("ix_insurance_account_source_channel", "insurance_account", ["legal_entity_id", "source_channel"])
    op.create_table(
        "insurance_change",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
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
            name=op.f("fk_insurance_change_holding"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_insurance_change_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_insurance_change")),
    )
    op.create_index("ix_insurance_change_holding_id", "insurance_change", ["customer_id", "holding_id"])
    op.create_index("ix_insurance_change_kind", "insurance_change", ["legal_entity_id", "kind"])
    op.create_index("ix_insurance_change_source_channel", "insurance_change", ["legal_entity_id", "source_channel"])
    op.create_table(
        "insurance_claim",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("claimed_minor", sa.BigInteger()),
        sa.Column("claimed_currency", sa.String(length=3)),
        sa.Column("paid_minor", sa.BigInteger()),
        sa.Column("paid_currency", sa.String(length=3)),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_health", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "holding_id"],
            ["holding.customer_id", "holding.id"],
            name=op.f("fk_insurance_claim_holding"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_insurance_claim_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_insurance_claim")),
    )
    op.create_index("ix_insurance_claim_holding_id", "insurance_claim", ["customer_id", "holding_id"])
    op.create_index("ix_insurance_claim_source_channel", "insurance_claim", ["legal_entity_id", "source_channel"])
    op.create_index("ix_insurance_claim_status", "insurance_claim", ["legal_entity_id", "status"])
    op.create_table(
        "insurance_policy",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("covers_from", sa.Date()),
        sa.Column("covers_until", sa.Date()),
        sa.Column("payment_mode", sa.Text()),
        sa.Column("sum_insured_minor", sa.BigInteger()),
        sa.Column("sum_insured_currency", sa.String(length=3)),
        sa.Column("premium_minor", sa.BigInteger()),
        sa.Column("premium_currency", sa.String(length=3)),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id", "holding_id"],
            ["holding.customer_id", "holding.id"],
            name=op.f("fk_insurance_policy_holding"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_insurance_policy_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_insurance_policy")),
    )
    op.create_index("ix_insurance_policy_holding_id", "insurance_policy", ["customer_id", "holding_id"], unique=True)
    op.create_index("ix_insurance_policy_payment_mode", "insurance_policy", ["legal_entity_id", "payment_mode"])
    op.create_index("ix_insurance_policy_product", "insurance_policy", ["legal_entity_id", "product"])
    op.create_index("ix_insurance_policy_source_channel", "insurance_policy", ["legal_entity_id", "source_channel"])
    op.create_index("ix_insurance_policy_status", "insurance_policy", ["legal_entity_id", "status"])
