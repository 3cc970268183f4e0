"""What the canvas draws: nodes with places, edges and legend.

Everything that leaves here for the browser is masked already, and is text: the canvas never reads it as markup.
"""

from collections import Counter, defaultdict
from typing import Any

from app.explorer.canvas.aggregate import aggregated
from app.explorer.canvas.layout import positions
from app.explorer.palette import GROUP, look
from app.explorer.wording import day, masked, money, name_of, property_words
from app.plain_text import shortened
from app.ring_graph import Graph
from graph.ontology.nodes import APPLICANT
from graph.ontology.relationships import TRANSFERRED
from graph.results import Ring

LARGE = 300
"""With more nodes than this any picture is a hairball: members are shown in groups."""

_LABEL = 22

Picture = dict[str, Any]


def picture(ring: Ring, graph: Graph) -> Picture:
    """Everything the canvas draws of this ring, as JSON values."""
    shown = aggregated(graph) if len(graph) > LARGE else graph
    names = {name: f"n{number}" for number, name in enumerate(sorted(shown))}
    places = positions(shown)
    return {
        "version": f"{ring.run_id}/{ring.ring_id}",
        "aggregated": shown is not graph,
        "left_out": shown.graph.get("left_out", 0),
        "nodes": [_node(shown, name, names[name], places[name]) for name in sorted(shown)],
        "edges": _edges(shown, names),
        "legend": _legend(shown),
    }


def _node(graph: Graph, name: str, short: str, place: tuple[float, float]) -> dict[str, Any]:
    values = graph.nodes[name]
    text = masked(values["kind"], values["key"])
    return {
        "id": short,
        "kind": values["kind"],
        "label": shortened(text, _LABEL),
        "title": text,
        "x": place[0],
        "y": place[1],
        "size": _size(graph, name),
        "codes": values["codes"].split(),
        "facts": _facts(graph, name),
    }


def _size(graph: Graph, name: str) -> int:
    """Diameter in pixels: identifiers grow with how many share them, groups with their members."""
    values = graph.nodes[name]
    if values["kind"] == APPLICANT.label:
        return 26
    count = values.get("members", 0) if values["kind"] == GROUP else graph.in_degree(name)
    return min(24 + 3 * int(count**0.5), 54)


def _facts(graph: Graph, name: str) -> list[tuple[str, str]]:
    """Name and value of everything the side panel says of a node."""
    values = graph.nodes[name]
    facts = [("Kind", name_of(values["kind"]))]
    if "score" in values:
        facts.append(("Score", f"{values['score']:.2f}"))
    if values.get("role"):
        facts.append(("Role", values["role"]))
    if values["kind"] == GROUP:
        return [*facts, ("Applicants", str(values["members"]))]
    if values["kind"] != APPLICANT.label:
        facts.append(("Shared by", f"{len(set(graph.predecessors(name)))} shown here"))
    for property_name, value in sorted(values.items()):
        text = property_words(values["kind"], property_name, value)
        if text:
            facts.append((name_of(property_name), text))
    return facts


def _edges(graph: Graph, names: dict[str, str]) -> list[dict[str, Any]]:
    """One edge for each pair and relationship type: parallel transfers are added up."""
    together: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for start, end, values in graph.edges(data=True):
        together[start, end, values["kind"]].append(values)
    return [
        {
            "id": f"e{number}",
            "source": names[start],
            "target": names[end],
            "kind": kind,
            "label": _edge_label(kind, found),
            "width": min(2.0 + 0.8 * (len(found) ** 0.5 - 1), 5.0),
            "codes": sorted({code for values in found for code in values["codes"].split()}),
        }
        for number, ((start, end, kind), found) in enumerate(sorted(together.items(), key=lambda item: item[0]))
    ]


def _edge_label(kind: str, found: list[dict[str, Any]]) -> str:
    if kind == TRANSFERRED.type:
        total = money(sum(int(values.get("amount", 0)) for values in found))
        return total if len(found) == 1 else f"{len(found)} × {total} in all"
    if "count" in found[0]:
        return f"× {found[0]['count']}"
    first, last = day(found[0].get("first_seen")), day(found[0].get("last_seen"))
    return f"{first} to {last}" if last and last != first else first


def _legend(graph: Graph) -> list[dict[str, Any]]:
    nodes = Counter(values["kind"] for _, values in graph.nodes(data=True))
    edges = Counter(kind for _, _, kind in {(*ends, values["kind"]) for *ends, values in graph.edges(data=True)})
    return [
        {"kind": kind, "name": name_of(kind), "count": count, "of": of, **look(kind)}
        for of, counts in (("nodes", nodes), ("edges", edges))
        for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    ]
