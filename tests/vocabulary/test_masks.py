"""Masks: exactly what remains, and that it is all they depend on."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.demo import resident_id
from kehu.demo.places import PLACES
from kehu.errors import DeclarationError
from kehu.vocabulary import TYPES, BirthDate, HoldingNumber, Json, Mobile, Money, PersonName, PostalAddress, ResidentId
from kehu.vocabulary.contacts import mask_mobile
from kehu.vocabulary.names import COMPOUND_SURNAMES

from . import further_cases

MASKED: dict[tuple[str, str], list[tuple[object, Json]]] = {
    ("PersonName", "surname"): [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("我", "*"),
        ("欧阳修", "欧阳*"),
        ("司马相如", "司马**"),
        ("歐陽修", "歐陽*"),
        ("诸葛孔明", "诸葛**"),
        ("欧阳", "欧*"),
        ("欧文", "欧*"),
        ("阿依古丽·买买提", "阿*******"),
        ("John Smith", "J***"),
        ("Jo", "J***"),
        ("X", "*"),
        ("Ålesund", "Å***"),
        ("김철수", "김***"),
    ],
    ("OrganisationName", "head"): [
        ("佛山云岚贸易有限公司", "佛山***"),
        ("佛山云岚集团", "佛山***"),
        ("云岚", "云***"),
        ("Yunlan Ltd.", "Yu***"),
    ],
    ("ResidentId", "6+4"): [
        ("11010519491231002X", "110105********002X"),
        ("440524188001010014", "440524********0014"),
    ],
    ("ResidentId", "1+1"): [
        ("11010519491231002X", "1****************X"),
        ("440524188001010014", "4****************4"),
    ],
    ("Uscc", "2+4"): [("91350100M000100Y43", "91************0Y43")],
    ("HoldingNumber", "last4"): [
        ("6228480402564890018", "****0018"),
        ("HT-2026-0001", "****0001"),
        ("12345678", "****5678"),
        ("1234567", "****7"),
        ("A12", "****2"),
    ],
    ("Mobile", "3+4"): [
        ("13812341234", "138****1234"),
        ("+86 199 0000 5678", "199****5678"),
    ],
    ("EmailAddress", "local"): [
        ("zhang@x.com", "z***@x.com"),
        ("zh@x.com", "z***@x.com"),
        ("z@x.com", "***@x.com"),
        ("zhang.san+a@Mail.X.com", "z***@mail.x.com"),
    ],
    ("BirthDate", "year"): [("1985-03-07", "1985-**-**"), ("2000-02-29", "2000-**-**")],
    ("Money", "amount"): [
        ("8000000", {"amount": None, "currency": "CNY", "display": "CNY ***"}),
        ("USD 1", {"amount": None, "currency": "USD", "display": "USD ***"}),
    ],
    ("FreeText", "constant"): [("短", "***"), ("长" * 4000, "***")],
    ("Code", "hidden"): [("VIP", None)],
    ("Flag", "hidden"): [(True, None), (False, None)],
    **further_cases.MASKED,
}


@pytest.mark.rule("S1.R02")
@pytest.mark.parametrize(
    ("name", "key", "raw", "shown"),
    [(name, key, raw, shown) for (name, key), rows in MASKED.items() for raw, shown in rows],
)
def test_mask(name: str, key: str, raw: object, shown: Json) -> None:
    type_ = TYPES[name]
    assert type_.mask(key).apply(type_.parse(raw)) == shown


def test_every_mask_has_a_table() -> None:
    masks = {(name, mask.key) for name, type_ in TYPES.items() for mask in type_.masks if mask.key != "hidden"}
    assert masks - {("PostalAddress", "district")} == {key for key in MASKED if key[1] != "hidden"}


def test_an_unknown_mask_is_refused() -> None:
    with pytest.raises(DeclarationError, match="has no mask"):
        Mobile.mask("6+4")


@given(st.from_regex("1(3[0-9]|8[0-9])[0-9]{8}", fullmatch=True))
def test_a_mobile_mask_shows_at_most_seven_digits(number: str) -> None:
    shown = mask_mobile(number)
    assert sum(char.isdigit() for char in shown) == 7
    assert (shown[:3], shown[3:7], shown[7:]) == (number[:3], "****", number[7:])


@given(st.from_regex("13[0-9]{9}", fullmatch=True), st.from_regex("[0-9]{4}", fullmatch=True))
def test_a_mobile_mask_depends_only_on_what_it_shows(number: str, other: str) -> None:
    assert mask_mobile(number) == mask_mobile(number[:3] + other + number[7:])


@given(st.randoms(use_true_random=False), st.sampled_from(PLACES), st.dates(min_value=BirthDate.parse("1900-01-01")))
def test_the_default_mask_of_an_id_hides_the_birth_date(random: object, place: object, birth: object) -> None:
    number = resident_id(random, place.code, birth.replace(year=min(birth.year, 2020), day=1), "MALE")  # type: ignore[attr-defined,arg-type]  # hypothesis' own types
    shown = str(ResidentId.mask("6+4").apply(number))
    assert shown == number[:6] + "********" + number[14:]
    assert sum(char != "*" for char in str(ResidentId.mask("1+1").apply(number))) == 2


def _same(apply: Callable[[str], Json], one: str, other: str) -> bool:
    return apply(one) == apply(other)


@given(st.text(alphabet="三四五六七八九十", min_size=1, max_size=3), st.data())
def test_a_name_mask_depends_on_surname_and_length(given_name: str, data: st.DataObject) -> None:
    other = data.draw(st.text(alphabet="甲乙丙丁戊己", min_size=len(given_name), max_size=len(given_name)))
    apply = PersonName.mask("surname").apply
    for surname in ("王", "欧阳", "上官", "慕容"):
        assert _same(apply, surname + given_name, surname + other)
        assert given_name not in str(apply(surname + given_name))


@given(st.sampled_from(sorted(COMPOUND_SURNAMES)))
def test_a_compound_surname_alone_is_not_shown_whole(surname: str) -> None:
    assert len(surname) == 2
    assert PersonName.mask("surname").apply(surname) == surname[0] + "*"
    assert PersonName.mask("surname").apply(surname + "某") == surname + "*"


@given(st.text(alphabet="0123456789", min_size=8, max_size=30), st.text(alphabet="0123456789", min_size=4, max_size=26))
def test_a_holding_mask_hides_its_length(number: str, head: str) -> None:
    apply = HoldingNumber.mask("last4").apply
    assert apply(number) == apply(head + number[-4:]) == "****" + number[-4:]


@given(st.integers(-(10**15), 10**15), st.integers(-(10**15), 10**15))
def test_an_amount_mask_shows_only_the_currency(one: int, other: int) -> None:
    apply = Money.mask("amount").apply
    assert apply(Money.decode({"minor": one, "currency": "CNY"})) == apply(
        Money.decode({"minor": other, "currency": "CNY"})
    )


def test_an_address_mask_keeps_the_district() -> None:
    value = PostalAddress.parse("广东省佛山市顺德区北滘镇云栖大道6号澜庭花园3栋2单元1501室")
    shown = PostalAddress.mask("district").apply(value)
    assert isinstance(shown, dict)
    assert {name: part for name, part in shown.items() if part is not None} == {
        "province": "广东省",
        "city": "佛山市",
        "district": "顺德区",
        "display": "广东省佛山市顺德区***",
    }
    assert set(shown) == {name for name, _, _ in PostalAddress.parts}
    other = PostalAddress.parse("广东省佛山市顺德区大良街道德民路1号")
    assert PostalAddress.mask("district").apply(other) == shown


@pytest.mark.parametrize("name", sorted({name for name, _ in MASKED} - {"Code", "Flag", "Uscc"}))
def test_a_mask_sent_back_never_overwrites_the_value(name: str) -> None:
    type_ = TYPES[name]
    for (of, key), rows in MASKED.items():
        for raw, _ in rows if of == name else []:
            with pytest.raises(Exception, match="MASK_SENT_BACK"):
                type_.parse(type_.mask(key).apply(type_.parse(raw)))
