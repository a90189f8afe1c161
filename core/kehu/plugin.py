"""Everything a plugin author imports (插件作者唯一的导入).

A plugin is a module of frozen declarations and ``@hookimpl`` functions that return them; see
docs/plugins.md. It never sees a session, an engine, a key or a clear value of a request.
"""

from __future__ import annotations

from kehu.demo import Person, person
from kehu.forms.demo import Demo
from kehu.forms.form import Form, FormField
from kehu.hookspecs import hookimpl
from kehu.labels import Label
from kehu.policy import Audit, Category, Level, Policy, Purpose, RetentionClass, RowCondition, ScopeDeclaration
from kehu.records import Field, Owner, Projection, Record, field
from kehu.rules.facts import Exists, Is, IsTrue, Sum
from kehu.rules.grading import Band, Criterion, Grading
from kehu.rules.predicates import All, Any_, AtLeast, Not, True_
from kehu.rules.scheme import Scheme, Term
from kehu.vocabulary import (
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
    MoneyValue,
    OrganisationName,
    PersonName,
    PostalAddress,
    Reference,
    ResidentId,
    ShortText,
    Uscc,
)

__all__ = [
    "AgeBand",
    "All",
    "Any_",
    "AtLeast",
    "Audit",
    "Band",
    "BirthDate",
    "BirthYear",
    "Category",
    "Code",
    "Count",
    "Criterion",
    "Day",
    "Demo",
    "EmailAddress",
    "Exists",
    "Field",
    "Flag",
    "Form",
    "FormField",
    "FreeText",
    "Grading",
    "HoldingNumber",
    "Is",
    "IsTrue",
    "Label",
    "Level",
    "Mobile",
    "Moment",
    "Money",
    "MoneyValue",
    "Not",
    "OrganisationName",
    "Owner",
    "Person",
    "PersonName",
    "Policy",
    "PostalAddress",
    "Projection",
    "Purpose",
    "Record",
    "Reference",
    "ResidentId",
    "RetentionClass",
    "RowCondition",
    "Scheme",
    "ScopeDeclaration",
    "ShortText",
    "Sum",
    "Term",
    "True_",
    "Uscc",
    "field",
    "hookimpl",
    "person",
]
