from __future__ import annotations

import pytest

from kehu.errors import ClashError, Invalid
from kehu.labels import Label
from kehu.oauth import Catalogue
from kehu.policy import Purpose, Scope, ScopeDeclaration


def test_the_catalogue_is_alphabetised(catalogue: Catalogue) -> None:
    assert list(catalogue.scopes) == ["customer.contact:reveal", "customer:read", "customer:write", "grading:read"]
    assert list(catalogue.purposes) == ["SERVICE", "VISIT"]
    assert [str(scope) for scope in catalogue.parsed()] == list(catalogue.scopes)
    assert all(isinstance(scope, Scope) for scope in catalogue.parsed())


@pytest.mark.promise(9)
def test_one_name_for_two_things_stops_start_up() -> None:
    twice = [ScopeDeclaration("customer:read", Label("读", text)) for text in ("Read customers", "Read all")]
    with pytest.raises(ClashError, match=r"'Read customers' and 'Read all'"):
        Catalogue.of(twice, [])
    purposes = [Purpose(code="VISIT", label=Label("访", text), cites=("S1.R08",)) for text in ("Visit", "Other")]
    with pytest.raises(ClashError, match="VISIT"):
        Catalogue.of([], purposes)


def test_the_same_declaration_twice_is_one() -> None:
    again = ScopeDeclaration("customer:read", Label("读", "Read"))
    assert list(Catalogue.of([again, again], []).scopes) == ["customer:read"]


@pytest.mark.parametrize(
    ("scopes", "purposes", "code", "path", "lists"),
    [
        (["customer:read", "customer:fly"], [], "UNKNOWN_SCOPE", ("scopes", 1), "grading:read"),
        (["Customer:read"], [], "UNKNOWN_SCOPE", ("scopes", 0), "customer:read"),
        (["*"], [], "UNKNOWN_SCOPE", ("scopes", 0), "customer:read"),
        (["customer:read grading:read"], [], "UNKNOWN_SCOPE", ("scopes", 0), "customer:read"),
        ([], ["visit"], "UNKNOWN_PURPOSE", ("purposes", 0), "SERVICE, VISIT"),
    ],
)
def test_what_is_not_in_the_catalogue_is_refused_with_what_is(
    catalogue: Catalogue,
    scopes: list[str],
    purposes: list[str],
    code: str,
    path: tuple[str, int],
    lists: str,
) -> None:
    with pytest.raises(Invalid) as refused:
        catalogue.require(scopes, purposes)
    (problem,) = refused.value.problems
    assert (problem.code, problem.path) == (code, path)
    assert lists in problem.message.en
    assert lists in problem.message.zh
