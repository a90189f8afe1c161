"""The key ring (密钥环): every long-lived secret of one installation, versioned, in one file or one variable.

File format 1: JSON ``{"format": "kehu-key-ring", "version": 1, FAMILY: {"current": N, "keys": {"N": base64}}}``.
New things are written with the current version of a family; older versions stay for reading.
Nothing here has a readable repr, and nothing can be pickled or copied.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import NoReturn, Self

import orjson
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from kehu.crypto.canonical import length_prefixed
from kehu.errors import ConfigurationError
from kehu.labels import Label

FORMAT = "kehu-key-ring"
VERSION = 1
_MAX_VERSION = 255  # stored as one byte in front of blind indexes and cursors
_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551

Random = Callable[[int], bytes]


class Family(StrEnum):
    """What a key is for. A key of one family is never used for another."""

    KEK = "kek"  # wraps data keys, AES-256-GCM
    INDEX = "index"  # blind index, HKDF root
    CURSOR = "cursor"  # AES-256-SIV
    PSEUDONYM = "pseudonym"  # subjects and digests in evidence; never rotated, "who saw me" must stay answerable
    EVIDENCE = "evidence"  # Ed25519 seed for checkpoints
    TOKEN = "token"  # noqa: S105 - a family name; EC P-256 private scalar for ES256


_LENGTHS = {family: 64 if family is Family.CURSOR else 32 for family in Family}


class Opaque:
    """Base of everything that holds a secret: no readable repr, no pickle, no copy."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"

    def __reduce__(self) -> NoReturn:
        raise TypeError(f"{type(self).__name__} holds secrets and can't be copied or pickled")


@dataclass(frozen=True, slots=True, repr=False)
class _Versions:
    current: int
    keys: Mapping[int, bytes]


class TokenKey(Opaque):
    """One ES256 key (RFC 7518 §3.4) as JWK; ``kid`` is its thumbprint (RFC 7638)."""

    __slots__ = ("_private", "kid")

    def __init__(self, private: EllipticCurvePrivateKey) -> None:
        self._private = private
        jwk = self._public_members()
        self.kid = _base64url(sha256(orjson.dumps(jwk, option=orjson.OPT_SORT_KEYS)).digest())

    def public_jwk(self) -> dict[str, str]:
        return self._public_members() | {"kid": self.kid, "use": "sig", "alg": "ES256"}

    def private_jwk(self) -> dict[str, str]:
        scalar = self._private.private_numbers().private_value
        return self.public_jwk() | {"d": _base64url(scalar.to_bytes(32, "big"))}

    def _public_members(self) -> dict[str, str]:
        point = self._private.public_key().public_numbers()
        x, y = (_base64url(number.to_bytes(32, "big")) for number in (point.x, point.y))
        return {"crv": "P-256", "kty": "EC", "x": x, "y": y}


