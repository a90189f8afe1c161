"""Two installations over the same declarations, whose databases a test fills row by row with ids of its own.

They share key ring, clock and randomness, so that everything which may differ between their answers comes
from what is in the databases.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import delete, event, select

import kehu_realestate
from kehu.access.principal import Principal
from kehu.app import Installation
from kehu.evidence import Actor
from kehu.founding import found
from kehu.graph.execute import GraphRequest, GraphResponse
from kehu.settings import Settings
from kehu.store.setup import NewStaff, NewUnit, Organisation, establish
from kehu.store.system import data_key, duplicate_case, idempotency, lookup_budget, outbox, search_token
from kehu.store.work import NewRow, Provenance, UnitOfWork
from kehu.testing import Clock
from kehu.vocabulary.base import Governed

# Codes that are prefixes of each other, differ by case only, or hold a wildcard of LIKE.
ORGANISATION = Organisation(
    code="ONE",
    name="示例一",
    units=(
        NewUnit("GRP", "集团", "COMPANY"),
        NewUnit("HQ", "公司", "COMPANY", "GRP"),
        NewUnit("P01", "半岛", "PROJECT", "HQ"),
        NewUnit("P01A", "半岛东", "PROJECT", "P01"),
        NewUnit("P010", "半岛外", "PROJECT", "HQ"),
        NewUnit("P02", "君兰", "PROJECT", "HQ"),
        NewUnit("p01", "小写", "PROJECT", "HQ"),
        NewUnit("p01a", "小写东", "PROJECT", "p01"),
        NewUnit("P_1", "通配", "PROJECT", "HQ"),
        NewUnit("P_1A", "通配东", "PROJECT", "P_1"),
    ),
    staff=(
        NewStaff("M001", "示例部长", "HQ", "MARKETING_DIRECTOR"),
        NewStaff("S001", "示例甲", "P01", "SALESPERSON"),
        NewStaff("S002", "示例乙", "P02", "SALESPERSON"),
        NewStaff("S003", "示例丙", "p01a", "SALESPERSON"),
    ),
)
"""What both have. Callers stand at HQ or below: the group, and what else is under it, is hidden from all."""
OTHER_ENTITY = Organisation(
    code="TWO",
    name="示例二",
    units=(
        NewUnit("GRP", "集团", "COMPANY"),
        NewUnit("HQ", "公司", "COMPANY", "GRP"),
        NewUnit("P01", "半岛", "PROJECT", "HQ"),
    ),
    staff=(NewStaff("S001", "示例丁", "P01", "SALESPERSON"),),
)
"""Another legal entity whose units have the same codes and paths."""
PLACES = ("HQ", "P01", "P02", "p01", "P_1")
"""Where callers stand."""


class Steered:
    """Randomness that a test sets back: the same seed, the same bytes, however much of another size was drawn."""

    def __init__(self) -> None:
        self.begin("")

    def begin(self, seed: str) -> None:
        self._seed, self._numbers = seed, Counter[int]()

    def __call__(self, size: int) -> bytes:
        self._numbers[size] += 1
        return hashlib.shake_128(f"{self._seed}/{size}/{self._numbers[size]}".encode()).digest(size)


@dataclass(frozen=True, eq=False)
class RowSpec:
    """A row as a test wants it. ``values`` are typed; ``entity`` 1 is the other legal entity."""

    record: str
    customer: UUID
    id: UUID
    values: Mapping[str, object]
    parent: UUID | None = None
    entity: int = 0

    def but(self, values: Mapping[str, object]) -> RowSpec:
        return RowSpec(self.record, self.customer, self.id, values, self.parent, self.entity)


@dataclass
class Side:
    """One of the two installations; ``statements`` are those since it was last emptied."""

    installation: Installation
    random: Steered
    units: dict[str, UUID] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)
    entities: list[UUID] = field(default_factory=list)
    other_units: dict[str, UUID] = field(default_factory=dict)
    statements: list[str] = field(default_factory=list)

    def listen(self) -> None:
        engines = self.installation.engines
        base = engines.write if engines.write.dialect.name == "postgresql" else engines.read

        def note(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, many: bool) -> None:
            self.statements.append(statement)

        event.listen(base, "before_cursor_execute", note)

    def principal(self, scopes: Iterable[str], *, unit: str, purposes: Iterable[str], staff: str | None) -> Principal:
        return Principal(
            client="test-client",
            subject="test-client",
            legal_entity=self.entities[0],
            unit=self.units[unit],
            unit_path=self.paths[unit],
            scopes=frozenset(scopes),
            purposes=frozenset(purposes),
            staff=self.staff[staff] if staff else None,
        )

    def work(self, conn: Any, entity: int = 0) -> UnitOfWork:
        now = self.installation.now()
        stated = Provenance(
            channel="ONLINE", collected_by=None, collected_at=now, purpose="SERVICE", recorded_by="test"
        )
        legal_entity = self.entities[entity]
        actor = Actor("test", "test", str(legal_entity))
        return UnitOfWork(self.installation.context.writing, conn, legal_entity, actor, stated)

    def refill(self, rows: Sequence[RowSpec]) -> None:
        """Empty the customers' part of the database, then insert these rows through units of work."""
        tables = self.installation.tables
        keep = [*self.staff.values(), *self._staff_ids()]
        with self.installation.engines.write.begin() as conn:
            for table in reversed(tables.metadata.sorted_tables):
                if "customer_id" in table.c:
                    conn.execute(delete(table))
            conn.execute(delete(data_key).where(data_key.c.subject_id.not_in(keep)))
            for system in (idempotency, lookup_budget, duplicate_case, outbox, search_token):
                conn.execute(delete(system))
            works = [self.work(conn, entity) for entity in range(len(self.entities))]
            for row in rows:
                record = self.installation.registry.records[row.record]
                values = {n: Governed(record.by_name[n].type, v) for n, v in row.values.items()}
                self.random.begin(f"row/{row.record}/{row.id}")
                works[row.entity].insert(row.record, [NewRow(row.customer, row.id, values, row.parent)])

    def _staff_ids(self) -> list[UUID]:
        with self.installation.engines.read.connect() as conn:
            return list(conn.execute(select(self.installation.tables["Staff"].c.id)).scalars())

    def ask(
        self, seed: str, principal: Principal, query: str, variables: Mapping[str, Any]
    ) -> tuple[GraphResponse, list[str]]:
        """The answer and the statements that it took."""
        self.random.begin(seed)
        self.statements.clear()
        response = self.installation.executor.execute(GraphRequest(query, variables), principal)
        return response, list(self.statements)


