"""The command line as people use it: separate processes on one database."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
KEHU = [sys.executable, "-c", "from kehu.cli import main; main()"]
VISITORS = """姓名,联系电话,来访日期,客户来源,接待人
王示例,13900001111,2026-11-01,来访,S001
金丝雀,1390000,2026-11-01,来访,S001
"""


@pytest.fixture
def environment(tmp_path: Path, database_url: str) -> dict[str, str]:
    return os.environ | {"KEHU_DATA": str(tmp_path / "var"), "KEHU_DATABASE_URL": database_url, "LANG": "zh_CN.UTF-8"}


@pytest.fixture
def kehu(environment: dict[str, str], tmp_path: Path) -> Run:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*KEHU, *arguments], env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
        )

    return run


def test_from_nothing_to_verified_evidence(kehu: Run, tmp_path: Path) -> None:
    before = kehu("client", "list")
    assert (before.returncode, kehu("evidence", "list").returncode) == (0, 0)
    refused = kehu("client", "create", "x", "--scope", "customer.core:read")
    assert refused.returncode == 3, refused.stderr
    assert "kehu init" in refused.stderr
    assert kehu("init").returncode == 0
    assert kehu("init").returncode == 2

    made = kehu(
        "client", "create", "测试账号", "--scope", "customer.core:read", "--purpose", "SERVICE", "--unit", "P01"
    )
    client_id, secret = re.findall(r"(kc_\w+|khs_[\w-]+)", made.stdout)
    listed = kehu("client", "list")
    assert client_id in listed.stdout
    assert secret not in listed.stdout
    again = kehu("client", "create", "测试账号", "--scope", "customer.core:read")
    assert (again.returncode, again.stderr.split()[0]) == (2, "CLIENT_NAME_TAKEN")
    wrong = kehu("--lang", "en", "client", "create", "y", "--scope", "no.such:read")
    assert (wrong.returncode, "There is no scope" in wrong.stderr) == (2, True)

    file = tmp_path / "来访.csv"
    file.write_text(VISITORS, encoding="utf-8")
    checked = kehu("import", str(file), "--form", "realestate.visit", "--unit", "P01", "--dry-run")
    assert checked.returncode == 1
    report = kehu("import", str(file), "--form", "realestate.visit", "--unit", "P01")
    assert report.returncode == 1
    assert "CSV!B3" in report.stdout
    assert "MOBILE_LENGTH" in report.stdout
    known = kehu("import", str(file), "--form", "realestate.visit", "--unit", "P01")
    assert "已导入过" in known.stdout
    assert kehu("import", str(file), "--form", "no.form").returncode == 2

    assert kehu("client", "rotate", client_id).returncode == 0
    assert kehu("client", "disable", client_id).returncode == 0
    assert kehu("client", "disable", "kc_" + "0" * 24).returncode == 2
    assert "0" in kehu("--lang", "en", "duplicates", "find").stdout
    whole = kehu("evidence", "verify")
    assert (whole.returncode, "完整" in whole.stdout) == (0, True)
    imports = kehu("--lang", "en", "evidence", "list", "--kind", "import")
    assert imports.stdout.count("kehu-cli") == 1
    for result in (checked, report, known, whole, imports):
        assert not any(canary in result.stdout + result.stderr for canary in ("金丝雀", "1390000", "王示例"))


@pytest.mark.promise(8)
def test_an_unexpected_error_shows_its_kind_and_no_value(kehu: Run, tmp_path: Path, database_url: str) -> None:
    assert kehu("init").returncode == 0
    ring = tmp_path / "var" / "keyring.json"
    ring.write_text(ring.read_text().replace("kehu-key-ring", "金丝雀"))
    told = kehu("client", "list")
    assert told.returncode == 3
    assert "金丝雀" not in told.stdout + told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("arguments", [["import"], ["no-such"], ["--lang", "fr", "client", "list"]])
def test_wrong_usage_is_told_without_a_traceback(arguments: list[str], tmp_path: Path) -> None:
    environment = os.environ | {"KEHU_DATA": str(tmp_path / "var")}
    told = subprocess.run([*KEHU, *arguments], env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert told.returncode == 2
    assert "Traceback" not in told.stderr
    assert "UNEXPECTED" not in told.stderr
    assert not (tmp_path / "var").exists()


def ask(url: str, body: bytes, headers: dict[str, str]) -> Any:
    request = urllib.request.Request(url, body, headers)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.loads(response.read())


def test_run_prints_what_works(environment: dict[str, str], tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    with output.open("wb") as out, (tmp_path / "err.txt").open("wb") as err:
        arguments = [*KEHU, "run", "--demo", "--port", "0", "--customers", "60"]
        server = subprocess.Popen(arguments, env=environment, cwd=tmp_path, stdout=out, stderr=err)
    try:
        until = time.monotonic() + 90
        while "Application startup complete" not in (tmp_path / "err.txt").read_text() and server.poll() is None:
            assert time.monotonic() < until
            time.sleep(0.1)
        text = output.read_text()
        base = re.findall(r"(http://127\.0\.0\.1:\d+)/graphql", text)[0]
        client_id, secret = re.findall(r"-u (kc_\w+):(khs_[\w-]+)", text)[0]
        basic = b64encode(f"{client_id}:{secret}".encode()).decode()
        form = {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded"}
        token = ask(f"{base}/oauth/token", b"grant_type=client_credentials", form)["access_token"]
        bearer = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        masked, reveal = (
            ask(f"{base}/graphql", body.encode(), bearer) for body in re.findall(r"--data-binary '(.*)'", text)
        )
        assert "****" in json.dumps(masked)
        assert "****" not in json.dumps(reveal["data"])
        code = re.findall(r"#code=([\w-]+)", text)[0]
        session = json.dumps({"code": code}).encode()
        assert ask(f"{base}/console/session", session, {"Content-Type": "application/json"})["access_token"]
        with pytest.raises(urllib.error.HTTPError):
            ask(f"{base}/13900001111?secret=金丝雀".replace("金丝雀", "canary"), b"{}", bearer)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)
    log = (tmp_path / "err.txt").read_text()
    names = [edge["node"]["name"] for edge in reveal["data"]["customers"]["edges"]]
    for canary in (secret, token, code, "13900001111", "canary", "客户来电核对联系方式", *filter(None, names)):
        assert canary not in log
