"""The price of a plan, from page sizes alone: rows × (1 + fields) that it may touch at most."""

from __future__ import annotations

from kehu.access.fetch import page_size
from kehu.access.plan import Level, Plan, Shape
from kehu.graph.checks import too_costly
from kehu.settings import Settings


def check_cost(plan: Plan, variables: object, settings: Settings) -> None:
    """Raises `OverLimit` TOO_COSTLY, `Invalid` FIRST_INVALID."""
    total = 0
    for levels in plan.islands.values():
        # Of the record types that a node may have it is one, so the dearest counts.
        total += max(_cost(level, _rows(level, 1, variables, settings), variables, settings) for level in levels)
    if total > settings.max_cost:
        raise too_costly(total, settings.max_cost)


def _cost(level: Level, rows: int, variables: object, settings: Settings) -> int:
    below = (_cost(child, _rows(child, rows, variables, settings), variables, settings) for child in level.children)
    return rows * (1 + len(level.fields)) + sum(below)


def _rows(level: Level, above: int, variables: object, settings: Settings) -> int:
    if level.shape in (Shape.SINGLE, Shape.REFERENCE, Shape.LOOKUP):
        return above
    arguments = level.arguments(variables)
    if level.shape is Shape.NODE:
        ids = arguments.get("ids")
        return page_size(len(ids), settings.max_page) if isinstance(ids, list) else above
    return above * page_size(arguments.get("first"), settings.max_page)
