"""Grading at scale: rows per second of a first and of an unchanged run, beside a loop in Python over the same facts.

``python bench/grading.py [CUSTOMERS] [sqlite|postgresql]``: synthetic facts in an empty database; each grading runs
over everybody in bounded transactions as ``kehu grade run`` does, then over the same again. The loop reads the rows,
judges customer by customer and writes the same grades, for a part of the customers. PostgreSQL comes from the test
tools' wheel, without fsync.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

from sqlalchemy import Connection, Engine, Uuid, insert, select
from sqlalchemy.engine import RowMapping

from kehu.crypto.ids import uuid7
from kehu.customers.plugin import kehu_records
from kehu.grading.days import local_day, zone_of
from kehu.grading.plain import facts_of
from kehu.grading.run import SPAN, GradeRun, Span, grade, spans
from kehu.labels import Label
from kehu.rules.facts import Counted, Is, LastDay, Sum
from kehu.rules.grading import Band, Criterion, Grading, judge
from kehu.rules.parameters import Parameter
from kehu.rules.predicates import AtLeast, Award, DaysSince, Points, Share
from kehu.rules.scheme import Scheme, Term
from kehu.store.engine import open_engines
from kehu.store.system import grading_standard, grading_standard_value, system_metadata
from kehu.store.tables import Tables, build_tables
from kehu.vocabulary import MoneyValue
from kehu_realestate.grades import IMPORTANCE
from kehu_realestate.records import RECORDS

sys.path.insert(0, str(Path(__file__).parents[1]))
from conftest import Unrunnable, start_postgres

ENTITY = UUID(int=1)
_FILLED = ("Customer", "RealestateProfile", "Holding", "RealestateProperty", "Judgement")
UNITS = {f"HQ{f'.C{number:02}' if number else ''}": UUID(int=100 + number) for number in range(21)}
NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
LOOPED = 20_000
_BATCH = 20_000
_TEXT = Label("测试", "bench")
_FROM = {n: Parameter(f"from{n}", _TEXT, n * 3, floor=0, ceiling=1_000) for n in range(2, 31)}
_SPENT = Sum("spent", _TEXT, where=(Is("status", "ACTIVE", "ENDED"),))
_HELD = Counted("held", _TEXT, "Holding")
_LAST = LastDay("lastOn", _TEXT, "Holding", "openedOn")
_SCORE = Points("score", _TEXT, (
    Share(_TEXT, Parameter("weight", _TEXT, 60, floor=0, ceiling=100), _SPENT, MoneyValue(1_000_000_000, "CNY")),
    Share(_TEXT, 20, _HELD, 3),
    Award(_TEXT, 20, DaysSince(_LAST, at_most=365)),
))  # fmt: skip
SCORED = Grading(
    key="bench.score", version=1, label=_TEXT, facts=(_SPENT, _HELD, _LAST, _SCORE), cites=("S14.R04",),
    scheme=Scheme(key="bench.score", version=1, label=_TEXT, description=_TEXT, cites=("S14.R04",),
                  terms=tuple(Term(f"G{n}", _TEXT) for n in range(30, 0, -1))),
    bands=(*(Band(f"G{n}", _TEXT, (Criterion(f"C{n}", _TEXT, AtLeast(_SCORE, _FROM[n])),)) for n in range(30, 1, -1)),
           Band("G1", _TEXT, otherwise=True)),
)  # fmt: skip
"""Thirty grades from a score with weights and thresholds of twenty cities: the shape of tobacco's."""


