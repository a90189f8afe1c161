"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "travel_authorisation",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("grantee", sa.Text(), nullable=False),
        sa.Column("staff", sa.Uuid(), nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_travel", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_travel_authorisation_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_travel_authorisation")),
    )
    op.create_index("ix_travel_authorisation_covers", "travel_authorisation", ["legal_entity_id", "covers"])
    op.create_index("ix_travel_authorisation_grantee", "travel_authorisation", ["legal_entity_id", "grantee"])
    op.create_index(
        "ix_travel_authorisation_source_channel",
        "travel_authorisation",
        ["legal_entity_id", "source_channel"],
    )
    op.create_index("ix_travel_authorisation_staff", "travel_authorisation", ["legal_entity_id", "staff"])
    op.create_table(
        "travel_traveller",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("tour_code", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_travel", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_travel_traveller_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_travel_traveller")),
    )
    op.create_index("ix_travel_traveller_role", "travel_traveller", ["legal_entity_id", "role"])
    op.create_index("ix_travel_traveller_source_channel", "travel_traveller", ["legal_entity_id", "source_channel"])
    op.create_index("ix_travel_traveller_tour_code", "travel_traveller", ["legal_entity_id", "tour_code"])
    op.create_table(
        "travel_trip",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("tour_code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("departs_on", sa.Date(), nullable=False),
        sa.Column("returns_on", sa.Date(), nullable=False),
        sa.Column("travellers", sa.BigInteger(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id", "holding_id"],
            ["holding.customer_id", "holding.id"],
            name=op.f("fk_travel_trip_holding"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_travel_trip_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_travel_trip")),
    )
    op.create_index("ix_travel_trip_destination", "travel_trip", ["legal_entity_id", "destination"])
    op.create_index("ix_travel_trip_holding_id", "travel_trip", ["customer_id", "holding_id"], unique=True)
    op.create_index("ix_travel_trip_kind", "travel_trip", ["legal_entity_id", "kind"])
    op.create_index("ix_travel_trip_source_channel", "travel_trip", ["legal_entity_id", "source_channel"])
    op.create_index("ix_travel_trip_tour_code", "travel_trip", ["legal_entity_id", "tour_code"])
