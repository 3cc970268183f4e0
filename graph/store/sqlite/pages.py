"""Reads the graph's tables as columns, page by page.

SQLite makes one JSON array of each column of a page, Polars takes it apart. Rows never become Python objects, which is
three times as fast as row by row, and both leave the interpreter to other threads meanwhile.
"""

import sqlite3
from collections.abc import Iterator, Sequence

import orjson
import polars as pl

from graph.store.sqlite.names import listed, quoted

PAGE_ROWS = 16_384
"""The longest texts (10,000 characters), each escaped, fit into one value of SQLite (a billion bytes) so many times."""
_BEFORE_ALL = -(2**63)


def pages(
    connection: sqlite3.Connection, query: str, order: Sequence[str], schema: dict[str, pl.DataType]
) -> Iterator[pl.DataFrame]:
    """What the query gives. Read within a transaction, or the pages are of different states.

    `query` ends in a WHERE clause. `order`: those of its columns, integers, that are the primary key it goes along.
    `schema`: all its columns; integers and texts only.
    """
    arrays = ", ".join(f"json_group_array({quoted(name)})" for name in schema)
    after = f"({listed(order)}) > ({', '.join('?' * len(order))})"
    page = f"SELECT {arrays} FROM ({query} AND {after} ORDER BY {listed(order)} LIMIT {PAGE_ROWS})"
    frame = _frame(connection.execute(page, [_BEFORE_ALL] * len(order)).fetchone(), schema)
    while frame.height:
        yield frame
        frame = _frame(connection.execute(page, frame.select(order).row(-1)).fetchone(), schema)


def looked_up(
    connection: sqlite3.Connection, query: str, identities: pl.DataFrame, schema: dict[str, pl.DataType]
) -> Iterator[pl.DataFrame]:
    """What the query gives, of the rows of its table `n` that have these identities. It ends in a WHERE clause."""
    arrays = ", ".join(f"json_group_array({quoted(name)})" for name in schema)
    asked = ", ".join(f"value ->> {place} AS {quoted(name)}" for place, name in enumerate(identities.columns))
    columns = ", ".join(f"n.{quoted(name)}" for name in identities.columns)
    named = f"({columns}) IN (SELECT {asked} FROM json_each(?))"
    page = f"SELECT {arrays} FROM ({query} AND {named})"
    for part in identities.iter_slices(PAGE_ROWS):
        yield _frame(connection.execute(page, (orjson.dumps(part.rows()).decode(),)).fetchone(), schema)


def _frame(arrays: Sequence[str], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    columns = zip(schema.items(), arrays, strict=True)
    return pl.DataFrame([_series(array, dtype).alias(name) for (name, dtype), array in columns])


def _series(array: str, dtype: pl.DataType) -> pl.Series:
    values: pl.Series = pl.Series([array]).str.json_decode(pl.List(dtype)).item()
    return values
