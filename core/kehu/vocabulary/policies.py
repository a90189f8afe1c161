"""The default policies of the vocabulary, by kind of information (S1, S3, S5, S7, JR/T 0171 and 0197)."""

from __future__ import annotations

from kehu.policy import Audit, Category, Level, Policy

_IDENTITY = (
    Category.C2,
    Category.S1_PERSONAL,
    Category.S3_IDENTITY,
    Category.S3_SENSITIVE,
    Category.S5_PERSONAL,
    Category.S7_BASIC,
)
_PERSONAL_CITES = ("F-32", "F-34", "F-36", "S1.R02", "S3.R03", "S3.R14", "S5.R02", "S7.R07")


def _identifying(area: str, mask: str, purposes: tuple[str, ...], *, lookup: bool = False) -> Policy:
    return Policy(
        level=Level.IDENTIFYING,
        categories=_IDENTITY,
        area=area,
        retention="identity",
        cites=_PERSONAL_CITES,
        mask=mask,
        sealed=True,
        lookup=lookup,
        audit=Audit.FIELD,
        purposes=purposes,
    )


NAME = _identifying("customer.identity", "surname", ("CONTRACT", "FOLLOW_UP", "LEGAL_DUTY", "MARKETING", "SERVICE"))
"""Names (C2, sensitive: they directly show who it is, S3.R14)."""

DOCUMENT = _identifying("customer.document", "6+4", ("CONTRACT", "LEGAL_DUTY", "SERVICE"), lookup=True)
"""Numbers of identity documents; marketing never needs them."""

CONTACT = _identifying("customer.contact", "3+4", ("CONTRACT", "FOLLOW_UP", "LEGAL_DUTY", "MARKETING", "SERVICE"))
"""Ways to reach a person; whoever contacts within a live purpose may see them clear."""

BIRTH = _identifying("customer.identity", "year", ("CONTRACT", "LEGAL_DUTY", "SERVICE"))
"""The full date of birth."""

PERSONAL = _identifying("customer.identity", "constant", ("CONTRACT", "LEGAL_DUTY", "SERVICE"))
"""What tells of one person's life: ethnicity, occupation, employer, photo; marketing never needs it clear."""

PROJECTED = Policy(
    level=Level.INTERNAL,
    categories=(
        Category.C1,
        Category.S1_PERSONAL,
        Category.S3_IDENTITY,
        Category.S3_GENERAL,
        Category.S5_PERSONAL,
        Category.S7_BASIC,
    ),
    area="customer.identity",
    retention="identity",
    cites=("F-32", "F-34", "S3.R03", "S3.R11", "S5.R02", "S7.R07"),
)
"""Coarse clear facts such as the year of birth: shared by very many people, so general (S3.R11)."""

ORGANISATION = Policy(
    level=Level.INTERNAL,
    categories=(Category.C1, Category.S7_BASIC),
    area="customer.identity",
    retention="identity",
    cites=("F-32", "F-34", "S4.R02"),
    mask="head",
    sealed=True,
    audit=Audit.FIELD,
    purposes=("CONTRACT", "DECISION", "LEGAL_DUTY", "MARKETING", "SERVICE"),
)
"""Organisations are customers, not persons (S4.R02, R03); a sole trader's name is a person's, so sealed."""

PROPERTY = Policy(
    level=Level.IDENTIFYING,
    categories=(
        Category.C2,
        Category.S1_ACCOUNT,
        Category.S3_PROPERTY,
        Category.S3_SENSITIVE,
        Category.S5_FINANCIAL,
        Category.S7_RESOURCE,
    ),
    area="customer.property",
    retention="business",
    cites=("F-32", "F-34", "F-36", "S1.R04", "S3.R04", "S5.R03", "S5.R12", "S7.R07"),
    mask="amount",
    purposes=("ASSESSMENT", "CONTRACT", "DECISION", "LEGAL_DUTY", "SERVICE", "STATISTICS"),
)
"""Amounts: clear in the table, so that grading can add them up, masked to readers."""

CAPITAL = Policy(
    level=Level.INTERNAL,
    categories=(Category.C1, Category.S7_BASIC),
    area="customer.core",
    retention="business",
    cites=("F-32", "F-34", "S9.R18"),
)
"""What the public register of companies shows of an organisation in figures: no person's, so clear."""

