"""The command line: ``kehu run | init | client | import | evidence | db | schema``."""

from kehu.cli.main import main

__all__ = ["main"]
