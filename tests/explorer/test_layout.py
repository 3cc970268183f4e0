"""Where nodes stand: the same every time, inside the box's proportions, none on top of another."""

import math
from itertools import combinations

import networkx as nx
import pytest

from app.explorer.canvas.layout import positions


def ring(members: int, hubs: int) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_edges_from((f"a{member}", f"d{hub}") for member in range(members) for hub in range(hubs))
    return graph


@pytest.mark.parametrize(("members", "hubs"), [(3, 1), (20, 2), (120, 3)])
def test_places_do_not_depend_on_the_order_of_nodes(members: int, hubs: int) -> None:
    graph = ring(members, hubs)
    turned = nx.MultiDiGraph()
    turned.add_edges_from(reversed(list(graph.edges())))
    assert positions(graph) == positions(turned)


@pytest.mark.parametrize(("members", "hubs"), [(3, 1), (20, 2), (60, 3)])
def test_no_two_nodes_cover_each_other(members: int, hubs: int) -> None:
    places = positions(ring(members, hubs))
    assert min(math.dist(one, other) for one, other in combinations(places.values(), 2)) > 40


def test_parts_that_nothing_joins_do_not_touch() -> None:
    graph = ring(5, 1)
    graph.add_edges_from((f"x{member}", "y") for member in range(5))
    places = positions(graph)
    left = [x for name, (x, _) in places.items() if name[0] in "ad"]
    right = [x for name, (x, _) in places.items() if name[0] in "xy"]
    assert max(left) < min(right) or max(right) < min(left)


def test_a_chain_lies_as_the_canvas_does() -> None:
    places = positions(nx.MultiDiGraph(nx.path_graph([f"n{number:02}" for number in range(12)])))
    xs, ys = ([place[axis] for place in places.values()] for axis in (0, 1))
    assert sorted(xs) in (xs, xs[::-1])
    assert max(xs) - min(xs) > 4 * (max(ys) - min(ys))


def test_a_lone_node_has_a_place() -> None:
    graph = nx.MultiDiGraph()
    graph.add_node("a")
    assert set(positions(graph)) == {"a"}
