"""Promise 3: what can't be put on record isn't released, and what is on record is true."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
import pytest
from sqlalchemy import event, select, text

from kehu.access.principal import Principal
from kehu.evidence import Entry, Kind, Outcome
from kehu.evidence.tables import entry_table
from kehu.evidence.writer import unavailable
from kehu.graph.execute import GraphRequest
from kehu.store.system import outbox
from kehu.testing import World

from .callers import over_http

pytestmark = pytest.mark.promise(3)

PLANTED = ("张三丰", "13800001234", "顺德区一号院", "440606198001019999", "来访时说起的私事")
_VISIT = """mutation Visit($input: RealestateVisitInput!, $key: String!) {
  recordRealestateVisit(input: $input, idempotencyKey: $key) {
    __typename ... on Problems { problems { code } }
    ... on RecordRealestateVisitSuccess { customer { id name contacts { mobile } } } } }"""
_INPUT = {
    "name": PLANTED[0], "telephone": PLANTED[1], "visitedAt": "2026-11-01T02:00:00Z", "source": "VISIT",
    "traits": PLANTED[4], "livingWorkingArea": PLANTED[2],
}  # fmt: skip


def _visit(kehu: World, key: str = "visit-1", **changed: str) -> dict[str, Any]:
    answer = kehu.ask(_whole(kehu), _VISIT, input={**_INPUT, **changed}, key=key)
    assert answer["data"]["recordRealestateVisit"]["__typename"] == "RecordRealestateVisitSuccess", answer
    return answer


def _whole(kehu: World) -> Principal:
    return kehu.principal(every=True, staff="M001")


def _close(kehu: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kehu.installation.evidence.close()


def _raise(kehu: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def append(entry: Entry) -> None:
        raise unavailable()

    monkeypatch.setattr(type(kehu.installation.evidence), "append", lambda self, entry: append(entry))


def _fail_unexpectedly(kehu: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        if "evidence_entry" in statement and statement.lstrip().upper().startswith("INSERT"):
            raise RuntimeError("the disk burns")

    event.listen(kehu.installation.evidence._writing, "before_cursor_execute", fail)


_READING = "{ customers { nodes { id name contacts { mobile } } } viewer { client } }"
_BREAKS: dict[str, Callable[[World, pytest.MonkeyPatch], None]] = {
    "closed": _close, "refused": _raise, "exception": _fail_unexpectedly,
}  # fmt: skip


@pytest.mark.parametrize("name", _BREAKS)
def test_nothing_is_released_when_the_entry_is_not_durable(
    kehu: World, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    _visit(kehu)
    assert kehu.data(_whole(kehu), _READING)["customers"]["nodes"]
    _BREAKS[name](kehu, monkeypatch)
    for query in (_READING, "{ purposes { code } }", "{ __schema { queryType { name } } }"):
        response = kehu.respond(_whole(kehu), query)
        answer = orjson.loads(response.body)
        assert (response.status, answer["errors"][0]["extensions"]["code"]) == (503, "EVIDENCE_UNAVAILABLE"), query
        assert "data" not in answer
        assert not any(value in response.body.decode() for value in PLANTED)


def test_a_full_store_releases_nothing(kehu: World) -> None:
    """SQLite gets no page more, as on a full disk; PostgreSQL refuses the row."""
    engine = kehu.installation.evidence._writing
    assert engine is not None
    _visit(kehu)
    if engine.dialect.name == "sqlite":

        def no_more_pages(conn: Any, cursor: Any, *_: Any) -> None:
            raw = cursor.connection
            pages = raw.execute("PRAGMA page_count").fetchone()[0]
            raw.execute(f"PRAGMA max_page_count = {pages}")

        event.listen(engine, "before_cursor_execute", no_more_pages)
    else:
        with kehu.installation.engines.write.begin() as conn:
            conn.execute(text(f"ALTER TABLE {entry_table.name} ADD CHECK (false) NOT VALID"))
    for number in range(300):
        answer = kehu.ask(_whole(kehu), f"query Q{number} {{ customers {{ nodes {{ name }} }} }}")
        if "errors" in answer:
            break
    assert answer["errors"][0]["extensions"]["code"] == "EVIDENCE_UNAVAILABLE"
    assert "data" not in answer


def test_over_http_it_is_503_without_data(kehu: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _visit(kehu)
    client, headers = over_http(kehu, "customer.core:read", "customer.identity:read")
    headers |= {"accept": "application/graphql-response+json"}
    assert "data" in client.post("/graphql", json={"query": _READING}, headers=headers).json()
    _close(kehu, monkeypatch)
    for accept in ("application/graphql-response+json", "application/json"):
        answer = client.post("/graphql", json={"query": _READING}, headers={**headers, "accept": accept})
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert "data" not in answer.json()


@dataclass(frozen=True)
class Emission:
    """One operation and what its entry must say."""

    query: str
    kind: Kind
    scopes: tuple[str, ...] = ()
    variables: dict[str, Any] = field(default_factory=dict)
    purposes: tuple[str, ...] = ()
    fields: tuple[tuple[str, str, int], ...] = ()
    subjects: int = 0
    outcome: Outcome = Outcome.OK
    code: str | None = None
    purpose: str | None = None


_READ = ("customer.core:read", "customer.identity:read", "customer.contact:read")
_WHY = {"why": "核对资料"}
EMISSIONS = {
    "masked query": Emission(
        "{ customers { nodes { name contacts { mobile } } } }", Kind.READ, _READ,
        fields=(("customers.contacts.mobile", "masked", 2), ("customers.name", "masked", 2)), subjects=2,
    ),
    "denied field": Emission(
        "{ customers { nodes { name birthDate } } }", Kind.READ, _READ[:1],
        fields=(("customers.birthDate", "denied", 2), ("customers.name", "denied", 2)), subjects=2,
    ),
    "reveal": Emission(
        'query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) { customers(first: 1) { nodes { name } } }',
        Kind.READ, (*_READ, "customer.identity:reveal"), _WHY, ("SERVICE",),
        fields=(("customers.name", "clear", 1),), subjects=1, purpose="SERVICE",
    ),
    "count alone": Emission("{ customers { totalCount } }", Kind.READ, _READ),
    "denied rows": Emission(
        "{ customers { nodes { id judgements { kind } } } }", Kind.READ, _READ,
        fields=(("customers.judgements", "denied", 2),), subjects=2,
    ),
    "look-up": Emission(
        "query ($v: LookupValue!) { lookup(by: CONTACT_POINT_MOBILE, value: $v) { name } }", Kind.LOOKUP,
        (*_READ, "customer.contact:lookup"), {"v": PLANTED[1]}, subjects=1,
        fields=(("lookup.name", "masked", 1), ("lookup:ContactPoint.mobile", "clear", 1)),
    ),
    "look-up of nobody": Emission(
        "query ($v: LookupValue!) { lookup(by: CONTACT_POINT_MOBILE, value: $v) { name } }", Kind.LOOKUP,
        (*_READ, "customer.contact:lookup"), {"v": "13999999999"},
        fields=(("lookup:ContactPoint.mobile", "clear", 1),),
    ),
    "introspection": Emission("{ __schema { queryType { name } } }", Kind.READ, ("schema:read",)),
    "catalogue": Emission("{ fieldPolicies { field } declassifiers { name } }", Kind.READ, ("schema:read",)),
    "viewer": Emission("{ viewer { client } }", Kind.READ),
    "denied purpose": Emission(
        'query ($why: Reason!) @purpose(code: "MARKETING", reason: $why) { customers { nodes { name } } }',
        Kind.READ, _READ, _WHY, ("SERVICE",), outcome=Outcome.REFUSED, code="PURPOSE_NOT_ALLOWED", purpose="MARKETING",
    ),
}  # fmt: skip


@pytest.fixture
def peopled(kehu: World) -> World:
    _visit(kehu)
    _visit(kehu, "visit-2", name="李四光", telephone="13900005678")
    kehu.installation.mover.drain()
    return kehu


@pytest.mark.parametrize("name", EMISSIONS)
def test_every_payload_has_exactly_one_true_entry(peopled: World, name: str) -> None:
    told, log = EMISSIONS[name], peopled.installation.evidence
    caller = peopled.principal(*told.scopes, purposes=told.purposes)
    before = log.head().size
    answer = peopled.ask(caller, told.query, **told.variables)
    assert log.head().size == before + 1
    [stored] = list(log.entries(newest_first=True, limit=1))
    entry = stored.entry
    assert (entry.kind, entry.outcome, entry.code, entry.purpose.code) == (
        told.kind,
        told.outcome,
        told.code,
        told.purpose,
    )
    assert tuple((use.path, use.effect.value, use.count) for use in entry.fields) == told.fields
    assert (len(entry.subjects), entry.subject_count) == (told.subjects, told.subjects)
    assert (entry.actor.client, entry.actor.unit) == (caller.client, str(caller.unit))
    assert not any(value.encode() in entry.canonical for value in (*PLANTED, *_WHY.values()))
    if told.outcome is Outcome.OK:
        receipt = answer["extensions"]["governance"]
        assert (receipt["entry"], receipt["leaf"]) == (str(entry.id), stored.leaf.hex())
        assert receipt["masked"] == [{"path": p, "count": n} for p, effect, n in told.fields if effect == "masked"]
        assert receipt["denied"] == [{"path": p, "count": n} for p, effect, n in told.fields if effect == "denied"]


@pytest.mark.promise(6)
@pytest.mark.rule("S3.R15")
def test_the_level_is_the_highest_of_what_was_shown(peopled: World) -> None:
    """The highest level of a response stands on the receipt and on record; one sensitive value makes all sensitive."""
    for query, expected, sensitive in (
        ("{ customers { nodes { kind } } }", "Customer.kind", False),
        ("{ customers { nodes { kind name } } }", "Customer.name", True),
        ("{ customers { nodes { kind contacts { mobile } } } }", "ContactPoint.mobile", True),
    ):
        record, _, name = expected.partition(".")
        level = int(peopled.installation.registry.records[record].by_name[name].policy.level)
        answer = peopled.ask(peopled.principal(*_READ), query)
        entry = next(iter(peopled.installation.evidence.entries(newest_first=True, limit=1))).entry
        receipt = answer["extensions"]["governance"]
        assert (receipt["level"], entry.level, receipt["sensitive"]) == (level, level, sensitive), query


def test_a_write_goes_on_record_with_its_own_transaction(kehu: World) -> None:
    log, installation = kehu.installation.evidence, kehu.installation
    installation.mover.drain()
    before = log.head().size
    answer = _visit(kehu)
    with installation.engines.read.connect() as conn:
        waiting = conn.execute(select(outbox)).all()
    assert len(waiting) == 1, "in the outbox with the write"
    assert installation.mover.drain() == 1
    entries = {
        stored.entry.kind: stored.entry for stored in log.entries(newest_first=True, limit=log.head().size - before)
    }
    assert set(entries) == {Kind.WRITE, Kind.MUTATION}, "the write, and the payload that showed the result"
    written, shown = entries[Kind.WRITE], entries[Kind.MUTATION]
    assert written.detail["Customer.insert"] == 1
    assert written.detail["ContactPoint.insert"] == 1
    assert written.subjects == shown.subjects
    assert len(written.subjects) == 1
    assert {use.path for use in shown.fields} == {
        "recordRealestateVisit.customer.name", "recordRealestateVisit.customer.contacts.mobile",
    } or {use.path for use in shown.fields} == {"customer.name", "customer.contacts.mobile"}  # fmt: skip
    for stored in log.entries():
        assert not any(value.encode() in stored.entry.canonical for value in PLANTED)
    assert answer["extensions"]["governance"]["entry"] == str(shown.id)


def test_a_refused_write_leaves_nothing_in_the_outbox(kehu: World) -> None:
    kehu.installation.mover.drain()
    answer = kehu.ask(_whole(kehu), _VISIT, input={**_INPUT, "telephone": "123"}, key="bad")
    assert answer["data"]["recordRealestateVisit"]["__typename"] == "Problems"
    assert kehu.installation.mover.drain() == 0


def test_a_get_request_is_on_record_too(peopled: World) -> None:
    log = peopled.installation.evidence
    before = log.head().size
    request = GraphRequest("{ customers { nodes { name } } }", reading_only=True)
    peopled.installation.executor.execute(request, peopled.principal(*_READ))
    assert log.head().size == before + 1
