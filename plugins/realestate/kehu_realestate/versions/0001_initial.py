"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "realestate_profile",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("need_type", sa.Text()),
        sa.Column("price_band", sa.Text()),
        sa.Column("sincerity", sa.Text()),
        sa.Column("purchase_intention", sa.Boolean()),
        sa.Column("active_in_events", sa.Boolean()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_realestate_profile_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_realestate_profile")),
        sa.UniqueConstraint("customer_id", name="uq_realestate_profile_customer"),
    )
    op.create_index("ix_realestate_profile_need_type", "realestate_profile", ["legal_entity_id", "need_type"])
    op.create_index("ix_realestate_profile_price_band", "realestate_profile", ["legal_entity_id", "price_band"])
    op.create_index("ix_realestate_profile_sincerity", "realestate_profile", ["legal_entity_id", "sincerity"])
    op.create_index("ix_realestate_profile_source", "realestate_profile", ["legal_entity_id", "source"])
    op.create_index("ix_realestate_profile_source_channel", "realestate_profile", ["legal_entity_id", "source_channel"])
    op.create_table(
        "realestate_property",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("property_type", sa.Text(), nullable=False),
        sa.Column("project", sa.Uuid()),
        sa.Column("subscribed_on", sa.Date()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "holding_id"],
            ["holding.customer_id", "holding.id"],
            name=op.f("fk_realestate_property_holding"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_realestate_property_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_realestate_property")),
    )
    op.create_index(
        "ix_realestate_property_holding_id",
        "realestate_property",
        ["customer_id", "holding_id"],
        unique=True,
    )
    op.create_index("ix_realestate_property_project", "realestate_property", ["legal_entity_id", "project"])
    op.create_index("ix_realestate_property_property_type", "realestate_property", ["legal_entity_id", "property_type"])
    op.create_index(
        "ix_realestate_property_source_channel",
        "realestate_property",
        ["legal_entity_id", "source_channel"],
    )
