"""The regulations as data, and the matrix of what is enforced: every rule, who carries it out, what proves it."""

from __future__ import annotations

from kehu.regulations.matrix import Line, Point, State, check, matrix
from kehu.regulations.rules import DOCUMENTS, Document, Rule, known_references, load_rules

__all__ = [
    "DOCUMENTS",
    "Document",
    "Line",
    "Point",
    "Rule",
    "State",
    "check",
    "known_references",
    "load_rules",
    "matrix",
]
