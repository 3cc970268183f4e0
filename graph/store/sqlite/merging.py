"""Merges a chunk into the graph's tables, within a transaction that the caller has opened."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from graph.chunk import Chunk, MergeCounts, NodeRows, RelationshipRows
from graph.ontology import RelationshipKind
from graph.store.collapse import Kind, collapse
from graph.store.sqlite.identities import ids_of
from graph.store.sqlite.journal import note
from graph.store.sqlite.upserts import identity_columns, insert_new, merge_known, row_columns


@dataclass(frozen=True, slots=True)
class Batch:
    """Collapsed rows of one kind, and how many rows they were before."""

    kind: Kind
    rows: pl.DataFrame
    height: int


def batches_of(chunk: Chunk) -> list[Batch]:
    """The chunk, ready to be merged: everything that can be done without the store's lock."""
    parts: tuple[NodeRows | RelationshipRows, ...] = (*chunk.nodes, *chunk.relationships)
    return [Batch(part.kind, collapse(part.kind, part.rows), part.rows.height) for part in parts]


def merge_batches(connection: sqlite3.Connection, batches: list[Batch]) -> MergeCounts:
    """Merge every batch; nodes that are named only as ends are made, but not counted."""
    return sum((_merge(connection, batch) for batch in batches if batch.height), MergeCounts())


def _merge(connection: sqlite3.Connection, batch: Batch) -> MergeCounts:
    kind, rows = batch.kind, batch.rows
    if isinstance(kind, RelationshipKind):
        rows = _with_ends(connection, kind, rows)
    elif kind.base is not None:
        rows = rows.with_columns(id=ids_of(connection, kind.base, rows["key"]))
    new = _upsert(connection, kind, rows.select(row_columns(kind)))
    return MergeCounts(new, batch.height - new)


def _with_ends(connection: sqlite3.Connection, kind: RelationshipKind, rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with node ids for keys, in the order of the table."""
    start = ids_of(connection, kind.start, rows["start"])
    end = ids_of(connection, kind.end, rows["end"])
    translated = rows.with_columns(start=start, end=end)
    return translated.sort(identity_columns(kind)) if kind.key is None else translated


def _upsert(connection: sqlite3.Connection, kind: Kind, rows: pl.DataFrame) -> int:
    """Write the rows; returns how many are new. Those of known identity take a second pass, if there are any.

    Columns without a single value are left out: binding them is a good part of the time, and they change nothing.
    """
    rows = rows.select(column for column in rows.iter_columns() if column.null_count() < rows.height)
    note(connection, kind, rows.select(identity_columns(kind)))
    new = connection.executemany(insert_new(kind, rows.columns), _tuples(rows)).rowcount
    known = merge_known(kind, rows.columns)
    if new < rows.height and known is not None:
        connection.executemany(known, _tuples(rows))
    return new


def _tuples(rows: pl.DataFrame) -> Iterable[tuple[object, ...]]:
    return zip(*(column.to_list() for column in rows.iter_columns()), strict=True)
