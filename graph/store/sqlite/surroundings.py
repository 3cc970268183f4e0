"""What is around an applicant and the identifiers that he brings."""

import sqlite3
from collections.abc import Sequence

from graph.ontology import RELATIONSHIP_KINDS, NodeKind, RelationshipKind
from graph.ontology.nodes import APPLICANT
from graph.store.collapse import properties_of
from graph.store.contract import Seen, Surroundings
from graph.store.sqlite.names import key_table_of, quoted, table_of

_OF_APPLICANTS = tuple(kind for kind in RELATIONSHIP_KINDS if kind.start is APPLICANT)


def find_surroundings(
    connection: sqlite3.Connection, applicant_id: str, asked: Sequence[tuple[RelationshipKind, str]], most: int
) -> Surroundings:
    """The applicant with what he was seen with, and the users of each identifier."""
    applicant, properties = _node(connection, APPLICANT, applicant_id)
    uses = {kind.type: _seen(connection, _USES[kind.type], applicant, most) for kind in _OF_APPLICANTS if applicant}
    nodes = [_node(connection, kind.end, key) for kind, key in asked]
    users = tuple(
        _few(_seen(connection, _USERS[kind.type], node, most + 1), most)
        for (kind, _), (node, _) in zip(asked, nodes, strict=True)
    )
    return Surroundings(properties, uses, users, tuple(described or {} for _, described in nodes))


def _few(seen: tuple[Seen, ...], most: int) -> tuple[Seen, ...] | None:
    return None if len(seen) > most else seen


def _node(connection: sqlite3.Connection, kind: NodeKind, key: str) -> tuple[int | None, dict[str, str | int] | None]:
    """Id and properties of a node; both None if it is unknown."""
    names, query = _DESCRIPTIONS[kind.label]
    row = connection.execute(query, (key,)).fetchone()
    if row is None:
        return None, None
    return row[0], {name: value for name, value in zip(names, row[1:], strict=True) if value is not None}


def _seen(connection: sqlite3.Connection, query: str, node: int | None, limit: int) -> tuple[Seen, ...]:
    if node is None:
        return ()
    return tuple(Seen(*row) for row in connection.execute(query, (node, limit)))


def _description(kind: NodeKind) -> tuple[list[str], str]:
    names = [item.name for item in properties_of(kind)]
    columns = ", ".join(["k.id", *(f"n.{quoted(name)}" for name in names)])
    own = "" if kind.base is None else f" JOIN {table_of(kind)} n ON n.id = k.id"
    alias = "n" if kind.base is None else "k"
    columns = columns.replace("k.id", f"{alias}.id", 1)
    return names, f"SELECT {columns} FROM {key_table_of(kind)} {alias}{own} WHERE {alias}.key = ?"


def _ends(kind: RelationshipKind, *, known: str, wanted: str, wanted_kind: NodeKind) -> str:
    """The keys at the other end of a node's relationships with their times, the latest first."""
    first, last = (f"r.{quoted(name)}" if name else "NULL" for name in (kind.known_from, kind.time))
    return (
        f"SELECT k.key, {first}, {last} FROM (SELECT * FROM {table_of(kind)} WHERE {quoted(known)} = ?"
        f" ORDER BY {quoted(kind.time) if kind.time else 'NULL'} DESC LIMIT ?) r"
        f" JOIN {key_table_of(wanted_kind)} k ON k.id = r.{quoted(wanted)}"
    )


_USERS = {kind.type: _ends(kind, known="end", wanted="start", wanted_kind=kind.start) for kind in _OF_APPLICANTS}
_USES = {kind.type: _ends(kind, known="start", wanted="end", wanted_kind=kind.end) for kind in _OF_APPLICANTS}
_DESCRIPTIONS = {kind.label: _description(kind) for kind in (APPLICANT, *(kind.end for kind in _OF_APPLICANTS))}
"""By name, as a kind takes long to hash."""
