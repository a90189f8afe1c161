"""Row scope and row conditions, as SQL. Rows outside a principal's scope are never fetched, counted or named."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, Table, and_, exists, func, literal, or_, select

from kehu.access.principal import Principal
from kehu.enforcement import enforces
from kehu.policy import RowCondition
from kehu.records import Owner, Record
from kehu.store.tables import CUSTOMER, LEGAL_ENTITY, Tables

UNIT = "OrganisationUnit"


def units_below(tables: Tables, principal: Principal) -> Select[tuple[object]]:
    """The ids of the principal's unit and all below it."""
    unit = tables[UNIT]
    path = unit.c.path
    above = principal.unit_path + "."
    # Not LIKE: SQLite's takes p01 for P01.
    below = or_(path == principal.unit_path, func.substr(path, 1, len(above)) == above)
    return select(unit.c.id).where(unit.c.legal_entity_id == principal.legal_entity, below)


@enforces("S1.R05", "S11.R02", "S17.R49")
def in_scope(record: Record, table: Table, tables: Tables, principal: Principal) -> ColumnElement[bool]:
    """The rows of ``record`` that this principal may know of at all.

    Customer-owned rows need ``customer`` in the statement (`needs_customer`); they are seen with the customer.
    """
    if record.name == LEGAL_ENTITY:
        return table.c.id == principal.legal_entity
    own = table.c.legal_entity_id == principal.legal_entity
    units = units_below(tables, principal)
    if record.owner is Owner.CUSTOMER:
        customer = tables[CUSTOMER]
        return and_(own, customer.c.legal_entity_id == principal.legal_entity, customer.c.unit.in_(units))
    if record.name == UNIT:
        return and_(own, table.c.id.in_(units))
    if "unit" in table.c:
        return and_(own, table.c.unit.in_(units))
    return own


def condition_column(
    condition: RowCondition, customer_id: ColumnElement[object], tables: Tables, principal: Principal
) -> ColumnElement[bool]:
    """A condition as one boolean column of the level's statement."""
    if condition is RowCondition.OWNED:
        if principal.staff is None:
            return literal(False)
        ownership = tables["Ownership"]
        return exists().where(
            ownership.c.customer_id == customer_id,
            ownership.c.legal_entity_id == principal.legal_entity,
            ownership.c.staff == principal.staff,
            ownership.c.ended_at.is_(None),
        )
    raise ValueError(f"no SQL for row condition {condition}")
