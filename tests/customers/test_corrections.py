"""The correction queue, uploads and provenance: through GraphQL, on both databases."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from kehu.customers.corrections import place_of
from kehu.errors import Invalid, NotFound, Stale
from kehu.founding import add_member
from kehu.graph.uploads import Upload
from kehu.imports.sheets import open_sheets
from kehu.imports.source import Source
from kehu.store.system import data_key, import_row

from .conftest import Office

FORM = "realestate.visit"
HEADER = "姓名,联系电话,来访日期,客户来源,接待人"
FILE = "\n".join((
    HEADER,
    "王示例,13900001111,2026-11-01,来访,S001",
    "赵示例,1390000,2026-11-01,来访,",
    "钱示例,13900003333,2026-11-03,来访,S777",
    "孙示例,转经理接,2026-11-04,来访,",
)).encode("gb18030")  # fmt: skip
IMPORT = """mutation ($file: Upload!, $key: String!, $dry: Boolean!, $map: [ImportMappingInput!]) {
  importFile(file: $file, form: "realestate.visit", idempotencyKey: $key, dryRun: $dry, mapping: $map) {
    ... on ImportFileSuccess { outcome rows stored duplicates bad report byCode { code count }
      cellProblems { row column field code message { zh } } headerProblems { code }
      sheets { name headerRow columns { column header field confidence suggested } } }
    ... on Problems { problems { code } } } }"""
ROWS = """query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  importRows { id row sheet sheetName file version expiresAt problems { column field code message { en } }
    cells { field value effect } } }"""
MEND = """mutation ($id: String!, $version: Int!, $values: [ImportValueInput!]!, $key: String!) {
  mendImportRow(id: $id, expectedVersion: $version, values: $values, idempotencyKey: $key) {
    ... on MendImportRowSuccess { id customer { name contacts { mobile } } }
    ... on Problems { problems { code path } } } }"""
RETRY = """mutation ($key: String!) { retryImportRows(idempotencyKey: $key) {
  ... on RetryImportRowsSuccess { stored waiting last } ... on Problems { problems { code } } } }"""
DISMISS = """mutation ($id: String!, $version: Int!, $why: Reason!) {
  dismissImportRow(id: $id, expectedVersion: $version, reason: $why, idempotencyKey: "d") {
    ... on DismissImportRowSuccess { dismissed } ... on Problems { problems { code } } } }"""
ORIGINS = """query ($c: ID!, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  importOrigins(customer: $c) { form file sheet sheetName row } }"""


class Desk:
    """Somebody who imports, over GraphQL."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.world = office.world
        self.caller = office.staff("C002")

    def ask(self, query: str, **variables: Any) -> Any:
        [answer] = self.world.data(self.caller, query, **variables).values()
        return answer

    def upload(self, content: bytes = FILE, key: str = "k1", *, dry: bool = False, **more: Any) -> dict[str, Any]:
        given = {"file": Upload("来访 张三.csv", content), "key": key, "dry": dry, "map": None, **more}
        found: dict[str, Any] = self.ask(IMPORT, **given)
        return found

    def rows(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask(ROWS, why="更正导入")
        return found

    def kept(self) -> list[Any]:
        with self.world.installation.engines.read.connect() as conn:
            return list(conn.execute(select(import_row).order_by(import_row.c.batch_id, import_row.c.row)))

    def keys(self) -> int:
        with self.world.installation.engines.read.connect() as conn:
            return len(list(conn.execute(select(data_key))))


@pytest.fixture
def desk(office: Office) -> Desk:
    return Desk(office)


@pytest.mark.rule("S17.R66")
@pytest.mark.promise(8)
def test_the_story_of_a_file_with_faults(desk: Desk, entries: Callable[[], list[Any]]) -> None:
    preview = desk.upload(key="k0", dry=True)
    assert (preview["outcome"], preview["stored"], preview["bad"]) == ("CHECKED", 1, 3)
    assert [one["field"] for one in preview["sheets"][0]["columns"]][:2] == ["name", "telephone"]
    assert desk.kept() == []

    report = desk.upload()
    assert (report["outcome"], report["rows"], report["stored"], report["bad"]) == ("IMPORTED", 4, 1, 3)
    assert [(one["row"], one["column"], one["code"]) for one in report["cellProblems"]] == [
        (3, "B", "MOBILE_LENGTH"), (4, "E", "REFERENCE_UNKNOWN"), (5, "B", "MOBILE_DIGITS"),
    ]  # fmt: skip
    [sheet] = open_sheets(Source(b64decode(report["report"])))
    assert [row.cells[1] for row in sheet.rows()] == ["姓名", "赵示例", "钱示例", "孙示例"]
    for row in desk.kept():
        assert "赵示例" not in str(row)
        assert "来访" not in str(row)

    waiting = desk.rows()
    assert [(one["row"], one["file"], one["sheetName"]) for one in waiting] == [
        (3, "来访 张三.csv", "CSV"), (4, "来访 张三.csv", "CSV"), (5, "来访 张三.csv", "CSV")
    ]  # fmt: skip
    first, _, third = waiting
    assert {one["field"]: one["value"] for one in first["cells"]}["telephone"] == "1390000"
    assert first["problems"][0]["code"] == "MOBILE_LENGTH"

    values = [{"field": "telephone", "value": "139 0000 2222"}]
    wrong = desk.ask(MEND, id=first["id"], version=1, values=[{"field": "telephone", "value": "139"}], key="m0")
    assert wrong["problems"] == [{"code": "MOBILE_LENGTH", "path": ["telephone"]}]
    mended = desk.ask(MEND, id=first["id"], version=1, values=values, key="m1")
    assert mended["customer"]["name"] == "赵**"
    assert desk.ask(MEND, id=first["id"], version=1, values=values, key="m1") == mended
    again = desk.ask(MEND, id=first["id"], version=1, values=values, key="m2")
    assert [one["code"] for one in again["problems"]] == ["STALE"]

    assert desk.ask(RETRY, key="r1") == {"stored": 0, "waiting": 2, "last": None}
    stated = {"code": "S777", "name": "示例销售员", "unit": "P01", "position": "SALESPERSON"}
    add_member(desk.world.installation, stated)
    assert desk.ask(RETRY, key="r2") == {"stored": 1, "waiting": 1, "last": None}

    keys = desk.keys()
    assert desk.ask(DISMISS, id=third["id"], version=1, why="对方不愿留电话") == {"dismissed": True}
    assert desk.rows() == []
    assert desk.keys() == keys - 1, "the key of the queue died with its last row"
    assert sorted(row.state for row in desk.kept()) == ["DISMISSED", "STORED", "STORED", "STORED"]
    assert all(row.sealed_content is None for row in desk.kept())

    origins = desk.ask(ORIGINS, c=mended["id"], why="核对来源")
    assert origins == [{"form": FORM, "file": "来访 张三.csv", "sheet": 1, "sheetName": "CSV", "row": 3}]
    told = [entry for entry in entries() if entry.detail.get("act") in ("mendImportRow", "retryImportRows")]
    assert sorted(entry.subject_count for entry in told) == [0, 1, 1]

    customers = len(desk.office.rows("customer"))
    assert desk.upload(key="k2")["outcome"] == "KNOWN_FILE"
    longer = FILE + "\n李示例,13900005555,2026-11-06,来访,\n赵示例,13900002222,2026-11-01,来访,".encode("gb18030")
    more = desk.upload(longer, "k3")
    assert (more["stored"], more["duplicates"], more["bad"]) == (1, 5, 0)
    assert len(desk.office.rows("customer")) == customers + 1
    assert desk.rows() == []


def test_a_cause_that_has_vanished_settles_what_waited(desk: Desk) -> None:
    """The same row in a longer file, after its staff number came into being, isn't kept and isn't doubled."""
    desk.upload()
    stated = {"code": "S777", "name": "示例销售员", "unit": "P01", "position": "SALESPERSON"}
    add_member(desk.world.installation, stated)
    report = desk.upload(FILE + b"\n", "k2")
    assert (report["stored"], report["duplicates"], report["bad"]) == (1, 1, 2)
    assert [one["row"] for one in desk.rows()] == [3, 5]
    assert sorted(row.state for row in desk.kept()) == ["STORED", "STORED", "STORED", "WAITING", "WAITING"]


def test_what_waits_expires_and_others_never_see_it(desk: Desk) -> None:
    desk.upload()
    first = desk.rows()[0]
    corrections = desk.world.installation.corrections
    elsewhere = desk.office.staff("S001", unit="P01")
    with desk.world.installation.engines.read.connect() as conn:
        assert corrections.rows(conn, elsewhere, 10) == []
    request = desk.office.request(elsewhere)
    with pytest.raises(NotFound):
        corrections.mend(request, first["id"], 1, {"telephone": "13900002222"})
    with pytest.raises(NotFound):
        corrections.dismiss(request, first["id"], 1, "不属于我")
    masked = desk.ask("{ importRows { file cells { field value effect } } }")[0]
    assert masked["file"] == "***"
    assert {one["field"]: one["value"] for one in masked["cells"]}["name"] == "赵**"
    assert {one["field"]: one["value"] for one in masked["cells"]}["telephone"] == "***"
    reader = desk.world.principal("import:read", "import:write")
    [bare, *_] = desk.world.data(reader, "{ importRows { cells { field value effect } } }")["importRows"]
    assert {one["effect"] for one in bare["cells"]} == {"denied"}
    assert {one["value"] for one in bare["cells"]} == {None}

    desk.world.clock.forward(days=91)
    assert desk.rows() == []
    own = desk.office.request(desk.caller)
    with pytest.raises(Stale):
        corrections.mend(own, first["id"], 1, {"telephone": "13900002222"})
    assert corrections.retry(own).stored == 0
    waited = [row for row in desk.kept() if row.state != "STORED"]
    assert {(row.state, row.sealed_content) for row in waited} == {("EXPIRED", None)}


def test_columns_that_are_wrong_are_told_and_nothing_is_imported(desk: Desk) -> None:
    content = FILE.decode("gb18030").replace("客户来源", "从何而来").encode()
    refused = desk.upload(content, dry=True)
    assert (refused["outcome"], [one["code"] for one in refused["headerProblems"]]) == ("COLUMNS", ["COLUMN_MISSING"])
    chosen = desk.upload(content, "k2", dry=True, map=[{"column": "D", "field": "source"}])
    assert (chosen["outcome"], chosen["stored"]) == ("CHECKED", 1)
    reused = desk.upload(content, "k2", map=[{"column": "D", "field": "source"}])
    assert [one["code"] for one in reused["problems"]] == ["IDEMPOTENCY_REUSED"]


@pytest.mark.parametrize("row", ["x", "1.2.3", f"{'0' * 32}.x.1", f"{'g' * 32}.1.1"])
def test_an_id_that_is_none_is_refused(row: str) -> None:
    with pytest.raises(Invalid):
        place_of(row)
