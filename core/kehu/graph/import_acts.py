"""What the mutations of imports do: a file in, rows mended, tried again, dropped."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from kehu.access.fetch import global_id
from kehu.customers.context import Request
from kehu.customers.corrections import Corrections
from kehu.errors import Invalid, Problem, json_pointer
from kehu.graph.uploads import Upload
from kehu.imports.batch import CellProblem, ImportPlan, SheetPlan
from kehu.imports.headers import Choice
from kehu.imports.importer import Importer
from kehu.imports.limits import UPLOAD
from kehu.imports.marked import MarkedReport
from kehu.imports.report import ImportReport
from kehu.labels import Label, Locale
from kehu.store.tables import CUSTOMER

_TOLD = 500
Payload = dict[str, object]


class ImportActs:
    """What the mutations of imports do."""

    def __init__(self, corrections: Corrections) -> None:
        self._corrections = corrections
        self._imports = corrections.imports

    def import_file(self, request: Request, arguments: Mapping[str, Any], locale: Locale) -> Payload:
        """Import an uploaded file. Raises `Forbidden`, `Invalid`, `Conflict`."""
        upload: Upload = arguments["file"]
        given = arguments.get("mapping") or ()
        columns = tuple((str(one["column"]), one.get("field") or "") for one in given)
        choice, dry_run, form = (
            Choice(columns, arguments.get("headerRow")),
            bool(arguments["dryRun"]),
            arguments["form"],
        )
        principal = request.principal
        plan, problems = self._imports.preview(principal, upload.content, upload.name, form, UPLOAD, choice)
        said = {"sha256": plan.batch.sha256, "form": form, "columns": columns, "row": choice.header_row, "dry": dry_run}
        self._imports.submissions.context.bind_key(request, "importFile", said)
        if problems:
            return _answer(plan, ImportReport(batch=plan.batch, outcome="COLUMNS"), problems, None)
        marked = MarkedReport(plan, locale)
        report = Importer(self._imports.sink(request, form), faulty=marked.add).run(plan, dry_run=dry_run)
        return _answer(plan, report, (), b64encode(marked.content()).decode() if report.bad else None)

    def retry(self, request: Request, arguments: Mapping[str, Any], locale: Locale) -> Payload:
        """Try rows again."""
        batch = arguments.get("batch")
        done = self._corrections.retry(request, batch=batch_of(batch), after=arguments.get("after"))
        return {"stored": done.stored, "waiting": done.waiting, "last": done.last}

    def dismiss(self, request: Request, arguments: Mapping[str, Any], locale: Locale) -> Payload:
        """Drop a row."""
        self._corrections.dismiss(request, arguments["id"], arguments["expectedVersion"], str(arguments["reason"]))
        return {"dismissed": True}

    def mend(self, request: Request, arguments: Mapping[str, Any], locale: Locale) -> Payload:
        """Mend a row; gives the ids that the payload's customer is read by."""
        values = {str(one["field"]): str(one["value"]) for one in arguments["values"]}
        done = self._corrections.mend(request, arguments["id"], arguments["expectedVersion"], values)
        records = self._imports.submissions.context.registry.records
        customer = global_id(records[CUSTOMER], done.customer, None)
        return {"id": customer, "_customer_id": customer}

    @property
    def by_name(self) -> Mapping[str, Callable[[Request, Mapping[str, Any], Locale], Payload]]:
        return {
            "importFile": self.import_file,
            "mendImportRow": self.mend,
            "retryImportRows": self.retry,
            "dismissImportRow": self.dismiss,
        }


def batch_of(text: str | None) -> UUID | None:
    """Raises `Invalid` ID_INVALID."""
    try:
        return None if text is None else UUID(text)
    except ValueError:
        message = Label("这不是系统给出的编号", "Not an id as this system gives them")
        raise Invalid([Problem("ID_INVALID", message, ("batch",))]) from None


def _answer(plan: ImportPlan, report: ImportReport, problems: Iterable[Problem], marked: str | None) -> Payload:
    return {
        "outcome": report.outcome,
        "rows": report.rows, "stored": report.stored, "duplicates": report.duplicates, "bad": report.bad,
        "leftOut": report.left_out_count,
        "byCode": [{"code": code, "count": count} for code, count in report.by_code],
        "cellProblems": [_cell_problem(one) for one in report.problems[:_TOLD]],
        "headerProblems": [
            {
                "code": p.code, "message": text_of(p.message), "path": [str(part) for part in p.path],
                "pointer": json_pointer(p.path),
            }
            for p in problems
        ],
        "sheets": [_sheet(one) for one in plan.sheets],
        "skippedSheets": list(plan.skipped_sheets),
        "report": marked,
    }  # fmt: skip


def _cell_problem(one: CellProblem) -> Payload:
    return {
        "sheet": one.sheet, "row": one.row, "column": one.column, "header": one.header, "field": one.field,
        "code": one.code, "message": text_of(one.message),
    }  # fmt: skip


def _sheet(plan: SheetPlan) -> Payload:
    columns = [
        {
            "column": one.letter, "header": one.header, "field": one.field.name if one.field else None,
            "label": text_of(one.field.label) if one.field else None,
            "confidence": one.confidence, "suggested": one.suggested.name if one.suggested else None,
        }
        for one in plan.header.columns
    ]  # fmt: skip
    sheet = plan.sheet
    return {"position": sheet.position, "name": sheet.name, "headerRow": plan.header.first_row - 1, "columns": columns}


def text_of(label: Label) -> dict[str, str]:
    """A label as GraphQL's ``Text``."""
    return {"zh": label.zh, "en": label.en}
