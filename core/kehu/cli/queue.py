"""``kehu queue``: rows of imports that couldn't be stored, listed without what they say, mended, retried, dismissed."""

from __future__ import annotations

import sys
from dataclasses import replace
from uuid import uuid4

import typer
from rich.table import Table

from kehu.app import Installation
from kehu.cli.imports import request_of
from kehu.cli.words import out, say, words
from kehu.customers.context import Request
from kehu.customers.corrections import KeptRow, place_of
from kehu.errors import NotFound
from kehu.labels import Label
from kehu.settings import Settings

_HEAD = (
    Label("编号", "Id"),
    Label("表单", "Form"),
    Label("位置", "Where"),
    Label("问题", "Problems"),
    Label("保留到", "Kept until"),
)
_AT = Label("表{sheet} 第{row}行", "sheet {sheet}, row {row}")
_RETRIED = Label("已导入 {stored} 行,仍待更正 {waiting} 行", "{stored} rows stored, {waiting} wait still")
_MENDED = Label("已更正并导入", "Mended and stored")
_DISMISSED = Label("已忽略", "Dismissed")


def list_waiting(unit: str | None, limit: int) -> None:
    """Rows that wait: where, and codes of what is wrong. Nothing that they say."""
    with Installation.open(Settings()) as installation:
        request = request_of(installation, unit, None, "queue.list")
        with installation.engines.read.connect() as conn:
            rows = installation.corrections.rows(conn, request.principal, limit)
    table = Table(*(words(label) for label in _HEAD))
    for row in rows:
        where = words(_AT, sheet=row.place.sheet, row=row.place.row)
        codes = ", ".join(
            f"{one['column']} {one['code']}".strip() for one in (row.content.problems if row.content else ())
        )
        table.add_row(str(row.place), row.form, where, codes, f"{row.expires_at:%Y-%m-%d}" if row.expires_at else "")
    out.print(table)


def mend(row: str, unit: str | None, recorded_by: str | None) -> None:
    """Ask for new values of the faulty fields, or read lines ``field=value`` from a pipe, and store the row."""
    with Installation.open(Settings()) as installation:
        request = _once(request_of(installation, unit, recorded_by, "queue.mend"))
        kept = _find(installation, request, row)
        installation.corrections.mend(request, row, kept.version, _values(installation, kept))
    say(_MENDED)


def retry(unit: str | None, recorded_by: str | None) -> None:
    """Try every row that waits."""
    stored = waiting = 0
    with Installation.open(Settings()) as installation:
        request = request_of(installation, unit, recorded_by, "queue.retry")
        after: str | None = None
        while True:
            done = installation.corrections.retry(_once(request), after=after)
            stored, waiting, after = stored + done.stored, waiting + done.waiting, done.last
            if after is None:
                break
    say(_RETRIED, stored=stored, waiting=waiting)


def dismiss(row: str, reason: str, unit: str | None, recorded_by: str | None) -> None:
    """Drop a row for good."""
    with Installation.open(Settings()) as installation:
        request = _once(request_of(installation, unit, recorded_by, "queue.dismiss"))
        installation.corrections.dismiss(request, row, _find(installation, request, row).version, reason)
    say(_DISMISSED)


def _once(request: Request) -> Request:
    """Each run of a command is a request of its own."""
    return replace(request, idempotency_key=uuid4().hex)


def _find(installation: Installation, request: Request, row: str) -> KeptRow:
    with installation.engines.read.connect() as conn:
        found = installation.corrections.row(conn, request.principal, place_of(row))
    if found is None:
        raise NotFound
    return found


def _values(installation: Installation, kept: KeptRow) -> dict[str, str]:
    """From standard input, so that no process list or shell history shows them."""
    if not sys.stdin.isatty():
        pairs = (line.rstrip("\r\n").partition("=") for line in sys.stdin if "=" in line)
        return {name.strip(): value.strip() for name, _, value in pairs}
    bound = installation.imports.form(kept.form)
    names = dict.fromkeys(str(one["field"]) for one in (kept.content.problems if kept.content else ()) if one["field"])
    return {name: typer.prompt(f"{name} {bound.by_name[name].label.for_(words.locale)}", default="") for name in names}
