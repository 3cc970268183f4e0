"""A thread that brings accepted applications into the graph soon after they were accepted."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from app.draining import drain, ledger_line
from decisions.log.log import DecisionLog
from graph.errors import BusyError, RingfenceError, StoreUnavailableError
from graph.store.contract import Store

PAUSE = 3.0
"""Seconds between two looks at the log."""

LONGEST_PAUSE = 30.0
"""Seconds between two attempts where the store does not answer for long."""

_LOG = logging.getLogger("ringfence.draining")


class Drainer:
    """Drains until it is stopped. Several processes may run one each: one of them drains, the others wait.

    `store` gives the open store, or raises `StoreUnavailableError`, which the thread waits out. `behind` is how many
    decisions the graph lacked at the last look.
    """

    def __init__(self, store: Callable[[], Store], log: DecisionLog, region: str) -> None:
        self._store = store
        self._log = log
        self._region = region
        self._stopping = Event()
        self._thread = Thread(target=self._run, name="draining", daemon=True)
        self.behind = 0

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the transaction that is under way, if any, and end. What is left is drained by whoever comes next."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        pause, told = PAUSE, ""
        while not self._stopping.wait(pause):
            try:
                self._look()
                pause, told = PAUSE, ""
            except Exception as error:  # a thread that ended would be missed by nobody until the graph is old
                pause = min(pause * 2, LONGEST_PAUSE)
                if (what := _told(error)) != told:
                    _LOG.warning("Accepted applications wait in the decision log: %s", what)
                told = what

    def _look(self) -> None:
        store = self._store()
        self.behind = self._log.newest() - ledger_line(store, self._log).rows_read
        if not self.behind:
            return
        try:
            drain(store, self._log, self._region, stop=self._stopping.is_set)
        except BusyError:
            return
        self.behind = self._log.newest() - ledger_line(store, self._log).rows_read


def _told(error: Exception) -> str:
    """An error without data in it."""
    if isinstance(error, StoreUnavailableError):
        return "the store or the log does not answer"
    return error.what if isinstance(error, RingfenceError) else type(error).__name__
