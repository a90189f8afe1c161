"""What a governed type is: a Python value, its validator, its mask and its default policy in one object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, Generic, NoReturn, TypeVar

from kehu.errors import DeclarationError, KehuError, Problem
from kehu.labels import Label
from kehu.policy import Policy

T = TypeVar("T")

# JSON as sealed blobs, GraphQL responses and JSON Schema carry it.
Json = None | bool | int | str | list["Json"] | dict[str, "Json"]


class Storage(Enum):
    """The column a clear attribute gets. Sealed attributes have none: they stand in the row's blob."""

    TEXT = "text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    REFERENCE = "reference"
    JSON = "json"


class ValueRefused(KehuError):
    """A value isn't one of its type: a stable code and what to do. Never repeats the value."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        self.problem = Problem(code, Label(zh, en))
        super().__init__(code)


class Governed(Generic[T]):
    """A parsed value that doesn't show itself: in logs, errors and tracebacks it reads ``<Mobile>``.

    Only core opens it, with `opened`, to seal it or to decide about it.
    """

    __slots__ = ("_value", "type")

    def __init__(self, type_: GovernedType[T], value: T) -> None:
        self.type = type_
        self._value = value

    def __repr__(self) -> str:
        return f"<{self.type.name}>"

    __str__ = __repr__

    def __format__(self, spec: str) -> str:
        return repr(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Governed) and other.type is self.type and other._value == self._value

    def __hash__(self) -> int:
        return hash((self.type.name, self._value))

    def __reduce__(self) -> NoReturn:
        raise TypeError("a governed value is not pickled")


def opened(value: Governed[T]) -> T:
    """The clear value. For the store and for rules; whatever calls this must seal, mask or decide."""
    return value._value


@dataclass(frozen=True, slots=True)
class Mask(Generic[T]):
    """A declared declassifier: what remains visible of a value. Computed after opening, never stored."""

    key: str
    label: Label
    apply: Callable[[T], Json]
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GovernedType(Generic[T]):
    """One governed type.

    ``parse`` takes text (a form, a spreadsheet cell, a GraphQL variable) or an already typed value and
    gives the normalised value, or raises `ValueRefused`. ``encode``/``decode`` go to and from the JSON
    of the sealed blob (and of clear JSON columns). ``output`` gives what GraphQL shows of a clear value.
    ``index_form`` gives the normal form under which a blind index knows the value, ``search_forms`` the
    forms under which people find it (as it is written, in pinyin, by initials), 17 at most.
    ``parts`` names the members of a composite output type; a scalar has none. ``graphql`` names a built-in
    scalar, or another governed type, that stands for this one in GraphQL.
    """

    name: str
    label: Label
    description: Label
    storage: Storage
    policy: Policy
    parse: Callable[[object], T]
    schema: Mapping[str, Json]
    masks: tuple[Mask[T], ...] = ()
    encode: Callable[[T], Json] = field(default=lambda value: value)
    decode: Callable[[Json], T] = field(default=lambda value: value)
    output: Callable[[T], Json] = field(default=lambda value: value)
    index_form: Callable[[T], str] = str
    search_forms: Callable[[T], frozenset[str]] | None = None
    parts: tuple[tuple[str, str, Label], ...] = ()
    graphql: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "schema", MappingProxyType(dict(self.schema)))
        if self.policy.mask is not None and self.policy.mask not in {mask.key for mask in self.masks}:
            raise DeclarationError(f"{self.name}: its policy names mask {self.policy.mask!r}, which it doesn't have")

    def __repr__(self) -> str:
        return f"GovernedType({self.name})"

    def governed(self, raw: object) -> Governed[T]:
        """Parse and wrap. Raises `ValueRefused`."""
        return Governed(self, self.parse(raw))

    def mask(self, key: str) -> Mask[T]:
        for mask in self.masks:
            if mask.key == key:
                return mask
        raise DeclarationError(f"{self.name} has no mask {key!r}; it has {', '.join(m.key for m in self.masks)}")


AnyType = GovernedType[Any]
