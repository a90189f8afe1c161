"""``kehu schema``: the golden files, from the installed plugins; needs no database."""

from __future__ import annotations

from pathlib import Path

from kehu.cli.words import say
from kehu.customers import plugin as core_plugin
from kehu.graph.golden import write
from kehu.labels import Label
from kehu.registry import installed_plugins, load_registry


def write_schema(folder: Path) -> None:
    """Raises `StartupError` for declarations that can't be served."""
    folder.mkdir(parents=True, exist_ok=True)
    write(load_registry((core_plugin,), installed_plugins()), folder)
    say(Label("已写入 {folder}", "Written to {folder}"), folder=folder)
