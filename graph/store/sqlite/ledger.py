"""The ledger, the quarantine and the nights."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime

from graph.ledger import Load, NightLine, QuarantinedRow
from graph.store.sqlite.connections import Connections


def write_load(connection: sqlite3.Connection, load: Load) -> None:
    """Write or replace the load's line, within a transaction that the caller has opened."""
    connection.execute(
        "INSERT OR REPLACE INTO load (load_id, started_at, body) VALUES (?, ?, ?)",
        (load.load_id, load.started_at.isoformat(), load.model_dump_json()),
    )


def write_quarantine(connection: sqlite3.Connection, rows: Sequence[QuarantinedRow]) -> None:
    """Add rows; the same row again replaces itself."""
    connection.executemany(
        'INSERT OR REPLACE INTO quarantine (load_id, line, "column", "table", body) VALUES (?, ?, ?, ?, ?)',
        ((row.load_id, row.line, row.column, row.table, row.model_dump_json()) for row in rows),
    )


class SqliteLedger:
    """`LedgerStore` on SQLite."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def load(self, load_id: str) -> Load | None:
        """One line of the ledger, or None."""
        with self._connections.reader() as connection:
            row = connection.execute("SELECT body FROM load WHERE load_id = ?", (load_id,)).fetchone()
        return Load.model_validate_json(row[0]) if row else None

    def loads(self) -> list[Load]:
        """The whole ledger, latest first."""
        with self._connections.reader() as connection:
            rows = connection.execute("SELECT body FROM load ORDER BY started_at DESC, load_id").fetchall()
        return [Load.model_validate_json(row[0]) for row in rows]

    def record(self, load: Load, quarantined: Sequence[QuarantinedRow] = ()) -> None:
        """Write or replace the load's line and add rows to its quarantine."""
        with self._connections.transaction() as connection:
            write_load(connection, load)
            write_quarantine(connection, quarantined)

    def quarantine(self, *, table: str | None = None, load_id: str | None = None) -> Iterator[QuarantinedRow]:
        """Quarantined rows in order of load, line and column."""
        query = (
            'SELECT body FROM quarantine WHERE ifnull(load_id = :load, true) AND ifnull("table" = :table, true)'
            ' ORDER BY load_id, line, "column"'
        )
        given = {"table": table, "load": load_id}
        with self._connections.reader() as connection, closing(connection.execute(query, given)) as rows:
            for row in rows:
                yield QuarantinedRow.model_validate_json(row[0])

    def release(self, rows: Sequence[QuarantinedRow]) -> int:
        """Take rows out of quarantine; returns how many were there."""
        with self._connections.transaction() as connection:
            return connection.executemany(
                'DELETE FROM quarantine WHERE load_id = ? AND line = ? AND "column" = ?',
                [(row.load_id, row.line, row.column) for row in rows],
            ).rowcount

    def keep_night(self, night: NightLine, *, keep: int) -> None:
        """Write down how a night went, and forget those beyond the last `keep`."""
        beyond = "SELECT started_at FROM night ORDER BY started_at DESC LIMIT -1 OFFSET ?"
        with self._connections.transaction() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO night (started_at, body) VALUES (?, ?)",
                (_utc(night.started_at), night.model_dump_json()),
            )
            connection.execute(f"DELETE FROM night WHERE started_at IN ({beyond})", (keep,))

    def nights(self) -> list[NightLine]:
        """The nights that are kept, latest first."""
        with self._connections.reader() as connection:
            rows = connection.execute("SELECT body FROM night ORDER BY started_at DESC").fetchall()
        return [NightLine.model_validate_json(row[0]) for row in rows]


def _utc(moment: datetime) -> str:
    """Text that sorts as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
