"""Writes a run in steps that nobody sees, shows it in one, and forgets old ones in small steps again.

Every step is a short transaction, so that nobody waits long for the writer. A run that was never shown is what a crash
has left; the next publication removes it. Scores and what was learned are kept for the shown run alone, rings for
every run that is kept.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import polars as pl

from graph.ontology.nodes import APPLICANT
from graph.results import Ring, RingSummary, Run
from graph.store.sqlite.connections import Connections
from graph.store.sqlite.names import key_table_of

STEP_ROWS = 50_000
STEP_RINGS = 2_000
STEP_BYTES = 1 << 22
_RING_COLUMNS = tuple(name for name in RingSummary.model_fields if name != "run_id")
_SCORE_COLUMNS = ("score", "ring_id", "parts", "reasons", "applicant_id")
_KEY_IN_RUN = {
    "ring": "ring_id",
    "ring_body": "ring_id",
    "ring_member": "applicant_id",
    "applicant_score": "applicant",
    "learned": "piece",
}
_INSERT_RING = (
    f"INSERT INTO ring (run, {', '.join(_RING_COLUMNS)}) VALUES ({', '.join('?' * (len(_RING_COLUMNS) + 1))})"
)
_INSERT_SCORE = (
    "INSERT INTO applicant_score (run, applicant, score, ring_id, parts, reasons)"
    f" SELECT ?, id, ?, ?, ?, ? FROM {key_table_of(APPLICANT)} WHERE key = ?"
)
_INSERT_LEARNED = "INSERT INTO learned (run, piece, bytes) VALUES (?, ?, ?)"


class Publication:
    """The steps of one publication; the caller holds the lock against a second one."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def remove_leftovers(self) -> None:
        """Remove what crashed publications have left."""
        for number in self._numbers("NOT published"):
            self._remove(number)

    def stage(self, run: Run, rings: Sequence[Ring], scores: pl.DataFrame, learned: bytes) -> int:
        """Write everything under a new number; scores of applicants that the graph does not know are left out."""
        with self._connections.transaction() as connection:
            insert = "INSERT INTO run (run_id, published, body) VALUES (?, 0, ?) RETURNING number"
            number: int = connection.execute(insert, (run.run_id, run.model_dump_json())).fetchone()[0]
        for first in range(0, len(rings), STEP_RINGS):
            with self._connections.transaction() as connection:
                _write_rings(connection, number, rings[first : first + STEP_RINGS])
        for part in scores.sort("applicant_id").iter_slices(STEP_ROWS):
            with self._connections.transaction() as connection:
                _write_scores(connection, number, part)
        for first in range(0, len(learned), STEP_BYTES):
            with self._connections.transaction() as connection:
                connection.execute(_INSERT_LEARNED, (number, first, learned[first : first + STEP_BYTES]))
        return number

    def show(self, number: int, run: Run) -> Run:
        """The one step after which everybody sees the run."""
        published = run.model_copy(update={"published_at": datetime.now(UTC)})
        with self._connections.transaction() as connection:
            body = published.model_dump_json()
            connection.execute("UPDATE run SET published = 1, body = ? WHERE number = ?", (body, number))
        return published

    def forget(self, keep: int) -> None:
        """Remove runs beyond the last `keep`, and of all but the last one the scores and what was learned."""
        shown = sorted(self._numbers("published"), reverse=True)
        for number in shown[keep:]:
            self._remove(number)
        for number in shown[1:keep]:
            self._empty("applicant_score", number)
            self._empty("learned", number)

    def _numbers(self, condition: str) -> list[int]:
        with self._connections.reader() as connection:
            return [number for (number,) in connection.execute(f"SELECT number FROM run WHERE {condition}").fetchall()]

    def _remove(self, number: int) -> None:
        """Remove a run; its own line first if it is shown, so that nobody sees it half."""
        with self._connections.transaction() as connection:
            connection.execute("UPDATE run SET published = 0 WHERE number = ?", (number,))
        for table in _KEY_IN_RUN:
            self._empty(table, number)
        with self._connections.transaction() as connection:
            connection.execute("DELETE FROM run WHERE number = ?", (number,))

    def _empty(self, table: str, number: int) -> None:
        """Delete the run's rows step by step."""
        key = _KEY_IN_RUN[table]
        step = (
            f"DELETE FROM {table} WHERE run = :run AND {key} <= (SELECT max({key}) FROM"
            f" (SELECT {key} FROM {table} WHERE run = :run ORDER BY {key} LIMIT {STEP_ROWS}))"
        )
        removed = 1
        while removed:
            with self._connections.transaction() as connection:
                removed = connection.execute(step, {"run": number}).rowcount


def _write_rings(connection: sqlite3.Connection, number: int, rings: Sequence[Ring]) -> None:
    connection.executemany(_INSERT_RING, ((number, *_line(ring)) for ring in rings))
    connection.executemany(
        "INSERT INTO ring_body (run, ring_id, body) VALUES (?, ?, ?)",
        ((number, ring.ring_id, ring.model_dump_json()) for ring in rings),
    )
    connection.executemany(
        "INSERT INTO ring_member (run, applicant_id, ring_id, score) VALUES (?, ?, ?, ?)",
        ((number, member.applicant_id, ring.ring_id, member.score) for ring in rings for member in ring.members),
    )


def _line(ring: Ring) -> Iterator[object]:
    """The ring's values in the order of the columns."""
    for name in _RING_COLUMNS:
        value = getattr(ring, name)
        yield json.dumps(value) if isinstance(value, dict) else value


def _write_scores(connection: sqlite3.Connection, number: int, scores: pl.DataFrame) -> None:
    columns = [scores[name].to_list() for name in _SCORE_COLUMNS]
    connection.executemany(_INSERT_SCORE, ((number, *row) for row in zip(*columns, strict=True)))
