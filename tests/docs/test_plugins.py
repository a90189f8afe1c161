"""docs/plugins.md: its blocks are the example's own text, its tables are the code's, its errors really occur."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import kehu_gym
import pytest

import kehu.plugin
from kehu.customers import plugin as core_plugin
from kehu.customers.records import RECORDS
from kehu.customers.submit import Submissions
from kehu.errors import StartupError
from kehu.forms.bind import bind
from kehu.hookspecs import Hooks
from kehu.plugin import (
    All,
    AtLeast,
    Band,
    BirthDate,
    Code,
    Demo,
    EmailAddress,
    Field,
    FormField,
    Grading,
    Group,
    Is,
    Label,
    MatchRule,
    Measure,
    Mobile,
    Money,
    MoneyValue,
    OrganisationName,
    Parameter,
    PersonName,
    Points,
    Policy,
    Projection,
    Purpose,
    Record,
    Reference,
    Role,
    Scheme,
    Section,
    Share,
    ShortText,
    Statement,
    Term,
    Topic,
    True_,
    Value,
    When,
    field,
    hookimpl,
)
from kehu.policy import Level
from kehu.registry import Registry, load_registry
from kehu.vocabulary import TYPES

HERE = Path(__file__).parent
PAGE = (HERE.parents[1] / "docs" / "plugins.md").read_text(encoding="utf-8")
GYM = HERE / "example_plugin"
RULES = ("GYM.R01",)
TEXT = Label("示例", "Example")
SIZE = Value("size", TEXT, "GymProfile", "size", places=3)
FEE = Value("fee", TEXT, "GymContract", "paid", "CNY")
FRIENDS = Label("朋友", "Friends")
HOOKS = {
    "kehu_schemes": kehu_gym.kehu_schemes(),
    "kehu_records": kehu_gym.kehu_records(),
    "kehu_gradings": kehu_gym.kehu_gradings(),
    "kehu_forms": kehu_gym.kehu_forms(),
    "kehu_scopes": kehu_gym.kehu_scopes(),
    "kehu_retention": kehu_gym.kehu_retention(),
    "kehu_demo": kehu_gym.kehu_demo(),
}


def section(name: str) -> str:
    """The part of the example between its two marks."""
    text = (GYM / "kehu_gym/__init__.py").read_text(encoding="utf-8")
    parts = text.split(f"# --8<-- {name}\n")
    assert len(parts) == 3, name
    return parts[1].strip()


@pytest.mark.parametrize("name", ["schemes", "records", "grading", "form", "scopes", "demo", "hooks"])
def test_the_guide_quotes_the_example(name: str) -> None:
    assert f"```python\n{section(name)}\n```" in PAGE


@pytest.mark.parametrize("file", ["pyproject.toml", "tests/test_gym.py"])
def test_the_guide_quotes_whole_files(file: str) -> None:
    assert (GYM / file).read_text(encoding="utf-8").strip() in PAGE


def test_every_block_of_python_is_a_quotation() -> None:
    quotable = "\n".join(path.read_text(encoding="utf-8") for path in sorted(GYM.rglob("*.py")))
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        assert block.strip() in quotable


@pytest.mark.parametrize("hook", sorted(name for name in vars(Hooks) if name.startswith("kehu_")))
def test_every_hook_has_its_row(hook: str) -> None:
    assert f"| `{hook}` |" in PAGE


@pytest.mark.parametrize("name", kehu.plugin.__all__)
def test_every_name_that_authors_import_is_explained(name: str) -> None:
    assert re.search(rf"`[^`\n]*\b{name}\b[^`\n]*`", PAGE)


def type_row(name: str) -> str:
    """One row of the table of governed types, from the type itself."""
    type_ = TYPES[name]
    policy = type_.policy
    masks = ", ".join(f"**{m.key}**" if m.key == policy.mask else m.key for m in type_.masks) or "none"
    stored = "sealed, look-up" if policy.lookup else "sealed" if policy.sealed else "clear"
    return f"| `{name}` | {type_.label.zh} | {stored} | {masks} | {int(policy.level)} | `{policy.area}` |"


def test_the_table_of_governed_types_is_the_vocabulary() -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| `[A-Z][A-Za-z]+` \| .* \| `customer", line)]
    assert rows == [type_row(name) for name in sorted(TYPES)]


def record_row(record: Record) -> str:
    """One row of the table of core's records, from the record itself."""
    where = f"`{record.parent}.{record.accessor}`" + (", one" if record.single else "")
    fields = ", ".join(f"`{f.name}`" for f in record.fields if f.projection is None and not f.written_by_system)
    return f"| `{record.name}` | {record.label.zh} | {where} | {record.area} | {fields} |"


