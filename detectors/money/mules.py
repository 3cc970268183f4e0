"""Mules: accounts through which the money of several people runs and is gone within days."""

from collections.abc import Iterator

import numpy as np

from detectors.contract import Context, Finding
from detectors.grouping import distinct
from detectors.keeping import kept
from detectors.money.evidence import transfer_evidence
from detectors.money.flows import Flows
from graph.projection import Index, Ints

HOLDING = 3 * 86_400
PASSED_ON = 0.7
"""At least this share of what came in goes out again within the holding time, in at least this share of the cases."""

FEWEST_SENDERS, MOST_SENDERS = 3, 60
FEWEST_RECEIVERS_RATIO = 2.0
"""A mule collects: it has at least so many senders for each receiver."""

EVIDENCE = 50
CODE = "mule_account"


class Mules:
    """People of three or more homes whose money runs through one account and leaves it within three days."""

    name = "mules"

    def find(self, context: Context) -> Iterator[Finding]:
        """One finding for each such account: those who paid into it, and its owner where that is an applicant."""
        money = context.flows
        order = np.lexsort((money.time, money.target))
        account, start, count = _runs(money.target[order])
        share = np.add.reduceat(_soon_gone(money)[order], start) / count if len(start) else np.empty(0)
        senders = _partners(money.target, money.source, account)
        receivers = _partners(money.source, money.target, account)
        fits = (share >= PASSED_ON) & (senders >= FEWEST_SENDERS) & (senders <= MOST_SENDERS)
        fits &= senders >= FEWEST_RECEIVERS_RATIO * receivers
        for at in np.flatnonzero(fits):
            rows = order[start[at] : start[at] + count[at]]
            yield from self._finding(context, money, rows, int(account[at]), float(share[at]))

    def _finding(self, context: Context, money: Flows, rows: Ints, mule: int, share: float) -> Iterator[Finding]:
        people = np.unique(np.append(money.source[rows], np.int32(mule)))
        members: Index = people[context.projection.is_applicant[people]].astype(np.int32)
        homes = len(np.unique(context.roof[members]))
        if homes < FEWEST_SENDERS:
            return
        evidence = [transfer_evidence(context, CODE, int(money.row[row])) for row in rows]
        score = round(share * (1 - 0.8 ** (homes - 1)), 6)
        yield Finding(self.name, CODE, members, score, kept(evidence, EVIDENCE))


def _runs(ordered: Index) -> tuple[Index, Ints, Ints]:
    """The distinct values of a sorted column, where each begins, and how often it is there."""
    start = np.flatnonzero(np.diff(ordered, prepend=-1))
    return ordered[start], start, np.diff(np.append(start, len(ordered)))


def _soon_gone(money: Flows) -> Ints:
    """For each transfer 1 if most of its amount had left the receiver within the holding time, else 0."""
    base, stride = _scale(money)
    place = money.source.astype(np.int64) * stride + (money.time - base)
    spent = np.concatenate([[0], np.cumsum(money.amount)])
    arrival = money.target.astype(np.int64) * stride + (money.time - base)
    begin = np.searchsorted(place, arrival, side="left")
    end = np.searchsorted(place, arrival + HOLDING, side="right")
    soon: Ints = (spent[end] - spent[begin] >= PASSED_ON * money.amount).astype(np.int64)
    return soon


def _scale(money: Flows) -> tuple[int, int]:
    """Earliest time, and a number larger than any time since then with the holding time added."""
    if not len(money.time):
        return 0, 1
    return int(money.time.min()), int(money.time.max() - money.time.min()) + HOLDING + 1


def _partners(own: Index, other: Index, account: Index) -> Ints:
    """How many different partners each of these accounts has."""
    pair = distinct(own.astype(np.int64) << 32 | other)
    owner = pair >> 32
    begin: Ints = np.searchsorted(owner, account, side="left")
    end: Ints = np.searchsorted(owner, account, side="right")
    return end - begin
