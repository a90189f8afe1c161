"""The README of every plugin: each rule of its documents stands there once, and what is claimed is declared, cited
in the code, and tested by a test that says so."""

from __future__ import annotations

import ast
import importlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from kehu.customers import plugin as core_plugin
from kehu.registry import load_registry
from kehu.regulations import load_rules, matrix
from kehu.regulations.rules import read

ROOT = Path(__file__).parents[2]
DOCUMENTS = {
    "automotive": ("S12",),
    "b2b": ("S9", "S15"),
    "banking": ("S1", "S2", "S3", "S4", "S7", "S10"),
    "gas": ("S16",),
    "insurance": ("S5",),
    "realestate": ("S13", "S17"),
    "tobacco": ("S14",),
    "travel": ("S8", "S11"),
}
"""The documents that each plugin carries out; S6 is core's."""
WRITTEN = tuple(plugin for plugin in DOCUMENTS if (ROOT / "plugins" / plugin / "README.md").exists())
RULE = re.compile(r"S\d+\.R\d\d")
DECLARATION = re.compile(r"`(?:core: )?([\w.]+)\.(\w+)`")
PROOF = re.compile(r"`([\w/.]+\.py)(?:::(\w+))?`")
OPEN = ("Carried out in part", "Not in this release")
SAME = "The same again"
CORE = "Carried by core"


class Claim(NamedTuple):
    """A row that says that a rule is carried out: what declares it, and the tests that prove it."""

    rule: str
    declaration: str
    proofs: str


@cache
def rows(plugin: str) -> tuple[tuple[str, str], ...]:
    """Rows of the page that begin with a rule, each with the heading that it stands below."""
    found, heading = [], ""
    for line in (ROOT / "plugins" / plugin / "README.md").read_text(encoding="utf-8").splitlines():
        heading = line.removeprefix("## ") if line.startswith("## ") else heading
        if re.match(r"\| S\d+\.R\d\d", line):
            found.append((heading, line))
    return tuple(found)


def claims(plugin: str) -> list[Claim]:
    stated = [(h, line) for h, line in rows(plugin) if h not in OPEN and not h.startswith(SAME)]
    return [claim(heading, line) for heading, line in stated]


def claim(heading: str, line: str) -> Claim:
    """Rule, text, declaration and tests; what stands below CORE names no declaration of the plugin's."""
    cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
    if heading == CORE and len(cells) == 3:
        cells.insert(2, "core: code")
    assert len(cells) == 4, line
    return Claim(cells[0], *cells[2:])


def undeclared(claim: Claim, package: str) -> Iterator[str]:
    """What the row names that isn't there. Modules are the plugin's; what core carries out says ``core: …``."""
    named = DECLARATION.findall(claim.declaration)
    if not named and "core: " not in claim.declaration:
        yield f"{claim.rule}: names no declaration"
    for module, name in named:
        home = importlib.import_module(module if module.startswith("kehu.") else f"{package}.{module}")
        if not hasattr(home, name):
            yield f"{claim.rule}: {module} has no {name}"


def unproven(claim: Claim) -> Iterator[str]:
    """Whether no test that the row names says that it proves the rule."""
    proofs = PROOF.findall(claim.proofs)
    if not any(claim.rule in marked for file, name in proofs for marked in rules_of(ROOT / file, name)):
        yield f"{claim.rule}: no test of {claim.proofs} says that it proves it"


def rules_of(file: Path, name: str) -> Iterator[set[str]]:
    """The rules that each test of this name, or every test of the file, says it proves."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and name in ("", node.name):
            calls = [c for d in node.decorator_list for c in ast.walk(d) if isinstance(c, ast.Call)]
            given = [a for call in calls if ast.unparse(call.func).endswith("mark.rule") for a in call.args]
            arguments = ", ".join(ast.unparse(argument) for argument in given)
            yield set(eval(f"[{arguments}]"))  # reason: our own test's text, which may be a generator of rule ids


@pytest.mark.parametrize("plugin", WRITTEN)
def test_what_is_claimed_is_declared_cited_and_tested(plugin: str) -> None:
    package = f"kehu_{plugin}"
    importlib.import_module("kehu.app")  # what core carries out counts where it is loaded
    registry = load_registry((core_plugin,), (importlib.import_module(package),))
    points = {line.rule.id: line.points for line in matrix(registry)}
    wrong = []
    for one in claims(plugin):
        wrong += [*undeclared(one, package), *unproven(one)]
        if not points[one.rule]:
            wrong.append(f"{one.rule}: nothing that is loaded cites it")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("plugin", WRITTEN)
def test_what_is_claimed_is_what_the_matrix_calls_done(plugin: str) -> None:
    done = {rule for rule, _, _ in read("done.tsv") if rule.partition(".")[0] in DOCUMENTS[plugin]}
    assert {one.rule for one in claims(plugin)} == done


@pytest.mark.parametrize("plugin", WRITTEN)
def test_every_rule_stands_there_once(plugin: str) -> None:
    told = Counter(rule for _, line in rows(plugin) for rule in RULE.findall(line.split("|")[1]))
    assert told == Counter(rule.id for rule in load_rules() if rule.document in DOCUMENTS[plugin])


def test_a_copied_document_points_to_the_rules_that_it_copies() -> None:
    """S13 is the head of S17: each of its rules names the same ones as the catalogue does."""
    told = {
        rule: tuple(RULE.findall(line.split("|")[3]))
        for heading, line in rows("realestate")
        if heading.startswith(SAME)
        for rule in RULE.findall(line.split("|")[1])
    }
    assert told == {rule.id: rule.same_as for rule in load_rules() if rule.same_as}
    assert len(told) == 14


def test_every_plugin_has_its_page() -> None:
    assert tuple(DOCUMENTS) == WRITTEN
    assert {path.parent.name for path in ROOT.glob("plugins/*/pyproject.toml")} == set(DOCUMENTS)
