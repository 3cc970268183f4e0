"""Accepted applications go from the decision log into the graph, by the same checks as rows of files.

The store's ledger has a line for the log, which is written in one transaction with what is merged: it says up to which
decision the graph has everything, and a store that is made anew gets everything again.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import orjson

from app.application_rows import rows_of
from app.settings import Settings
from app.wiring import decision_log_of, has_decision_log
from graph.chunk import Chunk
from graph.errors import BusyError
from graph.ledger import Load, LoadStatus, QuarantinedRow
from graph.ontology import INPUT_TABLES
from graph.store.contract import Store
from ingest.checking import check
from ingest.feeding import chunk_of

if TYPE_CHECKING:
    from decisions.log.log import DecisionLog
    from decisions.log.record import Decision

ROWS = 10
"""That an application makes, about: so many of them go into one transaction as the store takes in its stride."""

_PATIENCE = 60.0
"""Seconds to wait for another process that drains."""

_FILE = "decision log"


def drain(store: Store, log: "DecisionLog", region: str, stop: Callable[[], bool] = lambda: False) -> int:
    """Bring into the graph what is in the log by now, or less if told to stop; returns how many decisions that were.

    `BusyError` if another process drains into this store.
    """
    with store.exclusive("drain"):
        line = ledger_line(store, log)
        before, newest = line.rows_read, log.newest()
        while line.rows_read < newest and not stop():
            line = _merge(store, log.after(line.rows_read, store.graph.chunk_rows // ROWS), line, region)
        return line.rows_read - before


def drain_accepted(store: Store, settings: Settings) -> int:
    """As `drain`, of the log that the settings name, if there is one; waits for another process that drains."""
    if not has_decision_log(settings):
        return 0
    end = time.monotonic() + _PATIENCE
    with decision_log_of(settings) as log:
        while True:
            try:
                return drain(store, log, settings.region)
            except BusyError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)


def ledger_line(store: Store, log: "DecisionLog") -> Load:
    """How much of the log the graph has: `rows_read` is the number of the last decision."""
    load_id = f"decisions-{log.log_id}"
    return store.ledger.load(load_id) or Load(
        load_id=load_id, table="applications", file=_FILE, status=LoadStatus.DONE, started_at=datetime.now(UTC)
    )


def _merge(store: Store, decisions: Sequence["Decision"], line: Load, region: str) -> Load:
    chunk, quarantined, placeholders = _checked(decisions, line, region)
    line = line.with_chunk(len(quarantined)).model_copy(
        update={
            "rows_read": decisions[-1].number,
            "placeholders": line.placeholders + placeholders,
            "finished_at": datetime.now(UTC),
        }
    )
    return line.with_counts(store.graph.merge(chunk, line, quarantined))


def _checked(decisions: Sequence["Decision"], line: Load, region: str) -> tuple[Chunk, list[QuarantinedRow], int]:
    """What the decisions' applications become in the graph, what is refused, and how much links nobody."""
    rows = rows_of([(decision, orjson.loads(decision.application)) for decision in decisions])
    chunk, quarantined, placeholders = Chunk(), list[QuarantinedRow](), 0
    for table in INPUT_TABLES:
        if table.name not in rows:
            continue
        lines = rows[table.name].to_series(0)
        checked = check(table, rows[table.name].drop("line"), lines, region)
        part = chunk_of(table, checked.good)
        chunk = Chunk((*chunk.nodes, *part.nodes), (*chunk.relationships, *part.relationships))
        placeholders += checked.placeholders
        quarantined += [
            QuarantinedRow(load_id=line.load_id, file=line.file, table=table.name, **row)
            for row in checked.bad.iter_rows(named=True)
        ]
    return chunk, quarantined, placeholders
