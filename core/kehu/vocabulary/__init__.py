"""Governed types (受控类型): value, check, mask and default policy in one object each.

``schema`` of a type describes the normalised value; `GovernedType.parse` takes more (blanks, full-width
digits, Chinese dates) and normalises it.
"""

from __future__ import annotations

from types import MappingProxyType

from kehu.vocabulary.address import AddressValue, PostalAddress
from kehu.vocabulary.base import (
    AnyType,
    Governed,
    GovernedType,
    Json,
    Mask,
    Storage,
    ValueRefused,
    opened,
)
from kehu.vocabulary.codes import AgeBand, Code, Count, Flag, Reference
from kehu.vocabulary.contacts import EmailAddress, Mobile
from kehu.vocabulary.dates import BirthDate, BirthYear, Day, Moment
from kehu.vocabulary.identifiers import HoldingNumber, ResidentId, Uscc
from kehu.vocabulary.money import Money, MoneyValue
from kehu.vocabulary.names import OrganisationName, PersonName
from kehu.vocabulary.text import FreeText, ShortText

TYPES: MappingProxyType[str, AnyType] = MappingProxyType(
    {
        type_.name: type_
        for type_ in (
            AgeBand,
            BirthDate,
            BirthYear,
            Code,
            Count,
            Day,
            EmailAddress,
            Flag,
            FreeText,
            HoldingNumber,
            Mobile,
            Moment,
            Money,
            OrganisationName,
            PersonName,
            PostalAddress,
            Reference,
            ResidentId,
            ShortText,
            Uscc,
        )
    }
)
"""Core's types by name."""

__all__ = [
    "TYPES",
    "AddressValue",
    "AgeBand",
    "AnyType",
    "BirthDate",
    "BirthYear",
    "Code",
    "Count",
    "Day",
    "EmailAddress",
    "Flag",
    "FreeText",
    "Governed",
    "GovernedType",
    "HoldingNumber",
    "Json",
    "Mask",
    "Mobile",
    "Moment",
    "Money",
    "MoneyValue",
    "OrganisationName",
    "PersonName",
    "PostalAddress",
    "Reference",
    "ResidentId",
    "ShortText",
    "Storage",
    "Uscc",
    "ValueRefused",
    "opened",
]
