"""``kehu db``: where every distribution's tables stand, bringing them up to date, and new versions for authors."""

from __future__ import annotations

import os
from pathlib import Path

from rich.table import Table
from rich.text import Text

from kehu.app import Declared, open_database
from kehu.cli.words import out, say, words
from kehu.labels import Label
from kehu.settings import Settings
from kehu.store.migrations import State, read_standings, upgrade
from kehu.store.revisions import write_revision

_HEADERS = (Label("名称", "Name"), Label("数据库", "Database"), Label("已安装", "Installed"), Label("状态", "State"))
_STATES = {
    State.CURRENT: Label("一致", "Current"),
    State.BEHIND: Label("落后,请升级", "Behind; upgrade"),
    State.UNKNOWN: Label("未知版本", "At a version that isn't installed here"),
    State.UNINSTALLED: Label("插件未安装,表保留", "Plugin not installed; its tables stay"),
}
_EMPTY = Label("数据库为空,首次启动时建表", "The database is empty; the first start makes its tables")
_UPGRADED = Label("{name}:{found} → {head}", "{name}: {found} → {head}")
_NOTHING = Label("已是最新,无需升级", "Up to date; nothing to do")
_WRITTEN = Label("已写入 {path},请检查后再提交", "Wrote {path}; read it before you commit it")
_SAME = Label("版本与声明一致,未写入文件", "Versions and declarations agree; nothing written")


def show_status() -> int:
    """Print a line for each distribution. 0 where the server can start, 1 where it would refuse."""
    engines = open_database(Settings())
    try:
        found = read_standings(engines.read, Declared.by().schema)
    finally:
        engines.dispose()
    if not found:
        say(_EMPTY)
        return 0
    table = Table(*(words(header) for header in _HEADERS))
    for one in found:
        table.add_row(Text(one.name), one.found or "—", one.head or "—", words(_STATES[one.state]))
    out.print(table)
    return int(any(one.state in (State.BEHIND, State.UNKNOWN) for one in found))


def upgrade_database() -> None:
    """Raises `ConfigurationError`, after which the database is as it was."""
    schema = Declared.by().schema
    engines = open_database(Settings())
    try:
        done = upgrade(engines.write, schema)
    finally:
        engines.dispose()
    for one in done:
        say(_UPGRADED, name=one.name, found=one.found or "—", head=one.head or "—")
    if not done:
        say(_NOTHING)


def write_version(plugin: str, message: str) -> None:
    """Raises `ConfigurationError` for a plugin that isn't there."""
    path = write_revision(Declared.by().schema, plugin, message)
    if path is None:
        say(_SAME)
    else:
        say(_WRITTEN, path=os.path.relpath(path, Path.cwd()))
