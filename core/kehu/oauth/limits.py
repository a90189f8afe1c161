"""A limit on failed attempts, per key, in this process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from math import ceil

from kehu.errors import OverLimit
from kehu.labels import Label

_TOO_MANY = Label(
    "失败次数过多,请在 {seconds} 秒后重试",
    "Too many failed attempts; try again in {seconds} seconds",
)


class FailureLimit:
    """At most ``limit`` failures of one key in ``window`` seconds; remembers ``keys`` keys, the latest ones."""

    def __init__(
        self,
        *,
        limit: int = 10,
        window: float = 60.0,
        keys: int = 10_000,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = limit
        self._window = window
        self._keys = keys
        self._monotonic = monotonic
        self._failures: OrderedDict[Hashable, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def check(self, key: Hashable) -> None:
        """Raises `OverLimit` (TOO_MANY_FAILURES, extension ``retryAfter`` in seconds)."""
        with self._lock:
            times = self._failures.get(key)
            if times is None:
                return
            wait = times[0] + self._window - self._monotonic()
            if len(times) >= self._limit and wait > 0:
                seconds = ceil(wait)
                raise OverLimit(_TOO_MANY.format(seconds=seconds), "TOO_MANY_FAILURES", retryAfter=seconds)

    def failed(self, key: Hashable) -> None:
        """Count one failure."""
        with self._lock:
            times = self._failures.setdefault(key, deque(maxlen=self._limit))
            times.append(self._monotonic())
            self._failures.move_to_end(key)
            while len(self._failures) > self._keys:
                self._failures.popitem(last=False)
