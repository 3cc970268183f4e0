"""Where the nodes of a picture stand: computed here once, so that nothing jumps in the browser."""

import math
from typing import TypeAlias

import networkx as nx
import numpy as np
import numpy.typing as npt

from app.explorer.canvas.forces import apart, spread
from app.ring_graph import Graph

Plain: TypeAlias = "nx.Graph[str]"
Place = tuple[float, float]

_EXACT = 60
"""Up to this many nodes the slower layout, which draws small rings best, takes less than half a second."""
_SPACING = 110.0
"""Pixels between neighbouring nodes: room for their labels."""
_ASPECT = 1.6
_LEAST = 64.0
"""Closer than this nodes cover each other's labels."""
_PUSHES = 30
_STRETCH = 2.0
"""A picture is drawn out to fill its box, but not more than this: a chain stays a chain."""
_TINY = 1e-6


def positions(graph: Graph) -> dict[str, Place]:
    """A place for every node, the same for the same graph whatever the order of its nodes; the box grows with them."""
    width = _SPACING * math.sqrt(len(graph) * _ASPECT)
    height = width / _ASPECT
    ordered: Plain = nx.Graph()
    ordered.add_nodes_from(sorted(graph))
    ordered.add_edges_from(sorted({(min(ends), max(ends)) for ends in graph.edges() if ends[0] != ends[1]}))
    if len(ordered) < 2:
        return dict.fromkeys(ordered, (width / 2, height / 2))
    parts = sorted(nx.connected_components(ordered), key=lambda part: (-len(part), min(part)))
    placed = _side_by_side([_place(ordered.subgraph(sorted(part))) for part in parts])
    return _apart(_fitted(placed, width, height))


def _place(part: Plain) -> dict[str, Place]:
    """A connected part around its own centre, at about unit distance between neighbours."""
    stable: Plain = nx.Graph()
    stable.add_nodes_from(sorted(part))
    stable.add_edges_from(sorted(part.edges()))
    if len(stable) <= _EXACT:
        found = nx.kamada_kawai_layout(stable, scale=math.sqrt(len(stable)))
        return dict(zip(found, _level(np.array(list(found.values()))), strict=True))
    numbers = {name: number for number, name in enumerate(stable)}
    edges = np.array([(numbers[start], numbers[end]) for start, end in stable.edges()])
    return dict(zip(stable, _level(spread(len(stable), edges)), strict=True))


def _level(at: npt.NDArray[np.float64]) -> list[Place]:
    """Turned so that the part is longest from left to right, as the canvas is."""
    x, y = (at - at.mean(axis=0)).T
    angle = math.atan2(2 * float(x @ y), float(x @ x - y @ y)) / 2
    along, across = x * math.cos(angle) + y * math.sin(angle), y * math.cos(angle) - x * math.sin(angle)
    return list(zip(along.tolist(), across.tolist(), strict=True))


def _side_by_side(parts: list[dict[str, Place]]) -> dict[str, Place]:
    """The parts in rows, largest first, none touching another."""
    row_width = _ASPECT * math.sqrt(sum((_extent(part, 0) + 2) * (_extent(part, 1) + 2) for part in parts))
    placed: dict[str, Place] = {}
    left = top = row_height = 0.0
    for part in parts:
        wide, high = _extent(part, 0) + 2, _extent(part, 1) + 2
        if left and left + wide > row_width:
            left, top, row_height = 0.0, top + row_height, 0.0
        x0, y0 = min(x for x, _ in part.values()), min(y for _, y in part.values())
        placed |= {name: (left + x - x0, top + y - y0) for name, (x, y) in part.items()}
        left, row_height = left + wide, max(row_height, high)
    return placed


def _extent(part: dict[str, Place], axis: int) -> float:
    values = [place[axis] for place in part.values()]
    return max(values) - min(values)


def _fitted(placed: dict[str, Place], width: float, height: float) -> dict[str, Place]:
    x0, y0 = min(x for x, _ in placed.values()), min(y for _, y in placed.values())
    wide, high = width / max(_extent(placed, 0), _TINY), height / max(_extent(placed, 1), _TINY)
    wide, high = min(wide, _STRETCH * high), min(high, _STRETCH * wide)
    return {name: (round((x - x0) * wide, 1), round((y - y0) * high, 1)) for name, (x, y) in placed.items()}


def _apart(placed: dict[str, Place]) -> dict[str, Place]:
    """The same places with those nodes pushed away from each other that would cover each other or their labels."""
    at = apart(np.array(list(placed.values())), _LEAST, _PUSHES)
    return {name: (round(float(x), 1), round(float(y), 1)) for name, (x, y) in zip(placed, at, strict=True)}
