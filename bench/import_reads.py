"""Reads during a long import: p99 of a masked query while idle and while a spreadsheet is imported.

``python bench/import_reads.py [ROWS]``: starts the server as users do, reads in alternating phases, imports with
``kehu import`` in a process of its own. The promise is p99 during ≤ 3 × p99 idle (a figure to report, no test).
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import httpx

from kehu.demo import people
from kehu.demo.people import Person

QUERY = """query ($first: Int) {
  customers(first: $first) { nodes { id name stage contacts { mobile } grades { band } } }
}"""
PAUSE = 0.01
IDLE_SECONDS = 8.0


def main(rows: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "KEHU_DATA": folder, "KEHU_LANG": "en"}
        kehu = [str(Path(sys.executable).with_name("kehu"))]
        log = Path(folder) / "serve.log"
        with log.open("wb") as out:
            command = [*kehu, "--lang", "en", "run", "--demo", "--port", "0"]
            server = subprocess.Popen(command, stdout=out, stderr=out, env=environment)
        try:
            base, client, secret = _ready(log, server)
            sheet = _visitors(Path(folder) / "visitors.csv", rows)
            with httpx.Client(base_url=base, timeout=60) as http:
                token = _token(http, client, secret)
                _phase(http, token, 2.0, None)
                idle = _phase(http, token, IDLE_SECONDS, None)
                started = time.perf_counter()
                importing = subprocess.Popen(
                    [*kehu, "import", str(sheet), "--form", "realestate.visit"],
                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
                )  # fmt: skip
                busy = _phase(http, _token(http, client, secret), 300.0, importing)
                seconds = time.perf_counter() - started
                importing.communicate()
                after = _phase(http, _token(http, client, secret), IDLE_SECONDS, None)
        finally:
            server.terminate()
            server.wait(20)
    _report(rows, seconds, {"idle before": idle, "during import": busy, "idle after": after})


def _ready(log: Path, server: subprocess.Popen[bytes]) -> tuple[str, str, str]:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and server.poll() is None:
        text = log.read_text(errors="replace")
        found = re.search(r"curl -s -u (\S+):(\S+) -d grant_type=client_credentials (http://[^/]+)/", text)
        if found and "startup complete" in text:
            return found[3], found[1], found[2]
        time.sleep(0.1)
    raise SystemExit(f"the server didn't start:\n{log.read_text(errors='replace')[-2000:]}")


def _token(http: httpx.Client, client: str, secret: str) -> str:
    answer = http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=(client, secret))
    return str(answer.raise_for_status().json()["access_token"])


def _visitors(path: Path, rows: int) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["客户姓名", "联系电话", "来访时间", "客户来源", "购买意向"])
        for number, one in enumerate(p for p in people(rows * 2, seed=77) if isinstance(p, Person)):
            if number == rows:
                break
            sheet.writerow([one.name, one.mobile, "2026-03-05 14:30", "来访", "是" if number % 2 else "否"])
    return path


def _phase(http: httpx.Client, token: str, most: float, until: subprocess.Popen[bytes] | None) -> list[float]:
    """Read once every 10 ms or so; seconds of each."""
    headers = {"Authorization": f"Bearer {token}"}
    taken: list[float] = []
    end = time.monotonic() + most
    while time.monotonic() < end and (until is None or until.poll() is None):
        begun = time.perf_counter()
        answer = http.post("/graphql", json={"query": QUERY, "variables": {"first": 20}}, headers=headers)
        taken.append(time.perf_counter() - begun)
        if answer.status_code != 200 or "errors" in answer.json():
            raise SystemExit(f"a read failed: {answer.text[:500]}")
        time.sleep(PAUSE)
    return taken


def _report(rows: int, seconds: float, phases: dict[str, list[float]]) -> None:
    figures = {
        name: {
            "reads": len(t),
            "p50_ms": round(median(t) * 1000, 1),
            "p99_ms": round(sorted(t)[int(len(t) * 0.99)] * 1000, 1),
        }
        for name, t in phases.items()
    }
    idle = min(figures["idle before"]["p99_ms"], figures["idle after"]["p99_ms"])
    ratio = figures["during import"]["p99_ms"] / idle
    print(f"{rows} rows in {seconds:.1f} s ({rows / seconds:.0f} rows/s)")
    for name, figure in figures.items():
        print(f"  {name:14} {json.dumps(figure)}")
    print(f"p99 during import ÷ p99 idle (the lower of both): {ratio:.2f} (promise: ≤ 3)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
