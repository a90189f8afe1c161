"""The JSON Schema of a form, and that client and server agree about every submission."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema_rs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kehu.errors import Invalid
from kehu.forms.bind import BoundForm
from kehu.forms.jsonschema import DIALECT, format_checks, json_schema, schema_id
from kehu.forms.submission import parse_bound
from kehu.labels import Locale
from kehu_realestate.forms import FORMS

SHANGHAI = ZoneInfo("Asia/Shanghai")
KEYS = [form.key for form in FORMS]
COMMON: dict[str, object] = {"name": "司马小小", "telephone": "13900010002"}
GOOD: dict[str, dict[str, object]] = {
    "realestate.visit": {**COMMON, "visitedAt": "2026-03-05T14:30:00+08:00", "source": "VISIT"},
    "realestate.call": {**COMMON, "calledAt": "2026-03-05T06:30:00Z", "source": "CALL_IN"},
    "realestate.owner": {
        **COMMON,
        "unitSold": "3栋2单元501",
        "propertyType": "DETACHED_VILLA",
        "price": {"amount": "8000000.00", "currency": "CNY"},
        "discount": "九八折",
        "address": {"city": "佛山市", "detail": "示例路1号"},
        "project": "P01",
    },
}
VALUES: tuple[object, ...] = (
    None, "", " ", "x", "王五", "王5", "王*", "a\u0000b", "男", "MALE", "male", "VISIT", "HIGH", "A25_34", "25-34岁",
    "13900010002", " 13900010002", "139 0001 0002", "\uff11\uff1300010002", "12345678901", 13900010002, 13900010002.0,
    "2026-03-05", "2026/3/5", "2026-02-30", "2026-03-05T14:30:00+08:00", "2026-03-05T14:30:00Z",
    "2026-03-05T14:30:00", "2026-03-05 14:30:00+08:00", "2026-03-05t14:30:00z", "2026-03-05T25:00:00Z",
    "2026-03-05T14:30:60Z", "0001-01-01", "1799-12-31", True, False, 0, 1, 1.5, "是", "true", [], {}, ["x"],
    {"amount": "8000000.00"}, {"amount": "8000000.00", "currency": "CNY"}, {"amount": 8000000},
    {"amount": "800万"}, {"amount": "1.234"}, {"amount": "9999999999999999"}, {"amount": "1", "currency": "XXX"},
    {"amount": "1", "currency": "JPY"}, {"amount": "1", "extra": 1}, {"currency": "CNY"},
    {"city": "佛山市"}, {"city": "佛山市", "road": None}, {"street": "x"}, {"road": 1}, {"detail": "x" * 301},
    {"province": "44"}, {"province": "广东省"}, {"road": " "}, {"road": ""}, {"display": "佛山"}, {"road": "1*号"},
    "S0017", "S 17", "-S17", "s" * 64, "s" * 65, "项目一", "长" * 200, "长" * 201, "长" * 4001, "13900010002的备注",
    "PROPERTY", "UNDER_1M", "FIRST_HOME", "DETACHED_VILLA", "***", "欧阳 娜娜", "Anna Maria", "\ufeff王", "王\n五",
)  # fmt: skip


def client(bound: BoundForm, locale: Locale = "zh") -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        json_schema(bound, locale), validate_formats=True, formats=format_checks(bound)
    )


def server_takes(bound: BoundForm, data: dict[str, object]) -> bool:
    try:
        parse_bound(bound, data, zone=SHANGHAI)
    except Invalid:
        return False
    return True


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("locale", ["zh", "en"])
def test_the_schema_is_one(key: str, locale: Locale, bound_form: Callable[[str], BoundForm]) -> None:
    bound = bound_form(key)
    schema = json_schema(bound, locale)
    jsonschema_rs.meta.validate(schema)
    assert schema["$schema"] == DIALECT
    assert schema["$id"] == schema_id(bound, locale) == f"urn:kehu:form:{key}:1:{locale}"
    assert json.loads(json.dumps(schema)) == schema
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert list(properties) == [field.name for field in bound.form.fields]
    for field in bound.fields:
        part = properties[field.name]
        assert isinstance(part, dict)
        assert part["type"] in ("string", "boolean", "object")
        assert part["title"] == field.label.for_(locale)
        assert part["x-sensitive"] is field.field.policy.sensitive
        assert part["x-cites"] == list(field.field.cites)
        assert ("oneOf" in part) == (field.scheme is not None)


def test_options_are_labelled_in_the_language_asked_for(bound_form: Callable[[str], BoundForm]) -> None:
    options: tuple[tuple[Locale, str], ...] = (("zh", "现场来访客户"), ("en", "On-site visit"))
    for locale, title in options:
        schema: Any = json_schema(bound_form("realestate.visit"), locale)
        assert {"const": "VISIT", "title": title} in schema["properties"]["source"]["oneOf"]


def cases(key: str, bound: BoundForm) -> Iterator[dict[str, object]]:
    yield GOOD[key]
    yield {**GOOD[key], "nobody": 1}
    for field in bound.fields:
        yield {name: value for name, value in GOOD[key].items() if name != field.name}
        for value in VALUES:
            yield {**GOOD[key], field.name: value}


@pytest.mark.parametrize("key", KEYS)
def test_client_and_server_agree(key: str, bound_form: Callable[[str], BoundForm]) -> None:
    bound = bound_form(key)
    validator = client(bound)
    table = list(cases(key, bound))
    verdicts = [(data, validator.is_valid(data), server_takes(bound, data)) for data in table]
    assert [(data, says, takes) for data, says, takes in verdicts if says is not takes] == []
    accepted = sum(takes for _, _, takes in verdicts)
    assert len(bound.fields) * 3 < accepted < len(table) / 2


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_client_and_server_agree_about_any_text(data: st.DataObject, bound_form: Callable[[str], BoundForm]) -> None:
    key = data.draw(st.sampled_from(KEYS))
    bound = bound_form(key)
    texts = st.one_of(st.text(max_size=12), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.datetimes().map(str))
    submitted = {**GOOD[key], data.draw(st.sampled_from([f.name for f in bound.fields])): data.draw(texts)}
    assert client(bound).is_valid(submitted) is server_takes(bound, submitted)
