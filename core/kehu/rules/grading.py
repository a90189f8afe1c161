"""Grading (客户分级): ordered bands, each reached by any of its criteria; a verdict and its explanation.

The bands are tried from the highest; the first with a met criterion wins, and every met criterion of
every band is kept (digest C-04), so that an examiner sees also what a higher grade hides.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import cached_property

from kehu.errors import DeclarationError
from kehu.labels import Label
from kehu.records import Field, Owner, Record
from kehu.rules.facts import (
    Condition,
    Counted,
    Exists,
    FactValue,
    FirstDay,
    Is,
    IsTrue,
    Latest,
    RowFact,
    Sum,
    Value,
    Within,
)
from kehu.rules.parameters import DECLARED, Parameter, Yardstick
from kehu.rules.predicates import Fact, Points, Predicate
from kehu.rules.scheme import Scheme, check_code, check_key, check_version, doubled
from kehu.rules.walk import facts_in, parameters_in, part_facts, reads_the_day
from kehu.vocabulary.base import Storage

# Nothing in them has to be escaped in JSON.
_CODED = frozenset({"AgeBand", "Code", "Nationality"})


class SetBy(Enum):
    """Whose standard (标准) may set a grading's parameters."""

    HEAD_OFFICE = "HEAD_OFFICE"
    """Staff of the top unit alone, for everybody or for a unit below (按照总行标准)."""
    UNIT = "UNIT"
    """Staff of a unit, for it and the units below it (a city company its own)."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One way into a band, such as A1 of S17 Art.4. ``note`` says why it is itself sensitive, where it is."""

    code: str
    label: Label
    when: Predicate
    cites: tuple[str, ...] = ()
    note: Label | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """One grade. Any criterion suffices; ``otherwise`` marks the last band, for whoever meets none.

    ``data`` is what follows from the grade: ``(("card", "DIAMOND"),)``.
    """

    code: str
    label: Label
    criteria: tuple[Criterion, ...] = ()
    data: tuple[tuple[str, str], ...] = ()
    cites: tuple[str, ...] = ()
    otherwise: bool = False


