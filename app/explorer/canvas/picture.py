"""What the canvas draws of a ring: nodes with places, edges, and how every kind looks.

Everything that leaves here for the browser is masked already, and is text: the canvas never reads it as markup.
"""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.explorer.canvas import elements
from app.explorer.canvas.aggregate import aggregated
from app.explorer.canvas.layout import positions
from app.explorer.palette import looks
from app.ring_graph import Graph, node_id
from graph.ontology.relationships import TRANSFERRED
from graph.results import Ring

LARGE = 300
"""With more nodes than this any picture is a hairball: members are shown in groups, unless the whole is asked for."""
LARGEST = 2_000
"""No more nodes than this are drawn."""

Short = tuple[str, str]
"""Label and key of a node: what a short id stands for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A ring as it is drawn. `version` names it; `sent` goes to the browser; `nodes` stays here: short id to node."""

    version: str
    sent: dict[str, Any]
    nodes: Mapping[str, Short]


def picture(ring: Ring, graph: Graph, *, whole: bool = False) -> Picture:
    """The picture of a ring; of a large one in groups unless the `whole` is asked for and can be drawn."""
    grouped = len(graph) > LARGE and not (whole and len(graph) <= LARGEST)
    shown = aggregated(graph) if grouped else graph
    names = {name: f"n{number}" for number, name in enumerate(sorted(shown))}
    places = positions(shown)
    users = _users(ring)
    nodes = []
    for name, short in names.items():
        values = shown.nodes[name]
        known = max(users.get((values["kind"], values["key"]), 0), shown.in_degree(name))
        drawn = elements.node(short, values["kind"], values["key"], values, users=known)
        nodes.append(drawn | {"x": places[name][0], "y": places[name][1]})
    sent = {
        "version": f"{ring.run_id}/{ring.ring_id}/{'groups' if grouped else 'whole'}",
        "name": ring.ring_id,
        "grouped": grouped,
        "size": len(graph),
        "drawable": len(graph) <= LARGEST,
        "large": len(graph) > LARGE,
        "left_out": shown.graph.get("left_out", 0),
        "nodes": nodes,
        "edges": _edges(shown, names, _weights(ring)),
        "looks": looks(),
    }
    kept = {short: (shown.nodes[name]["kind"], shown.nodes[name]["key"]) for name, short in names.items()}
    return Picture(sent["version"], sent, kept)


def _users(ring: Ring) -> dict[Short, int]:
    """By how many people each identifier is used, members of the ring or not, as far as its evidence says."""
    users: dict[Short, int] = {}
    for item in ring.evidence:
        known = max(int(item.figures.get("users", 0)), len(item.applicants))
        users[item.kind, item.key] = max(users.get((item.kind, item.key), 0), known)
    return users


def _weights(ring: Ring) -> dict[str, float]:
    """By node: the weight of the evidence about it, next to the heaviest."""
    heaviest = max((item.weight for item in ring.evidence), default=0.0) or 1.0
    weights: dict[str, float] = defaultdict(float)
    for item in ring.evidence:
        name = node_id(item.kind, item.key)
        weights[name] = max(weights[name], item.weight / heaviest)
    return weights


def _edges(graph: Graph, names: dict[str, str], weights: dict[str, float]) -> list[dict[str, Any]]:
    """One edge for each pair and type: as wide as its evidence is telling, a transfer as much money as it moved."""
    together: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for start, end, values in graph.edges(data=True):
        together[start, end, values["kind"]].append(values)
    most = max(
        (elements.amount(found) for (*_, kind), found in together.items() if kind == TRANSFERRED.type), default=0
    )
    drawn = []
    for (start, end, kind), found in sorted(together.items(), key=lambda item: item[0]):
        money = kind == TRANSFERRED.type
        share = math.sqrt(elements.amount(found) / most) if money and most else weights.get(end, 0.0)
        drawn.append(elements.edge(names[start], names[end], kind, found, share))
    return drawn
