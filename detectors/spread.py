"""How far known fraud reaches: personalised PageRank by local push, from every flag on its own.

A walk starts at a flag and goes on over links, each step with `DECAY` and by the weight of the link over the geometric
mean of what ties its two ends at all (Zhou et al., Learning with Local and Global Consistency, 2004): who is tied to
many is reached little by any of them, so that hubs and honest crowds take up next to nothing. Who was judged himself
passes on nothing of others. Pushes end where next to nothing is left (Andersen, Chung, Lang, Local Graph Partitioning
using PageRank Vectors, 2006): the cost of a flag does not depend on the size of the graph.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detectors.grouping import ranges
from detectors.links import Links
from detectors.trimming import FIRMEST
from graph.projection import Index, Ints, Mask

Floats = npt.NDArray[np.float64]

DECAY = 0.7
"""What is left of a walk after a step."""

GROUND = 8.0
"""Nats that tie everybody to all the rest of his life: a weak link passes little on, even if it is the only one."""

LEAST = 0.0001
"""What of a flag is too little to be pushed on."""

MOST = 2.0
"""People's worth of risk that one flag spreads at most, over all whom it reaches."""


@dataclass(frozen=True, slots=True)
class Reach:
    """What flags pass on: `amount` (0 to 1) from `source` to `account`, which comes `through` somebody who is one step
    nearer the source (or is it), as `steps` links lie between; ordered by account, the largest amount first.
    """

    source: Index
    account: Index
    through: Index
    steps: Index
    amount: Floats


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Neighbours of each account: `begin` (one more at the end) by account, `other` and what a step there passes on."""

    begin: Ints
    other: Index
    passes: Floats


def neighbours(links: Links, accounts: int) -> Neighbours:
    """Who is linked to whom, and how much of a walk a step between them passes on."""
    weight = np.minimum(links.weight, FIRMEST)
    tied = np.bincount(links.low, weight, accounts) + np.bincount(links.high, weight, accounts) + GROUND
    passes = DECAY * weight / np.sqrt(tied[links.low] * tied[links.high])
    one, other = np.concatenate([links.low, links.high]), np.concatenate([links.high, links.low])
    order = np.argsort(one, kind="stable")
    begin = np.concatenate([[0], np.cumsum(np.bincount(one, minlength=accounts))])
    return Neighbours(begin, other[order], np.concatenate([passes, passes])[order])


def reach(near: Neighbours, level: Floats, judged: Mask) -> Reach:
    """What flags pass on to their neighbours and beyond, each as much as its `level`; `judged` accounts take nothing
    and pass nothing of others on. Of one flag it adds up to `MOST` times its level at most.
    """
    flags = np.flatnonzero(level > 0)
    pushed, found = _Pushed(flags, flags, flags, level[flags]), list[_Pushed]()
    while len(pushed.source):
        pushed = _step(near, pushed)
        pushed = pushed.of(~judged[pushed.account] & (pushed.account != pushed.source)).gathered(len(level))
        found.append(pushed)
        pushed = pushed.of(pushed.amount >= LEAST)
    return _summed(found, level)


def spread(found: Reach, accounts: int) -> Floats:
    """What reaches each account in all, 0 to 1: flags count as independent hints."""
    missed = np.bincount(found.account, np.log1p(-np.minimum(found.amount, 1 - 1e-9)), accounts)
    return np.asarray(np.round(-np.expm1(missed), 9), np.float64)


@dataclass(frozen=True, slots=True)
class _Pushed:
    """What of each `source` has come to an `account` `through` another in one step."""

    source: Ints
    account: Ints
    through: Ints
    amount: Floats

    def of(self, rows: Mask) -> "_Pushed":
        """These rows of it."""
        return _Pushed(self.source[rows], self.account[rows], self.through[rows], self.amount[rows])

    def gathered(self, accounts: int) -> "_Pushed":
        """One row for each source and account, in their order: the sum, and through whom most of it comes."""
        pair = self.source * accounts + self.account
        order = np.lexsort((self.through, -self.amount, pair))
        start = np.flatnonzero(np.diff(pair[order], prepend=-1))
        first = order[start]
        return _Pushed(self.source[first], self.account[first], self.through[first], _sums(self.amount[order], start))


def _step(near: Neighbours, at: _Pushed) -> _Pushed:
    """What goes on from accounts to all their neighbours."""
    count = near.begin[at.account + 1] - near.begin[at.account]
    row = np.repeat(np.arange(len(count)), count)
    place = ranges(near.begin[at.account], count)
    other = near.other[place].astype(np.int64)
    return _Pushed(at.source[row], other, at.account[row], at.amount[row] * near.passes[place])


def _summed(found: list[_Pushed], level: Floats) -> Reach:
    """The sums over all steps, of each flag no more than it may spread; the way is that by which it came first."""
    accounts = len(level)
    source, account, through = (
        np.concatenate([np.empty(0, np.int64), *(getattr(one, name) for one in found)])
        for name in ("source", "account", "through")
    )
    amount = np.concatenate([np.empty(0, np.float64), *(one.amount for one in found)])
    steps = np.repeat(np.arange(1, len(found) + 1), [len(one.source) for one in found])
    pair = source * accounts + account
    order = np.lexsort((steps, pair))
    start = np.flatnonzero(np.diff(pair[order], prepend=-1))
    first, total = order[start], _sums(amount[order], start)
    most = MOST * level[source[first]]
    total *= most / np.maximum(np.bincount(source[first], total, accounts)[source[first]], most)
    ordered = np.lexsort((source[first], -total, account[first]))
    first = first[ordered]
    return Reach(
        source=source[first].astype(np.int32),
        account=account[first].astype(np.int32),
        through=through[first].astype(np.int32),
        steps=steps[first].astype(np.int32),
        amount=np.round(total[ordered], 9),
    )


def _sums(amount: Floats, start: Ints) -> Floats:
    """The sums of the pieces that begin there."""
    return np.add.reduceat(amount, start) if len(start) else amount[:0]
