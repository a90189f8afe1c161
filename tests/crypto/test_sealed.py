"""A sealed value opens in its own place, unchanged, and nowhere else (promise 7's ground, S6.R13)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.crypto import Binding, DataKey, KeyRing, KeyScope, key_id_of, open_sealed, seal, unwrap, uuid7, wrap
from kehu.crypto.keyring import Opaque
from kehu.errors import IntegrityError

ENTITY, SUBJECT, ROW, OTHER = (uuid7() for _ in range(4))
SCOPE = KeyScope(ENTITY, SUBJECT, "identity")
KEY = DataKey.generate(SCOPE)
BINDING = Binding(ENTITY, "customer", SUBJECT, ROW, "identity")
RING = KeyRing.generate()
CANARY = "金丝雀欧阳"

scalars = st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(st.characters(codec="utf-8"))
texts = st.text(st.characters(codec="utf-8"), max_size=8)
json_values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(texts, inner), max_leaves=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values=st.dictionaries(texts, json_values, max_size=6))
def test_round_trip_leaves_out_none(values: dict[str, object]) -> None:
    blob = seal(values, key=KEY, binding=BINDING)
    opened = open_sealed(blob, keys={KEY.id: KEY}, binding=BINDING)
    assert opened == {name: value for name, value in values.items() if value is not None}


@pytest.mark.rule("S6.R13")
@pytest.mark.parametrize(
    "moved",
    [
        replace(BINDING, legal_entity=OTHER),
        replace(BINDING, table="customer_identity"),
        replace(BINDING, subject=OTHER),
        replace(BINDING, row=OTHER),
        replace(BINDING, version=2),
        replace(BINDING, retention="marketing"),
        replace(BINDING, subject=ROW, row=SUBJECT),
        replace(BINDING, table="customeridentity", retention=""),
    ],
)
def test_a_moved_value_does_not_open(moved: Binding) -> None:
    blob = seal({"name": CANARY}, key=KEY, binding=BINDING)
    with pytest.raises(IntegrityError) as caught:
        open_sealed(blob, keys=KEY, binding=moved)
    assert CANARY not in str(caught.value)


@pytest.mark.rule("S6.R13")
def test_every_flipped_bit_and_every_cut_is_found() -> None:
    blob = seal({"name": CANARY}, key=KEY, binding=BINDING)
    for at in range(len(blob) * 8):
        changed = bytearray(blob)
        changed[at // 8] ^= 1 << at % 8
        with pytest.raises(IntegrityError):
            open_sealed(bytes(changed), keys={KEY.id: KEY}, binding=BINDING)
    for length in range(len(blob)):
        with pytest.raises(IntegrityError):
            open_sealed(blob[:length], keys=KEY, binding=BINDING)
    with pytest.raises(IntegrityError):
        open_sealed(blob + b"\0", keys=KEY, binding=BINDING)


@pytest.mark.parametrize(
    ("at", "value", "reason"),
    [(0, 0, "version"), (0, 2, "version"), (1, 2, "suite"), (1, 0, "suite"), (1, 255, "suite")],
)
def test_unknown_version_and_suite_are_named(at: int, value: int, reason: str) -> None:
    blob = bytearray(seal({"name": CANARY}, key=KEY, binding=BINDING))
    blob[at] = value
    with pytest.raises(IntegrityError, match=reason):
        key_id_of(bytes(blob))


def test_a_missing_or_other_key_does_not_open() -> None:
    blob = seal({"name": CANARY}, key=KEY, binding=BINDING)
    same_id = DataKey(KEY.id, SCOPE, bytes(32))
    for keys in ({}, {KEY.id: DataKey.generate(SCOPE)}, same_id, DataKey.generate(SCOPE)):
        with pytest.raises(IntegrityError):
            open_sealed(blob, keys=keys, binding=BINDING)


@pytest.mark.promise(7)
@pytest.mark.parametrize(
    "other", [replace(BINDING, subject=OTHER), replace(BINDING, retention="x"), replace(BINDING, legal_entity=OTHER)]
)
def test_a_key_seals_only_for_its_customer_and_class(other: Binding) -> None:
    with pytest.raises(IntegrityError):
        seal({"name": CANARY}, key=KEY, binding=other)


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), b"bytes", ("tuple",), {1: "key"}, {"deep": [0.0]}, 2**53, -(2**53), "\ud800", UUID(int=1), {1}],
)
def test_values_that_would_not_come_back_are_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        seal({"value": value}, key=KEY, binding=BINDING)


def test_too_deep_is_refused() -> None:
    value: object = 1
    for _ in range(40):
        value = [value]
    with pytest.raises(ValueError, match="deeper"):
        seal({"value": value}, key=KEY, binding=BINDING)


def test_two_seals_of_one_value_differ() -> None:
    assert seal({"a": "b"}, key=KEY, binding=BINDING) != seal({"a": "b"}, key=KEY, binding=BINDING)


def _flip(data: bytes, at: int) -> bytes:
    return data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]


@pytest.mark.parametrize(
    "harm",
    [
        lambda w: (w[:-1], KEY.id, SCOPE),
        lambda w: (w + b"\0", KEY.id, SCOPE),
        lambda w: (b"", KEY.id, SCOPE),
        lambda w: (w, bytes(16), SCOPE),
        lambda w: (w, KEY.id, replace(SCOPE, subject=OTHER)),
        lambda w: (w, KEY.id, replace(SCOPE, legal_entity=OTHER)),
        lambda w: (w, KEY.id, replace(SCOPE, retention="marketing")),
        *[lambda w, at=at: (_flip(w, at), KEY.id, SCOPE) for at in range(66)],
    ],
)
def test_a_wrapped_key_opens_only_unchanged_and_in_its_place(
    harm: Callable[[bytes], tuple[bytes, bytes, KeyScope]],
) -> None:
    wrapped, key_id, scope = harm(wrap(KEY, RING))
    with pytest.raises(IntegrityError):
        unwrap(wrapped, RING, key_id=key_id, scope=scope)


def test_a_key_wrapped_under_another_ring_does_not_open() -> None:
    with pytest.raises(IntegrityError):
        unwrap(wrap(KEY, KeyRing.generate()), RING, key_id=KEY.id, scope=SCOPE)


def test_secrets_have_no_readable_repr() -> None:
    secrets: list[Opaque] = [KEY, RING, RING.token_key()]
    for secret in secrets:
        assert repr(secret) == f"<{type(secret).__name__}>" == str(secret)
