"""Checks one table ahead: while a table is loaded, which keeps the store busy, the next one is read and checked."""

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

from ingest.options import Progress, Report

Item = TypeVar("Item")
Result = TypeVar("Result")


class StoppedError(Exception):
    """Nobody waits for the work any more."""


def one_ahead(
    work: Callable[[Item, Report], Result], items: Iterable[Item], report: Report
) -> Generator[Result, None, None]:
    """The results of `work` in order, each begun in another thread while the one before it is in use.

    When the caller stops, work under way ends at its next report.
    """
    stopped = Event()

    def unless_stopped(progress: Progress) -> None:
        if stopped.is_set():
            raise StoppedError
        report(progress)

    with ThreadPoolExecutor(1, "checking") as pool:
        waiting: Future[Result] | None = None
        try:
            for item in items:
                begun = pool.submit(work, item, unless_stopped)
                if waiting is not None:
                    yield waiting.result()
                waiting = begun
            if waiting is not None:
                yield waiting.result()
        finally:
            stopped.set()
