"""A small plugin with one form in which everything stands that a form can have; its records are core's."""

from __future__ import annotations

from kehu.plugin import Form, FormField, Group, Label, Linked, Section, When, hookimpl

RULES = ("S17.R21",)


def field(name: str, to: str, **more: object) -> FormField:
    return FormField(name, to, **more)  # type: ignore[arg-type]  # reason: keywords of a dataclass


HOME = Form(
    key="care.home",
    version=2,
    label=Label("家访", "Home visit"),
    description=Label("登记一次家访", "Registers a visit at home"),
    cites=RULES,
    fields=(
        field("name", "Customer.name", required=True),
        field("mobile", "ContactPoint.mobile"),
        field("remark", "Customer.remark"),
        field("document", "IdentityDocument.kind"),
        field("residentId", "IdentityDocument.residentId", required=True, when=When("document", "RESIDENT_ID")),
        field("passport", "IdentityDocument.passport", when=When("document", "PASSPORT")),
        field("visitedAt", "Interaction.occurredAt", required=True),
        field("staff", "Interaction.staff"),
        field("summary", "Interaction.summary"),
        field("address", "Address.value"),
        field("holdingKind", "Holding.kind", label=Label("产品", "Product")),
        field("amount", "Holding.amount"),
        field("openedOn", "Holding.openedOn"),
        Group(
            "followUps",
            Label("跟进", "Follow-ups"),
            "FollowUp",
            (
                field("method", "FollowUp.method", required=True),
                field("plannedFor", "FollowUp.plannedFor", required=True, when=When("method", "VISIT", "MEETING")),
                field("content", "FollowUp.content"),
                field("by", "FollowUp.staff"),
            ),
            at_most=3,
        ),
        Group(
            "payments",
            Label("交易", "Transactions"),
            "Transaction",
            (
                field("kind", "Transaction.kind", required=True),
                field("at", "Transaction.occurredAt", required=True),
                field("amount", "Transaction.amount"),
            ),
            when=When("holdingKind", "ACCOUNT", "CARD"),
        ),
        Linked(
            "contacts",
            Label("联系人", "Contact persons"),
            "CONTACT_PERSON",
            (
                field("name", "Customer.name", required=True),
                field("mobile", "ContactPoint.mobile"),
                field("sex", "Customer.sex"),
                field("note", "Relationship.remark"),
            ),
            at_most=2,
            constants=(("ContactPoint.kind", "MOBILE"),),
        ),
    ),
    constants=(
        ("Customer.kind", "PERSON"),
        ("Customer.stage", "PROSPECT"),
        ("ContactPoint.kind", "MOBILE"),
        ("Interaction.kind", "VISIT"),
        ("Address.kind", "HOME"),
    ),
    sections=(
        Section("who", Label("客户", "Customer"), ("name", "mobile", "document", "residentId", "passport", "address")),
        Section("visit", Label("家访", "Visit"), ("visitedAt", "staff", "summary", "remark", "followUps")),
        Section("money", Label("资产", "Holdings"), ("holdingKind", "amount", "openedOn", "payments")),
        Section("people", Label("联系人", "People"), ("contacts",)),
    ),
)


@hookimpl
def kehu_forms() -> tuple[Form, ...]:
    return (HOME,)
