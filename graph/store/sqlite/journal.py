"""The journal: which rows merges have written, so that who has read all rows once need only read those.

It is written in the same transactions as the rows, in the only places that write them, so that none can be missing (a
row that came again unchanged is named, too). It reaches back a bounded number of rows. A position in it has a random
mark: a copy of the file that went another way, or an older one that was put back, does not know it.
"""

import sqlite3
from io import BytesIO

import polars as pl

from graph.errors import ForgottenError
from graph.store.collapse import Kind

KEPT_ROWS = 2_000_000
"""More rows than that are read again in about the time that reading ten times as many from first to last takes."""


def note(connection: sqlite3.Connection, kind: Kind, identities: pl.DataFrame) -> None:
    """Write down rows of a kind by their identity, within the transaction that writes the rows themselves."""
    if identities.height:
        names = BytesIO()
        identities.write_ipc(names, compression="zstd")
        insert = "INSERT INTO change (upto, mark, kind, rows) SELECT max(upto) + ?, random(), ?, ? FROM change"
        connection.execute(insert, (identities.height, kind.table, names.getvalue()))
        connection.execute("DELETE FROM change WHERE upto <= (SELECT max(upto) FROM change) - ?", (KEPT_ROWS,))


def position_in(connection: sqlite3.Connection) -> str:
    """A word for everything that is written by now."""
    upto, mark = connection.execute("SELECT upto, mark FROM change ORDER BY upto DESC LIMIT 1").fetchone()
    return f"{upto}:{mark}"


def changed(connection: sqlite3.Connection, kind: Kind, since: str) -> pl.DataFrame:
    """Identities of the rows of a kind that were written after that position, each once, sorted.

    `ForgottenError` where the journal does not know the position, or no longer.
    """
    upto, _, mark = since.partition(":")
    known = "SELECT 1 FROM change WHERE upto = ? AND mark = ?"
    if connection.execute(known, (int(upto), int(mark))).fetchone() is None:
        raise ForgottenError("The store does not know what was written since", where=since, do="Read everything.")
    after = "SELECT rows FROM change WHERE upto > ? AND kind = ?"
    parts = [pl.read_ipc(rows) for (rows,) in connection.execute(after, (int(upto), kind.table))]
    return pl.concat(parts).unique().sort(pl.all()) if parts else pl.DataFrame()
