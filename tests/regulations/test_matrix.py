"""The rule matrix: 425 rules, and no way to close one by words alone."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import ModuleType

import pytest
from python_calamine import load_workbook

import kehu.app  # noqa: F401  # loads all of core that carries out rules
import kehu_realestate
from kehu.customers import plugin as core_plugin
from kehu.enforcement import enforces
from kehu.errors import DeclarationError, StartupError
from kehu.labels import Label
from kehu.plugin import Covers, Measure, Statement, Topic, hookimpl
from kehu.registry import Registry, load_registry
from kehu.regulations import DOCUMENTS, Line, State, check, load_rules, matrix
from kehu.regulations import matrix as _matrix_function
from kehu.testing import world

PROOFS = Path(__file__).parents[2] / "core" / "kehu" / "regulations" / "proofs.tsv"
MATRIX: ModuleType = sys.modules[_matrix_function.__module__]
RULES: ModuleType = sys.modules[load_rules.__module__]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry((core_plugin,), (kehu_realestate,))


def of(lines: tuple[Line, ...], rule: str) -> Line:
    [line] = [line for line in lines if line.rule.id == rule]
    return line


def reviewed(monkeypatch: pytest.MonkeyPatch, by: str, *rules: str) -> None:
    """As if these rules had been called done, and tests were marked with them."""
    tables = {"done.tsv": [[rule, by, "x"] for rule in rules], "proofs.tsv": [[rule, "t"] for rule in rules]}
    monkeypatch.setattr(MATRIX, "read", lambda name: iter(tables[name]))


def test_all_rules_are_there_with_their_expected_states() -> None:
    rules = load_rules()
    assert Counter(rule.expected for rule in rules) == {
        "enforced": 350, "default": 30, "attested": 6, "information": 25, "duplicate": 14,
    }  # fmt: skip
    assert {rule.document for rule in rules} == {document.id for document in DOCUMENTS}
    assert all(rule.phrase and rule.summary and rule.counts_as_done for rule in rules)
    assert all(re.search("[\u4e00-\u9fff]", rule.phrase) for rule in rules)
    assert len({rule.id for rule in rules}) == 425


def test_a_duplicate_knows_what_it_repeats() -> None:
    by_id = {rule.id: rule for rule in load_rules()}
    assert by_id["S13.R08"].same_as == ("S17.R08", "S17.R09", "S17.R10", "S17.R11")
    assert by_id["S13.R01"].same_as == ("S17.R01",)
    assert all(set(rule.same_as) <= by_id.keys() for rule in by_id.values())
    assert all(rule.same_as for rule in by_id.values() if rule.expected == "duplicate")


def test_a_changed_expectation_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = list(RULES.read("rules.tsv"))
    rows[7][4] = "information"
    monkeypatch.setattr(RULES, "read", lambda name: iter(rows))
    with pytest.raises(StartupError, match="reason and a reviewer"):
        load_rules.__wrapped__()


CLOSING = (
    # done.tsv, proofs.tsv → state, what the check says
    ({"S17.R08": "grades"}, {"S17.R08": "t"}, State.ENFORCED, ""),
    ({"S17.R08": "grades"}, {}, State.OPEN, "S17.R08 is called done, but no test is marked with it"),
    ({}, {"S17.R08": "t"}, State.OPEN, ""),
    ({"S17.R99": "nowhere"}, {}, State.OPEN, "done.tsv names S17.R99, which isn't there"),
    ({}, {"S17.R99": "t"}, State.OPEN, "a test is marked with S17.R99, which isn't there"),
    ({}, {"GYM.R01": "t"}, State.OPEN, ""),
)


@pytest.mark.parametrize(("seen", "proofs", "state", "told"), CLOSING)
def test_a_rule_is_closed_by_point_test_and_review_together(
    registry: Registry,
    monkeypatch: pytest.MonkeyPatch,
    seen: dict[str, str],
    proofs: dict[str, str],
    state: State,
    told: str,
) -> None:
    tables = {
        "done.tsv": [[rule, "band realestate.importance@1.A", where] for rule, where in seen.items()],
        "proofs.tsv": [[rule, test] for rule, test in proofs.items()],
    }
    monkeypatch.setattr(MATRIX, "read", lambda name: iter(tables[name]))
    lines = matrix(registry)
    assert of(lines, "S17.R08").state is state
    assert check(registry, lines) == ([told] if told else [])


def test_nothing_loaded_means_open(monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed(monkeypatch, "band realestate.importance@1.A", "S17.R08")
    bare = load_registry((core_plugin,), ())
    lines = matrix(bare)
    told = "S17.R08 is called done, but nothing that is loaded is the band realestate.importance@1.A and cites it"
    assert of(lines, "S17.R08").state is State.OPEN
    assert check(bare, lines) == [told]


def test_a_default_says_that_it_is_one(registry: Registry, monkeypatch: pytest.MonkeyPatch) -> None:
    """S14.R19 has to become a default; declared without one, it stays open."""
    [rule] = [rule for rule in load_rules() if rule.expected == "default"][:1]
    point = MATRIX.Point("form", "x", "kehu_x")
    for default, state in ((False, State.OPEN), (True, State.DEFAULT)):
        points = ((MATRIX.Point(point.kind, point.name, point.owner, default), (rule.id,)),)
        monkeypatch.setattr(MATRIX, "_points", lambda registry, points=points: iter(points))
        reviewed(monkeypatch, str(point), rule.id)
        assert of(matrix(registry), rule.id).state is state


def test_a_duplicate_is_closed_with_the_last_of_what_it_repeats(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    for done, state in ((("S17.R20",), State.OPEN), (("S17.R20", "S17.R21"), State.DUPLICATE)):
        reviewed(monkeypatch, "form realestate.visit", *done)
        assert of(matrix(registry), "S13.R12").state is state


def test_code_is_a_point_where_it_is_marked(registry: Registry) -> None:
    points = of(matrix(registry), "S17.R49").points
    assert any(point.kind == "code" and point.owner == "kehu" for point in points)
    with pytest.raises(DeclarationError, match="not the id of a rule"):
        enforces("S18.R01")


def test_proofs_are_what_the_tests_say(proofs_told: set[tuple[str, str]]) -> None:
    """`make golden` writes them: every mark of a collected test stands there, and every test named there exists."""
    stored = {tuple(line.split("\t")) for line in PROOFS.read_text(encoding="utf-8").splitlines()[1:]}
    assert proofs_told <= stored, "run: make golden"
    for _, test in stored:
        path, _, name = test.partition("::")
        source = PROOFS.parents[3].joinpath(path).read_text(encoding="utf-8")
        assert f"def {name.rpartition('::')[2]}(" in source, f"{test} is gone; run: make golden"


def kehu_rules(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from kehu.cli import main; main()", "--lang", "en", "rules", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_command_line_counts_lists_and_checks(tmp_path: Path) -> None:
    counted = kehu_rules()
    assert counted.returncode == 0
    assert " of 425 rules are closed" in counted.stdout
    listed = json.loads(kehu_rules("--document", "S17", "--json").stdout)
    assert len(listed) == 66
    assert {"rule", "state", "expected", "phrase", "points", "tests", "countsAsDone"} <= listed[0].keys()
    checked = kehu_rules("--check")
    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout
    unknown = kehu_rules("--document", "S99")
    assert (unknown.returncode, "DOCUMENT_UNKNOWN" in unknown.stderr) == (2, True)
    unknown = kehu_rules("--state", "finished")
    assert (unknown.returncode, "STATE_UNKNOWN" in unknown.stderr) == (2, True)

    target = tmp_path / "rules.xlsx"
    assert kehu_rules("--xlsx", str(target)).returncode == 0
    rows = load_workbook(str(target)).get_sheet_by_index(0).to_python()
    assert [len(rows), rows[0][0], rows[1][0], rows[425][0]] == [426, "Rule", "S1.R01", "S17.R66"]


RULES_QUERY = """query ($document: String) { regulations(document: $document) {
  document title { zh } rules { id state expected phrase countsAsDone tests seen points { kind name plugin default } }
} }"""


def test_an_auditor_reads_the_matrix_measures_and_roles(tmp_path: Path, sqlite_url: str) -> None:
    with world(tmp_path, sqlite_url, (kehu_realestate,)) as made:
        auditor = made.principal("schema:read")
        [document] = made.data(auditor, RULES_QUERY, document="S17")["regulations"]
        assert (document["document"], len(document["rules"])) == ("S17", 66)
        rule = document["rules"][7]
        assert (rule["id"], rule["expected"]) == ("S17.R08", "ENFORCED")
        assert {"kind": "band", "name": "realestate.importance@1.A", "plugin": "kehu_realestate", "default": False} in (
            rule["points"]
        )
        assert len(made.data(auditor, RULES_QUERY)["regulations"]) == 17
        told = made.data(auditor, "{ measures { document statements { topic } } roles { key scopes } }")
        assert {"measures", "roles"} == told.keys()

        wrong = made.ask(auditor, RULES_QUERY, document="S18")
        assert wrong["errors"][0]["extensions"]["code"] == "DOCUMENT_UNKNOWN"
        refused = made.ask(made.principal("customer.core:read"), RULES_QUERY, document="S17")
        assert refused["errors"][0]["extensions"]["code"] == "SCOPE_MISSING"


MEASURES = "query ($unit: String, $staff: String) { measures(unit: $unit, staff: $staff) { document } }"


def test_a_measure_is_found_for_whom_it_covers(tmp_path: Path, sqlite_url: str) -> None:
    """Scopes of measures as an examiner asks for them: by a unit's code, by a staff number."""
    plugin = ModuleType("kehu_covering")
    kinds = ((Covers.UNITS, ("BRANCH",)), (Covers.UNITS, ()), (Covers.STAFF, ("SALESPERSON",)), (None, ()))
    made = tuple(
        Measure(
            document=f"S{number}",
            version=1,
            title=Label("办法", "Measure"),
            statements=(Statement(Topic.SCOPE, Label("范围", "Scope"), (f"S{number}.R01",), (), covers, codes),),
        )
        for number, (covers, codes) in enumerate(kinds, start=1)
    )
    plugin.kehu_measures = hookimpl(specname="kehu_measures")(lambda: made)  # type: ignore[attr-defined]  # reason: made here
    with world(tmp_path, sqlite_url, (plugin, kehu_realestate)) as founded:
        auditor = founded.principal("schema:read")

        def found(**asked: str) -> set[str]:
            mine = {"S1", "S2", "S3", "S4"}
            return mine & {one["document"] for one in founded.data(auditor, MEASURES, **asked)["measures"]}

        assert found() == {"S1", "S2", "S3", "S4"}
        assert found(unit="P01") == {"S2"}
        assert found(staff="S001") == {"S3"}
        assert found(staff="C001") == set()
        assert founded.ask(auditor, MEASURES, unit="P99")["errors"][0]["extensions"]["code"] == "NOT_FOUND"
        outside = founded.principal("schema:read", unit="P01")
        assert founded.ask(outside, MEASURES, unit="P02")["errors"][0]["extensions"]["code"] == "NOT_FOUND"
