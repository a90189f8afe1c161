"""Scheme (分类): a versioned classification, from which an enum and a catalogue page follow."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.policy import Category

_CODE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_KEY = re.compile(r"[a-z][a-z0-9]*\.[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


def check_code(code: str, where: str) -> None:
    """Raises `DeclarationError` unless ``code`` is CAPS_SNAKE, which every enum value and JSON accept."""
    if not _CODE.fullmatch(code):
        raise DeclarationError(f"{where}: code {code!r} is not CAPS_SNAKE")


def check_key(key: str, kind: str) -> None:
    """Raises `DeclarationError` unless ``key`` is ``area.name`` in lower case, words of the name joined by ``_``."""
    if not _KEY.fullmatch(key):
        raise DeclarationError(f"{kind} {key!r}: the key is not area.name in lower case")


def check_version(version: int, where: str) -> None:
    """Raises `DeclarationError` unless ``version`` counts from 1."""
    if version < 1:
        raise DeclarationError(f"{where}: version {version} is below 1")


def doubled(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names that occur more than once, alphabetised."""
    return tuple(sorted({name for name in names if names.count(name) > 1}))


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a scheme. ``data`` holds what else depends on it, as pairs of texts."""

    code: str
    label: Label
    cites: tuple[str, ...] = ()
    data: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """A classification. A changed meaning is a new ``version``; terms are only ever added.

    ``default=True`` says that the regulation doesn't list the values; ``source`` then says where they
    come from. Raises `DeclarationError` where the declaration contradicts itself.
    """

    key: str
    version: int
    label: Label
    description: Label
    terms: tuple[Term, ...]
    cites: tuple[str, ...]
    default: bool = False
    source: Label | None = None
    extensible: bool = False
    """Plugins may add terms, with a scheme of their own that ``extends`` this one."""
    extends: str | None = None
    classifies: str | None = None
    """The category system (``S5``) whose categories the terms are: the registry then demands one of them of every
    customer field that the same plugin declares."""

    def __post_init__(self) -> None:
        check_key(self.key, "scheme")
        where = f"scheme {self.key}"
        check_version(self.version, where)
        if not self.terms and not self.extensible:
            raise DeclarationError(f"{where}: has no terms")
        if twice := doubled(self.codes):
            raise DeclarationError(f"{where}: declared twice: {', '.join(twice)}")
        for term in self.terms:
            check_code(term.code, where)
            if pairs := doubled(tuple(name for name, _ in term.data)):
                raise DeclarationError(f"{where}.{term.code}: data declared twice: {', '.join(pairs)}")
        if self.default and self.source is None:
            raise DeclarationError(f"{where}: values that aren't in the regulation need a source")
        if self.classifies is not None:
            categories = {c.value.partition(".")[2].upper() for c in Category if c.system == self.classifies}
            if wrong := sorted(categories ^ set(self.codes)):
                raise DeclarationError(f"{where}: terms and categories of {self.classifies} differ: {', '.join(wrong)}")

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(term.code for term in self.terms)

    @property
    def enum_name(self) -> str:
        """The GraphQL enum: ``realestate.price_band`` → ``RealestatePriceBand``."""
        return "".join(word[:1].upper() + word[1:] for word in re.split(r"[._]", self.key))

    def term(self, code: str) -> Term:
        """The term of that code. Raises `DeclarationError` where there is none."""
        for term in self.terms:
            if term.code == code:
                return term
        raise DeclarationError(f"scheme {self.key} has no term {code!r}; it has {', '.join(self.codes)}")
