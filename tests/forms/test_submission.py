"""What a submission becomes, and everything that is reported when it can't."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from kehu.errors import Invalid
from kehu.forms.bind import BoundForm, bind
from kehu.forms.form import Form, FormField
from kehu.forms.submission import Submission, parse_bound, parse_submission
from kehu.labels import Label
from kehu.records import Record
from kehu.rules.scheme import Scheme
from kehu.vocabulary.base import opened
from kehu_realestate.forms import VISIT

SHANGHAI = ZoneInfo("Asia/Shanghai")
GOOD: dict[str, object] = {
    "name": "欧阳小小",
    "telephone": "13900010002",
    "visitedAt": "2026-03-05T14:30:00+08:00",
    "source": "VISIT",
    "sex": "FEMALE",
    "consultant": "S0017",
    "purchaseIntention": True,
}


@pytest.fixture
def visit(bound_form: Callable[[str], BoundForm]) -> BoundForm:
    return bound_form("realestate.visit")


def clear(submission: Submission) -> dict[str, dict[str, object]]:
    return {
        record: {name: opened(value) for name, value in fields.items()} for record, fields in submission.values.items()
    }


def problems(bound: BoundForm, data: Mapping[str, object], *, as_written: bool = False) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        parse_bound(bound, data, zone=SHANGHAI, as_written=as_written)
    return [("/".join(map(str, problem.path)), problem.code) for problem in caught.value.problems]


@pytest.mark.rule("S17.R21", "S17.R07")
def test_a_submission_gives_governed_values_by_record(
    records: Mapping[str, Record], schemes: Mapping[str, Scheme]
) -> None:
    submission = parse_submission(VISIT, GOOD, records=records, schemes=schemes, zone=SHANGHAI)
    assert clear(submission) == {
        "Customer": {"kind": "PERSON", "stage": "PROSPECT", "name": "欧阳小小", "sex": "FEMALE"},
        "ContactPoint": {"kind": "MOBILE", "mobile": "13900010002"},
        "Interaction": {"kind": "VISIT", "occurredAt": datetime(2026, 3, 5, 6, 30, tzinfo=UTC)},
        "RealestateProfile": {"source": "VISIT", "purchaseIntention": True},
    }
    assert submission.references == {"Interaction": {"staff": "S0017"}}
    assert (submission.form, submission.version) == ("realestate.visit", 1)


@pytest.mark.promise(8)
def test_a_submission_shows_no_value(visit: BoundForm) -> None:
    shown = repr(parse_bound(visit, GOOD, zone=SHANGHAI))
    assert "欧阳" not in shown
    assert "1390001" not in shown


def test_everything_wrong_is_reported_at_once(visit: BoundForm) -> None:
    data = {
        **GOOD,
        "name": "王5",
        "telephone": "139",
        "source": "NEWSPAPER",
        "consultant": "张 三",
        "nickname": "x",
        "姓名": "李四",
    }
    del data["visitedAt"]
    assert problems(visit, data) == [
        ("nickname", "UNKNOWN_FIELD"),
        ("", "UNKNOWN_FIELD"),
        ("name", "NAME_DIGIT"),
        ("telephone", "MOBILE_LENGTH"),
        ("visitedAt", "REQUIRED"),
        ("source", "CODE_UNKNOWN"),
        ("consultant", "REFERENCE_INVALID"),
    ]


@pytest.mark.rule("S17.R07")
def test_an_unknown_code_lists_what_is_allowed(visit: BoundForm) -> None:
    with pytest.raises(Invalid) as caught:
        parse_bound(visit, {**GOOD, "source": "报纸"}, zone=SHANGHAI)
    message = caught.value.problems[0].message
    assert "现场来访客户" in message.zh
    assert "On-site visit" in message.en
    assert "报纸" not in message.zh


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", None, "TEXT_EXPECTED"),
        ("name", "", "TEXT_EMPTY"),
        ("sex", "女", "CODE_UNKNOWN"),
        ("sex", None, "CODE_UNKNOWN"),
        ("telephone", 13900010002, "SHAPE_WRONG"),
        ("telephone", "139 0001 0002", "SHAPE_WRONG"),
        ("visitedAt", "2026-03-05T14:30:00", "MOMENT_ZONE_MISSING"),
        ("visitedAt", "2026-03-05", "MOMENT_ZONE_MISSING"),
        ("purchaseIntention", "是", "SHAPE_WRONG"),
        ("consultant", "", "REFERENCE_INVALID"),
        ("consultant", "x" * 65, "REFERENCE_INVALID"),
        ("consultant", 17, "REFERENCE_INVALID"),
    ],
)
def test_a_client_writes_as_the_schema_says(visit: BoundForm, field: str, value: object, code: str) -> None:
    assert problems(visit, {**GOOD, field: value}) == [(field, code)]


@pytest.mark.parametrize(
    ("field", "written", "record", "name", "meant"),
    [
        ("sex", "女", "Customer", "sex", "FEMALE"),
        ("sex", " 先生 ", "Customer", "sex", "MALE"),
        ("sex", "female", "Customer", "sex", "FEMALE"),
        ("ageBand", "25~34", "Customer", "ageBand", "A25_34"),
        ("ageBand", "65岁以上", "Customer", "ageBand", "A65_PLUS"),
        ("priceBand", "800-2000万", "RealestateProfile", "priceBand", "FROM_8M_TO_20M"),
        ("source", "On-site visit", "RealestateProfile", "source", "VISIT"),
        ("telephone", "+86 139-0001-0002", "ContactPoint", "mobile", "13900010002"),
        ("telephone", 13900010002.0, "ContactPoint", "mobile", "13900010002"),
        ("purchaseIntention", "否", "RealestateProfile", "purchaseIntention", False),
        ("visitedAt", date(2026, 3, 5), "Interaction", "occurredAt", datetime(2026, 3, 4, 16, tzinfo=UTC)),
        ("visitedAt", datetime(2026, 3, 5, 9), "Interaction", "occurredAt", datetime(2026, 3, 5, 1, tzinfo=UTC)),
        ("visitedAt", datetime(2026, 3, 5, tzinfo=UTC), "Interaction", "occurredAt", datetime(2026, 3, 5, tzinfo=UTC)),
    ],
)
def test_people_write_as_they_like(
    visit: BoundForm, field: str, written: object, record: str, name: str, meant: object
) -> None:
    submission = parse_bound(visit, {**GOOD, field: written}, zone=SHANGHAI, as_written=True)
    assert clear(submission)[record][name] == meant


def test_blanks_that_people_leave_are_absent(visit: BoundForm) -> None:
    submission = parse_bound(visit, {**GOOD, "sex": " ", "consultant": None}, zone=SHANGHAI, as_written=True)
    assert "sex" not in clear(submission)["Customer"]
    assert problems(visit, {**GOOD, "name": "\u3000"}, as_written=True) == [("name", "REQUIRED")]


FOLLOW_UP = Form(
    key="demo.owner",
    version=3,
    label=Label("持有", "Holding"),
    description=Label("测试", "For tests"),
    cites=("S17.R22",),
    fields=(
        FormField("name", "Customer.name", required=True),
        FormField("price", "Holding.amount"),
        FormField("status", "Holding.status", default="ENDED"),
        FormField("address", "Address.value"),
        FormField("addressKind", "Address.kind"),
    ),
    constants=(("Customer.kind", "PERSON"), ("Customer.stage", "PROSPECT"), ("Holding.kind", "PROPERTY")),
)


@pytest.mark.parametrize(
    ("data", "written"),
    [
        ({}, {"Customer"}),
        ({"price": {"amount": "8000000.00"}}, {"Customer", "Holding"}),
        ({"address": {"road": "示例路1号"}, "addressKind": "HOME"}, {"Customer", "Address"}),
    ],
)
def test_constants_and_defaults_go_only_into_records_that_are_touched(
    data: dict[str, object], written: set[str], records: Mapping[str, Record], schemes: Mapping[str, Scheme]
) -> None:
    bound = bind(FOLLOW_UP, records, schemes)
    values = clear(parse_bound(bound, {"name": "赵钱", **data}, zone=SHANGHAI))
    assert set(values) == written
    if "Holding" in written:
        assert (values["Holding"]["kind"], values["Holding"]["status"]) == ("PROPERTY", "ENDED")


def test_a_touched_record_needs_its_required_fields(
    records: Mapping[str, Record], schemes: Mapping[str, Scheme]
) -> None:
    bound = bind(FOLLOW_UP, records, schemes)
    assert problems(bound, {"name": "赵钱", "addressKind": "HOME"}) == [("address", "REQUIRED")]


def test_what_is_written_wins_over_the_default(records: Mapping[str, Record], schemes: Mapping[str, Scheme]) -> None:
    bound = bind(FOLLOW_UP, records, schemes)
    assert clear(parse_bound(bound, {"name": "赵", "status": "ACTIVE"}, zone=SHANGHAI))["Holding"]["status"] == "ACTIVE"
