"""Query results as columns, in chunks of bounded size."""

import sqlite3
from collections.abc import Iterator
from itertools import islice

import polars as pl

CHUNK_ROWS = 250_000


def chunks(cursor: sqlite3.Cursor, schema: dict[str, pl.DataType]) -> Iterator[pl.DataFrame]:
    """The cursor's rows in frames."""
    while rows := list(islice(cursor, CHUNK_ROWS)):
        columns = zip(schema.items(), zip(*rows, strict=True), strict=True)
        yield pl.DataFrame([pl.Series(name, values, dtype) for (name, dtype), values in columns])
