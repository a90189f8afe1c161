"""docs/operating.md: every setting, command, option and error code has its line, and none that isn't there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.core
import typer.main

from kehu.cli.main import cli
from kehu.imports.limits import Limits
from kehu.oauth.grants import MESSAGES
from kehu.settings import Settings

ROOT = Path(__file__).parents[2]
CORE = ROOT / "core" / "kehu"
PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
CODE = re.compile(r"(?=.{4})[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")
# What takes a stable code; a bare `__init__` is a subclass of Refused handing its own on.
TAKERS = {"Refused", "Unauthenticated", "Forbidden", "Conflict", "OverLimit", "Unavailable", "Problem", "ValueRefused"}
TAKERS |= {"Limit", "file_refused", "_refuse", "_unknown", "_forbidden", "_known", "_readable"}


def _names(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _carriers(path: Path) -> Iterator[ast.expr]:
    """The expressions of a module that may be, or hold, the code of an error."""
    takers = TAKERS | {"__init__"} if path.name == "errors.py" else TAKERS
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and _names(node.func) in takers:
            yield from (*node.args, *(k.value for k in node.keywords if k.arg == "code"))
        elif isinstance(node, ast.Dict):
            yield from (v for k, v in zip(node.keys, node.values, strict=True) if _is(k, "code"))
        elif isinstance(node, ast.AnnAssign) and node.value is not None and _names(node.target) == "code":
            yield node.value
        elif isinstance(node, ast.FunctionDef):
            named = node.args.args[len(node.args.args) - len(node.args.defaults) :]
            yield from (d for a, d in zip(named, node.args.defaults, strict=True) if a.arg == "code")
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2 and "Name(id='_" in ast.dump(node.elts[0]):
            yield node.elts[1]  # a label and its code


def _is(node: ast.expr | None, value: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def codes_in(path: Path) -> set[str]:
    texts = {n.value for c in _carriers(path) for n in ast.walk(c) if isinstance(n, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and CODE.fullmatch(text)}


def documented() -> list[str]:
    part = PAGE.partition("## Error codes")[2]
    return re.findall(r"^\| `([A-Z][A-Z0-9_]+)` \| .+\. \|$", part, re.MULTILINE)


def test_the_codes_are_found_where_they_are_raised() -> None:
    assert {"SYNTAX_ERROR", "TOO_MANY_TOKENS", "LITERAL_REFUSED"} <= codes_in(CORE / "graph/documents.py") | codes_in(
        CORE / "graph/checks.py"
    )
    assert {"STALE", "NOT_FOUND", "UNAUTHENTICATED"} <= codes_in(CORE / "errors.py")
    assert "UNKNOWN_SCOPE" in codes_in(CORE / "oauth/scopes.py")


def test_every_code_has_its_line_and_says_what_to_do() -> None:
    raised = set().union(*(codes_in(path) for path in CORE.rglob("*.py")))
    assert sorted(documented()) == sorted(raised)


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_every_error_of_the_token_endpoint_has_its_line(code: str) -> None:
    assert f"| `{code}` |" in PAGE


def test_every_setting_has_its_line() -> None:
    rows = re.findall(r"^\| `(KEHU_[A-Z_]+)` \| (?:empty|`(.*)`) \|", PAGE, re.MULTILINE)
    fields = {
        f"KEHU_{name.upper()}": "" if field.default in ("", None) else str(field.default)
        for name, field in Settings.model_fields.items()
    }
    assert dict(rows) == fields


def _commands(group: typer.core.TyperGroup, path: str) -> Iterator[tuple[str, list[str]]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, typer.core.TyperGroup):
            yield from _commands(command, f"{path} {name}")
        else:
            yield f"{path} {name}", [o for p in command.params for o in p.opts if o.startswith("--") and o != "--help"]


def commands() -> list[tuple[str, list[str]]]:
    top = typer.main.get_command(cli)
    assert isinstance(top, typer.core.TyperGroup)
    return list(_commands(top, "kehu"))


@pytest.mark.parametrize(("command", "options"), commands())
def test_every_command_and_option_is_documented(command: str, options: list[str]) -> None:
    assert re.search(rf"\b{command}\b", PAGE)
    assert [option for option in options if option not in PAGE] == []


def test_every_command_line_is_one_that_exists() -> None:
    known = dict(commands())
    lines = [line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.splitlines()]
    for line in (line.partition("#")[0] for line in lines if line.startswith("kehu ")):
        command = next(name for name in known if line.startswith(name))
        assert set(re.findall(r"--[a-z-]+", line)) <= set(known[command])


def test_the_limits_of_imports_are_the_numbers_of_the_code() -> None:
    limits = Limits()
    megabytes = 1024 * 1024
    row = next(line for line in PAGE.splitlines() if line.startswith("| import file |"))
    for number in (limits.file_bytes // megabytes, limits.unpacked_bytes // megabytes, limits.unpacked_ratio,
                   limits.sheets, limits.rows, limits.columns, limits.cells):  # fmt: skip
        assert f"{number:,}" in row
