"""演示数据与表单一致 — everything that the demo submits is taken by the forms."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from kehu_automotive.demo import DEMOS

if TYPE_CHECKING:
    from .conftest import Showroom


def test_the_forms_take_what_the_demo_submits(showroom: Showroom) -> None:
    for demo in DEMOS:
        for said in demo.submissions(Random(7), 12):
            showroom.taken(demo.form.removeprefix("automotive."), said)
