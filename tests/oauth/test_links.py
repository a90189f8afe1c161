from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from kehu.errors import Invalid, Unauthenticated
from kehu.oauth import IssuedToken, LinkTemplate, create_link, link_url, redeem
from kehu.oauth.links import purge_links
from kehu.oauth.tables import link_table
from kehu.store.engine import open_engines

if TYPE_CHECKING:
    from tests.oauth.conftest import World


def link(world: World, template: LinkTemplate) -> str:
    with world.engines.write.begin() as conn:
        return create_link(conn, template, catalogue=world.oauth.catalogue, now=world.clock)


def use(world: World, code: str) -> IssuedToken:
    with world.engines.write.begin() as conn:
        return redeem(conn, code, issuer=world.oauth.issuer, now=world.clock)


def test_a_link_opens_one_session_of_ten_minutes(world: World, template: LinkTemplate) -> None:
    issued = use(world, link(world, template))
    claims = world.oauth.verifier.verify(f"Bearer {issued.token}")
    assert claims == issued.claims
    assert (claims.subject, claims.client_id) == ("administrator", "kehu-console")
    assert claims.acr == "urn:kehu:acr:one-time-link"
    assert (claims.scopes, claims.purposes, claims.staff) == (template.scopes, template.purposes, "staff-1")
    assert claims.remaining(world.clock()) == 600


def test_the_code_is_in_the_fragment_only(world: World) -> None:
    parts = urlsplit(link_url(world.oauth.config, "code-1"))
    assert (parts.path, parts.query, parts.fragment) == ("/console", "", "code=code-1")


def test_only_a_digest_is_stored(world: World, template: LinkTemplate) -> None:
    code = link(world, template)
    assert len(code) == 43
    with world.engines.read.connect() as conn:
        row = conn.execute(select(link_table)).one()
    assert code not in repr(row)


def once_used(world: World, code: str) -> str:
    use(world, code)
    return code


def too_late(world: World, code: str) -> str:
    world.clock.advance(600)
    return code


CASES: dict[str, Callable[[World, str], str]] = {
    "replayed": once_used,
    "too late": too_late,
    "unknown": lambda world, code: "A" * 43,
    "empty": lambda world, code: "",
    "cut": lambda world, code: code[:-1],
    "a wildcard": lambda world, code: "%",
    "odd text": lambda world, code: "\ud800秘",
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_refused(world: World, template: LinkTemplate, case: Callable[[World, str], str]) -> None:
    code = case(world, link(world, template))
    with pytest.raises(Unauthenticated) as refused:
        use(world, code)
    assert refused.value.code == "LINK_INVALID"
    assert not code or code not in str(refused.value)


def test_scopes_and_purposes_are_those_of_the_catalogue(world: World, template: LinkTemplate) -> None:
    for wrong in (replace(template, scopes=("all:read",)), replace(template, purposes=("FUN",))):
        with pytest.raises(Invalid):
            link(world, wrong)


@pytest.mark.promise(5)
def test_fifty_at_once_and_one_succeeds(world: World, template: LinkTemplate) -> None:
    code = link(world, template)
    engines = open_engines(world.engines.read.url.render_as_string(hide_password=False), pool_size=50)
    start = threading.Barrier(50)
    outcomes: list[str] = []

    def attempt() -> None:
        start.wait()
        try:
            with engines.write.begin() as conn:
                redeem(conn, code, issuer=world.oauth.issuer, now=world.clock)
            outcomes.append("opened")
        except Unauthenticated as refused:
            outcomes.append(refused.code)

    threads = [threading.Thread(target=attempt) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    engines.dispose()
    assert sorted(outcomes) == ["LINK_INVALID"] * 49 + ["opened"]


def test_old_links_are_purged(world: World, template: LinkTemplate) -> None:
    link(world, template)
    world.clock.advance(24 * 3600)
    link(world, template)
    world.clock.advance(601)
    with world.engines.write.begin() as conn:
        assert purge_links(conn, now=world.clock) == 1
        assert len(conn.execute(select(link_table)).all()) == 1
