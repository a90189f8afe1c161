"""Projections and the declarations that come with the vocabulary."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.policy import Category, Level
from kehu.vocabulary import (
    TYPES,
    AddressValue,
    AgeBand,
    BirthDate,
    BirthYear,
    PostalAddress,
    ResidentId,
    ShortText,
    ValueRefused,
)
from kehu.vocabulary.categories import CATEGORIES, LEVELS, SYSTEMS
from kehu.vocabulary.codes import AGE_BANDS
from kehu.vocabulary.identifiers import birth_date_in
from kehu.vocabulary.projections import (
    PROJECTIONS,
    age_band,
    age_on,
    birth_year,
    district_of,
    sex_of_resident_id,
)
from kehu.vocabulary.purposes import PURPOSES
from kehu.vocabulary.retention import RETENTION_CLASSES


@pytest.mark.rule("S17.R21")
@pytest.mark.parametrize(
    ("birth", "on", "band"),
    [
        ("2008-11-24", "2026-11-23", "UNDER_18"),
        ("2008-11-23", "2026-11-23", "A18_24"),
        ("2001-11-24", "2026-11-23", "A18_24"),
        ("2001-11-23", "2026-11-23", "A25_34"),
        ("1991-11-24", "2026-11-23", "A25_34"),
        ("1991-11-23", "2026-11-23", "A35_44"),
        ("1981-11-24", "2026-11-23", "A35_44"),
        ("1981-11-23", "2026-11-23", "A45_54"),
        ("1971-11-23", "2026-11-23", "A55_64"),
        ("1961-11-24", "2026-11-23", "A55_64"),
        ("1961-11-23", "2026-11-23", "A65_PLUS"),
        ("1875-01-01", "2026-11-23", "A65_PLUS"),
        ("2026-11-23", "2026-11-23", "UNDER_18"),
        ("2008-02-29", "2026-02-28", "UNDER_18"),
        ("2008-02-29", "2026-03-01", "A18_24"),
        ("2026-11-24", "2026-11-23", "UNDER_18"),
    ],
)
def test_age_band(birth: str, on: str, band: str) -> None:
    assert age_band(date.fromisoformat(birth), lambda: date.fromisoformat(on)) == band


@given(st.dates(date(1875, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2060, 1, 1)))
def test_every_age_has_exactly_one_band(birth: date, on: date) -> None:
    age = age_on(birth, on)
    fitting = [band.code for band in AGE_BANDS if band.low <= age and (band.high is None or age <= band.high)]
    assert fitting == [age_band(birth, lambda: on)]
    assert AgeBand.parse(fitting[0]) == fitting[0]


@pytest.mark.rule("S3.R03")
@pytest.mark.parametrize(
    ("number", "sex", "birth"),
    [
        ("11010519491231002X", "FEMALE", date(1949, 12, 31)),
        ("440524188001010014", "MALE", date(1880, 1, 1)),
    ],
)
def test_what_a_resident_id_says(number: str, sex: str, birth: date) -> None:
    assert sex_of_resident_id(ResidentId.parse(number)) == sex
    assert birth_date_in(number) == birth


def test_birth_year_and_district() -> None:
    assert BirthYear.parse(birth_year(BirthDate.parse("1985-03-07"))) == 1985
    assert district_of(PostalAddress.parse("广东省佛山市顺德区云栖大道6号")) == "广东省佛山市顺德区"
    assert district_of(PostalAddress.parse("北京市朝阳区")) == "北京市朝阳区"
    assert district_of(AddressValue(detail="村口")) is None


@given(st.text(min_size=1, max_size=100))
def test_a_district_always_fits_the_clear_column(line: str) -> None:
    """What the store writes beside a sealed address is never refused, and so never refuses the address."""
    try:
        address = PostalAddress.parse(line)
    except ValueRefused:
        return
    district = district_of(address)
    assert district is None or ShortText.parse(district)


def test_the_table_names_the_functions() -> None:
    expected = {
        "age_band": age_band,
        "birth_year": birth_year,
        "district_of": district_of,
        "sex_of_resident_id": sex_of_resident_id,
    }
    assert dict(PROJECTIONS) == expected


@pytest.mark.rule("S1.R08", "S4.R07")
def test_purposes() -> None:
    codes = [purpose.code for purpose in PURPOSES]
    assert codes == sorted(codes)
    internal = {purpose.code for purpose in PURPOSES if "S1.R08" in purpose.cites}
    assert internal == {"ASSESSMENT", "DECISION", "MARKETING", "PRODUCT_DEVELOPMENT", "SERVICE", "STATISTICS"}
    assert set(codes) - internal == {"CONTRACT", "FOLLOW_UP", "LEGAL_DUTY"}
    assert [purpose.code for purpose in PURPOSES if purpose.condition] == ["FOLLOW_UP"]
    assert all(purpose.cites for purpose in PURPOSES)


@pytest.mark.rule("S7.R11")
def test_retention_floors() -> None:
    floors = {found.key: found.minimum_years for found in RETENTION_CLASSES}
    assert floors == {"business": 10, "health": 10, "identity": 10, "internal": 3, "marketing": None}
    assert list(floors) == sorted(floors)


@pytest.mark.rule("S1.R04", "S3.R11", "S5.R01", "S7.R07")
def test_every_category_system_and_level_is_described_and_cited() -> None:
    assert set(CATEGORIES) == set(Category)
    assert set(SYSTEMS) == {category.system for category in Category}
    assert set(LEVELS) == set(Level)
    assert all(described.cites for described in (*CATEGORIES.values(), *SYSTEMS.values(), *LEVELS.values()))
    assert len({category for category in CATEGORIES if category.system == "S7"}) == 9
    assert len({category for category in CATEGORIES if category.system == "S5"}) == 3


def test_policies_name_only_what_exists() -> None:
    purposes = {purpose.code for purpose in PURPOSES}
    classes = {found.key for found in RETENTION_CLASSES}
    for type_ in TYPES.values():
        assert set(type_.policy.purposes) <= purposes
        assert type_.policy.retention in classes
        assert type_.policy.cites
        assert type_.policy.area.startswith("customer.")


@pytest.mark.rule("S17.R21")
def test_bounds_that_no_rule_gives_are_marked_as_defaults() -> None:
    assert {name for name, type_ in TYPES.items() if type_.policy.default} == {
        "AgeBand", "HealthCondition", "MedicalHistory",
    }  # fmt: skip
