"""Every governed type takes, normalises and refuses what its table says, and never shows what it holds."""

from __future__ import annotations

import json
import traceback
from datetime import date
from itertools import chain

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.policy import Audit, Level
from kehu.vocabulary import TYPES, Governed, GovernedType, Storage, ValueRefused, opened

from . import cases, further_cases

TAKEN = cases.TAKEN | further_cases.TAKEN
REFUSED = cases.REFUSED | further_cases.REFUSED
ANY_TYPE = st.sampled_from(sorted(TYPES)).map(TYPES.__getitem__)
_SAMPLES = [row[0] for row in (*chain(*TAKEN.values()), *chain(*REFUSED.values()))]


def refusal(type_: GovernedType[object], raw: object) -> str:
    with pytest.raises(ValueRefused) as caught:
        type_.parse(raw)
    return caught.value.problem.code


@pytest.mark.parametrize(
    ("name", "raw", "value"),
    [(name, raw, value) for name, rows in TAKEN.items() for raw, value in rows],
)
def test_takes(name: str, raw: object, value: object) -> None:
    assert TYPES[name].parse(raw) == value


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [(name, raw, code) for name, rows in REFUSED.items() for raw, code in rows],
)
def test_refuses(name: str, raw: object, code: str) -> None:
    assert refusal(TYPES[name], raw) == code


def test_every_type_has_its_tables() -> None:
    composite = {"PostalAddress"}
    assert set(TAKEN) | composite == set(REFUSED) | composite == set(TYPES)


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_output_is_taken_again_and_fits_the_schema(name: str) -> None:
    type_ = TYPES[name]
    validator = jsonschema_rs.Draft202012Validator(dict(type_.schema))
    for raw, value in TAKEN[name]:
        shown = type_.output(type_.parse(raw))
        assert type_.parse(shown) == value
        assert validator.is_valid(shown), (name, shown)
        assert type_.decode(json.loads(json.dumps(type_.encode(value)))) == value
        assert isinstance(type_.index_form(value), str)


@given(ANY_TYPE, st.one_of(st.text(), st.integers(), st.floats(), st.dates(), st.sampled_from(_SAMPLES)))
def test_parsing_is_stable_or_refused(type_: GovernedType[object], raw: object) -> None:
    """Whatever comes, a type gives a value that it takes again, or its refusal; nothing else."""
    try:
        value = type_.parse(raw)
    except ValueRefused:
        return
    assert type_.parse(value) == value
    assert type_.parse(type_.output(value)) == value
    assert type_.decode(type_.encode(value)) == value


@given(st.text(alphabet="张欧阳三·•.。 　-'AaＡé\u0301\u200b\t\n", max_size=12))
def test_names_and_addresses_are_stable(text: str) -> None:
    for name in ("PersonName", "OrganisationName", "PostalAddress", "FreeText", "ShortText"):
        try:
            value = TYPES[name].parse(text)
        except ValueRefused:
            continue
        assert TYPES[name].parse(TYPES[name].output(value)) == value


@pytest.mark.promise(8)
@pytest.mark.parametrize("name", sorted(TAKEN))
def test_a_governed_value_never_shows_itself(name: str) -> None:
    type_ = TYPES[name]
    for raw, value in TAKEN[name]:
        held = type_.governed(raw)
        texts = [
            repr(held),
            str(held),
            f"{held}",
            f"{held:>9}",
            f"{held!r}",
            "".join(map(str, [held])),
            repr([held]),
            repr({"v": held}),
        ]
        assert all(f"<{name}>" in text for text in texts)
        assert all(not leaks(raw, text.replace(f"<{name}>", "")) for text in texts)
        assert opened(held) == value
        with pytest.raises(TypeError):
            held.__reduce__()


@pytest.mark.promise(8)
@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_refusal_never_repeats_the_value(name: str) -> None:
    """Neither in its message nor in a traceback, of which a hidden cause would be part."""
    for raw, _ in REFUSED[name]:
        with pytest.raises(ValueRefused) as caught:
            TYPES[name].parse(raw)
        error: BaseException | None = caught.value
        problem = caught.value.problem
        assert not leaks(raw, problem.message.zh + problem.message.en), problem.code
        while error is not None:
            shown = "".join(traceback.format_exception_only(error))
            assert not leaks(raw, shown), shown
            error = error.__cause__ or error.__context__


def leaks(raw: object, text: str) -> bool:
    """Whether a telling part of ``raw`` stands in ``text``; the shortest values can't be told from other text."""
    return isinstance(raw, (str, int)) and not isinstance(raw, bool) and len(str(raw)) > 4 and str(raw) in text


def test_equal_values_are_equal_and_hash_alike() -> None:
    mobile = TYPES["Mobile"]
    assert mobile.governed("138 1234 5678") == mobile.governed("13812345678")
    assert hash(mobile.governed("138 1234 5678")) == hash(mobile.governed("13812345678"))
    assert mobile.governed("13812345678") != mobile.governed("13812345679")
    assert Governed(mobile, "x") != Governed(TYPES["Code"], "x")


