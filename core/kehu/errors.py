"""The one tree of errors.

KehuError
├── StartupError            a declaration is wrong; the server does not start
│   ├── DeclarationError    one declaration contradicts itself
│   ├── ClashError          two plugins, or a plugin and core, claim the same name
│   └── UnenforcedError     declared and enforced differ
├── ConfigurationError      a setting, key file or database is not usable
├── Refused                 a request is refused; carries a stable code for the caller
│   ├── Unauthenticated     no valid token
│   ├── Forbidden           a scope, purpose or role is missing
│   ├── Invalid             one or more values are wrong (carries Problems)
│   ├── Stale               expectedVersion moved
│   ├── Conflict            an idempotency key was used for another request, a decision was made already
│   ├── OverLimit           a limit or budget is used up
│   └── Unavailable         evidence or storage can't be written now; nothing was released
├── IntegrityError          stored bytes are not what was written (sealed blob, evidence)
└── NotFound                hidden and absent answer alike
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kehu.labels import Label


class KehuError(Exception):
    """Root of everything Kehu raises on purpose."""


class StartupError(KehuError):
    """The declarations can't be served; the message names plugin, type and field."""


class DeclarationError(StartupError):
    """One declaration contradicts itself or the rules for its kind."""


class ClashError(StartupError):
    """Two declarations claim one name; the message has both owners."""


class UnenforcedError(StartupError):
    """Something declared isn't enforced, or something enforced isn't declared."""


class ConfigurationError(KehuError):
    """A setting, the key ring or a database can't be used as it is."""


class IntegrityError(KehuError):
    """Stored bytes were changed, moved or cut; nothing was opened."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a request: where, a stable code, and what to do, in zh and en."""

    code: str
    message: Label
    path: tuple[str | int, ...] = ()

    def at(self, *prefix: str | int) -> Problem:
        return Problem(self.code, self.message, (*prefix, *self.path))


def json_pointer(path: Sequence[str | int]) -> str:
    """The path as a JSON Pointer (RFC 6901): ``("contacts", 0, "mobile")`` → ``/contacts/0/mobile``."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


@dataclass(eq=False)
class Refused(KehuError):
    """A request is refused. ``code`` is stable; ``message`` never contains personal data."""

    message: Label
    code: str = "REFUSED"
    extensions: dict[str, object] = field(default_factory=dict)
    status: int = 400

    def __str__(self) -> str:
        return f"{self.code}: {self.message.en}"


class Unauthenticated(Refused):
    """No token, or one that is expired, revoked, malformed or meant for another resource (RFC 6750)."""

    def __init__(self, message: Label | None = None, code: str = "UNAUTHENTICATED") -> None:
        super().__init__(message or Label("需要有效的访问令牌", "A valid access token is needed"), code, status=401)


class Forbidden(Refused):
    """Scope, purpose, role or separation of duties is missing; names what was required and held."""

    def __init__(self, message: Label, code: str = "FORBIDDEN", **extensions: object) -> None:
        super().__init__(message, code, dict(extensions), status=403)


class Invalid(Refused):
    """Values are wrong; every problem has a path, a code and a message."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(first.message, first.code)


class Stale(Refused):
    """Somebody changed the record since the caller read it."""

    def __init__(self, message: Label | None = None) -> None:
        super().__init__(
            message
            or Label("记录已被他人修改,请重新读取后再提交", "The record has changed; read it again, then submit"),
            "STALE",
            status=409,
        )


class Conflict(Refused):
    """The request contradicts an earlier one."""

    def __init__(self, message: Label, code: str = "CONFLICT") -> None:
        super().__init__(message, code, status=409)


class OverLimit(Refused):
    """A limit on size, depth, cost or a budget is used up."""

    def __init__(self, message: Label, code: str, **extensions: object) -> None:
        super().__init__(message, code, dict(extensions), status=400)


class Unavailable(Refused):
    """Storage or evidence can't be written now; nothing was released. Try again later."""

    def __init__(self, message: Label, code: str = "UNAVAILABLE") -> None:
        super().__init__(message, code, status=503)


class NotFound(Refused):
    """Absent, or outside the caller's rows: both answer alike."""

    def __init__(self, message: Label | None = None) -> None:
        super().__init__(message or Label("未找到", "Not found"), "NOT_FOUND", status=404)
