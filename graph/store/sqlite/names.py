"""How the ontology's names and types look in SQL."""

from collections.abc import Sequence

import polars as pl

from graph.ontology import NodeKind, RelationshipKind
from graph.store.collapse import Kind, dated_properties, observed_at, properties_of

LAST = "\U0010ffff"
"""No character comes after it: what begins with a text lies between that and the text with this one behind it."""


def quoted(name: str) -> str:
    """An SQL identifier, whatever characters are in the name."""
    return '"' + name.replace('"', '""') + '"'


def listed(names: Sequence[str]) -> str:
    """Several identifiers, with commas between."""
    return ", ".join(map(quoted, names))


def table_of(kind: Kind) -> str:
    """The kind's table, quoted."""
    return quoted(kind.table)


def key_table_of(kind: NodeKind) -> str:
    """The table, quoted, that holds the keys of the kind: its own, or that of its base."""
    return table_of(kind.base or kind)


def reverse_index_of(kind: RelationshipKind) -> str:
    """Name of the index that leads from an end to its relationships."""
    return f"{kind.table}_end"


def value_columns(kind: Kind) -> dict[str, str]:
    """Name and SQL type of every column that holds a property, or the time at which one was observed."""
    values = {item.name: _type_of(item.type.dtype) for item in properties_of(kind)}
    return values | {observed_at(item.name): "INTEGER" for item in dated_properties(kind)}


def is_number(kind: Kind, name: str) -> bool:
    """Is this property stored as an integer? KeyError if the kind has no such property."""
    return value_columns(kind)[name] == "INTEGER"


def _type_of(dtype: pl.DataType) -> str:
    return "INTEGER" if dtype.is_integer() else "TEXT"
