"""``kehu rules``: the matrix of the regulations, from the installed plugins; needs no database."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import orjson
import xlsxwriter
from rich.table import Table

import kehu.app  # noqa: F401  # all of core that carries out rules has to be loaded
from kehu.cli.words import out, say, words
from kehu.customers import plugin as core_plugin
from kehu.errors import Invalid, Problem
from kehu.labels import Label
from kehu.registry import Registry, installed_plugins, load_registry
from kehu.regulations import DOCUMENTS, Line, State, check, matrix

_SHOWN = 3
_HEADERS = (
    Label("条款", "Rule"), Label("出处", "Where"), Label("状态", "State"), Label("应达到", "Expected"),
    Label("原文", "Original"), Label("摘要", "Summary"), Label("执行点", "Carried out by"), Label("测试", "Tests"),
    Label("可见之处", "Seen in"), Label("完成标准", "Counts as done"),
)  # fmt: skip
_STATES = {
    State.ENFORCED: Label("已执行", "enforced"),
    State.DEFAULT: Label("默认值", "default"),
    State.ATTESTED: Label("须申明", "attested"),
    State.INFORMATION: Label("说明", "information"),
    State.DUPLICATE: Label("重复", "duplicate"),
    State.OPEN: Label("未完成", "open"),
}
_UNKNOWN = Label("没有这个:{given};可选:{known}", "There is no {given}; there are: {known}")
_SUM = Label("{closed} 条已完成,共 {all} 条", "{closed} of {all} rules are closed")


def rules(document: str | None, state: str | None, as_json: bool, xlsx: Path | None, checking: bool) -> int:
    """Show the matrix; gives the exit code: 1 where ``checking`` finds contradictions.

    Raises `Invalid` DOCUMENT_UNKNOWN, STATE_UNKNOWN.
    """
    _known("DOCUMENT_UNKNOWN", "document", document, [one.id for one in DOCUMENTS])
    _known("STATE_UNKNOWN", "state", state, list(State))
    registry = load_registry((core_plugin,), installed_plugins())
    lines = matrix(registry)
    chosen = [line for line in lines if document in (None, line.rule.document) and state in (None, line.state.value)]
    if xlsx is not None:
        _write(chosen, xlsx)
    elif as_json:
        sys.stdout.buffer.write(orjson.dumps([row(line) for line in chosen], option=orjson.OPT_INDENT_2) + b"\n")
    elif not checking:
        _tell(chosen, whole=document is None and state is None)
    return _checked(registry, lines) if checking else 0


def row(line: Line) -> dict[str, object]:
    """One rule as plain data, for JSON."""
    rule = line.rule
    return {
        "rule": rule.id,
        "where": rule.where,
        "state": line.state.value,
        "expected": rule.expected,
        "phrase": rule.phrase,
        "summary": rule.summary,
        "countsAsDone": rule.counts_as_done,
        "points": [{"kind": p.kind, "name": p.name, "plugin": p.owner, "default": p.default} for p in line.points],
        "tests": list(line.proofs),
        "by": line.by,
        "seen": line.seen,
    }


def _known(code: str, name: str, given: str | None, known: Sequence[str]) -> None:
    if given is not None and given not in known:
        raise Invalid([Problem(code, _UNKNOWN.format(given=given, known=", ".join(known)), (name,))])


def _tell(lines: Sequence[Line], *, whole: bool) -> None:
    if whole:
        out.print(_counts(lines))
        return
    table = Table(*(words(header) for header in (_HEADERS[0], *_HEADERS[2:5], *_HEADERS[6:8])), show_lines=True)
    for line in lines:
        points = "\n".join(str(point) for point in line.points[:_SHOWN])
        more = f"\n+ {len(line.points) - _SHOWN}" if len(line.points) > _SHOWN else ""
        table.add_row(
            line.rule.id, words(_STATES[line.state]), line.rule.expected, line.rule.phrase, points + more,
            "\n".join(line.proofs[:_SHOWN]),
        )  # fmt: skip
    out.print(table)


def _counts(lines: Sequence[Line]) -> Table:
    """A row for each document: how many rules have come to which state."""
    titles = {document.id: document.title for document in DOCUMENTS}
    found = Counter((line.rule.document, line.state) for line in lines)
    table = Table("", words(Label("办法", "Measure")), *(words(label) for label in _STATES.values()), "Σ")
    for document, title in titles.items():
        counts = [found[document, state] for state in _STATES]
        table.add_row(document, words(title), *map(str, counts), str(sum(counts)))
    totals = [sum(found[document, state] for document in titles) for state in _STATES]
    table.add_row("Σ", words(_SUM, closed=sum(totals[:-1]), all=sum(totals)), *map(str, totals), str(sum(totals)))
    return table


def _write(lines: Sequence[Line], path: Path) -> None:
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(words(Label("条款", "Rules")))
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        head = book.add_format({"bold": True, "bottom": 1})
        sheet.set_column(0, 3, 12)
        sheet.set_column(4, len(_HEADERS) - 1, 40, wrapped)
        sheet.freeze_panes(1, 1)
        for column, header in enumerate(_HEADERS):
            sheet.write_string(0, column, words(header), head)
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(_cells(line)):
                sheet.write_string(number, column, value, wrapped)
        sheet.autofilter(0, 0, len(lines), len(_HEADERS) - 1)
    say(Label("已写入 {path}", "Written to {path}"), path=path)


def _cells(line: Line) -> tuple[str, ...]:
    rule = line.rule
    return (
        rule.id, rule.where, words(_STATES[line.state]), rule.expected, rule.phrase, rule.summary,
        "\n".join(map(str, line.points)), "\n".join(line.proofs), line.seen, rule.counts_as_done,
    )  # fmt: skip


def _checked(registry: Registry, lines: Sequence[Line]) -> int:
    found = check(registry, lines)
    for contradiction in found:
        out.print(contradiction, markup=False)
    closed = sum(line.state is not State.OPEN for line in lines)
    say(_SUM, closed=closed, all=len(lines))
    return 1 if found else 0
