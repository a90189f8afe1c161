"""Core's further records: every item that the regulations name is saved and read back, masked and guarded by kind."""

from __future__ import annotations

from typing import Any

import pytest

from kehu.errors import Invalid

from .conftest import Office
from .test_acts import codes

Rows = dict[str, list[dict[str, Any]]]

PERSON: Rows = {
    "PersonalProfile": [
        {
            "nationality": "中国", "ethnicity": "汉族", "occupation": "教师", "industry": "教育",
            "employer": "示例学校", "position": "班主任", "maritalStatus": "MARRIED", "familyStatus": "WITH_CHILDREN",
            "photo": "018f0000-0000-7000-8000-0000000000f1",
        }
    ],
    "IdentityDocument": [
        {"kind": "RESIDENT_ID", "residentId": "11010519491231002X", "validUntil": "2035-01-01"},
        {"kind": "PASSPORT", "passport": "E12345678", "validUntil": "2030-05-06"},
        {"kind": "HOME_RETURN_PERMIT", "number": "H1234567890"},
    ],
    "FinancialProfile": [
        {
            "income": "30万元", "realEstateOwned": "顺德区住宅一套", "vehiclesOwned": "小型轿车一辆",
            "taxPaid": "12000", "housingFund": "3600",
        }
    ],
    "CreditFact": [
        {"kind": "CARD_REPAYMENT", "standing": "近两年无逾期", "asOf": "2026-10-31"},
        {"kind": "LOAN_REPAYMENT", "standing": "逾期一次", "overdue": "2500", "asOf": "2026-10-31"},
    ],
    "DerivedFact": [
        {"kind": "CONSUMPTION_HABIT", "value": "偏好周末购物", "derivedAt": "2026-11-01T02:00:00Z", "method": "聚类"}
    ],
}  # fmt: skip

ORGANISATION: Rows = {
    "OrganisationProfile": [
        {
            "legalRepresentative": "李示例", "registeredCapital": "USD 5000000", "businessScope": "家电批发",
            "industry": "批发业", "foundedOn": "2010-01-02", "website": "https://www.example.cn",
        }
    ],
    "ContactPoint": [
        {"kind": "LANDLINE", "landline": "(0757)22334455"},
        {"kind": "FAX", "fax": "0757-22334456"},
    ],
    "Address": [{"kind": "CORRESPONDENCE", "value": "广东省佛山市顺德区一路1号", "postcode": "528300"}],
    "ChangeEvent": [{"kind": "CAPITAL", "occurredOn": "2026-09-30", "description": "注册资本由三百万增至五百万"}],
}  # fmt: skip


def fill(office: Office, given: Rows, **customer: Any) -> Any:
    who = office.staff("M002")
    made = office.customer(who, **customer)
    for record, rows in given.items():
        for values in rows:
            office.world.clock.forward(seconds=1)
            office.acts.add_row(office.request(who), record, made.customer, values)
    return made


def read(office: Office, selection: str, *scopes: str, why: str | None = None) -> dict[str, Any]:
    """The only customer as a caller with these scopes sees him, for a purpose of customer service where asked for."""
    stated = '($why: Reason!) @purpose(code: "CONTRACT", reason: $why)' if why else ""
    query = f"query {stated} {{ customers(first: 5) {{ nodes {{ {selection} }} }} }}"
    who = office.world.principal("customer.core:read", *scopes)
    [found] = office.world.ask(who, query, **({"why": why} if why else {}))["data"]["customers"]["nodes"]
    shown: dict[str, Any] = found
    return shown


_IDENTITY = (
    "personal { nationality ethnicity occupation employer maritalStatus familyStatus photo }"
    " documents { kind residentId passport number validUntil }"
)


@pytest.mark.rule("S3.R03", "S1.R04")
def test_identity_information_is_kept_item_by_item(office: Office) -> None:
    fill(office, PERSON)
    areas = ("customer.identity", "customer.document")
    masked = read(office, _IDENTITY, *(f"{area}:read" for area in areas))
    assert masked["personal"] == {
        "nationality": "CN", "ethnicity": "***", "occupation": "***", "employer": "示例***",
        "maritalStatus": None, "familyStatus": None, "photo": "***",
    }  # fmt: skip
    assert [one["residentId"] or one["passport"] or one["number"] for one in masked["documents"]] == [
        "110105********002X", "E****78", "H****90",
    ]  # fmt: skip
    clear = read(office, _IDENTITY, *(f"{area}:{may}" for area in areas for may in ("read", "reveal")), why="核对身份")
    assert clear["personal"] == {
        "nationality": "CN", "ethnicity": "01", "occupation": "教师", "employer": "示例学校",
        "maritalStatus": "MARRIED", "familyStatus": "WITH_CHILDREN", "photo": "018f0000-0000-7000-8000-0000000000f1",
    }  # fmt: skip
    assert clear["documents"][1] == {
        "kind": "PASSPORT", "residentId": None, "passport": "E12345678", "number": None, "validUntil": "2030-05-06",
    }  # fmt: skip


