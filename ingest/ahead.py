"""Checks one table ahead: while a table is loaded, which keeps the store busy, the next one is read and checked."""

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from threading import Event
from typing import TypeVar

from graph.threads import one_ahead
from ingest.options import Progress, Report

Item = TypeVar("Item")
Result = TypeVar("Result")


class StoppedError(Exception):
    """Nobody waits for the work any more."""


def work_ahead(
    work: Callable[[Item, Report], Result], items: Iterable[Item], report: Report
) -> Generator[Result, None, None]:
    """The results of `work` in order, one ahead. When the caller stops, work under way ends at its next report."""
    stopped = Event()

    def unless_stopped(progress: Progress) -> None:
        if stopped.is_set():
            raise StoppedError
        report(progress)

    with closing(one_ahead(work(item, unless_stopped) for item in items)) as results:
        try:
            for result in results:  # noqa: UP028 (`yield from` would close them first, and wait for work that goes on)
                yield result
        finally:
            stopped.set()
