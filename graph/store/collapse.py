"""One row for each node or relationship of a chunk, by the same rules by which the stores merge it with what they hold.

A property that keeps its latest value remembers when that value was observed, in a column of its own (`address` and
`address_at`), if the kind has a `time`. So a value that comes late but was observed in between finds its place, and the
result does not depend on the order in which files are loaded. Kinds without `time` go by load order and need no such
column. The ends of a relationship that has a key are not among its attributes: the ones loaded first stay.
"""

import polars as pl

from graph.errors import BadInputError
from graph.ontology import Keep, NodeKind, Property, RelationshipKind
from graph.values import TextType

Kind = NodeKind | RelationshipKind

LONGEST_KEY_BYTES = 8_000
"""Neo4j's indexes take values of up to 8,167 bytes."""

EXTRAS = Property("extras", TextType())


def properties_of(kind: Kind) -> tuple[Property, ...]:
    """The kind's properties, with `extras` as the last one where it has them."""
    return (*kind.properties, EXTRAS) if kind.extras else kind.properties


def observed_at(name: str) -> str:
    """Name of the column that says when the value of a property was observed."""
    return f"{name}_at"


def dated_properties(kind: Kind) -> tuple[Property, ...]:
    """Those properties that have an `observed_at` column."""
    if kind.time is None:
        return ()
    return tuple(item for item in properties_of(kind) if item.keep is Keep.LATEST)


def identity_of(kind: Kind) -> tuple[str, ...]:
    """The columns that tell one node or relationship of the kind from another."""
    return ("key",) if isinstance(kind, NodeKind) or kind.key is not None else ("start", "end")


def collapse(kind: Kind, rows: pl.DataFrame) -> pl.DataFrame:
    """One row for each identity, sorted by it.

    Columns: `key`, or `start` and `end`, or `key`, `start` and `end`; then every property of the kind (null where the
    rows lack it); then an `observed_at` column for each dated property (unix seconds; 0 where its row has no time; null
    where the value is). `BadInputError` where a key is such that not every store can keep it.
    """
    identity = identity_of(kind)
    full = _complete(kind, rows)
    _check_keys(full.select(_keys_of(kind)))
    repeated = (pl.struct(identity) if len(identity) > 1 else pl.col(identity[0])).is_duplicated()
    once, often = full.filter(~repeated), full.filter(repeated)
    if often.height:
        once = once.vstack(_reduced(kind, often))
    return once.sort(identity)


def _complete(kind: Kind, rows: pl.DataFrame) -> pl.DataFrame:
    """Every column that the result has, in its order and type."""
    properties = (
        pl.col(item.name).cast(item.type.dtype) if item.name in rows.columns else _missing(item)
        for item in properties_of(kind)
    )
    plain = rows.select(*_keys_of(kind), *properties)
    observed = pl.col(kind.time).fill_null(0) if kind.time else pl.lit(0)
    return plain.with_columns(
        pl.when(pl.col(item.name).is_not_null()).then(observed).cast(pl.Int64).alias(observed_at(item.name))
        for item in dated_properties(kind)
    )


def _keys_of(kind: Kind) -> tuple[str, ...]:
    """The identity, and the ends where they are not part of it."""
    ends = ("start", "end") if isinstance(kind, RelationshipKind) else ()
    return tuple(dict.fromkeys((*identity_of(kind), *ends)))


def _check_keys(keys: pl.DataFrame) -> None:
    too_long = pl.all().str.len_bytes() > LONGEST_KEY_BYTES
    impossible = pl.all().is_null() | pl.all().str.contains("\0", literal=True) | too_long
    if keys.select(pl.any_horizontal(impossible).any()).item():
        raise BadInputError(
            f"A key is missing, holds a NUL character or is longer than {LONGEST_KEY_BYTES:,} bytes",
            do="Take the row out, then load again.",
        )


def _missing(item: Property) -> pl.Expr:
    return pl.lit(None, dtype=item.type.dtype).alias(item.name)


def _reduced(kind: Kind, rows: pl.DataFrame) -> pl.DataFrame:
    identity = identity_of(kind)
    kept = [expression for item in properties_of(kind) for expression in _kept(kind, item)]
    ends = [pl.col(name).first() for name in _keys_of(kind) if name not in identity]
    return rows.group_by(identity, maintain_order=True).agg(*ends, *kept).select(rows.columns)


def _kept(kind: Kind, item: Property) -> list[pl.Expr]:
    column = pl.col(item.name)
    if item.keep is Keep.EARLIEST:
        return [column.min()]
    if item.keep is Keep.HIGHEST:
        return [column.max()]
    if kind.time is None:
        return [column.drop_nulls().last()]
    return _latest(item.name)


def _latest(name: str) -> list[pl.Expr]:
    """The value with the highest time, the later row where times are equal."""
    at = pl.col(observed_at(name))
    latest = pl.col(name).filter(at.is_not_null() & (at == at.max())).last()
    return [latest, at.max()]
