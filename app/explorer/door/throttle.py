"""Slows down whoever guesses passwords."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

TRIES = 5
WINDOW = 15 * 60
"""So many tries for a name within so many seconds."""
_NAMES = 10_000
"""Of more names than these the oldest are forgotten: made-up names shall not fill the memory."""


class Throttle:
    """Counts tries for each name, known or not, so that it does not tell which are."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._tries: OrderedDict[str, list[float]] = OrderedDict()

    def take(self, name: str) -> bool:
        """May there be one more try? It is counted before its answer is known, so that tries at once count."""
        now = self._clock()
        with self._lock:
            tries = [at for at in self._tries.pop(name, []) if at > now - WINDOW]
            allowed = len(tries) < TRIES
            self._tries[name] = [*tries, now] if allowed else tries
            if len(self._tries) > _NAMES:
                self._tries.popitem(last=False)
        return allowed

    def forget(self, name: str) -> None:
        """He was who he said."""
        with self._lock:
            self._tries.pop(name, None)
