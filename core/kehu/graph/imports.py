"""Imports over GraphQL: a file in a mutation, the correction queue, where data came from, templates.

A row's cells are shown as the fields are that they would have become: by the same decision, and on record.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

import strawberry
from sqlalchemy import Connection, select

from kehu.access.decision import Decision, Effect, decide
from kehu.access.fetch import page_size
from kehu.access.output import show_text
from kehu.customers.corrections import KeptRow
from kehu.forms.bind import BoundField
from kehu.graph.builder import Argument, Member, TypeBuilder
from kehu.graph.directives import Authenticated, RequiresScopes
from kehu.graph.ids import parse_global_id
from kehu.graph.import_acts import Payload, batch_of, text_of
from kehu.graph.roots import FormMutation
from kehu.graph.scalars import Vocabulary
from kehu.imports.template import XLSX, template
from kehu.labels import Label
from kehu.policy import Category, Level, Policy
from kehu.store.tables import CUSTOMER

if TYPE_CHECKING:
    from kehu.graph.catalogue import Info
    from kehu.graph.operation import OperationContext

_MAX_ROWS = 200
_WRITE = ("import:write",)
NAMES = Policy(
    level=Level.IDENTIFYING,
    categories=(Category.C1, Category.S3_IDENTITY, Category.S3_SENSITIVE),
    area="import",
    retention="internal",
    cites=("S3.R03",),
    mask="constant",
    sealed=True,
    purposes=("CONTRACT", "FOLLOW_UP", "LEGAL_DUTY", "SERVICE"),
    default=True,
)
"""Of the names of files and sheets: people call them by customers."""

_L = {
    "bad": Label("有误的行", "Rows with problems"),
    "batch": Label("导入批次", "The import"),
    "byCode": Label("按代码计数", "Problems by code"),
    "cellProblems": Label("逐处问题(最多 500 处)", "Problems one by one, at most 500"),
    "cells": Label("所填内容,按字段策略显示", "What it says, shown by the policies of the fields"),
    "code": Label("稳定的代码", "Stable code"),
    "column": Label("列号", "Letter of the column"),
    "columns": Label("各列及其对应", "Columns and what they were taken for"),
    "confidence": Label("把握(百分比)", "How sure, in per cent"),
    "content": Label("内容(base64)", "Content, base64"),
    "count": Label("个数", "How many"),
    "customer": Label("客户", "The customer"),
    "dismissed": Label("已忽略", "Dismissed"),
    "duplicates": Label("以前已导入的行", "Rows that came in before"),
    "effect": Label("呈现方式", "clear, masked or denied"),
    "expiresAt": Label("保留到", "Kept until"),
    "field": Label("表单字段", "Form field"),
    "file": Label("文件名", "Name of the file"),
    "finishedAt": Label("完成时间", "Finished at"),
    "form": Label("表单", "Form"),
    "header": Label("列名", "Header of the column"),
    "headerProblems": Label("列的问题;有则未导入", "Problems of columns; nothing is imported then"),
    "headerRow": Label("表头所在行", "Row of the header"),
    "id": Label("编号", "Id"),
    "label": Label("名称", "Name for people"),
    "last": Label("下次从此之后继续;空为已到末尾", "Go on after this one; null at the end"),
    "leftOut": Label("略过的行(合计、说明等)", "Rows left out: totals, notes"),
    "mediaType": Label("内容类型", "Media type"),
    "message": Label("说明与处理办法", "What to do"),
    "name": Label("名称", "Name"),
    "outcome": Label("IMPORTED、CHECKED、KNOWN_FILE 或 COLUMNS", "IMPORTED, CHECKED, KNOWN_FILE or COLUMNS"),
    "position": Label("第几张工作表", "Position of the sheet"),
    "problems": Label("问题", "What is wrong"),
    "recordedBy": Label("登记者", "Recorded by"),
    "report": Label("有误的行(xlsx,base64),错处已标出", "Rows with problems as .xlsx in base64, faulty cells marked"),
    "row": Label("行号", "Number of the row"),
    "rows": Label("数据行", "Rows with data"),
    "sheet": Label("工作表", "Sheet"),
    "sheetName": Label("工作表名", "Name of the sheet"),
    "sheets": Label("各工作表", "Sheets"),
    "skippedSheets": Label("略过的工作表", "Sheets without a header that fits"),
    "startedAt": Label("开始时间", "Started at"),
    "state": Label("WAITING、STORED 等", "WAITING, STORED, …"),
    "stored": Label("已导入的行", "Rows stored"),
    "suggested": Label("可能的字段,须由人确认", "A field that it might be; a person has to say so"),
    "value": Label("内容", "Value"),
    "version": Label("版本", "Version"),
    "waiting": Label("待更正的行", "Rows that wait for correction"),
}


def _types(builder: TypeBuilder) -> None:
    counted = dict.fromkeys(("rows", "stored", "duplicates", "bad"), int)
    for name, label, members in (
        ("ImportColumn", Label("一列", "A column"), {
            "column": str, "header": str, "field": str | None, "label": "Text | None", "confidence": int,
            "suggested": str | None}),
        ("ImportSheet", Label("一张工作表", "A sheet"), {
            "position": int, "name": str, "headerRow": int, "columns": "list[ImportColumn]"}),
        ("ImportProblem", Label("一处问题", "A problem of a cell"), {
            "sheet": str | None, "row": int | None, "column": str, "header": str | None, "field": str, "code": str,
            "message": "Text"}),
        ("ImportCount", Label("计数", "A count"), {"code": str, "count": int}),
        ("ImportBatch", Label("一次导入", "An import"), {
            "id": str, "form": str, "startedAt": str, "finishedAt": str | None, **counted, "waiting": int,
            "recordedBy": str, "file": str | None}),
        ("ImportCell", Label("一个单元格", "A cell"), {
            "field": str, "label": "Text", "value": str | None, "effect": str}),
        ("ImportRow", Label("待更正的行", "A row that waits for correction"), {
            "id": str, "batch": str, "form": str, "sheet": int, "sheetName": str | None, "file": str | None,
            "row": int, "state": str, "version": int, "expiresAt": str | None, "problems": "list[ImportProblem]",
            "cells": "list[ImportCell]"}),
        ("ImportOrigin", Label("数据出处", "Where data came from"), {
            "batch": str, "form": str, "sheet": int, "sheetName": str | None, "file": str | None, "row": int}),
        ("ImportTemplate", Label("导入模板", "Import template"), {"name": str, "mediaType": str, "content": str}),
    ):  # fmt: skip
        builder.object_type(name, label, {key: Member(kind, _L[key]) for key, kind in members.items()})


def import_members(builder: TypeBuilder) -> dict[str, Member]:
    """The part of Query that imports have; makes its types."""
    _types(builder)
    read, write = ([RequiresScopes(scopes=[[f"import:{one}"]]), Authenticated()] for one in ("read", "write"))
    first = {"first": Argument(int | None, Label("最多几个", "At most so many"), None)}
    after = {
        "batch": Argument(str | None, _L["batch"], None),
        "after": Argument(str | None, Label("从此行之后", "After this row"), None),
    }
    customer = {"customer": Argument(strawberry.ID, Label("客户编号", "Global id of the customer"))}
    return {
        "importBatches": Member("list[ImportBatch]", Label("导入批次,最新在前", "Imports, newest first"), read, first),
        "importRows": Member(
            "list[ImportRow]", Label("待更正的行", "Rows that wait for correction"), read, first | after),
        "importOrigins": Member(
            "list[ImportOrigin]", Label("客户资料出自哪些行", "Rows that a customer's data came from"), read, customer),
        "importTemplate": Member(
            "ImportTemplate", Label("表单的导入模板", "A spreadsheet to fill in for a form"), write, {
                "form": Argument(str, _L["form"])}),
    }  # fmt: skip


def import_mutations(builder: TypeBuilder, vocabulary: Vocabulary) -> dict[str, FormMutation]:
    """The part of Mutation that imports have; makes its input types."""
    column, field = Label("列号或列名", "Letter or header of the column"), Label("空为不导入", "Empty leaves it out")
    builder.input_type("ImportMappingInput", Label("指定一列", "What a column is"), {
        "column": Member(vocabulary.cell_text, column), "field": Member(str | None, field)})  # fmt: skip
    builder.input_type("ImportValueInput", Label("一个字段的新内容", "A new value of a field"), {
        "field": Member(str, _L["field"]), "value": Member(vocabulary.cell_text, _L["value"])})  # fmt: skip
    row = {
        "id": Argument(str, _L["row"]),
        "expectedVersion": Argument(int, Label("读取时的版本", "Version as it was read")),
    }
    customer = {
        "customer": Member("Customer | None", _L["customer"]),
        "id": Member(strawberry.ID, Label("客户编号", "Global id of the customer")),
    }
    retried = {name: Member(int, _L[name]) for name in ("stored", "waiting")} | {"last": Member(str | None, _L["last"])}
    file = {
        "file": Argument(vocabulary.upload, Label("文件;经 multipart 上传", "The file, uploaded as multipart")),
        "form": Argument(str, _L["form"]),
        "mapping": Argument("list[ImportMappingInput] | None", Label("指定各列", "What columns are"), None),
        "headerRow": Argument(int | None, Label("表头所在行;0 为没有", "Row of the header; 0 for none"), None),
        "dryRun": Argument(bool, Label("只检查,不写入", "Check, write nothing"), False),
    }
    values = {"values": Argument("list[ImportValueInput]", Label("按字段的新内容", "New values by field"))}
    on_row = {"batch": Argument(str | None, _L["batch"], None), "after": Argument(str | None, _L["last"], None)}
    reason = {"reason": Argument(vocabulary.reason, Label("理由", "The reason"))}
    dismissed = {"dismissed": Member(bool, _L["dismissed"])}
    return {
        "importFile": FormMutation(Label("导入表格文件", "Import a spreadsheet"), file, _report(), _WRITE),
        "mendImportRow": FormMutation(Label("更正一行并导入", "Mend a row, store it"), row | values, customer, _WRITE),
        "retryImportRows": FormMutation(Label("重试待更正的行", "Try rows again as they are"), on_row, retried, _WRITE),
        "dismissImportRow": FormMutation(Label("忽略一行", "Drop a row for good"), row | reason, dismissed, _WRITE),
    }


def _report() -> dict[str, Member]:
    return {
        "outcome": Member(str, _L["outcome"]),
        **{name: Member(int, _L[name]) for name in ("rows", "stored", "duplicates", "bad", "leftOut")},
        "byCode": Member("list[ImportCount]", _L["byCode"]),
        "cellProblems": Member("list[ImportProblem]", _L["cellProblems"]),
        "headerProblems": Member("list[Problem]", _L["headerProblems"]),
        "sheets": Member("list[ImportSheet]", _L["sheets"]),
        "skippedSheets": Member(list[str], _L["skippedSheets"]),
        "report": Member(str | None, _L["report"]),
    }


def _batches(source: object, info: Info, first: int | None = None) -> list[Payload]:
    operation: OperationContext = info.context
    corrections = operation.acts.corrections
    size = page_size(_MAX_ROWS if first is None else first, _MAX_ROWS)
    with operation.reading.engines.read.connect() as conn:
        found = corrections.batches(conn, operation.principal, size)
        names = _Names(operation, conn, (one.id for one in found), "importBatches")
    return [
        {
            "id": str(one.id), "form": one.form, "startedAt": one.started_at.isoformat(),
            "finishedAt": one.finished_at.isoformat() if one.finished_at else None,
            "rows": one.rows, "stored": one.stored, "duplicates": one.duplicates, "bad": one.bad,
            "waiting": one.waiting, "recordedBy": one.recorded_by, "file": names.file(one.id),
        }
        for one in found
    ]  # fmt: skip


def _rows(
    source: object, info: Info, first: int | None = None, batch: str | None = None, after: str | None = None
) -> list[Payload]:
    operation: OperationContext = info.context
    corrections = operation.acts.corrections
    size = page_size(50 if first is None else first, _MAX_ROWS)
    with operation.reading.engines.read.connect() as conn:
        found = corrections.rows(conn, operation.principal, size, batch=batch_of(batch), after=after)
        names = _Names(operation, conn, {one.place.batch for one in found}, "importRows")
    return [_kept(operation, one, names) for one in found]


def _kept(operation: OperationContext, row: KeptRow, names: _Names) -> Payload:
    bound = operation.acts.corrections.imports.form(row.form)
    cells = []
    for name, text in (row.content.cells if row.content else {}).items():
        if (field := bound.by_name.get(name)) is not None:
            effect, shown = _shown(operation, field, text)
            cells.append({"field": name, "label": text_of(field.label), "value": shown, "effect": effect.value})
    problems = [
        {
            "sheet": None, "row": None, "header": None, "column": one["column"], "field": one["field"],
            "code": one["code"], "message": {"zh": one["zh"], "en": one["en"]},
        }
        for one in (row.content.problems if row.content else ())
    ]  # fmt: skip
    place = row.place
    return {
        "id": str(place), "batch": str(place.batch), "form": row.form, "sheet": place.sheet, "row": place.row,
        "sheetName": names.sheet(place.batch, place.sheet), "file": names.file(place.batch), "state": row.state,
        "version": row.version, "expiresAt": row.expires_at.isoformat() if row.expires_at else None,
        "problems": problems, "cells": cells,
    }  # fmt: skip


def _shown(operation: OperationContext, field: BoundField, text: str) -> tuple[Effect, str | None]:
    """A cell by the policy of its field. It is nobody's yet, so a purpose for own customers shows nothing more."""
    policy = field.field.policy
    effect = decide(policy, operation.key, operation.reading.registry.purposes).weakest
    operation.emitted.note(f"importRows.{field.record.name}.{field.field.name}", effect, 1, policy)
    return effect, show_text(field.field, effect, text)


