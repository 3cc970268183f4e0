"""Results as files for other programs: CSV or Parquet, by the suffix of the file's name.

Scores have all their digits. In CSV an id that a spreadsheet would take for a formula has an apostrophe before it; in
Parquet every id stands as the lender knows it.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import BinaryIO

import polars as pl
import pyarrow.parquet as pq

from app.files import replacing
from graph.cells import guarded
from graph.errors import NotFoundError, UsageError
from graph.results import Run
from graph.store.contract import Store

Writer = Callable[[Iterator[pl.DataFrame], BinaryIO], int]

RINGS = pl.Schema({"ring_id": pl.String, "applicant_id": pl.String, "score": pl.Float64})
SCORES = pl.Schema({"applicant_id": pl.String, "score": pl.Float64})


def export_rings(store: Store, path: Path) -> int:
    """Write `ring_id`, `applicant_id`, `score` (the ring's) of every member; returns the number of rows."""
    return _export(store, path, RINGS, lambda: iter([store.runs.members()]))


def export_scores(store: Store, path: Path) -> int:
    """Write `applicant_id`, `score` of every applicant, a chunk at a time; returns the number of rows."""
    return _export(store, path, SCORES, store.runs.all_scores)


def _export(store: Store, path: Path, schema: pl.Schema, read: Callable[[], Iterator[pl.DataFrame]]) -> int:
    write = _writer(path)
    published(store)
    chunks = chain([schema.to_frame()], read())  # even without rows the file has its columns
    with replacing(path) as part, part.open("wb") as file:
        return write((chunk.select(schema.names()).cast(schema) for chunk in chunks), file)


def published(store: Store) -> Run:
    """The run that everybody sees; `NotFoundError` before the first one."""
    run = store.runs.current()
    if run is None:
        raise NotFoundError(
            "No run is published yet", where=store.address, do="Run `ringfence detect` or `ringfence nightly`."
        )
    return run


def _writer(path: Path) -> Writer:
    match path.suffix.lower():
        case ".csv":
            return _write_csv
        case ".parquet":
            return _write_parquet
        case other:
            kind = repr(other) if other else "a file without suffix"
            raise UsageError(f"Cannot write {kind}", where=str(path), do="End the name in .csv or .parquet.")


def _write_csv(chunks: Iterator[pl.DataFrame], file: BinaryIO) -> int:
    rows = 0
    for number, chunk in enumerate(chunks):
        file.write(guarded(chunk).write_csv(include_header=number == 0).encode())
        rows += chunk.height
    return rows


def _write_parquet(chunks: Iterator[pl.DataFrame], file: BinaryIO) -> int:
    first = next(chunks).to_arrow()
    rows = 0
    with pq.ParquetWriter(file, first.schema, compression="zstd") as writer:
        for chunk in chunks:
            writer.write_table(chunk.to_arrow().cast(first.schema))
            rows += chunk.height
    return rows
