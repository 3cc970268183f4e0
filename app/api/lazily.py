"""Something that requests need open: opened by the first that asks, tried again later where it does not answer."""

import threading
import time
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from graph.errors import StoreUnavailableError


class Closable(Protocol):
    """What can be given back."""

    def close(self) -> None:
        """Give it back."""


T = TypeVar("T", bound=Closable)

PAUSE = 1.0
"""Seconds between attempts to open what did not answer: requests in between fail at once."""


class Lazily(Generic[T]):
    """Opens it once for all threads. `opened`: the open thing, None before."""

    def __init__(self, opener: Callable[[], T]) -> None:
        self._opener = opener
        self.opened: T | None = None
        self._lock = threading.Lock()
        self._not_before = 0.0

    def get(self) -> T:
        """The open thing; `StoreUnavailableError` if it does not answer."""
        if self.opened is not None:
            return self.opened
        with self._lock:
            if self.opened is None:
                self.opened = self._open()
            return self.opened

    def close(self) -> None:
        """Give it back if it was opened."""
        if self.opened is not None:
            self.opened.close()

    def _open(self) -> T:
        if time.monotonic() < self._not_before:
            raise StoreUnavailableError("It did not answer a moment ago", do="Ask again in a few seconds.")
        try:
            return self._opener()
        except StoreUnavailableError:
            self._not_before = time.monotonic() + PAUSE
            raise
