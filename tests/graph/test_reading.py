"""Reading: pages, cursors, filters, orders, ids, and selections as GraphQL's reference execution merges them."""

from __future__ import annotations

import base64
import uuid
from typing import Any

import pytest

from .shop import CUSTOMERS, Shop

PAGE = """
query Page($first: Int, $after: String, $filter: InteractionFilter, $order: InteractionOrder) {
  interactions(first: $first, after: $after, filter: $filter, orderBy: $order) {
    totalCount
    edges { cursor node { id occurredAt kind } }
    nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
ORDERS = [None, {"field": "occurredAt"}, {"field": "occurredAt", "descending": True}]


def walk(shop: Shop, first: int, **variables: Any) -> list[dict[str, Any]]:
    """Every node, page by page; checks what a page says of itself on the way."""
    found: list[dict[str, Any]] = []
    after, pages = None, 0
    while pages <= CUSTOMERS + 1:
        page = shop.data(PAGE, first=first, after=after, **variables)["interactions"]
        nodes = [edge["node"] for edge in page["edges"]]
        assert [node["id"] for node in page["nodes"]] == [node["id"] for node in nodes]
        assert len(nodes) <= first
        assert page["pageInfo"]["hasPreviousPage"] is (after is not None)
        cursors = [edge["cursor"] for edge in page["edges"]]
        assert [page["pageInfo"]["startCursor"], page["pageInfo"]["endCursor"]] == [cursors[0], cursors[-1]]
        found += nodes
        pages += 1
        if not page["pageInfo"]["hasNextPage"]:
            return found
        after = cursors[-1]
    raise AssertionError("pages never end")


@pytest.mark.parametrize("order", ORDERS, ids=["newest first", "ascending", "descending"])
@pytest.mark.parametrize("first", [1, 2, 5, CUSTOMERS, CUSTOMERS + 1])
def test_forward_paging_meets_every_row_once(shop: Shop, first: int, order: dict[str, Any] | None) -> None:
    met = walk(shop, first, order=order)
    assert sorted(node["id"] for node in met) == sorted(shop.interactions)
    moments = [node["occurredAt"] for node in met]
    if order is not None:
        assert moments == sorted(moments, reverse=bool(order.get("descending")))
    assert met == walk(shop, 1000, order=order)


def test_filtered_paging_and_its_total(shop: Shop) -> None:
    visits = {"kind": {"eq": "VISIT"}}
    met = walk(shop, 2, filter=visits, order=ORDERS[1])
    assert {node["kind"] for node in met} == {"VISIT"}
    assert len(met) == CUSTOMERS // 2
    assert shop.data(PAGE, first=1, filter=visits)["interactions"]["totalCount"] == CUSTOMERS // 2


def test_an_empty_page(shop: Shop) -> None:
    page = shop.data(PAGE, first=0)["interactions"]
    assert page["edges"] == []
    assert page["totalCount"] == CUSTOMERS
    assert page["pageInfo"] == {"hasNextPage": True, "hasPreviousPage": False, "startCursor": None, "endCursor": None}


def test_a_cursor_may_be_used_with_another_filter_of_the_same_order(shop: Shop) -> None:
    all_ = walk(shop, 1000)
    cursor = shop.data(PAGE, first=3)["interactions"]["pageInfo"]["endCursor"]
    later = shop.data(PAGE, after=cursor, filter={"kind": {"eq": "VISIT"}})["interactions"]["nodes"]
    assert [node["id"] for node in later] == [node["id"] for node in all_[3:] if node["kind"] == "VISIT"]


def flipped(cursor: str, place: int) -> str:
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[place] ^= 1
    return base64.urlsafe_b64encode(bytes(raw)).rstrip(b"=").decode()


@pytest.mark.promise(2)
def test_cursors_are_sealed(shop: Shop) -> None:
    cursor = shop.data(PAGE, first=2)["interactions"]["pageInfo"]["endCursor"]
    raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    for hidden in (
        b"2026",
        *(uuid.UUID(i).bytes for i in _uuids(shop.interactions)),
        *(i.encode() for i in _uuids(shop.interactions)),
    ):
        assert hidden not in raw
    wrong = [flipped(cursor, place) for place in (0, len(raw) // 2, len(raw) - 1)]
    for after in (*wrong, cursor[:-4], cursor + "AAAA", "", "x", "中文", base64.urlsafe_b64encode(b"[1]").decode()):
        codes = shop.codes(PAGE, after=after)
        assert codes == (["CURSOR_INVALID"] if after else []), after


def _uuids(ids: list[str]) -> list[str]:
    return [base64.urlsafe_b64decode(i + "=" * (-len(i) % 4)).decode().split(":")[-1] for i in ids]


@pytest.mark.promise(2)
def test_a_cursor_belongs_to_one_connection_one_order_and_one_caller(shop: Shop) -> None:
    cursor = shop.data(PAGE, first=2)["interactions"]["pageInfo"]["endCursor"]
    assert shop.codes("query($a: String) { customers(after: $a) { totalCount nodes { id } } }", a=cursor) == [
        "CURSOR_INVALID"
    ]
    for order in ORDERS[1:]:
        assert shop.codes(PAGE, after=cursor, order=order) == ["CURSOR_INVALID"]
    for other in (shop.world.principal(every=True, client="other"), shop.world.principal(every=True, unit="P01")):
        assert shop.codes(PAGE, other, after=cursor) == ["CURSOR_INVALID"]
    assert shop.codes(PAGE, after=cursor) == []


# Filters: the indices of the customers that each must find.

EVERY = range(CUSTOMERS)
FILTERS: list[tuple[str, dict[str, Any], list[int]]] = [
    ("empty", {}, [*EVERY]),
    ("code", {"kind": {"eq": "ORGANISATION"}}, [n for n in EVERY if n % 3 == 0]),
    ("codes", {"kind": {"in": ["ORGANISATION", "PERSON"]}}, [*EVERY]),
    ("no codes", {"kind": {"in": []}}, []),
    ("null", {"kind": None, "stage": {"eq": None}}, [*EVERY]),
    ("both", {"kind": {"eq": "PERSON"}, "stage": {"eq": "ACTIVE"}}, [n for n in EVERY if n % 3 and n % 2]),
    ("contradiction", {"kind": {"eq": "PERSON", "in": ["ORGANISATION"]}}, []),
    ("source", {"sourceChannel": {"eq": "STAFF_ACTIVITY"}}, [*EVERY]),
    ("some", {"contacts": {"kind": {"eq": "MOBILE"}}}, [n for n in EVERY if n % 3]),
    ("flag", {"contacts": {"preferred": {"eq": False}}}, [n for n in EVERY if n % 3 == 2]),
    ("flag set", {"contacts": {"preferred": {"eq": True}}}, [n for n in EVERY if n % 3]),
    ("some without conditions", {"contacts": {}}, [n for n in EVERY if n % 3]),
    ("from", {"interactions": {"occurredAt": {"gte": "2026-11-05T02:00:00Z"}}}, [n for n in EVERY if n // 2 + 1 >= 5]),
    (
        "before",
        {"interactions": {"occurredAt": {"lt": "2026-11-05T10:00:00+08:00"}}},
        [n for n in EVERY if n // 2 + 1 < 5],
    ),
    ("at", {"interactions": {"occurredAt": {"eq": "2026-11-01T02:00:00Z"}}}, [0, 1]),
    (
        "day",
        {"holdings": {"openedOn": {"gte": "2026-05-15", "lt": "2026-09-15"}}},
        [n for n in EVERY if n % 4 == 0 and 5 <= n % 9 + 1 < 9],
    ),
    ("text", {"holdings": {"externalId": {"in": ["H4", "H8", "H5"]}}}, [4, 8]),
    (
        "two of some",
        {"contacts": {"kind": {"eq": "MOBILE"}}, "holdings": {"kind": {"eq": "PROPERTY"}}},
        [n for n in EVERY if n % 3 and n % 4 == 0],
    ),
    ("grade in force", {"grades": {"band": {"eq": "B"}}}, [8, 12]),
    ("lowest grade in force", {"grades": {"band": {"eq": "E"}}}, None),  # type: ignore[list-item]  # reason: the rest, below
]
FIND = "query Find($filter: CustomerFilter) { customers(first: 100, filter: $filter) { totalCount nodes { id } } }"


@pytest.mark.parametrize(("given", "indices"), [case[1:] for case in FILTERS], ids=[case[0] for case in FILTERS])
def test_filter(shop: Shop, given: dict[str, Any], indices: list[int] | None) -> None:
    found = shop.data(FIND, filter=given)["customers"]
    if indices is None:
        bands = shop.data("{ customers(first: 100) { nodes { id grades(first: 1) { band supersededAt } } } }")[
            "customers"
        ]["nodes"]
        assert all(node["grades"][0]["supersededAt"] is None for node in bands)
        expected = [node["id"] for node in bands if node["grades"][0]["band"] == given["grades"]["band"]["eq"]]
        assert 0 < len(expected) < CUSTOMERS
    else:
        expected = [shop.customers[n] for n in indices]
    assert sorted(node["id"] for node in found["nodes"]) == sorted(expected)
    assert found["totalCount"] == len(expected)


def test_filter_by_reference(shop: Shop) -> None:
    units = {
        u["code"]: u["id"]
        for u in shop.data("{ organisationUnits { nodes { id code } } }")["organisationUnits"]["nodes"]
    }
    for code, expected in (("P01", shop.customers[0::2]), ("P02", shop.customers[1::2]), ("P03", [])):
        found = shop.data(FIND, filter={"unit": {"eq": units[code]}})["customers"]["nodes"]
        assert sorted(node["id"] for node in found) == sorted(expected)
    assert shop.codes(FIND, filter={"unit": {"eq": shop.customers[0]}}) == ["ID_INVALID"]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"interactions": {"occurredAt": {"gte": "yesterday"}}}, "MOMENT_FORMAT"),
        ({"holdings": {"openedOn": {"gte": "2026-02-30"}}}, "DAY_FORMAT"),
        ({"kind": {"eq": "ALIEN"}}, "VARIABLE_INVALID"),
        ({"name": {"eq": "示例"}}, "VARIABLE_INVALID"),
        ({"contacts": {"mobile": {"eq": "13900001000"}}}, "VARIABLE_INVALID"),
    ],
)
def test_wrong_filter(shop: Shop, given: dict[str, Any], code: str) -> None:
    assert shop.codes(FIND, filter=given) == [code]


@pytest.mark.promise(2)
@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"ageBand": {"eq": "FROM_30_TO_40"}}, "customer.identity:read"),
        ({"holdings": {}}, "customer.holding:read"),
        ({"grades": {"band": {"eq": "A"}}}, "customer.grade:read"),
        ({"judgements": {"status": {"eq": "APPROVED"}}}, "customer.judgement:read"),
    ],
)
def test_filter_needs_the_right_to_read(shop: Shop, given: dict[str, Any], missing: str) -> None:
    if "ageBand" in given:
        given = {"ageBand": {"eq": shop.world.installation.registry.schemes["age.band"].codes[0]}}
    answer = shop.ask(FIND, shop.caller("customer.core:read"), filter=given)
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "FILTER_FORBIDDEN"
    assert error["extensions"]["required"] == [missing]
    assert answer["data"] == {"customers": None}


# Ids


def test_node_and_nodes(shop: Shop) -> None:
    ids = [shop.customers[0], shop.contacts[0], shop.interactions[0]]
    query = """query($ids: [ID!]!) {
      nodes(ids: $ids) { __typename id ... on Customer { kind } ... on ContactPoint { how: kind preferred } } }"""
    found = shop.data(query, ids=ids)["nodes"]
    assert [node["id"] for node in found] == ids
    assert [node["__typename"] for node in found] == ["Customer", "ContactPoint", "Interaction"]
    assert found[1] == {"__typename": "ContactPoint", "id": shop.contacts[0], "how": "MOBILE", "preferred": True}
    assert shop.data(query, ids=[*ids[::-1], ids[0]])["nodes"][-1]["kind"] == "ORGANISATION"
    one = "query($id: ID!) { node(id: $id) { __typename id } customer(id: $id) { id } }"
    assert shop.data(one, id=ids[0]) == {"node": {"__typename": "Customer", "id": ids[0]}, "customer": {"id": ids[0]}}
    assert shop.data(query, ids=[])["nodes"] == []


def encoded(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


@pytest.mark.promise(2)
def test_hidden_and_absent_answer_alike(shop: Shop) -> None:
    query = "query($id: ID!) { node(id: $id) { id ... on Customer { kind name } ... on ContactPoint { mobile } } }"
    elsewhere = shop.world.principal(every=True, unit="P01")
    own, other = _uuids([shop.customers[0]])[0], _uuids([shop.customers[1]])[0]
    contact = _uuids([shop.contacts[0]])[0]
    for absent in (
        shop.customers[1],
        shop.contacts[0],
        encoded(f"Customer:{uuid.UUID(int=7)}"),
        encoded(f"ContactPoint:{own}:{contact}"),
        encoded(f"ContactPoint:{other}:{uuid.UUID(int=7)}"),
        encoded(f"Customer:{other}:{own}"),
    ):
        assert shop.data(query, elsewhere, id=absent) == {"node": None}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "中文",
        "====",
        encoded("Customer"),
        encoded("Customer:1"),
        encoded("Nobody:" + str(uuid.UUID(int=1))),
        encoded("Customer:" + ":".join(3 * [str(uuid.UUID(int=1))])),
        encoded("Customer:客户"),
        "A" * 5000,
    ],
)
def test_invalid_ids(shop: Shop, text: str) -> None:
    assert shop.codes("query($id: ID!) { node(id: $id) { id } }", id=text) == ["ID_INVALID"]
    assert shop.codes("query($id: [ID!]!) { nodes(ids: $id) { id } }", id=[shop.customers[0], text]) == ["ID_INVALID"]


@pytest.mark.parametrize("record", ["ContactPoint", "Holding"])
def test_an_id_with_too_few_parts_is_invalid_or_absent(shop: Shop, record: str) -> None:
    answer = shop.ask("query($id: ID!) { node(id: $id) { id } }", id=encoded(f"{record}:{uuid.UUID(int=1)}"))
    assert [e["extensions"]["code"] for e in answer.get("errors", [])] in ([], ["ID_INVALID"])
    assert answer["data"]["node"] is None


def test_customer_takes_only_a_customers_id(shop: Shop) -> None:
    assert shop.codes("query($id: ID!) { customer(id: $id) { id } }", id=shop.contacts[0]) == ["ID_INVALID"]


# Selections: what must come out of one customer with two contacts.

SELECTIONS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("{ kind kind }", {}, {"kind": "PERSON"}),
    ("{ a: kind b: kind }", {}, {"a": "PERSON", "b": "PERSON"}),
    (
        "{ contacts(first: 1) { kind } contacts(first: 1) { preferred } }",
        {},
        {"contacts": [{"kind": "MOBILE", "preferred": True}]},
    ),
    (
        "{ a: contacts(first: 1) { kind } b: contacts(first: 2) { preferred } }",
        {},
        {"a": [{"kind": "MOBILE"}], "b": [{"preferred": True}, {"preferred": False}]},
    ),
    (
        "{ a: contacts { kind } b: contacts { preferred } }",
        {},
        {"a": [{"kind": "MOBILE"}] * 2, "b": [{"preferred": True}, {"preferred": False}]},
    ),
    ("{ contacts(first: $n) { kind } }", {"n": 1}, {"contacts": [{"kind": "MOBILE"}]}),
    (
        "{ a: contacts(first: $n) { kind } b: contacts(first: $m) { kind } }",
        {"n": 1, "m": 0},
        {"a": [{"kind": "MOBILE"}], "b": []},
    ),
    (
        "{ ...A ...B } fragment A on Customer { unit { code } } fragment B on Customer { unit { name } }",
        {},
        {"unit": {"code": "P02", "name": "君兰项目"}},
    ),
    (
        "{ ... on Customer { kind } ... on Node { id } ... { stage } }",
        {},
        {"kind": "PERSON", "id": 1, "stage": "ACTIVE"},
    ),
    ("{ kind @skip(if: $yes) stage @include(if: $yes) }", {"yes": True}, {"stage": "ACTIVE"}),
    ("{ kind @skip(if: $yes) stage @include(if: $yes) }", {"yes": False}, {"kind": "PERSON"}),
    ("{ kind @skip(if: false) stage @include(if: false) }", {}, {"kind": "PERSON"}),
    ("{ kind @include(if: $yes) @skip(if: $yes) id }", {"yes": True}, {"id": 1}),
    (
        "{ contacts { mobile } @include(if: $yes) contacts { kind } }".replace(
            "{ mobile } @include(if: $yes)", "@include(if: $yes) { preferred }"
        ),
        {"yes": False},
        {"contacts": [{"kind": "MOBILE"}] * 2},
    ),
    ("{ ...A @include(if: $yes) kind } fragment A on Customer { stage }", {"yes": False}, {"kind": "PERSON"}),
    ("{ ... @skip(if: $yes) { stage } kind }", {"yes": True}, {"kind": "PERSON"}),
    (
        "{ stage ...A } fragment A on Customer { ...B kind } fragment B on Customer { ...C } fragment C on Node { id }",
        {},
        {"stage": "ACTIVE", "id": 1, "kind": "PERSON"},
    ),
    (
        "{ __typename t: __typename contacts(first: 1) { __typename } }",
        {},
        {"__typename": "Customer", "t": "Customer", "contacts": [{"__typename": "ContactPoint"}]},
    ),
    ("{ version kind: stage stage: kind }", {}, {"version": 1, "kind": "ACTIVE", "stage": "PERSON"}),
]


@pytest.mark.parametrize(("selection", "variables", "expected"), SELECTIONS)
def test_selections_are_merged_as_the_specification_says(
    shop: Shop, selection: str, variables: dict[str, Any], expected: dict[str, Any]
) -> None:
    types = {"n": "Int", "m": "Int", "yes": "Boolean!"}
    declared = "".join(f", ${name}: {types[name]}" for name in variables)
    body, _, fragments = selection.partition(" fragment ")
    query = f"query($id: ID!{declared}) {{ customer(id: $id) {body} }} {'fragment ' + fragments if fragments else ''}"
    customer = shop.customers[5]
    found = shop.data(query, id=customer, **variables)["customer"]
    wanted = {key: customer if key == "id" else value for key, value in expected.items()}
    assert list(found) == list(wanted)
    assert found == wanted


def test_merged_connections_share_rows(shop: Shop) -> None:
    query = """{ customers(first: 2) { nodes { id } edges { node { kind } } edges { cursor node { stage } } }
                 customers(first: 2) { nodes { stage } totalCount } }"""
    page = shop.data(query)["customers"]
    assert page["totalCount"] == CUSTOMERS
    assert [sorted(node) for node in page["nodes"]] == [["id", "stage"]] * 2
    assert [sorted(edge["node"]) for edge in page["edges"]] == [["kind", "stage"]] * 2


def test_arguments_that_differ_under_one_name_are_refused(shop: Shop) -> None:
    query = "query($id: ID!) { customer(id: $id) { contacts(first: 1) { kind } contacts(first: 2) { kind } } }"
    assert shop.codes(query, id=shop.customers[5]) == ["VALIDATION_FAILED"]


def test_absent_and_null_arguments(shop: Shop) -> None:
    query = "query($n: Int, $f: CustomerFilter) { customers(first: $n, filter: $f) { totalCount nodes { id } } }"
    for variables in ({}, {"n": None}, {"f": None}, {"n": None, "f": {}}):
        assert len(shop.data(query, **variables)["customers"]["nodes"]) == CUSTOMERS
