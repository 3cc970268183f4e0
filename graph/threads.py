"""Work on two threads: stores, NumPy and Polars compute without the interpreter most of the time."""

from collections.abc import Callable, Iterable
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
