"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "tobacco_consumer",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("payment", sa.Text(), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_tobacco_consumer_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_tobacco_consumer")),
        sa.UniqueConstraint("customer_id", name="uq_tobacco_consumer_customer"),
    )
    op.create_index("ix_tobacco_consumer_payment", "tobacco_consumer", ["legal_entity_id", "payment"])
    op.create_index("ix_tobacco_consumer_source_channel", "tobacco_consumer", ["legal_entity_id", "source_channel"])
    op.create_table(
        "tobacco_consumption",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_tobacco_consumption_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_tobacco_consumption")),
    )
    op.create_index("ix_tobacco_consumption_category", "tobacco_consumption", ["legal_entity_id", "category"])
    op.create_index(
        "ix_tobacco_consumption_source_channel",
        "tobacco_consumption",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "tobacco_shop",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("blind_licence", sa.LargeBinary()),
        sa.Column("licence_until", sa.Date()),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("market_area", sa.Text(), nullable=False),
        sa.Column("floor_area", sa.BigInteger()),
        sa.Column("payment", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_tobacco_shop_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_tobacco_shop")),
    )
    op.create_index("ix_tobacco_shop_blind_licence", "tobacco_shop", ["legal_entity_id", "blind_licence"])
    op.create_index("ix_tobacco_shop_code", "tobacco_shop", ["legal_entity_id", "code"])
    op.create_index("ix_tobacco_shop_format", "tobacco_shop", ["legal_entity_id", "format"])
    op.create_index("ix_tobacco_shop_market_area", "tobacco_shop", ["legal_entity_id", "market_area"])
    op.create_index("ix_tobacco_shop_payment", "tobacco_shop", ["legal_entity_id", "payment"])
    op.create_index("ix_tobacco_shop_source_channel", "tobacco_shop", ["legal_entity_id", "source_channel"])
    op.create_table(
        "tobacco_proposal",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tobacco_shop_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_until", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "tobacco_shop_id"],
            ["tobacco_shop.customer_id", "tobacco_shop.id"],
            name=op.f("fk_tobacco_proposal_tobacco_shop"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_tobacco_proposal_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_tobacco_proposal")),
    )
    op.create_index(
        "ix_tobacco_proposal_by_period_until",
        "tobacco_proposal",
        ["legal_entity_id", "period_until", "id"],
    )
    op.create_index("ix_tobacco_proposal_kind", "tobacco_proposal", ["legal_entity_id", "kind"])
    op.create_index("ix_tobacco_proposal_order", "tobacco_proposal", ["legal_entity_id", "id"])
    op.create_index("ix_tobacco_proposal_outcome", "tobacco_proposal", ["legal_entity_id", "outcome"])
    op.create_index("ix_tobacco_proposal_source_channel", "tobacco_proposal", ["legal_entity_id", "source_channel"])
    op.create_index("ix_tobacco_proposal_tobacco_shop_id", "tobacco_proposal", ["customer_id", "tobacco_shop_id"])
    op.create_table(
        "tobacco_purchase",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tobacco_shop_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("amount_currency", sa.String(length=3)),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.ForeignKeyConstraint(
            ["customer_id", "tobacco_shop_id"],
            ["tobacco_shop.customer_id", "tobacco_shop.id"],
            name=op.f("fk_tobacco_purchase_tobacco_shop"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_tobacco_purchase_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_tobacco_purchase")),
    )
    op.create_index("ix_tobacco_purchase_category", "tobacco_purchase", ["legal_entity_id", "category"])
    op.create_index("ix_tobacco_purchase_source_channel", "tobacco_purchase", ["legal_entity_id", "source_channel"])
    op.create_index("ix_tobacco_purchase_tobacco_shop_id", "tobacco_purchase", ["customer_id", "tobacco_shop_id"])
    op.create_table(
        "tobacco_questionnaire",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("tobacco_shop_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("edition", sa.Text(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("score", sa.BigInteger()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "tobacco_shop_id"],
            ["tobacco_shop.customer_id", "tobacco_shop.id"],
            name=op.f("fk_tobacco_questionnaire_tobacco_shop"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_tobacco_questionnaire_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_tobacco_questionnaire")),
    )
    op.create_index("ix_tobacco_questionnaire_edition", "tobacco_questionnaire", ["legal_entity_id", "edition"])
    op.create_index(
        "ix_tobacco_questionnaire_source_channel",
        "tobacco_questionnaire",
        ["legal_entity_id", "source_channel"],
    )
    op.create_index(
        "ix_tobacco_questionnaire_tobacco_shop_id",
        "tobacco_questionnaire",
        ["customer_id", "tobacco_shop_id"],
    )
