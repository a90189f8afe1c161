"""A plugin that a test writes as it goes, and what a database says of its tables."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Engine, inspect

from kehu.app import Declared
from kehu.plugin import Label, Record, ShortText, field, hookimpl
from kehu.store.migrations import Schema


class Shop:
    """A plugin with one record ``ShopCard`` of text fields, whose versions stand in a folder of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.versions = folder / "versions"

    def module(self, *fields: str, name: str = "kehu_shop", record: str = "ShopCard") -> ModuleType:
        """The plugin with these fields; ``!`` at the end makes one required."""

        @hookimpl
        def kehu_records() -> tuple[Record, ...]:
            return (
                Record(
                    name=record,
                    label=Label("会员卡", "Card"),
                    description=Label("门店会员卡", "A shop's card"),
                    accessor=f"{record[0].lower()}{record[1:]}s",
                    cites=("S17.R21",),
                    fields=tuple(
                        field(n.rstrip("!"), ShortText, n, n, cites=("S17.R21",), required=n.endswith("!"))
                        for n in fields
                    ),
                ),
            )

        made = ModuleType(name)
        made.__path__ = [str(self.folder)]
        vars(made)["kehu_records"] = kehu_records
        return made

    def schema(self, *fields: str) -> Schema:
        return Declared.by((self.module(*fields),)).schema

    def version(self, revision: str, before: str | None, *statements: str) -> None:
        """A version written by hand."""
        self.versions.mkdir(exist_ok=True)
        body = "".join(f"    op.execute({statement!r})\n" for statement in statements) or "    pass\n"
        (self.versions / f"{revision}_by_hand.py").write_text(
            f"from alembic import op\nrevision = {revision!r}\ndown_revision = {before!r}\ndef upgrade():\n{body}",
            "utf-8",
        )


def _in_words(index: Any) -> dict[str, object]:
    """The condition of a partial index is an object, equal only to itself."""
    options = {name: str(value) for name, value in index.get("dialect_options", {}).items()}
    return {**index, "dialect_options": options}


def shape(engine: Engine) -> dict[str, object]:
    """Columns with types, nullability and defaults, constraints and indexes of every table."""
    with engine.connect() as conn:
        looked = inspect(conn)
        return {
            table: {
                "columns": [
                    (c["name"], str(c["type"]), c["nullable"], c["default"]) for c in looked.get_columns(table)
                ],
                "primary": looked.get_pk_constraint(table),
                "foreign": sorted(looked.get_foreign_keys(table), key=repr),
                "unique": sorted(looked.get_unique_constraints(table), key=repr),
                "check": sorted(looked.get_check_constraints(table), key=repr),
                "indexes": sorted(map(_in_words, looked.get_indexes(table)), key=repr),
            }
            for table in looked.get_table_names()
        }
