"""The unit of work: every write of a customer's row goes through here, with provenance and evidence."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import repeat
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, delete, insert, select, update

from kehu.crypto.blind import BlindIndex
from kehu.crypto.canonical import canonical_json
from kehu.crypto.ids import uuid7
from kehu.crypto.pseudonym import Pseudonyms
from kehu.errors import Invalid, NotFound, Problem, Stale
from kehu.evidence import Activity, Actor, Entry, Kind, Operation, Outcome
from kehu.evidence import Purpose as StatedPurpose
from kehu.labels import Label
from kehu.records import Field, Owner, Record
from kehu.store.bulk import insert_many
from kehu.store.layout import Layout
from kehu.store.searching import search_tokens
from kehu.store.system import outbox, search_token
from kehu.store.tables import CUSTOMER, LEGAL_ENTITY, Tables, field_columns, parent_column, sealed_column
from kehu.store.vault import KeptKeys, RowKey, Vault
from kehu.vocabulary import MoneyValue
from kehu.vocabulary.base import AnyType, Governed, Storage, opened
from kehu.vocabulary.projections import PROJECTIONS

Values = Mapping[str, Governed[object]]
_NOT_NOTED, _JSON = (UUID, datetime), (type(None), bool, int, str, list, dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the facts of one write come from (S7.R08): channel, who collected, when, what for, which client."""

    channel: str
    collected_by: UUID | None
    collected_at: datetime
    purpose: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class NewRow:
    """One row to insert. ``parent`` is the row above, where that is not the customer."""

    customer: UUID
    id: UUID
    values: Values
    parent: UUID | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """A row as it stands, opened. ``parent`` is the row above, where that is not the customer."""

    customer: UUID
    id: UUID
    version: int
    parent: UUID | None
    values: dict[str, Governed[Any]]


@dataclass
class Written:
    """What a unit of work did so far, for its evidence entry."""

    subjects: set[str] = field(default_factory=set)
    actions: dict[str, int] = field(default_factory=dict)
    after: list[bytes] = field(default_factory=list)
    before: list[bytes] = field(default_factory=list)
    level: int = 1


@dataclass(frozen=True, slots=True)
class Writing:
    """What all units of work of one installation share."""

    records: Mapping[str, Record]
    tables: Tables
    vault: Vault
    blind: BlindIndex
    pseudonyms: Pseudonyms
    policy: str
    now: Callable[[], datetime]
    random: Callable[[int], bytes] = os.urandom
    layouts: dict[str, Layout] = field(default_factory=dict)
    """By record, worked out when it is first written."""


