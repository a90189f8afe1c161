"""Promise 8: what was planted comes out only where it may be shown; never in logs, errors, evidence or files."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import MetaData, select

import kehu_realestate
from kehu.customers.context import Request
from kehu.demo import resident_id, uscc
from kehu.graph.uploads import Upload
from kehu.imports.batch import plan_import
from kehu.imports.importer import Importer
from kehu.imports.report import render
from kehu.testing import World, world

from .callers import over_http

pytestmark = pytest.mark.promise(8)

_RANDOM = Random(8)
_PAPER = b"%PDF-1.7 " + "金丝雀文件内容七七七".encode()
SEALED: dict[str, Any] = {
    "PersonName": "钱娜俪",
    "OrganisationName": "金丝雀贸易公司",
    "Uscc": uscc(_RANDOM, "440606"),
    "BirthDate": "1987-07-08",
    "Mobile": "13707170727",
    "EmailAddress": "jinsique@canary.example",
    "PostalAddress": "金丝雀路七十七号",
    "ResidentId": resident_id(_RANDOM, "440606", date(1987, 7, 8), "FEMALE"),
    "HoldingNumber": "JSQ20260707",
    "FreeText": "金丝雀备注一二三",
    "BusinessScope": "金丝雀养殖批发",
    "CreditStanding": "金丝雀信用良好",
    "DocumentNumber": "JSQ70707070",
    "Employer": "金丝雀工作单位",
    "FileContent": f"sha256:{hashlib.sha256(_PAPER).hexdigest()}:{len(_PAPER)}",
    "Habit": "金丝雀消费习惯",
    "Landline": "0757-27072777",
    "Occupation": "金丝雀饲养员",
    "Passport": "E70727072",
    "Photo": "018f7070-0000-7070-8000-707070707070",
}
"""A value of every sealed type that nothing else has."""
TOO_SHORT = {"Ethnicity", "Postcode"}
"""Sealed types whose values are so short that they stand by chance in other text."""
MORE = (
    "金丝雀接触情况",
    "金丝雀认定依据",
    "13707170999",
    "金丝雀导入",
    "金丝雀坏行",
    "金丝雀合同扫描件",
    "金丝雀文件内容",
)


def _needles() -> tuple[str, ...]:
    return tuple(str(value) for value in SEALED.values()) + MORE


@pytest.fixture
def loud(tmp_path: Path, database_url: str, caplog: pytest.LogCaptureFixture) -> Iterator[World]:
    """An installation whose every logger says all it has to say, from before it was opened."""
    caplog.set_level(logging.DEBUG)
    for name in ("kehu", "sqlalchemy", "sqlalchemy.engine", "uvicorn", "uvicorn.error", "uvicorn.access"):
        caplog.set_level(logging.DEBUG, name)
    with world(tmp_path / "var", database_url, (kehu_realestate,)) as made:
        yield made


def _plant(kehu: World) -> str:
    """A customer with a canary in every sealed field; gives his id."""
    who = kehu.principal(every=True, staff="M001")

    def act(query: str, **variables: Any) -> str:
        [answer] = kehu.data(who, query, **variables).values()
        assert "problems" not in answer, answer
        return str(answer["id"])

    def add(name: str, parent: str, **values: Any) -> str:
        query = (
            f'mutation ($p: ID!, $i: {name}Input!) {{ add{name}(parent: $p, input: $i, idempotencyKey: "{name}") '
            f"{{ ... on Add{name}Success {{ id }} ... on Problems {{ problems {{ code path }} }} }} }}"
        )
        return act(query, p=parent, i=values)

    customer = act(
        'mutation ($i: CustomerInput!) { createCustomer(input: $i, idempotencyKey: "c") '
        "{ ... on CreateCustomerSuccess { id } ... on Problems { problems { code path } } } }",
        i={
            "kind": "PERSON", "stage": "ACTIVE", "name": SEALED["PersonName"], "birthDate": SEALED["BirthDate"],
            "organisationName": SEALED["OrganisationName"], "uscc": SEALED["Uscc"], "remark": SEALED["FreeText"],
        },
    )  # fmt: skip
    add("ContactPoint", customer, kind="MOBILE", mobile=SEALED["Mobile"], email=SEALED["EmailAddress"],
        landline=SEALED["Landline"])  # fmt: skip
    add("Address", customer, kind="HOME", value={"district": "顺德区", "road": SEALED["PostalAddress"]})
    add("IdentityDocument", customer, kind="RESIDENT_ID", residentId=SEALED["ResidentId"],
        passport=SEALED["Passport"], number=SEALED["DocumentNumber"])  # fmt: skip
    add(
        "PersonalProfile", customer, employer=SEALED["Employer"], occupation=SEALED["Occupation"], photo=SEALED["Photo"]
    )
    add("OrganisationProfile", customer, businessScope=SEALED["BusinessScope"])
    add("CreditFact", customer, kind="OTHER", standing=SEALED["CreditStanding"], asOf="2026-10-31")
    add("DerivedFact", customer, kind="OTHER", value=SEALED["Habit"], derivedAt="2026-11-01T02:00:00Z")
    add("Holding", customer, kind="PROPERTY", number=SEALED["HoldingNumber"])
    add("Interaction", customer, kind="VISIT", occurredAt="2026-11-01T02:00:00Z", summary=MORE[0])
    kind = kehu.installation.registry.schemes["judgement.kind"].codes[0]
    act(
        "mutation ($c: ID!, $e: FreeText!) { "
        f'proposeJudgement(customer: $c, kind: {kind}, evidence: $e, idempotencyKey: "j") {{ '
        "... on ProposeJudgementSuccess { id } ... on Problems { problems { code path } } } }",
        c=customer, e=MORE[1],
    )  # fmt: skip
    act(
        "mutation ($c: ID!, $n: FreeText!, $f: Upload!) { "
        'addFile(customer: $c, kind: CONTRACT, name: $n, file: $f, idempotencyKey: "f") { '
        "... on AddFileSuccess { id } ... on Problems { problems { code path } } } }",
        c=customer, n=MORE[5], f=Upload(MORE[5], _PAPER),
    )  # fmt: skip
    return customer


_READ_ALL = """{ customers(first: 5) { nodes { name organisationName uscc birthDate remark
  contacts { mobile email landline } addresses { value { road detail display } }
  documents { residentId passport number } holdings { number }
  personal { employer occupation photo } organisation { businessScope } credit { standing } derived { value }
  files { name content } interactions { summary } judgements { evidence comment } } } }"""
_REVEAL_ALL = f'query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) {_READ_ALL}'
_REVEAL_CREDIT = f'query ($why: Reason!) @purpose(code: "CONTRACT", reason: $why) {_READ_ALL}'


def _leaks(text: str) -> list[str]:
    return [needle for needle in _needles() if needle in text or needle.encode("unicode_escape").decode() in text]


def _files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def _database(kehu: World) -> bytes:
    """Every value of every table, for a server whose files we don't read."""
    said = []
    metadata = MetaData()
    with kehu.installation.engines.read.connect() as conn:
        metadata.reflect(conn)
        for table in metadata.sorted_tables:
            for row in conn.execute(select(table)):
                said += [bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row]
    return b"\n".join(said)


