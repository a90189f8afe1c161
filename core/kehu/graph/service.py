"""Put together: the schema and executor of one installation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from kehu.access.fetch import Source
from kehu.crypto import CursorBox, Pseudonyms
from kehu.customers.acts import Acts as CustomerActs
from kehu.customers.corrections import Corrections
from kehu.customers.drafts import Drafts
from kehu.customers.duplicates import Duplicates
from kehu.customers.files import Files
from kehu.customers.lookup import Lookup, NameSearch
from kehu.customers.standards import GradingActs
from kehu.customers.submit import Submissions
from kehu.errors import ConfigurationError
from kehu.evidence import EvidenceLog
from kehu.grading.standards import Standards
from kehu.graph.acts import Acts
from kehu.graph.execute import Executor
from kehu.graph.operation import Reading
from kehu.graph.receipts import Recorder
from kehu.graph.schema import Schema
from kehu.registry import Registry
from kehu.rules.measure import Measure
from kehu.settings import Settings
from kehu.store.engine import Engines
from kehu.store.tables import Tables
from kehu.store.vault import Vault


def make_executor(
    *, schema: Schema, settings: Settings, engines: Engines, tables: Tables, vault: Vault, cursors: CursorBox,
    pseudonyms: Pseudonyms, evidence: EvidenceLog, customers: CustomerActs, lookup: Lookup, submissions: Submissions,
    corrections: Corrections, files: Files,
    now: Callable[[], datetime], random: Callable[[int], bytes],
) -> Executor:  # fmt: skip
    """Everything that serves a schema."""
    registry = schema.registry
    standards = Standards(tables.by_record, {(g.key, g.version): g for g in registry.gradings})
    source = Source(registry.records, tables, vault, settings.max_page, standards)
    reading = Reading(registry, engines, source, cursors, _measures(registry, settings.legal_bases))
    drafts = Drafts(submissions.context, submissions, settings.draft_kept_days)
    names = NameSearch(submissions.context, lookup.budget)
    duplicates = Duplicates(submissions.context)
    gradings = GradingActs(submissions.context)
    acts = Acts(registry, customers, lookup, names, submissions, corrections, drafts, files, duplicates, gradings)
    recorder = Recorder(registry, evidence, pseudonyms, now, random)
    return Executor(schema, reading, acts, recorder, settings)


def _measures(registry: Registry, bases: Mapping[str, tuple[str, ...]]) -> Mapping[str, Measure]:
    if unknown := sorted(bases.keys() - registry.measures.keys()):
        raise ConfigurationError(f"KEHU_LEGAL_BASES: there is no measure {', '.join(unknown)}")
    return {**registry.measures, **{one: registry.measures[one].with_bases(names) for one, names in bases.items()}}
