"""Runs a planned import: good rows in, bad rows kept, nothing twice."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import closing
from dataclasses import dataclass, field
from typing import Protocol

from kehu.errors import Problem
from kehu.imports.batch import BadRow, Batch, CellProblem, GoodRow, ImportPlan, LeftOut
from kehu.imports.report import ImportReport, Outcome

CHUNK = 1_000
"""Rows of one transaction at most (design.md, Storage)."""
TOLD = 10_000
"""Problems that a report names one by one; all are counted, and all rows are kept."""
_TOLD_LEFT_OUT = 1_000


@dataclass(frozen=True, slots=True)
class Refusal:
    """A good row that the store can't take, with what is wrong; paths begin with the form field."""

    row: GoodRow
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class KnownRows:
    """Rows that came in before: ``settled`` ones were stored, or dismissed by somebody; ``waiting`` ones are kept."""

    settled: AbstractSet[bytes] = frozenset()
    waiting: AbstractSet[bytes] = frozenset()


class Sink(Protocol):
    """Where an import goes: one legal entity's store. Every method is one transaction of its own."""

    def known_batch(self, batch: Batch) -> bool:
        """Whether a file with these bytes was imported to its end for this form; an interrupted one was not."""

    def known_rows(self, digests: Sequence[bytes]) -> KnownRows:
        """Those of at most 1,000 digests that came in before, by any import of this legal entity."""

    def check(self, rows: Sequence[GoodRow]) -> Sequence[Refusal]:
        """Those of at most 1,000 rows that `store` would give back because of what they refer to. Writes nothing."""

    def store(self, batch: Batch, rows: Sequence[GoodRow]) -> Sequence[Refusal]:
        """Store at most 1,000 rows with their digests, sheet and row number in one transaction.

        A row whose mobile is known already (exact match by blind index in the same legal entity, rows
        earlier in ``rows`` included) belongs to that customer: its interaction, holding and facet are
        added there, no second customer is made, and facts the customer has are not overwritten.
        A holding with an external number that is known from the same system is updated (S17.R23).
        A digest that has come in meanwhile is passed over; a kept row that is stored now is settled. Rows that
        refer to staff, projects or units which don't exist are given back and not stored; the others are.
        """

    def keep(self, batch: Batch, rows: Sequence[BadRow]) -> None:
        """Keep at most 1,000 bad rows for correction: ``content`` sealed, problems and digest clear."""

    def finish(self, report: ImportReport) -> None:
        """Mark the batch as imported to its end. Not called for a dry run or a known file."""


def _quiet(rows: int) -> None:
    """Tells nobody."""


def _unseen(row: BadRow) -> None:
    """Shows nobody."""


