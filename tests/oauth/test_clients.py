from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import Connection, select

from kehu.errors import Conflict, Invalid, KehuError, NotFound, Unauthenticated
from kehu.oauth import (
    Credentials,
    authenticate,
    create_client,
    disable_client,
    find_client,
    list_clients,
    rotate_secret,
)
from kehu.oauth.tables import client_table, secret_table

if TYPE_CHECKING:
    from tests.oauth.conftest import World


def make(world: World, conn: Connection, **changes: object) -> Credentials:
    given: dict[str, object] = {
        "name": "another",
        "scopes": ("customer:read",),
        "purposes": ("VISIT",),
        "legal_entity": "le-1",
        "unit": "unit-1",
        "catalogue": world.oauth.catalogue,
        "now": world.clock,
        **changes,
    }
    return create_client(conn, **given)  # type: ignore[arg-type]  # reason: cases change one argument each


def test_a_secret_is_shown_once_and_stored_nowhere(world: World) -> None:
    with world.engines.read.connect() as conn:
        stored = [
            str(value) if not isinstance(value, bytes) else value.hex()
            for table in (client_table, secret_table)
            for row in conn.execute(select(table))
            for value in row
        ]
    secret = world.credentials.secret
    assert len(secret) == len("khs_") + 43
    assert not any(secret in value or secret.encode().hex() in value for value in stored)
    assert secret not in repr(world.credentials)


def test_equal_secrets_have_different_digests(world: World) -> None:
    counter = iter(range(1, 100))
    fixed: dict[int, Callable[[], bytes]] = {32: lambda: bytes(32)}

    def random(size: int) -> bytes:
        return fixed[size]() if size in fixed else next(counter).to_bytes(size, "big")

    with world.engines.write.begin() as conn:
        first = make(world, conn, name="one", random=random)
        second = make(world, conn, name="two", random=random)
        digests = set(conn.execute(select(secret_table.c.digest)).scalars())
    assert first.secret == second.secret
    assert len(digests) == 3


@pytest.mark.parametrize(
    ("changes", "error", "code"),
    [
        ({"name": "报表同步"}, Conflict, "CLIENT_NAME_TAKEN"),
        ({"name": "  报表同步 "}, Conflict, "CLIENT_NAME_TAKEN"),
        ({"name": ""}, Invalid, "NAME_INVALID"),
        ({"name": "a\nb"}, Invalid, "NAME_INVALID"),
        ({"name": "n" * 65}, Invalid, "NAME_INVALID"),
        ({"scopes": ()}, Invalid, "SCOPE_MISSING"),
        ({"scopes": ("customer:fly",)}, Invalid, "UNKNOWN_SCOPE"),
        ({"purposes": ("FUN",)}, Invalid, "UNKNOWN_PURPOSE"),
    ],
)
def test_a_client_that_cannot_be(
    world: World, changes: dict[str, object], error: type[Conflict | Invalid], code: str
) -> None:
    with pytest.raises(error) as refused, world.engines.write.begin() as conn:
        make(world, conn, **changes)
    assert refused.value.code == code
    with world.engines.read.connect() as conn:
        assert [client.name for client in list_clients(conn)] == ["报表同步"]


def test_names_that_differ_by_case_or_width_are_one_name(world: World) -> None:
    with world.engines.write.begin() as conn:
        make(world, conn, name="Batch")
    for name in ("BATCH", "batch", "Ｂａｔｃｈ"):
        with pytest.raises(Conflict), world.engines.write.begin() as conn:
            make(world, conn, name=name)


def test_clients_are_listed_by_name_without_secrets(world: World) -> None:
    with world.engines.write.begin() as conn:
        made = make(world, conn, name="alpha", scopes=("grading:read", "customer:read", "grading:read"), staff="s")
        listed = list_clients(conn)
    assert [client.name for client in listed] == ["alpha", "报表同步"]
    assert listed[0].scopes == ("customer:read", "grading:read")
    assert listed[0].created_at == world.clock()
    assert listed[0].created_at.tzinfo is UTC
    assert made.secret not in repr(listed)


