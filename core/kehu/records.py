"""Record (档案): a kind of row, as frozen data.

From one record follow its table, its GraphQL type, its filters, its catalogue rows and its import
columns. There are no ORM classes: sealed attributes aren't columns, and the read path never builds
objects (docs/adr/0004).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache
from typing import Any

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.policy import Policy
from kehu.vocabulary.base import AnyType, Storage

_CAMEL = re.compile(r"[a-z][A-Za-z0-9]*")
_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*")


@lru_cache(maxsize=4096)
def snake(name: str) -> str:
    """``birthYear`` → ``birth_year``."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


class Owner(Enum):
    """Whose rows these are, which decides their key and their row scope."""

    CUSTOMER = "customer"
    """A customer's: ``customer_id`` is part of the primary key; seen by whoever may see the customer."""
    ENTITY = "entity"
    """The legal entity's own (units, staff): seen by unit subtree."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """A clear value computed at write from a sealed one, with a policy of its own: a declassifier.

    ``compute`` names a function of `kehu.vocabulary.projections`.
    """

    source: str
    compute: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One attribute of a record. ``policy`` is at least as strong as the type's default."""

    name: str
    type: AnyType
    label: Label
    policy: Policy
    cites: tuple[str, ...]
    required: bool = False
    scheme: str | None = None
    refers_to: str | None = None
    projection: Projection | None = None
    filterable: bool = False
    orderable: bool = False
    searchable: bool = False
    """Found by name search, by who may see it clear. Its type has `search_forms`; for fields of Customer."""
    written_by_system: bool = False
    """Set by core (decisions, timestamps), never from a mutation's input."""
    default: object = None
    basis: bool = False
    """Shows what a grade rests on: readable only by who may read every input of every grading."""

    def __post_init__(self) -> None:
        where = f"field {self.name}"
        if not _CAMEL.fullmatch(self.name):
            raise DeclarationError(f"{where}: not a camelCase name")
        weaker = self.policy.weaknesses_against(self.type.policy)
        if weaker:
            raise DeclarationError(f"{where}: weaker than {self.type.name} allows: {'; '.join(weaker)}")
        if self.policy.mask is not None:
            self.type.mask(self.policy.mask)
        if self.policy.sealed and (self.filterable or self.orderable):
            raise DeclarationError(f"{where}: a sealed field can't be filtered or sorted")
        if self.policy.mask is not None and (self.filterable or self.orderable):
            raise DeclarationError(f"{where}: a masked field can't be filtered or sorted")
        if self.searchable and self.type.search_forms is None:
            raise DeclarationError(f"{where}: {self.type.name} has no search forms, so it can't be searchable")
        if self.type.storage in (Storage.JSON, Storage.MONEY) and self.filterable:
            raise DeclarationError(f"{where}: a composite can't be filtered")

    @property
    def column(self) -> str:
        return snake(self.name)

    @property
    def sealed(self) -> bool:
        return self.policy.sealed


def field(
    name: str,
    type_: AnyType,
    zh: str,
    en: str,
    *,
    cites: tuple[str, ...] = (),
    required: bool = False,
    scheme: str | None = None,
    refers_to: str | None = None,
    projection: Projection | None = None,
    filterable: bool = False,
    orderable: bool = False,
    searchable: bool = False,
    written_by_system: bool = False,
    default: object = None,
    basis: bool = False,
    **policy: Any,  # reason: forwarded to Policy.but, which checks the names
) -> Field:
    """Declare a field; further keywords change its policy, which can only become stronger.

    ``field("mobile", Mobile, "手机", "Mobile", cites=("S17.R21",), retention="marketing")``
    """
    own = type_.policy.but(**policy) if policy else type_.policy
    if cites:
        own = own.but(cites=tuple(sorted({*own.cites, *cites})))
    return Field(
        name=name,
        type=type_,
        label=Label(zh, en),
        policy=own,
        cites=own.cites,
        required=required,
        scheme=scheme,
        refers_to=refers_to,
        projection=projection,
        filterable=filterable,
        orderable=orderable,
        searchable=searchable,
        written_by_system=written_by_system,
        default=default,
        basis=basis,
    )


@dataclass(frozen=True, kw_only=True)
class Record:
    """A kind of row.

    ``name`` is the GraphQL type, ``accessor`` the field that its parent gets: ``customer { contacts }``.
    ``single`` makes it a facet: at most one row per parent, shown as an object. ``root`` adds
    ``customers(first: …)`` to Query. ``append_only`` rows are corrected by later rows, never changed.
    """

    name: str
    label: Label
    description: Label
    fields: tuple[Field, ...]
    cites: tuple[str, ...]
    owner: Owner = Owner.CUSTOMER
    parent: str | None = "Customer"
    accessor: str | None = None
    single: bool = False
    root: str | None = None
    append_only: bool = False
    writable: bool = True
    """False: no generic mutation; rows come from core acts alone (grades, judgements)."""
    area: str = "customer.core"
    """``{area}:read`` is needed to see that rows exist at all; ``{area}:write`` to add or change them."""
    newest_first: bool = False
    current_until: str | None = None
    """The field that is null on rows in force; filters look at those only."""
    history: str | None = None
    """The record in which core keeps each change of this one's sealed values: ``kind`` (`change_code`), ``before``,
    ``after`` and ``occurredAt`` of it are written with the change, in its transaction."""
    same_by: tuple[str, ...] = ()
    """Rows of one customer that are equal in these fields are one row: a later submission renews it."""

    def __post_init__(self) -> None:
        where = f"record {self.name}"
        if not _PASCAL.fullmatch(self.name):
            raise DeclarationError(f"{where}: not a PascalCase name")
        names = [f.name for f in self.fields]
        if doubled := {name for name in names if names.count(name) > 1}:
            raise DeclarationError(f"{where}: declared twice: {', '.join(sorted(doubled))}")
        if (self.parent is None) != (self.accessor is None):
            raise DeclarationError(f"{where}: parent and accessor go together")
        if self.current_until is not None and self.current_until not in names:
            raise DeclarationError(f"{where}: current_until names {self.current_until!r}, which isn't there")
        if unknown := sorted(set(self.same_by) - set(names)):
            raise DeclarationError(f"{where}: same_by names what isn't there: {', '.join(unknown)}")
        if self.same_by and (self.append_only or self.single):
            raise DeclarationError(f"{where}: same_by is for rows of which there are several and that may change")
        for f in self.fields:
            if f.projection is not None and f.projection.source not in names:
                raise DeclarationError(f"{where}.{f.name}: projects from {f.projection.source!r}, which isn't there")

    @cached_property
    def table(self) -> str:
        return snake(self.name)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {f.name: f for f in self.fields}

    @cached_property
    def retention_classes(self) -> tuple[str, ...]:
        """The classes for which a row of this record has a sealed blob, alphabetised."""
        return tuple(sorted({f.policy.retention for f in self.fields if f.sealed}))

    def change_code(self, f: Field) -> str:
        """What a change of this field is called in the `history`: ``MOBILE``; for ``value``, the record's own name."""
        return (self.table if f.name == "value" else f.column).upper()

    def sealed_fields(self, retention: str) -> Iterable[Field]:
        return (f for f in self.fields if f.sealed and f.policy.retention == retention)
