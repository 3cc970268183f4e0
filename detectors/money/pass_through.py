"""Pass-through accounts: several people pay in, and little of it stays.

How rare that is, is learned from all accounts that as many pay into. A seller who pays his supplier passes on money too
and lives on what stays with him; a landlord or a treasurer keeps it for longer.
"""

from collections.abc import Iterator

import numpy as np

from detectors.contract import Context, Finding
from detectors.grouping import distinct
from detectors.money.surprise import FEWEST_HOMES, surprising
from graph.projection import Index, Ints

PASSED_ON = 0.7
"""Little stays where at least this share of all that came in was passed on."""

FEWEST_RECEIVERS_RATIO = 2.0
"""Such an account collects: it has at least so many payers for each receiver."""

CODE = "mule_account"


class PassThrough:
    """People of three homes or more whose money ran through one account, where little of it stayed."""

    name = "pass_through"

    def find(self, context: Context) -> Iterator[Finding]:
        """One finding for each such account: payers, those whom their money reached next, and its owner."""
        money, passing, roof = context.flows, context.passing, context.roof
        owner = money.target[passing.into]
        came = np.bincount(money.target, money.amount, len(roof))
        share = np.bincount(owner, money.amount[passing.out], len(roof)) / np.maximum(came, 1)
        usual = np.sort(share[_homes(money.target, roof[money.source], len(roof)) >= FEWEST_HOMES])
        payers = _homes(owner, roof[money.source[passing.into]], len(roof))
        receivers = _homes(owner, roof[money.target[passing.out]], len(roof))
        fits = (share >= PASSED_ON) & (payers >= FEWEST_HOMES) & (payers >= FEWEST_RECEIVERS_RATIO * receivers)
        for account in np.flatnonzero(fits):
            own = owner == account
            as_much = len(usual) - int(np.searchsorted(usual, share[account]))
            rows = np.union1d(passing.into[own], passing.out[own])
            yield from surprising(context, self.name, CODE, rows, float(np.log((len(usual) + 1) / as_much)))


def _homes(account: Index, home: Index, accounts: int) -> Ints:
    """How many different homes each account has to do with."""
    return np.bincount(distinct(account.astype(np.int64) << 32 | home) >> 32, minlength=accounts)
