"""Addresses: segments from a line or a mapping; nothing is lost, nothing personal reaches the clear district."""

from __future__ import annotations

import json

import jsonschema_rs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kehu.vocabulary import AddressValue, PostalAddress, ValueRefused
from kehu.vocabulary.address import SEGMENTS

LINES: list[tuple[str, dict[str, str]]] = [
    (
        "广东省佛山市顺德区北滘镇美的大道6号君兰国际花园3栋2单元15层1501室",
        {
            "province": "广东省", "city": "佛山市", "district": "顺德区", "town": "北滘镇", "road": "美的大道6号",
            "compound": "君兰国际花园", "building": "3栋", "unit": "2单元", "floor": "15层", "room": "1501室",
        },
    ),
    (
        "北京市朝阳区建国路88号院6号楼1203",
        {"province": "北京市", "district": "朝阳区", "road": "建国路88号院", "building": "6号楼", "room": "1203"},
    ),
    (
        "上海市浦东新区陆家嘴街道世纪大道100号环球中心55楼",
        {
            "province": "上海市", "district": "浦东新区", "town": "陆家嘴街道", "road": "世纪大道100号",
            "compound": "环球中心", "floor": "55楼",
        },
    ),
    ("青岛市市南区香港中路10号", {"city": "青岛市", "district": "市南区", "road": "香港中路10号"}),
    ("唐山市路南区新华道100号", {"city": "唐山市", "district": "路南区", "road": "新华道100号"}),
    ("湖南省永州市道县道州路", {"province": "湖南省", "city": "永州市", "district": "道县", "road": "道州路"}),
    ("中山市古镇镇新兴大道1号", {"city": "中山市", "town": "古镇镇", "road": "新兴大道1号"}),
    ("佛山市市场路3号", {"city": "佛山市", "road": "市场路3号"}),
    ("阳光小区3栋", {"compound": "阳光小区", "building": "3栋"}),
    ("吉林省吉林市船营区", {"province": "吉林省", "city": "吉林市", "district": "船营区"}),
    (
        "新疆维吾尔自治区伊犁哈萨克自治州伊宁市解放路",
        {"province": "新疆维吾尔自治区", "city": "伊犁哈萨克自治州", "district": "伊宁市", "road": "解放路"},
    ),
    (
        "浙江 杭州市 西湖区 文三路 幸福里小区 5幢1单元301室(门口有石狮)",
        {
            "province": "浙江", "city": "杭州市", "district": "西湖区", "road": "文三路", "compound": "幸福里小区",
            "building": "5幢", "unit": "1单元", "room": "301室", "detail": "(门口有石狮)",
        },
    ),
    ("南京市鼓楼区中山北路３号", {"city": "南京市", "district": "鼓楼区", "road": "中山北路3号"}),
    ("村口大榕树旁第二家", {"detail": "村口大榕树旁第二家"}),
    ("12 Example Lane, Sampletown", {"detail": "12 Example Lane, Sampletown"}),
]  # fmt: skip


@pytest.mark.rule("S3.R03", "S17.R22")
@pytest.mark.parametrize(("line", "segments"), LINES)
def test_a_line_is_split(line: str, segments: dict[str, str]) -> None:
    assert PostalAddress.parse(line) == AddressValue(**segments)


@given(st.text(alphabet="广东省佛山市顺德区县北滘镇乡街道路大号小区花园3栋2单元1层室0-A (,·", min_size=1, max_size=60))
def test_nothing_of_a_line_is_lost(line: str) -> None:
    assume(line.strip())
    value = PostalAddress.parse(line)
    assert value.display.replace(" ", "") == line.replace(" ", "")
    shown = PostalAddress.output(value)
    assert PostalAddress.parse(shown) == value
    assert PostalAddress.decode(json.loads(json.dumps(PostalAddress.encode(value)))) == value
    assert jsonschema_rs.is_valid(dict(PostalAddress.schema), shown)


@given(st.text(min_size=1, max_size=80))
def test_the_clear_area_never_holds_digits(line: str) -> None:
    try:
        value = PostalAddress.parse(line)
    except ValueRefused:
        return
    assert not any(char.isdigit() for char in value.area)
    assert len(value.area) <= 40


def test_a_mapping_is_taken_as_it_is() -> None:
    value = PostalAddress.parse(
        {"province": " 广东省 ", "city": "佛山市", "district": None, "room": "１５０１", "unit": ""}
    )
    assert value == AddressValue(province="广东省", city="佛山市", room="1501")
    assert value.display == "广东省佛山市1501"
    assert PostalAddress.parse(value) == value


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ({}, "ADDRESS_EMPTY"),
        ({"display": "广东省"}, "ADDRESS_EMPTY"),
        ({"province": None, "city": " "}, "ADDRESS_EMPTY"),
        ({"street": "x"}, "ADDRESS_SEGMENT"),
        ({1: "x"}, "ADDRESS_SEGMENT"),
        ({"province": 5}, "TEXT_EXPECTED"),
        ({"detail": "x" * 301}, "ADDRESS_LENGTH"),
        ({"detail": "x" * 150, "road": "y" * 151}, "ADDRESS_LENGTH"),
        ("长" * 301, "ADDRESS_LENGTH"),
        ({"district": "13812345678"}, "ADDRESS_AREA"),
        ({"city": "佛山2市"}, "ADDRESS_AREA"),
        ({"province": "zhang@example.com"}, "ADDRESS_AREA"),
        ({"province": "省" * 31}, "ADDRESS_AREA"),
        ({"province": "广东省", "display": "广东省***"}, "MASK_SENT_BACK"),
        ({"road": "***"}, "MASK_SENT_BACK"),
        ("广东省佛山市顺德区***", "MASK_SENT_BACK"),
        ("", "TEXT_EMPTY"),
        (None, "TEXT_EXPECTED"),
        (["广东省"], "TEXT_EXPECTED"),
        ("广东\x00省", "TEXT_CONTROL"),
    ],
)
def test_refusals(raw: object, code: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        PostalAddress.parse(raw)
    assert caught.value.problem.code == code


def test_parts_name_every_segment_and_the_display() -> None:
    assert tuple(name for name, _, _ in PostalAddress.parts) == (*SEGMENTS, "display")


@pytest.mark.promise(8)
def test_the_value_itself_shows_nothing() -> None:
    value = PostalAddress.parse("广东省佛山市顺德区")
    assert "广东" not in f"{value!r}{value}{value!s}"
