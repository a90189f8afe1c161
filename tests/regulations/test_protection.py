"""Core's protection as an outsider finds it: masks, denials, categories, levels, and who used what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from kehu.access.principal import Principal
from kehu.errors import DeclarationError
from kehu.plugin import Category, ResidentId, field
from kehu.policy import Audit
from kehu.testing import World, world

from .plugins import PLUGINS

CREATE = """mutation ($input: CustomerInput!) { createCustomer(input: $input, idempotencyKey: "customer") {
  ... on CreateCustomerSuccess { id } ... on Problems { problems { code path } } } }"""
ADD = """mutation ($id: ID!, $contact: ContactPointInput!, $document: IdentityDocumentInput!, $address: AddressInput!) {
  contact: addContactPoint(parent: $id, input: $contact, idempotencyKey: "contact") { __typename }
  document: addIdentityDocument(parent: $id, input: $document, idempotencyKey: "document") { __typename }
  address: addAddress(parent: $id, input: $address, idempotencyKey: "address") { __typename } }"""
LISTED = (
    "customers { nodes { kind name contacts { mobile } documents { residentId } addresses { value { display } } } }"
)
CLEAR = f'query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) {{ {LISTED} }}'
POLICIES = "{ fieldPolicies { type field level sensitive mask categories { code system } } }"
AREAS = ("customer.contact", "customer.document", "customer.identity")
IDENTITY = (
    "Customer.name", "Customer.sex", "PersonalProfile.nationality", "PersonalProfile.ethnicity",
    "IdentityDocument.kind", "IdentityDocument.residentId", "IdentityDocument.passport", "IdentityDocument.number",
    "IdentityDocument.validFrom", "IdentityDocument.validUntil", "PersonalProfile.occupation", "ContactPoint.mobile",
    "ContactPoint.landline", "ContactPoint.email", "PersonalProfile.maritalStatus", "PersonalProfile.familyStatus",
    "Address.value", "PersonalProfile.employer", "PersonalProfile.photo",
)  # fmt: skip
"""S3 Art.2 (一), item by item."""


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One customer with telephone, document and address."""
    folder = tmp_path_factory.mktemp("protection")
    with world(folder, f"sqlite+pysqlite:///{folder / 'kehu.sqlite'}", PLUGINS) as made:
        clerk = made.principal(every=True)
        said = {"kind": "PERSON", "stage": "ACTIVE", "name": "欧阳示例"}
        customer = made.data(clerk, CREATE, input=said)["createCustomer"]["id"]
        made.data(
            clerk, ADD, id=customer,
            contact={"kind": "MOBILE", "mobile": "13900001234"},
            document={"kind": "RESIDENT_ID", "residentId": "11010519491231002X"},
            address={"kind": "CORRESPONDENCE", "value": {"city": "佛山市", "district": "顺德区", "road": "示例路1号"}},
        )  # fmt: skip
        yield made


@pytest.fixture(scope="module")
def policies(bank: World) -> Mapping[str, Mapping[str, Any]]:
    found = bank.data(bank.principal("schema:read"), POLICIES)["fieldPolicies"]
    return {f"{one['type']}.{one['field']}": one for one in found}


def required(answer: Mapping[str, Any]) -> set[str]:
    return {scope for error in answer.get("errors", ()) for scope in error["extensions"]["required"]}


def reader(bank: World, *more: str, **who: Any) -> Principal:
    return bank.principal("customer.core:read", *more, **who)


@pytest.mark.rule("S1.R02", "S3.R11", "S3.R12", "S10.R07", "S11.R16")
def test_nobody_reads_more_than_scopes_allow_and_a_denial_names_what_is_missing(bank: World) -> None:
    nobody = bank.ask(bank.principal(), f"{{ {LISTED} }}")
    assert nobody["data"]["customers"] is None
    assert "customer.core:read" in required(nobody)
    general = bank.ask(reader(bank), f"{{ {LISTED} }}")
    [row] = general["data"]["customers"]["nodes"]
    assert (row["kind"], row["name"], row["documents"]) == ("PERSON", None, [{"residentId": None}])
    assert required(general) >= {"customer.identity:read", "customer.contact:read"}
    one = bank.ask(reader(bank, "customer.identity:read"), f"{{ {LISTED} }}")
    assert one["data"]["customers"]["nodes"][0]["name"] == "欧阳**"
    assert "customer.contact:read" in required(one)
    assert "customer.identity:read" not in required(one)


