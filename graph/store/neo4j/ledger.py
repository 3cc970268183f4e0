"""The ledger as (:Load) nodes, the quarantine as (:QuarantinedRow) and the nights as (:Night) nodes."""

from collections.abc import Iterator, Sequence
from datetime import UTC
from functools import partial
from typing import Any

from neo4j import ManagedTransaction

from graph.chunk import MergeCounts
from graph.ledger import Load, NightLine, QuarantinedRow
from graph.store.neo4j.connection import AnyTransaction, Connection

PAGE_ROWS = 5_000
_WRITE_LOAD = "MERGE (x:Load {load_id: $load_id}) SET x = $line"
_COUNTED = "MATCH (x:Load {load_id: $load_id, token: $token}) RETURN x.loaded AS loaded, x.merged AS merged"
_QUARANTINE = """
UNWIND $rows AS row
MERGE (x:QuarantinedRow {load_id: row.load_id, line: row.line, column: row.column})
SET x = row
"""
_RELEASE = """
UNWIND $rows AS row
MATCH (x:QuarantinedRow {load_id: row.load_id, line: row.line, column: row.column})
DELETE x
"""
_LOADS_WITH_QUARANTINE = """
MATCH (x:QuarantinedRow) WHERE $load_id IS NULL OR x.load_id = $load_id
RETURN DISTINCT x.load_id AS load_id ORDER BY load_id
"""
_PAGE = """
MATCH (x:QuarantinedRow)
WHERE x.load_id = $load_id AND x.line >= $line AND x.column IS NOT NULL
  AND (x.line > $line OR x.column > $column) AND ($table IS NULL OR x.table = $table)
RETURN x ORDER BY x.line, x.column LIMIT $limit
"""

_KEEP_NIGHT = "MERGE (x:Night {started_at: $started_at}) SET x.report = $report"
_FORGET_NIGHTS = "MATCH (x:Night) WITH x ORDER BY x.started_at DESC SKIP $keep DELETE x"


def write_load(tx: AnyTransaction, load: Load, token: str) -> None:
    """Write or replace the load's line; `token` tells this write from any other."""
    line = load.model_dump(mode="json") | {"token": token}
    tx.run(_WRITE_LOAD, load_id=load.load_id, line=line).consume()


def counted_by(tx: AnyTransaction, load: Load, token: str) -> MergeCounts | None:
    """What the write with this token has added to the counts of `load`; None if it is not in the ledger."""
    record = tx.run(_COUNTED, load_id=load.load_id, token=token).single()
    return MergeCounts(record["loaded"] - load.loaded, record["merged"] - load.merged) if record else None


def write_quarantine(tx: AnyTransaction, rows: Sequence[QuarantinedRow]) -> None:
    """Add rows; the same row again replaces itself."""
    for first in range(0, len(rows), PAGE_ROWS):
        part = [row.model_dump() for row in rows[first : first + PAGE_ROWS]]
        tx.run(_QUARANTINE, rows=part).consume()


class Neo4jLedger:
    """`LedgerStore` on Neo4j."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, load_id: str) -> Load | None:
        """One line of the ledger, or None."""
        found = self._loads("MATCH (x:Load {load_id: $load_id}) RETURN x", load_id=load_id)
        return found[0] if found else None

    def loads(self) -> list[Load]:
        """The whole ledger, latest first."""
        found = sorted(self._loads("MATCH (x:Load) RETURN x"), key=lambda load: load.load_id)
        return sorted(found, key=lambda load: load.started_at, reverse=True)

    def record(self, load: Load, quarantined: Sequence[QuarantinedRow] = ()) -> None:
        """Write or replace the load's line and add rows to its quarantine."""

        def work(tx: ManagedTransaction) -> None:
            write_load(tx, load, token="")
            write_quarantine(tx, quarantined)

        self._connection.write(work)

    def quarantine(self, *, table: str | None = None, load_id: str | None = None) -> Iterator[QuarantinedRow]:
        """Quarantined rows in order of load, line and column."""
        loads = self._connection.read(lambda tx: tx.run(_LOADS_WITH_QUARANTINE, load_id=load_id).value("load_id"))
        for found in loads:
            yield from self._quarantine_of(found, table)

    def release(self, rows: Sequence[QuarantinedRow]) -> int:
        """Take rows out of quarantine; returns how many were there."""
        found = [row.model_dump(include={"load_id", "line", "column"}) for row in rows]
        return self._connection.write(lambda tx: tx.run(_RELEASE, rows=found).consume().counters.nodes_deleted)

    def keep_night(self, night: NightLine, *, keep: int) -> None:
        """Write down how a night went, and forget those beyond the last `keep`."""

        def work(tx: ManagedTransaction) -> None:
            tx.run(_KEEP_NIGHT, started_at=night.started_at.astimezone(UTC), report=night.report).consume()
            tx.run(_FORGET_NIGHTS, keep=keep).consume()

        self._connection.write(work)

    def nights(self) -> list[NightLine]:
        """The nights that are kept, latest first."""
        text = "MATCH (x:Night) RETURN x.started_at AS at, x.report AS report ORDER BY at DESC"
        found = self._connection.look_up(lambda tx: [(row["at"], row["report"]) for row in tx.run(text)])
        return [NightLine(started_at=at.to_native(), report=report) for at, report in found]

    def _loads(self, text: str, **parameters: str) -> list[Load]:
        lines = self._connection.look_up(lambda tx: [dict(node) for node in tx.run(text, parameters).value("x")])
        return [Load.model_validate(line) for line in lines]

    def _quarantine_of(self, load_id: str, table: str | None) -> Iterator[QuarantinedRow]:
        line, column = -1, ""
        while True:
            given = {"load_id": load_id, "table": table, "line": line, "column": column, "limit": PAGE_ROWS}
            page = self._connection.read(partial(_page, given=given))
            yield from (QuarantinedRow.model_validate(row) for row in page)
            if len(page) < PAGE_ROWS:
                return
            line, column = page[-1]["line"], page[-1]["column"]


def _page(tx: ManagedTransaction, given: dict[str, Any]) -> list[dict[str, Any]]:
    return [dict(node) for node in tx.run(_PAGE, given).value("x")]