@dataclass
class Bench:
    """One database with its customers."""

    engine: Engine
    tables: Tables
    blanks: dict[str, dict[str, object]] = field(default_factory=dict)

    def fill(self, customers: int) -> None:
        """Customers of a property company: half of them bought something, some more than once."""
        random = Random(20_261_124)
        with self.engine.begin() as conn:
            entity = self._row("LegalEntity", id=ENTITY, time_zone="Asia/Shanghai")
            conn.execute(insert(self.tables["LegalEntity"]), [entity])
            units = [self._row("OrganisationUnit", id=one, path=path) for path, one in UNITS.items()]
            conn.execute(insert(self.tables["OrganisationUnit"]), units)
            for number, unit in enumerate(UNITS.values()):
                self._standard(conn, number + 1, unit)
        for start in range(0, customers, _BATCH):
            rows: dict[str, list[dict[str, object]]] = {name: [] for name in _FILLED}
            for _ in range(min(_BATCH, customers - start)):
                self._customer(random, rows)
            with self.engine.begin() as conn:
                for name, made in rows.items():
                    if made:
                        conn.execute(insert(self.tables[name]), made)

    def _standard(self, conn: Connection, version: int, unit: UUID) -> None:
        made = uuid7()
        conn.execute(insert(grading_standard).values(
            id=made, legal_entity_id=ENTITY, grading=SCORED.key, version=version, grading_version=1, unit_id=unit,
            effective_from=date(2026, 1, 1), state="PUBLISHED", proposed_by=unit, proposed_at=NOW,
        ))  # fmt: skip
        stated = [{"standard_id": made, "name": p.name, "measure": p.measure, "value": p.whole + version % 3}
                  for p in SCORED.parameters]  # fmt: skip
        conn.execute(insert(grading_standard_value), stated)

    def _customer(self, random: Random, rows: dict[str, list[dict[str, object]]]) -> None:
        who, unit = uuid7(), random.choice(list(UNITS.values()))
        rows["Customer"].append(self._row("Customer", customer_id=who, pseudonym=who.hex, unit=unit, kind="PERSON"))
        wishes = {"purchase_intention": random.random() < 0.3, "active_in_events": random.random() < 0.1}
        rows["RealestateProfile"].append(self._row("RealestateProfile", customer_id=who, source="VISIT", **wishes))
        for _ in range(random.choice((0, 0, 0, 1, 1, 2))):
            holding, fen = uuid7(), random.randrange(50_000_000, 3_000_000_000)
            opened = date(2026, 11, 1) - timedelta(days=random.randrange(3_000))
            rows["Holding"].append(self._row(
                "Holding", customer_id=who, id=holding, kind="PROPERTY", status=random.choice(("ACTIVE", "CANCELLED")),
                amount_minor=fen, amount_currency="CNY", opened_on=opened,
            ))  # fmt: skip
            what = random.choice(("APARTMENT", "DETACHED_VILLA"))
            rows["RealestateProperty"].append(
                self._row("RealestateProperty", customer_id=who, holding_id=holding, property_type=what)
            )
        if random.random() < 0.02:
            rows["Judgement"].append(
                self._row("Judgement", customer_id=who, kind="INFLUENCE_FIELD", status="APPROVED", proposed_by="x")
            )

    def _row(self, record: str, **given: object) -> dict[str, object]:
        """What isn't given is whatever the column takes."""
        table = self.tables[record]
        if table.name not in self.blanks:
            self.blanks[table.name] = {
                column.name: ENTITY if isinstance(column.type, Uuid) else NOW if "_at" in column.name else 1
                for column in table.c
                if not column.nullable
            }
        own: dict[str, object] = {"id": uuid7()} | given
        return self.blanks[table.name] | {name: value for name, value in own.items() if name in table.c}

    def run(self, grading: Grading) -> GradeRun:
        """As a sweep runs: a span in each transaction."""
        done = GradeRun(0, 0)
        with self.engine.connect() as conn:
            parts = list(spans(conn, self.tables.by_record, ENTITY))
        for span in parts:
            with self.engine.begin() as conn:
                done += grade(conn, self.tables.by_record, grading, legal_entity=ENTITY, customers=span, now=NOW)
        return done

    def loop(self, grading: Grading, customers: int) -> int:
        """The same work customer by customer, rolled back: read, judge, write."""
        with self.engine.connect() as conn:
            span = next(spans(conn, self.tables.by_record, ENTITY, customers))
            day = local_day(zone_of(conn, self.tables.by_record, ENTITY), NOW)
            found = {name: self._by_customer(conn, name, span) for name in sorted({"Customer", *grading.records})}
            grades = []
            for who in found["Customer"]:
                rows = {name: of.get(who, []) for name, of in found.items()}
                verdict = judge(grading, facts_of(grading, rows, self.tables.by_record, day))
                grades.append(self._row(
                    "Grade", customer_id=who, grading=grading.key, grading_version=1, standard_version=0,
                    band=verdict.band, met=verdict.met_text, facts=verdict.facts_text,
                ))  # fmt: skip
            conn.execute(insert(self.tables["Grade"]), grades)
            conn.rollback()
            return len(grades)

    def _by_customer(self, conn: Connection, name: str, span: Span) -> dict[UUID, list[RowMapping]]:
        table, found = self.tables[name], dict[UUID, list[RowMapping]]()
        for row in conn.execute(select(table).where(table.c.customer_id.between(span.first, span.last))).mappings():
            found.setdefault(row["customer_id"], []).append(row)
        return found


def _timed(what: str, customers: int, work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    print(f"  {what:34} {customers:>9,} in {seconds:7.1f} s  {customers / seconds:>9,.0f} customers/s", flush=True)
    return customers / seconds


def measure(name: str, url: str, customers: int) -> None:
    """Fill, grade, grade again, loop; print the figures."""
    engines = open_engines(url)
    tables = build_tables((*kehu_records(), *RECORDS))
    for metadata in (tables.metadata, system_metadata):
        metadata.create_all(engines.write)
    bench = Bench(engines.write, tables)
    print(f"{name}, {customers:,} customers, spans of {SPAN:,}")
    bench.fill(customers)
    with engines.write.connect() as conn:
        conn.exec_driver_sql("ANALYZE")
        conn.commit()
    for grading in (IMPORTANCE, SCORED):
        first = _timed(f"{grading.key}, first run", customers, lambda grading=grading: bench.run(grading))
        _timed(f"{grading.key}, unchanged run", customers, lambda grading=grading: bench.run(grading))
        if grading is IMPORTANCE:
            part = min(LOOPED, customers)
            looped = _timed(f"{grading.key}, Python loop", part, lambda part=part: bench.loop(IMPORTANCE, part))
            print(f"  set-based ÷ loop: {first / looped:.1f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  peak memory of this process: {peak:,.0f} MB", flush=True)
    engines.dispose()


def main(customers: int, only: str | None) -> None:
    with tempfile.TemporaryDirectory(prefix="kehu-bench-", ignore_cleanup_errors=True) as folder:
        if only in (None, "sqlite"):
            measure("SQLite", f"sqlite+pysqlite:///{folder}/kehu.sqlite", customers)
        if only in (None, "postgresql"):
            cluster = Path(folder) / "pg"
            cluster.mkdir()
            Path(folder).chmod(0o755)
            try:
                server = start_postgres(cluster)
            except Unrunnable as reason:
                print(f"PostgreSQL: {reason}")
                return
            try:
                server.execute("CREATE DATABASE bench TEMPLATE kehu_empty")
                measure("PostgreSQL (no fsync)", server.url("bench"), customers)
            finally:
                server.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50_000, sys.argv[2] if len(sys.argv) > 2 else None)
