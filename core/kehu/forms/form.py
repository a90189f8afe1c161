"""Form (表单) as frozen data: which record fields a person fills in at one occasion, and under which words.

A form field points at a record field and takes type, label, scheme, policy and citations from there.
`kehu.forms.bind` joins the two.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.rules.scheme import check_key, check_version, doubled

ROWS = 20
"""Rows of a group or persons of a link at most, unless the declaration says another number."""
MOST_ROWS = 100
_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_CODE = re.compile(r"[A-Z][A-Z0-9_]*")
_TARGET = re.compile(r"[A-Z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True, init=False)
class When:
    """Asked only where the field ``field`` beside it says one of ``values``: ``When("kind", "PASSPORT", "VISA")``.

    Values are codes of the field's scheme, or True and False for a Flag. Where it isn't asked, an answer is refused.
    """

    field: str
    values: tuple[str | bool, ...]

    def __init__(self, field: str, *values: str | bool) -> None:
        if not values or len(set(values)) != len(values):
            raise DeclarationError(f"When({field!r}, …): give each value once, and at least one")
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form: ``FormField("telephone", "ContactPoint.mobile", synonyms=("手机号码",))``.

    ``to`` is ``Record.field``. ``synonyms`` are further column headers of spreadsheets, ``words`` further
    ways to write a code: ``(("先生", "MALE"),)``. ``label`` replaces the record field's.
    ``default`` is the value of a field that was left out, in the form a client would send it. With ``when`` the
    field is asked, and then may be required, only where another one says so.
    """

    name: str
    to: str
    _: KW_ONLY
    required: bool = False
    label: Label | None = None
    synonyms: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    default: object = None
    when: When | None = None

    def __post_init__(self) -> None:
        _check_name("form field", self.name)
        if not _TARGET.fullmatch(self.to):
            raise DeclarationError(f"form field {self.name}: {self.to!r} is not Record.field")
        if self.required and self.default is not None:
            raise DeclarationError(f"form field {self.name}: required, so a default would never be used")


@dataclass(frozen=True, slots=True)
class Group:
    """Repeated rows (明细) of one record: ``Group("calls", Label(…), "FollowUp", (FormField(…), …))``.

    ``fields`` point at ``record``, or at records of which it has one row each (``single``). ``constants`` are
    written into every row. ``at_least`` and ``at_most`` count the rows.
    """

    name: str
    label: Label
    record: str
    fields: tuple[FormField, ...]
    _: KW_ONLY
    at_least: int = 0
    at_most: int = ROWS
    constants: tuple[tuple[str, object], ...] = ()
    when: When | None = None

    def __post_init__(self) -> None:
        _check_rows("group", self.name, self.fields, self.at_least, self.at_most, self.constants)


@dataclass(frozen=True, slots=True)
class Linked:
    """Other persons or organisations (关联人), each stored as a customer of his own and linked by a Relationship.

    ``relationship`` is a code of ``relationship.kind``: what the other one is to the customer. ``fields`` point
    at records of the other one, or at ``Relationship``. Who has the mobile of a known customer is that customer;
    anybody else is made with the stage RELATED and the kind PERSON, unless ``constants`` or fields say otherwise.
    """

    name: str
    label: Label
    relationship: str
    fields: tuple[FormField, ...]
    _: KW_ONLY
    at_least: int = 0
    at_most: int = ROWS
    constants: tuple[tuple[str, object], ...] = ()
    when: When | None = None

    def __post_init__(self) -> None:
        if not _CODE.fullmatch(self.relationship):
            raise DeclarationError(f"linked {self.name}: {self.relationship!r} is not a code of relationship.kind")
        _check_rows("linked", self.name, self.fields, self.at_least, self.at_most, self.constants)


