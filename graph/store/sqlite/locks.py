"""Locks of the operating system beside the store's file: free as soon as their holder is gone, however it went."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from graph.errors import BusyError


@contextmanager
def exclusively(path: Path, work: str) -> Iterator[None]:
    """Hold the lock for one kind of work for the time of the block; `BusyError` if somebody else holds it."""
    lock = FileLock(f"{path}.{work}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise BusyError(
            f"Another process is at the same work: {work}", where=str(path), do="Wait until it has finished."
        ) from None
    try:
        yield
    finally:
        lock.release()
