"""The core of the links: homes that two other homes or more hold.

Couples who live apart, friends and in-laws tie homes together in chains: however much the two of them share, it ends
with them. Those who act together are tied in circles. Who is left at the end of a chain is taken off, until nobody is.
"""

import numpy as np

from detectors.grouping import distinct
from detectors.links import Links
from graph.projection import Index, Mask

UNLIKELY = 6.0
"""Nats of a link that holds a home in the core alone: so little is shared by friends and in-laws (a national id)."""


def in_core(links: Links, roof: Index) -> Mask:
    """Of each account whether its home is tied to two others at least of the core, or very firmly to one."""
    one, other = roof[links.low].astype(np.int64), roof[links.high].astype(np.int64)
    held = np.zeros(int(roof.max(initial=-1)) + 1, np.bool_)
    unlikely = links.weight >= UNLIKELY
    held[one[unlikely]] = held[other[unlikely]] = True
    pair = distinct(np.minimum(one, other) << 32 | np.maximum(one, other))
    one, other = pair >> 32, pair & 0xFFFFFFFF
    homes = int(roof.max(initial=-1)) + 1
    while True:
        ties = np.bincount(one, minlength=homes) + np.bincount(other, minlength=homes)
        stays = (ties > 1) | (held & (ties > 0))
        keep = stays[one] & stays[other]
        if keep.all():
            return np.asarray(stays[roof])
        one, other = one[keep], other[keep]