@pytest.mark.parametrize("case", ["unknown", "wrong secret", "empty", "other client's", "disabled", "odd text"])
def test_authentication_refuses_alike(world: World, case: str) -> None:
    client_id, secret = world.credentials
    other = world.client("other")
    if case == "disabled":
        with world.engines.write.begin() as conn:
            disable_client(conn, client_id, now=world.clock)
    tried = {
        "unknown": ("kc_" + "0" * 24, secret),
        "wrong secret": (client_id, secret[:-1] + ("A" if secret[-1] != "A" else "B")),
        "empty": (client_id, ""),
        "other client's": (client_id, other.secret),
        "disabled": (client_id, secret),
        "odd text": (client_id, "\ud800\x00秘"),
    }[case]
    with pytest.raises(Unauthenticated) as refused, world.engines.read.connect() as conn:
        authenticate(conn, *tried, now=world.clock)
    assert refused.value.code == "CLIENT_AUTHENTICATION_FAILED"
    assert refused.value.message.zh.startswith("客户端认证失败")
    assert secret not in str(refused.value)


def test_rotation_overlaps_and_then_ends(world: World) -> None:
    client_id, old = world.credentials
    with world.engines.write.begin() as conn:
        new = rotate_secret(conn, client_id, overlap=timedelta(hours=1), now=world.clock).secret
        for secret in (old, new):
            assert authenticate(conn, client_id, secret, now=world.clock).client_id == client_id
    world.clock.advance(3600)
    with world.engines.read.connect() as conn:
        assert authenticate(conn, client_id, new, now=world.clock).client_id == client_id
        with pytest.raises(Unauthenticated):
            authenticate(conn, client_id, old, now=world.clock)


def test_rotation_never_prolongs_an_earlier_secret(world: World) -> None:
    client_id, oldest = world.credentials
    with world.engines.write.begin() as conn:
        rotate_secret(conn, client_id, overlap=timedelta(minutes=1), now=world.clock)
        rotate_secret(conn, client_id, overlap=timedelta(days=30), now=world.clock)
    world.clock.advance(61)
    with pytest.raises(Unauthenticated), world.engines.read.connect() as conn:
        authenticate(conn, client_id, oldest, now=world.clock)


def test_rotation_without_overlap_stops_the_old_secret_at_once(world: World) -> None:
    client_id, old = world.credentials
    with world.engines.write.begin() as conn:
        rotate_secret(conn, client_id, overlap=timedelta(0), now=world.clock)
        with pytest.raises(Unauthenticated):
            authenticate(conn, client_id, old, now=world.clock)


def test_a_shorter_overlap_shortens_an_earlier_one(world: World) -> None:
    client_id, oldest = world.credentials
    with world.engines.write.begin() as conn:
        rotate_secret(conn, client_id, overlap=timedelta(days=30), now=world.clock)
        rotate_secret(conn, client_id, overlap=timedelta(0), now=world.clock)
        with pytest.raises(Unauthenticated):
            authenticate(conn, client_id, oldest, now=world.clock)


@pytest.mark.parametrize("overlap", [timedelta(days=31), timedelta(seconds=-1)])
def test_an_overlap_outside_its_bounds(world: World, overlap: timedelta) -> None:
    with pytest.raises(Invalid) as refused, world.engines.write.begin() as conn:
        rotate_secret(conn, world.credentials.client_id, overlap=overlap, now=world.clock)
    assert refused.value.code == "OVERLAP_INVALID"


def test_unknown_and_disabled_clients_are_not_rotated(world: World) -> None:
    acts: list[Callable[[Connection], object]] = [
        lambda conn: rotate_secret(conn, "kc_nobody"),
        lambda conn: disable_client(conn, "kc_nobody"),
    ]
    for act in acts:
        with pytest.raises(NotFound), world.engines.write.begin() as conn:
            act(conn)
    with world.engines.write.begin() as conn:
        disable_client(conn, world.credentials.client_id, now=world.clock)
    with pytest.raises(KehuError) as refused, world.engines.write.begin() as conn:
        rotate_secret(conn, world.credentials.client_id)
    assert isinstance(refused.value, Conflict)


def test_disabling_keeps_the_first_time(world: World) -> None:
    first = world.clock()
    with world.engines.write.begin() as conn:
        disable_client(conn, world.credentials.client_id, now=world.clock)
        world.clock.advance(60)
        disable_client(conn, world.credentials.client_id, now=world.clock)
        account = find_client(conn, world.credentials.client_id)
    assert account is not None
    assert account.disabled_at == first


def test_times_are_read_as_the_utc_moment_that_they_were(world: World) -> None:
    beijing = datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=8)))
    with world.engines.write.begin() as conn:
        account = find_client(conn, make(world, conn, name="time", now=lambda: beijing).client_id)
    assert account is not None
    assert account.created_at.isoformat() == "2026-01-01T19:04:05.000006+00:00"
