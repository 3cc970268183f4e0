"""Merges a chunk within one transaction, statement by statement, in batches."""

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from graph.chunk import Chunk, MergeCounts, NodeRows, RelationshipRows
from graph.ontology import NodeKind, RelationshipKind
from graph.store.collapse import Kind, collapse, properties_of
from graph.store.neo4j.connection import AnyTransaction
from graph.store.neo4j.cypher import (
    create_relationships,
    known_keys,
    merge_ends,
    merge_nodes,
    merge_relationships,
    merged_columns,
    update_relationships,
)
from graph.store.neo4j.ends import KnownNodes

BATCH_ROWS = 10_000


class MissingEndError(Exception):
    """A node that was there, as far as this process knew, is gone: forget what is known, and merge again."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Collapsed rows of one kind, how many rows they were before, and the properties that any of them has."""

    kind: Kind
    rows: pl.DataFrame
    height: int
    present: tuple[str, ...]


def batches_of(chunk: Chunk) -> list[Batch]:
    """The chunk, ready to be merged: everything that can be done before the transaction."""
    parts: tuple[NodeRows | RelationshipRows, ...] = (*chunk.nodes, *chunk.relationships)
    return [_batch(part.kind, part.rows) for part in parts if part.rows.height]


def merge_batches(tx: AnyTransaction, batches: list[Batch], known: KnownNodes) -> MergeCounts:
    """Merge every batch; nodes that are named only as ends are made, but not counted."""
    counts, merged = MergeCounts(), list[Batch]()
    for batch in batches:
        for end, column in _ends_of(batch.kind):
            keys = known.missing(end, batch.rows[column].unique())
            _make_ends(tx, end, _not_among(merged, end, keys))
        new = _merge(tx, batch)
        counts += MergeCounts(new, batch.height - new)
        merged.append(batch)
    return counts


def learn_batches(batches: list[Batch], known: KnownNodes) -> None:
    """The nodes of these batches are committed."""
    for batch in batches:
        for kind, column in _nodes_of(batch.kind):
            known.learn(kind, batch.rows[column].unique())


def _batch(kind: Kind, rows: pl.DataFrame) -> Batch:
    collapsed = collapse(kind, rows)
    names = [item.name for item in properties_of(kind)]
    present = tuple(name for name in names if collapsed[name].null_count() < collapsed.height)
    return Batch(kind, collapsed, rows.height, present)


def _merge(tx: AnyTransaction, batch: Batch) -> int:
    """How many rows of the batch made something new."""
    kind = batch.kind
    if isinstance(kind, NodeKind):
        return _merge_nodes(tx, kind, batch)
    return _merge_between(tx, kind, batch) if kind.key is None else _merge_keyed(tx, kind, batch)


def _nodes_of(kind: Kind) -> tuple[tuple[NodeKind, str], ...]:
    """The kinds of node in a batch, and the columns with their keys."""
    return ((kind, "key"),) if isinstance(kind, NodeKind) else _ends_of(kind)


def _ends_of(kind: Kind) -> tuple[tuple[NodeKind, str], ...]:
    return () if isinstance(kind, NodeKind) else ((kind.start, "start"), (kind.end, "end"))


def _not_among(merged: list[Batch], kind: NodeKind, keys: pl.Series) -> pl.Series:
    """Those of the keys that are not nodes of the kind by what was merged already."""
    for batch in merged:
        for node, column in _nodes_of(batch.kind):
            if kind in (node, node.base):
                keys = keys.filter(~keys.is_in(batch.rows[column].implode()))
    return keys


def _merge_nodes(tx: AnyTransaction, kind: NodeKind, batch: Batch) -> int:
    text = merge_nodes(kind, batch.present)
    new = 0
    for columns in _parameters(batch.rows, ["key"], batch):
        counters = tx.run(text, columns).consume().counters
        # A node that is new has two labels added where the kind has a base, one that was only of the base kind has one.
        new += counters.labels_added - counters.nodes_created if kind.base else counters.nodes_created
    return new


def _make_ends(tx: AnyTransaction, kind: NodeKind, keys: pl.Series) -> None:
    for part in keys.sort().to_frame().iter_slices(BATCH_ROWS):
        tx.run(merge_ends(kind), keys=part.to_series().to_list()).consume()


def _merge_between(tx: AnyTransaction, kind: RelationshipKind, batch: Batch) -> int:
    text = merge_relationships(kind, batch.present)
    return sum(_run_between(tx, text, columns) for columns in _parameters(batch.rows, ["start", "end"], batch))


def _run_between(tx: AnyTransaction, text: str, columns: dict[str, list[object]]) -> int:
    """Run a statement that makes relationships between ends that should be there; how many it made."""
    result = tx.run(text, columns)
    if result.single(strict=True)["matched"] != len(columns["start"]):
        raise MissingEndError
    return result.consume().counters.relationships_created


def _merge_keyed(tx: AnyTransaction, kind: RelationshipKind, batch: Batch) -> int:
    known = batch.rows["key"].is_in(_known(tx, kind, batch.rows["key"]).implode())
    for columns in _parameters(batch.rows.filter(~known), ["key", "start", "end"], batch):
        _run_between(tx, create_relationships(kind, batch.present), columns)
    for columns in _parameters(batch.rows.filter(known), ["key"], batch):
        tx.run(update_relationships(kind, batch.present), columns).consume()
    return batch.rows.height - int(known.sum())


def _known(tx: AnyTransaction, kind: RelationshipKind, keys: pl.Series) -> pl.Series:
    """Those of the keys that are in the graph."""
    known: list[str] = []
    for first in range(0, keys.len(), BATCH_ROWS):
        known += tx.run(known_keys(kind), keys=keys.slice(first, BATCH_ROWS).to_list()).single(strict=True)["known"]
    return pl.Series("known", known, pl.String())


def _parameters(rows: pl.DataFrame, identity: list[str], batch: Batch) -> Iterator[dict[str, list[object]]]:
    """The rows in batches, as lists of the columns that the statement reads."""
    columns = rows.select(*identity, *merged_columns(batch.kind, batch.present))
    for part in columns.iter_slices(BATCH_ROWS):
        yield part.to_dict(as_series=False)
