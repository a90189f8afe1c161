"""The 425 rules of 17 documents, as they were drawn up before the first line of code (rules.tsv).

``expected`` says what each has to become, ``counts_as_done`` what an outsider must be able to see; neither is
ours to change (`FINGERPRINT` holds them).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kehu.errors import StartupError
from kehu.labels import Label

FINGERPRINT = "d82626f632a3449ed07e06051764bd9a6c3f56f711eae20fe31c1ea4ebda5ea6"
"""SHA-256 over rule, expected state and what counts as done."""


@dataclass(frozen=True, slots=True)
class Document:
    """One of the seventeen originals."""

    id: str
    title: Label


DOCUMENTS: tuple[Document, ...] = tuple(
    Document(f"S{number}", Label(zh, en))
    for number, (zh, en) in enumerate(
        (
            ("个人客户信息系统运行管理办法", "Operation of a bank's system of personal customers"),
            ("银保监客户信息管理办法", "Customer information in banks: mail, archives, leavers"),
            ("客户个人信息管理办法(客户敏感信息)", "Sensitive personal customer information"),
            ("商业银行客户信息保护管理办法", "Protection of customer information in commercial banks"),
            ("保险客户信息保密管理办法", "Confidentiality of insurance customers' information"),
            ("客户信息安全管理办法", "Security of customer data"),
            ("商业银行零售客户信息管理办法", "Retail customers' information in commercial banks"),
            ("旅行社客户信息保密管理办法", "Confidentiality of travel agencies' customer information"),
            ("客户信息管理办法(企业客户档案)", "Archives of business customers"),
            ("银行客户信息管理办法实施细则", "Rules for carrying out the measures on bank customers"),
            ("顾客信息管理制度", "Management of shoppers' information"),
            ("客户信息管理规定(4S店)", "Customer information of car dealers"),
            ("客户信息管理办法(房地产,节本)", "Customer information in real estate, short copy"),
            ("烟草公司零售客户基础信息管理办法", "Retail customers of tobacco companies"),
            ("公司市场部客户信息管理办法", "Sources and handling of a marketing department's customers"),
            ("客户信息系统录入管理办法(燃气)", "Data entry in a gas utility's customer system"),
            ("客户信息管理办法(房地产)", "Customer information in real estate"),
        ),
        start=1,
    )
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: where it stands, its words, what it has to become and what an outsider must then see."""

    id: str
    where: str
    strength: str
    mechanism: tuple[str, ...]
    expected: str
    phrase: str
    """The original's words (zh)."""
    summary: str
    counts_as_done: str

    @property
    def document(self) -> str:
        return self.id.partition(".")[0]

    @property
    def same_as(self) -> tuple[str, ...]:
        """The rules that a duplicate repeats: ``(same as S17.R08–R11)``."""
        found = re.search(r"\(same as (S\d+)\.R(\d+)(?:–R(\d+))?\)", self.summary)
        if found is None:
            return ()
        first, last = int(found[2]), int(found[3] or found[2])
        return tuple(f"{found[1]}.R{number:02}" for number in range(first, last + 1))


@cache
def load_rules() -> tuple[Rule, ...]:
    """All rules, in the order of the documents. Raises `StartupError` when the file isn't the one drawn up."""
    rules = tuple(
        Rule(row[0], row[1], row[2], tuple(part.strip() for part in row[3].split(",")), *row[4:])
        for row in read("rules.tsv")
    )
    drawn_up = "\n".join(f"{rule.id}\t{rule.expected}\t{rule.counts_as_done}" for rule in rules)
    if hashlib.sha256(drawn_up.encode()).hexdigest() != FINGERPRINT:
        raise StartupError(
            "regulations/rules.tsv: an expected state, or what counts as done, was changed; "
            "that takes a reason and a reviewer, and a new fingerprint in regulations/rules.py"
        )
    return rules


@cache
def known_references() -> frozenset[str]:
    """Everything that may be cited: rules, facts of law (F-…), conflicts with their defaults (C-…)."""
    return frozenset({rule.id for rule in load_rules()} | {row[0] for row in read("references.tsv")})


def read(name: str) -> Iterator[list[str]]:
    """Rows of a tab-separated file of this package, without its head."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines()[1:] if line)
