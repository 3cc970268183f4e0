"""One node and what it touches."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS, NodeKind, RelationshipKind
from graph.store.collapse import Kind, properties_of
from graph.store.contract import Neighbourhood, Node, Relationship, Wanted
from graph.store.sqlite.names import key_table_of, listed, quoted, table_of


@dataclass(frozen=True, slots=True)
class Found:
    """A node, with the kind that says most about it, and its id."""

    kind: NodeKind
    id: int
    node: Node


@dataclass(slots=True)
class _Touched:
    """A relationship as stored, and when it was last observed."""

    start: int
    end: int
    at: int
    properties: dict[str, str | int]


@dataclass(slots=True)
class _Around:
    """What has been gathered around a node so far, of what is wanted."""

    per_type: int
    wanted: Wanted
    nodes: dict[tuple[str, int], Found] = field(default_factory=dict)
    relationships: list[Relationship] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


def find_node(connection: sqlite3.Connection, kind: NodeKind, key: str) -> Found | None:
    """The node of that key; an account that is an applicant is found as an applicant."""
    row = connection.execute(f"SELECT id FROM {key_table_of(kind)} WHERE key = ?", (key,)).fetchone()
    return _node_by_id(connection, kind, row[0]) if row else None


def find_neighbourhood(
    connection: sqlite3.Connection, kind: NodeKind, key: str, per_type: int, wanted: Wanted
) -> Neighbourhood | None:
    """The node with the first of its relationships of each type."""
    centre = find_node(connection, kind, key)
    if centre is None:
        return None
    around = _Around(per_type, wanted)
    for relationship in filter(wanted.has, RELATIONSHIP_KINDS):
        _gather(connection, centre, relationship, around)
    others = tuple(found.node for found in around.nodes.values() if found != centre)
    return Neighbourhood(centre.node, others, tuple(around.relationships), around.left_out)


def find_users(connection: sqlite3.Connection, kind: NodeKind, key: str, limit: int) -> list[str]:
    """Applicants with a relationship to the node, the most recent first."""
    row = connection.execute(f"SELECT id FROM {key_table_of(kind)} WHERE key = ?", (key,)).fetchone()
    kinds = [item for item in RELATIONSHIP_KINDS if item.end is kind and item.start.base is not None]
    if row is None or not kinds:
        return []
    parts = " UNION ALL ".join(f"SELECT * FROM ({_recent_users(item)})" for item in kinds)
    query = (
        f"SELECT k.key FROM (SELECT start, max(at) AS at FROM ({parts}) GROUP BY start) u"
        f" JOIN {key_table_of(kinds[0].start)} k ON k.id = u.start ORDER BY u.at DESC, k.key LIMIT :limit"
    )
    return [user for (user,) in connection.execute(query, {"id": row[0], "limit": limit})]


def _recent_users(kind: RelationshipKind) -> str:
    time = quoted(kind.time) if kind.time else "NULL"
    return f'SELECT start, {time} AS at FROM {table_of(kind)} WHERE "end" = :id ORDER BY at DESC LIMIT :limit'


def _gather(connection: sqlite3.Connection, centre: Found, kind: RelationshipKind, around: _Around) -> None:
    sides = [side for side, end in (("start", kind.start), ("end", kind.end)) if end in (centre.kind, centre.kind.base)]
    touched = [item for side in sides for item in _first(connection, kind, side, centre.id, around)]
    once = {(item.start, item.end, *item.properties.items()): item for item in touched}
    shown = sorted(once.values(), key=lambda item: item.at, reverse=not around.wanted.earliest)[: around.per_type]
    for item in shown:
        around.relationships.append(_relationship(connection, kind, item, around))
    full = sides and len(touched) >= around.per_type
    left_out = _touching(connection, kind, sides, centre.id, around.wanted.known_until) - len(shown) if full else 0
    if left_out:
        around.left_out[kind.type] = left_out


def _relationship(
    connection: sqlite3.Connection, kind: RelationshipKind, item: _Touched, around: _Around
) -> Relationship:
    start = _end(connection, kind.start, item.start, around)
    end = _end(connection, kind.end, item.end, around)
    return Relationship(kind.type, (start.kind, start.key), (end.kind, end.key), item.properties)


def _end(connection: sqlite3.Connection, kind: NodeKind, node_id: int, around: _Around) -> Node:
    place = (key_table_of(kind), node_id)
    if place not in around.nodes:
        found = _node_by_id(connection, kind, node_id)
        if found is None:
            raise LookupError(f"{kind.label} {node_id} is an end of a relationship and not in its table")
        around.nodes[place] = found
    return around.nodes[place].node


def _first(
    connection: sqlite3.Connection, kind: RelationshipKind, side: str, node_id: int, around: _Around
) -> Iterator[_Touched]:
    time = quoted(kind.time) if kind.time else "NULL"
    names = _property_names(kind)
    stored = [quoted(item.name) for item in properties_of(kind)]
    if kind.key is not None:
        names, stored = [kind.key.name, *names], ["key", *stored]
    columns = ", ".join(["start", '"end"', f"ifnull({time}, 0)", *stored])
    query = f"SELECT {columns} FROM {table_of(kind)} WHERE {quoted(side)} = :id"
    if kind.known_from:
        query += f" AND (:until IS NULL OR ifnull({quoted(kind.known_from)}, 0) <= :until)"
    query += f" ORDER BY {time} {'ASC' if around.wanted.earliest else 'DESC'} LIMIT :limit"
    values_of = {"id": node_id, "until": around.wanted.known_until, "limit": around.per_type}
    for start, end, at, *values in connection.execute(query, values_of):
        yield _Touched(start, end, at, _present(names, values))


def _touching(
    connection: sqlite3.Connection, kind: RelationshipKind, sides: list[str], node_id: int, until: int | None
) -> int:
    """How many there are, less those that were not known yet: few, and the index over time leads to them alone."""
    touching = f"SELECT count(*) FROM {table_of(kind)} WHERE ({' OR '.join(f'{quoted(side)} = :id' for side in sides)})"
    query = f"SELECT ({touching})"
    if until is not None and kind.known_from and kind.time:
        for after in ("> :until", "IS NULL"):  # apart, as the index serves each range but not both at once
            query += f" - ({touching} AND {quoted(kind.time)} {after} AND {quoted(kind.known_from)} > :until)"
    number: int = connection.execute(query, {"id": node_id, "until": until}).fetchone()[0]
    return number


def _node_by_id(connection: sqlite3.Connection, kind: NodeKind, node_id: int) -> Found | None:
    key = connection.execute(f"SELECT key FROM {key_table_of(kind)} WHERE id = ?", (node_id,)).fetchone()[0]
    for candidate in (*(item for item in NODE_KINDS if item.base is kind), kind):
        properties = _properties(connection, candidate, node_id)
        if properties is not None:
            return Found(candidate, node_id, Node(candidate.label, key, properties))
    return None


def _properties(connection: sqlite3.Connection, kind: NodeKind, node_id: int) -> dict[str, str | int] | None:
    names = _property_names(kind)
    columns = listed(("id", *names))
    row = connection.execute(f"SELECT {columns} FROM {table_of(kind)} WHERE id = ?", (node_id,)).fetchone()
    return _present(names, row[1:]) if row else None


def _property_names(kind: Kind) -> list[str]:
    return [item.name for item in properties_of(kind)]


def _present(names: list[str], values: list[str | int | None]) -> dict[str, str | int]:
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}