Rows = Group | Linked


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a form's layout (分栏): names of the form's fields, groups and links, in the order of the page."""

    key: str
    label: Label
    fields: tuple[str, ...]

    def __post_init__(self) -> None:
        _check_name("section", self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form (表单). A change of ``fields`` or ``constants`` is a new ``version``; drafts and imports keep theirs.

    ``constants`` are values that the occasion itself gives: ``(("Interaction.kind", "VISIT"),)``. Like
    defaults, they are written only into records that the submission touches. ``sections`` lay the fields out;
    without any, they stand in their order. ``about="CaseFile.number"`` makes it a form about what is on record
    already: the customer who has the row of this number, which a required field gives; nobody has it: refused.
    """

    key: str
    version: int
    label: Label
    description: Label
    cites: tuple[str, ...]
    fields: tuple[FormField | Rows, ...]
    constants: tuple[tuple[str, object], ...] = ()
    sections: tuple[Section, ...] = ()
    about: str | None = None

    @property
    def flat(self) -> tuple[FormField, ...]:
        """The fields that are asked once."""
        return tuple(each for each in self.fields if isinstance(each, FormField))

    @property
    def rows(self) -> tuple[Rows, ...]:
        """The groups and links."""
        return tuple(each for each in self.fields if not isinstance(each, FormField))

    def __post_init__(self) -> None:
        where = f"form {self.key}"
        check_key(self.key, "form")
        check_version(self.version, where)
        if not self.cites:
            raise DeclarationError(f"{where}: cites no rule")
        if not any(field.required and field.when is None for field in self.flat):
            raise DeclarationError(f"{where}: no field is required, so an empty submission would pass")
        _check_fields(where, self.fields, self.constants)
        if self.sections:
            self._check_sections(where)
        if self.about is not None and not any(f.to == self.about and f.required and not f.when for f in self.flat):
            raise DeclarationError(f"{where}: about {self.about}, which no field asks in any case; require it")

    def _check_sections(self, where: str) -> None:
        placed = [name for section in self.sections for name in section.fields]
        names = {each.name for each in self.fields}
        for what, wrong in (
            ("section given twice", doubled(tuple(section.key for section in self.sections))),
            ("in two sections", doubled(tuple(placed))),
            ("sections name what isn't there", sorted(set(placed) - names)),
            ("in no section", sorted(names - set(placed))),
        ):
            if wrong:
                raise DeclarationError(f"{where}: {what}: {', '.join(wrong)}")


def _check_name(what: str, name: str) -> None:
    if not _NAME.fullmatch(name):
        raise DeclarationError(f"{what} {name!r}: not a camelCase name")


def _check_fields(where: str, fields: Sequence[FormField | Rows], constants: Sequence[tuple[str, object]]) -> None:
    targets = (*(f.to for f in fields if isinstance(f, FormField)), *(target for target, _ in constants))
    for what, names in (("field", tuple(each.name for each in fields)), ("target", targets)):
        if twice := doubled(names):
            raise DeclarationError(f"{where}: {what} given twice: {', '.join(twice)}")
    for target in targets:
        if not _TARGET.fullmatch(target):
            raise DeclarationError(f"{where}: {target!r} is not Record.field")
    _check_conditions(where, fields)


def _check_conditions(where: str, fields: Sequence[FormField | Rows]) -> None:
    """Conditions name fields beside them and lead back to one that is always asked."""
    conditions = {each.name: each.when for each in fields}
    asked_once = {each.name for each in fields if isinstance(each, FormField)}
    for name in conditions:
        seen, at = {name}, conditions[name]
        while at is not None:
            if at.field not in asked_once:
                raise DeclarationError(f"{where}: {name} depends on {at.field!r}, which is no field beside it")
            if at.field in seen:
                raise DeclarationError(f"{where}: {name} depends on itself through {at.field}")
            seen.add(at.field)
            at = conditions[at.field]


def _check_rows(
    what: str,
    name: str,
    fields: Sequence[FormField],
    at_least: int,
    at_most: int,
    constants: Sequence[tuple[str, object]],
) -> None:
    where = f"{what} {name}"
    _check_name(what, name)
    if not 0 <= at_least <= at_most or not 1 <= at_most <= MOST_ROWS:
        raise DeclarationError(f"{where}: at_least and at_most are 0 to {MOST_ROWS}, in this order")
    if not any(field.required and field.when is None for field in fields):
        raise DeclarationError(f"{where}: no field is required, so a row could be empty")
    _check_fields(where, fields, constants)
