"""How rows of a record are written, worked out once for each record instead of once for each row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kehu.records import Field, Record
from kehu.store.tables import blind_column, field_columns
from kehu.vocabulary.base import Governed


@dataclass(frozen=True, slots=True)
class Layout:
    """``clear`` are fields with their clear columns, ``blind`` those with the column of their token,
    ``defaults`` what
    a field has where nothing was given."""

    clear: tuple[tuple[Field, tuple[str, ...]], ...]
    blind: tuple[tuple[Field, str], ...]
    searchable: tuple[Field, ...]
    required: tuple[Field, ...]
    projected: tuple[Field, ...]
    defaults: Mapping[str, Governed[object]]

    @classmethod
    def of(cls, record: Record) -> Layout:
        return cls(
            clear=tuple((f, field_columns(f)) for f in record.fields if not f.sealed),
            blind=tuple((f, blind_column(f)) for f in record.fields if f.policy.lookup),
            searchable=tuple(f for f in record.fields if f.searchable),
            required=tuple(f for f in record.fields if f.required and f.projection is None),
            projected=tuple(f for f in record.fields if f.projection is not None),
            defaults={f.name: f.type.governed(f.default) for f in record.fields if f.default is not None},
        )
