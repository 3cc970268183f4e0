"""Group commit: one thread writes whatever waits in one transaction, and each caller waits for his own to be kept.

A commit takes as long for a hundred decisions as for one. In a file it outlives the process at once, and a failure of
the machine after the next flush, a second later at most: the disk is shared with the nightly load, behind whose writes
each decision would wait. A server (PostgreSQL) has it on its disk before it answers.
"""

import logging
from collections.abc import Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread

from database.connecting import Database
from decisions.log.record import Accepted, DecisionRecord
from decisions.log.writing import write
from graph.errors import RingfenceError, StoreUnavailableError

MOST = 256
"""Decisions in one transaction."""
FLUSH_SECONDS = 1.0

_log = logging.getLogger("ringfence.decisions")

_Waiting = tuple[DecisionRecord, "Future[Accepted]"]


class Accepting:
    """Takes decisions from any thread. The writing thread begins with the first."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._lock = Lock()
        self._thread: Thread | None = None
        self._closed = False
        self._flusher: Thread | None = None
        self._ended = Event()

    def submit(self, record: DecisionRecord) -> "Future[Accepted]":
        """Its result comes once the decision is durable."""
        record.check()
        future: Future[Accepted] = Future()
        with self._lock:
            if self._closed:
                raise StoreUnavailableError("The decision log is being closed", do="Send the application again.")
            if self._thread is None:
                self._thread = Thread(target=self._write_all, name="decision-log", daemon=True)
                self._thread.start()
                self._flusher = Thread(target=self._flush_all, name="decision-log-flush", daemon=True)
                self._flusher.start()
            self._waiting.put((record, future))
        return future

    def close(self) -> None:
        """Take no more, and wait until everything that was taken is durable, or has failed."""
        with self._lock:
            self._closed = True
            thread = self._thread
            self._waiting.put(None)
        if thread is not None:
            thread.join()
        self._ended.set()
        if self._flusher is not None:
            self._flusher.join()

    def _write_all(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch, goes_on = self._with_others(first)
            # Whoever has given up meanwhile is not written.
            self._write([each for each in batch if each[1].set_running_or_notify_cancel()])
            if not goes_on:
                return

    def _flush_all(self) -> None:
        """Again and again, and once more at the end."""
        ended = False
        while not ended:
            ended = self._ended.wait(FLUSH_SECONDS)
            try:
                self._database.flush()
            except RingfenceError as error:
                _log.warning("%s (%s)", error.what, error.where)

    def _with_others(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        """What waits with the first, and whether more may come."""
        batch = [first]
        while len(batch) < MOST:
            try:
                each = self._waiting.get_nowait()
            except Empty:
                break
            if each is None:
                return batch, False
            batch.append(each)
        return batch, True

    def _write(self, batch: Sequence[_Waiting]) -> None:
        """Write them together; where one of them cannot be written, each by itself, so that no other one fails.

        Whatever happens, those who wait are told.
        """
        if not batch:
            return
        try:
            with self._database.writing() as connection:
                written = write(connection, [record for record, _ in batch])
        except Exception as error:
            if len(batch) == 1 or isinstance(error, StoreUnavailableError):
                for _, future in batch:
                    future.set_exception(error)
            else:
                for each in batch:
                    self._write([each])
            return
        for (_, future), result in zip(batch, written, strict=True):
            if isinstance(result, RingfenceError):
                future.set_exception(result)
            else:
                future.set_result(result)
