"""What is around an applicant and the identifiers that he brings, in one question."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from neo4j import ManagedTransaction

from graph.ontology import RELATIONSHIP_KINDS, RelationshipKind
from graph.ontology.nodes import APPLICANT
from graph.store.contract import Seen, Surroundings
from graph.store.neo4j.cypher import node_pattern, quoted

_OF_APPLICANTS = tuple(kind for kind in RELATIONSHIP_KINDS if kind.start is APPLICANT)


def find_surroundings(
    tx: ManagedTransaction, applicant_id: str, asked: Sequence[tuple[RelationshipKind, str]], most: int
) -> Surroundings:
    """The applicant with what he was seen with, and the users of each identifier."""
    given: dict[str, Any] = {"applicant": applicant_id, "most": most}
    for kind in _OF_APPLICANTS:
        own = [(place, key) for place, (of, key) in enumerate(asked) if of is kind]
        given[kind.type] = [{"place": place, "key": key} for place, key in own]
    properties: dict[str, str | int] | None = None
    uses: dict[str, tuple[Seen, ...]] = {}
    users: list[tuple[Seen, ...] | None] = [()] * len(asked)
    described: list[dict[str, str | int]] = [{}] * len(asked)
    for what, place, node, seen in tx.run(_question(), given).values("what", "place", "node", "seen"):
        rows = None if seen is None else tuple(Seen(*row) for row in seen)
        if what == "applicant":
            properties = _present(node, APPLICANT.properties)
            uses = {kind.type: () for kind in _OF_APPLICANTS}
        elif what == "users":
            users[place], described[place] = rows, _present(node, asked[place][0].end.properties)
        elif rows is not None:
            uses[what] = rows
    return Surroundings(properties, uses, tuple(users), tuple(described))


@cache
def _question() -> str:
    """One text whatever is asked, so that the server plans it once."""
    applicant = node_pattern("a", APPLICANT, "$applicant")
    parts = [f"MATCH {applicant} RETURN 'applicant' AS what, -1 AS place, properties(a) AS node, NULL AS seen"]
    parts += [_uses(kind, applicant) for kind in _OF_APPLICANTS] + [_users(kind) for kind in _OF_APPLICANTS]
    return "\nUNION ALL\n".join(parts)


def _uses(kind: RelationshipKind, applicant: str) -> str:
    other = f"b.{quoted(kind.end.key.name)}"
    return (
        f"MATCH {applicant}-[r:{quoted(kind.type)}]->(b)\n"
        f"WITH r, b ORDER BY {_time(kind)} DESC LIMIT $most\n"
        f"RETURN '{kind.type}' AS what, -1 AS place, NULL AS node, collect({_row(other, kind)}) AS seen"
    )


def _users(kind: RelationshipKind) -> str:
    """The number of users is written at the node, so that a hub is known without looking at them."""
    arrow = f"<-[r:{quoted(kind.type)}]-(b:{quoted(kind.start.label)})"
    other = f"b.{quoted(kind.start.key.name)}"
    return (
        f"UNWIND ${kind.type} AS asked\n"
        f"MATCH {node_pattern('n', kind.end, 'asked.key')}\n"
        f"WITH asked, n, COUNT {{ (n)<-[:{quoted(kind.type)}]-() }} AS many\n"
        f"CALL {{ WITH n, many WITH n WHERE many <= $most MATCH (n){arrow}\n"
        f"WITH r, b ORDER BY {_time(kind)} DESC RETURN collect({_row(other, kind)}) AS few }}\n"
        "RETURN 'users' AS what, asked.place AS place, properties(n) AS node,"
        " CASE WHEN many <= $most THEN few END AS seen"
    )


def _time(kind: RelationshipKind) -> str:
    return f"coalesce(r.{quoted(kind.time)}, 0)" if kind.time else "0"


def _row(key: str, kind: RelationshipKind) -> str:
    first, last = (f"r.{quoted(name)}" if name else "NULL" for name in (kind.known_from, kind.time))
    return f"[{key}, {first}, {last}]"


def _present(node: dict[str, Any], properties: Sequence[Any]) -> dict[str, str | int]:
    return {item.name: node[item.name] for item in properties if item.name in node}
