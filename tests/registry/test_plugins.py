"""A plugin can only add: whatever else it tries stops start-up, with its name, the declaration and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import ModuleType

import pytest

import kehu_realestate
from kehu.customers import plugin as core_plugin
from kehu.customers.records import RECORDS
from kehu.errors import ClashError, DeclarationError, StartupError
from kehu.graph.schema import build_schema
from kehu.plugin import (
    Flag,
    Mobile,
    Owner,
    Purpose,
    ScopeDeclaration,
    field,
    hookimpl,
)
from kehu.registry import load_registry

from .bad_plugins import BAD, BETWEEN_PLUGINS
from .samples import CITES, LABEL, Bad, form, grading, load, plugin, record, scheme

pytestmark = pytest.mark.promise(1, 9)


@pytest.mark.rule("S3.R03", "S3.R08", "S6.R12")
@pytest.mark.parametrize("bad", BAD, ids=[bad.id for bad in BAD])
def test_bad_plugin_stops_startup(bad: Bad) -> None:
    with pytest.raises(StartupError) as caught:
        load(plugin(**bad.hooks))
    assert isinstance(caught.value, bad.error), caught.value
    message = str(caught.value)
    for words in ("kehu_sample", *bad.says):
        assert words in message, message


@pytest.mark.parametrize(
    ("first", "second"), [case[1:] for case in BETWEEN_PLUGINS], ids=[c[0] for c in BETWEEN_PLUGINS]
)
def test_two_plugins_cannot_claim_one_name(first: Mapping[str, object], second: Mapping[str, object]) -> None:
    one_, other = plugin("kehu_alpha", **first), plugin("kehu_beta", **second)
    load(one_), load(other)
    messages = set()
    for order in ((one_, other), (other, one_)):
        with pytest.raises(ClashError) as caught:
            load(*order)
        messages.add(str(caught.value))
    [message] = messages
    assert "kehu_alpha" in message
    assert "kehu_beta" in message
    assert re.search(r"rename (one|it|them)", message)


def test_hook_without_its_mark_is_refused() -> None:
    module = ModuleType("kehu_sample")
    module.kehu_records = lambda: (record(),)  # type: ignore[attr-defined]  # reason: what a forgetful author writes
    with pytest.raises(
        DeclarationError, match="kehu_sample: kehu_records would never be called; put @hookimpl above it"
    ):
        load(module)


def test_hook_with_arguments_is_refused() -> None:
    module = ModuleType("kehu_sample")
    module.kehu_records = hookimpl(lambda session: ())  # type: ignore[attr-defined]  # reason: a hook takes nothing
    with pytest.raises(StartupError, match="kehu_sample"):
        load(module)


def test_one_plugin_twice_is_refused() -> None:
    module = plugin(records=(record(),))
    with pytest.raises(StartupError, match="kehu_sample"):
        load(module, module)


def test_a_good_plugin_is_loaded() -> None:
    registry = load(
        plugin(
            records=(
                record("SampleCard", field("lucky", Flag, "幸运", "Lucky"), field("mobile", Mobile, "手机", "Mobile")),
            ),
            schemes=(scheme(), scheme("sample.level", "HIGH", "LOW")),
            forms=(form(),),
            gradings=(grading(), grading(version=2)),
            purposes=(Purpose(code="FUN", label=LABEL, cites=CITES),),
            scopes=(ScopeDeclaration("sample:read", LABEL),),
        )
    )
    assert registry.owner("record", "SampleCard") == "kehu_sample"
    assert [g.version for g in registry.current_gradings] == [2]
    assert {"lookup", "mask"} <= {d.kind for d in registry.declassifiers if "SampleCard.mobile" in d.name}


def test_entity_owned_record_has_no_provenance() -> None:
    registry = load(plugin(records=(record("SampleShelf", owner=Owner.ENTITY, parent=None, accessor=None),)))
    assert [f.name for f in registry.records["SampleShelf"].fields] == ["colour"]


def _types(sdl: str) -> dict[str, str]:
    """SDL definitions by their first line."""
    parts = re.split(r"\n\n(?=\"\"\"|type |input |enum |union |scalar |directive |interface )", sdl)
    found = {}
    for part in parts:
        head = re.search(r"^(type|input|enum|union|scalar|directive|interface) @?\w+", part, re.MULTILINE)
        assert head, part
        found[head.group()] = part
    return found


def test_a_plugin_only_adds_to_the_schema_of_core() -> None:
    alone, both = _types(build_schema(load()).sdl), _types(build_schema(load(kehu_realestate)).sdl)
    assert alone.keys() < both.keys()
    for head, text in alone.items():
        missing = [line for line in text.splitlines() if line not in both[head].splitlines()]
        assert not missing, f"{head} lost {missing}"


def test_a_plugin_changes_no_policy_of_core() -> None:
    alone, both = load(), load(kehu_realestate)
    for name, core in alone.records.items():
        assert both.records[name] == core
    assert {name: both.purposes[name] for name in alone.purposes} == dict(alone.purposes)
    assert {name: both.retention[name] for name in alone.retention} == dict(alone.retention)
    assert alone.policy_hash != both.policy_hash
    assert load().policy_hash == alone.policy_hash


def test_order_of_plugins_does_not_matter() -> None:
    a = plugin(
        "kehu_alpha", records=(record("AlphaCard"),), schemes=(scheme("alpha.kind", "LOUD", extends="judgement.kind"),)
    )
    b = plugin(
        "kehu_beta", records=(record("BetaCard"),), schemes=(scheme("beta.kind", "SOFT", extends="judgement.kind"),)
    )
    first, second = load(a, kehu_realestate, b), load(b, a, kehu_realestate)
    assert first.policy_hash == second.policy_hash
    assert first.plugins == second.plugins
    assert build_schema(first).sdl == build_schema(second).sdl


def test_core_comes_through_the_same_hooks() -> None:
    registry = load_registry((core_plugin,), ())
    assert set(registry.records) == {r.name for r in RECORDS}
    assert set(registry.owners.values()) == {"kehu.customers.plugin"}
