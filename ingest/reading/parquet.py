"""Parquet, batch by batch: typed columns become exactly the text that a CSV export of them would hold."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from ingest.reading.bytes import reading_errors
from ingest.reading.rows import RawRows, check_names, column_name, no_unreadable

# Bytes that are no UTF-8 are an error of Arrow's, as is everything else that cannot be read.
_CAST_BY_ARROW = (pa.types.is_floating, pa.types.is_decimal, pa.types.is_binary, pa.types.is_large_binary)

BATCH = 25_000
"""Rows decoded at once."""


def read_parquet(path: Path, encoding: str | None = None) -> Iterator[RawRows]:  # noqa: ARG001 (its text is UTF-8)
    """The rows of a Parquet file. `BadInputError` where it cannot be read."""
    with reading_errors(path), pq.ParquetFile(path, pre_buffer=False) as file:
        done = 0
        check_names([column_name(name) for name in file.schema_arrow.names], str(path))
        yield _rows(file.schema_arrow.empty_table(), done)
        for batch in file.iter_batches(batch_size=BATCH, use_threads=False):
            yield _rows(pa.Table.from_batches([batch]), done)
            done += batch.num_rows


def _rows(table: pa.Table, done: int) -> RawRows:
    columns = [as_text(column_name(name), table.column(at)) for at, name in enumerate(table.column_names)]
    lines = pl.int_range(done + 1, done + 1 + table.num_rows, dtype=pl.Int64, eager=True)
    return RawRows(lines.alias("line"), pl.DataFrame(columns), no_unreadable())


def as_text(name: str, column: pa.ChunkedArray) -> pl.Series:
    """A typed column as text, no digit lost; times as ISO 8601 in UTC, lists and structures as JSON."""
    if any(is_such(column.type) for is_such in _CAST_BY_ARROW):
        column = column.cast(pa.string())
    values = pl.Series(name, pl.from_arrow(column))
    if isinstance(values.dtype, pl.Datetime):
        zoned = values.dt.convert_time_zone("UTC") if values.dtype.time_zone else values
        return zoned.dt.strftime("%Y-%m-%dT%H:%M:%S%.fZ")
    if values.dtype.is_nested():
        return values.to_frame("value").select(_json(values.dtype)).to_series().alias(name)
    return values.cast(pl.String)


def _json(dtype: pl.DataType) -> pl.Expr:
    whole = pl.col("value") if isinstance(dtype, pl.Struct) else pl.struct("value")
    return pl.when(pl.col("value").is_not_null()).then(whole.struct.json_encode())
