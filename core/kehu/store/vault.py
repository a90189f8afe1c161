"""The vault: data keys of customers and the one function that seals rows, and the one that opens pages.

Nothing else in Kehu turns clear attributes into bytes or back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from kehu.crypto.datakeys import DataKey, KeyCache, KeyScope, unwrap, wrap
from kehu.crypto.keyring import KeyRing
from kehu.crypto.sealed import Binding, key_id_of, open_row, place_of, row_key, seal
from kehu.enforcement import enforces
from kehu.errors import IntegrityError
from kehu.records import Record
from kehu.store.bulk import insert_many
from kehu.store.system import data_key
from kehu.vocabulary.base import Governed, Json, opened

_IN_LIMIT = 5_000


@dataclass(frozen=True, slots=True)
class RowKey:
    """Where a row stands: part of the binding of its blobs. ``subject`` is the customer (or the row itself),
    ``version`` the row's."""

    legal_entity: UUID
    subject: UUID
    row: UUID
    version: int = 1


@dataclass(slots=True)
class KeptKeys:
    """Data keys that one transaction has read or made. Those of ``subjects`` are all here, none is asked for again."""

    keys: dict[KeyScope, DataKey] = field(default_factory=dict)
    subjects: set[UUID] = field(default_factory=set)


class Vault:
    """Seals and opens rows. One per process; safe for threads; keeps opened keys, bounded."""

    def __init__(
        self, ring: KeyRing, *, random: Callable[[int], bytes] = os.urandom, cache: KeyCache | None = None
    ) -> None:
        self._ring = ring
        self._random = random
        self._cache = cache or KeyCache()

    @enforces("S5.R09")
    def seal_rows(
        self,
        conn: Connection,
        record: Record,
        rows: Sequence[tuple[RowKey, Mapping[str, Governed[object]]]],
        now: datetime,
        kept: KeptKeys | None = None,
    ) -> list[dict[str, bytes | None]]:
        """For each row its ``sealed_<class>`` columns; a class with no value is None. Creates missing data keys.

        ``kept`` remembers keys for the further calls of one transaction.
        """
        kept = kept or KeptKeys()
        columns: list[dict[str, bytes | None]] = [{} for _ in rows]
        for retention in record.retention_classes:
            fields = tuple(record.sealed_fields(retention))
            # A blob even where there is no value: which fields are filled in must not show, not even in the keys read.
            scopes = [KeyScope(key.legal_entity, key.subject, retention) for key, _ in rows]
            keys = self._keys_to_write(conn, set(scopes), now, kept)
            sealed = f"sealed_{retention}"
            for (key, row), scope, column in zip(rows, scopes, columns, strict=True):
                values = {f.name: f.type.encode(opened(row[f.name])) for f in fields if f.name in row}
                binding = Binding(key.legal_entity, record.table, key.subject, key.row, retention, key.version)
                column[sealed] = seal(values, key=keys[scope], binding=binding, random=self._random)
        return columns

    def seal_plain(
        self,
        conn: Connection,
        table: str,
        retention: str,
        rows: Sequence[tuple[RowKey, Mapping[str, object]]],
        now: datetime,
    ) -> list[bytes]:
        """Seal JSON values that belong to no record (rows of an import kept for correction), one blob for each."""
        scopes = {KeyScope(k.legal_entity, k.subject, retention) for k, _ in rows}
        keys = self._keys_to_write(conn, scopes, now, KeptKeys())
        blobs: list[bytes] = []
        for key, values in rows:
            binding = Binding(key.legal_entity, table, key.subject, key.row, retention, key.version)
            scope = KeyScope(key.legal_entity, key.subject, retention)
            blobs.append(seal(values, key=keys[scope], binding=binding, random=self._random))
        return blobs

    def open_plain(self, conn: Connection, table: str, retention: str, key: RowKey, blob: bytes) -> dict[str, object]:
        """Open what `seal_plain` sealed. Raises `IntegrityError`."""
        keys = self._keys_to_read(conn, {key_id_of(blob): (key, retention)})
        place = place_of(key.legal_entity, table, retention)
        return open_row(blob, keys[key_id_of(blob)], place, row_key(key.subject, key.row, key.version))

    def destroy(self, conn: Connection, subject: UUID, retention: str) -> None:
        """Destroy the data key of a subject's class: what it sealed opens no more, in backups neither."""
        mine = (data_key.c.subject_id == subject, data_key.c.retention == retention)
        for key_id in conn.execute(select(data_key.c.key_id).where(*mine)).scalars():
            self._cache.forget(bytes(key_id))
        conn.execute(delete(data_key).where(*mine))

    def open_page(
        self, conn: Connection, record: Record, retention: str, rows: Iterable[tuple[RowKey, bytes | None]]
    ) -> list[dict[str, Json] | None]:
        """The sealed attributes (as JSON) of a page, in its order; None where nothing was sealed.

        At most one statement, for data keys that aren't in the cache. Raises `IntegrityError`.
        """
        page = list(rows)
        keys = self._keys_to_read(conn, {key_id_of(blob): (k, retention) for k, blob in page if blob is not None})
        found: list[dict[str, Json] | None] = []
        for k, blob in page:
            if blob is None:
                found.append(None)
                continue
            key = keys[blob[2:18]]
            place = place_of(k.legal_entity, record.table, retention)
            found.append(open_row(blob, key, place, row_key(k.subject, k.row, k.version)))  # type: ignore[arg-type]  # reason: sealed values are JSON by construction
        return found

    def _keys_to_read(self, conn: Connection, wanted: Mapping[bytes, tuple[RowKey, str]]) -> dict[bytes, DataKey]:
        keys = self._cache.get_many(wanted)
        missing = [key_id for key_id in wanted if key_id not in keys]
        for start in range(0, len(missing), _IN_LIMIT):
            part = missing[start : start + _IN_LIMIT]
            for row in conn.execute(select(data_key).where(data_key.c.key_id.in_(part))):
                scope = KeyScope(row.legal_entity_id, row.subject_id, row.retention)
                key = unwrap(row.wrapped, self._ring, key_id=row.key_id, scope=scope)
                self._cache.put(key)
                keys[row.key_id] = key
        for key_id, (where, retention) in wanted.items():
            own = keys.get(key_id)
            if own is None:
                raise IntegrityError("the data key of a sealed value isn't there")
            if own.scope != KeyScope(where.legal_entity, where.subject, retention):
                raise IntegrityError("a sealed value names the data key of another customer or retention class")
        return keys

    def _keys_to_write(
        self, conn: Connection, scopes: set[KeyScope], now: datetime, kept: KeptKeys
    ) -> dict[KeyScope, DataKey]:
        keys = kept.keys
        self._read_stored(conn, {scope.subject for scope in scopes} - kept.subjects, kept)
        missing = sorted(scopes - set(keys), key=_order)
        if not missing:
            return keys
        made = [DataKey.generate(scope, self._random) for scope in missing]
        rows = [
            {
                "legal_entity_id": key.scope.legal_entity,
                "subject_id": key.scope.subject,
                "retention": key.scope.retention,
                "key_id": key.id,
                "wrapped": wrap(key, self._ring, self._random),
                "created_at": now,
            }
            for key in made
        ]
        dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
        if insert_many(conn, dialect.insert(data_key).on_conflict_do_nothing(), rows) == len(rows):
            keys.update((key.scope, key) for key in made)
        else:
            # Another transaction has made the same customer's key meanwhile: the stored one counts.
            self._read_stored(conn, {scope.subject for scope in missing}, kept)
        return keys

    def _read_stored(self, conn: Connection, subjects: set[UUID], kept: KeptKeys) -> None:
        """Every data key of these subjects."""
        kept.subjects |= subjects
        ordered = sorted(subjects)
        columns = (data_key.c.legal_entity_id, data_key.c.subject_id, data_key.c.retention)
        for start in range(0, len(ordered), _IN_LIMIT):
            part = ordered[start : start + _IN_LIMIT]
            asked = select(*columns, data_key.c.key_id, data_key.c.wrapped).where(data_key.c.subject_id.in_(part))
            for legal_entity, subject, retention, key_id, wrapped in conn.execute(asked):
                scope = KeyScope(legal_entity, subject, retention)
                cached = self._cache.get(key_id)
                kept.keys[scope] = cached or unwrap(wrapped, self._ring, key_id=key_id, scope=scope)


def _order(scope: KeyScope) -> tuple[bytes, str]:
    return (scope.subject.bytes, scope.retention)