TRANSACTION = PROPERTY.but(
    categories=(Category.S1_TRANSACTION, Category.S3_TRANSACTION, Category.S7_ACCOUNT),
    area="customer.transaction",
    cites=("F-32", "F-34", "F-36", "S1.R04", "S3.R06", "S5.R03", "S5.R12", "S7.R07"),
)
"""Amounts of single transactions. S7 has no category of its own for them: the account's is nearest."""

CREDIT = Policy(
    level=Level.IDENTIFYING,
    categories=(
        Category.C2,
        Category.S1_PERSONAL,
        Category.S3_CREDIT,
        Category.S3_SENSITIVE,
        Category.S5_FINANCIAL,
        Category.S7_RISK,
    ),
    area="customer.credit",
    retention="business",
    cites=("F-32", "F-34", "F-36", "S3.R05", "S3.R14", "S5.R03", "S5.R12", "S7.R07"),
    mask="constant",
    sealed=True,
    audit=Audit.FIELD,
    purposes=("CONTRACT", "LEGAL_DUTY"),
)
"""Credit standing: whoever only serves or sells doesn't need it clear."""

DERIVED = Policy(
    level=Level.IDENTIFYING,
    categories=(
        Category.C2,
        Category.S1_PERSONAL,
        Category.S3_DERIVED,
        Category.S3_SENSITIVE,
        Category.S5_PERSONAL,
        Category.S7_BEHAVIOUR,
    ),
    area="customer.derived",
    retention="marketing",
    cites=("F-32", "F-34", "F-36", "S3.R07", "S3.R14", "S7.R07"),
    mask="constant",
    sealed=True,
    audit=Audit.FIELD,
    purposes=("MARKETING", "SERVICE"),
)
"""What is worked out about one person is that person's data too (S3.R07)."""

HEALTH = Policy(
    level=Level.AUTHENTICATING,
    categories=(
        Category.C2,
        Category.S1_PERSONAL,
        Category.S3_OTHER,
        Category.S3_SENSITIVE,
        Category.S5_HEALTH,
        Category.S7_BASIC,
    ),
    area="customer.health",
    retention="health",
    cites=("F-35", "F-36", "F-84", "S3.R08", "S3.R14", "S5.R04", "S5.R12"),
    mask="constant",
    sealed=True,
    audit=Audit.FIELD,
    purposes=("CONTRACT", "LEGAL_DUTY"),
    default=True,
)
"""Health: stricter than any other class (S5.R12), so level 4, which is ours: the text names no level."""

HOLDING = Policy(
    level=Level.IDENTIFYING,
    categories=(
        Category.C2,
        Category.S1_ACCOUNT,
        Category.S3_PROPERTY,
        Category.S3_SENSITIVE,
        Category.S5_FINANCIAL,
        Category.S7_ACCOUNT,
    ),
    area="customer.holding",
    retention="business",
    cites=("F-32", "F-34", "F-97", "S1.R04", "S3.R04", "S5.R03", "S7.R07"),
    mask="last4",
    sealed=True,
    lookup=True,
    audit=Audit.FIELD,
    purposes=("CONTRACT", "LEGAL_DUTY", "SERVICE"),
)
"""Numbers of accounts, contracts and insurance policies."""

NOTE = Policy(
    level=Level.IDENTIFYING,
    categories=(
        Category.C2,
        Category.S1_PERSONAL,
        Category.S3_OTHER,
        Category.S3_SENSITIVE,
        Category.S5_PERSONAL,
        Category.S7_SERVICE,
    ),
    area="customer.note",
    retention="business",
    cites=("F-32", "S1.R02", "S3.R08", "S3.R14", "S5.R02", "S7.R07"),
    mask="constant",
    sealed=True,
    audit=Audit.FIELD,
    purposes=("CONTRACT", "LEGAL_DUTY", "SERVICE"),
)
"""Free text can hold anything, so it is protected like the most telling thing in it."""

CORE = Policy(
    level=Level.INTERNAL,
    categories=(
        Category.C1,
        Category.S1_PERSONAL,
        Category.S3_OTHER,
        Category.S3_GENERAL,
        Category.S5_PERSONAL,
        Category.S7_BASIC,
    ),
    area="customer.core",
    retention="business",
    cites=("F-32", "F-34", "S3.R08", "S3.R11", "S7.R07"),
)
"""Codes, dates, flags and counts: clear, general, for internal use."""
