"""Promise 2 case by case: rows and values that a caller may not know of, one way of asking after the other."""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import UUID

import orjson
import pytest
from sqlalchemy import select

from kehu.store.system import duplicate_case

from .pair import Pair, RowSpec
from .rows import Makers, rows_of
from .visitors import caller_of, global_id, visitor

pytestmark = pytest.mark.promise(2)


def _filled(unit: UUID, **customer: object) -> list[RowSpec]:
    """A database of one customer with a profile."""
    base = UUID("018f0010-0000-7000-8000-000000000000")
    profile = UUID("018f0010-0000-7000-8000-000000000001")
    about = {"kind": "PERSON", "stage": "PROSPECT", "unit": unit}
    return [
        RowSpec("Customer", base, base, about),
        RowSpec("RealestateProfile", base, profile, {"source": "VISIT", **customer}),
    ]


def test_whether_a_denied_value_is_there_changes_no_statement(pair: Pair) -> None:
    """Two fields of one sealed blob: the caller may read one, and only the other has a value."""
    left, right = pair.sides
    caller = left.principal(("customer.core:read", "customer.note:read"), unit="HQ", purposes=(), staff=None)
    left.refill(_filled(left.units["P01"]))
    right.refill(_filled(right.units["P01"], livingWorkingArea="顺德区"))
    for _ in range(2):
        pair.compare(caller, "{ customers { nodes { realestate { traits } } } }", {})


_VISIT = """mutation ($input: RealestateVisitInput!) {
  recordRealestateVisit(input: $input, idempotencyKey: "visit-1") {
    __typename ... on Problems { problems { code path } }
    ... on RecordRealestateVisitSuccess { id
      customer { id version name contacts { id mobile } realestate { source } } } } }"""


def test_a_mobile_that_stands_elsewhere_is_taken_like_a_new_one(pair: Pair) -> None:
    """Uniqueness: the duplicate outside the caller's scope becomes a data steward's case, not an answer."""
    pair.left.refill([])
    pair.right.refill(visitor(pair.right, "P02"))
    given = {"name": "王五", "telephone": "13811111234", "visitedAt": "2026-11-01T02:00:00Z", "source": "VISIT"}
    answer = pair.compare(caller_of(pair, every=True), _VISIT, {"input": given}, reading=False)
    assert b"RecordRealestateVisitSuccess" in answer.body
    cases = []
    for side in pair.sides:
        with side.installation.engines.read.connect() as conn:
            cases.append(len(conn.execute(select(duplicate_case)).all()))
    assert cases == [0, 1]


_MUTATIONS = {
    "add below a customer": (
        "mutation ($id: ID!, $m: Mobile!) { addContactPoint(parent: $id, input: {kind: MOBILE, mobile: $m}, "
        'idempotencyKey: "k1") { ... on Problems { problems { code path message { en } } } } }',
        0,
        {"m": "13811111234"},
    ),
    "change a customer": (
        "mutation ($id: ID!) { changeCustomer(id: $id, expectedVersion: 1, input: {stage: ACTIVE}, "
        'idempotencyKey: "k2") { ... on Problems { problems { code path message { en } } } } }',
        0,
        {},
    ),
    "change a row with another version": (
        "mutation ($id: ID!) { changeContactPoint(id: $id, expectedVersion: 7, input: {preferred: false}, "
        'idempotencyKey: "k3") { ... on Problems { problems { code path message { en } } } } }',
        1,
        {},
    ),
    "propose a judgement": (
        "mutation ($id: ID!, $e: FreeText!, $k: JudgementKind!) { "
        "proposeJudgement(customer: $id, kind: $k, evidence: $e, "
        'idempotencyKey: "k4") { ... on Problems { problems { code path message { en } } } } }',
        0,
        {"e": "依据"},
    ),
    "decide a judgement": (
        "mutation ($id: ID!) { decideJudgement(id: $id, expectedVersion: 1, approve: true, "
        'idempotencyKey: "k5") { ... on Problems { problems { code path message { en } } } } }',
        3,
        {},
    ),
}