_BY_KIND = [
    pytest.param(
        "customer.property",
        "financial { income { display } realEstateOwned vehiclesOwned taxPaid { display } housingFund { display } }",
        {
            "income": {"display": "CNY ***"}, "realEstateOwned": "***", "vehiclesOwned": "***",
            "taxPaid": {"display": "CNY ***"}, "housingFund": {"display": "CNY ***"},
        },
        {
            "income": {"display": "CNY 300,000.00"}, "realEstateOwned": "顺德区住宅一套",
            "vehiclesOwned": "小型轿车一辆", "taxPaid": {"display": "CNY 12,000.00"},
            "housingFund": {"display": "CNY 3,600.00"},
        },
        marks=pytest.mark.rule("S3.R04", "S5.R03", "S5.R12"),
    ),
    pytest.param(
        "customer.credit",
        "credit { kind standing overdue { display } }",
        [
            {"kind": "LOAN_REPAYMENT", "standing": "***", "overdue": {"display": "CNY ***"}},
            {"kind": "CARD_REPAYMENT", "standing": "***", "overdue": None},
        ],
        [
            {"kind": "LOAN_REPAYMENT", "standing": "逾期一次", "overdue": {"display": "CNY 2,500.00"}},
            {"kind": "CARD_REPAYMENT", "standing": "近两年无逾期", "overdue": None},
        ],
        marks=pytest.mark.rule("S3.R05"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("area", "selection", "masked", "clear"), _BY_KIND)
def test_property_and_credit_are_masked_revealed_for_a_purpose_and_refused(
    office: Office, area: str, selection: str, masked: object, clear: object
) -> None:
    fill(office, PERSON)
    name = selection.partition(" ")[0]
    assert read(office, selection)[name] is None
    assert read(office, selection, f"{area}:read")[name] == masked
    assert read(office, selection, f"{area}:read", f"{area}:reveal", why="签订合同")[name] == clear


@pytest.mark.rule("S3.R07")
def test_what_was_derived_about_a_person_is_that_person_s_data(office: Office, entries: Any) -> None:
    fill(office, PERSON)
    selection = "derived { kind value }"
    assert read(office, selection)["derived"] is None
    masked = read(office, selection, "customer.derived:read")["derived"]
    assert masked == [{"kind": "CONSUMPTION_HABIT", "value": "***"}]
    # Marketing and service may see it clear; a contract doesn't need it.
    both = ("customer.derived:read", "customer.derived:reveal")
    assert read(office, selection, *both, why="签订合同")["derived"] == masked
    reads = [one for one in entries() if one.kind == "read" and any("derived" in f.path for f in one.fields)]
    assert reads


@pytest.mark.rule("S9.R18")
def test_an_organisation_s_basic_fields_are_kept(office: Office) -> None:
    fill(office, ORGANISATION, kind="ORGANISATION", name=None, organisationName="示例贸易有限公司")
    selection = (
        "organisationName organisation { legalRepresentative registeredCapital { display } businessScope industry }"
        " contacts { kind landline fax } addresses { value { display } postcode }"
    )
    areas = ("customer.identity", "customer.contact")
    clear = read(office, selection, *(f"{a}:{may}" for a in areas for may in ("read", "reveal")), why="签订合同")
    assert clear == {
        "organisationName": "示例贸易有限公司",
        "organisation": {
            "legalRepresentative": "李示例", "registeredCapital": {"display": "USD 5,000,000.00"},
            "businessScope": "家电批发", "industry": "批发业",
        },
        "contacts": [
            {"kind": "LANDLINE", "landline": "0757-22334455", "fax": None},
            {"kind": "FAX", "landline": None, "fax": "0757-22334456"},
        ],
        "addresses": [{"value": {"display": "广东省佛山市顺德区一路1号"}, "postcode": "528300"}],
    }  # fmt: skip
    masked = read(office, selection, *(f"{a}:read" for a in areas))
    assert masked["contacts"][0]["landline"] == "0757-****55"
    assert masked["addresses"][0]["postcode"] == "5283**"
    assert masked["organisation"]["legalRepresentative"] == "李**"


@pytest.mark.rule("S9.R21")
def test_a_major_change_is_added_with_date_and_author_and_never_changed(office: Office) -> None:
    made = fill(office, ORGANISATION)
    [row] = office.rows("change_event", made.customer)
    assert (row.kind, str(row.occurred_on), row.recorded_by) == ("CAPITAL", "2026-09-30", "test-client")
    assert row.collected_by == office.staff("M002").staff
    with pytest.raises(Invalid) as caught:
        office.acts.change_row(office.request(), "ChangeEvent", made.customer, row.id, 1, {"description": "没有变动"})
    assert codes(caught.value) == {("APPEND_ONLY", ())}
    mutations = office.world.installation.executor.schema.graphql.mutation_type
    assert mutations is not None
    assert [name for name in mutations.fields if "ChangeEvent" in name] == ["addChangeEvent"]


@pytest.mark.rule("S1.R04", "S3.R06")
def test_one_customer_leads_to_personal_account_transaction_product_and_channel_information(office: Office) -> None:
    made = fill(office, PERSON)
    act = office.acts
    held = act.add_row(
        office.request(), "Holding", made.customer,
        {"kind": "ACCOUNT", "product": "活期存款", "number": "440212345678", "amount": "5000"},
    )  # fmt: skip
    moved = {"kind": "DEPOSIT", "amount": "800", "occurredAt": "2026-11-02T02:00:00Z", "channel": "COUNTER"}
    act.add_row(office.request(), "Transaction", made.customer, moved, held.id)
    selection = (
        "personal { nationality } holdings { sourceChannel product number amount { display } "
        "transactions { kind channel occurredAt amount { display } } }"
    )
    areas = ("identity", "holding", "property", "transaction")
    shown = read(office, selection, *(f"customer.{area}:read" for area in areas))
    assert shown == {
        "personal": {"nationality": "CN"},
        "holdings": [
            {
                "sourceChannel": "STAFF_ACTIVITY", "product": "活期存款", "number": "****5678",
                "amount": {"display": "CNY ***"},
                "transactions": [
                    {"kind": "DEPOSIT", "channel": "COUNTER", "occurredAt": "2026-11-02T02:00:00Z",
                     "amount": {"display": "CNY ***"}},
                ],
            }
        ],
    }  # fmt: skip
    without = read(office, selection, *(f"customer.{area}:read" for area in areas[:-1]))
    assert without["holdings"][0]["transactions"] is None
