"""From the mutations for forms of any kind to submissions, corrections and drafts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kehu.access.fetch import global_id
from kehu.customers.context import Request
from kehu.customers.drafts import Drafts
from kehu.customers.submit import Submissions
from kehu.errors import Invalid, Problem
from kehu.graph.ids import draft_id, parse_draft_id, parse_global_id
from kehu.labels import Label
from kehu.store.tables import CUSTOMER
from kehu.store.work import UnitOfWork

Arguments = Mapping[str, Any]
_EXPECTED = Label("更正须给出 prefill 的 version", "A correction needs expectedVersion, which prefill gives")


@dataclass(frozen=True, slots=True)
class FormActs:
    """What can be done with forms of any kind."""

    submissions: Submissions
    drafts: Drafts

    @property
    def by_name(self) -> Mapping[str, Callable[[Request, Arguments], dict[str, object]]]:
        return {"submitForm": self._submit, "saveDraft": self._save, "discardDraft": self._discard}

    def _submit(self, request: Request, arguments: Arguments) -> dict[str, object]:
        key, data = arguments["key"], arguments["data"]
        self.submissions.served(key, arguments["version"])
        draft = arguments.get("draft")
        wanted = None if draft is None else parse_draft_id(draft, "draft")

        def also(work: UnitOfWork) -> None:
            if wanted is not None:
                self.drafts.drop(work, request.principal, wanted)

        customer = _customer(arguments)
        if customer is None:
            outcome = self.submissions.record_form(request, key, data, also)
        else:
            expected = arguments.get("expectedVersion")
            if expected is None:
                raise Invalid([Problem("VERSION_NEEDED", _EXPECTED, ("expectedVersion",))])
            outcome = self.submissions.correct(request, key, data, customer, expected, also)
        made = global_id(self.submissions.context.registry.records[CUSTOMER], outcome.customer, None)
        return {"id": made, "_customer_id": made}

    def _save(self, request: Request, arguments: Arguments) -> dict[str, object]:
        known = arguments.get("id")
        saved = self.drafts.save(
            request,
            arguments["key"],
            arguments["version"],
            arguments["data"],
            draft=None if known is None else parse_draft_id(known, "id"),
            customer=_customer(arguments),
            expected_version=arguments.get("expectedVersion"),
        )
        return {"id": draft_id(saved)}

    def _discard(self, request: Request, arguments: Arguments) -> dict[str, object]:
        self.drafts.discard(request, parse_draft_id(arguments["id"], "id"))
        return {"id": arguments["id"]}


def _customer(arguments: Arguments) -> UUID | None:
    given = arguments.get("customer")
    return None if given is None else parse_global_id(given, {CUSTOMER}, "customer").row
