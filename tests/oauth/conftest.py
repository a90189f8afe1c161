"""One authorisation server on an empty database, with a clock that tests move."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from json import dumps

import pytest
from joserfc import jwt
from joserfc.jwk import Key
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kehu.crypto.keyring import KeyRing
from kehu.labels import Label
from kehu.oauth import (
    Catalogue,
    Claims,
    Credentials,
    LinkTemplate,
    OAuth,
    OAuthConfig,
    RingKeys,
    create_client,
    oauth_metadata,
    routes,
)
from kehu.oauth.tokens import payload_of
from kehu.policy import Purpose, ScopeDeclaration
from kehu.store.engine import Engines, open_engines

SCOPES = ("customer.contact:reveal", "customer:read", "customer:write", "grading:read")


@dataclass
class Clock:
    """Wall clock and monotonic clock, moved together."""

    moment: datetime = datetime(2026, 11, 23, 8, 0, 0, tzinfo=UTC)
    ticks: float = 1000.0

    def __call__(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.ticks

    def advance(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)
        self.ticks += seconds


@dataclass
class World:
    """Everything that a test of the authorisation server needs."""

    engines: Engines
    clock: Clock
    keys: RingKeys
    oauth: OAuth
    http: TestClient
    credentials: Credentials = field(repr=False)

    def client(self, name: str, scopes: tuple[str, ...] = ("customer:read",)) -> Credentials:
        with self.engines.write.begin() as conn:
            return create_client(
                conn,
                name=name,
                scopes=scopes,
                purposes=("VISIT",),
                legal_entity="le-1",
                unit="unit-1",
                catalogue=self.oauth.catalogue,
                now=self.clock,
            )

    def other_process(self) -> OAuth:
        return OAuth(
            self.engines,
            self.keys,
            self.oauth.config,
            self.oauth.catalogue,
            now=self.clock,
            monotonic=self.clock.monotonic,
        )

    def token(self, credentials: Credentials | None = None, **more: str) -> str:
        """A token by the front door."""
        answer = self.http.post(
            "/oauth/token", data={"grant_type": "client_credentials", **more}, auth=credentials or self.credentials
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["access_token"])

    def claims(self) -> Claims:
        return self.oauth.verifier.read(self.token())

    def forge(
        self,
        *,
        header: Mapping[str, object] | None = None,
        key: Key | None = None,
        drop: str = "",
        **changes: object,
    ) -> str:
        """A token signed with our own key unless told otherwise, with some members changed or dropped."""
        kid, own = self.keys.current()
        payload = {**payload_of(self.claims()), **changes}
        payload.pop(drop, None)
        full = {"typ": "at+jwt", "alg": "ES256", "kid": kid, **(header or {})}
        return jwt.encode(full, payload, key or own, algorithms=[str(full["alg"])])

    def unsigned(self, alg: str) -> str:
        """A token of our claims that nobody signed."""
        header = {"typ": "at+jwt", "alg": alg, "kid": self.keys.current()[0]}
        parts = (dumps(header), dumps(payload_of(self.claims())))
        return ".".join(urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts) + "."


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def engines(database_url: str) -> Iterator[Engines]:
    engines = open_engines(database_url)
    oauth_metadata.create_all(engines.write)
    yield engines
    engines.dispose()


@pytest.fixture
def catalogue() -> Catalogue:
    declared = [ScopeDeclaration(name, Label(f"范围 {name}", f"Scope {name}")) for name in reversed(SCOPES)]
    purposes = [
        Purpose(code=code, label=Label(f"目的 {code}", f"Purpose {code}"), cites=("S1.R08",))
        for code in ("VISIT", "SERVICE")
    ]
    return Catalogue.of(declared, purposes)


@pytest.fixture
def template() -> LinkTemplate:
    return LinkTemplate(
        subject="administrator",
        scopes=("customer:read", "grading:read"),
        purposes=("SERVICE",),
        legal_entity="le-1",
        unit="unit-1",
        staff="staff-1",
    )


@pytest.fixture
def world(engines: Engines, clock: Clock, catalogue: Catalogue) -> Iterator[World]:
    keys = RingKeys(KeyRing.generate())
    config = OAuthConfig(issuer="https://kehu.example")
    oauth = OAuth(engines, keys, config, catalogue, now=clock, monotonic=clock.monotonic)
    with engines.write.begin() as conn:
        credentials = create_client(
            conn,
            name="报表同步",
            scopes=("customer:read", "grading:read"),
            purposes=("VISIT",),
            legal_entity="le-1",
            unit="unit-1",
            staff="staff-7",
            catalogue=catalogue,
            now=clock,
        )
    with TestClient(Starlette(routes=routes(oauth)), base_url="https://kehu.example") as http:
        yield World(engines, clock, keys, oauth, http, credentials)
