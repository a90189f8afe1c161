"""Cells in the notations that people and spreadsheet programs use."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehu.imports.cells import is_blank, read_cell
from kehu.imports.sheets import Cell
from kehu.vocabulary.base import Storage, ValueRefused

DAY = date(2026, 3, 5)
HALF_PAST_TWO = datetime(2026, 3, 5, 14, 30)


@pytest.mark.parametrize(
    "cell", ["", "  ", "\u3000", "-", "—", "——", "/", "'", "不详", "n/a", '=""', "\u200b", "\ufeff"]
)
def test_blank(cell: str) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["无", "0", 0, 0.0, False, "x", "--x"])
def test_not_blank(cell: Cell) -> None:
    assert not is_blank(cell)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("2026-3-5", DAY),
        ("2026/3/5", DAY),
        ("2026.03.05", DAY),
        ("2026年3月5日", DAY),
        ("2026 年 3 月 5 日", DAY),
        ("2026年3月5", DAY),
        ("20260305", DAY),
        ("\uff12\uff10\uff12\uff16-\uff13-\uff15", DAY),
        ("'2026-3-5", DAY),
        ("2026-3-5(周四)", DAY),
        (DAY, DAY),
        ("2026年3月5日 14:30", HALF_PAST_TWO),
        ("2026年3月5日14:30", HALF_PAST_TWO),
        ("2026-3-5 14:30:00", HALF_PAST_TWO),
        ("2026-03-05T14:30:00", HALF_PAST_TWO),
        ("2026/3/5 下午2:30", HALF_PAST_TWO),
        ("2026/3/5 下午14:30", HALF_PAST_TWO),
        ("2026/3/5 2:30 pm", HALF_PAST_TWO),
        ("2026-3-5 14点30分", HALF_PAST_TWO),
        ("2026-3-5 星期四 14时30", HALF_PAST_TWO),
        ("2026-3-5 9点", datetime(2026, 3, 5, 9)),
        ("2026-3-5 上午12:10", datetime(2026, 3, 5, 0, 10)),
        ("2026-3-5 中午1点", datetime(2026, 3, 5, 13)),
        ("2026-3-5 中午12点", datetime(2026, 3, 5, 12)),
        (HALF_PAST_TWO, HALF_PAST_TWO),
        (46086.0, datetime(2026, 3, 5)),
        (46086, datetime(2026, 3, 5)),
        ("46086", datetime(2026, 3, 5)),
        (46086 + 14.5 / 24, HALF_PAST_TWO),
        ("2026-03-05T14:30:00Z", datetime(2026, 3, 5, 14, 30, tzinfo=UTC)),
    ],
)
def test_moments(cell: Cell, says: object) -> None:
    assert read_cell(cell, Storage.MOMENT) == says


def test_a_day_has_no_time() -> None:
    assert read_cell(HALF_PAST_TWO, Storage.DATE) == DAY
    assert type(read_cell(46086.5, Storage.DATE)) is date


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("26.3.5", "DATE_AMBIGUOUS"),
        ("26-3-5", "DATE_AMBIGUOUS"),
        ("3/5/2026", "DATE_AMBIGUOUS"),
        ("05.03.2026", "DATE_AMBIGUOUS"),
        ("3月5日", "DATE_AMBIGUOUS"),
        ("2026年3月", "DATE_AMBIGUOUS"),
        ("2026-3-5至3-8", "DATE_AMBIGUOUS"),
        ("2026-3-514:30", "DATE_AMBIGUOUS"),
        ("2026-02-29", "DATE_IMPOSSIBLE"),
        ("2026-13-01", "DATE_IMPOSSIBLE"),
        ("2026-03-05 24:30", "DATE_IMPOSSIBLE"),
        ("2026-03-05 晚上12点", "DATE_IMPOSSIBLE"),
        ("2026-03-05 上午14点", "DATE_IMPOSSIBLE"),
        ("2026-13-05T14:30:00Z", "DATE_IMPOSSIBLE"),
        ("昨天", "DATE_FORMAT"),
        (True, "DATE_FORMAT"),
        (time(14, 30), "DATE_FORMAT"),
        (timedelta(hours=30), "DATE_FORMAT"),
        (0, "DATE_IMPLAUSIBLE"),
        (2026, "DATE_IMPLAUSIBLE"),
        (13900010002.0, "DATE_IMPLAUSIBLE"),
        (float("inf"), "DATE_IMPLAUSIBLE"),
        (float("nan"), "DATE_IMPLAUSIBLE"),
        ("1826-03-05", "DATE_IMPLAUSIBLE"),
        (date(3268, 12, 12), "DATE_IMPLAUSIBLE"),
        ("#REF!", "CELL_ERROR"),
    ],
)
def test_no_moments(cell: Cell, code: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        read_cell(cell, Storage.MOMENT)
    assert caught.value.problem.code == code
    assert len(str(cell)) < 5 or str(cell) not in str(caught.value.problem.message)


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("13900010002", "13900010002"),
        (13900010002.0, "13900010002"),
        (13900010002, "13900010002"),
        ("'13900010002", "13900010002"),
        ('="13900010002"', "13900010002"),
        (" 佛山\u3000", "佛山"),
        ("a'b", "a'b"),
        (0.1, "0.1"),
    ],
)
def test_texts(cell: Cell, says: str) -> None:
    assert read_cell(cell, Storage.TEXT) == says


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1.39E+10", "NUMBER_ROUNDED"),
        ("4.4e17", "NUMBER_ROUNDED"),
        (440600199001011234.0, "NUMBER_ROUNDED"),
        (float("nan"), "NUMBER_ROUNDED"),
        (HALF_PAST_TWO, "CELL_IS_DATE"),
        (time(3, 5), "CELL_IS_DATE"),
        (True, "CELL_IS_FLAG"),
        ("#N/A", "CELL_ERROR"),
    ],
)
def test_no_texts(cell: Cell, code: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        read_cell(cell, Storage.TEXT)
    assert caught.value.problem.code == code


@pytest.mark.rule("S17.R22")
@pytest.mark.parametrize(
    ("cell", "factor", "says"),
    [
        (8000000.0, 1, Decimal(8_000_000)),
        (800.5, 10_000, Decimal(8_005_000)),
        (812.3456, 10_000, Decimal(8_123_456)),
        (0.1 + 0.2, 1, Decimal("0.3")),
        ("8,000,000.50", 1, Decimal("8000000.50")),
        ("812.5", 10_000, Decimal(8_125_000)),
        ("800万", 10_000, "800万"),
        ("800万元", 1, "800万元"),
        ("¥8,000", 1, "¥8,000"),
    ],
)
def test_amounts(cell: Cell, factor: int, says: object) -> None:
    assert read_cell(cell, Storage.MONEY, Decimal(factor)) == says


@given(st.integers(-(10**11), 10**11), st.sampled_from([1, 10_000]))
def test_amounts_in_cents_are_exact(cents: int, factor: int) -> None:
    assert read_cell(cents / 100, Storage.MONEY, Decimal(factor)) == Decimal(cents) / 100 * factor


@given(st.datetimes(datetime(1931, 1, 1), datetime(2099, 12, 31)))
def test_a_serial_is_the_moment_it_was(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert read_cell((moment - datetime(1899, 12, 30)) / timedelta(days=1), Storage.MOMENT) == moment


@given(st.text(max_size=40), st.sampled_from([Storage.MOMENT, Storage.MONEY, Storage.TEXT, Storage.BOOLEAN]))
def test_any_text_is_read_or_refused(text: str, storage: Storage) -> None:
    with suppress(ValueRefused):
        assert isinstance(read_cell(text, storage), str | date | Decimal)
