"""Every change of contact means stays visible: old value, new value, when, by whom, in the change's own transaction."""

from __future__ import annotations

from typing import Any

import pytest

from kehu.errors import Invalid, Stale
from kehu.evidence import Kind, Operation, new_salt
from kehu.vocabulary import Mobile

from .conftest import Office

pytestmark = pytest.mark.rule("S9.R20")

HISTORY = "{ customers { nodes { contactChanges { kind before after occurredAt collectedBy { code } } } } }"


def history(office: Office, *scopes: str, purpose: bool = False) -> Any:
    query = f'query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) {HISTORY}' if purpose else HISTORY
    who = office.world.principal("customer.core:read", "organisation:read", *scopes)
    answer = office.world.ask(who, query, **({"why": "核对"} if purpose else {}))
    found = answer["data"]["customers"]["nodes"][0]["contactChanges"]
    return None if found is None else sorted(found, key=lambda one: one["kind"])


def test_old_and_new_value_actor_and_time_are_kept(office: Office, entries: Any) -> None:
    act, who = office.acts, office.staff("S001")
    made = office.customer(who)
    given = {"kind": "MOBILE", "mobile": "13900001234", "email": "zhang@example.com"}
    contact = act.add_row(office.request(who), "ContactPoint", made.customer, given)
    given = {"kind": "HOME", "value": "广东省佛山市顺德区一路1号", "postcode": "528300"}
    home = act.add_row(office.request(who), "Address", made.customer, given)
    assert history(office, "customer.contact:read") == []
    office.world.clock.forward(days=1)
    changes = {"mobile": "13800005678", "email": None, "preferred": True}
    act.change_row(office.request(who), "ContactPoint", made.customer, contact.id, 1, changes)
    office.world.clock.forward(days=1)
    act.change_row(office.request(who), "Address", made.customer, home.id, 1, {"value": "广东省佛山市顺德区二路2号"})
    told = history(office, "customer.contact:read", "customer.contact:reveal", purpose=True)
    assert [(one["kind"], one["before"], one["after"]) for one in told] == [
        ("ADDRESS", "广东省佛山市顺德区一路1号", "广东省佛山市顺德区二路2号"),
        ("EMAIL", "zhang@example.com", None),
        ("MOBILE", "13900001234", "13800005678"),
    ]
    assert [one["occurredAt"] for one in told] == ["2026-11-25T04:00:00Z", *["2026-11-24T04:00:00Z"] * 2]
    assert {one["collectedBy"]["code"] for one in told} == {"S001"}
    masked = history(office, "customer.contact:read")
    assert [(one["before"], one["after"]) for one in masked] == [("***", "***"), ("***", None), ("***", "***")]
    assert history(office) is None
    on_record = [one.detail for one in entries() if one.detail.get("act") == "changeRow"]
    assert [detail["ContactChange.insert"] for detail in on_record] == [2, 1]


def test_what_is_not_changed_leaves_no_trace(office: Office) -> None:
    act = office.acts
    made = office.customer()
    contact = act.add_row(office.request(), "ContactPoint", made.customer, {"kind": "MOBILE", "mobile": "13900001234"})
    changes = {"mobile": "139 0000 1234", "preferred": True}
    act.change_row(office.request(), "ContactPoint", made.customer, contact.id, 1, changes)
    assert office.rows("contact_change") == []
    with pytest.raises(Stale):
        act.change_row(office.request(), "ContactPoint", made.customer, contact.id, 1, {"mobile": "13800005678"})
    with pytest.raises(Invalid):
        act.change_row(office.request(), "ContactPoint", made.customer, contact.id, 2, {"mobile": "1380000567"})
    assert office.rows("contact_change") == []


def test_many_changes_of_one_transaction_are_kept_by_one_statement(office: Office) -> None:
    act, context = office.acts, office.world.installation.context
    customers = [office.customer().customer for _ in range(3)]
    for customer in customers:
        act.add_row(office.request(), "ContactPoint", customer, {"kind": "MOBILE", "mobile": "13900001234"})
    inserted: list[int] = []
    with context.engines.write.begin() as conn:
        work = context.unit_of_work(conn, office.request())
        insert = work.insert

        def counted(name: str, rows: Any) -> None:
            inserted.append(len(rows))
            insert(name, rows)

        work.insert = counted  # type: ignore[method-assign]  # counts on the way
        for number, row in enumerate(work.read_all("ContactPoint", customers)):
            mobile: Any = Mobile.governed(f"1380000567{number}")
            work.change("ContactPoint", row.customer, row.id, row.version, {"mobile": mobile})
        with pytest.raises(RuntimeError, match="changed after its evidence"):
            work.put_on_record(None)  # type: ignore[arg-type]  # refused before the entry is looked at
        work.entry(Kind.WRITE, Operation("mutation"), salt=new_salt())
    assert inserted == [3]
    assert len(office.rows("contact_change")) == 3
