"""Name search: as written, in pinyin, by initials; for who sees names clear, in his row scope, under the budget."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from kehu.evidence import Kind
from kehu.store.system import lookup_budget, search_token

from .conftest import Office

ASK = """query ($name: LookupValue!, $why: Reason!, $first: Int, $after: String)
  @purpose(code: "SERVICE", reason: $why) { searchCustomers(name: $name, first: $first, after: $after) {
    totalCount pageInfo { endCursor hasNextPage } nodes { name organisationName } } }"""
READ, REVEAL = "customer.core:read", "customer.identity:reveal"


def search(office: Office, name: object, *, unit: str | None = None, **more: Any) -> list[str]:
    principal = office.world.principal(READ, REVEAL, purposes=["SERVICE"], unit=unit)
    found = office.world.data(principal, ASK, name=name, why="核对来电客户", **more)["searchCustomers"]
    return [node["name"] or node["organisationName"] for node in found["nodes"]]


def misses(office: Office) -> int:
    with office.world.installation.engines.read.connect() as conn:
        return int(conn.execute(select(lookup_budget.c.misses)).scalar() or 0)


def tokens(office: Office) -> list[bytes]:
    with office.world.installation.engines.read.connect() as conn:
        return sorted(map(bytes, conn.execute(select(search_token.c.token)).scalars()))


@pytest.mark.promise(2, 3)
def test_a_customer_is_found_by_name_pinyin_and_initials(office: Office, entries: Callable[[], list[Any]]) -> None:
    here = office.staff("S001", unit="P01")
    for name in ("欧阳示例", "单示例", "吕 示例"):
        office.customer(here, name=name)
    office.customer(office.staff("S003", unit="P02"), name="欧阳示例")
    office.customer(here, kind="ORGANISATION", name=None, organisationName="重庆示例(佛山)有限公司")
    for asked, answer in (
        ("欧阳示例", "欧阳示例"), ("欧阳 示例", "欧阳示例"), ("OuYang Shi Li", "欧阳示例"), ("oysl", "欧阳示例"),
        ("shanshili", "单示例"), ("danshili", "单示例"), ("ssl", "单示例"),
        ("吕示例", "吕示例"), ("lvshili", "吕示例"), ("lyu shili", "吕示例"), ("lü shili", "吕示例"),
        ("重庆示例(佛山)有限公司", "重庆示例(佛山)有限公司"), ("cqslfsyxgs", "重庆示例(佛山)有限公司"),
        ("chongqing shili foshan youxiangongsi", "重庆示例(佛山)有限公司"),
    ):  # fmt: skip
        assert search(office, asked, unit="P01") == [answer], asked
    assert search(office, "oysl") == ["欧阳示例"] * 2
    assert misses(office) == 0
    for unknown in ("欧阳", "示例", "ouyang", "zzz"):
        assert search(office, unknown) == []
    assert misses(office) == 4
    found = [entry for entry in entries() if entry.kind is Kind.LOOKUP]
    assert len(found) == 14 + 1 + 4
    assert all("searchCustomers:Customer.name" in {use.path for use in entry.fields} for entry in found)
    assert len(found[14].subjects) == 2


def test_pages_go_on_and_a_cursor_belongs_to_its_search(office: Office) -> None:
    for name in ("张示例", "章示例", "赵示例"):
        office.customer(name=name)
    principal = office.world.principal(READ, REVEAL, purposes=["SERVICE"])
    page = office.world.data(principal, ASK, name="zsl", why="核对来电客户", first=2)["searchCustomers"]
    assert (page["totalCount"], page["pageInfo"]["hasNextPage"], len(page["nodes"])) == (3, True, 2)
    cursor = page["pageInfo"]["endCursor"]
    [last] = search(office, "zsl", first=2, after=cursor)
    assert {last, *(node["name"] for node in page["nodes"])} == {"张示例", "章示例", "赵示例"}
    wrong = office.world.ask(principal, ASK, name="zhangshili", why="核对来电客户", after=cursor)
    assert wrong["errors"][0]["extensions"]["code"] == "CURSOR_INVALID"
    assert misses(office) == 1


def test_a_changed_name_is_found_by_the_new_one_alone(office: Office) -> None:
    made = office.customer(name="欧阳示例")
    before = tokens(office)
    office.acts.change_customer(office.request(), made.customer, 1, {"name": "司马示例"})
    assert (search(office, "oysl"), search(office, "smsl")) == ([], ["司马示例"])
    assert not set(tokens(office)) & set(before)
    office.acts.change_customer(office.request(), made.customer, 2, {"remark": "常来"})
    office.acts.change_customer(office.request(), made.customer, 3, {"name": None})
    assert tokens(office) == []


@pytest.mark.promise(2)
@pytest.mark.parametrize(
    ("scopes", "purpose", "required"),
    [
        ((READ,), None, {"customer.identity:read", REVEAL}),
        ((READ, "customer.identity:read"), None, {REVEAL}),
        ((READ, REVEAL), None, {"purpose:SERVICE"}),
        ((READ, REVEAL), "FOLLOW_UP", {"purpose:SERVICE"}),
        ((REVEAL,), "SERVICE", {READ}),
    ],
)
def test_who_does_not_see_every_name_clear_can_not_search(
    office: Office, scopes: tuple[str, ...], purpose: str | None, required: set[str]
) -> None:
    office.customer(name="欧阳示例")
    principal = office.world.principal(*scopes, purposes=["SERVICE", "FOLLOW_UP"], staff="S001")
    stated = f'@purpose(code: "{purpose}", reason: $why)' if purpose else ""
    query = f"query ($name: LookupValue!, $why: Reason) {stated} {{ searchCustomers(name: $name) {{ totalCount }} }}"
    query = query.replace("$why: Reason", "$why: Reason!") if purpose else query.replace(", $why: Reason", "")
    given = {"why": "核对来电客户"} if purpose else {}
    answers = [office.world.ask(principal, query, name=name, **given) for name in ("欧阳示例", "没有此人")]
    for answer in answers:
        [error] = answer["errors"]
        assert answer["data"] == {"searchCustomers": None}
        assert error["extensions"]["code"] == "FORBIDDEN_FIELD"
        assert required <= set(error["extensions"]["required"])
    assert misses(office) == 0


def test_a_name_is_a_variable_and_the_budget_is_that_of_look_ups(office: Office) -> None:
    principal = office.world.principal(READ, REVEAL, purposes=["SERVICE"])
    literal = ASK.replace("name: $name", 'name: "欧阳示例"').replace("$name: LookupValue!, ", "")
    twice = ASK.replace("searchCustomers(", "one: searchCustomers(name: $name) { totalCount } searchCustomers(", 1)
    for query, given, code in ((literal, {}, "LITERAL_REFUSED"), (twice, {"name": "zs"}, "ONE_LOOKUP")):
        answer = office.world.ask(principal, query, why="核对来电客户", **given)
        assert answer["errors"][0]["extensions"]["code"] == code
    for name, code in (
        ("张*", "MASK_SENT_BACK"),
        ("—", "NAME_LETTERS"),
        (" ", "TEXT_EMPTY"),
        ("x" * 121, "NAME_LENGTH"),
    ):
        answer = office.world.ask(principal, ASK, name=name, why="核对来电客户")
        assert answer["errors"][0]["extensions"]["code"] == code
    assert misses(office) == 0
    for _ in range(office.world.installation.settings.lookup_misses_per_day):
        assert search(office, "没有此人") == []
    answer = office.world.ask(principal, ASK, name="zs", why="核对来电客户")
    assert answer["errors"][0]["extensions"]["code"] == "LOOKUP_BUDGET"