@pytest.mark.rule("S11.R17")
def test_a_list_is_masked_and_clear_text_is_a_request_of_its_own(bank: World) -> None:
    scopes = [f"{area}:{may}" for area in AREAS for may in ("read", "reveal")]
    caller = reader(bank, *scopes, purposes=("SERVICE",))
    [masked] = bank.data(caller, f"{{ {LISTED} }}")["customers"]["nodes"]
    assert masked["contacts"] == [{"mobile": "139****1234"}]
    assert masked["documents"] == [{"residentId": "110105********002X"}]
    assert "示例路" not in masked["addresses"][0]["value"]["display"]
    assert bank.ask(caller, CLEAR)["errors"], "a reason is needed"
    [clear] = bank.data(caller, CLEAR, why="客户来电核对")["customers"]["nodes"]
    assert (clear["name"], clear["contacts"]) == ("欧阳示例", [{"mobile": "13900001234"}])
    assert clear["documents"] == [{"residentId": "11010519491231002X"}]
    assert "示例路1号" in clear["addresses"][0]["value"]["display"]


ENTRY = "at client actor activity purpose subjects fields { path effect }"


@pytest.mark.rule("S4.R04", "S10.R09", "S11.R18")
def test_an_auditor_finds_every_use_of_one_customer_and_no_other(bank: World) -> None:
    scopes = [f"{area}:{may}" for area in AREAS for may in ("read", "reveal")]
    bank.data(reader(bank, *scopes, client="first"), f"{{ {LISTED} }}")
    bank.data(reader(bank, *scopes, client="second", staff="A001", purposes=("SERVICE",)), CLEAR, why="核对")
    auditor = bank.principal("evidence:read")
    [latest] = bank.data(auditor, f'{{ evidence(first: 1, kind: "read") {{ {ENTRY} }} }}')["evidence"]
    [subject] = latest["subjects"]
    query = f"query ($who: String) {{ evidence(first: 100, subject: $who) {{ {ENTRY} }} }}"
    found = bank.data(auditor, query, who=subject)["evidence"]
    second, first = found[:2]
    assert (first["client"], first["purpose"]) == ("first", None)
    assert (second["client"], second["purpose"], bool(second["actor"])) == ("second", "SERVICE", True)
    assert {"path": "customers.name", "effect": "clear"} in second["fields"]
    assert all(subject in one["subjects"] and one["at"] for one in found)
    acts = {"collect", "transmit", "process", "use", "store", "query", "report", "publish", "delete", "third_party"}
    assert {one["activity"] for one in found} <= acts
    assert bank.data(auditor, query, who="0" * 32)["evidence"] == []


@pytest.mark.rule("S3.R03")
def test_the_identity_category_has_every_item_of_the_article(policies: Mapping[str, Mapping[str, Any]]) -> None:
    for name in IDENTITY:
        one = policies[name]
        assert "S3.identity" in [category["code"] for category in one["categories"]], name
        assert one["mask"] or not one["sensitive"], name


@pytest.mark.rule("S3.R11", "S6.R12", "S7.R07")
def test_every_field_has_a_level_and_a_category_and_every_person_s_field_is_general_or_sensitive(
    policies: Mapping[str, Mapping[str, Any]],
) -> None:
    assert len(policies) > 500
    assert not [name for name, one in policies.items() if not (one["categories"] and 1 <= one["level"] <= 5)]
    systems = {name: {c["system"] for c in one["categories"]} for name, one in policies.items()}
    assert not [name for name, found in systems.items() if "S1" in found and "S3_class" not in found]
    assert not [name for name, found in systems.items() if "S5" in found and "S7" not in found]


@pytest.mark.rule("S5.R01")
def test_every_customer_field_of_core_that_an_insurer_uses_has_one_class(
    policies: Mapping[str, Mapping[str, Any]],
) -> None:
    core = ("Customer", "PersonalProfile", "OrganisationProfile", "FinancialProfile", "IdentityDocument")
    core += ("ContactPoint", "Address", "Holding", "Transaction", "Relationship")
    for name, one in policies.items():
        if name.partition(".")[0] in core:
            assert len([c for c in one["categories"] if c["system"] == "S5"]) == 1, name


@pytest.mark.rule("S4.R08", "S3.R14")
@pytest.mark.parametrize("changes", [{"audit": Audit.PAYLOAD}, {"categories": (Category.S3_GENERAL,)}])
def test_less_than_a_number_s_level_demands_is_refused(changes: Mapping[str, Any]) -> None:
    with pytest.raises(DeclarationError, match="weaker than ResidentId allows"):
        field("number", ResidentId, "证件号码", "Number", cites=("S4.R08",), **changes)
