"""Runs a planned import: good rows in, bad rows kept, nothing twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Protocol

from kehu.errors import Problem
from kehu.imports.batch import BadRow, Batch, CellProblem, GoodRow, ImportPlan, LeftOut
from kehu.imports.report import ImportReport, Outcome

CHUNK = 1_000
"""Rows of one transaction at most (design.md, Storage)."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A good row that the store can't take, with what is wrong; paths begin with the form field."""

    row: GoodRow
    problems: tuple[Problem, ...]


class Sink(Protocol):
    """Where an import goes: one legal entity's store. Every method is one transaction of its own."""

    def known_batch(self, batch: Batch) -> bool:
        """Whether a file with these bytes was imported to its end for this form; an interrupted one was not."""

    def known_rows(self, digests: Sequence[bytes]) -> AbstractSet[bytes]:
        """Those of at most 1,000 digests that were stored or kept before, by any import of this legal entity."""

    def store(self, batch: Batch, rows: Sequence[GoodRow]) -> Sequence[Refusal]:
        """Store at most 1,000 rows with their digests, sheet and row number in one transaction.

        A row whose mobile is known already (exact match by blind index in the same legal entity, rows
        earlier in ``rows`` included) belongs to that customer: its interaction, holding and facet are
        added there, no second customer is made, and facts the customer has are not overwritten.
        A holding with an external number that is known from the same system is updated (S17.R23).
        A digest that has come in meanwhile is passed over. Rows that refer to staff, projects or units
        which don't exist are given back and not stored; the others are.
        """

    def keep(self, batch: Batch, rows: Sequence[BadRow]) -> None:
        """Keep at most 1,000 bad rows for correction: ``content`` sealed, problems and digest clear."""

    def finish(self, report: ImportReport) -> None:
        """Mark the batch as imported to its end. Not called for a dry run or a known file."""


def _quiet(rows: int) -> None:
    """Tells nobody."""


@dataclass(slots=True)
class Importer:
    """Imports plans into ``sink``; after each chunk ``progress`` hears how many rows were read so far."""

    sink: Sink
    progress: Callable[[int], None] = _quiet
    chunk: int = CHUNK

    def __post_init__(self) -> None:
        if not 1 <= self.chunk <= CHUNK:
            raise ValueError(f"a transaction of an import holds 1 to {CHUNK} rows")

    def run(self, plan: ImportPlan, *, dry_run: bool = False) -> ImportReport:
        """Import ``plan``. The same file again changes nothing, nor does the same row in a longer file.

        After an interruption the same call goes on where it stopped: rows stored before are duplicates.
        Raises what the sink raises; what was stored until then stays.
        """
        if self.sink.known_batch(plan.batch):
            return _Tally(plan).report("KNOWN_FILE")
        tally = _Tally(plan)
        for rows in _chunks(plan, self.chunk, tally.left_out):
            self._take(plan, rows, tally, dry_run)
            self.progress(tally.rows)
        report = tally.report("CHECKED" if dry_run else "IMPORTED")
        if not dry_run:
            self.sink.finish(report)
        return report

    def _take(self, plan: ImportPlan, rows: Sequence[GoodRow | BadRow], tally: _Tally, dry_run: bool) -> None:
        tally.rows += len(rows)
        known = set(self.sink.known_rows([row.digest for row in rows])) | tally.seen
        good: list[GoodRow] = []
        bad: list[BadRow] = []
        for row in rows:
            if isinstance(row, BadRow):
                tally.problems.extend(row.problems)
                tally.bad += 1
                tally.bad_known += row.digest in known
            else:
                tally.duplicates += row.digest in known
            if row.digest not in known:
                known.add(row.digest)
                tally.seen.add(row.digest)
                if isinstance(row, BadRow):
                    bad.append(row)
                else:
                    good.append(row)
        refused: list[BadRow] = []
        if good and not dry_run:
            refused = [plan.refused(each.row, each.problems) for each in self.sink.store(plan.batch, good)]
        tally.stored += len(good) - len(refused)
        tally.bad += len(refused)
        tally.problems.extend(problem for row in refused for problem in row.problems)
        kept = [*bad, *refused]
        for start in range(0, 0 if dry_run else len(kept), self.chunk):
            self.sink.keep(plan.batch, kept[start : start + self.chunk])


@dataclass(slots=True)
class _Tally:
    plan: ImportPlan
    rows: int = 0
    stored: int = 0
    duplicates: int = 0
    bad: int = 0
    bad_known: int = 0
    problems: list[CellProblem] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    seen: set[bytes] = field(default_factory=set)

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
            left_out=tuple(self.left_out),
            skipped_sheets=self.plan.skipped_sheets,
            unmapped=tuple(
                (sheet.sheet.name, column.letter, column.header)
                for sheet in self.plan.sheets
                for column in sheet.header.unmapped
            ),
        )


def _chunks(plan: ImportPlan, size: int, left_out: list[LeftOut]) -> Iterator[list[GoodRow | BadRow]]:
    chunk: list[GoodRow | BadRow] = []
    for row in plan.rows():
        if isinstance(row, LeftOut):
            left_out.append(row)
            continue
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