class KeyRing(Opaque):
    """The installation's keys. Build it with ``load``, ``from_environment``, ``create`` or ``generate``."""

    __slots__ = ("_families", "_keks", "_tokens")

    def __init__(self, families: Mapping[Family, _Versions]) -> None:
        self._families = dict(families)
        self._keks = {version: AESGCM(key) for version, key in families[Family.KEK].keys.items()}
        self._tokens = {version: _token_key(key) for version, key in families[Family.TOKEN].keys.items()}

    @classmethod
    def generate(cls, random: Random = os.urandom) -> Self:
        """A fresh ring that stands nowhere but in memory."""
        return cls({family: _Versions(1, {1: _new_key(family, random)}) for family in Family})

    @classmethod
    def create(cls, path: Path, random: Random = os.urandom) -> Self:
        """Write a fresh ring to a file that must not exist yet, mode 0600; whole or not at all.

        Raises ConfigurationError when the file exists or can't be written.
        """
        ring = cls.generate(random)
        try:
            ring._write(path, replace=False)
        except FileExistsError:
            raise _wrong("密钥环文件已存在,不会覆盖:{path}", "The key ring {path} exists and is kept", path) from None
        return ring

    @classmethod
    def load(cls, path: Path, uid: Callable[[], int] = os.geteuid) -> Self:
        """Read a ring. Raises ConfigurationError, saying how to mend it, unless it is ours alone (0600 or 0400)."""
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            reason = error.strerror or "?"
            raise _wrong(
                "无法读取密钥环 {path}:{reason}", "Can't read the key ring {path}: {reason}", path, reason=reason
            ) from None
        with os.fdopen(handle, "rb") as file:
            facts = os.fstat(file.fileno())
            _check_private(path, facts, uid())
            return cls.from_text(file.read(), str(path))

    @classmethod
    def from_environment(cls, name: str, environment: Mapping[str, str] = os.environ) -> Self:
        """Read a ring from the content of an environment variable. Raises ConfigurationError."""
        text = environment.get(name)
        if not text:
            raise _wrong("环境变量 {path} 未设置", "The environment variable {path} is not set", name)
        return cls.from_text(text.encode(), f"${name}")

    @classmethod
    def from_text(cls, text: bytes, source: str = "text") -> Self:
        """Parse a ring; ``source`` is only for the message. Raises ConfigurationError without any of the content."""
        try:
            return cls(_parse(text))
        except (ValueError, TypeError, KeyError, AttributeError):
            raise _wrong(
                "{path} 不是有效的密钥环(格式 1);请从备份恢复",
                "{path} is no valid key ring (format 1); restore it",
                source,
            ) from None

    @classmethod
    def rotate(cls, path: Path, family: Family, random: Random = os.urandom) -> Self:
        """Add a new current key to one family of a ring on disk; the old ones stay for reading."""
        if family is Family.PSEUDONYM:
            raise _wrong(
                "{path}:化名密钥不可轮换,否则无法再查询谁看过某位客户",
                "{path}: the pseudonym key can't be rotated: evidence about a customer could not be found again",
                path,
            )
        ring = cls.load(path)
        version = max(ring.versions(family)) + 1
        if version > _MAX_VERSION:
            raise _wrong("{path}:密钥版本已用尽", "{path}: no key version is left", path)
        keys = {**ring._families[family].keys, version: _new_key(family, random)}
        renewed = cls({**ring._families, family: _Versions(version, keys)})
        renewed._write(path, replace=True)
        return renewed

    def current(self, family: Family) -> int:
        return self._families[family].current

    def versions(self, family: Family) -> tuple[int, ...]:
        """All versions that can still be read, oldest first."""
        return tuple(sorted(self._families[family].keys))

    def secret(self, family: Family, version: int | None = None) -> bytes:
        """The raw key, for kehu.crypto only. Raises KeyError for a version that the ring doesn't hold."""
        versions = self._families[family]
        return versions.keys[versions.current if version is None else version]

    def derive(self, family: Family, *info: str | bytes, version: int | None = None) -> bytes:
        """A 32-byte sub-key by HKDF-SHA256 (RFC 5869); the parts of ``info`` are length-prefixed."""
        parts = [part.encode() if isinstance(part, str) else part for part in info]
        hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=length_prefixed(b"kehu", *parts))
        return hkdf.derive(self.secret(family, version))

    def kek(self, version: int) -> AESGCM:
        """An opened key-encryption key. Raises KeyError for a version that the ring doesn't hold."""
        return self._keks[version]

    def evidence_key(self, version: int | None = None) -> Ed25519PrivateKey:
        """The key that signs checkpoints of the evidence log (RFC 8032)."""
        return Ed25519PrivateKey.from_private_bytes(self.secret(Family.EVIDENCE, version))

    def token_key(self) -> TokenKey:
        """The key that signs access tokens now."""
        return self._tokens[self.current(Family.TOKEN)]

    def token_keys(self) -> tuple[TokenKey, ...]:
        """Every key that a token may still be signed with, for JWKS, oldest first."""
        return tuple(self._tokens[version] for version in self.versions(Family.TOKEN))

    def _dump(self) -> bytes:
        document: dict[str, object] = {"format": FORMAT, "version": VERSION}
        for family, versions in self._families.items():
            keys = {str(version): base64.b64encode(key).decode() for version, key in versions.keys.items()}
            document[family.value] = {"current": versions.current, "keys": keys}
        return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)

    def _write(self, path: Path, *, replace: bool) -> None:
        """Write beside the target, fsync, then rename or link: a crash leaves the old file or the new one."""
        beside = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
        try:
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as file:
                file.write(self._dump())
                file.flush()
                os.fsync(file.fileno())
            if replace:
                os.replace(beside, path)
            else:
                os.link(beside, path)
            _sync_folder(path.parent)
        except FileExistsError:
            raise
        except OSError as error:
            reason = error.strerror or "?"
            raise _wrong(
                "无法写入密钥环 {path}:{reason}", "Can't write the key ring {path}: {reason}", path, reason=reason
            ) from None
        finally:
            with suppress(FileNotFoundError):
                os.unlink(beside)


def _check_private(path: Path, facts: os.stat_result, uid: int) -> None:
    if facts.st_uid != uid:
        raise _wrong(
            "密钥环 {path} 不属于运行本程序的用户;请执行:chown {uid} {path}",
            "The key ring {path} is not owned by the user who runs Kehu; run: chown {uid} {path}",
            path,
            uid=str(uid),
        )
    if not stat.S_ISREG(facts.st_mode) or stat.S_IMODE(facts.st_mode) not in (0o600, 0o400):
        raise _wrong(
            "密钥环 {path} 可被他人读取;请执行:chmod 600 {path}",
            "The key ring {path} must be a file that only its owner may read; run: chmod 600 {path}",
            path,
        )


def _parse(text: bytes) -> dict[Family, _Versions]:
    document = orjson.loads(text)
    if document.pop("format") != FORMAT or document.pop("version") != VERSION or set(document) != set(Family):
        raise ValueError("another format")
    families: dict[Family, _Versions] = {}
    for family in Family:
        part = document[family.value]
        keys = {int(version): _decode(key) for version, key in part["keys"].items()}
        well = all(1 <= version <= _MAX_VERSION and len(key) == _LENGTHS[family] for version, key in keys.items())
        if not well or part["current"] not in keys or set(part) != {"current", "keys"}:
            raise ValueError("a family is wrong")
        families[family] = _Versions(part["current"], keys)
    return families


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("not base64") from None


def _new_key(family: Family, random: Random) -> bytes:
    if family is Family.TOKEN:
        # 16 bytes more than the order keep the bias below 2^-128 (FIPS 186-5, A.2.1)
        return (int.from_bytes(random(48), "big") % (_P256_ORDER - 1) + 1).to_bytes(32, "big")
    return random(_LENGTHS[family])


def _token_key(scalar: bytes) -> TokenKey:
    return TokenKey(derive_private_key(int.from_bytes(scalar, "big"), SECP256R1()))


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _wrong(zh: str, en: str, path: Path | str, **values: str) -> ConfigurationError:
    return ConfigurationError(str(Label(zh, en).format(path=path, **values)))
