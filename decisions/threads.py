"""A few threads that never hold up the end of the process, whatever hangs in them."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Any, TypeVar

T = TypeVar("T")
_Job = tuple[Future[Any], Callable[[], Any]]


class Threads:
    """Runs functions, as many at once as there are threads; those begin when they are needed.

    (`ThreadPoolExecutor` waits for its threads when the process ends, and queues what it cannot run.)
    """

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._begun = 0
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._under_way: set[Future[Any]] = set()

    @property
    def full(self) -> bool:
        """Every thread is at work."""
        return len(self._under_way) >= self._size

    def start(self, fn: Callable[[], T]) -> Future[T]:
        """Run it; only to be called while there is room."""
        future: Future[T] = Future()
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)
        self._jobs.put((future, fn))
        if self._begun < len(self._under_way):
            self._begun += 1
            threading.Thread(target=self._work, name=f"{self._name}-{self._begun}", daemon=True).start()
        return future

    def close(self) -> None:
        """Each thread ends after what it is at."""
        for _ in range(self._begun):
            self._jobs.put(None)

    def _work(self) -> None:
        while job := self._jobs.get():
            future, fn = job
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(fn())
                except BaseException as error:
                    future.set_exception(error)
            del job, future, fn  # or an idle thread would keep the last result alive
