"""Initial."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_MOMENT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade() -> None:
    op.create_table(
        "gas_account",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("contract", sa.Text()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_gas_account_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_account")),
    )
    op.create_index("ix_gas_account_category", "gas_account", ["legal_entity_id", "category"])
    op.create_index("ix_gas_account_contract", "gas_account", ["legal_entity_id", "contract"])
    op.create_index("ix_gas_account_number", "gas_account", ["legal_entity_id", "number"])
    op.create_index("ix_gas_account_source_channel", "gas_account", ["legal_entity_id", "source_channel"])
    op.create_index("ix_gas_account_state", "gas_account", ["legal_entity_id", "state"])
    op.create_table(
        "gas_correction",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("slip_number", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("phone_kind", sa.Text()),
        sa.Column("blind_mobile", sa.LargeBinary()),
        sa.Column("blind_landline", sa.LargeBinary()),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_gas_correction_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_correction")),
    )
    op.create_index("ix_gas_correction_blind_landline", "gas_correction", ["legal_entity_id", "blind_landline"])
    op.create_index("ix_gas_correction_blind_mobile", "gas_correction", ["legal_entity_id", "blind_mobile"])
    op.create_index("ix_gas_correction_item", "gas_correction", ["legal_entity_id", "item"])
    op.create_index("ix_gas_correction_slip_number", "gas_correction", ["legal_entity_id", "slip_number"])
    op.create_index("ix_gas_correction_source_channel", "gas_correction", ["legal_entity_id", "source_channel"])
    op.create_index("ix_gas_correction_state", "gas_correction", ["legal_entity_id", "state"])
    op.create_table(
        "gas_installed_meter",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gas_account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("blind_number", sa.LargeBinary()),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("manufacturer", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("installed_on", sa.Date()),
        sa.Column("replace_by", sa.Date()),
        sa.Column("start_reading", sa.BigInteger()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "gas_account_id"],
            ["gas_account.customer_id", "gas_account.id"],
            name=op.f("fk_gas_installed_meter_gas_account"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_gas_installed_meter_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_installed_meter")),
    )
    op.create_index("ix_gas_installed_meter_blind_number", "gas_installed_meter", ["legal_entity_id", "blind_number"])
    op.create_index("ix_gas_installed_meter_brand", "gas_installed_meter", ["legal_entity_id", "brand"])
    op.create_index("ix_gas_installed_meter_gas_account_id", "gas_installed_meter", ["customer_id", "gas_account_id"])
    op.create_index("ix_gas_installed_meter_manufacturer", "gas_installed_meter", ["legal_entity_id", "manufacturer"])
    op.create_index("ix_gas_installed_meter_model", "gas_installed_meter", ["legal_entity_id", "model"])
    op.create_index(
        "ix_gas_installed_meter_source_channel",
        "gas_installed_meter",
        ["legal_entity_id", "source_channel"],
    )
    op.create_index("ix_gas_installed_meter_type", "gas_installed_meter", ["legal_entity_id", "type"])
    op.create_table(
        "gas_phone_confirmation",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_point_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("confirmation", sa.Text(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id", "contact_point_id"],
            ["contact_point.customer_id", "contact_point.id"],
            name=op.f("fk_gas_phone_confirmation_contact_point"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_gas_phone_confirmation_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_phone_confirmation")),
    )
    op.create_index(
        "ix_gas_phone_confirmation_confirmation",
        "gas_phone_confirmation",
        ["legal_entity_id", "confirmation"],
    )
    op.create_index(
        "ix_gas_phone_confirmation_contact_point_id",
        "gas_phone_confirmation",
        ["customer_id", "contact_point_id"],
        unique=True,
    )
    op.create_index(
        "ix_gas_phone_confirmation_source_channel",
        "gas_phone_confirmation",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "gas_service_address",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gas_account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("street", sa.Text()),
        sa.Column("community", sa.Text()),
        sa.Column("company_name", sa.Boolean()),
        sa.Column("name_told", sa.Boolean()),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "gas_account_id"],
            ["gas_account.customer_id", "gas_account.id"],
            name=op.f("fk_gas_service_address_gas_account"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_gas_service_address_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_service_address")),
    )
    op.create_index("ix_gas_service_address_basis", "gas_service_address", ["legal_entity_id", "basis"])
    op.create_index("ix_gas_service_address_community", "gas_service_address", ["legal_entity_id", "community"])
    op.create_index(
        "ix_gas_service_address_gas_account_id",
        "gas_service_address",
        ["customer_id", "gas_account_id"],
        unique=True,
    )
    op.create_index(
        "ix_gas_service_address_source_channel",
        "gas_service_address",
        ["legal_entity_id", "source_channel"],
    )
    op.create_index("ix_gas_service_address_street", "gas_service_address", ["legal_entity_id", "street"])
    op.create_table(
        "gas_transfer",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gas_account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("transferred_on", sa.Date(), nullable=False),
        sa.Column("clearance", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.Column("sealed_identity", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "gas_account_id"],
            ["gas_account.customer_id", "gas_account.id"],
            name=op.f("fk_gas_transfer_gas_account"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_gas_transfer_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_transfer")),
    )
    op.create_index("ix_gas_transfer_by_transferred_on", "gas_transfer", ["legal_entity_id", "transferred_on", "id"])
    op.create_index("ix_gas_transfer_gas_account_id", "gas_transfer", ["customer_id", "gas_account_id"])
    op.create_index("ix_gas_transfer_mark", "gas_transfer", ["legal_entity_id", "mark"])
    op.create_index("ix_gas_transfer_order", "gas_transfer", ["legal_entity_id", "id"])
    op.create_index("ix_gas_transfer_source_channel", "gas_transfer", ["legal_entity_id", "source_channel"])
    op.create_table(
        "gas_transfer_archive",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gas_account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("contract_text", sa.Text(), nullable=False),
        sa.Column("green_flag_orders", sa.Text(), nullable=False),
        sa.Column("archived_on", sa.Date(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("corrects", sa.Text()),
        sa.ForeignKeyConstraint(
            ["customer_id", "gas_account_id"],
            ["gas_account.customer_id", "gas_account.id"],
            name=op.f("fk_gas_transfer_archive_gas_account"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_gas_transfer_archive_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_transfer_archive")),
    )
    op.create_index("ix_gas_transfer_archive_gas_account_id", "gas_transfer_archive", ["customer_id", "gas_account_id"])
    op.create_index(
        "ix_gas_transfer_archive_source_channel",
        "gas_transfer_archive",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "gas_unnamed_address",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gas_account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id", "gas_account_id"],
            ["gas_account.customer_id", "gas_account.id"],
            name=op.f("fk_gas_unnamed_address_gas_account"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.customer_id"],
            name=op.f("fk_gas_unnamed_address_customer"),
        ),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_unnamed_address")),
    )
    op.create_index("ix_gas_unnamed_address_by_position", "gas_unnamed_address", ["legal_entity_id", "position", "id"])
    op.create_index(
        "ix_gas_unnamed_address_gas_account_id",
        "gas_unnamed_address",
        ["customer_id", "gas_account_id"],
        unique=True,
    )
    op.create_index("ix_gas_unnamed_address_order", "gas_unnamed_address", ["legal_entity_id", "id"])
    op.create_index(
        "ix_gas_unnamed_address_source_channel",
        "gas_unnamed_address",
        ["legal_entity_id", "source_channel"],
    )
    op.create_table(
        "gas_user_equipment",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gas_account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("count", sa.BigInteger(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id", "gas_account_id"],
            ["gas_account.customer_id", "gas_account.id"],
            name=op.f("fk_gas_user_equipment_gas_account"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_gas_user_equipment_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_user_equipment")),
    )
    op.create_index("ix_gas_user_equipment_gas_account_id", "gas_user_equipment", ["customer_id", "gas_account_id"])
    op.create_index("ix_gas_user_equipment_kind", "gas_user_equipment", ["legal_entity_id", "kind"])
    op.create_index("ix_gas_user_equipment_source_channel", "gas_user_equipment", ["legal_entity_id", "source_channel"])
    op.create_table(
        "gas_work_order",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gas_account_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("slip", sa.Text(), nullable=False),
        sa.Column("source_system", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("result_item", sa.Text(), nullable=False),
        sa.Column("remark_item", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "gas_account_id"],
            ["gas_account.customer_id", "gas_account.id"],
            name=op.f("fk_gas_work_order_gas_account"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_gas_work_order_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_work_order")),
    )
    op.create_index("ix_gas_work_order_by_opened_on", "gas_work_order", ["legal_entity_id", "opened_on", "id"])
    op.create_index("ix_gas_work_order_gas_account_id", "gas_work_order", ["customer_id", "gas_account_id"])
    op.create_index("ix_gas_work_order_kind", "gas_work_order", ["legal_entity_id", "kind"])
    op.create_index("ix_gas_work_order_number", "gas_work_order", ["legal_entity_id", "number"])
    op.create_index("ix_gas_work_order_order", "gas_work_order", ["legal_entity_id", "id"])
    op.create_index("ix_gas_work_order_slip", "gas_work_order", ["legal_entity_id", "slip"])
    op.create_index("ix_gas_work_order_source_channel", "gas_work_order", ["legal_entity_id", "source_channel"])
    op.create_index("ix_gas_work_order_source_system", "gas_work_order", ["legal_entity_id", "source_system"])
    op.create_index("ix_gas_work_order_state", "gas_work_order", ["legal_entity_id", "state"])
    op.create_table(
        "gas_slip_query",
        sa.Column("legal_entity_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("gas_work_order_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("concerned", sa.Uuid(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source_channel", sa.Text(), nullable=False),
        sa.Column("collected_by", sa.Uuid()),
        sa.Column("collected_at", _MOMENT, nullable=False),
        sa.Column("collected_for", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Text(), nullable=False),
        sa.Column("sealed_business", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["customer_id", "gas_work_order_id"],
            ["gas_work_order.customer_id", "gas_work_order.id"],
            name=op.f("fk_gas_slip_query_gas_work_order"),
        ),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_gas_slip_query_customer")),
        sa.PrimaryKeyConstraint("customer_id", "id", name=op.f("pk_gas_slip_query")),
    )
    op.create_index("ix_gas_slip_query_concerned", "gas_slip_query", ["legal_entity_id", "concerned"])
    op.create_index("ix_gas_slip_query_gas_work_order_id", "gas_slip_query", ["customer_id", "gas_work_order_id"])
    op.create_index("ix_gas_slip_query_source_channel", "gas_slip_query", ["legal_entity_id", "source_channel"])
    op.create_index("ix_gas_slip_query_state", "gas_slip_query", ["legal_entity_id", "state"])
