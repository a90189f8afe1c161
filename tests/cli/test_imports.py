"""Templates, previews, reports and the correction queue on the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kehu.imports.sheets import open_sheets
from kehu.imports.source import Source

KEHU = [sys.executable, "-c", "from kehu.cli import main; main()"]
VISITORS = """姓名,联系电话,来访日期,从何而来,接待人
王示例,13900001111,2026-11-01,来访,S001
金丝雀,1390000,2026-11-01,来访,S001
钱示例,13900003333,2026-11-01,来访,S777
孙示例,转经理接,2026-11-01,来访,S001
"""


@pytest.mark.promise(8)
@pytest.mark.rule("S17.R66")
def test_from_a_template_to_an_empty_queue(tmp_path: Path) -> None:
    environment = os.environ | {"KEHU_DATA": str(tmp_path / "var"), "LANG": "en_US.UTF-8"}
    said: list[str] = []

    def kehu(*arguments: str, code: int = 0, given: str = "") -> str:
        done = subprocess.run(
            [*KEHU, *arguments], env=environment, cwd=tmp_path, input=given, capture_output=True, text=True,
            timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == code, (arguments, done.stdout, done.stderr)
        said.append(done.stdout + done.stderr)
        return said[-1]

    kehu("init")
    kehu("import", "--template", "realestate.visit", "--output", "empty.xlsx")
    [sheet, *_] = open_sheets(Source(tmp_path / "empty.xlsx"))
    assert "*Telephone" in next(iter(sheet.rows())).cells
    kehu("import", code=2)

    (tmp_path / "visits.csv").write_text(VISITORS, encoding="gb18030")
    visits = ("import", "visits.csv", "--form", "realestate.visit")
    shown = kehu(*visits, "--preview", code=2)
    assert "100%" in shown
    assert "not imported" in shown
    assert "COLUMN_MISSING" in shown
    chosen = (*visits, "--map", "从何而来=source")
    assert "source" in kehu(*chosen, "--preview")
    told = kehu(*chosen, "--report", "faults.xlsx", code=1)
    assert "REFERENCE_UNKNOWN" in told
    [faults] = open_sheets(Source(tmp_path / "faults.xlsx"))
    assert [row.cells[1] for row in faults.rows()][1:] == ["金丝雀", "钱示例", "孙示例"]

    listed = [line.split("│")[1].strip() for line in kehu("queue", "list").splitlines() if "MOBILE" in line]
    assert len(listed) == 2
    kehu("queue", "mend", listed[0], given="telephone=13900002222\n")
    kehu("staff", "add", "S777", "--unit", "P01", "--position", "SALESPERSON", given="示例销售员\n")
    assert "1 rows stored, 1 wait still" in kehu("queue", "retry")
    kehu("queue", "dismiss", listed[1], "--reason", "重复登记")
    assert "MOBILE" not in kehu("queue", "list")
    assert not [text for text in ("金丝雀", "钱示例", "13900002222") if any(text in one for one in said)]
