"""From GraphQL arguments to acts on customers, and from outcomes to ids for a mutation's payload."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any
from uuid import UUID

from kehu.access.fetch import global_id
from kehu.access.principal import Principal
from kehu.customers.acts import Acts as CustomerActs
from kehu.customers.context import DEFAULT_PURPOSE, Outcome, Request
from kehu.customers.corrections import Corrections
from kehu.customers.drafts import Drafts
from kehu.customers.duplicates import Duplicates
from kehu.customers.files import Files
from kehu.customers.lookup import Lookup, NameSearch
from kehu.customers.standards import GradingActs
from kehu.customers.submit import Submissions
from kehu.evidence import Operation
from kehu.graph.duplicates import dismiss_duplicate
from kehu.graph.file_acts import add_file
from kehu.graph.form_acts import FormActs
from kehu.graph.gradings import StandardActs
from kehu.graph.ids import GlobalId, parse_global_id
from kehu.graph.import_acts import ImportActs
from kehu.graph.roots import Roots, lookup_keys
from kehu.labels import Locale
from kehu.records import Field, Record
from kehu.registry import Registry
from kehu.store.tables import CUSTOMER
from kehu.vocabulary.base import Storage

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Acts:
    """The one bridge between mutations and what core can do."""

    registry: Registry
    customers: CustomerActs
    lookups: Lookup
    names: NameSearch
    submissions: Submissions
    corrections: Corrections
    drafts: Drafts
    files: Files
    duplicates: Duplicates
    gradings: GradingActs

    def lookup_target(self, key: str) -> tuple[Record, Field]:
        """What a value of the enum LookupKey looks for."""
        record, name = lookup_keys(self.registry)[key]
        return self.registry.records[record], self.registry.records[record].by_name[name]

    def lookup(self, principal: Principal, record: Record, f: Field, value: object) -> UUID | None:
        """The customer found by an exact number. Raises `Forbidden`, `Invalid`, `OverLimit`."""
        return self.lookups.find(principal, record.name, f.name, value)

    def carry_out(
        self,
        principal: Principal,
        purpose: str | None,
        operation: Operation,
        name: str,
        roots: Roots,
        arguments: Arguments,
        locale: Locale = "zh",
    ) -> dict[str, object]:
        """Carry out the mutation ``name``; gives the ids that its payload's islands are read by."""
        request = Request(
            principal=principal,
            idempotency_key=arguments["idempotencyKey"],
            purpose=purpose or DEFAULT_PURPOSE,
            operation=replace(operation, name=name),
        )
        if name == "addFile":
            return add_file(self.files, request, arguments, plain(arguments["kind"]))
        if (on_grading := StandardActs(self.gradings).by_name.get(name)) is not None:
            return on_grading(request, arguments)
        if name == "dismissDuplicate":
            return dismiss_duplicate(self.duplicates, request, arguments)
        if (on_import := ImportActs(self.corrections).by_name.get(name)) is not None:
            return on_import(request, arguments, locale)
        if (on_form := FormActs(self.submissions, self.drafts).by_name.get(name)) is not None:
            return on_form(request, arguments)
        return self._ids(self._act(name, roots)(request, roots, name, arguments))

    def _act(self, name: str, roots: Roots) -> Callable[[Request, Roots, str, Arguments], Outcome]:
        if name in roots.creates:
            return self._create
        if name in roots.changes:
            return self._change
        if name in roots.forms:
            return self._form
        return {"proposeJudgement": self._propose, "decideJudgement": self._decide}[name]

    def _create(self, request: Request, roots: Roots, name: str, arguments: Arguments) -> Outcome:
        record = roots.creates[name]
        values = self._values(record, arguments["input"])
        if record.name == CUSTOMER:
            return self.customers.create_customer(request, values)
        above = parse_global_id(arguments["parent"], {str(record.parent)}, "parent")
        parent = None if record.parent == CUSTOMER else above.row
        return self.customers.add_row(request, record.name, _customer(above), values, parent)

    def _change(self, request: Request, roots: Roots, name: str, arguments: Arguments) -> Outcome:
        record = roots.changes[name]
        at = parse_global_id(arguments["id"], {record.name})
        values = self._values(record, arguments["input"])
        return self.customers.change_row(
            request, record.name, _customer(at), at.row, arguments["expectedVersion"], values
        )

    def _form(self, request: Request, roots: Roots, name: str, arguments: Arguments) -> Outcome:
        return self.submissions.record_form(request, roots.forms[name], plain(arguments["input"]))

    def _propose(self, request: Request, roots: Roots, name: str, arguments: Arguments) -> Outcome:
        at = parse_global_id(arguments["customer"], {CUSTOMER}, "customer")
        return self.customers.propose_judgement(request, _customer(at), plain(arguments["kind"]), arguments["evidence"])

    def _decide(self, request: Request, roots: Roots, name: str, arguments: Arguments) -> Outcome:
        at = parse_global_id(arguments["id"], {"Judgement"})
        return self.customers.decide_judgement(
            request,
            _customer(at),
            at.row,
            arguments["expectedVersion"],
            approve=arguments["approve"],
            comment=arguments.get("comment"),
        )

    def _values(self, record: Record, given: Arguments) -> dict[str, object]:
        values: dict[str, object] = plain(given)
        for name, value in values.items():
            f = record.by_name.get(name)
            if f is not None and f.type.storage is Storage.REFERENCE and isinstance(value, str):
                values[name] = parse_global_id(value, {str(f.refers_to)}, name).row
        return values

    def _ids(self, outcome: Outcome) -> dict[str, object]:
        records = self.registry.records
        customer = global_id(records[CUSTOMER], outcome.customer, None)
        own = (
            customer if outcome.record == CUSTOMER else global_id(records[outcome.record], outcome.customer, outcome.id)
        )
        return {"id": own, "_customer_id": customer}


def _customer(at: GlobalId) -> UUID:
    assert at.customer is not None
    return at.customer


def plain(value: Any) -> Any:  # reason: coerced GraphQL input, of any shape
    """Coerced input without GraphQL's enum members."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list) else value
