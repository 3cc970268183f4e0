"""Cutting: components divided into communities of the size of a ring, each at a resolution of its own."""

import numpy as np
import numpy.typing as npt

from detectors.communities import communities
from detectors.links import Links
from detectors.trimming import FIRMEST
from graph.projection import Index, Ints

CLEAR = 8
"""A component of at most so many people is one group: there is nothing to be cut in it."""

RESOLUTION = 0.05
"""Of modularity, so low that a loose group of 20 is not torn in half."""

LARGE_COMPONENT = 300
"""Links from which on the resolution grows with the component: modularity alone would merge small groups in it."""

FINER = (2.0, 4.0, 8.0, 16.0)
TOO_LARGE = (2.0, 4.0, 8.0, 16.0, 32.0)
"""Times the resolution that are tried in turn: at a bridge, and until a part is small enough."""

COMPACT = 24
"""A part of at most so many people is not searched for bridges: a ring of two cells is still one ring."""

BRIDGE = 0.25
"""Share of a part's weight that may lie on bridges. A dense ring of 80 loses more wherever it is cut, and stays."""


def cut(links: Links, part: Index, largest: int) -> Index:
    """The part of each account once every part has been divided: by its communities, at its bridges, and by size."""
    part = _divided(links, part, CLEAR, RESOLUTION)
    for finer in FINER:
        part = _cut_bridges(links, part, _divided(links, part, COMPACT, RESOLUTION * finer))
    for finer in TOO_LARGE:
        part = _divided(links, part, largest, RESOLUTION * finer)
    return part


def _cut_bridges(links: Links, part: Index, finer: Index) -> Index:
    """The finer division of every part that loses little by it."""
    own, parts = part[links.low], int(part.max(initial=-1)) + 1
    weight = np.where(own == part[links.high], np.minimum(links.weight, FIRMEST), 0)
    lost = np.bincount(own, weight * (finer[links.low] != finer[links.high]), parts)
    divide = lost <= BRIDGE * np.bincount(own, weight, parts)
    return np.where(divide[part], finer, part)


def _divided(links: Links, part: Index, clear: int, resolution: float) -> Index:
    """Every part of more than `clear` people divided into its communities."""
    size = np.bincount(part)
    inner = np.flatnonzero((part[links.low] == part[links.high]) & (size[part[links.low]] > clear))
    order = inner[np.argsort(part[links.low[inner]], kind="stable")]
    edges = np.split(order, np.flatnonzero(np.diff(part[links.low[order]])) + 1)
    part, following = part.copy(), len(size)
    for own in (edge for edge in edges if len(edge)):
        nodes, ends = np.unique(np.concatenate([links.low[own], links.high[own]]), return_inverse=True)
        found = _communities(len(nodes), ends[: len(own)], ends[len(own) :], links.weight[own], resolution)
        part[nodes] = following + found
        following += int(found.max()) + 1
    return part


def _communities(size: int, low: Ints, high: Ints, weight: npt.NDArray[np.float64], resolution: float) -> Index:
    own = resolution * max(1.0, len(low) / LARGE_COMPONENT)
    return communities(size, low, high, weight, resolution=own)