def test_the_table_of_core_records_is_what_core_declares() -> None:
    rows = [line for line in PAGE.splitlines() if re.match(r"\| `[A-Z][A-Za-z]+` \| .* \| `[A-Z]", line)]
    assert rows == [record_row(r) for r in RECORDS if r.parent is not None and r.writable]


def load(**changed: object) -> Registry:
    """The registry of core and of the example with some hooks' answers changed."""
    module = ModuleType("kehu_gym")
    for hook, declared in (HOOKS | changed).items():
        setattr(module, hook, declared if callable(declared) else hookimpl(_giving(hook, declared)))
    return load_registry((core_plugin,), (module,))


def _giving(hook: str, declared: object) -> Callable[[], object]:
    def give() -> object:
        return declared

    give.__name__ = hook
    return give


def profile(*fields: Field, **changes: Any) -> dict[str, object]:
    """The example's records with the profile changed."""
    changed = replace(kehu_gym.PROFILE, **({"fields": (*kehu_gym.PROFILE.fields, *fields)} | changes))
    return {"kehu_records": (changed, kehu_gym.CONTRACT)}


def plain(name: str, type_: Any = ShortText, **more: Any) -> Field:
    return field(name, type_, "示例", "Example", **({"cites": RULES} | more))


def form(**changes: Any) -> dict[str, object]:
    return {"kehu_forms": (replace(kehu_gym.JOIN, **changes),)}


def fields_of_form(*more: FormField, without: str = "") -> tuple[FormField, ...]:
    return (*(f for f in kehu_gym.JOIN.fields if f.name != without), *more)


def grading(**changes: Any) -> dict[str, object]:
    return {"kehu_gradings": (replace(kehu_gym.LOYALTY, **changes),)}


def unclassified() -> Field:
    policy: Policy = replace(ShortText.policy, categories=(), cites=RULES)
    return Field(name="shelf", type=ShortText, label=Label("柜", "Shelf"), policy=policy, cites=RULES)


def scheme(**changes: Any) -> dict[str, object]:
    return {"kehu_schemes": (replace(kehu_gym.GOAL, **changes), kehu_gym.TIER, kehu_gym.JUDGED)}


def classes(system: str, *more: str) -> Scheme:
    codes = ("PERSONAL", "FINANCIAL", "HEALTH", *more)
    terms = tuple(Term(code, Label(code, code)) for code in codes)
    return replace(kehu_gym.GOAL, key="gym.class", classifies=system, terms=terms)


def without_customer() -> None:
    registry = load(kehu_demo=())
    only = replace(kehu_gym.JOIN, fields=(FormField("goal", "GymProfile.goal", required=True),), constants=())
    Submissions(cast(Any, None), {only.key: bind(only, registry.records, registry.schemes)})


def purpose(**changes: Any) -> Purpose:
    return replace(Purpose(code="TRAINING", label=Label("训练", "Training"), cites=RULES), **changes)


def role(key: str = "gym.trainer") -> Role:
    duties = Label("带领训练", "Leads the training")
    return Role(key=key, label=Label("教练", "Trainer"), duties=duties, scopes=("gym.pool:read",), cites=RULES)


def measure(document: str = "S1", cites: tuple[str, ...] = RULES) -> Measure:
    stated = Statement(Topic.PURPOSE, Label("健康", "Health"), cites)
    return Measure(document=document, version=1, title=Label("会员办法", "Members"), statements=(stated,))


