"""What a form is prefilled with (预填): a customer's values, decided, fetched and put on record like any read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from kehu.access.decision import Effect
from kehu.access.output import Denied, Row
from kehu.access.plan import FieldPlan, Level, Shape
from kehu.customers.correcting import CORRECTS, ENOUGH, OTHER, bare, fits
from kehu.forms.bind import RELATIONSHIP, BoundField, BoundForm, BoundPart, BoundRows
from kehu.forms.form import Group
from kehu.graph.planner import Decisions
from kehu.records import Field, Record
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER

Path = tuple[str | int, ...]
_CODE = "code"


@dataclass
class Prefill:
    """``data`` by field name; ``masked`` and ``denied`` say where in it a mask stands, or nothing may be seen."""

    data: dict[str, object] = field(default_factory=dict)
    masked: list[Path] = field(default_factory=list)
    denied: list[Path] = field(default_factory=list)
    version: int = 0


def prefill_level(registry: Registry, decisions: Decisions, bound: BoundForm) -> Level:
    """The customer's level with everything below it that the form asks or tells its rows by."""
    return _Levels(registry, decisions).form(bound)


@dataclass(frozen=True, slots=True)
class _Levels:
    registry: Registry
    decisions: Decisions

    def form(self, bound: BoundForm) -> Level:
        return self._level(bound, CUSTOMER, "prefill", bound.rows)

    def _level(
        self, part: BoundPart, name: str, above: str, rows: Sequence[BoundRows] = (), via: Field | None = None
    ) -> Level:
        record = self.registry.records[name]
        accessor = via.name if via is not None else record.accessor or "customer"
        pattern = f"{above}.{accessor}"
        below = [self._level(part, child, pattern, rows) for child in part.records if self._is_below(child, name)]
        # A group's key has its name: two groups may show rows of one record.
        below += [self._group(one, pattern) for one in rows if self._stands_below(one, name)]
        return Level(
            key=accessor,
            record=record,
            shape=Shape.REFERENCE if via is not None else Shape.SINGLE if record.single else Shape.MANY,
            decision=self.decisions.area(record),
            pattern=pattern,
            arguments=lambda _: {"first": ENOUGH},
            fields=tuple(self._fields(part, record, pattern)),
            children=(*below, *self._references(part, record, pattern)),
            via=via,
            tells_masks=True,
        )

    def _group(self, rows: BoundRows, above: str) -> Level:
        name = rows.declared.record if isinstance(rows.declared, Group) else RELATIONSHIP
        level = self._level(rows, name, above)
        children = level.children
        if name == RELATIONSHIP:
            via = level.record.by_name[OTHER]
            children = (*children, self._level(rows, CUSTOMER, level.pattern, via=via))
        return Level(
            key=_key_of(rows), record=level.record, shape=level.shape, decision=level.decision,
            pattern=level.pattern, arguments=level.arguments, fields=level.fields, children=children, tells_masks=True,
        )  # fmt: skip

    def _is_below(self, child: str, name: str) -> bool:
        return child not in (name, RELATIONSHIP) and self.registry.records[child].parent == name

    def _stands_below(self, rows: BoundRows, name: str) -> bool:
        return (rows.above or CUSTOMER) == name

    def _fields(self, part: BoundPart, record: Record, pattern: str) -> Iterator[FieldPlan]:
        asked = [each.field for each in part.fields if each.record is record and not each.is_reference]
        names = (*part.fixed(record.name), *([CORRECTS] if CORRECTS in record.by_name else ()))
        fixed = [record.by_name[name] for name in names]
        for f in dict.fromkeys((*asked, *fixed)):
            yield self.decisions.field(record, f, f"{pattern}.{f.name}")

    def _references(self, part: BoundPart, record: Record, pattern: str) -> Iterator[Level]:
        """Rows of the legal entity, which forms name by their code."""
        for each in part.fields:
            if each.record is record and each.is_reference:
                target = self.registry.records[str(each.field.refers_to)]
                own = self.decisions.decide(each.field)
                where = f"{pattern}.{each.field.name}"
                code = self.decisions.field(target, target.by_name[_CODE], f"{where}.{_CODE}")
                yield Level(
                    key=each.field.name, record=target, shape=Shape.REFERENCE,
                    decision=own if own.effect is Effect.DENY else self.decisions.area(target), pattern=where,
                    arguments=lambda _: {}, fields=(code,), via=each.field,
                )  # fmt: skip


