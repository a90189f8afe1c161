"""``kehu init --organisation``, ``kehu unit`` and ``kehu staff``: what is stated is what there is, or nothing is."""

from __future__ import annotations

import io
import re
import sys
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from kehu.app import Declared, Installation, create_app
from kehu.cli.main import cli
from kehu.cli.serve import serve
from kehu.cli.words import guarded
from kehu.errors import Conflict, Invalid
from kehu.founding import add_unit, administrator_of, place_of, staff_of
from kehu.organisation import read_organisation
from kehu.settings import Settings

EXAMPLE = (Path(__file__).parents[2] / "docs" / "organisation.example.toml").read_text(encoding="utf-8")
REGISTRY = Declared.by().registry
ENTITY = '[legal_entity]\ncode = "E"\nname = "示例"\n'
TOP = '[[units]]\ncode = "HQ"\nname = "总部"\nkind = "COMPANY"\n'
ADMINISTRATOR = '[[staff]]\ncode = "A1"\nname = "金丝雀"\nunit = "HQ"\nposition = "ADMINISTRATOR"\n'
GOOD = ENTITY + TOP + ADMINISTRATOR


class Told(NamedTuple):
    code: int
    out: str
    err: str


Kehu = Callable[..., Told]


@pytest.fixture
def kehu(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Kehu:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEHU_DATA", str(tmp_path / "var"))
    monkeypatch.setenv("KEHU_DATABASE_URL", database_url)
    # The process's logs would go on to this test's standard error after it is closed.
    monkeypatch.setattr("kehu.cli.words.configure_logs", lambda *_: None)

    def run(*arguments: str, typed: str = "") -> Told:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        code = guarded(lambda: cli(["--lang", "en", *arguments], standalone_mode=False))
        told = capsys.readouterr()
        return Told(code, told.out, told.err)

    return run


def unit(code: str, parent: str | None = None, kind: str = "PROJECT") -> str:
    above = "" if parent is None else f'parent = "{parent}"\n'
    return f'[[units]]\ncode = "{code}"\nname = "单元"\nkind = "{kind}"\n{above}'


def member(code: str, unit: str = "HQ", position: str = "SALESPERSON", name: str = "金丝雀") -> str:
    return f'[[staff]]\ncode = "{code}"\nname = "{name}"\nunit = "{unit}"\nposition = "{position}"\n'


def faults(text: str) -> list[tuple[str, str]]:
    """Code and place of each fault; what is said repeats no name."""
    with pytest.raises(Invalid) as refused:
        read_organisation(text.encode(), REGISTRY)
    problems = refused.value.problems
    assert "金丝雀" not in repr(problems)
    return [(problem.code, ".".join(str(part) for part in problem.path)) for problem in problems]


def ask(client: TestClient, basic: str, query: str) -> Any:
    credentials = {"Authorization": f"Basic {b64encode(basic.encode()).decode()}"}
    token = client.post("/oauth/token", data={"grant_type": "client_credentials"}, headers=credentials).json()
    bearer = {"Authorization": f"Bearer {token['access_token']}"}
    answer = client.post("/graphql", json={"query": query}, headers=bearer).json()
    assert "errors" not in answer, answer
    return answer["data"]


def test_what_the_file_states_is_what_is_served(kehu: Kehu, tmp_path: Path) -> None:
    file = tmp_path / "organisation.toml"
    file.write_text(EXAMPLE, encoding="utf-8")
    made = kehu("init", "--organisation", str(file))
    assert (made.code, made.err) == (0, "")
    assert "YUEHU (Asia/Shanghai): 3 units, 3 members of staff" in made.out
    assert all(code in made.out for code in ("EAST", "E01", "A100", "M100", "S100"))
    assert "示例销售员甲" not in made.out
    assert kehu("init", "--organisation", str(file)).err.startswith("SET_UP_ALREADY")

    below = kehu("unit", "add", "E02", "山前项目", "--kind", "PROJECT", "--parent", "EAST")
    assert (below.code, below.out) == (0, "Added the unit HQ.EAST.E02\n")
    assert kehu("unit", "add", "WEST", "西区", "--kind", "BRANCH").out.strip().endswith("HQ.WEST")
    added = kehu("staff", "add", "S101", "--unit", "E02", "--position", "SALESPERSON", typed="示例销售员乙\n")
    assert (added.code, "S101" in added.out, "示例销售员乙" in added.out + added.err) == (0, True, False)

    scopes = ("--scope", "organisation:read", "--scope", "organisation.staff:read", "--scope", "customer.core:read")
    account = kehu("client", "create", "desk", *scopes, "--purpose", "SERVICE", "--unit", "EAST", "--staff", "S101")
    basic = ":".join(re.findall(r"(kc_\w+|khs_[\w-]+)", account.out))
    with Installation.open(Settings()) as installation, TestClient(create_app(installation)) as client:
        assert administrator_of(installation) == staff_of(installation, "A100")
        assert str(installation.submissions.zone(place_of(installation).legal_entity)) == "Asia/Shanghai"
        data = ask(client, basic, "{ organisationUnits { nodes { code path } } staff { nodes { code name } } "
                                  "customers { totalCount } }")  # fmt: skip
    units, staff = (
        sorted(tuple(row.values()) for row in data[name]["nodes"]) for name in ("organisationUnits", "staff")
    )
    assert units == [("E01", "HQ.EAST.E01"), ("E02", "HQ.EAST.E02"), ("EAST", "HQ.EAST")]
    assert staff == [("S100", "示*****"), ("S101", "示*****")]
    assert data["customers"] == {"totalCount": 0}
    assert kehu("evidence", "verify").code == 0
    listed = kehu("evidence", "list", "--kind", "config").out
    assert [name in listed for name in ("init", "unit.add", "staff.add")] == [True] * 3


def test_of_a_faulty_file_nothing_is_made(kehu: Kehu, tmp_path: Path) -> None:
    file = tmp_path / "organisation.toml"
    file.write_text(ENTITY + TOP + unit("P 1", "HQ") + unit("P02", "NO") + ADMINISTRATOR, encoding="utf-8")
    told = kehu("init", "--organisation", str(file))
    assert (told.code, told.out) == (2, "")
    assert [line.split()[:2] for line in told.err.splitlines()] == [
        ["CODE_SHAPE", "units.2.code:"], ["UNIT_UNKNOWN", "units.3.parent:"],
    ]  # fmt: skip
    assert not (tmp_path / "var").exists()
    assert kehu("init").code == 0


@pytest.mark.parametrize(("arguments", "told"), [
    (("unit", "add", "P01", "项目", "--kind", "PROJECT"), "CODE_TWICE code"),
    (("unit", "add", "P9", "项目", "--kind", "SHOP", "--parent", "P8"), "CODE_UNKNOWN kind UNIT_UNKNOWN parent"),
    (("staff", "add", "S001", "--unit", "P01", "--position", "SALESPERSON"), "CODE_TWICE code"),
    (("staff", "add", "S 9", "--unit", "P9", "--position", "X"),
     "CODE_SHAPE code CODE_UNKNOWN position UNIT_UNKNOWN unit"),
    (("staff", "add", "13900001111", "--unit", "P01", "--position", "SALESPERSON"), "PERSONAL_IN_CLEAR code"),
])  # fmt: skip
def test_additions_are_checked_alike(kehu: Kehu, arguments: tuple[str, ...], told: str) -> None:
    assert kehu(*arguments, typed="金丝雀\n").code == 3
    kehu("init")
    refused = kehu(*arguments, typed="金丝雀\n")
    assert refused.code == 2
    assert " ".join(w.rstrip(":") for line in refused.err.splitlines() for w in line.split()[:2]) == told
    assert "金丝雀" not in refused.out + refused.err
    assert "add" not in kehu("evidence", "list", "--kind", "config").out


def test_a_faulty_name_is_refused_and_not_repeated(kehu: Kehu) -> None:
    kehu("init")
    refused = kehu("staff", "add", "S9", "--unit", "P01", "--position", "SALESPERSON", typed="金丝雀7\n")
    assert (refused.code, refused.err.split(":")[0]) == (2, "NAME_DIGIT name")
    assert "金丝雀" not in refused.out + refused.err


def test_of_two_who_add_one_code_at_once_one_is_refused(kehu: Kehu) -> None:
    kehu("init")
    with Installation.open(Settings()) as installation, ThreadPoolExecutor(4) as pool:
        stated = {"code": "P77", "name": "项目", "kind": "PROJECT"}
        asked = [pool.submit(add_unit, installation, stated) for _ in range(4)]
        refused = [error for one in asked if (error := one.exception()) is not None]
    assert [error.code for error in refused if isinstance(error, Invalid)] == ["CODE_TWICE"] * 3


def test_synthetic_customers_stay_out_of_a_real_organisation(kehu: Kehu, tmp_path: Path) -> None:
    file = tmp_path / "organisation.toml"
    file.write_text(GOOD, encoding="utf-8")
    assert kehu("init", "--organisation", str(file)).code == 0
    with pytest.raises(Conflict) as refused:
        serve(demo=True, host=None, port=0, customers=10)
    assert refused.value.code == "DEMO_REFUSED"


@pytest.mark.parametrize(("text", "told"), [
    ("", ["REQUIRED legal_entity", "REQUIRED units", "REQUIRED staff"]),
    ("legal_entity = 1\nunits = 2\nstaff = [3]",
     ["SHAPE_WRONG legal_entity", "SHAPE_WRONG units", "SHAPE_WRONG staff.1", "ADMINISTRATOR_MISSING staff"]),
    ("[legal_entity", ["TOML_INVALID "]),
    ("金丝雀 = 1", ["TOML_INVALID "]),
    ("a = " + "[" * 100_000, ["TOML_INVALID "]),
    ("owner = 1\n" + GOOD, ["UNKNOWN_FIELD owner"]),
    (GOOD + '"金丝雀" = 1\nphone = 2', ["UNKNOWN_FIELD staff.1", "UNKNOWN_FIELD staff.1.phone"]),
    ('[legal_entity]\ncode = "月湖"\nname = 7\ntime_zone = "Asia/Yuehu"\n' + TOP + ADMINISTRATOR,
     ["CODE_SHAPE legal_entity.code", "TEXT_EXPECTED legal_entity.name", "TIME_ZONE_UNKNOWN legal_entity.time_zone"]),
    (ENTITY + 'time_zone = "../etc/passwd"\n' + TOP + ADMINISTRATOR, ["TIME_ZONE_UNKNOWN legal_entity.time_zone"]),
    (ENTITY + TOP + "[[units]]\n" + ADMINISTRATOR,
     ["REQUIRED units.2.code", "REQUIRED units.2.name", "REQUIRED units.2.kind", "TOP_UNIT units.2.parent"]),
    (GOOD + "[[staff]]\n", [f"REQUIRED staff.2.{key}" for key in ("code", "name", "unit", "position")]),
    (GOOD + unit("HQ", "HQ"), ["CODE_TWICE units.2.code"]),
    (GOOD + member("A1"), ["CODE_TWICE staff.2.code"]),
    (GOOD + unit("P01", "HQ", "SHOP") + member("S1", position="SELLER"),
     ["CODE_UNKNOWN units.2.kind", "CODE_UNKNOWN staff.2.position"]),
    (GOOD + unit("P01", "NO") + member("S1", "P02"), ["UNIT_UNKNOWN units.2.parent", "UNIT_UNKNOWN staff.2.unit"]),
    (GOOD + unit("P01"), ["TOP_UNIT units.2.parent"]),
    (GOOD + unit("P01", "P01"), ["UNIT_CYCLE units.2.parent"]),
    (GOOD + unit("A", "B") + unit("B", "A") + unit("C", "A"),
     ["UNIT_CYCLE units.2.parent", "UNIT_CYCLE units.3.parent"]),
    (GOOD + unit("P.1", "HQ") + unit("P2", "P.1"), ["CODE_SHAPE units.2.code"]),
    (GOOD + unit("-P", "HQ") + unit("P" * 41, "HQ"), ["CODE_SHAPE units.2.code", "CODE_SHAPE units.3.code"]),
    (GOOD + "".join(unit(f"{n}{'P' * 39}", f"{n - 1}{'P' * 39}" if n else "HQ") for n in range(5)),
     ["PATH_LENGTH units.6.code"]),
    (ENTITY + TOP + member("S1"), ["ADMINISTRATOR_MISSING staff"]),
    (GOOD + member("S1", name="金丝雀1"), ["NAME_DIGIT staff.2.name"]),
    (GOOD + member("13900001111"), ["PERSONAL_IN_CLEAR staff.2.code"]),
])  # fmt: skip
def test_every_fault_is_told_at_once(text: str, told: list[str]) -> None:
    assert [f"{code} {place}" for code, place in faults(text)] == told


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Invalid) as refused:
        read_organisation(GOOD.encode("gb18030"), REGISTRY)
    assert refused.value.code == "TOML_INVALID"


def test_the_message_says_where_the_file_is_broken() -> None:
    with pytest.raises(Invalid) as refused:
        read_organisation(f"{ENTITY}金丝雀 = 1".encode(), REGISTRY)
    assert ("4:1" in refused.value.message.zh, "金丝雀" in str(refused.value.problems)) == (True, False)


@given(st.lists(st.integers(0, 7), max_size=8), st.randoms(use_true_random=False))
def test_units_may_stand_in_any_order(parents: list[int], random: Random) -> None:
    above = {f"U{n}": f"U{min(parent, n)}" if min(parent, n) < n else "HQ" for n, parent in enumerate(parents)}
    stated = [TOP, *(unit(code, parent) for code, parent in above.items())]
    random.shuffle(stated)
    made = read_organisation((ENTITY + "".join(stated) + ADMINISTRATOR).encode(), REGISTRY)
    placed: set[str | None] = {None}
    for one in made.units:
        assert one.parent in placed
        placed.add(one.code)
    assert placed == {None, "HQ", *above}
    assert "金丝雀" not in repr(made)
