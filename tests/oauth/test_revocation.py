from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select

from kehu.errors import NotFound, Unauthenticated, Unavailable
from kehu.oauth import Revocations, disable_client
from kehu.oauth.revocation import purge_revoked
from kehu.oauth.tables import oauth_metadata, revoked_table
from kehu.store.engine import open_engines

if TYPE_CHECKING:
    from tests.oauth.conftest import Clock, World


def refused(world: World, header: str) -> str:
    with pytest.raises(Unauthenticated) as error:
        world.oauth.verifier.verify(header)
    return error.value.code


def test_at_once_in_the_same_process(world: World) -> None:
    header = f"Bearer {world.token()}"
    other = f"Bearer {world.token()}"
    world.oauth.revocations.revoke(world.oauth.verifier.verify(header))
    assert refused(world, header) == "TOKEN_REVOKED"
    assert world.oauth.verifier.verify(other).unit == "unit-1"


@pytest.mark.parametrize("how", ["token", "client", "client, by the command line"])
def test_within_a_second_in_another_process(world: World, how: str) -> None:
    there = world.other_process()
    header = f"Bearer {world.token()}"
    claims = there.verifier.verify(header)
    if how == "token":
        world.oauth.revocations.revoke(claims)
    elif how == "client":
        world.oauth.revocations.disable_client(claims.client_id)
    else:
        with world.engines.write.begin() as conn:
            disable_client(conn, claims.client_id, now=world.clock)
    world.clock.advance(0.5)
    with pytest.raises(Unauthenticated) as error:
        there.verifier.verify(header)
    assert error.value.code == "TOKEN_REVOKED"


def test_a_process_that_starts_later_knows_it(world: World) -> None:
    header = f"Bearer {world.token()}"
    world.oauth.revocations.revoke(world.oauth.verifier.verify(header))
    world.clock.advance(300)
    with pytest.raises(Unauthenticated):
        world.other_process().verifier.verify(header)


def test_it_lasts_as_long_as_the_token(world: World) -> None:
    there = world.other_process()
    header = f"Bearer {world.token()}"
    world.oauth.revocations.revoke(there.verifier.verify(header))
    for _ in range(59):
        world.clock.advance(10)
        with pytest.raises(Unauthenticated) as error:
            there.verifier.verify(header)
        assert error.value.code == "TOKEN_REVOKED"
    assert refused(world, header) == "TOKEN_REVOKED"


def test_the_database_is_asked_twice_a_second_at_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    revocations = Revocations(world.engines, now=world.clock, monotonic=world.clock.monotonic)
    original = Revocations._read

    def counted(self: Revocations) -> None:
        reads.append(1)
        original(self)

    monkeypatch.setattr(Revocations, "_read", counted)
    for _ in range(1000):
        revocations.check("jti", "client")
    assert len(reads) == 1
    for _ in range(100):
        world.clock.advance(0.1)
        revocations.check("jti", "client")
    assert 20 <= len(reads) <= 22


def test_twice_is_no_error(world: World) -> None:
    claims = world.claims()
    for _ in range(2):
        world.oauth.revocations.revoke(claims)
    with world.engines.read.connect() as conn:
        assert conn.execute(select(func.count()).select_from(revoked_table)).scalar_one() == 1


def test_an_unknown_client_is_not_disabled(world: World) -> None:
    with pytest.raises(NotFound):
        world.oauth.revocations.disable_client("kc_nobody")


@pytest.mark.promise(3)
def test_nothing_passes_when_nobody_can_tell(database_url: str, clock: Clock) -> None:
    engines = open_engines(database_url)
    revocations = Revocations(engines, now=clock, monotonic=clock.monotonic)
    with pytest.raises(Unavailable) as error:
        revocations.check("jti", "client")
    assert error.value.status == 503
    oauth_metadata.create_all(engines.write)
    revocations.check("jti", "client")
    oauth_metadata.drop_all(engines.write)
    clock.advance(0.9)
    revocations.check("jti", "client")
    clock.advance(0.2)
    with pytest.raises(Unavailable):
        revocations.check("jti", "client")
    engines.dispose()


def test_threads_share_one_view(world: World) -> None:
    header = f"Bearer {world.token()}"
    claims = world.oauth.verifier.verify(header)
    failures: list[BaseException] = []
    done = threading.Event()

    def work() -> None:
        try:
            while not done.is_set():
                world.clock.ticks += 0.3
                world.oauth.verifier.verify(header)
        except Unauthenticated:
            pass
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    world.oauth.revocations.revoke(claims)
    for thread in threads:
        thread.join(10)
    alive = [thread for thread in threads if thread.is_alive()]
    done.set()
    assert not alive
    assert not failures


def test_purging_keeps_what_still_matters(world: World) -> None:
    first = world.claims()
    world.oauth.revocations.revoke(first)
    world.clock.advance(300)
    second = world.claims()
    world.oauth.revocations.revoke(second)
    world.clock.advance(320)
    with world.engines.write.begin() as conn:
        assert purge_revoked(conn, now=world.clock) == 1
        assert conn.execute(select(revoked_table.c.jti)).scalars().all() == [second.jti]
    assert second.expires_at - first.expires_at == timedelta(seconds=300)
