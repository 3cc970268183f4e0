"""Rings' payments take the place of ordinary ones: nobody pays or receives more often for being in a ring."""

import numpy as np

from ingest.world.randomness import Bools, Ints
from ingest.world.transfers import Transfers, joined


def embed(transfers: Transfers, payments: list[tuple[int, int, int, int]], people: int, end: int) -> Transfers:
    """Put payments (source, target, minor units, time) among the transfers of so many people.

    Each replaces one that its source made and one that its target received from a person, as far as there are any.
    Those after the end are not made.
    """
    wanted = Transfers(*np.array(payments, dtype=np.int64).reshape(-1, 4).T)
    wanted = wanted.rows(wanted.time < end)
    replaced = np.zeros(len(transfers), dtype=bool)
    personal = transfers.source < people
    _strike(transfers.source, wanted.source, personal, replaced)
    _strike(transfers.target, wanted.target, personal & ~replaced, replaced)
    return joined([transfers.rows(~replaced), wanted])


def _strike(account: Ints, wanted: Ints, allowed: Bools, replaced: Bools) -> None:
    """Mark one row of each wanted account, as often as it is wanted and as far as it has rows."""
    rows = np.flatnonzero(allowed & np.isin(account, wanted))
    rows = rows[np.argsort(account[rows], kind="stable")]
    owners = account[rows]
    rank = np.arange(len(rows)) - np.searchsorted(owners, owners)
    often = np.bincount(wanted, minlength=int(owners.max(initial=0)) + 1)
    replaced[rows[rank < often[owners]]] = True
