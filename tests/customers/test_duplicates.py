"""Possible duplicates: found by declared rules, told to data stewards in whose scope both are, decided by them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, event, select

from kehu.access.principal import Principal
from kehu.customers.duplicates import Duplicates
from kehu.customers.matches import MATCH_RULES
from kehu.customers.pairs import MOST_SHARING, note_duplicates
from kehu.errors import DeclarationError
from kehu.evidence import Kind
from kehu.labels import Label
from kehu.plugin import MatchRule
from kehu.registry import load_registry
from kehu.store.system import duplicate_case

from .conftest import Office

SCOPES = ("customer.core:read", "customer.duplicate:decide", "customer.contact:read", "customer.identity:read")
LIST = """query ($first: Int, $after: String) { duplicates(first: $first, after: $after) {
  id rule label { zh } foundAt customer { id name stage } other { id contacts { mobile } } } }"""
DISMISS = """mutation ($id: String!, $reason: Reason!, $key: String!) {
  dismissDuplicate(id: $id, reason: $reason, idempotencyKey: $key) {
    ... on DismissDuplicateSuccess { dismissed } ... on Problems { problems { code path } } } }"""
USCC = "91440606MA4UQ0XX4Y"


def steward(office: Office, *more: str, unit: str | None = None, staff: str | None = "M001") -> Principal:
    return office.world.principal(*SCOPES, *more, unit=unit, staff=staff)


def told(office: Office, principal: Principal, **variables: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = office.world.data(principal, LIST, **variables)["duplicates"]
    return found


def stored(office: Office) -> list[Any]:
    with office.world.installation.engines.read.connect() as conn:
        return list(conn.execute(select(duplicate_case)))


def company(office: Office, principal: Principal | None = None) -> Any:
    return office.customer(principal, kind="ORGANISATION", name=None, organisationName="示例公司", uscc=USCC)


@pytest.mark.promise(1, 2)
def test_both_customers_are_shown_by_their_own_policies_to_whom_they_are_in_scope(
    office: Office, entries: Callable[[], list[Any]]
) -> None:
    one = office.visit(office.staff("S001", unit="P01"))
    other = office.visit(office.staff("S003", unit="P02"), name="欧阳二")
    both = sorted([one.customer, other.customer])
    [case] = told(office, steward(office))
    assert (case["rule"], case["label"]["zh"]) == ("core.mobile", "手机号码相同")
    assert case["customer"]["stage"] == "PROSPECT"
    for unit in ("P01", "P02"):
        assert told(office, steward(office, unit=unit)) == []
    assert case["customer"]["name"] in ("欧阳**", "欧阳*")
    assert case["other"]["contacts"] == [{"mobile": "139****1234"}]
    few = office.world.principal(*SCOPES[:2], staff="M001")
    answer = office.world.ask(few, LIST)
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN_FIELD", "FORBIDDEN_FIELD"]
    assert answer["data"]["duplicates"][0]["customer"]["name"] is None
    denied = office.world.ask(office.world.principal("customer.core:read", staff="M001"), LIST)
    assert denied["errors"][0]["extensions"]["code"] == "SCOPE_MISSING"
    [row] = stored(office)
    assert [row.customer_id, row.other_id] == both
    first = next(entry for entry in entries() if entry.kind is Kind.READ)
    assert len(first.subjects) == 2


def test_every_rule_finds_and_the_sweep_finds_no_more(office: Office, entries: Callable[[], list[Any]]) -> None:
    """Rows written one by one too: the mobile in a visit, and added to somebody else."""
    first, second = office.visit(), office.customer()
    telephone = {"kind": "MOBILE", "mobile": "13900001234"}
    office.acts.add_row(office.request(), "ContactPoint", second.customer, telephone)
    for customer in (first.customer, second.customer):
        for values in (
            {"kind": "RESIDENT_ID", "residentId": "440606198001020011"},
            {"kind": "PASSPORT", "passport": "E12345678"},
            {"kind": "HOME_RETURN_PERMIT", "number": "C12345678"},
        ):
            office.acts.add_row(office.request(), "IdentityDocument", customer, values)
    company(office), company(office)
    found = sorted(row.rule for row in stored(office))
    assert found == sorted(rule.key for rule in MATCH_RULES)
    duplicates = Duplicates(office.world.installation.context)
    assert duplicates.find(office.request(office.staff("M001"))) == 0
    with office.world.installation.engines.write.begin() as conn:
        conn.execute(delete(duplicate_case))
    assert duplicates.find(office.request(office.staff("M001"))) == len(MATCH_RULES)
    assert sorted(row.rule for row in stored(office)) == found
    jobs = [entry.detail["found"] for entry in entries() if entry.kind is Kind.JOB]
    assert sorted(jobs) == [0, len(MATCH_RULES)]


@pytest.mark.promise(1)
def test_a_list_costs_the_same_however_long_and_goes_on(office: Office) -> None:
    for number in range(6):
        for unit, staff in (("P01", "S001"), ("P02", "S003")):
            office.visit(office.staff(staff, unit=unit), telephone=f"1390000{1000 + number}")
    principal, statements = steward(office), []
    base = office.world.installation.engines.read

    def note(conn: Any, cursor: Any, statement: str, *_: Any) -> None:
        statements.append(statement)

    event.listen(base, "before_cursor_execute", note)
    told(office, principal, first=6)
    counts = []
    for first in (1, 6):
        statements.clear()
        assert len(told(office, principal, first=first)) == first
        counts.append(len(statements))
    event.remove(base, "before_cursor_execute", note)
    assert counts[0] == counts[1]
    everything = [case["id"] for case in told(office, principal)]
    assert [case["id"] for case in told(office, principal, after=everything[2])] == everything[3:]
    assert len(set(everything)) == 6


def test_a_dismissed_pair_stays_dismissed(office: Office, entries: Callable[[], list[Any]]) -> None:
    company(office, office.staff("S001", unit="P01"))
    company(office, office.staff("S003", unit="P02"))
    [case] = told(office, steward(office))

    def dismiss(
        principal: Principal, key: str, reason: str = "两家公司,登记有误", this: str = case["id"]
    ) -> dict[str, Any]:
        return office.world.ask(principal, DISMISS, id=this, reason=reason, key=key)

    hidden = dismiss(steward(office, unit="P01"), "k1")
    absent = dismiss(steward(office, unit="P01"), "k2", this=f"{'0' * 31}1.{'0' * 31}2.core.uscc")
    assert hidden == absent | {"extensions": hidden["extensions"]}
    assert [p["code"] for p in hidden["data"]["dismissDuplicate"]["problems"]] == ["NOT_FOUND"]
    assert dismiss(steward(office, staff=None), "k3")["errors"][0]["extensions"]["code"] == "STAFF_REQUIRED"
    nobody = office.world.principal("customer.core:read", staff="M001")
    assert dismiss(nobody, "k4")["errors"][0]["extensions"]["code"] == "SCOPE_MISSING"
    for given, code in (({"reason": " "}, "REASON_NEEDED"), ({"this": "x"}, "ID_INVALID")):
        answer = dismiss(steward(office), f"k5{code}", **given)
        assert answer["data"]["dismissDuplicate"]["problems"][0]["code"] == code
    assert dismiss(steward(office), "k6")["data"]["dismissDuplicate"] == {"dismissed": True}
    assert told(office, steward(office)) == []
    again = dismiss(steward(office), "k7")["data"]["dismissDuplicate"]["problems"]
    assert [p["code"] for p in again] == ["DECIDED"]
    Duplicates(office.world.installation.context).find(office.request(office.staff("M001")))
    [row] = stored(office)
    assert (row.state, row.decided_by) == ("DISMISSED", office.staff("M001").staff)
    assert "登记有误".encode() not in bytes(row.sealed_reason)
    written = [e for e in entries() if e.kind is Kind.WRITE and e.detail.get("act") == "dismissDuplicate"]
    assert [len(entry.subjects) for entry in written] == [2]


def test_a_number_that_many_share_says_nothing(office: Office) -> None:
    for _ in range(MOST_SHARING + 1):
        made = office.customer()
        office.acts.add_row(
            office.request(), "ContactPoint", made.customer, {"kind": "MOBILE", "mobile": "13800000000"}
        )
    assert len(stored(office)) == MOST_SHARING * (MOST_SHARING - 1) // 2
    with office.world.installation.engines.write.begin() as conn:
        conn.execute(delete(duplicate_case))
    assert Duplicates(office.world.installation.context).find(office.request(office.staff("M001"))) == 0


def test_a_rule_of_two_fields_wants_both(office: Office) -> None:
    rule = MatchRule(
        key="test.both", label=Label("手机和证件", "Both"), cites=("S1.R04",),
        fields=("ContactPoint.mobile", "IdentityDocument.passport"),
    )  # fmt: skip
    made = [office.customer() for _ in range(3)]
    for one, passport in zip(made, ("E12345678", "E12345678", "G12345678"), strict=True):
        for record, values in (
            ("ContactPoint", {"kind": "MOBILE", "mobile": "13900001234"}),
            ("IdentityDocument", {"kind": "PASSPORT", "passport": passport}),
        ):
            office.acts.add_row(office.request(), record, one.customer, values)
    context = office.world.installation.context
    with context.engines.write.begin() as conn:
        work = context.unit_of_work(conn, office.request())
        assert note_duplicates(work, [rule], {made[2].customer}) == 0
        assert note_duplicates(work, [rule], {made[0].customer}) == 1
        assert note_duplicates(work, [rule]) == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"key": "Mobile"}, "isn't? not plugin.rule_name|is not plugin.rule_name"),
        ({"fields": ()}, "names no field, or one twice"),
        ({"fields": ("ContactPoint.mobile",) * 2}, "names no field, or one twice"),
        ({"fields": ("Customer.name",)}, "name fields of customers that have exact look-up"),
        ({"fields": ("Nobody.mobile",)}, "name fields of customers that have exact look-up"),
        ({"cites": ()}, "match rule test.rule cites no rule"),
    ],
)
def test_a_rule_that_can_not_be_carried_out_stops_start_up(more: dict[str, Any], said: str) -> None:
    from types import ModuleType

    from kehu.customers import plugin as core
    from kehu.plugin import hookimpl

    given = {"key": "test.rule", "label": Label("同", "Same"), "fields": ("ContactPoint.mobile",), "cites": ("S1.R04",)}
    plugin = ModuleType("kehu_test_rules")
    plugin.kehu_match_rules = hookimpl(lambda: (MatchRule(**given | more),))  # type: ignore[attr-defined]  # reason: a module made by hand
    with pytest.raises(DeclarationError, match=said):
        load_registry((core,), (plugin,))
