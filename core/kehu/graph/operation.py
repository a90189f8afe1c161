"""One running operation: its principal, its plan, its snapshot, and what it emitted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from kehu.access.decision import Effect
from kehu.access.fetch import Fetch, Source, page_size, row_uuid
from kehu.access.output import Emitted, Row, denial
from kehu.access.plan import Level, Plan, Shape
from kehu.access.principal import DecisionKey, Principal
from kehu.crypto.cursor import CursorBox
from kehu.customers.correcting import version_of
from kehu.customers.drafts import Draft
from kehu.customers.duplicates import Case, CaseId
from kehu.errors import NotFound
from kehu.evidence import EvidenceLog, Operation
from kehu.forms.bind import BoundForm
from kehu.graph.checks import too_costly
from kehu.graph.filters import Filters
from kehu.graph.ids import parse_global_id
from kehu.graph.planner import Decisions
from kehu.graph.prefill import Prefill, prefill_level, prefilled
from kehu.labels import Locale
from kehu.records import Field, Record
from kehu.registry import Registry
from kehu.rules.measure import Measure
from kehu.store.engine import Engines
from kehu.store.tables import CUSTOMER
from kehu.vocabulary.base import Json

if TYPE_CHECKING:
    from kehu.graph.acts import Acts
    from kehu.graph.roots import Roots


MOST_PREFILLS = 5
"""Prefilled forms of one operation: each takes a statement for every record that the form asks."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What every operation's reading shares."""

    registry: Registry
    engines: Engines
    source: Source
    cursors: CursorBox
    measures: Mapping[str, Measure]
    """As declared, with the legal bases that this installation names."""


