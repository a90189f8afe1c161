from __future__ import annotations

import logging
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from joserfc import jwk, jwt
from joserfc.jwk import ECKey, OctKey

from kehu.crypto.keyring import KeyRing
from kehu.errors import ConfigurationError, Unauthenticated
from kehu.oauth import Authority, OAuthConfig, RingKeys, TokenIssuer, TokenVerifier
from kehu.oauth.tokens import IssuedToken

if TYPE_CHECKING:
    from tests.oauth.conftest import World

BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

Case = Callable[["World"], str | None]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One database is enough here: what is stored is tested on both in test_revocation.py."""
    return f"sqlite+pysqlite:///{tmp_path}/tokens.sqlite"


def bearer(make: Callable[[World], str]) -> Case:
    return lambda world: f"Bearer {make(world)}"


def stamp(world: World, seconds: float) -> int:
    return int(world.clock().timestamp() + seconds)


def with_public_key_as_secret(world: World) -> str:
    public = world.keys.current()[1].as_pem(private=False)
    return world.forge(header={"alg": "HS256"}, key=OctKey.import_key(public.replace(b"-----", b"")))


def with_own_jwk(world: World) -> str:
    mallory = ECKey.generate_key("P-256")
    return world.forge(header={"jwk": mallory.as_dict(private=False)}, key=mallory)


def tampered(world: World) -> str:
    head, body, signature = world.token().split(".")
    return f"{head}.{body[:-3]}{'AAA' if body[-3:] != 'AAA' else 'BBB'}.{signature}"


def swapped(world: World) -> str:
    first, second = world.token(), world.token()
    return ".".join((*first.split(".")[:2], second.split(".")[2]))


def expired(world: World) -> str:
    token = world.token()
    world.clock.advance(600)
    return token


def revoked(world: World) -> str:
    token = world.token()
    world.oauth.revocations.revoke(world.oauth.verifier.read(token))
    return token


def revoked_in_other_spelling(world: World) -> str:
    """ECDSA lets anybody turn (r, s) into (r, n - s), so one token has two texts."""
    head, body, signature = revoked(world).split(".")
    raw = urlsafe_b64decode(signature + "==")
    twin = P256_ORDER - int.from_bytes(raw[32:], "big")
    return f"{head}.{body}.{urlsafe_b64encode(raw[:32] + twin.to_bytes(32, 'big')).decode().rstrip('=')}"


def spare_bits_set(world: World) -> str:
    """The last character of 64 bytes in base64url has four bits that carry nothing."""
    token = world.token()
    return token[:-1] + BASE64URL[BASE64URL.index(token[-1]) ^ 1]


def disabled(world: World) -> str:
    token = world.token()
    world.oauth.revocations.disable_client(world.credentials.client_id)
    return token


INVALID: dict[str, Case] = {
    "alg none": bearer(lambda w: w.unsigned("none")),
    "alg None": bearer(lambda w: w.unsigned("None")),
    "alg ES256 without signature": bearer(lambda w: w.unsigned("ES256")),
    "HS256 with the public key": bearer(with_public_key_as_secret),
    "ES384": bearer(lambda w: w.forge(header={"alg": "ES384"}, key=ECKey.generate_key("P-384"))),
    "RS256": bearer(lambda w: w.forge(header={"alg": "RS256"}, key=jwk.RSAKey.generate_key(2048))),
    "another key under our kid": bearer(lambda w: w.forge(key=ECKey.generate_key("P-256"))),
    "unknown kid": bearer(lambda w: w.forge(header={"kid": "no-such-key"})),
    "kid with SQL in it": bearer(lambda w: w.forge(header={"kid": "' OR 1=1 --"})),
    "jwk in the header": bearer(with_own_jwk),
    "jku in the header": bearer(lambda w: w.forge(header={"jku": "https://evil.example/jwks"})),
    "x5u in the header": bearer(lambda w: w.forge(header={"x5u": "https://evil.example/x5u"})),
    "x5c in the header": bearer(lambda w: w.forge(header={"x5c": ["AAAA"]})),
    "crit in the header": bearer(lambda w: w.forge(header={"crit": ["alg"]})),
    "typ JWT": bearer(lambda w: w.forge(header={"typ": "JWT"})),
    "typ of an id token": bearer(lambda w: w.forge(header={"typ": "id+jwt"})),
    "typ logout": bearer(lambda w: w.forge(header={"typ": "logout+jwt"})),
    "other issuer": bearer(lambda w: w.forge(iss="https://evil.example")),
    "issuer with a slash more": bearer(lambda w: w.forge(iss="https://kehu.example/")),
    "token of another resource": bearer(lambda w: w.forge(aud="https://kehu.example/other")),
    "aud is the issuer": bearer(lambda w: w.forge(aud="https://kehu.example")),
    "several audiences": bearer(lambda w: w.forge(aud=["https://kehu.example/graphql", "https://evil.example"])),
    "lives too long": bearer(lambda w: w.forge(exp=stamp(w, 601))),
    "lives for ever": bearer(lambda w: w.forge(exp=1 << 35)),
    "exp beyond any clock": bearer(lambda w: w.forge(exp=1 << 80)),
    "no exp": bearer(lambda w: w.forge(drop="exp")),
    "exp as text": bearer(lambda w: w.forge(exp="9999999999")),
    "exp not a number": bearer(lambda w: w.forge(exp=float("nan"))),
    "exp true": bearer(lambda w: w.forge(exp=True)),
    "issued in the future": bearer(lambda w: w.forge(iat=stamp(w, 6), exp=stamp(w, 600))),
    "not yet begun": bearer(lambda w: w.forge(nbf=stamp(w, 6))),
    "nbf as text": bearer(lambda w: w.forge(nbf="0")),
    "no iat": bearer(lambda w: w.forge(drop="iat")),
    "no jti": bearer(lambda w: w.forge(drop="jti")),
    "no sub": bearer(lambda w: w.forge(drop="sub")),
    "no client": bearer(lambda w: w.forge(drop="client_id")),
    "no scope": bearer(lambda w: w.forge(drop="scope")),
    "no legal entity": bearer(lambda w: w.forge(drop="le")),
    "purposes as text": bearer(lambda w: w.forge(purposes="VISIT")),
    "purposes of numbers": bearer(lambda w: w.forge(purposes=[1])),
    "staff null": bearer(lambda w: w.forge(staff=None)),
    "spare bits of the signature": bearer(spare_bits_set),
    "payload changed": bearer(tampered),
    "signature of another token": bearer(swapped),
    "two parts": lambda w: "Bearer " + w.token().rpartition(".")[0],
    "four parts": lambda w: f"Bearer {w.token()}.AAAA",
    "two tokens": lambda w: f"Bearer {w.token()} {w.token()}",
    "a client secret as token": lambda w: f"Bearer {w.credentials.secret}",
    "full-width text": lambda w: "Bearer ｅｙＪ",
    "nothing after Bearer": lambda w: "Bearer ",
    "very long": lambda w: "Bearer " + "A" * 20_000 + ".A.A",
    "not base64 JSON": lambda w: "Bearer AAAA.AAAA.AAAA",
}

MISSING: dict[str, Case] = {
    "no header": lambda w: None,
    "empty header": lambda w: "",
    "Basic": lambda w: "Basic a2M6a2hz",
    "no scheme": lambda w: w.token(),
    "scheme DPoP": lambda w: f"DPoP {w.token()}",
}

TABLE = [
    *(pytest.param(case, "TOKEN_INVALID", id=name) for name, case in INVALID.items()),
    *(pytest.param(case, "TOKEN_MISSING", id=name) for name, case in MISSING.items()),
    pytest.param(bearer(expired), "TOKEN_EXPIRED", id="expired"),
    pytest.param(bearer(lambda w: w.forge(exp=stamp(w, 0))), "TOKEN_EXPIRED", id="expires now"),
    pytest.param(bearer(revoked), "TOKEN_REVOKED", id="revoked"),
    pytest.param(bearer(revoked_in_other_spelling), "TOKEN_REVOKED", id="revoked, other spelling"),
    pytest.param(bearer(disabled), "TOKEN_REVOKED", id="client disabled"),
]


@pytest.mark.promise(8)
@pytest.mark.parametrize(("case", "code"), TABLE)
def test_refused(world: World, case: Case, code: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    header = case(world)
    with pytest.raises(Unauthenticated) as refused:
        world.oauth.verifier.verify(header)
    error = refused.value
    assert (error.code, error.status) == (code, 401)
    told = f"{error!r} {error} {error.message} {error.__cause__!r} {caplog.text}"
    for part in (header or "").replace(".", " ").split()[1:]:
        assert len(part) < 8 or part not in told
    assert world.credentials.secret not in told


def test_a_good_token_carries_its_authority(world: World) -> None:
    claims = world.oauth.verifier.verify(f"bearer {world.token()}")
    assert claims.subject == claims.client_id == world.credentials.client_id
    assert claims.scopes == ("customer:read", "grading:read")
    assert claims.purposes == ("VISIT",)
    assert (claims.legal_entity, claims.unit, claims.staff) == ("le-1", "unit-1", "staff-7")
    assert claims.acr == "urn:kehu:acr:client-secret"
    assert claims.expires_at - claims.issued_at == timedelta(seconds=600)
    assert claims.remaining(world.clock()) == 600
    assert claims.remaining(world.clock() + timedelta(days=1)) == 0


def test_a_forged_token_with_nothing_changed_is_good(world: World) -> None:
    """So that each refusal above is due to its one change."""
    assert world.oauth.verifier.verify(f"Bearer {world.forge()}").unit == "unit-1"
    soon = world.forge(iat=stamp(world, 5), exp=stamp(world, 600), nbf=stamp(world, 5))
    assert world.oauth.verifier.verify(f"Bearer {soon}").unit == "unit-1"


def test_header_and_members_are_those_of_rfc_9068(world: World) -> None:
    token = jwt.decode(world.token(), world.keys.current()[1], algorithms=["ES256"])
    assert token.header == {"typ": "at+jwt", "alg": "ES256", "kid": world.keys.current()[0]}
    required = {"iss", "exp", "aud", "sub", "client_id", "iat", "jti"}
    assert required <= token.claims.keys()
    assert token.claims.keys() - required == {"scope", "acr", "le", "unit", "purposes", "staff"}


def test_jti_never_repeats(world: World) -> None:
    tokens = [world.oauth.verifier.read(world.token()) for _ in range(20)]
    assert len({claims.jti for claims in tokens}) == 20


class Rotated:
    """Signs with the new key; tokens of the old one are still good."""

    def __init__(self, old: RingKeys, new: RingKeys) -> None:
        self.current = new.current
        self._public = (*old.public_jwks(), *new.public_jwks())

    def public_jwks(self) -> Sequence[Mapping[str, str]]:
        return self._public


def test_tokens_of_the_key_before_stay_good_until_it_is_withdrawn(world: World) -> None:
    token = world.token()
    new = RingKeys(KeyRing.generate())
    config, revocations = world.oauth.config, world.oauth.revocations
    both = TokenVerifier(Rotated(world.keys, new), config, revocations, now=world.clock)
    assert both.verify(f"Bearer {token}").unit == "unit-1"
    only_new = TokenVerifier(new, config, revocations, now=world.clock)
    with pytest.raises(Unauthenticated):
        only_new.verify(f"Bearer {token}")


class CountingKeys(RingKeys):
    reads = 0

    def public_jwks(self) -> Sequence[Mapping[str, str]]:
        self.reads += 1
        return super().public_jwks()


def test_a_token_is_checked_once_and_the_cache_is_bounded(world: World) -> None:
    ring = KeyRing.generate()
    keys = CountingKeys(ring)
    issuer = TokenIssuer(keys, world.oauth.config, now=world.clock)
    verifier = TokenVerifier(keys, world.oauth.config, world.oauth.revocations, now=world.clock, cache_size=2)
    first, second, third = (issuer.issue(world.claims()).token for _ in range(3))
    for _ in range(5):
        verifier.verify(f"Bearer {first}")
    assert keys.reads == 1
    verifier.verify(f"Bearer {second}")
    verifier.verify(f"Bearer {first}")
    verifier.verify(f"Bearer {third}")
    verifier.verify(f"Bearer {first}")
    assert keys.reads == 3
    verifier.verify(f"Bearer {second}")
    assert keys.reads == 4
    verifier.forget()
    verifier.verify(f"Bearer {second}")
    assert keys.reads == 5


def test_a_refusal_is_not_remembered_as_good(world: World) -> None:
    header = f"Bearer {tampered(world)}"
    for _ in range(2):
        with pytest.raises(Unauthenticated):
            world.oauth.verifier.verify(header)


def test_a_cached_token_expires_on_time(world: World) -> None:
    header = f"Bearer {world.token()}"
    world.oauth.verifier.verify(header)
    world.clock.advance(599)
    world.oauth.verifier.verify(header)
    world.clock.advance(1)
    with pytest.raises(Unauthenticated) as refused:
        world.oauth.verifier.verify(header)
    assert refused.value.code == "TOKEN_EXPIRED"


@pytest.mark.parametrize("seconds", [601, 864_000, 0, -1])
def test_no_lifetime_beyond_the_limit_can_be_configured(world: World, seconds: int) -> None:
    with pytest.raises(ConfigurationError):
        TokenIssuer(world.keys, world.oauth.config, lifetime=timedelta(seconds=seconds))


def test_an_issued_token_is_not_in_its_repr(world: World) -> None:
    issued = world.oauth.issuer.issue(
        Authority(
            subject="s",
            client_id="c",
            scopes=("customer:read",),
            purposes=(),
            legal_entity="le-1",
            unit="unit-1",
            staff=None,
            acr="a",
        )
    )
    assert isinstance(issued, IssuedToken)
    assert issued.token not in repr(issued)
    assert world.oauth.verifier.read(issued.token) == issued.claims


@pytest.mark.parametrize(
    "issuer",
    [
        "http://kehu.example",
        "https://kehu.example/",
        "https://kehu.example/base",
        "https://kehu.example?x=1",
        "https://kehu.example#f",
        "https://user@kehu.example",
        "ftp://kehu.example",
        "kehu.example",
        "",
    ],
)
def test_an_issuer_that_is_no_https_origin(issuer: str) -> None:
    with pytest.raises(ConfigurationError):
        OAuthConfig(issuer=issuer)


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:8000", "http://[::1]:8000", "http://localhost:8000"])
def test_loopback_needs_no_https(issuer: str) -> None:
    assert OAuthConfig(issuer=issuer).resource == f"{issuer}/graphql"


def test_a_resource_path_starts_with_a_slash() -> None:
    with pytest.raises(ConfigurationError):
        OAuthConfig(issuer="https://kehu.example", resource_path="graphql")
