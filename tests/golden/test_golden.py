"""The golden files say what the code makes, and a release neither breaks clients nor protects less unnoticed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kehu.customers import plugin as core_plugin
from kehu.errors import DeclarationError
from kehu.graph.compat import accepted_changes, breaking_changes, changed_forms, weakened
from kehu.graph.golden import golden_files, write
from kehu.registry import Registry, installed_plugins, load_registry

SCHEMA = Path(__file__).resolve().parents[2] / "schema"
BASELINE = SCHEMA / "baseline"
FILES = ("kehu.graphql", "policy.json", "scopes.json")
Policy = dict[str, Any]  # reason: policy.json, which these tests edit


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry((core_plugin,), installed_plugins())


@pytest.fixture(scope="module")
def made(registry: Registry) -> dict[str, bytes]:
    return golden_files(registry)


@pytest.mark.parametrize("name", FILES)
def test_golden_file_is_what_the_code_makes(made: dict[str, bytes], name: str) -> None:
    assert (SCHEMA / name).read_bytes() == made[name], f"schema/{name} is stale: run `make golden`, read the difference"


def test_forms_are_what_the_code_makes(made: dict[str, bytes]) -> None:
    """What stands under an ``$id`` is in schema/forms; a form that changes gets a new version, so a new file."""
    assert form_files(SCHEMA) == {name: content for name, content in made.items() if name not in FILES}


def test_there_are_no_other_golden_files(made: dict[str, bytes]) -> None:
    assert {name for name in made if not name.startswith("forms/")} == set(FILES)
    assert {path.name for path in BASELINE.iterdir()} <= {*FILES, "forms"}


def form_files(folder: Path) -> dict[str, bytes]:
    return {f"forms/{path.name}": path.read_bytes() for path in (folder / "forms").glob("*.json")}


def test_write_touches_only_what_changed(registry: Registry, tmp_path: Path) -> None:
    assert {str(path.relative_to(tmp_path)) for path in write(registry, tmp_path)} == set(golden_files(registry))
    (tmp_path / "scopes.json").write_text("[]")
    assert [path.name for path in write(registry, tmp_path)] == ["scopes.json"]


def test_policy_has_one_line_per_field_sorted(registry: Registry, made: dict[str, bytes]) -> None:
    lines = [line.rstrip(",") for line in made["policy.json"].decode().splitlines() if line.startswith('{"field"')]
    names = [json.loads(line)["field"] for line in lines]
    assert names == sorted(f"{name}.{f.name}" for name, record in registry.records.items() for f in record.fields)


@pytest.mark.promise(2)
def test_declassifiers_of_the_policy_file_are_exactly_those_in_force(registry: Registry) -> None:
    written = json.loads((SCHEMA / "policy.json").read_bytes())["declassifiers"]
    assert written == [
        {"kind": d.kind, "name": d.name, "inputs": list(d.inputs), "cites": list(d.cites)}
        for d in registry.declassifiers
    ]
    assert {d["kind"] for d in written} == {"grade", "lookup", "mask", "match", "projection", "search", "uniqueness"}


def findings() -> tuple[str, ...]:
    def both(name: str) -> tuple[bytes, bytes]:
        return (BASELINE / name).read_bytes(), (SCHEMA / name).read_bytes()

    old, new = (text.decode() for text in both("kehu.graphql"))
    forms = changed_forms(form_files(BASELINE), form_files(SCHEMA))
    return (*breaking_changes(old, new), *weakened(*both("policy.json")), *forms)


def test_a_form_that_changed_under_its_version_is_found(made: dict[str, bytes]) -> None:
    name = "forms/realestate.visit.1.json"
    before = {name: made[name], "forms/gone.1.json": b"{}"}
    assert changed_forms(before, made) == ()
    shown = json.loads(made[name])
    shown["zh"]["uiSchema"]["ui:order"].reverse()
    assert changed_forms(before, {name: json.dumps(shown).encode()}) == ()
    shown["en"]["schema"]["required"].append("sex")
    assert changed_forms(before, {name: json.dumps(shown).encode()}) == ("FORM_CHANGED realestate.visit.1",)


def test_nothing_breaks_or_weakens_unless_accepted() -> None:
    accepted = accepted_changes((SCHEMA / "accepted-changes.txt").read_text(encoding="utf-8"))
    refused = [finding for finding in findings() if finding not in accepted]
    assert not refused, "undo these, or accept each with its reason in schema/accepted-changes.txt:\n" + "\n".join(
        refused
    )


def test_accepted_list_has_nothing_that_did_not_happen() -> None:
    accepted = accepted_changes((SCHEMA / "accepted-changes.txt").read_text(encoding="utf-8"))
    assert accepted <= set(findings())


def test_an_accepted_change_needs_a_reason() -> None:
    text = "# renamed, agreed with clients\nFIELD_GONE A.b\nFIELD_GONE A.c\n"
    assert accepted_changes(text) == {"FIELD_GONE A.b", "FIELD_GONE A.c"}
    for unexplained in ("FIELD_GONE A.b", "# a reason\n\nFIELD_GONE A.b", "#\nFIELD_GONE A.b"):
        with pytest.raises(DeclarationError, match="has no comment above it"):
            accepted_changes(unexplained)


OLD_SDL = """
directive @sensitive(level: Int!) on FIELD_DEFINITION
directive @retain(class: String!) on FIELD_DEFINITION
directive @cites(rules: [String!]!) on FIELD_DEFINITION
directive @purpose(code: String!) on QUERY
interface Node { id: ID! }
type Query { customer(id: ID): Customer, kind: Kind, result: Result, find(by: Search): Int }
type Customer implements Node {
  id: ID!
  name: String @sensitive(level: 3) @retain(class: "a") @cites(rules: ["S3.R03"])
}
type Problems { code: String! }
enum Kind { PERSON ORGANISATION }
union Result = Customer | Problems
input Search { name: String }
"""
SDL_EDITS = [
    ("name: String @", "nick: String @", "FIELD_REMOVED"),
    ("name: String @", "name: Int @", "FIELD_CHANGED_KIND"),
    ("type Problems { code: String! }", "scalar Problems", "TYPE_CHANGED_KIND"),
    ("(id: ID)", "(id: ID!)", "ARG_CHANGED_KIND"),
    ("(id: ID)", "", "ARG_REMOVED"),
    ("(id: ID)", "(id: ID, unit: ID!)", "REQUIRED_ARG_ADDED"),
    ("PERSON ", "", "VALUE_REMOVED_FROM_ENUM"),
    ("Customer | Problems", "Customer", "TYPE_REMOVED_FROM_UNION"),
    ("Customer implements Node", "Customer", "IMPLEMENTED_INTERFACE_REMOVED"),
    ("Search { name: String }", "Search { name: String, unit: ID! }", "REQUIRED_INPUT_FIELD_ADDED"),
    ("directive @purpose(code: String!) on QUERY", "", "DIRECTIVE_REMOVED"),
    ("@sensitive(level: 3)", "@sensitive(level: 2)", "DIRECTIVE_CHANGED Customer.name @sensitive"),
    ('@retain(class: "a")', "", "DIRECTIVE_GONE Customer.name @retain"),
]


@pytest.mark.parametrize(("was", "now", "kind"), SDL_EDITS, ids=[kind for *_, kind in SDL_EDITS])
def test_breaking_edit_is_found(was: str, now: str, kind: str) -> None:
    new = OLD_SDL.replace(was, now)
    if kind == "TYPE_CHANGED_KIND":
        new = new.replace("Customer | Problems", "Customer")
    found = breaking_changes(OLD_SDL, new)
    assert any(finding.startswith(kind) for finding in found), found
    assert all("\n" not in finding for finding in found)


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("nothing", "changed"),
        ("name: String @", "nick: Int, name: String @"),
        ("PERSON ", "PERSON STATE "),
        ("(id: ID)", "(id: ID, unit: ID)"),
        ('rules: ["S3.R03"]', 'rules: ["S3.R03", "S5.R02"]'),
        ("code: String! }", "code: String! @sensitive(level: 2) }"),
    ],
)
def test_compatible_edit_is_no_finding(was: str, now: str) -> None:
    assert breaking_changes(OLD_SDL, OLD_SDL.replace(was, now)) == ()


OLD: Policy = {
    "fields": [
        {"field": "C.mobile", "level": 3, "mask": "3+4", "sealed": True, "lookup": False, "audit": "FIELD",
         "area": "c.contact", "purposes": ["SERVICE"], "minimumYears": 10,
         "categories": ["S3.identity", "S3_class.sensitive"]},
        {"field": "C.kind", "level": 2, "mask": None, "sealed": False, "lookup": False, "audit": "PAYLOAD",
         "area": "c", "purposes": [], "minimumYears": None, "categories": []},
    ],
    "declassifiers": [{"kind": "grade", "name": "g@1", "inputs": ["C.kind"]}],
    "purposes": [{"code": "FOLLOW_UP", "condition": "owned"}, {"code": "SERVICE", "condition": None}],
    "retention": [{"class": "identity", "minimumYears": 10}, {"class": "marketing", "minimumYears": None}],
}  # fmt: skip
POLICY_EDITS: list[tuple[str, Callable[[Policy], object]]] = [
    ("LEVEL_LOWERED C.mobile: 3 to 2", lambda p: p["fields"][0].update(level=2)),
    ("MASK_REMOVED C.mobile", lambda p: p["fields"][0].update(mask=None)),
    ("MASK_CHANGED C.mobile: 3+4 to 7+2", lambda p: p["fields"][0].update(mask="7+2")),
    ("UNSEALED C.mobile", lambda p: p["fields"][0].update(sealed=False)),
    ("LOOKUP_ADDED C.mobile", lambda p: p["fields"][0].update(lookup=True)),
    ("PURPOSE_ADDED C.mobile: MARKETING", lambda p: p["fields"][0].update(purposes=["MARKETING", "SERVICE"])),
    ("AUDIT_LOWERED C.mobile: FIELD to PAYLOAD", lambda p: p["fields"][0].update(audit="PAYLOAD")),
    ("AREA_CHANGED C.mobile: c.contact to c", lambda p: p["fields"][0].update(area="c")),
    ("CATEGORY_DROPPED C.mobile: S3_class.sensitive", lambda p: p["fields"][0].update(categories=["S3.identity"])),
    ("RETENTION_SHORTENED C.mobile: 10 to 5", lambda p: p["fields"][0].update(minimumYears=5)),
    ("RETENTION_SHORTENED C.mobile: 10 to None", lambda p: p["fields"][0].update(minimumYears=None)),
    ("FIELD_GONE C.mobile", lambda p: p["fields"].pop(0)),
    ("DECLASSIFIER_ADDED lookup C.mobile",
     lambda p: p["declassifiers"].append({"kind": "lookup", "name": "C.mobile", "inputs": ["C.mobile"]})),
    ("DECLASSIFIER_WIDENED grade g@1: C.sum", lambda p: p["declassifiers"][0].update(inputs=["C.kind", "C.sum"])),
    ("PURPOSE_WIDENED FOLLOW_UP: no longer owned", lambda p: p["purposes"][0].update(condition=None)),
    ("RETENTION_SHORTENED class identity", lambda p: p["retention"][0].update(minimumYears=9)),
    ("RETENTION_SHORTENED class identity", lambda p: p["retention"].pop(0)),
]  # fmt: skip


def edited(edit: Callable[[Policy], object]) -> bytes:
    copy: Policy = json.loads(json.dumps(OLD))
    edit(copy)
    return json.dumps(copy).encode()


@pytest.mark.parametrize(("finding", "edit"), POLICY_EDITS, ids=[f"{n}-{f}" for n, (f, _) in enumerate(POLICY_EDITS)])
def test_weakening_edit_is_found_and_nothing_else(finding: str, edit: Callable[[Policy], object]) -> None:
    assert weakened(json.dumps(OLD).encode(), edited(edit)) == (finding,)


STRONGER: list[tuple[str, Callable[[Policy], object]]] = [
    ("nothing", lambda p: None),
    ("level", lambda p: p["fields"][1].update(level=3)),
    ("mask and first purposes", lambda p: p["fields"][1].update(mask="hidden", purposes=["SERVICE"])),
    ("sealed", lambda p: p["fields"][1].update(sealed=True)),
    ("audit", lambda p: p["fields"][1].update(audit="FIELD")),
    ("category", lambda p: p["fields"][1].update(categories=["S3.identity"])),
    ("retention", lambda p: p["fields"][1].update(minimumYears=3)),
    ("class", lambda p: p["retention"][1].update(minimumYears=1)),
    ("purpose gone from a field", lambda p: p["fields"][0].update(purposes=[])),
    ("purpose gone", lambda p: p["purposes"].pop(0)),
    ("declassifier gone", lambda p: p["declassifiers"].pop()),
    ("field", lambda p: p["fields"].append(p["fields"][1] | {"field": "C.new"})),
]


@pytest.mark.parametrize("edit", [edit for _, edit in STRONGER], ids=[name for name, _ in STRONGER])
def test_strengthening_edit_is_no_finding(edit: Callable[[Policy], object]) -> None:
    assert weakened(json.dumps(OLD).encode(), edited(edit)) == ()
