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
from graph.projection import Index, Ints

MOST_BITS = 24
"""Of the number of a bucket, at most: 128 MiB of them. Few pairs need few, and fresh memory is slow."""

SPREAD = 0x9E3779B97F4A7C15
"""Fibonacci hashing's multiplier (Knuth, The Art of Computer Programming, 6.4)."""

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
    pair = found.low.astype(np.int64) << 32 | found.high
    row = _candidates(pair, found.worth)
    order = row[np.argsort(pair[row], kind="stable")]
    pair, source = pair[order], sharing.source[found.identifier[order]]
    worth = found.worth[order].astype(np.int64)
    start = np.flatnonzero(np.diff(pair, prepend=-1))
    if not len(start):
        return Links(found.low[:0], found.high[:0], np.empty(0, np.float64))
    own = [np.array([source.family is family for source in SOURCES]) for family in ONE_FACT]
    total = np.add.reduceat(np.where(np.any(own, axis=0)[source], 0, worth), start)
    for family in own:
        total += np.maximum.reduceat(np.where(family[source], worth, 0), start)
    linked = total >= ENOUGH
    chosen = pair[start[linked]]
    low, high = (chosen >> 32).astype(np.int32), (chosen & 0xFFFFFFFF).astype(np.int32)
    return Links(low, high, total[linked] / MILLI)


def _candidates(pair: Ints, worth: Index) -> Ints:
    """Rows that may make a link: pairs are thrown into buckets, and few buckets hold evidence that is worth enough.

    Most pairs share one thing of little worth. Without those, far fewer have to be put in order.
    """
    bits = min(len(pair).bit_length() + 1, MOST_BITS)
    bucket = ((pair.view(np.uint64) * np.uint64(SPREAD)) >> np.uint64(64 - bits)).astype(np.int64)
    return np.flatnonzero((np.bincount(bucket, worth, 1 << bits) >= ENOUGH)[bucket])
