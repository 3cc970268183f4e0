"""Places for the nodes of a large connected graph in well under a second: distances to a few pivots, then forces.

Pivot multidimensional scaling (Brandes and Pich 2006, doi 10.1007/978-3-540-70904-6_6) sets out the whole; what it
leaves in one place, such as all who share one thing, is drawn apart by forces (Fruchterman and Reingold 1991) between
neighbours and near nodes alone. NumPy and SciPy do the work without Python's lock for the most part.
"""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import shortest_path
from scipy.spatial import cKDTree

Floats = npt.NDArray[np.float64]
Pairs = npt.NDArray[np.intp]

_PIVOTS = 40
_ROUNDS = 60
_NEAR = 2.5
"""Nodes farther apart than so many lengths of an edge do not repel each other."""
_TINY = 1e-9


def spread(nodes: int, edges: Pairs) -> Floats:
    """Places (nodes by 2) of a connected graph with edges (pairs of node numbers), an edge being about 1 long."""
    at = _scaled(_outline(nodes, edges), edges)
    at += np.random.default_rng(7).normal(scale=0.1, size=at.shape)
    for step in np.linspace(0.5, 0.02, _ROUNDS):
        moved = _forces(at, edges)
        length = np.hypot(*moved.T)[:, None]
        at += moved * (np.minimum(length, step) / np.maximum(length, _TINY))
    return at


def apart(at: Floats, least: float, rounds: int) -> Floats:
    """The same places with those pushed away from each other that are nearer than `least`."""
    at = at.copy()
    for _ in range(rounds):
        left, right, between, distance = _near(at, least * 0.999)
        if not len(left):
            break
        push = between * ((least - distance) / (2 * np.maximum(distance, _TINY)))[:, None]
        np.add.at(at, left, push)
        np.add.at(at, right, -push)
    return at


def _outline(nodes: int, edges: Pairs) -> Floats:
    graph = csr_array((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(nodes, nodes))
    distances = np.empty((nodes, min(_PIVOTS, nodes)))
    nearest = np.full(nodes, np.inf)
    pivot = 0
    for number in range(distances.shape[1]):  # each as far as can be from those before
        distances[:, number] = shortest_path(graph, directed=False, unweighted=True, indices=pivot)
        nearest = np.minimum(nearest, distances[:, number])
        pivot = int(nearest.argmax())
    squares = distances**2
    centred = -(squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean()) / 2
    _, vectors = np.linalg.eigh(centred.T @ centred)
    outline: Floats = centred @ vectors[:, -2:]
    return outline


def _scaled(at: Floats, edges: Pairs) -> Floats:
    lengths = np.hypot(*(at[edges[:, 0]] - at[edges[:, 1]]).T)
    return at / max(float(lengths.mean()), _TINY)


def _forces(at: Floats, edges: Pairs) -> Floats:
    moved = np.zeros_like(at)
    along = at[edges[:, 1]] - at[edges[:, 0]]
    pull = along * (np.hypot(*along.T) / 2)[:, None]
    np.add.at(moved, edges[:, 0], pull)
    np.add.at(moved, edges[:, 1], -pull)
    left, right, between, distance = _near(at, _NEAR)
    push = between / np.maximum(distance**2, 0.01)[:, None]
    np.add.at(moved, left, push)
    np.add.at(moved, right, -push)
    return moved


def _near(at: Floats, within: float) -> tuple[Pairs, Pairs, Floats, Floats]:
    """Pairs of nodes so near, the way from the second to the first, and its length."""
    pairs = cKDTree(at).query_pairs(within, output_type="ndarray")
    left, right = pairs[:, 0], pairs[:, 1]
    between = at[left] - at[right]
    return left, right, between, np.hypot(*between.T)
