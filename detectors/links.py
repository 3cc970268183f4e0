"""Links: pairs of applicants under different roofs joined by evidence that is worth enough.

Sharing a WiFi, its IP, an address and an employer counts once, for they are facts about the same place; so does knowing
the same friend and sending him money. A link of a single piece of evidence makes nobody a member of a group: that takes
two pieces, or a very strong one (`detectors/membership.py`).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detectors.pairs import Pairs
from detectors.profiles import MILLI
from detectors.sharing import ONE_FACT, SOURCES, Sharing
from graph.projection import Index

ENOUGH = 3 * MILLI
"""What the evidence of a link must be worth: twenty to one."""


@dataclass(frozen=True, slots=True)
class Links:
    """Linked pairs in order of (low, high): account numbers; `weight` in nats."""

    low: Index
    high: Index
    weight: npt.NDArray[np.float64]


def links(sharing: Sharing, found: Pairs) -> Links:
    """The pairs that are links."""
    if not len(found.low):
        return Links(found.low, found.high, np.empty(0, np.float64))
    pair = found.low.astype(np.int64) << 32 | found.high
    order = np.argsort(pair, kind="stable")
    pair, source = pair[order], sharing.source[found.identifier[order]]
    worth = found.worth[order].astype(np.int64)
    start = np.flatnonzero(np.diff(pair, prepend=-1))
    own = [np.array([source.family is family for source in SOURCES]) for family in ONE_FACT]
    total = np.add.reduceat(np.where(np.any(own, axis=0)[source], 0, worth), start)
    for family in own:
        total += np.maximum.reduceat(np.where(family[source], worth, 0), start)
    linked = total >= ENOUGH
    chosen = pair[start[linked]]
    low, high = (chosen >> 32).astype(np.int32), (chosen & 0xFFFFFFFF).astype(np.int32)
    return Links(low, high, total[linked] / MILLI)
