"""Where a fact comes from: every customer-owned row carries it (S7.R08, S5.R15, S10.R09)."""

from __future__ import annotations

from dataclasses import replace

from kehu.policy import Category
from kehu.records import Field, Owner, Record, field
from kehu.vocabulary import Code, Moment, Reference, ShortText

PROVENANCE: tuple[Field, ...] = (
    field("sourceChannel", Code, "获取渠道", "Source channel", cites=("S1.R04", "S7.R08"),
          required=True, scheme="source.channel", written_by_system=True, filterable=True,
          categories=(Category.S1_CHANNEL,)),
    field("collectedBy", Reference, "采集人", "Collected by", cites=("S7.R08",), refers_to="Staff",
          written_by_system=True),
    field("collectedAt", Moment, "采集时间", "Collected at", cites=("S7.R08",), required=True, written_by_system=True),
    field("collectedFor", ShortText, "采集目的", "Purpose of collection", cites=("S10.R04",), required=True,
          written_by_system=True),
    field("recordedBy", ShortText, "登记者", "Recorded by", cites=("S10.R09",), required=True, written_by_system=True),
)  # fmt: skip

CORRECTS = field("corrects", ShortText, "所更正的记录", "Row that this one corrects", written_by_system=True)
"""Rows that can't be changed are corrected by a later row, which names the earlier one by its id."""


def with_provenance(record: Record) -> Record:
    """The record with provenance fields, in its own scope area; the legal entity's own rows have none."""
    if record.owner is not Owner.CUSTOMER:
        return record
    every = (*PROVENANCE, CORRECTS) if record.append_only and record.writable else PROVENANCE
    own = tuple(replace(f, policy=f.policy.but(area=record.area)) for f in every if f.name not in record.by_name)
    return replace(record, fields=(*record.fields, *own))
