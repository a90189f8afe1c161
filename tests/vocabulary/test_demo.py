"""Made-up customers pass every check, come out alike for a seed, and reach nobody."""

from __future__ import annotations

from itertools import islice

import pytest

from kehu.demo import Organisation, Person, people
from kehu.vocabulary import (
    EmailAddress,
    FreeText,
    Mobile,
    OrganisationName,
    PersonName,
    PostalAddress,
    ResidentId,
    Uscc,
)
from kehu.vocabulary.identifiers import birth_date_in
from kehu.vocabulary.projections import sex_of_resident_id

COUNT = 3000


@pytest.fixture(scope="module")
def made() -> tuple[Person | Organisation, ...]:
    return tuple(people(COUNT, seed=7))


@pytest.fixture(scope="module")
def persons(made: tuple[Person | Organisation, ...]) -> tuple[Person, ...]:
    return tuple(one if isinstance(one, Person) else one.contact for one in made)


def test_people_pass_their_types_unchanged(persons: tuple[Person, ...]) -> None:
    for one in persons:
        assert PersonName.parse(one.name) == one.name
        assert ResidentId.parse(one.resident_id) == one.resident_id
        assert Mobile.parse(one.mobile) == one.mobile
        assert EmailAddress.parse(one.email) == one.email
        assert FreeText.parse(one.note) == one.note
        assert birth_date_in(one.resident_id) == one.birth_date
        assert sex_of_resident_id(one.resident_id) == one.sex


def test_addresses_are_split_completely(persons: tuple[Person, ...]) -> None:
    for one in persons:
        value = PostalAddress.parse(one.address)
        assert value.display == one.address
        assert value.province
        assert value.district
        assert value.road
        assert value.compound
        assert value.building
        assert value.room
        assert value.detail is None


def test_organisations_pass_their_types(made: tuple[Person | Organisation, ...]) -> None:
    organisations = [one for one in made if isinstance(one, Organisation)]
    assert 0.03 < len(organisations) / COUNT < 0.1
    for one in organisations:
        assert OrganisationName.parse(one.name) == one.name
        assert Uscc.parse(one.uscc) == one.uscc
        assert PostalAddress.parse(one.address).detail is None


def test_no_identifier_comes_twice(persons: tuple[Person, ...]) -> None:
    for attribute in ("resident_id", "mobile", "email"):
        assert len({getattr(one, attribute) for one in persons}) == COUNT


def test_a_seed_gives_the_same_people(made: tuple[Person | Organisation, ...]) -> None:
    assert tuple(islice(people(COUNT, seed=7), 200)) == made[:200]
    assert tuple(people(200, seed=8)) != made[:200]


def test_nobody_can_be_reached(persons: tuple[Person, ...]) -> None:
    assert {one.email.rpartition("@")[2] for one in persons} == {"example.com", "example.cn"}
    assert all(one.mobile[3:5] == "00" for one in persons)
    assert all(one.resident_id[14] == "9" for one in persons)


def test_names_are_as_varied_as_a_crowd(persons: tuple[Person, ...]) -> None:
    names = [one.name for one in persons]
    assert len(set(names)) > COUNT // 2
    assert any(name.startswith(("欧阳", "诸葛", "上官", "慕容")) for name in names)
    assert any("·" in name for name in names)
