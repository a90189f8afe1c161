"""One evidence entry (留痕条目), format 1: final.

The canonical form is JSON with sorted keys, no spaces, UTF-8, no floats (RFC 8785 restricted); every key is always
there, absent is null::

    {"activity","actor":{"client","legal_entity","subject","unit"},"at","code","detail":{},"fields":[[path,effect,n]],
     "id","kind","level","operation":{"document","kind","name"},"outcome","policy","purpose":{"code","reason"},
     "salt","subject_count","subjects":[],"v"}

Texts are codes, ids and hashes over a small ASCII alphabet, so that no sentence and no Chinese name fits in.
``purpose.reason`` is ``Pseudonyms.reason(salt, text)``, a keyed digest: the text may hold personal data and the log
can't be erased; whoever holds the text and the key ring can prove that it was the one given.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from uuid import UUID

import orjson

from kehu.crypto import canonical_json, uuid7
from kehu.enforcement import enforces
from kehu.errors import IntegrityError, OverLimit
from kehu.labels import Label

FORMAT = 1
MAX_BYTES = 65_535  # C2SP tlog-tiles: an entry in a bundle has a 16-bit length
_TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+=,-]{0,255}", re.ASCII)
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,63}", re.ASCII)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,127}", re.ASCII)
_PATH = re.compile(r"[A-Za-z_*][A-Za-z0-9_.*\[\]:/-]{0,255}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]*", re.ASCII)
_HEX_32 = re.compile(r"[0-9a-f]{32}", re.ASCII)
_HEX_64 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.ASCII)
_TOO_LARGE = Label(
    "一次操作涉及的客户或字段过多,无法留痕;请减小每页数量",
    "Too many customers or fields to put on record at once; ask for smaller pages",
)


def _matches(pattern: re.Pattern[str], value: object, name: str, *, optional: bool = False) -> None:
    if value is None and optional:
        return
    if type(value) is not str or pattern.fullmatch(value) is None:
        raise ValueError(f"evidence: {name} is not in its form")


def _natural(value: object, name: str, *, floor: int = 0) -> None:
    if type(value) is not int or not floor <= value < 2**53:
        raise ValueError(f"evidence: {name} is no whole number in range")


class Kind(StrEnum):
    """What happened. Members are only ever added."""

    READ = "read"
    LOOKUP = "lookup"
    WRITE = "write"
    MUTATION = "mutation"
    EXPORT = "export"
    IMPORT = "import"
    REPORT = "report"
    JOB = "job"
    LOGIN = "login"
    TOKEN = "token"  # noqa: S105 - a kind, no secret
    DENIAL = "denial"
    ADMIN = "admin"
    CONFIG = "config"


class Activity(StrEnum):
    """The ten processing activities (处理活动) of S4.R04; an act without one can't be put on record."""

    COLLECT = "collect"
    TRANSMIT = "transmit"
    PROCESS = "process"
    USE = "use"
    STORE = "store"
    QUERY = "query"
    REPORT = "report"
    PUBLISH = "publish"
    DELETE = "delete"
    THIRD_PARTY = "third_party"


class Effect(StrEnum):
    """What a field came out as."""

    MASKED = "masked"
    CLEAR = "clear"
    DENIED = "denied"