def same(*fields: str, key: str = "gym.same") -> MatchRule:
    return MatchRule(key=key, label=Label("相同", "Same"), fields=fields, cites=RULES)


MISTAKES: dict[str, Callable[[], object]] = {
    "search of what is no name": lambda: plain("shelf", searchable=True),
    "search below a customer": lambda: load(**profile(plain("coach", PersonName, searchable=True))),
    "match rule without plugin": lambda: same("ContactPoint.mobile", key="same"),
    "match by nothing": same,
    "match by what can't be looked up": lambda: load(kehu_match_rules=(same("GymProfile.goal"),)),
    "misspelt hook": lambda: load(kehu_record=()),
    "no hookimpl": lambda: load(kehu_purposes=lambda: ()),
    "no tuple": lambda: load(kehu_purposes=[]),
    "declared twice": lambda: load(kehu_scopes=(*kehu_gym.SCOPES, kehu_gym.SCOPES[0])),
    "name of core": lambda: load(**profile(name="Holding")),
    "taken type": lambda: load(**profile(name="HoldingInput")),
    "provenance": lambda: load(**profile(plain("collectedAt"))),
    "not camelCase": lambda: plain("first_name"),
    "not PascalCase": lambda: replace(kehu_gym.PROFILE, name="gymProfile"),
    "field twice": lambda: profile(plain("goal")),
    "parent without accessor": lambda: replace(kehu_gym.PROFILE, accessor=None),
    "projection of nothing": lambda: profile(
        plain("year", projection=Projection(source="birthday", compute="birth_year"))
    ),
    "weaker than its type": lambda: plain("email", EmailAddress, sealed=False),
    "purposes added": lambda: plain("born", BirthDate, purposes=("MARKETING",)),
    "sealed filter": lambda: plain("phone", Mobile, filterable=True),
    "masked filter": lambda: plain("fee", Money, filterable=True),
    "sealed without mask": lambda: plain("shelf", sealed=True),
    "mask without purpose": lambda: plain("shelf", mask="x"),
    "level 4 in clear": lambda: plain("shelf", level=Level.AUTHENTICATING),
    "no such mask": lambda: plain("phone", Mobile, mask="none"),
    "unclassified": lambda: load(**profile(unclassified())),
    "scope nobody declared": lambda: load(kehu_scopes=kehu_gym.SCOPES[:2]),
    "retention nobody declared": lambda: load(kehu_retention=()),
    "purpose nobody declared": lambda: load(**profile(plain("shelf", purposes=("COACHING",)))),
    "purpose within nothing": lambda: load(kehu_purposes=(purpose(within="COACHING"),)),
    "role with a scope nobody declared": lambda: load(kehu_roles=(role(),)),
    "role key without plugin": lambda: role(key="trainer"),
    "statement without rule": lambda: measure(cites=()),
    "measure of no document": lambda: measure(document="GYM"),
    "scheme nobody declared": lambda: load(**profile(plain("level", Code, scheme="gym.level"))),
    "reference to nothing": lambda: load(**profile(plain("coach", Reference))),
    "reference to an unknown record": lambda: load(**profile(plain("coach", Reference, refers_to="Coach"))),
    "reference to a customer's record": lambda: load(**profile(plain("flat", Reference, refers_to="Holding"))),
    "filter by a customer": lambda: load(**profile(plain("friend", Reference, refers_to="Customer", filterable=True))),
    "history in nothing": lambda: load(**profile(history="GymHistory")),
    "history in what isn't one": lambda: load(**profile(history="Judgement")),
    "history without the kind": lambda: load(**profile(history="ContactChange")),
    "ordered, not required": lambda: load(**profile(plain("shelf", orderable=True))),
    "uncited": lambda: load(**profile(cites=())),
    "unknown parent": lambda: load(**profile(parent="Member")),
    "parent of another owner": lambda: load(**profile(parent="Staff")),
    "extends what is closed": lambda: load(
        kehu_schemes=(kehu_gym.GOAL, kehu_gym.TIER, replace(kehu_gym.JUDGED, extends="person.sex"))
    ),
    "field that a classification leaves out": lambda: load(
        **profile(plain("club", OrganisationName)), kehu_schemes=(*kehu_gym.kehu_schemes(), classes("S5"))
    ),
    "classification with another term": lambda: classes("S5", "OTHER"),
    "term twice": lambda: scheme(terms=(*kehu_gym.GOAL.terms, kehu_gym.GOAL.terms[0])),
    "term in small letters": lambda: scheme(terms=(Term("strength", Label("增肌", "Strength")),)),
    "no source": lambda: scheme(default=True),
    "key without area": lambda: scheme(key="goal"),
    "last band": lambda: grading(bands=kehu_gym.LOYALTY.bands[:1]),
    "band without term": lambda: grading(
        bands=(Band("SILVER", Label("银卡", "Silver"), kehu_gym.LOYALTY.bands[0].criteria), kehu_gym.LOYALTY.bands[1])
    ),
    "fact not listed": lambda: grading(facts=kehu_gym.LOYALTY.facts[:2]),
    "fact of a sealed field": lambda: load(**_with_condition(Is("injuries", "KNEE"))),
    "mixed currencies": lambda: AtLeast(kehu_gym.PAID, MoneyValue(1, "USD")),
    "decimal places": lambda: AtLeast(SIZE, Parameter("roomy", TEXT, 50)),
    "default below its floor": lambda: Parameter("goldFrom", TEXT, 5, floor=10),
    "full may be 0": lambda: Share(TEXT, 10, SIZE, Parameter("full", TEXT, 50, places=3)),
    "points without bounds": lambda: Points("score", TEXT, (Share(TEXT, Parameter("weight", TEXT, 10), SIZE, 50),)),
    "parameter twice": lambda: _twice(),
    "value of many rows": lambda: load(**_with_criterion(AtLeast(FEE, MoneyValue(1, "CNY")), FEE)),
    "form without rule": lambda: form(cites=()),
    "condition without a value": lambda: When("goal"),
    "condition on nothing": lambda: form(fields=fields_of_form(_asked_when("aim", "WEIGHT"))),
    "condition that never holds": lambda: load(**form(fields=fields_of_form(_asked_when("goal", "FAME")))),
    "row asked in part": lambda: load(
        **form(
            fields=fields_of_form(
                FormField("start", "GymContract.startsOn", when=When("goal", "WEIGHT")), without="startsOn"
            )
        )
    ),
    "rows that may be empty": lambda: Group("visits", FRIENDS, "FollowUp", (FormField("what", "FollowUp.content"),)),
    "group of a facet": lambda: load(**form(fields=fields_of_form(_group("GymProfile", "injuries")))),
    "inside and outside": lambda: load(**form(fields=fields_of_form(_group("GymContract", "paid", "startsOn")))),
    "rows of nothing": lambda: load(
        **form(
            fields=fields_of_form(
                FormField("about", "Transaction.note"),
                FormField("at", "Transaction.occurredAt"),
                FormField("kind", "Transaction.kind"),
            )
        )
    ),
    "left out of the sections": lambda: form(sections=(Section("who", FRIENDS, ("name",)),)),
    "one row, known by a number": lambda: replace(kehu_gym.PROFILE, same_by=("goal",)),
    "nothing required": lambda: form(fields=(FormField("name", "Customer.name"),)),
    "target that isn't there": lambda: load(**form(fields=fields_of_form(FormField("coach", "GymProfile.coach")))),
    "written by the system": lambda: load(**form(fields=fields_of_form(FormField("born", "Customer.birthYear")))),
    "required, never given": lambda: load(**form(fields=fields_of_form(without="goal"))),
    "one header, two fields": lambda: load(
        **form(fields=fields_of_form(FormField("remark", "Customer.remark", synonyms=("金额",))))
    ),
    "word without a term": lambda: load(
        **form(fields=fields_of_form(FormField("sex", "Customer.sex", words=(("先生", "MAN"),))))
    ),
    "form without customer": without_customer,
    "about what isn't asked": lambda: form(about="GymProfile.injuries"),
    "about one of several rows": lambda: load(**form(about="GymContract.paid")),
    "about a row, and more of it": lambda: load(**form(about="GymProfile.goal")),
    "demo without form": lambda: load(kehu_demo=(Demo(form="gym.leave", share=1.0, submissions=kehu_gym.joining),)),
    "two owners of a grading": lambda: _two_owners(),
}


