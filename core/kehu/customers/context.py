"""What every act shares: who asks for it, the installation it works on, and the frame of one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from uuid import UUID

import orjson
from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from kehu.access.principal import Principal
from kehu.access.rows import in_scope
from kehu.crypto import uuid7
from kehu.customers.pairs import note_duplicates
from kehu.errors import Conflict, Invalid, NotFound, Problem
from kehu.evidence import Actor, Kind, Operation, new_salt
from kehu.grading.days import local_day, zone_of
from kehu.grading.run import grade
from kehu.labels import Label
from kehu.registry import Registry
from kehu.store.engine import Engines
from kehu.store.system import idempotency
from kehu.store.tables import CUSTOMER
from kehu.store.work import Provenance, UnitOfWork, Writing

KEY_LENGTH = 100
DEFAULT_CHANNEL = "STAFF_ACTIVITY"
DEFAULT_PURPOSE = "SERVICE"


_REUSED = Label("此幂等键已用于另一请求,请换一个", "This idempotency key was used for another request; take a new one")
_MUTATION = Operation("mutation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One mutation as its caller sent it. ``purpose`` is a purpose code, ``channel`` one of ``source.channel``."""

    principal: Principal
    idempotency_key: str = field(repr=False)
    operation: Operation = _MUTATION
    purpose: str = DEFAULT_PURPOSE
    channel: str = DEFAULT_CHANNEL
    collected_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an act did: ids and a version, never a value. ``replayed``: an earlier call with this key did it.

    ``id`` is the row's; for a customer it is the customer's. Row scope was checked: read the row back with
    the caller's own rights.
    """

    record: str
    customer: UUID
    id: UUID
    version: int
    replayed: bool = False

    def stored(self) -> str:
        parts = {"record": self.record, "customer": str(self.customer), "id": str(self.id), "version": self.version}
        return json.dumps(parts)

    @classmethod
    def again(cls, text: str) -> Outcome:
        parts = json.loads(text)
        customer, row = UUID(parts["customer"]), UUID(parts["id"])
        return cls(record=parts["record"], customer=customer, id=row, version=parts["version"], replayed=True)


@dataclass(frozen=True)
class Context:
    """What acts need of an installation. ``nudge`` tells the outbox mover that something was committed."""

    registry: Registry
    writing: Writing
    engines: Engines
    nudge: Callable[[], None]
    misses_per_day: int

    def run(
        self, request: Request, name: str, arguments: Mapping[str, object], act: Callable[[UnitOfWork], Outcome]
    ) -> Outcome:
        """One act in one transaction: once per idempotency key, graded, put on record.

        Raises `Invalid` (KEY_INVALID), `Conflict` (IDEMPOTENCY_REUSED) and what ``act`` raises; then nothing
        is written and the key is free.
        """

        def done(work: UnitOfWork) -> str:
            outcome = act(work)
            self.settle(work, {outcome.customer})
            return outcome.stored()

        stored, replayed = self.once(request, name, arguments, done)
        return replace(Outcome.again(stored), replayed=replayed)

    def once(
        self, request: Request, name: str, arguments: Mapping[str, object], act: Callable[[UnitOfWork], str]
    ) -> tuple[str, bool]:
        """One act in one transaction, once per idempotency key, put on record. ``act`` gives its outcome as text, ids
        and counts only; the second value says whether an earlier call with this key did it.

        Raises as `run`.
        """
        _check_key(request.idempotency_key)
        with self.engines.write.begin() as conn:
            earlier = self._claim(conn, request, self._digest(request, name, arguments))
            if earlier is not None:
                return earlier, True
            work = self.unit_of_work(conn, request)
            outcome = act(work)
            entry = work.entry(Kind.WRITE, request.operation, salt=new_salt(self.writing.random), detail={"act": name})
            work.put_on_record(entry)
            key = (idempotency.c.client == request.principal.client, idempotency.c.key == request.idempotency_key)
            conn.execute(update(idempotency).where(*key).values(outcome=outcome))
        self.nudge()
        return outcome, False

    def bind_key(self, request: Request, name: str, arguments: Mapping[str, object]) -> None:
        """For an act of several transactions that can be repeated: its key stands for these arguments alone.

        Raises `Invalid` (KEY_INVALID), `Conflict` (IDEMPOTENCY_REUSED).
        """
        _check_key(request.idempotency_key)
        with self.engines.write.begin() as conn:
            self._claim(conn, request, self._digest(request, name, arguments))

    def unit_of_work(self, conn: Connection, request: Request) -> UnitOfWork:
        who = request.principal
        actor = Actor(who.client, who.subject, str(who.legal_entity), str(who.unit))
        stated = Provenance(
            channel=request.channel,
            collected_by=who.staff,
            collected_at=request.collected_at or self.writing.now(),
            purpose=request.purpose,
            recorded_by=who.client,
        )
        return UnitOfWork(self.writing, conn, who.legal_entity, actor, stated)

    def settle(self, work: UnitOfWork, customers: set[UUID]) -> None:
        """What follows from a write, in its transaction: grades, and cases of possible duplicates."""
        self.grade(work, customers)
        note_duplicates(work, self.registry.match_rules.values(), customers)

    def grade(self, work: UnitOfWork, customers: set[UUID]) -> None:
        """Grades stand in the transaction that changed their facts (S17.R18); what a grading doesn't read leaves its
        grades alone."""
        touched = {action.partition(".")[0] for action in work.written.actions}
        tables = self.writing.tables.by_record
        day = local_day(zone_of(work.conn, tables, work.legal_entity), work.now)
        new_id = self.run_ids(work)
        for grading in self.registry.current_gradings:
            if CUSTOMER in touched or grading.records & touched:
                grade(
                    work.conn,
                    tables,
                    grading,
                    legal_entity=work.legal_entity,
                    customers=customers,
                    now=work.now,
                    day=day,
                    new_id=new_id,
                )

    def run_ids(self, work: UnitOfWork) -> Callable[[], UUID]:
        """Ids of grading runs, whose leading bits are their own; ids of a unit of work share them in a millisecond."""
        return partial(uuid7, clock_ms=lambda: int(work.now.timestamp() * 1000), random=self.writing.random)

    def require_customer(self, conn: Connection, principal: Principal, customer: UUID) -> None:
        """Raises `NotFound` for a customer that is absent or outside the principal's units, both alike."""
        table = self.writing.tables[CUSTOMER]
        scope = in_scope(self.registry.records[CUSTOMER], table, self.writing.tables, principal)
        if conn.execute(select(table.c.customer_id).where(table.c.customer_id == customer, scope)).first() is None:
            raise NotFound

    def _digest(self, request: Request, name: str, arguments: Mapping[str, object]) -> str:
        """Keyed: the request holds personal data, which a plain hash would let anybody confirm."""
        said = [name, request.purpose, request.channel, str(request.collected_at), arguments]
        text = orjson.dumps(said, default=str, option=orjson.OPT_SORT_KEYS | orjson.OPT_NON_STR_KEYS)
        return self.writing.pseudonyms.digest("idempotency", request.principal.client, text)

    def _claim(self, conn: Connection, request: Request, digest: str) -> str | None:
        """Take the key for this transaction; a second caller waits for the first, then gets its outcome."""
        client, key = request.principal.client, request.idempotency_key
        dialect = postgresql if conn.dialect.name == "postgresql" else sqlite
        row = {"client": client, "key": key, "request": digest, "outcome": "", "created_at": self.writing.now()}
        claimed = dialect.insert(idempotency).values(**row).on_conflict_do_nothing()
        # Without being asked to keep it, SQLAlchemy drops the row count of an insert on PostgreSQL.
        if conn.execute(claimed, execution_options={"preserve_rowcount": True}).rowcount == 1:
            return None
        mine = (idempotency.c.client == client, idempotency.c.key == key)
        earlier = conn.execute(select(idempotency).where(*mine)).one()
        if earlier.request != digest:
            raise Conflict(_REUSED, "IDEMPOTENCY_REUSED")
        return str(earlier.outcome)


def _check_key(key: str) -> None:
    if not 1 <= len(key) <= KEY_LENGTH or not key.isascii() or not key.isprintable():
        message = Label("幂等键须为1至100个可见ASCII字符", "An idempotency key has 1 to 100 printable ASCII characters")
        raise Invalid([Problem("KEY_INVALID", message, ("idempotencyKey",))])
