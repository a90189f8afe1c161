"""Synthetic customers (演示数据): plausible, checked, and nobody's. The same seed gives the same people."""

from __future__ import annotations

from kehu.demo.numbers import email, mobile, resident_id, uscc
from kehu.demo.people import Organisation, Person, organisation, people, person
from kehu.demo.places import PLACES, Place, address_line

__all__ = [
    "PLACES",
    "Organisation",
    "Person",
    "Place",
    "address_line",
    "email",
    "mobile",
    "organisation",
    "people",
    "person",
    "resident_id",
    "uscc",
]
