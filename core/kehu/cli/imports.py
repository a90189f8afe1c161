"""``kehu import``: a spreadsheet into the database of this machine, with a report of every bad cell."""

from __future__ import annotations

import os
from pathlib import Path

from kehu.app import Installation
from kehu.cli.words import out, words
from kehu.crypto import Family
from kehu.customers.context import Request
from kehu.customers.importing import ImportSink
from kehu.errors import Invalid, Problem
from kehu.evidence import Operation
from kehu.founding import acting, place_of, staff_of
from kehu.imports.batch import plan_import
from kehu.imports.importer import Importer
from kehu.imports.limits import Limits, too_large
from kehu.imports.report import render
from kehu.labels import Label
from kehu.settings import Settings

_LIMITS = Limits()
_YIELD = 10


def import_spreadsheet(file: Path, form: str, unit: str | None, recorded_by: str | None, *, dry_run: bool) -> int:
    """Gives the exit code of the report. Raises `Invalid` for a file, form, unit or staff number that can't be used."""
    os.nice(_YIELD)  # reads of the server beside it come first
    if file.stat().st_size > _LIMITS.file_bytes:
        raise too_large(Label("字节数", "bytes"), _LIMITS.file_bytes)
    with Installation.open(Settings()) as installation:
        place = place_of(installation, unit)
        staff = None if recorded_by is None else staff_of(installation, recorded_by)
        bound = installation.forms.get(form)
        if bound is None:
            message = Label("没有此表单,可用:{forms}", "There is no such form; one of {forms}")
            raise Invalid([Problem("FORM_UNKNOWN", message.format(forms=", ".join(installation.forms)), ("form",))])
        request = Request(
            principal=acting(installation, place, staff),
            idempotency_key="import",
            operation=Operation("command", "import"),
        )
        zone = installation.submissions.zone(place.legal_entity)
        # Of the family that is never rotated: a row must be known again for good.
        key = installation.ring.derive(Family.PSEUDONYM, "import-row/1", place.legal_entity.bytes)
        plan = plan_import(file.read_bytes(), file.name, bound, zone=zone, key=key)
        report = Importer(ImportSink(installation.submissions, request, form)).run(plan, dry_run=dry_run)
    out.print(render(report, words.locale))
    return report.exit_code