def _asked_when(name: str, value: str) -> FormField:
    return FormField("remark", "Customer.remark", when=When(name, value))


def _group(record: str, *names: str) -> Group:
    fields = (FormField(name, f"{record}.{name}", required=True) for name in names)
    return Group("rows", FRIENDS, record, tuple(fields))


def _with_condition(condition: Any) -> dict[str, object]:
    injured = replace(kehu_gym.FRIENDS, where=(condition,))
    criteria = (replace(kehu_gym.LOYALTY.bands[0].criteria[0], when=True_(injured)),)
    bands = (replace(kehu_gym.LOYALTY.bands[0], criteria=criteria), kehu_gym.LOYALTY.bands[1])
    return grading(facts=(injured,), bands=bands)


def _with_criterion(when: AtLeast, *facts: Value) -> dict[str, object]:
    criteria = (replace(kehu_gym.LOYALTY.bands[0].criteria[0], when=when),)
    bands = (replace(kehu_gym.LOYALTY.bands[0], criteria=criteria), kehu_gym.LOYALTY.bands[1])
    return grading(facts=facts, bands=bands)


def _twice() -> object:
    first, second = (AtLeast(SIZE, Parameter("roomy", TEXT, number, places=3)) for number in (50, 60))
    return _with_criterion(All(first, second), SIZE)  # type: ignore[arg-type]  # reason: any predicate


