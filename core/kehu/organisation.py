"""An organisation as its operator states it (组织文件, TOML): legal entity, tree of units, staff; checked as a whole.

Faults name a place (``units.2.parent``: the second ``[[units]]``) and what to do. No message repeats a value.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import available_timezones

from kehu.errors import Invalid, Problem
from kehu.labels import Label
from kehu.records import Field
from kehu.registry import Registry
from kehu.store.setup import NewStaff, NewUnit, Organisation
from kehu.vocabulary.base import ValueRefused
from kehu.vocabulary.normal import text_of

ADMINISTRATOR = "ADMINISTRATOR"
"""The position (岗位) for which ``kehu run`` makes its one-time link."""
DEFAULT_ZONE = "Asia/Shanghai"

# Begins as forms and imports take it.
_CODE = re.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_ECHOED = re.compile("[a-z][a-z_]{0,39}")
_NOT_TOML = Label(
    "不是有效的 UTF-8 编码 TOML 文件({where}),请改正", "Not valid TOML in UTF-8 ({where}); correct it there"
)
_UNKNOWN = Label("没有此项,可用:{keys}", "There is no such key; use {keys}")
_REQUIRED = Label("必填", "Required; fill it in")
_TABLE = Label("此处须为表,如 [legal_entity]、[[units]]", "A table is needed here, like [legal_entity] or [[units]]")
_TWICE = Label("此编号已被使用,请另选", "This code is taken; choose another")
_NO_UNIT = Label("没有编号为此的组织单元,请核对", "There is no unit of this code; check it")
_CYCLE = Label("上级关系成环,请改正上级", "This unit stands below itself; correct its parent")
_TOP = Label("只能有一个没有上级的单元,请填写上级", "Only one unit, the top, has no parent; fill it in")
_DEEP = Label(
    "从顶层到此的编号合计过长,请用较短的编号", "The codes from the top to here are too long together; shorten them"
)
_NOBODY = Label(
    "至少要有一名岗位为 ADMINISTRATOR 的员工", "At least one member of staff needs the position ADMINISTRATOR"
)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A table: its keys with the field of the record that each fills, and those that may be left out."""

    record: str
    fields: Mapping[str, str]
    optional: str = ""


_ENTITY = _Shape("LegalEntity", {"code": "code", "name": "name", "time_zone": "timeZone"}, "time_zone")
_UNIT = _Shape("OrganisationUnit", {"code": "code", "name": "name", "kind": "kind", "parent": "parentUnit"}, "parent")
_STAFF = _Shape("Staff", {"code": "code", "name": "name", "unit": "unit", "position": "position"})
_TABLES = ("legal_entity", "units", "staff")

Row = dict[str, str | None]
"""What was stated, normalised; None where it was refused, so that no second fault follows from the first."""


def read_organisation(file: bytes, registry: Registry) -> Organisation:
    """The organisation, units in the order of the tree. Raises `Invalid` with everything that is wrong."""
    stated, reader = _toml(file), _Reader(registry)
    reader.check_keys(stated, _TABLES, ())
    entity = reader.row(stated.get("legal_entity"), _ENTITY, ("legal_entity",))
    units, staff = (reader.rows(stated, name, shape) for name, shape in (("units", _UNIT), ("staff", _STAFF)))
    known = _codes(stated.get("units")) | {code for row in units if (code := row["code"]) is not None}
    order = reader.check_tree(units, known)
    for at, one in enumerate(staff, 1):
        reader.check_unit(one, "unit", known, ("staff", at))
    if staff and not any(one.get("position") == ADMINISTRATOR for one in staff):
        reader.problems.append(Problem("ADMINISTRATOR_MISSING", _NOBODY, ("staff",)))
    reader.finish()
    return Organisation(
        code=str(entity["code"]),
        name=str(entity["name"]),
        units=tuple(_unit(units[at]) for at in order),
        staff=tuple(_staff(one) for one in staff),
        time_zone=entity.get("time_zone") or DEFAULT_ZONE,
    )


