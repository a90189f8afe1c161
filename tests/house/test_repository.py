"""Rules of the house that no other tool checks: what files may name, pins, reasons, doors of plugins."""

from __future__ import annotations

import ast
import configparser
import json
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
_MADE = {"__pycache__", "node_modules", "static", "build", "dist", "var"}
_KEPT_DOTTED = {".ci"}
_REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|yarnpkg\.com|npmmirror\.com|debian\.org|crates\.io|proxy\.golang\.org"
)
_MACHINE_PATH = re.compile(r"(?<![\w.:/~$)}-])/(?:work|root|home|Users|opt|mnt)/\w")


def repository_files() -> list[Path]:
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(
            name
            for name in folders
            if name not in _MADE
            and not name.endswith(".egg-info")
            and (not name.startswith(".") or name in _KEPT_DOTTED)
        )
        found += [Path(folder, name) for name in names if not name.endswith((".pyc", ".xls", ".xlsx", ".png"))]
    return found


def test_no_file_names_a_registry_or_a_path_of_one_machine() -> None:
    named = []
    for path in repository_files():
        text = path.read_text(encoding="utf-8")
        for pattern in (_REGISTRY, _MACHINE_PATH):
            named += [f"{path.relative_to(ROOT)}: {match.group()}" for match in pattern.finditer(text)]
    assert named == []


def distributions() -> list[Path]:
    return [ROOT / "pyproject.toml", ROOT / "core/pyproject.toml", *sorted(ROOT.glob("plugins/*/pyproject.toml"))]


def declared_requirements() -> list[Requirement]:
    """Everything that our own pyproject files ask for, extras included, without our own distributions."""
    found = []
    for path in distributions():
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        extras = data["project"].get("optional-dependencies", {}).values()
        lines = [*data["project"].get("dependencies", []), *(line for extra in extras for line in extra)]
        found += [Requirement(line) for line in lines]
    return [requirement for requirement in found if not requirement.name.startswith("kehu")]


def with_dependencies(requirements: list[Requirement]) -> dict[str, str]:
    """Canonical names of the requirements and of all that they need here, with the installed versions."""
    versions: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    waiting = [(requirement, extra) for requirement in requirements for extra in ("", *sorted(requirement.extras))]
    while waiting:
        requirement, extra = waiting.pop()
        name = canonicalize_name(requirement.name)
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        distribution = metadata.distribution(requirement.name)
        versions[name] = distribution.version
        environment = {**default_environment(), "extra": extra}
        for line in distribution.requires or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate(environment):
                waiting += [(needed, wanted) for wanted in ("", *sorted(needed.extras))]
    return versions


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {}
    for line in lines:
        if line and not line.startswith("#"):
            match = re.fullmatch(r"([A-Za-z0-9._-]+)==([A-Za-z0-9.+!]+)", line)
            assert match, f"not a pin: {line!r}"
            pinned[str(canonicalize_name(match[1]))] = match[2]
    return pinned


def test_every_package_that_is_installed_is_pinned() -> None:
    pinned = pins()
    differing = {
        name: version
        for name, version in with_dependencies(declared_requirements()).items()
        if pinned.get(name) != version
    }
    assert differing == {}, "install with constraints.txt, or renew it as its first lines say"


@pytest.mark.parametrize("folder", [path.parent for path in distributions()[1:]], ids=lambda folder: folder.name)
def test_a_distribution_declares_what_it_imports(folder: Path) -> None:
    """A fresh installation would fail otherwise; what others happen to bring along doesn't count."""
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [
        *project["dependencies"],
        *(line for extra in project.get("optional-dependencies", {}).values() for line in extra),
    ]
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    owners = metadata.packages_distributions()
    undeclared = set()
    for path in sorted(folder.glob("kehu*/**/*.py")):
        for top in {module.partition(".")[0] for module in imported_modules(path)}:
            named = {canonicalize_name(name) for name in owners.get(top, [top])}
            if top not in sys.stdlib_module_names and not top.startswith("kehu") and not named & declared:
                undeclared.add(f"{path.relative_to(ROOT)}: {top}")
    assert undeclared == set()


def test_every_dependency_has_its_reason() -> None:
    text = (ROOT / "docs/adr/0002-dependencies.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([^`]+)` \| \S.+ \|$", text, re.MULTILINE))
    declared = {requirement.name for requirement in declared_requirements()}
    for lock in sorted(ROOT.glob("t*/*/**/package.json")):
        if "node_modules" not in lock.parts:
            declared |= set(json.loads(lock.read_text(encoding="utf-8"))["dependencies"])
    assert explained == declared


@pytest.mark.parametrize("folder", ["tests/conformance/node", "tools/console"])
def test_node_locks_are_whole_and_name_no_host(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert [name for name, entry in packages.items() if "resolved" in entry or "integrity" not in entry] == []


def test_import_contracts_cover_every_plugin() -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter", encoding="utf-8")
    plugins = {path.name for path in ROOT.glob("plugins/*/kehu_*") if path.name.isidentifier()}
    listed = {
        "roots": contracts["importlinter"]["root_packages"],
        "core": contracts["importlinter:contract:no-plugin-in-core"]["forbidden_modules"],
        "door": contracts["importlinter:contract:plugin-door"]["source_modules"],
    }
    assert plugins
    assert {where: plugins - set(names.split()) for where, names in listed.items()} == {
        where: set() for where in listed
    }


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (f"kehu.{name.name}" for name in node.names) if node.module == "kehu" else (node.module,)


def test_tests_of_a_plugin_come_in_by_the_doors_for_plugins() -> None:
    doors = ("kehu.plugin", "kehu.testing")
    wrong = [
        f"{path.relative_to(ROOT)}: {module}"
        for path in sorted(ROOT.glob("plugins/*/tests/**/*.py"))
        for module in imported_modules(path)
        if module.partition(".")[0] == "kehu" and not module.startswith(doors)
    ]
    assert wrong == []


def test_no_test_is_left_out_by_hand() -> None:
    left_out = re.compile(r"mark\.(skip|skipif|xfail)\b|pytest\.(skip|xfail|importorskip)\(")
    found = [
        str(path.relative_to(ROOT))
        for folder in ("tests", "plugins")
        for path in sorted((ROOT / folder).rglob("test_*.py"))
        if path != Path(__file__) and left_out.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
