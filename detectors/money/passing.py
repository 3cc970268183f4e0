"""Money that is passed on: a transfer that comes in, and a like one that leaves the same account soon after.

Anybody receives and spends. That what leaves was what came in is learned from the arrow of time: by holding time and by
the share that is passed on, how often a transfer leaves *after* the other came in is set beside how often it leaves
*before*. Chance, rent, wages and the habits of friends know no such order; money that only passes through does.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from detectors.grouping import searched
from detectors.money.flows import Flows
from graph.projection import Index, Ints, Mask

HOLDINGS = 3_600 * np.array([0, 3, 12, 24, 48, 96, 168])
"""Holding times that are told apart (seconds): from hours to a week."""

SHARES = np.array([0.5, 0.6, 0.7, 0.8, 0.9, 0.99, 1.0])
"""Shares passed on that are told apart: a fee may stay behind, nothing is added."""

FOLLOWING = 16
"""How many of the next transfers are looked at after each, so that the work stays bounded."""

LIKELY = 0.5
"""Chance that money was passed on, above which it counts."""


@dataclass(frozen=True, slots=True)
class Passing:
    """Transfers that brought money, and those that passed it on, each once. Places in the flows, ordered by `into`."""

    into: Ints
    out: Ints

    def chosen(self, keep: Mask) -> "Passing":
        """Only these."""
        return Passing(self.into[keep], self.out[keep])

    def before(self) -> Ints:
        """For each the one that had brought its money to who paid it in; -1 where none did."""
        order = np.argsort(self.out)
        place = np.searchsorted(self.out, self.into, sorter=order)
        found = order[np.minimum(place, len(order) - 1)]
        return np.where(self.out[found] == self.into, found, -1)


def passing(money: Flows) -> Passing:
    """Which transfers passed on what others had brought, more likely than not."""
    into, out, kind = _pairs(money)
    likely = _chance(kind, _pairs(_turned(money))[2]) > LIKELY
    into, out = into[likely[kind]], out[likely[kind]]
    order = np.lexsort((into, out, -shares(money, into, out)))
    for end in (into, out):
        order = order[_first(end[order])]
    order = np.sort(order)
    return Passing(into[order], out[order])


def _chance(forward: Ints, backward: Ints) -> npt.NDArray[np.float64]:
    """Of each kind of pair the share that was passed on, beyond what chance does in either order of time."""
    after, before = (np.bincount(kind, minlength=len(HOLDINGS) * len(SHARES)) + 1 for kind in (forward, backward))
    return 1 - np.minimum(before / after, 1)


def _first(values: Ints) -> Ints:
    """Where each value is for the first time, in order."""
    return np.sort(np.unique(values, return_index=True)[1])


def _turned(money: Flows) -> Flows:
    """The same transfers with time turned back."""
    order = np.lexsort((-money.time, money.source))
    return Flows(money.row[order], money.source[order], money.target[order], money.amount[order], -money.time[order])


def _pairs(money: Flows) -> tuple[Ints, Ints, Ints]:
    """Transfers in, transfers that may have passed them on, and the kind (holding time and share) of each pair."""
    into, out, kind = np.concatenate([np.empty((3, 0), np.int64), *_following(money)], axis=1)
    return into, out, kind


def shares(money: Flows, into: Ints, out: Ints) -> npt.NDArray[np.float64]:
    """What share of each transfer the other one is."""
    return np.asarray(money.amount[out] / np.maximum(money.amount[into], 1))


def _following(money: Flows) -> Iterator[Ints]:
    """Pairs with the next transfer out, with the one after it, and so on."""
    into, out, end = _within(money)
    for _ in range(FOLLOWING):
        left = out < end
        into, out, end = into[left], out[left], end[left]
        share = shares(money, into, out)
        fits = (share >= SHARES[0]) & (share <= SHARES[-1]) & (money.target[out] != money.source[into])
        held = np.searchsorted(HOLDINGS, money.time[out[fits]] - money.time[into[fits]]) - 1
        yield np.stack([into[fits], out[fits], held * len(SHARES) + np.searchsorted(SHARES, share[fits], "right") - 1])
        out = out + 1


def _within(money: Flows) -> tuple[Ints, Ints, Ints]:
    """Each transfer, and from where to where those lie that leave its receiver later within the longest holding."""
    longest, base = int(HOLDINGS[-1]), int(money.time.min(initial=0))
    stride = int(money.time.max(initial=base)) - base + longest + 2
    time = money.time - base

    def place(account: Index) -> Ints:
        return account.astype(np.int64) * stride + time

    leaves, arrives = place(money.source), place(money.target)
    begin = searched(leaves, arrives, "right")
    return np.arange(len(begin)), begin, searched(leaves, arrives + longest, "right")
