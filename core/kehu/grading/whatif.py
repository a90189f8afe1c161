"""What-if: who would move from which band to which, by another standard or version, with nothing written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Integer, Select, String, and_, bindparam, func, select

from kehu.grading.compile import Extra, Tables, Which, chosen, unindexed
from kehu.grading.days import local_day, zone_of
from kehu.grading.run import GRADE, Span, spans
from kehu.grading.verdicts import verdicts
from kehu.rules.grading import Grading

_BEFORE, _AFTER = bindparam("before", type_=String()), bindparam("after", type_=String())
_MOST = bindparam("most", type_=Integer())


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What to try: ``draft`` is a standard to be taken as in force, ``within`` limits it to some customers."""

    tables: Tables
    grading: Grading
    legal_entity: UUID
    now: datetime
    draft: UUID | None = None
    within: Extra = ()

    def moves(self, conn: Connection) -> Mapping[tuple[str | None, str], int]:
        """How many customers stand in which band and would stand in which; None for those not graded yet."""
        pairs: Counter[tuple[str | None, str]] = Counter()
        before, after, joined = self._joined()
        counted = select(before, after, func.count()).select_from(joined).group_by(before, after)
        for span in self._spans(conn):
            for was, would, number in conn.execute(counted, self._values(conn, span)):
                pairs[was, would] += number
        return pairs

    def movers(self, conn: Connection, before: str | None, after: str, most: int, beyond: UUID | None) -> list[UUID]:
        """At most so many customers who would move from ``before`` to ``after``, by id, those after ``beyond``."""
        was, would, joined = self._joined()
        customer = joined.left.c.customer_id
        same = was.is_(None) if before is None else was == _BEFORE
        found = select(customer).select_from(joined).where(same, would == _AFTER).order_by(customer).limit(_MOST)
        movers: list[UUID] = []
        for span in self._spans(conn):
            if beyond is not None and span.last <= beyond:
                continue
            first = span.first if beyond is None else max(span.first, UUID(int=beyond.int + 1))
            values = self._values(conn, Span(first, span.last))
            values |= {"before": before, "after": after, "most": most - len(movers)}
            movers += conn.execute(found, values).scalars()
            if len(movers) >= most:
                break
        return movers

    def _joined(self) -> tuple[ColumnElement[Any], ColumnElement[Any], Any]:
        verdict = verdicts(self.tables, self.grading, Which.RANGE, self.within).subquery("verdict")
        current = self.tables[GRADE].alias("current")
        same = and_(
            current.c.customer_id == verdict.c.customer_id,
            *chosen(current, Which.RANGE),
            unindexed(current.c.grading == self.grading.key),
            current.c.superseded_at.is_(None),
        )
        return current.c.band, verdict.c.band, verdict.outerjoin(current, same)

    def _spans(self, conn: Connection) -> list[Span]:
        if conn.dialect.name == "postgresql":
            conn.execute(_without_nested_loops())
        return list(spans(conn, self.tables, self.legal_entity))

    def _values(self, conn: Connection, span: Span) -> dict[str, object]:
        day = local_day(zone_of(conn, self.tables, self.legal_entity), self.now)
        own = {"legal_entity": self.legal_entity, "draft": self.draft, "first": span.first, "last": span.last}
        return {**own, **day.binds}


def _without_nested_loops() -> Select[Any]:
    """For this transaction: see `kehu.grading.run`."""
    return select(func.set_config("enable_nestloop", "off", True))
