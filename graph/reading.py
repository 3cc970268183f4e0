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
    (BLACKLIST_ENTRY, ("kind", "value", "source", "listed_at")),
    (LABEL, ("applicant_id", "label", "source", "decided_at")),
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

    @property
    def rows(self) -> int:
        """Number of rows of all tables."""
        return sum(rows.height for rows in (*self.nodes.values(), *self.relationships.values()))


def read_tables(graph: GraphStore, until: int | None, *, since: str | None = None) -> Tables:
    """Read the store; of relationships only those that were known at `until` (unix seconds).

    With `since` those rows at least that were written after this position; `ForgottenError` where it is not known.
    """
    # Nodes last: whatever a load adds meanwhile, the ends of the relationships that were read are there.
    relationships = in_threads(lambda one: read_relationships(graph, *one, until, since), _RELATIONSHIPS)
    nodes = in_threads(lambda one: read_nodes(graph, *one, since), _NODES)
    return Tables(
        {kind.label: rows for (kind, _), rows in zip(_NODES, nodes, strict=True)},
        {kind.type: rows for (kind, _), rows in zip(_RELATIONSHIPS, relationships, strict=True)},
    )


def schemas() -> tuple[dict[str, pl.Schema], dict[str, pl.Schema]]:
    """Columns and types of all tables that are read: of nodes by label, of relationships by type."""
    return (
        {kind.label: _schema_of_nodes(kind, properties) for kind, properties in _NODES},
        {kind.type: _schema_of_relationships(kind, properties) for kind, properties in _RELATIONSHIPS},
    )


def read_nodes(
    graph: GraphStore, kind: NodeKind, properties: tuple[str, ...], since: str | None = None
) -> pl.DataFrame:
    """All nodes of a kind (written after a position): `node_id`, `key`, the properties named."""
    return _joined(graph.nodes(kind, properties, since=since), _schema_of_nodes(kind, properties))


def read_relationships(
    graph: GraphStore,
    kind: RelationshipKind,
    properties: tuple[str, ...],
    until: int | None = None,
    since: str | None = None,
) -> pl.DataFrame:
    """Relationships of a kind that were known at `until` (written after a position): `start`, `end`, `key` if it has
    one, the properties named.
    """
    chunks = graph.relationships(kind, properties, known_until=until, since=since)
    return _joined(chunks, _schema_of_relationships(kind, properties))


def _schema_of_nodes(kind: NodeKind, properties: tuple[str, ...]) -> pl.Schema:
    return pl.Schema({"node_id": pl.Int64(), "key": pl.String()} | _types(kind, properties))


def _schema_of_relationships(kind: RelationshipKind, properties: tuple[str, ...]) -> pl.Schema:
    key: dict[str, pl.DataType] = {"key": pl.String()} if kind.key else {}
    return pl.Schema({"start": pl.Int64(), "end": pl.Int64()} | key | _types(kind, properties))


def _types(kind: NodeKind | RelationshipKind, properties: tuple[str, ...]) -> dict[str, pl.DataType]:
    return {item.name: item.type.dtype for item in kind.properties if item.name in properties}


def _joined(chunks: Iterable[pl.DataFrame], schema: pl.Schema) -> pl.DataFrame:
    """Chunks as one frame of this schema, also where there are none."""
    return pl.concat([pl.DataFrame(schema=schema), *(chunk.select(list(schema)) for chunk in chunks)], rechunk=True)