@pytest.mark.parametrize("name", _MUTATIONS)
def test_mutations_of_hidden_and_of_absent_rows_answer_alike(pair: Pair, name: str) -> None:
    query, at, variables = _MUTATIONS[name]
    pair.left.refill([])
    rows = visitor(pair.right, "P02")
    pair.right.refill(rows)
    target = global_id(rows[at].record, rows[at].customer, rows[at].id if at else None)
    if "$k:" in query:
        variables = variables | {"k": pair.left.installation.registry.schemes["judgement.kind"].codes[0]}
    answer = pair.compare(caller_of(pair, every=True), query, {"id": target, **variables}, reading=False)
    assert b'"NOT_FOUND"' in answer.body


def test_hidden_and_absent_ids_answer_alike(pair: Pair) -> None:
    pair.left.refill([])
    rows = visitor(pair.right, "P02")
    pair.right.refill(rows)
    ids = [global_id(r.record, r.customer, None if r.record == "Customer" else r.id) for r in rows]
    caller = caller_of(pair, every=True)
    for one in ids:
        assert b'"n":null' in pair.compare(caller, "query ($id: ID!) { n: node(id: $id) { id } }", {"id": one}).body
    pair.compare(caller, "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", {"ids": ids})


_RELATED = """query { customers(first: 5) { totalCount nodes { id relationships(first: 5) { id kind
  other { id version name contacts(first: 2) { mobile } relationships(first: 2) { other { id } } } } } } }"""
_RELATE = """mutation ($id: ID!, $other: ID!) {
  addRelationship(parent: $id, input: {kind: SPOUSE, other: $other}, idempotencyKey: "r1") {
    __typename ... on Problems { problems { code path message { en } } } } }"""


def test_a_hidden_customer_at_the_other_end_of_a_relationship_shows_like_an_absent_one(pair: Pair) -> None:
    """Neither as a value, a count, an error or a subject of the evidence; nor to who tries to name him."""
    own, hidden = visitor(pair.left, "P01"), visitor(pair.left, "P02", 0x20, "13822221234")
    other = hidden[0].customer
    link = RowSpec(
        "Relationship", own[0].customer, UUID(int=own[0].customer.int + 9), {"kind": "SPOUSE", "other": other}
    )
    pair.left.refill([*own, link])
    pair.right.refill([*own, link, *visitor(pair.right, "P02", 0x20, "13822221234")])
    caller = caller_of(pair, every=True)
    body = orjson.loads(pair.compare(caller, _RELATED, {}).body)
    [shown] = body["data"]["customers"]["nodes"]
    assert [one["other"] for one in shown["relationships"]] == [None]
    assert body["extensions"]["governance"]["subjects"] == 1
    named = {"id": global_id("Customer", own[0].customer), "other": global_id("Customer", other)}
    answer = pair.compare(caller, _RELATE, named, reading=False)
    assert b'"REFERENCE_UNKNOWN"' in answer.body


def test_a_row_under_the_id_of_another_customer_is_neither_shown_nor_put_on_record(pair: Pair) -> None:
    side = pair.left
    one, two = visitor(side, "P01"), visitor(side, "P01", 0x20, "13822221234")
    side.refill([*one, *two])
    crossed = [
        global_id("ContactPoint", one[0].customer, two[1].id),
        global_id("ContactPoint", two[0].customer, one[1].id),
    ]
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on ContactPoint { mobile } } }"
    response, _ = side.ask("crossed", caller_of(pair, every=True), query, {"ids": crossed})
    answer = orjson.loads(response.body)
    assert answer["data"] == {"nodes": [None, None]}
    assert answer["extensions"]["governance"]["subjects"] == 0
    assert answer["extensions"]["governance"]["masked"] == []


def test_a_cursor_is_of_no_use_to_somebody_else(pair: Pair) -> None:
    side = pair.left
    side.refill([*visitor(side, "P01"), *visitor(side, "P02", 0x20, "13822221234")])
    query = "query ($after: String) { customers(first: 1, after: $after) { pageInfo { endCursor } nodes { id } } }"
    wide, narrow = caller_of(pair, "customer.core:read", unit="HQ"), caller_of(pair, "customer.core:read", unit="P02")
    first, _ = side.ask("first page", wide, query, {})
    cursor = orjson.loads(first.body)["data"]["customers"]["pageInfo"]["endCursor"]
    refused, _ = side.ask("borrowed", narrow, query, {"after": cursor})
    own, _ = side.ask("own", wide, query, {"after": cursor})
    assert orjson.loads(refused.body)["errors"][0]["extensions"]["code"] == "CURSOR_INVALID"
    assert len(orjson.loads(own.body)["data"]["customers"]["nodes"]) == 1


