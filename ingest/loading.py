"""Second pass: a staged file's chunks go into the graph, each in one transaction with the ledger's line."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime

import polars as pl

from graph.ledger import Load, LoadStatus, QuarantinedRow
from graph.store.contract import Part, Store
from ingest.feeding import chunk_of
from ingest.options import Phase, Progress, Report
from ingest.sources import SourceFile
from ingest.spool import Spool


def load_chunks(store: Store, file: SourceFile, spool: Spool, load: Load, report: Report) -> Load:
    """Merge the chunks that are not in the graph yet, mark the load as done, and give the spool back."""
    total = spool.chunks()
    with closing(store.graph.merge_all(_parts(file, spool, load, total), load)) as merging:
        for line in merging:
            load = line
            report(Progress(file.name, Phase.LOADING, load.chunks_done, total))
    load = load.model_copy(update={"status": LoadStatus.DONE, "finished_at": datetime.now(UTC)})
    store.ledger.record(load)
    spool.remove()
    return load


def _parts(file: SourceFile, spool: Spool, load: Load, total: int) -> Iterator[Part]:
    for number in range(load.chunks_done, total):
        yield Part(chunk_of(file.table, spool.good(number)), quarantined(spool.bad(number), load))


def quarantined(bad: pl.DataFrame, load: Load) -> list[QuarantinedRow]:
    """Spooled bad rows as the ledger keeps them."""
    return [
        QuarantinedRow(load_id=load.load_id, file=load.file, table=load.table, **row)
        for row in bad.iter_rows(named=True)
    ]
