"""The graph's side of the store: merging chunks, reading columns."""

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from typing import ClassVar

import polars as pl

from graph.chunk import Chunk, MergeCounts
from graph.ledger import Load, QuarantinedRow
from graph.ontology import NodeKind, RelationshipKind
from graph.store.collapse import Kind
from graph.store.contract import EVERYTHING, Neighbourhood, Node, Part, Surroundings, Wanted
from graph.store.sqlite.around import find_neighbourhood, find_node, find_users
from graph.store.sqlite.connections import Connections
from graph.store.sqlite.journal import changed, position_in
from graph.store.sqlite.ledger import write_load, write_quarantine
from graph.store.sqlite.merging import Batch, batches_of, merge_batches
from graph.store.sqlite.names import LAST, is_number, key_table_of, listed, quoted, table_of
from graph.store.sqlite.pages import looked_up, pages
from graph.store.sqlite.schema import KINDS
from graph.store.sqlite.surroundings import find_surroundings
from graph.threads import one_ahead


class SqliteGraph:
    """`GraphStore` on SQLite."""

    chunk_rows: ClassVar[int] = 100_000

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def merge(self, chunk: Chunk, load: Load | None = None, quarantined: Sequence[QuarantinedRow] = ()) -> MergeCounts:
        """Merge the chunk, in one transaction together with the ledger's line of the load as it then stands."""
        return self._merge(batches_of(chunk), load, quarantined)

    def merge_all(self, parts: Iterator[Part], load: Load) -> Generator[Load, None, None]:
        """Merge the parts of a file in order, each as `merge` does; gives the ledger's line after each."""
        ready = ((batches_of(part.chunk), part.quarantined) for part in parts)
        with closing(one_ahead(ready)) as prepared:
            for batches, quarantined in prepared:
                begun = load.with_chunk(len(quarantined))
                load = begun.with_counts(self._merge(batches, begun, quarantined))
                yield load

    def _merge(self, batches: list[Batch], load: Load | None, quarantined: Sequence[QuarantinedRow]) -> MergeCounts:
        with self._connections.transaction() as connection:
            counts = merge_batches(connection, batches)
            if load is not None:
                write_load(connection, load.with_counts(counts))
            write_quarantine(connection, quarantined)
        return counts

    def position(self) -> str:
        """A word for everything that is merged by now."""
        with self._connections.reader() as connection:
            return position_in(connection)

    def nodes(
        self, kind: NodeKind, properties: Sequence[str] = (), *, since: str | None = None
    ) -> Iterator[pl.DataFrame]:
        """All nodes of a kind in chunks, or those written after a position: `node_id`, `key`, the properties named."""
        schema = {"node_id": pl.Int64(), "key": pl.String()} | _types(kind, properties)
        columns = ", ".join(["n.id AS node_id", "key", *(f"n.{quoted(name)}" for name in properties)])
        base = "" if kind.base is None else f" CROSS JOIN {table_of(kind.base)} k ON k.id = n.id"
        query = f"SELECT {columns} FROM {table_of(kind)} n{base} WHERE true"
        with self._connections.snapshot() as connection:
            if since is None:
                yield from pages(connection, query, ("node_id",), schema)
            else:
                yield from looked_up(connection, query, changed(connection, kind, since), schema)

    def relationships(
        self,
        kind: RelationshipKind,
        properties: Sequence[str] = (),
        *,
        known_until: int | None = None,
        since: str | None = None,
    ) -> Iterator[pl.DataFrame]:
        """Relationships in chunks, as `nodes`: `start` and `end`, `key` if the kind has one, the properties named."""
        order = ("id",) if kind.key else ("start", "end")
        key: dict[str, pl.DataType] = {"key": pl.String()} if kind.key else {}
        schema = dict.fromkeys((*order, "start", "end"), pl.Int64()) | key | _types(kind, properties)
        query = f"SELECT {listed(tuple(schema))} FROM {table_of(kind)} n WHERE true"
        if known_until is not None and kind.known_from is not None:
            query += f" AND ifnull({quoted(kind.known_from)}, 0) <= {int(known_until)}"
        with self._connections.snapshot() as connection:
            if since is None:
                found = pages(connection, query, order, schema)
            else:
                found = looked_up(connection, query, changed(connection, kind, since), schema)
            for page in found:
                yield page.drop("id", strict=False)

    def counts(self) -> dict[str, int]:
        """Number of nodes by label and of relationships by type."""
        with self._connections.snapshot() as connection:
            return {_name(kind): _count(connection, kind) for kind in KINDS}

    def node(self, kind: NodeKind, key: str) -> Node | None:
        """One node, or None."""
        with self._connections.snapshot() as connection:
            found = find_node(connection, kind, key)
        return found.node if found else None

    def neighbourhood(
        self, kind: NodeKind, key: str, *, per_type: int = 20, wanted: Wanted = EVERYTHING
    ) -> Neighbourhood | None:
        """A node with at most `per_type` of the relationships wanted of each type, and how many more there are."""
        with self._connections.snapshot() as connection:
            return find_neighbourhood(connection, kind, key, per_type, wanted)

    def surroundings(
        self, applicant_id: str, asked: Sequence[tuple[RelationshipKind, str]], *, most: int
    ) -> Surroundings:
        """What is around an applicant and these identifiers, none of those that more than `most` use."""
        with self._connections.snapshot() as connection:
            return find_surroundings(connection, applicant_id, asked, most)

    def keys(self, kind: NodeKind, beginning: str, *, limit: int = 20) -> list[str]:
        """The first keys of a kind that begin so, in order of their characters."""
        own = "" if kind.base is None else f" JOIN {table_of(kind)} n ON n.id = k.id"
        query = f"SELECT k.key FROM {key_table_of(kind)} k{own} WHERE k.key >= ? AND k.key < ? ORDER BY k.key LIMIT ?"
        with self._connections.snapshot() as connection:
            rows = connection.execute(query, (beginning, f"{beginning}{LAST}", limit)).fetchall()
        return [key for (key,) in rows]

    def users(self, kind: NodeKind, key: str, *, limit: int = 1000) -> list[str]:
        """Ids of the applicants with a relationship to this identifier, most recent first where times are known."""
        with self._connections.snapshot() as connection:
            return find_users(connection, kind, key, limit)


def _types(kind: Kind, properties: Sequence[str]) -> dict[str, pl.DataType]:
    return {name: pl.Int64() if is_number(kind, name) else pl.String() for name in properties}


def _name(kind: Kind) -> str:
    return kind.label if isinstance(kind, NodeKind) else kind.type


def _count(connection: sqlite3.Connection, kind: Kind) -> int:
    count: int = connection.execute(f"SELECT count(*) FROM {table_of(kind)}").fetchone()[0]
    return count
