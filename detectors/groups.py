"""Groups: communities of the links, of a size that rings have."""

from collections.abc import Iterator

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from detectors.common_ground import as_evidence, common_ground, total_gain
from detectors.contract import Context, Finding
from detectors.core import in_core
from detectors.cutting import cut
from detectors.grouping import by_group
from detectors.links import Links
from detectors.membership import held_by_two
from detectors.trimming import trimmed
from graph.projection import Index

SMALLEST = 3
LARGEST = 100
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
    part = cut(firm, _components(firm, accounts), LARGEST)
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
