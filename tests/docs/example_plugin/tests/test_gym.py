from pathlib import Path

import kehu_gym
import pytest

from kehu.testing import world

JOIN = """
mutation ($input: GymJoinInput!) {
  recordGymJoin(input: $input, idempotencyKey: "desk-1") {
    ... on RecordGymJoinSuccess {
      customer { name gym { goal injuries } gymContracts { paid { display } } grades { band } }
    }
    ... on Problems { problems { path code } }
  }
}
"""
MEMBERS = """
query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  customers(filter: {gym: {goal: {eq: WEIGHT}}}) { totalCount nodes { name gym { injuries } } }
}
"""
WHY = """
query ($why: Reason!) @purpose(code: "SERVICE", reason: $why) {
  customers(first: 1) { nodes { grades { band explanation { en } } } }
}
"""
MEMBER = {
    "name": "欧阳示例",
    "telephone": "13900001234",
    "goal": "WEIGHT",
    "injuries": "左膝旧伤",
    "paid": {"amount": "10000.00", "currency": "CNY"},
    "startsOn": "2026-11-02",
}


@pytest.mark.parametrize(("paid", "tier"), [("10000.00", "GOLD"), ("9999.99", "BASIC")])
def test_joining_grades_the_member(tmp_path: Path, database_url: str, paid: str, tier: str) -> None:
    with world(tmp_path, database_url, (kehu_gym,)) as gym:
        desk = gym.principal(every=True)
        made = gym.data(desk, JOIN, input={**MEMBER, "paid": {"amount": paid, "currency": "CNY"}})
        customer = made["recordGymJoin"]["customer"]
    assert customer["grades"][0]["band"] == tier
    assert customer["gym"] == {"goal": "WEIGHT", "injuries": "***"}  # no purpose was stated: masked
    assert customer["name"] == "欧阳**"


def test_injuries_are_clear_for_a_purpose_only(tmp_path: Path, database_url: str) -> None:
    with world(tmp_path, database_url, (kehu_gym,)) as gym:
        gym.data(gym.principal(every=True), JOIN, input=MEMBER)
        coach = gym.principal("customer.core:read", "customer.gym:read", "customer.gym:reveal", purposes=("SERVICE",))
        answer = gym.ask(coach, MEMBERS, why="教练安排训练")
    [member] = answer["data"]["customers"]["nodes"]
    assert member == {"name": None, "gym": {"injuries": "左膝旧伤"}}
    assert answer["errors"][0]["extensions"]["required"] == ["customer.identity:read"]


def test_a_grade_explains_itself(tmp_path: Path, database_url: str) -> None:
    with world(tmp_path, database_url, (kehu_gym,)) as gym:
        gym.data(gym.principal(every=True), JOIN, input=MEMBER)
        answer = gym.data(gym.principal(every=True), WHY, why="会员询问等级")
    [grade] = answer["customers"]["nodes"][0]["grades"]
    assert grade["explanation"]["en"] == (
        "GOLD Gold member: G1 (CNY 10,000 or more: fees paid CNY 10,000.00 ≥ CNY 10,000.00)"
    )
