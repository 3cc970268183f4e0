"""Trimming: whom a group holds much less firmly than its other members only stands beside it."""

import numpy as np

from detectors.links import Links
from graph.projection import Index

LEAST_SHARE = 0.4
"""Of the average hold in the group, below which somebody is let go."""

FIRMEST = 30.0
"""Nats of one link beyond which it holds no better: two who share everything must not push out the others."""

ROUNDS = 20


def trimmed(links: Links, group: Index, member: Index) -> tuple[Index, Index]:
    """Group and member of those who stay when the loosely held have been let go, until all are held alike."""
    home = np.full(int(links.high.max(initial=-1)) + 1, -1, np.int32)
    weight = np.minimum(links.weight, FIRMEST)
    for _ in range(ROUNDS):
        home[:] = -1
        home[member] = group
        inner = (home[links.low] >= 0) & (home[links.low] == home[links.high])
        hold = np.bincount(links.low[inner], weight[inner], len(home))
        hold += np.bincount(links.high[inner], weight[inner], len(home))
        own = np.round(hold[member], 6)
        size = np.bincount(group, minlength=int(group.max(initial=-1)) + 1)
        average = np.bincount(group, own, len(size)) / np.maximum(size, 1)
        keep = own >= LEAST_SHARE * average[group]
        if keep.all():
            break
        group, member = group[keep], member[keep]
    return group, member
