"""README.md: each rule of the six documents stands there once, and what is claimed is declared, cited and tested."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "plugins" / "banking" / "README.md").read_text(encoding="utf-8")
DECLARED = re.findall(r"^\| (S\d+\.R\d\d) \|.* `(\w+)\.(\w+)` \| `([\w/.]+)::(\w+)` \|$", PAGE, re.MULTILINE)
BY_CORE = re.findall(r"^\| (S\d+\.R\d\d) \|.*\| core: [^|]+ \| `([\w/.]+)::(\w+)` \|$", PAGE, re.MULTILINE)
RULES = {"S1": 32, "S2": 18, "S3": 24, "S4": 26, "S7": 17, "S10": 20}


def rules_of(file: str, name: str) -> set[str]:
    """The rules that a test, or a case of it, says it proves."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    [function] = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == name]
    marks = [
        call
        for decorator in function.decorator_list
        for call in ast.walk(decorator)
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("mark.rule")
    ]
    return {ast.literal_eval(argument) for mark in marks for argument in mark.args}


@pytest.mark.parametrize(("rule", "module", "name", "file", "test"), DECLARED)
def test_what_is_claimed_is_declared_cited_and_tested(rule: str, module: str, name: str, file: str, test: str) -> None:
    assert hasattr(importlib.import_module(f"kehu_banking.{module}"), name)
    source = (ROOT / "plugins" / "banking" / "kehu_banking" / f"{module}.py").read_text(encoding="utf-8")
    assert f'"{rule}"' in source
    assert rule in rules_of(file, test)


@pytest.mark.parametrize(("rule", "file", "test"), BY_CORE)
def test_what_core_carries_is_tested(rule: str, file: str, test: str) -> None:
    assert rule in rules_of(file, test)


def test_every_rule_stands_there_once() -> None:
    rows = "\n".join(line for line in PAGE.splitlines() if re.match(r"\| S\d+\.R", line))
    told = Counter(re.findall(r"S\d+\.R\d\d", rows))
    assert told == Counter(f"{document}.R{n:02}" for document, most in RULES.items() for n in range(1, most + 1))
    assert (len(DECLARED), len(BY_CORE)) == (30, 5)
