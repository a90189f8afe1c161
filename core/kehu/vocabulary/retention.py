"""Retention classes (保存期限类别): the statutory floors that deletion can't go below."""

from __future__ import annotations

from kehu.labels import Label
from kehu.policy import RetentionClass

RETENTION_CLASSES: tuple[RetentionClass, ...] = (
    RetentionClass(
        key="business",
        label=Label("业务资料", "Business records"),
        minimum_years=10,
        counted_from=Label("合同终止或交易结束", "End of the contract or transaction"),
        # The longest of the floors: contracts over a year, transactions, vehicle sales (5 years only for short ones).
        cites=("F-37", "F-39", "F-61"),
    ),
    RetentionClass(
        key="health",
        label=Label("健康资料", "Health records"),
        minimum_years=10,
        counted_from=Label("保险合同终止", "End of the insurance contract"),
        # The longer of the two floors: contracts over a year (5 years only for shorter ones).
        cites=("F-39", "F-84"),
    ),
    RetentionClass(
        key="identity",
        label=Label("身份资料", "Identity records"),
        minimum_years=10,
        counted_from=Label("业务关系结束", "End of the business relation"),
        cites=("C-40", "F-37", "F-38", "S7.R11"),
    ),
    RetentionClass(
        key="internal",
        label=Label("内部处理记录", "Internal processing records"),
        minimum_years=3,
        counted_from=Label("记录形成", "Making of the record"),
        cites=("F-14", "F-22", "F-62"),
    ),
    RetentionClass(
        key="marketing",
        label=Label("营销资料", "Marketing records"),
        minimum_years=None,
        counted_from=Label("同意撤回或目的实现", "Withdrawal of consent, or purpose achieved"),
        cites=("F-03", "F-05", "F-19"),
    ),
)
"""Core's classes, alphabetised."""
