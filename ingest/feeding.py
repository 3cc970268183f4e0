"""From checked rows of a table to the graph rows that the table's feeds make of them."""

from collections.abc import Sequence

import polars as pl

from graph.chunk import Chunk, NodeRows, RelationshipRows
from graph.ontology import InputTable, NodeFeed, RelationshipFeed
from ingest.checking import EXTRAS, placeholder_flag


def chunk_of(table: InputTable, rows: pl.DataFrame) -> Chunk:
    """The chunk of good rows (see `CheckedRows.good`)."""
    home = _extras_home(table)
    nodes = [_nodes(feed, rows, extras=feed is home) for feed in table.nodes]
    relationships = [_relationships(feed, rows, extras=feed is home) for feed in table.relationships]
    kept = [_placeholders(feed, rows) for feed in table.relationships]
    return Chunk(
        tuple(found for found in (*nodes, *kept) if found is not None and found.rows.height),
        tuple(found for found in relationships if found is not None and found.rows.height),
    )


def keeps_extras(table: InputTable) -> bool:
    """Are unknown columns of the table kept as properties?"""
    return _extras_home(table) is not None


def _extras_home(table: InputTable) -> NodeFeed | RelationshipFeed | None:
    """The first feed whose kind allows extras."""
    feeds: tuple[NodeFeed | RelationshipFeed, ...] = (*table.nodes, *table.relationships)
    return next((feed for feed in feeds if feed.kind.extras), None)


def _nodes(feed: NodeFeed, rows: pl.DataFrame, *, extras: bool) -> NodeRows:
    named = _real(rows, *feed.key)
    key = pl.col(feed.key[0]) if len(feed.key) == 1 else _joined(feed.key)
    properties = [pl.col(name) for name in feed.properties if name in rows.columns]
    return NodeRows(feed.kind, named.select(key.alias("key"), *properties, *_extras(rows, wanted=extras)))


def _joined(parts: Sequence[str]) -> pl.Expr:
    """One key of several: parts between bars, with a backslash before a bar or a backslash that is in a part."""
    escaped = [pl.col(part).cast(pl.String).str.replace_all(r"([\\|])", r"\${1}") for part in parts]
    return pl.concat_str(escaped, separator="|")


def _relationships(feed: RelationshipFeed, rows: pl.DataFrame, *, extras: bool) -> RelationshipRows | None:
    if feed.end not in rows.columns:
        return None
    key = [pl.col(feed.key).alias("key")] if feed.key else []
    properties = [pl.col(column).alias(name) for name, column in feed.properties if column in rows.columns]
    real = _real(rows, feed.start, feed.end)
    return RelationshipRows(
        feed.kind,
        real.select(
            pl.col(feed.start).alias("start"),
            pl.col(feed.end).alias("end"),
            *key,
            *properties,
            *_extras(rows, wanted=extras),
        ),
    )


def _placeholders(feed: RelationshipFeed, rows: pl.DataFrame) -> NodeRows | None:
    """Start nodes that keep the placeholder that stands where the other end should be."""
    flag = placeholder_flag(feed.end)
    if feed.placeholder is None or flag not in rows.columns:
        return None
    value = pl.when(pl.col(feed.end) != "").then(feed.end)
    return NodeRows(feed.kind.start, rows.filter(flag).select(value.alias(feed.placeholder), key=feed.start))


def _real(rows: pl.DataFrame, *columns: str) -> pl.DataFrame:
    """The rows where each of the columns has a value that stands for somebody."""
    flags = [placeholder_flag(name) for name in columns if placeholder_flag(name) in rows.columns]
    present = [pl.col(name).is_not_null() for name in columns if rows[name].has_nulls()]
    wanted = present + [~pl.col(flag) for flag in flags]
    return rows.filter(wanted) if wanted else rows


def _extras(rows: pl.DataFrame, *, wanted: bool) -> list[pl.Expr]:
    return [pl.col(EXTRAS)] if wanted and EXTRAS in rows.columns else []
