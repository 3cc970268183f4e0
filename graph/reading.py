"""Reads what a projection is made of: columns of a store, as known until a moment."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from graph.ontology import NodeKind, RelationshipKind
from graph.ontology.nodes import ACCOUNT, APPLICANT, APPLICATION, BLACKLIST_ENTRY, IP, LABEL
from graph.ontology.relationships import LISTS_CONTACT, RELATIONSHIP_KINDS, SUBMITTED, TRANSFERRED
from graph.store.contract import GraphStore
from graph.threads import in_threads

SEEN_KINDS = tuple(kind for kind in RELATIONSHIP_KINDS if kind.links_people and kind is not LISTS_CONTACT)
"""Observations of applicants with identifiers; listing somebody as a contact is none."""
_NODES: tuple[tuple[NodeKind, tuple[str, ...]], ...] = (
    (ACCOUNT, ()),
    (APPLICANT, ("created_at", "name")),
    (APPLICATION, ("amount",)),
    *((kind.end, ("net_type",) if kind.end is IP else ()) for kind in SEEN_KINDS),
    (BLACKLIST_ENTRY, ("kind", "value", "listed_at")),
    (LABEL, ("applicant_id", "label", "decided_at")),
)
_RELATIONSHIPS: tuple[tuple[RelationshipKind, tuple[str, ...]], ...] = (
    (TRANSFERRED, ("amount", "ts")),
    *((kind, ("first_seen", "last_seen")) for kind in SEEN_KINDS),
    (LISTS_CONTACT, ()),
    (SUBMITTED, ("submitted_at",)),
)


@dataclass(frozen=True, slots=True)
class Tables:
    """Frames with the properties that matter, in any order of rows.

    `nodes` by label: `node_id`, `key`, properties. `relationships` by type: `start`, `end`, `key` if the kind has one,
    properties. Each end is among the nodes.
    """

    nodes: dict[str, pl.DataFrame]
    relationships: dict[str, pl.DataFrame]


def read_tables(graph: GraphStore, until: int | None) -> Tables:
    """Read the store; of relationships only those that were known at `until` (unix seconds)."""
    # Nodes last: whatever a load adds meanwhile, the ends of the relationships that were read are there.
    relationships = in_threads(lambda one: read_relationships(graph, *one, until), _RELATIONSHIPS)
    nodes = in_threads(lambda one: read_nodes(graph, *one), _NODES)
    return Tables(
        {kind.label: rows for (kind, _), rows in zip(_NODES, nodes, strict=True)},
        {kind.type: rows for (kind, _), rows in zip(_RELATIONSHIPS, relationships, strict=True)},
    )


def read_nodes(graph: GraphStore, kind: NodeKind, properties: tuple[str, ...]) -> pl.DataFrame:
    """All nodes of a kind: `node_id`, `key`, the properties named."""
    schema = {"node_id": pl.Int64(), "key": pl.String()} | _types(kind, properties)
    return _joined(graph.nodes(kind, properties), schema)


def read_relationships(
    graph: GraphStore, kind: RelationshipKind, properties: tuple[str, ...], until: int | None = None
) -> pl.DataFrame:
    """Relationships of a kind that were known at `until`: `start`, `end`, `key` if it has one, the properties named."""
    key = {"key": pl.String()} if kind.key else {}
    schema = {"start": pl.Int64(), "end": pl.Int64()} | key | _types(kind, properties)
    return _joined(graph.relationships(kind, properties, known_until=until), schema)


def _types(kind: NodeKind | RelationshipKind, properties: tuple[str, ...]) -> dict[str, pl.DataType]:
    return {item.name: item.type.dtype for item in kind.properties if item.name in properties}


def _joined(chunks: Iterable[pl.DataFrame], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    """Chunks as one frame of this schema, also where there are none."""
    return pl.concat([pl.DataFrame(schema=schema), *(chunk.select(list(schema)) for chunk in chunks)], rechunk=True)