@dataclass(frozen=True)
class Pair:
    """``right`` has a branch of the organisation more, which no caller may know of."""

    left: Side
    right: Side
    _asked: Iterator[int] = field(default_factory=count)

    @property
    def sides(self) -> tuple[Side, Side]:
        return (self.left, self.right)

    def compare(
        self, principal: Principal, query: str, variables: Mapping[str, Any], *, reading: bool = True
    ) -> GraphResponse:
        """Ask both; raises `Interference` unless answers are the same, and statements of a reading."""
        seed = f"ask/{next(self._asked)}"  # never one twice: it makes the ids of evidence entries
        (one, own), (two, others) = (side.ask(seed, principal, query, variables) for side in self.sides)
        if (one.status, one.body) != (two.status, two.body):
            raise Interference(_difference(one.body, two.body))
        if reading and own != others:
            raise Interference("\n".join([query, *own, "— and —", *others]))
        return one


class Interference(AssertionError):
    """Two databases with equal views answered differently."""


def _difference(one: bytes, two: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))
    start = max(0, at - 300)
    return "\n".join(body[start : at + 200].decode(errors="replace") for body in (one, two))


@contextmanager
def open_pair(folder: Path, urls: tuple[str, str]) -> Iterator[Pair]:
    """Both installations, founded."""
    clock = Clock()
    with ExitStack() as stack:
        sides = []
        for name, url in zip(("left", "right"), urls, strict=True):
            data = folder / name
            data.mkdir()
            random = Steered()
            random.begin("found")
            ring = folder / "keyring.json"
            settings = Settings(
                data=data, database_url=url, key_ring=ring, max_aliases=1_000, max_cost=100_000_000, max_tokens=20_000
            )
            side = Side(
                stack.enter_context(Installation.open(settings, (kehu_realestate,), now=clock, random=random)), random
            )
            _never_wait_for_the_disk(side.installation)
            _establish(side)
            side.listen()
            sides.append(side)
        pair = Pair(*sides)
        _hide_a_branch(pair.right)
        yield pair


def _never_wait_for_the_disk(installation: Installation) -> None:
    """The files are thrown away, and there are thousands of small transactions."""

    def hurry(connection: Any, record: Any) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    for engine in (installation.engines.read, installation.evidence._writing):
        if engine is not None and engine.dialect.name == "sqlite":
            event.listen(engine, "connect", hurry)
            engine.dispose()


def _establish(side: Side) -> None:
    place = found(side.installation, ORGANISATION)
    tables = side.installation.tables
    unit, staff = tables["OrganisationUnit"], tables["Staff"]
    with side.installation.engines.write.begin() as conn:
        for code, row, path in conn.execute(select(unit.c.code, unit.c.id, unit.c.path)):
            side.units[code], side.paths[code] = row, path
        side.staff.update({one.code: one.id for one in conn.execute(select(staff.c.code, staff.c.id))})
        side.entities.append(place.legal_entity)
        side.entities.append(UUID("018f0000-0000-7000-8000-0000000000e2"))
        side.other_units.update(establish(side.work(conn, 1), OTHER_ENTITY).units)


def _hide_a_branch(side: Side) -> None:
    records = side.installation.registry.records
    with side.installation.engines.write.begin() as conn:
        work = side.work(conn)
        branch, person = work.new_id(), work.new_id()
        units = {"code": "P01", "name": "别处", "kind": "PROJECT", "path": "GRP.P01", "parentUnit": side.units["GRP"]}
        people = {"code": "S009", "name": "示例戊", "unit": branch, "position": "SALESPERSON"}
        for name, row, values in (("OrganisationUnit", branch, units), ("Staff", person, people)):
            given = {n: records[name].by_name[n].type.governed(v) for n, v in values.items()}
            work.insert(name, [NewRow(row, row, given)])
