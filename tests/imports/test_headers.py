"""Header rows as offices write them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest

from kehu.forms.bind import BoundForm
from kehu.imports.headers import find_header, match
from kehu.imports.sheets import Cell, SheetRow

VISIT, OWNER = "realestate.visit", "realestate.owner"
HEADER: tuple[Cell, ...] = ("客户姓名", "联系电话", "来访日期", "客户来源")
DATA: tuple[Cell, ...] = ("张三丰", "13900010002", "2026-03-05", "来访")


def rows(*cells: Sequence[Cell]) -> tuple[SheetRow, ...]:
    return tuple(SheetRow(number, tuple(row)) for number, row in enumerate(cells, 1))


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("姓名", "name"),
        (" 姓 名 ", "name"),
        ("*客户姓名", "name"),
        ("客户姓名(必填)", "name"),
        ("客户姓名\uff1a", "name"),
        ("NAME", "name"),
        ("customer name", "name"),
        ("姓别", "sex"),
        ("性 别", "sex"),
        ("年龄(段)", "ageBand"),
        ("电话(手机)", "telephone"),
        ("电话\uff08手机\uff09", "telephone"),
        ("联系\n电话", "telephone"),
        ("客户(手机)", "name"),
        ("第一联系人(手机)", "telephone"),
        ("TEL.", "telephone"),
        ("telephone", "telephone"),
        ("来访日期", "visitedAt"),
        ("【到访时间】", "visitedAt"),
        ("居住、工作区域", "livingWorkingArea"),
        ("意向总价(万元)", "priceBand"),
        ("客户序号", None),
        ("", None),
        ("张三丰", None),
        ("请在此填写客户的姓名、电话、来访日期以及其他各项资料,并于每日下班前交给销售主管汇总,谢谢配合", None),
        (20260305, None),
    ],
)
def test_a_header_means_a_field(text: Cell, field: str | None, bound_form: Callable[[str], BoundForm]) -> None:
    found = match(text, bound_form(VISIT))
    assert (found.name if found else None) == field


@pytest.mark.parametrize(
    ("sheet", "first_row"),
    [
        (rows(HEADER, DATA), 2),
        (rows(("三月来访客户汇总",), (), HEADER, DATA), 4),
        (rows(("姓名:",), ("联系电话:400",), HEADER, DATA), 4),
        (rows(*[("说明",)] * 19, HEADER), 21),
        (rows(("客户", "", "接待", ""), ("姓名", "电话", "来访日期", "来源"), DATA), 3),
        (rows(("客户姓名", "联系方式", "", "来源"), ("", "手机", "来访日期", ""), DATA), 3),
        (rows(HEADER, ("姓名", "", "", ""), DATA), 2),
    ],
)
def test_the_header_row_is_found(
    sheet: tuple[SheetRow, ...], first_row: int, bound_form: Callable[[str], BoundForm]
) -> None:
    bound = bound_form(VISIT)
    header = find_header("S", sheet, bound)
    assert header is not None
    assert header.first_row == first_row
    assert {"name", "telephone", "visitedAt", "source"} == set(header.mapped)
    assert list(header.problems(bound)) == []


@pytest.mark.parametrize(
    "sheet", [rows(), rows(()), rows(DATA, DATA), rows(("填表说明",), ("1. 姓名",)), rows(("姓名",))]
)
def test_a_sheet_of_something_else_has_none(
    sheet: tuple[SheetRow, ...], bound_form: Callable[[str], BoundForm]
) -> None:
    assert find_header("S", sheet, bound_form(VISIT)) is None


@pytest.mark.parametrize(
    ("header", "problems"),
    [
        (("姓名", "电话"), [("visitedAt", "COLUMN_MISSING"), ("source", "COLUMN_MISSING")]),
        ((*HEADER, "手机号码"), [("telephone", "COLUMN_AMBIGUOUS")]),
        ((*HEADER, "性别", "年龄", "称谓"), [("sex", "COLUMN_AMBIGUOUS")]),
        ((*HEADER, "星座", "属相"), []),
    ],
)
def test_what_is_wrong_with_a_header(
    header: tuple[Cell, ...], problems: list[tuple[str, str]], bound_form: Callable[[str], BoundForm]
) -> None:
    bound = bound_form(VISIT)
    found = find_header("三月", rows(header), bound)
    assert found is not None
    assert [(problem.path[1], problem.code) for problem in found.problems(bound)] == problems
    assert all(problem.path[0] == "三月" for problem in found.problems(bound))


def test_columns_without_a_field_are_named(bound_form: Callable[[str], BoundForm]) -> None:
    header = find_header("S", rows(("序号", *HEADER, "", "星座")), bound_form(VISIT))
    assert header is not None
    assert [(column.letter, column.header) for column in header.unmapped] == [("A", "序号"), ("G", "星座")]


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("成交价格", 1),
        ("成交价格(万元)", 10_000),
        ("成交总价\uff08单位\uff1a万\uff09", 10_000),
        ("成交价(元)", 1),
        ("价格【万元】", None),
    ],
)
def test_a_header_states_its_unit(text: str, factor: int | None, bound_form: Callable[[str], BoundForm]) -> None:
    header = find_header("S", rows(("业主姓名", "联系电话", text)), bound_form(OWNER))
    assert header is not None
    column = header.mapped.get("price")
    assert (column.factor if column else None) == (None if factor is None else Decimal(factor))
