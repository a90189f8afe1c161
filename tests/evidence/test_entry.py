"""The entry format: fixed bytes, nothing personal, nothing that doesn't come back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.errors import IntegrityError, OverLimit
from kehu.evidence import (
    Activity,
    Actor,
    Effect,
    Entry,
    FieldUse,
    Kind,
    Operation,
    Outcome,
    Purpose,
    leaf_hash,
    new_salt,
)

MakeEntry = Callable[..., Entry]
FIXED = {
    "id": UUID("01920000-0000-7000-8000-00000000000a"),
    "at": datetime(2026, 11, 23, 8, 5, 9, 42, tzinfo=UTC),
    "salt": "0f" * 16,
}
CANONICAL = (
    '{"activity":"query","actor":{"client":"crm","legal_entity":"01920000-0000-7000-8000-000000000001",'
    '"subject":"staff-7","unit":"unit-3"},"at":"2026-11-23T08:05:09.000042Z","code":null,"detail":{"rows":2},'
    '"fields":[["customers.edges.node.name","masked",2],["customers.edges.node.mobile","denied",2]],'
    '"id":"01920000-0000-7000-8000-00000000000a","kind":"read","level":3,'
    f'"operation":{{"document":"{"ab" * 32}","kind":"query","name":"Customers"}},"outcome":"ok",'
    f'"policy":"{"cd" * 32}","purpose":{{"code":"SERVICE","reason":"{"ef" * 32}"}},'
    f'"salt":"{"0f" * 16}","subject_count":2,'
    '"subjects":["00000000000000000000000000000000","00000000000000000000000000000001"],"v":1}'
)


@pytest.mark.promise(4)
def test_the_canonical_bytes_are_fixed(make_entry: MakeEntry) -> None:
    entry = make_entry(**FIXED)
    assert entry.canonical.decode() == CANONICAL
    assert entry.leaf == leaf_hash(CANONICAL.encode()) == sha256(b"\0" + CANONICAL.encode()).digest()
    assert entry.leaf.hex() == "b5dbc0a2cc55409e9d34ad98629c1924f673a5c0adf1ea0625cd47045f993b8b"
    assert Entry.parse(entry.canonical) == entry


@pytest.mark.rule("S4.R04")
def test_the_ten_processing_activities_and_no_entry_without_one(make_entry: MakeEntry) -> None:
    assert [activity.value for activity in Activity] == [
        *("collect", "transmit", "process", "use", "store"),
        *("query", "report", "publish", "delete", "third_party"),
    ]
    for missing in (None, "query", "browse"):
        with pytest.raises(ValueError, match="activity"):
            make_entry(activity=missing)


def test_kinds_only_grow() -> None:
    first_release = {"read", "lookup", "write", "mutation", "export", "import", "report", "job", "login", "token"}
    assert first_release | {"denial", "admin", "config"} <= {kind.value for kind in Kind}
    assert {effect.value for effect in Effect} >= {"masked", "clear", "denied"}
    assert {outcome.value for outcome in Outcome} >= {"ok", "refused", "error"}


codes = st.from_regex(r"[A-Z][A-Z0-9_]{0,20}", fullmatch=True)
tokens = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:/+=,-]{0,30}", fullmatch=True)
names = st.from_regex(r"[A-Za-z_][A-Za-z0-9_.]{0,20}", fullmatch=True)
paths = st.from_regex(r"[A-Za-z_*][A-Za-z0-9_.*\[\]:/-]{0,20}", fullmatch=True)
hex_64 = st.binary(min_size=32, max_size=32).map(bytes.hex)
hex_32 = st.binary(min_size=16, max_size=16).map(bytes.hex)
counts = st.integers(0, 2**53 - 1)
entries = st.builds(
    lambda outcome, code, **rest: Entry(outcome=outcome, code=None if outcome is Outcome.OK else code, **rest),
    outcome=st.sampled_from(Outcome),
    code=codes,
    kind=st.sampled_from(Kind),
    activity=st.sampled_from(Activity),
    actor=st.builds(Actor, *[st.none() | tokens] * 4),
    purpose=st.builds(Purpose, st.none() | codes, st.none() | hex_64),
    operation=st.builds(Operation, names, st.none() | names, st.none() | hex_64),
    policy=tokens,
    level=st.integers(1, 5),
    subjects=st.sets(hex_32, max_size=5).map(lambda found: tuple(sorted(found))),
    subject_count=st.integers(5, 2**53 - 1),
    fields=st.lists(st.builds(FieldUse, paths, st.sampled_from(Effect), counts), max_size=4).map(tuple),
    detail=st.dictionaries(names, tokens | st.integers(-(2**53) + 1, 2**53 - 1), max_size=4),
    at=st.datetimes(datetime(1970, 1, 1), datetime(9998, 1, 1), timezones=st.sampled_from([UTC])),
    salt=hex_32,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entry=entries)
def test_round_trip(entry: Entry) -> None:
    assert Entry.parse(entry.canonical) == entry
    assert json.loads(entry.canonical)["v"] == 1


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entry=entries, data=st.data())
def test_no_other_bytes_parse_to_it(entry: Entry, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entry.canonical) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != entry.canonical[at]))
    changed = entry.canonical[:at] + bytes((byte,)) + entry.canonical[at + 1 :]
    try:
        parsed = Entry.parse(changed)
    except IntegrityError:
        return
    assert parsed.canonical == changed
    assert parsed.leaf != entry.leaf


@pytest.mark.parametrize(
    "other",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        b"\xff",
        CANONICAL.replace('"v":1', '"v":2').encode(),
        CANONICAL.replace('"v":1', '"v":true').encode(),
        CANONICAL.replace('"v":1', '"v":1.0').encode(),
        CANONICAL.replace('"level":3', '"level":3.0').encode(),
        CANONICAL.replace('"v":1', '"v":1,"w":1').encode(),
        CANONICAL.replace(",", ", ", 1).encode(),
        CANONICAL.replace('"code":null,', "").encode(),
        CANONICAL.replace("000042Z", "42Z").encode(),
        CANONICAL.replace('"read"', '"peek"').encode(),
        (CANONICAL + "\n").encode(),
    ],
)
def test_only_the_canonical_form_parses(other: bytes) -> None:
    with pytest.raises(IntegrityError):
        Entry.parse(other)


@pytest.mark.promise(8)
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"actor": lambda: Actor(subject="金丝雀")}, "actor.subject"),
        ({"actor": lambda: Actor(client="a@canary.example")}, "actor.client"),
        ({"actor": lambda: Actor(unit="")}, "actor.unit"),
        ({"actor": lambda: Actor(legal_entity="x" * 300)}, "actor.legal_entity"),
        ({"purpose": lambda: Purpose("客服")}, "purpose.code"),
        ({"purpose": lambda: Purpose("SERVICE", "金丝雀要求核实")}, "purpose.reason"),
        ({"operation": lambda: Operation("query", "金丝雀")}, "operation.name"),
        ({"operation": lambda: Operation("query", None, "query { canary }")}, "operation.document"),
        ({"operation": lambda: Operation("")}, "operation.kind"),
        ({"fields": lambda: (FieldUse('a(x:"canary")', Effect.CLEAR, 1),)}, "fields.path"),
        ({"fields": lambda: (FieldUse("a", "clear", 1),)}, "effect"),  # type: ignore[arg-type]  # wrong on purpose
        ({"fields": lambda: (FieldUse("a", Effect.CLEAR, -1),)}, "fields.count"),
        ({"fields": lambda: [FieldUse("a", Effect.CLEAR, 1)]}, "tuples"),
        ({"subjects": lambda: ("canary",)}, "subjects"),
        ({"subjects": lambda: ("G" * 32,)}, "subjects"),
        ({"subjects": lambda: ("1" * 32, "0" * 32)}, "sorted"),
        ({"subjects": lambda: ("1" * 32, "1" * 32)}, "sorted"),
        ({"subject_count": lambda: 1}, "subject_count"),
        ({"subject_count": lambda: 2.0}, "subject_count"),
        ({"detail": lambda: {"name": "金丝雀 canary"}}, "detail"),
        ({"detail": lambda: {"金丝雀": 1}}, "detail"),
        ({"detail": lambda: {"amount": 1.5}}, "detail"),
        ({"detail": lambda: {"flag": True}}, "detail"),
        ({"detail": lambda: {"big": 2**53}}, "detail"),
        ({"outcome": lambda: Outcome.REFUSED}, "code"),
        ({"code": lambda: "DENIED"}, "code"),
        ({"code": lambda: "canary text", "outcome": lambda: Outcome.ERROR}, "code"),
        ({"level": lambda: 0}, "level"),
        ({"level": lambda: 6}, "level"),
        ({"level": lambda: True}, "level"),
        ({"policy": lambda: ""}, "policy"),
        ({"salt": lambda: "00"}, "salt"),
        ({"id": uuid4}, "id"),
        ({"at": lambda: datetime(2026, 1, 1)}, "at"),
        ({"kind": lambda: "read"}, "kind"),
    ],
)
def test_what_breaks_the_format_is_refused_by_name_not_by_value(
    make_entry: MakeEntry, changes: dict[str, Callable[[], Any]], field: str
) -> None:
    with pytest.raises(ValueError, match="evidence") as caught:
        make_entry(**{name: value() for name, value in changes.items()})
    assert field in str(caught.value)
    assert "金丝雀" not in str(caught.value)
    assert "canary" not in str(caught.value)


@pytest.mark.promise(8)
def test_the_repr_shows_id_and_kind_only(make_entry: MakeEntry) -> None:
    assert repr(make_entry(**FIXED)) == "<Entry 01920000-0000-7000-8000-00000000000a read>"


def test_times_are_utc_with_microseconds(make_entry: MakeEntry) -> None:
    shanghai = timezone(timedelta(hours=8))
    assert make_entry(at=datetime(2026, 1, 1, 7, tzinfo=shanghai)).at_text == "2025-12-31T23:00:00.000000Z"


def test_an_entry_fits_a_tile_bundle_or_is_refused(make_entry: MakeEntry) -> None:
    assert len(make_entry(1700).canonical) <= 65_535
    with pytest.raises(OverLimit) as caught:
        _ = make_entry(2000).canonical
    assert caught.value.code == "EVIDENCE_TOO_LARGE"
    assert make_entry(0, subject_count=100_000).subject_count == 100_000


def test_salts_differ() -> None:
    assert len({new_salt() for _ in range(100)}) == 100
    assert new_salt(lambda length: bytes(length)) == "00" * 16
