"""Put together: the schema and executor of one installation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kehu.access.fetch import Source
from kehu.crypto import CursorBox, Pseudonyms
from kehu.customers.acts import Acts as CustomerActs
from kehu.customers.lookup import Lookup
from kehu.customers.submit import Submissions
from kehu.evidence import EvidenceLog
from kehu.graph.acts import Acts
from kehu.graph.execute import Executor
from kehu.graph.operation import Reading
from kehu.graph.receipts import Recorder
from kehu.graph.schema import Schema
from kehu.settings import Settings
from kehu.store.engine import Engines
from kehu.store.tables import Tables
from kehu.store.vault import Vault


def make_executor(
    *, schema: Schema, settings: Settings, engines: Engines, tables: Tables, vault: Vault, cursors: CursorBox,
    pseudonyms: Pseudonyms, evidence: EvidenceLog, customers: CustomerActs, lookup: Lookup, submissions: Submissions,
    now: Callable[[], datetime], random: Callable[[int], bytes],
) -> Executor:  # fmt: skip
    """Everything that serves a schema."""
    registry = schema.registry
    reading = Reading(registry, engines, Source(registry.records, tables, vault, settings.max_page), cursors)
    acts = Acts(registry, customers, lookup, submissions)
    recorder = Recorder(registry, evidence, pseudonyms, now, random)
    return Executor(schema, reading, acts, recorder, settings)
