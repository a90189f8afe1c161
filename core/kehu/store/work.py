"""The unit of work: every write of a customer's row goes through here, with provenance and evidence."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Table, insert, select, update

from kehu.crypto.blind import BlindIndex
from kehu.crypto.canonical import canonical_json
from kehu.crypto.ids import uuid7
from kehu.crypto.pseudonym import Pseudonyms
from kehu.errors import Invalid, NotFound, Problem, Stale
from kehu.evidence import Activity, Actor, Entry, Kind, Operation, Outcome
from kehu.evidence import Purpose as StatedPurpose
from kehu.labels import Label
from kehu.records import Field, Owner, Record
from kehu.store.system import outbox
from kehu.store.tables import CUSTOMER, LEGAL_ENTITY, Tables, blind_column, field_columns, parent_column, sealed_column
from kehu.store.vault import RowKey, Vault
from kehu.vocabulary import MoneyValue
from kehu.vocabulary.base import AnyType, Governed, Storage, opened
from kehu.vocabulary.projections import PROJECTIONS

Values = Mapping[str, Governed[object]]


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

    def new_id(self) -> UUID:
        return uuid7(clock_ms=lambda: int(self.now.timestamp() * 1000), random=self.shared.random)

    def insert(self, name: str, rows: Sequence[NewRow]) -> None:
        """Insert rows of one record in one statement. Raises `Invalid` where a required value is missing."""
        if not rows:
            return
        record, table = self.shared.records[name], self.shared.tables[name]
        complete = [self._complete(record, row) for row in rows]
        keys = [RowKey(self.legal_entity, row.customer, row.id) for row in rows]
        sealed = self.shared.vault.seal_rows(self.conn, record, list(zip(keys, complete, strict=True)), self.now)
        columns = [
            {**self._structural(record, row), **self._clear(record, values), **self._blind(record, values), **blobs}
            for row, values, blobs in zip(rows, complete, sealed, strict=True)
        ]
        self.conn.execute(insert(table), columns)
        if record.name == CUSTOMER:
            self.written.subjects.update(str(column["pseudonym"]) for column in columns)
        else:
            self._touch_subjects({row.customer for row in rows})
        self._note(record, "insert", complete, self.written.after)

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
        _require(record, after)
        after = self._projected(record, after)
        [blobs] = self.shared.vault.seal_rows(
            self.conn, record, [(RowKey(self.legal_entity, customer, row, expected_version + 1), after)], self.now
        )
        columns = {**self._clear(record, after), **self._blind(record, after), **blobs}
        result = self.conn.execute(
            update(table)
            .where(at, table.c.version == expected_version)
            .values(**columns, version=expected_version + 1, changed_at=self.now)
        )
        if result.rowcount != 1:
            raise Stale
        self._touch_subjects({customer})
        self._note(record, "change", [before], self.written.before)
        self._note(record, "change", [after], self.written.after, count=False)
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

    def entry(
        self,
        kind: Kind,
        operation: Operation,
        *,
        purpose: StatedPurpose | None = None,
        salt: str,
        detail: Mapping[str, str | int] | None = None,
    ) -> Entry:
        """The evidence of everything written so far; codes, counts and keyed commitments, never a value."""
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
        self.conn.execute(insert(outbox).values(id=entry.id, entry=entry.canonical, created_at=self.now))

    def _row_is(self, record: Record, table: Table, customer: UUID, row: UUID):  # type: ignore[no-untyped-def]  # reason: SQLAlchemy's boolean expression has no simple name
        own = table.c.legal_entity_id == self.legal_entity
        if record.name == CUSTOMER:
            return own & (table.c.customer_id == customer)
        if record.owner is Owner.ENTITY:
            return own & (table.c.id == row)
        return own & (table.c.customer_id == customer) & (table.c.id == row)

    def _complete(self, record: Record, row: NewRow) -> dict[str, Governed[object]]:
        stated: dict[str, object] = {
            "sourceChannel": self.provenance.channel,
            "collectedBy": self.provenance.collected_by,
            "collectedAt": self.provenance.collected_at,
            "collectedFor": self.provenance.purpose,
            "recordedBy": self.provenance.recorded_by,
        }
        values = dict(row.values)
        for f in record.fields:
            if f.name in values:
                continue
            # Not parsed: ids are ours, and one may look like a telephone number to the check of short texts.
            if record.owner is Owner.CUSTOMER and (given := stated.get(f.name)) is not None:
                values[f.name] = Governed(f.type, given)
            elif f.default is not None:
                values[f.name] = f.type.governed(f.default)
        _require(record, values)
        return self._projected(record, values)

    def _projected(self, record: Record, values: Mapping[str, Governed[object]]) -> dict[str, Governed[object]]:
        found = dict(values)
        for f in record.fields:
            if f.projection is None:
                continue
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
        for f in record.fields:
            if f.sealed:
                continue
            value = opened(values[f.name]) if f.name in values else None
            columns.update(zip(field_columns(f), to_columns(f, value), strict=True))
        return columns

    def _blind(self, record: Record, values: Mapping[str, Governed[object]]) -> dict[str, bytes | None]:
        columns: dict[str, bytes | None] = {}
        for f in record.fields:
            if f.policy.lookup:
                value = values.get(f.name)
                columns[blind_column(f)] = self.token(record, f, value) if value is not None else None
        return columns

    def token(self, record: Record, f: Field, value: Governed[object]) -> bytes:
        """The blind-index token of a value, for this legal entity."""
        return self.shared.blind.token(self.legal_entity, f"{record.name}.{f.name}", f.type.index_form(opened(value)))

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

    def _touch_subjects(self, customers: set[UUID]) -> None:
        table = self.shared.tables[CUSTOMER]
        statement = select(table.c.pseudonym).where(table.c.customer_id.in_(customers))
        self.written.subjects.update(self.conn.execute(statement).scalars())

    def _note(
        self, record: Record, action: str, rows: Sequence[Values], kept: list[bytes], *, count: bool = True
    ) -> None:
        if count:
            name = f"{record.name}.{action}"
            self.written.actions[name] = self.written.actions.get(name, 0) + len(rows)
        for values in rows:
            shown = {
                name: v.type.encode(opened(v))
                for name, v in values.items()
                if not isinstance(opened(v), UUID | datetime)
            }
            kept.append(canonical_json({"record": record.name, "values": _plain(shown)}))
            self.written.level = max([self.written.level, *(int(record.by_name[n].policy.level) for n in values)])


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {k: v if isinstance(v, None | bool | int | str | list | dict) else str(v) for k, v in values.items()}


def _require(record: Record, values: Mapping[str, Governed[object]]) -> None:
    missing = [f for f in record.fields if f.required and f.projection is None and f.name not in values]
    if missing:
        raise Invalid(
            [Problem("REQUIRED", Label(f"请填写{f.label.zh}", f"{f.label.en} is required"), (f.name,)) for f in missing]
        )


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
