"""演示数据 — synthetic gas users; nobody is real."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from kehu.plugin import Demo, organisation, person

_UNTIL = date(2026, 10, 31)
_STREETS = ("YINGBIN_ROAD", "BINHE_ROAD", "GONGYE_ROAD")
_COMMUNITIES = ("YINGBIN_GARDEN", "BINHE_COURT", "GONGYE_DORMITORY")
_METERS = ("DIAPHRAGM", "IC_CARD", "IOT", "IOT", "ULTRASONIC")
_YEARS = timedelta(days=3_650)


def _meter(random: Random, number: str, models: tuple[str, ...]) -> dict[str, object]:
    installed = _UNTIL - timedelta(days=random.randrange(3_000))
    maker = random.randrange(2)
    return {
        "meter": number,
        "meterType": random.choice(_METERS),
        "manufacturer": ("EXAMPLE_INSTRUMENTS", "EXAMPLE_METERS")[maker],
        "brand": ("EXAMPLE_A", "EXAMPLE_B")[maker],
        "model": random.choice(models),
        "installedOn": installed.isoformat(),
        "replaceBy": (installed + _YEARS).isoformat(),
        "startReading": "0",
    }


def _confirmed(random: Random) -> dict[str, object]:
    confirmed = _UNTIL - timedelta(days=random.randrange(900))
    return {
        "telephone": person(random, 0).mobile,
        "confirmation": "CONFIRMED",
        "confirmedOn": confirmed.isoformat(),
    }


def _address(random: Random, number: int) -> dict[str, object]:
    kind = random.random()
    if kind < 0.06:
        return {"basis": "UNNAMED", "position": 1_000 * random.randrange(1, 20) + random.randrange(1, 30)}
    if kind < 0.12:
        return {"basis": "USUAL_NAME", "written": person(random, 0).address}
    place = number % len(_STREETS)
    return {
        "basis": "STANDARD",
        "street": _STREETS[place],
        "community": _COMMUNITIES[place],
        "building": f"B{random.randrange(1, 31)}",
        "entrance": f"U{random.randrange(1, 5)}",
        "room": f"{random.randrange(1, 19)}0{random.randrange(1, 5)}",
        "companyName": place == 2,
    }


def households(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """居民用户。"""
    for number in range(count):
        yield {
            "number": f"DEMO1{number:07}",
            "name": person(random, 0).name,
            **_confirmed(random),
            **_address(random, number),
            **_meter(random, f"DEMOM{number:07}", ("G1_6", "G2_5", "G4")),
            "equipment": random.choice(("COOKER", "WATER_HEATER", "WALL_BOILER")),
            "equipmentCount": 1,
        }


def commercial(random: Random, count: int) -> Iterator[Mapping[str, object]]:
    """工商户。"""
    for number in range(count):
        company = organisation(random, 0)
        yield {
            "number": f"DEMO2{number:07}",
            "category": random.choice(("INDUSTRIAL", "COMMERCIAL", "COMMERCIAL")),
            "organisationName": company.name,
            "uscc": company.uscc,
            **_confirmed(random),
            "contract": f"GQ{number:06}",
            "contractAddress": company.address,
            "meters": [_meter(random, f"DEMOC{number:05}{n}", ("G4", "G10")) for n in range(random.randrange(1, 4))],
            "allEquipment": [{"equipment": "BOILER", "equipmentCount": 1}, {"equipment": "ALARM", "equipmentCount": 2}],
        }


DEMOS = (
    Demo(form="gas.household", share=0.85, submissions=households),
    Demo(form="gas.commercial", share=0.15, submissions=commercial),
)
