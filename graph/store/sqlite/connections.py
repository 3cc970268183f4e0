"""Connections to one file: readers that are never blocked, and one writer whose transactions are short."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from graph.store.sqlite.errors import translated

BUSY_SECONDS = 60.0
CHECKPOINT_SECONDS = 1.0
WRITER_CACHE_KIB = 256 * 1024
READER_CACHE_KIB = 16 * 1024
WAL_LIMIT_BYTES = 256 * 1024 * 1024


def connect(path: Path, mode: str, cache_kib: int) -> sqlite3.Connection:
    """A connection in autocommit mode; `mode` is SQLite's `ro`, `rw` or `rwc`."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    connection.execute(f"PRAGMA cache_size = -{cache_kib}")
    return connection


class Connections:
    """Lends each caller a connection of its own, so that any thread may ask at any time."""

    def __init__(self, path: Path, address: str) -> None:
        self.path = path
        self.address = address
        self._idle: list[sqlite3.Connection] = []
        self._writer: sqlite3.Connection | None = None
        self._writing = Lock()
        self._closed = False

    @contextmanager
    def reader(self) -> Iterator[sqlite3.Connection]:
        """A read-only connection for the time of the block. It sees what is committed when a statement starts."""
        with translated(self.address):
            connection = self._borrowed()
            try:
                yield connection
            finally:
                self._give_back(connection)

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A reader that sees the same state in all statements of the block."""
        with self.reader() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """The writer, in a transaction that is committed at the end of the block and undone on any error."""
        with self._writing, translated(self.address):
            connection = self._open_writer()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            self._bound_log(connection)

    def close(self) -> None:
        """Close every connection that is not in use; those in use close when they are given back.

        The writer is the last: readers may not write, so it alone can bring the log into the file.
        """
        self._closed = True
        while self._idle:
            self._idle.pop().close()
        with self._writing:
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def _borrowed(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()  # asking first whether there is one would let another thread take it in between
        except IndexError:
            return self._new_reader()

    def _new_reader(self) -> sqlite3.Connection:
        connection = connect(self.path, "ro", READER_CACHE_KIB)
        connection.execute("PRAGMA query_only = ON")
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self._closed:
            connection.close()
        else:
            self._idle.append(connection)

    def _open_writer(self) -> sqlite3.Connection:
        if self._writer is None:
            self._writer = connect(self.path, "rw", WRITER_CACHE_KIB)
            self._writer.execute("PRAGMA synchronous = NORMAL")
            self._writer.execute(f"PRAGMA journal_size_limit = {WAL_LIMIT_BYTES}")
        return self._writer

    def _bound_log(self, connection: sqlite3.Connection) -> None:
        """Keep the write-ahead log small even if there always is a reader: once it is large, wait a little for them."""
        log = self.path.with_name(self.path.name + "-wal")
        if log.exists() and log.stat().st_size > WAL_LIMIT_BYTES:
            connection.execute(f"PRAGMA busy_timeout = {CHECKPOINT_SECONDS * 1000:.0f}")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
