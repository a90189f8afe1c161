"""What no part of this release closes, with its reason: the lists can only get shorter."""

from __future__ import annotations

import kehu.app  # noqa: F401  # loads all of core that carries out rules
from kehu.customers import plugin as core_plugin
from kehu.registry import load_registry
from kehu.regulations import State, check, matrix

from .plugins import PLUGINS

PROCEDURE = "the procedure of its type: approvals and deadlines"
CLASSIFICATIONS = {
    "S2.R07": "hiding the customer himself, not only the mark and the archives; a queue of accesses to review",
    "S3.R15": "answers are marked, but nobody approves yet what is sensitive as a whole",
    "S4.R03": "anonymised records",
    "S4.R10": "state secrets out of the ordinary ways",
    "S4.R19": "grades of information that a line department changes with approval",
    "S9.R07": "a task list with old and new customers before future ones",
    "S9.R12": "core's createCustomer saves a customer without an archive, so without a nature",
    "S9.R15": "task lists and review intervals",
    "S12.R01": "ownership decision and periodic inventory",
    "S17.R54": "eight acts on classified material",
}
"""Rules of classification (CLS)."""
RECORDS_AND_FORMS = {
    "S2.R06": "custody entries",
    "S4.R13": "data assets",
    "S7.R08": "a channel other than the staff's own activity, stated by a client",
    "S9.R13": "duties that follow from a segment, beside the required fields",
    "S9.R16": "core's createCustomer makes a customer without an archive",
    "S11.R08": "channels approved one by one",
    "S12.R19": "a list of sources that an administrator edits without code",
    "S12.R21": "a card number unique over all customers",
    "S13.R11": "repeats S17.R19",
    "S14.R07": "modules that an administrator puts together",
    "S15.R02": "handover when somebody leaves",
    "S15.R03": PROCEDURE,
    "S15.R04": PROCEDURE,
    "S15.R05": PROCEDURE,
    "S15.R06": PROCEDURE,
    "S15.R07": PROCEDURE,
    "S15.R29": "registration before anybody else, reports of performance credit",
    "S16.R15": "refusing a change that overwrites a number",
}
"""Further rules of what is kept and of what forms ask (ENT)."""


def test_every_rule_of_classes_records_and_declarations_is_closed_or_stands_here_with_its_reason() -> None:
    lines = matrix(load_registry((core_plugin,), PLUGINS))
    still = {line.rule.id: line for line in lines if line.state is State.OPEN}
    by_kind = {
        kind: {rule for rule, line in still.items() if any(one.startswith(kind) for one in line.rule.mechanism)}
        for kind in ("CLS", "ENT")
    }
    assert by_kind["CLS"] == set(CLASSIFICATIONS)
    assert by_kind["ENT"] - by_kind["CLS"] == set(RECORDS_AND_FORMS)
    assert not [rule for rule, line in still.items() if line.rule.expected == State.INFORMATION]
    assert all(CLASSIFICATIONS.values())
    assert all(RECORDS_AND_FORMS.values())


def test_with_all_plugins_nothing_in_the_matrix_contradicts_itself() -> None:
    registry = load_registry((core_plugin,), PLUGINS)
    assert check(registry, matrix(registry)) == []
