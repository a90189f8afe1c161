"""``kehu import``: a spreadsheet into the database of this machine, with a report of every bad cell; and templates."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Group
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from kehu.app import Installation
from kehu.cli.words import err, out, say, words
from kehu.customers.context import Request
from kehu.errors import Invalid
from kehu.evidence import Operation
from kehu.founding import acting, place_of, staff_of
from kehu.imports.batch import BadRow, ImportPlan
from kehu.imports.headers import Choice, Column
from kehu.imports.importer import Importer
from kehu.imports.limits import Limits
from kehu.imports.marked import MarkedReport
from kehu.imports.report import EXIT_OK, render
from kehu.imports.template import template
from kehu.labels import Label
from kehu.settings import Settings

_YIELD = 10
_ALLOCATIONS = 100_000
_HEAD = (
    Label("列", "Column"),
    Label("列名", "Header"),
    Label("字段", "Field"),
    Label("把握", "Sure"),
)
_MAYBE = Label("不导入;可能是 {name}", "not imported; might be {name}")
_LEFT = Label("不导入", "not imported")
_SHEET = Label("工作表 {name},表头在第 {row} 行", "Sheet {name}, header in row {row}")
_WRITTEN = Label("已写入 {path}", "Written: {path}")


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """What the command line says about one import. ``mapping`` are texts ``COLUMN=field``."""

    form: str
    unit: str | None = None
    recorded_by: str | None = None
    mapping: Sequence[str] = ()
    header_row: int | None = None
    dry_run: bool = False
    preview: bool = False
    report: Path | None = None


def import_spreadsheet(file: Path, how: How) -> int:
    """Gives the exit code of the report. Raises `Invalid` for a file, form, unit or staff number that can't be used."""
    os.nice(_YIELD)  # reads of the server beside it come first
    with Installation.open(Settings()) as installation:
        # What was loaded stays, and a chunk of rows is no garbage: looking through both costs a sixth of the time.
        gc.freeze()
        gc.set_threshold(_ALLOCATIONS, 50, 100)
        request = request_of(installation, how.unit, how.recorded_by, "import")
        columns = tuple((column, name) for column, _, name in (one.rpartition("=") for one in how.mapping))
        choice = Choice(columns, how.header_row)
        plan, problems = installation.imports.preview(request.principal, file, file.name, how.form, Limits(), choice)
        if how.preview:
            out.print(_mapping(plan))
        if problems:
            raise Invalid(problems)
        if how.preview:
            return EXIT_OK
        marked = MarkedReport(plan, words.locale) if how.report else None
        with _progress(plan) as progress:
            show: Callable[[BadRow], None] = marked.add if marked else lambda row: None
            importer = Importer(installation.imports.sink(request, how.form), progress=progress, faulty=show)
            report = importer.run(plan, dry_run=how.dry_run)
    out.print(render(report, words.locale))
    if marked is not None and how.report is not None:
        how.report.write_bytes(marked.content())
        say(_WRITTEN, path=how.report)
    return report.exit_code


def write_template(form: str, path: Path) -> None:
    """Write a spreadsheet to fill in. Raises `Invalid` FORM_UNKNOWN."""
    with Installation.open(Settings()) as installation:
        path.write_bytes(template(installation.imports.form(form), words.locale))
    say(_WRITTEN, path=path)


def request_of(installation: Installation, unit: str | None, staff: str | None, name: str) -> Request:
    """The request of a command, acting for a unit and, where given, a member of staff."""
    who = None if staff is None else staff_of(installation, staff)
    principal = acting(installation, place_of(installation, unit), who)
    return Request(principal=principal, idempotency_key=name, operation=Operation("command", name))


@contextmanager
def _progress(plan: ImportPlan) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal; elsewhere nothing is shown."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("", total=plan.extent or None)
        yield lambda rows: bar.update(task, completed=rows)


def _mapping(plan: ImportPlan) -> Group:
    """What each column was taken for. Headers are shown, cells are not."""
    tables = []
    for one in plan.sheets:
        title = words(_SHEET, name=one.sheet.name, row=one.header.first_row - 1)
        table = Table(*(words(label) for label in _HEAD), title=Text(title))
        for column in one.header.columns:
            sure = f"{column.confidence}%" if column.field else ""
            table.add_row(column.letter, Text(column.header), Text(_means(column)), sure)
        tables.append(table)
    return Group(*tables)


def _means(column: Column) -> str:
    if column.field is not None:
        return f"{column.field.name} {column.field.label.for_(words.locale)}"
    return words(_MAYBE, name=column.suggested.name) if column.suggested else words(_LEFT)
