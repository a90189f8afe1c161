"""A relationship leads to another customer, who is shown to whom he may be shown, and to nobody else."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event

from kehu.access.fetch import global_id
from kehu.errors import Invalid

from .conftest import Office

QUERY = """{ customers(first: 20) { totalCount nodes {
  name relationships(first: 20) { kind other { name contacts(first: 2) { mobile } } } } } }"""


def _id(office: Office, customer: UUID) -> str:
    return global_id(office.world.installation.registry.records["Customer"], customer, None)


def _relate(office: Office, who: Any, one: UUID, other: UUID, kind: str = "SPOUSE") -> Any:
    values = {"kind": kind, "other": _id(office, other)}
    return office.acts.add_row(office.request(who), "Relationship", one, values)


@pytest.mark.promise(2)
def test_the_other_one_is_shown_within_the_caller_s_own_scope_only(office: Office) -> None:
    top = office.staff("M002")
    units = {code: office.staff("S001", unit=code).unit for code in ("P01", "P02")}
    near, far = (office.customer(top, unit=units[code], name=name) for code, name in (("P01", "张近"), ("P02", "李远")))
    for made in (near, far):
        values = {"kind": "MOBILE", "mobile": "13900001234"}
        office.acts.add_row(office.request(top), "ContactPoint", made.customer, values)
    _relate(office, top, near.customer, far.customer)
    scopes = ("customer.core:read", "customer.identity:read", "customer.contact:read")
    wide = office.world.data(office.world.principal(*scopes), QUERY)["customers"]["nodes"]
    shown = {"kind": "SPOUSE", "other": {"name": "李*", "contacts": [{"mobile": "139****1234"}]}}
    assert {one["name"]: one["relationships"] for one in wide} == {"张*": [shown], "李*": []}
    narrow = office.world.data(office.world.principal(*scopes, unit="P01"), QUERY)["customers"]
    assert narrow == {
        "totalCount": 1,
        "nodes": [{"name": "张*", "relationships": [{"kind": "SPOUSE", "other": None}]}],
    }


@pytest.mark.promise(2)
def test_naming_a_hidden_customer_answers_as_naming_nobody(office: Office) -> None:
    inside = office.staff("S001", unit="P01")
    hidden, own = office.customer(), office.customer(inside)
    told = []
    for other in (hidden.customer, uuid4()):
        with pytest.raises(Invalid) as caught:
            _relate(office, inside, own.customer, other)
        told.append(caught.value.problems)
    assert told[0] == told[1]
    assert [(one.code, one.path) for one in told[0]] == [("REFERENCE_UNKNOWN", ("other",))]


def test_others_are_fetched_together(office: Office) -> None:
    """As many statements for ten as for one."""
    caller = office.world.principal("customer.core:read", "customer.identity:read", "customer.contact:read")
    hub = office.customer().customer
    counted = []
    for number in (1, 9):
        for _ in range(number):
            other = office.customer().customer
            office.acts.add_row(office.request(), "ContactPoint", other, {"kind": "MOBILE", "mobile": "13900001234"})
            _relate(office, None, hub, other, "RELATIVE")
        statements: list[str] = []
        engine = office.world.installation.engines.read

        def note(conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
            # Keys that aren't in the cache yet are one statement more.
            if "data_key" not in statement:
                statements.append(statement)  # noqa: B023  # listened to within this turn only

        event.listen(engine, "before_cursor_execute", note)
        answer = office.world.data(caller, QUERY)
        event.remove(engine, "before_cursor_execute", note)
        found = max(len(one["relationships"]) for one in answer["customers"]["nodes"])
        counted.append((found, len(statements)))
    assert [found for found, _ in counted] == [1, 10]
    assert counted[0][1] == counted[1][1]


def test_a_customer_is_no_key_to_filter_or_sort_by(office: Office) -> None:
    types = office.world.installation.executor.schema.graphql.type_map
    assert "other" not in types["RelationshipFilter"].fields  # type: ignore[attr-defined]  # reason: an input type
    assert "RelationshipOrderField" not in types
