"""The names that declarations take in GraphQL and in the database, so that the registry can refuse a clash.

What is claimed here is what the schema and the tables then have; tests hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kehu.forms.form import Form
from kehu.records import Owner, Record, snake
from kehu.rules.scheme import Scheme
from kehu.vocabulary import TYPES
from kehu.vocabulary.base import Storage

CUSTOMER = "Customer"


class Name(NamedTuple):
    """``where`` is a name space, in the words of an error message: ``GraphQL type``, ``Query``, ``table holding``."""

    where: str
    name: str


_TYPES = """
AddFileResult AddFileSuccess Boolean CategoryInfo CellText Criterion Datum DecideGradingStandardResult
DecideGradingStandardSuccess DecideJudgementResult DecideJudgementSuccess Declassifier DifferingValue
DiscardDraftResult DiscardDraftSuccess DismissDuplicateResult DismissDuplicateSuccess DismissImportRowResult
DismissImportRowSuccess DuplicateCase EnforcementPoint EvidenceEntry EvidenceField FieldPolicy FlagIs Float Form
FormData FormDraft FormPrefill GradeBand Grading GradingMove GradingParameter GradingStandard GradingValue
GradingValueInput GradingWhatIf ID ImportBatch ImportCell ImportColumn ImportCount ImportFileResult
ImportFileSuccess ImportMappingInput ImportOrigin ImportProblem ImportRow ImportSheet ImportTemplate
ImportValueInput Int JSON Language LookupKey LookupValue Measure MeasureStatement MendImportRowResult
MendImportRowSuccess Mutation Node PageInfo Part Problem Problems ProposeGradingStandardResult
ProposeGradingStandardSuccess ProposeJudgementResult ProposeJudgementSuccess Purpose Query Reason ReferenceIs
Regulation RegulationRule RetryImportRowsResult RetryImportRowsSuccess Role RuleState SaveDraftResult
SaveDraftSuccess Scheme SchemeTerm ScopeInfo String SubmitFormResult SubmitFormSuccess Text TextIs Upload Viewer
_Service
"""
_QUERY = """
_service customer declassifiers differingValues draft drafts duplicates evidence fieldPolicies form forms
gradingMovers gradingStandards gradingWhatIf gradings importBatches importOrigins importRows importTemplate lookup
measures node nodes prefill purposes regulations roles schemes scopes searchCustomers viewer
"""
_MUTATION = """
addFile decideGradingStandard decideJudgement discardDraft dismissDuplicate dismissImportRow importFile
mendImportRow proposeGradingStandard proposeJudgement retryImportRows saveDraft submitForm
"""
_TABLES = """
data_key differing_value duplicate_case evidence_entry evidence_head evidence_subject file_chunk form_draft
grading_standard grading_standard_value idempotency import_batch import_row lookup_budget oauth_client
oauth_client_secret oauth_one_time_link oauth_revoked_token outbox search_token
"""
_COLUMNS = ("changed_at", "created_at", "customer_id", "id", "legal_entity_id", "pseudonym", "version")
_COMPARED_ALIKE = (Storage.TEXT, Storage.BOOLEAN, Storage.REFERENCE)
_MEMBERS = ("bandLabel", "explanation", "id", "version")


def type_name(key: str) -> str:
    """The GraphQL name of a scheme or form: ``realestate.price_band`` → ``RealestatePriceBand``."""
    return "".join(part.capitalize() for part in key.replace("_", ".").split("."))


def rows_type(key: str, name: str) -> str:
    """The GraphQL name of the input of a form's group: ``gym.join``, ``friends`` → ``GymJoinFriendsInput``."""
    return f"{type_name(key)}{name[0].upper()}{name[1:]}Input"


def core_names() -> Iterator[Name]:
    """What Kehu itself takes, whatever is declared."""
    for governed in TYPES.values():
        if governed.graphql is None:
            yield Name("GraphQL type", governed.name)
        if governed.parts and governed.graphql is None:
            yield Name("GraphQL type", f"{governed.name}Input")
        if governed.storage not in (*_COMPARED_ALIKE, Storage.JSON, Storage.MONEY):
            yield Name("GraphQL type", f"{governed.name}Is")
    for where, names in (
        ("GraphQL type", _TYPES), ("Query", _QUERY), ("Mutation", _MUTATION), ("table", _TABLES),
    ):  # fmt: skip
        yield from (Name(where, name) for name in names.split())


def given_names(record: Record) -> Iterator[Name]:
    """What Kehu itself takes on every record: key columns, columns of sealed blobs, the structural members."""
    columns = [*_COLUMNS, *(f"sealed_{retention}" for retention in record.retention_classes)]
    if record.parent not in (None, CUSTOMER):
        columns.append(f"{snake(str(record.parent))}_id")
    yield from (Name(record.name, name) for name in _MEMBERS)
    yield from (Name(f"column of {record.table}", column) for column in columns)


def record_names(record: Record) -> Iterator[Name]:
    """What a record takes: types, its place on Query, mutations, table, columns, look-up keys, members."""
    suffixes = ["", "Filter"]
    if record.root is not None:
        yield Name("Query", record.root)
        suffixes += ["Connection", "Edge", "Order", "OrderField"]
    if record.writable and record.owner is Owner.CUSTOMER:
        verbs = ["create" if record.name == CUSTOMER else "add", *([] if record.append_only else ["change"])]
        suffixes += ["Input"] if record.append_only else ["Input", "Changes"]
        for verb in verbs:
            yield Name("Mutation", f"{verb}{record.name}")
            yield from (Name("GraphQL type", f"{verb.capitalize()}{record.name}{end}") for end in ("Result", "Success"))
    yield from (Name("GraphQL type", f"{record.name}{suffix}") for suffix in suffixes)
    yield Name("table", record.table)
    yield from (Name(record.name, f.name) for f in record.fields)
    yield from (Name(f"column of {record.table}", column) for column in _columns(record))
    for f in record.fields:
        if f.policy.lookup:
            yield Name("LookupKey", f"{record.table}_{f.column}".upper())


def _columns(record: Record) -> Iterator[str]:
    for f in record.fields:
        if f.policy.lookup:
            yield f"blind_{f.column}"
        if f.type.storage is Storage.MONEY:
            yield from (f"{f.column}_minor", f"{f.column}_currency")
        else:
            yield f.column


def scheme_names(scheme: Scheme) -> Iterator[Name]:
    """The enum of a scheme, and the comparison with it."""
    if scheme.extends is None:
        yield from (Name("GraphQL type", f"{type_name(scheme.key)}{suffix}") for suffix in ("", "Is"))


def form_names(form: Form) -> Iterator[Name]:
    """The mutation of a form and its types, a type of input for each group among them."""
    name = type_name(form.key)
    yield Name("Mutation", f"record{name}")
    yield from (
        Name("GraphQL type", taken) for taken in (f"{name}Input", f"Record{name}Result", f"Record{name}Success")
    )
    yield from (Name("GraphQL type", rows_type(form.key, rows.name)) for rows in form.rows)