def _origins(source: object, info: Info, customer: str) -> list[Payload]:
    operation: OperationContext = info.context
    who = parse_global_id(customer, {CUSTOMER}, "customer").row
    table = operation.reading.source.tables[CUSTOMER]
    with operation.reading.engines.read.connect() as conn:
        found = operation.acts.corrections.origins(conn, operation.principal, who)
        names = _Names(operation, conn, {one.place.batch for one in found}, "importOrigins")
        operation.emitted.subjects.update(
            conn.execute(select(table.c.pseudonym).where(table.c.customer_id == who)).scalars()
        )
    return [
        {
            "batch": str(one.place.batch), "form": one.form, "sheet": one.place.sheet, "row": one.place.row,
            "file": names.file(one.place.batch), "sheetName": names.sheet(one.place.batch, one.place.sheet),
        }
        for one in found
    ]  # fmt: skip


def _template(source: object, info: Info, form: str) -> Payload:
    operation: OperationContext = info.context
    imports = operation.acts.corrections.imports
    bound = imports.require(operation.principal, form)
    content = b64encode(template(bound)).decode()
    return {"name": f"{form}.xlsx", "mediaType": XLSX, "content": content}


class _Names:
    """Names of files and sheets, shown as their policy has it."""

    def __init__(self, operation: OperationContext, conn: Connection, batches: Iterable[UUID], pattern: str) -> None:
        self._operation = operation
        self._pattern = pattern
        self._decision: Decision = decide(NAMES, operation.key, operation.reading.registry.purposes)
        self._names = operation.acts.corrections.names(conn, operation.principal, batches)

    def file(self, batch: UUID) -> str | None:
        return self._show("file", self._names[batch][0])

    def sheet(self, batch: UUID, position: int) -> str | None:
        return self._show("sheetName", self._names[batch][1].get(position))

    def _show(self, what: str, name: str | None) -> str | None:
        effect = self._decision.weakest
        if name is None:
            return None
        self._operation.emitted.note(f"{self._pattern}.{what}", effect, 1, NAMES)
        return name if effect is Effect.CLEAR else "***" if effect is Effect.MASK else None


IMPORT_RESOLVERS: Mapping[str, Callable[..., Any]] = {
    "importBatches": _batches,
    "importRows": _rows,
    "importOrigins": _origins,
    "importTemplate": _template,
}
