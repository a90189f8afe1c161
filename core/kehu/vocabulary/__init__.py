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
from kehu.vocabulary.contacts import EmailAddress, Landline, Mobile, Postcode
from kehu.vocabulary.dates import BirthDate, BirthYear, Day, Moment
from kehu.vocabulary.descriptions import BusinessScope, CreditStanding, Habit, HealthCondition, MedicalHistory
from kehu.vocabulary.documents import DocumentNumber, Passport, TobaccoLicence
from kehu.vocabulary.files import FileContent
from kehu.vocabulary.finance import (
    BankAccount,
    BankCard,
    HousingFund,
    Income,
    RegisteredCapital,
    TaxAmount,
    TransactionAmount,
)
from kehu.vocabulary.identifiers import HoldingNumber, ResidentId, Uscc
from kehu.vocabulary.money import Money, MoneyValue
from kehu.vocabulary.names import OrganisationName, PersonName
from kehu.vocabulary.people import Employer, Ethnicity, Nationality, Occupation, Photo
from kehu.vocabulary.property import GasMeter, LicencePlate, Vin
from kehu.vocabulary.quantity import Quantity
from kehu.vocabulary.text import FreeText, ShortText

TYPES: MappingProxyType[str, AnyType] = MappingProxyType(
    {
        type_.name: type_
        for type_ in (
            AgeBand,
            BankAccount,
            BankCard,
            BirthDate,
            BirthYear,
            BusinessScope,
            Code,
            Count,
            CreditStanding,
            Day,
            DocumentNumber,
            EmailAddress,
            Employer,
            Ethnicity,
            FileContent,
            Flag,
            FreeText,
            GasMeter,
            Habit,
            HealthCondition,
            HoldingNumber,
            HousingFund,
            Income,
            Landline,
            LicencePlate,
            MedicalHistory,
            Mobile,
            Moment,
            Money,
            Nationality,
            Occupation,
            OrganisationName,
            Passport,
            PersonName,
            Photo,
            PostalAddress,
            Postcode,
            Quantity,
            Reference,
            RegisteredCapital,
            ResidentId,
            ShortText,
            TaxAmount,
            TobaccoLicence,
            TransactionAmount,
            Uscc,
            Vin,
        )
    }
)
"""Core's types by name."""

__all__ = [
    "TYPES",
    "AddressValue",
    "AgeBand",
    "AnyType",
    "BankAccount",
    "BankCard",
    "BirthDate",
    "BirthYear",
    "BusinessScope",
    "Code",
    "Count",
    "CreditStanding",
    "Day",
    "DocumentNumber",
    "EmailAddress",
    "Employer",
    "Ethnicity",
    "FileContent",
    "Flag",
    "FreeText",
    "GasMeter",
    "Governed",
    "GovernedType",
    "Habit",
    "HealthCondition",
    "HoldingNumber",
    "HousingFund",
    "Income",
    "Json",
    "Landline",
    "LicencePlate",
    "Mask",
    "MedicalHistory",
    "Mobile",
    "Moment",
    "Money",
    "MoneyValue",
    "Nationality",
    "Occupation",
    "OrganisationName",
    "Passport",
    "PersonName",
    "Photo",
    "PostalAddress",
    "Postcode",
    "Quantity",
    "Reference",
    "RegisteredCapital",
    "ResidentId",
    "ShortText",
    "Storage",
    "TaxAmount",
    "TobaccoLicence",
    "TransactionAmount",
    "Uscc",
    "ValueRefused",
    "Vin",
    "opened",
]
