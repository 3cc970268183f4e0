"""SQL that merges one collapsed row, derived from the ontology by pure functions."""

from collections.abc import Sequence

from graph.ontology import Keep, NodeKind, Property
from graph.store.collapse import Kind, dated_properties, identity_of, observed_at, properties_of
from graph.store.sqlite.names import listed, quoted, table_of, value_columns


def identity_columns(kind: Kind) -> tuple[str, ...]:
    """The columns by which a row of the kind's table is found."""
    if isinstance(kind, NodeKind) and kind.base is not None:
        return ("id",)
    return identity_of(kind)


def row_columns(kind: Kind) -> tuple[str, ...]:
    """The columns of a row to be merged, in the order of the statements' parameters."""
    ends = () if isinstance(kind, NodeKind) else ("start", "end")
    return tuple(dict.fromkeys((*identity_columns(kind), *ends, *value_columns(kind))))


def insert_new(kind: Kind, columns: Sequence[str]) -> str:
    """Insert a row of these columns unless there is one of that identity."""
    return f"{_insert(kind, columns)} ON CONFLICT DO NOTHING"


def merge_known(kind: Kind, columns: Sequence[str]) -> str | None:
    """Merge a row of these columns with the one of that identity, written only if something changes.

    None if nothing can change. A dated property comes with the column that says when it was observed.
    """
    properties = (item for item in properties_of(kind) if item.name in columns)
    merged = {name: sql for item in properties for name, sql in _merged(kind, item).items()}
    if not merged:
        return None
    assignments = ", ".join(f"{quoted(name)} = {sql}" for name, sql in merged.items())
    changed = " OR ".join(f"{_old(kind, name)} IS NOT {sql}" for name, sql in merged.items())
    conflict = f"ON CONFLICT ({listed(identity_columns(kind))}) DO UPDATE SET {assignments} WHERE {changed}"
    return f"{_insert(kind, columns)} {conflict}"


def _insert(kind: Kind, columns: Sequence[str]) -> str:
    return f"INSERT INTO {table_of(kind)} ({listed(columns)}) VALUES ({', '.join('?' * len(columns))})"


def _merged(kind: Kind, item: Property) -> dict[str, str]:
    """Column to its value after the merge."""
    old, new = _old(kind, item.name), _new(item.name)
    if item.keep is Keep.EARLIEST:
        return {item.name: f"coalesce(min({old}, {new}), {old}, {new})"}
    if item.keep is Keep.HIGHEST:
        return {item.name: f"coalesce(max({old}, {new}), {old}, {new})"}
    if item not in dated_properties(kind):
        return {item.name: f"coalesce({new}, {old})"}
    at = observed_at(item.name)
    old_at, new_at = _old(kind, at), _new(at)
    newer = f"{old_at} IS NULL OR {new_at} >= {old_at}"
    return {
        item.name: f"CASE WHEN {newer} THEN {new} ELSE {old} END",
        at: f"CASE WHEN {newer} THEN {new_at} ELSE {old_at} END",
    }


def _old(kind: Kind, name: str) -> str:
    return f"{table_of(kind)}.{quoted(name)}"


def _new(name: str) -> str:
    return f"excluded.{quoted(name)}"
