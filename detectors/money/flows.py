"""Transfers among people: what is left when salary payers, merchants and banks are taken out."""

from dataclasses import dataclass

import numpy as np

from detectors.grouping import distinct
from graph.projection import Index, Ints, Transfers

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
    pair = distinct(
        np.concatenate(
            [
                transfers.source.astype(np.int64) << 32 | transfers.target,
                transfers.target.astype(np.int64) << 32 | transfers.source,
            ]
        )
    )
    busy = np.bincount(pair >> 32, minlength=accounts) > BUSY
    row = np.flatnonzero(~busy[transfers.source] & ~busy[transfers.target] & (transfers.source != transfers.target))
    row = row[np.argsort(transfers.source[row], kind="stable")]
    return Flows(row, transfers.source[row], transfers.target[row], transfers.amount[row], transfers.time[row])
