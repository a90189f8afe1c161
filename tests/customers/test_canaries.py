"""Planted values must not stand anywhere in clear: not in the database, its log, the evidence or our logs."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from kehu.errors import KehuError

from .conftest import Office
from .test_importing import run
from .test_submit import own

CANARIES = (
    "金丝雀",
    "13911112222",
    "440606199001019998",
    "jinsique@example.com",
    "顺德区金雀路",
    "备注里的秘密",
    "金雀特征",
    "金雀贸易",
)


def plant(office: Office) -> None:
    made = office.visit(name="金丝雀", telephone="13911112222", traits="金雀特征", livingWorkingArea="顺德区金雀路一带")
    acts = office.acts
    more = {"remark": "备注里的秘密", "organisationName": "金雀贸易公司"}
    acts.change_customer(office.request(), made.customer, 1, more)
    email = {"kind": "EMAIL", "email": "jinsique@example.com"}
    acts.add_row(office.request(), "ContactPoint", made.customer, email)
    acts.add_row(office.request(), "Address", made.customer, {"kind": "HOME", "value": "广东省佛山市顺德区金雀路1号"})
    number = {"kind": "RESIDENT_ID", "residentId": "440606199001019998"}
    acts.add_row(office.request(), "IdentityDocument", made.customer, number)
    judged = acts.propose_judgement(office.request(), made.customer, "OFFICIAL", "金丝雀任职文件")
    decider = office.request(office.staff("M001"))
    acts.decide_judgement(decider, made.customer, judged.id, 1, approve=True, comment="金丝雀")
    own(office, name="金丝雀二", telephone="13911112222")
    run(office, "金丝雀,13911112222,2026-11-01,来访,", "金丝雀,1391111,2026-11-01,来访,")
    told = [refusal(office, value, number) for value in ("13911112222", "1391111222") for number in range(3)]
    assert not any(canary in text for text in told for canary in CANARIES)


def refusal(office: Office, value: str, number: int) -> str:
    """What a caller is told who sends a planted value where it can't be taken."""
    lookup = office.world.installation.lookup
    try:
        if number == 0:
            office.visit(telephone=value, source="金丝雀")
        elif number == 1:
            office.acts.create_customer(office.request(), {"kind": value, "金丝雀": value})
        else:
            lookup.find(office.staff("M001"), "ContactPoint", "mobile", value)
    except KehuError as error:
        return f"{error} {error!r}"
    return ""


@pytest.mark.promise(8)
@pytest.mark.rule("S5.R09")
def test_no_planted_value_stands_in_clear(office: Office, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    plant(office)
    office.world.installation.mover.drain()
    everything = {"logs": caplog.text.encode()}
    engines = office.world.installation.engines
    for path in tmp_path.rglob("*"):
        if path.is_file():
            everything[path.name] = path.read_bytes()
    if engines.read.dialect.name == "postgresql":
        with engines.read.connect() as conn:
            everything.update(contents(conn))
    found = [
        (name, canary) for name, content in everything.items() for canary in CANARIES if canary.encode() in content
    ]
    assert found == []
    assert sum(len(content) for content in everything.values()) > 10_000


def contents(conn: Connection) -> dict[str, bytes]:
    """Every column of every table of a PostgreSQL database."""
    found: dict[str, bytes] = {}
    for name in inspect(conn).get_table_names():
        for column in inspect(conn).get_columns(name):
            values = conn.execute(text(f'SELECT "{column["name"]}" FROM "{name}"')).scalars()
            parts = (one if isinstance(one, bytes) else str(one).encode() for one in values)
            found[f"{name}.{column['name']}"] = b"\n".join(parts)
    return found


@pytest.mark.promise(8)
def test_the_scan_would_find_a_clear_value(office: Office, tmp_path: Path) -> None:
    """A code stands in clear on purpose; if the scan missed it, it would miss everything."""
    office.visit(visitedAt="2026-11-02T10:00:00+08:00")
    content = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    if office.world.installation.engines.read.dialect.name == "postgresql":
        with office.world.installation.engines.read.connect() as conn:
            content = b"".join(contents(conn).values())
    assert b"STAFF_ACTIVITY" in content
