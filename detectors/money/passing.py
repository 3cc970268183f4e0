"""Money that is passed on: a transfer that comes in, and a like one that leaves the same account soon after.

Anybody receives and spends. That what leaves was what came in is learned from the arrow of time: by holding time and by
the share that is passed on, how often a transfer leaves *after* the other came in is set beside how often it leaves
*before*. Chance, rent, wages and the habits of friends know no such order; money that only passes through does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from detectors.money.flows import Flows, by_receiver
from graph.projection import Ints, Mask

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
    after, before = _after_and_before(money)
    into, out, kind = _pairs(money, after)
    likely = _chance(kind, _pairs(money, before)[2]) > LIKELY
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


def _pairs(money: Flows, candidates: "_Candidates") -> tuple[Ints, Ints, Ints]:
    """Transfers in, transfers that may have passed them on, and the kind (holding time and share) of each pair."""
    into, out, kind = np.concatenate([np.empty((3, 0), np.int64), *_following(money, candidates)], axis=1)
    return into, out, kind


def shares(money: Flows, into: Ints, out: Ints) -> npt.NDArray[np.float64]:
    """What share of each transfer the other one is."""
    return np.asarray(money.amount[out] / np.maximum(money.amount[into], 1))


def _following(money: Flows, candidates: "_Candidates") -> Iterator[Ints]:
    """Pairs with the first transfer out, with the one after it, and so on."""
    into, out, many = candidates.into, candidates.first, candidates.many
    for step in range(FOLLOWING):
        left = many > step
        into, out, many = into[left], out[left], many[left]
        share = shares(money, into, out)
        fits = (share >= SHARES[0]) & (share <= SHARES[-1]) & (money.target[out] != money.source[into])
        held = np.searchsorted(HOLDINGS, np.abs(money.time[out[fits]] - money.time[into[fits]])) - 1
        yield np.stack([into[fits], out[fits], held * len(SHARES) + np.searchsorted(SHARES, share[fits], "right") - 1])
        out = out + candidates.step


class _Candidates(NamedTuple):
    """Each transfer (`into`) with as `many` as leave its receiver within the longest holding: the `first` of them,
    and each `step` to the next, away from it in time.
    """

    into: Ints
    first: Ints
    many: Ints
    step: int


def _after_and_before(money: Flows) -> tuple[_Candidates, _Candidates]:
    """What left after each transfer in, and what had left before it."""
    longest, base = int(HOLDINGS[-1]), int(money.time.min(initial=0))
    stride = int(money.time.max(initial=base)) - base + longest + 2
    into = by_receiver(money)
    leaves = money.source.astype(np.int64) * stride + (money.time - base)
    arrives = money.target[into].astype(np.int64) * stride + (money.time[into] - base)
    after = np.searchsorted(leaves, arrives, "right")
    before = np.searchsorted(leaves, arrives, "left")
    return (
        _Candidates(into, after, np.searchsorted(leaves, arrives + longest, "right") - after, 1),
        _Candidates(into, before - 1, before - np.searchsorted(leaves, arrives - longest, "left"), -1),
    )
