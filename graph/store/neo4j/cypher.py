"""Cypher text, derived from the ontology by pure functions. Values never get into the text, only in as parameters."""

from collections.abc import Mapping, Sequence

from graph.ontology import Keep, NodeKind, Property, RelationshipKind
from graph.store.collapse import Kind, dated_properties, observed_at, properties_of

# A list for each column is packed, sent and unpacked in half the time of a map for each row.
_EACH_KEY = "UNWIND range(0, size($key) - 1) AS row"
_EACH_START = "UNWIND range(0, size($start) - 1) AS row"
_MATCHED = "RETURN count(x) AS matched"


def quoted(name: str) -> str:
    """A name as Cypher takes it, whatever characters are in it."""
    return "`" + name.replace("`", "``") + "`"


def node_pattern(variable: str, kind: NodeKind, key: str) -> str:
    """A node of the kind whose key is the value of the expression."""
    return f"({variable}:{quoted(kind.label)} {{{quoted(kind.key.name)}: {key}}})"


def merge_nodes(kind: NodeKind, present: Sequence[str]) -> str:
    """Merge rows (lists `$key`, and each property that is present, with its observation times)."""
    found = f"{_EACH_KEY}\nMERGE {node_pattern('x', kind.base or kind, _row('key'))}"
    own = [f"x:{quoted(kind.label)}", f"x.{quoted(kind.key.name)} = {_row('key')}"] if kind.base else []
    return found + _set_after_merge(kind, present, own)


def merge_ends(kind: NodeKind) -> str:
    """Make nodes for those of `$keys` that have none yet."""
    found = f"UNWIND $keys AS key\nMERGE {node_pattern('x', kind.base or kind, 'key')}"
    if kind.base is not None:
        label = quoted(kind.label)
        found += f"\nWITH x, key WHERE NOT x:{label}\nSET x:{label}, x.{quoted(kind.key.name)} = key"
    return found


def merge_relationships(kind: RelationshipKind, present: Sequence[str]) -> str:
    """Merge rows (lists `$start`, `$end` and properties) between nodes that exist, and say how many had both."""
    made = f"MERGE (a)-[x:{quoted(kind.type)}]->(b)"
    return f"{_match_ends(kind)}\n{made}{_set_after_merge(kind, present)}\n{_MATCHED}"


def create_relationships(kind: RelationshipKind, present: Sequence[str]) -> str:
    """Make relationships of a kind with a key from rows (lists `$key`, `$start`, `$end` and properties), and say how
    many had both ends.
    """
    values = _map({_key_of(kind).name: _row("key")} | _new(kind, present))
    return f"{_match_ends(kind)}\nCREATE (a)-[x:{quoted(kind.type)} {values}]->(b)\n{_MATCHED}"


def update_relationships(kind: RelationshipKind, present: Sequence[str]) -> str:
    """Merge rows into relationships that exist, found by their key; the ends stay."""
    found = f"{_EACH_KEY}\n{_match_by_key(kind, _row('key'))}"
    return f"{found}\nSET x += {_map(_merged(kind, present))}" if present else found


def known_keys(kind: RelationshipKind) -> str:
    """Those of `$keys` that relationships of the kind have."""
    return f"UNWIND $keys AS key\n{_match_by_key(kind, 'key')}\nRETURN collect(key) AS known"


def merged_columns(kind: Kind, present: Sequence[str]) -> list[str]:
    """The columns that a merge of these properties reads from a row, the identity aside."""
    dated = {item.name for item in dated_properties(kind)}
    return [column for name in present for column in ([name, observed_at(name)] if name in dated else [name])]


def node_pages(kind: NodeKind) -> str:
    """Numbers of the pages (of `$size` node ids) on which there are nodes of the kind."""
    return f"MATCH (n:{quoted(kind.label)})\nRETURN DISTINCT id(n) / $size AS page ORDER BY page"


def node_page(kind: NodeKind, properties: Sequence[str]) -> str:
    """The nodes whose ids are from `$first` to `$last`, as lists."""
    columns = ["id(n) AS node_id", f"n.{quoted(kind.key.name)} AS key", *_values("n", properties)]
    found = f"UNWIND range($first, $last) AS place\nMATCH (n:{quoted(kind.label)}) WHERE id(n) = place"
    return f"{found}\n{_collected(columns)}"


def relationship_pages(kind: RelationshipKind) -> str:
    """Numbers of the pages (of `$size` relationship ids) on which there are relationships of the kind."""
    return f"MATCH ()-[r:{quoted(kind.type)}]->()\nRETURN DISTINCT id(r) / $size AS page ORDER BY page"


