"""One set of rules for a company, its subsidiary, its branch and its partner, each within its own unit."""

from __future__ import annotations

from pathlib import Path

import pytest

import kehu_travel
from kehu.founding import add_unit
from kehu.testing import world
from kehu_travel.roles import CONSULTANT, CONTRACTOR

CREATE = """mutation ($input: CustomerInput!, $key: String!) { createCustomer(input: $input, idempotencyKey: $key) {
  ... on CreateCustomerSuccess { id } ... on Problems { problems { code path } } } }"""
ONE = "query ($id: ID!) { customer(id: $id) { name } customers { totalCount nodes { name } } }"
LOG = '{ evidence(first: 50, kind: "read") { id client } }'


@pytest.mark.rule("S11.R02")
def test_who_is_of_a_partner_sees_his_unit_only_by_the_same_rules_and_on_record(
    tmp_path: Path, sqlite_url: str
) -> None:
    with world(tmp_path, sqlite_url, (kehu_travel,)) as made:
        for code, kind in (("SUB", "COMPANY"), ("BRANCH", "BRANCH"), ("PARTNER", "CONTRACTOR")):
            add_unit(made.installation, {"code": code, "name": f"示例{code}", "kind": kind})
        ids = {}
        for code in ("HQ", "SUB", "BRANCH", "PARTNER"):
            said = {"kind": "PERSON", "stage": "ACTIVE", "name": "欧阳示例"}
            ids[code] = made.data(made.principal(every=True, unit=code), CREATE, input=said, key=code)[
                "createCustomer"
            ]["id"]
        for code, role in (("HQ", CONSULTANT), ("SUB", CONSULTANT), ("BRANCH", CONSULTANT), ("PARTNER", CONTRACTOR)):
            user = made.principal(*role.scopes, purposes=role.purposes, unit=code, client=f"of-{code}")
            own = made.data(user, ONE, id=ids[code])
            assert own["customer"] == {"name": "欧阳**"}, code
            assert own["customers"]["totalCount"] == (4 if code == "HQ" else 1)
        partner = made.principal(*CONTRACTOR.scopes, purposes=CONTRACTOR.purposes, unit="PARTNER", client="partner")
        outside = made.ask(partner, ONE.replace(" customers { totalCount nodes { name } }", ""), id=ids["HQ"])
        assert outside["data"]["customer"] is None
        entry = outside["extensions"]["governance"]["entry"]
        log = made.data(made.principal("evidence:read"), LOG)["evidence"]
        assert {"id": entry, "client": "partner"} in log
