"""One node and what it touches."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from neo4j import ManagedTransaction
from neo4j.graph import Node as StoredNode
from neo4j.graph import Relationship as StoredRelationship

from graph.ontology import NODE_KINDS, RELATIONSHIP_KINDS, NodeKind, RelationshipKind
from graph.store.collapse import Kind, properties_of
from graph.store.contract import Neighbourhood, Node, Relationship, Wanted
from graph.store.neo4j.cypher import node_pattern, quoted


def find_node(tx: ManagedTransaction, kind: NodeKind, key: str) -> Node | None:
    """The node of that key; an account that is an applicant is found as an applicant."""
    record = tx.run(f"MATCH {node_pattern('n', kind, '$key')} RETURN n", key=key).single()
    return _node(kind, record["n"]) if record else None


def find_neighbourhood(
    tx: ManagedTransaction, kind: NodeKind, key: str, per_type: int, wanted: Wanted
) -> Neighbourhood | None:
    """The node with the first of its relationships of each type."""
    centre = find_node(tx, kind, key)
    if centre is None:
        return None
    around = _Around(tx, kind, key, _labels(centre), per_type, wanted)
    for relationship in filter(wanted.has, RELATIONSHIP_KINDS):
        around.gather(relationship)
    others = tuple(node for node in around.nodes.values() if node != centre)
    return Neighbourhood(centre, others, tuple(around.relationships), around.left_out)


def find_users(tx: ManagedTransaction, kind: NodeKind, key: str, limit: int) -> list[str]:
    """Applicants with a relationship to the node, the most recent first."""
    kinds = [item for item in RELATIONSHIP_KINDS if item.end is kind and item.start.base is not None]
    if not kinds:
        return []
    user = kinds[0].start
    types = "|".join(quoted(item.type) for item in kinds)
    times = [f"r.{quoted(name)}" for name in sorted({item.time for item in kinds if item.time})]
    text = (
        f"MATCH {node_pattern('n', kind, '$key')}<-[r:{types}]-(user:{quoted(user.label)})\n"
        f"WITH user.{quoted(user.key.name)} AS id, max(coalesce({', '.join([*times, '-1'])})) AS at\n"
        "RETURN id ORDER BY at DESC, id LIMIT $limit"
    )
    return tx.run(text, key=key, limit=limit).value("id")


@dataclass(slots=True)
class _Around:
    """What has been gathered so far around the node of that kind and key, which carries these labels."""

    tx: ManagedTransaction
    kind: NodeKind
    key: str
    labels: frozenset[str]
    per_type: int
    wanted: Wanted
    nodes: dict[str, Node] = field(default_factory=dict)
    relationships: list[Relationship] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)

    def gather(self, kind: RelationshipKind) -> None:
        """Add the first relationships of one kind, and count the others."""
        if not self.labels & {kind.start.label, kind.end.label}:
            return
        touching = f"MATCH {node_pattern('n', self.kind, '$key')}{_arrow(kind, self.labels)}{self._known(kind)}"
        values = {"key": self.key, "limit": self.per_type, "until": self.wanted.known_until}
        shown = list(self.tx.run(f"{touching}\n{_in_order(kind, earliest=self.wanted.earliest)}", values))
        self.relationships += [self._relationship(kind, row["a"], row["b"], row["r"]) for row in shown]
        if len(shown) == self.per_type:
            count = self.tx.run(f"{touching} RETURN count(r) AS number", values).single(strict=True)["number"]
            if count > self.per_type:
                self.left_out[kind.type] = count - self.per_type

    def _known(self, kind: RelationshipKind) -> str:
        if self.wanted.known_until is None or not kind.known_from:
            return ""
        return f" WHERE coalesce(r.{quoted(kind.known_from)}, 0) <= $until"

    def _relationship(
        self, kind: RelationshipKind, start: StoredNode, end: StoredNode, stored: StoredRelationship
    ) -> Relationship:
        first = self.nodes.setdefault(start.element_id, _node(kind.start, start))
        last = self.nodes.setdefault(end.element_id, _node(kind.end, end))
        names = ([kind.key.name] if kind.key else []) + _names(kind)
        return Relationship(kind.type, (first.kind, first.key), (last.kind, last.key), _present(stored, names))


def _labels(node: Node) -> frozenset[str]:
    """The labels that a node of this kind carries."""
    kind = next(item for item in NODE_KINDS if item.label == node.kind)
    return frozenset({kind.label} | ({kind.base.label} if kind.base else set()))


def _in_order(kind: RelationshipKind, *, earliest: bool) -> str:
    """The first in the order of time, then of the ends, so that the same are always shown."""
    ends = "WITH r, startNode(r) AS a, endNode(r) AS b"
    time = [f"coalesce(r.{quoted(kind.time)}, 0) {'ASC' if earliest else 'DESC'}"] if kind.time else []
    order = ", ".join([*time, f"a.{quoted(kind.start.key.name)}", f"b.{quoted(kind.end.key.name)}"])
    return f"{ends}\nRETURN a, b, r ORDER BY {order} LIMIT $limit"


def _arrow(kind: RelationshipKind, labels: frozenset[str]) -> str:
    """The relationship's side of a pattern that starts at a node with these labels."""
    goes, comes = kind.start.label in labels, kind.end.label in labels
    return f"{'' if goes else '<'}-[r:{quoted(kind.type)}]-{'' if comes else '>'}()"


def _node(kind: NodeKind, stored: StoredNode) -> Node:
    """The node, as of the kind that says most about it."""
    special = [item for item in NODE_KINDS if item.base is kind and item.label in stored.labels]
    shown = special[0] if special else kind
    return Node(shown.label, stored[shown.key.name], _present(stored, _names(shown)))


def _names(kind: Kind) -> list[str]:
    return [item.name for item in properties_of(kind)]


def _present(stored: StoredNode | StoredRelationship, names: Iterable[str]) -> dict[str, str | int]:
    return {name: stored[name] for name in names if name in stored}
