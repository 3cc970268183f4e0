"""Fans: many people who pay one account soon after they asked for credit.

Who recruits borrowers, or sits at the lender's desk, takes a share of what they get. Treasurers, landlords, sellers and
friends are paid by many too, but not just then: how soon after asking for credit people first pay somebody is learned
from all first payments.
"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from detectors.contract import Context, Finding
from detectors.money.surprise import FEWEST_HOMES, surprising, unlikely
from graph.projection import Applications, Index, Ints

WINDOWS = 86_400 * np.array([3, 7, 14])
"""How soon is soon (seconds): each is tried, and what is gained by trying is taken off."""

CODE = "fan_in"


class Fans:
    """People of three homes or more who paid the same account for the first time soon after they asked for credit."""

    name = "fans"

    def find(self, context: Context) -> Iterator[Finding]:
        """One finding for each account that more people paid so soon than chance explains."""
        for (_, nats), paid in _surprising(_first_payments(context)).group_by("hub", "nats", maintain_order=True):
            yield from surprising(context, self.name, CODE, paid["payment"].to_numpy(), nats)


def _first_payments(context: Context) -> pl.DataFrame:
    """The first payment of each home to an account of another: `hub`, `home`, `payment` (its place in the flows),
    `window` (the first window after asking for credit in which it falls, their number if in none).
    """
    money, source, target = context.flows, context.roof[context.flows.source], context.roof[context.flows.target]
    since = _since_asked(context.projection.applications, money.source, money.time)
    rows = np.flatnonzero(context.projection.is_applicant[money.source] & (source != target))
    rows = rows[_first_of_each(money.target[rows].astype(np.int64) << 32 | source[rows], money.time[rows])]
    columns = {"hub": money.target[rows], "home": source[rows], "payment": rows}
    return pl.DataFrame(columns | {"window": np.searchsorted(WINDOWS, since[rows])})


def _first_of_each(pair: Ints, time: Ints) -> Ints:
    """The place of the earliest of each pair, the first one where they are of one moment; in order of the pairs."""
    order = np.argsort(pair)
    start = np.flatnonzero(np.diff(pair[order], prepend=-1))
    if not len(start):
        return order
    time = time[order]
    earliest = np.repeat(np.minimum.reduceat(time, start), np.diff(np.append(start, len(order))))
    return np.minimum.reduceat(np.where(time == earliest, order, len(order)), start)


def _since_asked(asked: Applications, person: Index, time: Ints) -> Ints:
    """Seconds since each of these people last asked for credit; longer than any window where he had not."""
    base = int(min(asked.time.min(initial=0), time.min(initial=0)))
    stride = int(max(asked.time.max(initial=0), time.max(initial=0))) - base + 1
    requests = asked.applicant.astype(np.int64) * stride + (asked.time - base)
    last = np.searchsorted(requests, person.astype(np.int64) * stride + (time - base), side="right") - 1
    since = np.full(len(person), WINDOWS[-1] + 1)
    known = np.flatnonzero(last >= 0)
    known = known[asked.applicant[last[known]] == person[known]]
    since[known] = time[known] - asked.time[last[known]]
    return since


def _surprising(first: pl.DataFrame) -> pl.DataFrame:
    """Payments that are many so soon for the account they go to, in order of it: `hub`, `payment`, `nats`."""
    usual = np.cumsum(np.bincount(first["window"], minlength=len(WINDOWS) + 1)) / max(len(first), 1)
    fans = first.with_columns(payers=pl.len().over("hub")).filter(pl.col("payers") >= FEWEST_HOMES)
    soon = [
        fans.filter(pl.col("window") <= window).group_by("hub", "payers").agg(pl.len().alias("soon"), last=window)
        for window in range(len(WINDOWS))
    ]
    tried = pl.concat(soon).filter(pl.col("soon") >= FEWEST_HOMES)
    nats = unlikely(tried["soon"], tried["payers"], usual[tried["last"]])
    nats -= np.log(max(fans["hub"].n_unique() * len(WINDOWS), 1))
    best = (
        tried.select("hub", "last", nats=pl.Series(np.round(nats, 6)))
        .filter(pl.col("nats") > 0)
        .sort(["hub", "nats", "last"], descending=[False, True, False])
        .unique("hub", keep="first", maintain_order=True)
    )
    return fans.join(best, on="hub").filter(pl.col("window") <= pl.col("last")).sort("hub", "payment")
