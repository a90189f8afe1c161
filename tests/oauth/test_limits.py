from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kehu.errors import OverLimit
from kehu.oauth.limits import FailureLimit

if TYPE_CHECKING:
    from tests.oauth.conftest import Clock


def test_the_window_slides(clock: Clock) -> None:
    limit = FailureLimit(limit=3, window=60, monotonic=clock.monotonic)
    for _ in range(3):
        limit.check("key")
        limit.failed("key")
        clock.advance(10)
    with pytest.raises(OverLimit) as refused:
        limit.check("key")
    assert (refused.value.code, refused.value.extensions) == ("TOO_MANY_FAILURES", {"retryAfter": 30})
    limit.check("another key")
    clock.advance(30)
    limit.check("key")
    limit.failed("key")
    with pytest.raises(OverLimit) as refused:
        limit.check("key")
    assert refused.value.extensions == {"retryAfter": 10}


def test_memory_is_bounded(clock: Clock) -> None:
    limit = FailureLimit(limit=1, keys=100, monotonic=clock.monotonic)
    for number in range(1000):
        limit.failed(number)
    assert len(limit._failures) == 100
    limit.check(899)
    with pytest.raises(OverLimit):
        limit.check(900)
