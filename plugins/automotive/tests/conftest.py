"""A dealer's showroom: an installation with the plugin, and short ways to fill in its forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import kehu_automotive
from kehu.testing import World, world

ENTRY = {
    "name": "欧阳示例", "telephone": "13900001234", "companions": "配偶", "arrivedAt": "2026-11-23T10:00:00+08:00",
    "leftAt": "2026-11-23T10:50:00+08:00", "model": "示例SUV 2.0T", "source": "REFERRAL", "summary": "询问落地价格",
    "consultant": "S001", "contact": "VISIT", "testDrive": True,
}  # fmt: skip
CARD = {
    "name": "欧阳示例", "sex": "MALE", "age": "A35_44", "employer": "示例机电有限公司", "industry": "制造业",
    "address": {"province": "广东省", "city": "佛山市", "district": "顺德区", "detail": "示例路1号"},
    "telephone": "13900001234", "presentVehicle": "家用轿车,使用六年", "otherContact": "家中电话晚间可接",
    "model": "示例SUV 2.0T", "colour": "白色", "configuration": "四驱豪华", "comparedModels": "其他品牌SUV",
    "budget": {"amount": "250000.00", "currency": "CNY"}, "purchaseManner": "LOAN", "purchasePurpose": "FAMILY",
    "source": "REFERRAL", "favourable": "家人支持", "unfavourable": "价格敏感", "resources": "申请置换补贴",
    "assistance": "WAITING", "cardNumber": "A000001", "openedOn": "2026-11-20", "firstReceivedOn": "2026-11-19",
    "firstReception": "与配偶同来,试坐两款车", "level": "H", "expectedOn": "2026-11-28", "nextOn": "2026-11-24",
    "nextPlan": "电话邀约试驾",
    "visits": [
        {"doneAt": "2026-11-21T10:00:00+08:00", "method": "CALL", "content": "已发送报价单", "objections": "嫌价格高"}
    ],
}  # fmt: skip
FOLLOW_UP = {
    "name": "欧阳示例", "telephone": "13900001234", "cardNumber": "A000001", "doneAt": "2026-11-23T11:00:00+08:00",
    "method": "CALL", "content": "同意周六试驾", "objections": "希望赠送保养", "consultant": "S001", "level": "H",
    "nextOn": "2026-11-25", "nextPlan": "确认试驾时间",
}  # fmt: skip
DEAL = {
    "name": "欧阳示例", "telephone": "13900001234", "cardNumber": "A000001", "closedOn": "2026-11-23",
    "model": "示例SUV 2.0T", "price": {"amount": "238000.00", "currency": "CNY"},
}  # fmt: skip
LOST = {
    "name": "欧阳示例", "telephone": "13900001234", "cardNumber": "A000001", "closedOn": "2026-11-23",
    "lostReason": "OTHER_BRAND",
}  # fmt: skip

SUBMIT = """
mutation ($form: String!, $said: FormData!, $key: String!) {
  submitForm(key: $form, version: 1, data: $said, idempotencyKey: $key) {
    ... on SubmitFormSuccess { id customer { grades { grading band supersededAt } } }
    ... on Problems { problems { code path } }
  }
}
"""


def but(said: Mapping[str, object], *left_out: str, **changed: object) -> dict[str, object]:
    """What is said, with some of it left out or changed."""
    return {name: value for name, value in {**said, **changed}.items() if name not in left_out}


class Showroom:
    """The world, and a caller with every scope who is staff member S001."""

    def __init__(self, made: World) -> None:
        self.world = made
        self.clerk = made.principal(every=True, staff="S001")
        self._keys = count(1)

    def fill(self, form: str, said: Mapping[str, object]) -> dict[str, Any]:
        """The answer to a filled-in form: its result, or the first error."""
        answer = self.world.ask(self.clerk, SUBMIT, form=f"automotive.{form}", said=said, key=self.key())
        return dict(answer["errors"][0]["extensions"] if "errors" in answer else answer["data"]["submitForm"])

    def refused(self, form: str, said: Mapping[str, object]) -> list[list[str]]:
        """The fields for which a form is refused."""
        return [problem["path"] for problem in self.fill(form, said)["problems"]]

    def taken(self, form: str, said: Mapping[str, object]) -> str:
        """The customer's id, of a form that must be taken."""
        result = self.fill(form, said)
        assert "id" in result, result
        return str(result["id"])

    def grade(self, grading: str, form: str, said: Mapping[str, object]) -> str:
        """The band of the customer whom a form is about, right after it was taken."""
        result = self.fill(form, said)
        assert "id" in result, result
        grades = [one for one in result["customer"]["grades"] if one["supersededAt"] is None]
        [band] = [one["band"] for one in grades if one["grading"] == grading]
        return str(band)

    def key(self) -> str:
        return f"key-{next(self._keys)}"

    def data(self, query: str, **variables: Any) -> dict[str, Any]:
        return self.world.data(self.clerk, query, **variables)


@pytest.fixture
def showroom(tmp_path: Path, database_url: str) -> Iterator[Showroom]:
    with world(tmp_path, database_url, (kehu_automotive,)) as made:
        yield Showroom(made)
