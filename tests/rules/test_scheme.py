"""Schemes: what is refused, and what follows from a key."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.rules.scheme import Scheme, Term

TEXT = Label("文字", "Text")
RED, BLUE = Term("RED", TEXT), Term("DARK_BLUE_2", TEXT)


def scheme(**changes: object) -> Scheme:
    given: dict[str, object] = {
        "key": "paint.colour",
        "version": 1,
        "label": TEXT,
        "description": TEXT,
        "terms": (RED, BLUE),
        "cites": ("S17.R07",),
    }
    return Scheme(**(given | changes))  # type: ignore[arg-type]  # reason: wrong kinds are what some cases give


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"key": "colour"}, "area.name"),
        ({"key": "Paint.colour"}, "area.name"),
        ({"key": "paint.colour.dark"}, "area.name"),
        ({"key": "paint.colourName"}, "area.name"),
        ({"key": "paint_shop.colour"}, "area.name"),
        ({"key": "paint.colour_"}, "area.name"),
        ({"version": 0}, "below 1"),
        ({"terms": ()}, "no terms"),
        ({"terms": (RED, RED)}, "declared twice: RED"),
        ({"terms": (Term("red", TEXT),)}, "CAPS_SNAKE"),
        ({"terms": (Term("RED__DARK", TEXT),)}, "CAPS_SNAKE"),
        ({"terms": (Term("红", TEXT),)}, "CAPS_SNAKE"),
        ({"terms": (Term("RED", TEXT, data=(("card", "A"), ("card", "B"))),)}, "data declared twice: card"),
        ({"default": True}, "need a source"),
    ],
)
def test_refused(changes: dict[str, object], says: str) -> None:
    with pytest.raises(DeclarationError, match=says):
        scheme(**changes)


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("realestate.source", "RealestateSource"),
        ("realestate.price_band", "RealestatePriceBand"),
        ("b2b.volume", "B2bVolume"),
        ("gas.meter_type_2", "GasMeterType2"),
    ],
)
def test_enum_name_follows_from_the_key(key: str, name: str) -> None:
    assert scheme(key=key).enum_name == name


def test_term_by_code() -> None:
    assert scheme().term("DARK_BLUE_2") is BLUE
    with pytest.raises(DeclarationError, match=r"paint.colour has no term 'GREEN'; it has RED, DARK_BLUE_2"):
        scheme().term("GREEN")


def test_a_default_names_its_source() -> None:
    assert scheme(default=True, source=TEXT).source == TEXT


def test_a_scheme_for_plugins_to_fill_may_start_empty() -> None:
    assert scheme(terms=(), extensible=True).codes == ()


def test_frozen_hashable_printable() -> None:
    made = scheme()
    assert {made, scheme()} == {made}
    assert "DARK_BLUE_2" in repr(made)
    with pytest.raises(FrozenInstanceError):
        made.version = 2  # type: ignore[misc]  # reason: the attempt is the test
