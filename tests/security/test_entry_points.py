"""There is no second way to clear text: every entry point stands here with the reason why it may exist.

A new route, command or function that opens values fails these tests until it is listed, and so looked at.
"""

from __future__ import annotations

import ast
import importlib.util
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from starlette.routing import Mount, Route

import kehu
import kehu_realestate
from kehu import plugin
from kehu.app import create_app
from kehu.cli.main import cli
from kehu.testing import World

from .callers import over_http

pytestmark = pytest.mark.promise(2, 3)

ROUTES = {
    "GET,POST /graphql": "the executor: decisions, then evidence, then bytes; other methods answer 405",
    "POST /oauth/token": "tokens only; no customer data",
    "POST /oauth/revoke": "tokens only; no customer data",
    "POST /files": "asks GraphQL for the content's clear text first; then the sealed chunks, one at a time",
    "POST /console/session": "trades the administrator's one-time code for a token",
    "GET /oauth/jwks": "public keys",
    "GET /.well-known/oauth-authorization-server": "metadata",
    "GET /.well-known/oauth-protected-resource": "metadata",
    "GET /.well-known/oauth-protected-resource/graphql": "metadata",
    "GET /console": "a page without data; it asks GraphQL like any client",
    "* /console/assets": "the page's files",
}
COMMANDS = {
    "run": "serves the routes above; prints a one-time link and a demo client's secret",
    "init": "makes the organisation; prints paths",
    "unit add": "prints the unit's code",
    "staff add": "takes the name from standard input; prints the staff number",
    "client create": "prints the new secret once",
    "client list": "names of clients, scopes, purposes; no customer data",
    "client disable": "prints the id",
    "client rotate": "prints the new secret once",
    "grade run": "prints counts",
    "grade what-if": "prints counts by pair of bands; writes nothing",
    "grade standards": "thresholds; no customer data",
    "grade propose": "takes thresholds; prints a number",
    "grade decide": "prints a state; regrades as every write does",
    "db status": "versions of the database's shape",
    "db upgrade": "changes tables; opens nothing",
    "db revision": "writes a migration for a developer; reads shapes only",
    "import": "reads a file of its caller's; its report names cells and codes, never values (test_canaries)",
    "queue list": "where rows stand that couldn't be stored, and codes of what is wrong; never values",
    "queue mend": "takes values from standard input; prints no value",
    "queue retry": "counts",
    "queue dismiss": "prints nothing of the row",
    "duplicates find": "compares blind indexes; prints a count",
    "evidence list": "entries hold pseudonyms and codes only (test_evidence_promise)",
    "evidence verify": "counts and hashes",
    "schema": "declarations only",
    "rules": "declarations and names of tests only",
}
OPENERS = {
    "kehu.access.fetch": "the vault's pages, decided by the plan; shown by access.output",
    "kehu.crypto.sealed": "opens one blob with its key",
    "kehu.customers.acts": "who proposed and in what state a judgement is, for a decision; never answered",
    "kehu.customers.correcting": "puts stored values where their own masks were sent back; writes, answers nothing",
    "kehu.customers.drafts": "a caller's own draft, which only its author gets; each reading goes on record",
    "kehu.graph.differing": "shows each value by the decision about its field, on record",
    "kehu.customers.differing": "what forms said differently; graph.differing decides about each value",
    "kehu.customers.files": "chunks of a file whose content GraphQL has just shown clear to this caller",
    "kehu.customers.corrections": "rows that wait, to check them again or for graph.imports, which shows by policy",
    "kehu.customers.inputs": "compares what was sent with what is stored; answers codes",
    "kehu.customers.kept": "rows that couldn't be stored, and names of files, for corrections",
    "kehu.customers.matching": "the caller's own values, to find whom they are about",
    "kehu.customers.merging": "compares a submission with what is stored; answers nothing",
    "kehu.customers.submit": "with whom a customer is linked, to see who of them is in scope; ids only",
    "kehu.forms.submission": "the caller's own answers, on which further questions depend",
    "kehu.imports.reading": "the caller's own file, to know its rows again",
    "kehu.store.vault": "the one place that seals and opens",
    "kehu.store.work": "writes, and reads for decisions inside a transaction; answers versions",
}
"""Modules that name a function which gives clear values (`opened`, `open_page`, `open_plain`, `open_row` and more)."""
_OPENING = {"opened", "open_names", "open_page", "open_plain", "open_row"}


