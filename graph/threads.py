"""Work on two threads: stores, NumPy and Polars compute without the interpreter most of the time."""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")

THREADS = 2
"""While one of them computes (or waits for a server), the other can use the interpreter."""


def in_threads(work: Callable[[A], B], items: Iterable[A]) -> list[B]:
    """The work's result for each item, in order."""
    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, items))


def one_ahead(items: Iterator[A]) -> Generator[A, None, None]:
    """The items in order, each made in another thread while the one before it is in use. Whoever stops early closes."""
    end = object()
    with ThreadPoolExecutor(1, "ahead") as pool:
        coming = pool.submit(next, items, end)
        while (item := coming.result()) is not end:
            coming = pool.submit(next, items, end)
            yield item  # type: ignore[misc]  # it is not the end
