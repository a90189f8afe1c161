"""Name the Python files and functions that are longer than our habit (400 and 60 lines); a hint, never a failure."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE_LINES, FUNCTION_LINES = 400, 60


def long_functions(tree: ast.Module) -> list[str]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    lengths = [(node.name, (node.end_lineno or node.lineno) - node.lineno + 1) for node in found]
    return [f"{name}() {length} lines" for name, length in lengths if length > FUNCTION_LINES]


def main() -> None:
    for folder in ("core", "plugins", "tests", "tools", "bench"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "node_modules" in path.parts:
                continue
            text = path.read_text(encoding="utf-8")
            lines = text.count("\n")
            notes = [f"{lines} lines"] if lines > FILE_LINES else []
            notes += long_functions(ast.parse(text))
            if notes:
                print(f"long: {path.relative_to(ROOT)}: {', '.join(notes)}")


if __name__ == "__main__":
    main()
