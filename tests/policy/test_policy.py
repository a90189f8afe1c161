"""A policy can only be made stronger than its type's; what would be weaker is named (promise 9, S3.R14)."""

from __future__ import annotations

from typing import Any

import pytest

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.policy import Audit, Category, Level, Policy, Purpose, RetentionClass, Scope
from kehu.records import field
from kehu.vocabulary import Mobile, PersonName

FLOOR = Mobile.policy


@pytest.mark.promise(9)
@pytest.mark.rule("S3.R14")
@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"level": Level.INTERNAL}, "level 2 < 3"),
        ({"categories": tuple(c for c in FLOOR.categories if c is not Category.S3_SENSITIVE)}, "no longer sensitive"),
        ({"categories": tuple(c for c in FLOOR.categories if c.system != "S7")}, "not classified any more by S7"),
        ({"mask": None, "sealed": False, "lookup": False}, "mask removed"),
        ({"sealed": False, "lookup": False}, "no longer sealed"),
        ({"audit": Audit.PAYLOAD}, "audited less"),
        ({"purposes": (*FLOOR.purposes, "ANYTHING")}, "purposes added: ANYTHING"),
    ],
)
def test_each_weakness_is_named(changes: dict[str, Any], named: str) -> None:
    from dataclasses import replace

    assert any(named in one for one in replace(FLOOR, **changes).weaknesses_against(FLOOR))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"level": Level.AUTHENTICATING},
        {"purposes": FLOOR.purposes[:1]},
        {"retention": "marketing"},
        {"lookup": False},
        {"cites": ("S17.R21",)},
    ],
)
def test_the_same_or_stronger_has_no_weakness(changes: dict[str, Any]) -> None:
    assert FLOOR.but(**changes).weaknesses_against(FLOOR) == ()


@pytest.mark.promise(9)
def test_look_up_is_not_added_by_a_field() -> None:
    with pytest.raises(DeclarationError, match="exact look-up added"):
        field("name", PersonName, "姓名", "Name", lookup=True)


def test_but_replaces_within_a_system_and_keeps_the_others() -> None:
    changed = FLOOR.but(categories=(Category.S7_SERVICE,))
    assert Category.S7_SERVICE in changed.categories
    assert {c.system for c in changed.categories} == {c.system for c in FLOOR.categories}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"categories": (Category.C1, Category.C2)}, "two categories of one system"),
        ({"mask": None}, "needs a mask"),
        ({"purposes": ()}, "names no purpose"),
        ({"sealed": False}, "lookup of customer.contact is for sealed fields"),
        ({"sealed": False, "lookup": False, "level": Level.AUTHENTICATING}, "must be sealed"),
        ({"area": "Customer Contact"}, "is not area"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused(changes: dict[str, Any], why: str) -> None:
    parts = {name: getattr(FLOOR, name) for name in Policy.__dataclass_fields__}
    with pytest.raises(DeclarationError, match=why):
        Policy(**{**parts, **changes})


@pytest.mark.parametrize("text", ["customer.contact:read", "evidence:read", "a.b2.c:administer"])
def test_scopes_of_the_grammar(text: str) -> None:
    assert str(Scope.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "customer", "customer:", ":read", "Customer:read", "a..b:read", "a:see", "a b:read"]
)
def test_scopes_outside_the_grammar(text: str) -> None:
    with pytest.raises(DeclarationError):
        Scope.parse(text)


def test_purposes_and_retention_classes_have_plain_codes() -> None:
    label = Label("测试", "test")
    with pytest.raises(DeclarationError):
        Purpose(code="follow up", label=label, cites=("S17.R31",))
    with pytest.raises(DeclarationError):
        RetentionClass(key="Long Time", label=label, minimum_years=1, counted_from=label, cites=("F-37",))