@dataclass
class OperationContext:
    """The context of graph resolvers. Everything governed passes through `island` or `act`."""

    reading: Reading
    acts: Acts
    principal: Principal
    key: DecisionKey
    plan: Plan
    variables: object
    mutating: bool
    print_sdl: Callable[[], str]
    operation: Operation
    evidence: EvidenceLog
    locale: Locale = "zh"
    emitted: Emitted = field(default_factory=Emitted)
    statements: int = 0
    looked_up: bool = False
    _stack: ExitStack = field(default_factory=ExitStack)
    _fetch: Fetch | None = None
    _prefills: int = 0

    def close(self) -> None:
        """End the snapshot."""
        self._stack.close()

    def act(self, name: str, roots: Roots, arguments: Mapping[str, Any]) -> dict[str, object]:
        """Carry out one mutation; gives ids for the payload's islands. Raises `Refused` and its kinds."""
        return self.acts.carry_out(
            self.principal, self.key.purpose, self.operation, name, roots, arguments, self.locale
        )

    def island(self, path: tuple[str, ...], arguments: Mapping[str, Any], above: Mapping[str, Any]) -> object:
        """Fetch one island of the plan."""
        levels = self.plan.islands[path]
        if self.mutating:
            with ExitStack() as stack:
                return self._island(levels, self._open(stack), arguments, above)
        return self._island(levels, self._snapshot(), arguments, above)

    def prefill(self, bound: BoundForm, customer: UUID) -> Prefill:
        """What is known of a customer, as far as a form asks it. Raises `Forbidden`, `NotFound`."""
        self._prefills += 1
        if self._prefills > MOST_PREFILLS:
            raise too_costly(self._prefills, MOST_PREFILLS)
        level = prefill_level(self.reading.registry, Decisions(self.reading.registry, self.key), bound)
        if level.decision.effect is Effect.DENY:
            self._denied(level)
        fetch = self._snapshot()
        row = fetch.by_ids(level, [(customer, customer)]).get(customer)
        if row is None:
            raise NotFound
        self.statements += fetch.statements
        found = prefilled(bound, row)
        found.version = version_of(fetch.conn, fetch.source.tables, bound, customer, self.principal.scopes)
        return found

    def drafts(self, draft: UUID | None = None) -> list[Draft]:
        """The caller's own drafts; reading them goes on record, field by field."""
        found = self.acts.drafts.of(self._snapshot().conn, self.principal, draft)
        for one in found:
            bound = self.acts.submissions.forms.get(one.form)
            for part in bound.parts if bound is not None else ():
                for each in part.fields:
                    pattern = f"drafts.{each.record.name}.{each.field.name}"
                    self.emitted.note(pattern, Effect.CLEAR, 1, each.field.policy)
            if one.pseudonym is not None:
                self.emitted.subjects.add(one.pseudonym)
        return found

    def duplicates(self, key: str, first: int, after: CaseId | None) -> Iterator[tuple[Case, dict[str, Row | None]]]:
        """Possible duplicates that wait, each with its customers by response key, as the plan shows them."""
        fetch = self._snapshot()
        before = fetch.statements
        cases = self.acts.duplicates.cases(fetch.conn, self.principal, first, after)
        table = fetch.source.tables[CUSTOMER]
        both = {one for case in cases for one in (case.id.customer, case.id.other)}
        self.emitted.subjects.update(
            fetch.conn.execute(select(table.c.pseudonym).where(table.c.customer_id.in_(both))).scalars()
        )
        rows: dict[str, tuple[str, dict[UUID, Row]]] = {}
        for path, (level, *_) in self.plan.islands.items():
            if path[:-1] == (key,) and level.shape is Shape.CASE:
                if level.decision.effect is Effect.DENY:
                    self._denied(level)
                ids = {case.id.customer if level.key == "customer" else case.id.other for case in cases}
                rows[path[-1]] = (level.key, fetch.by_ids(level, [(one, one) for one in sorted(ids)]))
        self.statements += 2 + fetch.statements - before
        for case in cases:
            who = {"customer": case.id.customer, "other": case.id.other}
            yield case, {name: found.get(who[member]) for name, (member, found) in rows.items()}

    def _snapshot(self) -> Fetch:
        if self._fetch is None:
            self._fetch = self._open(self._stack)
        return self._fetch

    def _open(self, stack: ExitStack) -> Fetch:
        conn = stack.enter_context(self.reading.engines.read.connect())
        stack.enter_context(conn.begin())
        return Fetch(self.reading.source, conn, self.principal, self.variables, self.emitted)

    def _island(
        self, levels: tuple[Level, ...], fetch: Fetch, arguments: Mapping[str, Any], above: Mapping[str, Any]
    ) -> object:
        before = fetch.statements
        try:
            if len(levels) > 1 or levels[0].shape is Shape.NODE:
                return self._nodes(levels, fetch, arguments, above)
            [level] = levels
            if level.decision.effect is Effect.DENY:
                return self._denied(level)
            if level.shape is Shape.LOOKUP:
                return self._lookup(level, fetch, arguments)
            if level.shape is Shape.SEARCH:
                return self._search(level, fetch, arguments)
            return self._connection(level, fetch, arguments)
        finally:
            self.statements += fetch.statements - before

    def _denied(self, level: Level) -> object:
        self.emitted.note(level.pattern, Effect.DENY, 1, level.record.fields[0].policy)
        raise denial(self.emitted.denied(level.decision, level.pattern))

    def _nodes(
        self, levels: tuple[Level, ...], fetch: Fetch, arguments: Mapping[str, Any], above: Mapping[str, Any]
    ) -> object:
        by_record = {level.record.name: level for level in levels}
        many = "ids" in arguments
        given = (
            arguments["ids"] if many else [arguments["id"] if "id" in arguments else _above_id(above, levels[0].record)]
        )
        page_size(len(given), self.reading.source.max_page)
        wanted = [parse_global_id(str(one), by_record) for one in given]
        rows: dict[tuple[str, UUID], Row] = {}
        for name in sorted({one.record for one in wanted}):
            level = by_record[name]
            if level.decision.effect is Effect.DENY:
                self._denied(level)
            ids = [(one.customer, one.row) for one in wanted if one.record == name]
            rows.update({(name, row): found for row, found in fetch.by_ids(level, ids).items()})
        found = [rows.get((one.record, one.row)) for one in wanted]
        matching = [
            r if r is not None and _belongs(r, one.customer) else None for r, one in zip(found, wanted, strict=True)
        ]
        return matching if many else matching[0]

    def _lookup(self, level: Level, fetch: Fetch, arguments: Mapping[str, Any]) -> object:
        self.looked_up = True
        by = arguments["by"]
        record, f = self.acts.lookup_target(str(getattr(by, "value", by)))
        self.emitted.note(f"{level.pattern}:{record.name}.{f.name}", Effect.CLEAR, 1, f.policy)
        found = self.acts.lookup(self.principal, record, f, arguments["value"])
        rows = fetch.by_ids(level, [(found, found)] if found is not None else [])
        return rows.get(found) if found is not None else None

    def _connection(self, level: Level, fetch: Fetch, arguments: Mapping[str, Any]) -> dict[str, object]:
        record = level.record
        filters = Filters(self.reading.registry, fetch.source.tables, self.key)
        where = filters.where(record, arguments.get("filter") or {})
        order, descending = self._order(record, filters, arguments.get("orderBy"))
        context = f"{record.name}:{order.name if order else 'id'}:{'desc' if descending else 'asc'}"
        return self._page_of(level, fetch, arguments, where, (order, descending, context))

    def _search(self, level: Level, fetch: Fetch, arguments: Mapping[str, Any]) -> dict[str, object]:
        self.looked_up = True
        for f in level.searched:
            self.emitted.note(f"{level.pattern}:{level.record.name}.{f.name}", Effect.CLEAR, 1, f.policy)
        names = self.acts.names
        wanted = names.wanted(self.principal, level.searched, arguments["name"])
        day = names.budget.take(self.principal.client)
        context = f"{level.pattern}:{wanted.digest}"
        page = self._page_of(level, fetch, arguments, wanted.condition, (None, False, context))
        # Whoever goes on from a cursor has had a result.
        if page.get("nodes") or page.get("totalCount") or fetch.more or arguments.get("after"):
            names.budget.give_back(self.principal.client, day)
        return page

    def _page_of(
        self,
        level: Level,
        fetch: Fetch,
        arguments: Mapping[str, Any],
        where: ColumnElement[bool],
        sorting: tuple[Field | None, bool, str],
    ) -> dict[str, object]:
        record, table = level.record, fetch.source.tables[level.record.name]
        order, descending, what = sorting
        first = page_size(arguments.get("first"), self.reading.source.max_page)
        # A cursor is its caller's own: in other hands it would tell where a hidden row stands.
        context = f"{what}:{self.principal.client}:{self.principal.unit}"
        row_id = table.c.customer_id if record.name == CUSTOMER else table.c.id
        page: dict[str, object] = {}
        if level.wants_rows:
            columns = [table.c[order.column].label("_order")] if order else []
            statement = fetch.statement(level, *columns).where(where)
            sort = [*([table.c[order.column]] if order else []), row_id]
            if arguments.get("after"):
                statement = statement.where(
                    _after(self._cursor(str(arguments["after"]), context), order, sort, descending)
                )
            statement = statement.order_by(*(c.desc() if descending else c.asc() for c in sort)).limit(first + 1)
            rows = fetch.select_rows(level, statement, keep=first)
            page = self._page(rows, fetch.more, bool(arguments.get("after")), order, context)
        if level.wants_total:
            page["totalCount"] = fetch.total(record, where)
        return page

    def _page(self, rows: list[Row], more: bool, later: bool, order: Field | None, context: str) -> dict[str, object]:
        cursors = [self._seal(row, order, context) for row in rows]
        return {
            "nodes": rows,
            "edges": [{"cursor": cursor, "node": row} for cursor, row in zip(cursors, rows, strict=True)],
            "pageInfo": {
                "hasNextPage": more,
                "hasPreviousPage": later,
                "startCursor": cursors[0] if cursors else None,
                "endCursor": cursors[-1] if cursors else None,
            },
        }

    def _seal(self, row: Row, order: Field | None, context: str) -> str:
        position: list[Json] = [str(row_uuid(row))]
        if order is not None:
            position.append(order.type.encode(row["_order"]))
        return self.reading.cursors.seal(position, context=context)

    def _cursor(self, token: str, context: str) -> list[Json]:
        position = self.reading.cursors.open(token, context=context)
        assert isinstance(position, list)
        return position

    def _order(self, record: Record, filters: Filters, asked: Mapping[str, Any] | None) -> tuple[Field | None, bool]:
        if not asked:
            return None, record.newest_first
        name = asked["field"]
        order = record.by_name[str(getattr(name, "value", name))]
        filters.orderable(order)
        return order, bool(asked.get("descending"))


def _above_id(above: Mapping[str, Any], record: Record) -> object:
    """The id that a mutation's payload gives for its rows: of the row itself, or of its customer."""
    return above["_customer_id"] if record.name == CUSTOMER else above["id"]


def _belongs(row: Row, customer: UUID | None) -> bool:
    """An id names its customer: a row found under another one is as absent."""
    return customer is None or row["_customer"] == customer


def _after(
    position: list[Json], order: Field | None, sort: list[Any], descending: bool
) -> Any:  # reason: SQLAlchemy expressions
    row = UUID(str(position[0]))
    *first, row_id = sort
    beyond = row_id < row if descending else row_id > row
    if order is None:
        return beyond
    value = order.type.decode(position[1])
    [column] = first
    return or_(column < value if descending else column > value, and_(column == value, beyond))
