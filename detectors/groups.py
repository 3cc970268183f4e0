"""Groups: communities of the links, of a size that rings have."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from detectors.common_ground import as_evidence, common_ground, total_gain
from detectors.communities import communities
from detectors.contract import Context, Finding
from detectors.core import in_core
from detectors.grouping import by_group
from detectors.links import Links
from detectors.membership import held_by_two
from detectors.trimming import trimmed
from graph.projection import Index, Ints

SMALLEST = 3
LARGEST = 100
CLEAR = 8
"""A component of at most so many people is one group: there is nothing to be cut in it."""

RESOLUTION = 0.05
"""Of modularity, so low that a loose group of 20 is not torn in half."""

LARGE_COMPONENT = 300
"""Links from which on the resolution grows with the component: modularity alone would merge small groups in it."""

EVIDENCE = 50
STRENGTH = 8.0
"""Nats per member at which a group's score reaches 1 - 1/e."""


class Groups:
    """People of different homes whom several independent facts tie together: devices, cards, places, contacts."""

    name = "groups"

    def find(self, context: Context) -> Iterator[Finding]:
        """One finding for each community of 3 to 100 people."""
        group, member = _grouped(context)
        ground = common_ground(context, group, member)
        evidence = as_evidence(context, ground, EVIDENCE)
        gain = total_gain(ground)
        for number, members in by_group(group, member):
            if number in evidence and len(members) >= SMALLEST:
                score = 1 - float(np.exp(-gain[number] / len(members) / STRENGTH))
                yield Finding(self.name, evidence[number][0].code, members, score, evidence[number])


def _grouped(context: Context) -> tuple[Index, Index]:
    """Group number and member, in order, of all communities of the right size.

    People whom one piece of evidence ties to a component leave first, then the ends of chains: they are no
    bridges.
    """
    links, accounts = context.links, len(context.roof)
    linked = np.unique(np.concatenate([links.low, links.high]))
    firm = _within(links, held_by_two(context, _components(links, accounts)[linked], linked)[1], accounts)
    firm = _within(firm, np.flatnonzero(in_core(firm, context.roof)).astype(np.int32), accounts)
    part = _cut(firm, _components(firm, accounts), CLEAR, grow=1.0)
    for grow in (2.0, 4.0, 8.0, 16.0, 32.0):
        part = _cut(firm, part, LARGEST, grow=grow)
    size = np.bincount(part)
    member = np.flatnonzero((size[part] >= SMALLEST) & (size[part] <= LARGEST)).astype(np.int32)
    return held_by_two(context, *trimmed(links, part[member], member))


def _components(links: Links, accounts: int) -> Index:
    graph = coo_array((np.ones(len(links.low), np.int8), (links.low, links.high)), shape=(accounts, accounts))
    return np.asarray(connected_components(graph, directed=False)[1], np.int32)


def _within(links: Links, member: Index, accounts: int) -> Links:
    """The links between these people."""
    chosen = np.zeros(accounts, np.bool_)
    chosen[member] = True
    keep = chosen[links.low] & chosen[links.high]
    return Links(links.low[keep], links.high[keep], links.weight[keep])


def _cut(links: Links, part: Index, clear: int, *, grow: float) -> Index:
    """Every part of more than `clear` people divided into its communities."""
    size = np.bincount(part)
    inner = np.flatnonzero((part[links.low] == part[links.high]) & (size[part[links.low]] > clear))
    order = inner[np.argsort(part[links.low[inner]], kind="stable")]
    edges = np.split(order, np.flatnonzero(np.diff(part[links.low[order]])) + 1)
    part, following = part.copy(), len(size)
    for own in (edge for edge in edges if len(edge)):
        nodes, ends = np.unique(np.concatenate([links.low[own], links.high[own]]), return_inverse=True)
        found = _communities(len(nodes), ends[: len(own)], ends[len(own) :], links.weight[own], grow)
        part[nodes] = following + found
        following += int(found.max()) + 1
    return part


def _communities(size: int, low: Ints, high: Ints, weight: npt.NDArray[np.float64], grow: float) -> Index:
    resolution = RESOLUTION * grow * max(1.0, len(low) / LARGE_COMPONENT)
    return communities(size, low, high, weight, resolution=resolution)
