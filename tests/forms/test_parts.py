"""Conditions, groups, links and sections of a form: what contradicts itself, and what the schema makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema_rs
import pytest

from kehu.errors import DeclarationError, Invalid
from kehu.forms.bind import BoundForm, bind
from kehu.forms.form import Form, FormField, Group, Linked, Section, When
from kehu.forms.jsonschema import format_checks, json_schema, ui_schema
from kehu.forms.submission import parse_bound
from kehu.labels import Label
from kehu.records import Record
from kehu.rules.scheme import Scheme
from kehu.vocabulary.base import opened

SHANGHAI = ZoneInfo("Asia/Shanghai")
WORDS = Label("示例", "Example")
NAME = FormField("name", "Customer.name", required=True)
KIND = FormField("document", "IdentityDocument.kind")
PASSPORT = FormField("passport", "IdentityDocument.passport", required=True, when=When("document", "PASSPORT"))
CALLS = Group("calls", WORDS, "FollowUp", (FormField("method", "FollowUp.method", required=True),))
PEOPLE = Linked("people", WORDS, "CONTACT_PERSON", (NAME,))


def form(*fields: Any, **changes: Any) -> Form:
    given: dict[str, Any] = {
        "key": "demo.parts",
        "version": 1,
        "label": WORDS,
        "description": WORDS,
        "cites": ("S17.R21",),
        "fields": (NAME, *fields),
        "constants": (("Customer.kind", "PERSON"), ("Customer.stage", "PROSPECT")),
    }
    return Form(**{**given, **changes})


def field(name: str, to: str, **more: Any) -> FormField:
    return FormField(name, to, **more)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: When("kind"), "at least one"),
        (lambda: When("kind", "A", "A"), "each value once"),
        (lambda: form(field("a", "Customer.sex", when=When("b", "X"))), "depends on 'b', which is no field beside it"),
        (lambda: form(CALLS, field("a", "Customer.sex", when=When("calls", "X"))), "'calls', which is no field"),
        (
            lambda: form(
                field("a", "Customer.sex", when=When("b", "X")), field("b", "Customer.remark", when=When("a", "MALE"))
            ),
            "a depends on itself",
        ),
        (lambda: form(replace(CALLS, name="Calls")), "not a camelCase name"),
        (lambda: form(CALLS, CALLS), "field given twice: calls"),
        (lambda: replace(CALLS, at_least=3, at_most=2), "at_least and at_most"),
        (lambda: replace(CALLS, at_most=101), "at_least and at_most"),
        (lambda: replace(CALLS, fields=(field("content", "FollowUp.content"),)), "a row could be empty"),
        (lambda: replace(CALLS, constants=(("FollowUp.method", "CALL"),)), "target given twice"),
        (lambda: replace(PEOPLE, relationship="contact person"), "not a code of relationship.kind"),
        (lambda: form(sections=(Section("Who", WORDS, ("name",)),)), "not a camelCase name"),
        (lambda: form(CALLS, sections=(Section("who", WORDS, ("name",)),)), "in no section: calls"),
        (lambda: form(sections=(Section("who", WORDS, ("name", "x")),)), "sections name what isn't there: x"),
        (lambda: form(sections=(Section("a", WORDS, ("name",)), Section("b", WORDS, ("name",)))), "in two sections"),
        (lambda: form(sections=(Section("a", WORDS, ("name",)), Section("a", WORDS, ()))), "section given twice"),
        (lambda: form(fields=(replace(NAME, when=When("document", "PASSPORT")), KIND)), "no field is required"),
    ],
)
def test_parts_that_contradict_themselves_are_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(DeclarationError) as told:
        make()
    assert words in str(told.value)


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ((KIND, replace(PASSPORT, when=When("document", "VISA"))), "being 'VISA', which it never is"),
        ((KIND, replace(PASSPORT, when=When("document", True))), "being True, which it never is"),
        ((replace(PASSPORT, when=When("name", "x")), KIND), "has neither codes nor yes and no"),
        ((field("preferred", "ContactPoint.preferred"), field("mobile", "ContactPoint.mobile",
          when=When("preferred", 1))), "being 1, which it never is"),
        ((KIND, field("method", "FollowUp.method", when=When("document", "PASSPORT")),
          field("content", "FollowUp.content")), "asked only on a condition, but content without it"),
        ((field("method", "FollowUp.method"), CALLS), "FollowUp is written inside and outside of a group"),
        ((replace(CALLS, record="Nothing"),), "record Nothing isn't there"),
        ((Group("facets", WORDS, "PersonalProfile", (field("x", "PersonalProfile.occupation", required=True),)),),
         "no several rows of PersonalProfile"),
        ((Group("customers", WORDS, "Customer", (NAME,)),), "no several rows of Customer"),
        ((replace(CALLS, fields=(*CALLS.fields, field("x", "Address.value"))),), "neither FollowUp nor of it one row"),
        ((replace(CALLS, fields=(field("content", "FollowUp.content", required=True),)),),
         "FollowUp.method is required and never given"),
        ((Group("payments", WORDS, "Transaction", (field("kind", "Transaction.kind", required=True),
          field("at", "Transaction.occurredAt", required=True))),), "belong to a Holding, which it doesn't write"),
        ((replace(PEOPLE, relationship="ENEMY"),), "no term 'ENEMY'"),
        ((replace(PEOPLE, constants=(("Customer.kind", "ROBOT"),)),), "no term 'ROBOT'"),
        ((replace(PEOPLE, fields=(NAME, field("mobile", "ContactPoint.mobile"))),),
         "ContactPoint.kind is required and never given"),
    ],
)  # fmt: skip
def test_parts_that_point_at_nothing_are_refused(
    fields: tuple[Any, ...], words: str, records: Mapping[str, Record], schemes: Mapping[str, Scheme]
) -> None:
    with pytest.raises(DeclarationError, match=r"form demo\.parts") as told:
        bind(form(*fields), records, schemes)
    assert words in str(told.value)


@pytest.fixture
def bound(records: Mapping[str, Record], schemes: Mapping[str, Scheme]) -> BoundForm:
    number = field("number", "IdentityDocument.number", when=When("document", "OTHER"))
    validity = field("validUntil", "IdentityDocument.validUntil", when=When("document", "PASSPORT", "OTHER"))
    sex = field("sex", "Customer.sex", default="FEMALE")
    band = field("ageBand", "Customer.ageBand", when=When("sex", "FEMALE"), default="A25_34")
    sections = (
        Section("who", Label("客户", "Customer"), ("name", "sex", "ageBand", "people")),
        Section("paper", Label("证件", "Papers"), ("document", "passport", "number", "validUntil", "address", "calls")),
    )
    place = field("address", "Address.value")
    kind = ("Address.kind", "HOME")
    declared = form(KIND, PASSPORT, number, validity, sex, band, place, replace(CALLS, at_least=1), PEOPLE)
    return bind(replace(declared, constants=(*declared.constants, kind), sections=sections), records, schemes)


GOOD: dict[str, Any] = {"name": "张三", "calls": [{"method": "CALL"}]}
CASES: tuple[tuple[dict[str, Any], tuple[str, ...]], ...] = (
    (GOOD, ()),
    ({"name": "张三"}, ("calls: REQUIRED",)),
    ({**GOOD, "calls": []}, ("calls: ROWS_TOO_FEW",)),
    ({**GOOD, "document": "PASSPORT", "passport": "E12345678"}, ()),
    ({**GOOD, "document": "PASSPORT"}, ("passport: REQUIRED",)),
    ({**GOOD, "document": "OTHER", "number": "A12345"}, ()),
    ({**GOOD, "document": "OTHER", "passport": "E12345678"}, ("passport: NOT_ASKED",)),
    ({**GOOD, "passport": "E12345678"}, ("passport: NOT_ASKED",)),
    ({**GOOD, "validUntil": "2030-01-01"}, ("validUntil: NOT_ASKED",)),
    ({**GOOD, "document": "OTHER", "validUntil": "2030-01-01"}, ()),
    # What a wrong field decides isn't held against the others.
    ({**GOOD, "document": "VISA", "passport": "x"}, ("document: CODE_UNKNOWN", "passport: PASSPORT_FORMAT")),
    # A condition holds for a field that was left out where its default says so.
    ({**GOOD, "ageBand": "A18_24"}, ()),
    ({**GOOD, "sex": "MALE", "ageBand": "A18_24"}, ("ageBand: NOT_ASKED",)),
    ({**GOOD, "people": [{"name": "李四"}, {"name": "王5"}]}, ("people/1/name: NAME_DIGIT",)),
    ({**GOOD, "people": None}, ("people: SHAPE_WRONG",)),
    ({**GOOD, "people": [{"name": "李四", "kind": "PERSON"}]}, ("people/0/kind: UNKNOWN_FIELD",)),
)


@pytest.mark.parametrize(("data", "problems"), CASES)
def test_what_is_asked_and_what_is_not(bound: BoundForm, data: dict[str, Any], problems: tuple[str, ...]) -> None:
    validator = jsonschema_rs.Draft202012Validator(
        json_schema(bound, "zh"), validate_formats=True, formats=format_checks(bound)
    )
    assert validator.is_valid(data) is not bool(problems)
    try:
        parse_bound(bound, data, zone=SHANGHAI)
        found: set[str] = set()
    except Invalid as refused:
        found = {f"{'/'.join(map(str, p.path))}: {p.code}" for p in refused.problems}
    assert found == set(problems)


def test_defaults_count_only_where_they_are_asked(bound: BoundForm) -> None:
    def band(data: dict[str, Any]) -> object:
        value = parse_bound(bound, data, zone=SHANGHAI).values["Customer"].get("ageBand")
        return None if value is None else opened(value)

    assert band(GOOD) == "A25_34"
    assert band({**GOOD, "sex": "MALE"}) is None


def test_a_linked_person_gets_what_the_link_says(bound: BoundForm) -> None:
    [person] = parse_bound(bound, {**GOOD, "people": [{"name": "李四"}]}, zone=SHANGHAI).rows["people"]
    said = {record: {n: opened(v) for n, v in values.items()} for record, values in person.values.items()}
    assert said["Customer"] == {"kind": "PERSON", "stage": "RELATED", "name": "李四"}
    assert said["Relationship"] == {"kind": "CONTACT_PERSON"}


def test_a_schema_with_conditions_is_one_and_knows_its_sections(bound: BoundForm) -> None:
    schema: Any = json_schema(bound, "en")
    jsonschema_rs.meta.validate(schema)
    assert schema["unevaluatedProperties"] is False
    assert "additionalProperties" not in schema
    assert "passport" not in schema["properties"]
    then = {name for case in schema["allOf"] for name in case["then"]["properties"]}
    assert then == {"passport", "number", "validUntil", "ageBand"}
    assert schema["properties"]["calls"]["minItems"] == 1
    assert schema["properties"]["address"]["properties"]["city"]["title"] == "City"
    layout: Any = ui_schema(bound, "en")
    assert [section["title"] for section in layout["ui:options"]["sections"]] == ["Customer", "Papers"]
    assert layout["validUntil"] == {"ui:widget": "date"}
