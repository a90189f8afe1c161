"""Fields computed when they are read, from columns of the same row; governed by the policy of one of those."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from kehu.labels import Label
from kehu.rules.grading import Grading, Verdict, explain
from kehu.rules.parameters import Yardstick
from kehu.vocabulary.base import Json

Columns = Mapping[str, object]
_VERDICT = ("grading", "gradingVersion", "band")
_GIVEN_BY = ("standardVersion", "gradedAt")
YARDSTICK = "yardstick"
"""Under this name `Computed.compute` finds the `Yardstick` by which a grade was given, where it asks for it."""


@dataclass(frozen=True, slots=True)
class Computed:
    """``governed_by`` and ``inputs`` are clear fields of the record; ``compute`` gives text in zh and en, or None."""

    name: str
    label: Label
    governed_by: str
    inputs: tuple[str, ...]
    compute: Callable[[Columns], Json]
    by_yardstick: bool = False


def computed_fields(gradings: Iterable[Grading]) -> Mapping[str, Mapping[str, Computed]]:
    """Computed fields by record: what a grade is called, and why it was given, by the version that gave it."""
    versions = {(g.key, g.version): g for g in gradings}

    def by_its_version(say: Callable[[Grading, Columns], Label]) -> Callable[[Columns], Json]:
        def compute(columns: Columns) -> Json:
            grading = versions.get((str(columns["grading"]), int(str(columns["gradingVersion"]))))
            if grading is None:
                return None
            text = say(grading, columns)
            return {"zh": text.zh, "en": text.en}

        return compute

    fields = (
        Computed("bandLabel", Label("等级名称", "Name of the band"), "band", _VERDICT, by_its_version(_name)),
        Computed(
            "explanation",
            Label("分级说明", "Why this grade"),
            "facts",
            (*_VERDICT, *_GIVEN_BY, "met", "facts"),
            by_its_version(_why),
            by_yardstick=True,
        ),
    )  # fmt: skip
    return {"Grade": {field.name: field for field in fields}}


def _name(grading: Grading, columns: Columns) -> Label:
    return grading.band(str(columns["band"])).label


def _why(grading: Grading, columns: Columns) -> Label:
    by = columns[YARDSTICK]
    assert isinstance(by, Yardstick)
    return explain(grading, Verdict.stored(str(columns["band"]), str(columns["met"]), str(columns["facts"])), by)
