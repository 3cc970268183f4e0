"""How far known fraud reaches: personalised PageRank by local push, from every flag on its own.

A walk starts at a flag and goes on over links, each step with `DECAY` and by the weight of the link over the geometric
mean of what ties its two ends at all (Zhou et al., Learning with Local and Global Consistency, 2004): who is tied to
many is reached little by any of them, so that hubs and honest crowds take up next to nothing. Who was judged himself
passes on nothing of others. Pushes end where next to nothing is left (Andersen, Chung, Lang, Local Graph Partitioning
using PageRank Vectors, 2006): the cost of a flag does not depend on the size of the graph.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from detectors.grouping import distinct, in_order, ranges
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


class Stopped(NamedTuple):
    """Pairs of a flag and a judged account that it came to, each once."""

    of: Ints
    at: Ints


@dataclass(frozen=True, slots=True)
class Reach:
    """What flags pass on: `amount` (0 to 1) from `source` to `account`, which comes `through` somebody who is one step
    nearer the source (or is it), as `steps` links lie between; ordered by account, the largest amount first.

    `stopped`: at which judged accounts (`at`) which flags (`of`) ended: these rows alone depend on who is judged.
    """

    source: Index
    account: Index
    through: Index
    steps: Index
    amount: Floats
    stopped: "Stopped"

    def of(self, rows: Mask) -> "Reach":
        """These rows of it."""
        return Reach(
            self.source[rows], self.account[rows], self.through[rows], self.steps[rows], self.amount[rows], self.stopped
        )


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
    flags, accounts = np.flatnonzero(level > 0), len(level)
    steps = csr_array((near.passes, near.other, near.begin), shape=(accounts, accounts))
    pushed = _Pushed(np.arange(len(flags)), flags, level[flags])
    found, ended = list[_Pushed](), [np.empty(0, np.int64)]
    while len(pushed.flag):
        begin = np.searchsorted(pushed.flag, np.arange(len(flags) + 1))
        came = csr_array((pushed.amount, pushed.account, begin), shape=(len(flags), accounts)) @ steps
        came.sort_indices()
        pushed = _Pushed(
            np.repeat(np.arange(len(flags)), np.diff(came.indptr)), came.indices.astype(np.int64), came.data
        )
        ends = judged[pushed.account]
        ended.append(flags[pushed.flag[ends]] << 32 | pushed.account[ends])
        pushed = pushed.of(~ends & (pushed.account != flags[pushed.flag]))
        found.append(pushed)
        pushed = pushed.of(pushed.amount >= LEAST)
    stopped = distinct(np.concatenate(ended))
    return _summed(near, found, flags, level, Stopped(of=stopped >> 32, at=stopped & 0xFFFFFFFF))


def spread(found: Reach, accounts: int) -> Floats:
    """What reaches each account in all, 0 to 1: flags count as independent hints."""
    return added(found.account, found.amount, accounts)


def added(account: Index, amount: Floats, accounts: int) -> Floats:
    """What these amounts add up to at each account, as independent hints."""
    missed = np.bincount(account, np.log1p(-np.minimum(amount, 1 - 1e-9)), accounts)
    return np.asarray(np.round(-np.expm1(missed), 9), np.float64)


@dataclass(frozen=True, slots=True)
class _Pushed:
    """What of each `flag` (numbered) has come to an `account` in one step, in order of both."""

    flag: Ints
    account: Ints
    amount: Floats

    def of(self, rows: Mask) -> "_Pushed":
        """These rows of it."""
        return _Pushed(self.flag[rows], self.account[rows], self.amount[rows])


def _summed(near: Neighbours, found: list[_Pushed], flags: Ints, level: Floats, stopped: Stopped) -> Reach:
    """The sums over all steps, of each flag no more than it may spread; the way is that by which it came first."""
    flag, account = (
        np.concatenate([np.empty(0, np.int64), *(getattr(one, name) for one in found)]) for name in ("flag", "account")
    )
    amount = np.concatenate([np.empty(0, np.float64), *(one.amount for one in found)])
    steps = np.repeat(np.arange(1, len(found) + 1), [len(one.flag) for one in found])
    order = in_order(flag, account)  # and by steps, in which they come
    start = np.flatnonzero(np.diff(flag[order] << 32 | account[order], prepend=-1))
    first, total = order[start], _sums(amount[order], start)
    through = np.empty(len(flag), np.int64)
    for step, before in enumerate([_Pushed(np.arange(len(flags)), flags, level[flags]), *found[:-1]], 1):
        new = first[steps[first] == step]
        through[new] = _through(near, before, flag[new], account[new])
    source = flags[flag[first]]
    most = MOST * level[source]
    total *= most / np.maximum(np.bincount(source, total, len(level))[source], most)
    ordered = np.lexsort((source, -total, account[first]))
    first = first[ordered]
    return Reach(
        source=source[ordered].astype(np.int32),
        account=account[first].astype(np.int32),
        through=through[first].astype(np.int32),
        steps=steps[first].astype(np.int32),
        amount=np.round(total[ordered], 9),
        stopped=stopped,
    )


def _through(near: Neighbours, before: _Pushed, flag: Ints, account: Ints) -> Ints:
    """The neighbour through whom most of each of these flags came to each account; of several the first one."""
    if not len(flag):
        return account
    count = near.begin[account + 1] - near.begin[account]
    place, start = ranges(near.begin[account], count), np.cumsum(count) - count
    other, row = near.other[place].astype(np.int64), np.repeat(np.arange(len(count)), count)
    wanted = flag[row] << 32 | other
    pair = before.flag << 32 | before.account
    at = np.minimum(np.searchsorted(pair, wanted), len(pair) - 1)
    pushed = np.where((pair[at] == wanted) & (before.amount[at] >= LEAST), before.amount[at], 0)
    came = pushed * near.passes[place]
    most = np.maximum.reduceat(came, start)
    return np.minimum.reduceat(np.where(came == most[row], other, len(near.begin)), start)


def _sums(amount: Floats, start: Ints) -> Floats:
    """The sums of the pieces that begin there."""
    return np.add.reduceat(amount, start) if len(start) else amount[:0]
