"""The masks that show nothing of a value."""

from __future__ import annotations

from typing import Any

from kehu.labels import Label
from kehu.vocabulary.base import Mask

HIDDEN: Mask[Any] = Mask("hidden", Label("不显示", "Not shown"), lambda value: None)
"""Gives null, whatever the value: for plain types whose fields a plugin may want to hide."""

CONSTANT: Mask[Any] = Mask("constant", Label("全部隐去", "All hidden"), lambda value: "***")
"""Gives ``***``, whatever the value: there is something, and nothing of it remains."""