def test_no_filter_or_order_of_the_schema_touches_a_masked_field(pair: Pair) -> None:
    installation = pair.left.installation
    types, registry = installation.executor.schema.graphql.type_map, installation.registry
    seen = 0
    for name, record in registry.records.items():
        children = {str(child.accessor) for child in registry.children.get(name, ())}
        for suffix in ("Filter", "OrderField"):
            offered = types.get(f"{name}{suffix}")
            for member in getattr(offered, "fields", None) or getattr(offered, "values", None) or ():
                if member in children:
                    continue
                policy = record.by_name[member].policy
                assert policy.mask is None, f"{name}.{member}"
                assert not policy.sealed, f"{name}.{member}"
                seen += 1
    assert seen > 20


def test_an_explanation_needs_the_rights_to_every_input(pair: Pair) -> None:
    side = pair.left
    rows = visitor(side, "P01")
    grade = next(r for seed in range(50) for r in rows_of(Makers(side.installation.registry, side), 0x10, Random(seed),
                 unit=side.units["P01"]) if r.record == "Grade")  # fmt: skip
    side.refill([*rows, grade])
    registry = side.installation.registry
    needed = {"customer.core:read", "customer.grade:read"}
    for grading in registry.gradings:
        for record, name in grading.inputs:
            policy = registry.records[record].by_name[name].policy
            needed |= {f"{registry.records[record].area}:read"}
            needed.add(str(policy.read_scope if policy.mask is None else policy.reveal_scope))
    query = (
        'query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) '
        "{ customers { nodes { grades { band met facts explanation { zh } } } } }"
    )

    def shown(scopes: set[str]) -> Any:
        caller = side.principal(scopes, unit="HQ", purposes=("SERVICE",), staff=None)
        response, _ = side.ask(f"explain/{sorted(scopes)}", caller, query, {"why": "核对"})
        return orjson.loads(response.body)["data"]["customers"]["nodes"][0]["grades"][0]

    assert None not in shown(needed).values()
    for scope in sorted(needed - {"customer.core:read", "customer.grade:read"}):
        told = shown(needed - {scope})
        assert (told["met"], told["facts"], told["explanation"]) == (None, None, None), scope
        assert told["band"], scope


def test_a_guess_at_a_mask_tells_nothing_to_who_may_not_read_it(pair: Pair) -> None:
    """A mask sent back is refused, but only to who was shown it: the answer would confirm a guess."""
    query = """mutation ($id: ID!, $i: AddressChanges!, $key: String!) {
      changeAddress(id: $id, expectedVersion: 9, input: $i, idempotencyKey: $key) {
        ... on Problems { problems { code } } } }"""
    pool = Makers(pair.left.installation.registry, pair.left).pool(
        pair.left.installation.registry.records["Address"].by_name["value"]
    )
    target: str = ""
    for side, value in zip(pair.sides, (pool[0], pool[2]), strict=True):
        rows = visitor(side, "P01")
        address = UUID(int=rows[0].customer.int + 9)
        side.refill([*rows, RowSpec("Address", rows[0].customer, address, {"kind": "HOME", "value": value})])
        target = global_id("Address", rows[0].customer, address)
    guess = {"value": {"province": "广东省", "city": "佛山市", "district": "顺德区"}}
    writer = caller_of(pair, "customer.core:read", "customer.core:write")
    answer = pair.compare(writer, query, {"id": target, "i": guess, "key": "guess"}, reading=False)
    assert b'"STALE"' in answer.body
    reader = caller_of(pair, "customer.core:read", "customer.core:write", "customer.contact:read")
    told, _ = pair.left.ask("echo", reader, query, {"id": target, "i": guess, "key": "echo"})
    assert b'"MASK_SENT_BACK"' in told.body
