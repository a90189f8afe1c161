"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "banking_channel_use",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("times", sa.BigInteger(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_banking_channel_use_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_channel_use")),
    )
    op.create_index("ix_banking_channel_use_channel", "banking_channel_use", ["legal_entity_id", "channel"])
    op.create_index(
        "ix_banking_channel_use_source_channel",
        "banking_channel_use",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "banking_contract",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("blind_number", sa.LargeBinary()),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_banking_contract_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_contract")),
    )
    op.create_index("ix_banking_contract_blind_number", "banking_contract", ["legal_entity_id", "blind_number"])
    op.create_index("ix_banking_contract_kind", "banking_contract", ["legal_entity_id", "kind"])
    op.create_index("ix_banking_contract_source_channel", "banking_contract", ["legal_entity_id", "source_channel"])
    op.create_table(
        "banking_contribution",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("amount_currency", sa.String(length=3)),
        sa.Column("staff", sa.Uuid()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_banking_contribution_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_contribution")),
    )
    op.create_index(
        "ix_banking_contribution_source_channel",
        "banking_contribution",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "banking_credit_review",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("authorised_on", sa.Date(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_banking_credit_review_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_credit_review")),
    )
    op.create_index(
        "ix_banking_credit_review_source_channel",
        "banking_credit_review",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "banking_opportunity",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_marketing", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_banking_opportunity_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_opportunity")),
    )
    op.create_index("ix_banking_opportunity_product", "banking_opportunity", ["legal_entity_id", "product"])
    op.create_index(
        "ix_banking_opportunity_source_channel",
        "banking_opportunity",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "banking_private",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("adviser", sa.Uuid()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_banking_private_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_private")),
        sa.UniqueConstraint("customer_id", name="uq_banking_private_customer"),
    )
    op.create_index("ix_banking_private_source_channel", "banking_private", ["legal_entity_id", "source_channel"])
    op.create_table(
        "banking_profile",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("customer_number", sa.Text()),
        sa.Column("manager", sa.Uuid()),
        sa.Column("opened_at", sa.Uuid()),
        sa.Column("customer_since", sa.Date()),
        sa.Column("preferred_channel", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_banking_profile_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_profile")),
        sa.UniqueConstraint("customer_id", name="uq_banking_profile_customer"),
    )
    op.create_index("ix_banking_profile_customer_number", "banking_profile", ["legal_entity_id", "customer_number"])
    op.create_index("ix_banking_profile_manager", "banking_profile", ["legal_entity_id", "manager"])
    op.create_index("ix_banking_profile_opened_at", "banking_profile", ["legal_entity_id", "opened_at"])
    op.create_index("ix_banking_profile_preferred_channel", "banking_profile", ["legal_entity_id", "preferred_channel"])
    op.create_index("ix_banking_profile_source_channel", "banking_profile", ["legal_entity_id", "source_channel"])
    op.create_table(
        "banking_risk",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("laundering", sa.Text()),
        sa.Column("tolerance", sa.Text()),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_banking_risk_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_risk")),
    )
    op.create_index("ix_banking_risk_source_channel", "banking_risk", ["legal_entity_id", "source_channel"])
    op.create_table(
        "banking_service",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_banking_service_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_service")),
    )
    op.create_index("ix_banking_service_kind", "banking_service", ["legal_entity_id", "kind"])
    op.create_index("ix_banking_service_source_channel", "banking_service", ["legal_entity_id", "source_channel"])
    op.create_table(
        "banking_statistics",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("transactions", sa.BigInteger(), nullable=False),
        sa.Column("inflow_minor", sa.BigInteger()),
        sa.Column("inflow_currency", sa.String(length=3)),
        sa.Column("outflow_minor", sa.BigInteger()),
        sa.Column("outflow_currency", sa.String(length=3)),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_banking_statistics_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_statistics")),
    )
    op.create_index("ix_banking_statistics_source_channel", "banking_statistics", ["legal_entity_id", "source_channel"])
    op.create_table(
        "banking_account",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("blind_account_number", sa.LargeBinary()),
        sa.Column("blind_card_number", sa.LargeBinary()),
        sa.Column("balance_minor", sa.BigInteger()),
        sa.Column("balance_currency", sa.String(length=3)),
        sa.Column("frozen", sa.Boolean()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "holding_id"],
            ["holding.customer_id", "holding.id"],
            name=op.f("fk_banking_account_holding"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_banking_account_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_account")),
    )
    op.create_index(
        "ix_banking_account_blind_account_number",
        "banking_account",
        ["legal_entity_id", "blind_account_number"],
    )
    op.create_index("ix_banking_account_blind_card_number", "banking_account", ["legal_entity_id", "blind_card_number"])
    op.create_index("ix_banking_account_holding_id", "banking_account", ["customer_id", "holding_id"], unique=True)
    op.create_index("ix_banking_account_kind", "banking_account", ["legal_entity_id", "kind"])
    op.create_index("ix_banking_account_source_channel", "banking_account", ["legal_entity_id", "source_channel"])
    op.create_table(
        "banking_assets",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("average_minor", sa.BigInteger(), nullable=False),
        sa.Column("average_currency", sa.String(length=3), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id", "holding_id"],
            ["holding.customer_id", "holding.id"],
            name=op.f("fk_banking_assets_holding"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_banking_assets_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_assets")),
    )
    op.create_index("ix_banking_assets_holding_id", "banking_assets", ["customer_id", "holding_id"], unique=True)
    op.create_index("ix_banking_assets_source_channel", "banking_assets", ["legal_entity_id", "source_channel"])
    op.create_table(
        "banking_product",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("matures_on", sa.Date()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id", "holding_id"],
            ["holding.customer_id", "holding.id"],
            name=op.f("fk_banking_product_holding"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_banking_product_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_banking_product")),
    )
    op.create_index("ix_banking_product_holding_id", "banking_product", ["customer_id", "holding_id"], unique=True)
    op.create_index("ix_banking_product_kind", "banking_product", ["legal_entity_id", "kind"])
    op.create_index("ix_banking_product_name", "banking_product", ["legal_entity_id", "name"])
    op.create_index("ix_banking_product_source_channel", "banking_product", ["legal_entity_id", "source_channel"])
