"""Blind index, cursors, pseudonyms, the cache of opened keys, ids."""

from __future__ import annotations

import base64
import threading
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.crypto import BlindIndex, CursorBox, DataKey, KeyCache, KeyRing, KeyScope, Pseudonyms, canonical_json, uuid7
from kehu.errors import Invalid

RING = KeyRing.generate()
BOX = CursorBox(RING)
INDEX = BlindIndex(RING)
ENTITY, OTHER = uuid7(), uuid7()
SCOPE = KeyScope(ENTITY, OTHER, "identity")

scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8"))
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(st.text("ab甲"), inner), max_leaves=6)


def test_blind_tokens_differ_by_entity_index_and_text() -> None:
    tokens = {
        INDEX.token(entity, index, text)
        for entity in (ENTITY, OTHER)
        for index in ("mobile", "name")
        for text in ("", "1", "11", "样")
    }
    assert len(tokens) == 16
    assert {len(token) for token in tokens} == {17}
    assert INDEX.token(ENTITY, "mobile", "1") == BlindIndex(RING).token(ENTITY, "mobile", "1")


@pytest.mark.promise(8)
def test_a_blind_index_error_never_repeats_the_text() -> None:
    with pytest.raises(ValueError, match="Unicode") as caught:
        INDEX.token(ENTITY, "name", "金丝雀\ud800")
    assert "金丝雀" not in str(caught.value)
    assert caught.value.__suppress_context__


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(value=values, context=st.text(st.characters(codec="utf-8"), max_size=5))
def test_cursor_round_trip_is_deterministic(value: object, context: str) -> None:
    token = BOX.seal(value, context=context)
    assert token == CursorBox(RING).seal(value, context=context)
    assert BOX.open(token, context=context) == value
    assert set(token) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def _spellings(token: str) -> list[str]:
    padded = token + "=" * (-len(token) % 4)
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    spare = [token[:-1] + alphabet[alphabet.index(token[-1]) | bit] for bit in (1, 2, 4)]
    return [padded, token + "\n", " " + token, token + "=", *(text for text in spare if text != token)]


@pytest.mark.promise(2)
def test_a_cursor_that_is_not_exactly_ours_is_refused() -> None:
    token = BOX.seal(["2026", "x"], context="customers")
    changed = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]
    cut = [token[:length] for length in range(len(token))]
    foreign = CursorBox(KeyRing.generate()).seal(["2026", "x"], context="customers")
    bare = base64.urlsafe_b64encode(b'{"id":1}').decode().rstrip("=")
    odd = ["游标", "A" * 5000, bare, foreign, "AQ", "Ag" + "A" * 40, "+/" * 20]
    for bad in [*changed, *cut, *_spellings(token), *odd]:
        with pytest.raises(Invalid) as caught:
            BOX.open(bad, context="customers")
        assert caught.value.code == "CURSOR_INVALID"
    with pytest.raises(Invalid):
        BOX.open(token, context="holdings")


@pytest.mark.parametrize("value", [1.5, (1,), {1: 2}, datetime(2026, 1, 1, tzinfo=UTC), UUID(int=1), "x" * 4000])
def test_a_cursor_refuses_what_it_could_not_give_back(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        BOX.seal(value, context="c")


def test_pseudonyms_are_stable_and_scoped() -> None:
    names = Pseudonyms(RING)
    assert names.subject(ENTITY, OTHER) == Pseudonyms(RING).subject(ENTITY, OTHER)
    assert len({names.subject(ENTITY, OTHER), names.subject(OTHER, ENTITY), names.subject(ENTITY, ENTITY)}) == 3
    digests = {
        names.digest("a", "s", b"x"),
        names.digest("as", "", b"x"),
        names.reason("s", "x"),
        names.reason("t", "x"),
    }
    assert len(digests) == 4
    assert len(names.reason("s", "\ud800")) == 64


def test_canonical_json_is_sorted_and_unescaped() -> None:
    assert canonical_json({"b": [1, True, None], "a": "楼\n"}) == '{"a":"楼\\n","b":[1,true,null]}'.encode()
    assert canonical_json(True) == b"true"


def test_the_cache_is_bounded_and_forgets_the_least_used() -> None:
    cache = KeyCache(capacity=2)
    one, two, three = (DataKey.generate(SCOPE) for _ in range(3))
    cache.put(one)
    cache.put(two)
    assert cache.get(one.id) is one
    cache.put(three)
    assert cache.get(two.id) is None
    assert cache.get_many([one.id, two.id, three.id]) == {one.id: one, three.id: three}
    cache.forget(one.id)
    assert (cache.get(one.id), len(cache), repr(cache)) == (None, 1, "<KeyCache of 1>")
    with pytest.raises(ValueError, match="at least one"):
        KeyCache(capacity=0)


@pytest.mark.promise(7)
def test_the_cache_lets_go_of_old_keys_so_that_a_destroyed_one_stops_opening() -> None:
    now = 0.0
    cache = KeyCache(max_age=300, monotonic=lambda: now)
    key = DataKey.generate(SCOPE)
    cache.put(key)
    now = 300.0
    assert cache.get(key.id) is key
    now = 300.1
    assert cache.get(key.id) is None
    assert len(cache) == 0


def test_the_cache_serves_threads() -> None:
    cache = KeyCache(capacity=8)
    keys = [DataKey.generate(SCOPE) for _ in range(16)]
    wrong: list[DataKey] = []

    def use() -> None:
        for _ in range(200):
            for key in keys:
                cache.put(key)
                found = cache.get(key.id)
                if found is not None and found is not key:
                    wrong.append(found)

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(cache) == 8


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(milliseconds=st.integers(0, 2**48 - 1), tail=st.binary(min_size=10, max_size=10))
def test_uuid7_layout(milliseconds: int, tail: bytes) -> None:
    made = uuid7(clock_ms=lambda: milliseconds, random=lambda length: tail[:length])
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == milliseconds
    assert made.int & (2**62 - 1) == int.from_bytes(tail, "big") & (2**62 - 1)
