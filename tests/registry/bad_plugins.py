"""Plugins that stop start-up, each with the error and the words that its message must have."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from kehu.errors import ClashError, DeclarationError, UnenforcedError
from kehu.plugin import (
    Audit,
    Category,
    Code,
    Count,
    Day,
    Demo,
    Exists,
    Field,
    FormField,
    FreeText,
    Is,
    Level,
    Mobile,
    PersonName,
    Projection,
    Purpose,
    Record,
    Reference,
    RetentionClass,
    ScopeDeclaration,
    ShortText,
    Sum,
    field,
)

from .samples import CITES, LABEL, Bad, form, grading, record, scheme

CLASHES = [
    Bad("record twice", {"records": (record("Holding"),)}, ClashError, ("record 'Holding'", "kehu.customers.plugin")),
    Bad(
        "scheme twice",
        {"schemes": (scheme("customer.kind"),)},
        ClashError,
        ("scheme 'customer.kind'", "kehu.customers.plugin"),
    ),
    Bad(
        "purpose twice",
        {"purposes": (Purpose(code="SERVICE", label=LABEL, cites=CITES),)},
        ClashError,
        ("purpose 'SERVICE'", "kehu.customers.plugin"),
    ),
    Bad(
        "scope twice",
        {"scopes": (ScopeDeclaration("customer.core:read", LABEL),)},
        ClashError,
        ("scope 'customer.core:read'", "kehu.customers.plugin"),
    ),
    Bad(
        "retention twice",
        {"retention": (RetentionClass(key="identity", label=LABEL, minimum_years=1, counted_from=LABEL, cites=CITES),)},
        ClashError,
        ("retention class 'identity'", "kehu.customers.plugin"),
    ),
    Bad("twice in one plugin", {"records": (record(), record())}, ClashError, ("record 'SampleCard'", "kehu_sample")),
    Bad(
        "accessor of core",
        {"records": (record(accessor="contacts"),)},
        ClashError,
        ("Customer 'contacts'", "accessor of ContactPoint", "accessor of SampleCard"),
    ),
    Bad(
        "field of core",
        {"records": (record(accessor="name"),)},
        ClashError,
        ("Customer 'name'", "kehu.customers.plugin"),
    ),
    Bad("id of core", {"records": (record(accessor="id"),)}, ClashError, ("Customer 'id'",)),
    Bad(
        "own id",
        {"records": (record("SampleCard", field("id", ShortText, "编号", "Id")),)},
        ClashError,
        ("SampleCard 'id'",),
    ),
    Bad(
        "own version",
        {"records": (record("SampleCard", field("version", Count, "版本", "Version")),)},
        ClashError,
        ("SampleCard 'version'",),
    ),
    Bad(
        "explanation",
        {"records": (record("SampleCard", field("explanation", ShortText, "说明", "Why")),)},
        ClashError,
        ("SampleCard 'explanation'",),
    ),
    Bad(
        "provenance of core",
        {"records": (record("SampleCard", field("recordedBy", ShortText, "人", "By")),)},
        ClashError,
        ("SampleCard.recordedBy", "provenance"),
    ),
    Bad("root of core", {"records": (record(root="customers"),)}, ClashError, ("Query 'customers'", "record Customer")),
    *(
        Bad(f"root {root}", {"records": (record(root=root),)}, ClashError, (f"Query '{root}'", "Kehu itself"))
        for root in ("node", "nodes", "customer", "lookup", "viewer", "evidence", "fieldPolicies")
    ),
    Bad("table of core", {"records": (record("Outbox"),)}, ClashError, ("table 'outbox'", "Kehu itself")),
    Bad("table of OAuth", {"records": (record("OauthClient"),)}, ClashError, ("table 'oauth_client'",)),
    Bad(
        "table by spelling",
        {"records": (record("ContactPOINT", accessor="other"), record("ContactPoInt"))},
        ClashError,
        ("table", "kehu_sample"),
    ),
    Bad(
        "column of the key",
        {"records": (record("SampleCard", field("customerId", ShortText, "客户", "Customer")),)},
        ClashError,
        ("column of sample_card 'customer_id'",),
    ),
    Bad(
        "column of the parent",
        {"records": (record("SampleCard", field("holdingId", ShortText, "持有", "Holding"), parent="Holding"),)},
        ClashError,
        ("column of sample_card 'holding_id'",),
    ),
    Bad(
        "column twice",
        {"records": (record("SampleCard", field("aBC", ShortText, "甲", "A"), field("aBc", ShortText, "乙", "B")),)},
        ClashError,
        ("column of sample_card 'a_bc'",),
    ),
    *(
        Bad(f"record {name}", {"records": (record(name),)}, ClashError, (f"GraphQL type '{name}'", "record " + name))
        for name in (
            "Node",
            "Query",
            "Mutation",
            "Problem",
            "Problems",
            "PageInfo",
            "Text",
            "Viewer",
            "Mobile",
            "PersonName",
            "Reason",
            "Part",
            "LookupKey",
            "String",
            "Int",
            "ID",
            "TextIs",
            "DayIs",
            "PostalAddressInput",
            "CustomerFilter",
            "CustomerConnection",
            "CustomerEdge",
            "CustomerInput",
            "HoldingChanges",
            "CreateCustomerResult",
            "AddHoldingSuccess",
            "CustomerKind",
            "CustomerKindIs",
            "FieldPolicy",
            "Scheme",
        )
    ),
    Bad(
        "record and scheme of one plugin",
        {"records": (record("SampleCard"),), "schemes": (scheme("sample.card"),)},
        ClashError,
        ("GraphQL type 'SampleCard'", "record SampleCard", "scheme sample.card"),
    ),
    Bad(
        "scheme and core record",
        {"schemes": (scheme("contact.point"),)},
        ClashError,
        ("GraphQL type 'ContactPoint'", "scheme contact.point", "kehu.customers.plugin"),
    ),
    Bad("scheme and scheme", {"schemes": (scheme("a.b_1"), scheme("a.b1"))}, ClashError, ("GraphQL type 'AB1'",)),
    Bad("form and form", {"forms": (form("a.b_1"), form("a.b1"))}, ClashError, ("Mutation 'recordAB1'",)),
    Bad(
        "form and record",
        {"records": (record("SampleVisit"),), "forms": (form("sample.visit"),)},
        ClashError,
        ("GraphQL type 'SampleVisitInput'", "form sample.visit", "record SampleVisit"),
    ),
    Bad(
        "look-up keys",
        {
            "records": (
                record("SampleCard", field("numberOne", Mobile, "号", "Number")),
                record("SampleCardNumber", field("one", Mobile, "号", "Number")),
            )
        },
        ClashError,
        ("LookupKey 'SAMPLE_CARD_NUMBER_ONE'",),
    ),
    Bad(
        "terms repeated",
        {"schemes": (scheme("sample.kind", "OTHER", extends="judgement.kind"),)},
        ClashError,
        ("OTHER", "judgement.kind", "kehu.customers.plugin"),
    ),
]

UNDECLARED = [
    Bad("unknown hook", {"record": (record(),)}, DeclarationError, ("kehu_record", "no hook", "kehu_records")),
    Bad(
        "None for a tuple", {"records": lambda: None}, DeclarationError, ("kehu_records must return a tuple of Record",)
    ),
    Bad("list for a tuple", {"records": [record()]}, DeclarationError, ("kehu_records must return a tuple of Record",)),
    Bad("one for a tuple", {"records": record()}, DeclarationError, ("kehu_records must return a tuple of Record",)),
    Bad("wrong hook", {"records": (scheme(),)}, DeclarationError, ("kehu_records must return a tuple of Record",)),
    Bad("parent", {"records": (record(parent="Account"),)}, DeclarationError, ("SampleCard", "parent 'Account'")),
    Bad(
        "parent of another owner",
        {"records": (record(parent="Staff"),)},
        DeclarationError,
        ("SampleCard", "Staff", "owners"),
    ),
    Bad(
        "scheme",
        {"records": (record("SampleCard", field("colour", Code, "颜色", "Colour", scheme="sample.colour")),)},
        DeclarationError,
        ("SampleCard.colour", "scheme 'sample.colour'", "kehu_schemes"),
    ),
    Bad(
        "no scheme",
        {"records": (record("SampleCard", field("colour", Code, "颜色", "Colour")),)},
        DeclarationError,
        ("SampleCard.colour", "scheme None"),
    ),
    Bad(
        "retention",
        {"records": (record("SampleCard", field("colour", ShortText, "颜色", "Colour", retention="forever")),)},
        DeclarationError,
        ("SampleCard.colour", "retention class 'forever'", "identity"),
    ),
    Bad(
        "purpose",
        {
            "records": (
                record("SampleCard", field("colour", ShortText, "颜色", "Colour", mask="hidden", purposes=("FUN",))),
            )
        },
        DeclarationError,
        ("SampleCard.colour", "FUN", "kehu_purposes"),
    ),
    Bad(
        "scope",
        {
            "records": (
                record("SampleCard", field("colour", ShortText, "颜色", "Colour", area="sample"), area="sample"),
            )
        },
        UnenforcedError,
        ("SampleCard", "sample:read", "sample:write", "kehu_scopes"),
    ),
    Bad(
        "reference",
        {"records": (record("SampleCard", field("by", Reference, "人", "By", refers_to="Agent")),)},
        DeclarationError,
        ("SampleCard.by", "'Agent'"),
    ),
    Bad(
        "reference to nothing",
        {"records": (record("SampleCard", field("by", Reference, "人", "By")),)},
        DeclarationError,
        ("SampleCard.by", "Reference"),
    ),
    Bad(
        "text that refers",
        {"records": (record("SampleCard", field("by", ShortText, "人", "By", refers_to="Staff")),)},
        DeclarationError,
        ("SampleCard.by", "Reference"),
    ),
    Bad(
        "reference to a customer's",
        {"records": (record("SampleCard", field("by", Reference, "人", "By", refers_to="Holding")),)},
        DeclarationError,
        ("SampleCard.by", "Holding", "parent"),
    ),
    Bad(
        "order over gaps",
        {"records": (record("SampleCard", field("on", Day, "日", "On", orderable=True)),)},
        DeclarationError,
        ("SampleCard.on", "required"),
    ),
    Bad(
        "extends nothing",
        {"schemes": (scheme("sample.kind", extends="sample.none"),)},
        DeclarationError,
        ("sample.none",),
    ),
    Bad(
        "extends a closed one",
        {"schemes": (scheme("sample.kind", extends="customer.kind"),)},
        DeclarationError,
        ("sample.kind", "customer.kind"),
    ),
    Bad(
        "form to nowhere",
        {"forms": (form("sample.visit", FormField("name", "Customer.nickname", required=True)),)},
        DeclarationError,
        ("form sample.visit", "Customer.nickname"),
    ),
    Bad(
        "form to system's",
        {"forms": (form("sample.visit", FormField("band", "Grade.band", required=True)),)},
        DeclarationError,
        ("form sample.visit", "Grade.band"),
    ),
    Bad(
        "form that leaves out",
        {"forms": (form(constants=()),)},
        DeclarationError,
        ("form sample.visit", "Customer.kind"),
    ),
    Bad(
        "form constant",
        {"forms": (form(constants=(("Customer.kind", "ALIEN"), ("Customer.stage", "PROSPECT"))),)},
        DeclarationError,
        ("form sample.visit", "ALIEN"),
    ),
    Bad(
        "demo",
        {"demo": (Demo(form="sample.visit", share=0.5, submissions=lambda random, count: iter(())),)},
        DeclarationError,
        ("sample.visit",),
    ),
    Bad(
        "grading over a sealed field",
        {"gradings": (grading(Exists("named", LABEL, "Customer", (Is("name", "X"),), parent=None)),)},
        DeclarationError,
        ("grading sample.grade", "Customer.name", "sealed"),
    ),
    Bad(
        "grading over nothing",
        {"gradings": (grading(Exists("gone", LABEL, "Account")),)},
        DeclarationError,
        ("Account",),
    ),
    Bad(
        "grading over no field",
        {"gradings": (grading(Exists("gone", LABEL, "Holding", (Is("colour", "RED"),))),)},
        DeclarationError,
        ("grading sample.grade", "Holding has no field colour"),
    ),
    Bad("grading over staff", {"gradings": (grading(Exists("gone", LABEL, "Staff")),)}, DeclarationError, ("Staff",)),
    Bad(
        "grading that sums text",
        {"gradings": (grading(Sum("total", LABEL, field="externalId", currency=None)),)},
        DeclarationError,
        ("Holding.externalId",),
    ),
    Bad(
        "record that cites nothing", {"records": (record(cites=()),)}, DeclarationError, ("record SampleCard", "cites")
    ),
    Bad(
        "scheme that cites nothing",
        {"schemes": (scheme(cites=()),)},
        DeclarationError,
        ("scheme sample.colour", "cites"),
    ),
    Bad(
        "form that cites nothing",
        {"forms": lambda: (form(cites=()),)},
        DeclarationError,
        ("form sample.visit", "cites"),
    ),
    Bad("grading that cites nothing", {"gradings": (grading(cites=()),)}, DeclarationError, ("sample.grade", "cites")),
    Bad(
        "purpose that cites nothing",
        {"purposes": (Purpose(code="FUN", label=LABEL, cites=()),)},
        DeclarationError,
        ("purpose FUN", "cites"),
    ),
    Bad(
        "retention that cites nothing",
        {"retention": (RetentionClass(key="short", label=LABEL, minimum_years=None, counted_from=LABEL, cites=()),)},
        DeclarationError,
        ("retention class short", "cites"),
    ),
]


def one(*fields: Callable[[], Field]) -> Callable[[], tuple[Record, ...]]:
    """A hook that makes its record when it is called, as the error then comes from inside the plugin."""
    return lambda: (record("SampleCard", *(make() for make in fields)),)


def mobile(**policy: Any) -> Callable[[], Field]:
    return lambda: field("mobile", Mobile, "手机", "Mobile", **policy)


WEAKER = [
    Bad("level", {"records": one(mobile(level=Level.INTERNAL))}, DeclarationError, ("field mobile", "level 2 < 3")),
    Bad(
        "mask",
        {"records": one(mobile(mask=None, sealed=False, lookup=False))},
        DeclarationError,
        ("mobile", "mask removed"),
    ),
    Bad("unknown mask", {"records": one(mobile(mask="all"))}, DeclarationError, ("Mobile has no mask 'all'",)),
    Bad(
        "sealed", {"records": one(mobile(sealed=False, lookup=False))}, DeclarationError, ("mobile", "no longer sealed")
    ),
    Bad("purposes", {"records": one(mobile(purposes=("FUN",)))}, DeclarationError, ("mobile", "purposes added: FUN")),
    Bad("no purposes", {"records": one(mobile(purposes=()))}, DeclarationError, ("names no purpose",)),
    Bad(
        "lookup",
        {"records": one(lambda: field("note", FreeText, "备注", "Note", lookup=True))},
        DeclarationError,
        ("note", "exact look-up added"),
    ),
    Bad(
        "sensitive",
        {"records": one(lambda: field("name", PersonName, "姓名", "Name", categories=(Category.S3_GENERAL,)))},
        DeclarationError,
        ("no longer sensitive",),
    ),
    Bad("audit", {"records": one(mobile(audit=Audit.PAYLOAD))}, DeclarationError, ("audited less",)),
    Bad(
        "filter over sealed",
        {"records": one(lambda: field("mobile", Mobile, "手机", "Mobile", filterable=True))},
        DeclarationError,
        ("mobile", "sealed field can't be filtered"),
    ),
    Bad(
        "order over sealed",
        {"records": one(lambda: field("mobile", Mobile, "手机", "Mobile", orderable=True))},
        DeclarationError,
        ("mobile", "sealed field can't be filtered or sorted"),
    ),
    Bad(
        "filter over masked",
        {
            "records": one(
                lambda: field(
                    "colour", ShortText, "颜色", "Colour", mask="hidden", purposes=("SERVICE",), filterable=True
                )
            )
        },
        DeclarationError,
        ("colour", "masked field can't be filtered"),
    ),
    Bad(
        "unclassified",
        {
            "records": (
                record(
                    "SampleCard",
                    replace(
                        field("colour", ShortText, "颜色", "Colour"), policy=replace(ShortText.policy, categories=())
                    ),
                ),
            )
        },
        UnenforcedError,
        ("SampleCard.colour", "classified in no category system"),
    ),
    Bad(
        "uncited",
        {"records": (record("SampleCard", replace(field("colour", ShortText, "颜色", "Colour"), cites=())),)},
        DeclarationError,
        ("record SampleCard.colour", "cites no rule"),
    ),
    Bad(
        "projection from nothing",
        {
            "records": one(
                lambda: field("year", Count, "年", "Year", projection=Projection(source="birth", compute="birth_year"))
            )
        },
        DeclarationError,
        ("SampleCard.year", "'birth'"),
    ),
    Bad("name", {"records": lambda: (record("sample_card"),)}, DeclarationError, ("sample_card", "PascalCase")),
    Bad("area", {"records": one(mobile(area="Contact"))}, DeclarationError, ("Contact",)),
]


BAD = [*CLASHES, *UNDECLARED, *WEAKER]


BETWEEN_PLUGINS: list[tuple[str, Mapping[str, object], Mapping[str, object]]] = [
    ("record", {"records": (record(),)}, {"records": (record(accessor="other"),)}),
    ("scheme", {"schemes": (scheme(),)}, {"schemes": (scheme(),)}),
    ("scope", *2 * ({"scopes": (ScopeDeclaration("sample:read", LABEL),)},)),
    ("purpose", *2 * ({"purposes": (Purpose(code="FUN", label=LABEL, cites=CITES),)},)),
    ("form", {"forms": (form(),)}, {"forms": (form(),)}),
    ("grading", {"gradings": (grading(),)}, {"gradings": (grading(),)}),
    ("newer version of a grading", {"gradings": (grading(),)}, {"gradings": (grading(version=2),)}),
    (
        "accessor",
        {"records": (record("SampleA", accessor="card"),)},
        {"records": (record("SampleB", accessor="card"),)},
    ),
    ("root", {"records": (record("SampleA", root="cards"),)}, {"records": (record("SampleB", root="cards"),)}),
    ("type", {"records": (record("SampleCard"),)}, {"schemes": (scheme("sample.card"),)}),
    ("mutation input", {"records": (record("SampleVisit"),)}, {"forms": (form("sample.visit"),)}),
    (
        "term",
        {"schemes": (scheme("a.kind", "LOUD", extends="judgement.kind"),)},
        {"schemes": (scheme("b.kind", "LOUD", extends="judgement.kind"),)},
    ),
]