class UnitOfWork:
    """One transaction's writes for one legal entity. Rows are sealed, indexed and put on record together."""

    def __init__(
        self, shared: Writing, conn: Connection, legal_entity: UUID, actor: Actor, provenance: Provenance
    ) -> None:
        self.shared = shared
        self.conn = conn
        self.legal_entity = legal_entity
        self.actor = actor
        self.provenance = provenance
        self.now = shared.now()
        self.written = Written()
        self._last_id = UUID(int=0)
        self._history: dict[str, list[NewRow]] = {}
        self._clock = repeat(int(self.now.timestamp() * 1000)).__next__
        self._keys = KeptKeys()
        self._touched: set[UUID] = set()

    def new_id(self) -> UUID:
        """A new id, greater than the ones before: rows keep the order in which they were written (RFC 9562, 6.2)."""
        made = uuid7(clock_ms=self._clock, random=self.shared.random)
        if made <= self._last_id:
            made = UUID(int=self._last_id.int + 1 + int.from_bytes(self.shared.random(4)))
        self._last_id = made
        return made

    def insert(self, name: str, rows: Sequence[NewRow]) -> None:
        """Insert rows of one record in one statement. Raises `Invalid` where a required value is missing."""
        if not rows:
            return
        record, table = self.shared.records[name], self.shared.tables[name]
        given = self._given(record)
        complete = [self._complete(record, row, given) for row in rows]
        keys = [RowKey(self.legal_entity, row.customer, row.id) for row in rows]
        page = list(zip(keys, complete, strict=True))
        sealed = self.shared.vault.seal_rows(self.conn, record, page, self.now, self._keys)
        columns = [
            {**self._structural(record, row), **self._clear(record, values), **self._blind(record, values), **blobs}
            for row, values, blobs in zip(rows, complete, sealed, strict=True)
        ]
        insert_many(self.conn, insert(table), columns)
        self._make_searchable(record, [(row.customer, values) for row, values in zip(rows, complete, strict=True)])
        if record.name == CUSTOMER:
            self.written.subjects.update(str(column["pseudonym"]) for column in columns)
            self._touched.update(row.customer for row in rows)
        else:
            self.touch({row.customer for row in rows})
        self.note(record, "insert", complete, self.written.after)

    def change(
        self,
        name: str,
        customer: UUID,
        row: UUID,
        expected_version: int,
        changes: Mapping[str, Governed[object] | None],
    ) -> int:
        """Change one row; gives its new version. Raises `NotFound`, `Stale`, or `Invalid` for append-only records."""
        record, table = self.shared.records[name], self.shared.tables[name]
        if record.append_only:
            raise Invalid(
                [
                    Problem(
                        "APPEND_ONLY", Label("只能追加更正,不能修改", "Correct it by a later row; it can't be changed")
                    )
                ]
            )
        at = self._row_is(record, table, customer, row)
        found = self.conn.execute(select(table).where(at).with_for_update()).mappings().one_or_none()
        if found is None:
            raise NotFound
        if found["version"] != expected_version:
            raise Stale
        before = self._current(record, RowKey(self.legal_entity, customer, row, expected_version), dict(found))
        after = {name: value for name, value in {**before, **changes}.items() if value is not None}
        self._require(record, after)
        after = self._projected(record, after)
        key = RowKey(self.legal_entity, customer, row, expected_version + 1)
        [blobs] = self.shared.vault.seal_rows(self.conn, record, [(key, after)], self.now, self._keys)
        columns = {**self._clear(record, after), **self._blind(record, after), **blobs}
        result = self.conn.execute(
            update(table)
            .where(at, table.c.version == expected_version)
            .values(**columns, version=expected_version + 1, changed_at=self.now)
        )
        if result.rowcount != 1:
            raise Stale
        if any(before.get(f.name) != after.get(f.name) for f in self._layout(record).searchable):
            self.conn.execute(delete(search_token).where(search_token.c.customer_id == customer))
            self._make_searchable(record, [(customer, after)])
        self.touch({customer})
        self._remember(record, customer, before, after)
        self.note(record, "change", [before], self.written.before)
        self.note(record, "change", [after], self.written.after, count=False)
        return expected_version + 1

    def read(self, name: str, customer: UUID, row: UUID) -> tuple[int, dict[str, Governed[object]]]:
        """Version and opened values of one row of this legal entity, for a decision. Raises `NotFound`."""
        record, table = self.shared.records[name], self.shared.tables[name]
        found = (
            self.conn.execute(select(table).where(self._row_is(record, table, customer, row))).mappings().one_or_none()
        )
        if found is None:
            raise NotFound
        key = RowKey(self.legal_entity, customer, row, found["version"])
        return found["version"], self._current(record, key, dict(found))

    def read_all(self, name: str, customers: Collection[UUID]) -> list[Present]:
        """Every row of one record of these customers of this legal entity, opened; one statement but for keys."""
        record, table = self.shared.records[name], self.shared.tables[name]
        mine = table.c.legal_entity_id == self.legal_entity, table.c.customer_id.in_(customers)
        rows = self.conn.execute(select(table).where(*mine)).mappings().all()
        ids = [row["customer_id" if record.name == CUSTOMER else "id"] for row in rows]
        keys = [
            RowKey(self.legal_entity, row["customer_id"], one, row["version"])
            for row, one in zip(rows, ids, strict=True)
        ]
        above = None if record.parent in (None, CUSTOMER) else parent_column(self.shared.records[str(record.parent)])
        values = self._opened(record, [(key, dict(row)) for key, row in zip(keys, rows, strict=True)])
        return [
            Present(row["customer_id"], one, row["version"], row[above] if above else None, opened_row)
            for row, one, opened_row in zip(rows, ids, values, strict=True)
        ]

    def touch(self, customers: set[UUID]) -> None:
        """The evidence entry will name these customers."""
        if not (customers := customers - self._touched):
            return
        self._touched |= customers
        table = self.shared.tables[CUSTOMER]
        statement = select(table.c.pseudonym).where(table.c.customer_id.in_(customers))
        self.written.subjects.update(self.conn.execute(statement).scalars())

    def entry(
        self,
        kind: Kind,
        operation: Operation,
        *,
        purpose: StatedPurpose | None = None,
        salt: str,
        detail: Mapping[str, str | int] | None = None,
    ) -> Entry:
        """The evidence of everything written so far; codes, counts and keyed commitments, never a value.

        Rows of histories are written here, all in one statement, so that it is the evidence of them too.
        """
        for name, kept in self._history.items():
            self.insert(name, kept)
        self._history.clear()
        done = self.written
        digest = self.shared.pseudonyms.digest
        facts: dict[str, str | int] = {
            **{k.replace(":", "."): n for k, n in sorted(done.actions.items())},
            **(detail or {}),
        }
        if done.before:
            facts["before"] = digest("before", salt, b"\n".join(done.before))
        if done.after:
            facts["after"] = digest("after", salt, b"\n".join(done.after))
        return Entry(
            kind=kind,
            activity=Activity.COLLECT if any(a.endswith("insert") for a in done.actions) else Activity.PROCESS,
            actor=self.actor,
            operation=operation,
            policy=self.shared.policy,
            level=done.level,
            purpose=purpose or StatedPurpose(self.provenance.purpose, None),
            subjects=tuple(sorted(done.subjects)),
            outcome=Outcome.OK,
            detail=facts,
            at=self.now,
            id=self.new_id(),
            salt=salt,
        )

    def put_on_record(self, entry: Entry) -> None:
        """Stand the entry in this transaction's outbox: it is moved to the log after commit, within a second."""
        if self._history:
            raise RuntimeError("changed after its evidence was made")
        self.conn.execute(insert(outbox).values(id=entry.id, entry=entry.canonical, created_at=self.now))

    def _row_is(self, record: Record, table: Table, customer: UUID, row: UUID):  # type: ignore[no-untyped-def]  # reason: SQLAlchemy's boolean expression has no simple name
        own = table.c.legal_entity_id == self.legal_entity
        if record.name == CUSTOMER:
            return own & (table.c.customer_id == customer)
        if record.owner is Owner.ENTITY:
            return own & (table.c.id == row)
        return own & (table.c.customer_id == customer) & (table.c.id == row)

    def _given(self, record: Record) -> dict[str, Governed[object]]:
        """What a new row has where it says nothing: defaults, and the provenance of this write."""
        stated: dict[str, object] = {
            "sourceChannel": self.provenance.channel,
            "collectedBy": self.provenance.collected_by,
            "collectedAt": self.provenance.collected_at,
            "collectedFor": self.provenance.purpose,
            "recordedBy": self.provenance.recorded_by,
        }
        values = dict(self._layout(record).defaults)
        for name, given in stated.items() if record.owner is Owner.CUSTOMER else ():
            # Not parsed: ids are ours, and one may look like a telephone number to the check of short texts.
            if given is not None and name in record.by_name:
                values[name] = Governed(record.by_name[name].type, given)
        return values

    def _complete(
        self, record: Record, row: NewRow, given: Mapping[str, Governed[object]]
    ) -> dict[str, Governed[object]]:
        values = {**given, **row.values}
        self._require(record, values)
        return self._projected(record, values)

    def _layout(self, record: Record) -> Layout:
        layouts = self.shared.layouts
        if record.name not in layouts:
            layouts[record.name] = Layout.of(record)
        return layouts[record.name]

    def _require(self, record: Record, values: Mapping[str, Governed[object]]) -> None:
        missing = [f for f in self._layout(record).required if f.name not in values]
        if missing:
            raise Invalid(
                [
                    Problem("REQUIRED", Label(f"请填写{f.label.zh}", f"{f.label.en} is required"), (f.name,))
                    for f in missing
                ]
            )

    def _projected(self, record: Record, values: Mapping[str, Governed[object]]) -> dict[str, Governed[object]]:
        found = dict(values)
        for f in self._layout(record).projected:
            assert f.projection is not None
            source = values.get(f.projection.source)
            made = PROJECTIONS[f.projection.compute](opened(source)) if source is not None else None
            if made is None:
                found.pop(f.name, None)
            else:
                found[f.name] = f.type.governed(made)
        return found

    def _structural(self, record: Record, row: NewRow) -> dict[str, object]:
        columns: dict[str, object] = {"version": 1, "created_at": self.now, "changed_at": self.now}
        if record.name != LEGAL_ENTITY:
            columns["legal_entity_id"] = self.legal_entity
        if record.owner is Owner.CUSTOMER:
            columns["customer_id"] = row.customer
        if record.name == CUSTOMER:
            columns["pseudonym"] = self.shared.random(16).hex()
        else:
            columns["id"] = row.id
        if record.parent not in (None, CUSTOMER):
            columns[parent_column(self.shared.records[str(record.parent)])] = row.parent
        return columns

    def _clear(self, record: Record, values: Mapping[str, Governed[object]]) -> dict[str, object]:
        columns: dict[str, object] = {}
        for f, names in self._layout(record).clear:
            value = opened(values[f.name]) if f.name in values else None
            if len(names) == 1 and f.type.storage is not Storage.JSON:
                columns[names[0]] = value
            else:
                columns.update(zip(names, to_columns(f, value), strict=True))
        return columns

    def _blind(self, record: Record, values: Mapping[str, Governed[object]]) -> dict[str, bytes | None]:
        columns: dict[str, bytes | None] = {}
        for f, column in self._layout(record).blind:
            value = values.get(f.name)
            columns[column] = self.token(record, f, value) if value is not None else None
        return columns

    def token(self, record: Record, f: Field, value: Governed[object]) -> bytes:
        """The blind-index token of a value, for this legal entity."""
        return self.shared.blind.token(self.legal_entity, f"{record.name}.{f.name}", f.type.index_form(opened(value)))

    def _make_searchable(self, record: Record, rows: Sequence[tuple[UUID, Values]]) -> None:
        """Write the search tokens of customers' names, all in one statement."""
        if not (fields := self._layout(record).searchable):
            return
        entity, blind = self.legal_entity, self.shared.blind
        tokens = [
            {"legal_entity_id": entity, "customer_id": customer, "token": token}
            for customer, values in rows
            for f in fields
            if f.name in values
            for token in search_tokens(blind, entity, record, f, opened(values[f.name]))
        ]
        insert_many(self.conn, insert(search_token), tokens)

    def _remember(self, record: Record, customer: UUID, before: Values, after: Values) -> None:
        """Keep old and new of each sealed value that changed, where the record has a history (S9.R20)."""
        if record.history is None:
            return
        kept = self.shared.records[record.history]
        for f in record.fields:
            old, new = before.get(f.name), after.get(f.name)
            if not f.sealed or old == new:
                continue
            said = {"kind": record.change_code(f), "occurredAt": self.now}
            said |= {name: f.type.index_form(opened(one)) for name, one in (("before", old), ("after", new)) if one}
            values = {name: Governed(kept.by_name[name].type, value) for name, value in said.items()}
            self._history.setdefault(kept.name, []).append(NewRow(customer, self.new_id(), values))

    def _current(self, record: Record, key: RowKey, found: Mapping[str, Any]) -> dict[str, Governed[object]]:
        [values] = self._opened(record, [(key, found)])
        return values

    def _opened(
        self, record: Record, rows: Sequence[tuple[RowKey, Mapping[str, Any]]]
    ) -> list[dict[str, Governed[object]]]:
        page: list[dict[str, Governed[object]]] = [{} for _ in rows]
        for retention in record.retention_classes:
            blobs = [(key, row[sealed_column(retention)]) for key, row in rows]
            attributes = self.shared.vault.open_page(self.conn, record, retention, blobs)
            for values, sealed in zip(page, attributes, strict=True):
                for name, value in (sealed or {}).items():
                    type_: AnyType = record.by_name[name].type
                    values[name] = Governed(type_, type_.decode(value))
        for f in record.fields:
            if f.sealed:
                continue
            for values, (_, row) in zip(page, rows, strict=True):
                if (clear := from_columns(f, [row[c] for c in field_columns(f)])) is not None:
                    values[f.name] = Governed(f.type, clear)
        return page

    def note(
        self, record: Record, action: str, rows: Sequence[Values], kept: list[bytes], *, count: bool = True
    ) -> None:
        """Let the evidence entry say that values of this record were written: how many rows, their commitment and
        level. ``kept`` is `Written.before` or `Written.after`."""
        if count:
            name = f"{record.name}.{action}"
            self.written.actions[name] = self.written.actions.get(name, 0) + len(rows)
        names: set[str] = set()
        for values in rows:
            names.update(values)
            kept.append(canonical_json({"record": record.name, "values": _plain(values)}))
        self.written.level = max([self.written.level, *(int(record.by_name[name].policy.level) for name in names)])


def _plain(values: Values) -> dict[str, object]:
    """The values as JSON, without ids and moments."""
    found: dict[str, object] = {}
    for name, governed in values.items():
        value = opened(governed)
        if not isinstance(value, _NOT_NOTED):
            shown = governed.type.encode(value)
            found[name] = shown if isinstance(shown, _JSON) else str(shown)
    return found


def to_columns(f: Field, value: object) -> tuple[object, ...]:
    """The clear columns of a value."""
    if f.type.storage is Storage.MONEY:
        if value is None:
            return (None, None)
        assert isinstance(value, MoneyValue)
        return (value.minor, value.currency)
    if value is not None and f.type.storage in (Storage.JSON,):
        raise TypeError(f"{f.name}: composites are sealed")
    return (value,)


def from_columns(f: Field, columns: Sequence[object]) -> object:
    """The clear value of columns; None where there is none."""
    if f.type.storage is Storage.MONEY:
        minor, currency = columns
        return None if minor is None else MoneyValue(int(str(minor)), str(currency))
    return columns[0]
