"""Forms over GraphQL: schemas, prefill under the caller's own rights, submissions by key, drafts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from sqlalchemy import func, select

from kehu.access.principal import Principal
from kehu.customers.drafts import MOST_DRAFTS
from kehu.store.system import data_key, form_draft
from kehu.testing import World, world

from . import care
from .test_form_parts import VISIT

FORM = """query ($version: Int, $locale: Language) {
  form(key: "care.home", version: $version, locale: $locale) { key version schema uiSchema scopes cites label { zh } }
}"""
PREFILL = """query ($id: ID!) { prefill(key: "care.home", customer: $id) { data masked denied version } }"""
CLEAR = """query ($id: ID!, $why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  prefill(key: "care.home", customer: $id) { data masked denied version }
}"""
SUBMIT = """mutation ($data: FormData!, $version: Int!, $customer: ID, $expected: Int, $draft: ID, $key: String!) {
  submitForm(key: "care.home", version: $version, data: $data, customer: $customer, expectedVersion: $expected,
             draft: $draft, idempotencyKey: $key) {
    ... on SubmitFormSuccess { id customer { id contacts { mobile } } }
    ... on Problems { problems { pointer path code message { zh en } } }
  }
}"""
SAVE = """mutation ($data: FormData!, $version: Int!, $id: ID, $customer: ID, $key: String!) {
  saveDraft(key: "care.home", version: $version, data: $data, id: $id, customer: $customer, idempotencyKey: $key) {
    ... on SaveDraftSuccess { id }
    ... on Problems { problems { pointer code } }
  }
}"""
DISCARD = """mutation ($id: ID!, $key: String!) {
  discardDraft(id: $id, idempotencyKey: $key) {
    ... on DiscardDraftSuccess { id } ... on Problems { problems { code } }
  }
}"""
DRAFTS = "{ drafts { id key version current data customer expectedVersion savedAt expiresAt } }"


@pytest.fixture
def desk(tmp_path: Path, database_url: str) -> Iterator[World]:
    with world(tmp_path / "var", database_url, (care,)) as made:
        yield made


@pytest.fixture
def principal(desk: World) -> Principal:
    return desk.principal(every=True, purposes=("SERVICE",), staff="M002")


def submit(desk: World, principal: Principal, data: dict[str, Any], key: str = "s-1", **more: Any) -> Any:
    variables = {"version": 2, "data": data, "key": key, **more}
    return desk.data(principal, SUBMIT, **variables)["submitForm"]


def test_a_form_has_its_schema_and_layout_in_both_languages(desk: World, principal: Principal) -> None:
    for locale, title in (("ZH", "家访"), ("EN", "Home visit")):
        form = desk.data(principal, FORM, locale=locale)["form"]
        jsonschema_rs.meta.validate(form["schema"])
        assert form["schema"]["title"] == title
        assert form["schema"]["$id"] == f"urn:kehu:form:care.home:2:{locale.lower()}"
        sections = form["uiSchema"]["ui:options"]["sections"]
        assert [name for section in sections for name in section["fields"]] == form["uiSchema"]["ui:order"]
    assert (form["version"], form["cites"]) == (2, ["S17.R21"])
    assert "customer.core:write" in form["scopes"]
    assert desk.data(principal, FORM, version=1)["form"] is None
    assert [one["key"] for one in desk.data(principal, "{ forms { key } }")["forms"]] == ["care.home"]


def test_what_is_wrong_comes_with_json_pointers(desk: World, principal: Principal) -> None:
    wrong = {**VISIT, "contacts": [{"name": "张"}, {"name": "李", "mobile": "12"}], "residentId": "x"}
    problems = submit(desk, principal, wrong)["problems"]
    assert {(p["pointer"], p["code"]) for p in problems} == {
        ("/contacts/1/mobile", "MOBILE_LENGTH"),
        ("/residentId", "NOT_ASKED"),
    }
    assert problems[0]["message"]["zh"]
    [old] = submit(desk, principal, dict(VISIT), version=1)["problems"]
    assert (old["pointer"], old["code"]) == ("/version", "FORM_VERSION")
    made = submit(desk, principal, {**VISIT, "followUps": []})
    [needed] = submit(desk, principal, dict(VISIT), "s-2", customer=made["id"])["problems"]
    assert needed["code"] == "VERSION_NEEDED"


TYPED = """mutation ($input: CareHomeInput!, $key: String!) {
  recordCareHome(input: $input, idempotencyKey: $key) {
    ... on RecordCareHomeSuccess {
      customer { followUps { method } relationships { kind other { stage } } transactions: holdings { kind } }
    }
    ... on Problems { problems { pointer code } }
  }
}"""


def test_the_typed_mutation_takes_groups_and_linked_persons(desk: World, principal: Principal) -> None:
    made = desk.data(principal, TYPED, input=VISIT, key="t-1")["recordCareHome"]["customer"]
    assert sorted(one["method"] for one in made["followUps"]) == ["CALL", "VISIT"]
    assert made["relationships"] == [{"kind": "CONTACT_PERSON", "other": {"stage": "RELATED"}}] * 2
    wrong = {**VISIT, "contacts": [{"name": "张示例", "mobile": "139"}]}
    told = desk.data(principal, TYPED, input=wrong, key="t-2")["recordCareHome"]["problems"]
    assert told == [{"pointer": "/contacts/0/mobile", "code": "MOBILE_LENGTH"}]
    assert "errors" in desk.ask(principal, TYPED, input={**VISIT, "followUps": [{"content": "无方式"}]}, key="t-3")


@pytest.mark.promise(2, 3)
def test_prefill_shows_what_the_caller_may_see_and_goes_on_record(desk: World, principal: Principal) -> None:
    made = submit(desk, principal, {**VISIT, "staff": "S001", "address": {"city": "佛山市", "road": "示例路1号"}})
    masked = desk.data(principal, PREFILL, id=made["id"])["prefill"]
    assert masked["data"] == {
        "name": "欧阳**",
        "mobile": "139****1234",
        "document": "PASSPORT",
        "passport": "E****78",
        "visitedAt": "2026-11-02T02:00:00Z",
        "staff": "S001",
        "address": {"city": "佛山市"},
        "followUps": [
            {"method": "CALL", "content": "***"},
            {"method": "VISIT", "plannedFor": "2026-12-01", "by": "S001"},
        ],
        "contacts": masked["data"]["contacts"],
    }
    assert {one["name"] for one in masked["data"]["contacts"]} == {"张**", "李**"}
    assert {"/name", "/mobile", "/passport", "/followUps/0/content", "/contacts/0/name"} <= set(masked["masked"])
    assert not {"/document", "/visitedAt", "/staff"} & set(masked["masked"])
    assert masked["denied"] == []
    clear = desk.data(principal, CLEAR, id=made["id"], why="回访前核对资料")["prefill"]
    assert (clear["data"]["name"], clear["data"]["mobile"]) == ("欧阳示例", "13900001234")
    assert "/name" not in clear["masked"]
    kept = [s for s in principal.scopes if not s.startswith("customer.contact")]
    without = desk.data(desk.principal(*kept, staff="M002"), PREFILL, id=made["id"])["prefill"]
    assert "/mobile" in without["denied"]
    assert "mobile" not in without["data"]
    desk.installation.mover.drain()
    read = [e.entry for e in desk.installation.evidence.entries() if e.entry.kind.value == "read"]
    effects = {(use.path, use.effect.value) for entry in read for use in entry.fields}
    assert ("prefill.customer.name", "masked") in effects
    assert ("prefill.customer.name", "clear") in effects
    assert ("prefill.customer.contacts.mobile", "denied") in effects
    assert ("prefill.customer.relationships.other.name", "masked") in effects
    assert all(len(entry.subjects) == 3 for entry in read if entry.fields[0].path.startswith("prefill"))


def test_a_prefilled_form_goes_back_and_changes_only_what_was_changed(desk: World, principal: Principal) -> None:
    made = submit(desk, principal, dict(VISIT))
    seen = desk.data(principal, PREFILL, id=made["id"])["prefill"]
    more: dict[str, Any] = {"customer": made["id"], "expected": seen["version"]}
    back = submit(desk, principal, {**seen["data"], "mobile": "13900005678"}, "s-2", **more)
    assert back["id"] == made["id"]
    assert [one["mobile"] for one in back["customer"]["contacts"]] == ["139****5678"]
    clear = desk.data(principal, CLEAR, id=made["id"], why="核对更正结果")["prefill"]
    assert {**clear["data"], "mobile": VISIT["mobile"]} == {
        **VISIT, "visitedAt": "2026-11-02T02:00:00Z", "contacts": clear["data"]["contacts"],
        "followUps": clear["data"]["followUps"],
    }  # fmt: skip
    assert sorted(one["name"] for one in clear["data"]["contacts"]) == ["张示例", "李示例"]
    assert sorted(one["method"] for one in clear["data"]["followUps"]) == ["CALL", "VISIT"]
    [stale] = submit(desk, principal, dict(VISIT), "s-3", **more)["problems"]
    assert stale["code"] == "STALE"


@pytest.mark.promise(2)
def test_the_version_tells_nothing_of_records_that_the_caller_may_not_see(desk: World, principal: Principal) -> None:
    made = submit(desk, principal, dict(VISIT))
    kept = [s for s in principal.scopes if not s.startswith("customer.holding")]
    seen = [desk.data(desk.principal(*kept), PREFILL, id=made["id"])["prefill"]["version"]]
    whole = [desk.data(principal, PREFILL, id=made["id"])["prefill"]["version"]]
    held = {**VISIT, "contacts": [], "followUps": [], "holdingKind": "CARD"}
    submit(desk, principal, held, "s-2", customer=made["id"], expected=whole[0])
    seen.append(desk.data(desk.principal(*kept), PREFILL, id=made["id"])["prefill"]["version"])
    whole.append(desk.data(principal, PREFILL, id=made["id"])["prefill"]["version"])
    assert seen[0] == seen[1]
    assert whole[0] < whole[1]


def test_an_operation_prefills_few_forms(desk: World, principal: Principal) -> None:
    made = submit(desk, principal, dict(VISIT))
    many = " ".join(f'p{n}: prefill(key: "care.home", customer: $id) {{ version }}' for n in range(6))
    answer = desk.ask(principal, f"query ($id: ID!) {{ {many} }}", id=made["id"])
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["TOO_COSTLY"]


@pytest.mark.promise(2)
def test_prefill_of_a_hidden_customer_answers_as_of_an_absent_one(desk: World, principal: Principal) -> None:
    made = submit(desk, desk.principal(every=True, unit="P02"), {**VISIT, "followUps": []})
    elsewhere = desk.principal(every=True, unit="P01")
    answer = desk.ask(elsewhere, PREFILL, id=made["id"])
    assert answer["data"] == {"prefill": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["NOT_FOUND"]
    blind = desk.principal("customer.identity:read")
    assert desk.ask(blind, PREFILL, id=made["id"])["errors"][0]["extensions"]["code"] == "FORBIDDEN_FIELD"


def rows(desk: World, table: Any) -> int:
    with desk.installation.engines.read.connect() as conn:
        return int(conn.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_draft_is_its_authors_alone_and_goes_when_it_is_submitted(desk: World, principal: Principal) -> None:
    begun = {"name": "欧阳示例", "mobile": "139"}
    saved = desk.data(principal, SAVE, data=begun, version=2, key="d-1")["saveDraft"]["id"]
    [draft] = desk.data(principal, DRAFTS)["drafts"]
    assert (draft["id"], draft["data"], draft["current"], draft["customer"]) == (saved, begun, True, None)
    other = desk.principal(every=True, staff="S001")
    assert desk.data(other, DRAFTS)["drafts"] == []
    assert desk.data(other, "query ($id: ID!) { draft(id: $id) { id } }", id=saved)["draft"] is None
    [gone] = desk.data(other, DISCARD, id=saved, key="x")["discardDraft"]["problems"]
    assert gone["code"] == "NOT_FOUND"
    desk.data(principal, SAVE, data=dict(VISIT), version=2, id=saved, key="d-2")
    assert desk.data(principal, DRAFTS)["drafts"][0]["data"] == VISIT
    assert "customer" in submit(desk, principal, {**VISIT, "contacts": []}, draft=saved)
    assert desk.data(principal, DRAFTS)["drafts"] == []
    assert rows(desk, form_draft) == 0


def test_drafts_are_sealed_expire_and_can_be_discarded(desk: World, principal: Principal) -> None:
    keys = rows(desk, data_key)
    desk.data(principal, SAVE, data=dict(VISIT), version=2, key="d-1")
    with desk.installation.engines.read.connect() as conn:
        stored = conn.execute(select(form_draft)).one()
    assert "欧阳示例".encode() not in stored.sealed_content
    assert b"13900001234" not in stored.sealed_content
    desk.clock.forward(days=31)
    assert desk.data(principal, DRAFTS)["drafts"] == []
    later = desk.data(principal, SAVE, data={}, version=2, key="d-2")["saveDraft"]["id"]
    assert rows(desk, form_draft) == 1
    assert rows(desk, data_key) == keys + 1
    assert desk.data(principal, DISCARD, id=later, key="d-3")["discardDraft"]["id"] == later
    assert (rows(desk, form_draft), rows(desk, data_key)) == (0, keys)


def test_drafts_have_their_limits_and_scopes(desk: World, principal: Principal) -> None:
    [large] = desk.data(principal, SAVE, data={"remark": "长" * 50_000}, version=2, key="d-0")["saveDraft"]["problems"]
    assert (large["code"], large["pointer"]) == ("DRAFT_TOO_LARGE", "/data")
    reader = desk.principal("customer.core:read", "customer.core:write")
    assert desk.ask(reader, SAVE, data={}, version=2, key="d-1")["errors"][0]["extensions"]["code"] == "SCOPE_MISSING"
    for number in range(MOST_DRAFTS):
        desk.data(principal, SAVE, data={}, version=2, key=f"n-{number}")
    [many] = desk.data(principal, SAVE, data={}, version=2, key="one-more")["saveDraft"]["problems"]
    assert many["code"] == "DRAFTS_TOO_MANY"


@pytest.mark.promise(3)
def test_reading_a_draft_goes_on_record(desk: World, principal: Principal) -> None:
    made = submit(desk, principal, {**VISIT, "contacts": []})
    desk.data(principal, SAVE, data=dict(VISIT), version=2, customer=made["id"], key="d-1")
    [draft] = desk.data(principal, DRAFTS)["drafts"]
    assert draft["customer"] == made["id"]
    desk.installation.mover.drain()
    last = [e.entry for e in desk.installation.evidence.entries() if e.entry.kind.value == "read"][-1]
    assert ("drafts.Customer.name", "clear") in {(use.path, use.effect.value) for use in last.fields}
    assert len(last.subjects) == 1


@pytest.mark.parametrize("literal", ['{name: "欧阳示例"}', "{}", '"x"'])
def test_what_a_form_says_never_stands_in_the_document(desk: World, principal: Principal, literal: str) -> None:
    document = SUBMIT.replace("data: $data", f"data: {literal}").replace("($data: FormData!, ", "(")
    answer = desk.ask(principal, document, version=2, key="x")
    assert [error["extensions"]["code"] for error in answer["errors"]] in (["LITERAL_REFUSED"], ["VALIDATION_FAILED"])
