"""SQLite's errors in the words of `graph.errors`."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from graph.errors import ConfigurationError, OutputError, RingfenceError, StoreUnavailableError


@contextmanager
def translated(address: str) -> Iterator[None]:
    """Raise what the caller can act on instead of SQLite's own errors. A mistake of ours stays what it is."""
    try:
        yield
    except sqlite3.Error as error:
        known = _known(error, address)
        if known is None:
            raise
        raise known from error
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise _unwritable(address) from error


def _known(error: sqlite3.Error, address: str) -> RingfenceError | None:
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return StoreUnavailableError(
                "The store is busy with another write", where=address, do="Nothing was changed; try again later."
            )
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR | sqlite3.SQLITE_READONLY:
            return _unwritable(address)
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return ConfigurationError(
                "The file is not a Ringfence store, or it is damaged",
                where=address,
                do="Name another file, or restore this one from a backup.",
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return ConfigurationError(
                "The file cannot be opened", where=address, do="Check that it is a file that you may read and write."
            )
    return None


def _unwritable(address: str) -> OutputError:
    return OutputError(
        "The store cannot be written: the disk is full, fails or is read-only",
        where=address,
        do="Nothing of the last step was kept; make room, then run again.",
    )
