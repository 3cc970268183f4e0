"""Transfers among people: what is left when salary payers, merchants and banks are taken out."""

from dataclasses import dataclass

import numpy as np

from detectors.grouping import distinct, in_order
from graph.projection import Index, Ints, Mask, Transfers

BUSY = 60
"""An account with more partners is a salary payer, a merchant or a bank: money does not go round through it."""


@dataclass(frozen=True, slots=True)
class Flows:
    """Transfers between accounts that are not busy, in order of (source, time, id). `row`: place in the transfers."""

    row: Ints
    source: Index
    target: Index
    amount: Ints
    time: Ints

    def at(self, places: Ints) -> "Flows":
        """Those at these places."""
        row, source, target = self.row[places], self.source[places], self.target[places]
        return Flows(row, source, target, self.amount[places], self.time[places])


def flows(transfers: Transfers, accounts: int) -> Flows:
    """Transfers that may be part of a pattern."""
    busy = _busy(transfers, accounts)
    row = np.flatnonzero(~busy[transfers.source] & ~busy[transfers.target] & (transfers.source != transfers.target))
    row = row[in_order(transfers.source[row])]
    return Flows(row, transfers.source[row], transfers.target[row], transfers.amount[row], transfers.time[row])


def by_receiver(money: Flows) -> Ints:
    """The places of all transfers in order of (target, time, id)."""
    place = np.empty(int(money.row.max(initial=-1)) + 1, np.int64)
    place[money.row] = np.arange(len(money.row))
    return np.asarray(place[np.sort(money.target.astype(np.int64) << 32 | money.row) & 0xFFFFFFFF])


def _busy(transfers: Transfers, accounts: int) -> Mask:
    """Accounts with many partners; only those with as many transfers need be looked at."""
    source, target = transfers.source, transfers.target
    crowd = np.bincount(source, minlength=accounts) + np.bincount(target, minlength=accounts) > BUSY
    out, into = crowd[source], crowd[target]
    account, partner = np.concatenate([source[out], target[into]]), np.concatenate([target[out], source[into]])
    pair = distinct(account.astype(np.int64) << 32 | partner)
    return np.asarray(np.bincount(pair >> 32, minlength=accounts) > BUSY)