def read_unit(stated: Mapping[str, object], registry: Registry, paths: Mapping[str, str]) -> NewUnit:
    """One more unit; ``paths`` are those of the units there are, by code. Raises `Invalid` as for a file."""
    reader = _Reader(registry)
    row = reader.row(stated, _UNIT, ())
    reader.check_codes([row], (), paths)
    reader.check_unit(row, "parent", paths, ())
    if "parent" not in row:
        reader.problems.append(Problem("TOP_UNIT", _TOP, ("parent",)))
    reader.finish()
    unit = _unit(row)
    reader.check_path(f"{paths[str(unit.parent)]}.{unit.code}", ())
    reader.finish()
    return unit


def read_staff(
    stated: Mapping[str, object], registry: Registry, units: Collection[str], taken: Collection[str]
) -> NewStaff:
    """One more member of staff; ``taken`` are the staff numbers there are. Raises `Invalid` as for a file."""
    reader = _Reader(registry)
    row = reader.row(stated, _STAFF, ())
    reader.check_codes([row], (), taken)
    reader.check_unit(row, "unit", units, ())
    reader.finish()
    return _staff(row)


def _toml(file: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(file.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        # The parser's own message may quote the file.
        found = re.search(r"line (\d+), column (\d+)\)$", str(error))
        where = f"{found[1]}:{found[2]}" if found else "?"
    raise Invalid([Problem("TOML_INVALID", _NOT_TOML.format(where=where))])


def _codes(rows: object) -> frozenset[str]:
    """The codes as stated, refused ones too."""
    given = [row.get("code") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return frozenset(code for code in given if isinstance(code, str))


def _unit(row: Row) -> NewUnit:
    return NewUnit(str(row["code"]), str(row["name"]), str(row["kind"]), row.get("parent"))


def _staff(row: Row) -> NewStaff:
    return NewStaff(str(row["code"]), str(row["name"]), str(row["unit"]), str(row["position"]))


@dataclass
class _Reader:
    """Reads tables and keeps what is wrong with them."""

    registry: Registry
    problems: list[Problem] = field(default_factory=list)

    def finish(self) -> None:
        if self.problems:
            raise Invalid(self.problems)

    def check_keys(self, stated: Mapping[str, object], keys: Collection[str], at: tuple[str | int, ...]) -> None:
        for key in stated:
            if key not in keys:
                where = (*at, key) if _ECHOED.fullmatch(key) else at
                self.problems.append(Problem("UNKNOWN_FIELD", _UNKNOWN.format(keys=", ".join(keys)), where))

    def rows(self, stated: Mapping[str, object], name: str, shape: _Shape) -> list[Row]:
        given = stated.get(name, [])
        if not isinstance(given, list):
            self.problems.append(Problem("SHAPE_WRONG", _TABLE, (name,)))
            return []
        if not given:
            self.problems.append(Problem("REQUIRED", _REQUIRED, (name,)))
        rows = [self.row(one, shape, (name, at)) for at, one in enumerate(given, 1)]
        self.check_codes(rows, (name,))
        return rows

    def row(self, stated: object, shape: _Shape, at: tuple[str | int, ...]) -> Row:
        if not isinstance(stated, Mapping):
            code, message = ("REQUIRED", _REQUIRED) if stated is None else ("SHAPE_WRONG", _TABLE)
            self.problems.append(Problem(code, message, at))
            return dict.fromkeys(shape.fields)
        self.check_keys(stated, shape.fields, at)
        row: Row = {}
        for key, name in shape.fields.items():
            if key in stated:
                row[key] = self._value(self.registry.records[shape.record].by_name[name], stated[key], (*at, key))
            elif key != shape.optional:
                row[key] = None
                self.problems.append(Problem("REQUIRED", _REQUIRED, (*at, key)))
        return row

    def _value(self, f: Field, raw: object, at: tuple[str | int, ...]) -> str | None:
        try:
            return self._read(f, raw)
        except ValueRefused as refused:
            self.problems.append(refused.problem.at(*at))
            return None

    def _read(self, f: Field, raw: object) -> str:
        if f.refers_to is not None:
            return text_of(raw)
        if f.name == "code" and not _CODE.fullmatch(text_of(raw)):
            raise ValueRefused(
                "CODE_SHAPE",
                "编号须为1至40个半角字母、数字、连字符或下划线,以字母或数字开头",
                "A code has 1 to 40 ASCII letters, digits, hyphens and underscores, a letter or digit first",
            )
        value = str(f.type.parse(raw))
        if f.scheme is not None and value not in self.registry.schemes[f.scheme].codes:
            known = ", ".join(self.registry.schemes[f.scheme].codes)
            raise ValueRefused(
                "CODE_UNKNOWN", f"不在选项中,可选:{known}", f"Not one of the options; choose one of: {known}"
            )
        if f.name == "timeZone" and value not in available_timezones():
            raise ValueRefused(
                "TIME_ZONE_UNKNOWN",
                "没有此时区,请填写如 Asia/Shanghai",
                "There is no such time zone; write it like Asia/Shanghai",
            )
        return value

    def check_codes(self, rows: Sequence[Row], at: tuple[str, ...], taken: Collection[str] = ()) -> None:
        seen = set(taken)
        for number, row in enumerate(rows, 1):
            code = row["code"]
            if code in seen:
                self.problems.append(Problem("CODE_TWICE", _TWICE, (*at, number, "code") if at else ("code",)))
            elif code is not None:
                seen.add(code)

    def check_unit(self, row: Row, key: str, known: Collection[str], at: tuple[str | int, ...]) -> None:
        code = row.get(key)
        if code is not None and code not in known:
            self.problems.append(Problem("UNIT_UNKNOWN", _NO_UNIT, (*at, key)))

    def check_path(self, path: str, at: tuple[str | int, ...]) -> None:
        try:
            self.registry.records[_UNIT.record].by_name["path"].type.parse(path)
        except ValueRefused:
            self.problems.append(Problem("PATH_LENGTH", _DEEP, (*at, "code")))

    def check_tree(self, rows: Sequence[Row], known: Collection[str]) -> list[int]:
        """One tree below one top; gives the rows' positions, each parent before its children."""
        tops = [at for at, row in enumerate(rows) if "parent" not in row]
        for at in tops[1:]:
            self.problems.append(Problem("TOP_UNIT", _TOP, ("units", at + 1, "parent")))
        above: dict[str, str | None] = {}
        below: dict[str, list[int]] = {}
        for at, row in enumerate(rows):
            # Of two units with one code, the first counts.
            if (code := row["code"]) is not None:
                above.setdefault(code, row.get("parent"))
            if (parent := row.get("parent")) is not None:
                below.setdefault(parent, []).append(at)
        for at, row in enumerate(rows, 1):
            self.check_unit(row, "parent", known, ("units", at))
            if row["code"] is not None and _is_below_itself(row["code"], above):
                self.problems.append(Problem("UNIT_CYCLE", _CYCLE, ("units", at, "parent")))
        return self._order(rows, tops, below)

    def _order(self, rows: Sequence[Row], tops: Sequence[int], below: dict[str, list[int]]) -> list[int]:
        order, paths = list(tops), dict[str, str]()
        for at in order:
            if (code := rows[at]["code"]) is not None:
                parent = rows[at].get("parent")
                paths[code] = f"{paths[parent]}.{code}" if parent else code
                self.check_path(paths[code], ("units", at + 1))
                order.extend(below.pop(code, ()))
        return order


def _is_below_itself(code: str, above: Mapping[str, str | None]) -> bool:
    passed: set[str] = set()
    at = above.get(code)
    while at is not None and at != code and at not in passed:
        passed.add(at)
        at = above.get(at)
    return at == code
