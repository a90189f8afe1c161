"""Files over GraphQL: the mutation that takes one in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import strawberry

from kehu.access.fetch import global_id
from kehu.customers.context import Request
from kehu.customers.files import Files
from kehu.customers.records import FILE
from kehu.graph.builder import Argument, Member
from kehu.graph.ids import parse_global_id
from kehu.graph.roots import FormMutation
from kehu.graph.scalars import Vocabulary
from kehu.graph.uploads import Upload
from kehu.labels import Label
from kehu.store.tables import CUSTOMER


def file_mutation(vocabulary: Vocabulary) -> dict[str, FormMutation]:
    """``addFile``."""
    arguments = {
        "customer": Argument(strawberry.ID, Label("客户编号", "Global id of the customer")),
        "kind": Argument("FileKind", Label("类别", "Kind")),
        "name": Argument(vocabulary.input(FILE.by_name["name"]), Label("文件名", "Name")),
        "file": Argument(vocabulary.upload, Label("文件;经 multipart 上传", "The file, uploaded as multipart")),
    }
    success = {
        "file": Member("CustomerFile | None", Label("文件", "The file")),
        "id": Member(strawberry.ID, Label("文件编号", "Global id of the file")),
    }
    label = Label("添加客户文件", "Add a customer's file")
    return {"addFile": FormMutation(label, arguments, success, (f"{FILE.area}:write",))}


def add_file(files: Files, request: Request, arguments: Mapping[str, Any], kind: object) -> dict[str, Any]:
    """Carry out ``addFile``; gives the ids by which the payload is read."""
    upload: Upload = arguments["file"]
    at = parse_global_id(arguments["customer"], {CUSTOMER}, "customer")
    made = files.add(request, at.row, kind, arguments["name"], upload.content)
    records = files.context.registry.records
    return {
        "id": global_id(records[FILE.name], made.customer, made.id),
        "_customer_id": global_id(records[CUSTOMER], made.customer, None),
    }
