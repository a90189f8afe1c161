"""The key ring: private on disk, whole or absent, versioned, unreadable in output."""

from __future__ import annotations

import copy
import json
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from joserfc.jwk import ECKey

from kehu.crypto import BlindIndex, CursorBox, DataKey, Family, KeyRing, KeyScope, kek_version_of, unwrap, uuid7, wrap
from kehu.errors import ConfigurationError

SCOPE = KeyScope(uuid7(), uuid7(), "identity")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def test_create_writes_a_private_file_that_loads(path: Path) -> None:
    made = KeyRing.create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["keys.json"]
    loaded = KeyRing.load(path)
    assert all(made.secret(family) == loaded.secret(family) for family in Family)


def test_create_never_overwrites(path: Path) -> None:
    KeyRing.create(path)
    before = path.read_bytes()
    with pytest.raises(ConfigurationError, match=r"已存在.*exists"):
        KeyRing.create(path)
    assert path.read_bytes() == before
    assert len(list(path.parent.iterdir())) == 1


def test_create_in_a_missing_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="No such file"):
        KeyRing.create(tmp_path / "absent" / "keys.json")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644, 0o700, 0o666])
def test_a_readable_file_is_refused_with_its_remedy(path: Path, mode: int) -> None:
    KeyRing.create(path)
    path.chmod(mode)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        KeyRing.load(path)


def test_another_owner_is_refused_with_its_remedy(path: Path) -> None:
    KeyRing.create(path)
    with pytest.raises(ConfigurationError, match="chown 54321"):
        KeyRing.load(path, uid=lambda: 54321)


def test_a_missing_file_and_variable_are_named(path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"keys\.json"):
        KeyRing.load(path)
    with pytest.raises(ConfigurationError, match="KEHU_KEYS"):
        KeyRing.from_environment("KEHU_KEYS", {})


def test_environment_variable(path: Path) -> None:
    made = KeyRing.create(path)
    loaded = KeyRing.from_environment("KEHU_KEYS", {"KEHU_KEYS": path.read_text()})
    assert loaded.secret(Family.KEK) == made.secret(Family.KEK)


def _without(document: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != name}


@pytest.mark.parametrize(
    "harm",
    [
        lambda d: [d],
        lambda d: _without(d, "kek"),
        lambda d: _without(d, "format"),
        lambda d: d | {"version": 2},
        lambda d: d | {"extra": {}},
        lambda d: d | {"kek": "text"},
        lambda d: d | {"kek": {"current": 2, "keys": d["kek"]["keys"]}},
        lambda d: d | {"kek": {"current": 1, "keys": {"1": "c2hvcnQ="}}},
        lambda d: d | {"kek": {"current": 1, "keys": {"1": "**canary**"}}},
        lambda d: d | {"cursor": {"current": 256, "keys": {"256": d["cursor"]["keys"]["1"]}}},
        lambda d: d | {"cursor": {"current": 0, "keys": {"0": d["cursor"]["keys"]["1"]}}},
        lambda d: d | {"token": {"current": 1, "keys": {"1": "/" * 43 + "8="}}},
        lambda d: d | {"kek": d["kek"] | {"note": "x"}},
    ],
)
def test_a_damaged_ring_is_refused_without_its_content(path: Path, harm: Callable[[dict[str, Any]], object]) -> None:
    KeyRing.create(path)
    text = json.dumps(harm(json.loads(path.read_text()))).encode()
    with pytest.raises(ConfigurationError) as caught:
        KeyRing.from_text(text)
    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_rotation_writes_with_the_new_key_and_reads_with_the_old(path: Path) -> None:
    old = KeyRing.create(path)
    key = DataKey.generate(SCOPE)
    wrapped = wrap(key, old)
    cursor = CursorBox(old).seal([1], context="c")
    token = BlindIndex(old).token(SCOPE.subject, "mobile", "1")
    for family in (Family.KEK, Family.CURSOR, Family.INDEX, Family.TOKEN, Family.EVIDENCE):
        new = KeyRing.rotate(path, family)
        assert new.versions(family) == (1, 2)
        assert new.current(family) == 2
    assert path.stat().st_mode & 0o777 == 0o600
    loaded = KeyRing.load(path)
    assert unwrap(wrapped, loaded, key_id=key.id, scope=SCOPE).id == key.id
    assert kek_version_of(wrap(key, loaded)) == 2
    assert CursorBox(loaded).open(cursor, context="c") == [1]
    index = BlindIndex(loaded)
    assert index.candidates(SCOPE.subject, "mobile", "1") == (index.token(SCOPE.subject, "mobile", "1"), token)
    assert [one.kid for one in loaded.token_keys()] == [old.token_key().kid, loaded.token_key().kid]


def test_the_pseudonym_key_cannot_be_rotated(path: Path) -> None:
    KeyRing.create(path)
    with pytest.raises(ConfigurationError, match="can't be rotated"):
        KeyRing.rotate(path, Family.PSEUDONYM)


@pytest.mark.promise(8)
@pytest.mark.parametrize("leak", [pickle.dumps, copy.copy, copy.deepcopy])
def test_secrets_cannot_be_copied_or_pickled(leak: Callable[[object], object]) -> None:
    ring = KeyRing.generate()
    for secret in (ring, ring.token_key(), DataKey.generate(SCOPE), BlindIndex(ring), CursorBox(ring)):
        assert repr(secret) == f"<{type(secret).__name__}>"
        with pytest.raises(TypeError, match="secrets"):
            leak(secret)


def test_derived_keys_differ_by_every_part_and_family() -> None:
    ring = KeyRing.generate()
    derived = [
        ring.derive(Family.INDEX, "a", "b"),
        ring.derive(Family.INDEX, "ab"),
        ring.derive(Family.INDEX, "a", "b", ""),
        ring.derive(Family.INDEX, "b", "a"),
        ring.derive(Family.PSEUDONYM, "a", "b"),
    ]
    assert len(set(derived)) == len(derived)
    assert derived[0] == ring.derive(Family.INDEX, b"a", "b")


def test_token_keys_are_es256_keys() -> None:
    key = KeyRing.generate().token_key()
    public, private = key.public_jwk(), key.private_jwk()
    assert set(public) == {"kty", "crv", "x", "y", "kid", "use", "alg"}
    assert set(private) - set(public) == {"d"}
    assert all(len(private[name]) == 43 for name in "xyd")
    imported = ECKey.import_key(dict(private))
    assert imported.thumbprint() == key.kid
    assert imported.as_dict(private=False)["x"] == public["x"]


def test_two_rings_share_nothing() -> None:
    one, other = KeyRing.generate(), KeyRing.generate(os.urandom)
    assert all(one.secret(family) != other.secret(family) for family in Family)