@pytest.mark.rule("S5.R09", "S11.R17")
def test_sealed_values_come_out_only_for_who_may_see_them(
    loud: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    types = {f.type.name for r in loud.installation.registry.records.values() for f in r.fields if f.sealed}
    assert types - TOO_SHORT == set(SEALED), "a new sealed type needs a canary"
    _plant(loud)
    whole = loud.principal(every=True, staff="M001")
    clear = "".join(loud.respond(whole, query, why="核对").body.decode() for query in (_REVEAL_ALL, _REVEAL_CREDIT))
    assert not set(map(str, SEALED.values())) - set(_leaks(clear)), "the canaries are there to be found"
    reading = loud.principal(*(s for s in whole.scopes if s.endswith(":read")))
    assert _leaks(loud.respond(reading, _READ_ALL).body.decode()) == []
    assert _leaks(loud.respond(whole, _READ_ALL).body.decode()) == []
    assert _leaks(loud.respond(loud.principal(), _READ_ALL).body.decode()) == []
    auditor = loud.principal("evidence:read", "schema:read")
    told = loud.respond(
        auditor, "{ evidence(first: 100) { subjects fields { path } operation code } declassifiers { name } }"
    )
    assert _leaks(told.body.decode()) == []
    loud.installation.mover.drain()
    stored = _files(tmp_path) + _database(loud)
    assert [needle for needle in _needles() if needle.encode() in stored] == []
    assert _leaks(caplog.text + "".join(capfd.readouterr())) == []
    assert "sqlalchemy.engine" in caplog.text, "the loggers were loud"


BAD = "QIANNALI8"
"""Stands in everything that is refused below."""
_LOOK_UP = "query ($v: LookupValue!) { lookup(by: CONTACT_POINT_MOBILE, value: $v) { id } }"
_ADD = """mutation ($p: ID!, $i: ContactPointInput!, $k: String!) {
  addContactPoint(parent: $p, input: $i, idempotencyKey: $k) {
    __typename ... on Problems { problems { code path message { zh en } } } } }"""
REFUSED: dict[str, tuple[str, dict[str, Any]]] = {
    "syntax error beside a literal": (f'{{ customers(after: "{BAD}" ', {}),
    "unclosed literal": (f'{{ customers(after: "{BAD}) {{ nodes {{ id }} }} }}', {}),
    "literal where a variable is needed": (f'{{ lookup(by: CONTACT_POINT_MOBILE, value: "{BAD}") {{ id }} }}', {}),
    "literal of a wrong type": (f'{{ customers(first: "{BAD}") {{ nodes {{ id }} }} }}', {}),
    "literal with a quote in it": (f'{{ customers(first: "x\\"{BAD}") {{ nodes {{ id }} }} }}', {}),
    "literal with an escape in it": ('{ customers(first: "x\\n' + BAD + '\\u4e00") { nodes { id } } }', {}),
    "block literal": (f'{{ customers(first: """\n  x\n   "y" {BAD}\n""") {{ nodes {{ id }} }} }}', {}),
    "enum literal": (f"{{ customers(filter: {{kind: {{eq: {BAD}}}}}) {{ nodes {{ id }} }} }}", {}),
    "object literal": (f'{{ customers(filter: {{nothing: "{BAD}"}}) {{ nodes {{ id }} }} }}', {}),
    "list literal": (f'{{ customers(first: ["{BAD}"]) {{ nodes {{ id }} }} }}', {}),
    "default of a variable": (f'query ($n: Int = "{BAD}") {{ customers(first: $n) {{ nodes {{ id }} }} }}', {}),
    "purpose as a literal": (
        f'query ($w: Reason!) @purpose(code: "{BAD}", reason: $w) {{ viewer {{ client }} }}', {"w": BAD},
    ),
    "reason too long": (
        'query ($w: Reason!) @purpose(code: "SERVICE", reason: $w) { viewer { client } }', {"w": BAD * 100},
    ),
    "variable of a wrong type": ("query ($n: Int) { customers(first: $n) { nodes { id } } }", {"n": BAD}),
    "variable with a stranger in it": (
        "query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }", {"f": {BAD: {"eq": BAD}}},
    ),
    "variable of no enum value": (
        "query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }", {"f": {"kind": {"eq": BAD}}},
    ),
    "look-up of no number": (_LOOK_UP, {"v": BAD}),
    "look-up of an object": (_LOOK_UP, {"v": {"x": BAD}}),
    "no cursor": ("query ($a: String) { customers(after: $a) { nodes { id } } }", {"a": BAD}),
    "no id": ("query ($i: ID!) { node(id: $i) { id } }", {"i": BAD}),
    "id with a null character": ("query ($i: ID!) { node(id: $i) { id } }", {"i": f"{BAD}\0"}),
    "text with a null character": (
        "query ($f: CustomerFilter) { customers(filter: $f) { nodes { id } } }",
        {"f": {"holdings": {"externalId": {"eq": f"{BAD}\0"}}}},
    ),
    "no such evidence": ("query ($k: String) { evidence(kind: $k) { id } }", {"k": BAD}),
    "bad mobile": (_ADD, {"p": "", "i": {"kind": "MOBILE", "mobile": BAD}, "k": "b1"}),
    "bad e-mail": (_ADD, {"p": "", "i": {"kind": "EMAIL", "email": f"{BAD}@"}, "k": "b2"}),
    "bad key": (_ADD, {"p": "", "i": {"kind": "MOBILE"}, "k": f"{BAD}键"}),
    "stranger in an input": (_ADD, {"p": "", "i": {"kind": "MOBILE", BAD: BAD}, "k": "b3"}),
}  # fmt: skip


@pytest.mark.rule("S11.R17")
@pytest.mark.parametrize("held", ["everything", "all but schema:read"])
def test_what_is_refused_is_not_repeated(
    loud: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], held: str
) -> None:
    """Neither to who may see validation detail, nor to who may not; and always with a stable code."""
    customer = _plant(loud)
    scopes = sorted(loud.principal(every=True).scopes - ({"schema:read"} if held != "everything" else set()))
    client, headers = over_http(loud, *scopes, purposes=("SERVICE",))
    for name, (query, variables) in REFUSED.items():
        sent = {**variables, "p": customer} if "p" in variables else variables
        answer = client.post("/graphql", json={"query": query, "variables": sent}, headers=headers)
        text = answer.text
        assert BAD not in text, f"{name}: {text}"
        assert '"INTERNAL"' not in text, f"{name}: {text}"
        assert '"errors"' in text or '"problems"' in text, f"{name}: {text}"
    for answer in (
        client.get("/graphql", params={"query": _LOOK_UP, "variables": f'{{"v": "{BAD}"}}'}, headers=headers),
        client.get("/graphql", params={"query": "{ viewer { client } }", "variables": BAD}, headers=headers),
        client.get("/graphql", params={"query": f'{{ node(id: "{BAD}") {{ id }} }}'}, headers=headers),
        client.get(
            "/graphql", params={"query": f'{{ customers(first: "{BAD}") {{ nodes {{ id }} }} }}'}, headers=headers
        ),
        client.get(f"/{BAD}", headers=headers),
        client.post("/graphql", content=BAD, headers={**headers, "content-type": "application/json"}),
        client.post("/graphql", content=BAD, headers={**headers, "content-type": BAD}),
        client.post("/graphql", json={"query": "{ viewer { client } }"}, headers={"authorization": f"Bearer {BAD}"}),
        client.post("/oauth/token", data={"grant_type": BAD}, auth=(BAD, BAD)),
        client.post("/oauth/revoke", data={"token": BAD}, auth=(BAD, BAD)),
    ):
        assert BAD not in answer.text, answer.url
        assert not any(BAD in value for value in answer.headers.values()), answer.url
    loud.installation.mover.drain()
    ours = "\n".join(
        f"{r.name} {r.getMessage()} {r.exc_text}"
        for r in caplog.records
        if not r.name.startswith(("httpx", "httpcore"))
    )
    assert BAD not in ours + "".join(capfd.readouterr())
    assert BAD.encode() not in _files(tmp_path) + _database(loud)


def test_imports_keep_rows_sealed_and_reports_name_cells_only(
    loud: World, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    installation = loud.installation
    lines = (
        "姓名,联系电话,到访日期,来源,备注",
        f"{MORE[3]},{MORE[2]},2026-3-5,来访,",
        f"{MORE[4]},13707170727x,2026-13-5,来访,",
    )
    whole = loud.principal(every=True, staff="M001")
    zone = ZoneInfo("Asia/Shanghai")
    planned = plan_import(
        "\n".join(lines).encode(), "visits.csv", installation.forms["realestate.visit"], zone=zone, key=bytes(32)
    )
    request = Request(principal=whole, idempotency_key="import")
    report = Importer(installation.imports.sink(request, "realestate.visit")).run(planned)
    assert (report.rows, report.bad) == (2, report.bad)
    assert report.bad >= 1
    assert _leaks(str(render(report, "zh")) + repr(report)) == []
    installation.mover.drain()
    stored = _files(tmp_path / "var") + _database(loud)
    assert [needle for needle in _needles() if needle.encode() in stored] == []
    assert _leaks(caplog.text + "".join(capfd.readouterr())) == []
