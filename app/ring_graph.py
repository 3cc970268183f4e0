"""A ring as a graph: its members, what they share, and the money between them. For pictures, exports and notebooks.

Nodes are named by `node_id`. Node attributes: `kind` (node label), `key`, `codes` (of the reasons that it is evidence
for, joined by blanks), then the node's stored properties; members also have `score` and `role`. The key of an edge is
its relationship type, followed by the relationship's own key where it has one. Edge attributes: `kind`, `codes`, then
the stored properties.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import networkx as nx

from graph.ontology import NODE_KINDS, RELATIONSHIP_BY_TYPE, RELATIONSHIP_KINDS
from graph.ontology.nodes import ACCOUNT, APPLICANT
from graph.ontology.relationships import TRANSFERRED
from graph.results import Evidence, Ring
from graph.store.contract import Neighbourhood, Relationship, Store

Graph: TypeAlias = "nx.MultiDiGraph[str]"

PER_TYPE = 200
"""How many relationships of each type are read for a member."""

_IDENTIFIERS = frozenset(kind.label for kind in NODE_KINDS if kind.identifier)
_SHARED = _IDENTIFIERS | {ACCOUNT.label}
"""Labels of what members can have in common: identifiers, and accounts that they sent money to."""
_DEFAULT_TYPE = {kind.end.label: kind.type for kind in reversed(RELATIONSHIP_KINDS) if kind.links_people}
"""The relationship by which an applicant has an identifier of this label, where the evidence is all that is known."""


def node_id(label: str, key: str) -> str:
    """The name of a node in the graph. An applicant has one name, whether met as a person or as an account."""
    return f"{APPLICANT.label if label == ACCOUNT.label else label}:{key}"


def read_ring(store: Store, ring: Ring, *, as_of: int) -> Graph:
    """The ring's graph, with the properties and relationships that were known at `as_of` (unix seconds)."""
    hoods = (store.graph.neighbourhood(APPLICANT, m.applicant_id, per_type=PER_TYPE) for m in ring.members)
    return build_ring(ring, (hood for hood in hoods if hood is not None), as_of=as_of)


def build_ring(ring: Ring, around: Iterable[Neighbourhood] = (), *, as_of: int) -> Graph:
    """The ring's graph from its evidence, completed by what is stored around its members."""
    graph: Graph = nx.MultiDiGraph(ring_id=ring.ring_id, run_id=ring.run_id)
    for member in ring.members:
        name = node_id(APPLICANT.label, member.applicant_id)
        graph.add_node(
            name, kind=APPLICANT.label, key=member.applicant_id, score=member.score, role=member.role, codes=""
        )
    shared = [item for item in ring.evidence if item.kind in _SHARED]
    for label, key in sorted({(item.kind, item.key) for item in shared}):
        if node_id(label, key) not in graph:
            graph.add_node(node_id(label, key), kind=label, key=key)
    for hood in around:
        _add_stored(graph, hood, as_of)
    for item in shared:
        if item.kind in _IDENTIFIERS:
            _add_evident(graph, item)
    _add_codes(graph, ring.evidence)
    return graph


def transfers(graph: Graph) -> list[tuple[str, str, dict[str, str | int]]]:
    """The transfers in the graph as (node it came from, node it went to, attributes), earliest first."""
    moved = [move for move in graph.edges(data=True) if move[2]["kind"] == TRANSFERRED.type]
    return sorted(moved, key=lambda move: (move[2].get("ts", 0), move[0], move[1]))


def transfers_by_key(graph: Graph) -> dict[tuple[str, str], tuple[str, str, dict[str, str | int]]]:
    """The same by relationship type and transfer id, as evidence names them."""
    edges = graph.edges(keys=True, data=True)
    return {
        (values["kind"], key.removeprefix(f"{TRANSFERRED.type} ")): (start, end, values)
        for start, end, key, values in edges
        if values["kind"] == TRANSFERRED.type
    }


def _add_stored(graph: Graph, hood: Neighbourhood, as_of: int) -> None:
    for node in (hood.centre, *hood.nodes):
        name = node_id(node.kind, node.key)
        if name in graph and node.kind == graph.nodes[name]["kind"]:
            graph.add_node(
                name, **{name_: value for name_, value in node.properties.items() if name_ not in {"kind", "key"}}
            )
    for relationship in hood.relationships:
        ends = node_id(*relationship.start), node_id(*relationship.end)
        if ends[0] in graph and ends[1] in graph and _known(relationship, as_of):
            key = graph.add_edge(*ends, _edge_key(relationship), kind=relationship.kind)
            graph.edges[(*ends, key)].update(relationship.properties)


def _known(relationship: Relationship, as_of: int) -> bool:
    known_from = RELATIONSHIP_BY_TYPE[relationship.kind].known_from
    since = relationship.properties.get(known_from) if known_from else None
    return since is None or int(since) <= as_of


def _edge_key(relationship: Relationship) -> str:
    own = RELATIONSHIP_BY_TYPE[relationship.kind].key
    return f"{relationship.kind} {relationship.properties[own.name]}" if own else relationship.kind


def _add_evident(graph: Graph, item: Evidence) -> None:
    """Join the evidence's applicants to its identifier where nothing stored does."""
    identifier = node_id(item.kind, item.key)
    seen = {"first_seen": item.first_seen, "last_seen": item.last_seen}
    for applicant_id in item.applicants:
        applicant = node_id(APPLICANT.label, applicant_id)
        if applicant in graph and not graph.has_edge(applicant, identifier):
            kind = _DEFAULT_TYPE[item.kind]
            graph.add_edge(
                applicant, identifier, kind, kind=kind, **{name: at for name, at in seen.items() if at is not None}
            )


def _add_codes(graph: Graph, evidence: Iterable[Evidence]) -> None:
    codes: dict[str, set[str]] = defaultdict(set)
    for item in evidence:
        for name in _touched(item):
            codes[name].add(item.code)
    for name, values in graph.nodes(data=True):
        values["codes"] = " ".join(sorted(codes[name]))
    for start, end, key, values in graph.edges(keys=True, data=True):
        values["codes"] = " ".join(sorted(codes[key] if key in codes else codes[start] & codes[end]))


def _touched(item: Evidence) -> Iterator[str]:
    """Names of the nodes (and the edge key of the transfer) that this evidence speaks of."""
    yield node_id(item.kind, item.key) if item.kind in _SHARED else f"{item.kind} {item.key}"
    yield from (node_id(APPLICANT.label, applicant_id) for applicant_id in item.applicants)