def _key_of(rows: BoundRows) -> str:
    return f"rows:{rows.name}"


def prefilled(bound: BoundForm, customer: Row) -> Prefill:
    """The form's values from the fetched customer."""
    found = Prefill()
    chosen = _chosen(bound, customer)
    _fill(bound, chosen, found, (), found.data)
    for rows in bound.rows:
        above = chosen.get(rows.above or CUSTOMER, {})
        shown = above.get(_key_of(rows)) if isinstance(above, Mapping) else None
        if isinstance(shown, list):
            listed = _listed(rows, shown)
            if listed:
                found.data[rows.name] = [_row(rows, row, number, found) for number, row in enumerate(listed)]
        elif isinstance(shown, Denied):
            found.denied.append((rows.name,))
    return found


def _listed(rows: BoundRows, shown: list[Row]) -> list[Row]:
    """The rows that the form shows; links with somebody whom the caller doesn't see are left out."""
    record = _record_of(rows)
    fitting = [row for row in sorted(shown, key=_age) if fits(rows, record, _plain_row(row))]
    if not isinstance(rows.declared, Group):
        fitting = [row for row in fitting if isinstance(row.get(OTHER), Row)]
    return fitting[: rows.declared.at_most]


def _row(rows: BoundRows, row: Row, number: int, found: Prefill) -> dict[str, object]:
    values: dict[str, object] = {}
    chosen: dict[str, object] = {_record_of(rows).name: row}
    other = row.get(OTHER)
    if isinstance(rows.declared, Group):
        for name, record in rows.records.items():
            if record.parent == rows.declared.record:
                chosen[name] = row.get(str(record.accessor))
    elif isinstance(other, Row):
        chosen |= _chosen(rows, other)
    _fill(rows, chosen, found, (rows.name, number), values)
    return values


def _record_of(rows: BoundRows) -> Record:
    return rows.records[rows.declared.record if isinstance(rows.declared, Group) else RELATIONSHIP]


def _chosen(part: BoundPart, customer: Row) -> dict[str, object]:
    """By record the row that the part shows, or what stands there where nothing may be seen."""
    found: dict[str, object] = {CUSTOMER: customer}
    waiting = [name for name in part.records if name not in (CUSTOMER, RELATIONSHIP)]
    while waiting:
        ready = [name for name in waiting if str(part.records[name].parent) in found]
        for name in ready:
            record = part.records[name]
            above = found[str(record.parent)]
            found[name] = _shown_row(part, record, above.get(str(record.accessor)) if isinstance(above, Row) else above)
        waiting = [name for name in waiting if name not in ready] if ready else []
    return found


def _shown_row(part: BoundPart, record: Record, shown: object) -> object:
    if not isinstance(shown, list):
        return shown
    if len(shown) >= ENOUGH:
        return None
    named = {row.get(CORRECTS) for row in shown}
    fitting = [row for row in shown if str(_age(row)) not in named and fits(part, record, _plain_row(row))]
    return max(fitting, key=_age) if fitting else None


def _age(row: Row) -> UUID:
    found = row["_id"]
    assert isinstance(found, UUID)
    return found


def _plain_row(row: Row) -> dict[str, object]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> Any:  # reason: JSON as a type shows it
    return bare(value) if isinstance(value, dict) else value


def _fill(part: BoundPart, chosen: Mapping[str, object], found: Prefill, at: Path, values: dict[str, object]) -> None:
    for each in part.fields:
        row = chosen.get(each.record.name)
        value = _value(each, row)
        path = (*at, each.name)
        if isinstance(value, Denied):
            found.denied.append(path)
        elif value not in (None, {}):
            values[each.name] = value
        if isinstance(row, Row) and each.field.name in row.get("_masked", ()):  # type: ignore[operator]  # reason: a set of names
            found.masked.append(path)


def _value(each: BoundField, row: object) -> object:
    if isinstance(row, Denied) or not isinstance(row, Row):
        return row if isinstance(row, Denied) else None
    value = row.get(each.field.name)
    if each.is_reference and isinstance(value, Row):
        return value.get(_CODE)
    return _plain(value)
