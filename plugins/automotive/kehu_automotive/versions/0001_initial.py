"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "automotive_card",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("model", sa.Text()),
        sa.Column("colour", sa.Text()),
        sa.Column("configuration", sa.Text()),
        sa.Column("compared_models", sa.Text()),
        sa.Column("budget_minor", sa.BigInteger()),
        sa.Column("budget_currency", sa.String(length=3)),
        sa.Column("purchase_manner", sa.Text()),
        sa.Column("purchase_purpose", sa.Text()),
        sa.Column("source", sa.Text()),
        sa.Column("assistance", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date()),
        sa.Column("first_received_on", sa.Date()),
        sa.Column("level", sa.Text()),
        sa.Column("expected_on", sa.Date()),
        sa.Column("next_on", sa.Date()),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("lost_reason", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_automotive_card_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_automotive_card")),
    )
    op.create_index("ix_automotive_card_assistance", "automotive_card", ["legal_entity_id", "assistance"])
    op.create_index("ix_automotive_card_level", "automotive_card", ["legal_entity_id", "level"])
    op.create_index("ix_automotive_card_lost_reason", "automotive_card", ["legal_entity_id", "lost_reason"])
    op.create_index("ix_automotive_card_model", "automotive_card", ["legal_entity_id", "model"])
    op.create_index("ix_automotive_card_number", "automotive_card", ["legal_entity_id", "number"])
    op.create_index("ix_automotive_card_outcome", "automotive_card", ["legal_entity_id", "outcome"])
    op.create_index("ix_automotive_card_source", "automotive_card", ["legal_entity_id", "source"])
    op.create_index("ix_automotive_card_source_channel", "automotive_card", ["legal_entity_id", "source_channel"])
    op.create_table(
        "automotive_drive",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("driven_at", _MOMENT, nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("staff", sa.Uuid()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_automotive_drive_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_automotive_drive")),
    )
    op.create_index("ix_automotive_drive_model", "automotive_drive", ["legal_entity_id", "model"])
    op.create_index("ix_automotive_drive_source_channel", "automotive_drive", ["legal_entity_id", "source_channel"])
    op.create_table(
        "automotive_card_review",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("automotive_card_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "automotive_card_id"],
            ["automotive_card.customer_id", "automotive_card.id"],
            name=op.f("fk_automotive_card_review_automotive_card"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_automotive_card_review_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_automotive_card_review")),
    )
    op.create_index(
        "ix_automotive_card_review_automotive_card_id",
        "automotive_card_review",
        ["customer_id", "automotive_card_id"],
    )
    op.create_index("ix_automotive_card_review_level", "automotive_card_review", ["legal_entity_id", "level"])
    op.create_index(
        "ix_automotive_card_review_source_channel",
        "automotive_card_review",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "automotive_check",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "interaction_id"],
            ["interaction.customer_id", "interaction.id"],
            name=op.f("fk_automotive_check_interaction"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_automotive_check_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_automotive_check")),
    )
    op.create_index("ix_automotive_check_interaction_id", "automotive_check", ["customer_id", "interaction_id"])
    op.create_index("ix_automotive_check_source_channel", "automotive_check", ["legal_entity_id", "source_channel"])
    op.create_index("ix_automotive_check_verdict", "automotive_check", ["legal_entity_id", "verdict"])
    op.create_table(
        "automotive_objections",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "follow_up_id"],
            ["follow_up.customer_id", "follow_up.id"],
            name=op.f("fk_automotive_objections_follow_up"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_automotive_objections_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_automotive_objections")),
    )
    op.create_index(
        "ix_automotive_objections_follow_up_id",
        "automotive_objections",
        ["customer_id", "follow_up_id"],
        unique=True,
    )
    op.create_index(
        "ix_automotive_objections_source_channel",
        "automotive_objections",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "automotive_vehicle",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("holding_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("blind_vin", sa.LargeBinary()),
        sa.Column("blind_plate", sa.LargeBinary()),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("colour", sa.Text()),
        sa.Column("delivered_on", sa.Date()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "holding_id"],
            ["holding.customer_id", "holding.id"],
            name=op.f("fk_automotive_vehicle_holding"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_automotive_vehicle_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_automotive_vehicle")),
    )
    op.create_index("ix_automotive_vehicle_blind_plate", "automotive_vehicle", ["legal_entity_id", "blind_plate"])
    op.create_index("ix_automotive_vehicle_blind_vin", "automotive_vehicle", ["legal_entity_id", "blind_vin"])
    op.create_index(
        "ix_automotive_vehicle_holding_id",
        "automotive_vehicle",
        ["customer_id", "holding_id"],
        unique=True,
    )
    op.create_index("ix_automotive_vehicle_model", "automotive_vehicle", ["legal_entity_id", "model"])
    op.create_index("ix_automotive_vehicle_source_channel", "automotive_vehicle", ["legal_entity_id", "source_channel"])
    op.create_table(
        "automotive_visit",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("left_at", _MOMENT),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("test_drive", sa.Boolean(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "interaction_id"],
            ["interaction.customer_id", "interaction.id"],
            name=op.f("fk_automotive_visit_interaction"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_automotive_visit_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_automotive_visit")),
    )
    op.create_index(
        "ix_automotive_visit_interaction_id",
        "automotive_visit",
        ["customer_id", "interaction_id"],
        unique=True,
    )
    op.create_index("ix_automotive_visit_model", "automotive_visit", ["legal_entity_id", "model"])
    op.create_index("ix_automotive_visit_source", "automotive_visit", ["legal_entity_id", "source"])
    op.create_index("ix_automotive_visit_source_channel", "automotive_visit", ["legal_entity_id", "source_channel"])
