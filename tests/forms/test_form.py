"""Declarations of forms: what contradicts itself, or points at nothing, stops start-up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from kehu.errors import DeclarationError
from kehu.forms.bind import BoundForm, bind
from kehu.forms.form import Form, FormField
from kehu.labels import Label
from kehu.records import Record
from kehu.rules.scheme import Scheme

NAME = FormField("name", "Customer.name", required=True)
CONSTANTS = (("Customer.kind", "PERSON"), ("Customer.stage", "PROSPECT"))


def form(*fields: FormField, **changes: Any) -> Form:
    given: dict[str, Any] = {
        "key": "demo.visit",
        "version": 1,
        "label": Label("来访", "Visit"),
        "description": Label("登记来访", "Registers a visit"),
        "cites": ("S17.R21",),
        "fields": fields or (NAME,),
        "constants": CONSTANTS,
    }
    return Form(**{**given, **changes})


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: FormField("Name", "Customer.name"), "camelCase"),
        (lambda: FormField("name", "customer.name"), "Record.field"),
        (lambda: FormField("name", "Customer"), "Record.field"),
        (lambda: FormField("name", "Customer.name", required=True, default="x"), "never be used"),
        (lambda: form(key="Visit"), "lower case"),
        (lambda: form(key="visit"), "lower case"),
        (lambda: form(version=0), "below 1"),
        (lambda: form(cites=()), "cites no rule"),
        (lambda: form(FormField("name", "Customer.name")), "no field is required"),
        (lambda: form(NAME, FormField("name", "Customer.sex")), "field given twice: name"),
        (lambda: form(NAME, FormField("alias", "Customer.name")), "target given twice: Customer.name"),
        (lambda: form(constants=(("Customer.name", "x"),)), "target given twice: Customer.name"),
        (lambda: form(constants=(("kind", "x"),)), "'kind' is not Record.field"),
    ],
)
def test_a_form_that_contradicts_itself_is_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(DeclarationError, match=words):
        make()


@pytest.mark.promise(1)
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"fields": (NAME, FormField("x", "Customer.nothing"))}, "Customer.nothing isn't there"),
        ({"fields": (NAME, FormField("x", "Nobody.name"))}, "Nobody.name isn't there"),
        ({"fields": (NAME, FormField("x", "Customer.birthYear"))}, "written by the system"),
        ({"fields": (NAME, FormField("x", "Interaction.origin"))}, "written by the system"),
        ({"fields": (NAME, FormField("x", "Grade.band"))}, "written by the system"),
        ({"fields": (NAME, FormField("x", "Customer.remark", words=(("a", "B"),)))}, "no scheme"),
        ({"fields": (NAME, FormField("x", "Customer.sex", words=(("甲", "THIRD"),)))}, "no term 'THIRD'"),
        ({"fields": (NAME, FormField("x", "Customer.sex", words=(("男", "FEMALE"),)))}, "'男' means MALE and FEMALE"),
        ({"fields": (NAME, FormField("x", "Customer.sex", default="THIRD"))}, "no term 'THIRD'"),
        ({"fields": (NAME, FormField("x", "ContactPoint.mobile"))}, "ContactPoint.kind is required and never given"),
        ({"fields": (NAME, FormField("x", "Customer.remark", synonyms=("姓 名:",)))}, "means name and x"),
        ({"fields": (NAME, FormField("x", "Customer.remark", synonyms=("()",)))}, "punctuation only"),
        ({"constants": (*CONSTANTS, ("Customer.sex", "THIRD"))}, "no term 'THIRD'"),
        ({"constants": (*CONSTANTS, ("Customer.unit", "A1"))}, "refers to a row"),
        ({"constants": (*CONSTANTS, ("ContactPoint.mobile", "12"), ("ContactPoint.kind", "MOBILE"))}, "MOBILE_LENGTH"),
        ({"constants": CONSTANTS[:1]}, "Customer.stage is required and never given"),
    ],
)
def test_a_form_that_points_at_nothing_is_refused(
    changes: dict[str, Any], words: str, records: Mapping[str, Record], schemes: Mapping[str, Scheme]
) -> None:
    with pytest.raises(DeclarationError, match=r"form demo\.visit|form field") as caught:
        bind(form(**changes), records, schemes)
    assert words in str(caught.value)


def test_a_scheme_that_is_missing_is_named(records: Mapping[str, Record], schemes: Mapping[str, Scheme]) -> None:
    without = {key: scheme for key, scheme in schemes.items() if key != "person.sex"}
    with pytest.raises(DeclarationError, match=r"needs scheme person\.sex"):
        bind(form(NAME, FormField("sex", "Customer.sex")), records, without)


def test_type_label_scheme_and_citations_come_from_the_record(
    records: Mapping[str, Record], schemes: Mapping[str, Scheme]
) -> None:
    bound = bind(form(NAME, FormField("sex", "Customer.sex")), records, schemes)
    sex = bound.by_name["sex"]
    assert sex.field is records["Customer"].by_name["sex"]
    assert sex.label == Label("性别", "Sex")
    assert sex.scheme is schemes["person.sex"]
    renamed = bind(form(replace(NAME, label=Label("业主", "Owner"))), records, schemes)
    assert renamed.by_name["name"].label.zh == "业主"


@pytest.mark.rule("S17.R66", "S17.R21")
@pytest.mark.parametrize(("key", "occasion"), [("realestate.visit", "visitedAt"), ("realestate.call", "calledAt")])
def test_both_templates_have_the_ten_basic_fields(
    key: str, occasion: str, bound_form: Callable[[str], BoundForm]
) -> None:
    basic = {"name", "sex", "ageBand", "telephone", occasion, "livingWorkingArea", "needType", "priceBand"}
    assert basic | {"sincerity", "traits"} <= set(bound_form(key).by_name)


@pytest.mark.rule("S17.R22", "S17.R23")
def test_the_owner_form_requires_what_makes_an_owner(bound_form: Callable[[str], BoundForm]) -> None:
    bound = bound_form("realestate.owner")
    required = {field.name for field in bound.fields if field.required}
    assert {"unitSold", "price", "discount", "address"} <= required
    assert bound.presets["Holding"]["externalSystem"].type.name == "ShortText"
    assert "externalId" in bound.by_name
