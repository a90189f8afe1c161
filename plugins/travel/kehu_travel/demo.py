"""演示数据 — synthetic enrolments and travellers of an agency. Nobody is real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from kehu.plugin import Demo, person

_TODAY = date(2026, 11, 20)
_TRIPS = (
    ("DOMESTIC", "云南六日游", 6),
    ("DOMESTIC", "桂林四日游", 4),
    ("OUTBOUND", "日本关西七日游", 7),
    ("HK_MACAU", "港澳五日游", 5),
    ("TAIWAN", "环岛八日游", 8),
)


def enrolments(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """报名,多数带一至两位同行人。"""
    for _ in range(count):
        somebody = person(random, 0)
        kind, destination, days = random.choice(_TRIPS)
        departs = _TODAY + timedelta(days=random.randrange(-300, 90))
        tour = f"T{departs:%y%m%d}{random.randrange(1, 9)}"
        party = random.randrange(3)
        yield {
            "name": somebody.name,
            "sex": somebody.sex,
            "telephone": somebody.mobile,
            "contractNumber": f"LY{random.randrange(10**8):08}",
            "price": {"amount": f"{(party + 1) * random.randrange(2, 9)}800.00", "currency": "CNY"},
            "signedOn": (departs - timedelta(days=30)).isoformat(),
            "tourCode": tour,
            "kind": kind,
            "destination": destination,
            "departsOn": departs.isoformat(),
            "returnsOn": (departs + timedelta(days=days - 1)).isoformat(),
            "travellers": party + 1,
            "companions": [_companion(random, tour) for _ in range(party)],
        }


def _companion(random: Random, tour: str) -> Mapping[str, object]:
    somebody = person(random, 0)
    return {"name": somebody.name, "sex": somebody.sex, "tourCode": tour, "role": "COMPANION"}


def travellers(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """出行人信息。"""
    for _ in range(count):
        somebody = person(random, 0)
        yield {
            "name": somebody.name,
            "sex": somebody.sex,
            "birthDate": somebody.birth_date.isoformat(),
            "nationality": "CN",
            "telephone": somebody.mobile,
            "tourCode": f"T{_TODAY:%y%m%d}{random.randrange(1, 9)}",
            "role": "LEAD",
            "documentKind": "RESIDENT_ID",
            "residentId": somebody.resident_id,
            "diet": random.choice(("无忌口", "素食", "不吃辣")),
        }


DEMOS = (
    Demo(form="travel.enrolment", share=0.6, submissions=enrolments),
    Demo(form="travel.traveller_details", share=0.4, submissions=travellers),
)
