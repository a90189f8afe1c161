"""``kehu init``, ``kehu unit`` and ``kehu staff``: the organisation, as its administrator states it, on record."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.table import Table

from kehu.app import Declared, Installation
from kehu.cli.words import out, say, words
from kehu.founding import ORGANISATION, add_member, add_unit, found
from kehu.labels import Label
from kehu.organisation import read_organisation
from kehu.settings import Settings
from kehu.store.setup import Organisation

_FOUNDED = Label(
    "已初始化:{data}。请将密钥环 {ring} 另行备份,丢失后数据无法解密",
    "Set up in {data}. Back up the key ring {ring} elsewhere: without it nothing can be opened",
)
_MADE = Label(
    "法人主体 {code}({zone}):组织单元 {units} 个,员工 {staff} 名",
    "Legal entity {code} ({zone}): {units} units, {staff} members of staff",
)
_UNITS = (Label("组织单元", "Unit"), Label("类别", "Kind"), Label("上级", "Parent"))
_STAFF = (Label("工号", "Staff number"), Label("组织单元", "Unit"), Label("岗位", "Position"))
_UNIT_ADDED = Label("已新增组织单元 {path}", "Added the unit {path}")
_MEMBER_ADDED = Label("已新增员工 {code}({unit},{position})", "Added {code} to the staff ({unit}, {position})")
_NAME = Label("姓名", "Name")


def initialise(file: Path | None) -> None:
    """Raises `Conflict` SET_UP_ALREADY, and `Invalid` for a file with faults, of which nothing is made."""
    settings, declared = Settings(), Declared.by()
    organisation = ORGANISATION if file is None else read_organisation(file.read_bytes(), declared.registry)
    with Installation.open(settings, declared) as installation:
        found(installation, organisation)
    say(_FOUNDED, data=settings.data, ring=settings.key_ring_path)
    if file is not None:
        _show(organisation)


def add_one_unit(code: str, name: str, kind: str, parent: str | None) -> None:
    """Raises `ConfigurationError`, `Invalid`."""
    stated = {"code": code, "name": name, "kind": kind} | ({} if parent is None else {"parent": parent})
    with Installation.open(Settings()) as installation:
        made = add_unit(installation, stated)
    say(_UNIT_ADDED, path=made.path)


def add_one_member(code: str, unit: str, position: str) -> None:
    """Raises `ConfigurationError`, `Invalid`."""
    name = typer.prompt(words(_NAME))
    with Installation.open(Settings()) as installation:
        made = add_member(installation, {"code": code, "name": name, "unit": unit, "position": position})
    say(_MEMBER_ADDED, code=made.code, unit=made.unit, position=made.position)


def _show(made: Organisation) -> None:
    """Numbers, not names, of staff: what is printed may be kept."""
    say(_MADE, code=made.code, zone=made.time_zone, units=len(made.units), staff=len(made.staff))
    units = Table(*(words(header) for header in _UNITS))
    for unit in made.units:
        units.add_row(unit.code, unit.kind, unit.parent or "—")
    staff = Table(*(words(header) for header in _STAFF))
    for one in made.staff:
        staff.add_row(one.code, one.unit, one.position)
    out.print(units, staff)
