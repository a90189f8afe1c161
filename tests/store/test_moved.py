"""A sealed blob opens in the one place where it was written, through the real tables and the real way in."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import bindparam, select, update

from kehu.crypto import KeyCache, KeyRing
from kehu.errors import IntegrityError
from kehu.store.system import data_key
from kehu.store.vault import RowKey, Vault

from .conftest import Stored


def read(stored: Stored, name: str) -> None:
    """Open every row of a record, with no key in the cache."""
    installation = stored.world.installation
    record, table = installation.registry.records[name], installation.tables[name]
    vault = Vault(installation.ring, cache=KeyCache())
    with installation.engines.read.connect() as conn:
        rows = conn.execute(select(table)).mappings().all()
        for retention in record.retention_classes:
            page = [
                (
                    RowKey(
                        row["legal_entity_id"], row["customer_id"], row.get("id", row["customer_id"]), row["version"]
                    ),
                    row[f"sealed_{retention}"],
                )
                for row in rows
            ]
            vault.open_page(conn, record, retention, page)


def write(stored: Stored, name: str, column: str, blobs: dict[object, object]) -> None:
    table = stored.world.installation.tables[name]
    statement = update(table).where(table.c.customer_id == bindparam("who")).values({column: bindparam("blob")})
    with stored.world.installation.engines.write.begin() as conn:
        conn.execute(statement, [{"who": who, "blob": blob} for who, blob in blobs.items()])


def blob(stored: Stored, name: str, column: str, which: int) -> bytes:
    table = stored.world.installation.tables[name]
    with stored.world.installation.engines.read.connect() as conn:
        found = conn.execute(select(table.c[column]).where(table.c.customer_id == stored.customers[which])).scalar_one()
    return bytes(found)


def test_everything_opens_where_it_was_written(stored: Stored) -> None:
    read(stored, "Customer")
    read(stored, "ContactPoint")


@pytest.mark.parametrize(("to", "from_"), [
    (("Customer", "sealed_identity", 0), ("Customer", "sealed_identity", 1)),
    (("Customer", "sealed_identity", 0), ("Customer", "sealed_business", 0)),
    (("Customer", "sealed_identity", 0), ("ContactPoint", "sealed_identity", 0)),
    (("ContactPoint", "sealed_identity", 1), ("ContactPoint", "sealed_identity", 0)),
], ids=["another customer", "another class", "another table", "another row"])  # fmt: skip
def test_a_moved_blob_does_not_open(stored: Stored, to: tuple[str, str, int], from_: tuple[str, str, int]) -> None:
    write(stored, to[0], to[1], {stored.customers[to[2]]: blob(stored, *from_)})
    with pytest.raises(IntegrityError):
        read(stored, to[0])


def test_a_blob_of_an_earlier_version_of_the_row_does_not_open(stored: Stored) -> None:
    earlier = blob(stored, "Customer", "sealed_identity", 0)
    table = stored.world.installation.tables["Customer"]
    with stored.world.installation.engines.write.begin() as conn:
        conn.execute(update(table).values(version=2))
    write(stored, "Customer", "sealed_identity", {stored.customers[0]: earlier})
    with pytest.raises(IntegrityError):
        read(stored, "Customer")


def test_a_row_moved_to_another_legal_entity_does_not_open(stored: Stored) -> None:
    table = stored.world.installation.tables["Customer"]
    with stored.world.installation.engines.write.begin() as conn:
        conn.execute(update(table).values(legal_entity_id=uuid4()))
    with pytest.raises(IntegrityError):
        read(stored, "Customer")


def test_a_data_key_given_to_another_customer_does_not_open(stored: Stored) -> None:
    first, second = stored.customers
    with stored.world.installation.engines.write.begin() as conn:
        wrapped = {
            row.subject_id: row.wrapped
            for row in conn.execute(select(data_key).where(data_key.c.retention == "identity"))
        }
        conn.execute(
            update(data_key).where(data_key.c.subject_id == first, data_key.c.retention == "identity"),
            {"wrapped": wrapped[second]},
        )
    with pytest.raises(IntegrityError):
        read(stored, "Customer")


def test_another_key_ring_opens_nothing(stored: Stored) -> None:
    installation = stored.world.installation
    record, table = installation.registry.records["Customer"], installation.tables["Customer"]
    vault = Vault(KeyRing.generate())
    with installation.engines.read.connect() as conn:
        row = conn.execute(select(table).limit(1)).mappings().one()
        key = RowKey(row["legal_entity_id"], row["customer_id"], row["customer_id"], row["version"])
        with pytest.raises(IntegrityError):
            vault.open_page(conn, record, "identity", [(key, row["sealed_identity"])])
