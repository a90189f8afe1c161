"""The eight plugins of this repository, whether or not they are installed as distributions."""

from __future__ import annotations

from importlib import import_module

PLUGINS = tuple(
    import_module(f"kehu_{name}")
    for name in ("automotive", "b2b", "banking", "gas", "insurance", "realestate", "tobacco", "travel")
)
