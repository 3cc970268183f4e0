"""Second pass: a staged file's chunks go into the graph, each in one transaction with the ledger's line."""

from datetime import UTC, datetime

import polars as pl

from graph.ledger import Load, LoadStatus, QuarantinedRow
from graph.store.contract import Store
from ingest.feeding import chunk_of
from ingest.options import Phase, Progress, Report
from ingest.sources import SourceFile
from ingest.spool import Spool


def load_chunks(store: Store, file: SourceFile, spool: Spool, load: Load, report: Report) -> Load:
    """Merge the chunks that are not in the graph yet, mark the load as done, and give the spool back."""
    total = spool.chunks()
    while load.chunks_done < total:
        load = _load_chunk(store, file, spool, load)
        report(Progress(file.name, Phase.LOADING, load.chunks_done, total))
    load = load.model_copy(update={"status": LoadStatus.DONE, "finished_at": datetime.now(UTC)})
    store.ledger.record(load)
    spool.remove()
    return load


def _load_chunk(store: Store, file: SourceFile, spool: Spool, load: Load) -> Load:
    number = load.chunks_done
    rows = quarantined(spool.bad(number), load)
    load = load.model_copy(update={"chunks_done": number + 1, "quarantined": load.quarantined + len(rows)})
    counts = store.graph.merge(chunk_of(file.table, spool.good(number)), load, rows)
    return load.model_copy(update={"loaded": load.loaded + counts.loaded, "merged": load.merged + counts.merged})


def quarantined(bad: pl.DataFrame, load: Load) -> list[QuarantinedRow]:
    """Spooled bad rows as the ledger keeps them."""
    return [
        QuarantinedRow(load_id=load.load_id, file=load.file, table=load.table, **row)
        for row in bad.iter_rows(named=True)
    ]