@dataclass(slots=True)
class Importer:
    """Imports plans into ``sink``; after each chunk ``progress`` hears how many rows were read so far.

    ``faulty`` is shown the first 10,000 rows with problems, for a report to the file's owner.
    """

    sink: Sink
    progress: Callable[[int], None] = _quiet
    faulty: Callable[[BadRow], None] = _unseen
    chunk: int = CHUNK

    def __post_init__(self) -> None:
        if not 1 <= self.chunk <= CHUNK:
            raise ValueError(f"a transaction of an import holds 1 to {CHUNK} rows")

    def run(self, plan: ImportPlan, *, dry_run: bool = False) -> ImportReport:
        """Import ``plan``. The same file again changes nothing, nor does the same row in a longer file.

        After an interruption the same call goes on where it stopped: rows stored before are duplicates.
        Memory doesn't grow with the file. Raises what the sink raises; what was stored until then stays.
        """
        if self.sink.known_batch(plan.batch):
            return _Tally(plan).report("KNOWN_FILE")
        tally = _Tally(plan)
        with closing(_Seen()) as seen:
            for rows in _chunks(plan, self.chunk, tally):
                self._take(plan, rows, tally, seen if dry_run else None)
                self.progress(tally.rows)
        report = tally.report("CHECKED" if dry_run else "IMPORTED")
        if not dry_run:
            self.sink.finish(report)
        return report

    def _take(self, plan: ImportPlan, rows: Sequence[GoodRow | BadRow], tally: _Tally, seen: _Seen | None) -> None:
        """One chunk. ``seen`` is given in a dry run: nobody else remembers the rows before."""
        tally.rows += len(rows)
        digests = [row.digest for row in rows]
        known = self.sink.known_rows(digests)
        settled, waiting = set(known.settled), set(known.waiting)
        if seen is not None:
            for digest, good in seen.of(digests):
                (settled if good else waiting).add(digest)
        good_rows: list[GoodRow] = []
        bad: list[BadRow] = []
        for row in rows:
            if row.digest in settled:
                tally.duplicates += 1
            elif isinstance(row, GoodRow):
                settled.add(row.digest)
                good_rows.append(row)
            else:
                tally.bad_known += row.digest in waiting
                waiting.add(row.digest)
                bad.append(row)
        refusals = self._stored(plan, good_rows, dry_run=seen is not None) if good_rows else []
        tally.stored += len(good_rows) - len(refusals)
        tally.bad_known += sum(one.row.digest in waiting for one in refusals)
        if seen is not None:
            refused = {one.row.digest for one in refusals}
            seen.add([(row.digest, row.digest not in refused) for row in good_rows])
            seen.add([(row.digest, False) for row in bad])
        self._keep(plan, [*bad, *(plan.refused(one.row, one.problems) for one in refusals)], tally, seen is not None)

    def _stored(self, plan: ImportPlan, rows: Sequence[GoodRow], *, dry_run: bool) -> Sequence[Refusal]:
        return self.sink.check(rows) if dry_run else self.sink.store(plan.batch, rows)

    def _keep(self, plan: ImportPlan, rows: list[BadRow], tally: _Tally, dry_run: bool) -> None:
        rows.sort(key=lambda row: (row.position, row.number))
        for row in rows:
            if tally.bad < TOLD:
                self.faulty(row)
            tally.add(row)
        for start in range(0, 0 if dry_run else len(rows), self.chunk):
            self.sink.keep(plan.batch, rows[start : start + self.chunk])


class _Seen:
    """Rows of a dry run so far, by keyed digest: in a temporary database on disk, which is gone when closed."""

    def __init__(self) -> None:
        self._conn = sqlite3.connect("")
        self._conn.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY, good INTEGER) WITHOUT ROWID")

    def of(self, digests: Sequence[bytes]) -> Iterator[tuple[bytes, bool]]:
        for digest in digests:
            found = self._conn.execute("SELECT good FROM seen WHERE digest = ?", (digest,)).fetchone()
            if found is not None:
                yield digest, bool(found[0])

    def add(self, rows: Sequence[tuple[bytes, bool]]) -> None:
        self._conn.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)

    def close(self) -> None:
        self._conn.close()


@dataclass(slots=True)
class _Tally:
    plan: ImportPlan
    rows: int = 0
    stored: int = 0
    duplicates: int = 0
    bad: int = 0
    bad_known: int = 0
    problems: list[CellProblem] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    left_out: list[LeftOut] = field(default_factory=list)
    left_out_count: int = 0

    def add(self, row: BadRow) -> None:
        self.bad += 1
        self.codes.update(problem.code for problem in row.problems)
        self.problems.extend(row.problems[: max(TOLD - len(self.problems), 0)])

    def leave_out(self, row: LeftOut) -> None:
        self.left_out_count += 1
        if len(self.left_out) < _TOLD_LEFT_OUT:
            self.left_out.append(row)

    def report(self, outcome: Outcome) -> ImportReport:
        return ImportReport(
            batch=self.plan.batch,
            outcome=outcome,
            rows=self.rows,
            stored=self.stored,
            duplicates=self.duplicates,
            bad=self.bad,
            bad_known=self.bad_known,
            problems=tuple(self.problems),
            by_code=tuple(sorted(self.codes.items(), key=lambda pair: (-pair[1], pair[0]))),
            left_out=tuple(self.left_out),
            left_out_count=self.left_out_count,
            skipped_sheets=self.plan.skipped_sheets,
            unmapped=tuple(
                (sheet.sheet.name, column.letter, column.header)
                for sheet in self.plan.sheets
                for column in sheet.header.unmapped
            ),
        )


def _chunks(plan: ImportPlan, size: int, tally: _Tally) -> Iterator[list[GoodRow | BadRow]]:
    chunk: list[GoodRow | BadRow] = []
    for row in plan.rows():
        if isinstance(row, LeftOut):
            tally.leave_out(row)
            continue
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