@pytest.mark.rule("S3.R03", "S3.R14", "S5.R02")
@pytest.mark.parametrize(
    "name",
    [
        "BankAccount",
        "BankCard",
        "BirthDate",
        "CreditStanding",
        "DocumentNumber",
        "EmailAddress",
        "Employer",
        "Ethnicity",
        "FileContent",
        "FreeText",
        "GasMeter",
        "Habit",
        "HoldingNumber",
        "Landline",
        "LicencePlate",
        "Mobile",
        "Occupation",
        "Passport",
        "PersonName",
        "Photo",
        "PostalAddress",
        "Postcode",
        "ResidentId",
        "Vin",
    ],
)
def test_what_shows_who_it_is_stands_sealed(name: str) -> None:
    policy = TYPES[name].policy
    assert policy.sealed
    assert policy.sensitive
    assert policy.mask is not None
    assert policy.level == Level.IDENTIFYING
    assert policy.audit is Audit.FIELD
    assert "JRT0171.C2" in policy.categories


@pytest.mark.rule("S3.R04", "S5.R03")
def test_amounts_are_clear_for_grading_and_masked_for_readers() -> None:
    policy = TYPES["Money"].policy
    assert not policy.sealed
    assert policy.mask == "amount"
    assert {"S3.property", "S3_class.sensitive", "S5.financial", "JRT0171.C2"} <= set(policy.categories)
    assert TYPES["Money"].storage is Storage.MONEY


@pytest.mark.rule("S5.R04", "S5.R12")
@pytest.mark.parametrize("name", ["HealthCondition", "MedicalHistory"])
def test_health_is_kept_apart_from_everything_else(name: str) -> None:
    policy = TYPES[name].policy
    assert (policy.area, policy.retention, policy.level) == ("customer.health", "health", Level.AUTHENTICATING)
    assert (policy.sealed, policy.mask, policy.audit) == (True, "constant", Audit.FIELD)
    assert set(policy.purposes) < set(TYPES["PersonName"].policy.purposes)
    assert {"S5.health", "S3_class.sensitive"} <= set(policy.categories)
    sharing = {n for n, t in TYPES.items() if t.policy.area == policy.area or t.policy.retention == policy.retention}
    assert sharing == {"HealthCondition", "MedicalHistory"}


@pytest.mark.parametrize(
    ("name", "category", "area"),
    [
        pytest.param("Income", "S3.property", "customer.property", marks=pytest.mark.rule("S3.R04")),
        pytest.param("TaxAmount", "S3.property", "customer.property", marks=pytest.mark.rule("S3.R04")),
        pytest.param("HousingFund", "S3.property", "customer.property", marks=pytest.mark.rule("S3.R04")),
        pytest.param("CreditStanding", "S3.credit", "customer.credit", marks=pytest.mark.rule("S3.R05")),
        pytest.param("TransactionAmount", "S3.transaction", "customer.transaction", marks=pytest.mark.rule("S3.R06")),
        pytest.param("Habit", "S3.derived", "customer.derived", marks=pytest.mark.rule("S3.R07")),
        pytest.param("BankCard", "S5.financial", "customer.holding", marks=pytest.mark.rule("S5.R03")),
        pytest.param("BankAccount", "S5.financial", "customer.holding", marks=pytest.mark.rule("S5.R03")),
    ],
)
def test_each_kind_of_information_has_its_category_and_its_scope(name: str, category: str, area: str) -> None:
    policy = TYPES[name].policy
    assert category in policy.categories
    assert policy.area == area
    assert policy.mask is not None
    assert policy.sensitive


@pytest.mark.rule("S3.R11")
def test_plain_types_are_general_clear_and_unmasked() -> None:
    plain = "AgeBand BirthYear Code Count Day Flag Moment Nationality Quantity Reference ShortText"
    for name in plain.split():
        policy = TYPES[name].policy
        assert (policy.sealed, policy.mask, policy.level) == (False, None, Level.INTERNAL)
        assert "S3_class.general" in policy.categories


def test_exact_lookup_is_for_numbers_that_people_give_to_be_found() -> None:
    found = {name for name, type_ in TYPES.items() if type_.policy.lookup}
    assert found == {
        "BankAccount", "BankCard", "DocumentNumber", "GasMeter", "HoldingNumber", "Landline", "LicencePlate", "Mobile",
        "Passport", "ResidentId", "TobaccoLicence", "Uscc", "Vin",
    }  # fmt: skip


def test_schemas_are_valid_and_use_no_unicode_digits() -> None:
    for name, type_ in TYPES.items():
        schema = dict(type_.schema)
        jsonschema_rs.meta.validate({"$schema": "https://json-schema.org/draft/2020-12/schema", **schema})
        assert "\\d" not in json.dumps(schema), name


def test_codes_of_refusals_are_stable_names() -> None:
    codes = {code for _, code in chain.from_iterable(REFUSED.values())}
    assert all(code.replace("_", "").isalpha() and code.isupper() for code in codes)


def test_the_clock_decides_about_the_future() -> None:
    from kehu.vocabulary.dates import parse_birth_date, parse_birth_year

    def today() -> date:
        return date(2000, 1, 1)

    assert parse_birth_date("2000-01-01", today) == date(2000, 1, 1)
    with pytest.raises(ValueRefused, match="BIRTH_FUTURE"):
        parse_birth_date("2000-01-02", today)
    assert parse_birth_year(2000, today) == 2000
    with pytest.raises(ValueRefused, match="BIRTH_FUTURE"):
        parse_birth_year(2001, today)
