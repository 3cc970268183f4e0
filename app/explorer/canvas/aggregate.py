"""A large ring at a glance: its most shared identifiers, and the members grouped by which of these they share."""

from collections import defaultdict

import networkx as nx

from app.explorer.palette import GROUP
from app.ring_graph import Graph
from graph.ontology.nodes import APPLICANT


def aggregated(graph: Graph, *, identifiers: int = 40, groups: int = 120) -> Graph:
    """The ring with its members collapsed into groups; `left_out` of the result says how many nodes are not in it.

    Nodes keep their attributes; a group has `members` (how many) and the edges a `count`.
    """
    shared = sorted(
        (name for name, values in graph.nodes(data=True) if values["kind"] != APPLICANT.label),
        key=lambda name: (-graph.degree(name), name),
    )
    kept = set(shared[:identifiers])
    alike = _alike(graph, kept)
    shown = sorted(alike, key=lambda pattern: (-len(alike[pattern]), pattern))[:groups]
    small: Graph = nx.MultiDiGraph(**graph.graph, left_out=len(shared) - len(kept) + len(alike) - len(shown))
    small.add_nodes_from((name, graph.nodes[name]) for name in sorted(kept))
    for number, pattern in enumerate(shown, start=1):
        _add_group(small, graph, f"{GROUP}:{number}", alike[pattern], pattern)
    return small


def _alike(graph: Graph, kept: set[str]) -> dict[tuple[str, ...], list[str]]:
    alike: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, values in graph.nodes(data=True):
        if values["kind"] == APPLICANT.label:
            pattern = tuple(sorted(kept.intersection(graph.successors(name))))
            if pattern:
                alike[pattern].append(name)
    return alike


def _add_group(small: Graph, graph: Graph, name: str, members: list[str], pattern: tuple[str, ...]) -> None:
    codes = sorted({code for member in members for code in graph.nodes[member]["codes"].split()})
    top = max(graph.nodes[member].get("score", 0.0) for member in members)
    text = f"{len(members)} applicants" if len(members) > 1 else graph.nodes[members[0]]["key"]
    small.add_node(name, kind=GROUP, key=text, members=len(members), score=top, codes=" ".join(codes))
    for end in pattern:
        kind = next(iter(graph[members[0]][end].values()))["kind"]
        small.add_edge(name, end, kind, kind=kind, count=len(members), codes=small.nodes[end]["codes"])