@dataclass(frozen=True, kw_only=True)
class Grading:
    """An ordered set of bands, highest first; the last is ``otherwise``, so that everybody gets a grade.

    ``set_by`` says who sets its parameters, if it has any. A changed rule is a new ``version`` (`fingerprint`
    shows a change in place). Raises `DeclarationError` where the declaration contradicts itself.
    """

    key: str
    version: int
    label: Label
    scheme: Scheme
    facts: tuple[Fact, ...]
    bands: tuple[Band, ...]
    cites: tuple[str, ...]
    default: bool = False
    source: Label | None = None
    set_by: SetBy = SetBy.HEAD_OFFICE

    def __post_init__(self) -> None:
        check_key(self.key, "grading")
        where = f"grading {self.key}"
        check_version(self.version, where)
        if self.default and self.source is None:
            raise DeclarationError(f"{where}: rules that aren't in the regulation need a source")
        _check_bands(self, where)
        _check_facts(self, where)
        _check_parameters(self, where)

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """What a standard sets, in order of their first use."""
        found = (parameter for criterion in self.criteria for parameter in parameters_in(criterion.when))
        return tuple({parameter.name: parameter for parameter in found}.values())

    @cached_property
    def reads_the_day(self) -> bool:
        """Whether a verdict can change without any data changing: a sweep has to follow the calendar."""
        conditions = [c for fact in self.facts if not isinstance(fact, Points) for c in (*fact.where, *fact.on_parent)]
        days = any(isinstance(condition, Within) for condition in conditions)
        return days or any(reads_the_day(criterion.when) for criterion in self.criteria)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, from the highest band down."""
        return tuple(criterion for band in self.bands for criterion in band.criteria)

    @property
    def inputs(self) -> tuple[tuple[str, str], ...]:
        """Every (record, field) that a verdict depends on: the inputs of the declassifier 'grade'."""
        return tuple(sorted({pair for fact in self.facts for pair in fact.inputs}))

    @cached_property
    def records(self) -> frozenset[str]:
        """Every record of which a row can change a verdict."""
        facts = [fact for fact in self.facts if not isinstance(fact, Points)]
        return frozenset(name for fact in facts for name in (fact.record, fact.parent) if name is not None)

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what decides a verdict, labels left out; differs when a version was changed in place."""
        deciding = [
            *((fact.name, fact.inputs, _rule(fact)) for fact in self.facts),
            *((band.code, tuple((c.code, _rule(c.when)) for c in band.criteria)) for band in self.bands),
        ]
        return hashlib.sha256(repr(deciding).encode()).hexdigest()

    def band(self, code: str) -> Band:
        """The band of that code. Raises `DeclarationError` where there is none."""
        for band in self.bands:
            if band.code == code:
                return band
        raise DeclarationError(f"grading {self.key} version {self.version} has no band {code!r}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a grading says of one customer: the band, all met criteria in order, the facts by name."""

    band: str
    met: tuple[str, ...]
    facts: tuple[tuple[str, FactValue], ...]

    @property
    def met_text(self) -> str:
        """As the record Grade stores it: ``A1,B2,C1``."""
        return ",".join(self.met)

    @property
    def facts_text(self) -> str:
        """Canonical JSON, names sorted, as the record Grade stores it: ``{"purchases":100,"villa":true}``."""
        return json.dumps(dict(self.facts), sort_keys=True, separators=(",", ":"))

    @classmethod
    def stored(cls, band: str, met: str, facts: str) -> Verdict:
        """Read a row of the record Grade back."""
        values: dict[str, FactValue] = json.loads(facts)
        return cls(band, tuple(met.split(",")) if met else (), tuple(sorted(values.items())))


def judge(grading: Grading, facts: Mapping[str, FactValue], by: Yardstick = DECLARED) -> Verdict:
    """The verdict for one customer; ``facts`` has a value for every fact of the grading that reads rows. Points
    are counted here."""
    values = {fact.name: facts[fact.name] for fact in grading.facts if not isinstance(fact, Points)}
    values |= {fact.name: fact.score(values, by) for fact in grading.facts if isinstance(fact, Points)}
    met = tuple(criterion.code for criterion in grading.criteria if criterion.when.holds(values, by))
    band = next(b for b in grading.bands if b.otherwise or any(c.code in met for c in b.criteria))
    return Verdict(band.code, met, tuple(sorted(values.items())))


def explain(grading: Grading, verdict: Verdict, by: Yardstick = DECLARED) -> Label:
    """Why this grade: each met criterion with what was found and its threshold, the deciding ones first.

    ``grading`` and ``by`` are the version, the standard and the day by which the verdict was given. Shows facts:
    only for a caller who may read all `Grading.inputs`.
    """
    band = grading.band(verdict.band)
    values = dict(verdict.facts)
    own = [c for c in band.criteria if c.code in verdict.met]
    others = [c for c in grading.criteria if c.code in verdict.met and c not in own]
    head = Label(f"{band.code} {band.label.zh}:", f"{band.code} {band.label.en}: ")
    if not own:
        return _joined([head, Label("未满足更高级别的任何条件", "no criterion of a higher grade is met")])
    parts = [head, *_listed(own, values, by)]
    if others:
        parts += [Label(";同时满足 ", "; also met: "), *_listed(others, values, by)]
    if by.version:
        parts.append(Label(f"。按第{by.version}号标准", f". By standard {by.version}"))
    return _joined(parts)


def check_grading(grading: Grading, records: Mapping[str, Record]) -> None:
    """Hold a grading against the records that it reads, by name, all plugins' together.

    Raises `DeclarationError` naming grading, record and field where a field is absent, sealed or of
    the wrong kind, or where a record isn't a customer's.
    """
    for fact in grading.facts:
        if isinstance(fact, Points):
            continue
        where = f"grading {grading.key}, fact {fact.name}"
        record = _check_record(where, fact.record, records)
        _check_fact_field(where, fact, record)
        _check_conditions(where, record, fact.where)
        if fact.parent is not None:
            if record.parent != fact.parent:
                raise DeclarationError(f"{where}: {fact.record} doesn't belong to {fact.parent}")
            _check_conditions(where, _check_record(where, fact.parent, records), fact.on_parent)


def _check_fact_field(where: str, fact: RowFact, record: Record) -> None:
    match fact:
        case Sum() | Value():
            _check_storage(where, record, fact.field, Storage.INTEGER if fact.currency is None else Storage.MONEY)
            if isinstance(fact, Value):
                _check_single(where, record)
        case Latest():
            if _check_field(where, record, fact.field).type.name not in _CODED:
                raise DeclarationError(f"{where}: {record.name}.{fact.field} holds no code")
            if fact.by is None:
                _check_single(where, record)
            else:
                _check_storage(where, record, fact.by, Storage.DATE, Storage.MOMENT)
        case FirstDay():
            _check_storage(where, record, fact.field, Storage.DATE, Storage.MOMENT)
        case Counted() | Exists():
            pass


def _check_single(where: str, record: Record) -> None:
    if record.parent is not None and not (record.single and record.parent == "Customer"):
        raise DeclarationError(f"{where}: a customer may have many {record.name}; take Sum, Counted or Latest(by=…)")


def _check_conditions(where: str, record: Record, conditions: tuple[Condition, ...]) -> None:
    for condition in conditions:
        match condition:
            case Is():
                _check_storage(where, record, condition.field, Storage.TEXT)
            case IsTrue():
                _check_storage(where, record, condition.field, Storage.BOOLEAN)
            case Within():
                _check_storage(where, record, condition.field, Storage.DATE, Storage.MOMENT)
            case _:
                _check_field(where, record, condition.field)


def _check_storage(where: str, record: Record, name: str, *needed: Storage) -> None:
    found = _check_field(where, record, name).type.storage
    if found not in needed:
        kinds = " or ".join(kind.value for kind in needed)
        raise DeclarationError(f"{where}: {record.name}.{name} is {found.value}, not {kinds}")


def _check_record(where: str, name: str, records: Mapping[str, Record]) -> Record:
    record = records.get(name)
    if record is None:
        raise DeclarationError(f"{where}: there is no record {name}")
    if record.owner is not Owner.CUSTOMER:
        raise DeclarationError(f"{where}: {name} isn't a customer's record")
    return record


def _check_field(where: str, record: Record, name: str) -> Field:
    field = record.by_name.get(name)
    if field is None:
        raise DeclarationError(f"{where}: {record.name} has no field {name}")
    if field.sealed:
        raise DeclarationError(f"{where}: {record.name}.{name} is sealed; grading reads clear fields only")
    return field


def _check_bands(grading: Grading, where: str) -> None:
    if twice := doubled(tuple(band.code for band in grading.bands)):
        raise DeclarationError(f"{where}: bands declared twice: {', '.join(twice)}")
    if twice := doubled(tuple(criterion.code for criterion in grading.criteria)):
        raise DeclarationError(f"{where}: criteria declared twice: {', '.join(twice)}")
    if not grading.bands or [band.otherwise for band in grading.bands] != [False] * (len(grading.bands) - 1) + [True]:
        raise DeclarationError(f"{where}: the last band, and no other, is otherwise=True: everybody gets a grade")
    for band in grading.bands:
        grading.scheme.term(band.code)
        if band.otherwise == bool(band.criteria):
            raise DeclarationError(f"{where}, band {band.code}: a band has criteria or is otherwise=True, not both")
        for criterion in band.criteria:
            check_code(criterion.code, where)


def _check_facts(grading: Grading, where: str) -> None:
    # SQLite doesn't tell columns apart by case alone.
    if twice := doubled(tuple(fact.name.lower() for fact in grading.facts)):
        raise DeclarationError(f"{where}: facts declared twice: {', '.join(twice)}")
    used = [fact for criterion in grading.criteria for fact in facts_in(criterion.when)]
    scores = [fact for fact in grading.facts if isinstance(fact, Points)]
    if nested := sorted(s.name for s in scores if any(isinstance(f, Points) for p in s.parts for f in part_facts(p))):
        raise DeclarationError(f"{where}: points made of other points: {', '.join(nested)}")
    if undeclared := sorted({fact.name for fact in used if fact not in grading.facts}):
        raise DeclarationError(f"{where}: facts used but not listed: {', '.join(undeclared)}")
    if unused := sorted(fact.name for fact in grading.facts if fact not in used):
        raise DeclarationError(f"{where}: facts listed but not used: {', '.join(unused)}")


def _check_parameters(grading: Grading, where: str) -> None:
    used = {parameter for criterion in grading.criteria for parameter in parameters_in(criterion.when)}
    if twice := doubled(tuple(parameter.name for parameter in used)):
        raise DeclarationError(f"{where}: parameters declared twice, and differently: {', '.join(twice)}")


def _rule(declared: object) -> object:
    """The declaration without its words: types and plain values, in order."""
    if isinstance(declared, tuple):
        return tuple(_rule(part) for part in declared)
    if not is_dataclass(declared):
        return declared
    values = ((f.name, getattr(declared, f.name)) for f in fields(declared))
    return (type(declared).__name__, *((name, _rule(v)) for name, v in values if not isinstance(v, Label)))


def _listed(criteria: list[Criterion], values: Mapping[str, FactValue], by: Yardstick) -> Iterator[Label]:
    for number, criterion in enumerate(criteria):
        found = criterion.when.describe(values, by)
        note_zh, note_en = ("", "") if criterion.note is None else (f";{criterion.note.zh}", f"; {criterion.note.en}")
        zh = f"{criterion.code}({criterion.label.zh}:{found.zh}{note_zh})"
        en = f"{criterion.code} ({criterion.label.en}: {found.en}{note_en})"
        yield Label(f"、{zh}", f", {en}") if number else Label(zh, en)


def _joined(labels: list[Label]) -> Label:
    return Label("".join(label.zh for label in labels), "".join(label.en for label in labels))
