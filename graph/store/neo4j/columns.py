"""Reads the graph as columns, page by page.

Finding a node or relationship by its internal id is a seek in Neo4j's files. So a page is a range of ids; pages without
any of the kind are left out. Rows come as one list for each column: that is thirty times as fast as row by row.
"""

from collections.abc import Iterator, Sequence
from functools import partial

import polars as pl
from neo4j import ManagedTransaction, Record

from graph.ontology import NodeKind, RelationshipKind
from graph.store.collapse import Kind, properties_of
from graph.store.neo4j.connection import Connection
from graph.store.neo4j.cypher import node_page, node_pages, relationship_page, relationship_pages

PAGE_IDS = 50_000


def read_nodes(connection: Connection, kind: NodeKind, properties: Sequence[str]) -> Iterator[pl.DataFrame]:
    """All nodes of a kind: `node_id`, `key`, then the properties named."""
    schema = {"node_id": pl.Int64(), "key": pl.String()} | _types(kind, properties)
    yield from read_pages(connection, node_pages(kind), node_page(kind, properties), schema, {})


def read_relationships(
    connection: Connection, kind: RelationshipKind, properties: Sequence[str], known_until: int | None
) -> Iterator[pl.DataFrame]:
    """All relationships of a kind: `start`, `end`, `key` if it has one, then the properties named."""
    key = {"key": pl.String()} if kind.key else {}
    schema = {"start": pl.Int64(), "end": pl.Int64()} | key | _types(kind, properties)
    page = relationship_page(kind, properties, dated=known_until is not None)
    until = {} if known_until is None else {"until": known_until}
    yield from read_pages(connection, relationship_pages(kind), page, schema, until)


def read_pages(
    connection: Connection, pages: str, page: str, schema: dict[str, pl.DataType], parameters: dict[str, int]
) -> Iterator[pl.DataFrame]:
    """Run the statement `page` for every page that the statement `pages` names."""
    for number in connection.read(lambda tx: tx.run(pages, size=PAGE_IDS).value("page")):
        ids = {"first": number * PAGE_IDS, "last": (number + 1) * PAGE_IDS - 1}
        frame = _frame(connection.read(partial(_lists, text=page, given=ids | parameters)), schema)
        if frame.height:
            yield frame


def _lists(tx: ManagedTransaction, text: str, given: dict[str, int]) -> Record:
    return tx.run(text, given).single(strict=True)


def _frame(record: Record, schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame([_series(name, record[name], dtype) for name, dtype in schema.items()])


def _series(name: str, values: list[str | int | bool], dtype: pl.DataType) -> pl.Series:
    """A column of the answer; `false` stands for null."""
    return pl.Series(name, [None if value is False else value for value in values], dtype)


def _types(kind: Kind, properties: Sequence[str]) -> dict[str, pl.DataType]:
    types = {item.name: item.type.dtype for item in properties_of(kind)}
    return {name: types[name] for name in properties}
