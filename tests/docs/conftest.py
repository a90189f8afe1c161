"""The example plugin is a folder of its own, as an author would have it; here it stands on the path."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]

sys.path.insert(0, str(HERE / "example_plugin"))
