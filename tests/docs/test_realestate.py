"""plugins/realestate/README.md: each rule of S17 stands there once, and what is claimed is declared and tested."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "plugins" / "realestate" / "README.md").read_text(encoding="utf-8")
CLAIM = re.compile(r"^\| (S17\.R\d\d) \|.* `(\w+)\.(\w+)` \| `([\w/.]+)::(\w+)` \|$", re.MULTILINE)
CLAIMS = CLAIM.findall(PAGE)


def rules_of(test: Path, name: str) -> set[str]:
    """The rules that a test says it proves."""
    [function] = [
        node
        for node in ast.walk(ast.parse(test.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    marks = [
        m for m in function.decorator_list if isinstance(m, ast.Call) and ast.unparse(m.func).endswith("mark.rule")
    ]
    arguments = ", ".join(ast.unparse(argument) for mark in marks for argument in mark.args)
    return set(eval(f"[{arguments}]"))  # reason: our own test's text, which may be a generator of rule ids


@pytest.mark.parametrize(("rule", "module", "name", "file", "test"), CLAIMS)
def test_what_is_claimed_is_declared_cited_and_tested(rule: str, module: str, name: str, file: str, test: str) -> None:
    assert hasattr(importlib.import_module(f"kehu_realestate.{module}"), name)
    sources = (*ROOT.glob("plugins/realestate/kehu_realestate/*.py"), *ROOT.glob("core/kehu/customers/*.py"))
    assert any(rule in path.read_text(encoding="utf-8") for path in sources)
    assert rule in rules_of(ROOT / file, test)


def test_every_rule_stands_there_once() -> None:
    rows = "\n".join(line for line in PAGE.splitlines() if line.startswith("| S17."))
    told = Counter(re.findall(r"S17\.R\d\d", rows))
    assert told == Counter(f"S17.R{number:02}" for number in range(1, 67))
    assert len(CLAIMS) == 18
