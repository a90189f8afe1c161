"""Form (表单) as frozen data: which record fields a person fills in at one occasion, and under which words.

A form field points at a record field and takes type, label, scheme, policy and citations from there.
`kehu.forms.bind` joins the two.
"""

from __future__ import annotations

import re
from dataclasses import KW_ONLY, dataclass

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.rules.scheme import check_key, check_version, doubled

_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_TARGET = re.compile(r"[A-Z][A-Za-z0-9]*\.[a-z][A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form: ``FormField("telephone", "ContactPoint.mobile", synonyms=("手机号码",))``.

    ``to`` is ``Record.field``. ``synonyms`` are further column headers of spreadsheets, ``words`` further
    ways to write a code: ``(("先生", "MALE"),)``. ``label`` replaces the record field's.
    ``default`` is the value of a field that was left out, in the form a client would send it.
    """

    name: str
    to: str
    _: KW_ONLY
    required: bool = False
    label: Label | None = None
    synonyms: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    default: object = None

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise DeclarationError(f"form field {self.name!r}: not a camelCase name")
        if not _TARGET.fullmatch(self.to):
            raise DeclarationError(f"form field {self.name}: {self.to!r} is not Record.field")
        if self.required and self.default is not None:
            raise DeclarationError(f"form field {self.name}: required, so a default would never be used")


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form (表单). A change of ``fields`` or ``constants`` is a new ``version``; drafts and imports keep theirs.

    ``constants`` are values that the occasion itself gives: ``(("Interaction.kind", "VISIT"),)``. Like
    defaults, they are written only into records that the submission touches.
    """

    key: str
    version: int
    label: Label
    description: Label
    cites: tuple[str, ...]
    fields: tuple[FormField, ...]
    constants: tuple[tuple[str, object], ...] = ()

    def __post_init__(self) -> None:
        where = f"form {self.key}"
        check_key(self.key, "form")
        check_version(self.version, where)
        if not self.cites:
            raise DeclarationError(f"{where}: cites no rule")
        if not any(field.required for field in self.fields):
            raise DeclarationError(f"{where}: no field is required, so an empty submission would pass")
        targets = (*(field.to for field in self.fields), *(target for target, _ in self.constants))
        for what, names in (("field", tuple(field.name for field in self.fields)), ("target", targets)):
            if twice := doubled(names):
                raise DeclarationError(f"{where}: {what} given twice: {', '.join(twice)}")
        for target in targets:
            if not _TARGET.fullmatch(target):
                raise DeclarationError(f"{where}: {target!r} is not Record.field")