def _two_owners() -> Registry:
    first, second = ModuleType("kehu_first"), ModuleType("kehu_second")
    mine: Grading = replace(kehu_gym.LOYALTY, version=2)
    for module, declared in ((first, kehu_gym.LOYALTY), (second, mine)):
        module.kehu_gradings = hookimpl(_giving("kehu_gradings", (declared,)))  # type: ignore[attr-defined]  # reason: made here
    return load_registry((core_plugin,), (first, second, kehu_gym_without_grading()))


def kehu_gym_without_grading() -> ModuleType:
    module = ModuleType("kehu_gym")
    for hook, declared in HOOKS.items():
        if hook != "kehu_gradings":
            setattr(module, hook, hookimpl(_giving(hook, declared)))
    return module


def documented() -> dict[str, re.Pattern[str]]:
    """The messages of the guide's table, with … for what differs."""
    table = PAGE.partition("## What stops start-up")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(.+?)` \| .+ \|$", table, re.MULTILINE)
    return {row: re.compile(".*".join(re.escape(part) for part in row.split("…")), re.DOTALL) for row in rows}


def message(mistake: Callable[[], object]) -> str:
    with pytest.raises(StartupError) as told:
        mistake()
    return str(told.value)


@pytest.mark.promise(1, 9)
@pytest.mark.parametrize("name", MISTAKES)
def test_every_mistake_has_its_row(name: str) -> None:
    said = message(MISTAKES[name])
    assert [row for row, pattern in documented().items() if pattern.fullmatch(said)], said


def test_every_row_is_a_mistake_that_occurs() -> None:
    said = [message(mistake) for mistake in MISTAKES.values()]
    assert [row for row, pattern in documented().items() if not any(pattern.fullmatch(one) for one in said)] == []


def test_the_example_itself_is_served() -> None:
    registry = load()
    assert registry.records["GymProfile"].single
    assert Scheme in {type(one) for one in registry.schemes.values()}
    assert isinstance(registry.purposes["SERVICE"], Purpose)
    assert isinstance(registry.records["GymContract"], Record)
