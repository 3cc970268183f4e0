"""Mutual transfers: people who send each other like amounts back and forth."""

from collections.abc import Iterator

import numpy as np

from detectors.contract import Context, Finding
from detectors.grouping import among, by_group, components, distinct, searched
from detectors.keeping import kept
from detectors.money.evidence import transfer_evidence
from detectors.money.flows import Flows
from graph.projection import Index, Ints

WINDOW = 30 * 86_400
LIKE = 0.8
"""The smaller of two amounts is at least this share of the larger."""

FOLLOWING = 4
"""How many transfers in the other direction are looked at after each."""

SMALLEST, LARGEST = 3, 100
EVIDENCE = 50
CODE = "mutual_transfers"


class Mutual:
    """Three people or more of different homes who send like amounts back and forth within a month."""

    name = "mutual"

    def find(self, context: Context) -> Iterator[Finding]:
        """One finding for each group that such exchanges join, if they are more than a chain of pairs."""
        money = _between_homes(context.flows, context)
        one, other = _exchanges(money)
        low, high = np.minimum(money.source[one], money.target[one]), np.maximum(money.source[one], money.target[one])
        group, member = components(low, high)
        exchange = group[np.searchsorted(member, low)]
        order = np.argsort(exchange, kind="stable")
        start = np.searchsorted(exchange[order], np.arange(int(exchange.max(initial=-1)) + 2))
        size = np.bincount(group)[group]
        fits = (size >= SMALLEST) & (size <= LARGEST)
        for number, members in by_group(group[fits], member[fits]):
            own = order[start[number] : start[number + 1]]
            pairs = len(np.unique(low[own].astype(np.int64) << 32 | high[own]))
            if pairs >= len(members):
                rows = np.unique(np.concatenate([money.row[one[own]], money.row[other[own]]]))
                evidence = transfer_evidence(context, CODE, rows)
                yield Finding(self.name, CODE, members, _score(pairs, members), kept(evidence, EVIDENCE))


def _score(pairs: int, members: Index) -> float:
    """By how many of the possible pairs exchange money."""
    return round(0.2 + 0.5 * pairs / (len(members) * (len(members) - 1) / 2), 6)


def _between_homes(money: Flows, context: Context) -> Flows:
    people = context.projection.is_applicant
    keep = people[money.source] & people[money.target] & (context.roof[money.source] != context.roof[money.target])
    return money.at(np.flatnonzero(keep))


def _exchanges(money: Flows) -> tuple[Ints, Ints]:
    """Places of transfers, and of one that came back within the window with a like amount."""
    row, there, back = _both_ways(money)
    if not len(row):
        return row, row
    ways, money = distinct(there), money.at(row)
    base, stride = int(money.time.min()), int(money.time.max() - money.time.min()) + 1
    place = searched(ways, there) * stride + (money.time - base)
    order = np.argsort(place, kind="stable")
    start = searched(place[order], searched(ways, back) * stride + (money.time - base), "right")
    found = [np.empty((2, 0), np.int64)]
    for step in range(FOLLOWING):
        one = np.flatnonzero(start + step < len(order))
        other = order[start[one] + step]
        low, high = np.sort([money.amount[one], money.amount[other]], axis=0)
        fits = (there[other] == back[one]) & (money.time[other] - money.time[one] <= WINDOW) & (low >= LIKE * high)
        found.append(np.stack([one[fits], other[fits]]))
    one, other = np.concatenate(found, axis=1)
    return row[one], row[other]


def _both_ways(money: Flows) -> tuple[Ints, Ints, Ints]:
    """Places of transfers between two who have both paid the other; their ways there and back as numbers."""
    there, back = money.source.astype(np.int64) << 32 | money.target, money.target.astype(np.int64) << 32 | money.source
    row = np.flatnonzero(among(back, distinct(there)))
    return row, there[row], back[row]
