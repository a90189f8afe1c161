"""The rule matrix: for each rule its live enforcement points, the tests marked with it, and the state that follows.

A rule is closed by three things together: a line in done.tsv, which names the enforcement point that carries it out
and says where an outsider sees what `Rule.counts_as_done` asks; that very point, citing the rule, in this
installation; and a test that is marked with it. A citation alone closes nothing.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import ModuleType
from typing import Any

from kehu.enforcement import ATTRIBUTE
from kehu.registry import Registry
from kehu.regulations.rules import Rule, known_references, load_rules, read

# An outside plugin cites the rules of its own regulation, which this catalogue doesn't have.
_OURS = re.compile(r"S\d+\.|[CF]-\d")


class State(StrEnum):
    """What a rule has become. All but OPEN are the words of rules.tsv."""

    ENFORCED = "enforced"
    DEFAULT = "default"
    ATTESTED = "attested"
    INFORMATION = "information"
    DUPLICATE = "duplicate"
    OPEN = "open"


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A live enforcement point: a declaration or a piece of core code. ``default``: a working default of ours."""

    kind: str
    name: str
    owner: str
    default: bool = False

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Line:
    """One rule of the matrix. ``by`` names the point that carries it out, ``seen`` says where an outsider sees it
    done; both are empty while nobody claims that."""

    rule: Rule
    state: State
    points: tuple[Point, ...]
    proofs: tuple[str, ...]
    by: str
    seen: str


def matrix(registry: Registry) -> tuple[Line, ...]:
    """Every rule with its points, tests and computed state, for the plugins that are loaded."""
    points = _by_rule(_points(registry))
    proofs, done = _proofs(), _done()
    states: dict[str, State] = {}
    for rule in sorted(load_rules(), key=lambda rule: rule.expected == State.DUPLICATE):
        states[rule.id] = _state(rule, points.get(rule.id, ()), proofs.get(rule.id, ()), done, states)
    return tuple(
        Line(rule, states[rule.id], points.get(rule.id, ()), proofs.get(rule.id, ()), *done.get(rule.id, ("", "")))
        for rule in load_rules()
    )


def check(registry: Registry, lines: Iterable[Line]) -> list[str]:
    """What contradicts itself: citations of nothing, and rules called done that lack a point or a test."""
    known = known_references()
    found = [
        f"{point.owner}: {point} cites {cited}, which isn't there"
        for cited, points in sorted(_by_rule(_points(registry)).items())
        if _OURS.match(cited) and cited not in known
        for point in points
    ]
    found += [f"done.tsv names {rule}, which isn't there" for rule in sorted(_done().keys() - known)]
    found += [
        f"a test is marked with {rule}, which isn't there"
        for rule in sorted(_proofs().keys() - known)
        if _OURS.match(rule)
    ]
    for line in lines:
        if line.seen and line.state is State.OPEN:
            found.append(f"{line.rule.id} is called done, but {_lacking(line)}")
    return found


def _state(
    rule: Rule,
    points: tuple[Point, ...],
    proofs: tuple[str, ...],
    done: Mapping[str, tuple[str, str]],
    states: Mapping[str, State],
) -> State:
    if rule.expected == State.DUPLICATE:
        closed = bool(rule.same_as) and all(states[other] is not State.OPEN for other in rule.same_as)
        return State.DUPLICATE if closed else State.OPEN
    if rule.id not in done or not proofs or done[rule.id][0] not in map(str, points):
        return State.OPEN
    if rule.expected == State.DEFAULT and not any(point.default for point in points):
        return State.OPEN
    return State(rule.expected)


def _lacking(line: Line) -> str:
    if line.by not in map(str, line.points):
        return f"nothing that is loaded is the {line.by} and cites it"
    if not line.proofs:
        return "no test is marked with it"
    return "none of what carries it out is marked as a default with its source"


def _points(registry: Registry) -> Iterator[tuple[Point, tuple[str, ...]]]:
    yield from _declared(registry)
    yield from _coded(sys.modules)


def _declared(registry: Registry) -> Iterator[tuple[Point, tuple[str, ...]]]:
    def point(kind: str, name: str, key: str, of: str, default: bool = False) -> Point:
        return Point(kind, name, registry.owner(of, key), default)

    for name, record in registry.records.items():
        yield point("record", name, name, "record"), record.cites
        for f in record.fields:
            yield point("field", f"{name}.{f.name}", name, "record", f.policy.default), f.cites
    for scheme in registry.schemes.values():
        yield point("scheme", scheme.key, scheme.key, "scheme", scheme.default), scheme.cites
        for term in scheme.terms:
            yield point("term", f"{scheme.key}.{term.code}", scheme.key, "scheme", scheme.default), term.cites
    for grading in registry.gradings:
        key = f"{grading.key}@{grading.version}"
        yield point("grading", key, key, "grading", grading.default), grading.cites
        for band in grading.bands:
            yield point("band", f"{key}.{band.code}", key, "grading", grading.default), band.cites
        for criterion in grading.criteria:
            yield point("criterion", f"{key}.{criterion.code}", key, "grading", grading.default), criterion.cites
    keyed: tuple[tuple[str, Mapping[str, Any]], ...] = (  # reason: all have cites, and nothing else in common
        ("form", registry.forms), ("scope", registry.scopes), ("purpose", registry.purposes), ("role", registry.roles),
        ("retention class", registry.retention), ("measure", registry.measures),
        ("match rule", registry.match_rules),
    )  # fmt: skip
    for kind, declared in keyed:
        for key, one in declared.items():
            yield point(kind, key, key, kind), one.cites


def _coded(modules: Mapping[str, ModuleType]) -> Iterator[tuple[Point, tuple[str, ...]]]:
    """Core code marked with `kehu.enforcement.enforces`, in the modules that are loaded."""
    for name, module in sorted(modules.items()):
        if not name.startswith("kehu."):
            continue
        for marked in _marked(vars(module).values(), name):
            yield Point("code", f"{name}.{marked.__qualname__}", "kehu"), getattr(marked, ATTRIBUTE)


def _marked(values: Iterable[object], module: str) -> Iterator[Any]:
    for value in list(values):
        if getattr(value, "__module__", None) != module:
            continue
        if ATTRIBUTE in getattr(value, "__dict__", {}):
            yield value
        if inspect.isclass(value):
            yield from _marked(vars(value).values(), module)


def _by_rule(points: Iterable[tuple[Point, tuple[str, ...]]]) -> Mapping[str, tuple[Point, ...]]:
    found: dict[str, set[Point]] = {}
    for point, cites in points:
        for rule in cites:
            found.setdefault(rule, set()).add(point)
    return {rule: tuple(sorted(those)) for rule, those in found.items()}


def _proofs() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for rule, test in read("proofs.tsv"):
        found.setdefault(rule, []).append(test)
    return {rule: tuple(tests) for rule, tests in found.items()}


def _done() -> Mapping[str, tuple[str, str]]:
    return {rule: (by, seen) for rule, by, seen in read("done.tsv")}