def _routes(world: World) -> Iterator[str]:
    for route in create_app(world.installation).routes:
        if isinstance(route, Mount):
            yield f"* {route.path}"
        else:
            assert isinstance(route, Route), route
            methods = set(route.methods or ()) - {"HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"}
            yield f"{','.join(sorted(methods))} {route.path}"


def test_every_route_is_known(kehu: World) -> None:
    assert set(_routes(kehu)) == set(ROUTES)


def test_methods_that_graphql_does_not_serve_reach_no_executor(kehu: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, headers = over_http(kehu, "customer.core:read")
    monkeypatch.setattr(type(kehu.installation.executor), "execute", None)
    for method in ("PUT", "PATCH", "DELETE"):
        assert (
            client.request(method, "/graphql", json={"query": "{ viewer { client } }"}, headers=headers).status_code
            == 405
        )


def test_without_a_token_there_is_no_answer(kehu: World) -> None:
    client, _ = over_http(kehu, "customer.core:read")
    for headers in ({}, {"authorization": "Bearer x"}, {"authorization": "Basic eDp4"}):
        for answer in (
            client.post("/graphql", json={"query": "{ viewer { client } }"}, headers=headers),
            client.get("/graphql", params={"query": "{ __typename }"}, headers=headers),
            client.post("/files", json={"file": "x", "purpose": "SERVICE", "reason": "y z"}, headers=headers),
        ):
            assert answer.status_code == 401
            assert "data" not in answer.json()
            assert answer.headers["www-authenticate"].startswith("Bearer")


def test_every_command_is_known() -> None:
    assert set(_commands(typer.main.get_command(cli), ())) == set(COMMANDS)


def _commands(command: object, above: tuple[str, ...]) -> Iterator[str]:
    below = getattr(command, "commands", None)
    if below is None:
        yield " ".join(above)
        return
    for name, inner in below.items():
        yield from _commands(inner, (*above, name))


def _modules(package: object) -> Iterator[tuple[str, Path]]:
    paths, name = list(package.__path__), package.__name__  # type: ignore[attr-defined]  # reason: a package
    for found in pkgutil.walk_packages(paths, f"{name}."):
        module = importlib.util.find_spec(found.name)
        assert module is not None
        assert module.origin is not None
        yield found.name, Path(module.origin)


def _names(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        n.attr if isinstance(n, ast.Attribute) else n.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Attribute | ast.Name)
    }


def test_every_module_that_can_open_a_value_is_known() -> None:
    found = {name for name, path in _modules(kehu) if _names(path) & _OPENING}
    assert found == set(OPENERS), "say in OPENERS why a module may open values, or take it out"


def test_a_plugin_opens_nothing() -> None:
    """Plugins import declarations; what opens values, an engine or the executor isn't among them (promise 9)."""
    assert not set(vars(plugin)) & (_OPENING | {"Engine", "Engines", "Vault", "Executor", "UnitOfWork", "KeyRing"})
    for name, path in _modules(kehu_realestate):
        assert not _names(path) & _OPENING, name


def test_clear_values_leave_through_the_executor_alone() -> None:
    """`Fetch` is made in one place, the operation's context, and that in one place, the executor."""
    makers: dict[str, set[str]] = {"Fetch": set(), "OperationContext": set(), "shown": set()}
    for name, path in _modules(kehu):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
                makers[node.func.id].add(name)
    assert makers["Fetch"] == {"kehu.graph.operation"}
    assert makers["OperationContext"] == {"kehu.graph.execute"}
    assert makers["shown"] == {"kehu.access.output"}
