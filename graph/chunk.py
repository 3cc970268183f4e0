"""What ingest hands to a store: one chunk of nodes and relationships, merged in one transaction."""

from dataclasses import dataclass

import polars as pl

from graph.ontology import NodeKind, RelationshipKind


@dataclass(frozen=True, slots=True)
class NodeRows:
    """Nodes of one kind: column `key`, then any of the kind's properties (and `extras`, a JSON object as text).

    Values are normalised; a key may stand in several rows, which count as observations in this order.
    """

    kind: NodeKind
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class RelationshipRows:
    """Relationships of one kind: columns `start`, `end` (keys), `key` if it has one, then properties (and `extras`).

    Ends that do not exist yet are created as bare nodes.
    """

    kind: RelationshipKind
    rows: pl.DataFrame


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that become visible together or not at all."""

    nodes: tuple[NodeRows, ...] = ()
    relationships: tuple[RelationshipRows, ...] = ()


@dataclass(frozen=True, slots=True)
class MergeCounts:
    """How many rows of a chunk made something new, and how many met something that was there."""

    loaded: int = 0
    merged: int = 0

    def __add__(self, other: "MergeCounts") -> "MergeCounts":
        return MergeCounts(self.loaded + other.loaded, self.merged + other.merged)
