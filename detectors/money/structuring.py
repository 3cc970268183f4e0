"""Structuring: payments just below a round limit, between people who all keep just below it.

Anybody pays 4,800 now and then. That two who pay each other so both do so with others too, who do it again, is rare:
how rare, is learned from the share of all who pay each other in which such an amount occurs. What occurs again to the
cent at an account (dues, rent, the sum that goes round in a savings circle) was agreed on and hides from no limit.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from detectors.contract import Context, Finding
from detectors.grouping import by_group, components, distinct
from detectors.money.flows import Flows
from detectors.money.surprise import surprising, unlikely
from graph.projection import Index, Ints, Mask

BELOW = 0.9
"""Just below a limit is at least this share of it."""

LIMITS = np.array([digit * 10**power for power in range(2, 18) for digit in (1, 2, 5)])
"""What is round, in minor units."""

CODE = "structuring"


@dataclass(frozen=True, slots=True)
class _Usual:
    """`partners` of each account, all `pairs` who pay each other, and the `luck` of looking at so many accounts."""

    partners: Ints
    pairs: int
    luck: float


class Structuring:
    """People of three homes or more who pay amounts just below the same round limit, each to or from two others."""

    name = "structuring"

    def find(self, context: Context) -> Iterator[Finding]:
        """One finding for each group that such payments hold together more firmly than chance explains."""
        money = context.flows
        usual = _usual(money)
        limit = np.searchsorted(LIMITS, money.amount, side="right")
        rows = np.flatnonzero(money.amount >= BELOW * LIMITS[limit])
        apart = context.roof[money.source[rows]] != context.roof[money.target[rows]]
        rows = rows[apart & ~_repeated(money.source[rows], money.target[rows], money.amount[rows])]
        for one in np.unique(limit[rows]):
            yield from self._below(context, rows[limit[rows] == one], usual)

    def _below(self, context: Context, rows: Ints, usual: _Usual) -> Iterator[Finding]:
        """Findings among all payments just below one limit."""
        money = context.flows
        rate = len(_pairs(money.source[rows], money.target[rows])) / usual.pairs
        rows = rows[_core(money.source[rows], money.target[rows])]
        group, member = components(money.source[rows], money.target[rows])
        own = group[np.searchsorted(member, money.source[rows])]
        for number, people in by_group(group, member):
            inner = rows[own == number]
            such = len(_pairs(money.source[inner], money.target[inner]))
            tried = int(usual.partners[people].sum()) - such
            nats = float(unlikely(such, tried, rate)) - usual.luck
            if nats > 0:
                yield from surprising(context, self.name, CODE, inner, nats)


def _usual(money: Flows) -> _Usual:
    pairs = _pairs(money.source, money.target)
    partners = _partners(pairs)
    return _Usual(partners, len(pairs), float(np.log(np.count_nonzero(partners) + 1)))


def _repeated(source: Index, target: Index, amount: Ints) -> Mask:
    """Payments of an amount that occurs again at either end, in or out."""
    account, amount = np.concatenate([source, target]), np.tile(amount, 2)
    order = np.lexsort((amount, account))
    same = (np.diff(account[order]) == 0) & (np.diff(amount[order]) == 0)
    repeated = np.zeros(len(order), np.bool_)
    repeated[order[1:][same]] = repeated[order[:-1][same]] = True
    return np.asarray(repeated[: len(source)] | repeated[len(source) :])


def _pairs(source: Index, target: Index) -> Ints:
    """Who have to do with each other, each pair once."""
    return distinct(np.minimum(source, target).astype(np.int64) << 32 | np.maximum(source, target))


def _partners(pairs: Ints, accounts: int = 0) -> Ints:
    """How many partners each account has."""
    return np.bincount(np.concatenate([pairs >> 32, pairs & 0xFFFFFFFF]), minlength=accounts)


def _core(source: Index, target: Index) -> Mask:
    """Which of these payments are left when whoever has one partner alone is taken away, until nobody has."""
    left, accounts = np.ones(len(source), np.bool_), int(max(source.max(initial=0), target.max(initial=0))) + 1
    while True:
        partners = _partners(_pairs(source[left], target[left]), accounts)
        stays = left & (partners[source] > 1) & (partners[target] > 1)
        if np.array_equal(stays, left):
            return left
        left = stays
