"""The mask that shows nothing, for plain types whose fields a plugin may want to hide."""

from __future__ import annotations

from typing import Any

from kehu.labels import Label
from kehu.vocabulary.base import Mask

HIDDEN: Mask[Any] = Mask("hidden", Label("不显示", "Not shown"), lambda value: None)
"""Gives null, whatever the value."""
