"""The graph's side of the store: merging chunks, reading columns, looking around one node."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import ClassVar

import polars as pl
from neo4j import ManagedTransaction

from graph.chunk import Chunk, MergeCounts
from graph.errors import ForgottenError
from graph.ledger import Load, QuarantinedRow
from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS, NodeKind, RelationshipKind
from graph.store.contract import EVERYTHING, Neighbourhood, Node, Part, Surroundings, Wanted
from graph.store.neo4j.around import find_neighbourhood, find_node, find_users
from graph.store.neo4j.columns import read_nodes, read_relationships
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.cypher import quoted
from graph.store.neo4j.merging import batches_of
from graph.store.neo4j.pipelining import Pipeline, Unit
from graph.store.neo4j.surroundings import find_surroundings
from graph.threads import one_ahead


class Neo4jGraph:
    """`GraphStore` on Neo4j. The server holds a transaction in its memory, so chunks are small."""

    chunk_rows: ClassVar[int] = 10_000

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pipeline = Pipeline(connection)

    def merge(self, chunk: Chunk, load: Load | None = None, quarantined: Sequence[QuarantinedRow] = ()) -> MergeCounts:
        """Merge the chunk, in one transaction together with the ledger's line of the load as it then stands."""
        return self._pipeline.write(Unit(batches_of(chunk), quarantined), load)

    def merge_all(self, parts: Iterator[Part], load: Load) -> Generator[Load, None, None]:
        """Merge the parts of a file in order, each as `merge` does; gives the ledger's line after each."""
        with closing(one_ahead(Unit(batches_of(part.chunk), part.quarantined) for part in parts)) as units:
            yield from self._pipeline.write_all(units, load)

    def position(self) -> None:
        """Others may write into a Neo4j, and no node id is for ever: everything is to be read, every time."""

    def nodes(
        self, kind: NodeKind, properties: Sequence[str] = (), *, since: str | None = None
    ) -> Iterator[pl.DataFrame]:
        """All nodes of a kind in chunks: `node_id`, `key`, then the properties named."""
        _forgotten(since)
        return read_nodes(self._connection, kind, properties)

    def relationships(
        self,
        kind: RelationshipKind,
        properties: Sequence[str] = (),
        *,
        known_until: int | None = None,
        since: str | None = None,
    ) -> Iterator[pl.DataFrame]:
        """All relationships of a kind in chunks: `start` and `end`, `key` if the kind has one, properties."""
        _forgotten(since)
        return read_relationships(self._connection, kind, properties, known_until)

    def counts(self) -> dict[str, int]:
        """Number of nodes by label and of relationships by type."""
        return self._connection.look_up(_counts)

    def node(self, kind: NodeKind, key: str) -> Node | None:
        """One node, or None."""
        return self._connection.look_up(lambda tx: find_node(tx, kind, key))

    def neighbourhood(
        self, kind: NodeKind, key: str, *, per_type: int = 20, wanted: Wanted = EVERYTHING
    ) -> Neighbourhood | None:
        """A node with at most `per_type` of the relationships wanted of each type, and how many more there are."""
        return self._connection.look_up(lambda tx: find_neighbourhood(tx, kind, key, per_type, wanted))

    def surroundings(
        self, applicant_id: str, asked: Sequence[tuple[RelationshipKind, str]], *, most: int
    ) -> Surroundings:
        """What is around an applicant and these identifiers, none of those that more than `most` use."""
        return self._connection.look_up(lambda tx: find_surroundings(tx, applicant_id, asked, most))

    def keys(self, kind: NodeKind, beginning: str, *, limit: int = 20) -> list[str]:
        """The first keys of a kind that begin so, in order of their characters."""
        key = f"x.{quoted(kind.key.name)}"
        text = (
            f"MATCH (x:{quoted(kind.label)}) WHERE {key} STARTS WITH $beginning"
            f" RETURN {key} AS key ORDER BY key LIMIT $limit"
        )
        given = {"beginning": beginning, "limit": limit}
        return self._connection.look_up(lambda tx: tx.run(text, given).value("key"))

    def users(self, kind: NodeKind, key: str, *, limit: int = 1000) -> list[str]:
        """Ids of the applicants with a relationship to this identifier, most recent first where times are known."""
        return self._connection.look_up(lambda tx: find_users(tx, kind, key, limit))


def _forgotten(since: str | None) -> None:
    """No position is one of ours."""
    if since is not None:
        raise ForgottenError("This store does not know what was written since", where=since, do="Read everything.")


def _counts(tx: ManagedTransaction) -> dict[str, int]:
    patterns = {kind.label: f"(x:{quoted(kind.label)})" for kind in NODE_KINDS}
    patterns |= {kind.type: f"()-[x:{quoted(kind.type)}]->()" for kind in RELATIONSHIP_KINDS}
    return {
        name: tx.run(f"MATCH {pattern} RETURN count(x) AS number").single(strict=True)["number"]
        for name, pattern in patterns.items()
    }