def relationship_page(kind: RelationshipKind, properties: Sequence[str], *, dated: bool) -> str:
    """The relationships whose ids are from `$first` to `$last`, as lists; if `dated`, those known at `$until`."""
    key = [f"r.{quoted(_key_of(kind).name)} AS key"] if kind.key else []
    columns = ["id(a) AS start", "id(b) AS end", *key, *_values("r", properties)]
    known = f" AND coalesce(r.{quoted(kind.known_from)}, 0) <= $until" if dated and kind.known_from else ""
    found = f"UNWIND range($first, $last) AS place\nMATCH (a)-[r:{quoted(kind.type)}]->(b) WHERE id(r) = place{known}"
    return f"{found}\n{_collected(columns)}"


def _row(column: str) -> str:
    """The value of a column in the row at hand."""
    return f"${quoted(column)}[row]"


def _key_of(kind: RelationshipKind) -> Property:
    if kind.key is None:
        raise ValueError(f"{kind.type} has no key")
    return kind.key


def _match_by_key(kind: RelationshipKind, key: str) -> str:
    """Find a relationship by its key.

    Without the hint, a plan made while there are few may walk the whole index for each key, and is kept when there are
    many.
    """
    name = quoted(_key_of(kind).name)
    return f"MATCH ()-[x:{quoted(kind.type)} {{{name}: {key}}}]->() USING INDEX SEEK x:{quoted(kind.type)}({name})"


def _match_ends(kind: RelationshipKind) -> str:
    start, end = node_pattern("a", kind.start, _row("start")), node_pattern("b", kind.end, _row("end"))
    return f"{_EACH_START}\nMATCH {start}\nMATCH {end}"


def _values(variable: str, properties: Sequence[str]) -> list[str]:
    """Missing values as `false`, which no property is: `collect` would leave nulls out."""
    return [f"coalesce({variable}.{quoted(name)}, false) AS {quoted(name)}" for name in properties]


def _collected(columns: Sequence[str]) -> str:
    names = [column.rpartition(" AS ")[2] for column in columns]
    return f"WITH {', '.join(columns)}\nRETURN {', '.join(f'collect({name}) AS {name}' for name in names)}"


def _set_after_merge(kind: Kind, present: Sequence[str], own: Sequence[str] = ()) -> str:
    """Set the properties of `x`, and `own` with them: of a new `x` simply to those of the row, else to both merged."""
    if not present:
        return f"\nSET {', '.join(own)}" if own else ""
    created, matched = (
        ", ".join([*own, f"x += {_map(values)}"]) for values in (_new(kind, present), _merged(kind, present))
    )
    return f"\nON CREATE SET {created}\nON MATCH SET {matched}"


def _map(values: Mapping[str, str]) -> str:
    """A map as Cypher takes it, of names and expressions; all of it is computed before any is set."""
    return "{" + ", ".join(f"{quoted(name)}: {value}" for name, value in values.items()) + "}"


def _new(kind: Kind, present: Sequence[str]) -> dict[str, str]:
    return {name: _row(name) for name in merged_columns(kind, present)}


def _merged(kind: Kind, present: Sequence[str]) -> dict[str, str]:
    """What is stored to its value after the merge."""
    dated = {item.name for item in dated_properties(kind)}
    return {
        name: value
        for item in properties_of(kind)
        if item.name in present
        for name, value in _later(item, dated=item.name in dated).items()
    }


def _later(item: Property, *, dated: bool) -> dict[str, str]:
    """One property to its value after the merge. A comparison with null is not true."""
    old, new = _both(item.name)
    if item.keep is Keep.EARLIEST:
        return {item.name: f"CASE WHEN {old} <= {new} THEN {old} ELSE coalesce({new}, {old}) END"}
    if item.keep is Keep.HIGHEST:
        return {item.name: f"CASE WHEN {old} >= {new} THEN {old} ELSE coalesce({new}, {old}) END"}
    if not dated:
        return {item.name: f"coalesce({new}, {old})"}
    old_at, new_at = _both(observed_at(item.name))
    newer = f"{new_at} >= coalesce({old_at}, {new_at})"
    return {
        item.name: f"CASE WHEN {newer} THEN {new} ELSE {old} END",
        observed_at(item.name): f"CASE WHEN {newer} THEN {new_at} ELSE {old_at} END",
    }


def _both(name: str) -> tuple[str, str]:
    return f"x.{quoted(name)}", _row(name)