class Outcome(StrEnum):
    """How it ended; a refusal or error has a code."""

    OK = "ok"
    REFUSED = "refused"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acted: ids only. ``subject`` is the staff member or service account, ``client`` the OAuth2 client."""

    client: str | None = None
    subject: str | None = None
    legal_entity: str | None = None
    unit: str | None = None

    def __post_init__(self) -> None:
        for name in ("client", "subject", "legal_entity", "unit"):
            _matches(_TOKEN, getattr(self, name), f"actor.{name}", optional=True)


@dataclass(frozen=True, slots=True)
class Purpose:
    """The declared purpose: its code, and the keyed digest of the reason given (64 hex digits)."""

    code: str | None = None
    reason: str | None = None

    def __post_init__(self) -> None:
        _matches(_CODE, self.code, "purpose.code", optional=True)
        _matches(_HEX_64, self.reason, "purpose.reason", optional=True)


@dataclass(frozen=True, slots=True)
class Operation:
    """What was run. ``kind``: query, mutation, subscription, command, job; ``document``: SHA-256 of its text in hex."""

    kind: str
    name: str | None = None
    document: str | None = None

    def __post_init__(self) -> None:
        _matches(_NAME, self.kind, "operation.kind")
        _matches(_NAME, self.name, "operation.name", optional=True)
        _matches(_HEX_64, self.document, "operation.document", optional=True)


@dataclass(frozen=True, slots=True)
class FieldUse:
    """One governed field: its path by schema names (never by a client's aliases), its effect, and how many values."""

    path: str
    effect: Effect
    count: int

    def __post_init__(self) -> None:
        _matches(_PATH, self.path, "fields.path")
        if not isinstance(self.effect, Effect):
            raise ValueError("evidence: fields.effect is no Effect")
        _natural(self.count, "fields.count")


def new_salt(random: Callable[[int], bytes] = os.urandom) -> str:
    """16 random bytes in hex: with it a leaf hash can be published and gives nothing away."""
    return random(16).hex()


def rfc3339(moment: datetime) -> str:
    """A moment in UTC with microseconds, e.g. 2026-11-23T08:05:09.000042Z: sorts as text."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def leaf_hash(canonical: bytes) -> bytes:
    """SHA-256(0x00 ‖ entry), RFC 6962 §2.1."""
    return sha256(b"\x00" + canonical).digest()


@dataclass(frozen=True, repr=False)
class Entry:
    """One act on record. Raises ValueError (naming the field, never its value) when it breaks the format.

    ``subjects``: pseudonyms (32 hex digits) of the customers, sorted, no doubles; up to about 1,700 fit.
    ``subject_count`` may be higher where they are too many to name (set-based work, aggregates).
    ``level`` 1-5: the highest level touched; ``policy``: hash of the policy in force; ``detail``: codes, ids,
    commitments and counts, for writes e.g. record, action, before, after.
    """

    kind: Kind
    activity: Activity
    actor: Actor
    operation: Operation
    policy: str
    level: int = 1
    purpose: Purpose = Purpose()
    subjects: tuple[str, ...] = ()
    subject_count: int = -1
    fields: tuple[FieldUse, ...] = ()
    outcome: Outcome = Outcome.OK
    code: str | None = None
    detail: Mapping[str, str | int] = field(default_factory=dict)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    id: UUID = field(default_factory=uuid7)
    salt: str = field(default_factory=new_salt)

    def __post_init__(self) -> None:
        if self.subject_count == -1:
            object.__setattr__(self, "subject_count", len(self.subjects))
        object.__setattr__(self, "detail", dict(self.detail))
        self._check_codes()
        self._check_subjects()
        self._check_detail()

    def __repr__(self) -> str:
        return f"<Entry {self.id} {self.kind}>"

    def __hash__(self) -> int:
        return hash(self.id)

    @cached_property
    def canonical(self) -> bytes:
        """The bytes that are hashed and stored. Raises OverLimit EVIDENCE_TOO_LARGE above 65,535 bytes."""
        data = orjson.dumps(self._document(), option=orjson.OPT_SORT_KEYS)
        if len(data) > MAX_BYTES:
            raise OverLimit(_TOO_LARGE, "EVIDENCE_TOO_LARGE", limit=MAX_BYTES)
        return data

    @cached_property
    def leaf(self) -> bytes:
        """The leaf hash, RFC 6962."""
        return leaf_hash(self.canonical)

    @cached_property
    def at_text(self) -> str:
        """RFC 3339 in UTC with microseconds."""
        return rfc3339(self.at)

    @classmethod
    def parse(cls, canonical: bytes) -> Entry:
        """Read a stored entry. Raises IntegrityError unless the bytes are exactly what an Entry would write."""
        try:
            entry = _from_document(orjson.loads(canonical))
            same = entry.canonical == canonical
        except (ValueError, TypeError, KeyError, AttributeError, OverLimit):
            raise IntegrityError("an evidence entry is no entry of format 1") from None
        if not same:
            raise IntegrityError("an evidence entry is not in canonical form")
        return entry

    def _document(self) -> dict[str, object]:
        actor, operation = self.actor, self.operation
        return {
            "v": FORMAT,
            "id": str(self.id),
            "at": self.at_text,
            "kind": self.kind.value,
            "activity": self.activity.value,
            "actor": {
                "client": actor.client,
                "subject": actor.subject,
                "legal_entity": actor.legal_entity,
                "unit": actor.unit,
            },
            "purpose": {"code": self.purpose.code, "reason": self.purpose.reason},
            "operation": {"kind": operation.kind, "name": operation.name, "document": operation.document},
            "subjects": self.subjects,
            "subject_count": self.subject_count,
            "fields": [(use.path, use.effect.value, use.count) for use in self.fields],
            "outcome": self.outcome.value,
            "code": self.code,
            "level": self.level,
            "policy": self.policy,
            "salt": self.salt,
            "detail": self.detail,
        }

    @enforces("S4.R04")
    def _check_codes(self) -> None:
        for name, kind in (("kind", Kind), ("activity", Activity), ("outcome", Outcome)):
            if type(getattr(self, name)) is not kind:
                raise ValueError(f"evidence: {name} is no {kind.__name__}")
        _matches(_CODE, self.code, "code", optional=True)
        if (self.code is None) != (self.outcome is Outcome.OK):
            raise ValueError("evidence: a refusal or error needs a code, a success has none")
        _matches(_TOKEN, self.policy, "policy")
        _matches(_HEX_32, self.salt, "salt")
        _matches(_UUID7, str(self.id), "id")
        if self.at.tzinfo is None:
            raise ValueError("evidence: at has no time zone")
        _natural(self.level, "level")
        if not 1 <= self.level <= 5:
            raise ValueError("evidence: level is not 1-5")

    def _check_subjects(self) -> None:
        subjects = self.subjects
        if type(subjects) is not tuple or type(self.fields) is not tuple:
            raise ValueError("evidence: subjects and fields are tuples")
        if any(type(subject) is not str or len(subject) != 32 for subject in subjects):
            raise ValueError("evidence: subjects are not in their form")
        if _HEX.fullmatch("".join(subjects)) is None:
            raise ValueError("evidence: subjects are not in their form")
        if list(subjects) != sorted(set(subjects)):
            raise ValueError("evidence: subjects are not sorted without doubles")
        _natural(self.subject_count, "subject_count")
        if self.subject_count < len(subjects):
            raise ValueError("evidence: subject_count is below the number of subjects")

    def _check_detail(self) -> None:
        for name, value in self.detail.items():
            _matches(_NAME, name, "detail")
            if type(value) is str:
                _matches(_TOKEN, value, "detail")
            else:
                _natural(value, "detail", floor=-(2**53) + 1)


def _from_document(document: dict[str, object]) -> Entry:
    plain = canonical_json(document)  # refuses floats and other strays before anything is read
    raw = orjson.loads(plain)
    if raw["v"] != FORMAT or type(raw["v"]) is not int:
        raise ValueError("another format")
    operation = raw["operation"]
    return Entry(
        id=UUID(raw["id"]),
        at=datetime.strptime(raw["at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC),
        kind=Kind(raw["kind"]),
        activity=Activity(raw["activity"]),
        actor=Actor(**raw["actor"]),
        purpose=Purpose(**raw["purpose"]),
        operation=Operation(**operation),
        subjects=tuple(raw["subjects"]),
        subject_count=raw["subject_count"],
        fields=tuple(FieldUse(path, Effect(effect), count) for path, effect, count in raw["fields"]),
        outcome=Outcome(raw["outcome"]),
        code=raw["code"],
        level=raw["level"],
        policy=raw["policy"],
        salt=raw["salt"],
        detail=raw["detail"],
    )
