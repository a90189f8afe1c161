"""``kehu evidence``: list and verify, from the evidence store alone."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.table import Table

from kehu.cli.words import out, say, words
from kehu.errors import Invalid, Problem
from kehu.evidence import EvidenceLog, Filter, Kind, Valid, verify
from kehu.evidence.verify import Broken
from kehu.labels import Label
from kehu.settings import Settings

_HEADERS = (
    Label("位置", "Position"), Label("时间", "Time"), Label("种类", "Kind"), Label("客户端", "Client"),
    Label("操作", "Operation"), Label("目的", "Purpose"), Label("客户数", "Customers"), Label("级别", "Level"),
    Label("结果", "Outcome"),
)  # fmt: skip
_VALID = Label("完整:{count} 条,链头 {head}", "Whole: {count} entries, chain head {head}")
_BROKEN = Label("在位置 {position} 处损坏:{reason}", "Broken at position {position}: {reason}")
_UNREADABLE = Label("无法校验:{reason}", "Can't be verified: {reason}")


def list_entries(from_: datetime | None, to: datetime | None, kind: str | None, limit: int) -> None:
    """Newest first. Raises `Invalid` KIND_UNKNOWN, `Unavailable`, `IntegrityError`."""
    if kind is not None and kind not in set(Kind):
        message = Label("种类须为以下之一:{kinds}", "One of {kinds} is needed").format(kinds=", ".join(Kind))
        raise Invalid([Problem("KIND_UNKNOWN", message, ("kind",))])
    where = Filter(kind=Kind(kind) if kind else None)
    table = Table(*(words(header) for header in _HEADERS))
    with EvidenceLog(Settings().evidence, read_only=True) as log:
        for stored in log.entries(_utc(from_), _utc(to), where, limit=limit, newest_first=True):
            entry = stored.entry
            table.add_row(
                str(stored.position),
                entry.at_text,
                entry.kind.value,
                entry.actor.client or "",
                entry.operation.name or entry.operation.kind,
                entry.purpose.code or "",
                str(entry.subject_count),
                str(entry.level),
                entry.code or entry.outcome.value,
            )
    out.print(table)


def verify_log() -> int:
    """Gives the exit code: 0 whole, 1 broken, 3 unreadable."""
    with EvidenceLog(Settings().evidence, read_only=True) as log:
        verdict = verify(log)
    if isinstance(verdict, Valid):
        say(_VALID, count=verdict.count, head=verdict.head.hex())
        return 0
    if isinstance(verdict, Broken):
        say(_BROKEN, position=verdict.position, reason=words(verdict.reason))
        return 1
    say(_UNREADABLE, reason=words(verdict.reason))
    return 3


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.replace(tzinfo=UTC)
