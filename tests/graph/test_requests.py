"""What is refused before anything is read: limits, literals, look-ups, purposes, introspection; and how errors look."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
)

import kehu_realestate
from kehu.access.fetch import Fetch
from kehu.customers import plugin as core_plugin
from kehu.graph.execute import GraphRequest
from kehu.graph.schema import Schema, build_schema
from kehu.registry import load_registry

from .shop import Shop

CANARY = "欧阳测试13900009999"
LOOKUP = "query($value: LookupValue!) { lookup(by: CONTACT_POINT_MOBILE, value: $value) { id } }"


def nested(depth: int) -> str:
    """A query of this depth: customers, nodes, then unit { parentUnit { … } }."""
    inner = "code"
    for _ in range(depth - 4):
        inner = f"parentUnit {{ {inner} }}"
    return f"{{ customers(first: 1) {{ nodes {{ unit {{ {inner} }} }} }} }}"


def through_fragments(depth: int) -> str:
    spreads = "".join(
        f"fragment F{n} on OrganisationUnit {{ parentUnit {{ ...F{n + 1} }} }} " for n in range(depth - 4)
    )
    last = f"fragment F{depth - 4} on OrganisationUnit {{ code }}"
    return f"{{ customers {{ nodes {{ unit {{ ...F0 }} }} }} }} {spreads} {last}"


LIMITS = [
    ("depth", nested(12), nested(13), "TOO_DEEP"),
    ("depth through fragments", through_fragments(12), through_fragments(13), "TOO_DEEP"),
    (
        "aliases",
        "{" + " ".join(f"a{n}: viewer {{ unit }}" for n in range(30)) + "}",
        "{" + " ".join(f"a{n}: viewer {{ unit }}" for n in range(31)) + "}",
        "TOO_MANY_ALIASES",
    ),
    (
        "directives",
        "{" + "viewer { unit @skip(if: false) } " * 50 + "}",
        "{" + "viewer { unit @skip(if: false) } " * 51 + "}",
        "TOO_MANY_DIRECTIVES",
    ),
    ("tokens", "{ viewer {" + " unit" * 3995 + " } }", "{ viewer {" + " unit" * 3996 + " } }", "TOO_MANY_TOKENS"),
    (
        "cost",
        "{ customers(first: 1000) { nodes { kind contacts(first: 8) { kind } } } }",
        "{ customers(first: 1000) { nodes { kind contacts(first: 50) { kind } } } }",
        "TOO_COSTLY",
    ),
    (
        "cost of two roots",
        "{ a: customers(first: 900) { nodes { " + "kind stage name sex remark birthYear" + " } } }",
        "{ "
        + " ".join(
            f"a{n}: customers(first: 900) {{ nodes {{ kind stage name sex remark birthYear }} }}" for n in range(16)
        )
        + " }",
        "TOO_COSTLY",
    ),
]


@pytest.mark.parametrize(("within", "beyond", "code"), [case[1:] for case in LIMITS], ids=[case[0] for case in LIMITS])
def test_limit_allows_its_number_and_refuses_one_more(lite: Shop, within: str, beyond: str, code: str) -> None:
    assert code not in lite.codes(within)
    answer = lite.ask(beyond)
    assert [error["extensions"]["code"] for error in answer["errors"]] == [code]
    assert "data" not in answer
    extensions = answer["errors"][0]["extensions"]
    assert all(str(extensions.get("limit", "")) in text for text in extensions["messages"].values())


@pytest.mark.parametrize(("first", "code"), [(0, None), (1000, None), (1001, "FIRST_INVALID"), (-1, "FIRST_INVALID")])
@pytest.mark.parametrize(
    "query",
    [
        "query($n: Int) { interactions(first: $n) { pageInfo { hasNextPage } } }",
        "query($n: Int) { customers(first: 1) { nodes { contacts(first: $n) { id } } } }",
    ],
    ids=["root", "below"],
)
def test_page_size(lite: Shop, query: str, first: int, code: str | None) -> None:
    assert lite.codes(query, n=first) == ([] if code is None else [code])


def test_cyclic_fragments_are_refused_at_once(lite: Shop) -> None:
    assert lite.codes("{ viewer { ...A } } fragment A on Viewer { ...B } fragment B on Viewer { ...A }") == [
        "VALIDATION_FAILED"
    ]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{ viewer { unit }", "SYNTAX_ERROR"),
        ("", "SYNTAX_ERROR"),
        ("{ customers { nodes { nickname } } }", "VALIDATION_FAILED"),
        ("query A { viewer { unit } } query B { viewer { unit } }", "OPERATION_UNKNOWN"),
        ("fragment A on Viewer { unit }", "VALIDATION_FAILED"),
        ("subscription { viewer { unit } }", "VALIDATION_FAILED"),
    ],
)
def test_documents_that_cannot_run(lite: Shop, query: str, code: str) -> None:
    answer = lite.ask(query)
    assert {error["extensions"]["code"] for error in answer["errors"]} == {code}
    assert "data" not in answer


# Literals: the schema is walked, so that a new argument can't be forgotten.


class Writer:
    """Writes the canary as a literal into one place of a type; what else must be given comes from variables."""

    def __init__(self, names: frozenset[str], *, in_default: bool) -> None:
        self.names = names
        self.in_default = in_default
        self.variables: list[str] = []

    def literal(self, type_: GraphQLInputType, path: tuple[str, ...], written: str = f'"{CANARY}"') -> str:
        bare = get_nullable_type(type_)
        if isinstance(bare, GraphQLList):
            return f"[{self.literal(bare.of_type, path, written)}]"
        if not isinstance(bare, GraphQLInputObjectType):
            return written
        first, *rest = path
        others = {n: f for n, f in bare.fields.items() if n != first and isinstance(f.type, GraphQLNonNull)}
        parts = {name: self.needed(f.type) for name, f in others.items()}
        parts[first] = self.literal(bare.fields[first].type, tuple(rest), written)
        return "{" + ", ".join(f"{name}: {text}" for name, text in parts.items()) + "}"

    def needed(self, type_: GraphQLInputType) -> str:
        bare = get_nullable_type(type_)
        if isinstance(bare, GraphQLEnumType):
            return next(iter(bare.values))
        if self.in_default:  # no variables there: another literal must do
            return "{}" if isinstance(bare, GraphQLInputObjectType) else '"x"'
        self.variables.append(f"$s{len(self.variables)}: {type_}")
        return f"$s{len(self.variables) - 1}"


def governed_paths(
    type_: GraphQLInputType, names: frozenset[str], seen: tuple[str, ...] = ()
) -> Iterator[tuple[str, ...]]:
    named = get_named_type(type_)
    if named.name in names:
        yield ()
    elif isinstance(named, GraphQLInputObjectType) and named.name not in seen:
        for name, field in named.fields.items():
            yield from ((name, *rest) for rest in governed_paths(field.type, names, (*seen, named.name)))


def governed_arguments(schema: Schema) -> list[tuple[str, str, str, tuple[str, ...]]]:
    found = []
    for root in ("Query", "Mutation"):
        type_ = schema.graphql.type_map[root]
        assert isinstance(type_, GraphQLObjectType)
        for field_name, field in type_.fields.items():
            for name, argument in field.args.items():
                found += [
                    (root, field_name, name, path) for path in governed_paths(argument.type, schema.variables_only)
                ]
    return found


SCHEMA = build_schema(load_registry((core_plugin,), (kehu_realestate,)))
GOVERNED = governed_arguments(SCHEMA)
WAYS = ("inline", "default", "default of the whole", "inline fragment", "fragment")


def root_field(root: str, name: str) -> Any:
    type_ = SCHEMA.graphql.type_map[root]
    assert isinstance(type_, GraphQLObjectType)
    return type_.fields[name]


def document(root: str, field_name: str, argument: str, path: tuple[str, ...], way: str) -> str:
    """A document that writes the canary into one governed place; all other arguments are variables."""
    field = root_field(root, field_name)
    rest = {name: a for name, a in field.args.items() if name != argument and isinstance(a.type, GraphQLNonNull)}
    variables = [f"${name}: {a.type}" for name, a in rest.items()]
    given = [f"{name}: ${name}" for name in rest]
    type_ = field.args[argument].type
    whole = way == "default of the whole" or (way == "default" and not path)
    writer = Writer(SCHEMA.variables_only, in_default=whole)
    if whole:
        variables.append(f"$v: {get_nullable_type(type_)} = {writer.literal(type_, path)}")
        given.append(f"{argument}: $v")
    elif way == "default":
        leaf: Any = type_
        for part in path:
            leaf = get_named_type(leaf).fields[part].type
        variables.append(f'$v: {get_nullable_type(leaf)} = "{CANARY}"')
        given.append(f"{argument}: {writer.literal(type_, path, '$v')}")
    else:
        given.append(f"{argument}: {writer.literal(type_, path)}")
    variables += writer.variables
    call = f"{field_name}({', '.join(given)}) {{ __typename }}"
    head = f"{root.lower()}({', '.join(variables)})" if variables else root.lower()
    if way == "fragment":
        return f"{head} {{ ...F }} fragment F on {root} {{ {call} }}"
    return f"{head} {{ ... on {root} {{ {call} }} }}" if way == "inline fragment" else f"{head} {{ {call} }}"


def test_there_are_governed_arguments() -> None:
    fields = {(field, path[-1:] or (argument,)) for _, field, argument, path in GOVERNED}
    assert ("lookup", ("value",)) in fields
    assert ("createCustomer", ("name",)) in fields
    assert ("addContactPoint", ("mobile",)) in fields
    assert ("addAddress", ("road",)) in fields
    assert ("addHolding", ("amount",)) in fields
    assert ("recordRealestateVisit", ("telephone",)) in fields
    assert ("proposeJudgement", ("evidence",)) in fields
    assert len(GOVERNED) > 50


@pytest.mark.promise(8)
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("root", "name", "argument", "path"),
    GOVERNED,
    ids=[f"{name}.{'.'.join((a, *path))}" for _, name, a, path in GOVERNED],
)
def test_governed_literal_is_refused(
    lite: Shop, root: str, name: str, argument: str, path: tuple[str, ...], way: str
) -> None:
    text = document(root, name, argument, path, way)
    response = lite.world.respond(lite.everybody, text)
    codes = [error["extensions"]["code"] for error in orjson.loads(response.body)["errors"]]
    assert codes == ["LITERAL_REFUSED"], text
    assert CANARY.encode() not in response.body


def test_reason_of_a_purpose_is_a_governed_argument(lite: Shop) -> None:
    for text in (
        f'query @purpose(code: "SERVICE", reason: "{CANARY}") {{ viewer {{ unit }} }}',
        f'query($why: Reason! = "{CANARY}") @purpose(code: "SERVICE", reason: $why) {{ viewer {{ unit }} }}',
    ):
        body = lite.world.respond(lite.everybody, text).body
        assert b"LITERAL_REFUSED" in body
        assert CANARY.encode() not in body


def test_harmless_literals_are_allowed(lite: Shop) -> None:
    assert lite.codes('{ interactions(filter: {occurredAt: {gte: "2026-01-01T00:00:00Z"}}) { totalCount } }') == []


# Look-ups


@pytest.mark.parametrize(
    "body",
    [
        "a: lookup(by: CONTACT_POINT_MOBILE, value: $v) { id } b: lookup(by: CONTACT_POINT_MOBILE, value: $v) { id }",
        "lookup(by: CONTACT_POINT_MOBILE, value: $v) { id } ...F",
        "...F ... on Query { b: lookup(by: HOLDING_NUMBER, value: $v) { id } }",
        "...F ...G",
    ],
)
def test_one_look_up_per_operation(lite: Shop, body: str) -> None:
    fragments = "".join(
        f"fragment {name} on Query {{ {name}: lookup(by: CONTACT_POINT_MOBILE, value: $v) {{ id }} }}"
        for name in "FG"
        if f"...{name}" in body
    )
    assert lite.codes(f"query($v: LookupValue!) {{ {body} }} {fragments}", v="13900000000") == ["ONE_LOOKUP"]


def test_several_operations_may_each_look_up(lite: Shop) -> None:
    text = " ".join(
        f"query {name}($v: LookupValue!) {{ lookup(by: CONTACT_POINT_MOBILE, value: $v) {{ id }} }}" for name in "AB"
    )
    assert b'"lookup":{"id"' in lite.named(text, "A", v="13900001000")


def test_a_fragment_spread_twice_is_one_field(lite: Shop) -> None:
    fragment = "fragment F on Query { lookup(by: CONTACT_POINT_MOBILE, value: $v) { id } }"
    text = f"query($v: LookupValue!) {{ ...F ...F }} {fragment}"
    assert lite.data(text, v="13900001000")["lookup"]["id"] == lite.customers[1]


def test_unused_keys_of_look_up_are_refused(lite: Shop) -> None:
    assert lite.codes(LOOKUP, lite.caller("customer.core:read"), value="13900001000") == ["SCOPE_MISSING"]
    assert lite.codes(LOOKUP, value="1390000100") == ["MOBILE_LENGTH"]


# Purpose

WHY = 'query($why: Reason!) @purpose(code: "%s", reason: $why) { customers(first: 1) { nodes { kind } } }'


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        (WHY % "SERVICE", {"why": "回访"}, None),
        (WHY % "SERVICE", {"why": "好"}, "REASON_NEEDED"),
        (WHY % "SERVICE", {"why": "   "}, "REASON_NEEDED"),
        (WHY % "SERVICE", {"why": "字" * 500}, None),
        (WHY % "SERVICE", {"why": "字" * 501}, "REASON_NEEDED"),
        (WHY % "SERVICE", {}, "VARIABLE_INVALID"),
        (WHY % "SERVICE", {"why": None}, "VARIABLE_INVALID"),
        (WHY % "FUN", {"why": "回访"}, "PURPOSE_NOT_ALLOWED"),
        (WHY % "service", {"why": "回访"}, "PURPOSE_NOT_ALLOWED"),
        (WHY % "MARKETING", {"why": "回访"}, "PURPOSE_NOT_ALLOWED"),
        ('query @purpose(code: "SERVICE") { viewer { unit } }', {}, "VALIDATION_FAILED"),
        (
            "query($c: String!, $why: Reason!) @purpose(code: $c, reason: $why) { viewer { unit } }",
            {"c": "SERVICE", "why": "回访"},
            None,
        ),
        (
            "query($c: String!, $why: Reason!) @purpose(code: $c, reason: $why) { viewer { unit } }",
            {"c": CANARY, "why": "回访"},
            "PURPOSE_NOT_ALLOWED",
        ),
    ],
)
def test_purpose(lite: Shop, query: str, variables: dict[str, Any], code: str | None) -> None:
    caller = lite.world.principal("customer.core:read", "schema:read", purposes=["SERVICE"])
    answer = lite.ask(query, caller, **variables)
    assert [error["extensions"]["code"] for error in answer.get("errors", [])] == ([] if code is None else [code])
    assert CANARY not in json.dumps(answer, ensure_ascii=False)


def test_purpose_on_a_mutation_is_recorded_with_the_facts(lite: Shop) -> None:
    text = """mutation($why: Reason!, $input: CustomerInput!) @purpose(code: "CONTRACT", reason: $why) {
      createCustomer(idempotencyKey: "purpose", input: $input) {
        ... on CreateCustomerSuccess { customer { collectedFor } } } }"""
    made = lite.data(text, why="签约登记", input={"kind": "ANONYMOUS", "stage": "PROSPECT"})
    assert made["createCustomer"]["customer"]["collectedFor"] == "CONTRACT"


# What callers learn of the schema


def test_introspection_needs_its_scope(lite: Shop) -> None:
    for text in (
        "{ __schema { queryType { name } } }",
        '{ __type(name: "Customer") { name } }',
        "{ ...F } fragment F on Query { __schema { description } }",
    ):
        assert lite.codes(text, lite.caller("customer.core:read")) == ["SCOPE_MISSING"]
        assert lite.codes(text, lite.caller("schema:read")) == []
    assert lite.codes("{ __typename viewer { __typename } }", lite.caller()) == []


@pytest.mark.promise(8)
@pytest.mark.parametrize(
    "query",
    [
        f'{{ customer(id: "x", name: "{CANARY}") {{ id }} }}',
        f'{{ customers(first: "{CANARY}") {{ totalCount }} }}',
        f'{{ customers(filter: {{kind: {{eq: "{CANARY}"}}}}) {{ totalCount }} }}',
        '{ customer(id: "x", name: 13900009999) { id } }',
        "{ customers(first: 13900009999) { totalCount } }",
        "{ customers { nodes { nam } } }",
        "{ custmers { totalCount } }",
        "{ customers(filter: {knd: {eq: PERSON}}) { totalCount } }",
    ],
)
def test_validation_detail_needs_its_scope_and_never_repeats_literals(lite: Shop, query: str) -> None:
    plain = lite.ask(query, lite.caller("customer.core:read"))
    [error] = plain["errors"]
    assert error["extensions"]["code"] == "VALIDATION_FAILED"
    hidden = json.dumps(plain, ensure_ascii=False)
    for word in ("name", "kind", "customers", "Did you mean", "Customer", CANARY, "13900009999"):
        assert word not in hidden.replace("extensions", "").replace("messages", "")
    detailed = lite.ask(query, lite.caller("schema:read"))
    assert detailed["errors"][0]["locations"]
    assert CANARY not in json.dumps(detailed, ensure_ascii=False)
    assert "13900009999" not in json.dumps(detailed)


def test_suggestions_only_for_readers_of_the_schema(lite: Shop) -> None:
    answer = lite.ask("{ custmers { totalCount } }", lite.caller("schema:read"))
    assert "customers" in answer["errors"][0]["message"]


@pytest.mark.promise(8)
@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query($n: Int) { customers(first: $n) { totalCount } }", {"n": CANARY}),
        ("query($n: Int!) { customers(first: $n) { totalCount } }", {}),
        ("query($n: Int!) { customers(first: $n) { totalCount } }", {"n": None}),
        ("query($n: CustomerFilter) { customers(filter: $n) { totalCount } }", {"n": {"kind": {"eq": CANARY}}}),
        ("query($n: CustomerFilter) { customers(filter: $n) { totalCount } }", {"n": {CANARY: 1}}),
        (
            'mutation($n: CustomerInput!) { createCustomer(idempotencyKey: "a", input: $n) { __typename } }',
            {"n": {"kind": CANARY, "stage": "PROSPECT", "name": CANARY}},
        ),
        (
            'mutation($n: CustomerInput!) { createCustomer(idempotencyKey: "a", input: $n) { __typename } }',
            {"n": {"kind": "PERSON", "stage": "PROSPECT", "name": [CANARY]}},
        ),
        (
            'mutation($n: CustomerInput!) { createCustomer(idempotencyKey: "a", input: $n) { __typename } }',
            {"n": {"kind": "PERSON", "stage": "PROSPECT", "name": 1.5}},
        ),
        (
            'mutation($n: CustomerInput!) { createCustomer(idempotencyKey: "a", input: $n) { __typename } }',
            {"n": {"kind": "PERSON", "stage": "PROSPECT", "nickname": CANARY}},
        ),
    ],
)
def test_wrong_variables_name_the_variable_and_not_its_value(
    lite: Shop, caplog: pytest.LogCaptureFixture, query: str, variables: dict[str, Any]
) -> None:
    answer = lite.ask(query, **variables)
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "VARIABLE_INVALID"
    assert "$n" in error["message"]
    assert CANARY not in json.dumps(answer, ensure_ascii=False) + caplog.text


@pytest.mark.promise(8)
@pytest.mark.parametrize("where", ["resolver", "execute"])
def test_unexpected_errors_are_masked(
    lite: Shop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, where: str
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError(CANARY)

    if where == "resolver":
        monkeypatch.setattr(Fetch, "select_rows", broken)
    else:
        monkeypatch.setattr("kehu.graph.execute.check_cost", broken)
    with caplog.at_level(logging.DEBUG):
        response = lite.world.respond(lite.everybody, "{ customers { nodes { name } } }")
    answer = orjson.loads(response.body)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["INTERNAL"]
    assert response.status == (200 if where == "resolver" else 500)
    assert answer.get("data") == ({"customers": None} if where == "resolver" else None)
    assert "unexpected ValueError" in caplog.text
    assert CANARY not in caplog.text + response.body.decode()


def test_chinese_is_not_escaped_and_the_language_is_the_callers(lite: Shop) -> None:
    executor = lite.world.installation.executor
    bodies = {
        locale: executor.execute(GraphRequest("{ customers { totalCount } }", locale=locale), lite.caller()).body
        for locale in ("zh", "en")
    }
    assert "无权读取".encode() in bodies["zh"]
    for locale, body in bodies.items():
        [error] = orjson.loads(body)["errors"]
        assert error["message"] == error["extensions"]["messages"][locale]


# Denials

PAGE = """{ customers { nodes {
  name remark kind contacts { mobile kind } holdings { amount { display } kind: status } unit { code } } } }"""


def test_each_denied_pattern_is_one_error(lite: Shop) -> None:
    answer = lite.ask(PAGE, lite.caller("customer.core:read", "customer.contact:reveal"))
    told = {error["extensions"]["pattern"]: error["extensions"] for error in answer["errors"]}
    assert len(told) == len(answer["errors"])
    assert {pattern: extensions["required"] for pattern, extensions in told.items()} == {
        "customers.name": ["customer.identity:read"],
        "customers.remark": ["customer.note:read"],
        "customers.contacts.mobile": told["customers.contacts.mobile"]["required"],
        "customers.holdings": ["customer.holding:read"],
        "customers.unit": ["organisation:read"],
    }
    assert all(code.startswith("purpose:") for code in told["customers.contacts.mobile"]["required"])
    assert told["customers.contacts.mobile"]["held"] == sorted(f"purpose:{code}" for code in lite.everybody.purposes)
    assert all(extensions["code"] == "FORBIDDEN_FIELD" for extensions in told.values())
    rows = answer["data"]["customers"]["nodes"]
    assert all(row["name"] is None and row["holdings"] is None and row["kind"] for row in rows)
    denied = {entry["path"]: entry["count"] for entry in answer["extensions"]["governance"]["denied"]}
    assert denied["customers.name"] == len(rows)


# The catalogue

CATALOGUE = {
    "_service { sdl }": "schema:read",
    "fieldPolicies { type field level }": "schema:read",
    "declassifiers { kind name inputs cites }": "schema:read",
    "evidence { id kind }": "evidence:read",
    "schemes { key terms { code label { zh en } } }": None,
    "gradings { key version bands { code criteria { code } } }": None,
    "purposes { code ownCustomersOnly }": None,
    "scopes { name }": None,
    "viewer { client scopes purposes unit }": None,
}


@pytest.mark.parametrize(("selection", "scope"), CATALOGUE.items(), ids=[name.split(" ")[0] for name in CATALOGUE])
def test_catalogue_and_its_scopes(lite: Shop, selection: str, scope: str | None) -> None:
    query = f"{{ {selection} }}"
    assert lite.codes(query, lite.caller()) == ([] if scope is None else ["SCOPE_MISSING"])
    held = lite.caller(*([scope] if scope else []))
    assert "errors" not in lite.ask(query, held)


def test_catalogue_says_what_is_in_force(lite: Shop) -> None:
    registry = lite.world.installation.registry
    data = lite.data("""{ _service { sdl } viewer { client scopes }
      fieldPolicies { type field level mask sealed readScope revealScope purposes minimumYears cites plugin sensitive }
      declassifiers { kind name } gradings { key version } purposes { code ownCustomersOnly } scopes { name }
      schemes(key: "customer.kind") { key terms { code } }
      one: fieldPolicies(type: "ContactPoint") { type } }""")
    assert data["_service"]["sdl"] == lite.world.installation.executor.schema.sdl
    assert len(data["fieldPolicies"]) == sum(len(record.fields) for record in registry.records.values())
    [mobile] = [p for p in data["fieldPolicies"] if (p["type"], p["field"]) == ("ContactPoint", "mobile")]
    assert mobile["level"] == 3
    assert mobile["mask"] == "3+4"
    assert mobile["sealed"] is True
    assert mobile["sensitive"] is True
    assert (mobile["readScope"], mobile["revealScope"]) == ("customer.contact:read", "customer.contact:reveal")
    assert {p["type"] for p in data["one"]} == {"ContactPoint"}
    assert [(d["kind"], d["name"]) for d in data["declassifiers"]] == [(d.kind, d.name) for d in registry.declassifiers]
    assert {p["code"]: p["ownCustomersOnly"] for p in data["purposes"]}["FOLLOW_UP"] is True
    assert [s["name"] for s in data["scopes"]] == sorted(registry.scopes)
    assert [t["code"] for t in data["schemes"][0]["terms"]] == list(registry.schemes["customer.kind"].codes)


def test_evidence_is_found_by_kind_and_actor(lite: Shop) -> None:
    auditor = lite.caller("evidence:read", client="auditor")
    lite.ask("query Mine { customers(first: 2) { nodes { name } } }", lite.everybody)
    query = """query($k: String, $c: String, $n: Int) {
      evidence(kind: $k, actor: $c, first: $n) { kind client operation subjectCount fields { path effect count } } }"""
    [entry] = lite.data(query, auditor, k="read", c="kehu-cli", n=1)["evidence"]
    assert entry["operation"] == "Mine"
    assert entry["subjectCount"] == 2
    assert [f["path"] for f in entry["fields"]] == ["customers.name"]
    assert lite.data(query, auditor, c="nobody")["evidence"] == []
    assert len(lite.data(query, auditor, n=3)["evidence"]) == 3


def test_evidence_refuses_an_unknown_kind_and_a_negative_number(lite: Shop) -> None:
    for arguments in ('kind: "gossip"', "first: -1", "first: 100000"):
        codes = lite.codes(f"{{ evidence({arguments}) {{ id }} }}")
        assert codes, arguments
        assert "INTERNAL" not in codes, arguments
