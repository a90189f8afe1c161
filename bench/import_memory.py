"""Memory of an import by the size of its file: peak resident memory and rows/s.

``python bench/import_memory.py [ROWS …]`` makes .csv (GB18030) and .xlsx files of made-up visitors, one row in fifty
faulty, and reads each in a process of its own as a dry run (opened, hashed, checked row by row); files of at most
10,000 rows it imports as well. ``--full`` imports all. Without sizes: 10,000 and 100,000; a million takes minutes.
The promise is memory that doesn't grow with the file.
"""

from __future__ import annotations

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from kehu.app import Installation
from kehu.customers.context import Request
from kehu.founding import acting, found, place_of
from kehu.imports.importer import Importer
from kehu.imports.limits import Limits
from kehu.settings import Settings

FORM = "realestate.visit"
SIZES = (10_000, 100_000)
IMPORTED_AT_MOST = 10_000
WRITTEN_WHOLE = 200_000
HEADER = ("客户姓名", "联系电话", "来访时间", "客户来源", "购买意向")
SURNAMES, GIVEN = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高", "伟芳娜敏静强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华"


def main(sizes: tuple[int, ...], *, full: bool) -> None:
    print(f"{'file':>16} {'MiB':>7} {'':>8} {'s':>8} {'rows/s':>8} {'peak MiB':>9}")
    for size in sizes:
        for kind in ("csv", "xlsx"):
            with tempfile.TemporaryDirectory() as folder:
                path = _write(Path(folder) / f"{size}.{kind}", size)
                for dry in (True, False) if full or size <= IMPORTED_AT_MOST else (True,):
                    _report(path, size, _measured(path, folder, dry=dry), dry=dry)


def _report(path: Path, size: int, measured: dict[str, float], *, dry: bool) -> None:
    mebibytes, rate = path.stat().st_size / 2**20, size / measured["seconds"]
    what = "dry run" if dry else "import"
    print(f"{path.name:>16} {mebibytes:7.1f} {what:>8} {measured['seconds']:8.1f} {rate:8.0f} {measured['peak']:9.0f}")


def _measured(path: Path, folder: str, *, dry: bool) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", str(path), "dry" if dry else "full"]
    environment = {**os.environ, "KEHU_DATA": str(Path(folder) / ("dry" if dry else "full"))}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    measured: dict[str, float] = json.loads(done.stdout)
    return measured


def one(path: Path, *, dry: bool) -> None:
    """Read one file in this process, and say how long it took and how much memory."""
    with Installation.open(Settings()) as installation:
        found(installation)
        request = Request(principal=acting(installation, place_of(installation), None), idempotency_key="bench")
        began = time.perf_counter()
        plan, problems = installation.imports.preview(request.principal, path, path.name, FORM, Limits())
        assert not problems
        report = Importer(installation.imports.sink(request, FORM)).run(plan, dry_run=dry)
        seconds = time.perf_counter() - began
    assert report.stored + report.bad + report.duplicates == report.rows
    print(json.dumps({"seconds": seconds, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}))


def _visitors(rows: int) -> Iterator[tuple[str, ...]]:
    for number in range(rows):
        name = SURNAMES[number % 20] + GIVEN[number // 20 % 24] + GIVEN[number // 480 % 24]
        mobile = "转经理接" if number % 50 == 0 else f"13{number % 1_000_000_000:09d}"
        yield name, mobile, "2026-03-05 14:30", "来访", "是" if number % 2 else "否"


def _write(path: Path, rows: int) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="gb18030", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow(HEADER)
            sheet.writerows(_visitors(rows))
        return path
    # With shared strings, as Excel saves it; above a size the writer itself would need gigabytes.
    with xlsxwriter.Workbook(path, {"constant_memory": rows > WRITTEN_WHOLE}) as book:
        sheet = book.add_worksheet("来访登记")
        for number, cells in enumerate((HEADER, *_visitors(rows))):
            sheet.write_row(number, 0, cells)
    return path


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]), dry=sys.argv[3] == "dry")
    else:
        main(tuple(int(n) for n in sys.argv[1:] if n.isdigit()) or SIZES, full="--full" in sys.argv)
