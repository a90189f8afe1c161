"""Mutations: carried out once, or refused as data, with path, stable code and words in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from kehu.access.principal import Principal

from .shop import ADD, CREATE, Shop

CHANGE = """
mutation Change($key: String!, $id: ID!, $version: Int!, $input: CustomerChanges!) {
  changeCustomer(idempotencyKey: $key, id: $id, expectedVersion: $version, input: $input) {
    __typename
    ... on ChangeCustomerSuccess { id customer { id version stage name } }
    ... on Problems { problems { path code message { zh en } } }
  }
}"""
ADD_CONTACT = ADD % {"type": "ContactPoint", "name": "input"}
PERSON = {"kind": "PERSON", "stage": "PROSPECT", "name": "示例"}
WRITE = ("customer.core:write", "customer.core:read", "customer.identity:read")


def outcome(answer: dict[str, Any]) -> tuple[str, list[tuple[str, tuple[str, ...]]]]:
    """Type of the union and, where it was refused, code and path of each problem; messages must be there twice."""
    assert "errors" not in answer, answer
    [result] = answer["data"].values()
    problems = result.get("problems", [])
    for problem in problems:
        assert len({problem["message"]["zh"], problem["message"]["en"], ""}) == 3
    return result["__typename"], [(problem["code"], tuple(problem["path"])) for problem in problems]


def refused(*problems: tuple[str, tuple[str, ...]]) -> tuple[str, list[tuple[str, tuple[str, ...]]]]:
    return "Problems", list(problems)


CREATES: list[tuple[str, dict[str, Any], tuple[tuple[str, tuple[str, ...]], ...]]] = [
    ("type", {**PERSON, "name": "示例1"}, (("NAME_DIGIT", ("name",)),)),
    (
        "several",
        {**PERSON, "name": "示例1", "uscc": "1", "birthDate": "2026-02-30"},
        (("NAME_DIGIT", ("name",)), ("USCC_LENGTH", ("uscc",)), ("DAY_FORMAT", ("birthDate",))),
    ),
    ("reference", {**PERSON, "unit": "00000000-0000-4000-8000-000000000001"}, (("ID_INVALID", ("unit",)),)),
]


@pytest.mark.parametrize(("values", "problems"), [case[1:] for case in CREATES], ids=[case[0] for case in CREATES])
def test_create_refused(shop: Shop, values: dict[str, Any], problems: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    before = shop.data("{ customers { totalCount } }")
    assert outcome(shop.ask(CREATE, key=shop.key(), input=values)) == refused(*problems)
    assert shop.data("{ customers { totalCount } }") == before


def test_create_reads_back_with_the_callers_own_rights(shop: Shop) -> None:
    made = shop.data(CREATE, shop.caller(*WRITE), key=shop.key(), input=PERSON)["createCustomer"]
    assert made["__typename"] == "CreateCustomerSuccess"
    assert made["customer"] == {"id": made["id"], "version": 1, "name": "示*", "kind": "PERSON"}
    answer = shop.ask(CREATE, shop.caller("customer.core:write"), key=shop.key(), input=PERSON)
    assert answer["data"]["createCustomer"]["id"]
    assert answer["data"]["createCustomer"]["customer"] is None
    assert [e["extensions"]["code"] for e in answer["errors"]] == ["FORBIDDEN_FIELD"]


@pytest.mark.parametrize("scopes", [(), ("customer.core:read",), ("customer.holding:write",)])
def test_writing_needs_its_scope(shop: Shop, scopes: tuple[str, ...]) -> None:
    answer = shop.ask(CREATE, shop.caller(*scopes), key=shop.key(), input=PERSON)
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "SCOPE_MISSING"
    assert error["extensions"]["required"] == ["customer.core:write"]
    assert answer["data"] in (None, {"createCustomer": None})


@pytest.mark.parametrize("key", ["", "k" * 101, "钥匙", "tab\there"])
def test_wrong_idempotency_key(shop: Shop, key: str) -> None:
    assert outcome(shop.ask(CREATE, key=key, input=PERSON)) == refused(("KEY_INVALID", ("idempotencyKey",)))


def test_a_replay_gives_the_same_id_and_writes_nothing(shop: Shop) -> None:
    key = shop.key()
    first = shop.data(CREATE, key=key, input=PERSON)["createCustomer"]
    total = shop.data("{ customers { totalCount } }")
    assert shop.data(CREATE, key=key, input=PERSON)["createCustomer"] == first
    assert outcome(shop.ask(CREATE, key=key, input={**PERSON, "name": "另一"})) == refused(("IDEMPOTENCY_REUSED", ()))
    assert shop.data("{ customers { totalCount } }") == total
    other = shop.world.principal(every=True, client="another-client")
    assert shop.data(CREATE, other, key=key, input=PERSON)["createCustomer"]["id"] != first["id"]


def test_a_refused_key_is_free_again(shop: Shop) -> None:
    key = shop.key()
    assert outcome(shop.ask(CREATE, key=key, input={**PERSON, "name": "示例1"}))[0] == "Problems"
    assert outcome(shop.ask(CREATE, key=key, input=PERSON))[0] == "CreateCustomerSuccess"


def change(
    shop: Shop,
    id_: str,
    version: int,
    values: dict[str, Any],
    principal: Principal | None = None,
    key: str | None = None,
) -> dict[str, Any]:
    return shop.ask(CHANGE, principal, key=key or shop.key(), id=id_, version=version, input=values)


def test_change_and_stale(shop: Shop) -> None:
    customer = shop.create(**PERSON)["id"]
    answer = change(shop, customer, 1, {"stage": "ACTIVE"})
    assert answer["data"]["changeCustomer"]["customer"] == {
        "id": customer,
        "version": 2,
        "stage": "ACTIVE",
        "name": "示*",
    }
    assert outcome(change(shop, customer, 1, {"stage": "FORMER"})) == refused(("STALE", ()))
    assert outcome(change(shop, customer, 3, {"stage": "FORMER"})) == refused(("STALE", ()))
    assert change(shop, customer, 2, {"stage": "FORMER"})["data"]["changeCustomer"]["customer"]["version"] == 3


def test_a_replayed_change_is_not_stale(shop: Shop) -> None:
    customer, key = shop.create(**PERSON)["id"], shop.key()
    first = change(shop, customer, 1, {"stage": "ACTIVE"}, key=key)["data"]
    assert change(shop, customer, 1, {"stage": "ACTIVE"}, key=key)["data"] == first


CHANGES: list[tuple[str, dict[str, Any], str, tuple[str, ...]]] = [
    ("required", {"kind": None}, "REQUIRED", ("kind",)),
    ("masked sent back", {"name": "示*"}, "MASK_SENT_BACK", ("name",)),
    ("reference", {"unit": None}, "REQUIRED", ("unit",)),
    ("type", {"name": "示例2"}, "NAME_DIGIT", ("name",)),
]


@pytest.mark.parametrize(("values", "code", "path"), [case[1:] for case in CHANGES], ids=[case[0] for case in CHANGES])
def test_change_refused(shop: Shop, values: dict[str, Any], code: str, path: tuple[str, ...]) -> None:
    customer = shop.create(**PERSON)["id"]
    assert outcome(change(shop, customer, 1, values)) == refused((code, path))


@pytest.mark.promise(2)
def test_a_hidden_customer_is_as_absent_as_none(shop: Shop) -> None:
    elsewhere = shop.world.principal(every=True, unit="P03")
    absent = "Q3VzdG9tZXI6MDAwMDAwMDAtMDAwMC00MDAwLTgwMDAtMDAwMDAwMDAwMDAx"
    for id_ in (shop.customers[0], absent):
        assert outcome(change(shop, id_, 1, {"stage": "ACTIVE"}, elsewhere)) == refused(("NOT_FOUND", ()))
        answer = shop.ask(
            ADD_CONTACT, elsewhere, key=shop.key(), parent=id_, input={"kind": "MOBILE", "mobile": "13900001234"}
        )
        assert outcome(answer) == refused(("NOT_FOUND", ()))


@pytest.mark.parametrize("wrong", ["", "x", "contact"])
def test_wrong_id(shop: Shop, wrong: str) -> None:
    id_ = shop.contacts[0] if wrong == "contact" else wrong
    assert outcome(change(shop, id_, 1, {"stage": "ACTIVE"})) == refused(("ID_INVALID", ("id",)))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"kind": "MOBILE", "mobile": "1390000123"}, "MOBILE_LENGTH"),
        ({"kind": "MOBILE", "mobile": "1390000123x"}, "MOBILE_DIGITS"),
        ({"kind": "MOBILE", "mobile": "12900001234"}, "MOBILE_RANGE"),
        ({"kind": "MOBILE", "mobile": "139****1234"}, "MASK_SENT_BACK"),
        ({"kind": "EMAIL", "email": "nobody"}, "EMAIL_FORMAT"),
    ],
)
def test_add_contact_point_refused(shop: Shop, values: dict[str, Any], code: str) -> None:
    answer = shop.ask(ADD_CONTACT, key=shop.key(), parent=shop.customers[0], input=values)
    [(found, path)] = outcome(answer)[1]
    assert found == code
    assert path == (("mobile",) if "mobile" in values else ("email",))


def test_add_contact_point_shows_it_and_its_customer(shop: Shop) -> None:
    query = """mutation($key: String!, $parent: ID!, $input: ContactPointInput!) {
      addContactPoint(idempotencyKey: $key, parent: $parent, input: $input) {
        ... on AddContactPointSuccess {
          contactPoint { mobile recordedBy } customer { id contacts(first: 100) { mobile } } } } }"""
    customer = shop.create(**PERSON)["id"]
    values = {"kind": "MOBILE", "mobile": "+86 139-0000-8765"}
    made = shop.data(query, key=shop.key(), parent=customer, input=values)["addContactPoint"]
    assert made == {
        "contactPoint": {"mobile": "139****8765", "recordedBy": "test-client"},
        "customer": {"id": customer, "contacts": [{"mobile": "139****8765"}]},
    }


def test_a_facet_is_added_once(shop: Shop) -> None:
    customer = shop.create(**PERSON)["id"]
    source = shop.world.installation.registry.schemes["realestate.source"].codes[0]
    shop.add("RealestateProfile", customer, source=source)
    query = ADD % {"type": "RealestateProfile", "name": "input"}
    answer = shop.ask(query, key=shop.key(), parent=customer, input={"source": source})
    assert outcome(answer) == refused(("ROW_EXISTS", ()))


def test_mutations_run_one_after_another_and_each_reads_its_own_result(shop: Shop) -> None:
    customer = shop.create(**PERSON)["id"]
    query = """mutation($id: ID!) {
      a: changeCustomer(idempotencyKey: "serial-a", id: $id, expectedVersion: 1, input: {stage: ACTIVE}) { ...R }
      b: changeCustomer(idempotencyKey: "serial-b", id: $id, expectedVersion: 1, input: {stage: FORMER}) { ...R }
      c: changeCustomer(idempotencyKey: "serial-c", id: $id, expectedVersion: 2, input: {stage: FORMER}) { ...R }
    } fragment R on ChangeCustomerResult {
      ... on ChangeCustomerSuccess { customer { stage version } } ... on Problems { problems { code } } }"""
    assert shop.data(query, id=customer) == {
        "a": {"customer": {"stage": "ACTIVE", "version": 2}},
        "b": {"problems": [{"code": "STALE"}]},
        "c": {"customer": {"stage": "FORMER", "version": 3}},
    }


def test_a_form_is_a_mutation(shop: Shop) -> None:
    query = """mutation($key: String!, $input: RealestateVisitInput!) {
      recordRealestateVisit(idempotencyKey: $key, input: $input) {
        __typename ... on RecordRealestateVisitSuccess { id customer { id name interactions { kind } } }
        ... on Problems { problems { path code message { zh en } } } } }"""
    values = {
        "name": "欧阳示例",
        "telephone": "13900007654",
        "visitedAt": "2026-11-02T10:00:00+08:00",
        "source": "VISIT",
    }
    made = shop.data(query, key=shop.key(), input=values)["recordRealestateVisit"]
    assert made["customer"] == {"id": made["id"], "name": "欧阳**", "interactions": [{"kind": "VISIT"}]}
    wrong = shop.ask(query, key=shop.key(), input={**values, "telephone": "1390000765"})
    assert outcome(wrong) == refused(("MOBILE_LENGTH", ("telephone",)))


@pytest.mark.promise(5)
def test_a_judgement_is_decided_by_somebody_else(shop: Shop) -> None:
    propose = """mutation($key: String!, $customer: ID!, $evidence: FreeText!) {
      proposeJudgement(idempotencyKey: $key, customer: $customer, kind: OFFICIAL, evidence: $evidence) {
        ... on ProposeJudgementSuccess { id judgement { status version } } ... on Problems { problems { code } } } }"""
    decide = """mutation($key: String!, $id: ID!) {
      decideJudgement(idempotencyKey: $key, id: $id, expectedVersion: 1, approve: true) {
        __typename ... on DecideJudgementSuccess { judgement { status version } }
        ... on Problems { problems { code path message { zh en } } } } }"""
    seller, boss = (shop.world.principal(every=True, staff=code) for code in ("M002", "M001"))
    customer = shop.create(**PERSON)["id"]
    made = shop.data(propose, seller, key=shop.key(), customer=customer, evidence="面谈记录")["proposeJudgement"]
    assert made["judgement"] == {"status": "PROPOSED", "version": 1}
    assert shop.codes(decide, seller, key=shop.key(), id=made["id"]) == ["SAME_PERSON"]
    assert shop.codes(decide, key=shop.key(), id=made["id"]) == ["STAFF_REQUIRED"]
    approved = shop.data(decide, boss, key=shop.key(), id=made["id"])["decideJudgement"]
    assert approved["judgement"] == {"status": "APPROVED", "version": 2}
    [(code, _)] = outcome(shop.ask(decide, boss, key=shop.key(), id=made["id"]))[1]
    assert code in ("STALE", "DECIDED")


def test_an_absent_parent_is_told_at_its_argument(shop: Shop) -> None:
    answer = shop.ask(ADD_CONTACT, key=shop.key(), parent="x", input={"kind": "MOBILE", "mobile": "13900001234"})
    assert outcome(answer) == refused(("ID_INVALID", ("parent",)))
