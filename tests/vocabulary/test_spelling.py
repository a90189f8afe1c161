"""Forms under which names are found: whole, bounded, and what people type is among them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kehu.vocabulary.spelling import MOST_READINGS, asked_forms, organisation_forms, person_forms

CHARACTERS = st.text("单行重乐长区万俟欧阳吕示例示張·. abcZé\ue000〇", min_size=1, max_size=30)


@settings(deadline=None)  # the first name loads the dictionaries
@given(CHARACTERS)
def test_a_name_has_few_forms_and_is_found_as_it_is_written(name: str) -> None:
    for forms in (person_forms(name), organisation_forms(name)):
        assert len(forms) <= 1 + 2 * MOST_READINGS
        assert all(kind in ("exact", "pinyin", "initials") for kind in (form.partition(":")[0] for form in forms))
        if any(char.isalnum() for char in name):
            assert asked_forms(name) & forms


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("万俟示例", "moqishili"), ("尉迟示", "yuchishi"), ("单示", "shanshi"), ("曾示", "zengshi"), ("解示", "xieshi"),
        ("长孙示", "zhangsunshi"), ("欧阳示", "oys"), ("吕示", "lyushi"), ("吕示", "lüshi"), ("買買提·艾力", "mmtal"),
        ("John Smith", "js"), ("José", "jose"),
    ],
)  # fmt: skip
def test_surnames_are_read_as_surnames_and_words_by_their_first_letters(name: str, typed: str) -> None:
    assert asked_forms(typed) & person_forms(name)


def test_an_organisation_is_read_by_its_words() -> None:
    forms = organisation_forms("重庆银行股份有限公司")
    assert "pinyin:chongqingyinhanggufenyouxiangongsi" in forms
    assert not asked_forms("chongqing") & forms
